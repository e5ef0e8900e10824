package main

import (
	"fmt"
	"io"
	"strings"

	"koblet/analysis"
	"koblet/queries"
)

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
