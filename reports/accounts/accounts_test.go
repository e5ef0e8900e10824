package accounts

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"koblet/queries"
	"koblet/reports"
	"koblet/reports/excel"
	"koblet/reports/html"
	"koblet/reports/print"
)

// TestEveryPrinterDrawsThem: what an account says stands in the text, the page, the workbook and the JSON.
func TestEveryPrinterDrawsThem(t *testing.T) {
	question, err := queries.Find("unlinked_by_year")
	if err != nil {
		t.Fatal(err)
	}
	typed := func(p queries.Param) string { return "--param " + p.Name }
	loaded := time.Date(2015, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, c := range []struct {
		report reports.Report
		says   []string
	}{
		{Catalogue([]queries.Question{question}, "en", "koblet"), []string{"The catalogue of questions", "unlinked_by_year", question.Ask.En}},
		{Question(question, typed, "da", "koblet"), []string{question.Ask.Da, "--param from_day", "Parametre, som de skrives", "nøgle"}},
		{Snapshots([]Snapshot{{AsOf: "2014-12-31", LoadedAt: loaded, Persons: 1200, Permits: 34, CPR: 5, Edition: 2, Older: []int{0, 1}}}, "en", "koblet"),
			[]string{"The snapshots of the store", "2014-12-31", "2015-01-02 03:04", "0, 1"}},
	} {
		for name, draw := range map[string]func(io.Writer, reports.Report) error{
			"text": func(w io.Writer, r reports.Report) error { return print.TextWithin(w, r, 200) }, "page": html.Write, "workbook": excel.Write, "json": print.ReportJSON,
		} {
			var out bytes.Buffer
			if err := draw(&out, c.report); err != nil {
				t.Errorf("%s: %s: %v", c.report.Name, name, err)
				continue
			}
			text := out.String()
			if name == "workbook" {
				text = cellsOf(t, out.Bytes())
			}
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("%s: the %s does not say %q", c.report.Name, name, want)
				}
			}
		}
	}
}

// cellsOf is the text of a workbook's parts.
func cellsOf(t *testing.T, book []byte) string {
	t.Helper()
	parts, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, part := range parts.File {
		f, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&text, f); err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
	}
	return text.String()
}

// TestNoSnapshots: an empty store is said to be so, and is no table of nothing.
func TestNoSnapshots(t *testing.T) {
	var out bytes.Buffer
	if err := print.Text(&out, Snapshots(nil, "en", "koblet")); err != nil {
		t.Fatal(err)
	}
	if want := "The snapshots of the store\n– there are no snapshots\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}
