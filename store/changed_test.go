package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// What is hashed and counted is what is loaded: a file that is written to, replaced or put elsewhere at any moment of a load
// refuses it, in one line, and the store is as it was.
func TestAFileThatChangesIsRefused(t *testing.T) {
	fixedText := strings.Join([]string{
		fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"}),
		fixed("001", "0102801238", map[int]string{24: "01", 26: "200101010000", 39: "K", 40: "1980-02-01"}),
		fixed("999", "9999999999", map[int]string{14: "00000001"}),
	}, "\n") + "\n"
	files := writeFiles(t, registersOf)
	dir, _ := load(t, loading(t, files))
	before := state(t, dir)
	changes := map[string]func(path string) error{
		"written to, and its time set back": func(path string) error {
			found, err := os.Stat(path)
			if err != nil {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return errors.Join(os.WriteFile(path, bytes.ToUpper(text), 0o600), os.Chtimes(path, found.ModTime(), found.ModTime()))
		},
		"longer": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteString("x")
			return errors.Join(err, f.Close())
		},
		"replaced": func(path string) error {
			text, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path+".new", text, 0o600), os.Rename(path+".new", path))
		},
		"cut off":    func(path string) error { return os.Truncate(path, 10) },
		"taken away": os.Remove,
	}
	turn := 0 // each change meets every kind of file, at one of the moments
	for _, name := range []string{"persons.csv", "permits.parquet", "cpr.txt", "persons.xlsx"} {
		for how, change := range changes {
			at := []string{"read", "snapshot_permits"}[turn%2]
			turn++
			l := loading(t, writeFiles(t, registersOf))
			l.Replace = true
			path := filepath.Join(filepath.Dir(l.CPR[0]), name)
			switch name {
			case "persons.csv":
				path = l.Carl2Persons[0]
			case "permits.parquet":
				parquetOf(t, path, "select 'S1' as permit_id, 'P1' as person_id, '2013-02-01' as decided_on, 'granted' as decision")
				l.Carl2Permits = []string{path}
			case "cpr.txt":
				if err := os.WriteFile(path, []byte(fixedText), 0o600); err != nil {
					t.Fatal(err)
				}
				l.CPR = []string{path}
			case "persons.xlsx":
				bookOfCSV(t, l.Carl2Persons[0], path)
				l.Carl2Persons = []string{path}
			}
			var once sync.Once
			changed := false
			l.Progress = func(step string, _, _ int64) {
				if strings.HasPrefix(step, at) {
					once.Do(func() {
						changed = true
						if err := change(path); err != nil {
							t.Error(err)
						}
					})
				}
			}
			_, err := Load(t.Context(), dir, l)
			if want := path + ": " + "the file changed while it was read; load it again when nobody writes to it"; err == nil || err.Error() != want || !changed {
				t.Errorf("%s, %s at %s (%v): %v", name, how, at, changed, err)
			}
		}
	}
	if after := state(t, dir); after != before || slices.Contains(namesIn(t, dir), buildingDir) {
		t.Errorf("the store was\n%s\nand is\n%s", before, after)
	}
}
