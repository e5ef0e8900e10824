package reports

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
)

// rowsOf are two made-up rows of an answer with these columns.
func rowsOf(columns []queries.Column) [][]any {
	rows := make([][]any, 2)
	for i := range rows {
		for _, c := range columns {
			var v any
			switch c.Type {
			case "BIGINT":
				v = int64(500 + i)
			case "DOUBLE":
				v = 0.25
			case "DATE":
				v = time.Date(2013, 5, 1+i, 0, 0, 0, 0, time.UTC)
			case "VARCHAR":
				v = []string{"a", "b"}[i]
			}
			if c.Period == "month" {
				v = []string{"2013-05", "2013-06"}[i]
			}
			rows[i] = append(rows[i], v)
		}
	}
	return rows
}

// No code name is a heading, an entry of the contents, a caption or a sheet, whatever the question and the language.
func TestNoHeadingIsACodeName(t *testing.T) {
	for _, q := range queries.All() {
		columns := analysis.Columns(q)
		r := analysis.Result{Question: q, Columns: columns, Rows: rowsOf(columns)}
		if q.Computed == "funnel" || q.Computed == "p_chart" {
			r.Notes = []analysis.Note{analysis.NoteOf(queries.Words{Da: "Fundet.", En: "The finding."})}
		}
		for _, language := range []string{"da", "en"} {
			report, err := Single(r, Commission{Language: language})
			if err != nil {
				t.Fatalf("%s: %v", q.Name, err)
			}
			s := report.Sections[0]
			if slices.Contains(s.Notes, s.Title+".") {
				t.Errorf("%s, %s: the finding %q stands among the notes again", q.Name, language, s.Title)
			}
			heads := map[string]bool{}
			for _, c := range s.Table.Columns {
				head := c.Head + ": " + c.Label
				if heads[head] {
					t.Errorf("%s, %s: two columns are called %q", q.Name, language, head)
				}
				heads[head] = true
			}
			for what, text := range map[string]string{"title of the page": report.Title, "title": s.Title, "sheet": s.Sheet, "question": s.Question,
				"sheet of the counts": s.DetailSheet, "text alternative": s.Alt, "caption": s.Caption, "unit": s.Unit} {
				if strings.Contains(text, "_") || text == "" && (what == "title" || what == "sheet" || what == "text alternative") {
					t.Errorf("%s, %s: the %s is %q", q.Name, language, what, text)
				}
			}
		}
	}
}

var templatePlace = regexp.MustCompile(`\{\{[^}]*\}\}`)
var inPlace = regexp.MustCompile(`\.(\w+)(?:\.\w+)?`)

// Every figure of a sentence has the name of a fact, and no heading of a definition has an underscore outside of its places.
func TestSentencesNameTheirFigures(t *testing.T) {
	for _, name := range Names() {
		d, err := Find(name)
		if err != nil {
			t.Fatal(err)
		}
		known := map[string]bool{"as_of": true, "asked": true, "study": true}
		for _, f := range d.Facts {
			known[f.Name] = true
		}
		check := func(what string, words queries.Words) {
			for _, text := range []string{words.Da, words.En} {
				for _, at := range templatePlace.FindAllString(text, -1) {
					for _, m := range inPlace.FindAllStringSubmatch(at, -1) {
						if !known[m[1]] {
							t.Errorf("%s: %s names %s, which is no fact", name, what, m[1])
						}
					}
				}
				if strings.Contains(templatePlace.ReplaceAllString(text, ""), "_") {
					t.Errorf("%s: %s has an underscore: %q", name, what, text)
				}
			}
		}
		check("title", d.Title)
		check("lead", d.Lead)
		check("otherwise", d.Otherwise)
		for _, p := range d.Sections {
			for what, words := range map[string]queries.Words{"title": p.Title, "otherwise": p.Otherwise, "sheet": p.Sheet, "unit": p.Unit, "alt": p.Alt, "question": p.Ask} {
				check("section "+p.name()+", "+what, words)
			}
		}
	}
}

// The caption of a chart says what is drawn and of whom, not once more what was found; the text alternative says the finding.
func TestCaptionsDoNotRepeatTheFinding(t *testing.T) {
	charts := 0
	for _, q := range queries.All() {
		columns := analysis.Columns(q)
		r := analysis.Result{Question: q, Columns: columns, Rows: rowsOf(columns)}
		if q.Computed == "funnel" || q.Computed == "p_chart" {
			r.Notes = []analysis.Note{analysis.NoteOf(queries.Words{Da: "Fundet.", En: "The finding."})}
		}
		for language, measure := range map[string]*regexp.Regexp{
			"da": regexp.MustCompile(`^(Antal .+ pr\. .+|(Andel|Standardiseret forskel) .+, i (pct\. af de (tilladelser|personer|numre), der kan afgøres|pct|standardafvigelser))\. `),
			"en": regexp.MustCompile(`^(Number of .+ by .+|(Share|Unlinked rate|Rate at|Standardised difference) .+, in (per cent( of the (permits|persons|numbers) that can be decided)?|standard deviations))\. `),
		} {
			report, err := Single(r, Commission{Language: language})
			if err != nil {
				t.Fatal(err)
			}
			s := report.Sections[0]
			if s.Chart == nil {
				if s.Caption != "" {
					t.Errorf("%s: no chart, and the caption %q", q.Name, s.Caption)
				}
				continue
			}
			charts++
			if !measure.MatchString(s.Caption) {
				t.Errorf("%s, %s: the caption %q does not say the measure and its unit", q.Name, language, s.Caption)
			}
			if strings.Contains(s.Caption, "fra,") || strings.Contains(s.Caption, "from,") || strings.Contains(s.Sheet, ",") && len(q.Keys()) < 3 {
				t.Errorf("%s, %s: the caption %q or the sheet %q says how a column is read, not what it is", q.Name, language, s.Caption, s.Sheet)
			}
			if strings.Contains(s.Caption, s.Title) || strings.Contains(s.Said(), s.Title) {
				t.Errorf("%s, %s: the caption %q says the finding", q.Name, language, s.Caption)
			}
			if !strings.HasPrefix(s.Alt, s.Title) {
				t.Errorf("%s, %s: the text alternative %q does not say the finding %q", q.Name, language, s.Alt, s.Title)
			}
		}
	}
	if charts < 80 {
		t.Errorf("%d charts", charts)
	}
}

// How a chart is read is true of what is drawn: of a heat map on a dark page the highest rates are the lightest fields, and differences are bars.
func TestHowAChartIsReadIsTrueOfIt(t *testing.T) {
	for kind, untrue := range map[string][]string{"heat": {"mørkere", "darker", "lysere", "lighter"}, "difference": {"Punkter", "Points"}} {
		for _, word := range untrue {
			if w := howToRead[kind]; strings.Contains(w.Da, word) || strings.Contains(w.En, word) {
				t.Errorf("%s: %q, %q says %q", kind, w.Da, w.En, word)
			}
		}
	}
}
