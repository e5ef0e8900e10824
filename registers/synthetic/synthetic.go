// Package synthetic invents the two registers, with the truth beside them.
//
// In comes a number of permits, a seed and the as-of days; out comes one folder a day with the CSV files of
// registers.Tables and the CPR persons once more as the fixed-width product U12170, and at the top truth.csv (which
// CPR-number belongs to which person-id), truth.json (what was planted) and profile.toml, to load them with. Nobody in them
// lives: names are drawn by lot and the numbers leave remainder 1, which no number that was issued does (docs/method.md §4).
//
// The same options give the same bytes. What the registers are like stands in tables/*.csv, each constant with its meaning or
// source; [A] marks our assumption. Persons are made in blocks from numbered streams of random numbers and written at
// once, so memory does not grow with the registers. Not here: anything that reads registers.
package synthetic

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Options say which registers to invent.
type Options struct {
	Out      string                  // folder to write; it must not exist or be empty
	Permits  int64                   // permit cases from 1997 to the last as-of day, refused and pending ones included
	Seed     uint64                  // the same seed gives the same bytes
	AsOf     []time.Time             // days the registers are shown at; none means 2016-12-31
	Months   int                     // so many month-ends up to the last day as well
	Danes    int64                   // Danish citizens in CPR
	Progress func(done, total int64) // told how many permit cases are written; may be nil
}

// Summary says what was written.
type Summary struct {
	Out     string
	Folders []Folder // by as-of day, ascending
	Beside  []string // paths of truth.csv, truth.json and profile.toml
}

// Folder is what was written for one as-of day, in rows without the header.
type Folder struct {
	AsOf                         time.Time
	Dir                          string
	Persons, Permits, CPRPersons int64
}

// besideNames are the files beside the folders.
var besideNames = []string{"truth.csv", "truth.json", "profile.toml"}

// profile is what a load must know of invented registers.
const profile = "# The weighted sum of an invented CPR-number leaves 1, which no issued number's does.\n[numbers]\nremainder = 1\n"

// ErrNotEmpty says that the folder to write holds something already.
var ErrNotEmpty = errors.New("folder is not empty")

// Write invents registers and writes them to o.Out. Nothing is left there unless all of it is.
func Write(ctx context.Context, o Options) (Summary, error) {
	m, err := loadModel()
	if err != nil {
		return Summary{}, fmt.Errorf("synthetic: %w", err)
	}
	days, err := o.days()
	if err != nil {
		return Summary{}, fmt.Errorf("synthetic: %w", err)
	}
	staging, created, err := stage(o.Out)
	if err != nil {
		return Summary{}, fmt.Errorf("synthetic: %w", err)
	}
	w := &writing{model: m, options: o, days: days, calendar: newCalendar(),
		plan: newPlan(m, o, days[len(days)-1])}
	err = w.run(ctx, staging)
	var s Summary
	if err == nil {
		s, err = w.publish(staging)
	}
	if err != nil {
		return Summary{}, fmt.Errorf("synthetic: %w", errors.Join(err, w.withdraw(staging, created)))
	}
	return s, os.Remove(staging)
}

// withdraw takes away what a run that failed has written: o.Out was empty before, so all of these are its own.
func (w *writing) withdraw(staging string, created bool) error {
	errs := []error{os.RemoveAll(staging)}
	for _, d := range w.days {
		errs = append(errs, os.RemoveAll(filepath.Join(w.options.Out, string(w.calendar.iso(nil, d)))))
	}
	for _, name := range besideNames {
		errs = append(errs, os.RemoveAll(filepath.Join(w.options.Out, name)))
	}
	if created {
		errs = append(errs, os.Remove(w.options.Out))
	}
	return errors.Join(errs...)
}

// days are the as-of days, ascending, each once.
func (o Options) days() ([]day, error) {
	if o.Permits < 1 || o.Danes < 0 || o.Months < 0 {
		return nil, fmt.Errorf("permits %d, Danes %d, months %d: too few", o.Permits, o.Danes, o.Months)
	}
	var days []day
	for _, t := range o.AsOf {
		days = append(days, dayAt(t))
	}
	if len(days) == 0 {
		days = append(days, dateOf(2016, 12, 31))
	}
	last := slices.Max(days)
	year, month, _ := (last + 1).date()
	for i := range o.Months {
		days = append(days, dateOf(year, month-i, 1)-1)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	for _, d := range []day{days[0], last} {
		if d.year() < firstYear || d.year() > lastYear {
			return nil, fmt.Errorf("as-of day in %d: must be from %d to %d", d.year(), firstYear, lastYear)
		}
	}
	return days, nil
}

// stage makes a folder inside out to write in, and out itself where there is none.
func stage(out string) (staging string, created bool, err error) {
	if out == "" {
		return "", false, errors.New("no folder to write to")
	}
	entries, err := os.ReadDir(out)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if err = os.MkdirAll(out, 0o755); err != nil {
			return "", false, err
		}
		created = true
	case err != nil:
		return "", false, err
	case len(entries) > 0:
		return "", false, fmt.Errorf("%s: %w", out, ErrNotEmpty)
	}
	staging, err = os.MkdirTemp(out, ".writing-")
	return staging, created, err
}

// publish moves what was written out of the staging folder, the truth last.
func (w *writing) publish(staging string) (Summary, error) {
	s := Summary{Out: w.options.Out}
	for i, d := range w.days {
		name := string(w.calendar.iso(nil, d))
		dir := filepath.Join(w.options.Out, name)
		if err := os.Rename(filepath.Join(staging, name), dir); err != nil {
			return Summary{}, err
		}
		y, m, dom := d.date()
		s.Folders = append(s.Folders, Folder{AsOf: time.Date(y, time.Month(m), dom, 0, 0, 0, 0, time.UTC), Dir: dir,
			Persons: w.totals[i].persons, Permits: w.totals[i].permits, CPRPersons: w.totals[i].cprPersons})
	}
	for _, name := range besideNames {
		path := filepath.Join(w.options.Out, name)
		if err := os.Rename(filepath.Join(staging, name), path); err != nil {
			return Summary{}, err
		}
		s.Beside = append(s.Beside, path)
	}
	return s, nil
}
