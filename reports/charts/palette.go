package charts

import "slices"

// Colour is one ink on white paper and on the dark page.
type Colour struct{ Light, Dark string }

// Palette are the colours of series, in the order they are used. They can be told apart by colour-blind readers, and a
// mark or a dash of its own tells each series apart without colour.
var Palette = []Colour{
	{"#12436d", "#8cb4d9"},
	{"#28a197", "#5fc9bf"},
	{"#801650", "#d98cb3"},
	{"#f46a25", "#ff9e6b"},
	{"#3d3d3d", "#c9c9c9"},
	{"#a285d1", "#c9b6ea"},
}

// The inks of everything else.
var (
	Ink       = Colour{"#1a1a1a", "#e6e6e6"}
	Secondary = Colour{"#505a5f", "#a9b1b6"}
	Grid      = Colour{"#d4d8da", "#363d42"}
	Paper     = Colour{"#ffffff", "#14181b"}
)

var (
	symbols = []string{"circle", "rect", "triangle", "roundRect", "pin", "arrow"}
	dashes  = []string{"solid", "dashed", "dotted", "solid", "dashed", "dotted"}
)

// Inks are all colours that a chart uses, for the page's style sheet and its script to turn over at night.
func Inks() []Colour {
	return slices.Concat(Palette, HeatSteps[:len(HeatSteps)-1], []Colour{Ink, Secondary, Grid, Paper})
}
