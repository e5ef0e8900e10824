package reports

import (
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
)

// Each row by break says which change of law or practice it is of, in either language, in the table, in its counts and in the finding; the value is the
// day still, as machines read it.
func TestBreaksAreNamed(t *testing.T) {
	i := slices.IndexFunc(queries.All(), func(q queries.Question) bool { return q.Name == "unlinked_by_break" })
	q := queries.All()[i]
	columns := analysis.Columns(q)
	r := analysis.Result{Question: q, Columns: columns}
	for k, b := range registers.Breaks() {
		for _, side := range []string{"before", "since"} {
			fail := int64(100 + 50*k)
			values := map[string]any{"break_day": b.Day, "side": side, "total": int64(1000), "pass": 1000 - fail, "fail": fail, "unknown": int64(0), "rate": float64(fail) / 1000}
			var row []any
			for _, c := range columns {
				row = append(row, values[c.Name])
			}
			r.Rows = append(r.Rows, row)
		}
	}
	for language, want := range map[string][2]string{
		"da": {"Administrative numre: flygtninge (01-02-2016)", "»Administrative numre: flygtninge« (1. februar 2016)"},
		"en": {"Administrative numbers: refugees (1 Feb 2016)", "“Administrative numbers: refugees” (1 February 2016)"},
	} {
		r.Rows[len(r.Rows)-1][slices.IndexFunc(columns, func(c queries.Column) bool { return c.Name == "fail" })] = int64(301) // no tie
		report, err := Single(r, Commission{Language: language})
		if err != nil {
			t.Fatal(err)
		}
		s := report.Sections[0]
		for name, table := range map[string]Table{"table": s.Table, "counts": *s.Detail} {
			last := table.Rows[len(table.Rows)-1].Cells[0]
			if day := time.Date(2016, 2, 1, 0, 0, 0, 0, time.UTC); last.Word != want[0] || last.Value != day {
				t.Errorf("%s, %s: the last row is of %q, %v; want %q", language, name, last.Word, last.Value, want[0])
			}
		}
		if !strings.Contains(s.Title, want[1]) {
			t.Errorf("%s: %q does not name %q", language, s.Title, want[1])
		}
	}
}
