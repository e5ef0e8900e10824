package charts

import (
	"slices"
	"unicode/utf8"
)

// box is a rectangle of a drawing, in pixels.
type box struct{ left, upper, right, lower float64 }

// box is where words lie, with the room that they need around them to be read apart from what is beside them.
func (w Words) box() box {
	long := charWidth * float64(utf8.RuneCountInString(w.Text)) * float64(w.Size) / TextSize
	from := w.X
	switch w.Anchor {
	case "middle":
		from -= long / 2
	case "end":
		from -= long
	}
	return box{from - 2, w.Y - 0.8*float64(w.Size) - 2, from + long + 2, w.Y + 0.25*float64(w.Size) + 2}
}

func (b box) touches(o box) bool {
	return b.left < o.right && o.left < b.right && b.upper < o.lower && o.upper < b.lower
}

// crossed reports whether a straight line from one point to another runs through the box.
func (b box) crossed(from, to [2]float64) bool {
	begin, end := 0.0, 1.0
	for _, side := range [][3]float64{{from[0], to[0] - from[0], 0}, {from[1], to[1] - from[1], 1}} {
		low, high := b.left, b.right
		if side[2] == 1 {
			low, high = b.upper, b.lower
		}
		if side[1] == 0 {
			if side[0] <= low || side[0] >= high {
				return false
			}
			continue
		}
		one, other := (low-side[0])/side[1], (high-side[0])/side[1]
		begin, end = max(begin, min(one, other)), min(end, max(one, other))
	}
	return begin < end
}

func around(x, y, size float64) box { return box{x - size/2, y - size/2, x + size/2, y + size/2} }

// clear reports whether words lie within the drawing and on no line, no mark, no column and no other words. Grid lines are none of these: they are
// pale, and the words' ground interrupts them.
func (p Picture) clear(w Words) bool {
	b := w.box()
	if b.left < 0 || b.upper < 0 || b.right > float64(p.Width) || b.lower > float64(p.Height) {
		return false
	}
	for _, other := range p.Words {
		if b.touches(other.box()) {
			return false
		}
	}
	for _, m := range p.Marks {
		if b.touches(around(m.X, m.Y, max(float64(m.Look.Size), 14))) {
			return false
		}
	}
	for _, r := range p.Rules {
		if r.Ink != Grid && b.crossed([2]float64{r.X1, r.Y1}, [2]float64{r.X2, r.Y2}) {
			return false
		}
	}
	for i := range p.Figures {
		if !p.clearOf(i, b) {
			return false
		}
	}
	return true
}

// clearOf reports whether the marks, the line or the columns of some figures leave a box alone.
func (p Picture) clearOf(i int, b box) bool {
	f := p.Figures[i]
	for n, at := range f.Points {
		if at.Empty || f.Sheet {
			continue
		}
		x, y := p.At(at.X, at.Y)
		switch {
		case f.Layer:
			below := p.beneath(i, n)
			x1, y1 := p.At(at.X-ColumnShare/2, below+at.Y)
			x2, y2 := p.At(at.X+ColumnShare/2, below)
			if b.touches(box{x1, y1, x2, y2}) {
				return false
			}
		case f.Look.Symbol != "" && b.touches(around(x, y, float64(f.Look.Size)+2)):
			return false
		case f.Look.Width > 0 && n > 0 && !f.Points[n-1].Empty:
			x0, y0 := p.At(f.Points[n-1].X, f.Points[n-1].Y)
			if p.runs(f, [2]float64{x0, y0}, [2]float64{x, y}, b) {
				return false
			}
		}
	}
	return true
}

// runs reports whether the line between two points runs through a box: straight, or in the steps that the figures ask for.
func (p Picture) runs(f Figures, from, to [2]float64, b box) bool {
	turn := to[0]
	switch {
	case !f.Step:
		return b.crossed(from, to)
	case len(p.X.Places) > 0:
		turn = (from[0] + to[0]) / 2
	}
	up, down := [2]float64{turn, from[1]}, [2]float64{turn, to[1]}
	return b.crossed(from, up) || b.crossed(up, down) || b.crossed(down, to)
}

// beneath is how high the layers below one are at a place.
func (p Picture) beneath(layer, place int) float64 {
	below := 0.0
	for _, f := range p.Figures[:layer] {
		if !f.Points[place].Empty {
			below += f.Points[place].Y
		}
	}
	return below
}

// sayAt sets words at the first place beside a figure's pixel where they are clear: over it or under it, before it or behind it. It is
// false where there is none, and then the words are not set.
func (p *Picture) sayAt(x, y float64, w Words) bool {
	w.Ink, w.Size, w.Ground = Ink, SmallSize, true
	for _, at := range []Words{
		{X: x, Y: y - 11, Anchor: "middle"}, {X: x + 8, Y: y - 11, Anchor: "end"}, {X: x + 10, Y: y + 4, Anchor: "start"},
		{X: x, Y: y + 20, Anchor: "middle"}, {X: x + 8, Y: y + 20, Anchor: "end"}, {X: x - 12, Y: y + 4, Anchor: "end"},
		{X: x + 10, Y: y - 14, Anchor: "start"}, {X: x + 10, Y: y + 24, Anchor: "start"},
	} {
		w.X, w.Y, w.Anchor = at.X, at.Y, at.Anchor
		if p.clear(w) {
			p.Words = append(p.Words, w)
			return true
		}
	}
	return false
}

// sayProvisional writes the word at one of the last of the provisional figures. It is false where that has no place that is clear: then
// it must be said elsewhere.
func (v Canvas) sayProvisional(p *Picture) bool {
	last := v.lastProvisional()
	if last < 0 {
		return true
	}
	for i, s := range v.Series {
		if y, ok := v.figure(last, s.Column); ok && v.look(i).Symbol != "" {
			x, down := p.At(float64(last), y)
			if p.sayAt(x, down, Words{Text: v.say.Word(wordProvisional)}) {
				return true
			}
		}
	}
	return false
}

// lastProvisional is the last place with a provisional figure; -1 where there is none.
func (v Canvas) lastProvisional() int {
	for place := len(v.Rows) - 1; place >= 0; place-- {
		for _, s := range v.Series {
			if _, ok := v.figure(place, s.Column); ok && v.provisional(place) {
				return place
			}
		}
	}
	return -1
}

// Notes are what pictures have to say that has no room in them, each once.
func Notes(pictures ...Picture) []string {
	var out []string
	for _, p := range pictures {
		for _, text := range p.Notes {
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return out
}

// Drawings say what dashed lines and pale columns are, and which intervals are cut at the frame, for printers that draw them: a workbook's charts have none of these.
func Drawings(pictures, narrow []Picture) []string {
	var out []string
	for _, p := range slices.Concat(pictures, narrow) {
		for _, text := range p.Drawn {
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	for _, p := range pictures {
		if p.Cut != "" {
			out = append(out, p.Cut)
		}
	}
	return out
}
