package charts

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"koblet/queries"
)

// funnel draws a rate over the number it is of, a number on a logarithmic scale since they differ by orders of magnitude: a
// point a row, the limits and the rate of all as curves, and the names of those that lie outside. A row without limits,
// which is no unit of its own, has no point.
func (v Canvas) funnel() Drawing {
	f := funnelFrame{frame: frame{left: 48, right: v.endRoom() + 20, top: 64, bottom: 46, width: chartWidth, height: chartHeight}, low: 1, high: 10}
	points := v.FunnelPoints()
	most := 0.0
	for _, p := range points {
		most = max(most, p.y)
		for f.high < p.x {
			f.high *= 10
		}
	}
	for len(points) > 0 && f.low*10 <= points[0].x {
		f.low *= 10
	}
	f.end, f.step = Top(most)
	chart := charts.NewScatter()
	pointed(&chart.RectChart, "item")
	var names []string
	for kind, look := range FunnelLooks {
		var data []opts.ScatterData
		for _, p := range points {
			if p.Look == kind {
				data = append(data, opts.ScatterData{Name: v.pointTip(p), Value: []float64{p.x, p.y}, Symbol: look.symbol, SymbolSize: look.size})
			}
		}
		names = append(names, v.say.Word(FunnelWords[kind]))
		chart.AddSeries(names[kind], data, charts.WithSeriesOpts(func(x *charts.SingleSeries) {
			x.Id, x.Color = fmt.Sprintf("figure%d", kind), Palette[look.Ink].Light
		}))
	}
	v.legendOf(&chart.RectChart, names)
	x := extras{width: f.width, height: f.height, grid: f.grid(),
		xAxis: []map[string]any{{"type": "log", "min": f.low, "max": f.high, "name": v.say.Word(WordJudged) + ", " + v.say.Word(wordLogarithmic), "nameLocation": "middle", "nameGap": 30,
			"nameTextStyle": map[string]any{"color": Secondary.Light, "fontSize": fontSize}, "axisLine": lineOf(Secondary), "axisTick": map[string]any{"show": true},
			"axisLabel": map[string]any{"color": Secondary.Light, "fontSize": fontSize}, "splitLine": map[string]any{"show": false}}},
		yAxis: []map[string]any{valueAxis(v.Axis, f.frame, 16)}}
	x.series = append(v.limitCurves(points, f), v.outsideNames(points, f))
	return v.finish(&chart.RectChart, x)
}

// funnelFrame is a frame with the ends of its logarithmic axis.
type funnelFrame struct {
	frame
	low, high float64
}

// pixel is where a point stands within the plot, in pixels from its left and its upper edge.
func (f funnelFrame) pixel(x, y float64) (right, down float64) {
	return f.plotWidth() * math.Log(x/f.low) / math.Log(f.high/f.low), f.plotHeight() * (1 - y/f.end)
}

// FunnelLooks are the marks of points inside the limits, outside the inner ones and outside both.
var FunnelLooks = []struct {
	symbol    string
	size, Ink int
}{{"circle", 7, 0}, {"triangle", 11, 3}, {"diamond", 13, 2}}

// FunnelWords name the three marks.
var FunnelWords = []queries.Words{
	{Da: "Inden for grænserne", En: "Inside the limits"}, {Da: "Uden for 95 pct.", En: "Outside 95 per cent"}, {Da: "Uden for 99,8 pct.", En: "Outside 99.8 per cent"},
}

// FunnelPoint is one row's place in a funnel.
type FunnelPoint struct {
	Place, Look int
	x, y        float64
}

// FunnelPoints are the rows that have limits, in order of the number they are of.
func (v Canvas) FunnelPoints() []FunnelPoint {
	var points []FunnelPoint
	for place := range v.Rows {
		x, ok := v.size(v.CellAt(place, v.X), v.X)
		y, both := v.size(v.CellAt(place, v.Series[0].Column), v.Series[0].Column)
		position, limited := v.CellAt(place, "position").Value.(string)
		if ok && both && limited {
			look := map[string]int{"above_95": 1, "below_95": 1, "above_998": 2, "below_998": 2}[position]
			points = append(points, FunnelPoint{place, look, x, y})
		}
	}
	slices.SortStableFunc(points, func(a, b FunnelPoint) int { return cmp.Compare(a.x, b.x) })
	return points
}

// pointTip is what a pointer on a point shows.
func (v Canvas) pointTip(p FunnelPoint) string {
	rate := v.Series[0].Column
	return fmt.Sprintf("%s: %s, n = %s", v.say.Bare(v.CellAt(p.Place, v.By), ""), v.text(v.CellAt(p.Place, rate), rate), v.text(v.CellAt(p.Place, v.X), v.X))
}

// limitCurves are the other series as curves through the points' places, their names at the right end, moved apart where
// they would touch.
func (v Canvas) limitCurves(points []FunnelPoint, f funnelFrame) []map[string]any {
	var marks []map[string]any
	lowest := math.Inf(-1)
	for i, s := range v.Series[1:] {
		var line []any
		last := 0.0
		for _, p := range points {
			if y, ok := v.size(v.CellAt(p.Place, s.Column), s.Column); ok {
				if y <= f.end {
					line = append(line, []float64{p.x, y})
				}
				last = y
			}
		}
		curve := v.rule([2]float64{}, [2]float64{})
		curve["xAxisIndex"], curve["data"], curve["z"] = 0, line, 2
		curve["lineStyle"] = map[string]any{"color": Ink.Light, "width": 1.2, "type": dashes[(i+1)/2%len(dashes)]}
		marks = append(marks, curve)
		if len(line) == 0 || s.Name == "" {
			continue
		}
		last = max(last, lowest)
		lowest = last + lineHeight*f.end/f.plotHeight()
		name := v.label([2]float64{points[len(points)-1].x, last}, s.Name)
		name["xAxisIndex"] = 0
		merge(name["label"].(map[string]any), map[string]any{"position": "right", "distance": 8})
		marks = append(marks, name)
	}
	return marks
}

// outsideNames name the points outside the limits, the outermost first, as many as find room beside what is named already.
func (v Canvas) outsideNames(points []FunnelPoint, f funnelFrame) map[string]any {
	outside := slices.DeleteFunc(slices.Clone(points), func(p FunnelPoint) bool { return p.Look == 0 })
	slices.SortStableFunc(outside, func(a, b FunnelPoint) int {
		return cmp.Or(cmp.Compare(b.Look, a.Look), cmp.Compare(b.x, a.x))
	})
	var taken []box
	for _, p := range outside {
		right, down := f.pixel(p.x, p.y)
		taken = append(taken, box{right - 6, down - 6, right + 6, down + 6})
	}
	data := []any{}
	for _, p := range outside {
		words := v.say.Bare(v.CellAt(p.Place, v.By), "")
		right, down := f.pixel(p.x, p.y)
		for _, side := range []string{"top", "right", "left", "bottom"} {
			place := besidePoint(side, right, down, width(words))
			if place.left < 0 || place.upper < -20 || slices.ContainsFunc(taken, place.touches) {
				continue
			}
			taken = append(taken, place)
			align := map[string]string{"top": "center", "bottom": "center", "left": "right", "right": "left"}[side]
			data = append(data, map[string]any{"value": []float64{p.x, p.y}, "name": words, "label": map[string]any{"position": side, "align": align}})
			break
		}
	}
	names := v.label([2]float64{}, "")
	names["xAxisIndex"], names["data"] = 0, data
	merge(names["label"].(map[string]any), map[string]any{"distance": 8, "fontSize": 12})
	return names
}

// box is a part of the plot in pixels, from its left and its upper edge.
type box struct{ left, upper, right, lower float64 }

func (b box) touches(o box) bool {
	return b.left < o.right && o.left < b.right && b.upper < o.lower && o.upper < b.lower
}

// besidePoint is the room that words of a width take on a side of a point.
func besidePoint(side string, right, down, wide float64) box {
	switch side {
	case "top":
		return box{right - wide/2, down - 24, right + wide/2, down - 9}
	case "bottom":
		return box{right - wide/2, down + 9, right + wide/2, down + 24}
	case "left":
		return box{right - 9 - wide, down - 7, right - 9, down + 7}
	}
	return box{right + 9, down - 7, right + 9 + wide, down + 7}
}
