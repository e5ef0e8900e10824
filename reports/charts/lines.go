package charts

import (
	"fmt"
	"slices"
	"strings"

	"koblet/reports"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// frame is the plot inside a drawing, in pixels, and the value at its upper edge.
type frame struct {
	left, top, right, bottom int
	width, height            int
	end, step                float64
}

func (f frame) plotWidth() float64  { return float64(f.width - f.left - f.right) }
func (f frame) plotHeight() float64 { return float64(f.height - f.top - f.bottom) }
func (f frame) grid() map[string]any {
	return map[string]any{"left": f.left, "top": f.top, "right": f.right, "bottom": f.bottom}
}

// line draws series over time: bands of the intervals, breaks of law, published figures, labels at the ends.
func (v Canvas) line() Drawing {
	breaks, rows := v.placeBreaks(frame{left: 48, right: v.endRoom(), width: chartWidth})
	f := frame{left: 48, right: v.endRoom(), top: 34 + rows*lineHeight, bottom: 34, width: chartWidth, height: chartHeight}
	most := v.Highest(v.Series...)
	for _, p := range v.Published {
		most = max(most, 100*p.Value)
	}
	f.end, f.step = Top(most)
	chart := charts.NewLine()
	chart.SetXAxis(v.labels)
	pointed(&chart.RectChart, "axis")
	for i, s := range v.Series {
		v.addBand(chart, i, s)
	}
	for i, s := range v.Series {
		v.addLine(chart, i, s)
	}
	x := v.timeAxes(f, rows)
	x.series = slices.Concat(v.breakMarks(breaks, f), v.publishedMarks(f), v.endLabels(f))
	return v.finish(&chart.RectChart, x)
}

// endRoom is the room right of the plot for the labels at the ends of lines.
func (v Canvas) endRoom() int {
	most := 0.0
	for _, s := range v.Series {
		most = max(most, width(s.Name))
	}
	return int(min(most, 150)) + 30
}

// pointed sets what a pointer on the chart shows; the text of each figure is made here, so the script computes none.
func pointed(chart *charts.RectChart, trigger string) {
	chart.SetGlobalOptions(
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: trigger, BackgroundColor: Paper.Light, BorderColor: Rule.Light}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithYAxisOpts(opts.YAxis{AxisLabel: &opts.AxisLabel{}}), // Validate writes into it
	)
}

func (v Canvas) addLine(chart *charts.Line, i int, s reports.Series) {
	data := make([]opts.LineData, len(v.Rows))
	for place := range v.Rows {
		c := v.CellAt(place, s.Column)
		data[place] = opts.LineData{Value: "-", Name: v.tip(place, s), Symbol: symbols[i%len(symbols)], SymbolSize: v.markSize()}
		if x, ok := v.size(c, s.Column); ok {
			data[place].Value = x
		}
		if v.provisional(place) {
			data[place].Symbol, data[place].SymbolSize = hollowMark+symbols[i%len(symbols)], v.markSize()+1
		}
		if v.signalled(place) {
			data[place].Symbol, data[place].SymbolSize = signalMark+strings.Replace(data[place].Symbol, symbols[i%len(symbols)], "diamond", 1), 11
		}
	}
	chart.AddSeries(s.Name, data, charts.WithSeriesOpts(func(x *charts.SingleSeries) {
		x.Id = fmt.Sprintf("figure%d", i)
		x.ShowSymbol = opts.Bool(true)
		x.Color = Palette[i%len(Palette)].Light
		x.LineStyle = &opts.LineStyle{Width: 2, Type: dashes[i%len(dashes)], Color: Palette[i%len(Palette)].Light}
	}))
}

// markSize is how large the mark of a figure is, in pixels: of many figures small, so that the line is seen.
func (v Canvas) markSize() int {
	if len(v.Rows) > 60 {
		return 4
	}
	return 7
}

// hollowMark stands before the symbol of a point that is drawn hollow, because its figure is provisional.
const hollowMark = "hollow "

// tip is what a pointer on a figure shows: the figure and its interval.
func (v Canvas) tip(place int, s reports.Series) string {
	text := v.text(v.CellAt(place, s.Column), s.Column)
	if s.Low == "" || v.CellAt(place, s.Low).Value == nil {
		return text
	}
	low, high := v.CellAt(place, s.Low), v.CellAt(place, s.High)
	return fmt.Sprintf("%s (%s–%s)", text, v.say.Bare(low, reports.UnitShare), v.say.Bare(high, reports.UnitShare))
}

// addBand draws an interval as a layer from its lower to its upper bound: the lower one is stacked unseen beneath it.
func (v Canvas) addBand(chart *charts.Line, i int, s reports.Series) {
	if s.Low == "" || s.High == "" {
		return
	}
	low, layer := make([]opts.LineData, len(v.Rows)), make([]opts.LineData, len(v.Rows))
	for place := range v.Rows {
		low[place], layer[place] = opts.LineData{Value: "-"}, opts.LineData{Value: "-"}
		from, ok := v.size(v.CellAt(place, s.Low), s.Low)
		to, both := v.size(v.CellAt(place, s.High), s.High)
		if ok && both {
			low[place].Value, layer[place].Value = from, to-from
		}
	}
	add := func(id string, data []opts.LineData, opacity float32) {
		chart.AddSeries("", data, charts.WithSeriesOpts(func(x *charts.SingleSeries) {
			x.Id, x.Stack = fmt.Sprintf("%s%d", id, i), fmt.Sprintf("interval%d", i)
			x.ShowSymbol, x.Symbol = opts.Bool(false), "none"
			x.Color = Palette[i%len(Palette)].Light
			x.LineStyle = &opts.LineStyle{Width: 0, Opacity: opts.Float(0)}
			x.AreaStyle = &opts.AreaStyle{Color: Palette[i%len(Palette)].Light, Opacity: opts.Float(opacity)}
		}))
	}
	add("base", low, 0)
	add("band", layer, 0.15)
}

// timeAxes are the axes of a chart over time: places below, round values at the left under the axis's title, and unseen
// beside them an axis of numbers along which days and labels are placed.
func (v Canvas) timeAxes(f frame, rows int) extras {
	return extras{
		width: f.width, height: f.height, grid: f.grid(),
		xAxis: []map[string]any{
			{"type": "category", "axisLine": lineOf(Secondary), "axisTick": map[string]any{"show": false},
				"axisLabel": map[string]any{"color": Secondary.Light, "fontSize": fontSize, "interval": v.labelEvery(f), "rotate": 0}},
			{"type": "value", "min": -0.5, "max": float64(len(v.labels)) - 0.5, "show": false, "splitLine": map[string]any{"show": false},
				"axisPointer": map[string]any{"show": false, "triggerTooltip": false}},
		},
		yAxis: []map[string]any{valueAxis(v.Axis, f, 16+rows*lineHeight)},
	}
}

// labelEvery is how many places stay without a label between two that have one, so that labels do not touch.
func (v Canvas) labelEvery(f frame) int {
	if len(v.labels) == 0 {
		return 0
	}
	most := 0.0
	for _, text := range v.labels {
		most = max(most, width(text)+8)
	}
	return int(most / (f.plotWidth() / float64(len(v.labels))))
}

func lineOf(c Colour) map[string]any {
	return map[string]any{"show": true, "lineStyle": map[string]any{"color": c.Light, "width": 1}}
}

// valueAxis is a scale from zero to a round top with pale lines and its title above it.
func valueAxis(title string, f frame, gap int) map[string]any {
	return map[string]any{
		"type": "value", "min": 0, "max": f.end, "interval": f.step, "name": title, "nameLocation": "end", "nameGap": gap,
		"nameTextStyle": map[string]any{"align": "left", "color": Secondary.Light, "fontSize": fontSize, "padding": []int{0, 0, 0, -f.left + 4}},
		"axisLine":      map[string]any{"show": false}, "axisTick": map[string]any{"show": false},
		"axisLabel": map[string]any{"color": Secondary.Light, "fontSize": fontSize},
		"splitLine": lineOf(Rule),
	}
}

// endLabels name each line at its end: a mark in its colour and shape, the words in ink. Where ends lie close, labels
// move apart.
func (v Canvas) endLabels(f frame) []map[string]any {
	type label struct {
		series int
		y      float64
	}
	var labels []label
	for i, s := range v.Series {
		for place := len(v.Rows) - 1; place >= 0; place-- {
			if y, ok := v.size(v.CellAt(place, s.Column), s.Column); ok {
				labels = append(labels, label{i, y})
				break
			}
		}
	}
	slices.SortStableFunc(labels, func(a, b label) int { return int(1e6 * (a.y - b.y)) })
	perPixel := f.end / f.plotHeight()
	for i := 1; i < len(labels); i++ {
		lines := 1 + int(width(v.Series[labels[i-1].series].Name)/150)
		apart := float64(4+17*(lines+1+int(width(v.Series[labels[i].series].Name)/150))/2) * perPixel
		labels[i].y = max(labels[i].y, labels[i-1].y+apart)
	}
	var marks []map[string]any
	for _, n := range labels {
		mark := v.label([2]float64{float64(len(v.labels)) - 0.5, n.y}, v.Series[n.series].Name)
		mark["symbol"], mark["symbolSize"] = symbols[n.series%len(symbols)], 9
		mark["itemStyle"] = map[string]any{"color": v.inkOf(n.series), "opacity": 1}
		merge(mark["label"].(map[string]any), map[string]any{"position": "right", "distance": 6, "width": 150, "overflow": "break", "lineHeight": 17})
		marks = append(marks, mark)
	}
	return marks
}

// label is words at a point of the unseen axis of numbers. The words are the point's name, which the script prints as
// it is, so nothing in them is read as a template.
func (v Canvas) label(at [2]float64, words string) map[string]any {
	return map[string]any{
		"type": "scatter", "xAxisIndex": 1, "yAxisIndex": 0, "silent": true, "clip": false, "z": 5, "animation": false,
		"symbol": "circle", "symbolSize": 1, "tooltip": map[string]any{"show": false},
		"itemStyle": map[string]any{"color": "transparent", "opacity": 1},
		"data":      []any{map[string]any{"value": []float64{at[0], at[1]}, "name": words}},
		"label":     map[string]any{"show": true, "formatter": "{b}", "color": Ink.Light, "fontSize": fontSize, "align": "left"},
	}
}
