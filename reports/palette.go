package reports

import "slices"

// colour is one ink on white paper and on the dark page.
type colour struct{ light, dark string }

// palette are the colours of series, in the order they are used. They can be told apart by colour-blind readers, and a
// mark or a dash of its own tells each series apart without colour.
var palette = []colour{
	{"#12436d", "#8cb4d9"},
	{"#28a197", "#5fc9bf"},
	{"#801650", "#d98cb3"},
	{"#f46a25", "#ff9e6b"},
	{"#3d3d3d", "#c9c9c9"},
	{"#a285d1", "#c9b6ea"},
}

// The inks of everything else.
var (
	ink       = colour{"#1a1a1a", "#e6e6e6"}
	secondary = colour{"#505a5f", "#a9b1b6"}
	rule      = colour{"#d4d8da", "#363d42"}
	paper     = colour{"#ffffff", "#14181b"}
)

var (
	symbols = []string{"circle", "rect", "triangle", "roundRect", "pin", "arrow"}
	dashes  = []string{"solid", "dashed", "dotted", "solid", "dashed", "dotted"}
)

// inks are all colours that a chart uses, for the page's style sheet and its script to turn over at night.
func inks() []colour {
	return slices.Concat(palette, heatSteps[:len(heatSteps)-1], []colour{ink, secondary, rule, paper})
}
