package stats

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// group are the exits of the rows of a group, or of all where it is empty.
func group(t *testing.T, rows []map[string]string, name string) []Exits {
	t.Helper()
	var found []Exits
	for _, row := range rows {
		if name == "" || row["group"] == name {
			found = append(found, Exits{whole(t, row["day"]), whole(t, row["linked"]), whole(t, row["lapsed"]), whole(t, row["censored"])})
		}
	}
	return found
}

func onDay(t *testing.T, group []Exits, day string) CurvePoint {
	t.Helper()
	rows, err := Survival(group, []int64{whole(t, day)})
	if err != nil || len(rows) != 1 {
		t.Fatalf("day %s: %d rows, %v", day, len(rows), err)
	}
	return rows[0]
}

// Where nothing lapses: the curve of Kaplan and Meier with Greenwood's log-log bounds, as R's survival has them.
func TestSurvivalWithoutLapse(t *testing.T) {
	for _, name := range []string{"aml", "freireich"} {
		people := map[string][]Exits{}
		for _, row := range reference(t, name+"_input.csv") {
			status := whole(t, row["status"])
			people[row["group"]] = append(people[row["group"]], Exits{Day: whole(t, row["time"]), Linked: status, Censored: 1 - status})
		}
		for _, row := range reference(t, name+"_expected_km.csv") {
			got, what := onDay(t, people[row["group"]], row["time"]), row["group"]+" day "+row["time"]
			if got.AtRisk != whole(t, row["n_risk"]) {
				t.Errorf("%s: %d at risk, want %s", what, got.AtRisk, row["n_risk"])
			}
			near(t, what, got.Unlinked, row["surv"])
			bounded(t, what, got.Bounds, row["loglog_lo"], row["loglog_hi"])
		}
	}
}

// With lapse as a competing event: R's states of Aalen and Johansen.
func TestSurvivalWithLapse(t *testing.T) {
	var people []Exits
	for _, row := range reference(t, "aalen_johansen_input.csv") {
		e := Exits{Day: whole(t, row["time"])}
		*map[string]*int64{"link": &e.Linked, "lapse": &e.Lapsed, "cens": &e.Censored}[row["ev"]] = 1
		people = append(people, e)
	}
	steps, err := curve(people)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range reference(t, "aalen_johansen_expected.csv") {
		got, what := onDay(t, people, row["time"]), "day "+row["time"]
		if got.AtRisk != whole(t, row["n_risk"]) {
			t.Errorf("%s: %d at risk, want %s", what, got.AtRisk, row["n_risk"])
		}
		near(t, what+" linked", 1-got.Unlinked, row["linked"])
		if i+1 < len(steps) { // free of both after this day is what it is before the next
			near(t, what+" not yet", steps[i+1].before, row["not_yet"])
			near(t, what+" lapsed", got.Unlinked-steps[i+1].before, row["lapsed"])
		}
	}
}

// Ties of all three kinds on one day, exits on day 0 and lapses only: statsmodels, and lifelines where no day has two.
func TestSurvivalAgainstPython(t *testing.T) {
	input := reference(t, "survival_input.csv")
	for _, row := range reference(t, "survival_expected.csv") {
		what := row["group"] + " day " + row["day"] + " by " + row["by"]
		got := onDay(t, group(t, input, row["group"]), row["day"])
		near(t, what, got.Unlinked, row["unlinked"])
		bounded(t, what, got.Bounds, row["low"], row["high"])
	}
}

func TestSurvivalCounts(t *testing.T) {
	ties := group(t, reference(t, "survival_input.csv"), "ties")
	rows, err := Survival(ties, DaysWithin(1824))
	if err != nil {
		t.Fatal(err)
	}
	var got [][5]int64
	for _, r := range rows {
		got = append(got, [5]int64{r.Day, r.AtRisk, r.Linked, r.Lapsed, r.Censored})
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
		group  []Exits
		oldest int64
		want   []CurvePoint
	}{
		{"nobody", nil, 90, nil},
		{"days without exits", []Exits{{Day: 90}}, 90, nil},
		{"all censored at 0", []Exits{{Day: 0, Censored: 7}}, 0, []CurvePoint{{AtRisk: 7, Censored: 7, Unlinked: 1}}},
		{"one linked at once", []Exits{{Day: 0, Linked: 1}}, 29, []CurvePoint{{AtRisk: 1, Linked: 1}}},
		{"one linked later", []Exits{{Day: 30, Linked: 1}}, 30, []CurvePoint{
			{AtRisk: 1, Unlinked: 1}, {Day: 30, AtRisk: 1, Linked: 1}}},
		{"one lapsed", []Exits{{Day: 30, Lapsed: 1}}, 30, []CurvePoint{
			{AtRisk: 1, Unlinked: 1}, {Day: 30, AtRisk: 1, Lapsed: 1, Unlinked: 1}}},
		{"all linked over three days", []Exits{{Day: 1, Linked: 1}, {Day: 2, Linked: 1}, {Day: 30, Linked: 1}}, 89, []CurvePoint{
			{AtRisk: 3, Unlinked: 1}, {Day: 30, AtRisk: 1, Linked: 3}}},
		{"all linked long before the as-of day", []Exits{{Day: 10, Linked: 3}}, 90, []CurvePoint{
			{AtRisk: 3, Unlinked: 1}, {Day: 30, Linked: 3}, {Day: 90, Linked: 3}}},
		{"all lapsed over two days", []Exits{{Day: 1, Lapsed: 1}, {Day: 30, Lapsed: 2}}, 30, []CurvePoint{
			{AtRisk: 3, Unlinked: 1}, {Day: 30, AtRisk: 2, Lapsed: 3, Unlinked: 1}}},
	} {
		got, err := Survival(c.group, DaysWithin(c.oldest))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, %v, want %+v", c.name, got, err, c.want)
		}
	}
}

// When all at risk link or lapse on one day nothing can come after: the variance is that of a fraction, p·(1−p) ÷ n.
func TestSurvivalOfEverybodyAtOnce(t *testing.T) {
	rows, err := Survival([]Exits{{Day: 30, Linked: 3, Lapsed: 1}}, []int64{30})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%v, %v", rows, err)
	}
	if rows[0].Unlinked != 0.25 {
		t.Errorf("unlinked %v, want a quarter", rows[0].Unlinked)
	}
	want := logLog(0.25, 0.25*0.75/4)
	if got := rows[0].Bounds; got == nil || !(math.Abs(got.Low-want.Low) < 1e-15 && math.Abs(got.High-want.High) < 1e-15) {
		t.Errorf("bounds %v, want %v", got, *want)
	}
}

func TestSurvivalRefuses(t *testing.T) {
	for _, e := range []Exits{{Day: -1, Linked: 1}, {Day: 3, Linked: -1, Censored: 2}, {Day: 3, Lapsed: -1}, {Day: 3, Censored: -4}} {
		if _, err := Survival([]Exits{e}, FollowUpDays); err == nil || !strings.Contains(err.Error(), "below 0") {
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
		var group, halves []Exits
		for ; len(b) >= 4; b = b[4:] {
			e := Exits{int64(b[0]) * 20, int64(b[1]), int64(b[2]), int64(b[3])}
			group = append(group, e)
			halves = append(halves, Exits{Day: e.Day, Linked: e.Linked}, Exits{Day: e.Day, Lapsed: e.Lapsed, Censored: e.Censored})
		}
		rows, err := Survival(group, FollowUpDays)
		if err != nil {
			t.Fatal(err)
		}
		falls(t, group, rows)
		slices.Reverse(halves)
		again, err := Survival(halves, FollowUpDays)
		if err != nil || !reflect.DeepEqual(again, rows) {
			t.Fatalf("in halves and reversed: %+v, %v, want %+v", again, err, rows)
		}
	})
}

func falls(t *testing.T, group []Exits, rows []CurvePoint) {
	t.Helper()
	var all int64
	for _, e := range group {
		all += e.all()
	}
	before := CurvePoint{Unlinked: 1}
	for _, r := range rows {
		if !(0 <= r.Unlinked && r.Unlinked <= before.Unlinked) {
			t.Errorf("day %d: unlinked %v after %v", r.Day, r.Unlinked, before.Unlinked)
		}
		if (r.Linked == 0) != (r.Unlinked == 1) {
			t.Errorf("day %d: unlinked %v with %d linked", r.Day, r.Unlinked, r.Linked)
		}
		if (r.Bounds == nil) != (r.Unlinked == 0 || r.Unlinked == 1) {
			t.Errorf("day %d: unlinked %v with bounds %v", r.Day, r.Unlinked, r.Bounds)
		}
		if b := r.Bounds; b != nil && !(0 <= b.Low && b.Low <= r.Unlinked && r.Unlinked <= b.High && b.High <= 1) {
			t.Errorf("day %d: unlinked %v outside %v", r.Day, r.Unlinked, *b)
		}
		if gone := before.Linked + before.Lapsed + before.Censored; r.AtRisk < 0 || r.AtRisk > all-gone {
			t.Errorf("day %d: %d at risk of %d, of whom %d had gone", r.Day, r.AtRisk, all, gone)
		}
		if r.Linked < before.Linked || r.Lapsed < before.Lapsed || r.Censored < before.Censored || r.Linked+r.Lapsed+r.Censored > all {
			t.Errorf("day %d: Proportion %+v after %+v", r.Day, r, before)
		}
		before = r
	}
}
