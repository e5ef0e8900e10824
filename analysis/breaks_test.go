package analysis_test

import (
	"fmt"
	"slices"
	"testing"

	"koblet/analysis"
)

// A side of a break whose youngest permit is not a year old is provisional, whatever the other side is: no finding speaks of it.
func TestASideOfABreakIsSettledWhenItsYoungestPermitIsAYearOld(t *testing.T) {
	const persons = "person_id,cpr_number,cpr_linked_on\nP1,1001700003,2014-08-10\nP2,,\n"
	const permits = "permit_id,person_id,decided_on,decision\nS1,P1,2014-08-01,granted\nS2,P2,2014-09-01,granted\nS3,P2,2015-11-01,granted\nS4,P2,2016-03-01,granted\n"
	day, later := on(2016, 12, 31), on(2017, 3, 1)
	s := smallStore(t, extracts{day, persons, permits}, extracts{later, persons, permits})
	for _, c := range []struct {
		early bool
		want  []string
	}{
		{true, []string{"2016-02-01 since"}},
		{false, nil},
	} {
		asOf := later
		if c.early {
			asOf = day
		}
		r := answerOf(t, s, asOf, "unlinked_by_break", analysis.Scope{})
		var got []string
		for i, row := range r.Rows {
			if r.RowMoves(row) != r.PassedOver(i) {
				t.Errorf("%v: a row that moves is spoken of, or one that does not is passed over", row)
			}
			if r.SideMoves(row) {
				got = append(got, fmt.Sprint(analysis.KeyText(r.Value(i, "break_day")), " ", r.Value(i, "side")))
			}
		}
		if !slices.Equal(got, c.want) || len(r.Rows) < 5 {
			t.Errorf("as of %s, %d rows: provisional are %q, want %q", asOf.Format("2006-01-02"), len(r.Rows), got, c.want)
		}
	}
}
