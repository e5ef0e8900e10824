package html

import (
	"os"
	"strings"
	"testing"
	"time"

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

// On a narrow page a table that goes on beyond its frame is seen to: its heading is wrapped within the frame, figures at the edge fade, for 1.927
// cut to 1.92 reads as another, and the key figures fit. Where the keys move the frame, its outline is whole.
func TestATableBeyondItsFrameIsSeenToGoOn(t *testing.T) {
	css, err := os.ReadFile("assets/page.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []string{
		"  caption span { display: block; position: sticky; left: 0; max-width: calc(100vw - 32px); }",
		".scroll:not(:focus-visible, :has(.key)) { animation: more linear both; animation-timeline: scroll(self inline); }",
		"  0%, 98% { mask-image: linear-gradient(to left, transparent, #000 28px); }",
		"  .key tr > * { padding-left: 4px; padding-right: 4px; }",
	} {
		if !strings.Contains(string(css), "\n"+rule) && !strings.Contains(string(css), "    "+rule) {
			t.Errorf("the page lacks %s", rule)
		}
	}
	table := reports.Table{Columns: []reports.Column{{Name: "n", Label: "I alt", Role: "count"}}, Rows: []reports.Row{{Cells: []reports.Cell{{Value: int64(1)}}}}}
	var out strings.Builder
	if err := write(&out, reports.Report{Language: "da", Sections: []reports.Section{{Name: "a", Sheet: "Pr. år", Table: table}}}, assets()); err != nil {
		t.Fatal(err)
	}
	if want := "<caption><span><b>Tabel 1.</b> Pr. år</span></caption>"; !strings.Contains(out.String(), want) {
		t.Errorf("no %s", want)
	}
}

// A mark hangs beside a figure, so that figures stand under one another; beside a word it stands with a space. A figure in the first column ends where its head does.
func TestMarksStandApartFromWords(t *testing.T) {
	css, err := os.ReadFile("assets/page.css")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(css), "\ntd.number .mark { position: absolute; }") || strings.Contains(string(css), "\ntd .mark {") {
		t.Error("the mark of a word hangs, and loses its space")
	}
	first, figure := strings.Index(string(css), "\ntbody th { "), strings.Index(string(css), "\ntbody th.number { text-align: right; padding-right: 8px; }")
	if first < 0 || figure < first {
		t.Errorf("tbody th at %d, its figures at %d", first, figure)
	}
}

// No line ends within a month or a day, in the first column and in the others: there a browser breaks behind a hyphen.
func TestMonthsAndDaysAreNotBroken(t *testing.T) {
	day := time.Date(2016, 1, 31, 0, 0, 0, 0, time.UTC)
	table := reports.Table{Columns: []reports.Column{{Name: "a", Label: "A"}, {Name: "b", Label: "B"}}}
	for _, cells := range [][2]any{{"2016-01", day}, {day, "2016-01"}, {"2016-01 og senere", "p-2016-01"}} {
		table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: cells[0], Mark: reports.Provisional}, {Value: cells[1]}}})
	}
	var out strings.Builder
	if err := write(&out, reports.Report{Language: "da", Sections: []reports.Section{{Name: "a", Sheet: "A", Table: table}}}, assets()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<th scope="row" class=" date">2016-01&nbsp;`, `<td class=" date">31-01-2016</td>`, `<th scope="row" class=" date">31-01-2016&nbsp;`, `<td class=" date">2016-01</td>`,
		`<th scope="row">2016-01 og senere&nbsp;`, `<td class="">p-2016-01</td>`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s", want)
		}
	}
	if css, err := os.ReadFile("assets/page.css"); err != nil || !strings.Contains(string(css), "\n.date { white-space: nowrap; }") {
		t.Errorf("days break: %v", err)
	}
}

// A break of law or practice in the middle of a year is seen on the column of that year: its line lies over it, on paper, still and live.
func TestBreaksAreSeenOnColumns(t *testing.T) {
	table := reports.Table{Columns: []reports.Column{{Name: "year"}, {Name: "rate", Unit: reports.UnitShare}}}
	for _, year := range []int64{2001, 2002, 2003} {
		table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: year}, {Value: 0.9}}})
	}
	chart := reports.Chart{Kind: "stack", X: "year", Time: "year", Series: []reports.Series{{Name: "Andel", Column: "rate"}},
		Breaks: []reports.Break{{Day: time.Date(2002, 7, 1, 0, 0, 0, 0, time.UTC), Label: "Ændret udlændingelov"}}}
	pictures, _, err := charts.Of(chart, table, reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	p := pictures[0]
	drawn := still(p)
	column, ground, dashes := strings.LastIndex(drawn, "Z\" fill=\""+p.Figures[0].Look.Ink.Light), strings.Index(drawn, `stroke-width="3"/>`), strings.Index(drawn, `stroke-dasharray="3 3"`)
	if column < 0 || ground < column || dashes < ground {
		t.Errorf("the last column is drawn at %d, the ground of the break at %d, the break at %d", column, ground, dashes)
	}
	above := picture{Picture: p}.rules(true)
	if len(above) != 2 || above[0]["z"] != 4 || above[1]["z"] != 4 {
		t.Errorf("live, %d lines lie over the columns, want the break and its ground", len(above))
	}
}

// TestNamedDaysBreak: a day that stands with its name is longer than a narrow page, and breaks between words.
func TestNamedDaysBreak(t *testing.T) {
	day := time.Date(2016, 2, 1, 0, 0, 0, 0, time.UTC)
	table := reports.Table{Columns: []reports.Column{{Name: "break", Label: "Databrud"}, {Name: "day", Label: "Dag"}}}
	row := newPageRow(reports.LocaleOf("da"), table, reports.Row{Cells: []reports.Cell{{Value: day, Word: "Administrative numre: flygtninge (01-02-2016)"}, {Value: day}}}, make([]pageHead, 2))
	if row.Cells[0].Kind != "" || row.Cells[1].Kind != "date" {
		t.Errorf("%+v", row.Cells)
	}
}
