package reports

import (
	"fmt"
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
			Findings: []Found{{Reason: "not_a_date", Table: "carl2_permits", Column: "decided_on", N: n, Of: 20000, Share: float64(n) / 20000}}}
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
	found := b.found()
	if got, want := fmt.Sprint(rowsOfTable(found.Table)), "[[2016-12-31 Not a date carl2_permits.decided_on 7 20000 0.00035] [2011-12-31 Not a date carl2_permits.decided_on 3 20000 0.00015]]"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	if want := "Wrong or doubtful values of 1 kind were found at load"; found.Title != want {
		t.Errorf("found: %q, want %q", found.Title, want)
	}
	from.Others = nil
	if b, err = newBuilder(Commission{Language: "en", Provenance: from}, analysis.Answers{}); err != nil {
		t.Fatal(err)
	}
	if s = b.provenance(); s.Table.Columns[0].Name != "file" || b.found().Table.Columns[0].Name != "found" {
		t.Errorf("of one snapshot: %+v %+v", s.Table.Columns[0], b.found().Table.Columns[0])
	}
}

// rowsOfTable are the values of a table's cells, days as machines write them.
func rowsOfTable(t Table) (rows [][]any) {
	for _, r := range t.Rows {
		var values []any
		for _, c := range r.Cells {
			if day, ok := c.Value.(time.Time); ok {
				c.Value = day.Format(time.DateOnly)
			}
			values = append(values, c.Value)
		}
		rows = append(rows, values)
	}
	return rows
}

// What was found wrong at load is a table before the provenance, the worst first: the greatest share of a table's rows, then the more of one share, and
// last what has no share. A sound delivery has no such section, and text of one answer leaves it to page and workbook as it does the files.
func TestFindingsAreATable(t *testing.T) {
	p := Provenance{Findings: []Found{
		{"no_end_record", "cpr_persons", "", 1, 90, nil}, {"unknown_code", "carl2_persons", "sex", 9, 900, 0.01}, {"unknown_code", "carl2_permits", "category", 3, 60, 0.05}, {"repeated", "carl2_persons", "person_id", 1, 100, 0.01},
	}}
	b, err := newBuilder(Commission{Language: "da", Provenance: p}, analysis.Answers{})
	if err != nil {
		t.Fatal(err)
	}
	sections := b.behind()
	if len(sections) != 2 || sections[0].Name != FindingsName || sections[1].Name != ProvenanceName {
		t.Fatalf("sections %+v", sections)
	}
	want := "[[Ukendt kode carl2_permits.category 3 60 0.05] [Ukendt kode carl2_persons.sex 9 900 0.01] [Gentaget carl2_persons.person_id 1 100 0.01] [Slutposten mangler cpr_persons 1 <nil> <nil>]]"
	if got := fmt.Sprint(rowsOfTable(sections[0].Table)); got != want {
		t.Errorf("rows %s, want %s", got, want)
	}
	if strings.Contains(strings.Join(sections[1].Text, "\n"), "category") {
		t.Errorf("the provenance has the findings too: %q", sections[1].Text)
	}
	if b, err = newBuilder(Commission{}, analysis.Answers{}); err != nil || len(b.behind()) != 1 {
		t.Errorf("a sound delivery has %d sections, %v", len(b.behind()), err)
	}
}
