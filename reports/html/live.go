package html

import (
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	layout "koblet/reports/charts"
)

// live is a picture for the script: an option of plain data, without functions, and its size.
type live struct {
	Width  int             `json:"width"`
	Height int             `json:"height"`
	Option json.RawMessage `json:"option"`
}

// newLive gives the picture's figures to the script, for what a pointer on them shows, and lays everything else over them on a grid of its
// own, whose axes count pixels, so that the live chart stands where the still one stood.
func newLive(p layout.Picture) (live, error) {
	chart := charts.NewLine()
	trigger := "axis"
	if p.Form == layout.Bars || p.Form == layout.Points || p.Form == layout.Fields {
		trigger = "item"
	}
	chart.SetGlobalOptions(
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: trigger, BackgroundColor: layout.Paper.Light, BorderColor: layout.Grid.Light}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithYAxisOpts(opts.YAxis{AxisLabel: &opts.AxisLabel{}}), // Validate writes into it
	)
	chart.Animation = opts.Bool(false)
	chart.Accept(picture{Picture: p})
	chart.Validate()
	text, err := json.Marshal(chart.JSON())
	if err != nil {
		return live{}, fmt.Errorf("chart: %w", err)
	}
	return live{Width: p.Width, Height: p.Height, Option: text}, nil
}

// picture lays a picture over the option of a chart, through go-echarts' hook for what it has no field for.
type picture struct {
	charts.BaseConfigurationVisitor
	layout.Picture
}

type object = map[string]any

// Visit fills the option.
func (p picture) Visit(option map[string]any) {
	delete(option, "toolbox")
	option["textStyle"] = object{"fontFamily": fontFamily, "fontSize": layout.TextSize, "color": layout.Ink.Light}
	option["grid"] = []object{
		{"left": p.Left, "top": p.Top, "right": p.Right, "bottom": p.Bottom}, {"left": 0, "top": 0, "right": 0, "bottom": 0},
	}
	option["xAxis"] = []object{axis(p.X, false), {"type": "value", "gridIndex": 1, "show": false, "min": 0, "max": p.Width, "axisPointer": object{"show": false, "triggerTooltip": false}}}
	option["yAxis"] = []object{axis(p.Y, true), {"type": "value", "gridIndex": 1, "show": false, "min": 0, "max": p.Height, "inverse": true}}
	series := p.rules(false)
	for i, f := range p.Figures {
		if !f.Sheet {
			series = append(series, p.figures(i)...)
		}
	}
	series = append(series, p.rules(true)...)
	option["series"] = append(series, p.marks(), p.words())
}

const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

// axis is unseen: what is written along it lies over the picture.
func axis(a layout.Axis, down bool) object {
	out := object{"type": "value", "show": false, "min": a.Low, "max": a.High}
	switch {
	case len(a.Places) > 0:
		out = object{"type": "category", "show": false, "data": a.Places, "inverse": down}
	case a.Log:
		out["type"] = "log"
	}
	return out
}

// over is a series on the grid that counts pixels.
func over(kind string) object {
	return object{"type": kind, "xAxisIndex": 1, "yAxisIndex": 1, "silent": true, "clip": false, "animation": false, "tooltip": object{"show": false}}
}

// rules are the lines of a picture, those of a kind in one series with gaps: those that lie over bars and columns, or the others.
func (p picture) rules(above bool) []object {
	var out []object
	at := map[layout.Rule]int{}
	for _, r := range p.Rules {
		if r.Over(p.Form) != above {
			continue
		}
		kind := layout.Rule{Ink: r.Ink, Width: r.Width, Dashed: r.Dashed}
		if _, ok := at[kind]; !ok {
			line := over("line")
			line["symbol"], line["z"], line["data"] = "none", 1, []any{}
			style := object{"color": r.Ink.Light, "width": r.Width}
			if r.Dashed {
				style["type"] = []int{3, 3}
			}
			if above {
				line["z"] = 4
			}
			line["lineStyle"] = style
			at[kind] = len(out)
			out = append(out, line)
		}
		line := out[at[kind]]
		line["data"] = append(line["data"].([]any), []float64{r.X1, r.Y1}, []float64{r.X2, r.Y2}, []any{"-", "-"})
	}
	return out
}

func (p picture) marks() object {
	data := []any{}
	for _, m := range p.Marks {
		look := m.Look
		if look.Symbol == "" || look.Symbol == "line" {
			for _, dash := range dashesOf(look) {
				data = append(data, object{"value": []float64{m.X + dash[0], m.Y}, "symbol": "rect", "symbolSize": []float64{dash[1], 1.5}, "itemStyle": object{"color": look.Ink.Light}})
			}
			continue
		}
		data = append(data, object{"value": []float64{m.X, m.Y}, "symbol": look.Symbol, "symbolSize": look.Size, "itemStyle": style(look)})
	}
	out := over("scatter")
	out["data"], out["z"] = data, 6
	return out
}

// dashesOf are the pieces of a short line that names another by its dash: how far from its middle each lies, and how long it is.
func dashesOf(l layout.Look) [][2]float64 {
	switch l.Dash {
	case "dashed":
		return [][2]float64{{-5, 6}, {5, 6}}
	case "dotted":
		return [][2]float64{{-6, 2}, {-2, 2}, {2, 2}, {6, 2}}
	}
	return [][2]float64{{0, 14}}
}

// style is the look of a mark; hollow ones have the paper's colour within, which the night turns over.
func style(l layout.Look) object {
	if l.Hollow {
		return object{"color": layout.Paper.Light, "borderColor": l.Ink.Light, "borderWidth": 2, "opacity": 1}
	}
	return object{"color": l.Ink.Light, "opacity": 1}
}

// words are points' names, which the script prints as they are, so that nothing in them is read as a template.
func (p picture) words() object {
	data := []any{}
	for _, w := range p.Words {
		label := object{"show": true, "formatter": "{b}", "color": w.Ink.Light, "fontSize": w.Size, "distance": 0}
		label["position"] = map[string]string{"middle": "inside", "end": "left"}[w.Anchor]
		if w.Anchor != "middle" && w.Anchor != "end" {
			label["position"] = "right"
		}
		if w.Bold {
			label["fontWeight"] = "bold"
		}
		if w.Ground {
			label["backgroundColor"], label["padding"] = layout.Paper.Light, []int{1, 3}
		}
		data = append(data, object{"value": []float64{w.X, w.Y - 0.35*float64(w.Size)}, "name": w.Text, "label": label})
	}
	out := over("scatter")
	out["symbolSize"], out["itemStyle"], out["data"], out["z"] = 0, object{"color": "transparent"}, data, 7
	return out
}

// figures are the series of one column, in the order in which they are drawn: a band, then what stands for the figures.
func (p picture) figures(i int) []object {
	f := p.Figures[i]
	main := object{"id": fmt.Sprintf("figure%d", i), "name": f.Name, "animation": false, "clip": false, "color": f.Look.Ink.Light, "z": 3}
	if f.Quiet {
		main["silent"], main["id"] = true, fmt.Sprintf("line%d", i)
	}
	data := []any{}
	for _, at := range f.Points {
		data = append(data, p.point(f, at))
	}
	main["data"] = data
	switch p.Form {
	case layout.Bars:
		share, _ := thickness(p.Picture, f.Slot)
		main["type"], main["barWidth"], main["barGap"], main["stack"] = "bar", fmt.Sprintf("%.1f%%", 100*share), "14%", fmt.Sprintf("slot%d", f.Slot)
		if f.Look.Hollow {
			main["itemStyle"] = object{"color": layout.Paper.Light, "borderColor": f.Look.Ink.Light, "borderWidth": 1.5, "borderType": "dashed"}
		}
		if based(f) {
			return []object{base(f), main}
		}
	case layout.Columns:
		main["type"], main["stack"], main["barWidth"] = "bar", "whole", fmt.Sprintf("%.0f%%", 100*layout.ColumnShare)
		main["itemStyle"] = object{"borderColor": layout.Paper.Light, "borderWidth": 0.6}
	case layout.Fields:
		main["type"], main["symbol"], main["emphasis"] = "scatter", "rect", object{"disabled": true}
	default:
		p.asLine(main, f)
		if f.Band {
			return append(p.band(i), main)
		}
	}
	return []object{main}
}

func (p picture) asLine(main object, f layout.Figures) {
	main["type"] = "line"
	if f.Look.Width == 0 {
		main["type"] = "scatter"
	}
	main["symbol"], main["showSymbol"], main["showAllSymbol"] = "none", f.Look.Symbol != "", true
	if f.Look.Symbol != "" {
		main["symbol"], main["symbolSize"] = f.Look.Symbol, f.Look.Size
	}
	opacity := 1.0
	if f.Look.Pale {
		opacity = 0.6
	}
	main["lineStyle"] = object{"width": f.Look.Width, "type": f.Look.Dash, "color": f.Look.Ink.Light, "opacity": opacity}
	if f.Step {
		main["step"] = p.stepAt()
	}
}

// stepAt is where a line in steps changes: halfway between places, on a scale at the next point.
func (p picture) stepAt() string {
	if len(p.X.Places) > 0 {
		return "middle"
	}
	return "end"
}

// point is one figure as the script takes it.
func (p picture) point(f layout.Figures, at layout.Point) any {
	look, own := f.Look, at.Look != nil
	if own {
		look = *at.Look
	}
	out := object{"name": at.Tip, "value": "-"}
	switch {
	case at.Empty && p.Form == layout.Fields:
		out["value"] = []any{at.X, "-"} // were the first point of a column no pair, the script would read none of them as one
	case at.Empty:
	case p.Form == layout.Bars:
		out["value"] = at.X
	case len(p.X.Places) > 0 && p.Form != layout.Fields:
		out["value"] = at.Y
	default:
		out["value"] = []float64{at.X, at.Y}
	}
	switch {
	case at.Empty:
	case p.Form == layout.Fields:
		out["symbolSize"] = []float64{float64(p.Width-p.Left-p.Right)/float64(len(p.X.Places)) - 3, float64(p.Height-p.Top-p.Bottom)/float64(len(p.Y.Places)) - 3}
		out["itemStyle"] = object{"color": look.Ink.Light, "opacity": 1}
		out["label"] = object{"show": true, "formatter": at.Label, "color": layout.OnField(look.Ink).Light, "fontSize": layout.SmallSize}
	case p.Form == layout.Bars:
	case p.Form == layout.Columns && at.Pending:
		out["itemStyle"] = object{"opacity": 0.45}
	case own && look.Symbol == "":
		out["symbol"] = "none"
	case look.Hollow || own:
		out["symbol"], out["symbolSize"], out["itemStyle"] = look.Symbol, look.Size, style(look)
	}
	return out
}

// based reports whether bars begin elsewhere than at nought.
func based(f layout.Figures) bool {
	for _, at := range f.Points {
		if at.Base != 0 {
			return true
		}
	}
	return false
}

// base is what bars stand on, unseen.
func base(f layout.Figures) object {
	data := []float64{}
	for _, at := range f.Points {
		data = append(data, at.Base)
	}
	return object{"id": "base", "type": "bar", "stack": fmt.Sprintf("slot%d", f.Slot), "silent": true, "animation": false, "data": data, "itemStyle": object{"color": "transparent"}}
}

// band is an interval as a layer from its lower to its upper bound: the lower one is stacked unseen beneath it.
func (p picture) band(i int) []object {
	f := p.Figures[i]
	if len(p.X.Places) == 0 {
		return []object{p.boxes(f)}
	}
	low, layer := []any{}, []any{}
	for _, at := range f.Points {
		from, ok := at.Low.(float64)
		to, both := at.High.(float64)
		if !ok || !both {
			low, layer = append(low, "-"), append(layer, "-")
			continue
		}
		low, layer = append(low, from), append(layer, to-from)
	}
	add := func(id string, data []any, opacity float64) object {
		return object{"id": fmt.Sprintf("%s%d", id, i), "type": "line", "stack": fmt.Sprintf("interval%d", i), "silent": true, "animation": false, "clip": p.Cut != "", "z": 1,
			"symbol": "none", "showSymbol": false, "color": f.Look.Ink.Light, "lineStyle": object{"width": 0, "opacity": 0},
			"areaStyle": object{"color": f.Look.Ink.Light, "opacity": opacity}, "data": data}
	}
	return []object{add("base", low, 0), add("band", layer, 0.15)}
}

// boxes are an interval along a scale: between two points the bounds of the first hold. The script stacks layers along places only.
func (p picture) boxes(f layout.Figures) object {
	data := []any{}
	for i, at := range f.Points[:max(len(f.Points)-1, 0)] {
		from, ok := at.Low.(float64)
		to, both := at.High.(float64)
		if !ok || !both {
			continue
		}
		x1, y1 := p.At(at.X, to)
		x2, y2 := p.At(f.Points[i+1].X, from)
		data = append(data, object{"value": []float64{(x1 + x2) / 2, (y1 + y2) / 2}, "symbolSize": []float64{x2 - x1, y2 - y1}})
	}
	out := over("scatter")
	out["symbol"], out["itemStyle"], out["data"], out["z"] = "rect", object{"color": f.Look.Ink.Light, "opacity": 0.15}, data, 1
	return out
}
