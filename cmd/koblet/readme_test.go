package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadme runs the sessions of README.md, one after the other in one folder that is empty before, and compares what they
// print, to the letter.
func TestReadme(t *testing.T) { replayed(t, "../../README.md", 5) }

// replayed runs the sessions of a page of the manual, which have so many commands at least.
func replayed(t *testing.T, page string, least int) {
	t.Helper()
	path, err := filepath.Abs(page)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	t.Setenv("KOBLET_STORE", "")
	got, commands := "", 0
	for rest := string(text); ; {
		before, opened, found := strings.Cut(rest, "```console\n")
		if got += before; !found {
			break
		}
		want, after, closed := strings.Cut(opened, "```\n")
		if !closed {
			t.Fatalf("%s: a session has no end", page)
		}
		printed, n := rerun(t, want)
		got, commands, rest = got+"```console\n"+printed+"```\n", commands+n, after
	}
	if commands < least {
		t.Errorf("%s: the sessions have %d commands, want at least %d", page, commands, least)
	}
	if got == string(text) {
		return
	}
	if !*update {
		shown, printed := firstDifference(string(text), got)
		t.Fatalf("%s shows\n%s\nthe program prints\n%s\nthe test's -update rewrites it", page, shown, printed)
	}
	if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
		t.Fatal(err)
	}
}

// rerun runs the commands of a session and gives the session as it came out, and how many commands it has. A command is a
// line, and the next ones where it ends in a backslash; «cat > FILE <<END» is the lines up to END.
func rerun(t *testing.T, text string) (printed string, commands int) {
	t.Helper()
	lines := strings.SplitAfter(text, "\n")
	for i := 0; i < len(lines); {
		typed, isCommand := strings.CutPrefix(lines[i], "$ ")
		i++
		if !isCommand {
			continue // what it printed last time
		}
		commands++
		if name, isFile := strings.CutPrefix(typed, "cat > "); isFile {
			name, _, _ = strings.Cut(name, " <<END\n")
			begin := i
			for ; i < len(lines) && lines[i] != "END\n"; i++ {
			}
			content := strings.Join(lines[begin:i], "")
			if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			printed += "$ " + typed + content + "END\n"
			i++
			continue
		}
		for ; strings.HasSuffix(typed, "\\\n"); i++ {
			typed += lines[i]
		}
		command, ours := strings.CutPrefix(strings.ReplaceAll(typed, "\\\n", " "), "koblet ")
		if !ours {
			t.Fatalf("%q is no command that a test can run", typed)
		}
		printed += "$ " + typed + session(t, command)
	}
	return printed, commands
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

// TestGoVersion: README says which Go is needed, as go.mod does.
func TestGoVersion(t *testing.T) {
	module, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	needed := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(module)
	if needed == nil || !bytes.Contains(page, []byte("need Go "+string(needed[1])+",")) {
		t.Errorf("README.md does not say that Go %s is needed", needed)
	}
}
