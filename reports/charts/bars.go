package charts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"koblet/reports"
)

// MostBars is how many places a chart of bars has at most; the others stand in the table.
const MostBars = 30

// manyBars is from how many places on bars are sorted by their length: fewer are found again in the table's order.
const manyBars = 12

// The bars of several series share 64 per cent of their place; whiskers stand at the middle of each.
const barShare = 0.64

// ColumnShare is how much of its place a column fills.
const ColumnShare = 0.78

// bars draws one horizontal bar a series at each place, with whiskers for the intervals and the figure at the end. What is known by a
// number, such as ages, keeps its order; of that more than MostBars are columns.
func (v Canvas) bars() Picture {
	if len(v.Rows) > MostBars && v.numbered() {
		return v.stack()
	}
	p := Picture{Form: Bars, Notes: v.sortBars()}
	legend := 0
	if len(v.Series) > 1 {
		var names []string
		for _, s := range v.Series {
			names = append(names, s.Name)
		}
		legend = v.barLegend(&p, names)
	}
	along := scale(v.Axis, v.highest(v.Series...), len(v.Series) > 0 && v.share(v.Series[0].Column))
	p.Cut = v.cut(along)
	v.barAxes(&p, legend, along)
	thick := barShare / float64(max(len(v.Series), 1))
	for i, s := range v.Series {
		settled := Figures{Name: s.Name, Unit: v.unit(s.Column), Look: Look{Ink: Palette[i%len(Palette)]}, Slot: i}
		pending := settled
		pending.Name, pending.Look.Hollow = fmt.Sprintf("%s, %s", s.Name, v.say.Word(wordProvisional)), true
		for place := range v.Rows {
			at := v.bar(place, s)
			divide(&settled, &pending, at, v.pending(place, s.Column))
			v.whisker(&p, at, float64(place)+(float64(i)+0.5)*thick-barShare/2)
		}
		p.addKinds(settled, pending)
	}
	return p
}

// barLegend names the colours of bars.
func (v Canvas) barLegend(p *Picture, names []string) int {
	p.Width = v.whole()
	var entries []Entry
	for i, name := range names {
		entries = append(entries, Entry{name, Look{Ink: Palette[i%len(Palette)], Symbol: "rect", Size: 12}})
	}
	return v.legend(p, entries)
}

// bar is a series' bar at a place: along the scale, not up it.
func (v Canvas) bar(place int, s reports.Series) Point {
	at := v.point(place, s)
	at.X, at.Y = at.Y, at.X
	at.Tip = v.labels[place] + ": " + at.Tip
	at.Label = v.text(v.CellAt(place, s.Column), s.Column)
	return at
}

// whisker draws a bar's interval along its middle, and its figure behind both.
func (v Canvas) whisker(p *Picture, at Point, middle float64) {
	end := at.X
	if at.Empty {
		end = 0
	}
	if low, ok := at.Low.(float64); ok {
		high, _ := at.High.(float64)
		high = min(high, p.X.High)
		end = max(end, high)
		x1, y := p.At(low, middle)
		x2, _ := p.At(high, middle)
		p.Rules = append(p.Rules, Rule{X1: x1, X2: x2, Y1: y, Y2: y, Ink: Paper, Width: 4}, // ink alone is not seen on a dark bar
			Rule{X1: x1, X2: x2, Y1: y, Y2: y, Ink: Ink, Width: 1.5})
	}
	x, y := p.At(end, middle)
	behind, anchor := 6.0, "start"
	if end < 0 {
		behind, anchor = -6, "end"
		if x-6-width(at.Label) < float64(p.Left) { // no room before the words of the row: the figure stands across nought
			x, _ = p.At(0, middle)
			behind, anchor = 6, "start"
		}
	}
	p.Words = append(p.Words, Words{X: x + behind, Y: y + 4, Text: at.Label, Anchor: anchor, Ink: Ink, Size: SmallSize, Ground: true})
}

// numbered reports whether the places are known by whole numbers, but for the unknown.
func (v Canvas) numbered() bool {
	found := false
	for place := range v.Rows {
		value := v.CellAt(place, v.X).Value
		_, number := value.(int64)
		if found = found || number; !number && value != nil {
			return false
		}
	}
	return found
}

// sortBars puts many bars in order of their length, the longest first, leaves out those that find no room, and says so.
func (v *Canvas) sortBars() (notes []string) {
	all := len(v.Rows)
	if all <= manyBars || len(v.Series) == 0 || v.numbered() || v.Time != "" {
		return nil
	}
	order := make([]int, len(v.Rows))
	for i := range order {
		order[i] = i
	}
	unknown := func(place int) bool {
		code := v.CellAt(place, v.X).Value
		return code == nil || code == "" || code == "unknown"
	}
	size := func(place int) float64 {
		if unknown(place) {
			return -2 // what is not stated is none to be the first
		}
		if y, ok := v.figure(place, v.Series[0].Column); ok {
			return y
		}
		return -1
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size(b), size(a)) })
	known := len(order)
	for known > 0 && unknown(order[known-1]) {
		known--
	}
	order = order[:min(len(order), MostBars)]
	rows, labels := make([]reports.Row, len(order)), make([]string, len(order))
	for i, place := range order {
		rows[i], labels[i] = v.Rows[place], v.labels[place]
	}
	v.Rows, v.labels = rows, labels
	switch {
	case all == len(rows):
		return nil
	case known < all: // one that is left out for being unknown may well be higher than those that are shown
		return []string{fmt.Sprintf(v.say.Word(wordRestKnown), min(known, len(rows)), known)}
	}
	return []string{fmt.Sprintf(v.say.Word(wordRest), len(rows), all)}
}

// barAxes leave room at the left for the words and at the right for the figures, and write the words from the top down and the scale below.
func (v Canvas) barAxes(p *Picture, legend int, along Axis) {
	most, lines := 300.0, 1
	p.Frame = Frame{Right: 96, Top: 8 + legend, Bottom: 46, Width: v.whole()}
	if v.narrow {
		most, p.Right = v.narrowWords(), 84
	}
	if at := v.Table.Index(v.X); at >= 0 && v.numbered() && v.Time == "" { // a number says nothing without its name
		p.Words = append(p.Words, Words{X: 0, Y: float64(legend) + 13, Text: v.Table.Columns[at].Label, Anchor: "start", Ink: Secondary, Size: TextSize})
		p.Top += lineHeight
	}
	widest := 0.0
	for place := range v.labels {
		if v.provisional(place) {
			v.labels[place] += " (" + string(reports.Provisional) + ")"
		}
	}
	for _, text := range v.labels {
		parts := wrapped(text, most)
		lines = max(lines, len(parts))
		for _, part := range parts {
			widest = max(widest, width(part))
		}
	}
	p.Left = int(widest) + 14
	p.Height = p.Top + p.Bottom + len(v.labels)*max(26*max(len(v.Series), 1)+8, lines*lineHeight+6)
	p.X, p.Y = along, Axis{Places: v.labels}
	if v.narrow {
		p.X.Step = p.X.High / 2
	}
	low := float64(p.Height - p.Bottom)
	for n := p.X.Low; n <= p.X.High+p.X.Step/1e6; n += p.X.Step {
		n = math.Round(n/p.X.Step)*p.X.Step + 0 // no sum of steps that misses nought, nor a nought below it
		x, _ := p.At(n, 0)
		p.Rules = append(p.Rules, Rule{X1: x, X2: x, Y1: float64(p.Top), Y2: low, Ink: Grid, Width: 1})
		p.Words = append(p.Words, Words{X: x, Y: low + 17, Text: v.say.Tick(n, p.X.Step), Anchor: "middle", Ink: Secondary, Size: v.letters(*p)})
	}
	left := float64(p.Left)
	if p.X.Low == 0 { // bars to either side of nought have their line there
		p.Rules = append(p.Rules, Rule{X1: left, X2: left, Y1: float64(p.Top), Y2: low, Ink: Secondary, Width: 1})
	}
	for place, text := range v.labels {
		_, y := p.At(0, float64(place))
		parts := wrapped(text, most)
		like := Words{X: left - 8, Y: y + 4.5 - 8.5*float64(len(parts)-1), Anchor: "end", Ink: Ink, Size: v.letters(*p)}
		p.Words = append(p.Words, v.lines(text, like, most)...)
	}
	title := v.lines(v.Axis, Words{X: left, Y: low + 37, Anchor: "start", Ink: Secondary, Size: v.letters(*p)}, float64(p.Width)-left)
	p.Height += (len(title) - 1) * lineHeight
	p.Bottom += (len(title) - 1) * lineHeight
	p.Words = append(p.Words, title...)
}

// narrowWords is how wide the words beside bars are on a narrow page: wide enough for the longest word, so that few are broken.
func (v Canvas) narrowWords() float64 {
	return min(max(130, v.longestWord()), 170)
}

// longestWord is how wide the widest word beside the rows is.
func (v Canvas) longestWord() float64 {
	most := 0.0
	for _, label := range v.labels {
		for _, word := range strings.Fields(label) {
			most = max(most, width(word)+1)
		}
	}
	return most
}

// waterfall draws the steps from the first down: a step that stands on others begins where they end.
func (v Canvas) waterfall() Picture {
	p := Picture{Form: Bars}
	if len(v.Series) == 0 {
		return p
	}
	s := v.Series[0]
	v.Series = v.Series[:1]
	v.barAxes(&p, v.barLegend(&p, []string{s.Name, v.say.Word(wordStanding)}), scale(v.Axis, v.highest(s), v.share(s.Column)))
	ground := Figures{Name: s.Name, Unit: v.unit(s.Column), Look: Look{Ink: Palette[0]}}
	standing := ground
	standing.Name, standing.Look.Ink = v.say.Word(wordStanding), Palette[1]
	for place := range v.Rows {
		at := v.bar(place, s)
		under := v.Under(v.step(place))
		at.Base = v.sum(under, s)
		divide(&ground, &standing, at, len(under) > 0)
		shown := at
		shown.X += at.Base
		v.whisker(&p, shown, float64(place))
	}
	p.addKinds(ground, standing)
	return p
}

// divide puts a bar among those of one kind or of the other; at its place the other has none.
func divide(one, other *Figures, at Point, second bool) {
	none := Point{X: at.X, Y: at.Y, Empty: true}
	if second {
		one.Points, other.Points = append(one.Points, none), append(other.Points, at)
		return
	}
	one.Points, other.Points = append(one.Points, at), append(other.Points, none)
}

// addKinds adds figures of two kinds, which share their places, where there are any of the second.
func (p *Picture) addKinds(one, other Figures) {
	p.Figures = append(p.Figures, one)
	for _, at := range other.Points {
		if !at.Empty {
			p.Figures = append(p.Figures, other)
			return
		}
	}
}

// sum is how high steps stand on each other.
func (v Canvas) sum(steps []string, s reports.Series) float64 {
	sum := 0.0
	for place := range v.Rows {
		if x, ok := v.figure(place, s.Column); ok && slices.Contains(steps, v.step(place)) {
			sum += x
		}
	}
	return sum
}

// stack draws the layers of each place up to the whole, with the layers named above the plot.
func (v Canvas) stack() Picture {
	p := Picture{Form: Columns, X: Axis{Places: v.labels}, Frame: Frame{Right: 12, Bottom: 34, Width: v.whole(), Height: v.tall()}}
	p.Y = scale(v.Axis, v.wholes(), len(v.Series) > 0 && v.share(v.Series[0].Column))
	if p.Y.Share && len(v.Series) > 1 {
		p.Y.High, p.Y.Step = 100, 20
	}
	p.Left = v.scaleRoom(p)
	var entries []Entry
	for i, s := range v.Series {
		if len(v.Series) > 1 {
			entries = append(entries, Entry{s.Name, Look{Ink: Palette[i%len(Palette)], Symbol: "rect", Size: 12}})
		}
	}
	above := v.legend(&p, entries)
	breaks, high := v.placeBreaks(p.Frame)
	p.Top = above + 34 + high
	if v.narrow {
		p.Top += (len(wrapped(v.Axis, float64(p.Width))) - 1) * lineHeight
		p.Height += above
	}
	v.grid(&p, float64(above+14))
	v.places(&p)
	for i, s := range v.Series {
		layer := Figures{Name: s.Name, Unit: v.unit(s.Column), Look: Look{Ink: Palette[i%len(Palette)]}, Layer: true}
		for place := range v.Rows {
			at := v.point(place, s)
			at.Pending = v.provisional(place)
			layer.Points = append(layer.Points, at)
		}
		p.Figures = append(p.Figures, layer)
	}
	v.breakMarks(&p, breaks)
	v.overColumn(&p)
	return p
}

// PendingApart gives columns whose provisional parts are figures of their own, pale, right above the settled ones of their layer: a native chart has one
// look a figure, and parts that look like the others are read as settled.
func (p Picture) PendingApart(l reports.Locale) Picture {
	if p.Form != Columns {
		return p
	}
	layers := p.Figures
	p.Figures = nil
	for _, f := range layers {
		settled, pending := f, f
		settled.Points, pending.Points = nil, nil
		pending.Name, pending.Look.Pale = fmt.Sprintf("%s, %s", f.Name, l.Word(wordProvisional)), true
		for _, at := range f.Points {
			divide(&settled, &pending, at, at.Pending)
		}
		p.addKinds(settled, pending)
	}
	return p
}

// overColumn writes over the last provisional column that it is, or beneath the drawing where there is no room.
func (v Canvas) overColumn(p *Picture) {
	last := v.lastProvisional()
	if last < 0 {
		return
	}
	x, y := p.At(float64(last), min(p.beneath(len(p.Figures), last), p.Y.High))
	if !p.sayAt(x, y+6, Words{Text: v.say.Word(wordProvisional)}) {
		p.Drawn = append(p.Drawn, v.say.Word(wordPale))
	}
}

// wholes is the height of the tallest stack.
func (v Canvas) wholes() float64 {
	most := 0.0
	for place := range v.Rows {
		sum := 0.0
		for _, s := range v.Series {
			x, _ := v.figure(place, s.Column)
			sum += x
		}
		most = max(most, sum)
	}
	return most
}
