package charts

import (
	"fmt"

	"koblet/reports"
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
func (v Canvas) heat() Picture {
	p := Picture{Form: Fields, Y: Axis{Places: v.labels}, Frame: Frame{Right: 8, Bottom: 8, Width: v.whole()}}
	highest, _ := Top(v.highest(v.Series...))
	widest := 0.0
	most := float64(p.Width) / 4
	for _, text := range v.labels {
		for _, part := range wrapped(text, most) {
			widest = max(widest, width(part))
		}
	}
	p.Left = int(widest) + 12
	lines := v.heatHeads(&p)
	title := v.lines(v.heatTitle(), Words{X: 0, Y: 14, Anchor: "start", Ink: Secondary, Size: v.letters(p)}, float64(p.Width))
	p.Words = append(p.Words, title...)
	p.Top = len(title)*lineHeight + lines*15 + 14
	p.Height = p.Top + p.Bottom + 25*max(len(v.Rows), 1)
	v.heatWords(&p, most)
	for i, s := range v.Series {
		column := Figures{Name: s.Name, Unit: v.unit(s.Column)}
		for place := range v.Rows {
			c := v.CellAt(place, s.Column)
			value, ok := v.size(c, s.Column)
			at := Point{X: float64(i), Y: float64(place), Empty: !ok, Label: v.say.Bare(c, v.unit(s.Column)), Tip: fmt.Sprintf("%s, %s: %s", v.labels[place], s.Name, v.text(c, s.Column))}
			if ok {
				at.Raw = c.Value
				at.Look = &Look{Ink: HeatSteps[min(int(value/highest*float64(len(HeatSteps))), len(HeatSteps)-1)]}
			}
			column.Points = append(column.Points, at)
		}
		p.Figures = append(p.Figures, column)
	}
	return p
}

// OnField is the colour of the letters in a field.
func OnField(field Colour) Colour {
	if field == HeatSteps[3] || field == HeatSteps[4] {
		return Paper
	}
	return Ink
}

// heatHeads gives the heads of the columns their places and says how many lines the longest takes in the width of its column.
func (v Canvas) heatHeads(p *Picture) int {
	lines := 1
	for _, s := range v.Series {
		p.X.Places = append(p.X.Places, s.Name)
		lines = max(lines, len(wrapped(s.Name, v.headRoom(*p))))
	}
	return lines
}

func (v Canvas) headRoom(p Picture) float64 { return p.plotWidth()/float64(max(len(v.Series), 1)) - 2 }

// heatWords write the heads over the columns, each line centred, the last just above the fields, and the words left of the rows.
func (v Canvas) heatWords(p *Picture, most float64) {
	for i, s := range v.Series {
		x, _ := p.At(float64(i), 0)
		parts := wrapped(s.Name, v.headRoom(*p))
		for n, part := range parts {
			y := float64(p.Top) - 7 - 15*float64(len(parts)-1-n)
			p.Words = append(p.Words, Words{X: x, Y: y, Text: part, Anchor: "middle", Ink: Ink, Size: SmallSize})
		}
	}
	for place, text := range v.labels {
		_, y := p.At(0, float64(place))
		if parts := wrapped(text, most); len(parts) > 1 {
			p.Words = append(p.Words, Words{X: float64(p.Left) - 8, Y: y - 2, Text: parts[0], Anchor: "end", Ink: Ink, Size: SmallSize - 1},
				Words{X: float64(p.Left) - 8, Y: y + 10, Text: parts[1], Anchor: "end", Ink: Ink, Size: SmallSize - 1})
			continue
		}
		if v.provisional(place) {
			text += " (" + string(reports.Provisional) + ")"
		}
		p.Words = append(p.Words, Words{X: float64(p.Left) - 8, Y: y + 4, Text: text, Anchor: "end", Ink: Ink, Size: SmallSize})
	}
}

// heatTitle says what stands across, and what is written in the fields.
func (v Canvas) heatTitle() string {
	if len(v.Series) == 0 {
		return v.Axis
	}
	if i := v.Table.Index(v.Series[0].Column); i >= 0 && v.Table.Columns[i].Head != "" {
		return v.Table.Columns[i].Head + " · " + v.Axis
	}
	return v.Axis
}
