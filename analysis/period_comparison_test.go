package analysis

import (
	"math"
	"slices"
	"testing"

	"koblet/queries"
)

// TestPeriodsArePaired: a group of both periods has the difference and Newcombe's interval, that of his own table II (a), 56 of 70 and 48 of 80;
// a group of one period alone has what it has, and a group with nobody judged no difference.
func TestPeriodsArePaired(t *testing.T) {
	count := func(name string) queries.Column {
		return queries.Column{Name: name, Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: name, En: name}}
	}
	q := queries.Question{Name: "by_sex", Rows: "partition", Columns: []queries.Column{{Name: "sex", Type: "VARCHAR", Role: queries.Key}, count("pass"), count("fail"), count("unknown")}}
	answer := func(rows ...[]any) Result { return Result{Question: q, Columns: q.Columns, Rows: rows} }
	answers := [2]Result{
		answer([]any{"K", int64(14), int64(56), int64(3)}, []any{"M", int64(0), int64(0), int64(1)}, []any{"U", int64(1), int64(1), int64(0)}),
		answer([]any{"K", int64(32), int64(48), int64(0)}, []any{"M", int64(5), int64(5), int64(0)}, []any{"X", int64(9), int64(1), int64(0)}),
	}
	rows := paired(q, answers, false)
	r := Result{Question: queries.Question{Columns: periodColumns(q), Computed: "periods", Rows: q.Rows}, Columns: periodColumns(q), Rows: rows}
	if len(rows) != 4 {
		t.Fatalf("%d rows, want K, M, U and X", len(rows))
	}
	for name, want := range map[string]float64{"fail_1": 56, "judged_1": 70, "rate_1": 0.8, "fail_2": 48, "judged_2": 80, "rate_2": 0.6, "difference": 0.2, "difference_low": 0.0524, "difference_high": 0.3339} {
		var got float64
		switch v := r.Value(0, name).(type) {
		case int64:
			got = float64(v)
		case float64:
			got = v
		}
		if math.Abs(got-want) > 0.00005 {
			t.Errorf("%s is %v, want %v", name, r.Value(0, name), want)
		}
	}
	for row, name := range []string{1: "M", 2: "U", 3: "X"} {
		if name != "" && (r.Value(row, "sex") != name || r.Value(row, "difference") != nil) {
			t.Errorf("row %d: %v", row, rows[row])
		}
	}
	if r.Value(2, "judged_1") != int64(2) || r.Value(2, "judged_2") != nil || r.Value(1, "rate_1") != nil {
		t.Errorf("U %v, M %v", rows[2], rows[1])
	}
	if got, want := Plain(Finding(r)).En, "The rate is 79.2 per cent in the first period and 54.0 per cent in the second, a difference of 25.2 percentage points (10.9 to 37.6)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.Question.Rows = "overlap"
	if found := Finding(r); !found.Empty() {
		t.Errorf("rows that overlap are summed: %q", Plain(found).En)
	}
	r.Question.Rows, r.Inconclusive = "partition", true
	if found := Finding(r); !found.Empty() {
		t.Errorf("a difference of which nothing can be concluded is told: %q", Plain(found).En)
	}
	for _, row := range paired(q, answers, true) {
		if row[len(row)-3] != nil || row[len(row)-1] != nil {
			t.Errorf("a difference of which nothing can be concluded stands in %v", row)
		}
	}
}

// TestNotesOfPeriods: what both answers say stands once, what one says is said of its period.
func TestNotesOfPeriods(t *testing.T) {
	both, unknown := say("Begge.", "Both."), func(n int64) Note { return say("{n} er uafklaret.", "{n} unknown.", permits("n", n)) }
	var got []string
	for _, n := range periodNotes([2]Result{{Notes: []Note{both, unknown(3)}}, {Notes: []Note{unknown(4), both}}}) {
		got = append(got, Plain(n).En)
	}
	if want := []string{"Both.", "First period: 3 unknown.", "Second period: 4 unknown."}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
