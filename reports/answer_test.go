package reports_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"koblet/analysis/protection"
	"koblet/reports"
	"koblet/reports/print"
)

const asked = `Hvor mange tilladelser er »ikke koblet« pr. år, jf. § 9, stk. 1, som 10 pct.. i 2011, <b>{{.all}}</b> & | hvorfor?`

// answer is the draft of an answer over the sample's figures.
func answer(t *testing.T, c reports.Commission) reports.Report {
	t.Helper()
	return reports.Built(t, "answer", reports.Sample{Since: 2009}, c)
}

// TestAnswerOrder: the question stands first, word for word; what the figures stand on and leave out stands before any table; then the main result in one
// sentence, the tables, how certain they are and what is hidden.
func TestAnswerOrder(t *testing.T) {
	c := reports.SampleCommission("da")
	c.Asked = reports.Asked{Question: asked, Number: "420"}
	c.Provenance.Accepted = []reports.Accepted{{Reason: "empty_table", Table: "cpr_persons"}}
	r := answer(t, c)
	if r.Title != "Udkast til besvarelse af spørgsmål nr. 420" || r.Lead != "" || len(r.Key.Rows) > 0 {
		t.Errorf("title %q, lead %q, %d key figures", r.Title, r.Lead, len(r.Key.Rows))
	}
	var names []string
	for i, s := range r.Sections {
		names = append(names, s.Name)
		if tables := len(s.Table.Columns) > 0; tables != (i > 2 && i < 8 || i > 9) {
			t.Errorf("%s, in place %d, has a table: %v", s.Name, i, tables)
		}
		if s.Detail != nil && !s.Behind() {
			t.Errorf("%s has a long form", s.Name)
		}
	}
	if want := []string{"question", "basis", "result", "unlinked_by_year", "unlinked_by_category", "unlinked_across_years", "linked_across_years", "rate_across_years", "uncertainty", "hidden"}; !slices.Equal(names[:len(want)], want) {
		t.Errorf("sections are %q", names)
	}
	if got := r.Sections[0].Text; !slices.Equal(got, []string{asked}) {
		t.Errorf("the question is %q", got)
	}
	if got := r.Sections[1].Text[0]; !strings.Contains(got, "Opgørelsen er indlæst med forbehold: en tabel er tom eller næsten tom.") {
		t.Errorf("the basis says %q", got)
	}
	if got, want := r.Sections[2].Text, []string{"Pr. 31. december 2016 er 57.751 meddelte registreringer om opholdstilladelse uden koblet CPR-nummer, mens 313.523 er koblet; andelen uden koblet nummer er 15,6 pct."}; !slices.Equal(got, want) {
		t.Errorf("the result is %q, want %q", got, want)
	}
	if got := r.Sections[9].Text; !slices.Equal(got, []string{"Intern udgave: små tal er ikke skjult. Må ikke offentliggøres."}) {
		t.Errorf("of an internal edition is said: %q", got)
	}
	c.Edition, c.Asked.Number, c.Hidden = reports.Public, "", protection.Summary{Threshold: 5, Counts: 700, Small: 40, Covering: 80}
	r = answer(t, c)
	if got := r.Sections[9].Text[0]; r.Title != "Udkast til besvarelse af spørgsmål" || !strings.HasPrefix(got, "Tal fra 1 til 4 er skjult ([c])") || !strings.HasSuffix(got, "Af rapportens 700 tal er 40 skjult, fordi de er små, og 80 for at dække dem.") {
		t.Errorf("%q: of a public edition is said: %q", r.Title, got)
	}
	if slices.ContainsFunc(r.Notes, func(n string) bool { return strings.HasPrefix(n, "Tal fra 1 til") }) {
		t.Error("what is hidden stands among the notes once more")
	}
}

// TestAnswerTables: groups stand down and years across, eight at most, and the years that are not settled are marked where they stand.
func TestAnswerTables(t *testing.T) {
	c := reports.SampleCommission("da")
	c.Asked.Question = asked
	r := reports.Built(t, "answer", reports.Sample{Since: 2006}, c)
	s := r.Sections[5]
	if s.Table.Columns[0].Label != "Kategori" || s.Table.Columns[1].Label != "2006" || s.Table.Columns[11].Label != "2016 (f)" {
		t.Errorf("columns are %v", s.Table.Columns)
	}
	document := partsOf(t, documentOf(t, r))["word/document.xml"]
	var heads []string
	for _, table := range document.all("tbl") {
		if cells := table.all("tr")[0].all("tc"); cells[0].said() == "Kategori" {
			heads = append(heads, cells[1].said()+" to "+cells[len(cells)-1].said())
		}
	}
	if want := "2006\nantal to 2013\nantal"; len(heads) < 3 || heads[1] != want {
		t.Errorf("blocks are %q, want the first of the years to be %q", heads, want)
	}
	meaning := 0
	for _, p := range document.all("p") {
		if strings.HasPrefix(p.said(), "(f) betyder") {
			meaning++
		}
	}
	if notes := len(document.all("footnoteReference")); notes+meaning != 1 {
		t.Errorf("what (f) means is said in %d footnotes and %d notes", notes, meaning)
	}
}

// TestGoldenAnswer holds what an answer says, in both languages.
func TestGoldenAnswer(t *testing.T) {
	for _, language := range []string{"da", "en"} {
		c := reports.SampleCommission(language)
		c.Asked = reports.Asked{Question: asked, Number: "420"}
		var out bytes.Buffer
		if err := print.Markdown(&out, answer(t, c)); err != nil {
			t.Fatal(err)
		}
		golden(t, "answer-"+language+".md", out.String())
	}
}
