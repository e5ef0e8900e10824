package excel

import (
	"fmt"
	"strings"

	"koblet/reports"
	"koblet/reports/charts"

	"github.com/xuri/excelize/v2"
)

// filled is a colour as excelize takes it.
func filled(c string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{strings.TrimPrefix(c, "#")}}
}

// controlLine is how a series of a control chart is drawn: the figures with marks, its centre line and limits without.
func controlLine(i int) (excelize.LineOptions, excelize.ChartMarker) {
	if i == 0 {
		fill := filled(charts.Palette[0].Light)
		return excelize.LineOptions{Type: excelize.LineSolid, Width: 1.25, Fill: fill},
			excelize.ChartMarker{Symbol: "circle", Size: 4, Fill: fill, Border: excelize.LineOptions{Type: excelize.LineSolid, Fill: fill}}
	}
	dash := excelize.LineDashSolid
	if i > 1 {
		dash = excelize.LineDashDash
	}
	return excelize.LineOptions{Type: excelize.LineSolid, Width: 1, Dash: dash, Fill: filled(charts.Secondary.Light)}, excelize.ChartMarker{Symbol: "none"}
}

// marks draws a series as points without a line.
func marks(s excelize.ChartSeries, symbol string, c charts.Colour) excelize.ChartSeries {
	s.Fill, s.Line = filled(c.Light), excelize.LineOptions{Type: excelize.LineNone}
	s.Marker = excelize.ChartMarker{Symbol: symbol, Size: 8, Fill: s.Fill, Border: excelize.LineOptions{Type: excelize.LineSolid, Fill: s.Fill}}
	return s
}

// signalBlock sets the figures that are signals beneath the chart, month by month, and draws them from there.
func (b *book) signalBlock(g graph) (excelize.ChartSeries, error) {
	c, t := g.section.Chart, g.section.Table
	if err := b.breaksBlock(g); err != nil {
		return excelize.ChartSeries{}, err
	}
	top := namesRow + len(c.Series) + 2
	place, signal, rate := t.Index(c.X), t.Index("signal"), t.Index(c.Series[0].Column)
	if signal < 0 || rate < 0 {
		return excelize.ChartSeries{}, fmt.Errorf("chart control: no column signal or %s", c.Series[0].Column)
	}
	head := []any{t.Columns[place].Label, t.Columns[signal].Label}
	for i, text := range head {
		if err := b.put(spot{g.sheet, i + 1, top}, text, cellStyle{bold: true, right: i > 0}); err != nil {
			return excelize.ChartSeries{}, err
		}
	}
	for n := range g.rows {
		cells := t.Rows[n].Cells
		if err := b.put(spot{g.sheet, 1, top + 1 + n}, cells[place].Value, cellStyle{}); err != nil {
			return excelize.ChartSeries{}, err
		}
		if code, _ := cells[signal].Value.(string); code != "" && code != "none" && cells[rate].Mark != reports.Hidden {
			if err := b.put(spot{g.sheet, 2, top + 1 + n}, cells[rate].Value, cellStyle{format: "0.0%", right: true}); err != nil {
				return excelize.ChartSeries{}, err
			}
		}
	}
	at := func(column string) string {
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", quoted(g.sheet), column, top+1, column, top+g.rows)
	}
	return marks(excelize.ChartSeries{Name: fmt.Sprintf("'%s'!$B$%d", quoted(g.sheet), top), Categories: at("A"), Values: at("B")}, "diamond", charts.Palette[2]), nil
}

// stepPanels are small charts, one a value of the column that tells the curves apart, two to a line and on one scale.
func (b *book) stepPanels(g graph) error {
	c := g.section.Chart
	v := charts.NewCanvas(*c, g.section.Table, b.say)
	highest, _ := charts.Top(v.Highest(c.Series...))
	end, first := highest/100, g.place.first
	for i, panel := range v.ByPanel() {
		g.place.first, g.rows = first, len(panel.Rows)
		first += len(panel.Rows)
		series, err := b.series(g, c.Series)
		if err != nil {
			return err
		}
		series[0].Line, series[0].Marker = controlLine(0)
		chart := b.chart(g, c.Series)
		chart.Type, chart.Series = excelize.Line, series
		chart.Format.AltText, chart.Format.Name = panel.Name+". "+g.section.Alt, fmt.Sprintf("%s %d", g.sheet, i+1)
		chart.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: panel.Name, Font: &excelize.Font{Family: "Calibri", Size: 11, Bold: true, Color: "1A1A1A"}}}}
		chart.YAxis.Title = excelize.ChartTitle{}
		chart.YAxis.Maximum = &end
		chart.Dimension = excelize.ChartDimension{Width: 520, Height: 260}
		chart.Legend = excelize.ChartLegend{Position: "none"}
		at, err := excelize.CoordinatesToCellName(1+(i%2)*8, 4+(i/2)*14)
		if err != nil {
			return err
		}
		if err := b.file.AddChart(g.sheet, at, chart); err != nil {
			return err
		}
	}
	return b.put(spot{g.sheet, 1, 3}, c.Axis, cellStyle{soft: true})
}

// nativeFunnel sets the points and limits beneath the chart in order of the number judged, since curves need that order, and
// draws them from there.
func (b *book) nativeFunnel(g graph) error {
	c := g.section.Chart
	v := charts.NewCanvas(*c, g.section.Table, b.say)
	points := v.FunnelPoints()
	if len(points) == 0 {
		return nil
	}
	heads, err := b.funnelBlock(g, v, points)
	if err != nil {
		return err
	}
	at := func(column int) string {
		letter, _ := excelize.ColumnNumberToName(column) // columns are counted from 1 here
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", quoted(g.sheet), letter, namesRow+1, letter, namesRow+len(points))
	}
	name := func(column int) string {
		letter, _ := excelize.ColumnNumberToName(column)
		return fmt.Sprintf("'%s'!$%s$%d", quoted(g.sheet), letter, namesRow)
	}
	chart := b.chart(g, c.Series)
	chart.Type = excelize.Scatter
	chart.Dimension = excelize.ChartDimension{Width: 1080, Height: 608}
	chart.Legend = excelize.ChartLegend{Position: "bottom", Font: chartFont()}
	chart.XAxis.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: b.say.Word(charts.WordJudged), Font: chartFont()}}}
	symbols := []string{"circle", "triangle", "diamond"}
	for k, look := range charts.FunnelLooks {
		chart.Series = append(chart.Series, marks(excelize.ChartSeries{Name: name(3 + k), Categories: at(2), Values: at(3 + k)}, symbols[k], charts.Palette[look.Ink]))
	}
	for k := range heads - 5 {
		line := excelize.LineOptions{Type: excelize.LineSolid, Width: 1, Dash: nativeDash((k + 1) / 2), Fill: filled(charts.Ink.Light)}
		chart.Series = append(chart.Series, excelize.ChartSeries{Name: name(6 + k), Categories: at(2), Values: at(6 + k), Fill: filled(charts.Ink.Light), Line: line,
			Marker: excelize.ChartMarker{Symbol: "none"}})
	}
	return b.file.AddChart(g.sheet, "A4", chart)
}

// funnelBlock writes the block and gives how many columns it has: name, number judged, the three kinds of points, the limits.
func (b *book) funnelBlock(g graph, v charts.Canvas, points []charts.FunnelPoint) (int, error) {
	label := func(column string) string { return v.Table.Columns[v.Table.Index(column)].Label }
	heads := []string{label(v.By), label(v.X)}
	for _, word := range charts.FunnelWords {
		heads = append(heads, b.say.Word(word))
	}
	for _, s := range v.Series[1:] {
		heads = append(heads, label(s.Column))
	}
	if err := b.file.SetRowHeight(g.sheet, namesRow, 31); err != nil {
		return 0, err
	}
	for i, text := range heads {
		if err := b.put(spot{g.sheet, i + 1, namesRow}, text, cellStyle{bold: true, wrap: true, right: i > 0}); err != nil {
			return 0, err
		}
	}
	for n, p := range points {
		values := make([]any, len(heads))
		values[0], values[1] = b.say.Bare(v.CellAt(p.Place, v.By), ""), v.CellAt(p.Place, v.X).Value
		values[2+p.Look] = v.CellAt(p.Place, v.Series[0].Column).Value
		for k, s := range v.Series[1:] {
			values[5+k] = v.CellAt(p.Place, s.Column).Value
		}
		for i, value := range values {
			style := cellStyle{format: map[int]string{0: "", 1: "#,##0"}[i], right: i > 0}
			if i > 1 {
				style.format = "0.0%"
			}
			if value == nil {
				continue
			}
			if err := b.put(spot{g.sheet, i + 1, namesRow + 1 + n}, value, style); err != nil {
				return 0, err
			}
		}
	}
	return len(heads), nil
}

// heatColours colours the cells of a heat map where they stand: a workbook has no such chart.
func (b *book) heatColours(s reports.Section, place tableSheet) error {
	first, last := s.Table.Index(s.Chart.Series[0].Column), s.Table.Index(s.Chart.Series[len(s.Chart.Series)-1].Column)
	from, err := excelize.CoordinatesToCellName(first+1, place.first)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(last+1, place.first+len(s.Table.Rows)-1)
	if err != nil {
		return err
	}
	return b.file.SetConditionalFormat(place.name, from+":"+to, []excelize.ConditionalFormatOptions{{
		Type: "2_color_scale", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", MinColor: charts.Paper.Light, MaxColor: charts.HeatSteps[2].Light}})
}
