package main

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"koblet/analysis"
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
		language := oneOf(flags, "lang", "da", "en")
		format := oneOf(flags, "format", "text", "json", "markdown")
		return func(_ context.Context, t terminal, operands []string) error {
			asked := queries.All()
			if len(operands) == 1 {
				q, err := named(operands[0])
				if err != nil {
					return fmt.Errorf("questions: %w", err)
				}
				asked = []queries.Question{q}
			}
			switch {
			case format.word == "json":
				return writeJSON(t.out, catalogue(asked))
			case format.word == "markdown":
				return manualQuestions(t.out, asked)
			case len(operands) == 1:
				return show(t, accounts.Question(asked[0], asTyped, language.word, program()))
			}
			return show(t, accounts.Catalogue(asked, language.word, program()))
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
	return q, cure(registers.Meant(name, names, "koblet questions lists what can be asked"), "%w", err)
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
