//go:build linux

package main

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"
	"unsafe"

	"koblet/store/disk"
	"koblet/store/fence"
)

// endless is a statement that hears no interrupt of DuckDB's.
const endless = "select list_reduce(range(100000000), lambda x, y: x + y) as Quistorff"

// storeOfTwo makes a store of two persons.
func storeOfTwo(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"persons.csv": "person_id,cpr_number,family_name\nA-1,2308833384,Prøve\nA-2,,Tom\n",
		"permits.csv": "permit_id,person_id,decided_on,decision,category\nP-1,A-1,2013-01-10,granted,family\nP-2,A-2,2013-02-10,granted,family\n",
		"cpr.csv":     "cpr_number,status,family_name\n2308833384,01,Prøve\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command("koblet", "load", "--store", "s", "--as-of", "2014-12-31", "--carl2-persons", "persons.csv", "--carl2-permits", "permits.csv", "--cpr", "cpr.csv")
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(dir, "s")
}

// screen is a terminal with the prompt at it.
type screen struct {
	t       *testing.T
	master  *os.File
	command *exec.Cmd
	tmp     string
	ended   chan error

	sync.Mutex
	shown strings.Builder
}

func atScreen(t *testing.T, args ...string) *screen {
	t.Helper()
	return atScreenOf(t, 0, args...)
}

// atScreenOf is a terminal of so many columns; 0 is one that does not say.
func atScreenOf(t *testing.T, columns uint16, args ...string) *screen {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	t.Cleanup(func() { _ = master.Close() })
	var number, lock uint32
	for request, value := range map[uintptr]*uint32{syscall.TIOCGPTN: &number, syscall.TIOCSPTLCK: &lock} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(unsafe.Pointer(value))); errno != 0 {
			t.Fatal(errno)
		}
	}
	size := [4]uint16{24, columns}
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), syscall.TIOCSWINSZ, uintptr(unsafe.Pointer(&size))); errno != 0 {
		t.Fatal(errno)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, master: master, tmp: t.TempDir(), ended: make(chan error, 1)}
	s.command = exec.Command("koblet", args...)
	s.command.Stdin, s.command.Stdout, s.command.Stderr = slave, slave, slave
	s.command.Env = append(os.Environ(), "TMPDIR="+s.tmp, "HOME="+s.tmp, "XDG_STATE_HOME=")
	s.command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close()
	go func() {
		part := make([]byte, 4096)
		for {
			n, err := master.Read(part)
			s.Lock()
			s.shown.Write(part[:n])
			s.Unlock()
			if err != nil {
				return
			}
		}
	}()
	go func() { s.ended <- s.command.Wait() }()
	t.Cleanup(func() { _ = s.command.Process.Kill() })
	return s
}

// sees waits until the screen has shown a text since it last did.
func (s *screen) sees(text string) {
	s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		s.Lock()
		before, after, found := strings.Cut(s.shown.String(), text)
		if found {
			s.shown.Reset()
			s.shown.WriteString(after)
		}
		s.Unlock()
		if found {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%q is not shown, but %q", text, before)
		}
	}
}

func (s *screen) types(text string) {
	s.t.Helper()
	if _, err := s.master.WriteString(text); err != nil {
		s.t.Fatal(err)
	}
}

// ends sends a signal to end, and holds that the program does so at once and leaves nothing behind.
func (s *screen) ends(signal os.Signal) {
	s.t.Helper()
	if err := s.command.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
	select {
	case <-s.ended: //nolint:errcheck // ended by a signal
	case <-time.After(5 * time.Second):
		s.t.Fatalf("five seconds after %v it is still there", signal)
	}
	if left, err := filepath.Glob(filepath.Join(s.tmp, ".koblet-*")); err != nil || len(left) > 0 {
		s.t.Errorf("after %v there is %v, %v", signal, left, err)
	}
}

// statementOf waits for the process of a statement and gives it.
func statementOf(t *testing.T, parent int) int {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", parent))
		for _, task := range tasks {
			text, _ := os.ReadFile(task)
			var pid int
			if n, _ := fmt.Sscan(string(text), &pid); n == 1 {
				if line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); strings.Contains(string(line), "fenced") {
					return pid
				}
			}
		}
	}
	t.Fatal("no statement runs")
	return 0
}

// TestThePromptIsInterrupted: Ctrl-C ends the statement that runs and not the prompt; a signal to end ends the prompt at once, whether
// it waits for a line or for a statement.
func TestThePromptIsInterrupted(t *testing.T) {
	store := storeOfTwo(t)
	s := atScreen(t, "sql", "--store", store, "--format", "csv")
	for range 2 {
		s.sees("koblet> ")
		s.types(endless + ";\r")
		statementOf(t, s.command.Process.Pid)
		s.types("\x03")
		s.sees("koblet: sql: interrupted")
	}
	s.sees("koblet> ")
	s.types("select 40 + 2 as answer;\r")
	s.sees("answer\r\n42\r\n")
	s.sees("koblet> ")
	s.ends(syscall.SIGTERM)
	s = atScreen(t, "sql", "--store", store)
	s.sees("koblet> ")
	s.types(endless + ";\r")
	statementOf(t, s.command.Process.Pid)
	s.ends(syscall.SIGTERM)
	s = atScreen(t, "sql", "--store", store, "--purpose", "a test")
	s.sees("koblet> ")
	s.types(endless + ";\r")
	statementOf(t, s.command.Process.Pid)
	s.ends(syscall.SIGHUP)
	if left, err := filepath.Glob(filepath.Join(store, "identities", ".koblet-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestStatementsFromAPipeEndWithASignal although whoever writes into the pipe says nothing.
func TestStatementsFromAPipeEndWithASignal(t *testing.T) {
	c := exec.Command("koblet", "sql", "--store", storeOfTwo(t))
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ended: //nolint:errcheck // ended by a signal
	case <-time.After(5 * time.Second):
		_ = c.Process.Kill()
		t.Error("five seconds after SIGTERM it is still there")
	}
}

// TestWhoeverStopsReading does not hold up the end of a statement.
func TestWhoeverStopsReading(t *testing.T) {
	unread, full, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer unread.Close()
	c := exec.Command("koblet", "sql", "from range(2000000)", "--store", storeOfTwo(t), "--format", "csv", "--max-rows", "2000000", "--timeout", "3s")
	var said strings.Builder
	c.Stdout, c.Stderr = full, &said
	begun := time.Now()
	err = c.Run()
	if took := time.Since(begun); err == nil || took > 15*time.Second || said.String() != "koblet: sql: stopped after 3s\nkoblet: hint: --timeout gives it longer\n" {
		t.Errorf("after %v: %v, %s", took, err, said.String())
	}
	_ = full.Close()
}

// TestNobodySeesTheStatement in the list of processes: not of the program, not of the process that runs it.
func TestNobodySeesTheStatement(t *testing.T) {
	store := storeOfTwo(t)
	c := exec.Command("koblet", "sql", endless, "--store", store, "--purpose", "Quistorff")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		_ = c.Wait()
	}()
	for _, pid := range []int{statementOf(t, c.Process.Pid), c.Process.Pid} {
		for _, name := range []string{"cmdline", "environ", "comm"} {
			text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, name))
			if err != nil || strings.Contains(string(text), "list_reduce") || strings.Contains(string(text), "Quistorff") {
				t.Errorf("%s: %q, %v", name, text, err)
			}
		}
	}
}

// TestTheChildKnowsWhoAsks: started by hand with somebody else's name and another question than it is sent, the process of statements
// puts down its own user and what it runs, or does not look anybody up.
func TestTheChildKnowsWhoAsks(t *testing.T) {
	store := storeOfTwo(t)
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC)
	forged := fence.Request{Store: store, AsOf: day, Statement: "select family_name from identities.carl2_persons where family_name = 'Prøve'", Purpose: "audit 7",
		Limits: fence.Limits{Rows: 9, Memory: "200MB"}}
	out, err := byHand(t, store, forged)
	if err != nil || strings.Count(out, "Prøve") != 1 {
		t.Errorf("%q, %v", out, err)
	}
	log := filepath.Join(store, "identities", "lookups.ndjson")
	text, err := os.ReadFile(log)
	if err != nil || strings.Count(string(text), `"who":"`+me.Username+`"`) != 2 || strings.Contains(string(text), "somebody else") || strings.Contains(string(text), "Prøve") {
		t.Errorf("the log says %s, %v", text, err)
	}
	forged.Statement, forged.Asked, forged.Name = "", "unlinked_by_year", "unlinked_verdicts"
	forged.Question = "-- Hvad?\n-- What?\n-- columns\n--   n  VARCHAR  n | n\nselect max(family_name) as n from identities.carl2_persons"
	if out, err := byHand(t, store, forged); err == nil || strings.Contains(out, "Prøve") {
		t.Errorf("a question that is none of the catalogue's: %q, %v", out, err)
	}
}

// byHand starts the process of statements as its parent does.
func byHand(t *testing.T, dir string, r fence.Request) (string, error) {
	t.Helper()
	scratch, err := disk.NewScratch(filepath.Join(dir, "identities"))
	if err != nil {
		t.Fatal(err)
	}
	defer scratch.Close()
	answer, into, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Close()
	c := exec.Command("koblet", "fenced")
	c.Dir, c.Env, c.ExtraFiles = scratch.Dir, []string{"USER=somebody", "LOGNAME=somebody"}, []*os.File{into}
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	_ = into.Close()
	if err := gob.NewEncoder(in).Encode(struct{ Request fence.Request }{r}); err != nil {
		t.Fatal(err)
	}
	said, err := io.ReadAll(answer)
	return string(said), errors.Join(err, c.Wait())
}

// TestWhyNobodyIsLookedUp says what is in the way: a log that is none, a folder that is gone. A full disk is told by package store.
func TestWhyNobodyIsLookedUp(t *testing.T) {
	store := storeOfTwo(t)
	identities := filepath.Join(store, "identities")
	log := filepath.Join(identities, "lookups.ndjson")
	for _, c := range []struct {
		spoil func() error
		mend  func() error
		want  string
	}{
		{func() error { return os.Symlink("/dev/full", log) }, func() error { return os.Remove(log) }, "koblet: sql: lookup log: a pipe or a device, not a file\n"},
		{func() error { return os.Mkdir(log, 0o700) }, func() error { return os.Remove(log) }, "koblet: sql: lookup log: a folder, not a file\n"},
		{func() error { return os.Rename(identities, store+".away") }, func() error { return os.Rename(store+".away", identities) },
			"koblet: sql: --purpose: temporary folder beside the identities: no such file or directory\n"},
		{func() error { return os.Rename(identities+"/2014-12-31", store+".away") }, func() error { return os.Rename(store+".away", identities+"/2014-12-31") },
			"koblet: sql: identities: no such file or directory\n"},
		{func() error { return nil }, func() error { return nil }, ""},
	} {
		if err := c.spoil(); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("koblet", "sql", "select family_name from identities.carl2_persons", "--store", store, "--purpose", "audit 7").CombinedOutput()
		if c.want != "" && (err == nil || string(out) != c.want) || c.want == "" && (err != nil || !strings.Contains(string(out), "Prøve")) {
			t.Errorf("%q, %v, want %q", out, err, c.want)
		}
		if err := c.mend(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTablesAreAsWideAsTheScreen: on a wide screen a table has no second block, on a narrow one no line is longer than it.
func TestTablesAreAsWideAsTheScreen(t *testing.T) {
	store := storeOfTwo(t)
	for columns, blocks := range map[uint16]int{200: 1, 0: 1, 50: 3} {
		s := atScreenOf(t, columns, "run", "unlinked_by_municipality", "--store", store, "--lang", "en")
		<-s.ended //nolint:errcheck // what it shows is what is asked
		s.sees("\r\n\r\n")
		text := ""
		for deadline := time.Now().Add(5 * time.Second); !strings.Contains(text, ", snapshot ") && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
			s.Lock()
			text = s.shown.String()
			s.Unlock()
		}
		for _, line := range strings.Split(text, "\r\n") {
			if n := utf8.RuneCountInString(line); n > max(int(columns), 80*(1-min(1, int(columns)))) {
				t.Errorf("%d columns: a line of %d: %s", columns, n, line)
			}
		}
		if n := strings.Count(text, "───\r\n"); n != blocks || columns == 200 && !strings.Contains(text, "95 per cent interval") {
			t.Errorf("%d columns: %d blocks, want %d:\n%s", columns, n, blocks, text)
		}
	}
}
