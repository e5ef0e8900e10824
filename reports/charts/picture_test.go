package charts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"koblet/reports"
)

// rated is a table of keys with a rate each; the keys named last are provisional.
func rated(column string, keys []any, provisional int) reports.Table {
	t := reports.Table{Columns: []reports.Column{{Name: column, Label: column}, {Name: "rate", Label: "rate", Unit: reports.UnitShare}}}
	for i, key := range keys {
		row := reports.Row{Cells: []reports.Cell{{Value: key}, {Value: float64(i%7+1) / 20}}}
		if i >= len(keys)-provisional {
			row.Cells[0].Mark = reports.Provisional
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func of(t *testing.T, c reports.Chart, table reports.Table) Picture {
	t.Helper()
	c.Series = []reports.Series{{Name: "Andel", Column: "rate"}}
	pictures, _, err := Of(c, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	return pictures[0]
}

func said(p Picture, text string) (Words, bool) {
	i := slices.IndexFunc(p.Words, func(w Words) bool { return w.Text == text })
	if i < 0 {
		return Words{}, false
	}
	return p.Words[i], true
}

// A provisional last figure must not look like an event: no solid line leads to it, the one that does is pale and dashed, its mark is
// hollow, the word stands at it, and the name of the line stands clear of it.
func TestProvisionalIsNoEvent(t *testing.T) {
	p := of(t, reports.Chart{Kind: "line", X: "year", Time: "year"}, rated("year", []any{int64(2014), int64(2015), int64(2016)}, 1))
	if len(p.Figures) != 2 {
		t.Fatalf("%d kinds of figures", len(p.Figures))
	}
	pending, settled := p.Figures[0], p.Figures[1]
	if !settled.Points[2].Empty || settled.Points[1].Empty || settled.Look.Dash != "solid" {
		t.Errorf("the solid line goes on to the provisional figure: %+v", settled.Points)
	}
	if l := pending.Look; l.Dash != "dashed" || !l.Pale || !l.Hollow {
		t.Errorf("the line to the provisional figure is drawn as %+v", l)
	}
	if at := pending.Points; !at[0].Empty || at[1].Empty || at[1].Look == nil || at[1].Look.Symbol != "" || at[2].Empty || at[2].Raw != 0.15 {
		t.Errorf("the pale line runs through %+v", at)
	}
	word, ok := said(p, "foreløbigt")
	x, y := p.At(2, 15)
	if !ok || word.Y > y || word.Y < y-20 || word.X < x-60 || word.X > x+60 {
		t.Errorf("the word stands at %v, the figure at %v, %v", word, x, y)
	}
	if name, ok := said(p, "Andel"); !ok || name.X < x+20 {
		t.Errorf("the name of the line stands at %v, the figure at %v", name.X, x)
	}
	if p := of(t, reports.Chart{Kind: "bar", X: "year", Time: "year"}, rated("year", []any{int64(2015), int64(2016)}, 1)); len(p.Figures) != 2 || !p.Figures[1].Look.Hollow || !p.Figures[0].Points[1].Empty {
		t.Errorf("a provisional bar is drawn as %+v", p.Figures)
	}
}

// Whole numbers along an axis are years only where the chart says so.
func TestIntegersAreNoYears(t *testing.T) {
	ages := []any{int64(0), int64(30), int64(365), int64(3650)}
	if p := of(t, reports.Chart{Kind: "line", X: "age_days"}, rated("age_days", ages, 0)); len(p.X.Places) != 4 {
		t.Errorf("ages have %d places, want 4", len(p.X.Places))
	}
	if p := of(t, reports.Chart{Kind: "line", X: "year", Time: "year"}, rated("year", []any{int64(2001), int64(2004)}, 0)); len(p.X.Places) != 4 {
		t.Errorf("years have %d places, want 4", len(p.X.Places))
	}
}

// Many bars are sorted and at most thirty; what is known by a number keeps its order, and more of it than that are columns.
func TestManyBars(t *testing.T) {
	var names, numbers []any
	for i := range 40 {
		names, numbers = append(names, fmt.Sprintf("Kommune %d", i)), append(numbers, int64(i))
	}
	p := of(t, reports.Chart{Kind: "bar", X: "municipality_name"}, rated("municipality_name", names, 0))
	if len(p.Y.Places) != MostBars || !slices.Equal(p.Notes, []string{"Figuren viser de 30 højeste af 40; resten står i tabellen."}) {
		t.Errorf("%d bars, notes %q", len(p.Y.Places), p.Notes)
	}
	if !slices.IsSortedFunc(p.Figures[0].Points, func(a, b Point) int { return int(1e6 * (b.X - a.X)) }) || p.Y.Places[0] != "Kommune 6" {
		t.Errorf("the first bar is %s, %v", p.Y.Places[0], p.Figures[0].Points)
	}
	// Municipality 6 has the highest rate: where it is not known which it is, it is no bar, and the sentence does not speak of it.
	unstated := slices.Clone(names)
	unstated[6] = nil
	p = of(t, reports.Chart{Kind: "bar", X: "municipality_name"}, rated("municipality_name", unstated, 0))
	if p.Y.Places[0] != "Kommune 13" || !slices.Equal(p.Notes, []string{"Figuren viser de 30 højeste af de 39 oplyste; resten står i tabellen."}) {
		t.Errorf("with an unknown one, the first bar is %s, notes %q", p.Y.Places[0], p.Notes)
	}
	if few := of(t, reports.Chart{Kind: "bar", X: "sex"}, rated("sex", names[:3], 0)); few.Y.Places[0] != "Kommune 0" || few.Height >= p.Height/4 {
		t.Errorf("three bars: the first is %s, %d pixels high", few.Y.Places[0], few.Height)
	}
	if p := of(t, reports.Chart{Kind: "bar", X: "age"}, rated("age", numbers, 0)); p.Form != Columns || len(p.X.Places) != 40 || p.X.Places[3] != "3" {
		t.Errorf("forty ages are %s with %d places", p.Form, len(p.X.Places))
	}
}

// Months stand in words, and labels at round times.
func TestMonthsInWords(t *testing.T) {
	var months []any
	for n := range 60 {
		months = append(months, fmt.Sprintf("%d-%02d", 2012+n/12, n%12+1))
	}
	p := of(t, reports.Chart{Kind: "line", X: "month", Time: "month"}, rated("month", months[2:], 0))
	for text, want := range map[string]bool{"jan. 2013": true, "jan. 2016": true, "mar. 2012": false, "2013-01": false} {
		if _, ok := said(p, text); ok != want {
			t.Errorf("%q on the axis: %v, want %v", text, ok, want)
		}
	}
}

// No word of a chart, wide or narrow, is cut at an edge of the drawing, and no head of a map is cut by its column.
func TestNothingIsCut(t *testing.T) {
	heads := []string{"Familiesammenføring", "Asyl", "Uledsagede mindreårige med særlige grunde", "Ukendt"}
	heat := reports.Table{Columns: []reports.Column{{Name: "row", Label: "row"}}}
	c := reports.Chart{Kind: "heat", X: "row", Axis: "Andel uden koblet CPR-nummer, pct."}
	for i, head := range heads {
		heat.Columns = append(heat.Columns, reports.Column{Name: head, Label: head, Unit: reports.UnitShare})
		c.Series = append(c.Series, reports.Series{Name: head, Column: head})
		row := reports.Row{Cells: []reports.Cell{{Value: "Statsborgerskab nr. " + strings.Repeat("x", 8*i)}}}
		for range heads {
			row.Cells = append(row.Cells, reports.Cell{Value: float64(i+1) / 10})
		}
		heat.Rows = append(heat.Rows, row)
	}
	bars := rated("name", []any{"Kort", "Statsborgere i lande uden for Norden, EU og EØS samt Schweiz"}, 0)
	series := []reports.Series{{Name: "Kun hvor et CPR-nummer må forventes", Column: "rate"}}
	line := reports.Chart{Kind: "line", X: "name", Axis: c.Axis, Series: series}
	bar := reports.Chart{Kind: "bar", X: "name", Axis: c.Axis, Series: series}
	for name, one := range map[string]struct {
		chart reports.Chart
		table reports.Table
	}{"heat": {c, heat}, "bar": {bar, bars}, "line": {line, bars}} {
		wide, _, err := Of(one.chart, one.table, reports.LocaleOf("da"))
		if err != nil {
			t.Fatal(err)
		}
		narrow, err := Narrow(one.chart, one.table, reports.LocaleOf("da"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range append(wide, narrow...) {
			for _, w := range p.Words {
				long := charWidth * float64(utf8.RuneCountInString(w.Text)) * float64(w.Size) / TextSize
				from := map[string]float64{"middle": w.X - long/2, "end": w.X - long}[w.Anchor]
				if w.Anchor != "middle" && w.Anchor != "end" {
					from = w.X
				}
				if from < -3 || from+long > float64(p.Width)+3 || w.Y < 8 || w.Y > float64(p.Height)+1 {
					t.Errorf("%s, %d wide: %q lies from %.0f to %.0f, %.0f down of %d", name, p.Width, w.Text, from, from+long, w.Y, p.Height)
				}
			}
		}
	}
}
