package analysis_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"koblet/analysis"
)

// measuredStudy is a study of the user's own with these further lines.
func measuredStudy(t *testing.T, name, lines string) analysis.Study {
	t.Helper()
	s, err := analysis.ReadStudy([]byte(fmt.Sprintf("name = %q\nas_of = 2014-12-31\ntitle = { da = \"a\", en = \"a\" }\n%s\n", name, lines)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

// TestStudyOfAnyMeasure: whatever a study measures, its counts and its rate are those of the question itself, asked for the same.
func TestStudyOfAnyMeasure(t *testing.T) {
	s, _ := inventedStore(t, 20000, on(2014, 12, 31))
	period := "from = \"2009\"\nto = \"2012\"\n"
	asked := analysis.Scope{From: periodOf(t, "2009"), To: periodOf(t, "2012"), Params: map[string]string{}}
	with := func(params map[string]string, categories ...string) analysis.Scope {
		return asked.With(analysis.Scope{Params: params, Categories: categories})
	}
	for _, c := range []struct {
		lines, population, question string
		scope                       analysis.Scope
		row                         string // the key of the only row that counts; empty where the whole does
	}{
		{period + "measure = \"late\"\nparams = { days = 90 }", "all", "late", with(map[string]string{"days": "90"}), ""},
		{period + "measure = \"unlinked\"\nparams = { once_per_person = true }", "own", "unlinked", with(map[string]string{"once_per_person": "true"}), ""},
		{period + "measure = \"late\"\ncategories = [\"work\"]\npopulation = \"expected\"", "all", "late", with(map[string]string{"expected": "true"}, "work"), ""},
		{"measure = \"coverage_by_municipality\"", "own", "coverage_by_municipality", analysis.Scope{}, ""},
		{"measure = \"coverage_by_citizenship_group\"", "own", "coverage_by_citizenship_group", analysis.Scope{}, ""},
		{period + "measure = \"impossible_links_by_rule\"\n[row]\nrule = \"any\"", "all", "impossible_links_by_rule", asked, "any"},
		{period + "measure = \"unlinked_by_sex\"\n[row]\nsex = \"K\"", "all", "unlinked_by_sex", asked, "K"},
	} {
		alone := answerOf(t, s, on(2014, 12, 31), c.question, c.scope)
		want := alone.Whole("rate")
		if c.row != "" {
			want = nil
		}
		for i := range alone.Rows {
			if c.row != "" && alone.Rows[i][0] == c.row {
				want = alone.Value(i, "rate")
			}
		}
		study := measuredStudy(t, "mine", c.lines)
		r, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{study, measuredStudy(t, "other", c.lines)})
		if err != nil {
			t.Fatalf("%s: %v", c.lines, err)
		}
		got := figureOf(t, r, c.population, "raw", "mine")
		if want == nil || got != want || got == 0 {
			t.Errorf("%s: the study's rate is %v, the question's %v", c.lines, got, want)
		}
		if d := figureOf(t, r, c.population, "raw", "difference"); d != 0 {
			t.Errorf("%s: the difference to itself is %v", c.lines, d)
		}
	}
}

// TestStudyOfAnotherMeasureIsNotAtEqualAge: neither equal age nor steps are shown where no measure has them, persons are counted in persons,
// and what the question says of its figures is said of the study's.
func TestStudyOfAnotherMeasureIsNotAtEqualAge(t *testing.T) {
	s, _ := inventedStore(t, 20000, on(2014, 12, 31))
	coverage := measuredStudy(t, "covered", "measure = \"coverage_by_municipality\"")
	late := measuredStudy(t, "late", "from = \"2009\"\nto = \"2012\"\nmeasure = \"late\"")
	of := func(a, b analysis.Study) analysis.Result {
		r, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{a, b})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := of(coverage, coverage)
	if r.Columns[4].Unit != "persons" || r.Columns[4].Label.En != "basis not known" {
		t.Errorf("fail is %q in %q", r.Columns[4].Label.En, r.Columns[4].Unit)
	}
	for i := range r.Rows {
		if f := r.Value(i, "figure"); f != "raw" {
			t.Errorf("a figure %v of a measure that has none, of studies that published none", f)
		}
	}
	notes := ""
	for _, n := range r.Notes {
		notes += analysis.Plain(n).En + "\n"
	}
	if !strings.HasPrefix(notes, "The difference “covered” less “covered” is 0.0 percentage points (") || !strings.Contains(notes, "Counted apart and not in the table: resident Nordic") {
		t.Errorf("notes:\n%s", notes)
	}
	if r = of(coverage, late); r.Columns[4].Unit != "records" || r.Columns[4].Label.En != "counted" {
		t.Errorf("of two measures, fail is %q in %q", r.Columns[4].Label.En, r.Columns[4].Unit)
	}
	notes = ""
	for _, n := range r.Notes {
		notes += analysis.Plain(n).En + "\n"
	}
	for _, want := range []string{"by municipality?” Counted are persons with “basis not known”.", "covered: Counted apart", "Counted are permits with “late”."} {
		if strings.Count(notes, want) != 1 {
			t.Errorf("%q is not said once of two measures:\n%s", want, notes)
		}
	}
	if n := strings.Count(notes, "The registers are fully counted."); n != 1 {
		t.Errorf("that the registers are fully counted is said %d times", n)
	}
	if strings.Contains(r.Question.Ask.En, "made of") {
		t.Errorf("it is asked what a difference is made of that is not taken apart: %s", r.Question.Ask.En)
	}
}

// TestStudyOfRowsThatAreNot: a row that a measure's answer does not have is refused with its line and with the nearest that it has; one that
// a list has is counted, though there is none.
func TestStudyOfRowsThatAreNot(t *testing.T) {
	s, _ := inventedStore(t, 20000, on(2014, 12, 31))
	for _, c := range []struct{ lines, want, cure string }{
		{"measure = \"coverage_by_municipality\"\nrow = { municipality_code = \"101\" }", "line 5: row.municipality_code: no municipality_code \"101\" in the answer of 2014-12-31", "did you mean 0101?"},
		{"from = \"2009\"\nto = \"2012\"\nmeasure = \"late_by_year\"\n[row]\nyear = 19", "line 8: row.year: no year \"19\" in the answer of 2014-12-31", "there are 2009, 2010, 2011, 2012"},
		{"measure = \"coverage_by_municipality\"\nrow = { municipality_code = \"0825\" }", "", ""},
	} {
		study := measuredStudy(t, "mine", c.lines)
		_, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{measuredStudy(t, "other", "measure = \"coverage_by_municipality\""), study})
		var wrong analysis.StudyError
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &wrong) || wrong.Error() != c.want || wrong.Cure != c.cure || wrong.Study != "mine") {
			t.Errorf("%s: %v (%s), want %q (%s)", c.lines, err, wrong.Cure, c.want, c.cure)
		}
	}
}

// TestStudyErrors: where and what, and which of ours was meant.
func TestStudyErrors(t *testing.T) {
	head := "name = \"own\"\nas_of = 2014-12-31\ntitle = { da = \"a\", en = \"a\" }\n"
	period := "from = \"2009\"\nto = \"2012\"\n"
	for _, c := range []struct{ lines, want, cure string }{
		{period + "measure = \"unlinkd\"\n", `line 6: measure: no measure "unlinkd"`, "did you mean unlinked?"},
		{period + "measure = \"time_to_link\"\n", "line 6: measure: time_to_link gives no rate that could be summed", "a measure counts pass, fail and unknown, as unlinked, late and coverage_by_municipality do"},
		{period + "measure = \"coverage_by_municipality\"\n", "line 4: from: coverage_by_municipality counts no permits", "leave it out"},
		{"measure = \"late\"\n", "line 4: from is missing: the first period of decisions, such as 2011", ""},
		{"measure = \"late\"\nfrom = \"2009\"\n# the end\n\n", "line 6: to is missing: the last period of decisions, such as 2013", ""},
		{period + "measure = \"late\"\n[params]\nday = 90\n", "line 8: params.day: late has no such parameter", "did you mean days?"},
		{period + "measure = \"late\"\n[params]\nfrom_day = 2013-01-01\n", "line 8: params.from_day: late has no such parameter", ""},
		{period + "measure = \"late\"\nparams = { days = \"many\" }\n", "line 7: params.days: want a whole number of days from 0 to 36525", ""},
		{period + "measure = \"late\"\nparams = { days = 1.5 }\n", "line 7: params.days: want a text, a whole number, a day, true or false", ""},
		{period + "measure = \"impossible_links_by_rule\"\n", "line 6: measure: a record can stand in several rows of impossible_links_by_rule, and row does not name its rule", "[row] with rule = …; koblet run impossible_links_by_rule shows the rows"},
		{period + "measure = \"impossible_links_by_rule\"\n[row]\n", "line 7: measure: a record can stand in several rows of impossible_links_by_rule, and row does not name its rule", ""},
		{period + "measure = \"unlinked_by_sex\"\n[row]\nsexes = \"F\"\n", "line 8: row.sexes: no key of unlinked_by_sex", "did you mean sex?"},
		{period + "measure = \"impossible_links_by_rule\"\nrow = { rule = \"sex_at_od\" }\n", "line 7: row.rule: no rule \"sex_at_od\"", "did you mean sex_at_odds?"},
		{period + "row = { year = 2009 }\n", "line 6: row.year: unlinked has no rows to pick from", "unlinked_by_legal_basis and others have rows"},
		{period + "mesure = \"late\"\n", "line 6: mesure: unknown key", "did you mean measure?"},
		{"", "line 3: from is missing: the first period of decisions, such as 2011", ""},
	} {
		_, err := analysis.ReadStudy([]byte(head + c.lines))
		var wrong analysis.StudyError
		if !errors.As(err, &wrong) || err.Error() != c.want || c.cure != "" && wrong.Cure != c.cure {
			t.Errorf("%s: %v (%s), want %q (%s)", c.lines, err, wrong.Cure, c.want, c.cure)
		}
	}
}

// TestStudyLacksItsHead: what every study has is missing at the end of the file, and a language of its title in the title's line.
func TestStudyLacksItsHead(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "line 1: name is missing",
		"short = { da = \"a\" }\n# own\n":    "line 2: name is missing",
		"name = \"own\"\n":                   "line 1: as_of is missing: the day it is counted on, such as 2014-12-31",
		"name = \"own\"\nas_of = 2014-12-31": "line 2: title is missing: da and en",
		"[title]\nda = \"a\"\n[published]\nvalue = 0.1\n":                     "line 4: name is missing",
		"name = \"own\"\nas_of = 2014-12-31\n[title]\nda = \"a\"\n[params]\n": "line 3: title: en is missing",
	} {
		if _, err := analysis.ReadStudy([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func periodOf(t *testing.T, text string) analysis.Period {
	t.Helper()
	p, err := analysis.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestUnknownCategoryOfPersons: where each person counts once, permits of unknown category are no addition to the others: P1, whose family
// permit came first, is one of two with them as without.
func TestUnknownCategoryOfPersons(t *testing.T) {
	s := smallStore(t, extracts{on(2014, 12, 31), "person_id,cpr_number\nP1,\nP2,0203801018\n",
		"permit_id,person_id,decided_on,decision,category\nS1,P1,2012-01-01,granted,family\nS2,P1,2012-06-01,granted,\nS3,P2,2012-03-01,granted,family\n"})
	lines := "from = \"2012\"\nto = \"2012\"\ncategories = [\"family\"]\nparams = { once_per_person = true }"
	r, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{measuredStudy(t, "mine", lines), measuredStudy(t, "other", lines)})
	if err != nil {
		t.Fatal(err)
	}
	const want = "mine: of the period's permits, 1 have an unknown category; with all of them in, the rate is 50.0 per cent."
	for _, n := range r.Notes {
		if analysis.Plain(n).En == want {
			return
		}
	}
	t.Errorf("no note %q", want)
}
