package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/queries"
)

var questionsCommand = command{
	name: "questions",
	does: "the catalogue: what can be asked, what it takes and what it gives",
	help: `koblet questions [--format text|json|markdown]

Lists every question by name with its words in Danish and English, the filters
and parameters it takes, and its columns with their units. It needs no store.

  --format FORMAT   text for people, json for programs, markdown for the manual;
                    text unless given

What a question counts, and what it leaves out, stands in the JSON under
"explains" and at the head of its file in queries/. Ask one with koblet run:

  koblet questions
  koblet run unlinked_by_year --store koblet-demo/store
`,
	declare: func(flags *pflag.FlagSet) action {
		format := oneOf(flags, "format", "text", "json", "markdown")
		return func(_ context.Context, t terminal, _ []string) error {
			if format.word == "json" {
				return writeJSON(t.out, catalogue())
			}
			if format.word == "markdown" {
				return manualQuestions(t.out)
			}
			return listQuestions(t.out)
		}
	},
}

// listed is a question as programs read it.
type listed struct {
	Name     string        `json:"name"`
	Question queries.Words `json:"question"`
	Explains string        `json:"explains"`
	Params   []listedParam `json:"params"`
	Columns  []listedField `json:"columns"`
}

type listedParam struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Default string `json:"default"`
	Meaning string `json:"meaning"`
}

type listedField struct {
	Name  string        `json:"name"`
	Type  string        `json:"type"`
	Unit  string        `json:"unit"`
	Label queries.Words `json:"label"`
}

func catalogue() []listed {
	var all []listed
	for _, q := range queries.All() {
		one := listed{Name: q.Name, Question: q.Ask, Explains: q.Explains, Params: []listedParam{}, Columns: []listedField{}}
		for _, p := range q.Params {
			one.Params = append(one.Params, listedParam(p))
		}
		for _, c := range analysis.Columns(q) {
			one.Columns = append(one.Columns, listedField{c.Name, c.Type, c.Unit, c.Label})
		}
		all = append(all, one)
	}
	return all
}

func listQuestions(w io.Writer) error {
	var b strings.Builder
	for i, q := range queries.All() {
		if i > 0 {
			b.WriteString("\n")
		}
		var takes, gives []string
		for _, p := range q.Params {
			takes = append(takes, asTyped(p))
		}
		for _, c := range analysis.Columns(q) {
			gives = append(gives, withUnit(c))
		}
		fmt.Fprintf(&b, "%s\n  %s\n  %s\n%s%s", q.Name, q.Ask.Da, q.Ask.En, hung("takes", takes), hung("gives", gives))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// hung lists words after a label, in lines of a screen's width.
func hung(label string, words []string) string {
	var b strings.Builder
	line := "  " + label
	for i, word := range words {
		if i < len(words)-1 {
			word += ","
		}
		if len(line)+1+len(word) > 79 {
			b.WriteString(line + "\n")
			line = strings.Repeat(" ", 2+len(label))
		}
		line += " " + word
	}
	return b.String() + line + "\n"
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

func withUnit(c queries.Column) string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " [" + c.Unit + "]"
}
