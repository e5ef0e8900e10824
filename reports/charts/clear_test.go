package charts

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"koblet/registers"
	"koblet/reports"
)

// overYears is a chart over twenty years whose last is provisional: a column of shares for each series, shaped by a seed, with or without intervals.
func overYears(kind string, series, seed int, bands bool) (reports.Chart, reports.Table) {
	c := reports.Chart{Kind: kind, X: "year", Time: "year", Axis: "Andel, pct."}
	for _, b := range registers.Breaks() {
		c.Breaks = append(c.Breaks, reports.Break{Day: b.Day, Label: b.Da})
	}
	t := reports.Table{Columns: []reports.Column{{Name: "year", Label: "År"}}}
	for i := range series {
		name := fmt.Sprintf("rate%d", i)
		s := reports.Series{Name: fmt.Sprintf("Andel %d", i), Column: name}
		t.Columns = append(t.Columns, reports.Column{Name: name, Unit: reports.UnitShare}, reports.Column{Name: name + "_low", Unit: reports.UnitShare}, reports.Column{Name: name + "_high", Unit: reports.UnitShare})
		if bands {
			s.Low, s.High = name+"_low", name+"_high"
		}
		c.Series = append(c.Series, s)
	}
	for year := range 20 {
		row := reports.Row{Cells: []reports.Cell{{Value: int64(1997 + year)}}}
		for i := range series {
			rate := float64((year*(7+seed)+i*5+seed*seed*year)%23+1) / float64(40*series)
			row.Cells = append(row.Cells, reports.Cell{Value: rate}, reports.Cell{Value: rate * 0.8}, reports.Cell{Value: rate * 1.2})
		}
		if year == 19 {
			row.Cells[0].Mark = reports.Provisional
		}
		t.Rows = append(t.Rows, row)
	}
	return c, t
}

// A word at a provisional figure lies on no line, no mark, no column and no other word, in wide drawings, panels and narrow ones; where it has no
// such place it is said in the legend or beneath, and in panels in all of them or once.
func TestTheWordForProvisionalIsClear(t *testing.T) {
	l := reports.LocaleOf("da")
	placed, elsewhere := 0, 0
	for _, kind := range []string{"line", "multiples", "stack"} {
		for _, series := range []int{1, 2, 5} {
			for seed := range 12 {
				c, table := overYears(kind, series, seed, seed%2 == 0)
				wide, _, err := Of(c, table, l)
				if err != nil {
					t.Fatal(err)
				}
				narrow, err := Narrow(c, table, l)
				if err != nil {
					t.Fatal(err)
				}
				for _, pictures := range [][]Picture{wide, narrow} {
					beneath := slices.ContainsFunc(append(Notes(pictures...), Drawings(pictures, nil)...), func(note string) bool { return strings.Contains(note, "foreløbige tal") })
					for _, p := range pictures {
						w, ok := said(p, "foreløbigt")
						if ok == beneath {
							t.Errorf("%s, %d series, seed %d: the word in the drawing is %v, beneath it %v", kind, series, seed, ok, beneath)
						}
						if !ok || !w.Ground { // beneath, or in the legend
							elsewhere++
							continue
						}
						placed++
						if what := crossedBy(p, w); what != "" {
							t.Errorf("%s, %d series, seed %d, %d wide: the word lies on %s", kind, series, seed, p.Width, what)
						}
					}
				}
			}
		}
	}
	if placed < 20 || elsewhere < 20 {
		t.Errorf("%d words stand in their drawings and %d elsewhere: the cases are too easy or too hard", placed, elsewhere)
	}
}

// crossedBy is what a word lies on, looked for pixel by pixel along whatever is drawn.
func crossedBy(p Picture, w Words) string {
	lies := func(w Words) [4]float64 {
		long := 6.7 * float64(utf8.RuneCountInString(w.Text)) * float64(w.Size) / TextSize
		from := map[string]float64{"middle": w.X - long/2, "end": w.X - long, "start": w.X, "": w.X}[w.Anchor]
		return [4]float64{from, w.Y - 0.7*float64(w.Size), from + long, w.Y}
	}
	b := lies(w)
	hit := func(x, y float64) bool { return x > b[0] && x < b[2] && y > b[1] && y < b[3] }
	along := func(x1, y1, x2, y2 float64) bool {
		steps := math.Ceil(math.Hypot(x2-x1, y2-y1) * 2)
		for n := 0.0; n <= steps; n++ {
			if hit(x1+(x2-x1)*n/steps, y1+(y2-y1)*n/steps) {
				return true
			}
		}
		return false
	}
	for _, other := range p.Words {
		o := lies(other)
		if other != w && b[0] < o[2] && o[0] < b[2] && b[1] < o[3] && o[1] < b[3] {
			return "the word " + other.Text
		}
	}
	for _, r := range p.Rules {
		if r.Ink != Grid && along(r.X1, r.Y1, r.X2, r.Y2) {
			return "a rule"
		}
	}
	for i, f := range p.Figures {
		for n, at := range f.Points {
			x, y := p.At(at.X, at.Y)
			switch {
			case at.Empty || f.Sheet:
			case p.Form == Columns:
				below := 0.0
				for _, under := range p.Figures[:i] {
					below += under.Points[n].Y
				}
				if x, y := p.At(at.X, below+at.Y); along(x, y, x, y+1) {
					return "a column"
				}
			case n > 0 && !f.Points[n-1].Empty:
				if x0, y0 := p.At(f.Points[n-1].X, f.Points[n-1].Y); along(x0, y0, x, y) {
					return "the line " + f.Name
				}
			case hit(x, y):
				return "a mark of " + f.Name
			}
		}
	}
	return ""
}

// The axis is set by all figures and by the intervals of the settled ones: the few permits of a year that has hardly begun have an interval that
// would press all others down. What goes beyond is cut, and said with its year; a figure is never cut.
func TestProvisionalIntervalsDoNotSetTheAxis(t *testing.T) {
	l := reports.LocaleOf("da")
	for what, c := range map[string]struct {
		figure, high float64
		settled      bool
		want         float64 // the end of the axis
		cut          bool
	}{
		"an interval far beyond":     {0, 0.39, true, 30, true},
		"an interval within":         {0.1, 0.25, true, 30, false},
		"a figure beyond all":        {0.45, 0.9, true, 50, true},
		"nothing is settled":         {0.1, 0.39, false, 40, false},
		"the interval ends with it":  {0.1, 0.3, true, 30, false},
		"a figure at the very limit": {0.3, 0.3, true, 30, false},
	} {
		for _, kind := range []string{"line", "bar", "multiples"} {
			table := reports.Table{Columns: []reports.Column{{Name: "year"}, {Name: "rate", Unit: reports.UnitShare}, {Name: "low", Unit: reports.UnitShare}, {Name: "high", Unit: reports.UnitShare}}}
			for i, v := range [][3]float64{{0.2, 0.15, 0.29}, {0.22, 0.2, 0.24}, {c.figure, 0, c.high}} {
				row := reports.Row{Cells: []reports.Cell{{Value: int64(2014 + i)}, {Value: v[0]}, {Value: v[1]}, {Value: v[2]}}}
				if i == 2 || !c.settled {
					row.Cells[0].Mark = reports.Provisional
				}
				table.Rows = append(table.Rows, row)
			}
			chart := reports.Chart{Kind: kind, X: "year", Time: "year", Series: []reports.Series{{Name: "Andel", Column: "rate", Low: "low", High: "high"}}}
			wide, _, err := Of(chart, table, l)
			if err != nil {
				t.Fatal(err)
			}
			narrow, err := Narrow(chart, table, l)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range []Picture{wide[0], narrow[0]} {
				axis := p.Y
				if p.Lying() {
					axis = p.X
				}
				if axis.High != c.want {
					t.Errorf("%s, %s: the axis ends at %v, want %v", what, kind, axis.High, c.want)
				}
				if got := strings.Contains(p.Cut, "(2016)"); got != c.cut || !c.cut && p.Cut != "" {
					t.Errorf("%s, %s: cut is said as %q", what, kind, p.Cut)
				}
				edge, _ := p.At(p.X.High, 0)
				for _, r := range p.Rules {
					if p.Lying() && r.Ink == Ink && max(r.X1, r.X2) > edge+0.01 {
						t.Errorf("%s: a whisker ends at %v, the frame at %v", what, r.X2, edge)
					}
				}
			}
		}
	}
}

// The words of a change of law stand clear of marks at the upper edge of the plot.
func TestBreaksStandAboveThePlot(t *testing.T) {
	c, table := overYears("line", 1, 1, false)
	for i := range table.Rows {
		table.Rows[i].Cells[1].Value = 1.0
	}
	pictures, _, err := Of(c, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	p, lowest := pictures[0], 0.0
	for _, w := range p.Words {
		if slices.ContainsFunc(c.Breaks, func(b reports.Break) bool { return strings.HasSuffix(w.Text, " "+b.Label) }) {
			lowest = max(lowest, w.box().lower)
		}
	}
	if marks := float64(p.Top) - 4; lowest > marks || lowest < marks-lineHeight {
		t.Errorf("the lowest words reach down to %v, the marks up to %v", lowest, marks)
	}
}

// The words at a published figure lie on no line; where they would, the legend has them all.
func TestPublishedWordsAreClear(t *testing.T) {
	drawn, legend := 0, 0
	for seed := range 24 {
		c, table := overYears("line", 1+2*(seed%2), seed, true)
		c.Published = []reports.Publish{{From: 2005, To: 2005, Value: 0.1, Label: "2011-undersøgelsen: ca. 10 pct."}, {From: 1997, To: 2001, Value: 0.9, Label: "2014-undersøgelsen: 90 pct."}}
		if seed < 12 { // alone above all lines
			c.Published = c.Published[1:]
		}
		pictures, _, err := Of(c, table, reports.LocaleOf("da"))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.Published {
			w, ok := said(pictures[0], s.Label)
			switch {
			case !ok:
				t.Errorf("seed %d: %q is not said", seed, s.Label)
			case !w.Ground:
				legend++
			default:
				drawn++
				if what := crossedBy(pictures[0], w); what != "" {
					t.Errorf("seed %d: %q lies on %s", seed, s.Label, what)
				}
			}
		}
	}
	if drawn < 4 || legend < 4 {
		t.Errorf("%d drawn, %d in legends: the cases are too easy or too hard", drawn, legend)
	}
}

// The names of municipalities outside the limits lie on no curve, no point and no other name; those without a clear place have none.
func TestFunnelNamesAreClear(t *testing.T) {
	share := reports.UnitShare
	table := reports.Table{Columns: []reports.Column{{Name: "name"}, {Name: "judged", Unit: "permits"}, {Name: "rate", Unit: share}, {Name: "national_rate", Label: "Hele landet", Unit: share},
		{Name: "low_95", Unit: share}, {Name: "high_95", Unit: share}, {Name: "low_998", Unit: share}, {Name: "high_998", Unit: share}, {Name: "position"}}}
	c := reports.Chart{Kind: "funnel", X: "judged", By: "name", Series: []reports.Series{{Name: "Andel", Column: "rate"}, {Name: "Hele landet", Column: "national_rate"},
		{Column: "low_95"}, {Name: "95 pct.", Column: "high_95"}, {Column: "low_998"}, {Name: "99,8 pct.", Column: "high_998"}}}
	outside := 0
	for i := range 60 {
		n := 10 + i*i/3
		spread := 0.8 / math.Sqrt(float64(n))
		rate := min(max(0.2+spread*float64((i*37)%9-4)/2, 0), 1)
		position := "inside"
		switch {
		case rate > 0.2+1.5*spread:
			position = "above_998"
		case rate > 0.2+spread:
			position = "above_95"
		case rate < 0.2-spread:
			position = "below_95"
		}
		if position != "inside" {
			outside++
		}
		row := reports.Row{}
		for _, v := range []any{fmt.Sprintf("Kommune nr. %d", i), int64(n), rate, 0.2, max(0.2-spread, 0), 0.2 + spread, max(0.2-1.5*spread, 0), 0.2 + 1.5*spread, position} {
			row.Cells = append(row.Cells, reports.Cell{Value: v})
		}
		table.Rows = append(table.Rows, row)
	}
	wide, _, err := Of(c, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	narrow, err := Narrow(c, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []Picture{wide[0], narrow[0]} {
		named := 0
		for _, w := range p.Words {
			if !strings.HasPrefix(w.Text, "Kommune nr.") {
				continue
			}
			named++
			if what := crossedBy(p, w); what != "" {
				t.Errorf("%d wide: %s lies on %s", p.Width, w.Text, what)
			}
		}
		if named == 0 || named >= outside {
			t.Errorf("%d wide: %d of %d are named: the case is too easy or too hard", p.Width, named, outside)
		}
	}
}
