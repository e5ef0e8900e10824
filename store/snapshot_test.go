package store

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"koblet/queries"
)

// A snapshot that lacks a column which the questions of this program need says who loaded it, and the cure.
func TestASnapshotOfAnotherProgram(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	path := filepath.Join(dir, "2014-12-31", snapshotFile)
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("alter table cpr_persons drop column carried"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Snapshot(t.Context(), time.Time{})
	want := "snapshot 2014-12-31: its tables are not those of this program; test loaded it: load the day again with --replace"
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestManyAskOneSnapshot: a hundred at a time get the answers that one gets: of questions, of profiles, whose view is a connection's
// own, and of what is asked once.
func TestManyAskOneSnapshot(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	s, err := (&Store{Dir: dir}).Snapshot(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	unlinked, err := queries.Find("unlinked")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]any{}
	for _, p := range unlinked.Params {
		values[p.Name] = map[string]any{"DATE": time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), "BOOLEAN": false, "VARCHAR[]": []string{}}[p.Type]
	}
	values["to_day"] = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	asks := []func() (any, error){
		func() (any, error) { return s.Query(t.Context(), unlinked, values) },
		func() (any, error) { return s.Profile(t.Context(), "carl2_persons") },
		func() (any, error) { return s.Profile(t.Context(), "carl2_permits") },
		func() (any, error) { return s.RecentDecisions(t.Context()) },
	}
	var alone []string
	for _, ask := range asks {
		answer, err := ask()
		if err != nil {
			t.Fatal(err)
		}
		alone = append(alone, fmt.Sprint(answer))
	}
	var group errgroup.Group
	for n := range 100 {
		group.Go(func() error {
			answer, err := asks[n%len(asks)]()
			if got := fmt.Sprint(answer); err == nil && got != alone[n%len(asks)] {
				err = fmt.Errorf("%d: %s, alone %s", n, got, alone[n%len(asks)])
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}
