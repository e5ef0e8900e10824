package queries_test

import (
	"fmt"
	"slices"
	"testing"

	"koblet/analysis"
	"koblet/queries"
)

// TestDrillListsTheCell holds the permits listed behind a cell against the cell's counts, verdict by verdict, for every question
// that stands on a measure: the first cells, the last, and those with an empty key.
func TestDrillListsTheCell(t *testing.T) {
	snapshot := snapshotOf(t, "2016-12-31", whole(invented(t, "2016-12-31")))
	drilled := 0
	for _, q := range queries.All() {
		drill, ok := queries.Drill(q)
		if !ok || !q.IsTally() {
			continue
		}
		drilled++
		rows := ask(t, snapshot, q, analysis.Scope{})
		for i, row := range rows {
			last := i == len(rows)-1
			if i > 3 && !last && !slices.Contains(row[:len(q.Keys())], nil) {
				continue
			}
			for verdict, name := range []string{"pass", "fail", "unknown"} {
				scope := analysis.Scope{Params: map[string]string{"verdict": name, "rows": "1000000"}}
				for k, key := range q.Keys() {
					if _, ok := drill.Param(key.Name); ok {
						scope.Params[key.Name] = "-"
						if row[k] != nil {
							scope.Params[key.Name] = texts(row[k : k+1])[0]
						}
					}
				}
				want := row[slices.IndexFunc(q.Columns, func(c queries.Column) bool { return c.Name == name })]
				if listed := ask(t, snapshot, drill, scope); fmt.Sprint(len(listed)) != fmt.Sprint(want) {
					t.Errorf("%s %v, %d %s: %d rows are listed, the cell says %v", q.Name, row[:len(q.Keys())], verdict, name, len(listed), want)
				}
			}
		}
	}
	if drilled < 28 {
		t.Errorf("only %d questions can be drilled", drilled)
	}
}
