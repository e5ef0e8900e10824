package analysis_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/registers/synthetic"
	"koblet/store"
)

// partly are the answers that may be others where an extract lacks a column, by column and question, and why. They say so in a
// note; where the reason is that a fact is derived from what is left, as the manual has it, there is none.
var partly = map[string][]string{
	"carl2_permits.lapsed_on":         {"population_waterfall", "time_to_link", "unlinked_under_each_choice", "unlinked_stock_by_month"},
	"carl2_persons.entered_on":        {"population_waterfall", "expected", "expectation_by_year", "unlinked_under_each_choice"},
	"carl2_persons.birth_date":        {"unverified_by_year_category", "link_status_by_year", "persons_without_permit", "faulty_dates_by_rule", "birth_and_sex_at_odds_with_number", "unlinked_under_each_choice", "characteristics_of_unlinked", "impossible_links_by_rule"},
	"carl2_persons.sex":               {"unverified_by_year_category", "link_status_by_year", "persons_without_permit", "birth_and_sex_at_odds_with_number", "unlinked_under_each_choice", "characteristics_of_unlinked", "impossible_links_by_rule"},
	"carl2_persons.cpr_linked_on":     {"faulty_dates_by_rule", "faulty_numbers_by_rule", "unverified_by_year_category", "link_status_by_year", "persons_without_permit", "unlinked_under_each_choice", "impossible_links_by_rule"},
	"carl2_persons.citizenship":       {"unknown_codes_by_column", "characteristics_of_unlinked"},
	"carl2_permits.valid_from":        {"faulty_dates_by_rule"},
	"carl2_permits.valid_to":          {"faulty_dates_by_rule", "residents_without_permit_in_force_by_category"},
	"carl2_permits.municipality_code": {"unknown_codes_by_column", "characteristics_of_unlinked"},
	"carl2_permits.legal_basis":       {"unknown_codes_by_column"},
	"carl2_permits.person_group":      {"unknown_codes_by_column"},
	"cpr_persons.status":              {"link_status_by_year", "persons_without_permit", "unlinked_under_each_choice"},
	"cpr_persons.birth_date":          {"unverified_by_year_category", "link_status_by_year", "persons_without_permit", "birth_and_sex_at_odds_with_number", "unlinked_under_each_choice", "impossible_links_by_rule"},
	"cpr_persons.sex":                 {"unverified_by_year_category", "link_status_by_year", "persons_without_permit", "birth_and_sex_at_odds_with_number", "unlinked_under_each_choice", "impossible_links_by_rule"},
	"cpr_persons.status_from":         {"impossible_links_by_rule"},
	"cpr_persons.registered_on":       {"impossible_links_by_rule", "double_registrations_by_municipality"},
	"cpr_persons.immigrated_on":       {"double_registrations_by_municipality"},
	"cpr_persons.current_cpr_number":  {"coverage_by_citizenship_group", "coverage_by_municipality", "coverage_by_municipality_western", "coverage_by_immigration_year"},
	"cpr_persons.person_id":           {"unverified_by_year_category", "link_status_by_year", "persons_without_permit", "unlinked_under_each_choice"},
}

// derived are the columns that a category or a group is derived from where it is not given, so that without one of them more of
// either are unknown; and a record that names no person-id names none in conflict.
var derived = []string{"carl2_permits.category", "carl2_permits.person_group", "carl2_permits.legal_basis", "cpr_persons.person_id"}

// Each optional column of a register is left out, one at a time, and every question asked, in every scope that rests on a column.
// The answer is the one with the column, or not applicable for a reason that names it, or one of those in partly.
func TestEveryQuestionWithoutEachColumn(t *testing.T) {
	made, err := synthetic.Write(t.Context(), synthetic.Options{Out: t.TempDir(), Permits: 2500, Seed: 5, AsOf: []time.Time{on(2016, 12, 31)}})
	if err != nil {
		t.Fatal(err)
	}
	dir := made.Folders[0].Dir
	whole := everyAnswer(t, dir, "")
	used := map[string]bool{}
	for _, table := range registers.Tables() {
		for _, field := range table.Fields {
			if field.Required {
				continue
			}
			column := table.Name + "." + field.Name
			for asked, got := range everyAnswer(t, dir, column) {
				question, scope, _ := strings.Cut(asked, " ")
				want := whole[asked]
				if column == "cpr_persons.current_cpr_number" && strings.HasPrefix(question, "coverage") && slices.ContainsFunc(got.Rows, func(row []any) bool { return row[got.Index("rate")] != nil }) {
					t.Errorf("without %s: %s has a rate although no fail can be told", column, asked)
				}
				noted := strings.Contains(analysis.English(got.Notes), column)
				switch {
				case got.NotApplicable.En != want.NotApplicable.En:
					if !strings.Contains(got.NotApplicable.En, column) || len(got.Rows) > 0 {
						t.Errorf("without %s: %s is not applicable: %q, with it %q", column, asked, got.NotApplicable.En, want.NotApplicable.En)
					}
				case reflect.DeepEqual(got.Rows, want.Rows):
				case slices.Contains(partly[column], question) || strings.HasPrefix(scope, "expected") && slices.Contains(partly[column], "expected"):
					used[column+" "+question], used[column+" expected"] = true, used[column+" expected"] || strings.HasPrefix(scope, "expected")
					if !noted && !slices.Contains(derived, column) {
						t.Errorf("without %s: %s answers otherwise and no note says why:\n%s", column, asked, analysis.English(got.Notes))
					}
				case slices.Contains(derived, column):
				default:
					t.Errorf("without %s: %s gives\n%v\nwith it\n%v", column, asked, got.Rows, want.Rows)
				}
			}
		}
	}
	for _, column := range slices.Sorted(maps.Keys(partly)) {
		for _, question := range partly[column] {
			if !used[column+" "+question] {
				t.Errorf("without %s: %s is the same as with it, and need not be excepted", column, question)
			}
		}
	}
}

// everyAnswer asks every question, in each scope that it takes, of the registers of a folder without one column.
func everyAnswer(t *testing.T, dir, without string) map[string]analysis.Result {
	t.Helper()
	into := t.TempDir()
	l := store.Loading{AsOf: on(2016, 12, 31), Now: on(2016, 12, 31), Program: "test", Profile: profiles.Profile{Numbers: profiles.NumberRules{Remainder: 1}}}
	for name, paths := range map[string]*[]string{"carl2_persons": &l.Carl2Persons, "carl2_permits": &l.Carl2Permits, "cpr_persons": &l.CPR} {
		column, _ := strings.CutPrefix(without, name+".")
		*paths = []string{withoutColumn(t, filepath.Join(dir, name+".csv"), filepath.Join(into, name+".csv"), column)}
	}
	if _, err := store.Load(t.Context(), filepath.Join(into, "store"), l); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(filepath.Join(into, "store"))
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Snapshot(t.Context(), l.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	answers := map[string]analysis.Result{}
	for _, q := range queries.All() {
		for name, scope := range restricted(q, without) {
			r, err := analysis.Run(t.Context(), snapshot, q, scope)
			if err != nil {
				t.Fatalf("without %s: %s %s: %v", without, q.Name, name, err)
			}
			if strings.HasSuffix(q.Columns[0].Name, "_key") {
				for _, row := range r.Rows {
					row[0] = nil // each store has keys of its own
				}
				slices.SortFunc(r.Rows, func(a, b []any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			}
			answers[q.Name+" "+name] = r
		}
	}
	return answers
}

// restricting are the columns that a scope may restrict by.
var restricting = []string{"carl2_permits.category", "carl2_permits.person_group", "carl2_permits.legal_basis", "carl2_permits.municipality_code",
	"carl2_permits.lapsed_on", "carl2_persons.citizenship", "carl2_persons.entered_on"}

// restricted are the scopes of a question that rest on a column, and the one that restricts nothing; where a column is left out
// that no scope restricts by, the latter only.
func restricted(q queries.Question, without string) map[string]analysis.Scope {
	scopes := map[string]analysis.Scope{"": {}}
	if without != "" && !slices.Contains(restricting, without) {
		return scopes
	}
	if _, ok := q.Param("categories"); ok {
		scopes["categories=family"] = analysis.Scope{Categories: []string{"family"}}
		scopes["categories=unknown"] = analysis.Scope{Categories: []string{"unknown"}}
	}
	for _, p := range []string{"municipality=0101", "municipality=unknown", "citizenship=5436", "citizenship=unknown", "person_group=work", "expected=true", "first_only=true"} {
		name, value, _ := strings.Cut(p, "=")
		if _, ok := q.Param(name); ok {
			scopes[p] = analysis.Scope{Params: map[string]string{name: value}}
		}
	}
	return scopes
}

// withoutColumn copies a CSV file without a column.
func withoutColumn(t *testing.T, from, to, column string) string {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	records, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if at := slices.Index(records[0], column); at >= 0 {
		for i := range records {
			records[i] = slices.Delete(records[i], at, at+1)
		}
	}
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := csv.NewWriter(out).WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return to
}

// A filter on a column that is not there is not applicable, whatever it asks for; so is what is expected where no lapse can be seen.
func TestAFilterOnALackingColumn(t *testing.T) {
	s := smallStore(t, extracts{on(2014, 12, 31), "person_id,cpr_number\nP1,1001700003\nP2,\n",
		"permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\nS2,P2,2013-01-01,granted\n"})
	snapshot, err := s.Snapshot(t.Context(), on(2014, 12, 31))
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	for _, q := range queries.All() {
		for name, scope := range restricted(q, "") {
			r, err := analysis.Run(t.Context(), snapshot, q, scope)
			if err != nil {
				t.Fatalf("%s %s: %v", q.Name, name, err)
			}
			if name != "" && name != "first_only=true" && (analysis.Plain(r.NotApplicable).En == "" || len(r.Lacking) == 0 || len(r.Rows) > 0) {
				t.Errorf("%s %s: %d rows, %q", q.Name, name, len(r.Rows), analysis.Plain(r.NotApplicable).En)
			}
		}
	}
	drill, ok := queries.Drill(find(t, "unlinked"))
	if !ok {
		t.Fatal("no drill-down of unlinked")
	}
	for _, key := range []string{"category", "legal_basis", "municipality_code", "citizenship_group", "citizenship", "person_group", "sex", "age_group"} {
		r, err := analysis.Run(t.Context(), snapshot, drill, analysis.Scope{Cell: map[string]string{key: "unknown"}})
		if err != nil || analysis.Plain(r.NotApplicable).En == "" || len(r.Rows) > 0 {
			t.Errorf("permits behind %s=unknown: %d, %q, %v", key, len(r.Rows), analysis.Plain(r.NotApplicable).En, err)
		}
	}
}

// What a lacking column leaves without meaning is a dash and no zero: the permits that lapsed, the rate of a coverage whose fails
// cannot be told.
func TestWhatALackingColumnBlanks(t *testing.T) {
	s := smallStore(t, extracts{on(2014, 12, 31), "person_id,cpr_number,cpr_linked_on\nP1,1001700003,2013-02-01\nP2,,\n",
		"permit_id,person_id,decided_on,decision,category\nS1,P1,2013-01-01,granted,work\nS2,P2,2013-01-01,lapsed,work\n"})
	r := answerOf(t, s, on(2014, 12, 31), "time_to_link", analysis.Scope{})
	if r.Value(2, "linked") != int64(1) || r.Value(2, "lapsed") != nil || r.Value(2, "unlinked") != 0.5 {
		t.Errorf("time to link without lapse days: %v", r.Rows[2])
	}
	if !strings.Contains(analysis.English(r.Notes), "does not have carl2_permits.lapsed_on") {
		t.Errorf("no note: %s", analysis.English(r.Notes))
	}
}

// Between snapshots of which only one has a column, what is another in it cannot be told from what was not delivered.
func TestChangesOfALackingColumn(t *testing.T) {
	persons := "person_id,cpr_number\nP1,1001700003\n"
	s := smallStore(t, extracts{on(2013, 12, 31), persons, "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\n"},
		extracts{on(2014, 12, 31), persons, "permit_id,person_id,decided_on,decision,category,lapsed_on\nS1,P1,2013-01-01,lapsed,work,2014-02-01\n"})
	days := []time.Time{on(2013, 12, 31), on(2014, 12, 31)}
	r, err := analysis.CompareSnapshots(t.Context(), &analysis.Shelf{Store: s}, days, analysis.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Rows {
		switch change := r.Value(i, "change"); change {
		case "category", "lapsed_on", "legal_basis", "person_group", "municipality":
			if n := r.Value(i, "n"); n != nil {
				t.Errorf("%v is %v, want none: not both extracts have its columns", change, n)
			}
		case "decision":
			if n := r.Value(i, "n"); n != int64(1) {
				t.Errorf("decision: %v, want 1", n)
			}
		}
	}
	if !strings.Contains(analysis.English(r.Notes), "Cannot be seen") {
		t.Errorf("no note: %s", analysis.English(r.Notes))
	}
	r, err = analysis.CompareSnapshots(t.Context(), &analysis.Shelf{Store: s}, days, analysis.Scope{Categories: []string{"work"}})
	if err != nil || len(r.Rows) > 0 || !strings.HasPrefix(analysis.Plain(r.NotApplicable).En, "the snapshot of 2013-12-31: the extract has none of carl2_permits.category") {
		t.Errorf("of one category: %d rows, %q, %v", len(r.Rows), analysis.Plain(r.NotApplicable).En, err)
	}
}

func find(t *testing.T, name string) queries.Question {
	t.Helper()
	q, err := queries.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return q
}
