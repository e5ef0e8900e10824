package queries_test

import (
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"koblet/analysis"
	"koblet/queries"
	"koblet/store"
)

// TestDrillListsTheCell lists the rows behind every cell of every question: as many have each verdict as the cell counts, and no
// row has another; of a spread there are as many as it says. What the invented registers have nothing of is in the question's case.
func TestDrillListsTheCell(t *testing.T) {
	registers := snapshotOf(t, "2016-12-31", whole(invented(t, "2016-12-31")))
	for _, q := range queries.All() {
		list, ok := queries.Drill(q)
		if !ok {
			t.Errorf("%s: the rows behind its cells cannot be listed", q.Name)
			continue
		}
		snapshot := registers
		if len(ask(t, snapshot, q, analysis.Scope{})) == 0 {
			archive, err := txtar.ParseFile("cases/" + q.Name + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			asOf, _ := asks(t, string(archive.Comment))
			snapshot = loaded(t, archive, asOf, false)
		}
		answer, err := analysis.Run(t.Context(), snapshot, q, analysis.Scope{})
		if err != nil || len(answer.Rows) == 0 {
			t.Fatalf("%s: %d rows: %v", q.Name, len(answer.Rows), err)
		}
		if q.IsTally() && answer.Index("pass") < 0 { // the figures of a chart are of these counts
			answer.Columns, answer.Rows = q.Columns, ask(t, snapshot, q, analysis.Scope{})
		}
		every := 1 + len(answer.Rows)/200 // of very many cells, as those of a year in a municipality, every so manieth
		for i := 0; i < len(answer.Rows); i += every {
			cell := cellOf(answer, i, list)
			got := split(list, behind(t, snapshot, list, cell))
			if q.Name == "time_to_link" { // who is at risk on a day has not ended by then
				cell["counted"] = "at_risk"
				got["at_risk"] = split(list, behind(t, snapshot, list, cell))[""]
			}
			for what, want := range cellCounts(answer, i) {
				if got[what] != want {
					t.Errorf("%s %v: %d rows are listed as %q, the cell says %d", q.Name, cell, got[what], what, want)
				}
			}
		}
	}
}

// TestDrillByVerdict restricts a list by what its rows are counted as: every row of it, and all of those that the whole list has.
func TestDrillByVerdict(t *testing.T) {
	snapshot := snapshotOf(t, "2016-12-31", whole(invented(t, "2016-12-31")))
	for _, q := range queries.All() {
		list, ok := queries.Drill(q)
		if !ok {
			continue
		}
		whole := split(list, behind(t, snapshot, list, nil))
		for key, words := range map[string][]string{"verdict": {"pass", "fail", "unknown"}, "counted": {"linked", "lapsed", "censored"}} {
			for _, word := range words {
				if !slices.Contains(list.CellKeys(), key) {
					continue
				}
				some := split(list, behind(t, snapshot, list, map[string]string{key: word}))
				if some[word] != whole[word] || some[""] != some[word] {
					t.Errorf("%s: %s=%s lists %v, of %v", q.Name, key, word, some, whole)
				}
			}
		}
	}
}

// split counts the rows of a list, all of them under no name, by what they are counted as.
func split(list queries.Question, rows [][]any) map[string]int64 {
	as := slices.IndexFunc(list.Columns, func(c queries.Column) bool { return c.Name == "verdict" || c.Name == "ended" || c.Name == "counted" })
	counted := map[string]int64{"": int64(len(rows))}
	for _, row := range rows {
		if as >= 0 {
			counted[row[as].(string)]++
		}
	}
	return counted
}

// cellCounts are the counts of a row of an answer whose rows are listed, all of them under no name.
func cellCounts(answer analysis.Result, i int) map[string]int64 {
	n := func(name string) int64 { return answer.Value(i, name).(int64) }
	switch {
	case answer.Question.Name == "runoff_by_year":
		return map[string]int64{"pass": n("linked"), "fail": n("eligible") - n("linked")}
	case answer.Question.Name == "time_to_link":
		return map[string]int64{"": n("linked") + n("lapsed") + n("censored"),
			"at_risk": n("at_risk"), "linked": n("linked"), "lapsed": n("lapsed"), "censored": n("censored")}
	case answer.Question.Ranked():
		return map[string]int64{"": n("unlinked") + n("linked"), "pass": n("linked"), "fail": n("unlinked")}
	case answer.Question.Name == "unlinked_stock_by_month":
		return map[string]int64{"opening": n("opening"), "granted": n("granted"), "linked": n("linked"), "lapsed": n("lapsed"), "closing": n("closing")}
	case answer.Question.IsTally():
		return map[string]int64{"": n("pass") + n("fail") + n("unknown"), "pass": n("pass"), "fail": n("fail"), "unknown": n("unknown")}
	}
	return map[string]int64{"": n("n")}
}

// cellOf names the cell of a row by the keys that the list takes.
func cellOf(answer analysis.Result, i int, list queries.Question) map[string]string {
	cell := map[string]string{}
	for _, key := range answer.Question.Keys() {
		if slices.Contains(list.CellKeys(), key.Name) {
			cell[key.Name] = texts([]any{answer.Value(i, key.Name)})[0]
		}
	}
	return cell
}

// behind lists the rows of a cell.
func behind(t *testing.T, snapshot *store.Snapshot, list queries.Question, cell map[string]string) [][]any {
	t.Helper()
	return ask(t, snapshot, list, analysis.Scope{Params: map[string]string{"rows": "1000000"}, Cell: cell})
}
