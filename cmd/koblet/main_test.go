package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/pflag"
	"golang.org/x/text/encoding/charmap"
)

var update = flag.Bool("update", false, "rewrite the wanted output of the scripts and of README.md")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"koblet": main})
}

// TestScripts runs testdata/*.txtar, each a session of the program in a folder of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"complains": complains,
			"only":      only,
			"modes":     modes,
			"latin":     latin,
			"code":      code,
		},
	})
}

// exits CODE COMMAND…: the command ends with exactly this code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if neg || err != nil || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

var tenDigits = regexp.MustCompile(`\d{6}-?\d{4}`)

// complains PATTERN [HINT]: the last command printed nothing to standard output and on standard error one line that
// matches, with a hint that matches where one is wanted and none where it is not; and no number that could be somebody's.
func complains(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: complains PATTERN [HINT]")
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("standard output is not empty")
	}
	text := ts.ReadFile("stderr")
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	want := []string{"^koblet: " + args[0]}
	if len(args) == 2 {
		want = append(want, "^koblet: hint: "+args[1])
	}
	if len(lines) != len(want) {
		ts.Fatalf("%d lines on standard error, want %d", len(lines), len(want))
	}
	for i, pattern := range want {
		if !regexp.MustCompile(pattern).MatchString(lines[i]) {
			ts.Fatalf("standard error: %q does not match %q", lines[i], pattern)
		}
	}
	if tenDigits.MatchString(text) {
		ts.Fatalf("standard error holds a ten-digit number")
	}
}

// only FOLDER NAME…: the folder holds these names and no others; a folder that is not there holds none.
func only(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: only FOLDER NAME...")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	if err != nil && !os.IsNotExist(err) {
		ts.Check(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if g, w := strings.Join(got, " "), strings.Join(args[1:], " "); g != w {
		ts.Fatalf("%s holds %q, want %q", args[0], g, w)
	}
}

// modes MODE FILE…: each file or folder has exactly this mode, in octal digits.
func modes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: modes MODE FILE...")
	}
	for _, name := range args[1:] {
		found, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		if got := fmt.Sprintf("%o", found.Mode().Perm()); got != args[0] {
			ts.Fatalf("%s has mode %s, want %s", name, got, args[0])
		}
	}
}

// latin FILE…: each file, which is UTF-8, becomes windows-1252.
func latin(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: latin FILE...")
	}
	for _, name := range args {
		text, err := charmap.Windows1252.NewEncoder().String(ts.ReadFile(name))
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
	}
}

func figureCodeIn(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	found := regexp.MustCompile(`Talkode ([0-9a-f]{12})\.`).FindSubmatch(text)
	if err != nil || found == nil {
		t.Fatalf("%s: %v, no figure code", file, err)
	}
	return string(found[1])
}

// code FILE: $code is the first figure code in a report.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: code FILE")
	}
	found := regexp.MustCompile(`Figure code ([0-9a-f]{12})\.`).FindStringSubmatch(ts.ReadFile(args[0]))
	if found == nil {
		ts.Fatalf("%s has no figure code", args[0])
	}
	ts.Setenv("code", found[1])
}

// TestHelp holds each help text against the flags that the command declares, and against its limits.
func TestHelp(t *testing.T) {
	word := regexp.MustCompile(`--[a-z][a-z0-9-]*`)
	for _, c := range commands() {
		flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
		c.declare(flags)
		declared := map[string]bool{}
		flags.VisitAll(func(f *pflag.Flag) { declared["--"+f.Name] = true })
		first, _, _ := strings.Cut(c.help, "\n\n")
		for name := range declared {
			if !regexp.MustCompile(regexp.QuoteMeta(name) + `\b`).MatchString(first) {
				t.Errorf("%s: help does not show %s in its first lines", c.name, name)
			}
		}
		for _, name := range word.FindAllString(first, -1) {
			if !declared[name] {
				t.Errorf("%s: help shows %s, which is not declared", c.name, name)
			}
		}
		lines := strings.Split(strings.TrimSuffix(c.help, "\n"), "\n")
		if len(lines) > 40 {
			t.Errorf("%s: help has %d lines, want at most 40", c.name, len(lines))
		}
		for _, line := range lines {
			if len([]rune(line)) > 80 {
				t.Errorf("%s: help has a line of %d letters: %s", c.name, len([]rune(line)), line)
			}
		}
		if !strings.HasPrefix(c.help, "koblet "+c.name) || !strings.Contains(c.help, "\n  koblet "+c.name) {
			t.Errorf("%s: help begins with the command and holds an example to paste", c.name)
		}
	}
}

// TestHelpAsked asks for help in every way: it goes to standard output with exit code 0.
func TestHelpAsked(t *testing.T) {
	asks := [][]string{{"help"}, {"--help"}, {"-h"}}
	for _, c := range commands() {
		asks = append(asks, []string{c.name, "--help"}, []string{"help", c.name})
	}
	for _, args := range asks {
		var out, errs bytes.Buffer
		if code := run(t.Context(), args, strings.NewReader(""), &out, &errs); code != 0 || errs.Len() > 0 || !strings.HasPrefix(out.String(), "koblet ") {
			t.Errorf("koblet %s: exit code %d, %d letters of help, errors %q", strings.Join(args, " "), code, out.Len(), errs.String())
		}
	}
}

// TestHelpExamples pastes the examples of the help texts, one after the other, into an empty folder.
func TestHelpExamples(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("KOBLET_STORE", "")
	pasted := 0
	for _, c := range commands() {
		for _, example := range regexp.MustCompile(`(?m)^  koblet ((?:.*\\\n)*.*)$`).FindAllStringSubmatch(c.help, -1) {
			typed := strings.ReplaceAll(example[1], "\\\n", " ")
			if c.name == "figure" { // its code stands in the report at hand, and hangs on the program's version
				typed = strings.ReplaceAll(typed, "0f1e2d3c4b5a", figureCodeIn(t, "koblet-demo/reports/annual-2016-12-31-internal-da.html"))
			}
			ran(t, wordsOf(typed)...)
			pasted++
		}
		if c.name == "demo" { // the later examples speak of files of one's own
			for own, of := range map[string]string{"persons": "carl2_persons", "permits": "carl2_permits", "cpr": "cpr_persons"} {
				text, err := os.ReadFile("koblet-demo/registers/2014-12-31/" + of + ".csv")
				if err != nil {
					t.Fatal(err)
				}
				layout(t, ".", own+".csv="+string(text))
			}
		}
	}
	if pasted < len(commands()) {
		t.Errorf("%d examples for %d commands", pasted, len(commands()))
	}
}

// wordsOf takes a line apart as a shell does, as far as the examples need it: words, and words in double quotes.
func wordsOf(line string) []string {
	var words []string
	for _, w := range regexp.MustCompile(`"[^"]*"|\S+`).FindAllString(line, -1) {
		words = append(words, strings.Trim(w, `"`))
	}
	return words
}

// TestInterrupted begins work under a context that is over already.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := filepath.Join(t.TempDir(), "demo")
	var out, errs bytes.Buffer
	code := run(ctx, []string{"demo", "--out", dir, "--permits", "500"}, strings.NewReader(""), &out, &errs)
	if code != refused || out.Len() > 0 || errs.String() != "koblet: interrupted\n" {
		t.Errorf("exit code %d, output %q, errors %q", code, out.String(), errs.String())
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("a folder is left behind")
	}
}
