package charts

import (
	"cmp"
	"fmt"
	"slices"

	"koblet/reports"
)

// line draws series over places: bands of the intervals, breaks of law, published figures, and the names of the lines at their ends. Of a
// control chart only the first series has marks; its centre line and limits are plain and change at the places. Words stand at the published
// figures and at the last provisional one where they are clear of all else; where they are not, the legend has them.
func (v Canvas) line() Picture {
	v.legended = v.narrow
	p, free := v.lineUnder(v.entries())
	if !free {
		v.legended = true
		p, _ = v.lineUnder(v.entries())
	}
	if v.lastProvisional() < 0 || v.Kind != "control" && v.sayProvisional(&p) {
		return p
	}
	p, _ = v.lineUnder(append(v.entries(), v.provisionalEntry()))
	return p
}

// lineUnder draws the chart under a legend, and says whether the words at published figures are clear of all else.
func (v Canvas) lineUnder(entries []Entry) (p Picture, free bool) {
	p = Picture{Form: Lines, X: Axis{Places: v.labels}, Frame: Frame{Right: v.endRoom(), Bottom: 34, Width: v.whole(), Height: v.tall()}}
	most := v.highest(v.Series...)
	for _, s := range v.Published {
		most = max(most, 100*s.Value)
	}
	p.Y = scale(v.Axis, most, len(v.Series) > 0 && v.share(v.Series[0].Column))
	p.Left = v.scaleRoom(p)
	above := v.legend(&p, entries)
	breaks, high := v.placeBreaks(p.Frame)
	title := above + 14
	p.Top = above + 34 + high
	if v.narrow {
		p.Top += (len(wrapped(v.Axis, float64(p.Width))) - 1) * lineHeight
		p.Height += above
	}
	p.Cut = v.cut(p.Y)
	if v.Begins > 0 && len(v.NotDrawn(v.Table)) > 0 {
		p.Notes = append(p.Notes, fmt.Sprintf(v.say.Word(wordBegins), v.labels[0]))
	}
	v.grid(&p, float64(title))
	v.places(&p)
	for i, s := range v.Series {
		v.addFigures(&p, i, s)
	}
	v.breakMarks(&p, breaks)
	free = v.published(&p)
	if !v.narrow {
		v.endLabels(&p)
	}
	return p, free
}

// endRoom is the room right of the plot for the labels at the ends of lines.
func (v Canvas) endRoom() int {
	if v.narrow {
		return 10
	}
	most := 0.0
	for _, s := range v.Series {
		most = max(most, width(s.Name))
	}
	return int(min(most, 150)) + 34
}

// look is how a series is drawn.
func (v Canvas) look(i int) Look {
	l := solid(i)
	if len(v.Rows) > 60 {
		l.Size = 4 // of many figures the marks are small, so that the line is seen
	}
	if v.Kind == "control" && i > 0 {
		return Look{Ink: Secondary, Dash: dashes[min(i-1, 1)], Width: 1.2}
	}
	return l
}

// entries are what a legend has to say of a chart of lines: what marks mean, and where there is no room at their ends what the lines are.
func (v Canvas) entries() []Entry {
	var out []Entry
	if v.narrow {
		for i, s := range v.Series {
			out = append(out, Entry{s.Name, v.look(i)})
		}
	}
	if v.legended {
		for _, s := range v.Published {
			out = append(out, Entry{s.Label, Look{Ink: Ink, Symbol: "diamond", Size: 11}})
		}
	}
	places := func(holds func(int) bool) bool {
		for place := range v.Rows {
			if holds(place) {
				return true
			}
		}
		return false
	}
	if places(v.signalled) {
		out = append(out, Entry{v.say.Word(wordSignal), signal})
	}
	return out
}

// provisionalEntry says what a hollow mark is.
func (v Canvas) provisionalEntry() Entry {
	hollow := solid(0)
	hollow.Width, hollow.Hollow = 0, true
	return Entry{v.say.Word(wordProvisional), hollow}
}

// signal is the look of a figure outside the limits of a control chart.
var signal = Look{Ink: Palette[2], Symbol: "diamond", Size: 11}

// signalled reports whether the row at a place is a signal.
func (v Canvas) signalled(place int) bool {
	code, _ := v.CellAt(place, "signal").Value.(string)
	return v.Kind == "control" && code != "" && code != "none"
}

// addFigures draws a series. Where figures are provisional, the line that leads to them is of its own: pale and dashed, and its marks
// hollow, so that a figure that will move does not look like an event.
func (v Canvas) addFigures(p *Picture, i int, s reports.Series) {
	main := Figures{Name: s.Name, Unit: v.unit(s.Column), Look: v.look(i), Band: s.Low != "" && s.High != "", Step: v.Kind == "control" && i > 0}
	pending := Figures{Name: fmt.Sprintf("%s, %s", s.Name, v.say.Word(wordProvisional)), Unit: main.Unit, Look: main.Look}
	pending.Look.Dash, pending.Look.Pale, pending.Look.Hollow = "dashed", true, true
	waits := func(place int) bool { return place >= 0 && place < len(v.Rows) && v.provisional(place) }
	plain := main.Look.Symbol == ""
	found := false
	for place := range v.Rows {
		at := v.point(place, s)
		if v.signalled(place) && !plain {
			look := signal
			look.Hollow = waits(place)
			at.Look = &look
		}
		led := at
		switch {
		case plain || !waits(place) && !waits(place-1) && !waits(place+1):
			led = Point{X: at.X, Empty: true}
		case !waits(place): // the settled figure that the line comes from
			led.Tip, led.Low, led.High, led.Look = "", nil, nil, &Look{Ink: main.Look.Ink}
		default:
			found = found || !at.Empty
			at = Point{X: at.X, Empty: true, Low: at.Low, High: at.High}
		}
		main.Points, pending.Points = append(main.Points, at), append(pending.Points, led)
	}
	if found {
		p.Figures = append(p.Figures, pending)
	}
	p.Figures = append(p.Figures, main)
	v.addSignals(p, main)
}

// addSignals are the signals as figures of their own, for workbooks, whose lines have marks of one kind.
func (v Canvas) addSignals(p *Picture, main Figures) {
	signals := Figures{Name: v.say.Word(wordSignal), Unit: main.Unit, Look: signal, Sheet: true}
	found := false
	for _, at := range main.Points {
		at.Empty = at.Empty || at.Look == nil
		found = found || !at.Empty
		signals.Points = append(signals.Points, at)
	}
	if found {
		p.Figures = append(p.Figures, signals)
	}
}

// endLabels name each line right of the plot, at the height where it ends: a mark in its colour and shape, the words in ink. Where ends
// lie close, labels move apart.
func (v Canvas) endLabels(p *Picture) {
	type label struct {
		series int
		y      float64
		lines  []string
	}
	var labels []label
	for i, s := range v.Series {
		for place := len(v.Rows) - 1; place >= 0; place-- {
			if y, ok := v.figure(place, s.Column); ok {
				labels = append(labels, label{i, p.down(y), wrapped(s.Name, 150)})
				break
			}
		}
	}
	slices.SortStableFunc(labels, func(a, b label) int { return cmp.Compare(b.y, a.y) })
	for i := 1; i < len(labels); i++ {
		apart := float64(4 + 17*(len(labels[i-1].lines)+len(labels[i].lines))/2)
		labels[i].y = min(labels[i].y, labels[i-1].y-apart)
	}
	edge := float64(p.Width - p.Right)
	for _, n := range labels {
		look := v.look(n.series)
		if look.Symbol == "" {
			look.Symbol = "line"
		}
		look.Width, look.Size = 0, 9
		p.Marks = append(p.Marks, Mark{X: edge + 13, Y: n.y, Look: look})
		like := Words{X: edge + 24, Y: n.y + 4.5 - 8.5*float64(len(n.lines)-1), Anchor: "start", Ink: Ink, Size: TextSize}
		p.Words = append(p.Words, v.lines(v.Series[n.series].Name, like, 150)...)
	}
}

// multiples draws one small panel a series, all on the same scale; layers of a whole, which differ by orders of magnitude, each have a
// scale of their own, and so have the few whose kind is not known where they would press all others to the ground. Where the word for what is provisional has no clear place in one of them, it stands in none, and beneath all of them once.
func (v Canvas) multiples() []Picture {
	known := slices.DeleteFunc(slices.Clone(v.Series), func(s reports.Series) bool { return s.Column == "unknown" })
	most, apart := v.highest(known...), ""
	var panels []Picture
	for _, s := range v.Series {
		panel := v
		panel.Series = []reports.Series{s}
		title := wrapped(s.Name, panelWidth/boldWider)
		p := Picture{Form: Lines, Name: s.Name, X: Axis{Places: v.labels}, Frame: Frame{Right: 16, Top: 40 + lineHeight*(len(title)-1), Bottom: 28, Width: panelWidth, Height: panelHeight}}
		p.Y = scale("", most, v.share(s.Column))
		if own := panel.highest(s); v.OwnAxes || own > p.Y.High {
			p.Y = scale("", own, v.share(s.Column))
			apart = fmt.Sprintf(v.say.Word(wordApart), s.Name)
		}
		if p.Cut = panel.cut(p.Y); p.Cut != "" {
			p.Cut = s.Name + ": " + p.Cut
		}
		p.Left = v.scaleRoom(p)
		panel.panel(&p)
		panel.addFigures(&p, 0, s)
		breaks, _ := panel.placeBreaks(p.Frame)
		panel.breakMarks(&p, breaks)
		p.Finding = panel.finding(s)
		panels = append(panels, p)
	}
	v.sayOnce(panels)
	if apart != "" && !v.OwnAxes {
		panels[0].Notes = append(panels[0].Notes, apart)
	}
	return panels
}

// sayOnce writes in each panel what is provisional, or in none and beneath them.
func (v Canvas) sayOnce(panels []Picture) {
	said := slices.Clone(panels)
	for i := range said {
		panel := v
		panel.Series = v.Series[i : i+1]
		if !panel.sayProvisional(&said[i]) {
			panels[0].Notes = []string{v.say.Word(wordHollow)}
			return
		}
	}
	copy(panels, said)
}

// panel gives a small drawing its axes and its name above them.
func (v Canvas) panel(p *Picture) {
	v.grid(p, 0)
	v.places(p)
	v.named(p)
}

// boldWider is how much wider bold letters are than others.
const boldWider = 1.15

func (v Canvas) named(p *Picture) {
	p.Words = append(p.Words, v.lines(p.Name, Words{X: 0, Y: 14, Anchor: "start", Ink: Ink, Size: TextSize, Bold: true}, float64(p.Width)/boldWider)...)
}

// finding says what a panel of a series shows: its last settled figure and its highest.
func (v Canvas) finding(s reports.Series) string {
	last, most := -1, -1
	for place := range v.Rows {
		y, ok := v.figure(place, s.Column)
		if !ok || v.provisional(place) {
			continue
		}
		last = place
		if high, _ := v.figure(max(most, 0), s.Column); most < 0 || y > high {
			most = place
		}
	}
	if last < 0 {
		return fmt.Sprintf("%s: %s", s.Name, reports.Dash)
	}
	return fmt.Sprintf(v.say.Word(wordFinding), s.Name, v.text(v.CellAt(last, s.Column), s.Column), v.labels[last], v.text(v.CellAt(most, s.Column), s.Column), v.labels[most])
}
