package queries_test

import (
	"slices"
	"testing"

	"koblet/analysis"
	"koblet/queries"
	"koblet/store"
)

// TestDrillListsTheCell lists the rows behind every cell of every question: as many have each verdict as the cell counts, and no
// row has another; of a spread there are as many as it says.
func TestDrillListsTheCell(t *testing.T) {
	snapshot := snapshotOf(t, "2016-12-31", whole(invented(t, "2016-12-31")))
	for _, q := range queries.All() {
		list, ok := queries.Drill(q)
		if !ok {
			t.Logf("%s: the rows behind its cells cannot be listed", q.Name)
			continue
		}
		for _, row := range ask(t, snapshot, q, analysis.Scope{}) {
			want := map[string]int64{}
			switch {
			case q.IsTally():
				for _, verdict := range []string{"pass", "fail", "unknown"} {
					want[verdict] = row[at(q, verdict)].(int64)
				}
			default:
				want[""] = row[at(q, "n")].(int64)
			}
			listed := behind(t, snapshot, list, cellOf(q, list, row))
			got := map[string]int64{}
			for _, one := range listed {
				verdict := ""
				if q.IsTally() {
					verdict = one[at(list, "verdict")].(string)
				}
				got[verdict]++
			}
			for _, verdict := range []string{"", "pass", "fail", "unknown"} {
				if got[verdict] != want[verdict] {
					t.Errorf("%s %v, %s: %d rows are listed, the cell says %d", q.Name, texts(row[:len(q.Keys())]), verdict, got[verdict], want[verdict])
				}
				delete(got, verdict)
			}
			if len(got) > 0 {
				t.Errorf("%s %v: rows are listed that it does not count: %v", q.Name, texts(row[:len(q.Keys())]), got)
			}
		}
	}
}

// at is the place of a column.
func at(q queries.Question, name string) int {
	return slices.IndexFunc(q.Columns, func(c queries.Column) bool { return c.Name == name })
}

// cellOf names the cell of a row by the keys that the list takes.
func cellOf(q, list queries.Question, row []any) map[string]string {
	cell := map[string]string{}
	for _, key := range q.Keys() {
		if slices.Contains(list.CellKeys(), key.Name) {
			i := at(q, key.Name)
			cell[key.Name] = texts(row[i : i+1])[0]
		}
	}
	return cell
}

// behind lists the rows of a cell.
func behind(t *testing.T, snapshot *store.Snapshot, list queries.Question, cell map[string]string) [][]any {
	t.Helper()
	return ask(t, snapshot, list, analysis.Scope{Params: map[string]string{"rows": "1000000"}, Cell: cell})
}
