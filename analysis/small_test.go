package analysis_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/store"
)

// extracts are the texts of one day's extracts of persons and permits, as CSV.
type extracts struct {
	day              time.Time
	persons, permits string
}

// smallStore loads a snapshot from each day's extracts.
func smallStore(t *testing.T, days ...extracts) *store.Store {
	t.Helper()
	dir := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, d := range days {
		day := d.day.Format(time.DateOnly)
		if _, err := store.Load(t.Context(), filepath.Join(dir, "store"), store.Loading{
			AsOf: d.day, Now: d.day, Program: "test", Accept: registers.LimitReasons(), Profile: profiles.Profile{Numbers: profiles.NumberRules{Remainder: 1}},
			Carl2Persons: []string{put(day+"-persons.csv", d.persons)}, Carl2Permits: []string{put(day+"-permits.csv", d.permits)},
		}); err != nil {
			t.Fatal(err)
		}
	}
	s, err := store.Open(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
