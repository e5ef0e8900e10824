package charts

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"koblet/queries"
	"koblet/registers"
	"koblet/reports"
)

// A map of many columns on a narrow page has no room for its figures: its colours are said in a legend, and no head touches another.
func TestNarrowMapsSayTheirColours(t *testing.T) {
	table := reports.Table{Columns: []reports.Column{{Name: "row", Label: "row"}}, Rows: []reports.Row{{Cells: []reports.Cell{{Value: "Frederiksværk"}}}}}
	c := reports.Chart{Kind: "heat", X: "row", Axis: "Andel, pct."}
	for year := 1997; year < 2018; year++ {
		name := fmt.Sprint(year)
		table.Columns = append(table.Columns, reports.Column{Name: name, Label: name, Unit: reports.UnitShare})
		table.Rows[0].Cells = append(table.Rows[0].Cells, reports.Cell{Value: 1.0})
		c.Series = append(c.Series, reports.Series{Name: name, Column: name})
	}
	wide, _, err := Of(c, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	narrow, err := Narrow(c, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	if at := wide[0].Figures[20].Points[0]; at.Label != "100,0" {
		t.Errorf("wide, the field has %q", at.Label)
	}
	p := narrow[0]
	if at := p.Figures[20].Points[0]; at.Label != "" || at.Tip == "" {
		t.Errorf("narrow, the field has %q and the pointer shows %q", at.Label, at.Tip)
	}
	if _, ok := said(p, "80–100"); !ok || len(p.Marks) != len(HeatSteps) {
		t.Errorf("the legend lacks the highest step, %d marks", len(p.Marks))
	}
	if _, ok := said(p, "Frederiksværk"); !ok {
		t.Error("the name of the row is broken though there is room")
	}
	for i, a := range p.Words {
		for _, b := range p.Words[i+1:] {
			if a.Y == b.Y && a.box().touches(b.box()) {
				t.Errorf("%q and %q touch", a.Text, b.Text)
			}
		}
	}
}

// What is not stated stands last among sorted bars, however long its own, and a bar whose kind is called as it is is named once.
func TestTheUnknownAreNotTheFirst(t *testing.T) {
	names := []any{"unknown"}
	for i := range 20 {
		names = append(names, fmt.Sprintf("Kommune %d", i))
	}
	table := rated("municipality_name", names, 0)
	table.Rows[0].Cells[1].Value = 0.99
	p := of(t, reports.Chart{Kind: "bar", X: "municipality_name"}, table)
	if got := p.Y.Places[len(p.Y.Places)-1]; got != "unknown" {
		t.Errorf("the last bar is %q, the first %q", got, p.Y.Places[0])
	}
	v := Canvas{labels: []string{"Erhverv", "Erhverv"}, say: reports.LocaleOf("da"), Table: reports.Table{Columns: []reports.Column{{Name: "group", Role: "key"}, {Name: "category", Role: "key"}}}}
	v.Kind = "bar"
	v.Rows = []reports.Row{{Cells: []reports.Cell{{Value: "Erhverv"}, {Value: "Erhverv"}}}, {Cells: []reports.Cell{{Value: "Erhverv"}, {Value: "Ukendt"}}}}
	v.tellApart(0)
	if !slices.Equal(v.labels, []string{"Erhverv", "Erhverv (Ukendt)"}) {
		t.Errorf("bars are told apart as %q", v.labels)
	}
}

// An interval is seen on its bar: the paper lies beneath it. The figure of a bar to the left of nought keeps clear of the words of its row.
func TestIntervalsAreSeenOnTheirBars(t *testing.T) {
	table := rated("name", []any{"a", "b"}, 0)
	table.Columns = append(table.Columns, reports.Column{Name: "low", Unit: reports.UnitShare}, reports.Column{Name: "high", Unit: reports.UnitShare})
	for i := range table.Rows {
		table.Rows[i].Cells = append(table.Rows[i].Cells, reports.Cell{Value: 0.01}, reports.Cell{Value: 0.2})
	}
	pictures, _, err := Of(reports.Chart{Kind: "bar", X: "name", Series: []reports.Series{{Name: "Andel", Column: "rate", Low: "low", High: "high"}}}, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	var grounds, whiskers int
	for _, r := range pictures[0].Rules {
		switch {
		case r.Ink == Paper && r.Over(Bars):
			grounds++
		case r.Ink == Ink && r.Over(Bars):
			whiskers++
		}
	}
	if grounds != 2 || whiskers != 2 {
		t.Errorf("%d intervals with %d grounds, want 2 with 2", whiskers, grounds)
	}
	v := Canvas{say: reports.LocaleOf("da")}
	p := Picture{Frame: Frame{Left: 150, Right: 40, Width: narrowWidth, Height: 100, Bottom: 10}, X: Axis{Low: -0.4, High: 0.4}, Y: Axis{Places: []string{"a"}}}
	v.whisker(&p, Point{X: -0.39, Label: "-0,39"}, 0)
	v.whisker(&p, Point{X: -0.1, Label: "-0,10"}, 0)
	nought, _ := p.At(0, 0)
	if w := p.Words[0]; w.X < nought || w.Anchor != "start" {
		t.Errorf("the figure stands at %v, %s", w.X, w.Anchor)
	}
	if w := p.Words[1]; w.X > nought || w.Anchor != "end" || math.Abs(w.X) < 150 {
		t.Errorf("the figure with room stands at %v, %s", w.X, w.Anchor)
	}
}

// Bold letters are wider: the name of a panel is broken before it runs out of it.
func TestPanelNamesAreNotCut(t *testing.T) {
	p := Picture{Name: "Mindreårige hos andre end forældremyndighedens indehaver", Frame: Frame{Width: panelWidth}}
	Canvas{}.named(&p)
	for _, w := range p.Words {
		if !w.Bold || boldWider*width(w.Text) > panelWidth {
			t.Errorf("%q is %.0f wide", w.Text, boldWider*width(w.Text))
		}
	}
	if len(p.Words) != 2 {
		t.Errorf("%d lines", len(p.Words))
	}
}

// A bar that is seen is not called nought, and its figure is the table's: with two decimals where the column has them.
func TestSmallBarsHaveAFigure(t *testing.T) {
	for unit, want := range map[string][]string{
		reports.UnitShare: {"<0,1 pct.", "0,0 pct.", "0,1 pct.", "0,1 pct."},
		reports.UnitFine:  {"0,04 pct.", "0,00 pct.", "0,12 pct.", "0,06 pct."},
	} {
		table := rated("rule", []any{"a", "b", "c", "d"}, 0)
		table.Columns[1].Unit = unit
		for i, rate := range []float64{0.00042, 0, 0.0012, 0.00056} {
			table.Rows[i].Cells[1].Value = rate
		}
		p := of(t, reports.Chart{Kind: "bar", X: "rule"}, table)
		for i := range want {
			at := p.Figures[0].Points[i]
			if cell := reports.LocaleOf("da").Cell(table.Rows[i].Cells[1], unit) + " pct."; at.Label != want[i] || at.Label != cell {
				t.Errorf("%s: bar %d is called %q, the table says %q, want %q", unit, i, at.Label, cell, want[i])
			}
		}
	}
}

// Along months the words of 2002 reach the line of 2007, and those of 2007 theirs: one of them is turned, and no label stands rows above the others.
func TestBreaksAreTurnedWhereTheyWouldTouch(t *testing.T) {
	for _, language := range []string{"da", "en"} {
		c := reports.Chart{Kind: "line", X: "month", Time: "month", Series: []reports.Series{{Name: "Andel", Column: "rate"}}}
		for _, at := range registers.Breaks() {
			c.Breaks = append(c.Breaks, reports.Break{Day: at.Day, Label: queries.Words{Da: at.Da, En: at.En}.In(language)})
		}
		var months []any
		for n := range 237 {
			months = append(months, fmt.Sprintf("%d-%02d", 1997+n/12, n%12+1))
		}
		v := newCanvas(c, rated("month", months, 0), reports.LocaleOf(language))
		breaks, high := v.placeBreaks(Frame{Left: 48, Right: v.endRoom(), Width: chartWidth})
		if len(breaks) != 5 || high > 3*lineHeight+breakRoom {
			t.Errorf("%s: %d breaks in %d pixels", language, len(breaks), high)
		}
		for i, a := range breaks {
			for j, b := range breaks {
				if i != j && (a.row == b.row && a.from < b.end && b.from < a.end || b.row >= a.row && lineX(b) > a.from && lineX(b) < a.end) {
					t.Errorf("%s: %q touches %q or its line", language, b.text, a.text)
				}
			}
		}
	}
}

// Three permits of no known category, of which one is unlinked, do not set the axis of all categories: their panel has its own, and that is said.
func TestTheUnknownDoNotSetTheAxis(t *testing.T) {
	table := reports.Table{Columns: []reports.Column{{Name: "year"}, {Name: "work", Label: "Erhverv", Unit: reports.UnitShare}, {Name: "unknown", Label: "Ukendt", Unit: reports.UnitShare}}}
	for year := range int64(4) {
		table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: 2010 + year}, {Value: 0.1}, {Value: float64(year) / 3}}})
	}
	c := reports.Chart{Kind: "multiples", X: "year", Time: "year", Series: []reports.Series{{Name: "Erhverv", Column: "work"}, {Name: "Ukendt", Column: "unknown"}}}
	panels, _, err := Of(c, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	if panels[0].Y.High != 10 || panels[1].Y.High != 100 {
		t.Errorf("the axes end at %v and %v", panels[0].Y.High, panels[1].Y.High)
	}
	if want := "Delfiguren »Ukendt« har sin egen lodrette akse."; !slices.Contains(Notes(panels...), want) {
		t.Errorf("notes %q", Notes(panels...))
	}
	c.Series = c.Series[1:]
	if alone, _, err := Of(c, table, reports.LocaleOf("da")); err != nil || alone[0].Y.High != 100 {
		t.Errorf("alone, the axis ends at %v, %v", alone[0].Y.High, err)
	}
}
