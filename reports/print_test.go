package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"koblet/analysis"
	"koblet/queries"

	"golang.org/x/net/html"
)

func TestLocale(t *testing.T) {
	day := time.Date(2011, 6, 30, 0, 0, 0, 0, time.UTC)
	da, en := localeOf("da"), localeOf("en")
	for _, c := range []struct{ got, want string }{
		{da.count(3478), "3.478"}, {en.count(3478), "3,478"},
		{da.count(-1234567), "-1.234.567"},
		{da.Value(0.0981, unitShare), "9,8"}, {en.Value(0.0981, unitShare), "9.8"},
		{da.Value(0.0985, unitShare), "9,9"},  // a half is rounded up, as in a spreadsheet
		{da.Value(0.00149, unitShare), "0,1"}, // rounded once, from the fraction
		{da.Value(1.0, unitShare), "100,0"},
		{da.Day(day), "30. juni 2011"}, {en.Day(day), "30 June 2011"},
		{da.ShortDay(day), "30-06-2011"}, {en.ShortDay(day), "30 Jun 2011"},
		{da.Value(int64(2011), ""), "2011"}, {da.Value(int64(2011), "permits"), "2.011"},
		{da.Value(nil, "share"), dash}, {da.Value(math.NaN(), "share"), dash}, {da.Value(math.Inf(1), "share"), dash},
		{da.Cell(Cell{Value: int64(3), Mark: Hidden}, "permits"), "[c]"},
		{da.Cell(Cell{Value: int64(2016), Mark: Provisional}, ""), "2016 (f)"},
		{da.interval(Cell{Value: 0.095}, Cell{Value: 0.099}).Word, "9,5–9,9"},
		{da.Cell(da.interval(Cell{Value: 0.095, Mark: Hidden}, Cell{Value: 0.099}), "share"), "[c]"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if decimal, group := da.Separators(); decimal != "," || group != "." {
		t.Errorf("Danish marks %q %q", decimal, group)
	}
}

func tally(rows ...[]any) analysis.Result {
	return analysis.Result{
		Question: queries.Question{Name: "unlinked_by_category"}, AsOf: time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC),
		Columns: []queries.Column{{Name: "category"}, {Name: "fail", Unit: "permits"}, {Name: "rate", Unit: "share"}, {Name: "first"}},
		Rows:    rows,
	}
}

func TestMachineFormats(t *testing.T) {
	day := time.Date(2013, 5, 17, 0, 0, 0, 0, time.UTC)
	r := tally([]any{"=cmd", int64(1200), 0.1, day}, []any{`a "b", æ`, int64(0), nil, nil})
	var out bytes.Buffer
	if err := CSV(&out, r); err != nil {
		t.Fatal(err)
	}
	if want := "category,fail,rate,first\n=cmd,1200,0.1,2013-05-17\n\"a \"\"b\"\", æ\",0,,\n"; out.String() != want {
		t.Errorf("CSV:\n%swant:\n%s", out.String(), want)
	}
	out.Reset()
	r.Notes = []queries.Words{{Da: "sandsynligvis for smalt", En: "likely too narrow"}}
	if err := JSON(&out, r); err != nil {
		t.Fatal(err)
	}
	want := `{"question":"unlinked_by_category","as_of":"2014-12-31","columns":["category","fail","rate","first"],"rows":[
{"category":"=cmd","fail":1200,"rate":0.1,"first":"2013-05-17"},
{"category":"a \"b\", æ","fail":0,"rate":null,"first":null}
],
"notes":[{"da":"sandsynligvis for smalt","en":"likely too narrow"}],
"not_applicable":null}
`
	if out.String() != want {
		t.Errorf("JSON:\n%swant:\n%s", out.String(), want)
	}
	out.Reset()
	none := tally()
	none.NotApplicable = queries.Words{Da: "intet", En: "nothing"}
	if err := JSON(&out, none); err != nil || !strings.Contains(out.String(), `"rows":[`+"\n],\n"+`"notes":[],`+"\n"+`"not_applicable":{"da":"intet","en":"nothing"}}`) {
		t.Errorf("no rows: %v %s", err, out.String())
	}
}

func TestMachineFormatsRefuse(t *testing.T) {
	r := tally([]any{"a", int64(1), math.NaN(), nil})
	var out bytes.Buffer
	if err := CSV(&out, r); err == nil || !strings.Contains(err.Error(), "row 1: rate") {
		t.Errorf("CSV of NaN: %v", err)
	}
	if err := JSON(&out, r); err == nil || !strings.Contains(err.Error(), "row 1") {
		t.Errorf("JSON of NaN: %v", err)
	}
	if err := CSV(&out, tally([]any{"a", struct{}{}, nil, nil})); err == nil {
		t.Error("CSV of a struct: no error")
	}
}

func TestSectionCSV(t *testing.T) {
	s := Section{Table: Table{Columns: []Column{{Name: "name"}, {Name: "n", Unit: "permits"}}}}
	for _, text := range []string{"=1+1", "+1", "-1", "@x", "\tx", "\rx", "plain"} {
		s.Table.Rows = append(s.Table.Rows, Row{Cells: []Cell{{Value: text}, {Value: int64(-5)}}})
	}
	s.Table.Rows = append(s.Table.Rows, Row{Cells: []Cell{{Value: "x"}, {Value: int64(3), Mark: Hidden}}})
	var out bytes.Buffer
	if err := s.CSV(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"'=1+1,-5\n", "'+1,-5\n", "'-1,-5\n", "'@x,-5\n", "'\tx,-5\n", "\"'\rx\",-5\n", "\nplain,-5\n", "x,[c]\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %q", want, out.String())
		}
	}
}

func TestReportJSON(t *testing.T) {
	var out bytes.Buffer
	if err := annual(t, sample{}, "da").JSON(&out); err != nil {
		t.Fatal(err)
	}
	var back struct {
		Report   string
		Sections []struct {
			Name  string
			Table struct{ Rows []map[string]any }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.Report != "annual" || len(back.Sections) != 8 || back.Sections[1].Table.Rows[0]["year"] != 1997.0 {
		t.Errorf("report %q, %d sections, first year %v", back.Report, len(back.Sections), back.Sections[1].Table.Rows[0]["year"])
	}
}

// TestHidden: a hidden figure is in no format, and no chart draws it.
func TestHidden(t *testing.T) {
	s := Section{Name: "q", Sheet: "q", Title: "q", Table: Table{
		Columns: []Column{{Name: "year"}, {Name: "n", Label: "n", Unit: "permits"}},
		Rows:    []Row{{Cells: []Cell{{Value: int64(2001)}, {Value: int64(987654), Mark: Hidden}}}, {Cells: []Cell{{Value: int64(2002)}, {Value: int64(7)}}}},
	}, Chart: &Chart{Kind: "line", X: "year", Series: []Series{{Name: "n", Column: "n"}}}}
	r := Report{Name: "q", Title: "q", Lead: "q", Language: "da", Sections: []Section{s}}
	var text, machine, book bytes.Buffer
	for _, err := range []error{r.Text(&text), r.JSON(&machine), r.Excel(&book)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, got := range map[string]string{"text": text.String(), "json": machine.String(), "xlsx": workbookText(t, book.Bytes()), "html": pageOf(t, r)} {
		if strings.Contains(got, "987654") || strings.Contains(got, "987.654") || !strings.Contains(got, "[c]") {
			t.Errorf("%s: hidden figure shown or its mark missing", name)
		}
	}
}

func TestWithoutECharts(t *testing.T) {
	r := annual(t, sample{since: 2012}, "da")
	var out bytes.Buffer
	err := r.html(&out, fstest.MapFS{"page.html.tmpl": {}, "page.css": {}, "start.js": {}})
	if !errors.Is(err, ErrNoECharts) || out.Len() != 0 {
		t.Errorf("error %v, %d bytes written", err, out.Len())
	}
	if !strings.Contains(ErrNoECharts.Error(), "make build") {
		t.Errorf("no cure in %q", ErrNoECharts)
	}
}

// TestHostileText: names from an extract cannot end a script, open one, become a template or reach the network.
func TestHostileText(t *testing.T) {
	hostile := `</script><script>alert(1)</script><img src=x onerror=alert(2)>__f__alert(3)__f__{b}{{.}}'"&` + "\u2028"
	plainPage := pageOf(t, annual(t, sample{since: 2010}, "da"))
	page := pageOf(t, annual(t, sample{since: 2010, label: hostile}, "da"))
	if got, want := elements(t, page), elements(t, plainPage); got["script"] != want["script"] || got["img"] != 0 || want["script"] == 0 {
		t.Errorf("elements %v, without hostile text %v", got, want)
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	if text := textOf(root); !strings.Contains(text, "<img src=x onerror=alert(2)>__f__alert(3)__f__{b}{{.}}'") {
		t.Error("the text itself is not shown as it is")
	}
	for _, address := range []string{"src=\"", "<link", "@import", "url(http"} {
		if strings.Contains(page[:strings.Index(page, "<body>")], address) {
			t.Errorf("the page loads something: %s", address)
		}
	}
	if !strings.Contains(page, "default-src &#39;none&#39;; script-src &#39;sha256-") {
		t.Error("no security policy by hash")
	}
	checkChartData(t, root)
}

func elements(t *testing.T, page string) map[string]int {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	var walk func(*html.Node)
	walk = func(e *html.Node) {
		if e.Type == html.ElementNode {
			n[e.Data]++
		}
		for c := e.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return n
}

// checkChartData reads every data block of a page back as JSON and finds no function in it.
func checkChartData(t *testing.T, root *html.Node) {
	t.Helper()
	blocks := 0
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == "script" && len(n.Attr) > 0 && n.Attr[0].Val == "application/json" {
			blocks++
			if !json.Valid([]byte(n.FirstChild.Data)) {
				t.Errorf("a data block is not JSON: %.80s", n.FirstChild.Data)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	if blocks < 5 {
		t.Errorf("%d data blocks", blocks)
	}
}

// TestPageStructure: one first heading, headings in order, every table with a caption and scopes, every chart with words.
func TestPageStructure(t *testing.T) {
	page := pageOf(t, annual(t, sample{since: 2010}, "en"))
	n := elements(t, page)
	if n["h1"] != 1 || n["h2"] != 9 || n["h3"] != 0 {
		t.Errorf("headings %d, %d, %d", n["h1"], n["h2"], n["h3"])
	}
	if n["table"] != n["caption"] || n["table"] < 10 {
		t.Errorf("%d tables, %d captions", n["table"], n["caption"])
	}
	if n["figure"] != n["figcaption"] || n["figure"] != 5 {
		t.Errorf("%d figures, %d captions", n["figure"], n["figcaption"])
	}
	for _, want := range []string{`<html lang="en">`, `scope="col"`, `scope="row"`, `role="img" aria-label="Lines of`, "prefers-color-scheme: dark"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(page, `aria-label=""`) {
		t.Error("a chart without words")
	}
}

func TestSheetNames(t *testing.T) {
	b := &book{sheets: map[string]bool{}, say: localeOf("da")}
	long := "Undersøgelserne 2011 og 2014, alle tal og noter"
	for _, wanted := range []string{long, long, strings.ToUpper(long), "a/b:c*d?[e]", "", "", "'x'"} {
		name := b.name(wanted)
		if n := utf8.RuneCountInString(name); n == 0 || n > 31 || strings.ContainsAny(name, `:\/?*[]`) || strings.HasPrefix(name, "'") {
			t.Errorf("%q: sheet name %q", wanted, name)
		}
	}
	if len(b.sheets) != 7 {
		t.Errorf("%d different names, want 7", len(b.sheets))
	}
}

func TestTop(t *testing.T) {
	for _, c := range []struct{ highest, end, step float64 }{
		{0, 1, 1}, {9.8, 10, 2}, {31.6, 40, 10}, {22, 25, 5}, {100, 100, 20}, {0.99, 1, 0.2}, {931724, 1000000, 200000},
	} {
		if end, step := top(c.highest); math.Abs(end-c.end) > 1e-9 || math.Abs(step-c.step) > 1e-9 {
			t.Errorf("top(%v) = %v, %v; want %v, %v", c.highest, end, step, c.end, c.step)
		}
	}
}

// TestBreaksDoNotTouch: no label of a break lies over another label or across a line that reaches its row.
func TestBreaksDoNotTouch(t *testing.T) {
	for _, language := range []string{"da", "en"} {
		s := section(t, annual(t, sample{}, language), "unlinked_by_year")
		v := newCanvas(*s.Chart, s.Table, localeOf(language))
		breaks, rows := v.placeBreaks(frame{left: 48, right: v.endRoom(), width: chartWidth})
		if len(breaks) != 5 || rows > 4 {
			t.Fatalf("%s: %d breaks in %d rows", language, len(breaks), rows)
		}
		for i, a := range breaks {
			for j, b := range breaks {
				if i == j {
					continue
				}
				if a.row == b.row && a.from < b.end && b.from < a.end {
					t.Errorf("%s: %q touches %q", language, a.text, b.text)
				}
				if b.row >= a.row && lineX(b) > a.from && lineX(b) < a.end {
					t.Errorf("%s: the line of %q crosses %q", language, b.text, a.text)
				}
			}
		}
	}
}

// TestPosition: a year is drawn at its middle, so its first day stands half a place before it.
func TestPosition(t *testing.T) {
	v := canvas{first: 1997}
	if got := v.position(time.Date(2007, 1, 1, 0, 0, 0, 0, time.UTC)); math.Abs(got-9.5) > 1e-9 {
		t.Errorf("2007-01-01 at %v", got)
	}
	if got := v.position(time.Date(2002, 7, 1, 0, 0, 0, 0, time.UTC)); math.Abs(got-5) > 0.01 {
		t.Errorf("2002-07-01 at %v", got)
	}
}
