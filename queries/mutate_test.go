package queries_test

import (
	"context"
	"encoding/csv"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"koblet/analysis"
	"koblet/queries"
	"koblet/store"
)

var mutate = flag.Bool("mutate", false, "delete each line of each .sql in turn and list those that no case misses")

// TestMutations deletes each line of each question and of each measure in turn and asks the cases again. A line that no
// case misses survives: either the cases are too weak or the line is not needed. Passed over are comments, lines that
// end in «-- survives: why», and the line that gives a measure its name: without it the old one stays.
func TestMutations(t *testing.T) {
	if !*mutate || testing.Short() {
		t.Skip("only with -mutate: it asks some thousand questions")
	}
	asked := loadedCases(t)
	for _, q := range queries.All() {
		of := slices.DeleteFunc(slices.Clone(asked), func(c *loadedCase) bool { return c.question.Name != q.Name })
		eachWithout(q.SQL, func(line int, text, rest string) {
			changed := q
			changed.SQL = rest
			if !slices.ContainsFunc(of, func(c *loadedCase) bool { return c.misses(changed) }) {
				t.Errorf("%s.sql:%d survives: %s", q.Name, line, text)
			}
		})
	}
	for _, file := range schemaFiles(t) {
		script := queries.Script(strings.TrimSuffix(file, ".sql"))
		eachWithout(script, func(line int, text, rest string) {
			killer := slices.IndexFunc(asked, func(c *loadedCase) bool {
				changed := c.question
				changed.SQL = rest + "\n" + c.question.Statement()
				missed := c.misses(changed)
				c.restore(t, script)
				return missed
			})
			if killer < 0 {
				t.Errorf("%s:%d survives: %s", file, line, text)
				return
			}
			// The case that missed this line will probably miss the next one, too.
			c := asked[killer]
			asked = slices.Insert(slices.Delete(asked, killer, killer+1), 0, c)
		})
	}
}

// eachWithout calls with the text less one line at a time, for every line that says something.
func eachWithout(sql string, call func(line int, text, rest string)) {
	lines := strings.Split(sql, "\n")
	for i, line := range lines {
		if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "--") && !strings.HasPrefix(text, "create or replace temp ") && !strings.Contains(text, "-- survives: ") {
			call(i+1, text, strings.Join(slices.Delete(slices.Clone(lines), i, i+1), "\n"))
		}
	}
}

func schemaFiles(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(os.DirFS("."), "schema/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// loadedCase is a case whose extracts are loaded, in both orders of the rows.
type loadedCase struct {
	question  queries.Question
	scope     analysis.Scope
	snapshots []*store.Snapshot
	want      [][]string // the wanted rows, less the header

	// Where the question counts alike rows before it judges them, only drill-down asks the measure itself: what it lists.
	drill  queries.Question
	listed [][]string
}

func loadedCases(t *testing.T) []*loadedCase {
	t.Helper()
	files, err := filepath.Glob("cases/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []*loadedCase
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		question, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".txtar"), ".")
		asOf, scope := asks(t, string(archive.Comment))
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want.csv" })
		want, err := csv.NewReader(strings.NewReader(string(archive.Files[i].Data))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		c := &loadedCase{question: find(t, question), scope: scope, want: want[1:],
			snapshots: []*store.Snapshot{loaded(t, archive, asOf, false), loaded(t, archive, asOf, true)}}
		if drill, ok := queries.Drill(c.question); ok && !strings.Contains(c.question.SQL, c.question.Measure+"(") {
			c.drill = drill
			for _, row := range ask(t, c.snapshots[0], drill, scope) {
				c.listed = append(c.listed, texts(row))
			}
		}
		all = append(all, c)
	}
	return all
}

// misses reports whether the changed question, or its drill-down, fails or answers otherwise than wanted.
func (c *loadedCase) misses(changed queries.Question) bool {
	return c.differs(changed, c.want) || c.drill.Name != "" && c.differs(c.drill, c.listed)
}

func (c *loadedCase) differs(q queries.Question, want [][]string) bool {
	arguments, err := c.scope.Bind(q)
	if err != nil {
		return true
	}
	values := map[string]any{}
	for _, a := range arguments {
		values[a.Name] = a.Value
	}
	return slices.ContainsFunc(c.snapshots, func(s *store.Snapshot) bool {
		rows, err := s.Query(context.Background(), q, values)
		return err != nil || !slices.EqualFunc(rows, want, func(row []any, want []string) bool { return slices.Equal(texts(row), want) })
	})
}

// restore gives the snapshots a measure back as it is.
func (c *loadedCase) restore(t *testing.T, script string) {
	t.Helper()
	nothing := queries.Question{SQL: script + "\nselect true as there", Columns: []queries.Column{{Name: "there", Type: "BOOLEAN"}}}
	for _, s := range c.snapshots {
		if _, err := s.Query(context.Background(), nothing, nil); err != nil {
			t.Fatal(err)
		}
	}
}
