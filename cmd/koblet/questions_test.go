package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ran is what a command that must succeed prints.
func ran(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(""), &out, &errs); code != done || errs.Len() > 0 {
		t.Fatalf("koblet %s: exit code %d, %s", strings.Join(args, " "), code, errs.String())
	}
	return out.Bytes()
}

// TestCatalogue asks every question of the catalogue and compares the columns that come back with those it promises.
func TestCatalogue(t *testing.T) {
	dir := t.TempDir()
	persons, permits := filepath.Join(dir, "persons.csv"), filepath.Join(dir, "permits.csv")
	for path, text := range map[string]string{
		persons: "person_id,cpr_number,entered_on\nA-1,,2013-02-01\n",
		permits: "permit_id,person_id,decided_on,decision,category\nP-1,A-1,2013-01-10,granted,family\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(dir, "store")
	ran(t, "load", "--store", folder, "--as-of", "2014-12-31", "--carl2-persons", persons, "--carl2-permits", permits)
	var all []listed
	if err := json.Unmarshal(ran(t, "questions", "--format", "json"), &all); err != nil {
		t.Fatal(err)
	}
	if len(all) < 7 {
		t.Errorf("%d questions, want at least the seven of the annual report", len(all))
	}
	for _, q := range all {
		var answer struct{ Columns []string }
		if err := json.Unmarshal(ran(t, "run", q.Name, "--store", folder, "--format", "json"), &answer); err != nil {
			t.Fatal(err)
		}
		var promised []string
		for _, c := range q.Columns {
			promised = append(promised, c.Name)
		}
		if !slices.Equal(promised, answer.Columns) {
			t.Errorf("%s: promises %v, gives %v", q.Name, promised, answer.Columns)
		}
	}
}
