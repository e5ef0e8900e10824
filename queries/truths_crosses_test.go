package queries_test

import (
	"slices"
	"testing"

	"koblet/analysis"
	"koblet/store"
)

// margin sums the counts of an answer over the rows that agree on some of its columns.
func margin(t *testing.T, snapshot *store.Snapshot, question string, scope analysis.Scope, by ...string) map[string][]int64 {
	t.Helper()
	q := find(t, question)
	sums := map[string][]int64{}
	for _, row := range ask(t, snapshot, q, scope) {
		key, counts := "", []int64{}
		for i, c := range q.Columns {
			switch {
			case slices.Contains(by, c.Name):
				key += texts(row[i : i+1])[0] + "|"
			case !c.Role.Names():
				counts = append(counts, row[i].(int64))
			}
		}
		if sums[key] == nil {
			sums[key] = make([]int64, len(counts))
		}
		for i, n := range counts {
			sums[key][i] += n
		}
	}
	return sums
}

// A cross of two keys sums to each of its margins, whatever is asked for; with what is counted apart.
func TestCrossesSumToTheirMargins(t *testing.T) {
	snapshot := snapshotOf(t, "2014-12-31", whole(invented(t, "2014-12-31")))
	place := []string{"municipality_code", "municipality_name"}
	for _, c := range []struct {
		cross, whole string
		by           []string
	}{
		{"unlinked_by_municipality_year", "unlinked_by_municipality", place},
		{"unlinked_by_municipality_year", "unlinked_by_year", []string{"year"}},
		{"unlinked_by_municipality_western", "unlinked_by_municipality", place},
		{"coverage_by_municipality_western", "coverage_by_municipality", place},
		{"coverage_by_municipality_western", "coverage_by_municipality", nil},
		{"coverage_by_immigration_year", "coverage_by_municipality", nil},
		{"expectation_by_year", "link_status_by_year", []string{"year"}},
	} {
		asked := scopes(t)
		if len(find(t, c.cross).Params) == 0 {
			asked = map[string]analysis.Scope{"everything": {}}
		}
		for name, scope := range asked {
			got, want := margin(t, snapshot, c.cross, scope, c.by...), margin(t, snapshot, c.whole, scope, c.by...)
			if len(want) < len(c.by)*8 || len(want) == 0 {
				t.Fatalf("%s, %s: only %d rows to sum to", c.whole, name, len(want))
			}
			for key, counts := range want {
				if !slices.Equal(got[key], counts) {
					t.Errorf("%s, %s: %q sums to %v, %s says %v", c.cross, name, key, got[key], c.whole, counts)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s, %s: %d keys, %s has %d", c.cross, name, len(got), c.whole, len(want))
			}
		}
	}
}

// What is western is what the list of western countries says, recounted from the extract.
func TestWesternIsOfTheList(t *testing.T) {
	dir := invented(t, "2014-12-31")
	snapshot := snapshotOf(t, "2014-12-31", whole(dir))
	want := map[string]int64{}
	for _, p := range records(t, dir+"/cpr_persons.csv") {
		if p["status"] != "01" && p["status"] != "03" || slices.Contains([]string{"5100", "5115", "5902"}, p["citizenship"]) {
			continue
		}
		switch western := []string{"5104", "5106", "5110", "5120", "5107", "5108", "5109", "5124", "5126", "5128", "5130", "5134", "5140", "5142", "5150",
			"5153", "5154", "5156", "5158", "5159", "5160", "5164", "5170", "5174", "5176", "5180", "5182", "5314", "5390", "5422", "5502", "5514",
			"5607", "5609", "5611", "5750", "5752", "5776", "5778"}; {
		case slices.Contains(western, p["citizenship"]):
			want["western|"]++
		case p["citizenship"] == "5103":
			want["stateless|"]++
		case p["citizenship"] == "" || p["citizenship"] == "5999":
			want["unknown|"]++
		default:
			want["non_western|"]++
		}
	}
	got := margin(t, snapshot, "coverage_by_municipality_western", analysis.Scope{}, "western")
	for western, n := range want {
		if counts := got[western]; n == 0 || len(counts) == 0 || counts[0]+counts[1]+counts[2]+counts[3] != n {
			t.Errorf("%s: %v counted, the extract has %d", western, counts, n)
		}
	}
	if len(got) != len(want) || want["western|"] == 0 || want["non_western|"] == 0 {
		t.Errorf("counted %v, the extract has %v", got, want)
	}
}

// The double registrations of the municipalities are those of the years, and those that began administratively are among them. Whom the permit in force is
// asked of is whom coverage passes, Nordic citizens apart.
func TestDoublesAndPermitsInForceAreThoseCountedElsewhere(t *testing.T) {
	snapshot := snapshotOf(t, "2016-12-31", whole(invented(t, "2016-12-31")))
	places := sums(t, snapshot, "double_registrations_by_municipality", analysis.Scope{})
	years := sums(t, snapshot, "double_registrations_by_year", analysis.Scope{})
	if places[0] != years[0] || places[0] == 0 || places[1] > places[0] {
		t.Errorf("by municipality %v, by year %v", places, years)
	}
	inForce := sums(t, snapshot, "residents_without_permit_in_force_by_category", analysis.Scope{})
	covered := sums(t, snapshot, "coverage_by_municipality", analysis.Scope{})
	if inForce[0]+inForce[1]+inForce[2] != covered[0] || inForce[0] == 0 || inForce[1] == 0 {
		t.Errorf("pass, fail, unknown and apart are %v, coverage has %v", inForce, covered)
	}
}
