package reports

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
)

var quotedWords = regexp.MustCompile(`»([^«]+)«|“([^”]+)”`)

// emptyRow is how a note would speak of the row without a key, which no reader sees as empty: it is called by a word.
var emptyRow = regexp.MustCompile(`(?i)række(n|rne|r)? uden (år|måned|alder|dag)|rows? with the empty|tomme? række|den tomme|empty row`)

// shownWords are the words that a page shows beside its figures: heads of columns, names of series and axes, and the names of rows.
func shownWords(s Section, q queries.Question, say Locale) []string {
	words := []string{say.word(wordUnknown)}
	for _, t := range []*Table{&s.Table, s.Detail} {
		if t == nil {
			continue
		}
		for _, c := range t.Columns {
			words = append(words, c.Label, c.Head, c.Both)
		}
	}
	if s.Chart != nil {
		words = append(words, s.Chart.Axis)
		for _, line := range s.Chart.Series {
			words = append(words, line.Name)
		}
	}
	for _, c := range q.Named() {
		for _, code := range registers.Listed(c.Codes) {
			words = append(words, registers.Label(c.Codes, code, say.code))
		}
	}
	return words
}

// What stands in quotation marks in the notes of a page is what the page shows: a column, a line of the chart or a row by its name, never a
// column that the statement counts and no reader gets. And the row without a year is called as the table calls it.
func TestNotesSpeakOfWhatIsShown(t *testing.T) {
	quoted := 0
	for _, q := range queries.All() {
		columns := analysis.Columns(q)
		r := analysis.Result{Question: q, Columns: columns, Rows: rowsOf(columns)}
		for _, w := range q.Notes {
			r.Notes = append(r.Notes, analysis.NoteOf(w))
		}
		for _, w := range q.Without {
			r.Notes = append(r.Notes, analysis.NoteOf(w.Words))
		}
		if q.Computed == "funnel" || q.Computed == "p_chart" {
			r.Notes = slices.Insert(r.Notes, 0, analysis.NoteOf(queries.Words{Da: "Fundet.", En: "The finding."}))
		}
		for _, language := range []string{"da", "en"} {
			report, err := Single(r, Commission{Language: language})
			if err != nil {
				t.Fatalf("%s: %v", q.Name, err)
			}
			s := report.Sections[0]
			shown := shownWords(s, q, LocaleOf(language))
			for _, note := range s.Notes {
				if said := emptyRow.FindString(note); said != "" {
					t.Errorf("%s, %s: a note says %q of a row that the table calls %s", q.Name, language, said, LocaleOf(language).word(wordUnknown))
				}
				for _, m := range quotedWords.FindAllStringSubmatch(note, -1) {
					quoted++
					if !slices.ContainsFunc(shown, func(w string) bool { return strings.EqualFold(w, m[1]+m[2]) }) {
						t.Errorf("%s, %s: a note speaks of %s, which the page does not show", q.Name, language, m[0])
					}
				}
			}
		}
	}
	if quoted < 30 {
		t.Errorf("%d words in quotation marks", quoted)
	}
}

// What only a page draws, bands, hollow points and dashed lines, is said beside the drawing: the notes stand on sheets and terminals too.
func TestNotesDoNotSpeakOfDrawings(t *testing.T) {
	drawing := regexp.MustCompile(`(?i)\bbånd|\bhule\b|stiplede|tynde streger|\bbands?\b|hollow|dashed|thin lines`)
	notes := 0
	check := func(of string, texts ...queries.Words) {
		for _, w := range texts {
			notes++
			if said := drawing.FindString(w.Da + " " + w.En); said != "" {
				t.Errorf("%s: a note says %q of a drawing", of, said)
			}
		}
	}
	for _, name := range Names() {
		d, err := Find(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range d.Sections {
			check(name+", "+p.name(), p.Notes...)
		}
	}
	for _, q := range queries.All() {
		check(q.Name, append(slices.Clone(q.Notes), q.Explains)...)
	}
	if notes < 60 {
		t.Errorf("%d notes", notes)
	}
}
