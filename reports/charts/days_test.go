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

// The day on which all began stands beneath every panel, however large the number at risk there is: the days behind it give way.
func TestEveryPanelBeginsAtItsFirstDay(t *testing.T) {
	table := reports.Table{Columns: []reports.Column{{Name: "category"}, {Name: "days"}, {Name: "rate", Unit: reports.UnitShare}, {Name: "at_risk", Unit: "permits"}}}
	for _, group := range []string{"a", "b"} {
		for _, day := range []int64{0, 30, 365, 730, 3650} {
			risk := int64(50)
			switch {
			case group == "a" && day == 0:
				risk = 19633
			case group == "a":
				risk = 1893
			}
			table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: group}, {Value: day}, {Value: 0.2}, {Value: risk}}})
		}
	}
	panels, _, err := Of(reports.Chart{Kind: "step", X: "days", By: "category", Series: []reports.Series{{Name: "Andel", Column: "rate"}}}, table, reports.LocaleOf("da"))
	if err != nil || len(panels) != 2 {
		t.Fatalf("%d panels, %v", len(panels), err)
	}
	for i, p := range panels {
		base, right := float64(p.Height-p.Bottom)+17, -1000.0
		var days []string
		for k := len(p.Words) - 1; k >= 0; k-- {
			w := p.Words[k]
			if w.Y != base {
				continue
			}
			if w.X-width(w.Text)/2 < right {
				t.Errorf("panel %d: %s touches the day before it", i, w.Text)
			}
			days, right = append(days, w.Text), w.X+width(w.Text)/2
		}
		if len(days) < 3 || days[0] != "0" || days[len(days)-1] != "3650" {
			t.Errorf("panel %d has the days %q", i, days)
		}
	}
}

// Bars to either side of nought have one line that they begin at, and none at the frame.
func TestDifferencesBeginAtNought(t *testing.T) {
	table := reports.Table{Columns: []reports.Column{{Name: "characteristic"}, {Name: "value"}, {Name: "difference"}},
		Rows: []reports.Row{{Cells: []reports.Cell{{Value: "sex"}, {Value: "m"}, {Value: -0.2}}}, {Cells: []reports.Cell{{Value: "sex"}, {Value: "k"}, {Value: 0.2}}}}}
	p, _, err := Of(reports.Chart{Kind: "difference", X: "value", By: "characteristic", Series: []reports.Series{{Name: "Forskel", Column: "difference"}}}, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	nought, _ := p[0].At(0, 0)
	var upright []float64
	for _, r := range p[0].Rules {
		if r.X1 == r.X2 && r.Ink == Secondary && !r.Dashed {
			upright = append(upright, r.X1)
		}
	}
	if !slices.Equal(upright, []float64{nought}) {
		t.Errorf("lines at %v, want one at nought, %v", upright, nought)
	}
}
