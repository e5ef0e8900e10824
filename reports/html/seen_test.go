package html

import (
	"os"
	"strings"
	"testing"

	"koblet/reports"
	"koblet/reports/charts"
)

// Panels of curves are drawn for two to a line: three to a line, their letters cannot be read. The rule must be as strong as that of other panels.
func TestWidePanelsStandTwoToALine(t *testing.T) {
	css, err := os.ReadFile("assets/page.css")
	if err != nil {
		t.Fatal(err)
	}
	narrow, wide := strings.Index(string(css), "\ndiv.panels {"), strings.Index(string(css), "\ndiv.wide {")
	if narrow < 0 || wide < narrow {
		t.Errorf("div.panels at %d, div.wide at %d: the latter must follow", narrow, wide)
	}
}

// A band or a whisker is said to be an interval where there is one, and only there.
func TestIntervalsAreSaid(t *testing.T) {
	with, without := []charts.Point{{Low: 0.1, High: 0.2}}, []charts.Point{{Y: 1}}
	for what, c := range map[string]struct {
		p    charts.Picture
		want bool
	}{
		"bars with whiskers":  {charts.Picture{Form: charts.Bars, Figures: []charts.Figures{{Points: with}}}, true},
		"bars without":        {charts.Picture{Form: charts.Bars, Figures: []charts.Figures{{Points: without}}}, false},
		"lines with a band":   {charts.Picture{Form: charts.Lines, Figures: []charts.Figures{{Points: with, Band: true}}}, true},
		"lines without one":   {charts.Picture{Form: charts.Lines, Figures: []charts.Figures{{Points: with}}}, false},
		"for a workbook only": {charts.Picture{Form: charts.Bars, Figures: []charts.Figures{{Points: with, Sheet: true}}}, false},
	} {
		if got := bounded([]charts.Picture{c.p}); got != c.want {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
	for _, language := range []string{"da", "en"} {
		for _, w := range []string{reports.LocaleOf(language).Word(wordBands), reports.LocaleOf(language).Word(wordWhiskers)} {
			if !strings.Contains(w, "95") {
				t.Errorf("%q does not say which interval", w)
			}
		}
	}
}

// A dashed line in a legend is not drawn as a whole one.
func TestLegendsShowDashes(t *testing.T) {
	for dash, pieces := range map[string]int{"": 1, "solid": 1, "dashed": 2, "dotted": 4} {
		if got := len(dashesOf(charts.Look{Dash: dash})); got != pieces {
			t.Errorf("%q: %d pieces, want %d", dash, got, pieces)
		}
	}
}

// A band that reaches beyond the axis ends at the frame, still and live, between the points where it crosses it; the page says so.
func TestBandsAreCutAtTheFrame(t *testing.T) {
	point := func(x, y, low, high float64) charts.Point {
		return charts.Point{X: x, Y: y, Low: low, High: high, Raw: y / 100}
	}
	p := charts.Picture{Form: charts.Lines, Cut: "cut", Frame: charts.Frame{Left: 0, Top: 20, Bottom: 20, Width: 200, Height: 140}, X: charts.Axis{Places: []string{"2015", "2016"}},
		Y: charts.Axis{High: 10}, Figures: []charts.Figures{{Name: "Andel", Band: true, Look: charts.Look{Ink: charts.Ink}, Points: []charts.Point{point(0, 4, 2, 6), point(1, 1, 0, 14)}}}}
	if got, want := still(p), `<path d="M50 60L100 20L150 20L150 120L50 100Z"`; !strings.Contains(got, want) {
		t.Errorf("still: %s, want %s", got, want)
	}
	for cut, want := range map[string]string{"cut": `"clip":true`, "": `"clip":false`} {
		p.Cut = cut
		at, err := newLive(p)
		if err != nil {
			t.Fatal(err)
		}
		_, band, _ := strings.Cut(string(at.Option), `"areaStyle":{"color":"#1a1a1a","opacity":0.15}`)
		if band, _, _ = strings.Cut(band, `"areaStyle"`); !strings.Contains(band, want) {
			t.Errorf("live, cut %q: %s", cut, band)
		}
	}
}
