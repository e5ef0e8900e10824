package charts

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"koblet/reports"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Sizes in pixels. A chart is 16:9; panels of small multiples share its width three to a line.
const (
	chartWidth, chartHeight = 1080, 608
	panelWidth, panelHeight = 344, 236
	fontSize                = 13
	fontFamily              = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
	charWidth               = 6.9 // mean advance of a letter at fontSize, generous, for placing labels
	lineHeight              = 18
)

// Drawing is one chart or panel, ready for the script: an option of plain data, without functions, and its size.
type Drawing struct {
	Width  int             `json:"width"`
	Height int             `json:"height"`
	Option json.RawMessage `json:"option"`
	Unit   string          `json:"unit"` // what stands after the numbers of the value axis
	Panel  string          `json:"-"`
}

// Draw makes the drawings of a chart: one, or one a series for small multiples.
func Draw(c reports.Chart, t reports.Table, l reports.Locale) ([]Drawing, error) {
	Canvas := NewCanvas(c, t, l)
	var drawings []Drawing
	switch c.Kind {
	case "multiples":
		drawings = Canvas.multiples()
	case "line":
		drawings = []Drawing{Canvas.line()}
	case "stack":
		drawings = []Drawing{Canvas.stack()}
	case "bar":
		drawings = []Drawing{Canvas.bars()}
	case "control":
		drawings = []Drawing{Canvas.control()}
	case "heat":
		drawings = []Drawing{Canvas.heat()}
	case "funnel":
		drawings = []Drawing{Canvas.funnel()}
	case "step":
		drawings = Canvas.steps()
	case "waterfall":
		drawings = []Drawing{Canvas.waterfall()}
	default:
		return nil, fmt.Errorf("chart: unknown kind %q", c.Kind)
	}
	for _, d := range drawings {
		if d.Option == nil {
			return nil, fmt.Errorf("chart %s: an option that is no JSON", c.Kind)
		}
	}
	return drawings, nil
}

// Canvas holds a chart's table as positions along an axis.
type Canvas struct {
	reports.Chart
	say    reports.Locale
	Table  reports.Table
	labels []string      // along the axis
	Rows   []reports.Row // the row at each place; empty cells where the axis has a place without a row
	years  bool          // the axis is one of years, without gaps
	months bool          // the axis is one of months such as 2013-05, without gaps
	first  int64         // its first year, or the first month counted from the year 0
}

// NewCanvas gives each row that a chart draws its place along the axis.
func NewCanvas(c reports.Chart, t reports.Table, l reports.Locale) Canvas {
	v := Canvas{Chart: c, say: l, Table: t}
	at := t.Index(c.X)
	if at < 0 {
		return v
	}
	var rows []reports.Row
	v.years, v.months = true, true
	for _, r := range t.Rows {
		if r.Kind != reports.Ordinary {
			continue
		}
		_, year := r.Cells[at].Value.(int64)
		if r.Cells[at].Value == nil {
			continue // an unknown year has no place on an axis
		}
		_, month := reports.MonthNumber(r.Cells[at].Value)
		v.years, v.months = v.years && year, v.months && month
		rows = append(rows, r)
	}
	v.years, v.months = v.years && len(rows) > 0 && c.By == "", v.months && len(rows) > 0
	if v.years || v.months {
		v.overTime(rows, at)
		return v
	}
	for _, r := range rows {
		v.labels = append(v.labels, l.Bare(r.Cells[at], t.Columns[at].Unit))
		v.Rows = append(v.Rows, r)
	}
	return v
}

// overTime gives every year or month between the first and the last its place, so that distances along the axis are true. What
// stands alone long before all others has none.
func (v *Canvas) overTime(rows []reports.Row, at int) {
	by := map[int64]reports.Row{}
	var times []int64
	for _, r := range rows {
		n, _ := reports.TimeNumber(r.Cells[at].Value)
		by[n] = r
		times = append(times, n)
	}
	slices.Sort(times)
	v.first = times[reports.AxisBegins(times, v.months)]
	for n := v.first; n <= times[len(times)-1]; n++ {
		label := fmt.Sprint(n)
		if v.months {
			label = fmt.Sprintf("%04d-%02d", n/12, n%12+1)
		}
		v.labels = append(v.labels, label)
		v.Rows = append(v.Rows, by[n])
	}
}

// CellAt is the cell of a column at a place along the axis.
func (v Canvas) CellAt(place int, column string) reports.Cell {
	i := v.Table.Index(column)
	if i < 0 || i >= len(v.Rows[place].Cells) {
		return reports.Cell{}
	}
	return v.Rows[place].Cells[i]
}

// size is the coordinate of a cell: a share in per cent, a count as it is; false where there is nothing to draw.
func (v Canvas) size(c reports.Cell, column string) (float64, bool) {
	if c.Mark == reports.Hidden {
		return 0, false
	}
	switch x := c.Value.(type) {
	case int64:
		return float64(x), true
	case float64:
		if v.share(column) {
			return math.Round(x*1e8) / 1e6, true
		}
		return x, true
	}
	return 0, false
}

func (v Canvas) share(column string) bool {
	i := v.Table.Index(column)
	return i >= 0 && v.Table.Columns[i].Unit == reports.UnitShare
}

// text is what stands for a value beside its mark.
func (v Canvas) text(c reports.Cell, column string) string {
	i := v.Table.Index(column)
	if i < 0 {
		return reports.Dash
	}
	text := v.say.Cell(c, v.Table.Columns[i].Unit)
	if v.share(column) && c.Value != nil && c.Mark != reports.Hidden {
		text += " " + v.say.Unit(reports.UnitShare)
	}
	return text
}

// provisional reports whether the row at a place is not settled.
func (v Canvas) provisional(place int) bool {
	for _, c := range v.Rows[place].Cells {
		if c.Mark == reports.Provisional {
			return true
		}
	}
	return false
}

// position is where a day stands along an axis of years or months: the year 1997 is drawn at its middle.
func (v Canvas) position(day time.Time) float64 {
	if v.months {
		days := float64(time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day())
		return float64(int64(day.Year())*12+int64(day.Month())-1-v.first) - 0.5 + float64(day.Day()-1)/days
	}
	days := float64(time.Date(day.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay())
	return float64(int64(day.Year())-v.first) - 0.5 + float64(day.YearDay()-1)/days
}

// Top is the round number an axis ends at, and the distance of its lines.
func Top(highest float64) (end, step float64) {
	if highest <= 0 {
		return 1, 1
	}
	raw := highest / 5
	scale := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if step = m * scale; step >= raw {
			break
		}
	}
	return math.Ceil(highest/step-1e-9) * step, step
}

// Highest is the greatest value that has to find room, intervals and published figures among them.
func (v Canvas) Highest(series ...reports.Series) float64 {
	most := 0.0
	for place := range v.Rows {
		for _, s := range series {
			for _, column := range []string{s.Column, s.High} {
				if x, ok := v.size(v.CellAt(place, column), column); ok {
					most = max(most, x)
				}
			}
		}
	}
	return most
}

// width guesses how wide a text is drawn.
func width(text string) float64 { return charWidth * float64(utf8.RuneCountInString(text)) }

// finish turns a go-echarts chart into a drawing. What go-echarts does not model (clipping, silence, places of names,
// marks along a value axis) is added as plain data in its own hook for that.
func (v Canvas) finish(chart *charts.RectChart, x extras) Drawing {
	chart.Animation = opts.Bool(false)
	chart.Accept(x)
	chart.Validate()
	text, err := json.Marshal(chart.JSON())
	if err != nil {
		return Drawing{}
	}
	d := Drawing{Width: x.width, Height: x.height, Option: text, Panel: x.panel}
	if len(v.Series) > 0 && v.share(v.Series[0].Column) {
		d.Unit = v.say.Unit(reports.UnitShare)
	}
	return d
}

// extras is go-echarts' hook for options that it has no field for.
type extras struct {
	charts.BaseConfigurationVisitor
	width, height int
	panel         string
	grid          map[string]any
	xAxis, yAxis  []map[string]any // laid over the axes, in order
	series        []map[string]any // added after the chart's own
}

// Visit lays the extras over the option.
func (x extras) Visit(option map[string]any) {
	delete(option, "toolbox")
	option["grid"] = x.grid
	option["textStyle"] = map[string]any{"fontFamily": fontFamily, "fontSize": fontSize, "color": Ink.Light}
	for _, axis := range []string{"xAxis", "yAxis"} {
		list, _ := plain(option[axis]).([]any)
		over := x.xAxis
		if axis == "yAxis" {
			over = x.yAxis
		}
		for i, m := range over {
			if i < len(list) {
				merge(list[i].(map[string]any), m)
			} else {
				list = append(list, any(m))
			}
		}
		option[axis] = list
	}
	list, _ := plain(option["series"]).([]any)
	for _, s := range list {
		quiet(s.(map[string]any))
	}
	for _, s := range x.series {
		list = append(list, any(s))
	}
	option["series"] = list
}

// quiet takes the emphasis off bands, keeps lines from being cut at the edge of the plot, and fills hollow points with the
// paper's colour, which the night turns over; the script's own hollow symbols are white for good.
func quiet(series map[string]any) {
	series["clip"] = false
	if series["type"] == "line" && series["showSymbol"] == true {
		series["showAllSymbol"] = true // by itself the script draws marks only where the axis has a label
	}
	if id, _ := series["id"].(string); strings.HasPrefix(id, "band") || strings.HasPrefix(id, "base") {
		series["silent"] = true
		series["z"] = 1
	}
	points, _ := series["data"].([]any)
	for _, p := range points {
		point, _ := p.(map[string]any)
		symbol, _ := point["symbol"].(string)
		shown, signal := strings.CutPrefix(symbol, signalMark)
		shape, hollow := strings.CutPrefix(shown, hollowMark)
		Colour := series["color"]
		if signal {
			Colour = Palette[2].Light
			point["itemStyle"] = map[string]any{"color": Colour}
		}
		if hollow {
			point["itemStyle"] = map[string]any{"color": Paper.Light, "borderColor": Colour, "borderWidth": 2}
		}
		if signal || hollow {
			point["symbol"] = shape
		}
	}
}

// plain turns go-echarts' structs into maps and lists.
func plain(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	var out any
	if json.Unmarshal(text, &out) != nil {
		return nil
	}
	return out
}

func merge(into, from map[string]any) {
	for k, v := range from {
		if m, ok := v.(map[string]any); ok {
			if old, ok := into[k].(map[string]any); ok {
				merge(old, m)
				continue
			}
		}
		into[k] = v
	}
}
