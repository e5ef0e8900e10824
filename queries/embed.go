package queries

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed *.sql schema/*.sql load/*.sql verify/*.sql fence/*.sql export/*.sql drill/*.sql compare/*.sql profile/*.sql finality/*.sql open/*.sql
var files embed.FS

// All gives the catalogue: every embedded question, by name.
func All() []Question { return slices.Clone(catalogue()) }

// Find gives the question of that name; the error names the nearest ones.
func Find(name string) (Question, error) {
	i, ok := slices.BinarySearchFunc(catalogue(), name, func(q Question, name string) int { return strings.Compare(q.Name, name) })
	if !ok {
		return Question{}, fmt.Errorf("no question %q", name)
	}
	return catalogue()[i], nil
}

// Drill gives the question that lists the rows behind a cell of q: a file of drill/ by the name of the question, or else of its measure. False
// where there is neither.
func Drill(q Question) (Question, bool) {
	name := q.Name
	text, err := files.ReadFile("drill/" + name + ".sql")
	if err != nil {
		name = q.Measure
		text, err = files.ReadFile("drill/" + name + ".sql")
	}
	if err != nil {
		return Question{}, false
	}
	drill, err := Parse(name, string(text))
	if err != nil {
		panic(fmt.Sprintf("queries: %v", err))
	}
	drill.Needs, drill.Either = q.Needs, q.Either
	drill.Explains = q.Explains      // what counts in the cell counts in its list
	for i, p := range drill.Params { // what is not asked for is what the question would take
		if asked, ok := q.Param(p.Name); ok {
			drill.Params[i].Default = asked.Default
		}
	}
	return drill, true
}

// Between gives the question of that name in compare/: its statement reads two snapshots, attached as earlier and later. It
// panics on a name that is not there, as Script does.
func Between(name string) Question {
	q, err := Parse(name, Script("compare/"+name))
	if err != nil {
		panic(fmt.Sprintf("queries: %v", err))
	}
	return q
}

// Script gives one file of the folders beside the questions, such as "load/carl2_persons". It panics on a name that is not there: the
// files are embedded, so only the caller can be wrong.
func Script(name string) string {
	text, err := files.ReadFile(name + ".sql")
	if err != nil {
		panic(fmt.Sprintf("queries: no script %s", name))
	}
	return string(text)
}

// asOfDay is how the scripts of schema/ ask for the as-of day.
const asOfDay = "(select as_of from snapshot)"

// Schema gives the scripts of schema/ in the order of their names: the measures and the helpers that the questions use. The as-of day of
// the snapshot stands in them as a constant: asked for, it would be joined to every row, which takes half of some questions' time.
func Schema(asOf time.Time) []string {
	day := constant(asOf, "DATE")
	var scripts []string
	for _, name := range names("schema/*.sql") {
		scripts = append(scripts, strings.ReplaceAll(Script(strings.TrimSuffix(name, ".sql")), asOfDay, day))
	}
	return scripts
}

var catalogue = sync.OnceValue(func() []Question {
	var all []Question
	for _, name := range names("*.sql") {
		text, _ := files.ReadFile(name)
		q, err := Parse(strings.TrimSuffix(path.Base(name), ".sql"), string(text))
		if err != nil {
			panic(fmt.Sprintf("queries: %v", err))
		}
		all = append(all, q)
	}
	slices.SortFunc(all, func(a, b Question) int { return strings.Compare(a.Name, b.Name) })
	return all
})

func names(pattern string) []string {
	found, err := fs.Glob(files, pattern)
	if err != nil {
		panic(fmt.Sprintf("queries: %v", err))
	}
	slices.Sort(found)
	return found
}
