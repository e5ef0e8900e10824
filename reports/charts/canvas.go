package charts

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"koblet/reports"
)

// Sizes in pixels. A chart is 16:9; panels of small multiples share its width three to a line. A narrow chart is as wide as a telephone.
const (
	chartWidth, chartHeight   = 1080, 608
	narrowWidth, narrowHeight = 358, 340
	panelWidth, panelHeight   = 344, 236
	stepWidth, stepHeight     = 516, 276
	charWidth                 = 7.3 // mean advance of a letter at TextSize, generous, for placing labels
	lineHeight                = 18
)

// TextSize is the size of a chart's letters; SmallSize that of those in panels and beside points.
const (
	TextSize  = 13
	SmallSize = 12
)

// Canvas holds a chart's table as positions along an axis.
type Canvas struct {
	reports.Chart
	Table  reports.Table
	Rows   []reports.Row // the row at each place; empty cells where the axis has a place without a row
	say    reports.Locale
	narrow bool

	legended bool     // published figures are named in the legend
	labels   []string // along the axis
	months   bool     // the axis over time is one of months such as 2013-05
	first    int64    // its first year, or the first month counted from the year 0
}

// newCanvas gives each row that a chart draws its place along the axis.
func newCanvas(c reports.Chart, t reports.Table, l reports.Locale) Canvas {
	v := Canvas{Chart: c, say: l, Table: t}
	at := t.Index(c.X)
	if at < 0 {
		return v
	}
	var rows []reports.Row
	for _, r := range t.Rows {
		if r.Kind != reports.Ordinary || r.Cells[at].Value == nil && c.Time != "" {
			continue // an unknown year has no place on an axis
		}
		rows = append(rows, r)
	}
	if v.overTime(rows, at) {
		return v
	}
	v.Time = ""
	for _, r := range rows {
		v.labels = append(v.labels, l.Bare(r.Cells[at], t.Columns[at].Unit))
		v.Rows = append(v.Rows, r)
	}
	v.tellApart(at)
	return v
}

// tellApart adds to labels that stand at several places what else their rows are known by: a group that two categories have is two bars.
func (v *Canvas) tellApart(at int) {
	if v.Kind != "bar" {
		return
	}
	times := map[string]int{}
	for _, label := range v.labels {
		times[label]++
	}
	for place, r := range v.Rows {
		var more []string
		for i, c := range v.Table.Columns {
			if i != at && c.Role.Tells() {
				more = append(more, v.say.Bare(r.Cells[i], c.Unit))
			}
		}
		if known := strings.Join(more, ", "); times[v.labels[place]] > 1 && known != "" && known != v.labels[place] {
			v.labels[place] += " (" + known + ")"
		}
	}
}

// overTime gives every year or month between the first and the last its place, so that distances along the axis are true. What
// stands alone long before all others has none. It is false where the axis is none of time, or a value on it is no time.
func (v *Canvas) overTime(rows []reports.Row, at int) bool {
	by := map[int64]reports.Row{}
	var times []int64
	for _, r := range rows {
		n, ok := v.Instant(r.Cells[at].Value)
		if !ok {
			return false
		}
		by[n] = r
		times = append(times, n)
	}
	if len(times) == 0 {
		return false
	}
	slices.Sort(times)
	v.months = v.Time == "month"
	v.first = times[v.AxisBegins(times)]
	for n := v.first; n <= times[len(times)-1]; n++ {
		label := fmt.Sprint(n)
		if v.months {
			label = v.say.Month(n)
		}
		v.labels = append(v.labels, label)
		v.Rows = append(v.Rows, by[n])
	}
	return true
}

// CellAt is the cell of a column at a place along the axis.
func (v Canvas) CellAt(place int, column string) reports.Cell {
	i := v.Table.Index(column)
	if i < 0 || i >= len(v.Rows[place].Cells) {
		return reports.Cell{}
	}
	return v.Rows[place].Cells[i]
}

// size is the coordinate of a cell: a share in per cent, a count as it is; false where there is nothing to draw.
func (v Canvas) size(c reports.Cell, column string) (float64, bool) {
	if c.Mark == reports.Hidden {
		return 0, false
	}
	switch x := c.Value.(type) {
	case int64:
		return float64(x), true
	case float64:
		if v.share(column) {
			return math.Round(x*1e8) / 1e6, true
		}
		return x, true
	}
	return 0, false
}

// figure is the coordinate of a column at a place.
func (v Canvas) figure(place int, column string) (float64, bool) {
	return v.size(v.CellAt(place, column), column)
}

func (v Canvas) unit(column string) string {
	if i := v.Table.Index(column); i >= 0 {
		return v.Table.Columns[i].Unit
	}
	return ""
}

func (v Canvas) share(column string) bool { return reports.IsShare(v.unit(column)) }

// text is what stands for a value beside its mark.
func (v Canvas) text(c reports.Cell, column string) string {
	text := v.say.Bare(c, v.unit(column)) // as the table has it
	if v.share(column) && c.Value != nil && c.Mark != reports.Hidden {
		text += " " + v.say.Unit(reports.UnitShare)
	}
	if sign := c.Mark.Beside(); sign != "" {
		text += " " + sign
	}
	return text
}

// tip is what a pointer on a figure shows: the figure and its interval.
func (v Canvas) tip(place int, s reports.Series) string {
	text := v.text(v.CellAt(place, s.Column), s.Column)
	if s.Low == "" || v.CellAt(place, s.Low).Value == nil {
		return text
	}
	return fmt.Sprintf("%s (%s)", text, v.say.Cell(v.say.Interval(v.CellAt(place, s.Low), v.CellAt(place, s.High), v.unit(s.Low)), reports.UnitShare))
}

// point is the figure of a series at a place.
func (v Canvas) point(place int, s reports.Series) Point {
	y, ok := v.figure(place, s.Column)
	p := Point{X: float64(place), Y: y, Empty: !ok, Tip: v.tip(place, s)}
	if ok {
		p.Raw = v.CellAt(place, s.Column).Value
	}
	low, below := v.figure(place, s.Low)
	high, above := v.figure(place, s.High)
	if below && above {
		p.Low, p.High = low, high
	}
	return p
}

// provisional reports whether the row at a place is not settled.
func (v Canvas) provisional(place int) bool {
	for i, c := range v.Rows[place].Cells {
		if c.Mark == reports.Provisional && !v.drawn(v.Table.Columns[i].Name) {
			return true
		}
	}
	return false
}

// drawn reports whether a column is that of a series: a mark there is the figure's own.
func (v Canvas) drawn(column string) bool {
	return slices.ContainsFunc(v.Series, func(s reports.Series) bool { return s.Column == column })
}

// pending reports whether a figure is not settled: its row is not, or it alone.
func (v Canvas) pending(place int, column string) bool {
	return v.provisional(place) || v.CellAt(place, column).Mark == reports.Provisional
}

// position is where a day stands along an axis of years or months: the year 1997 is drawn at its middle.
func (v Canvas) position(day time.Time) float64 {
	if v.months {
		days := float64(time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day())
		return float64(int64(day.Year())*12+int64(day.Month())-1-v.first) - 0.5 + float64(day.Day()-1)/days
	}
	days := float64(time.Date(day.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay())
	return float64(int64(day.Year())-v.first) - 0.5 + float64(day.YearDay()-1)/days
}

// Top is the round number an axis ends at, and the distance of its lines.
func Top(highest float64) (end, step float64) {
	if highest <= 0 {
		return 1, 1
	}
	raw := highest / 5
	scale := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if step = m * scale; step >= raw {
			break
		}
	}
	return math.Ceil(highest/step-1e-9) * step, step
}

// highest is the greatest value that has to find room: of every figure, and of the intervals of those that are settled. The few permits of a
// period that has hardly begun have an interval that would set the axis of all others; it is cut (see cut), unless nothing is settled.
func (v Canvas) highest(series ...reports.Series) float64 {
	figures, settled, pending := 0.0, 0.0, 0.0
	for place := range v.Rows {
		for _, s := range series {
			x, ok := v.figure(place, s.Column)
			if !ok {
				continue
			}
			figures = max(figures, x)
			high, _ := v.figure(place, s.High)
			if v.provisional(place) {
				pending = max(pending, high)
			} else {
				settled = max(settled, high, x)
			}
		}
	}
	if settled == 0 {
		return max(figures, pending)
	}
	return max(figures, settled)
}

// cut says of which places the interval reaches beyond an axis, so that the drawing cuts it. Empty where there is none.
func (v Canvas) cut(a Axis) string {
	var places []string
	for place := range v.Rows {
		for _, s := range v.Series {
			if high, ok := v.figure(place, s.High); ok && high > a.High*(1+1e-9) {
				places = append(places, v.labels[place])
				break
			}
		}
	}
	if places == nil {
		return ""
	}
	return fmt.Sprintf(v.say.Word(wordCut), strings.Join(places, ", "))
}

// width guesses how wide a text is drawn.
func width(text string) float64 { return charWidth * float64(utf8.RuneCountInString(text)) }

// wrapped breaks words into lines no wider than so many pixels; a word that is wider itself is broken at its own hyphen, else with one.
func wrapped(text string, wide float64) []string {
	room := max(int(wide/charWidth), 3)
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		for utf8.RuneCountInString(word) > room {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			letters := []rune(word)
			if own := strings.LastIndex(string(letters[:room]), "-"); own > 0 {
				lines, word = append(lines, word[:own+1]), word[own+1:]
				continue
			}
			lines = append(lines, string(letters[:room-1])+"-")
			word = string(letters[room-1:])
		}
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= room:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
