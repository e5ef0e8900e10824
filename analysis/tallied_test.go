package analysis

import (
	"strings"
	"testing"

	"koblet/queries"
)

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
