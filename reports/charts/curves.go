package charts

import (
	"fmt"
	"slices"

	"koblet/reports"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// signalMark stands before the symbol of a point that is a signal: it is drawn larger and in a colour of its own.
const signalMark = "signal "

// control draws a control chart: the first series with a mark a place, signals marked apart, and the others, its centre
// line and limits, as plain lines.
func (v Canvas) control() Drawing {
	breaks, rows := v.placeBreaks(frame{left: 48, right: v.endRoom(), width: chartWidth})
	f := frame{left: 48, right: v.endRoom(), top: 34 + rows*lineHeight, bottom: 34, width: chartWidth, height: chartHeight}
	f.end, f.step = Top(v.Highest(v.Series...))
	chart := charts.NewLine()
	chart.SetXAxis(v.labels)
	pointed(&chart.RectChart, "axis")
	for i, s := range v.Series {
		if i == 0 {
			v.addLine(chart, i, s)
		} else {
			v.addPlain(chart, i, s)
		}
	}
	x := v.timeAxes(f, rows)
	x.series = slices.Concat(v.breakMarks(breaks, f), v.endLabels(f))
	return v.finish(&chart.RectChart, x)
}

// addPlain draws a line without marks; where its value changes, it changes at the place and not on the way there.
func (v Canvas) addPlain(chart *charts.Line, i int, s reports.Series) {
	data := make([]opts.LineData, len(v.Rows))
	for place := range v.Rows {
		data[place] = opts.LineData{Value: "-", Name: v.tip(place, s), Symbol: "none"}
		if x, ok := v.size(v.CellAt(place, s.Column), s.Column); ok {
			data[place].Value = x
		}
	}
	chart.AddSeries(s.Name, data, charts.WithSeriesOpts(func(x *charts.SingleSeries) {
		x.Id, x.Step = fmt.Sprintf("figure%d", i), "middle"
		x.ShowSymbol = opts.Bool(false)
		x.Color = v.inkOf(i)
		x.LineStyle = &opts.LineStyle{Width: 1.2, Type: dashes[min(i-1, 1)], Color: v.inkOf(i)}
	}))
}

// inkOf is the colour of a series: of a control chart, only the figures have one.
func (v Canvas) inkOf(i int) string {
	if v.Kind == "control" && i > 0 {
		return Secondary.Light
	}
	return Palette[i%len(Palette)].Light
}

// signalled reports whether the row at a place is a signal.
func (v Canvas) signalled(place int) bool {
	code, _ := v.CellAt(place, "signal").Value.(string)
	return code != "" && code != "none"
}

// steps draws the curves of a table in long form, a panel for each value of the column that tells them apart: a step at each
// place, the interval as a band, and beneath each place how many were at risk.
func (v Canvas) steps() []Drawing {
	end, step := Top(v.Highest(v.Series...))
	var panels []Drawing
	for _, group := range v.ByPanel() {
		f := frame{left: 48, right: 16, top: 40, bottom: 66, width: panelWidth + panelWidth/2, height: panelHeight + 30, end: end, step: step}
		s := group.Series[0]
		chart := charts.NewLine()
		chart.SetXAxis(group.labels)
		pointed(&chart.RectChart, "axis")
		group.addBand(chart, 0, s)
		group.addLine(chart, 0, s)
		for i := range chart.MultiSeries {
			chart.MultiSeries[i].Step = "end"
		}
		x := group.timeAxes(f, 0)
		group.asPanel(&x, reports.Series{Name: group.Name})
		merge(x.xAxis[0], map[string]any{"axisLabel": map[string]any{"interval": 0, "fontSize": 12, "lineHeight": 16}, "name": v.say.Word(wordAtRisk),
			"nameLocation": "middle", "nameGap": 44, "nameTextStyle": map[string]any{"color": Secondary.Light, "fontSize": 12}})
		panels = append(panels, group.finish(&chart.RectChart, x))
	}
	return panels
}

// Panel is a canvas with the rows of one panel.
type Panel struct {
	Canvas
	Name string // the value
}

// ByPanel splits the rows of a table in long form by the column that tells panels apart.
func (v Canvas) ByPanel() []Panel {
	at := v.Table.Index(v.By)
	if at < 0 || len(v.Series) == 0 {
		return nil
	}
	var panels []Panel
	for place, r := range v.Rows {
		name := v.say.Bare(r.Cells[at], "")
		if n := len(panels); n == 0 || panels[n-1].Name != name {
			p := Panel{v, name}
			p.Rows, p.labels = nil, nil
			panels = append(panels, p)
		}
		p := &panels[len(panels)-1]
		p.Rows = append(p.Rows, r)
		p.labels = append(p.labels, v.labels[place]+"\n"+v.say.Bare(v.CellAt(place, "at_risk"), "permits"))
	}
	return panels
}
