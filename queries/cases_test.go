package queries_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/store"
)

var update = flag.Bool("update", false, "rewrite the wanted rows of the cases")

// A case is a txtar file named after its question: question.txtar, or question.what.txtar where there are several. Its
// comment says in a sentence what the fixture proves, then what is asked for, one line each:
//
//	as of 2014-12-31
//	from 2013, to 2013-05, category family, expected true
//
// Its files are the registers' extracts, with only the columns that matter, and the wanted rows of the SQL. They go the
// whole way: loaded into a store of their own, then asked.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("cases/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		question, _, _ := strings.Cut(name, ".")
		asked[question] = true
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runCase(t, file, question)
		})
	}
	for _, q := range queries.All() {
		if !asked[q.Name] {
			t.Errorf("%s has no case", q.Name)
		}
	}
}

func runCase(t *testing.T, file, question string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	q, err := queries.Find(question)
	if err != nil {
		t.Fatal(err)
	}
	asOf, scope := asks(t, string(archive.Comment))
	got := answer(t, q, archive, asOf, scope, false)
	if reversed := answer(t, q, archive, asOf, scope, true); !slices.Equal(got, reversed) {
		t.Errorf("the fixture's rows in reverse give\n%s\nwant\n%s", strings.Join(reversed, "\n"), strings.Join(got, "\n"))
	}
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want.csv" })
	if i < 0 {
		t.Fatal("no want.csv")
	}
	if *update {
		archive.Files[i].Data = []byte(strings.Join(got, "\n") + "\n")
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := strings.Split(strings.TrimSpace(string(archive.Files[i].Data)), "\n")
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// asks reads the lines of a case's comment that say what is asked for.
func asks(t *testing.T, comment string) (time.Time, analysis.Scope) {
	t.Helper()
	var asOf time.Time
	scope := analysis.Scope{Params: map[string]string{}}
	for _, line := range strings.Split(comment, "\n") {
		if text, ok := strings.CutPrefix(line, "as of "); ok {
			asOf = day(t, text)
			continue
		}
		if !asking(line) {
			continue
		}
		for _, item := range strings.Split(line, ", ") {
			name, value, _ := strings.Cut(item, " ")
			switch name {
			case "from":
				scope.From = period(t, value)
			case "to":
				scope.To = period(t, value)
			case "category":
				scope.Categories = append(scope.Categories, value)
			default:
				scope.Params[name] = value
			}
		}
	}
	if asOf.IsZero() {
		t.Fatal("the case does not say its as-of day")
	}
	return asOf, scope
}

// asking reports whether a line of the comment is made of items «name value» only.
func asking(line string) bool {
	for _, item := range strings.Split(line, ", ") {
		if words := strings.Fields(item); len(words) != 2 || strings.ContainsAny(item, ".;:") {
			return false
		}
	}
	return true
}

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func period(t *testing.T, text string) analysis.Period {
	t.Helper()
	p, err := analysis.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// answer loads the case's extracts and gives the question's rows as CSV lines, the header first. A tally must count
// every permit in scope, once.
func answer(t *testing.T, q queries.Question, archive *txtar.Archive, asOf time.Time, scope analysis.Scope, reversed bool) []string {
	t.Helper()
	snapshot := loaded(t, archive, asOf, reversed)
	rows := ask(t, snapshot, q, scope)
	if q.Measure == "unlinked_verdicts" {
		waterfall, err := queries.Find("population_waterfall")
		if err != nil {
			t.Fatal(err)
		}
		var counted int64
		for _, row := range rows {
			for _, value := range row[len(q.Named()):] {
				counted += value.(int64)
			}
		}
		if inScope := ask(t, snapshot, waterfall, scope)[2][1].(int64); counted != inScope {
			t.Errorf("pass, fail and unknown sum to %d, in scope are %d", counted, inScope)
		}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	line := make([]string, len(q.Columns))
	for i, c := range q.Columns {
		line[i] = c.Name
	}
	lines := [][]string{line}
	for _, row := range rows {
		lines = append(lines, texts(row))
	}
	if err := w.WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(out.String()), "\n")
}

func texts(row []any) []string {
	line := make([]string, len(row))
	for i, value := range row {
		switch v := value.(type) {
		case nil:
		case time.Time:
			line[i] = v.Format(time.DateOnly)
		default:
			line[i] = fmt.Sprint(v)
		}
	}
	return line
}

func ask(t *testing.T, snapshot *store.Snapshot, q queries.Question, scope analysis.Scope) [][]any {
	t.Helper()
	arguments, err := scope.Bind(q)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]any{}
	for _, a := range arguments {
		values[a.Name] = a.Value
	}
	rows, err := snapshot.Query(context.Background(), q, values)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// inventedNumbers says that the numbers of the fixtures leave remainder 1, so that they cannot have been issued.
var inventedNumbers = profiles.Profile{Numbers: profiles.NumberRules{Remainder: 1}}

// loaded loads a case's extracts into a store of its own.
func loaded(t *testing.T, archive *txtar.Archive, asOf time.Time, reversed bool) *store.Snapshot {
	t.Helper()
	dir := t.TempDir()
	l := store.Loading{AsOf: asOf, Program: "test", Now: asOf, MaxRejects: store.Limit{Count: 1000}, Profile: inventedNumbers,
		Accept: registers.LimitReasons()} // a case has few rows, and many of them wrong
	for name, into := range map[string]*[]string{
		"carl2_persons.csv": &l.Carl2Persons, "carl2_permits.csv": &l.Carl2Permits, "cpr_persons.csv": &l.CPR,
	} {
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == name })
		if i < 0 {
			continue
		}
		lines := strings.Split(strings.TrimSpace(string(archive.Files[i].Data)), "\n")
		if reversed {
			slices.Reverse(lines[1:])
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		*into = []string{path}
	}
	keepSecret(t, filepath.Join(dir, "store"))
	if _, err := store.Load(context.Background(), filepath.Join(dir, "store"), l); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Snapshot(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := snapshot.Close(); err != nil {
			t.Error(err)
		}
	})
	return snapshot
}

// keepSecret gives a store a secret that is always the same, so that the keys in the wanted rows are.
func keepSecret(t *testing.T, dir string) {
	t.Helper()
	identities := filepath.Join(dir, "identities")
	if err := os.MkdirAll(identities, 0o700); err != nil {
		t.Fatal(err)
	}
	secret := base64.StdEncoding.EncodeToString(make([]byte, 24))
	if err := os.WriteFile(filepath.Join(identities, "secret"), []byte(secret+"\n"), 0o400); err != nil {
		t.Fatal(err)
	}
}
