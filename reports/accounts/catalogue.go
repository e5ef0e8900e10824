package accounts

import (
	"strings"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/reports"
)

// Catalogue lists questions, one a row.
func Catalogue(all []queries.Question, language, program string) reports.Report {
	a := in(language, program)
	t := reports.Table{Lines: true, Columns: []reports.Column{key("name", a.w("Navn", "Name")), text("question", a.w("Spørgsmål", "Question"))}}
	for _, q := range all {
		t.Rows = append(t.Rows, row(q.Name, a.Word(q.Ask)))
	}
	title := a.w("Kataloget over spørgsmål", "The catalogue of questions")
	return a.report("questions", title, time.Time{}, reports.Section{Name: "questions", Sheet: a.w("Spørgsmål", "Questions"), Title: title, Table: t})
}

// Question says all of one question: what it counts, what it takes, as typed says that it is typed, and what it answers with.
func Question(q queries.Question, typed func(queries.Param) string, language, program string) reports.Report {
	a := in(language, program)
	sections := []reports.Section{a.counted(q)}
	if len(q.Params) > 0 {
		sections = append(sections, a.takes(q, typed))
	}
	final := analysis.Columns(q)
	sections = append(sections, a.columns("gives", a.w("Svarets kolonner", "The columns of the answer"), final))
	if len(q.Result) > 0 {
		sections = append(sections, a.columns("counts", a.w("Hvad svaret beregnes af", "What the answer is computed from"), q.Columns))
	}
	if len(q.Notes) > 0 {
		notes := reports.Section{Name: "notes", Sheet: a.w("Noter", "Notes"), Title: a.w("Noter til hvert svar", "Notes on every answer")}
		for _, n := range q.Notes {
			notes.Text = append(notes.Text, a.Word(n))
		}
		sections = append(sections, notes)
	}
	r := a.report(q.Name, q.Name, time.Time{}, sections...)
	r.Lead = a.Word(q.Ask)
	return r
}

// counted is what a question counts, and what it needs of the extracts.
func (a account) counted(q queries.Question) reports.Section {
	s := reports.Section{Name: "explains", Sheet: a.w("Hvad der tælles", "What counts"), Title: a.w("Hvad der tælles", "What counts")}
	if counts := a.Word(q.WhatCounts()); counts != "" {
		s.Text = strings.Split(counts, "\n")
	}
	switch q.Rows {
	case "partition":
		s.Text = append(s.Text, a.w("Hver post indgår i én række.", "Each record is in one row."))
	case "overlap":
		s.Text = append(s.Text, a.w("En post kan indgå i flere rækker, som derfor ikke skal lægges sammen.", "A record can be in several rows, so they are not to be summed."))
	case "alternatives":
		s.Text = append(s.Text, a.w("Hver række er det hele, opgjort på en anden måde. Rækkerne skal ikke lægges sammen.", "Each row is the whole, measured in another way: rows are not to be summed."))
	}
	if q.Apart.Key != "" {
		s.Text = append(s.Text, a.Word(q.Apart.Words))
	}
	for _, n := range q.Needs {
		s.Text = append(s.Text, a.w("Kan ikke besvares, hvis udtrækkene ikke har ", "Not applicable where the extracts do not have ")+n.String()+".")
	}
	var either []string
	for _, n := range q.Either {
		either = append(either, n.String())
	}
	if len(either) > 0 {
		s.Text = append(s.Text, a.w("Kan ikke besvares, hvis udtrækkene ingen har af ", "Not applicable where the extracts have none of ")+strings.Join(either, ", ")+".")
	}
	for _, w := range q.Without {
		s.Text = append(s.Text, a.Word(w.Words))
	}
	return s
}

// takes are the parameters, one a row.
func (a account) takes(q queries.Question, typed func(queries.Param) string) reports.Section {
	s := reports.Section{Name: "takes", Sheet: a.w("Parametre", "Parameters"), Title: a.w("Parametre, som de skrives", "Parameters, as they are typed")}
	s.Table.Columns = []reports.Column{key("typed", a.w("Skrives", "Typed")), text("type", "Type"), text("default", a.w("Ellers", "Unless given")), text("meaning", a.w("Betydning", "Meaning"))}
	for _, p := range q.Params {
		s.Table.Rows = append(s.Table.Rows, row(typed(p), p.Type, p.Default, a.Word(p.Meaning)))
	}
	return s
}

// columns are those of an answer, one a row.
func (a account) columns(name, title string, columns []queries.Column) reports.Section {
	s := reports.Section{Name: name, Sheet: title, Title: title}
	s.Table.Columns = []reports.Column{key("column", a.w("Kolonne", "Column")), text("type", "Type"), text("unit", a.w("Enhed", "Unit")),
		text("role", a.w("Rolle", "Role")), text("meaning", a.w("Betydning", "Meaning"))}
	for _, c := range columns {
		s.Table.Rows = append(s.Table.Rows, row(c.Name, c.Type, c.Unit, a.Word(roles[c.Role]), a.Word(c.Label)))
	}
	return s
}

// roles are the words for what columns are for.
var roles = map[queries.Role]queries.Words{
	queries.Key:       {Da: "nøgle", En: "key"},
	queries.Record:    {Da: "postens nøgle", En: "key of a record"},
	queries.Attribute: {Da: "oplysning", En: "attribute"},
	queries.Count:     {Da: "antal", En: "count"},
	queries.Derived:   {Da: "beregnet", En: "derived"},
}
