package reports

import (
	"errors"
	"strings"
	"testing"
)

const ownDefinition = `name = "my"
[title]
da = "Min rapport"
en = "My report"
[[facts]]
name = "all"
question = "unlinked"
[lead]
da = "{{count .all.fail}} af {{count .all.total}}{{if known .all.rate}}, {{pct .all.rate}}{{end}}"
en = "{{count .all.fail}} of {{count .all.total}}"
[[key]]
label = { da = "Alle", en = "All" }
fact = "all"
[[sections]]
question = "unlinked_by_category"
columns = ["category", "fail"]
[[sections.beside]]
suffix = "expected"
scope.params.expected = "true"
columns = ["fail"]
[[sections]]
question = "unlinked_by_year"
total = "unlinked"
[sections.chart]
kind = "line"
x = "year"
`

// TestDefinitionsAreCheckedWhole: what a definition names and is not there is an error with its line, before anything is asked.
func TestDefinitionsAreCheckedWhole(t *testing.T) {
	if _, err := Parse("my", []byte("\ufeff"+ownDefinition)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, want, cure string }{
		{`name = "my"`, `name = "../my"`, "line 1: name: want letters, digits, - and _, at most 60: it begins the names of files", ""},
		{`da = "Min rapport"`, `de = "Mein Bericht"`, `line 3: unknown key "title.de"`, ""},
		{`name = "all"`, `name = ""`, "line 5: a fact without a name or a question, or with both a question and studies to compare", ""},
		{`question = "unlinked"`, `question = "unlinkd"`, `line 7: no question "unlinkd"`, "did you mean unlinked?"},
		{`question = "unlinked"`, "question = \"unlinked\"\nscope.params.expected = \"maybe\"", "line 8: unlinked: parameter expected: want true or false", "koblet questions unlinked"},
		{`question = "unlinked"`, "question = \"unlinked\"\nhighest = \"rat\"", `line 8: no column "rat" in unlinked; it has total, pass, fail, unknown, rate, rate_low, rate_high`, "did you mean rate?"},
		{`question = "unlinked"`, "question = \"unlinked\"\nedition = \"open\"", `line 8: unknown edition "open"; there is "internal", for what is in no public one`, ""},
		{`question = "unlinked"`, "question = \"unlinked\"\nstudy = \"study-2012\"", `line 5: unknown study "study-2012"`, ""},
		{"{{count .all.fail}} of", "{{count .al.fail}} of", `line 10: the sentence names the fact "al", which is not there`, "did you mean all?"},
		{"{{count .all.fail}} of", "{{count .all.fial}} of", "line 10: the sentence names all.fial; that fact has total, pass, fail, unknown, rate, rate_low, rate_high", "did you mean fail?"},
		{"{{if known .all.rate}}", "{{if known .all.rat}}", "line 9: the sentence names all.rat; that fact has total, pass, fail, unknown, rate, rate_low, rate_high", "did you mean rate?"},
		{"{{count .all.fail}} of", "{{cnt .all.fail}} of", `line 10: function "cnt" not defined`, "a sentence has figures as {{count .fact.column}}; it knows count, day, known, pct, points, reservations, word, year"},
		{"{{count .all.fail}} of", "{{count .all.fail of", "line 10: ", ""},
		{`fact = "all"`, `fact = "every"`, `line 13: key line names the fact "every", which is not there`, ""},
		{`columns = ["category", "fail"]`, `columns = ["category", "fale"]`, `line 16: no column "fale" in unlinked_by_category; it has category, total, pass, fail, unknown, rate, rate_low, rate_high`, "did you mean fail?"},
		{"columns = [\"fail\"]\n", "columns = [\"fale\"]\n", `line 20: no column "fale" in unlinked_by_category; it has category, total, pass, fail, unknown, rate, rate_low, rate_high`, "did you mean fail?"},
		{`scope.params.expected = "true"`, `scope.params.expekted = "true"`, `line 19: unlinked_by_category: no parameter "expekted"; it takes --from, --to, --category, --param expected=`, "koblet questions unlinked_by_category"},
		{`total = "unlinked"`, `total = "unlnked"`, `line 23: no question "unlnked"`, "did you mean unlinked?"},
		{`kind = "line"`, `kind = "lien"`, `line 25: no kind of chart "lien"; there are bar, control, difference, dot, funnel, heat, line, multiples, stack, step, waterfall`, "did you mean line?"},
		{`question = "unlinked_by_year"`, `text = []`, "line 21: a section with neither a question nor a text", ""},
		{ownDefinition[strings.Index(ownDefinition, "[[sections]]"):], "", "line 1: no section", ""},
	} {
		_, err := Parse("my", []byte(strings.Replace(ownDefinition, c.from, c.to, 1)))
		wrong, ok := errors.AsType[DefinitionError](err)
		if !ok || !strings.HasPrefix(wrong.Error(), c.want) || c.cure != "" && wrong.Cure != c.cure {
			t.Errorf("%s: %v (%s); want %s (%s)", c.to, err, wrong.Cure, c.want, c.cure)
		}
	}
}
