package charts

import (
	"fmt"
	"math"
	"slices"

	"koblet/reports"
)

// placed is a break with its place along the axis and the row, counted upwards from the plot, of its label.
type placed struct {
	at        float64
	text      string
	row       int
	left      bool // the words stand left of the line
	from, end float64
}

// placeBreaks gives each break's label a row of its own where it would touch another label or cross another's line.
// Lines reach up to their labels, so a label must clear every line that goes as high as its own row.
func (v Canvas) placeBreaks(f frame) (breaks []placed, rows int) {
	if !v.years && !v.months || len(v.labels) == 0 {
		return nil, 0
	}
	pixel := f.plotWidth() / float64(len(v.labels))
	for _, b := range v.Breaks {
		at := v.position(b.Day)
		if at < -0.5 || at > float64(len(v.labels))-0.5 {
			continue
		}
		p := placed{at: at, text: fmt.Sprintf("%s %s", v.say.TightDay(b.Day), b.Label)}
		p.left = at > float64(len(v.labels))/2
		x := (at + 0.5) * pixel
		p.from, p.end = x, x+width(p.text)+10
		if p.left {
			p.from, p.end = x-width(p.text)-10, x
		}
		breaks = append(breaks, p)
	}
	assignRows(breaks)
	for _, p := range breaks {
		rows = max(rows, p.row+1)
	}
	return breaks, rows
}

// assignRows goes from the middle outwards for words that stand left of their line, and from the right for the others,
// so that each label sees the lines it could cross.
func assignRows(breaks []placed) {
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
		done = append(done, *p)
	}
}

func lineX(p placed) float64 {
	if p.left {
		return p.end
	}
	return p.from
}

// breakMarks are thin dashed lines with date and words above the plot.
func (v Canvas) breakMarks(breaks []placed, f frame) []map[string]any {
	perPixel := f.end / f.plotHeight()
	var marks []map[string]any
	for _, b := range breaks {
		up := f.end + float64(b.row*lineHeight+lineHeight-2)*perPixel
		marks = append(marks, v.rule([2]float64{b.at, 0}, [2]float64{b.at, up}))
		if f.width < chartWidth {
			continue // panels show the lines only; the words stand on the chart by year
		}
		mark := v.label([2]float64{b.at, up - 7*perPixel}, b.text)
		place := map[string]any{"position": "right", "distance": 3, "color": Secondary.Light, "fontSize": 12}
		if b.left {
			place["position"], place["align"] = "left", "right"
		}
		merge(mark["label"].(map[string]any), place)
		marks = append(marks, mark)
	}
	return marks
}

// rule is a thin dashed line between two points of the unseen axis of numbers.
func (v Canvas) rule(from, to [2]float64) map[string]any {
	return map[string]any{
		"type": "line", "xAxisIndex": 1, "yAxisIndex": 0, "silent": true, "clip": false, "symbol": "none", "z": 1, "animation": false,
		"tooltip":   map[string]any{"show": false},
		"lineStyle": map[string]any{"color": Secondary.Light, "width": 1, "type": []int{3, 3}},
		"data":      [][]float64{{from[0], from[1]}, {to[0], to[1]}},
	}
}

// publishedMarks are diamonds with their words, on a line over the years they stand for.
func (v Canvas) publishedMarks(f frame) []map[string]any {
	if !v.years {
		return nil
	}
	var marks []map[string]any
	for _, p := range v.Published {
		from, to := float64(p.From-v.first), float64(p.To-v.first)
		if to < 0 || from > float64(len(v.labels)-1) {
			continue
		}
		from, to = max(from, 0), min(to, float64(len(v.labels)-1))
		if to > from {
			line := v.rule([2]float64{from, 100 * p.Value}, [2]float64{to, 100 * p.Value})
			line["lineStyle"] = map[string]any{"color": Ink.Light, "width": 1, "type": "solid"}
			line["z"] = 4
			marks = append(marks, line)
		}
		at, away := v.clearPlace(p, from, to, f)
		marks = append(marks, v.diamond(p, at, away, f)...)
	}
	return marks
}

// diamond is the mark of a published figure and its words, so many pixels above (or, less than nought, below) it; words
// that stand apart are led to it by a line.
func (v Canvas) diamond(p reports.Publish, at, away float64, f frame) []map[string]any {
	y, end := 100*p.Value, 100*p.Value+away*f.end/f.plotHeight()
	var marks []map[string]any
	if math.Abs(away) > nearWords {
		leader := v.rule([2]float64{at, y}, [2]float64{at, end})
		leader["lineStyle"], leader["z"] = map[string]any{"color": Ink.Light, "width": 1, "type": "solid"}, 4
		marks = append(marks, leader)
	}
	mark := v.label([2]float64{at, y}, p.Label)
	mark["symbol"], mark["symbolSize"], mark["z"] = "diamond", 13, 6
	mark["itemStyle"] = map[string]any{"color": Ink.Light, "borderColor": Paper.Light, "borderWidth": 1.5, "opacity": 1}
	mark["label"] = map[string]any{"show": false}
	words := v.label([2]float64{at, end}, p.Label)
	side := "top"
	if away < 0 {
		side = "bottom"
	}
	merge(words["label"].(map[string]any), map[string]any{"position": side, "distance": 1, "align": "center", "backgroundColor": Paper.Light, "padding": []int{1, 4}})
	return append(marks, mark, words)
}

// nearWords is how far, in pixels, words stand from a diamond that has room around it.
const nearWords = 8.0

// clearPlace is where a published figure's diamond stands on its years, and how far above or below it its words, so that
// they hide the fewest figures: near the middle and beneath it unless another place hides fewer.
func (v Canvas) clearPlace(p reports.Publish, from, to float64, f frame) (at, away float64) {
	half := width(p.Label) / 2 / (f.plotWidth() / float64(len(v.labels)))
	perPixel, y, middle := f.end/f.plotHeight(), 100*p.Value, (from+to)/2
	best := math.MaxInt
	for _, distance := range []float64{nearWords, 30, 52, 74, 96} {
		for step := 0.0; step <= to-middle; step++ {
			for _, x := range []float64{middle + step, middle - step} {
				for _, pixels := range []float64{-distance, distance} {
					low := y + pixels*perPixel
					if pixels < 0 {
						low -= lineHeight * perPixel
					}
					outside := x+half > float64(len(v.labels))+0.5 || x-half < -0.5
					if low < 0 || low+lineHeight*perPixel > f.end || step > 0 && outside {
						continue
					}
					if n := v.hidden(x, half, low-4*perPixel, low+(lineHeight+4)*perPixel); n < best {
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

// hidden counts the places at which a line passes between two values around a place. Between two places a line is
// straight, so it is looked at on the way too.
func (v Canvas) hidden(x, half, low, high float64) int {
	n := 0
	for _, s := range v.Series {
		for place := range v.Rows {
			y, ok := v.size(v.CellAt(place, s.Column), s.Column)
			if !ok {
				continue
			}
			next, more := y, false
			if place+1 < len(v.Rows) {
				next, more = v.size(v.CellAt(place+1, s.Column), s.Column)
			}
			for _, part := range []float64{0, 0.25, 0.5, 0.75} {
				value := y
				if more {
					value += part * (next - y)
				}
				if math.Abs(float64(place)+part-x) <= half+0.2 && value > low && value < high && (part == 0 || more) {
					n++
				}
			}
		}
	}
	return n
}
