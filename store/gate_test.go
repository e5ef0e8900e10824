package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"koblet/registers/profiles"
)

// A month later: P1 has another number and P2 one at last, P3's text is gone, P4 is new; one permit is gone, a code is new,
// § 7 became empty once; the code that stands for somebody's number is counted and not shown.
var laterRegisters = map[string]string{
	"persons.csv": strings.Join([]string{
		"person_id,cpr_number,cpr_linked_on,family_name,given_name,birth_date,sex,citizenship,entered_on",
		"P1,020280-1230,2014-03-01,Quistorff,Ada,1980-02-01,K,5100,2013-01-02",
		"P2,0907751233,,Bundgaard,Bo,1975-07-09,M,5452,2013-02-03",
		"P3,,,Zwergius,Ximena,1975-07-09,M,0907751233,2013-02-03",
		"P4,,,Nobody,No,1980-02-02,M,5104,",
	}, "\n") + "\n",
	"permits.csv": strings.Join([]string{
		"permit_id,person_id,decided_on,decision,legal_basis",
		`S1,P1,2013-02-01,granted,"§ 9, stk. 1, nr. 1"`,
		`S2,P2,2013-05-01,granted,`,
		`S3,P3,2013-06-01,lapsed,"§ 9 c, stk. 1"`,
		`S4,P9,2012-06-01,withdrawn,§ 99`,
		`S6,P2,2013-05-02,refused,§ 7`,
	}, "\n") + "\n",
	"cpr.csv": registersOf["cpr.csv"],
}

// twoMonths is a store with the first month loaded, and the loading of the second.
func twoMonths(t *testing.T) (string, Loading) {
	t.Helper()
	dir, first := load(t, loading(t, writeFiles(t, registersOf)))
	if first.Gate != nil {
		t.Errorf("the first snapshot is compared with %v", first.Gate)
	}
	l := loading(t, writeFiles(t, laterRegisters))
	l.AsOf = day(t, "2015-01-31")
	return dir, l
}

func TestWhatChangedSinceTheSnapshotBeforeIsFound(t *testing.T) {
	dir, l := twoMonths(t)
	r, err := Load(t.Context(), dir, l)
	if err != nil || len(r.Gate) != 1 || r.Gate[0].With != "2014-12-31" || r.Gate[0].DaysApart != 31 {
		t.Fatalf("%+v, %v", r.Gate, err)
	}
	differences := r.Gate[0].Differences
	for _, want := range []Difference{
		{Kind: "rows", Table: "carl2_permits", Before: 6, After: 5, Change: 100. / 6},
		{Kind: "rows", Table: "carl2_persons", Before: 3, After: 4, Change: 100. / 3},
		{Kind: "empty_share", Table: "carl2_permits", Column: "legal_basis", Before: 0, After: 20, Change: 20},
		{Kind: "empty_share", Table: "carl2_persons", Column: "number_key", Before: 200. / 3, After: 50, Change: 50. / 3},
		{Kind: "new_codes", Table: "carl2_permits", Column: "decision", Before: 4, After: 4, Change: 1, Codes: []string{"withdrawn"}},
		{Kind: "vanished_codes", Table: "carl2_permits", Column: "decision", Before: 4, After: 4, Change: 1, Codes: []string{"revoked"}},
		{Kind: "new_codes", Table: "carl2_persons", Column: "citizenship", Before: 3, After: 4, Change: 2, Codes: []string{"5104"}},
		{Kind: "changed_numbers", Table: "carl2_persons", Before: 1, Change: 1},
	} {
		if !slices.ContainsFunc(differences, func(d Difference) bool { return fmt.Sprintf("%.6v", d) == fmt.Sprintf("%.6v", want) }) {
			t.Errorf("no difference %+v in %+v", want, differences)
		}
	}
	if slices.ContainsFunc(differences, func(d Difference) bool { return d.Table == "cpr_persons" || d.Kind == "lost_numbers" }) {
		t.Errorf("a difference of what did not change: %+v", differences)
	}
	l.Replace = true
	l.Carl2Persons = []string{filepath.Join(writeFiles(t, map[string]string{"persons.csv": "person_id,cpr_number\nP1,\n"}), "persons.csv")}
	again, err := Load(t.Context(), dir, l)
	if err != nil || len(again.Gate) != 2 || again.Gate[0].With != "2014-12-31" || again.Gate[1].With != "2015-01-31" || again.Gate[1].DaysApart != 0 {
		t.Fatalf("%+v, %v", again.Gate, err)
	}
	for _, c := range again.Gate {
		lost := Difference{Kind: "lost_numbers", Table: "carl2_persons", Before: 1, Change: 1}
		if !slices.ContainsFunc(c.Differences, func(d Difference) bool { return reflect.DeepEqual(d, lost) }) {
			t.Errorf("with %s: no lost number in %+v", c.With, c.Differences)
		}
	}
	read, err := readReceipt(filepath.Join(dir, "2015-01-31.r1", receiptFile))
	if err != nil || !reflect.DeepEqual(read.Gate, again.Gate) {
		t.Errorf("the receipt on the disk has %+v, %v", read.Gate, err)
	}
}

func TestALimitRefusesAndNothingIsStored(t *testing.T) {
	dir, l := twoMonths(t)
	for _, c := range []struct {
		limit func(*profiles.Gate, *float64)
		at    float64 // the largest change of its kind
		says  string
	}{
		{func(g *profiles.Gate, v *float64) { g.MaxRowChangePercent = v }, 100. / 3, "carl2_persons: rows 33.33"},
		{func(g *profiles.Gate, v *float64) { g.MaxEmptyShareChangePercent = v }, 25, "carl2_persons.entered_on: empty_share 25, at most 0"},
		{func(g *profiles.Gate, v *float64) { g.MaxChangedNumbers = v }, 1, "carl2_persons: changed_numbers 1"},
		{func(g *profiles.Gate, v *float64) { g.MaxNewCodes = v }, 2, "carl2_persons.citizenship: new_codes 2"},
		{func(g *profiles.Gate, v *float64) { g.MaxVanishedCodes = v }, 3, "carl2_permits.link_status: vanished_codes 3, at most 0"},
	} {
		below := 0.0
		l.Profile.Gate = profiles.Gate{}
		c.limit(&l.Profile.Gate, &below)
		_, err := Load(t.Context(), dir, l)
		var refused *GateError
		if !errors.As(err, &refused) || refused.With != "2014-12-31" || !strings.Contains(err.Error(), c.says) || !strings.HasSuffix(err.Error(), "nothing is stored") {
			t.Errorf("%v, want it to say %q", err, c.says)
			continue
		}
		if got := namesIn(t, dir); !slices.Equal(got, []string{"2014-12-31", identitiesDir, lockFile}) {
			t.Errorf("the store holds %v", got)
		}
		largest := 0.0
		for _, d := range refused.Refused {
			largest = max(largest, d.Change)
		}
		if largest != c.at {
			t.Errorf("%s: %v changed, want %v", c.says, largest, c.at)
		}
	}
	// On the limit is within it; and what a replaced edition was sets no limit.
	third, two := 100./3, 2.0
	l.Profile.Gate = profiles.Gate{MaxRowChangePercent: &third, MaxNewCodes: &two}
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Fatal(err)
	}
	zero := 0.0
	l.Replace, l.Profile.Gate = true, profiles.Gate{MaxRowChangePercent: &zero}
	same := loading(t, writeFiles(t, registersOf))
	l.Carl2Persons, l.Carl2Permits = same.Carl2Persons, same.Carl2Permits
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Errorf("as many rows as the day before: %v", err)
	}
}
