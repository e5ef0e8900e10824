package analysis_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"koblet/analysis"
	"koblet/queries"
	"koblet/store"
)

const ownStudy = `name = "own"
from = "2005"
to   = "2009-06"
as_of = 2014-12-31
categories = ["work"]
[title]
da = "Erhverv 2005–2009"
en = "Work 2005–2009"
`

func TestReadStudy(t *testing.T) {
	s, err := analysis.ReadStudy([]byte(ownStudy))
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "own" || !s.AsOf.Equal(on(2014, 12, 31)) || s.Population != "all" || s.Measure != "unlinked" || s.Short.Da != "own" || s.Published.Words.Da != "" {
		t.Errorf("%+v", s)
	}
	s, err = analysis.ReadStudy([]byte(ownStudy + "[published]\nvalue = 0.123\n"))
	if err != nil || s.Published.Value != 0.123 || s.Published.Words.Da != "" {
		t.Errorf("published %+v, %v", s.Published, err)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"an unknown key":        {`to   =`, `til  =`, "line 3: til: unknown key"},
		"no TOML":               {`to   = "2009-06"`, `to   = "2009-06`, "line 3:"},
		"no name":               {`name = "own"`, ``, "name is missing"},
		"no day":                {`as_of = 2014-12-31`, ``, "as_of is missing"},
		"no period":             {`"2009-06"`, `"summer"`, "to: no period"},
		"a period that is over": {`"2009-06"`, `"2004"`, "before it begins"},
		"no category":           {`"work"`, `"trade"`, `line 5: no category "trade"`},
		"no title":              {"[title]\nda = \"Erhverv 2005–2009\"\nen = \"Work 2005–2009\"\n", ``, "title is missing"},
		"no measure":            {`name =`, "measure = \"latee\"\nname =", `line 1: measure: no measure "latee"`},
		"no population":         {`name =`, "population = \"children\"\nname =", "population: want all or expected"},
	} {
		text := strings.Replace(ownStudy, c.from, c.to, 1)
		if _, err := analysis.ReadStudy([]byte(text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// figureOf finds the rate of one row of a comparison; NaN where it is not applicable.
func figureOf(t *testing.T, r analysis.Result, population, figure, of string) float64 {
	t.Helper()
	for i := range r.Rows {
		if r.Value(i, "population") == population && r.Value(i, "figure") == figure && r.Value(i, "of") == of {
			if v, ok := r.Value(i, "rate").(float64); ok {
				return v
			}
			return math.NaN()
		}
	}
	t.Fatalf("no row %s %s %s", population, figure, of)
	return 0
}

// TestCompareStudies holds the comparison of the two studies against what single questions answer and against itself.
func TestCompareStudies(t *testing.T) {
	s, _ := inventedStore(t, 20000, on(2011, 6, 30), on(2014, 12, 31))
	studies, err := analysis.Studies()
	if err != nil {
		t.Fatal(err)
	}
	r, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study(studies))
	if err != nil {
		t.Fatal(err)
	}
	for _, study := range studies {
		scope := analysis.Scope{From: study.From, To: study.To, Categories: study.Categories}
		for figure, question := range map[string]string{"raw": "unlinked", "equal_age": "late"} {
			alone := answerOf(t, s, study.AsOf, question, scope)
			if got := figureOf(t, r, "all", figure, study.Name); got != alone.Value(0, "rate") {
				t.Errorf("%s, %s: %v, asked alone %v", study.Name, figure, got, alone.Value(0, "rate"))
			}
		}
	}
	if d := figureOf(t, r, "all", "published", "difference"); math.Abs(d-0.07) > 1e-12 {
		t.Errorf("published difference %v", d)
	}
	for _, population := range []string{"all", "first_only"} {
		steps := 0.0
		for _, of := range []string{"age", "mix", "rest"} {
			steps += figureOf(t, r, population, "steps", of)
		}
		if raw := figureOf(t, r, population, "raw", "difference"); math.Abs(steps-raw) > 1e-12 {
			t.Errorf("%s: the steps add up to %v, the raw difference is %v", population, steps, raw)
		}
		for i := range r.Rows {
			low, ok := r.Value(i, "rate_low").(float64)
			if v := r.Value(i, "rate"); ok && (v.(float64) < low || v.(float64) > r.Value(i, "rate_high").(float64)) {
				t.Errorf("%v is outside its interval", r.Rows[i])
			}
		}
	}
	for _, n := range r.Notes {
		for _, w := range []string{analysis.Plain(n).Da, analysis.Plain(n).En} {
			if w == "" || strings.Contains(w, "{}") || strings.Contains(w, "forbedr") || strings.Contains(w, "improve") {
				t.Errorf("a note is unfinished or claims too much: %q", w)
			}
		}
	}
}

// TestCompareStudiesConcludesNothingFromUndatedLinks: above the limit the rates stand and the differences do not.
func TestCompareStudiesConcludesNothingFromUndatedLinks(t *testing.T) {
	dir := t.TempDir()
	persons := "person_id,cpr_number,cpr_linked_on\nA,0203801018,2013-02-01\nB,0504821011,\nC,,\n"
	permits := "permit_id,person_id,decided_on,decision,category\n1,A,2013-01-10,granted,work\n2,B,2013-01-11,granted,work\n3,C,2013-01-12,granted,work\n"
	for name, text := range map[string]string{"persons.csv": persons, "permits.csv": permits} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := store.Load(t.Context(), filepath.Join(dir, "store"), store.Loading{AsOf: on(2014, 12, 31), Now: on(2014, 12, 31), Program: "test",
		Carl2Persons: []string{filepath.Join(dir, "persons.csv")}, Carl2Permits: []string{filepath.Join(dir, "permits.csv")}}); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	own, err := analysis.ReadStudy([]byte(strings.NewReplacer("2005", "2013", "2009-06", "2013-01").Replace(ownStudy)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{own, own})
	if err != nil {
		t.Fatal(err)
	}
	if got := figureOf(t, r, "all", "equal_age", "own"); got != 0.5 {
		t.Errorf("rate at equal age %v, want 1 of 2: one link has no date", got)
	}
	for _, of := range []string{"age", "mix", "rest"} {
		if v := figureOf(t, r, "all", "steps", of); !math.IsNaN(v) {
			t.Errorf("step %s is %v although half the links have no date", of, v)
		}
	}
	if v := figureOf(t, r, "all", "standardised", "difference"); !math.IsNaN(v) {
		t.Errorf("standardised difference %v", v)
	}
	said := false
	for _, n := range r.Notes {
		said = said || strings.HasPrefix(analysis.Plain(n).En, "No conclusion at equal age on own")
	}
	if !said {
		t.Error("no note says why nothing is concluded")
	}
}

// TestNoConclusionAtEqualAge: one of nine links without a date is more than 5 per cent, so the rates at equal age stand and their
// difference does not; a study of all categories says how many of its permits have none that is known.
func TestNoConclusionAtEqualAge(t *testing.T) {
	persons, permits := "person_id,cpr_number,cpr_linked_on\n", "permit_id,person_id,decided_on,decision,category\n"
	numbers := []string{"1001700003", "1102710069", "1203720049", "1405740009", "1304730029"}
	for i, number := range numbers {
		linked := "2012-01-01"
		if i == 0 {
			linked = ""
		}
		persons += fmt.Sprintf("P%d,%s,%s\n", i, number, linked)
		permits += fmt.Sprintf("S%d,P%d,2011-06-01,granted,work\nT%d,P%d,2012-06-01,granted,\n", i, i, i, i)
	}
	persons += "P9,,\n"
	permits += "Q1,P9,2011-06-01,granted,work\nQ2,P9,2012-06-01,granted,work\n"
	s := smallStore(t, extracts{on(2014, 12, 31), persons, permits})
	study := func(name, year string) analysis.Study {
		st, err := analysis.ReadStudy([]byte(fmt.Sprintf("name = %q\nfrom = %q\nto = %q\nas_of = 2014-12-31\n[title]\nda = \"a\"\nen = \"a\"\n", name, year, year)))
		if err != nil {
			t.Fatal(err)
		}
		return st
	}
	r, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{study("earlier", "2011"), study("later", "2012")})
	if err != nil {
		t.Fatal(err)
	}
	if v := figureOf(t, r, "all", "equal_age", "earlier"); v != 0.2 {
		t.Errorf("earlier at equal age: %v, want 1 of 5", v)
	}
	for _, row := range [][2]string{{"equal_age", "difference"}, {"standardised", "earlier"}, {"standardised", "difference"}, {"steps", "age"}, {"steps", "rest"}} {
		if v := figureOf(t, r, "all", row[0], row[1]); !math.IsNaN(v) {
			t.Errorf("%v: %v, and yet nothing can be concluded at equal age", row, v)
		}
	}
	if v := figureOf(t, r, "all", "raw", "difference"); v != 0 {
		t.Errorf("the raw difference is %v", v)
	}
	notes := ""
	for _, n := range r.Notes {
		notes += analysis.Plain(n).En + "\n"
	}
	for _, part := range []string{
		"The difference “earlier” less “later” is 0.0 percentage points as measured; at equal age it cannot be told.",
		"No conclusion at equal age on earlier: more than 5.0 per cent of the links have no date.",
		"later: of the period's permits, 5 have an unknown category and are in the rate.",
	} {
		if !strings.Contains(notes, part) {
			t.Errorf("notes lack %q:\n%s", part, notes)
		}
	}
}

// TestNothingInScope: the counts are nought and the reason is given, whatever the shape of the answer.
func TestNothingInScope(t *testing.T) {
	s := smallStore(t, extracts{on(2014, 12, 31), "person_id,cpr_number\nP1,\n", "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\n"})
	period, err := analysis.ParsePeriod("2012")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"unlinked", "unlinked_by_year", "population_waterfall", "link_status_by_year"} {
		q, err := queries.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		snapshot, err := s.Snapshot(t.Context(), on(2014, 12, 31))
		if err != nil {
			t.Fatal(err)
		}
		r, err := analysis.Run(t.Context(), snapshot, q, analysis.Scope{From: period, To: period})
		if err != nil || analysis.Plain(r.NotApplicable).En != "nothing to count in what was asked for" {
			t.Errorf("%s: %q, %v", name, analysis.Plain(r.NotApplicable).En, err)
		}
		if r, err = analysis.Run(t.Context(), snapshot, q, analysis.Scope{}); err != nil || analysis.Plain(r.NotApplicable).En != "" {
			t.Errorf("%s with a permit: %q, %v", name, analysis.Plain(r.NotApplicable).En, err)
		}
		if err := snapshot.Close(); err != nil {
			t.Error(err)
		}
	}
}
