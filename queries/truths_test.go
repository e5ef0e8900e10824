package queries_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers/synthetic"
	"koblet/store"
)

// Truths that hold across questions, whatever the extract: they are asked of invented registers with every planted fault.

// invented writes small registers of one day and gives their folder.
func invented(t *testing.T, asOf string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "registers")
	options := synthetic.Options{Out: dir, Permits: 4000, Seed: 7, AsOf: []time.Time{day(t, asOf)}}
	if _, err := synthetic.Write(context.Background(), options); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, asOf)
}

// snapshotOf loads files of a day into a store of its own.
func snapshotOf(t *testing.T, asOf string, l store.Loading) *store.Snapshot {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "store")
	l.AsOf, l.Now, l.Program, l.MaxRejects, l.Profile = day(t, asOf), day(t, asOf), "test", store.Limit{Percent: 5}, inventedNumbers
	keepSecret(t, dir)
	if _, err := store.Load(context.Background(), dir, l); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Snapshot(context.Background(), l.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := snapshot.Close(); err != nil {
			t.Error(err)
		}
	})
	return snapshot
}

func whole(dir string) store.Loading {
	return store.Loading{
		CPR:          []string{filepath.Join(dir, "cpr_persons.csv")},
		Carl2Persons: []string{filepath.Join(dir, "carl2_persons.csv")},
		Carl2Permits: []string{filepath.Join(dir, "carl2_permits.csv")},
	}
}

func scopes(t *testing.T) map[string]analysis.Scope {
	return map[string]analysis.Scope{
		"everything": {},
		"expected":   {Params: map[string]string{"expected": "true", "maturity": "365"}},
		"first only": {Params: map[string]string{"first_only": "true"}},
		"once":       {From: period(t, "2003"), Categories: []string{"asylum", "family", "work"}, Params: map[string]string{"once_per_person": "true"}},
		"a study":    {From: period(t, "1997"), To: period(t, "2010"), Categories: []string{"asylum", "family"}},
	}
}

func TestGroupsSumToTheWhole(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	for name, scope := range scopes(t) {
		total := ask(t, snapshot, find(t, "unlinked"), scope)[0]
		if total[0].(int64) == 0 || total[1].(int64) == 0 {
			t.Fatalf("%s: the registers have nothing to sum: %v", name, total)
		}
		for _, q := range queries.All() {
			if q.Measure != "unlinked_verdicts" || !q.IsTally() {
				continue
			}
			sums := []any{int64(0), int64(0), int64(0)}
			for _, row := range ask(t, snapshot, q, scope) {
				for i, n := range row[len(q.Named()):] {
					sums[i] = sums[i].(int64) + n.(int64)
				}
			}
			if !slices.Equal(sums, total) {
				t.Errorf("%s, %s: pass, fail, unknown sum to %v, the whole is %v", q.Name, name, sums, total)
			}
		}
	}
}

func TestStatusesAndStepsSumToTheGranted(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	for name, scope := range scopes(t) {
		step := map[string]int64{}
		for _, row := range ask(t, snapshot, find(t, "population_waterfall"), scope) {
			step[row[0].(string)] = row[1].(int64)
		}
		var statuses int64
		for _, row := range ask(t, snapshot, find(t, "link_status_by_year"), scope) {
			statuses += row[2].(int64)
		}
		switch {
		case statuses != step["in_scope"]:
			t.Errorf("%s: the link statuses sum to %d, in scope are %d", name, statuses, step["in_scope"])
		case step["linked"]+step["unknown"]+step["unlinked"] != step["in_scope"]:
			t.Errorf("%s: the steps below in_scope do not add up: %v", name, step)
		case step["unlinked_not_expected"]+step["unlinked_expected"] != step["unlinked"]:
			t.Errorf("%s: the steps below unlinked do not add up: %v", name, step)
		case step["granted"] > step["all"] || step["in_scope"] > step["granted"]:
			t.Errorf("%s: a step is larger than the one above it: %v", name, step)
		}
	}
}

func TestTwoHalvesEqualTheWhole(t *testing.T) {
	dir := invented(t, "2014-12-31")
	l := whole(dir)
	halves := store.Loading{CPR: halved(t, l.CPR[0]), Carl2Persons: halved(t, l.Carl2Persons[0]), Carl2Permits: halved(t, l.Carl2Permits[0])}
	one, two := snapshotOf(t, "2014-12-31", l), snapshotOf(t, "2014-12-31", halves)
	for _, q := range queries.All() {
		a, b := ask(t, one, q, analysis.Scope{}), ask(t, two, q, analysis.Scope{})
		if !slices.EqualFunc(a, b, func(x, y []any) bool { return slices.Equal(x, y) }) {
			t.Errorf("%s: loaded in halves it answers otherwise", q.Name)
		}
	}
	var loaded, rejected [2]int64
	for i, s := range []*store.Snapshot{one, two} {
		for _, f := range s.Receipt.Files {
			loaded[i] += f.Loaded
			rejected[i] += f.Rejected
		}
	}
	if loaded[0] != loaded[1] || rejected[0] != rejected[1] {
		t.Errorf("loaded whole %d and rejected %d, in halves %d and %d", loaded[0], rejected[0], loaded[1], rejected[1])
	}
}

// halved writes the two halves of a file, each with the header, and gives their paths.
func halved(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	var paths []string
	middle := 1 + (len(lines)-1)/2
	for i, part := range [][][]byte{lines[1:middle], lines[middle:]} {
		half := strings.TrimSuffix(path, ".csv") + []string{"-a", "-b"}[i] + ".csv"
		if err := os.WriteFile(half, append(slices.Clone(lines[0]), bytes.Join(part, nil)...), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, half)
	}
	return paths
}

func find(t *testing.T, name string) queries.Question {
	t.Helper()
	q, err := queries.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return q
}
