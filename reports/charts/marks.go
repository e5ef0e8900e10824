package charts

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"koblet/reports"
)

// placed is a break with its place along the axis and the row, counted upwards from the plot, of its label.
type placed struct {
	at        float64
	text      string
	said      string // the same within a sentence
	row       int
	left      bool // the words stand left of the line
	from, end float64
}

// placeBreaks gives each break's label a row of its own where it would touch another label or cross another's line.
// Lines reach up to their labels, so a label must clear every line that goes as high as its own row. All of them take so many pixels.
func (v Canvas) placeBreaks(f Frame) (breaks []placed, high int) {
	if v.Time == "" || len(v.labels) == 0 {
		return nil, 0
	}
	pixel := f.plotWidth() / float64(len(v.labels))
	for _, b := range v.Breaks {
		at := v.position(b.Day)
		if at < -0.5 || at > float64(len(v.labels))-0.5 {
			continue
		}
		p := placed{at: at, text: fmt.Sprintf("%s %s", v.say.ShortDay(b.Day), b.Label), said: fmt.Sprintf("%s (%s)", b.Label, v.say.Day(b.Day))}
		p.left = at > float64(len(v.labels))/2
		p.beside((at + 0.5) * pixel)
		breaks = append(breaks, p)
	}
	if v.unnamedBreaks(f) {
		return breaks, 0
	}
	breaks = bestSides(breaks, f.plotWidth())
	return breaks, rowsOf(breaks)*lineHeight + breakRoom*min(len(breaks), 1)
}

// beside sets where the words of a break lie whose line is so far along.
func (p *placed) beside(x float64) {
	p.from, p.end = x, x+width(p.text)+10
	if p.left {
		p.from, p.end = x-width(p.text)-10, x
	}
}

// rowsOf is how many rows labels take.
func rowsOf(breaks []placed) int {
	rows := 0
	for _, p := range breaks {
		rows = max(rows, p.row+1)
	}
	return rows
}

// mostSides is how many breaks are tried on both sides of their lines; of more, each keeps its own.
const mostSides = 8

// bestSides gives labels their rows, and turns those to the other side of their line that would lie on other labels or take more rows, as few as
// will do.
func bestSides(breaks []placed, wide float64) []placed {
	var best []placed
	cost := func(b []placed, turned uint) int { return 100*rowsOf(b) + bits.OnesCount(turned) }
	least := math.MaxInt
	for turned := range uint(1) << min(len(breaks), mostSides) {
		trial, inside := slices.Clone(breaks), true
		for i := range trial {
			if turned>>i&1 == 1 {
				x := lineX(trial[i])
				trial[i].left = !trial[i].left
				trial[i].beside(x)
				inside = inside && trial[i].from >= 0 && trial[i].end <= wide
			}
		}
		free := assignRows(trial)
		if n := cost(trial, turned); turned == 0 || inside && free && n < least {
			best = trial
			if least = n; !free {
				least = math.MaxInt
			}
		}
	}
	return best
}

// assignRows goes from the middle outwards for words that stand left of their line, and from the right for the others,
// so that each label sees the lines it could cross. It is false where a label has no row that is clear.
func assignRows(breaks []placed) bool {
	order := make([]int, 0, len(breaks))
	for i := len(breaks) - 1; i >= 0; i-- {
		if !breaks[i].left {
			order = append(order, i)
		}
	}
	for i := range breaks {
		if breaks[i].left {
			order = append(order, i)
		}
	}
	var done []placed
	for _, i := range order {
		p := &breaks[i]
		taken := func(row int) bool {
			return slices.ContainsFunc(done, func(o placed) bool {
				crossed := o.row >= row && lineX(o) > p.from && lineX(o) < p.end
				crosses := row > o.row && lineX(*p) > o.from && lineX(*p) < o.end
				return crossed || crosses || o.row == row && p.from < o.end && o.from < p.end
			})
		}
		for taken(p.row) && p.row < len(breaks) {
			p.row++
		}
		if taken(p.row) {
			return false
		}
		done = append(done, *p)
	}
	return true
}

func lineX(p placed) float64 {
	if p.left {
		return p.end
	}
	return p.from
}

// unnamedBreaks reports whether breaks are lines only: panels have no room for words, which stand on the chart by year, and beside a narrow
// chart the page lists them.
func (v Canvas) unnamedBreaks(f Frame) bool { return f.Width < chartWidth }

// breakRoom is how far the words of breaks stand above the plot, so that they clear the marks at its upper edge.
const breakRoom = 5

// breakMarks are thin dashed lines with date and words above the plot.
func (v Canvas) breakMarks(p *Picture, breaks []placed) {
	for _, b := range breaks {
		p.Breaks = append(p.Breaks, b.said)
		x, _ := p.At(b.at, 0)
		up := float64(p.Top)
		if !v.unnamedBreaks(p.Frame) {
			up -= float64(b.row*lineHeight + lineHeight + breakRoom - 2)
		}
		low := float64(p.Height - p.Bottom)
		if p.Form == Columns { // dashes alone are not seen on a dark column
			p.Rules = append(p.Rules, Rule{X1: x, X2: x, Y1: low, Y2: float64(p.Top), Ink: Paper, Width: 3})
		}
		p.Rules = append(p.Rules, Rule{X1: x, X2: x, Y1: low, Y2: up, Ink: Secondary, Width: 1, Dashed: true})
		if v.unnamedBreaks(p.Frame) {
			continue
		}
		words := Words{X: x + 4, Y: up + 11, Text: b.text, Anchor: "start", Ink: Secondary, Size: SmallSize}
		if b.left {
			words.X, words.Anchor = x-4, "end"
		}
		p.Words = append(p.Words, words)
	}
}

// published are diamonds with their words, on a line over the years they stand for. A workbook, which has no words on a chart, has them
// as a series. It says whether the words are clear of lines and other words.
func (v Canvas) published(p *Picture) bool {
	free := true
	if v.Time != "year" {
		return free
	}
	for _, s := range v.Published {
		from, to := float64(s.From-v.first), float64(s.To-v.first)
		if to < 0 || from > float64(len(v.labels)-1) {
			continue
		}
		from, to = max(from, 0), min(to, float64(len(v.labels)-1))
		_, y := p.At(0, 100*s.Value)
		left, _ := p.At(from, 0)
		right, _ := p.At(to, 0)
		if to > from {
			p.Rules = append(p.Rules, Rule{X1: left, X2: right, Y1: y, Y2: y, Ink: Ink, Width: 1})
		}
		at, away := (from+to)/2, 0.0
		if !v.legended {
			at, away = v.clearPlace(*p, s, [2]float64{from, to})
		}
		x, _ := p.At(at, 0)
		free = free && (v.legended || p.clear(diamondWords(s.Label, x, y, away)))
		p.Marks = append(p.Marks, Mark{X: x, Y: y, Look: Look{Ink: Ink, Symbol: "diamond", Size: 12}})
		if !v.legended {
			if math.Abs(away) > nearWords { // words that stand apart are led to it by a line
				p.Rules = append(p.Rules, Rule{X1: x, X2: x, Y1: y, Y2: y + away, Ink: Ink, Width: 1})
			}
			p.Words = append(p.Words, diamondWords(s.Label, x, y, away))
		}
		diamonds := Figures{Name: s.Label, Unit: reports.UnitShare, Look: Look{Ink: Ink, Symbol: "diamond", Width: 1, Size: 7}, Sheet: true}
		for place := range v.Rows {
			diamonds.Points = append(diamonds.Points, Point{X: float64(place), Y: 100 * s.Value, Raw: s.Value, Empty: float64(place) < from || float64(place) > to})
		}
		p.Figures = append(p.Figures, diamonds)
	}
	return free
}

// diamondWords stand so many pixels above (or, more than nought, below) a diamond.
func diamondWords(text string, x, y, away float64) Words {
	base := y + away - 4
	if away > 0 {
		base = y + away + 12
	}
	return Words{X: x, Y: base, Text: text, Anchor: "middle", Ink: Ink, Size: TextSize, Ground: true}
}

// nearWords is how far, in pixels, words stand from a diamond that has room around it.
const nearWords = 8.0

// clearPlace is where a published figure's diamond stands on its years, and how far above or below it its words, so that
// they hide the fewest figures: near the middle and beneath it unless another place hides fewer.
func (v Canvas) clearPlace(p Picture, s reports.Publish, years [2]float64) (at, away float64) {
	half := width(s.Label) / 2 / (p.plotWidth() / float64(len(v.labels)))
	y, middle := p.down(100*s.Value), (years[0]+years[1])/2
	best := math.MaxInt
	for _, distance := range []float64{nearWords, 30, 52, 74, 96} {
		for step := 0.0; step <= years[1]-middle; step++ {
			for _, x := range []float64{middle + step, middle - step} {
				for _, pixels := range []float64{distance, -distance} {
					upper := y + pixels
					if pixels < 0 {
						upper -= lineHeight
					}
					outside := x+half > float64(len(v.labels))+0.5 || x-half < -0.5
					if upper < float64(p.Top) || upper+lineHeight > float64(p.Height-p.Bottom) || step > 0 && outside {
						continue
					}
					n := v.hidden(p, [2]float64{x, half}, [2]float64{upper - 4, upper + lineHeight + 4})
					if right, _ := p.At(x, 0); !p.clear(diamondWords(s.Label, right, y, pixels)) {
						n += len(v.labels) * len(v.Series) * 4 // worse than any that is clear
					}
					if n < best {
						best, at, away = n, x, pixels
					}
				}
			}
		}
	}
	if best == math.MaxInt {
		return middle, nearWords
	}
	return at, away
}

// hidden counts the places at which a line passes within half a width of a place, between two heights in pixels. Between two places a
// line is straight, so it is looked at on the way too.
func (v Canvas) hidden(p Picture, around, heights [2]float64) int {
	n := 0
	for _, s := range v.Series {
		for place := range v.Rows {
			y, ok := v.figure(place, s.Column)
			if !ok {
				continue
			}
			next, more := y, false
			if place+1 < len(v.Rows) {
				next, more = v.figure(place+1, s.Column)
			}
			for _, part := range []float64{0, 0.25, 0.5, 0.75} {
				value := y
				if more {
					value += part * (next - y)
				}
				down := p.down(value)
				if math.Abs(float64(place)+part-around[0]) <= around[1]+0.2 && down > heights[0] && down < heights[1] && (part == 0 || more) {
					n++
				}
			}
		}
	}
	return n
}
