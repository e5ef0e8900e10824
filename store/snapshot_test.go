package store

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
