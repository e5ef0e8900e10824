package charts

import "math"

// Picture is one drawing, laid out: what its axes say and where every figure, line and word stands. Printers draw it and decide
// nothing: a page draws all of it, a workbook its figures along its axes.
type Picture struct {
	Form    Form
	Name    string   // what a panel is of; empty for a chart of one drawing
	Finding string   // what the panel shows, in words; empty for a chart of one drawing
	Breaks  []string // what the dashed lines are: day and words
	Drawn   []string // what its dashed lines and pale columns are, for printers that draw them
	Notes   []string // what stands in the table and not here, and what there was no room to say in the drawing
	Cut     string   // which intervals are cut at the frame; empty where none is, and of no concern where none is drawn
	Frame
	X, Y    Axis
	Figures []Figures // in drawing order
	Rules   []Rule
	Words   []Words
	Marks   []Mark
}

// Form is how a picture's figures are drawn.
type Form string

// The forms: lines along places or a scale, bars to the right, columns on top of each other, points, and fields of a map.
const (
	Lines   Form = "lines"
	Bars    Form = "bars"
	Columns Form = "columns"
	Points  Form = "points"
	Fields  Form = "fields"
)

// Frame is the plot inside a drawing, in pixels.
type Frame struct {
	Left, Top, Right, Bottom int
	Width, Height            int
}

// Lying reports whether the places stand beneath each other and the scale lies along them.
func (p Picture) Lying() bool { return len(p.Y.Places) > 0 && p.Form != Fields }

func (f Frame) plotWidth() float64  { return float64(f.Width - f.Left - f.Right) }
func (f Frame) plotHeight() float64 { return float64(f.Height - f.Top - f.Bottom) }

// Axis is what stands along a side of the plot: places with a label each, or a scale.
type Axis struct {
	Title           string
	Places          []string
	Ticks           []Tick // what is written along it, in order
	Low, High, Step float64
	Log             bool // a scale of powers of ten
	Share           bool // a scale of per cent
}

// Tick is a label along an axis and where it stands.
type Tick struct {
	At   float64
	Text string
}

// Figures are one column of the table as they are drawn.
type Figures struct {
	Name   string
	Unit   string // the column's
	Look   Look
	Points []Point
	Band   bool // between the points' bounds lies a band
	Step   bool // the line keeps its height up to the next point
	Layer  bool // on top of the figures before
	Slot   int  // which of the bars of a place
	Quiet  bool // they only lead somewhere: a pointer on them shows nothing
	Sheet  bool // for workbooks only, which have no words on a chart
}

// Look is how figures are told apart: by colour and also by dash and symbol. Without Width there is no line, without Symbol no mark.
type Look struct {
	Ink    Colour
	Dash   string // "solid", "dashed" or "dotted"
	Symbol string // "circle", "rect", "triangle", "diamond" …
	Width  float64
	Size   int
	Pale   bool
	Hollow bool
}

// Point is one figure. X and Y are coordinates of the axes: a place is its number, a share is in per cent.
type Point struct {
	X, Y      float64
	Empty     bool // nothing to draw at this place
	Raw       any  // the cell's value
	Low, High any  // bounds in coordinates, float64; nil where there are none
	Base      float64
	Look      *Look // where it differs from that of the figures
	Pending   bool  // a layer that is provisional
	Tip       string
	Label     string // what stands in a field
}

// Rule is a straight line between two pixels.
type Rule struct {
	X1, Y1, X2, Y2 float64
	Ink            Colour
	Width          float64
	Dashed         bool
}

// Over reports whether a rule lies over what is filled, behind which it would not be seen, with the ground beneath it: an interval over its bar,
// a break over the columns.
func (r Rule) Over(f Form) bool {
	switch f {
	case Bars:
		return r.Ink == Ink || r.Ink == Paper
	case Columns:
		return r.Dashed || r.Ink == Paper
	}
	return false
}

// Words are a line of text at a pixel: its anchor is the start, the middle or the end of its base line.
type Words struct {
	X, Y   float64
	Text   string
	Anchor string // "start", "middle" or "end"
	Ink    Colour
	Size   int
	Bold   bool
	Ground bool // the paper's colour lies beneath, so that lines do not cross the letters
}

// Mark is a symbol at a pixel.
type Mark struct {
	X, Y float64
	Look Look
}

// Entry is a line of the legend.
type Entry struct {
	Name string
	Look Look
}

// At is the pixel of two coordinates.
func (p Picture) At(x, y float64) (right, down float64) {
	return p.along(p.X, x, float64(p.Left), p.plotWidth()), p.down(y)
}

func (p Picture) down(y float64) float64 {
	if len(p.Y.Places) > 0 { // from the top down
		return p.along(p.Y, y, float64(p.Top), p.plotHeight())
	}
	return float64(p.Top) + p.plotHeight() - p.along(p.Y, y, 0, p.plotHeight())
}

// along is how far a coordinate lies on an axis that begins at a pixel and is so long.
func (p Picture) along(a Axis, at, from, long float64) float64 {
	switch {
	case len(a.Places) > 0:
		return from + (at+0.5)/float64(len(a.Places))*long
	case a.Log:
		return from + math.Log(at/a.Low)/math.Log(a.High/a.Low)*long
	}
	return from + (at-a.Low)/(a.High-a.Low)*long
}

// scale is an axis from zero to a round top.
func scale(title string, highest float64, share bool) Axis {
	end, step := Top(highest)
	if !share && step < 1 { // what is counted has no tenths
		end, step = math.Ceil(max(highest, 1)), 1
	}
	return Axis{Title: title, High: end, Step: step, Share: share}
}
