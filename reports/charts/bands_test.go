package charts

import (
	"slices"
	"testing"

	"koblet/reports"
)

// What a band is, is said where bands are drawn and not in a note that stands on sheets without any; a native chart's axis of days is not called by the
// numbers at risk, which only a drawing has.
func TestBandsAreSaidWhereTheyAreDrawn(t *testing.T) {
	table := reports.Table{Columns: []reports.Column{{Name: "year"}, {Name: "rate", Unit: reports.UnitShare}, {Name: "low", Unit: reports.UnitShare}, {Name: "high", Unit: reports.UnitShare}}}
	for year := range 3 {
		table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: int64(2010 + year)}, {Value: 0.2}, {Value: 0.1}, {Value: 0.3}}})
	}
	const said = "De skraverede bånd er 95 pct.-intervaller."
	for _, bands := range []bool{true, false} {
		line := reports.Series{Name: "Andel", Column: "rate"}
		if bands {
			line.Low, line.High = "low", "high"
		}
		pictures, _, err := Of(reports.Chart{Kind: "line", X: "year", Time: "year", Series: []reports.Series{line}}, table, reports.LocaleOf("da"))
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(Drawings(pictures, nil), said); got != bands || slices.Contains(Notes(pictures...), said) {
			t.Errorf("bands %v: drawn notes %q, notes %q", bands, Drawings(pictures, nil), Notes(pictures...))
		}
	}
	table.Columns[0].Name = "days"
	step, _, err := Of(reports.Chart{Kind: "step", X: "days", By: "year", Series: []reports.Series{{Name: "Andel", Column: "rate"}}},
		reports.Table{Columns: append([]reports.Column{{Name: "year"}}, table.Columns...), Rows: []reports.Row{{Cells: []reports.Cell{{Value: "a"}, {Value: int64(30)}, {Value: 0.2}, {Value: 0.1}, {Value: 0.3}}}}},
		reports.LocaleOf("da"))
	if err != nil || step[0].X.Title != "Dage efter afgørelsen" {
		t.Errorf("the axis is called %q, %v", step[0].X.Title, err)
	}
}
