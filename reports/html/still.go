package html

import (
	"fmt"
	"html"
	"strings"

	"koblet/reports/charts"
)

// still draws a picture as SVG text, so that a page has its charts with scripting off, in print and in mail. Its colours are those of
// the day; the page's style sheet turns them over at night. It costs a thousandth of what running the page's own script cost.
func still(p charts.Picture) string {
	s := &svg{}
	s.add(`<svg viewBox="0 0 %d %d" focusable="false">`, p.Width, p.Height)
	for _, f := range p.Figures {
		if f.Band && !f.Sheet {
			s.band(p, f)
		}
	}
	for _, r := range p.Rules {
		if !r.Over(p.Form) {
			s.rule(r)
		}
	}
	for i, f := range p.Figures {
		if f.Sheet {
			continue
		}
		switch p.Form {
		case charts.Bars:
			s.bars(p, i)
		case charts.Columns:
			s.columns(p, i)
		case charts.Fields:
			s.fields(p, f)
		default:
			s.line(p, f)
		}
	}
	for _, r := range p.Rules {
		if r.Over(p.Form) {
			s.rule(r)
		}
	}
	for _, m := range p.Marks {
		s.symbol(m.X, m.Y, m.Look)
	}
	for _, w := range p.Words {
		s.words(w)
	}
	s.add("</svg>")
	return s.String()
}

// svg is a drawing in the making.
type svg struct{ strings.Builder }

func (s *svg) add(format string, parts ...any) { fmt.Fprintf(&s.Builder, format, parts...) }

// px is a coordinate in a picture, to a tenth of a pixel.
func px(v float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0") }

func (s *svg) rule(r charts.Rule) {
	dash := ""
	if r.Dashed {
		dash = ` stroke-dasharray="3 3"`
	}
	s.add(`<path d="M%s %sL%s %s" stroke="%s" stroke-width="%s"%s/>`, px(r.X1), px(r.Y1), px(r.X2), px(r.Y2), r.Ink.Light, px(r.Width), dash)
}

func (s *svg) words(w charts.Words) {
	more := ""
	if w.Bold {
		more += ` font-weight="650"`
	}
	if w.Ground {
		more += fmt.Sprintf(` stroke="%s" stroke-width="4" paint-order="stroke"`, charts.Paper.Light)
	}
	if w.Anchor == "middle" || w.Anchor == "end" {
		more += fmt.Sprintf(` text-anchor="%s"`, w.Anchor)
	}
	s.add(`<text x="%s" y="%s" font-size="%d" fill="%s"%s>%s</text>`, px(w.X), px(w.Y), w.Size, w.Ink.Light, more, html.EscapeString(w.Text))
}

// symbol draws a mark; hollow ones have the paper's colour within.
func (s *svg) symbol(x, y float64, l charts.Look) {
	r := float64(l.Size) / 2
	fill, edge := l.Ink.Light, ""
	if l.Hollow {
		fill, edge = charts.Paper.Light, fmt.Sprintf(` stroke="%s" stroke-width="2"`, l.Ink.Light)
	}
	path := func(points ...float64) {
		s.add(`<path d="M`)
		for i := 0; i < len(points); i += 2 {
			if i > 0 {
				s.add("L")
			}
			s.add("%s %s", px(x+r*points[i]), px(y+r*points[i+1]))
		}
		s.add(`Z" fill="%s"%s/>`, fill, edge)
	}
	switch l.Symbol {
	case "circle":
		s.add(`<circle cx="%s" cy="%s" r="%s" fill="%s"%s/>`, px(x), px(y), px(r), fill, edge)
	case "rect":
		path(-1, -1, 1, -1, 1, 1, -1, 1)
	case "triangle":
		path(0, -1, 1, 1, -1, 1)
	case "diamond":
		path(0, -1, 1, 0, 0, 1, -1, 0)
	case "roundRect":
		path(-0.5, -1, 0.5, -1, 1, -0.5, 1, 0.5, 0.5, 1, -0.5, 1, -1, 0.5, -1, -0.5)
	case "pin":
		path(0, 1, -1, -0.3, -0.5, -1, 0.5, -1, 1, -0.3)
	case "arrow":
		path(0, -1, 1, 1, 0, 0.5, -1, 1)
	case "line":
		s.add(`<path d="M%s %sH%s" stroke="%s" stroke-width="1.5"%s/>`, px(x-6), px(y), px(x+6), l.Ink.Light, dashed(l))
	}
	if l.Symbol == "" && l.Width > 0 { // a line in a legend
		s.add(`<path d="M%s %sH%s" stroke="%s" stroke-width="%s"%s/>`, px(x-8), px(y), px(x+8), l.Ink.Light, px(l.Width), dashed(l))
	}
}

// dashed is the attribute for the dash of a look.
func dashed(l charts.Look) string {
	if pattern := map[string]string{"dashed": "6 4", "dotted": "2 3"}[l.Dash]; pattern != "" {
		return fmt.Sprintf(` stroke-dasharray="%s"`, pattern)
	}
	return ""
}

// runs are the parts of figures between which nothing is drawn.
func runs(points []charts.Point, holds func(charts.Point) bool) [][]charts.Point {
	var out [][]charts.Point
	open := false
	for _, at := range points {
		if open = open && holds(at); !open && holds(at) {
			out, open = append(out, nil), true
		}
		if open {
			out[len(out)-1] = append(out[len(out)-1], at)
		}
	}
	return out
}

// trace is a line through points in pixels, in steps where the figures ask for them: between places halfway, on a scale at the next point.
func trace(p charts.Picture, f charts.Figures, points [][2]float64) string {
	var out strings.Builder
	for i, at := range points {
		switch {
		case i == 0:
			fmt.Fprintf(&out, "%s %s", px(at[0]), px(at[1]))
		case f.Step && len(p.X.Places) > 0:
			fmt.Fprintf(&out, "H%sV%sH%s", px((points[i-1][0]+at[0])/2), px(at[1]), px(at[0]))
		case f.Step:
			fmt.Fprintf(&out, "H%sV%s", px(at[0]), px(at[1]))
		default:
			fmt.Fprintf(&out, "L%s %s", px(at[0]), px(at[1]))
		}
	}
	return out.String()
}

func pixels(p charts.Picture, run []charts.Point, height func(charts.Point) float64) [][2]float64 {
	var out [][2]float64
	for _, at := range run {
		x, y := p.At(at.X, height(at))
		out = append(out, [2]float64{x, y})
	}
	return out
}

func (s *svg) line(p charts.Picture, f charts.Figures) {
	pale := ""
	if f.Look.Pale {
		pale = ` stroke-opacity="0.6"`
	}
	for _, run := range runs(f.Points, func(at charts.Point) bool { return !at.Empty }) {
		if f.Look.Width > 0 && len(run) > 1 {
			s.add(`<path d="M%s" fill="none" stroke="%s" stroke-width="%s"%s%s/>`, trace(p, f, pixels(p, run, func(at charts.Point) float64 { return at.Y })),
				f.Look.Ink.Light, px(f.Look.Width), dashed(f.Look), pale)
		}
	}
	for _, at := range f.Points {
		if at.Empty {
			continue
		}
		look := f.Look
		if at.Look != nil {
			look = *at.Look
		}
		if look.Symbol != "" {
			x, y := p.At(at.X, at.Y)
			s.symbol(x, y, look)
		}
	}
}

// band fills the room between the bounds of figures.
func (s *svg) band(p charts.Picture, f charts.Figures) {
	bound := func(v any) float64 { x, _ := v.(float64); return x }
	for _, run := range runs(f.Points, func(at charts.Point) bool { return at.Low != nil && at.High != nil }) {
		upper := within(float64(p.Top), pixels(p, run, func(at charts.Point) float64 { return bound(at.High) }))
		lower := pixels(p, run, func(at charts.Point) float64 { return bound(at.Low) })
		back := ""
		for i := len(lower) - 1; i >= 0; i-- {
			if f.Step && len(p.X.Places) == 0 && i < len(lower)-1 {
				back += fmt.Sprintf("V%s", px(lower[i][1]))
				back += fmt.Sprintf("H%s", px(lower[i][0]))
				continue
			}
			back += fmt.Sprintf("L%s %s", px(lower[i][0]), px(lower[i][1]))
		}
		s.add(`<path d="M%s%sZ" fill="%s" fill-opacity="0.15"/>`, trace(p, f, upper), back, f.Look.Ink.Light)
	}
}

// within cuts a line at the upper edge of the frame: where it crosses the edge it has a point, and nothing lies above.
func within(top float64, line [][2]float64) [][2]float64 {
	var out [][2]float64
	for i, at := range line {
		if i > 0 && (line[i-1][1] < top) != (at[1] < top) {
			from := line[i-1]
			out = append(out, [2]float64{from[0] + (top-from[1])/(at[1]-from[1])*(at[0]-from[0]), top})
		}
		out = append(out, [2]float64{at[0], max(at[1], top)})
	}
	return out
}

// thickness is how much of a place the bars of one of several series fill, and where the middle of each lies.
func thickness(p charts.Picture, slot int) (share, middle float64) {
	n := 0
	for _, f := range p.Figures {
		n = max(n, f.Slot+1)
	}
	thick := 0.64 / float64(n)
	return thick * 0.88, (float64(slot)+0.5)*thick - 0.32
}

func (s *svg) bars(p charts.Picture, i int) {
	f := p.Figures[i]
	share, middle := thickness(p, f.Slot)
	for _, at := range f.Points {
		if at.Empty {
			continue
		}
		x1, y1 := p.At(at.Base, at.Y+middle-share/2)
		x2, y2 := p.At(at.Base+at.X, at.Y+middle+share/2)
		s.box([4]float64{x1, y1, x2, y2}, f.Look.Ink.Light, f.Look.Hollow)
	}
}

// box is a rectangle between two corners; one that waits is hollow.
func (s *svg) box(c [4]float64, ink string, hollow bool) {
	if hollow {
		s.add(`<path d="M%s %sH%sV%sH%sZ" fill="%s" stroke="%s" stroke-width="1.5" stroke-dasharray="5 3"/>`, px(c[0]), px(c[1]), px(c[2]), px(c[3]), px(c[0]), charts.Paper.Light, ink)
		return
	}
	s.add(`<path d="M%s %sH%sV%sH%sZ" fill="%s"/>`, px(c[0]), px(c[1]), px(c[2]), px(c[3]), px(c[0]), ink)
}

func (s *svg) columns(p charts.Picture, i int) {
	for n, at := range p.Figures[i].Points {
		if at.Empty {
			continue
		}
		below := 0.0
		for _, f := range p.Figures[:i] {
			if !f.Points[n].Empty {
				below += f.Points[n].Y
			}
		}
		x1, y1 := p.At(at.X-charts.ColumnShare/2, below)
		x2, y2 := p.At(at.X+charts.ColumnShare/2, below+at.Y)
		pale := ""
		if at.Pending {
			pale = ` fill-opacity="0.45"`
		}
		s.add(`<path d="M%s %sH%sV%sH%sZ" fill="%s" stroke="%s" stroke-width="0.6"%s/>`, px(x1), px(y1), px(x2), px(y2), px(x1), p.Figures[i].Look.Ink.Light, charts.Paper.Light, pale)
	}
}

func (s *svg) fields(p charts.Picture, f charts.Figures) {
	for _, at := range f.Points {
		if at.Empty {
			continue
		}
		x1, y1 := p.At(at.X-0.5, at.Y-0.5)
		x2, y2 := p.At(at.X+0.5, at.Y+0.5)
		s.box([4]float64{x1 + 1.5, y1 + 1.5, x2 - 1.5, y2 - 1.5}, at.Look.Ink.Light, false)
		s.words(charts.Words{X: (x1 + x2) / 2, Y: (y1+y2)/2 + 4, Text: at.Label, Anchor: "middle", Ink: charts.OnField(at.Look.Ink), Size: charts.SmallSize})
	}
}
