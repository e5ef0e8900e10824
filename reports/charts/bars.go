package charts

import (
	"fmt"

	"koblet/reports"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// The bars of several series share 64 per cent of their place; whiskers stand at the middle of each.
const barShare = 0.64

// bars draws one horizontal bar a series at each place, with whiskers for the intervals and the figure at the end.
func (v Canvas) bars() Drawing {
	legend := 0
	if len(v.Series) > 1 {
		legend = 34
	}
	f := v.barFrame(legend)
	f.end, f.step = Top(v.Highest(v.Series...))
	chart := charts.NewBar()
	chart.SetXAxis(v.labels)
	pointed(&chart.RectChart, "item")
	thick := barShare / float64(max(len(v.Series), 1))
	for i, s := range v.Series {
		data := make([]opts.BarData, len(v.Rows))
		for place := range v.Rows {
			data[place] = opts.BarData{Name: v.labels[place] + ": " + v.tip(place, s), Value: "-"}
			if x, ok := v.size(v.CellAt(place, s.Column), s.Column); ok {
				data[place].Value = x
			}
		}
		chart.AddSeries(s.Name, data, charts.WithSeriesOpts(func(x *charts.SingleSeries) {
			x.Id, x.Color = fmt.Sprintf("figure%d", i), Palette[i%len(Palette)].Light
			x.BarWidth, x.BarGap = fmt.Sprintf("%.1f%%", 100*thick*0.88), "14%"
		}))
	}
	x := v.barAxes(f)
	for i, s := range v.Series {
		middle := (float64(i)+0.5)*thick - barShare/2
		x.series = append(x.series, v.whiskers(s, middle), v.barLabels(s, middle))
	}
	if legend > 0 {
		v.legend(&chart.RectChart)
	}
	return v.finish(&chart.RectChart, x)
}

// barFrame leaves room at the left for the words and at the right for the figures.
func (v Canvas) barFrame(legend int) frame {
	most := 0.0
	for _, text := range v.labels {
		most = max(most, width(text))
	}
	height := legend + 54 + len(v.labels)*(26*max(len(v.Series), 1)+16)
	return frame{left: int(min(most, 300)) + 20, right: 110, top: 8 + legend, bottom: 46, width: chartWidth, height: min(height, chartHeight)}
}

// barAxes are the axes of horizontal bars: words at the left from the top down, values below.
func (v Canvas) barAxes(f frame) extras {
	values := valueAxis("", f, 0)
	merge(values, map[string]any{"name": v.Axis, "nameLocation": "middle", "nameGap": 30,
		"nameTextStyle": map[string]any{"align": "center", "color": Secondary.Light, "padding": 0}})
	places := map[string]any{"type": "category", "data": v.labels, "inverse": true, "axisLine": lineOf(Secondary),
		"axisTick": map[string]any{"show": false}, "axisLabel": map[string]any{"color": Ink.Light, "fontSize": fontSize, "width": 300, "overflow": "break", "interval": 0}}
	unseen := map[string]any{"type": "value", "min": -0.5, "max": float64(len(v.labels)) - 0.5, "inverse": true, "show": false,
		"splitLine": map[string]any{"show": false}}
	values["data"] = nil
	return extras{width: f.width, height: f.height, grid: f.grid(), xAxis: []map[string]any{values}, yAxis: []map[string]any{places, unseen}}
}

// whiskers are the intervals of a series: one line with gaps, along the middle of its bars.
func (v Canvas) whiskers(s reports.Series, middle float64) map[string]any {
	points := []any{}
	for place := range v.Rows {
		low, ok := v.size(v.CellAt(place, s.Low), s.Low)
		high, both := v.size(v.CellAt(place, s.High), s.High)
		if ok && both {
			y := float64(place) + middle
			points = append(points, []float64{low, y}, []float64{high, y}, []any{"-", "-"})
		}
	}
	line := v.rule([2]float64{}, [2]float64{})
	line["xAxisIndex"], line["yAxisIndex"], line["z"] = 0, 1, 4
	line["data"], line["lineStyle"] = points, map[string]any{"color": Ink.Light, "width": 1.5, "type": "solid"}
	return line
}

// barLabels stand right of each bar and its whisker.
func (v Canvas) barLabels(s reports.Series, middle float64) map[string]any {
	var points []any
	for place := range v.Rows {
		c := v.CellAt(place, s.Column)
		x, ok := v.size(c, s.Column)
		if high, both := v.size(v.CellAt(place, s.High), s.High); both {
			x = max(x, high)
		}
		if !ok {
			x = 0
		}
		points = append(points, map[string]any{"value": []float64{x, float64(place) + middle}, "name": v.text(c, s.Column)})
	}
	mark := v.label([2]float64{}, "")
	mark["xAxisIndex"], mark["yAxisIndex"], mark["data"] = 0, 1, points
	merge(mark["label"].(map[string]any), map[string]any{"position": "right", "distance": 6, "fontSize": 12})
	return mark
}

// legend names the series above the plot, in their order.
func (v Canvas) legend(chart *charts.RectChart) {
	var names []string
	for _, s := range v.Series {
		names = append(names, s.Name)
	}
	v.legendOf(chart, names)
}

// legendOf names what the marks stand for above the plot.
func (v Canvas) legendOf(chart *charts.RectChart, names []string) {
	chart.SetGlobalOptions(charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Left: "0", Top: "0", Data: names, SelectedMode: "false",
		ItemWidth: 16, ItemHeight: 12, TextStyle: &opts.TextStyle{Color: Ink.Light, FontSize: fontSize}}))
}

// waterfall draws the steps from the first down: a step that stands on others begins where they end.
func (v Canvas) waterfall() Drawing {
	if len(v.Series) == 0 {
		return Drawing{}
	}
	s := v.Series[0]
	f := v.barFrame(0)
	f.end, f.step = Top(v.Highest(s))
	chart := charts.NewBar()
	chart.SetXAxis(v.labels)
	pointed(&chart.RectChart, "item")
	base, data := make([]opts.BarData, len(v.Rows)), make([]opts.BarData, len(v.Rows))
	for place := range v.Rows {
		c := v.CellAt(place, s.Column)
		beneath := v.beneath(place, s)
		base[place] = opts.BarData{Value: beneath, ItemStyle: &opts.ItemStyle{Color: "transparent"}}
		data[place] = opts.BarData{Value: "-", Name: v.labels[place] + ": " + v.text(c, s.Column)}
		if x, ok := v.size(c, s.Column); ok {
			data[place].Value = x
		}
		if v.stands(place) {
			data[place].ItemStyle = &opts.ItemStyle{Color: Palette[1].Light}
		}
	}
	for id, values := range [][]opts.BarData{base, data} {
		name := []string{"base0", "figure0"}[id]
		chart.AddSeries(s.Name, values, charts.WithSeriesOpts(func(x *charts.SingleSeries) {
			x.Id, x.Stack, x.BarWidth, x.Color = name, "steps", "62%", Palette[0].Light
		}))
	}
	x := v.barAxes(f)
	x.series = append(x.series, v.stepLabels(s))
	return v.finish(&chart.RectChart, x)
}

// step is the code of the row at a place.
func (v Canvas) step(place int) string {
	code, _ := v.CellAt(place, v.X).Value.(string)
	return code
}

func (v Canvas) stands(place int) bool { return len(v.Beneath[v.step(place)]) > 0 }

// beneath is where a step's bar begins.
func (v Canvas) beneath(place int, s reports.Series) float64 {
	sum := 0.0
	for _, step := range v.Beneath[v.step(place)] {
		for other := range v.Rows {
			if x, ok := v.size(v.CellAt(other, s.Column), s.Column); ok && v.step(other) == step {
				sum += x
			}
		}
	}
	return sum
}

func (v Canvas) stepLabels(s reports.Series) map[string]any {
	mark := v.barLabels(s, 0)
	for place, p := range mark["data"].([]any) {
		p.(map[string]any)["value"].([]float64)[0] += v.beneath(place, s)
	}
	merge(mark["label"].(map[string]any), map[string]any{"fontSize": fontSize})
	return mark
}

// stack draws the layers of each place up to the whole, with the layers named above the plot.
func (v Canvas) stack() Drawing {
	breaks, rows := v.placeBreaks(frame{left: 48, right: 12, width: chartWidth})
	f := frame{left: 48, right: 12, top: 72 + rows*lineHeight, bottom: 34, width: chartWidth, height: chartHeight, end: 100, step: 20}
	if len(v.Series) > 0 && !v.share(v.Series[0].Column) {
		f.end, f.step = Top(v.wholes())
	}
	chart := charts.NewBar()
	chart.SetXAxis(v.labels)
	pointed(&chart.RectChart, "axis")
	for i, s := range v.Series {
		data := make([]opts.BarData, len(v.Rows))
		for place := range v.Rows {
			c := v.CellAt(place, s.Column)
			data[place] = opts.BarData{Value: "-", Name: v.tip(place, s)}
			if x, ok := v.size(c, s.Column); ok {
				data[place].Value = x
			}
		}
		chart.AddSeries(s.Name, data, charts.WithSeriesOpts(func(x *charts.SingleSeries) {
			x.Id, x.Stack, x.BarWidth = fmt.Sprintf("figure%d", i), "whole", "78%"
			x.Color = Palette[i%len(Palette)].Light
			x.ItemStyle = &opts.ItemStyle{BorderColor: Paper.Light, BorderWidth: 0.6}
		}))
	}
	v.legend(&chart.RectChart)
	x := v.timeAxes(f, rows)
	x.series = v.breakMarks(breaks, f)
	return v.finish(&chart.RectChart, x)
}

// wholes is the height of the tallest stack.
func (v Canvas) wholes() float64 {
	most := 0.0
	for place := range v.Rows {
		sum := 0.0
		for _, s := range v.Series {
			x, _ := v.size(v.CellAt(place, s.Column), s.Column)
			sum += x
		}
		most = max(most, sum)
	}
	return most
}

// multiples draws one small panel a series, all on the same scale; layers of a whole, which differ by orders of
// magnitude, each have a scale of their own.
func (v Canvas) multiples() []Drawing {
	end, step := Top(v.Highest(v.Series...))
	var panels []Drawing
	for _, s := range v.Series {
		panel := v
		panel.Series = []reports.Series{s}
		f := frame{left: 48, right: 16, top: 40, bottom: 28, width: panelWidth, height: panelHeight, end: end, step: step}
		if v.OwnAxes {
			f.end, f.step = Top(panel.Highest(s))
		}
		chart := charts.NewLine()
		chart.SetXAxis(v.labels)
		pointed(&chart.RectChart, "axis")
		panel.addBand(chart, 0, s)
		panel.addLine(chart, 0, s)
		x := panel.timeAxes(f, 0)
		breaks, _ := panel.placeBreaks(f)
		for i := range breaks {
			breaks[i].row = -1 // the lines end at the plot's edge
		}
		x.series = panel.breakMarks(breaks, f)
		panel.asPanel(&x, s)
		panels = append(panels, panel.finish(&chart.RectChart, x))
	}
	return panels
}

// asPanel gives a small drawing its name above the axis and years at a readable distance.
func (v Canvas) asPanel(x *extras, s reports.Series) {
	x.panel = s.Name
	merge(x.yAxis[0], map[string]any{"name": s.Name, "nameGap": 16, "nameTextStyle": map[string]any{"color": Ink.Light, "fontWeight": "bold"}})
	merge(x.xAxis[0], map[string]any{"axisLabel": map[string]any{"interval": max((len(v.labels)-1)/3-1, 0), "showMaxLabel": true, "hideOverlap": true, "fontSize": 12}})
	merge(x.yAxis[0], map[string]any{"axisLabel": map[string]any{"fontSize": 12}})
}
