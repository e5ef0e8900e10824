package charts

import (
	"fmt"
	"math"
	"slices"

	"koblet/analysis/stats"
)

// dots draws a point at each place of the first series, with its interval: a whole that is measured in several ways is no length.
func (v Canvas) dots() Picture {
	p := Picture{Form: Points}
	if len(v.Series) == 0 {
		return p
	}
	s := v.Series[0]
	v.barAxes(&p, 0, scale(v.Axis, v.highest(s), v.share(s.Column)))
	f := Figures{Name: s.Name, Unit: v.unit(s.Column), Look: Look{Ink: Palette[0], Symbol: symbols[0], Size: 10}}
	for place := range v.Rows {
		at := v.bar(place, s)
		f.Points = append(f.Points, at)
		v.whisker(&p, at, float64(place))
	}
	p.Figures = []Figures{f}
	return p
}

// differences draws bars to either side of nought, with dashed lines where a standardised difference is worth a look by convention. What is
// of one characteristic is named by it. The rows stand in their order, the largest differences first, and no more than find room.
func (v Canvas) differences() Picture {
	p := Picture{Form: Bars}
	if len(v.Series) == 0 {
		return p
	}
	s, all := v.Series[0], len(v.Rows)
	v.Rows, v.labels = v.Rows[:min(all, MostBars)], slices.Clone(v.labels[:min(all, MostBars)])
	p.Drawn = []string{fmt.Sprintf(v.say.Word(wordNotable), v.say.Tick(stats.NotableDifference, stats.NotableDifference))}
	if all > len(v.Rows) {
		p.Notes = append(p.Notes, fmt.Sprintf(v.say.Word(wordLargest), len(v.Rows), all))
	}
	f, furthest := Figures{Name: s.Name, Unit: v.unit(s.Column), Look: Look{Ink: Palette[0]}}, stats.NotableDifference
	for place := range v.Rows {
		v.labels[place] = v.text(v.CellAt(place, v.By), v.By) + ": " + v.labels[place]
		x, _ := v.figure(place, s.Column)
		furthest = max(furthest, math.Abs(x))
	}
	end, step := Top(furthest * 1.15) // with room for the figure behind the furthest
	v.barAxes(&p, 0, Axis{Title: v.Axis, Low: -end, High: end, Step: step})
	for _, x := range []float64{-stats.NotableDifference, 0, stats.NotableDifference} {
		right, _ := p.At(x, 0)
		p.Rules = append(p.Rules, Rule{X1: right, X2: right, Y1: float64(p.Top), Y2: float64(p.Height - p.Bottom), Ink: Secondary, Width: 1, Dashed: x != 0})
	}
	for place := range v.Rows {
		at := v.bar(place, s)
		f.Points = append(f.Points, at)
		v.whisker(&p, at, float64(place))
	}
	p.Figures = []Figures{f}
	return p
}
