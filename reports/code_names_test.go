package reports_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"koblet/analysis"
	"koblet/queries"
	"koblet/reports"
)

// codeName is a word with an underscore; columnName is what a delivery calls a column, which a note on what was not delivered has to name.
var codeName, columnName = regexp.MustCompile(`\w*[A-Za-z]_\w+`), regexp.MustCompile(`\b(?:carl2_permits|carl2_persons|cpr_persons)(?:\.\w+)?\b`)

func codeNames(text string) []string {
	return codeName.FindAllString(columnName.ReplaceAllString(text, ""), -1)
}

// peopleRead is a question's answer of one made-up row, with every note that its header can give, as a report.
func peopleRead(t *testing.T, q queries.Question, language string) reports.Report {
	t.Helper()
	r := analysis.Result{Question: q, Columns: analysis.Columns(q), Notes: []analysis.Note{analysis.NoteOf(queries.Words{Da: "Fundet.", En: "The finding."})}}
	var row []any
	for _, c := range r.Columns {
		row = append(row, map[string]any{"BIGINT": int64(500), "DOUBLE": 0.25, "DATE": time.Date(2013, 5, 1, 0, 0, 0, 0, time.UTC), "VARCHAR": "2013-05"}[c.Type])
	}
	r.Rows = [][]any{row}
	for _, w := range q.Notes {
		r.Notes = append(r.Notes, analysis.NoteOf(w))
	}
	for _, w := range q.Without {
		r.Notes = append(r.Notes, analysis.Note{Words: w.Words})
	}
	if q.Apart.Key != "" {
		r.Notes = append(r.Notes, analysis.NoteOf(q.Apart.Words))
	}
	report, err := reports.Single(r, reports.SampleCommission(language))
	if err != nil {
		t.Fatalf("%s: %v", q.Name, err)
	}
	return report
}

// Nothing that people read is a code name: on no page and on no sheet of any question, in either language, but for where it comes from.
func TestNoCodeNameIsPrinted(t *testing.T) {
	for _, q := range queries.All() {
		for _, language := range []string{"da", "en"} {
			r := peopleRead(t, q, language)
			root, err := html.Parse(strings.NewReader(pageOf(t, r)))
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range codeNames(printedText(root)) {
				t.Errorf("%s, %s: the page says %s", q.Name, language, name)
			}
			f, err := excelize.OpenReader(bytes.NewReader(bookOf(t, r)))
			if err != nil {
				t.Fatal(err)
			}
			origin := map[string]bool{}
			for _, s := range r.Sections {
				if s.Name == reports.ProvenanceName {
					origin[s.Sheet], origin[s.DetailSheet] = true, true
				}
			}
			for _, sheet := range f.GetSheetList() {
				rows, err := f.GetRows(sheet)
				if err != nil {
					t.Fatal(err)
				}
				for _, row := range rows {
					for _, name := range codeNames(sheet + " " + strings.Join(row, " ")) {
						if !origin[sheet] {
							t.Errorf("%s, %s: sheet %s says %s", q.Name, language, sheet, name)
						}
					}
				}
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// printedText is what a page says, and what it says of its pictures, but for its scripts, code and provenance.
func printedText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data + " "
	}
	if n.Data == "script" || n.Data == "style" || n.Data == "code" {
		return ""
	}
	var out strings.Builder
	for _, a := range n.Attr {
		if a.Key == "id" && a.Val == reports.ProvenanceName {
			return ""
		}
		if a.Key == "aria-label" || a.Key == "alt" || a.Key == "title" {
			out.WriteString(a.Val + " ")
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out.WriteString(printedText(c))
	}
	return out.String()
}
