package analysis_test

import (
	"reflect"
	"testing"
	"time"

	"koblet/analysis"
)

// A period is settled when its youngest permit, not its last day, is 365 days old: 2014 was decided on by 9 December, so it is
// settled on 9 December 2015, three weeks before its last day is as old. A refusal is no permit.
func TestAPeriodIsSettledWhenItsYoungestPermitIsAYearOld(t *testing.T) {
	const persons = "person_id,cpr_number,cpr_linked_on\nP1,1001700003,2013-02-01\nP2,,\n"
	const permits = `permit_id,person_id,decided_on,decision
S1,P1,2013-01-01,granted
S2,P2,2014-11-30,granted
S3,P2,2014-12-09,lapsed
S4,P2,2014-12-31,refused
S5,P2,2015-03-01,granted
`
	period := func(text string) analysis.Period {
		p, err := analysis.ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	settled, young := on(2015, 12, 9), on(2015, 12, 8)
	s := smallStore(t, extracts{young, persons, permits}, extracts{settled, persons, permits})
	for _, c := range []struct {
		name, question string
		early          bool
		scope          analysis.Scope
		want           []any
	}{
		{"its youngest permit is 365 days old", "unlinked_by_year", false, analysis.Scope{}, []any{int64(2015)}},
		{"it is 364 days old", "unlinked_by_year", true, analysis.Scope{}, []any{int64(2014), int64(2015)}},
		{"by month", "unlinked_by_month", true, analysis.Scope{}, []any{"2014-12", "2015-03"}},
		{"the youngest is not asked for", "unlinked_by_year", true, analysis.Scope{To: period("2014-11")}, nil},
		{"only the youngest is asked for", "unlinked_by_year", true, analysis.Scope{From: period("2014-12"), To: period("2014")}, []any{int64(2014)}},
		{"no periods", "unlinked", true, analysis.Scope{}, nil},
	} {
		day := settled
		if c.early {
			day = young
		}
		r := answerOf(t, s, day, c.question, c.scope)
		if !reflect.DeepEqual(r.Provisional, c.want) {
			t.Errorf("%s: provisional are %v, want %v", c.name, r.Provisional, c.want)
		}
		if r.Moves(nil) || c.question == "unlinked_by_year" && r.Moves(int64(2013)) {
			t.Errorf("%s: a settled period, or none, is provisional", c.name)
		}
	}
}

// What was final when it changed is told by the same rule.
func TestARevisionIsFinalByItsYoungestPermit(t *testing.T) {
	const before = "person_id,cpr_number,cpr_linked_on\nP1,,\nP2,,\n"
	const after = "person_id,cpr_number,cpr_linked_on\nP1,1001700003,2016-02-01\nP2,1102710069,2016-02-01\n"
	const permits = "permit_id,person_id,decided_on,decision\nS1,P1,2014-12-09,granted\nS2,P2,2015-06-01,granted\n"
	s := smallStore(t, extracts{on(2015, 12, 9), before, permits}, extracts{on(2016, 6, 30), after, permits})
	r, err := analysis.CompareSnapshots(t.Context(), &analysis.Shelf{Store: s}, []time.Time{on(2015, 12, 9), on(2016, 6, 30)}, analysis.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	standing := map[any]any{}
	for i := range r.Rows {
		if r.Value(i, "part") == "revisions" {
			standing[r.Value(i, "year")] = r.Value(i, "standing")
		}
	}
	if want := map[any]any{int64(2014): "final", int64(2015): "provisional"}; !reflect.DeepEqual(standing, want) {
		t.Errorf("standing %v, want %v", standing, want)
	}
}
