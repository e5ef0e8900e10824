package judge

import (
	"math"
	"testing"

	"koblet/analysis"
	"koblet/queries"
)

// TestJudge: the limit itself is kept, what is above it is broken, and what is no number is neither.
func TestJudge(t *testing.T) {
	for measured, want := range map[float64]Outcome{0: Kept, 3: Kept, math.Nextafter(3, 4): Broken, 4: Broken, math.Inf(1): Broken} {
		if v := lostLinks(3).Judge(measured); v.Outcome != want || v.Measured != measured || v.Most != 3 {
			t.Errorf("%v of at most 3: %+v, want %s", measured, v, want)
		}
	}
	if v := lostLinks(3).Judge(math.NaN()); v.Outcome != NotJudged {
		t.Errorf("no number is %s", v.Outcome)
	}
	n := lostLinks(3).Judge(4).Note()
	if n.En != "{of}: {measured}, at most {most} may" || n.Figures[1].Value != int64(4) || n.Figures[2].Value != int64(3) {
		t.Errorf("the note is %+v", n)
	}
}

// TestJudgeLost: only the permits that lost their link are judged, and a comparison without them is not.
func TestJudgeLost(t *testing.T) {
	r := analysis.Result{Columns: []queries.Column{{Name: "change"}, {Name: "n"}}, Rows: [][]any{{"newly_linked", int64(9)}, {"newly_unlinked", int64(2)}}}
	for most, want := range map[int64]Outcome{0: Broken, 1: Broken, 2: Kept} {
		if v := Lost(r, most); v.Outcome != want || v.Measured != 2 {
			t.Errorf("2 of at most %d: %+v, want %s", most, v, want)
		}
	}
	r.Rows = r.Rows[:1]
	if v := Lost(r, 0); v.Outcome != NotJudged {
		t.Errorf("nothing to judge: %+v", v)
	}
}
