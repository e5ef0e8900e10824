package queries_test

import (
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"koblet/analysis"
	"koblet/queries"
	"koblet/store"
)

// sums adds up the counts of an answer: pass, fail, unknown and what follows them.
func sums(t *testing.T, snapshot *store.Snapshot, question string, scope analysis.Scope) []int64 {
	t.Helper()
	q := find(t, question)
	keys := len(q.Named())
	out := make([]int64, len(q.Columns)-keys)
	for _, row := range ask(t, snapshot, q, scope) {
		for i, n := range row[keys:] {
			out[i] += n.(int64)
		}
	}
	return out
}

func TestLateFallsWithTheDays(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	scope := analysis.Scope{To: period(t, "2012"), Params: map[string]string{}}
	var earlier []int64
	for _, days := range []int{0, 1, 30, 90, 365, 730} {
		scope.Params["days"] = strconv.Itoa(days)
		late := sums(t, snapshot, "late", scope)
		if earlier != nil && (late[1] > earlier[1] || late[0]+late[1] != earlier[0]+earlier[1] || late[2] != earlier[2]) {
			t.Errorf("late at %d days is %v, at fewer days it was %v", days, late, earlier)
		}
		for _, by := range []string{"late_by_year", "late_by_month", "late_by_category"} {
			if got := sums(t, snapshot, by, scope); !slices.Equal(got, late) {
				t.Errorf("%s at %d days sums to %v, the whole is %v", by, days, got, late)
			}
		}
		earlier = late
	}
	if earlier[1] == 0 || earlier[0] < earlier[1] {
		t.Errorf("after two years %d are linked and %d not", earlier[0], earlier[1])
	}
}

func TestRunoffIsLateWhereItIsFilled(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	cells := ask(t, snapshot, find(t, "runoff_by_year"), analysis.Scope{})
	if len(cells) < 80 {
		t.Fatalf("%d cells of the run-off of 18 years", len(cells))
	}
	for _, cell := range cells {
		year, days, eligible, linked := cell[0].(int64), cell[1].(int64), cell[2].(int64), cell[3].(int64)
		y := period(t, strconv.FormatInt(year, 10))
		late := sums(t, snapshot, "late", analysis.Scope{From: y, To: y, Params: map[string]string{"days": strconv.FormatInt(days, 10)}})
		if late[0] != linked || late[0]+late[1] != eligible || late[2] != cell[5].(int64)+cell[6].(int64) {
			t.Errorf("%d at %d days: the run-off says %v, late says %v", year, days, cell, late)
		}
	}
}

func TestTimeToLinkCountsEveryPermitOnce(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	for name, scope := range scopes(t) {
		ends := sums(t, snapshot, "time_to_link", scope)
		var dated int64
		for _, row := range ask(t, snapshot, find(t, "link_status_by_year"), scope) {
			if row[0] != nil {
				dated += row[2].(int64)
			}
		}
		if got := ends[0] + ends[1] + ends[2] + ends[5] + ends[6]; got != dated || ends[0] == 0 || ends[1] == 0 {
			t.Errorf("%s: linked, lapsed, censored and left out are %v, the permits with a day %d", name, ends, dated)
		}
	}
}

func TestBothSidesOfABreak(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	rows := ask(t, snapshot, find(t, "unlinked_by_break"), analysis.Scope{})
	for i := 1; i+1 < len(rows); i += 2 {
		if !slices.Equal(rows[i][2:], rows[i+1][2:]) {
			t.Errorf("since one break are %v, before the next %v", rows[i], rows[i+1])
		}
	}
}

// TestLaterPermitLinksAreFirstPermitsLinked: of the first permits at least 365 days old, those that are linked, by year; what was linked in time
// was not linked through a later one.
func TestLaterPermitLinksAreFirstPermitsLinked(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	for name, scope := range scopes(t) {
		params := map[string]string{"first_only": "true"}
		for k, v := range scope.Params {
			if k != "once_per_person" { // whose first permit ever is not in scope is no part of it
				params[k] = v
			}
		}
		late := analysis.Scope{From: scope.From, To: scope.To, Categories: scope.Categories, Params: params}
		want := map[any][3]int64{}
		for _, row := range ask(t, snapshot, find(t, "late_by_year"), late) {
			want[row[0]] = [3]int64{row[1].(int64), row[2].(int64), row[3].(int64)}
		}
		old := late
		if old.To = period(t, "2013-12-31"); scope.To != (analysis.Period{}) { // 365 days before the as-of day
			old.To = scope.To
		}
		var through int64
		linked := map[any]int64{}
		for _, row := range ask(t, snapshot, find(t, "unlinked_by_year"), old) {
			linked[row[0]] = row[1].(int64)
		}
		for _, row := range ask(t, snapshot, find(t, "linked_through_later_permit_by_year"), scope) {
			pass, fail, unknown := row[1].(int64), row[2].(int64), row[3].(int64)
			if w := want[row[0]]; pass+fail+unknown != linked[row[0]] || pass < w[0] || fail > w[1] {
				t.Errorf("%s, %v: linked are %d, through a later permit %d; linked in time %d, linked in all %d", name, row[0], pass+fail+unknown, fail, w[0], linked[row[0]])
			}
			delete(linked, row[0])
			through += fail
		}
		for year, n := range linked {
			if n > 0 {
				t.Errorf("%s: %d first permits of %v are linked and not counted", name, n, year)
			}
		}
		if name == "everything" && through == 0 {
			t.Error("no link through a later permit: nothing is tested")
		}
	}
}

// TestImpossibleLinksAreAtLeastEachRuleAndAtMostAllOfThem: each rule is asked of every permit that is linked or in conflict, and «any» is the union.
func TestImpossibleLinksAreAtLeastEachRuleAndAtMostAllOfThem(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	for name, scope := range scopes(t) {
		var linked, sum, most int64
		for _, row := range ask(t, snapshot, find(t, "link_status_by_year"), scope) {
			if row[1] == "linked" || row[1] == "conflict" {
				linked += row[2].(int64)
			}
		}
		rows := ask(t, snapshot, find(t, "impossible_links_by_rule"), scope)
		for i, row := range rows {
			pass, fail, unknown := row[1].(int64), row[2].(int64), row[3].(int64)
			if pass+fail+unknown != linked {
				t.Errorf("%s, %v: of %d permits, linked or in conflict are %d", name, row[0], pass+fail+unknown, linked)
			}
			if i < len(rows)-1 {
				sum, most = sum+fail, max(most, fail)
			} else if row[0] != "any" || fail < most || fail > sum || unknown > 0 || fail == 0 {
				t.Errorf("%s: the last row is %v, the rules sum to %d, the most is %d", name, row, sum, most)
			}
		}
		if len(rows) != 7 {
			t.Errorf("%s: %d rules", name, len(rows))
		}
	}
}

// TestTheStockIsWhatIsUnlinkedToday: every month closes with what it opened with and what moved in it, and opens with what the month before closed
// with; the last closes with today's unlinked permits that have a decision day and have not lapsed.
func TestTheStockIsWhatIsUnlinkedToday(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	list, ok := queries.Drill(find(t, "unlinked"))
	if !ok {
		t.Fatal("no list of the permits behind unlinked")
	}
	for name, scope := range scopes(t) {
		rows := ask(t, snapshot, find(t, "unlinked_stock_by_month"), scope)
		var closed int64
		for _, row := range rows {
			opening, granted, linked, lapsed, closing := row[1].(int64), row[2].(int64), row[3].(int64), row[4].(int64), row[5].(int64)
			if opening != closed || closing != opening+granted-linked-lapsed || closing < 0 {
				t.Errorf("%s: the month before closed with %d, then comes %v", name, closed, row)
			}
			closed = closing
		}
		unlinked, ended := map[string]bool{}, int64(0)
		behindUnlinked := scope
		behindUnlinked.Cell = map[string]string{"verdict": "fail"}
		behindUnlinked.Params = maps.Clone(scope.Params)
		if behindUnlinked.Params == nil {
			behindUnlinked.Params = map[string]string{}
		}
		behindUnlinked.Params["rows"] = "1000000"
		for _, row := range ask(t, snapshot, list, behindUnlinked) {
			if row[1] != nil {
				unlinked[row[0].(string)] = true
			}
		}
		stays, ok := queries.Drill(find(t, "unlinked_stock_by_month"))
		if !ok {
			t.Fatal("no list of the permits of the stock")
		}
		behindUnlinked.Cell = map[string]string{"counted": "lapsed"}
		for _, row := range ask(t, snapshot, stays, behindUnlinked) {
			if unlinked[row[0].(string)] {
				ended++
			}
		}
		if last := rows[len(rows)-1]; last[0] != "2014-12" || closed != int64(len(unlinked))-ended || closed == 0 || ended == 0 {
			t.Errorf("%s: the last month is %v; unlinked are %d, of which %d have lapsed", name, last, len(unlinked), ended)
		}
	}
}

func TestForeignResidents(t *testing.T) {
	dir := invented(t, "2014-12-31")
	snapshot := snapshotOf(t, "2014-12-31", whole(dir))
	var foreign, doubles int64
	for _, p := range records(t, filepath.Join(dir, "cpr_persons.csv")) {
		danish := slices.Contains([]string{"5100", "5115", "5902"}, p["citizenship"])
		if !danish && (p["status"] == "01" || p["status"] == "03") {
			foreign++
		}
		if p["status"] == "50" {
			doubles++
		}
	}
	for _, question := range []string{"coverage_by_citizenship_group", "coverage_by_municipality"} {
		var all int64
		for _, n := range sums(t, snapshot, question, analysis.Scope{}) {
			all += n
		}
		if all != foreign || foreign == 0 {
			t.Errorf("%s: pass, fail, unknown and apart are %d, foreign residents %d", question, all, foreign)
		}
	}
	if got := sums(t, snapshot, "double_registrations_by_year", analysis.Scope{})[0]; got != doubles || doubles == 0 {
		t.Errorf("%d double registrations, the extract has %d records with status 50", got, doubles)
	}
}

// records reads a CSV file as one map a row.
func records(t *testing.T, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, 0, len(lines))
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// TestEachChoiceEqualsItsQuestion: what stands under a choice is what the question that it names counts with that choice.
func TestEachChoiceEqualsItsQuestion(t *testing.T) {
	snapshot := snapshotOf(t, "2016-12-31", whole(invented(t, "2016-12-31")))
	for name, scope := range scopes(t) {
		with := func(param, value string) analysis.Scope {
			return scope.With(analysis.Scope{Params: map[string]string{param: value}})
		}
		sum := func(question string, s analysis.Scope) []any {
			q := find(t, question)
			sums := []any{int64(0), int64(0), int64(0), int64(0), int64(0)} // the last two are the links and those undated, of what counts them
			for _, row := range ask(t, snapshot, q, s) {
				for i, n := range row[len(q.Named()):] {
					sums[i] = sums[i].(int64) + n.(int64)
				}
			}
			return sums
		}
		measured := sum("unlinked", scope)
		want := map[string][]any{
			"as_measured":         measured,
			"unknown_as_linked":   {measured[0].(int64) + measured[2].(int64), measured[1], int64(0), int64(0), int64(0)},
			"unknown_as_unlinked": {measured[0], measured[1].(int64) + measured[2].(int64), int64(0), int64(0), int64(0)},
			"strict":              sum("unverified_by_year_category", scope),
			"expected_only":       sum("unlinked", with("expected", "true")),
			"first_permits":       sum("unlinked", with("first_only", "true")),
			"once_per_person":     sum("unlinked", with("once_per_person", "true")),
			"at_equal_age":        sum("late", with("days", "365")),
		}
		rows := ask(t, snapshot, find(t, "unlinked_under_each_choice"), scope)
		if len(rows) != len(want) {
			t.Fatalf("%s: %d choices, want %d", name, len(rows), len(want))
		}
		for _, row := range rows {
			if got := row[1:]; !slices.Equal(got, want[row[0].(string)]) {
				t.Errorf("%s, %s: pass, fail, unknown %v, the question counts %v", name, row[0], got, want[row[0].(string)])
			}
		}
	}
}

// TestCharacteristicsSumToTheJudged: every permit that is linked or unlinked has one value of each characteristic.
func TestCharacteristicsSumToTheJudged(t *testing.T) {
	snapshot := snapshotOf(t, "2016-12-31", whole(invented(t, "2016-12-31")))
	for name, scope := range scopes(t) {
		total := ask(t, snapshot, find(t, "unlinked"), scope)[0]
		sums := map[any][2]int64{}
		for _, row := range ask(t, snapshot, find(t, "characteristics_of_unlinked"), scope) {
			sum := sums[row[0]]
			sums[row[0]] = [2]int64{sum[0] + row[2].(int64), sum[1] + row[3].(int64)}
		}
		if len(sums) != 6 {
			t.Errorf("%s: %d characteristics, want 6", name, len(sums))
		}
		for characteristic, sum := range sums {
			if sum != [2]int64{total[1].(int64), total[0].(int64)} {
				t.Errorf("%s, %s: unlinked and linked sum to %v, the whole is %v", name, characteristic, sum, total)
			}
		}
	}
}
