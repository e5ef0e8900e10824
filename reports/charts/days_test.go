package charts

import (
	"slices"
	"testing"

	"koblet/reports"
)

// The axis of days is not called by the numbers at risk, which only a drawing has beneath it: a workbook's chart takes its title from the axis.
func TestDaysAreNotCalledByTheNumberAtRisk(t *testing.T) {
	table := reports.Table{Columns: []reports.Column{{Name: "category"}, {Name: "days"}, {Name: "rate", Unit: reports.UnitShare}, {Name: "at_risk", Unit: "permits"}},
		Rows: []reports.Row{{Cells: []reports.Cell{{Value: "a"}, {Value: int64(30)}, {Value: 0.2}, {Value: int64(9)}}}}}
	p, _, err := Of(reports.Chart{Kind: "step", X: "days", By: "category", Series: []reports.Series{{Name: "Andel", Column: "rate"}}}, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p[0].X.Title; got != "Dage efter afgørelsen" {
		t.Errorf("the axis is called %q", got)
	}
	if !slices.ContainsFunc(p[0].Words, func(w Words) bool { return w.Text == "Dage efter afgørelsen og antal, der er fulgt så længe" }) {
		t.Errorf("the drawing does not say what the numbers beneath it are: %+v", p[0].Words)
	}
}
