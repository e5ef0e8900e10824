package reports

import (
	"strings"
	"testing"
	"time"

	"koblet/analysis"
)

// The provenance has the files and the findings of every snapshot that an answer stands on.
func TestProvenanceOfSeveralSnapshots(t *testing.T) {
	day := func(year int) time.Time { return time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC) }
	of := func(year int, n int64) Provenance {
		return Provenance{Program: "koblet", AsOf: day(year), Files: []File{{Name: "a/permits.csv", Table: "carl2_permits", Lines: n}},
			Findings: []Found{{Reason: "unreadable_day", Table: "carl2_permits", Column: "decided_on", N: n, Of: 20000}}}
	}
	from := of(2016, 7)
	from.Others = []Provenance{of(2011, 3)}
	b, err := newBuilder(Commission{Language: "en", Provenance: from}, analysis.Answers{})
	if err != nil {
		t.Fatal(err)
	}
	s := b.provenance()
	if len(s.Table.Rows) != 2 || s.Table.Columns[0].Name != "as_of" || s.Table.Rows[1].Cells[0].Value != day(2011) || s.Table.Rows[1].Cells[1].Value != "permits.csv" {
		t.Errorf("files %+v", s.Table)
	}
	text := strings.Join(s.Text, "\n")
	for _, want := range []string{"(31 December 2016): ", "carl2_permits.decided_on: 7 of 20,000", "(31 December 2011): ", "carl2_permits.decided_on: 3 of 20,000"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	from.Others = nil
	if b, err = newBuilder(Commission{Language: "en", Provenance: from}, analysis.Answers{}); err != nil {
		t.Fatal(err)
	}
	if s = b.provenance(); s.Table.Columns[0].Name != "file" || strings.Contains(strings.Join(s.Text, "\n"), "(31 December") {
		t.Errorf("of one snapshot: %+v %q", s.Table.Columns[0], s.Text)
	}
}
