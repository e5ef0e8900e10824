package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// namesIn lists what lies in a folder of a store.
func namesIn(t *testing.T, path ...string) []string {
	t.Helper()
	found, err := os.ReadDir(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range found {
		names = append(names, f.Name())
	}
	return names
}

// threeEditions is a store with a day of one edition and a day of two.
func threeEditions(t *testing.T) (*Store, string) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	again := l
	again.Replace = true
	l.AsOf = day(t, "2015-12-31")
	for _, l := range []Loading{again, l} {
		if _, err := Load(t.Context(), dir, l); err != nil {
			t.Fatal(err)
		}
	}
	return &Store{Dir: dir}, dir
}

func TestADayIsRemovedWithEverythingOfIt(t *testing.T) {
	s, dir := threeEditions(t)
	open, err := s.Snapshot(t.Context(), day(t, "2014-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	removed, err := s.Remove(Removal{AsOf: day(t, "2014-12-31")})
	want := []string{
		filepath.Join(dir, "2014-12-31"), filepath.Join(dir, identitiesDir, "2014-12-31"),
		filepath.Join(dir, "2014-12-31.r1"), filepath.Join(dir, identitiesDir, "2014-12-31.r1"),
	}
	if err != nil || !slices.Equal(removed, want) {
		t.Errorf("removed %v, %v", removed, err)
	}
	if got := namesIn(t, dir); !slices.Equal(got, []string{"2015-12-31", identitiesDir, lockFile}) {
		t.Errorf("the store holds %v", got)
	}
	if got := namesIn(t, dir, identitiesDir); !slices.Equal(got, []string{"2015-12-31", secretFile}) {
		t.Errorf("the identities hold %v", got)
	}
	var permits int64
	if err := open.desk.Conn.QueryRowContext(t.Context(), "select count(*) from carl2_permits where legal_basis is not null").Scan(&permits); err != nil || permits != 6 {
		t.Errorf("who had the snapshot open counts %d permits, %v", permits, err)
	}
	if lines := verify(t, dir); len(lines) > 0 {
		t.Error(lines)
	}
}

func TestAnEditionIsRemovedByItself(t *testing.T) {
	s, dir := threeEditions(t)
	entries, err := s.Snapshots()
	if err != nil || len(entries) != 2 || !slices.Equal(entries[0].Older, []int{0}) || entries[1].Older != nil {
		t.Errorf("%+v, %v", entries, err)
	}
	if _, err := s.Remove(Removal{AsOf: day(t, "2014-12-31"), Editions: entries[0].Older}); err != nil {
		t.Fatal(err)
	}
	if got := namesIn(t, dir, identitiesDir); !slices.Equal(got, []string{"2014-12-31.r1", "2015-12-31", secretFile}) {
		t.Errorf("the identities hold %v", got)
	}
	for _, r := range []Removal{{AsOf: day(t, "2014-12-31"), Editions: []int{0}}, {AsOf: day(t, "2013-12-31")}} {
		if removed, err := s.Remove(r); !errors.Is(err, ErrNoSnapshot) || removed != nil {
			t.Errorf("%v: removed %v, %v", r, removed, err)
		}
	}
	unlock, err := s.lock()
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	if _, err := s.Remove(Removal{AsOf: day(t, "2015-12-31")}); !errors.Is(err, ErrLocked) {
		t.Errorf("under a lock: %v", err)
	}
}

func TestARemovalThatWasCutOffIsFinished(t *testing.T) {
	s, dir := threeEditions(t)
	// The state after the rename of the snapshot, before anything is deleted.
	if err := errors.Join(os.Mkdir(filepath.Join(dir, removingDir), 0o700),
		os.Rename(filepath.Join(dir, "2015-12-31"), filepath.Join(dir, removingDir, "2015-12-31"))); err != nil {
		t.Fatal(err)
	}
	if e, err := s.find(time.Time{}); err != nil || e.name() != "2014-12-31.r1" {
		t.Errorf("newest is %s, %v", e.name(), err)
	}
	if _, err := s.Remove(Removal{AsOf: day(t, "2014-12-31"), Editions: []int{0}}); err != nil {
		t.Fatal(err)
	}
	if got := namesIn(t, dir); !slices.Equal(got, []string{"2014-12-31.r1", identitiesDir, lockFile}) {
		t.Errorf("the store holds %v", got)
	}
	if got := namesIn(t, dir, identitiesDir); !slices.Equal(got, []string{"2014-12-31.r1", secretFile}) {
		t.Errorf("the identities hold %v", got)
	}
}
