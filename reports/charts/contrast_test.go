package charts

import (
	"math"
	"strconv"
	"testing"
)

// contrast is the ratio of two colours' luminances as WCAG 2 defines it.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	light := func(hex string) float64 {
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			c := float64(n) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast: by day and by night, what is written can be read (4.5 to 1) and what is drawn can be seen (3 to 1), words in the fields of
// a map among it.
func TestContrast(t *testing.T) {
	if got := contrast(t, "#000000", "#ffffff"); math.Abs(got-21) > 1e-9 {
		t.Fatalf("black on white is %v", got)
	}
	check := func(what string, a, b Colour, least float64) {
		for time, pair := range map[string][2]string{"day": {a.Light, b.Light}, "night": {a.Dark, b.Dark}} {
			if got := contrast(t, pair[0], pair[1]); got < least {
				t.Errorf("%s by %s, %s on %s: %.2f, want %v", what, time, pair[0], pair[1], got, least)
			}
		}
	}
	check("ink", Ink, Paper, 4.5)
	check("secondary", Secondary, Paper, 4.5)
	for _, c := range Palette {
		check("a series", c, Paper, 3)
	}
	for _, field := range HeatSteps {
		check("a figure in its field", OnField(field), field, 4.5)
	}
}
