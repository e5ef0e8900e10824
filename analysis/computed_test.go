package analysis

import (
	"reflect"
	"strings"
	"testing"
)

var fivePercent = map[string]string{"undated_links_percent": "5"}

const runoffHeader = `-- columns
--   year       BIGINT            År | Year
--   age_days   BIGINT            Alder | Age
--   eligible   BIGINT [permits]  tilladelser | permits
--   linked     BIGINT [permits]  koblet | linked
--   links      BIGINT [permits]  koblet i alt | links
--   undated    BIGINT [permits]  uden dato | undated
--   undecided  BIGINT [permits]  uvist | undecided
-- result
--   year           BIGINT            År | Year
--   age_days       BIGINT            Alder | Age
--   eligible       BIGINT [permits]  tilladelser | permits
--   linked         BIGINT [permits]  koblet | linked
--   unlinked_rate  DOUBLE [share]    andel | rate
-- computed runoff
select 1;`

func TestRunoffAddsTheRateAndSaysWhatIsLeftOut(t *testing.T) {
	q := question(t, runoffHeader)
	cell := func(year, age, eligible, linked, links, undated, undecided int64) []any {
		return []any{year, age, eligible, linked, links, undated, undecided}
	}
	r, err := complete(Result{Question: q, Columns: q.Columns, Rows: [][]any{
		cell(2012, 90, 80, 40, 60, 3, 1), cell(2012, 365, 80, 56, 60, 3, 1), // 3 of 60 is 5 per cent: not above it
		cell(2013, 90, 40, 10, 19, 1, 0), // 1 of 19 is above it
		cell(2014, 90, 0, 0, 2, 0, 2),
	}}, fivePercent)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]any{
		{int64(2012), int64(90), int64(80), int64(40), 0.5},
		{int64(2012), int64(365), int64(80), int64(56), 0.3},
		{int64(2013), int64(90), int64(40), int64(10), 0.75},
	}
	if !reflect.DeepEqual(r.Rows, want) {
		t.Errorf("rows %v, want %v: a cohort of nobody has none", r.Rows, want)
	}
	// At 365 days only 2012: 24 of 80 are unlinked and 4 left out, so from 24 ÷ 84 to 28 ÷ 84.
	notes := ""
	for _, n := range r.Notes {
		notes += Plain(n).En + "\n"
	}
	for _, part := range []string{
		"3 linked without a link date and 1 that cannot be decided are left out. 365 days after the decision the unlinked rate of all rows together is 30.0 per cent",
		"linked in time, it would be 28.6 per cent; if none of them were, 33.3 per cent",
		"No conclusion at equal age on 2013: more than 5.0 per cent of the links have no date.",
	} {
		if !strings.Contains(notes, part) {
			t.Errorf("notes lack %q:\n%s", part, notes)
		}
	}
}

const survivalHeader = `-- columns
--   category       VARCHAR {category}  Kategori | Category
--   days           BIGINT              Dage | Days
--   linked         BIGINT [permits]    koblet | linked
--   lapsed         BIGINT [permits]    bortfaldet | lapsed
--   censored       BIGINT [permits]    censureret | censored
--   lapse_undated  BIGINT [permits]    ukendt dag | unknown day
--   links          BIGINT [permits]    koblet i alt | links
--   undated        BIGINT [permits]    uden dato | undated
--   undecided      BIGINT [permits]    uvist | undecided
--   oldest         BIGINT [days]       ældste | oldest
-- result
--   category  VARCHAR {category}  Kategori | Category
--   days      BIGINT              Dage | Days
--   at_risk   BIGINT [permits]    fulgt | at risk
--   linked    BIGINT [permits]    koblet | linked
--   lapsed    BIGINT [permits]    bortfaldet | lapsed
--   censored  BIGINT [permits]    censureret | censored
--   unlinked  DOUBLE [share]      ikke koblet | unlinked
--   low       DOUBLE [share]      nedre | low
--   high      DOUBLE [share]      øvre | high
-- computed survival
select 1;`

func TestSurvivalIsACurveACategory(t *testing.T) {
	q := question(t, survivalHeader)
	row := func(category string, days any, linked, lapsed, censored, lapseUndated, links, undated, undecided, oldest int64) []any {
		return []any{category, days, linked, lapsed, censored, lapseUndated, links, undated, undecided, oldest}
	}
	r, err := complete(Result{Question: q, Columns: q.Columns, Rows: [][]any{
		row("asylum", int64(0), 2, 0, 0, 0, 2, 0, 0, 95), row("asylum", int64(20), 4, 0, 0, 0, 4, 0, 0, 90), row("asylum", int64(95), 0, 1, 3, 2, 0, 0, 0, 95),
		row("asylum", nil, 0, 0, 0, 0, 1, 1, 1, 0),
		row("family", int64(29), 0, 0, 5, 0, 0, 0, 0, 29),
		row("study", int64(10), 18, 0, 0, 0, 18, 0, 0, 179), row("study", int64(12), 0, 1, 0, 0, 1, 0, 0, 20), // linked after it lapsed
		row("study", nil, 0, 0, 0, 0, 1, 1, 0, 0), // 1 of 20 is 5 per cent: not above it
		row("unknown", nil, 0, 0, 0, 0, 0, 0, 3, 0),
	}}, fivePercent)
	if err != nil {
		t.Fatal(err)
	}
	var got [][]any
	for i, cells := range r.Rows {
		got = append(got, cells[:7])
		if at := r.Value(i, "unlinked").(float64); (at < 1) != (r.Value(i, "low") != nil) {
			t.Errorf("row %d: bounds %v to %v of %v", i, r.Value(i, "low"), r.Value(i, "high"), at)
		}
	}
	want := [][]any{
		{"asylum", int64(0), int64(10), int64(2), int64(0), int64(0), 0.8},
		{"asylum", int64(30), int64(4), int64(6), int64(0), int64(0), 0.4},
		{"asylum", int64(90), int64(4), int64(6), int64(0), int64(0), 0.4},
		{"family", int64(0), int64(5), int64(0), int64(0), int64(0), 1.0},
		{"study", int64(0), int64(19), int64(0), int64(0), int64(0), 1.0},
		{"study", int64(30), int64(0), int64(18), int64(1), int64(0), 1.0 / 19},
		{"study", int64(90), int64(0), int64(18), int64(1), int64(0), 1.0 / 19},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	notes := ""
	for _, n := range r.Notes {
		notes += Plain(n).Da + "\n"
	}
	for _, part := range []string{
		"Udeladt er 2 koblede uden koblingsdato og 4 uafklarede. 90 dage efter afgørelsen er andelen ikke koblet for alle rækker under ét ",
		"2 tilladelser er bortfaldet på en ukendt dato",
		"Der kan ikke drages konklusioner ved samme alder om Asyl, fordi over 5,0 pct. af koblingerne er uden dato.",
	} {
		if !strings.Contains(notes, part) {
			t.Errorf("notes lack %q:\n%s", part, notes)
		}
	}
}

func TestComputedRefuses(t *testing.T) {
	q := question(t, runoffHeader)
	r := Result{Question: q, Columns: q.Columns, Rows: [][]any{{int64(2012), int64(90), nil, int64(0), int64(0), int64(0), int64(0)}}}
	if got, err := complete(r, fivePercent); err == nil {
		t.Errorf("a count that is none is taken: %v", got.Rows)
	}
	r.Rows = nil
	if _, err := complete(r, nil); err == nil {
		t.Error("the assumption is missing and nothing is said")
	}
}
