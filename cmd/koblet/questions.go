package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/cmd/answers"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/queries"
	"koblet/registers"
	"koblet/reports/accounts"
)

var questionsCommand = command{
	name: "questions",
	does: "the catalogue: what can be asked, what it takes and what it gives",
	help: `koblet questions [QUESTION] [--lang da|en] [--format text|json|markdown]

Lists the questions, a line each. With the name of one it says all of it: what
counts and what does not, the filters and parameters as they are typed, the
columns with their units and roles, and the notes. It needs no store.

  --lang da|en      the language for people; Danish unless given
  --format FORMAT   text for people, json for programs, markdown for the manual;
                    text unless given

Ask one with koblet run:

  koblet questions
  koblet questions unlinked_by_year
  koblet run unlinked_by_year --store koblet-demo/store
`,
	most: 1,
	declare: func(flags *pflag.FlagSet) action {
		language := values.OneOf(flags, "lang", "da", "en")
		format := values.OneOf(flags, "format", "text", "json", "markdown")
		return func(_ context.Context, t terminal.Terminal, operands []string) error {
			asked := queries.All()
			if len(operands) == 1 {
				q, err := named(operands[0])
				if err != nil {
					return fmt.Errorf("questions: %w", err)
				}
				asked = []queries.Question{q}
			}
			switch {
			case format.Word == "json":
				return terminal.WriteJSON(t.Out, catalogue(asked))
			case format.Word == "markdown":
				return manualQuestions(t.Out, asked)
			case len(operands) == 1:
				return answers.Show(t, accounts.Question(asked[0], asTyped, language.Word, program()))
			}
			return answers.Show(t, accounts.Catalogue(asked, language.Word, program()))
		}
	},
}

// named finds a question of the catalogue, or the one that was meant.
func named(name string) (queries.Question, error) {
	q, err := queries.Find(name)
	if err == nil {
		return q, nil
	}
	var names []string
	for _, q := range queries.All() {
		names = append(names, q.Name)
	}
	return q, terminal.Cure(registers.Meant(name, names, "koblet questions lists what can be asked"), "%w", err)
}

// listed is a question as programs read it.
type listed struct {
	Name     string        `json:"name"`
	Question queries.Words `json:"question"`
	Explains string        `json:"explains"`
	Counts   string        `json:"explains_da"` // the same in Danish
	Params   []listedParam `json:"params"`
	Columns  []listedField `json:"columns"`
}

type listedParam struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Default string `json:"default"`
	Meaning string `json:"meaning"`
	Means   string `json:"meaning_da"` // the same in Danish
}

type listedField struct {
	Name  string        `json:"name"`
	Type  string        `json:"type"`
	Unit  string        `json:"unit"`
	Label queries.Words `json:"label"`
}

func catalogue(questions []queries.Question) []listed {
	var all []listed
	for _, q := range questions {
		one := listed{Name: q.Name, Question: q.Ask, Explains: q.Explains.En, Counts: q.Explains.Da, Params: []listedParam{}, Columns: []listedField{}}
		for _, p := range q.Params {
			one.Params = append(one.Params, listedParam{p.Name, p.Type, p.Default, p.Meaning.En, p.Meaning.Da})
		}
		for _, c := range analysis.Columns(q) {
			one.Columns = append(one.Columns, listedField{c.Name, c.Type, c.Unit, c.Label})
		}
		all = append(all, one)
	}
	return all
}

// asTyped is a parameter as one gives it on the command line: three have flags of their own.
func asTyped(p queries.Param) string {
	switch p.Name {
	case "from_day":
		return "--from"
	case "to_day":
		return "--to"
	case "categories":
		return "--category"
	}
	return "--param " + p.Name + "=" + p.Default
}

// manualQuestions writes the catalogue as a page of the manual: docs/questions.md is what it gives.
func manualQuestions(w io.Writer, questions []queries.Question) error {
	var b strings.Builder
	b.WriteString("# The questions\n\nEvery question of the catalogue, from the heads of the files in `queries/`. `make docs` writes this page; " +
		"what is written into it by hand is lost.\n")
	for _, q := range questions {
		fmt.Fprintf(&b, "\n## %s\n\n%s  \n*%s*\n\n", q.Name, q.Ask.En, q.Ask.Da)
		if q.Explains.En != "" {
			b.WriteString(strings.ReplaceAll(q.Explains.En, "\n", "\n\n") + "\n\n")
		}
		if q.Apart.Key != "" {
			b.WriteString(q.Apart.Words.En + "\n\n")
		}
		b.WriteString(restsOn(q))
		if len(q.Params) > 0 {
			b.WriteString("| takes | type | unless given | in English | in Danish |\n|---|---|---|---|---|\n")
			for _, p := range q.Params {
				fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", strings.TrimSuffix(asTyped(p), p.Default), p.Type, p.Default, cellText(p.Meaning.En), cellText(p.Meaning.Da))
			}
			b.WriteString("\n")
		}
		b.WriteString("| gives | type | unit | in English | in Danish |\n|---|---|---|---|---|\n")
		for _, c := range analysis.Columns(q) {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", c.Name, c.Type, c.Unit, cellText(c.Label.En), cellText(c.Label.Da))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// restsOn says which columns a question needs, and what it says where one is lacking that it rests on in part.
func restsOn(q queries.Question) string {
	var b strings.Builder
	for _, n := range q.Needs {
		fmt.Fprintf(&b, "Not applicable where the extracts do not have `%s`.\n\n", n)
	}
	var either []string
	for _, n := range q.Either {
		either = append(either, "`"+n.String()+"`")
	}
	if len(either) > 0 {
		b.WriteString("Not applicable where the extracts have none of " + strings.Join(either, ", ") + ".\n\n")
	}
	for _, w := range q.Without {
		fmt.Fprintf(&b, "Without `%s` a note says: “%s”", w.Need, w.Words.En)
		if len(w.Blanks) > 0 {
			fmt.Fprintf(&b, " Then not applicable: `%s`.", strings.Join(w.Blanks, "`, `"))
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// cellText keeps a text within its cell of a table.
func cellText(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
