package html

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"koblet/reports"
	"koblet/reports/charts"
)

func TestWithoutECharts(t *testing.T) {
	var out bytes.Buffer
	err := write(&out, reports.Report{Language: "da"}, fstest.MapFS{"page.html.tmpl": {}, "page.css": {}, "start.js": {}})
	if !errors.Is(err, ErrNoECharts) || out.Len() != 0 {
		t.Errorf("error %v, %d bytes written", err, out.Len())
	}
	if !strings.Contains(ErrNoECharts.Error(), "make build") {
		t.Errorf("no cure in %q", ErrNoECharts)
	}
}

// TestNoColumnIsLostInPrint: a table that is too wide for a page is turned, one that still is stands in parts; each begins with the key, and
// no column is left out.
func TestNoColumnIsLostInPrint(t *testing.T) {
	for name, c := range map[string]struct {
		columns int
		turned  bool
		parts   int
	}{"narrow": {5, false, 0}, "turned": {12, true, 0}, "in parts": {30, true, 3}} {
		table := reports.Table{Columns: []reports.Column{{Name: "key", Label: "Nøgle"}}, Rows: []reports.Row{{Cells: []reports.Cell{{Value: "2013"}}}}}
		for i := range c.columns {
			table.Columns = append(table.Columns, reports.Column{Name: fmt.Sprint(i), Label: fmt.Sprintf("Kolonne%d", i), Unit: "permits"})
			table.Rows[0].Cells = append(table.Rows[0].Cells, reports.Cell{Value: int64(i)})
		}
		got := newPageTable(reports.LocaleOf("da"), table, "x")
		if got.Turn != c.turned || len(got.Parts) != c.parts {
			t.Errorf("%s: turned %v, %d parts", name, got.Turn, len(got.Parts))
		}
		seen := 0
		for _, p := range got.Parts {
			if p.Heads[0].Label != "Nøgle" || p.Rows[0].Cells[0].Text != "2013" {
				t.Errorf("%s: a part begins with %q", name, p.Heads[0].Label)
			}
			seen += len(p.Heads) - 1
		}
		if c.parts > 0 && seen != c.columns {
			t.Errorf("%s: %d of %d columns in the parts", name, seen, c.columns)
		}
	}
}

// TestNarrowChartsAreSeen: the style sheet hides the narrow drawing on a wide page and shows it, and not the other, on a narrow one.
func TestNarrowChartsAreSeen(t *testing.T) {
	css, err := fs.ReadFile(assets(), "page.css")
	if err != nil {
		t.Fatal(err)
	}
	wide, narrow, ok := strings.Cut(string(css), "@media screen and (max-width: 860px) {")
	narrow, _, _ = strings.Cut(narrow, "\n}")
	if !ok || !strings.Contains(wide, ".part, .slim, .breaks.single, .breaks.wide { display: none; }") ||
		!strings.Contains(narrow, ".both .still { display: none; }") || !strings.Contains(narrow, ".both .slim, .breaks.single { display: block; }") {
		t.Errorf("wide and narrow drawings are not told apart:\n%s", narrow)
	}
}

// TestAnEmptyFieldIsAPair: of a column whose first value is no pair the script reads none as one, and draws the others beside their places.
func TestAnEmptyFieldIsAPair(t *testing.T) {
	p := picture{Picture: charts.Picture{Form: charts.Fields}}
	text, err := json.Marshal(p.point(charts.Figures{}, charts.Point{X: 3, Y: 0, Empty: true, Tip: "Albertslund, 2003: –"}))
	if want := `{"name":"Albertslund, 2003: –","value":[3,"-"]}`; err != nil || string(text) != want {
		t.Errorf("an empty field is %s, want %s, %v", text, want, err)
	}
}

// TestFiguresAreNotBroken: no line ends between a figure and its unit, nor within how many of how many.
func TestFiguresAreNotBroken(t *testing.T) {
	for text, want := range map[string]string{
		"er 17,1 pct. (71 af 414) for 2009": "er 17,1\u00a0pct. (71\u00a0af\u00a0414) for 2009", "is 17.1 per cent (71 of 1,414)": "is 17.1\u00a0per cent (71\u00a0of\u00a01,414)",
		"16,6 pct. af de koblede": "16,6\u00a0pct. af de koblede", "siden 1. februar 2016": "siden 1.\u00a0februar 2016", "since 1 February 2016": "since 1\u00a0February 2016",
		"er højest for »udl. § 9, stk. 1, nr. 2«, 7,0 procentpoint": "er højest for »udl. §\u00a09, stk.\u00a01, nr.\u00a02«, 7,0\u00a0procentpoint", "pr. år, i pct. af de numre": "pr. år, i\u00a0pct. af de numre",
	} {
		if got := whole(text); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestTablesOfTheirOwnStandOpen: a list has nothing but its table, which is not folded; that of a chart is. How many rows there are has its
// thousands marked, and a number stands right in the first column as in any.
func TestTablesOfTheirOwnStandOpen(t *testing.T) {
	l := reports.LocaleOf("da")
	table := reports.Table{Columns: []reports.Column{{Name: "n", Label: "I alt", Unit: "permits", Role: "count"}}}
	for i := range 32 {
		table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: int64(i)}}})
	}
	part, err := newPagePart(l, reports.Section{Table: table}, &numbering{})
	if err != nil {
		t.Fatal(err)
	}
	if !part.Table.Open || part.Table.Short {
		t.Errorf("a list of 32 is open %v, kept on one page %v", part.Table.Open, part.Table.Short)
	}
	charted, err := newPagePart(l, reports.Section{Table: table, Chart: &reports.Chart{Kind: "bar", X: "n"}}, &numbering{})
	if err != nil {
		t.Fatal(err)
	}
	if charted.Table.Open {
		t.Error("the table of 32 rows under a chart is open")
	}
	for range 2000 {
		table.Rows = append(table.Rows, table.Rows[0])
	}
	if long := newPageTable(l, table, "x"); long.RowsWord != "2.032 rækker" {
		t.Errorf("%q", long.RowsWord)
	}
	var out bytes.Buffer
	if err := write(&out, reports.Report{Language: "da", Sections: []reports.Section{{Name: "a", Table: table}}}, assets()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `<th scope="row" class="number">`) {
		t.Error("a number in the first column stands left, its head right")
	}
}

// TestAQuestionStaysWithItsAnswer: in print the line under a heading is not divided, for if it may be, a browser parts it from the table that it must
// stay with.
func TestAQuestionStaysWithItsAnswer(t *testing.T) {
	css, err := fs.ReadFile(assets(), "page.css")
	if err != nil {
		t.Fatal(err)
	}
	_, print, _ := strings.Cut(string(css), "@media print {")
	for _, rule := range []string{"h2, .question, figcaption, figure, .frame, tr, .note, caption { break-inside: avoid; }", "figcaption, .question { break-after: avoid; }"} {
		if !strings.Contains(print, rule) {
			t.Errorf("print lacks %s", rule)
		}
	}
}
