package charts

import (
	"fmt"
	"math"

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
// where the table has nothing. Where columns are too narrow for their figures, as on a telephone, a legend says what the colours stand for.
func (v Canvas) heat() Picture {
	p := Picture{Form: Fields, Y: Axis{Places: v.labels}, Frame: Frame{Right: 8, Bottom: 8, Width: v.whole()}}
	highest, _ := Top(v.highest(v.Series...))
	widest := 0.0
	most := min(max(float64(p.Width)/4, v.longestWord()), float64(p.Width)/3)
	for _, text := range v.labels {
		for _, part := range wrapped(text, most) {
			widest = max(widest, width(part))
		}
	}
	p.Left = int(widest) + 12
	written := v.headRoom(p) >= v.widestFigure()
	lines := v.heatHeads(&p, written)
	p.Words = append(p.Words, v.lines(v.heatTitle(), Words{X: 0, Y: 14, Anchor: "start", Ink: Secondary, Size: v.letters(p)}, float64(p.Width))...)
	p.Top = len(p.Words)*lineHeight + lines*15 + 14
	if !written {
		p.Top += v.heatLegend(&p, float64(len(p.Words)*lineHeight), highest)
	}
	p.Height = p.Top + p.Bottom + 25*max(len(v.Rows), 1)
	if written {
		v.heatWords(&p)
	} else {
		v.thinHeads(&p)
	}
	v.heatRows(&p, most)
	for i := range v.Series {
		p.Figures = append(p.Figures, v.heatColumn(i, highest, written))
	}
	return p
}

// heatColumn is a column of fields, with its figures written in them or not.
func (v Canvas) heatColumn(i int, highest float64, written bool) Figures {
	s := v.Series[i]
	column := Figures{Name: s.Name, Unit: v.unit(s.Column)}
	for place := range v.Rows {
		c := v.CellAt(place, s.Column)
		value, ok := v.size(c, s.Column)
		at := Point{X: float64(i), Y: float64(place), Empty: !ok, Tip: fmt.Sprintf("%s, %s: %s", v.labels[place], s.Name, v.text(c, s.Column))}
		if written {
			at.Label = v.say.Bare(c, v.unit(s.Column))
		}
		if ok {
			at.Raw = c.Value
			at.Look = &Look{Ink: HeatSteps[min(int(value/highest*float64(len(HeatSteps))), len(HeatSteps)-1)]}
		}
		column.Points = append(column.Points, at)
	}
	return column
}

// OnField is the colour of the letters in a field.
func OnField(field Colour) Colour {
	if field == HeatSteps[3] || field == HeatSteps[4] {
		return Paper
	}
	return Ink
}

// heatHeads gives the heads of the columns their places and says how many lines the longest takes in the width of its column; those of columns
// too narrow for figures are not broken.
func (v Canvas) heatHeads(p *Picture, written bool) int {
	lines := 1
	for _, s := range v.Series {
		p.X.Places = append(p.X.Places, s.Name)
		if written {
			lines = max(lines, len(wrapped(s.Name, v.headRoom(*p))))
		}
	}
	return lines
}

func (v Canvas) headRoom(p Picture) float64 { return p.plotWidth()/float64(max(len(v.Series), 1)) - 2 }

// widestFigure is how wide the figures of a map are written at most.
func (v Canvas) widestFigure() float64 {
	most := 0.0
	for _, s := range v.Series {
		for place := range v.Rows {
			most = max(most, width(v.say.Bare(v.CellAt(place, s.Column), v.unit(s.Column)))*SmallSize/TextSize)
		}
	}
	return most
}

// heatLegend says what the colours stand for, so many pixels down, and gives how high that is.
func (v Canvas) heatLegend(p *Picture, down, highest float64) int {
	var entries []Entry
	step := highest / float64(len(HeatSteps))
	for i, ink := range HeatSteps {
		bounds := v.say.Tick(step*float64(i), step) + reports.Dash + v.say.Tick(step*float64(i+1), step)
		entries = append(entries, Entry{bounds, Look{Ink: ink, Symbol: "rect", Size: 12}})
	}
	words, marks := len(p.Words), len(p.Marks)
	high := v.legend(p, entries)
	for i := words; i < len(p.Words); i++ {
		p.Words[i].Y += down
	}
	for i := marks; i < len(p.Marks); i++ {
		p.Marks[i].Y += down
	}
	return high
}

// thinHeads write of narrow columns as many heads as do not touch.
func (v Canvas) thinHeads(p *Picture) {
	end := math.Inf(-1)
	for i, s := range v.Series {
		x, _ := p.At(float64(i), 0)
		half := width(s.Name)*SmallSize/TextSize/2 + 3
		if x-half < end || x+half > float64(p.Width)+3 {
			continue
		}
		end = x + half
		p.Words = append(p.Words, Words{X: x, Y: float64(p.Top) - 7, Text: s.Name, Anchor: "middle", Ink: Ink, Size: SmallSize})
	}
}

// heatWords write the heads over the columns, each line centred, the last just above the fields.
func (v Canvas) heatWords(p *Picture) {
	for i, s := range v.Series {
		x, _ := p.At(float64(i), 0)
		parts := wrapped(s.Name, v.headRoom(*p))
		for n, part := range parts {
			y := float64(p.Top) - 7 - 15*float64(len(parts)-1-n)
			p.Words = append(p.Words, Words{X: x, Y: y, Text: part, Anchor: "middle", Ink: Ink, Size: SmallSize})
		}
	}
}

// heatRows write the words left of the rows.
func (v Canvas) heatRows(p *Picture, most float64) {
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
