package analysis

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"koblet/analysis/stats"
	"koblet/queries"
)

// catalogued gives the rows to a question of the catalogue as its statement would.
func catalogued(t *testing.T, name string, rows [][]any) Result {
	t.Helper()
	q, err := queries.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := complete(Result{Question: q, Columns: q.Columns, Rows: rows}, fivePercent)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// notesOf are the English notes, one a line.
func notesOf(r Result) string {
	var text strings.Builder
	for _, n := range r.Notes {
		text.WriteString(Plain(n).En + "\n")
	}
	return text.String()
}

func wantNotes(t *testing.T, r Result, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(notesOf(r), part) {
			t.Errorf("notes lack %q:\n%s", part, notesOf(r))
		}
	}
}

func TestBoundsOfATally(t *testing.T) {
	r := catalogued(t, "unlinked", [][]any{{int64(70), int64(20), int64(10)}})
	wantNotes(t, r, "The unknown make up 10 of 100. If all of them counted as “linked”, the rate would be 20.0 per cent; if all of them counted as “unlinked”, 30.0 per cent.")
	r = catalogued(t, "unlinked_by_year", [][]any{{int64(2012), int64(700), int64(200), int64(90)}, {int64(2013), int64(0), int64(0), int64(10)}})
	wantNotes(t, r, "In all rows together the unknown make up 100 of 1,000. If all of them counted as “linked”, the rate would be 20.0 per cent; if all of them counted as “unlinked”, 30.0 per cent.")
	if da := Plain(r.Notes[0]).Da; da != "For alle rækker under ét udgør de uafklarede 100 af 1.000. Regnes de alle som »koblet«, er andelen 20,0 pct.; regnes de alle som »ikke koblet«, er den 30,0 pct." {
		t.Errorf("in Danish: %s", da)
	}
	if r = catalogued(t, "unlinked", [][]any{{int64(70), int64(20), int64(0)}}); strings.Contains(notesOf(r), "nknown make up") {
		t.Errorf("nothing is unknown, and yet a note: %s", notesOf(r))
	}
	if r = catalogued(t, "unlinked", [][]any{{int64(0), int64(0), int64(3)}}); !strings.Contains(notesOf(r), "the rate would be 0.0 per cent; if all of them counted as “unlinked”, 100.0 per cent") {
		t.Errorf("all are unknown: %s", notesOf(r))
	}
}

// The centre is 31 of 1,000, the place without a municipality included; it has no limits of its own.
func TestFunnelOfAQuestion(t *testing.T) {
	r := catalogued(t, "unlinked_funnel_by_municipality", [][]any{
		{"0101", "København", int64(395), int64(5), int64(3)},
		{"0147", "Frederiksberg", int64(180), int64(20), int64(0)},
		{"0151", "Ballerup", int64(299), int64(1), int64(0)},
		{"0153", "Brøndby", int64(0), int64(0), int64(2)},
		{"0155", "Dragør", int64(0), int64(0), int64(0)},
		{"unknown", "unknown", int64(95), int64(5), int64(0)},
	})
	if len(r.Rows) != 5 {
		t.Fatalf("%d rows, want 5: a municipality without permits has none", len(r.Rows))
	}
	for i, want := range []any{"below_95", "above_998", "below_998", nil, nil} {
		if got := r.Value(i, "position"); got != want {
			t.Errorf("%v: position %v, want %v", r.Value(i, "municipality_name"), got, want)
		}
		if (r.Value(i, "low_95") == nil) != (want == nil) || (r.Value(i, "high_998") == nil) != (want == nil) {
			t.Errorf("%v: limits %v", r.Value(i, "municipality_name"), r.Rows[i])
		}
		if r.Value(i, "national_rate") != 0.031 {
			t.Errorf("national rate %v, want 31 of 1,000", r.Value(i, "national_rate"))
		}
	}
	limits95, limits998 := stats.FunnelLimits(stats.Proportion{Fail: 31, Judged: 1000}, 400)
	if r.Value(0, "high_95") != limits95.High || r.Value(0, "low_998") != limits998.Low || r.Value(0, "judged") != int64(400) || r.Value(0, "rate") != 0.0125 {
		t.Errorf("København: %v", r.Rows[0])
	}
	if r.Value(3, "rate") != nil || r.Value(3, "unknown") != int64(2) {
		t.Errorf("nobody is judged in Brøndby: %v", r.Rows[3])
	}
	wantNotes(t, r, "Of 3 municipalities, 1 lie above and 1 below the 99.8 per cent limits; a further 0 above and 1 below the 95 per cent limits.",
		"the unknown make up 5 of 1,005")
}

// The finding of a funnel tells municipalities that exist from those that were abolished and from codes that the list does not have.
func TestFunnelSaysWhatItCounts(t *testing.T) {
	existing, former := []any{"0147", "Frederiksberg", int64(180), int64(20), int64(0)}, []any{"0421", "Assens (gammel)", int64(180), int64(20), int64(0)}
	other, none := []any{"0801", "Arden", int64(180), int64(20), int64(0)}, []any{"0999", "0999", int64(180), int64(20), int64(0)}
	for want, rows := range map[string][][]any{
		"Ud af 1 kommuner ligger ":                      {existing},
		"Ud af 1 kommuner og 1 nedlagt kommune ligger ": {existing, former},
		"Ud af 1 kommuner, 2 nedlagte kommuner og 1 kode, som ikke er nogen kommunes, ligger 0 over ": {existing, former, other, none},
	} {
		r := catalogued(t, "unlinked_funnel_by_municipality", rows)
		if got := Plain(Finding(r)).Da; !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Twenty-four months at 10 of 100 and before them one at 30, which is beyond the limits of the others, and one with nobody judged.
func TestControlChartOfAQuestion(t *testing.T) {
	rows := [][]any{{"2012-11", int64(70), int64(30), int64(0), int64(80), int64(0)}, {"2012-12", int64(0), int64(0), int64(4), int64(4), int64(4)}}
	for range 24 {
		rows = append(rows, []any{"2013-01", int64(90), int64(10), int64(1), int64(95), int64(1)})
	}
	r := catalogued(t, "late_chart_by_month", rows)
	if len(r.Rows) != 26 || r.Value(0, "signal") != "beyond" || r.Value(1, "signal") != nil || r.Value(2, "signal") != "none" {
		t.Fatalf("%d rows, signals %v, %v and %v", len(r.Rows), r.Value(0, "signal"), r.Value(1, "signal"), r.Value(2, "signal"))
	}
	if r.Value(0, "centre") != 0.1 || r.Value(1, "rate") != nil || r.Value(1, "lower_limit") != nil {
		t.Errorf("rows %v and %v", r.Rows[0], r.Rows[1])
	}
	if high := r.Value(5, "upper_limit").(float64); math.Abs(high-0.19) > 1e-12 { // 0.1 + 3·√(0.1·0.9÷100)
		t.Errorf("upper limit %v, want 0.19", high)
	}
	wantNotes(t, r, "1 of 25 months beyond the control limits; a further 0 at least the eighth in a row on one side of the centre line.",
		"Centre and limits rest on 24 months from 2013-01 on.", "the unknown make up 28 of 2,528",
		"No conclusion at equal age on 2012-12: more than 5.0 per cent of the links have no date.")
}

// In 2013 two of 39 links have no date, which is more than 5 per cent.
func TestEqualAgeBesideTheRawRate(t *testing.T) {
	r := catalogued(t, "unlinked_at_equal_age_by_year", [][]any{
		{int64(2012), int64(80), int64(20), int64(0), int64(0), int64(80), int64(0), int64(90), int64(10), int64(0)},
		{int64(2013), int64(37), int64(3), int64(2), int64(50), int64(39), int64(2), int64(60), int64(30), int64(2)},
		{nil, int64(0), int64(0), int64(0), int64(4), int64(0), int64(0), int64(4), int64(0), int64(0)},
	})
	if r.Value(0, "rate") != 0.2 || r.Value(0, "raw_rate") != 0.1 || r.Value(1, "judged") != int64(40) || r.Value(1, "left_out") != int64(50) ||
		r.Value(1, "rate") != 0.075 || r.Value(1, "raw_rate") != 30.0/90 || r.Value(2, "rate") != nil || r.Value(2, "raw_rate") != 0.0 {
		t.Errorf("rows %v", r.Rows)
	}
	low, high := stats.Wilson(20, 100)
	rawLow, rawHigh := stats.Wilson(10, 100)
	if r.Value(0, "rate_low") != low || r.Value(0, "rate_high") != high || r.Value(0, "raw_rate_low") != rawLow || r.Value(0, "raw_rate_high") != rawHigh {
		t.Errorf("intervals %v", r.Rows[0])
	}
	wantNotes(t, r, "In all rows together the unknown make up 2 of 142. If all of them counted as “linked in time”, the rate would be 16.2 per cent; if all of them counted as “late”, 17.6 per cent.",
		"The raw rate: the unknown make up 2 of 196. If all of them were linked, the rate would be 20.4 per cent; if none of them were, 21.4 per cent.",
		"No conclusion at equal age on 2013: more than 5.0 per cent of the links have no date.")
}

// A tally of late permits is one at equal age: of the cohorts with too many links without a date nothing is concluded. One of
// twenty is 5 per cent, which is not too many.
func TestLateSaysWhereNothingIsConcluded(t *testing.T) {
	r := catalogued(t, "late_by_year", [][]any{
		{int64(2012), int64(19), int64(3), int64(1), int64(20), int64(1)},
		{int64(2013), int64(18), int64(3), int64(2), int64(20), int64(2)},
	})
	if len(r.Columns) != 8 || r.Index("links") >= 0 {
		t.Errorf("columns %v", r.Columns)
	}
	wantNotes(t, r, "No conclusion at equal age on 2013: more than 5.0 per cent of the links have no date.")
	r = catalogued(t, "late", [][]any{{int64(18), int64(3), int64(2), int64(20), int64(2)}})
	wantNotes(t, r, "No conclusion at equal age on the permits: more than")
	var months [][]any
	for i := range 15 {
		months = append(months, []any{fmt.Sprintf("2013-%02d", i+1), int64(1), int64(1), int64(1), int64(2), int64(1)})
	}
	wantNotes(t, catalogued(t, "late_by_month", months), "2013-11, 2013-12, and 3 more: more than")
}
