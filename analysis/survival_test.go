package analysis

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// group are the exits of the rows of a group, or of all where it is empty.
func group(t *testing.T, rows []map[string]string, name string) []exits {
	t.Helper()
	var found []exits
	for _, row := range rows {
		if name == "" || row["group"] == name {
			found = append(found, exits{whole(t, row["day"]), whole(t, row["linked"]), whole(t, row["lapsed"]), whole(t, row["censored"])})
		}
	}
	return found
}

func onDay(t *testing.T, group []exits, day string) survivalRow {
	t.Helper()
	rows, err := survival(group, []int64{whole(t, day)})
	if err != nil || len(rows) != 1 {
		t.Fatalf("day %s: %d rows, %v", day, len(rows), err)
	}
	return rows[0]
}

// Where nothing lapses: the curve of Kaplan and Meier with Greenwood's log-log bounds, as R's survival has them.
func TestSurvivalWithoutLapse(t *testing.T) {
	for _, name := range []string{"aml", "freireich"} {
		people := map[string][]exits{}
		for _, row := range shared(t, name+"_input.csv") {
			status := whole(t, row["status"])
			people[row["group"]] = append(people[row["group"]], exits{day: whole(t, row["time"]), linked: status, censored: 1 - status})
		}
		for _, row := range shared(t, name+"_expected_km.csv") {
			got, what := onDay(t, people[row["group"]], row["time"]), row["group"]+" day "+row["time"]
			if got.atRisk != whole(t, row["n_risk"]) {
				t.Errorf("%s: %d at risk, want %s", what, got.atRisk, row["n_risk"])
			}
			near(t, what, got.unlinked, row["surv"])
			bounded(t, what, got.bounds, row["loglog_lo"], row["loglog_hi"])
		}
	}
}

// With lapse as a competing event: R's states of Aalen and Johansen.
func TestSurvivalWithLapse(t *testing.T) {
	var people []exits
	for _, row := range shared(t, "aalen_johansen_input.csv") {
		e := exits{day: whole(t, row["time"])}
		*map[string]*int64{"link": &e.linked, "lapse": &e.lapsed, "cens": &e.censored}[row["ev"]] = 1
		people = append(people, e)
	}
	steps, err := curve(people)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range shared(t, "aalen_johansen_expected.csv") {
		got, what := onDay(t, people, row["time"]), "day "+row["time"]
		if got.atRisk != whole(t, row["n_risk"]) {
			t.Errorf("%s: %d at risk, want %s", what, got.atRisk, row["n_risk"])
		}
		near(t, what+" linked", 1-got.unlinked, row["linked"])
		if i+1 < len(steps) { // free of both after this day is what it is before the next
			near(t, what+" not yet", steps[i+1].before, row["not_yet"])
			near(t, what+" lapsed", got.unlinked-steps[i+1].before, row["lapsed"])
		}
	}
}

// Ties of all three kinds on one day, exits on day 0 and lapses only: statsmodels, and lifelines where no day has two.
func TestSurvivalAgainstPython(t *testing.T) {
	input := reference(t, "testdata", "survival_input.csv")
	for _, row := range reference(t, "testdata", "survival_expected.csv") {
		what := row["group"] + " day " + row["day"] + " by " + row["by"]
		got := onDay(t, group(t, input, row["group"]), row["day"])
		near(t, what, got.unlinked, row["unlinked"])
		bounded(t, what, got.bounds, row["low"], row["high"])
	}
}

func TestSurvivalCounts(t *testing.T) {
	ties := group(t, reference(t, "testdata", "survival_input.csv"), "ties")
	rows, err := survival(ties, daysWithin(1824))
	if err != nil {
		t.Fatal(err)
	}
	var got [][5]int64
	for _, r := range rows {
		got = append(got, [5]int64{r.day, r.atRisk, r.linked, r.lapsed, r.censored})
	}
	want := [][5]int64{ // 54 permits, the oldest of 1,824 days: no rows at 1,825 and 3,650
		{0, 54, 3, 1, 0},
		{30, 45, 12, 3, 3}, // at risk before the 9 exits of day 30, which are counted
		{90, 33, 19, 4, 6},
		{180, 22, 19, 7, 6},
		{365, 16, 22, 9, 12},
		{730, 7, 25, 10, 13},
		{1095, 5, 26, 10, 18},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestSurvivalAtTheEnds(t *testing.T) {
	for _, c := range []struct {
		name   string
		group  []exits
		oldest int64
		want   []survivalRow
	}{
		{"nobody", nil, 90, nil},
		{"days without exits", []exits{{day: 90}}, 90, nil},
		{"all censored at 0", []exits{{day: 0, censored: 7}}, 0, []survivalRow{{atRisk: 7, censored: 7, unlinked: 1}}},
		{"one linked at once", []exits{{day: 0, linked: 1}}, 29, []survivalRow{{atRisk: 1, linked: 1}}},
		{"one linked later", []exits{{day: 30, linked: 1}}, 30, []survivalRow{
			{atRisk: 1, unlinked: 1}, {day: 30, atRisk: 1, linked: 1}}},
		{"one lapsed", []exits{{day: 30, lapsed: 1}}, 30, []survivalRow{
			{atRisk: 1, unlinked: 1}, {day: 30, atRisk: 1, lapsed: 1, unlinked: 1}}},
		{"all linked over three days", []exits{{day: 1, linked: 1}, {day: 2, linked: 1}, {day: 30, linked: 1}}, 89, []survivalRow{
			{atRisk: 3, unlinked: 1}, {day: 30, atRisk: 1, linked: 3}}},
		{"all linked long before the as-of day", []exits{{day: 10, linked: 3}}, 90, []survivalRow{
			{atRisk: 3, unlinked: 1}, {day: 30, linked: 3}, {day: 90, linked: 3}}},
		{"all lapsed over two days", []exits{{day: 1, lapsed: 1}, {day: 30, lapsed: 2}}, 30, []survivalRow{
			{atRisk: 3, unlinked: 1}, {day: 30, atRisk: 2, lapsed: 3, unlinked: 1}}},
	} {
		got, err := survival(c.group, daysWithin(c.oldest))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, %v, want %+v", c.name, got, err, c.want)
		}
	}
}

// When all at risk link or lapse on one day nothing can come after: the variance is that of a fraction, p·(1−p) ÷ n.
func TestSurvivalOfEverybodyAtOnce(t *testing.T) {
	rows, err := survival([]exits{{day: 30, linked: 3, lapsed: 1}}, []int64{30})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%v, %v", rows, err)
	}
	if rows[0].unlinked != 0.25 {
		t.Errorf("unlinked %v, want a quarter", rows[0].unlinked)
	}
	want := logLog(0.25, 0.25*0.75/4)
	if got := rows[0].bounds; got == nil || !(math.Abs(got.low-want.low) < 1e-15 && math.Abs(got.high-want.high) < 1e-15) {
		t.Errorf("bounds %v, want %v", got, *want)
	}
}

func TestSurvivalRefuses(t *testing.T) {
	for _, e := range []exits{{day: -1, linked: 1}, {day: 3, linked: -1, censored: 2}, {day: 3, lapsed: -1}, {day: 3, censored: -4}} {
		if _, err := survival([]exits{e}, survivalDays); err == nil || !strings.Contains(err.Error(), "below 0") {
			t.Errorf("%+v: %v", e, err)
		}
	}
}

// Four bytes are one exit: day, linked, lapsed, censored. Whatever they are: the curve falls from 1, stays on its scale and
// in its bounds, beyond the last exit as well, people add up, and neither the order of the exits nor their being split in two changes a figure.
func FuzzSurvival(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 0, 0, 9})
	f.Add([]byte{12, 5, 0, 0, 30, 4, 2, 3, 30, 0, 9, 0, 90, 250, 250, 250})
	f.Add([]byte{1, 1, 0, 0, 2, 0, 1, 0, 3, 1, 0, 0})
	f.Add([]byte{0, 2, 2, 2, 18, 0, 1, 0, 36, 2, 0, 0}) // rounding would raise the curve on the day of the lapse
	f.Fuzz(func(t *testing.T, b []byte) {
		var group, halves []exits
		for ; len(b) >= 4; b = b[4:] {
			e := exits{int64(b[0]) * 20, int64(b[1]), int64(b[2]), int64(b[3])}
			group = append(group, e)
			halves = append(halves, exits{day: e.day, linked: e.linked}, exits{day: e.day, lapsed: e.lapsed, censored: e.censored})
		}
		rows, err := survival(group, survivalDays)
		if err != nil {
			t.Fatal(err)
		}
		falls(t, group, rows)
		slices.Reverse(halves)
		again, err := survival(halves, survivalDays)
		if err != nil || !reflect.DeepEqual(again, rows) {
			t.Fatalf("in halves and reversed: %+v, %v, want %+v", again, err, rows)
		}
	})
}

func falls(t *testing.T, group []exits, rows []survivalRow) {
	t.Helper()
	var all int64
	for _, e := range group {
		all += e.all()
	}
	before := survivalRow{unlinked: 1}
	for _, r := range rows {
		if !(0 <= r.unlinked && r.unlinked <= before.unlinked) {
			t.Errorf("day %d: unlinked %v after %v", r.day, r.unlinked, before.unlinked)
		}
		if (r.linked == 0) != (r.unlinked == 1) {
			t.Errorf("day %d: unlinked %v with %d linked", r.day, r.unlinked, r.linked)
		}
		if (r.bounds == nil) != (r.unlinked == 0 || r.unlinked == 1) {
			t.Errorf("day %d: unlinked %v with bounds %v", r.day, r.unlinked, r.bounds)
		}
		if b := r.bounds; b != nil && !(0 <= b.low && b.low <= r.unlinked && r.unlinked <= b.high && b.high <= 1) {
			t.Errorf("day %d: unlinked %v outside %v", r.day, r.unlinked, *b)
		}
		if gone := before.linked + before.lapsed + before.censored; r.atRisk < 0 || r.atRisk > all-gone {
			t.Errorf("day %d: %d at risk of %d, of whom %d had gone", r.day, r.atRisk, all, gone)
		}
		if r.linked < before.linked || r.lapsed < before.lapsed || r.censored < before.censored || r.linked+r.lapsed+r.censored > all {
			t.Errorf("day %d: counts %+v after %+v", r.day, r, before)
		}
		before = r
	}
}
