package queries_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/registers/synthetic"
	"koblet/store"
)

// faulty is a snapshot of invented registers large enough to hold a fault of every kind, the folder of its extracts, and how
// many of each kind were planted.
func faulty(t *testing.T) (*store.Snapshot, string, map[string]int64) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "registers")
	options := synthetic.Options{Out: dir, Permits: 30_000, Seed: 7, AsOf: []time.Time{day(t, "2016-12-31")}}
	if _, err := synthetic.Write(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		AsOf []struct{ Faults map[string]int64 } `json:"as_of"`
	}
	if err := json.Unmarshal(text, &truth); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "2016-12-31")
	return snapshotOf(t, "2016-12-31", whole(folder)), folder, truth.AsOf[0].Faults
}

// counts gives the numbers of one column of an answer by the text of its keys, joined by blanks.
func countsBy(t *testing.T, snapshot *store.Snapshot, question, column string) map[string]int64 {
	t.Helper()
	q := find(t, question)
	by := map[string]int64{}
	for _, row := range ask(t, snapshot, q, analysis.Scope{}) {
		key := ""
		for i, c := range q.Columns {
			switch {
			case c.Unit == "":
				key += texts(row[i : i+1])[0] + " "
			case c.Name == column:
				by[key] += row[i].(int64)
			}
		}
	}
	return by
}

func sumOf(by map[string]int64) int64 {
	var sum int64
	for _, n := range by {
		sum += n
	}
	return sum
}

// TestPlantedFaultsAreCounted: every kind of fault that is planted in the registers is counted by a measure, or is a finding of
// the receipt, as often as it was planted. Where a person with a fault is delivered twice, once more.
func TestPlantedFaultsAreCounted(t *testing.T) {
	snapshot, dir, planted := faulty(t)
	found := map[string]int64{}
	for _, f := range snapshot.Receipt.Findings {
		found[f.Table+"."+f.Column+" "+f.Reason] = f.N
	}
	status := countsBy(t, snapshot, "persons_without_permit", "pass")
	for key, n := range countsBy(t, snapshot, "persons_without_permit", "fail") {
		status[key] += n
	}
	numbers := countsBy(t, snapshot, "faulty_numbers_by_rule", "fail")
	together := func(kinds ...string) int64 {
		var sum int64
		for _, kind := range kinds {
			if planted[kind] == 0 {
				t.Errorf("%s: none planted", kind)
			}
			sum += planted[kind]
		}
		return sum
	}
	missing := missingIn(t, dir)
	if missing.persons < together("person_without_permit") || missing.permits < together("permit_without_person") {
		t.Errorf("the extracts miss %+v, planted %d and %d", missing, planted["person_without_permit"], planted["permit_without_person"])
	}
	for _, c := range []struct {
		what       string
		got, want  int64
		more, less int64 // by how much the count may differ, and why below
	}{
		{"malformed numbers", numbers["carl2 format "] + numbers["carl2 date "], together("malformed_number"), 0, 0},
		{"malformed numbers, by person", status["malformed "], together("malformed_number"), 0, 0},
		{"replacement numbers", numbers["carl2 replacement "], together("replacement_number"), 0, 0},
		{"mistyped numbers", numbers["carl2 remainder "], together("mistyped_number"), 2, 0}, // a duplicate person carries it too
		{"numbers in no CPR record", status["not_in_cpr "], together("mistyped_number", "number_of_nobody"), 2, 0},
		// an overlooked administrative number is a double number too
		{"superseded numbers", status["superseded "], together("superseded_changed", "superseded_double", "superseded_annulled", "superseded_chain",
			"superseded_loop") + planted["administrative_overlooked"], 3, 3},
		{"numbers on several person-ids", int64(len(countsBy(t, snapshot, "number_shared_by_persons", "n"))), together("shared_borrowed", "shared_duplicate"), 0, 0},
		{"persons with several numbers", int64(len(countsBy(t, snapshot, "persons_with_several_numbers", "n"))), together("several_numbers"), 0, 0},
		{"person rows beyond the first", found["carl2_persons.person_id repeated"], together("repeated_person", "several_numbers"), 0, 0},
		// where CARL2 carries another number than CPR, the person-id leads to one who carries another
		{"mistaken person-ids", sumOf(countsBy(t, snapshot, "mistaken_person_ids_by_municipality", "fail")), together("person_id_mistyped", "person_id_of_another",
			"superseded_changed", "superseded_double", "superseded_annulled", "superseded_chain", "superseded_loop", "mistyped_number", "number_of_nobody"), 3, 3},
		{"birth dates that are none", found["carl2_persons.birth_date not_a_date"], together("birth_date_impossible"), 1, 0},
		{"unknown citizenships", found["carl2_persons.citizenship unknown_code"], together("citizenship_unknown"), 2, 0},
		{"unknown sexes", found["carl2_persons.sex unknown_code"], together("sex_unknown"), 2, 0},
		{"links in the future", found["carl2_persons.cpr_linked_on link_after_as_of"], together("link_date_future"), 1, 0},
		{"unknown bases", found["carl2_permits.legal_basis unknown_code"], together("basis_unknown"), 0, 0},
		{"unknown groups", found["carl2_permits.person_group unknown_code"], together("group_unknown"), 0, 0},
		{"unknown categories", found["carl2_permits.category unknown_code"], together("category_unknown"), 0, 0},
		{"unknown municipalities", found["carl2_permits.municipality_code unknown_code"], together("municipality_unknown"), 0, 0},
		{"decisions in the future", found["carl2_permits.decided_on after_as_of_day"], together("decided_future"), 0, 0},
		{"decisions on no day", found["carl2_permits.decided_on not_a_date"], together("decided_impossible"), 0, 0},
		{"lapses on no day", found["carl2_permits.lapsed_on missing_lapse_day"], together("lapse_day_missing"), 0, 0},
		{"permits whose person is missing", found["carl2_permits.person_id no_person"], missing.permits, 0, 0},
		{"persons without a permit", sumOf(countsBy(t, snapshot, "persons_without_permit", "fail")), missing.persons, 0, 0},
		{"double numbers", sumOf(countsBy(t, snapshot, "double_registrations_by_year", "n")), together("superseded_double") + planted["administrative_overlooked"], 3, 3},
		{"double numbers, by municipality", sumOf(countsBy(t, snapshot, "double_registrations_by_municipality", "n")), together("superseded_double") + planted["administrative_overlooked"], 3, 3},
		// some of the others were administrative numbers that the residence took up
		{"double numbers begun administratively", sumOf(countsBy(t, snapshot, "double_registrations_by_municipality", "administrative")), together("administrative_overlooked"), 15, 1},
	} {
		if c.got < c.want-c.less || c.got > c.want+c.more || c.got == 0 {
			t.Errorf("%s: %d counted, %d planted", c.what, c.got, c.want)
		}
	}
	// A conflict is any of four things, and one person can have several of them.
	most := together("birth_date_differs", "sex_differs", "person_id_of_another", "shared_borrowed") + planted["shared_borrowed"] + 2*together("shared_duplicate")
	if n := status["conflict "]; n < most/2 || n > most {
		t.Errorf("conflicts: %d counted, %d planted at most", n, most)
	}
}

// missing is what two extracts of CARL2 do not have of each other.
type missing struct {
	permits int64 // whose person-id has no person row
	persons int64 // whose person-id is on no permit
}

func missingIn(t *testing.T, dir string) missing {
	t.Helper()
	persons, holders := map[string]bool{}, map[string]bool{}
	for _, p := range records(t, filepath.Join(dir, "carl2_persons.csv")) {
		persons[p["person_id"]] = true
	}
	var m missing
	for _, p := range records(t, filepath.Join(dir, "carl2_permits.csv")) {
		holders[p["person_id"]] = true
		if !persons[p["person_id"]] {
			m.permits++
		}
	}
	for id := range persons {
		if !holders[id] {
			m.persons++
		}
	}
	return m
}
