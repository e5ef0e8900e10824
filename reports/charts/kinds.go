package charts

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"koblet/reports"
)

// Layout is how the pictures of a chart stand beside each other.
type Layout string

// The layouts: one picture, small panels three to a line, and wider ones two to a line.
const (
	Single Layout = "single"
	Panels Layout = "panels"
	Wide   Layout = "panels wide"
)

// kind is a kind of chart: how its pictures are laid out and how they stand. Everything else about it is in its pictures.
type kind struct {
	layout Layout
	lay    func(Canvas) []Picture
}

// kinds are all there are. What each draws of its table is the report's: its chart names the columns.
var kinds = map[string]kind{
	"line":       {Single, one(Canvas.line)},
	"control":    {Single, one(Canvas.line)},
	"bar":        {Single, one(Canvas.bars)},
	"dot":        {Single, one(Canvas.dots)},
	"waterfall":  {Single, one(Canvas.waterfall)},
	"stack":      {Single, one(Canvas.stack)},
	"heat":       {Single, one(Canvas.heat)},
	"funnel":     {Single, one(Canvas.funnel)},
	"difference": {Single, one(Canvas.differences)},
	"multiples":  {Panels, Canvas.multiples},
	"step":       {Wide, Canvas.steps},
}

func one(lay func(Canvas) Picture) func(Canvas) []Picture {
	return func(v Canvas) []Picture { return []Picture{lay(v)} }
}

// Of lays a chart out over its table: one picture, or one a panel.
func Of(c reports.Chart, t reports.Table, l reports.Locale) ([]Picture, Layout, error) {
	return lay(c, newCanvas(c, t, l))
}

// Narrow lays a chart out for a page as wide as a telephone.
func Narrow(c reports.Chart, t reports.Table, l reports.Locale) ([]Picture, error) {
	v := newCanvas(c, t, l)
	v.narrow = true
	pictures, _, err := lay(c, v)
	return pictures, err
}

func lay(c reports.Chart, v Canvas) ([]Picture, Layout, error) {
	k, ok := kinds[c.Kind]
	if !ok {
		return nil, "", fmt.Errorf("chart: unknown kind %q", c.Kind)
	}
	return k.lay(v), k.layout, nil
}

// step is the code of the row at a place.
func (v Canvas) step(place int) string {
	code, _ := v.CellAt(place, v.X).Value.(string)
	return code
}

// whole is how wide a drawing is that is no panel.
func (v Canvas) whole() int {
	if v.narrow {
		return narrowWidth
	}
	return chartWidth
}

// tall is how high a drawing of lines or columns is.
func (v Canvas) tall() int {
	if v.narrow {
		return narrowHeight
	}
	return chartHeight
}

// solid are the looks of series, in their order.
func solid(i int) Look {
	return Look{Ink: Palette[i%len(Palette)], Dash: dashes[i%len(dashes)], Symbol: symbols[i%len(symbols)], Width: 2, Size: 7}
}

// grid rules lines at the steps of the value axis and writes its numbers and its title.
func (v Canvas) grid(p *Picture, title float64) {
	for n := 0.0; n <= p.Y.High+p.Y.Step/1e6; n += p.Y.Step {
		y := p.down(n)
		p.Rules = append(p.Rules, Rule{X1: float64(p.Left), X2: float64(p.Width - p.Right), Y1: y, Y2: y, Ink: Grid, Width: 1})
		p.Words = append(p.Words, Words{X: float64(p.Left) - 8, Y: y + 4, Text: v.say.Tick(n, p.Y.Step), Anchor: "end", Ink: Secondary, Size: v.letters(*p)})
	}
	p.Words = append(p.Words, v.lines(p.Y.Title, Words{X: 0, Y: title, Ink: Secondary, Size: v.letters(*p)}, float64(p.Width))...)
}

// figureWidth is how wide a figure of TextSize is in the widest of the common fonts: figures are wider than letters in the mean.
const figureWidth = 8.3

// scaleRoom is the room left of the plot for the numbers of the value axis: what rates need, and more where what is counted needs more.
func (v Canvas) scaleRoom(p Picture) int {
	widest := 0
	for n := 0.0; n <= p.Y.High+p.Y.Step/1e6; n += p.Y.Step {
		widest = max(widest, utf8.RuneCountInString(v.say.Tick(n, p.Y.Step)))
	}
	return max(48, int(figureWidth*float64(widest*v.letters(p))/TextSize)+9)
}

// letters is the size of the letters along the axes.
func (v Canvas) letters(p Picture) int {
	if p.Width < chartWidth {
		return SmallSize
	}
	return TextSize
}

// lines are words broken into lines of a width, one beneath the other.
func (v Canvas) lines(text string, like Words, wide float64) []Words {
	var out []Words
	for _, line := range wrapped(text, wide) {
		w := like
		w.Text = line
		out = append(out, w)
		like.Y += float64(lineHeight - 1)
	}
	return out
}

// places writes the labels of an axis of places beneath the plot, as many as do not touch, under a line.
func (v Canvas) places(p *Picture) {
	base := float64(p.Height - p.Bottom)
	p.Rules = append(p.Rules, Rule{X1: float64(p.Left), X2: float64(p.Width - p.Right), Y1: base, Y2: base, Ink: Secondary, Width: 1})
	every, from := v.labelled(*p)
	for place := from; place < len(v.labels); place += every {
		x, _ := p.At(float64(place), 0)
		p.Words = append(p.Words, Words{X: x, Y: base + 18, Text: v.labels[place], Anchor: "middle", Ink: Secondary, Size: v.letters(*p)})
	}
}

// labelled says which places along an axis are labelled: of years and months round ones, so that they are found again in a calendar.
func (v Canvas) labelled(p Picture) (every, from int) {
	most := 0.0
	for _, text := range v.labels {
		most = max(most, width(text)+10)
	}
	each := p.plotWidth() / float64(max(len(v.labels), 1))
	steps := []int{1, 2, 5, 10, 20, 50}
	if v.months {
		steps = []int{1, 3, 6, 12, 24, 60, 120, 240}
	}
	if v.Time == "" {
		return max(int(most/each+0.999), 1), 0
	}
	every = steps[len(steps)-1]
	if i := slices.IndexFunc(steps, func(n int) bool { return float64(n)*each >= most }); i >= 0 {
		every = steps[i]
	}
	from = int((int64(every) - v.first%int64(every)) % int64(every))
	if from >= len(v.labels) {
		from = 0
	}
	return every, from
}

// legend sets entries above the plot, as many to a line as find room, and gives how high they are.
func (v Canvas) legend(p *Picture, entries []Entry) int {
	if len(entries) == 0 {
		return 0
	}
	x, y := 0.0, 12.0
	for _, e := range entries {
		for n, line := range wrapped(e.Name, float64(p.Width)-30) {
			if n > 0 || x > 0 && x+26+width(line) > float64(p.Width) {
				x, y = 0, y+20
			}
			if n == 0 {
				p.Marks = append(p.Marks, Mark{X: x + 8, Y: y - 4, Look: e.Look})
			}
			p.Words = append(p.Words, Words{X: x + 21, Y: y, Text: line, Anchor: "start", Ink: Ink, Size: TextSize})
			x += 21 + width(line) + 18
		}
	}
	return int(y) + 12
}
