package charts

import (
	"reflect"
	"testing"
	"unicode/utf8"

	"koblet/reports"
)

// An axis over time gives each year between its ends a place, but for years that stand alone long before all others: twenty
// years without a figure are drawn, more are not.
func TestAnAxisOverTimeBeginsWhereItsFiguresDo(t *testing.T) {
	for name, c := range map[string]struct {
		along  string
		times  []any
		places int
		left   []any
	}{
		"wrong days long before":    {"year", []any{nil, int64(1), int64(1753), int64(2010), int64(2012)}, 3, []any{int64(1), int64(1753)}},
		"a gap that is drawn":       {"year", []any{int64(1990), int64(2010)}, 21, nil},
		"a gap that is not":         {"year", []any{int64(1989), int64(2010)}, 1, []any{int64(1989)}},
		"months":                    {"month", []any{"0001-01", "2012-11", "2013-01"}, 3, []any{"0001-01"}},
		"one year, however early":   {"year", []any{int64(1)}, 1, nil},
		"a code beside the years":   {"year", []any{int64(1), "unknown", int64(2010)}, 3, nil},
		"whole numbers, no years":   {"", []any{int64(0), int64(3650)}, 2, nil},
		"the same year in two rows": {"year", []any{int64(1), int64(1), int64(2010)}, 1, []any{int64(1)}},
	} {
		table := reports.Table{Columns: []reports.Column{{Name: "year"}, {Name: "n", Unit: "permits"}}}
		for _, v := range c.times {
			table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: v}, {Value: int64(3)}}})
		}
		chart := reports.Chart{Kind: "line", X: "year", Time: c.along}
		if v := newCanvas(chart, table, reports.LocaleOf("da")); len(v.Rows) != c.places || len(v.labels) != c.places {
			t.Errorf("%s: %d places, want %d", name, len(v.Rows), c.places)
		}
		if left := chart.NotDrawn(table); !reflect.DeepEqual(left, c.left) {
			t.Errorf("%s: %v are not drawn, want %v", name, left, c.left)
		}
	}
}

// The numbers of the value axis find room left of the plot, however large what is counted is, in lines, in small panels and in columns.
func TestTheScaleFindsRoomAtTheLeft(t *testing.T) {
	for _, count := range []int64{7, 27_247, 270_000, 2_700_000} {
		table := reports.Table{Columns: []reports.Column{{Name: "year"}, {Name: "n", Unit: "permits"}, {Name: "m", Unit: "permits"}}}
		for year := range int64(3) {
			table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: 2014 + year}, {Value: count}, {Value: count}}})
		}
		for _, kind := range []string{"line", "multiples", "stack"} {
			chart := reports.Chart{Kind: kind, X: "year", Time: "year", Series: []reports.Series{{Name: "n", Column: "n"}, {Name: "m", Column: "m"}}}
			pictures, _, err := Of(chart, table, reports.LocaleOf("da"))
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range pictures {
				for _, w := range p.Words {
					if long := figureWidth * float64(utf8.RuneCountInString(w.Text)*w.Size) / TextSize; w.Anchor == "end" && w.X < long {
						t.Errorf("%s of %d: %q begins %.0f pixels left of the drawing", kind, count, w.Text, long-w.X)
					}
				}
			}
		}
	}
}

// A chart that begins where a register does leaves out what lies before, says so, and has the scale of the rest.
func TestAChartBeginsWhereItIsTold(t *testing.T) {
	for begins, want := range map[int64]struct {
		first string
		high  float64
		notes int
	}{0: {"1995", 100, 0}, 1997: {"1997", 20, 1}, 1995: {"1995", 100, 0}} {
		table := reports.Table{Columns: []reports.Column{{Name: "year"}, {Name: "rate", Unit: reports.UnitShare}}}
		for i, rate := range []float64{1, 1, 0.17, 0.16, 0.15} {
			table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: int64(1995 + i)}, {Value: rate}}})
		}
		p := of(t, reports.Chart{Kind: "line", X: "year", Time: "year", Begins: begins}, table)
		if p.X.Places[0] != want.first || p.Y.High != want.high || len(p.Notes) != want.notes {
			t.Errorf("from %d: it begins at %s, ends at %v and says %q; want %+v", begins, p.X.Places[0], p.Y.High, p.Notes, want)
		}
	}
}
