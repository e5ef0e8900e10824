//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

var allFaults = flag.Bool("faults", false, "try every fault: 60 kills and not 12, 20 readers and 10 lookups during 10 replacements and not 2 and 3 during 4")

// koblet is this program as a process of its own, in a folder.
func koblet(ctx context.Context, dir string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], args...)
	c.Args[0], c.Dir = "koblet", dir
	return c
}

// doorFiles are registers of a few people, in a folder with the store s of one day; temp is the folder for temporary files.
func doorFiles(t *testing.T) (dir string, load []string) {
	t.Helper()
	dir = t.TempDir()
	temp := filepath.Join(dir, "temp")
	if err := errors.Join(os.Mkdir(temp, 0o700),
		os.WriteFile(filepath.Join(dir, "persons.csv"), []byte("person_id,cpr_number\nA-1,0102801238\nA-2,\n"), 0o600),
		os.WriteFile(filepath.Join(dir, "permits.csv"), []byte("permit_id,person_id,decided_on,decision\nP-1,A-1,2013-01-10,granted\nP-2,A-2,2013-01-11,granted\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temp)
	load = []string{"load", "--quiet", "--store", "s", "--as-of", "2014-12-31", "--carl2-persons", "persons.csv", "--carl2-permits", "permits.csv", "--replace"}
	said(t, koblet(t.Context(), dir, load...))
	return dir, load
}

// said runs a process that must succeed and gives its standard output.
func said(t *testing.T, c *exec.Cmd) string {
	t.Helper()
	var wrong bytes.Buffer
	c.Stderr = &wrong
	out, err := c.Output()
	if err != nil {
		t.Errorf("%v: %v: %s", c.Args, err, wrong.String())
	}
	return string(out)
}

func entriesOf(t *testing.T, dir string) []string {
	t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range found {
		names = append(names, f.Name())
	}
	return names
}

// Loads, removals, readers and lookups at the same time: none of them meets an error, and each reader sees a whole snapshot.
func TestLookupsAndReadersDuringReplacements(t *testing.T) {
	dir, load := doorFiles(t)
	ended, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	var read, looked atomic.Int64
	const permits = "select count(*) as n from "
	asks := func(n *atomic.Int64, args ...string) {
		all.Go(func() {
			for ended.Err() == nil {
				if got := said(t, koblet(t.Context(), dir, append(args, "--store", "s", "--format", "csv")...)); !strings.Contains(got, "2") {
					t.Errorf("%v: %q", args, got)
				}
				n.Add(1)
			}
		})
	}
	looking, reading, loads := 3, 2, 4
	if *allFaults {
		looking, reading, loads = 10, 20, 10
	}
	for i := range looking {
		if i == 0 {
			asks(&looked, "run", "unlinked_by_year", "--drill", "year=2013", "--purpose", "test")
		} else {
			asks(&looked, "sql", permits+"identities.carl2_permits", "--purpose", "test")
		}
	}
	for i := range reading {
		if i%2 == 0 {
			asks(&read, "run", "unlinked_by_year")
		} else {
			asks(&read, "sql", permits+"carl2_permits")
		}
	}
	for i := range loads {
		said(t, koblet(t.Context(), dir, load...))
		if i%2 == 1 {
			said(t, koblet(t.Context(), dir, "snapshots", "remove", "2014-12-31", "--edition", fmt.Sprint(i-1), "--store", "s"))
		}
	}
	cancel()
	all.Wait()
	if looked.Load() < 6 || read.Load() < 3 {
		t.Errorf("only %d lookups and %d readings", looked.Load(), read.Load())
	}
	if got := entriesOf(t, filepath.Join(dir, "temp")); len(got) > 0 {
		t.Errorf("%v are left in the folder for temporary files", got)
	}
	for _, name := range entriesOf(t, filepath.Join(dir, "s", "identities")) {
		if strings.HasPrefix(name, ".") {
			t.Errorf("%s is left among the identities", name)
		}
	}
}

// heavy is a statement that needs more than the fence's memory, and so spills to the disk, and is not soon done.
const heavy = "select a.range, b.range, sum(a.range + b.range) over (order by hash(a.range * 7 + b.range)) from range(20000) a, range(3000) b order by 3 desc"

// Whoever ends a statement that has spilled, by whichever signal that can be heard, finds nothing left; after one that cannot,
// the next command takes it away.
func TestWhatEndsLeavesNoScratch(t *testing.T) {
	dir, _ := doorFiles(t)
	temp := filepath.Join(dir, "temp")
	for _, signal := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT, syscall.SIGKILL} {
		for _, purpose := range [][]string{nil, {"--purpose", "test"}} {
			beside := temp
			if purpose != nil {
				beside = filepath.Join(dir, "s", "identities")
			}
			c := koblet(t.Context(), dir, append([]string{"sql", heavy, "--store", "s"}, purpose...)...)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			scratch := awaited(t, filepath.Join(beside, ".koblet-*", "lock"))
			if err := c.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if signal == syscall.SIGTERM { // «timeout» tells the process and then its group
				time.Sleep(5 * time.Millisecond) // two at once are one to the system
				_ = c.Process.Signal(signal)
			}
			_ = c.Wait() // says how it ended
			left, _ := filepath.Glob(filepath.Join(beside, ".koblet-*"))
			if signal != syscall.SIGKILL && len(left) > 0 {
				t.Errorf("%v, purpose %v: %v is left", signal, purpose, left)
			}
			if signal == syscall.SIGKILL && len(left) == 0 {
				t.Errorf("after SIGKILL %s is gone: this proves nothing", scratch)
			}
			said(t, koblet(t.Context(), dir, "sql", "select 1", "--store", "s", "--purpose", "test"))
			if left, _ := filepath.Glob(filepath.Join(beside, ".koblet-*")); len(left) > 0 {
				t.Errorf("%v, purpose %v: %v is left by the next command", signal, purpose, left)
			}
		}
	}
}

// awaited waits until a pattern finds something.
func awaited(t *testing.T, pattern string) string {
	t.Helper()
	for range 2000 {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return found[0]
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("nothing comes by the name %s", pattern)
	return ""
}

// A reader who leaves after the first lines ends the statement, and nothing is left of it.
func TestAReaderWhoLeavesLeavesNoScratch(t *testing.T) {
	dir, _ := doorFiles(t)
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := koblet(t.Context(), dir, "sql", "select range from range(3000000) order by hash(range)", "--store", "s", "--format", "csv", "--max-rows", "100000000")
	c.Stdout = write
	if err := errors.Join(c.Start(), write.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := read.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	if err := read.Close(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // says that nobody read
	if got := entriesOf(t, filepath.Join(dir, "temp")); len(got) > 0 {
		t.Errorf("%v are left", got)
	}
}

// Commands that are killed at random moments leave a store that is whole: every edition is there with its identities or not at all, what was
// written outside is there whole or not at all, and the next command leaves nothing aside.
func TestKilledCommands(t *testing.T) {
	dir, load := doorFiles(t)
	out := filepath.Join(dir, "out")
	commands := [][]string{
		load,
		{"export", "--out", "out/x", "--purpose", "test", "--store", "s"},
		{"report", "annual", "--out", "out/r", "--store", "s", "--format", "html,json"},
		{"sql", "select * from identities.carl2_permits", "--purpose", "test", "--store", "s"},
		{"snapshots", "remove", "2013-12-31", "--store", "s"},
	}
	kills := 12
	if *allFaults {
		kills = 60
	}
	dice := rand.New(rand.NewPCG(1, 2))
	extra := append([]string{}, load...)
	extra[5] = "2013-12-31"
	for n := range kills {
		args := commands[n%len(commands)]
		if args[0] == "snapshots" {
			said(t, koblet(t.Context(), dir, extra...)) // what is to be removed
		}
		if err := errors.Join(os.RemoveAll(out), os.Mkdir(out, 0o700)); err != nil {
			t.Fatal(err)
		}
		c := koblet(t.Context(), dir, args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(dice.IntN(600)) * time.Millisecond)
		if err := c.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = c.Wait() // says that it was killed
		for _, name := range entriesOf(t, out) {
			whole := name == "x" && slices.Contains(entriesOf(t, filepath.Join(out, name)), "schema.json") || name == "r" || strings.HasPrefix(name, ".koblet-")
			if !whole {
				t.Errorf("%v left %s", args, name)
			}
		}
		if got := said(t, koblet(t.Context(), dir, "snapshots", "verify", "--store", "s")); !strings.Contains(got, " 0 deviations") {
			t.Errorf("%v: %s", args, got)
		}
		if again := said(t, koblet(t.Context(), dir, "sql", "select count(*) as n from identities.carl2_permits", "--purpose", "test", "--store", "s", "--format", "csv")); again != "n\n2\n" {
			t.Errorf("%v: then a lookup gives %q", args, again)
		}
		for _, path := range []string{"temp", "s", "s/identities"} {
			for _, name := range entriesOf(t, filepath.Join(dir, path)) {
				if strings.HasPrefix(name, ".") {
					t.Errorf("%v: %s is left in %s", args, name, path)
				}
			}
		}
		if n%len(commands) == 0 && n > 0 {
			said(t, koblet(t.Context(), dir, load...))
			for _, name := range entriesOf(t, filepath.Join(dir, "s")) { // else there would be ever more to verify
				if day, edition, ok := strings.Cut(name, ".r"); ok && day == "2014-12-31" && edition != "1" {
					said(t, koblet(t.Context(), dir, "snapshots", "remove", day, "--edition", edition, "--store", "s"))
				}
			}
		}
	}
}

// In a working folder that is gone every command says so, in one line.
func TestAWorkingFolderThatIsGone(t *testing.T) {
	dir, _ := doorFiles(t)
	for _, args := range [][]string{
		{"load", "--store", "s", "--as-of", "2014-12-31", "--carl2-persons", "p.csv", "--carl2-permits", "q.csv"}, {"run", "unlinked", "--store", "s"}, {"run", "unlinked", "--store", filepath.Join(dir, "s"), "--out", "x.csv"},
		{"sql", "select 1", "--store", "s"}, {"report", "annual", "--out", "x", "--store", "s"}, {"export", "--out", "x", "--store", "s"}, {"snapshots", "--store", "s"}, {"snapshots", "verify", "--store", "s"},
	} {
		c := exec.CommandContext(t.Context(), "sh", append([]string{"-c", `mkdir gone && cd gone && rmdir ../gone && exec "$@"`, "sh", filepath.Join(dir, "koblet")}, args...)...)
		c.Dir = dir
		_ = os.Remove(filepath.Join(dir, "koblet"))
		if err := os.Symlink(os.Args[0], filepath.Join(dir, "koblet")); err != nil {
			t.Fatal(err)
		}
		out, err := c.CombinedOutput()
		if want := "koblet: " + args[0] + ": the working folder is gone; change to one that is there\n"; err == nil || string(out) != want {
			t.Errorf("%v: %q, %v", args, out, err)
		}
	}
}

// What is asked to end before it can begin has ended in time, in words of ours.
func TestATimeoutBeforeTheBeginning(t *testing.T) {
	dir, _ := doorFiles(t)
	out, err := koblet(t.Context(), dir, "sql", "select 1", "--store", "s", "--timeout", "1ns").CombinedOutput()
	if want := "koblet: sql: stopped after 1ns\nkoblet: hint: --timeout gives it longer\n"; err == nil || string(out) != want {
		t.Errorf("%q, %v", out, err)
	}
}

// The last day that can be written is as far away as it is.
func TestTheLastDayOfTheCalendar(t *testing.T) {
	dir, load := doorFiles(t)
	load = append([]string{}, load...)
	load[3], load[5] = "s2", "9999-12-31"
	c := koblet(t.Context(), dir, load...)
	out, err := c.CombinedOutput()
	if !strings.HasPrefix(string(out), "koblet: load: --as-of: 2,91") || strings.Count(string(out), "\n") != 1 || err == nil {
		t.Errorf("%q, %v", out, err)
	}
	for _, args := range [][]string{{"run", "unlinked", "--as-of"}, {"export", "--out", "x", "--as-of"}, {"report", "annual", "--out", "x", "--as-of"}, {"snapshots", "verify"}, {"snapshots", "remove"}} {
		out, err := koblet(t.Context(), dir, append(args, "9999-12-31", "--store", "s")...).CombinedOutput()
		if !strings.Contains(string(out), "s: no snapshot of 9999-12-31; there are 2014-12-31\n") || err == nil {
			t.Errorf("%v: %q, %v", args, out, err)
		}
	}
}

// A word as long as a command line takes is told as soon as a short one, wherever it stands. The message shows its beginning.
func TestVeryLongWords(t *testing.T) {
	dir, _ := doorFiles(t)
	const most = 120_000 // of one argument Linux takes 128 KiB
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"sql"}, "koblet: sql: Parser Error: syntax error at or near "},
		{[]string{"run"}, "koblet: run: no question (a text)\n"},
		{[]string{"run", "unlinked", "--param"}, "koblet: run: --param: not of the form NAME=VALUE"},
		{[]string{"run", "unlinked", "--category"}, "koblet: run: --category: (a text) is not known"},
		{[]string{"run", "unlinked_by_year", "--drill"}, "koblet: run: --drill: not of the form KEY=VALUE,KEY=VALUE"},
		{[]string{"run", "unlinked", "--out"}, "koblet: run: --out: "},
	} {
		for _, letter := range []string{"x", "1", `"`} {
			word := strings.Repeat(letter, most)
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			out, err := koblet(ctx, dir, append(c.args, word, "--store", "s")...).CombinedOutput()
			if !strings.HasPrefix(string(out), c.want) || len(out) > 1000 || err == nil || ctx.Err() != nil {
				t.Errorf("%v and %q: %.200q, %v, %v", c.args, letter, out, err, ctx.Err())
			}
			cancel()
		}
	}
}

// Whoever is not the store's owner is told that only the owner changes it, and not which call of the system failed. A parameter is refused
// in words of ours.
func TestWhoMayNot(t *testing.T) {
	dir, load := doorFiles(t)
	if out, err := koblet(t.Context(), dir, "sql", "select $1", "--store", "s").CombinedOutput(); err == nil || !strings.HasPrefix(string(out), "koblet: sql: a statement has no parameters: ") {
		t.Errorf("%q, %v", out, err)
	}
	if os.Getuid() != 0 {
		t.Skip("only root is somebody else")
	}
	program, err := os.ReadFile(os.Args[0]) // which lies where nobody else enters
	if err := errors.Join(err, os.WriteFile(filepath.Join(dir, "koblet"), program, 0o700), os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o755), os.Chmod(filepath.Join(dir, "koblet"), 0o755),
		os.Chmod(filepath.Join(dir, "temp"), 0o777), os.Chmod(filepath.Join(dir, "persons.csv"), 0o644), os.Chmod(filepath.Join(dir, "permits.csv"), 0o644), os.Chmod(filepath.Join(dir, "s"), 0o755)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{load, {"snapshots", "remove", "2014-12-31", "--store", "s"}} {
		c := koblet(t.Context(), dir, args...)
		c.Path, c.SysProcAttr = filepath.Join(dir, "koblet"), &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 54321, Gid: 54321}}
		out, err := c.CombinedOutput()
		if !strings.HasSuffix(string(out), ": s: only the owner of the store loads into it and removes from it\n") || strings.Count(string(out), "\n") != 1 || err == nil {
			t.Errorf("%v: %q, %v", args, out, err)
		}
	}
}
