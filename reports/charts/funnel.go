package charts

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"koblet/queries"
)

// funnel draws a rate over the number it is of, a number on a logarithmic scale since they differ by orders of magnitude: a
// point a row, the limits and the rate of all as curves, and the names of those that lie outside. A row without limits,
// which is no unit of its own, has no point.
func (v Canvas) funnel() Picture {
	p := Picture{Form: Points, Frame: Frame{Left: 48, Right: v.endRoom() + 20, Bottom: 46, Width: v.whole(), Height: v.tall()}}
	if v.narrow {
		p.Right = 14
	}
	p.X = Axis{Title: v.say.Word(wordJudged) + ", " + v.say.Word(wordLogarithmic), Low: 1, High: 10, Log: true}
	points := v.funnelPoints()
	most := 0.0
	for _, at := range points {
		most = max(most, at.y)
		for p.X.High < at.x {
			p.X.High *= 10
		}
	}
	for len(points) > 0 && p.X.Low*10 <= points[0].x {
		p.X.Low *= 10
	}
	p.Y = scale(v.Axis, most, true)
	above := v.legend(&p, v.funnelEntries())
	p.Top = above + 34
	if v.narrow {
		p.Top += (len(wrapped(v.Axis, float64(p.Width))) - 1) * lineHeight
		p.Height += above
	}
	v.grid(&p, float64(above+14))
	v.powers(&p)
	v.limits(&p, points)
	for kind, look := range funnelLooks {
		figures := Figures{Name: v.say.Word(funnelWords[kind]), Unit: v.unit(v.Series[0].Column), Look: look}
		for _, at := range points {
			one := Point{X: at.x, Y: at.y, Empty: at.look != kind, Tip: v.pointTip(at), Label: v.say.Bare(v.CellAt(at.place, v.By), "")}
			if !one.Empty {
				one.Raw = v.CellAt(at.place, v.Series[0].Column).Value
			}
			figures.Points = append(figures.Points, one)
		}
		p.Figures = append(p.Figures, figures)
	}
	v.outsideNames(&p, points)
	return p
}

func (v Canvas) funnelEntries() []Entry {
	var out []Entry
	for kind, look := range funnelLooks {
		out = append(out, Entry{v.say.Word(funnelWords[kind]), look})
	}
	for i, s := range v.Series[1:] {
		if v.narrow && s.Name != "" {
			out = append(out, Entry{s.Name, v.limitLook(i)})
		}
	}
	return out
}

func (v Canvas) limitLook(i int) Look {
	return Look{Ink: Ink, Dash: dashes[(i+1)/2%len(dashes)], Width: 1.2}
}

// powers write the powers of ten along the axis and what it counts.
func (v Canvas) powers(p *Picture) {
	base := float64(p.Height - p.Bottom)
	p.Rules = append(p.Rules, Rule{X1: float64(p.Left), X2: float64(p.Width - p.Right), Y1: base, Y2: base, Ink: Secondary, Width: 1})
	for n := p.X.Low; n <= p.X.High*1.001; n *= 10 {
		x, _ := p.At(n, 0)
		p.Rules = append(p.Rules, Rule{X1: x, X2: x, Y1: base, Y2: base + 5, Ink: Secondary, Width: 1})
		number := Words{X: x, Y: base + 19, Text: v.say.Tick(n, 1), Anchor: "middle", Ink: Secondary, Size: v.letters(*p)}
		if x+width(number.Text)/2 > float64(p.Width) {
			number.X, number.Anchor = float64(p.Width), "end"
		}
		p.Words = append(p.Words, number)
	}
	title := v.lines(p.X.Title, Words{X: float64(p.Left), Y: base + 38, Anchor: "start", Ink: Secondary, Size: v.letters(*p)}, float64(p.Width-p.Left))
	p.Height += (len(title) - 1) * lineHeight
	p.Bottom += (len(title) - 1) * lineHeight
	p.Words = append(p.Words, title...)
}

// funnelLooks are the marks of points inside the limits, outside the inner ones and outside both.
var funnelLooks = []Look{{Ink: Palette[0], Symbol: "circle", Size: 7}, {Ink: Palette[3], Symbol: "triangle", Size: 11}, {Ink: Palette[2], Symbol: "diamond", Size: 13}}

// funnelWords name the three marks.
var funnelWords = []queries.Words{
	{Da: "Inden for grænserne", En: "Inside the limits"}, {Da: "Uden for 95 pct.", En: "Outside 95 per cent"}, {Da: "Uden for 99,8 pct.", En: "Outside 99.8 per cent"},
}

// funnelPoint is one row's place in a funnel.
type funnelPoint struct {
	place, look int
	x, y        float64
}

// funnelPoints are the rows that have limits, in order of the number they are of.
func (v Canvas) funnelPoints() []funnelPoint {
	var points []funnelPoint
	for place := range v.Rows {
		x, ok := v.figure(place, v.X)
		y, both := v.figure(place, v.Series[0].Column)
		position, limited := v.CellAt(place, "position").Value.(string)
		if ok && both && limited {
			look := map[string]int{"above_95": 1, "below_95": 1, "above_998": 2, "below_998": 2}[position]
			points = append(points, funnelPoint{place, look, x, y})
		}
	}
	slices.SortStableFunc(points, func(a, b funnelPoint) int { return cmp.Compare(a.x, b.x) })
	return points
}

// pointTip is what a pointer on a point shows.
func (v Canvas) pointTip(p funnelPoint) string {
	rate := v.Series[0].Column
	return fmt.Sprintf("%s: %s, n = %s", v.say.Bare(v.CellAt(p.place, v.By), ""), v.text(v.CellAt(p.place, rate), rate), v.text(v.CellAt(p.place, v.X), v.X))
}

// limits are the other series as curves through the points' places, their names at the right end, moved apart where they would touch.
func (v Canvas) limits(p *Picture, points []funnelPoint) {
	highest := math.Inf(1)
	for i, s := range v.Series[1:] {
		label := ""
		if at := v.Table.Index(s.Column); at >= 0 {
			label = v.Table.Columns[at].Label
		}
		curve := Figures{Name: label, Unit: v.unit(s.Column), Look: v.limitLook(i), Quiet: true}
		last := 0.0
		for _, at := range points {
			y, ok := v.figure(at.place, s.Column)
			curve.Points = append(curve.Points, Point{X: at.x, Y: y, Empty: !ok || y > p.Y.High, Raw: v.CellAt(at.place, s.Column).Value})
			if ok {
				last = y
			}
		}
		p.Figures = append(p.Figures, curve)
		if len(points) == 0 || s.Name == "" || v.narrow {
			continue
		}
		x, y := p.At(points[len(points)-1].x, last)
		y = min(y, highest-lineHeight)
		highest = y
		p.Words = append(p.Words, Words{X: x + 10, Y: y + 4, Text: s.Name, Anchor: "start", Ink: Ink, Size: TextSize})
	}
}

// outsideNames name the points outside the limits, the outermost first, as many as find room beside all that is drawn.
func (v Canvas) outsideNames(p *Picture, points []funnelPoint) {
	outside := slices.DeleteFunc(slices.Clone(points), func(at funnelPoint) bool { return at.look == 0 })
	slices.SortStableFunc(outside, func(a, b funnelPoint) int {
		return cmp.Or(cmp.Compare(b.look, a.look), cmp.Compare(b.x, a.x))
	})
	for _, at := range outside {
		x, y := p.At(at.x, at.y)
		for _, side := range []Words{{X: x, Y: y - 13, Anchor: "middle"}, {X: x + 11, Y: y + 4, Anchor: "start"}, {X: x - 11, Y: y + 4, Anchor: "end"}, {X: x, Y: y + 21, Anchor: "middle"}} {
			side.Text, side.Ink, side.Size = v.say.Bare(v.CellAt(at.place, v.By), ""), Ink, SmallSize
			if b := side.box(); b.left >= float64(p.Left) && b.right <= float64(p.Width-p.Right)+40 && b.upper >= float64(p.Top)-20 && p.clear(side) {
				p.Words = append(p.Words, side)
				break
			}
		}
	}
}
