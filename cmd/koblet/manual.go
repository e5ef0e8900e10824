package main

import (
	"fmt"
	"io"
	"strings"

	"koblet/analysis"
	"koblet/queries"
)

// manualQuestions writes the catalogue as a page of the manual: docs/questions.md is what it gives.
func manualQuestions(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# The questions\n\nEvery question of the catalogue, from the heads of the files in `queries/`. `make docs` writes this page; " +
		"what is written into it by hand is lost.\n")
	for _, q := range queries.All() {
		fmt.Fprintf(&b, "\n## %s\n\n%s  \n*%s*\n\n", q.Name, q.Ask.En, q.Ask.Da)
		if q.Explains != "" {
			b.WriteString(q.Explains + "\n\n")
		}
		for _, n := range q.Needs {
			needed := n.Table
			if n.Column != "" {
				needed += "." + n.Column
			}
			fmt.Fprintf(&b, "Not applicable where the extracts do not have `%s`.\n\n", needed)
		}
		var either []string
		for _, n := range q.Either {
			either = append(either, "`"+n.Table+"."+n.Column+"`")
		}
		if len(either) > 0 {
			b.WriteString("Not applicable where the extracts have none of " + strings.Join(either, ", ") + ".\n\n")
		}
		if len(q.Params) > 0 {
			b.WriteString("| takes | type | unless given | meaning |\n|---|---|---|---|\n")
			for _, p := range q.Params {
				fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", strings.TrimSuffix(asTyped(p), p.Default), p.Type, p.Default, cellText(p.Meaning))
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

// cellText keeps a text within its cell of a table.
func cellText(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
