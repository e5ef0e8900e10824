package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/store/disk"
)

// What a lookup at work has put aside outlives a load and a removal; what a killed one left does not, nor what an older
// program left that held no lock.
func TestALoadLeavesTheScratchOfTheLiving(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	identities := filepath.Join(dir, identitiesDir)
	living, err := disk.NewScratch(identities)
	if err != nil {
		t.Fatal(err)
	}
	leave := func() {
		for _, name := range []string{disk.ScratchPrefix + "killed", disk.ScratchPrefix + "begun", ".fence-1"} {
			if err := os.MkdirAll(filepath.Join(identities, name), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(os.WriteFile(filepath.Join(identities, disk.ScratchPrefix+"killed", lockFile), nil, 0o600),
			os.WriteFile(filepath.Join(identities, disk.ScratchPrefix+"killed", "spill"), []byte("x"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(after string, more ...string) {
		t.Helper()
		want := append(slices.Clone(more), filepath.Base(living.Dir), secretFile)
		slices.Sort(want)
		if got := namesIn(t, identities); !slices.Equal(got, want) {
			t.Errorf("after %s the identities hold %v, want %v", after, got, want)
		}
	}
	leave()
	l.Replace = true
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Fatal(err)
	}
	holds("a load", "2014-12-31", "2014-12-31.r1")
	leave()
	if _, err := (&Store{Dir: dir}).Remove(Removal{AsOf: l.AsOf, Editions: []int{0}}); err != nil {
		t.Fatal(err)
	}
	holds("a removal", "2014-12-31.r1")
	if err := living.Close(); err != nil {
		t.Fatal(err)
	}
	if got := namesIn(t, identities); !slices.Equal(got, []string{"2014-12-31.r1", secretFile}) {
		t.Errorf("in the end the identities hold %v", got)
	}
}

// In a folder that is everybody's only what is this user's own is looked into: another's lock may be a pipe, for which one
// would wait for ever.
func TestSweepingLeavesWhatIsOthers(t *testing.T) {
	beside := t.TempDir()
	for _, name := range []string{"theirs", "ours", "link"} {
		if err := os.Mkdir(filepath.Join(beside, disk.ScratchPrefix+name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"theirs", "ours"} {
		if err := os.WriteFile(filepath.Join(beside, disk.ScratchPrefix+name, lockFile), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{disk.ScratchPrefix + "link"}
	if err := os.Symlink("ours", filepath.Join(beside, disk.ScratchPrefix+"link", lockFile)); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		want = append(want, disk.ScratchPrefix+"theirs")
		if err := os.Chown(filepath.Join(beside, disk.ScratchPrefix+"theirs"), 65534, 65534); err != nil {
			t.Fatal(err)
		}
	}
	disk.SweepIn(beside)
	if got := namesIn(t, beside); !slices.Equal(got, want) {
		t.Errorf("%v are left, want %v", got, want)
	}
}

// Many make scratch and sweep in one folder at the same time; each keeps its own until it is done.
func TestScratchIsHeldAgainstSweeps(t *testing.T) {
	beside := t.TempDir()
	failed := make(chan error, 8)
	for range cap(failed) {
		go func() {
			failed <- func() error {
				for range 40 {
					s, err := disk.NewScratch(beside)
					if err != nil {
						return err
					}
					mark := filepath.Join(s.Dir, "mark")
					if err := os.WriteFile(mark, nil, 0o600); err != nil {
						return err
					}
					disk.SweepIn(beside)
					if _, err := os.Stat(mark); err != nil {
						return err
					}
					if err := s.Close(); err != nil {
						return err
					}
				}
				return nil
			}()
		}()
	}
	for range cap(failed) {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if got := namesIn(t, beside); len(got) > 0 {
		t.Errorf("%v are left", got)
	}
}

// The personal data that a killed load or removal left goes with the next opening of the store, and not while a load is at work.
func TestWhatAKilledLoadLeftGoesWithTheNextCommand(t *testing.T) {
	files := writeFiles(t, registersOf)
	dir, _ := load(t, loading(t, files))
	before := namesIn(t, dir)
	c := child(t, childTask{Dir: dir, Files: files, Replace: true, KillAt: "publish identities"})
	if err := c.Run(); err == nil || !slices.Contains(namesIn(t, dir), buildingDir) {
		t.Fatalf("%v: nothing is left to take away", err)
	}
	s := &Store{Dir: dir}
	unlock, err := s.lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err != nil || !slices.Contains(namesIn(t, dir), buildingDir) {
		t.Errorf("%v: what is a load's work is taken away", err)
	}
	unlock()
	if _, err := Open(dir); err != nil || !slices.Equal(namesIn(t, dir), before) {
		t.Errorf("%v: the store holds %v, want %v", err, namesIn(t, dir), before)
	}
	if err := os.Mkdir(filepath.Join(dir, removingDir), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err != nil || !slices.Equal(namesIn(t, dir), before) {
		t.Errorf("%v: after a removal the store holds %v", err, namesIn(t, dir))
	}
}

// A load that begins while a command takes away what was left waits for it.
func TestALoadWaitsForASweep(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	l.Replace = true
	unlock, err := (&Store{Dir: dir}).lock()
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(200*time.Millisecond, unlock)
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Error(err)
	}
}

// A store is called what its owner likes; what the database or a message cannot take is refused by whoever opens it.
func TestNamesOfStores(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	parent := t.TempDir()
	t.Chdir(parent)
	for _, name := range []string{"a%b", "a%41b", "a#b", "a b", "a'b", `a"b`, "a:b", "sqlite:x", "file:x", "~x", ":memory:", "æ", `a\b`, "-x"} {
		if _, err := Load(t.Context(), name, l); err != nil {
			t.Errorf("%s: load: %v", name, err)
			continue
		}
		s, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		snapshot, err := s.Snapshot(t.Context(), time.Time{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := snapshot.desk.Conn.ExecContext(t.Context(), "delete from snapshot.carl2_permits"); err == nil || !strings.Contains(err.Error(), "read-only") {
			t.Errorf("%s: it is open for writing: %v", name, err)
		}
		if err := snapshot.Close(); err != nil {
			t.Error(err)
		}
		exported, err := s.Export(t.Context(), Exporting{Out: name + ".x"})
		if err != nil || len(exported.Tables) == 0 {
			t.Errorf("%s: export: %v", name, err)
		}
		if lines := verify(t, name); len(lines) > 0 {
			t.Errorf("%s: %v", name, lines)
		}
	}
	before := namesIn(t, parent)
	for name, want := range map[string]string{
		"a?b":   "a?b: the database opens no file with a question mark in its path; name another folder",
		"a\nb":  "store: its path has a line break, a control character or no UTF-8 in it; name another folder",
		"a\x1b": "store: its path has a line break, a control character or no UTF-8 in it; name another folder",
	} {
		if _, err := Load(t.Context(), name, l); err == nil || err.Error() != want {
			t.Errorf("%q: load: %v", name, err)
		}
		if _, err := Open(name); err == nil || err.Error() != want {
			t.Errorf("%q: %v", name, err)
		}
	}
	if after := namesIn(t, parent); !slices.Equal(before, after) {
		t.Errorf("there is now %v", after)
	}
}
