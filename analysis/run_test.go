package analysis

import (
	"slices"
	"testing"
	"time"

	"koblet/queries"
)

func question(t *testing.T, text string) queries.Question {
	t.Helper()
	q, err := queries.Parse("q", "-- Hvad?\n-- What?\n"+text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

const tallyHeader = `-- columns
--   year     BIGINT            År | Year
--   pass     BIGINT [permits]  koblet | linked
--   fail     BIGINT [permits]  ikke koblet | unlinked
--   unknown  BIGINT [permits]  uvist | unknown
select 1;`

func TestTallyAddsTotalRateAndInterval(t *testing.T) {
	r, err := complete(Result{Question: question(t, tallyHeader), Columns: question(t, tallyHeader).Columns, Rows: [][]any{
		{int64(2012), int64(182), int64(81), int64(7)},
		{int64(2013), int64(0), int64(0), int64(4)},
		{int64(2014), int64(0), int64(0), int64(0)},
		{nil, int64(20), int64(0), int64(0)},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range r.Columns {
		names = append(names, c.Name)
	}
	if want := []string{"year", "total", "pass", "fail", "unknown", "rate", "rate_low", "rate_high"}; !slices.Equal(names, want) {
		t.Errorf("columns %v, want %v", names, want)
	}
	if len(r.Rows) != 3 {
		t.Fatalf("%d rows, want 3: the one that counts nothing is left out", len(r.Rows))
	}
	if r.Value(0, "total") != int64(270) || r.Value(0, "rate") != 81.0/263 {
		t.Errorf("2012: total %v, rate %v", r.Value(0, "total"), r.Value(0, "rate"))
	}
	if r.Value(1, "rate") != nil || r.Value(1, "rate_low") != nil || r.Value(1, "rate_high") != nil {
		t.Errorf("nothing judged in 2013, and yet a rate: %v", r.Rows[1])
	}
	if r.Value(2, "rate") != 0.0 || r.Value(2, "rate_low") != 0.0 {
		t.Errorf("none of 20 fail: %v", r.Rows[2])
	}
}

func TestSpreadIsTheFractionWithinItsKeys(t *testing.T) {
	q := question(t, `-- columns
--   year    BIGINT            År | Year
--   status  VARCHAR           Status | Status
--   n       BIGINT [permits]  antal | count
-- result
--   year    BIGINT            År | Year
--   status  VARCHAR           Status | Status
--   n       BIGINT [permits]  antal | count
--   value   DOUBLE [share]    andel | share
-- share value of n within year
select 1;`)
	r, err := complete(Result{Question: q, Columns: q.Columns, Rows: [][]any{
		{int64(2012), "a", int64(1)}, {int64(2012), "b", int64(3)}, {nil, "a", int64(5)}, {int64(2013), "a", int64(0)},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []any{0.25, 0.75, 1.0, nil} {
		if got := r.Value(i, "value"); got != want {
			t.Errorf("row %d: %v, want %v", i, got, want)
		}
	}
}

func TestScopeBindsEveryParameterAndRefusesOthers(t *testing.T) {
	q := question(t, `-- params
--   from_day    DATE             first
--   to_day      DATE             last
--   categories  VARCHAR[]        which
--   expected    BOOLEAN = false  expected
--   days        BIGINT = 365     days
-- columns
--   n  BIGINT [permits]  antal | count
select $from_day, $to_day, $categories, $expected, $days;`)
	year, err := ParsePeriod("2013")
	if err != nil {
		t.Fatal(err)
	}
	month, err := ParsePeriod("2014-02")
	if err != nil {
		t.Fatal(err)
	}
	bound, err := Scope{From: year, To: month, Params: map[string]string{"days": "90"}}.Bind(q)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []any{time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2014, 2, 28, 0, 0, 0, 0, time.UTC), nil, false, int64(90)} {
		if bound[i].Value != want {
			t.Errorf("%s is %v, want %v", bound[i].Name, bound[i].Value, want)
		}
	}
	for name, scope := range map[string]Scope{
		"an undeclared parameter":   {Params: map[string]string{"day": "1"}},
		"a parameter with a flag":   {Params: map[string]string{"from_day": "2013-01-01"}},
		"no number":                 {Params: map[string]string{"days": "many"}},
		"neither true nor false":    {Params: map[string]string{"expected": "yes"}},
		"no category":               {Categories: []string{"families"}},
		"an end before a beginning": {From: month, To: year},
	} {
		if bound, err := scope.Bind(q); err == nil {
			t.Errorf("%s: bound to %v", name, bound)
		}
	}
	if _, err := (Scope{From: year}).Bind(question(t, tallyHeader)); err == nil {
		t.Error("a period for a question that takes none")
	}
}

// TestScopeReadsTextsAsExtractsAre: whoever types a filter need not type the characters of the extract.
func TestScopeReadsTextsAsExtractsAre(t *testing.T) {
	q := question(t, `-- params
--   basis     VARCHAR    one
--   bases     VARCHAR[]  several
--   at_basis  VARCHAR    of a cell
-- columns
--   n  BIGINT [permits]  antal | count
select $basis, $bases, $at_basis;`)
	bound, err := Scope{Params: map[string]string{"basis": " A\u030arsag\u200b", "bases": "A\u030a,\u00a0u\u0308"}, Cell: map[string]string{"basis": "A\u030a "}}.Bind(q)
	if err != nil || bound[0].Value != "Årsag" || !slices.Equal(bound[1].Value.([]string), []string{"Å", "ü"}) || bound[2].Value != "Å" {
		t.Errorf("%q, %v", bound, err)
	}
}

func TestParsePeriodTakesOnlyPeriods(t *testing.T) {
	for _, text := range []string{"", "13", "2013-13", "2013-02-30", "2013-2", "2013/02", " 2013", "2013-01-01T00:00"} {
		if p, err := ParsePeriod(text); err == nil {
			t.Errorf("%q is taken as %v", text, p)
		}
	}
	leap, err := ParsePeriod("2012-02")
	if err != nil || leap.Last.Day() != 29 {
		t.Errorf("February 2012 ends on %v, %v", leap.Last, err)
	}
}
