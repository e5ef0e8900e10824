package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// typed is a command as typed: a line, and the next ones where it ends in a backslash.
var typed = regexp.MustCompile(`^(?:.*\\\n)*.*\n`)

// TestReadme runs the session of README.md in an empty folder and compares what it prints, to the letter.
func TestReadme(t *testing.T) {
	path, err := filepath.Abs("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), "```console\n")
	want, after, closed := strings.Cut(rest, "```\n")
	if !found || !closed {
		t.Fatal("README.md holds no session")
	}
	t.Chdir(t.TempDir())
	t.Setenv("KOBLET_STORE", "")
	var got strings.Builder
	commands := 0
	for command := range strings.SplitSeq(want, "$ koblet ") {
		if command == "" {
			continue
		}
		commands++
		command = typed.FindString(command)
		got.WriteString("$ koblet " + command + session(t, strings.ReplaceAll(command, "\\\n", " ")))
	}
	if commands < 4 {
		t.Errorf("the session has %d commands, want at least 4", commands)
	}
	if got.String() == want {
		return
	}
	if !*update {
		shown, printed := firstDifference(want, got.String())
		t.Fatalf("README.md shows\n%s\nthe program prints\n%s\nthe test's -update rewrites it", shown, printed)
	}
	if err := os.WriteFile(path, []byte(before+"```console\n"+got.String()+"```\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// firstDifference gives the first line of each text that is not the same in both.
func firstDifference(a, b string) (string, string) {
	x, y := append(strings.Split(a, "\n"), ""), append(strings.Split(b, "\n"), "")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i], y[i]
		}
	}
	return "", ""
}

// session is what a command prints, what it says on standard error first.
func session(t *testing.T, command string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), strings.Fields(command), strings.NewReader(""), &out, &errs)
	if code != done {
		t.Errorf("koblet %s: exit code %d", strings.TrimSpace(command), code)
	}
	return errs.String() + out.String()
}
