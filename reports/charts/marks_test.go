package charts

import (
	"math"
	"testing"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/reports"
)

func TestTop(t *testing.T) {
	for _, c := range []struct{ highest, end, step float64 }{
		{0, 1, 1}, {9.8, 10, 2}, {31.6, 40, 10}, {22, 25, 5}, {100, 100, 20}, {0.99, 1, 0.2}, {931724, 1000000, 200000},
	} {
		if end, step := Top(c.highest); math.Abs(end-c.end) > 1e-9 || math.Abs(step-c.step) > 1e-9 {
			t.Errorf("top(%v) = %v, %v; want %v, %v", c.highest, end, step, c.end, c.step)
		}
	}
}

// TestBreaksDoNotTouch: no label of a break lies over another label or across a line that reaches its row.
func TestBreaksDoNotTouch(t *testing.T) {
	for _, language := range []string{"da", "en"} {
		c := reports.Chart{Kind: "line", X: "year", Time: "year", Series: []reports.Series{{Name: map[string]string{"da": "Alle registreringer", "en": "All registrations"}[language], Column: "n"}}}
		for _, at := range registers.Breaks() {
			c.Breaks = append(c.Breaks, reports.Break{Day: at.Day, Label: queries.Words{Da: at.Da, En: at.En}.In(language)})
		}
		table := reports.Table{Columns: []reports.Column{{Name: "year"}, {Name: "n"}}}
		for year := int64(1997); year <= 2016; year++ {
			table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: year}, {Value: int64(1)}}})
		}
		v := newCanvas(c, table, reports.LocaleOf(language))
		breaks, high := v.placeBreaks(Frame{Left: 48, Right: v.endRoom(), Width: chartWidth})
		if len(breaks) != 5 || high > 4*lineHeight+breakRoom {
			t.Fatalf("%s: %d breaks in %d pixels", language, len(breaks), high)
		}
		for i, a := range breaks {
			for j, b := range breaks {
				if i == j {
					continue
				}
				if a.row == b.row && a.from < b.end && b.from < a.end {
					t.Errorf("%s: %q touches %q", language, a.text, b.text)
				}
				if b.row >= a.row && lineX(b) > a.from && lineX(b) < a.end {
					t.Errorf("%s: the line of %q crosses %q", language, b.text, a.text)
				}
			}
		}
	}
}

// TestPosition: a year is drawn at its middle, so its first day stands half a place before it.
func TestPosition(t *testing.T) {
	v := Canvas{first: 1997}
	if got := v.position(time.Date(2007, 1, 1, 0, 0, 0, 0, time.UTC)); math.Abs(got-9.5) > 1e-9 {
		t.Errorf("2007-01-01 at %v", got)
	}
	if got := v.position(time.Date(2002, 7, 1, 0, 0, 0, 0, time.UTC)); math.Abs(got-5) > 0.01 {
		t.Errorf("2002-07-01 at %v", got)
	}
}

// An axis of months marks the changes of law and practice at their days.
func TestMonthsHaveBreaks(t *testing.T) {
	v := Canvas{months: true, first: 2013 * 12}
	if at := v.position(time.Date(2014, 7, 1, 0, 0, 0, 0, time.UTC)); at != 17.5 {
		t.Errorf("1 July 2014 stands at %v of an axis from January 2013, want 17.5", at)
	}
	c := reports.Chart{Time: "month"}
	if n, ok := c.Instant("2013-05"); !ok || n != 2013*12+4 {
		t.Errorf("May 2013 is %d, %v", n, ok)
	}
	for _, value := range []any{"2013", "2013-13", int64(2013), nil} {
		if n, ok := c.Instant(value); ok {
			t.Errorf("%v is month %d", value, n)
		}
	}
}

// TestAFigureAloneIsProvisional: a mark at one figure of a row makes its bar hollow, and no other; its label has the mark once, behind the unit.
func TestAFigureAloneIsProvisional(t *testing.T) {
	c := reports.Chart{Kind: "bar", X: "break", Series: []reports.Series{{Name: "Before", Column: "before"}, {Name: "Since", Column: "since"}}}
	table := reports.Table{Columns: []reports.Column{{Name: "break"}, {Name: "before", Unit: reports.UnitShare}, {Name: "since", Unit: reports.UnitShare}}, Rows: []reports.Row{
		{Cells: []reports.Cell{{Value: "a"}, {Value: 0.13}, {Value: 0.22, Mark: reports.Provisional}}},
	}}
	hollow := map[string]string{}
	for _, f := range newCanvas(c, table, reports.LocaleOf("en")).bars().Figures {
		for _, p := range f.Points {
			if f.Look.Hollow {
				hollow[f.Name] = p.Tip
			}
		}
	}
	if len(hollow) != 1 || hollow["Since, provisional"] != "a: 22.0 per cent (f)" {
		t.Errorf("hollow are %q, want the second bar alone", hollow)
	}
}
