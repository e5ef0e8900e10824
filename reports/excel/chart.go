package excel

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"koblet/reports"
	"koblet/reports/charts"
)

// figure is a sheet with a section's native charts, as large as on the page, and beneath them, as a table, the figures that they draw.
// A map of fields is coloured where its table stands: a workbook has no such chart.
func (b *book) figure(name string, s reports.Section, place tableSheet) error {
	pictures, layout, err := charts.Of(*s.Chart, s.Table, b.say)
	if err != nil {
		return err
	}
	if len(pictures) == 0 || len(pictures[0].Figures) == 0 {
		return nil
	}
	for i := range pictures {
		pictures[i] = pictures[i].PendingApart(b.say)
	}
	if pictures[0].Form == charts.Fields {
		return b.heatColours(s, place)
	}
	name = b.name(name)
	if err := b.add(name, s.Title); err != nil {
		return err
	}
	g := graph{section: s, sheet: name, pictures: pictures}
	for _, text := range []string{s.Said(), g.axisLine(b.say)} {
		g.said = append(g.said, broken(text, chartChars)...)
	}
	g.beside(layout)
	g.block = newBlock(s, pictures)
	if err := b.blockTable(g); err != nil {
		return err
	}
	for i := range pictures {
		if err := b.native(g, i); err != nil {
			return err
		}
	}
	for row, text := range append([]string{s.Title}, g.said...) {
		style := cellStyle{soft: true}
		if row == 0 {
			style = cellStyle{bold: true, size: 14}
		}
		if err := b.put(spot{name, 1, row + 1}, text, style); err != nil {
			return err
		}
	}
	return b.printed(g)
}

// printed sets what of a chart's sheet is printed, on one page: the words and the charts, as far right as both reach. Their figures stand in the
// table's own sheet too.
func (b *book) printed(g graph) error {
	right := titlePixels * utf8.RuneCountInString(g.section.Title)
	for i, at := range g.places {
		right = max(right, at[0]+g.pictures[i].Width)
	}
	column, _, err := b.columnAt(g.sheet, right)
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(column, g.head-1, true)
	if err != nil {
		return err
	}
	area := &excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: g.sheet, RefersTo: fmt.Sprintf("'%s'!$A$1:%s", quoted(g.sheet), last)}
	if err := b.file.SetDefinedName(area); err != nil {
		return err
	}
	return b.paper(g.sheet, 1, 1)
}

// titlePixels is how wide a letter of a title is.
const titlePixels = 9

// graph is a chart being placed on a sheet.
type graph struct {
	section  reports.Section
	sheet    string
	pictures []charts.Picture
	said     []string // the lines between title and charts
	places   [][2]int // of each picture, in pixels from the first cell beneath the head
	head     int      // the row of the block's head
	block    block
}

// chartChars is how many characters a line above the charts holds.
const chartChars = 150

// row is the row at whose upper edge the charts begin.
func (g *graph) row() int { return max(len(g.said)+3, 5) }

// beside sets the pictures beside each other as the page does, and the block beneath all of them.
func (g *graph) beside(layout charts.Layout) {
	across := map[charts.Layout]int{charts.Panels: 3, charts.Wide: 2}[layout]
	if across == 0 {
		across = 1
	}
	x, y, tallest := 0, 0, 0
	for i, p := range g.pictures {
		if i > 0 && i%across == 0 {
			x, y, tallest = 0, y+tallest+rowHigh, 0
		}
		g.places = append(g.places, [2]int{x, y})
		x, tallest = x+p.Width+14, max(tallest, g.height(i))
	}
	g.head = g.row() + (y+tallest)/rowHigh + 2
}

// height is a native chart's: its legend stands below, where the page names lines at their ends.
func (g *graph) height(i int) int {
	if g.legend(i) {
		return g.pictures[i].Height + 44
	}
	return g.pictures[i].Height
}

func (g *graph) legend(i int) bool {
	return g.pictures[i].Name == "" && len(g.pictures[i].Figures) > 1 && !slices.ContainsFunc(g.pictures[i].Figures, based)
}

// axisLine says what panels' axes show, and what the changes of law and practice are: a native chart has no line for a day.
func (g *graph) axisLine(l reports.Locale) string {
	out := charts.Notes(g.pictures...) // sentences with their stops
	if breaks := g.pictures[0].Breaks; len(breaks) > 0 {
		out = append(out, l.Word(wordBreaks)+" "+strings.Join(breaks, " · "))
	}
	text := strings.Join(out, " ")
	if g.pictures[0].Name != "" {
		return strings.TrimSuffix(g.section.Chart.Axis+" · "+text, " · ")
	}
	return text
}

// native draws one picture over its part of the block.
func (b *book) native(g graph, i int) error {
	p := g.pictures[i]
	chart := &excelize.Chart{
		Type:       excelize.Line,
		Format:     excelize.GraphicOptions{AltText: g.alt(i), Name: fmt.Sprintf("%s.%d", g.sheet, i+1)},
		Dimension:  excelize.ChartDimension{Width: uint(p.Width), Height: uint(g.height(i))}, //nolint:gosec // a size of ours
		Legend:     excelize.ChartLegend{Position: "none", Font: chartFont()},
		VaryColors: new(bool), ShowBlanksAs: "gap", Border: excelize.LineOptions{Type: excelize.LineNone},
	}
	if g.legend(i) {
		chart.Legend.Position = "bottom"
	}
	if p.Name != "" {
		chart.Title = title(p.Name, true)
	}
	b.axes(chart, p)
	if one, ok := g.stand(i); ok { // unseen beneath the others
		chart.Series = append(chart.Series, one)
	}
	for k, f := range p.Figures {
		if one, ok := g.series(i, k); ok {
			chart.Series = append(chart.Series, draw(one, p, f))
		}
	}
	if len(chart.Series) == 0 {
		return nil
	}
	cell, right, err := b.anchor(g, i)
	if err != nil {
		return err
	}
	chart.Format.OffsetX = right
	b.charts++
	if p.X.Log {
		b.powers[fmt.Sprintf("xl/charts/chart%d.xml", b.charts)] = true
	}
	return b.file.AddChart(g.sheet, cell, chart)
}

// rowHigh is how high the rows of a sheet are, in pixels.
const rowHigh = 20

// anchor is the cell that a chart hangs from, and how many pixels right of the cell's edge.
func (b *book) anchor(g graph, i int) (cell string, right int, err error) {
	column, right, err := b.columnAt(g.sheet, g.places[i][0]+2)
	if err != nil {
		return "", 0, err
	}
	cell, err = excelize.CoordinatesToCellName(column, g.row()+g.places[i][1]/rowHigh)
	return cell, right, err
}

// columnAt is the column in which a pixel lies, and how far within it.
func (b *book) columnAt(sheet string, x int) (column, within int, err error) {
	for column = 1; ; column++ {
		letter, err := excelize.ColumnNumberToName(column)
		if err != nil {
			return 0, 0, err
		}
		wide, err := b.file.GetColWidth(sheet, letter)
		if err != nil {
			return 0, 0, err
		}
		pixels := int(math.Round(wide * 7)) // the edges of the cell are within its width
		if x < pixels {
			return column, x, nil
		}
		x -= pixels
	}
}

// alt is the finding of a panel, or of the chart.
func (g *graph) alt(i int) string {
	if g.pictures[i].Finding != "" {
		return g.pictures[i].Finding
	}
	return g.section.Alt
}

// axes gives a chart its form and the ends of its scales, which are those of the page.
func (b *book) axes(chart *excelize.Chart, p charts.Picture) {
	value := func(a charts.Axis) excelize.ChartAxis {
		unit := 1.0
		if a.Share {
			unit = 100
		}
		low, high := a.Low/unit, a.High/unit
		out := excelize.ChartAxis{MajorGridLines: true, Minimum: &low, Maximum: &high, MajorUnit: a.Step / unit, Font: *chartFont(),
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: tickFormat(a)}, Title: title(a.Title, false)}
		return out
	}
	places := excelize.ChartAxis{Font: *chartFont()}
	switch {
	case p.Lying():
		chart.Type = excelize.Bar
		chart.XAxis, chart.YAxis = places, value(p.X)
		chart.XAxis.ReverseOrder = true
		if p.X.Low < 0 {
			chart.XAxis.TickLabelPosition = excelize.ChartTickLabelLow // else the words stand at nought, over the bars to its left
		}
		chart.YAxis.TickLabelPosition = excelize.ChartTickLabelHigh
		chart.PlotArea.ShowVal = true
		chart.PlotArea.NumFmt = excelize.ChartNumFmt{SourceLinked: true, CustomNumFmt: "General"}
		chart.GapWidth = whole(48)
		if stacked(p) {
			chart.Type, chart.Overlap, chart.PlotArea.ShowVal = excelize.BarStacked, overlaid(), false
		}
	case p.Form == charts.Columns:
		chart.Type = excelize.ColStacked
		chart.XAxis, chart.YAxis = places, value(p.Y)
		chart.GapWidth, chart.Overlap = whole(28), overlaid()
	case len(p.X.Places) == 0:
		chart.Type = excelize.Scatter
		chart.XAxis, chart.YAxis = value(p.X), value(p.Y)
		chart.XAxis.MajorGridLines = false
	default:
		chart.XAxis, chart.YAxis = places, value(p.Y)
	}
	if n := len(p.X.Places); n > 12 {
		chart.XAxis.TickLabelSkip = (n*64 + p.Width - 1) / p.Width
	}
}

// tickFormat writes numbers along an axis with the decimals that tell them apart.
func tickFormat(a charts.Axis) string {
	decimals := ""
	if a.Step > 0 {
		_, decimals, _ = strings.Cut(reports.LocaleOf("en").Tick(a.Step, a.Step), ".")
	}
	format := "0"
	if decimals != "" {
		format += "." + strings.Repeat("0", len(decimals))
	}
	switch {
	case a.Share:
		return format + "%"
	case decimals == "":
		return "#,##0"
	}
	return format
}

// stacked reports whether bars of several kinds share their places.
func stacked(p charts.Picture) bool {
	slots := 0
	for _, f := range p.Figures {
		slots = max(slots, f.Slot+1)
	}
	return slots == 1 && len(p.Figures) > 1
}

func title(text string, bold bool) excelize.ChartTitle {
	if text == "" {
		return excelize.ChartTitle{}
	}
	font := chartFont()
	if bold {
		font.Size, font.Bold = 11, true
	}
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: font}}}
}

func whole(n uint) *uint { return &n }
func overlaid() *int     { n := 100; return &n }

func chartFont() *excelize.Font { return &excelize.Font{Family: "Calibri", Size: 10, Color: "1A1A1A"} }

// filled is a colour as excelize takes it.
func filled(c charts.Colour) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{strings.TrimPrefix(c.Light, "#")}}
}

// pale is a colour on its way to the paper, as far as the page's provisional columns are.
func pale(c charts.Colour) charts.Colour {
	var ink, paper [3]int
	for i, colour := range []string{c.Light, charts.Paper.Light} {
		to := []*[3]int{&ink, &paper}[i]
		if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &to[0], &to[1], &to[2]); err != nil {
			return c
		}
	}
	const share = 45 // per cent of the ink
	mix := func(i int) int { return (share*ink[i] + (100-share)*paper[i]) / 100 }
	return charts.Colour{Light: fmt.Sprintf("#%02x%02x%02x", mix(0), mix(1), mix(2))}
}

// draw gives a series the look that it has on the page.
func draw(one excelize.ChartSeries, p charts.Picture, f charts.Figures) excelize.ChartSeries {
	one.Fill = filled(f.Look.Ink)
	if p.Lying() || p.Form == charts.Columns {
		if f.Look.Hollow {
			one.Fill = filled(charts.HeatSteps[1]) // a native bar has no outline: pale, where the page has it hollow
		}
		if f.Look.Pale {
			one.Fill = filled(pale(f.Look.Ink))
		}
		return one
	}
	one.Line = excelize.LineOptions{Type: excelize.LineNone}
	if f.Look.Width > 0 {
		dash := map[string]excelize.LineDashType{"dashed": excelize.LineDashDash, "dotted": excelize.LineDashSysDot}[f.Look.Dash]
		if dash == 0 {
			dash = excelize.LineDashSolid
		}
		one.Line = excelize.LineOptions{Type: excelize.LineSolid, Width: f.Look.Width, Dash: dash, Fill: one.Fill}
		if f.Look.Pale {
			one.Line.Width = f.Look.Width / 2
		}
	}
	one.Marker = excelize.ChartMarker{Symbol: "none"}
	if symbol := symbols[f.Look.Symbol]; symbol != "" {
		one.Marker = excelize.ChartMarker{Symbol: symbol, Size: max(min(f.Look.Size, 9), 3), Fill: one.Fill, Border: excelize.LineOptions{Type: excelize.LineSolid, Width: 1.5, Fill: one.Fill}}
		if f.Look.Hollow {
			one.Marker.Fill = filled(charts.Paper)
		}
	}
	return one
}

// symbols are Excel's names for the page's marks.
var symbols = map[string]string{"circle": "circle", "rect": "square", "triangle": "triangle", "roundRect": "star", "pin": "x", "arrow": "plus", "diamond": "diamond"}

// heatColours colours the cells of a heat map where they stand.
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
