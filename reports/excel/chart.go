package excel

import (
	"fmt"
	"strings"

	"koblet/reports"
	"koblet/reports/charts"

	"github.com/xuri/excelize/v2"
)

// figure is a sheet with one native chart over a table's cells, or a small one a series.
func (b *book) figure(name string, s reports.Section, place tableSheet) error {
	name = b.name(name)
	if err := b.add(name, s.Title); err != nil {
		return err
	}
	if s.Chart.Kind == "line" {
		if err := b.file.SetColWidth(name, "A", "C", 22); err != nil {
			return err
		}
	}
	if err := b.across(name, 1, s.Title, cellStyle{bold: true, size: 14}); err != nil {
		return err
	}
	if err := b.across(name, 2, s.Alt, cellStyle{soft: true}); err != nil {
		return err
	}
	g := graph{section: s, place: place, sheet: name, rows: drawnRows(s)}
	if g.rows == 0 {
		return b.paper(name)
	}
	var err error
	switch s.Chart.Kind {
	case "multiples":
		err = b.panels(g)
	case "step":
		err = b.stepPanels(g)
	case "funnel":
		err = b.nativeFunnel(g)
	default:
		err = b.native(g)
	}
	if err != nil {
		return err
	}
	return b.paper(name, 1)
}

// graph is a chart being placed on a sheet: the section, its table's sheet and how many of its rows are drawn.
type graph struct {
	section reports.Section
	place   tableSheet
	sheet   string
	rows    int
}

// drawnRows counts the ordinary rows from the top that have a place along the axis.
func drawnRows(s reports.Section) int {
	at := s.Table.Index(s.Chart.X)
	n := 0
	for _, r := range s.Table.Rows {
		if at < 0 || r.Kind != reports.Ordinary || r.Cells[at].Value == nil {
			break
		}
		n++
	}
	return n
}

// cells is a column of the table as a chart names it.
func (g graph) cells(column string) (string, error) {
	i := g.section.Table.Index(column)
	if i < 0 {
		return "", fmt.Errorf("no column %q", column)
	}
	letter, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", quoted(g.place.name), letter, g.place.first, letter, g.place.first+g.rows-1), nil
}

func (b *book) native(g graph) error {
	c := g.section.Chart
	series, err := b.series(g, c.Series)
	if err != nil {
		return err
	}
	chart := b.chart(g, c.Series)
	chart.Series = series
	chart.Dimension = excelize.ChartDimension{Width: 1080, Height: 608}
	chart.Legend = excelize.ChartLegend{Position: "bottom", Font: chartFont()}
	switch c.Kind {
	case "line":
		chart.Type = excelize.Line
		published, err := b.publishedBlock(g)
		if err != nil {
			return err
		}
		chart.Series = append(chart.Series, published...)
	case "control":
		chart.Type = excelize.Line
		signals, err := b.signalBlock(g)
		if err != nil {
			return err
		}
		chart.Series = append(chart.Series, signals)
		chart.XAxis.TickLabelSkip = max(g.rows/20, 1)
	case "stack":
		chart.Type = excelize.ColStacked
		end := 1.0
		chart.YAxis.Maximum = &end
		chart.GapWidth, chart.Overlap = whole(28), overlaid()
	default:
		chart.Type = excelize.Bar
		chart.XAxis.ReverseOrder = true
		chart.YAxis.TickLabelPosition = excelize.ChartTickLabelHigh
		chart.PlotArea.ShowVal = true
		chart.GapWidth = whole(48)
		if len(series) == 1 {
			chart.Legend.Position = "none"
		}
	}
	return b.file.AddChart(g.sheet, "A4", chart)
}

func whole(n uint) *uint { return &n }
func overlaid() *int     { n := 100; return &n }

func chartFont() *excelize.Font { return &excelize.Font{Family: "Calibri", Size: 10, Color: "1A1A1A"} }

// chart is what all native charts share: titles of axes, pale lines, alt text, no border.
func (b *book) chart(g graph, series []reports.Series) *excelize.Chart {
	zero := 0.0
	format := "#,##0"
	if len(series) > 0 {
		if i := g.section.Table.Index(series[0].Column); i >= 0 && g.section.Table.Columns[i].Unit == reports.UnitShare {
			format = "0%"
		}
	}
	return &excelize.Chart{
		Format:     excelize.GraphicOptions{AltText: g.section.Alt, Name: g.sheet, OffsetX: 4, OffsetY: 4},
		VaryColors: new(bool),
		XAxis:      excelize.ChartAxis{Font: *chartFont()},
		YAxis: excelize.ChartAxis{MajorGridLines: true, Minimum: &zero, Font: *chartFont(), NumFmt: excelize.ChartNumFmt{CustomNumFmt: format},
			Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: g.section.Chart.Axis, Font: chartFont()}}}},
		ShowBlanksAs: "gap",
		Border:       excelize.LineOptions{Type: excelize.LineNone},
	}
}

func (b *book) series(g graph, list []reports.Series) ([]excelize.ChartSeries, error) {
	places, err := g.cells(g.section.Chart.X)
	if err != nil {
		return nil, err
	}
	var out []excelize.ChartSeries
	for i, s := range list {
		values, err := g.cells(s.Column)
		if err != nil {
			return nil, err
		}
		ink := strings.TrimPrefix(charts.Palette[i%len(charts.Palette)].Light, "#")
		fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{ink}}
		name, err := b.seriesName(g, i, s)
		if err != nil {
			return nil, err
		}
		one := excelize.ChartSeries{Name: name, Categories: places, Values: values, Fill: fill}
		if g.section.Chart.Kind == "line" || g.section.Chart.Kind == "multiples" {
			one.Line = excelize.LineOptions{Type: excelize.LineSolid, Width: 2, Dash: nativeDash(i), Fill: fill}
			one.Marker = excelize.ChartMarker{Symbol: []string{"circle", "square", "triangle", "star", "x", "plus"}[i%6], Size: 6, Fill: fill,
				Border: excelize.LineOptions{Type: excelize.LineSolid, Fill: fill}}
		}
		if g.section.Chart.Kind == "control" {
			one.Line, one.Marker = controlLine(i)
			one.Fill = one.Line.Fill
		}
		out = append(out, one)
	}
	return out, nil
}

// namesRow is where the names of a chart's series stand beneath it: a native chart takes names from cells. One series
// alone takes the head of its column.
const namesRow = 38

func (b *book) seriesName(g graph, i int, s reports.Series) (string, error) {
	sheet, column, row := g.sheet, 1, namesRow+1+i
	if g.section.Chart.Kind == "multiples" || len(g.section.Chart.Series) == 1 {
		sheet, column, row = g.place.name, g.section.Table.Index(s.Column)+1, headRow
	} else {
		if err := b.put(spot{sheet, 1, namesRow}, b.say.Word(wordSeries), cellStyle{bold: true}); err != nil {
			return "", err
		}
		if err := b.put(spot{sheet, column, row}, s.Name, cellStyle{}); err != nil {
			return "", err
		}
	}
	at, err := excelize.CoordinatesToCellName(column, row, true)
	return fmt.Sprintf("'%s'!%s", quoted(sheet), at), err
}

func nativeDash(i int) excelize.LineDashType {
	return []excelize.LineDashType{excelize.LineDashSolid, excelize.LineDashDash, excelize.LineDashSysDot}[i%3]
}

// publishedBlock sets the published figures beneath the chart, year by year, and draws them from there.
func (b *book) publishedBlock(g graph) ([]excelize.ChartSeries, error) {
	c := g.section.Chart
	if err := b.breaksBlock(g); err != nil || len(c.Published) == 0 {
		return nil, err
	}
	top := namesRow + len(c.Series) + 2
	if err := b.file.SetRowHeight(g.sheet, top, 31); err != nil {
		return nil, err
	}
	if err := b.put(spot{g.sheet, 1, top}, b.say.Word(wordPublished), cellStyle{bold: true, wrap: true}); err != nil {
		return nil, err
	}
	at := g.section.Table.Index(c.X)
	places, err := g.cells(c.X)
	if err != nil {
		return nil, err
	}
	var out []excelize.ChartSeries
	for k, p := range c.Published {
		if err := b.put(spot{g.sheet, k + 2, top}, p.Label, cellStyle{bold: true, wrap: true, right: true}); err != nil {
			return nil, err
		}
		for n := range g.rows {
			year := g.section.Table.Rows[n].Cells[at].Value
			if err := b.put(spot{g.sheet, 1, top + 1 + n}, year, cellStyle{format: "0"}); err != nil {
				return nil, err
			}
			if y, ok := year.(int64); ok && y >= p.From && y <= p.To {
				if err := b.put(spot{g.sheet, k + 2, top + 1 + n}, p.Value, cellStyle{format: "0%", right: true}); err != nil {
					return nil, err
				}
			}
		}
		letter, err := excelize.ColumnNumberToName(k + 2)
		if err != nil {
			return nil, err
		}
		name := fmt.Sprintf("'%s'!$%s$%d", quoted(g.sheet), letter, top)
		out = append(out, diamonds(name, places, fmt.Sprintf("'%s'!$%s$%d:$%s$%d", quoted(g.sheet), letter, top+1, letter, top+g.rows)))
	}
	return out, nil
}

func diamonds(name, places, values string) excelize.ChartSeries {
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{strings.TrimPrefix(charts.Ink.Light, "#")}}
	return excelize.ChartSeries{Name: name, Categories: places, Values: values, Fill: fill,
		Line:   excelize.LineOptions{Type: excelize.LineSolid, Width: 0.75, Fill: fill},
		Marker: excelize.ChartMarker{Symbol: "diamond", Size: 7, Fill: fill, Border: excelize.LineOptions{Type: excelize.LineSolid, Fill: fill}}}
}

// breaksBlock names the changes of law and practice beside the chart's table: a native chart has no line for a day.
func (b *book) breaksBlock(g graph) error {
	const top = 36
	var parts []string
	for _, at := range g.section.Chart.Breaks {
		parts = append(parts, b.say.ShortDay(at.Day)+" "+at.Label)
	}
	if len(parts) == 0 {
		return nil
	}
	return b.across(g.sheet, top, b.say.Word(wordBreaks)+" "+strings.Join(parts, " · "), cellStyle{soft: true})
}

// panels are small charts, three to a line, all on one scale unless each has its own.
func (b *book) panels(g graph) error {
	c := g.section.Chart
	highest, _ := charts.Top(charts.NewCanvas(*c, g.section.Table, b.say).Highest(c.Series...))
	end := highest / 100
	for i, s := range c.Series {
		series, err := b.series(g, []reports.Series{s})
		if err != nil {
			return err
		}
		chart := b.chart(g, c.Series)
		chart.Type, chart.Series = excelize.Line, series
		chart.Format.AltText, chart.Format.Name = s.Name+". "+g.section.Alt, fmt.Sprintf("%s %d", g.sheet, i+1)
		chart.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: s.Name, Font: &excelize.Font{Family: "Calibri", Size: 11, Bold: true, Color: "1A1A1A"}}}}
		chart.YAxis.Title = excelize.ChartTitle{}
		chart.Dimension = excelize.ChartDimension{Width: 380, Height: 250}
		chart.Legend = excelize.ChartLegend{Position: "none"}
		chart.XAxis.TickLabelSkip = max(g.rows/4, 1)
		if !c.OwnAxes {
			chart.YAxis.Maximum = &end
		} else {
			chart.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "0.0%"}
		}
		at, err := excelize.CoordinatesToCellName(1+(i%3)*6, 4+(i/3)*13)
		if err != nil {
			return err
		}
		if err := b.file.AddChart(g.sheet, at, chart); err != nil {
			return err
		}
	}
	return b.put(spot{g.sheet, 1, 3}, c.Axis, cellStyle{soft: true})
}
