package store

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// childTask is what the test binary does when it stands in for a process of its own.
type childTask struct {
	Dir, Files string
	Replace    bool
	KillAt     string // the step at which the process kills itself
	Read       bool   // read and verify, do not load
}

// runChild does the task; it is called by TestMain. Every step of a load is a line on standard output, and after each of
// the steps named in the environment it waits for a line on standard input.
func runChild(text string) int {
	var task childTask
	if err := json.Unmarshal([]byte(text), &task); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	syscall.Umask(0)
	if task.Read {
		return readAsChild(task.Dir)
	}
	answers := bufio.NewReader(os.Stdin)
	l := loadingOf(task.Files, time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC))
	l.Replace = task.Replace
	l.Progress = func(step string, _, _ int64) {
		if step == task.KillAt {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // nothing more happens in this process
		}
		fmt.Println(step)
		if step == os.Getenv("KOBLET_TEST_WAIT") {
			_, _ = answers.ReadString('\n')
		}
	}
	if _, err := Load(context.Background(), task.Dir, l); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func readAsChild(dir string) int {
	s, err := Open(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	snapshot, err := s.Snapshot(context.Background(), time.Time{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer snapshot.Close()
	verified, err := s.Verify(context.Background(), time.Time{}, "")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(snapshot.Receipt.Permits, verified[0].NotChecked, len(verified[0].Deviations))
	return 0
}

// child makes a process of the task.
func child(t *testing.T, task childTask) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(task)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), "KOBLET_TEST_CHILD="+string(text))
	return c
}

// state is what readers of a store see: its snapshots with the hash of each.
func state(t *testing.T, dir string) string {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.editions()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range all {
		file, err := hashFile(filepath.Join(e.dir, filesFile))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, e.name()+" "+file.SHA256)
	}
	return strings.Join(lines, "\n")
}

// A process that is killed at each moment of the publication, and after random steps of the whole load, leaves a store that
// is as before or as after.
func TestKilledLoads(t *testing.T) {
	files := writeFiles(t, registersOf)
	l := loading(t, files)
	dir, _ := load(t, l)
	l.Replace = true
	steps := stepsOf(t, dir, l)
	before, published := state(t, dir), 0
	last := func(step string) {
		t.Helper()
		noOpenDoor(t, dir)
		after := state(t, dir)
		if !strings.HasPrefix(after, before) || strings.Count(after, "\n") > strings.Count(before, "\n")+1 {
			t.Errorf("killed at %s: the store was\n%s\nand is\n%s", step, before, after)
		}
		if after != before {
			published++
		}
		before = after
	}
	for _, step := range []string{"account", "hash", "sync", "publish identities", "publish snapshot", "published"} {
		if !slices.Contains(steps, step) {
			t.Fatalf("the load has no step %s, it has %v", step, steps)
		}
		was := published
		c := child(t, childTask{Dir: dir, Files: files, Replace: true, KillAt: step})
		var exit *exec.ExitError
		if err := c.Run(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			t.Fatalf("killed at %s: %v", step, err)
		}
		last(step)
		if (published > was) != (step == "published") {
			t.Errorf("killed at %s: published %v", step, published > was)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range kills(t) {
		n := random.IntN(len(steps))
		killAfter(t, child(t, childTask{Dir: dir, Files: files, Replace: true}), n)
		last(fmt.Sprintf("step %d, %s, or soon after", n, steps[n]))
	}
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Fatal(err)
	}
	if lines := verify(t, dir); len(lines) > 0 {
		t.Error(lines)
	}
	for _, name := range slices.Concat(namesIn(t, dir), namesIn(t, dir, identitiesDir)) {
		if strings.HasPrefix(name, ".") {
			t.Errorf("%s is left", name)
		}
	}
	if a, b := len(namesIn(t, dir))-2, len(namesIn(t, dir, identitiesDir))-1; a != b {
		t.Errorf("%d snapshots, %d identities", a, b)
	}
}

// kills is how many loads are killed at random; KOBLET_TEST_KILLS sets another number.
func kills(t *testing.T) int {
	text := os.Getenv("KOBLET_TEST_KILLS")
	if text == "" && *stride == 1 {
		return 60
	} else if text == "" {
		return 20
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// stepsOf gives the steps of a load, which it does.
func stepsOf(t *testing.T, dir string, l Loading) []string {
	t.Helper()
	var steps []string
	var one sync.Mutex // files are read at the same time
	l.Progress = func(step string, _, _ int64) {
		one.Lock()
		defer one.Unlock()
		steps = append(steps, step)
	}
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Fatal(err)
	}
	return steps
}

// killAfter kills a process once it has told n steps, wherever it then is.
func killAfter(t *testing.T, c *exec.Cmd, n int) {
	t.Helper()
	out, err := c.StdoutPipe()
	if err := errors.Join(err, c.Start()); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for i := 0; i < n && lines.Scan(); i++ {
	}
	if err := c.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	_ = c.Wait() // says that it was killed
}

// noOpenDoor looks for files of the store that others than the owner and the group could read, by the folders above them.
func noOpenDoor(t *testing.T, dir string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		found, err := entry.Info()
		if err != nil {
			return err
		}
		name, mode := filepath.Base(path), found.Mode().Perm()
		if entry.IsDir() && (name == buildingDir || name == identitiesDir || name == removingDir) {
			if mode != 0o700 {
				t.Errorf("%s has mode %v", name, mode)
			}
			return filepath.SkipDir
		}
		if mode&0o007 != 0 {
			t.Errorf("%s has mode %v", name, mode)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestTwoLoadersAtOnce(t *testing.T) {
	files := writeFiles(t, registersOf)
	l := loading(t, files)
	dir, _ := load(t, l)
	l.Replace = true
	c := child(t, childTask{Dir: dir, Files: files, Replace: true})
	c.Env = append(c.Env, "KOBLET_TEST_WAIT=publish identities")
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err := errors.Join(err, c.Start()); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "publish identities" {
	}
	before := state(t, dir)
	if _, err := Load(t.Context(), dir, l); !errors.Is(err, ErrLocked) {
		t.Errorf("the second loader: %v", err)
	}
	if after := state(t, dir); after != before {
		t.Error("the second loader changed the store")
	}
	if _, err := io.WriteString(in, "go on\n"); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
	}
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	if lines := verify(t, dir); len(lines) > 0 || strings.Count(state(t, dir), "\n") != 1 {
		t.Errorf("after the first: %v", lines)
	}
}

func TestTwentyReadersDuringReplacements(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	fewer := l
	l.Replace, fewer.Replace = true, true
	fewer.Carl2Permits = []string{filepath.Join(writeFiles(t, map[string]string{"fewer.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-02-01,granted\n"}), "fewer.csv")}
	tickets := make(chan struct{}, 20)
	var readers sync.WaitGroup
	var read atomic.Int64
	for range 20 {
		readers.Go(func() {
			for range tickets {
				if err := readWhole(t.Context(), dir); err != nil {
					t.Error(err)
				}
				read.Add(1)
			}
		})
	}
	// One reads at every step of the loads, all twenty while one is published.
	progress := func(step string, _, _ int64) {
		n := 1
		if step == "publish snapshot" {
			n = 20
		}
		for range n {
			tickets <- struct{}{}
		}
	}
	l.Progress, fewer.Progress = progress, progress
	for _, l := range []Loading{fewer, l} {
		if _, err := Load(t.Context(), dir, l); err != nil {
			t.Error(err)
		}
	}
	close(tickets)
	readers.Wait()
	if n := read.Load(); n < 80 {
		t.Errorf("only %d readings", n)
	}
}

// readWhole opens the newest snapshot and holds what it counts against the receipt beside it.
func readWhole(ctx context.Context, dir string) error {
	s, err := Open(dir)
	if err != nil {
		return err
	}
	snapshot, err := s.Snapshot(ctx, time.Time{})
	if err != nil {
		return err
	}
	defer snapshot.Close()
	var permits int64
	if err := snapshot.desk.Conn.QueryRowContext(ctx, "select count(*) from carl2_permits").Scan(&permits); err != nil {
		return err
	}
	if permits != snapshot.Receipt.Permits || permits != 6 && permits != 1 {
		return fmt.Errorf("%d permits, %d in the receipt", permits, snapshot.Receipt.Permits)
	}
	return nil
}

func TestACancelledLoadLeavesNothing(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	l.Replace = true
	before := state(t, dir)
	for _, at := range []string{"read", "identities_persons", "snapshot_permits", "publish"} {
		ctx, cancel := context.WithCancel(t.Context())
		l.Progress = func(step string, _, _ int64) {
			if step == at {
				cancel()
			}
		}
		if _, err := Load(ctx, dir, l); !errors.Is(err, context.Canceled) && (err == nil || ctx.Err() == nil) {
			t.Errorf("cancelled at %s: %v", at, err)
		}
		if got := namesIn(t, dir); state(t, dir) != before || slices.Contains(got, buildingDir) {
			t.Errorf("cancelled at %s: the store holds %v", at, got)
		}
		cancel()
	}
}

// A disk that fills at some moment of a load gives one clear line and leaves the store as it was. The disk is in memory,
// which takes the right to mount it.
func TestAFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("koblet", disk, "tmpfs", 0, "size=24m"); err != nil {
		t.Skipf("no disk can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	l, dir := loading(t, writeFiles(t, registersOf)), filepath.Join(disk, "store")
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Fatal(err)
	}
	before := state(t, dir)
	l.Replace = true
	ballast := filepath.Join(disk, "ballast")
	refused := 0
	step := int64(512 << 10)
	if *stride == 1 {
		step = 100_000
	}
	for left := int64(0); ; left += step {
		fill(t, disk, ballast, left)
		_, err := Load(t.Context(), dir, l)
		if err == nil {
			break
		}
		refused++
		if text := err.Error(); text != dir+": no space left on the disk; the store is as it was" {
			t.Errorf("%d KB left: %s", left>>10, text)
		}
		if got := namesIn(t, dir); state(t, dir) != before || slices.Contains(got, buildingDir) {
			t.Errorf("%d KB left: the store holds %v", left>>10, got)
		}
	}
	if refused < 3 {
		t.Errorf("only %d loads met a full disk", refused)
	}
	if lines := verify(t, dir); len(lines) > 0 || strings.Count(state(t, dir), "\n") != 1 {
		t.Error(lines)
	}
}

// fill leaves so many bytes free on a disk.
func fill(t *testing.T, disk, ballast string, left int64) {
	t.Helper()
	if err := os.RemoveAll(ballast); err != nil {
		t.Fatal(err)
	}
	var free syscall.Statfs_t
	if err := syscall.Statfs(disk, &free); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ballast, make([]byte, int64(free.Bavail)*free.Bsize-left), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Whoever is in the group of the store reads and verifies it, and opens no identities; others see nothing of it.
func TestTheGroupReadsAndNobodyElse(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	const group, nobody = 54321, 65534
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	if err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chown(path, 0, group))
	}); err != nil {
		t.Fatal(err)
	}
	for path := filepath.Dir(dir); path != filepath.Dir(path) && path != os.TempDir(); path = filepath.Dir(path) {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	binary := filepath.Join(filepath.Dir(dir), "test")
	if out, err := exec.Command("cp", os.Args[0], binary).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	run := func(gid uint32, task childTask) (string, error) {
		c := child(t, task)
		c.Path, c.Dir = binary, "/"
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: gid}}
		out, err := c.CombinedOutput()
		return string(out), err
	}
	if out, err := run(group, childTask{Dir: dir, Read: true}); err != nil || out != "6 [rejects.csv identities.duckdb protected.duckdb] 0\n" {
		t.Errorf("in the group: %q, %v", out, err)
	}
	if out, err := run(nobody, childTask{Dir: dir, Read: true}); err == nil || !strings.Contains(out, "permission denied") || strings.Count(out, "\n") != 1 {
		t.Errorf("outside the group: %q, %v", out, err)
	}
	files := writeFiles(t, registersOf)
	before := state(t, dir)
	for _, path := range []string{filepath.Dir(files), files} {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name := range registersOf {
		if err := os.Chmod(filepath.Join(files, name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := run(group, childTask{Dir: dir, Files: files, Replace: true}); err == nil || !strings.Contains(out, errOwners.Error()) || strings.Count(out, "\n") != 1 {
		t.Errorf("a load into a store that is for reading: %q, %v", out, err)
	}
	if state(t, dir) != before || slices.Contains(namesIn(t, dir), buildingDir) {
		t.Error("a load that may not write changed the store")
	}
}
