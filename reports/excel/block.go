package excel

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"koblet/reports"
	"koblet/reports/charts"
)

// block is the table beneath a sheet's charts: the figures as they are drawn, provisional ones in a column of their own, a step of a
// curve as two rows. A native chart can only draw cells.
type block struct {
	columns []blockColumn
	rows    [][]any
	parts   []blockPart // where each picture's figures stand
}

type blockColumn struct {
	head, unit string
	unseen     bool // what bars stand on
}

// blockPart is where a picture's figures stand: its rows, the column of its places, those of its figures, and of what these stand on.
type blockPart struct {
	first, rows, along int
	columns            []int
	base               int // -1 where bars begin at nought
}

// newBlock lays the figures of a chart's pictures out: side by side where they share their places, else beneath each other.
func newBlock(s reports.Section, pictures []charts.Picture) block {
	var b block
	head := ""
	if i := s.Table.Index(s.Chart.X); i >= 0 {
		head = s.Table.Columns[i].Label
	}
	if len(pictures[0].X.Places) > 0 || pictures[0].Lying() {
		b.places(pictures, head)
	} else {
		b.scale(s, pictures)
	}
	b.rename()
	return b
}

// places gives each place a row and each column of figures a column.
func (b *block) places(pictures []charts.Picture, head string) {
	b.columns = []blockColumn{{head: head}}
	names := pictures[0].X.Places
	if pictures[0].Lying() {
		names = pictures[0].Y.Places
	}
	for place, name := range names {
		if pictures[0].Form == charts.Bars && stacked(pictures[0]) { // bars on top of each other have no room for their figures
			name += " · " + labelAt(pictures[0], place)
		}
		b.rows = append(b.rows, []any{name})
	}
	for _, p := range pictures {
		part := blockPart{rows: len(names), base: -1}
		for _, f := range p.Figures {
			if based(f) {
				part.base = b.add(blockColumn{unseen: true}, f, func(at charts.Point) any { return at.Base })
			}
			part.columns = append(part.columns, b.add(blockColumn{head: f.Name, unit: f.Unit}, f, func(at charts.Point) any { return at.Raw }))
		}
		b.parts = append(b.parts, part)
	}
}

// labelAt is the figure of the one bar at a place.
func labelAt(p charts.Picture, place int) string {
	for _, f := range p.Figures {
		if !f.Points[place].Empty {
			return f.Points[place].Label
		}
	}
	return reports.Dash
}

func (b *block) add(c blockColumn, f charts.Figures, value func(charts.Point) any) int {
	b.columns = append(b.columns, c)
	for i, at := range f.Points {
		var v any
		if !at.Empty {
			v = value(at)
		}
		b.rows[i] = append(b.rows[i], v)
	}
	return len(b.columns) - 1
}

// scale gives each point a row: what it is of, where it stands along the scale, and its figure in the column of its kind. Curves share rows
// with the points that they run through.
func (b *block) scale(s reports.Section, pictures []charts.Picture) {
	b.columns = []blockColumn{{head: label(s.Table, s.Chart.By)}, {head: label(s.Table, s.Chart.X), unit: unit(s.Table, s.Chart.X)}}
	for _, p := range pictures {
		part := blockPart{first: len(b.rows), along: 1, base: -1}
		for k, f := range p.Figures {
			if len(b.parts) == 0 {
				b.columns = append(b.columns, blockColumn{head: f.Name, unit: f.Unit})
			}
			part.columns = append(part.columns, 2+k)
		}
		b.points(p, part)
		part.rows = len(b.rows) - part.first
		b.parts = append(b.parts, part)
	}
}

// points writes the rows of one picture, whose figures all have a point at the same places along the scale. Where a curve changes in steps,
// the height before the step stands in a row of its own.
func (b *block) points(p charts.Picture, part blockPart) {
	for i, at := range p.Figures[0].Points {
		now, before := make([]any, 2+len(p.Figures)), make([]any, 2+len(p.Figures))
		now[0], now[1] = p.Name, at.X
		copy(before, now)
		stepped := false
		for k, f := range p.Figures {
			if f.Points[i].Label != "" {
				now[0] = f.Points[i].Label
			}
			if !f.Points[i].Empty {
				now[part.columns[k]] = f.Points[i].Raw
			}
			if f.Step && i > 0 && !f.Points[i-1].Empty {
				before[part.columns[k]], stepped = f.Points[i-1].Raw, true
			}
		}
		if stepped {
			b.rows = append(b.rows, before)
		}
		b.rows = append(b.rows, now)
	}
}

// based reports whether bars begin elsewhere than at nought.
func based(f charts.Figures) bool {
	for _, at := range f.Points {
		if at.Base != 0 {
			return true
		}
	}
	return false
}

func label(t reports.Table, column string) string {
	if i := t.Index(column); i >= 0 {
		return t.Columns[i].Label
	}
	return column
}

func unit(t reports.Table, column string) string {
	if i := t.Index(column); i >= 0 {
		return t.Columns[i].Unit
	}
	return ""
}

// rename gives each head a name of its own, as a table of a workbook needs.
func (b *block) rename() {
	seen := map[string]int{}
	for i := range b.columns {
		c := &b.columns[i]
		if c.unseen {
			c.head = "–"
		}
		if seen[c.head]++; seen[c.head] > 1 {
			c.head = fmt.Sprintf("%s (%d)", c.head, seen[c.head])
		}
	}
}

// blockTable writes the block and makes a table of it.
func (b *book) blockTable(g graph) error {
	for i, c := range g.block.columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(g.sheet, letter, letter, g.block.wide(i)); err != nil {
			return err
		}
		if err := b.put(spot{g.sheet, i + 1, g.head}, c.head, cellStyle{bold: true, head: true, wrap: true, right: i > 0}); err != nil {
			return err
		}
	}
	if err := b.file.SetRowHeight(g.sheet, g.head, 62); err != nil {
		return err
	}
	for n, cells := range g.block.rows {
		for i, v := range cells {
			if v == nil {
				continue
			}
			c := g.block.columns[i]
			style := cellStyle{right: i > 0}
			if _, text := v.(string); !text {
				style.format = b.numberFormat(reports.Cell{Value: v}, c.unit)
			}
			if c.unseen {
				style.format = ";;;" // what bars stand on has no figure to show
			}
			if err := b.put(spot{g.sheet, i + 1, g.head + 1 + n}, v, style); err != nil {
				return err
			}
		}
	}
	return b.list(g.sheet, g.head, [2]int{len(g.block.columns), len(g.block.rows)})
}

// wide fits the longest word of a column's head, and the words that stand in it.
func (b *block) wide(i int) float64 {
	longest := 9
	for _, word := range strings.Fields(b.columns[i].head) {
		longest = max(longest, utf8.RuneCountInString(word)+3)
	}
	for _, cells := range b.rows {
		if text, ok := cells[i].(string); ok {
			longest = max(longest, utf8.RuneCountInString(text)+1)
		}
	}
	return float64(min(longest, 44))
}

// list makes a table of a head and the rows beneath it, so that it has a name, can be filtered, and is announced as one.
func (b *book) list(sheet string, head int, size [2]int) error {
	if size[1] == 0 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(size[0], head+size[1])
	if err != nil {
		return err
	}
	b.lists++
	return b.file.AddTable(sheet, &excelize.Table{Range: fmt.Sprintf("A%d:%s", head, last), Name: fmt.Sprintf("%s_%d", b.say.Word(reports.WordTable), b.lists), ShowRowStripes: new(bool)})
}

// series are the cells of a picture's figures; of what bars stand on first, since they lie on it. It is false where there is no row.
func (g *graph) series(i, k int) (excelize.ChartSeries, bool) {
	part := g.block.parts[i]
	if part.rows == 0 {
		return excelize.ChartSeries{}, false
	}
	top := g.head + 1 + part.first
	cells := func(column int) string {
		letter, _ := excelize.ColumnNumberToName(column + 1)
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", quoted(g.sheet), letter, top, letter, top+part.rows-1)
	}
	letter, _ := excelize.ColumnNumberToName(part.columns[k] + 1)
	return excelize.ChartSeries{Name: fmt.Sprintf("'%s'!$%s$%d", quoted(g.sheet), letter, g.head), Categories: cells(part.along), Values: cells(part.columns[k])}, true
}

// stand is the unseen series that a picture's bars stand on; false where they begin at nought.
func (g *graph) stand(i int) (excelize.ChartSeries, bool) {
	part := g.block.parts[i]
	if part.base < 0 || part.rows == 0 {
		return excelize.ChartSeries{}, false
	}
	own := g.block.parts[i]
	own.columns = []int{part.base}
	with := *g
	with.block.parts = []blockPart{own}
	one, _ := with.series(0, 0)
	one.Fill = excelize.Fill{Type: "pattern", Pattern: 0}
	return one, true
}
