package disclosure_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"koblet/analysis/disclosure"
)

// reference is a table whose fewest hidden cells are known, from an exact solver.
type reference struct {
	Name    string
	Optimum int
	Cells   [][2]any
	Sums    [][]int
}

func references(t testing.TB) []reference {
	t.Helper()
	text, err := os.ReadFile("testdata/tables.json")
	if err != nil {
		t.Fatal(err)
	}
	var tables []reference
	if err := json.Unmarshal(text, &tables); err != nil {
		t.Fatal(err)
	}
	return tables
}

// system is the table as a system: a total is dearer the more keys it sums over.
func (r reference) system() disclosure.System {
	var s disclosure.System
	keys := 0
	for _, c := range r.Cells {
		keys = max(keys, strings.Count(c[0].(string), "="))
	}
	for _, c := range r.Cells {
		name := c[0].(string)
		s.Cells = append(s.Cells, disclosure.Cell{Name: name, Count: int64(c[1].(float64)), Secret: true, Cost: 1 + keys - strings.Count(name, "=")})
	}
	for _, sum := range r.Sums {
		s.Sums = append(s.Sums, disclosure.Sum{Total: sum[0], Parts: sum[1:]})
	}
	return s
}

func small(s disclosure.System) (cells []int, only []bool) {
	only = make([]bool, len(s.Cells))
	for i, c := range s.Cells {
		if c.Small(5) {
			cells, only[i] = append(cells, i), !c.Latent
		}
	}
	return cells, only
}

func count(hidden []bool) (n int) {
	for _, h := range hidden {
		if h {
			n++
		}
	}
	return n
}

// TestReferenceTables: no small count can be recomputed, by an attack that is not the search that hid it, and not much more is hidden than the fewest possible.
func TestReferenceTables(t *testing.T) {
	var sum float64
	tables := references(t)
	for _, table := range tables {
		s := table.system()
		pattern, err := s.Protect(5)
		if err != nil {
			t.Errorf("%s: %v", table.Name, err)
			continue
		}
		cells, _ := small(s)
		known, err := s.Attack(pattern.Hidden, cells)
		if err != nil {
			t.Errorf("%s: %v", table.Name, err)
		}
		for _, cell := range cells {
			if !known[cell].Holds(5) {
				t.Errorf("%s: %s is known to be in %v", table.Name, s.Cells[cell].Name, known[cell])
			}
		}
		ratio := float64(count(pattern.Hidden)) / float64(table.Optimum)
		if ratio < 1 || ratio > 2 {
			t.Errorf("%s: %d hidden; the fewest are %d", table.Name, count(pattern.Hidden), table.Optimum)
		}
		sum += ratio
	}
	if mean := sum / float64(len(tables)); mean > 1.3 || len(tables) != 19 {
		t.Errorf("%d tables with %.2f times the fewest hidden cells in the mean", len(tables), mean)
	}
}

// TestPrimaryAloneIsNotEnough: in 15 of the 19 tables hiding the small counts alone lets every one of them be recomputed.
func TestPrimaryAloneIsNotEnough(t *testing.T) {
	recomputed := 0
	for _, table := range references(t) {
		s := table.system()
		cells, only := small(s)
		known, err := s.Attack(only, cells)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(cells, func(cell int) bool { return known[cell].Low != known[cell].High }) {
			recomputed++
		}
	}
	if recomputed != 15 {
		t.Errorf("%d tables are recomputed whole", recomputed)
	}
}

// table is a table of two keys with margins and a grand total.
func table(counts [][]int64) disclosure.System {
	var s disclosure.System
	cell := func(name string, n int64, cost int) int {
		s.Cells = append(s.Cells, disclosure.Cell{Name: name, Count: n, Secret: true, Cost: cost})
		return len(s.Cells) - 1
	}
	columns := make([][]int, len(counts[0]))
	var downs []int
	var all int64
	for i, row := range counts {
		var parts []int
		var sum int64
		for j, n := range row {
			parts = append(parts, cell(fmt.Sprintf("r%d c%d", i, j), n, 1))
			columns[j] = append(columns[j], parts[j])
			sum += n
		}
		all += sum
		total := cell(fmt.Sprintf("r%d", i), sum, 2)
		s.Sums, downs = append(s.Sums, disclosure.Sum{Total: total, Parts: parts}), append(downs, total)
	}
	grand := cell("all", all, 4)
	s.Sums = append(s.Sums, disclosure.Sum{Total: grand, Parts: downs})
	for j, parts := range columns {
		var sum int64
		for _, i := range parts {
			sum += s.Cells[i].Count
		}
		s.Sums = append(s.Sums, disclosure.Sum{Total: cell(fmt.Sprintf("c%d", j), sum, 2), Parts: parts})
	}
	return s
}

// TestZerosAreCover: of a total of two the parts 2 and 0 hide each other; [c] never means that there is somebody.
func TestZerosAreCover(t *testing.T) {
	s := disclosure.System{
		Cells: []disclosure.Cell{{Name: "all", Count: 20, Secret: true, Cost: 4}, {Name: "a", Count: 2, Secret: true}, {Name: "b", Secret: true}, {Name: "c", Count: 18, Secret: true, Cost: 3}},
		Sums:  []disclosure.Sum{{Total: 0, Parts: []int{1, 2, 3}}},
	}
	pattern, err := s.Protect(5)
	if err != nil || !reflect.DeepEqual(pattern.Hidden, []bool{false, true, false, true}) {
		t.Errorf("%v, %v; want the part that can give four, as a and b together are two", pattern.Hidden, err)
	}
	s.Cells[3].Kept = true
	if _, err := s.Protect(5); err != nil {
		t.Errorf("%v; want the total hidden", err)
	}
	s.Cells[0].Kept = true
	var refused *disclosure.UnsafeError
	if _, err = s.Protect(5); !errors.As(err, &refused) || refused.Error() != "no safe pattern of hidden cells for a" {
		t.Errorf("%v; want a refusal that names a", err)
	}
}

// TestEarlierEditions: what was hidden stays hidden, and what everybody has is no cover.
func TestEarlierEditions(t *testing.T) {
	s := table([][]int64{{3, 20, 30}, {40, 50, 60}, {70, 80, 90}})
	first, err := s.Protect(5)
	if err != nil || count(first.Hidden) != 4 {
		t.Fatalf("%v, %v", first.Hidden, err)
	}
	s.Cells[6].Hidden = true // r1 c2
	for i, c := range s.Cells {
		if !c.Hidden && i != 0 && c.Name != "r2 c0" && c.Name != "r0 c1" && c.Name != "r2 c1" {
			s.Cells[i].Kept = true
		}
	}
	pattern, err := s.Protect(5)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range s.Cells {
		if want := c.Hidden || i == 0 || strings.Contains("r2 c0, r0 c1, r2 c1", c.Name) && c.Cost == 1; pattern.Hidden[i] != want {
			t.Errorf("%s is hidden: %v, want %v", c.Name, pattern.Hidden[i], want)
		}
	}
	s.Cells[0].Kept = true
	if _, err := s.Protect(5); err == nil {
		t.Error("a small count that an earlier edition shows is protected")
	}
}

// TestDifferencesAreCells: two totals that differ by three are not both shown, although neither is small.
func TestDifferencesAreCells(t *testing.T) {
	s := disclosure.System{
		Cells: []disclosure.Cell{
			{Name: "all", Count: 100, Secret: true, Cost: 2}, {Name: "expected", Count: 97, Secret: true, Cost: 1}, {Name: "not expected", Count: 3, Secret: true, Latent: true},
		},
		Sums: []disclosure.Sum{{Total: 0, Parts: []int{1, 2}}},
	}
	pattern, err := s.Protect(5)
	if err != nil || !pattern.Hidden[1] || pattern.Hidden[0] || pattern.Latent != 1 || pattern.Primary != 0 || pattern.Secondary != 1 {
		t.Errorf("%+v, %v", pattern, err)
	}
}

// TestNoSystem: what no report can hold is an error and not a pattern.
func TestNoSystem(t *testing.T) {
	good := table([][]int64{{9, 8}, {7, 6}})
	for want, spoil := range map[string]func(s *disclosure.System){
		"r0: its parts do not add up to it":                func(s *disclosure.System) { s.Cells[0].Count++ },
		"r0 c0: a negative count":                          func(s *disclosure.System) { s.Cells[0].Count = -1 },
		"a sum names cell 99 of 9":                         func(s *disclosure.System) { s.Sums[0].Parts[0] = 99 },
		"r0 c0: hidden, and known from an earlier edition": func(s *disclosure.System) { s.Cells[0].Hidden, s.Cells[0].Kept = true, true },
	} {
		s := disclosure.System{Cells: slices.Clone(good.Cells), Sums: []disclosure.Sum{{Total: good.Sums[0].Total, Parts: slices.Clone(good.Sums[0].Parts)}}}
		spoil(&s)
		if _, err := s.Protect(5); err == nil || err.Error() != "disclosure: "+want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestProofIsChecked: a pattern that shows a cell its worlds change is none.
func TestProofIsChecked(t *testing.T) {
	s := table([][]int64{{3, 20, 30}, {40, 50, 60}, {70, 80, 90}})
	pattern, err := s.Protect(5)
	if err != nil {
		t.Fatal(err)
	}
	for i, hidden := range pattern.Hidden {
		if hidden && i > 0 {
			pattern.Hidden[i] = false
			if pattern.Prove(s) == nil {
				t.Errorf("%s is shown, and the proof holds", s.Cells[i].Name)
			}
			pattern.Hidden[i] = true
		}
	}
	s.Cells[0].Count++
	if pattern.Prove(s) == nil {
		t.Error("the proof holds of another count")
	}
}

// TestAttackIsExact holds the attack against every world of small tables, written down one by one.
func TestAttackIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 60 {
		counts := [][]int64{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}
		for _, row := range counts {
			for j := range row {
				row[j] = random.Int64N(5)
			}
		}
		s := table(counts)
		hidden := make([]bool, len(s.Cells))
		var cells []int
		for i, c := range s.Cells {
			if hidden[i] = random.IntN(2) == 0 && c.Cost == 1; hidden[i] {
				cells = append(cells, i)
			}
		}
		want := enumerated(s, cells)
		got, err := s.Attack(hidden, cells)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("round %d: %v, %v; want %v", round, got, err, want)
		}
	}
}

// enumerated are the bounds of hidden cells over every way to fill them.
func enumerated(s disclosure.System, cells []int) map[int]disclosure.Interval {
	bounds := map[int]disclosure.Interval{}
	world := make([]int64, len(s.Cells))
	for i, c := range s.Cells {
		world[i] = c.Count
	}
	var fill func(at int)
	fill = func(at int) {
		if at == len(cells) {
			for _, sum := range s.Sums {
				left := world[sum.Total]
				for _, i := range sum.Parts {
					left -= world[i]
				}
				if left != 0 {
					return
				}
			}
			for _, i := range cells {
				b, ok := bounds[i]
				if !ok {
					b = disclosure.Interval{Low: world[i], High: world[i]}
				}
				bounds[i] = disclosure.Interval{Low: min(b.Low, world[i]), High: max(b.High, world[i])}
			}
			return
		}
		for n := int64(0); n <= 12; n++ {
			world[cells[at]] = n
			if plausible(s, cells[at+1:], world, cells[at]) {
				fill(at + 1)
			}
		}
		world[cells[at]] = 0
	}
	fill(0)
	return bounds
}

// plausible reports whether no sum of a cell is passed already; the cells that are to be filled count nothing yet.
func plausible(s disclosure.System, open []int, world []int64, cell int) bool {
	for _, sum := range s.Sums {
		if !slices.Contains(sum.Parts, cell) {
			continue
		}
		var of int64
		for _, i := range sum.Parts {
			if !slices.Contains(open, i) {
				of += world[i]
			}
		}
		if of > world[sum.Total] {
			return false
		}
	}
	return true
}

// TestRandomTables: whatever the counts are, the report is proved safe or refused, and twice the same.
func TestRandomTables(t *testing.T) {
	protected := 0
	for seed := range uint64(20) {
		s := sparse(seed, 400, []int{5, 4, 3}, [][]int{{0, 1}, {1, 2}})
		pattern, err := s.Protect(5)
		again, errAgain := s.Protect(5)
		if !reflect.DeepEqual(pattern.Hidden, again.Hidden) || fmt.Sprint(err) != fmt.Sprint(errAgain) {
			t.Fatalf("seed %d: two patterns of one report", seed)
		}
		var refused *disclosure.UnsafeError
		if errors.As(err, &refused) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		protected++
		cells, _ := small(s)
		known, err := s.Attack(pattern.Hidden, cells)
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range cells {
			if !known[cell].Holds(5) {
				t.Errorf("seed %d: %s is known to be in %v", seed, s.Cells[cell].Name, known[cell])
			}
		}
	}
	if protected < 17 {
		t.Errorf("%d of 20 reports were protected", protected)
	}
}

// sparse is a report of invented records, small in some values: a table for each set of keys with all margins, and with three verdicts.
func sparse(seed uint64, records int, sizes []int, tables [][]int) disclosure.System {
	random := rand.New(rand.NewPCG(seed, 7))
	verdicts := len(sizes)
	sizes = append(slices.Clone(sizes), 3)
	var s disclosure.System
	at := map[string]int{}
	cell := func(record, keys []int) int {
		name := "all"
		for _, k := range keys {
			name += fmt.Sprintf(" %d=%d", k, record[k])
		}
		if _, ok := at[name]; !ok {
			at[name] = len(s.Cells)
			s.Cells = append(s.Cells, disclosure.Cell{Name: name, Secret: true, Cost: 1 << (3 - min(len(keys), 3))})
		}
		return at[name]
	}
	sums := map[string]int{}
	for range records {
		record := make([]int, len(sizes))
		for k, size := range sizes {
			record[k] = int(float64(size) * random.Float64() * random.Float64())
		}
		counted := map[int]bool{}
		for _, keys := range tables {
			keys = append(slices.Clone(keys), verdicts)
			for subset := range 1 << len(keys) {
				var chosen []int
				for i, k := range keys {
					if subset>>i&1 == 1 {
						chosen = append(chosen, k)
					}
				}
				total := cell(record, chosen)
				counted[total] = true
				for i, k := range keys {
					if subset>>i&1 == 1 {
						continue
					}
					part := cell(record, sorted(append(slices.Clone(chosen), k)))
					id := fmt.Sprint(total, " by ", k)
					if _, ok := sums[id]; !ok {
						sums[id] = len(s.Sums)
						s.Sums = append(s.Sums, disclosure.Sum{Total: total})
					}
					if sum := &s.Sums[sums[id]]; !slices.Contains(sum.Parts, part) {
						sum.Parts = append(sum.Parts, part)
					}
				}
			}
		}
		for i := range counted {
			s.Cells[i].Count++
		}
	}
	return s
}

func sorted(keys []int) []int {
	slices.Sort(keys)
	return keys
}

// TestAcyclic: tables that share keys in a chain or around one, and the three that go round in a circle.
func TestAcyclic(t *testing.T) {
	for _, c := range []struct {
		tables string
		want   bool
	}{
		{"year category", true},
		{"year category, category group, year status", true},
		{"year category verdict, municipality verdict, municipality year", false},
		{"year category verdict, municipality verdict year", true},
		{"year category, year status, category status", false},
		{"year category, year status, category status, year category status", true},
		{"year, year category", true},
		{"sex, age", true},
	} {
		var tables [][]string
		for _, table := range strings.Split(c.tables, ", ") {
			tables = append(tables, strings.Fields(table))
		}
		if got := disclosure.Acyclic(tables); got != c.want {
			t.Errorf("%s: %v, want %v", c.tables, got, c.want)
		}
	}
}

// BenchmarkProtect hides the small counts of a yearly report of 300,000 permits.
func BenchmarkProtect(b *testing.B) {
	s := sparse(1, 300_000, []int{20, 9, 20, 98}, [][]int{{0, 1}, {1, 2}, {0, 2}, {3}})
	for b.Loop() {
		pattern, err := s.Protect(5)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(s.Cells)), "cells")
		b.ReportMetric(float64(pattern.Primary), "primary")
		b.ReportMetric(float64(pattern.Secondary), "secondary")
	}
}
