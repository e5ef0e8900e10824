package reports_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"koblet/analysis"
	"koblet/queries"
	"koblet/reports"
	"koblet/reports/excel"
	"koblet/reports/print"
)

// TestStudyWithoutSnapshot: where a study's day has no snapshot, a dash stands and a note says why.
func TestStudyWithoutSnapshot(t *testing.T) {
	r := reports.Annual(t, reports.Sample{Missing: []string{"2011-06-30"}}, "da")
	s := reports.SectionOf(t, r, "studies")
	var out bytes.Buffer
	if err := print.TextWithin(&out, reports.Report{Language: "da", Title: "x", Lead: "y", Sections: []reports.Section{s}}, print.Columns); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(out.String()), " ")
	if !strings.Contains(text, "Alle registreringer – – – – –") {
		t.Errorf("no dashes:\n%s", out.String())
	}
	if !strings.Contains(text, "Der foreligger ingen opgørelse pr. 30. juni 2011") {
		t.Errorf("no reason:\n%s", out.String())
	}
	if !strings.Contains(text, "meddelte tilladelser fra perioden har ukendt kategori") {
		t.Errorf("no count of unknown categories:\n%s", out.String())
	}
	if want := "Undersøgelserne kan kun gentages"; !strings.HasPrefix(s.Title, want) {
		t.Errorf("title %q", s.Title)
	}
}

// TestNothingInScope: with no permit there are dashes, never nought per cent.
func TestNothingInScope(t *testing.T) {
	for _, language := range []string{"da", "en"} {
		r := reports.Annual(t, reports.Sample{Empty: true}, language)
		var out bytes.Buffer
		if err := print.TextWithin(&out, r, print.Columns); err != nil {
			t.Fatal(err)
		}
		for _, never := range []string{"0,0", "0.0 ", "NaN", "Inf", "<no value>", "<nil>"} {
			if strings.Contains(strings.ReplaceAll(out.String(), "0.1.0", ""), never) {
				t.Errorf("%s: %q in\n%s", language, never, out.String())
			}
		}
		if !strings.Contains(out.String(), reports.Dash) {
			t.Errorf("%s: no dash", language)
		}
		var book bytes.Buffer
		if err := excel.Write(&book, r); err != nil {
			t.Fatal(err)
		}
		if text := workbookText(t, book.Bytes()); !strings.Contains(text, "="+reports.Dash) {
			t.Errorf("%s: no dash in the workbook", language)
		}
		pageOf(t, r)
	}
}

func TestNotApplicable(t *testing.T) {
	r := reports.Annual(t, reports.Sample{NotLoaded: true}, "en")
	s := reports.SectionOf(t, r, "link_status_by_year")
	if s.Empty != "The extract does not have cpr_persons" || s.Chart != nil {
		t.Fatalf("empty %q, chart %v", s.Empty, s.Chart)
	}
	var out bytes.Buffer
	if err := print.TextWithin(&out, r, print.Columns); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), reports.Dash+" The extract does not have cpr_persons") {
		t.Errorf("the reason is not printed:\n%s", out.String())
	}
	if !strings.Contains(pageText(t, pageOf(t, r)), "No figures: The extract does not have cpr_persons.") {
		t.Error("the reason is not on the page")
	}
}

// TestSameTwice: equal answers give equal bytes in every format.
func TestSameTwice(t *testing.T) {
	for name, printed := range map[string]func(*testing.T, reports.Report, *bytes.Buffer) error{
		"text": func(_ *testing.T, r reports.Report, w *bytes.Buffer) error {
			return print.TextWithin(w, r, print.Columns)
		},
		"json": func(_ *testing.T, r reports.Report, w *bytes.Buffer) error { return print.ReportJSON(w, r) },
		"xlsx": func(_ *testing.T, r reports.Report, w *bytes.Buffer) error { return excel.Write(w, r) },
		"html": func(t *testing.T, r reports.Report, w *bytes.Buffer) error { w.WriteString(pageOf(t, r)); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			var first, second bytes.Buffer
			for _, w := range []*bytes.Buffer{&first, &second} {
				if err := printed(t, reports.Annual(t, reports.Sample{Since: 2010}, "da"), w); err != nil {
					t.Fatal(err)
				}
			}
			if first.Len() == 0 || !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Errorf("%d and %d bytes, not the same", first.Len(), second.Len())
			}
		})
	}
}

func TestSingle(t *testing.T) {
	result, err := reports.Sample{}.Source(analysis.Ask{Question: "unlinked_by_year"})
	if err != nil {
		t.Fatal(err)
	}
	result.Question.Chart.Kind, result.Question.Chart.X, result.Question.Chart.Y = "line", "year", "rate"
	r, err := reports.Single(result, reports.SampleCommission("en"))
	if err != nil {
		t.Fatal(err)
	}
	if c := r.Sections[0].Chart; c == nil || c.Series[0].Column != "rate" || c.Series[0].High != "rate_high" {
		t.Fatalf("chart %+v", c)
	}
	var out bytes.Buffer
	if err := print.TextWithin(&out, r, print.Columns); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "SHA-256") || !strings.Contains(out.String(), "31.6") {
		t.Errorf("text of one answer:\n%s", out.String())
	}
}

// TestSingleSaysWhatCounts: the prose of the question's head is the first note, in the language of the page; each paragraph is a note.
func TestSingleSaysWhatCounts(t *testing.T) {
	result, err := reports.Sample{}.Source(analysis.Ask{Question: "unlinked_by_year"})
	if err != nil {
		t.Fatal(err)
	}
	result.Question.Explains = queries.Words{Da: "Meddelte tilladelser.\nOgså bortfaldne.", En: "Granted permits.\nLapsed ones, too."}
	for language, want := range map[string][2]string{
		"da": {"Hvad der tælles: Meddelte tilladelser.", "Også bortfaldne."},
		"en": {"What counts: Granted permits.", "Lapsed ones, too."},
	} {
		r, err := reports.Single(result, reports.SampleCommission(language))
		if err != nil {
			t.Fatal(err)
		}
		if n := r.Sections[0].Notes; len(n) < 2 || n[0] != want[0] || n[1] != want[1] {
			t.Errorf("%s: notes %q", language, n)
		}
		if page := pageOf(t, r); !strings.Contains(page, "<li>"+want[0]+"</li>") {
			t.Errorf("%s: the page does not say it", language)
		}
	}
}

// TestSingleWithSeries: an answer by two keys is drawn as panels over a spread table, and printed as it was given.
func TestSingleWithSeries(t *testing.T) {
	result, err := reports.Sample{}.Source(analysis.Ask{Question: "unlinked_by_year_category"})
	if err != nil {
		t.Fatal(err)
	}
	result.Question.Chart.Kind, result.Question.Chart.X, result.Question.Chart.Y, result.Question.Chart.Series = "line", "year", "rate", "category"
	r, err := reports.Single(result, reports.SampleCommission("da"))
	if err != nil {
		t.Fatal(err)
	}
	s := r.Sections[0]
	if s.Chart == nil || s.Chart.Kind != "multiples" || len(s.Chart.Series) != len(reports.SampleCategories) || len(s.Table.Rows) != 20 {
		t.Fatalf("chart %+v, %d rows", s.Chart, len(s.Table.Rows))
	}
	var out bytes.Buffer
	if err := print.TextWithin(&out, r, 120); err != nil { // in one block
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "Familiesammenføring"); n != 20 {
		t.Errorf("family stands %d times, want once a year", n)
	}
	pageOf(t, r)
}

func TestReportJSON(t *testing.T) {
	var out bytes.Buffer
	if err := print.ReportJSON(&out, reports.Annual(t, reports.Sample{}, "da")); err != nil {
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
	if back.Report != "annual" || len(back.Sections) != 11 || back.Sections[2].Table.Rows[0]["year"] != 1997.0 {
		t.Errorf("report %q, %d sections, first year %v", back.Report, len(back.Sections), back.Sections[2].Table.Rows[0]["year"])
	}
}

// TestHidden: a hidden figure is in no format, and no chart draws it.
func TestHidden(t *testing.T) {
	s := reports.Section{Name: "q", Sheet: "q", Title: "q", Table: reports.Table{
		Columns: []reports.Column{{Name: "year"}, {Name: "n", Label: "n", Unit: "permits"}},
		Rows:    []reports.Row{{Cells: []reports.Cell{{Value: int64(2001)}, {Value: int64(987654), Mark: reports.Hidden}}}, {Cells: []reports.Cell{{Value: int64(2002)}, {Value: int64(7)}}}},
	}, Chart: &reports.Chart{Kind: "line", X: "year", Series: []reports.Series{{Name: "n", Column: "n"}}}}
	r := reports.Report{Name: "q", Title: "q", Lead: "q", Language: "da", Sections: []reports.Section{s}}
	var text, machine, book bytes.Buffer
	for _, err := range []error{print.TextWithin(&text, r, print.Columns), print.ReportJSON(&machine, r), excel.Write(&book, r)} {
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

// TestHostileText: names from an extract cannot end a script, open one, become a template or reach the network.
func TestHostileText(t *testing.T) {
	hostile := `</script><script>alert(1)</script><img src=x onerror=alert(2)>__f__alert(3)__f__{b}{{.}}'"&` + "\u2028"
	plainPage := pageOf(t, reports.Annual(t, reports.Sample{Since: 2010}, "da"))
	page := pageOf(t, reports.Annual(t, reports.Sample{Since: 2010, Label: hostile}, "da"))
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
	page := pageOf(t, reports.Annual(t, reports.Sample{Since: 2010}, "en"))
	n := elements(t, page)
	if n["h1"] != 1 || n["h2"] != 12 || n["h3"] != 0 {
		t.Errorf("headings %d, %d, %d", n["h1"], n["h2"], n["h3"])
	}
	if n["table"] != n["caption"] || n["table"] < 10 {
		t.Errorf("%d tables, %d captions", n["table"], n["caption"])
	}
	if n["figure"] != n["figcaption"] || n["figure"] != 6 {
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
