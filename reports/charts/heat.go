package charts

import (
	"fmt"

	"koblet/reports"

	"github.com/go-echarts/go-echarts/v2/charts"
)

// HeatSteps are one hue in five steps, from the lowest values to the highest; on the last two the figure is written in the
// paper's colour.
var HeatSteps = []Colour{
	{"#e8eef4", "#1d2a36"},
	{"#c3d2e0", "#27435c"},
	{"#8facc6", "#3a6387"},
	{"#4a759c", "#5d8db8"},
	{"#12436d", "#8cb4d9"},
}

// heat draws a table spread over columns as a map: rows down, columns across, a field a cell with its figure in it, and none
// where the table has nothing.
func (v Canvas) heat() Drawing {
	const rowHeight = 25
	f := frame{left: 64, right: 12, top: 62, bottom: 12, width: chartWidth, height: 74 + rowHeight*max(len(v.Rows), 1)}
	f.end, f.step = Top(v.Highest(v.Series...))
	wide, high := f.plotWidth()/float64(max(len(v.Series), 1))-3, f.plotHeight()/float64(max(len(v.Rows), 1))-3
	var fields []any
	for place := range v.Rows {
		for i, s := range v.Series {
			c := v.CellAt(place, s.Column)
			value, ok := v.size(c, s.Column)
			if !ok {
				continue
			}
			step := min(int(value/f.end*float64(len(HeatSteps))), len(HeatSteps)-1)
			words := Ink.Light
			if step > 2 {
				words = Paper.Light
			}
			fields = append(fields, map[string]any{
				"value": []int{i, place}, "name": fmt.Sprintf("%s, %s: %s", v.labels[place], s.Name, v.text(c, s.Column)),
				"symbolSize": []float64{wide, high}, "itemStyle": map[string]any{"color": HeatSteps[step].Light, "opacity": 1},
				"label": map[string]any{"show": true, "formatter": v.say.Bare(c, reports.UnitShare), "color": words, "fontSize": fontSize},
			})
		}
	}
	var across []string
	for _, s := range v.Series {
		across = append(across, s.Name)
	}
	chart := charts.NewScatter()
	pointed(&chart.RectChart, "item")
	axis := func(data []string, over map[string]any) map[string]any {
		base := map[string]any{"type": "category", "data": data, "axisLine": map[string]any{"show": false}, "axisTick": map[string]any{"show": false},
			"splitLine": map[string]any{"show": false}, "axisLabel": map[string]any{"color": Ink.Light, "fontSize": fontSize, "interval": 0}}
		merge(base, over)
		return base
	}
	x := extras{width: f.width, height: f.height, grid: f.grid(),
		xAxis: []map[string]any{axis(across, map[string]any{"position": "top", "name": v.heatTitle(), "nameLocation": "middle", "nameGap": 28,
			"nameTextStyle": map[string]any{"color": Secondary.Light, "fontSize": fontSize}})},
		yAxis: []map[string]any{axis(v.labels, map[string]any{"inverse": true, "min": nil, "max": nil})},
		series: []map[string]any{{"id": "figure0", "type": "scatter", "symbol": "rect", "data": fields, "animation": false, "clip": false,
			"emphasis": map[string]any{"disabled": true}}}}
	return v.finish(&chart.RectChart, x)
}

// heatTitle says what stands across, and what is written in the fields.
func (v Canvas) heatTitle() string {
	if i := v.Table.Index(v.Series[0].Column); i >= 0 && v.Table.Columns[i].Head != "" {
		return v.Table.Columns[i].Head + " · " + v.Axis
	}
	return v.Axis
}
