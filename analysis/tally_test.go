package analysis

import (
	"math"
	"slices"
	"strings"
	"testing"

	"koblet/queries"
)

func TestTally(t *testing.T) {
	sum := Tally{Pass: 3, Fail: 1, Unknown: 2}.Plus(Tally{Pass: 5, Fail: 0, Unknown: 1})
	if sum != (Tally{8, 1, 3}) || sum.Total() != 12 || *sum.Judged().Rate() != 1./9 {
		t.Errorf("%+v, total %d, rate %v; want 8, 1, 3, 12 and 1/9", sum, sum.Total(), *sum.Judged().Rate())
	}
	if low, high := sum.Bounds(); low != 1./12 || high != 4./12 {
		t.Errorf("bounds %v to %v, want 1/12 to 4/12", low, high)
	}
	if i := sum.Interval(); math.Abs(i.Low-0.0198909) > 1e-6 || math.Abs(i.High-0.4349997) > 1e-6 { // scipy's binomtest(1, 9).proportion_ci(method="wilson")
		t.Errorf("interval %+v", *i)
	}
	none := Tally{Unknown: 4}
	if none.Judged().Rate() != nil || none.Interval() != nil || none.rated() != [3]any{} {
		t.Errorf("with nobody judged: %v, %v, %v; want nothing", none.Judged().Rate(), none.Interval(), none.rated())
	}
	if low, high := none.Bounds(); low != 0 || high != 1 {
		t.Errorf("with nobody judged: bounds %v to %v, want 0 to 1", low, high)
	}
}

func TestWhatIsCountedApartIsANote(t *testing.T) {
	q, err := queries.Find("coverage_by_municipality")
	if err != nil {
		t.Fatal(err)
	}
	r, err := complete(Result{Question: q, Columns: q.Columns, Rows: [][]any{
		{"0101", "København", int64(3), int64(1), int64(0), int64(2)},
		{"0147", "Frederiksberg", int64(0), int64(0), int64(0), int64(5000)},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 1 || r.Index("apart") >= 0 || r.Value(0, "total") != int64(4) || r.Value(0, "rate") != 0.25 {
		t.Errorf("the tally is %v", r.Rows)
	}
	if note := Plain(r.Notes[0]); !strings.HasSuffix(note.Da, "i alt 5.002.") || !strings.HasSuffix(note.En, "5,002 in all.") {
		t.Errorf("the note is %q", note)
	}
}

// TestRowsSetApartAreOutOfTheWhole: Nordic citizens need no permit. Their row keeps its figures, and no sum, bound or finding takes it in, though
// it has the highest rate and most of the unknown.
func TestRowsSetApartAreOutOfTheWhole(t *testing.T) {
	q, err := queries.Find("coverage_by_citizenship_group")
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]any{{"eu_eea_ch", int64(300), int64(99), int64(1)}, {"nordic", int64(0), int64(700), int64(50)}, {"other", int64(800), int64(200), int64(0)}}
	r, err := complete(Result{Question: q, Columns: q.Columns, Rows: rows}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Rows[1]; got[0] != "nordic" || r.Value(1, "total") != int64(750) || r.Value(1, "rate") != 1.0 {
		t.Errorf("the row itself: %v", got)
	}
	if total, fail := r.Whole("total"), r.Whole("fail"); total != int64(1400) || fail != int64(299) {
		t.Errorf("the whole: %v, of which %v fail; want 1400 and 299", total, fail)
	}
	if got := Plain(Finding(r)).En; got != "The rate of “basis not known” is highest for “Other countries and stateless”, 20.0 per cent (200 of 1,000) – among groups of at least 400, leaving out “Other Nordic countries”" {
		t.Errorf("the finding: %q", got)
	}
	why, bounds := Plain(r.Notes[0]), Plain(r.Notes[1])
	if !strings.HasPrefix(why.En, "Citizens of the other Nordic countries need no permit.") || !strings.HasPrefix(why.Da, "Statsborgere i de øvrige nordiske lande behøver ikke opholdstilladelse.") {
		t.Errorf("the reason: %q", why)
	}
	if !strings.HasPrefix(bounds.En, "In all rows but “Other Nordic countries” together the unknown make up 1 of 1,400.") ||
		!strings.HasPrefix(bounds.Da, "For alle rækker under ét bortset fra »Øvrige Norden« udgør de uafklarede 1 af 1.400.") {
		t.Errorf("the bounds: %q", bounds)
	}
	none, err := complete(Result{Question: q, Columns: q.Columns, Rows: rows[2:]}, nil)
	if err != nil || len(none.Notes) != 1 {
		t.Errorf("without such a row: %q, %v", English(none.Notes), err)
	}
}

// TestUnsureAlternatives: where the links of one choice lack dates, that choice is unsure, and the note is of the permits, which all choices share.
func TestUnsureAlternatives(t *testing.T) {
	count := func(name string) queries.Column {
		return queries.Column{Name: name, Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: name, En: name}}
	}
	q := queries.Question{Rows: "alternatives", Columns: []queries.Column{{Name: "choice", Type: "VARCHAR", Role: queries.Key, Codes: "choice"},
		count("pass"), count("fail"), count("unknown"), count("links"), count("undated")}}
	row := func(choice string, counts ...int64) []any {
		cells := []any{choice}
		for _, n := range counts {
			cells = append(cells, n)
		}
		return cells
	}
	r, err := tally(Result{Question: q, Columns: q.Columns, Rows: [][]any{row("first_permits", 0, 0, 0, 0, 0), row("as_measured", 9, 1, 0, 0, 0), row("at_equal_age", 5, 5, 2, 12, 2)}},
		map[string]string{"undated_links_percent": "5"})
	if err != nil || !r.Inconclusive || !slices.Equal(r.unsure, []int{1}) {
		t.Fatalf("inconclusive %v, unsure %v, %v", r.Inconclusive, r.unsure, err)
	}
	if got, want := Plain(r.Notes[len(r.Notes)-2]).En, "No conclusion at equal age on the permits: more than 5.0 per cent of the links have no date."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
