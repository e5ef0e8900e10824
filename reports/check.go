package reports

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
)

// DefinitionError is what is wrong with a definition's file: the line, counted from 1, and a cure, empty where the message says it.
type DefinitionError struct {
	Line       int
	What, Cure string
}

func (e DefinitionError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.What) }

// definitionError says which line or key the TOML library stumbled on.
func definitionError(err error) error {
	if unknown, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(unknown.Errors) > 0 {
		line, _ := unknown.Errors[0].Position()
		return DefinitionError{Line: line, What: fmt.Sprintf("unknown key %q", strings.Join(unknown.Errors[0].Key(), "."))}
	}
	if wrong, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := wrong.Position()
		what := strings.TrimPrefix(wrong.Error(), "toml: ")
		if key := strings.Join(wrong.Key(), "."); key != "" {
			what = key + ": " + what
		}
		return DefinitionError{Line: line, What: what}
	}
	return err
}

// definitionLines gives the line of each key of a definition by its path, in which the tables of a list are numbered from 0: sections.2.question.
// The library's decoder does not tell it of what it has decoded.
func definitionLines(text []byte) map[string]int {
	lines, parser, section, lists := map[string]int{}, unstable.Parser{}, "", map[string]int{}
	parser.Reset(text)
	see := func(in string, n *unstable.Node) string {
		path := in
		for it := n.Key(); it.Next(); {
			path = strings.TrimPrefix(path+"."+string(it.Node().Data), ".")
			if at, isList := lists[path]; isList && (n.Kind != unstable.ArrayTable || !it.IsLast()) {
				path += "." + strconv.Itoa(at)
			}
			if lines[path] == 0 {
				lines[path] = parser.Shape(it.Node().Raw).Start.Line
			}
		}
		return path
	}
	for parser.NextExpression() {
		switch n := parser.Expression(); n.Kind {
		case unstable.ArrayTable:
			path := see("", n)
			at, known := lists[path]
			if known {
				at++
			}
			lists[path], section = at, path+"."+strconv.Itoa(at)
			lines[section], lines[path] = lines[path], 0 // each has a line of its own
		case unstable.Table:
			section = see("", n)
		case unstable.KeyValue:
			see(section, n)
		default: // a comment
		}
	}
	return lines
}

// fileName is what a definition can be called.
var fileName = regexp.MustCompile(`^[\pL\d_-]{1,60}$`)

// checking looks over a definition, whole, before anything is asked.
type checking struct {
	Definition
	lines map[string]int
	facts map[string][]string // of each fact the columns that sentences can name; nil where that is not known
}

// check finds what no report can be laid out from: what is named and is not there. The error has the line.
func (d Definition) check(text []byte) error {
	c := checking{d, definitionLines(text), map[string][]string{"as_of": nil, "asked": {"number"}, "study": {"short", "day", "unknown", "rate"}}}
	if !fileName.MatchString(d.Name) {
		return c.wrong("name", "", "name: want letters, digits, - and _, at most 60: it begins the names of files")
	}
	for i, f := range d.Facts {
		if err := c.fact(fmt.Sprintf("facts.%d", i), f); err != nil {
			return err
		}
	}
	for i, k := range d.Key {
		if _, known := c.facts[k.Fact]; !known {
			return c.wrong(fmt.Sprintf("key.%d.fact", i), registers.Meant(k.Fact, slices.Sorted(maps.Keys(c.facts)), ""), "key line names the fact %q, which is not there", k.Fact)
		}
	}
	for i, p := range d.Sections {
		if err := c.section(fmt.Sprintf("sections.%d", i), p); err != nil {
			return err
		}
	}
	for i, j := range d.Joint {
		if _, err := c.asks(fmt.Sprintf("joint.%d", i), "question", j.Question, j.Scope); err != nil {
			return err
		}
	}
	if len(d.Sections) == 0 {
		return c.wrong("sections", "", "no section")
	}
	return c.sentences()
}

// wrong is an error at a key, or at the table that it is missing from.
func (c checking) wrong(key, cure, format string, args ...any) error {
	at := key
	for c.lines[at] == 0 && strings.Contains(at, ".") {
		at = at[:strings.LastIndex(at, ".")]
	}
	return DefinitionError{Line: cmp.Or(c.lines[at], 1), What: fmt.Sprintf(format, args...), Cure: cure}
}

// asks looks at a question under a key and at what it is asked for.
func (c checking) asks(at, key, question string, scope analysis.Scope) (queries.Question, error) {
	q, err := queries.Find(question)
	if err != nil {
		return q, c.wrong(at+"."+key, registers.Meant(question, catalogue(), "koblet questions lists them"), "no question %q", question)
	}
	if _, err := scope.Bind(q); err != nil {
		return q, c.wrong(at+".scope", "koblet questions "+q.Name, "%v", err)
	}
	return q, nil
}

func catalogue() (names []string) {
	for _, q := range queries.All() {
		names = append(names, q.Name)
	}
	return names
}

// edition looks at what an edition is called.
func (c checking) edition(at, edition string) error {
	if edition != "" && edition != internalOnly {
		return c.wrong(at+".edition", "", "unknown edition %q; there is %q, for what is in no public one", edition, internalOnly)
	}
	return nil
}

func (c checking) fact(at string, f fact) error {
	switch {
	case f.Name == "" || (f.Question == "") == (len(f.Compare) == 0):
		return c.wrong(at, "", "a fact without a name or a question, or with both a question and studies to compare")
	case len(f.Compare) > 0:
		c.facts[f.Name] = nil
		return errors.Join(c.studies(at, f.Compare), c.edition(at, f.Edition))
	}
	q, err := c.asks(at, "question", f.Question, f.Scope)
	if err != nil {
		return err
	}
	columns := analysis.Columns(q)
	for _, name := range columns {
		c.facts[f.Name] = append(c.facts[f.Name], name.Name)
	}
	if f.Study != "" {
		if err := c.studies(at, []string{f.Study, f.Study}); err != nil {
			return err
		}
	}
	named := slices.Sorted(maps.Keys(f.Where))
	for _, key := range []struct{ key, column string }{{"highest", f.Highest}, {"last", f.Last}} {
		if err := c.column(at+"."+key.key, key.column, q); err != nil {
			return err
		}
	}
	for _, column := range named {
		if err := c.column(at+".where", column, q); err != nil {
			return err
		}
	}
	return c.edition(at, f.Edition)
}

// studies looks at the names of two studies.
func (c checking) studies(at string, names []string) error {
	all, err := analysis.Studies()
	if err != nil {
		return err
	}
	if _, err := comparing(names, all); err != nil {
		return c.wrong(at, "", "%v", err)
	}
	return nil
}

// column looks at a column of a question; none is named by an empty text.
func (c checking) column(at, column string, q queries.Question) error {
	var names []string
	for _, known := range analysis.Columns(q) {
		names = append(names, known.Name)
	}
	if column == "" || slices.Contains(names, column) {
		return nil
	}
	return c.wrong(at, registers.Meant(column, names, ""), "no column %q in %s; it has %s", column, q.Name, strings.Join(names, ", "))
}

func (c checking) section(at string, p part) error {
	if err := c.edition(at, p.Edition); err != nil {
		return err
	}
	switch {
	case len(p.Compare) > 0 && p.Name == "":
		return c.wrong(at, "", "a section that compares studies and has no name")
	case len(p.Compare) > 0:
		return c.studies(at, p.Compare)
	case p.Studies, p.Question == "" && (len(p.Text) > 0 || p.Asked || p.Hidden):
		return nil
	case p.Question == "":
		return c.wrong(at, "", "a section with neither a question nor a text")
	}
	q, err := c.asks(at, "question", p.Question, p.Scope)
	if err != nil {
		return err
	}
	for _, key := range []struct{ key, column string }{{"group", p.Group}, {"across", p.Across}, {"value", p.Value}} {
		if err := c.column(at+"."+key.key, key.column, q); err != nil {
			return err
		}
	}
	for _, column := range p.Columns {
		if err := c.column(at+".columns", column, q); err != nil {
			return err
		}
	}
	for _, total := range []struct{ key, question string }{{"total", p.Total}, {"group_totals", p.GroupTotals}, {"across_total", p.AcrossTotal}} {
		if total.question == "" {
			continue
		}
		if _, err := c.asks(at, total.key, total.question, p.Scope); err != nil {
			return err
		}
	}
	for i, side := range p.Beside {
		beside := fmt.Sprintf("%s.beside.%d", at, i)
		if _, err := c.asks(beside, "question", p.Question, p.Scope.With(side.Scope)); err != nil {
			return err
		}
		for _, column := range side.Columns {
			if err := c.column(beside+".columns", column, q); err != nil {
				return err
			}
		}
	}
	if p.Chart != nil && !slices.Contains(ChartKinds, p.Chart.Kind) {
		return c.wrong(at+".chart.kind", registers.Meant(p.Chart.Kind, ChartKinds, ""), "no kind of chart %q; there are %s", p.Chart.Kind, strings.Join(ChartKinds, ", "))
	}
	return nil
}

// words are a template under a key, in both languages.
type words struct {
	at string
	queries.Words
}

// sentences looks at every template of the definition: whether it can be read, and whether there is what it names.
func (c checking) sentences() error {
	all := []words{{"title", c.Title}, {"lead", c.Lead}, {"otherwise", c.Otherwise}}
	add := func(at string, several []queries.Words) {
		for _, w := range several {
			all = append(all, words{at, w})
		}
	}
	add("notes", c.Notes)
	for i, p := range c.Sections {
		at := fmt.Sprintf("sections.%d.", i)
		all = append(all, words{at + "title", p.Title}, words{at + "otherwise", p.Otherwise}, words{at + "unit", p.Unit}, words{at + "alt", p.Alt}, words{at + "missing", p.Missing}, words{at + "unknown", p.Unknown})
		add(at+"notes", p.Notes)
		add(at+"text", p.Text)
	}
	for _, w := range all {
		if err := cmp.Or(c.sentence(w.at+".da", w.Da), c.sentence(w.at+".en", w.En)); err != nil {
			return err
		}
	}
	return nil
}

// inTemplate takes the library's own place off what is wrong with a template.
var inTemplate = regexp.MustCompile(`^template: sentence:\d+:(\d+:)? ?`)

func (c checking) sentence(at, text string) error {
	functions := template.FuncMap{}
	for _, name := range sentenceFunctions {
		functions[name] = func(...any) string { return "" }
	}
	t, err := template.New("sentence").Funcs(functions).Parse(text)
	if err != nil {
		return c.wrong(at, "a sentence has figures as {{count .fact.column}}; it knows "+strings.Join(sentenceFunctions, ", "), "%s", inTemplate.ReplaceAllString(err.Error(), ""))
	}
	for _, named := range fieldsOf(t.Root) {
		columns, known := c.facts[named[0]]
		switch {
		case !known:
			return c.wrong(at, registers.Meant(named[0], slices.Sorted(maps.Keys(c.facts)), ""), "the sentence names the fact %q, which is not there", named[0])
		case len(named) > 1 && columns != nil && !slices.Contains(columns, named[1]):
			return c.wrong(at, registers.Meant(named[1], columns, ""), "the sentence names %s.%s; that fact has %s", named[0], named[1], strings.Join(columns, ", "))
		}
	}
	return nil
}

// sentenceFunctions are what templates can set figures with.
var sentenceFunctions = []string{"count", "day", "known", "pct", "points", "reservations", "word", "year"}

// fieldsOf are the fields that a template names: a fact and a column.
func fieldsOf(n parse.Node) (fields [][]string) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, inner := range n.Nodes {
				fields = append(fields, fieldsOf(inner)...)
			}
		}
	case *parse.ActionNode:
		fields = fieldsOf(n.Pipe)
	case *parse.PipeNode:
		if n != nil {
			for _, inner := range n.Cmds {
				fields = append(fields, fieldsOf(inner)...)
			}
		}
	case *parse.CommandNode:
		for _, inner := range n.Args {
			fields = append(fields, fieldsOf(inner)...)
		}
	case *parse.FieldNode:
		fields = [][]string{n.Ident}
	case *parse.IfNode:
		fields = slices.Concat(fieldsOf(n.Pipe), fieldsOf(n.List), fieldsOf(n.ElseList))
	}
	return fields
}

// bare is the text of a file without the mark that some editors put before it.
func bare(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }
