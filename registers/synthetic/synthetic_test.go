package synthetic

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// record is a CSV row by column name.
type record map[string]string

// invented are registers of two earlier days and the default one, read back.
type invented struct {
	Summary
	persons, permits, cpr [][]record // by folder
	truth                 []record
	planted               truthFile
}

func on(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

// studyDays are the days of the two studies and the default one.
func studyDays() []time.Time {
	return []time.Time{on("2011-06-30"), on("2014-12-31"), on("2016-12-31")}
}

// write writes registers to a temporary folder.
func write(t testing.TB, o Options) Summary {
	t.Helper()
	o.Out = filepath.Join(t.TempDir(), "out")
	s, err := Write(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// invent writes registers and reads them back.
func invent(t testing.TB, o Options) *invented {
	t.Helper()
	x := &invented{Summary: write(t, o)}
	for _, f := range x.Folders {
		x.persons = append(x.persons, readCSV(t, filepath.Join(f.Dir, "carl2_persons.csv")))
		x.permits = append(x.permits, readCSV(t, filepath.Join(f.Dir, "carl2_permits.csv")))
		x.cpr = append(x.cpr, readCSV(t, filepath.Join(f.Dir, "cpr_persons.csv")))
	}
	x.truth = readCSV(t, x.Beside[0])
	text, err := os.ReadFile(x.Beside[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &x.planted); err != nil {
		t.Fatal(err)
	}
	return x
}

func readCSV(t testing.TB, path string) []record {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]record, len(lines)-1)
	for i, line := range lines[1:] {
		rows[i] = make(record, len(line))
		for j, column := range lines[0] {
			rows[i][column] = line[j]
		}
	}
	return rows
}

func TestSameSeedSameBytes(t *testing.T) {
	o := Options{Permits: 5000, Seed: 3, AsOf: studyDays(), Danes: 200}
	first, second := contents(t, write(t, o).Out), contents(t, write(t, o).Out)
	if len(first) != 15 {
		t.Errorf("files: %d, want 4 in each of 3 folders, 2 of truth and the profile", len(first))
	}
	for name, text := range first {
		if !bytes.Equal(text, second[name]) {
			t.Errorf("%s differs between two runs of one seed", name)
		}
	}
	o.Seed = 4
	for name, text := range contents(t, write(t, o).Out) {
		if same := bytes.Equal(text, first[name]); same != (name == "profile.toml") {
			t.Errorf("%s: the same with another seed: %t", name, same)
		}
	}
}

func contents(t *testing.T, dir string) map[string][]byte {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		files[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestRefusesAFolderInUse(t *testing.T) {
	out := t.TempDir()
	if err := os.WriteFile(filepath.Join(out, "mine.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Write(t.Context(), Options{Out: out, Permits: 10})
	if !errors.Is(err, ErrNotEmpty) {
		t.Errorf("got %v, want ErrNotEmpty", err)
	}
	if files := contents(t, out); len(files) != 1 {
		t.Errorf("%d files in the folder, want only the one that was there", len(files))
	}
}

func TestCancelledLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out := filepath.Join(t.TempDir(), "out")
	_, err := Write(ctx, Options{Out: out, Permits: 100_000, Progress: func(int64, int64) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is there after a cancelled run: %v", err)
	}
}

func TestOptionsThatCannotBe(t *testing.T) {
	for _, o := range []Options{{Permits: 0}, {Permits: 1, Danes: -1}, {Permits: 1, Months: -1}, {Permits: 1, AsOf: []time.Time{on("1996-12-31")}},
		{Permits: 1, AsOf: []time.Time{on("2037-01-01")}}} {
		o.Out = filepath.Join(t.TempDir(), "out")
		if _, err := Write(t.Context(), o); err == nil {
			t.Errorf("%+v: no error", o)
		}
		if _, err := os.Stat(o.Out); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%+v: the folder was made", o)
		}
	}
}

func TestMonthEnds(t *testing.T) {
	for _, test := range []struct {
		last   string
		months int
		want   string
	}{
		{"2016-12-31", 3, "[2016-10-31 2016-11-30 2016-12-31]"},
		{"2016-03-15", 2, "[2016-01-31 2016-02-29 2016-03-15]"},
		{"2016-02-29", 1, "[2016-02-29]"},
	} {
		days, err := Options{Permits: 1, AsOf: []time.Time{on(test.last)}, Months: test.months}.days()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range days {
			got = append(got, string(newCalendar().iso(nil, d)))
		}
		if fmt.Sprint(got) != test.want {
			t.Errorf("%d months to %s: %v, want %s", test.months, test.last, got, test.want)
		}
	}
}

// BenchmarkWrite writes 100,000 permits for the default day.
func BenchmarkWrite(b *testing.B) {
	const permits = 100_000
	for b.Loop() {
		write(b, Options{Permits: permits, Seed: 1})
	}
	b.ReportMetric(permits*float64(b.N)/b.Elapsed().Seconds(), "permits/s")
}
