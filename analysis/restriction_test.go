package analysis_test

import (
	"strings"
	"testing"

	"koblet/analysis"
	"koblet/queries"
)

// TestRestriction: an answer says what it was restricted to, in words, and nothing where all was asked for.
func TestRestriction(t *testing.T) {
	q, err := queries.Find("late")
	if err != nil {
		t.Fatal(err)
	}
	bind := func(s analysis.Scope) analysis.Result {
		arguments, err := s.Bind(q)
		if err != nil {
			t.Fatal(err)
		}
		return analysis.Result{Question: q, Arguments: arguments}
	}
	if n := bind(analysis.Scope{Params: map[string]string{"days": "365", "expected": "false"}}).Restriction(); !n.Empty() {
		t.Errorf("of everything: %q", analysis.Plain(n).En)
	}
	got := analysis.Plain(bind(analysis.Scope{From: periodOf(t, "2007"), Categories: []string{"asylum", "family"},
		Params: map[string]string{"once_per_person": "true", "days": "30", "municipality": "0101"}}).Restriction())
	for text, want := range map[string]string{
		got.En: "Restricted to: first decision day: 2007-01-01; categories of residence: Asylum, Family reunification; only each person's earliest granted permit within the scope asked for; " +
			"code of the municipality of allocation: København (0101); days within which a permit is linked in time: 30.",
		got.Da: "Afgrænsning: første afgørelsesdato: 2007-01-01; opholdskategorier: Asyl, Familiesammenføring; kun hver persons tidligste meddelte tilladelse inden for den valgte afgrænsning; " +
			"visiteringskommunens kode: København (0101); dage, inden for hvilke en tilladelse er koblet i tide: 30.",
	} {
		if text != want {
			t.Errorf("%q\nwant %q", text, want)
		}
	}
}

// TestRestrictionOfAList: a list says of which cell it is, as --drill has it, and how many are listed is no restriction.
func TestRestrictionOfAList(t *testing.T) {
	q, err := queries.Find("late")
	if err != nil {
		t.Fatal(err)
	}
	list, ok := queries.Drill(q)
	if !ok {
		t.Fatal("late has no list")
	}
	arguments, err := (analysis.Scope{Params: map[string]string{"rows": "10001"}, Cell: map[string]string{"year": "2016", "verdict": "fail"}}).Bind(list)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := analysis.Plain((analysis.Result{Question: list, Arguments: arguments}).Restriction()).En, "Restricted to: the cell year=2016,verdict=fail."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestRestrictionOfTheCatalogue: whatever parameter of whatever question is given, the answer says so, and no word of SQL.
func TestRestrictionOfTheCatalogue(t *testing.T) {
	of := map[string]string{"BIGINT": "7", "BOOLEAN": "true", "VARCHAR": "0101", "VARCHAR[]": "asylum", "DATE": "2013-05-17"}
	for _, q := range queries.All() {
		for _, p := range q.Params {
			if _, cell := p.CellKey(); cell || p.Name == "rows" || p.Type == "DATE" || p.Type == "VARCHAR[]" {
				continue // the last two have flags of their own
			}
			arguments, err := (analysis.Scope{Params: map[string]string{p.Name: of[p.Type]}}).Bind(q)
			if err != nil {
				t.Fatal(err)
			}
			n := analysis.Plain((analysis.Result{Question: q, Arguments: arguments}).Restriction())
			for _, text := range []string{n.Da, n.En} {
				if strings.Count(text, ": ") < 1 || strings.Contains(text, "NULL") || strings.Contains(text, "; ") {
					t.Errorf("%s, %s: %q", q.Name, p.Name, text)
				}
			}
		}
	}
}
