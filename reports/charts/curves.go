package charts

import (
	"fmt"
	"slices"

	"koblet/reports"
)

// steps draws the curves of a table in long form, a panel for each value of the column that tells them apart, over a scale of time: a
// curve keeps its height up to the day of its next row, the interval is a band, and beneath the days stands how many were at risk.
func (v Canvas) steps() []Picture {
	most := v.highest(v.Series...)
	longest := 0.0
	for place := range v.Rows {
		day, _ := v.figure(place, v.X)
		longest = max(longest, day)
	}
	var panels []Picture
	for _, group := range v.byPanel() {
		s := group.Series[0]
		p := Picture{Form: Lines, Name: group.name, Frame: Frame{Left: 48, Right: 18, Top: 40, Bottom: 66, Width: stepWidth, Height: stepHeight}}
		p.X = Axis{Title: v.say.Word(wordDays), High: max(longest, 1)} // the number at risk is drawn; a workbook has no room for it
		if v.narrow {
			p.Width = narrowWidth
			more := (len(wrapped(v.say.Word(wordAtRisk), float64(p.Width-p.Left))) - 1) * lineHeight
			p.Height, p.Bottom = p.Height+more, p.Bottom+more
		}
		p.Y = scale("", most, v.share(s.Column))
		group.grid(&p, 0)
		group.named(&p)
		group.days(&p)
		group.addCurve(&p, s)
		p.Finding = group.finding(s)
		panels = append(panels, p)
	}
	return panels
}

func (v panelOf) addCurve(p *Picture, s reports.Series) {
	curve := Figures{Name: s.Name, Unit: v.unit(s.Column), Look: Look{Ink: Palette[0], Dash: "solid", Symbol: "circle", Width: 2, Size: 4}, Band: s.Low != "" && s.High != "", Step: true}
	for place := range v.Rows {
		at := v.point(place, s)
		at.X, _ = v.figure(place, v.X)
		curve.Points = append(curve.Points, at)
	}
	p.Figures = append(p.Figures, curve)
}

// days writes beneath the scale the days that have a row, as many as do not touch, the first and the last among them, each over the number at risk.
func (v panelOf) days(p *Picture) {
	base := float64(p.Height - p.Bottom)
	p.Rules = append(p.Rules, Rule{X1: float64(p.Left), X2: float64(p.Width - p.Right), Y1: base, Y2: base, Ink: Secondary, Width: 1})
	taken, begins := float64(p.Width)+30, float64(p.Left)
	half := func(place int) float64 {
		return max(width(v.labels[place]), width(v.say.Bare(v.CellAt(place, "at_risk"), "permits"))) / 2
	}
	if len(v.Rows) > 1 { // the panels have the same days: none leaves out where all began
		first, _ := v.figure(0, v.X)
		x, _ := p.At(first, 0)
		begins = x + half(0) + 8
	}
	for place := len(v.Rows) - 1; place >= 0; place-- {
		day, ok := v.figure(place, v.X)
		if !ok {
			continue
		}
		x, _ := p.At(day, 0)
		risk := v.say.Bare(v.CellAt(place, "at_risk"), "permits")
		if x+half(place)+8 > taken || place > 0 && x-half(place) < begins {
			continue
		}
		taken = x - half(place)
		p.Rules = append(p.Rules, Rule{X1: x, X2: x, Y1: base, Y2: base + 4, Ink: Secondary, Width: 1})
		for row, text := range []string{v.labels[place], risk} {
			p.Words = append(p.Words, Words{X: x, Y: base + 17 + 16*float64(row), Text: text, Anchor: "middle", Ink: Secondary, Size: SmallSize})
		}
	}
	title := Words{X: float64(p.Left), Y: base + 55, Anchor: "start", Ink: Secondary, Size: SmallSize}
	p.Words = append(p.Words, v.lines(v.say.Word(wordAtRisk), title, float64(p.Width-p.Left))...)
}

// finding says what a curve shows: where it ends.
func (v panelOf) finding(s reports.Series) string {
	for place := len(v.Rows) - 1; place >= 0; place-- {
		if c := v.CellAt(place, s.Column); c.Value != nil && c.Mark != reports.Hidden {
			return fmt.Sprintf(v.say.Word(wordCurve), v.name, v.text(c, s.Column), v.labels[place])
		}
	}
	return v.name + ": " + reports.Dash
}

// panelOf is a canvas with the rows of one panel.
type panelOf struct {
	Canvas
	name string // the value
}

// byPanel splits the rows of a table in long form by the column that tells panels apart.
func (v Canvas) byPanel() []panelOf {
	at := v.Table.Index(v.By)
	if at < 0 || len(v.Series) == 0 {
		return nil
	}
	var panels []panelOf
	for place, r := range v.Rows {
		name := v.say.Bare(r.Cells[at], "")
		i := slices.IndexFunc(panels, func(p panelOf) bool { return p.name == name })
		if i < 0 {
			i = len(panels)
			panels = append(panels, panelOf{v, name})
			panels[i].Rows, panels[i].labels = nil, nil
		}
		panels[i].Rows = append(panels[i].Rows, r)
		panels[i].labels = append(panels[i].labels, v.labels[place])
	}
	return panels
}
