package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"koblet/registers/profiles"
)

// TestTooMany: a limit in per cent is judged where it allows a row; in fewer rows it takes more than half of them, and not a single one.
func TestTooMany(t *testing.T) {
	for _, c := range []struct {
		n, of    int64
		percents []float64
		want     bool
	}{
		{1, 20, []float64{5}, false}, {2, 20, []float64{5}, true}, {50, 1000, []float64{5}, false}, {51, 1000, []float64{5}, true},
		{1, 1, []float64{5}, false}, {1, 3, []float64{5}, false}, {2, 3, []float64{5}, true}, {2, 4, []float64{5}, false}, {9, 19, []float64{5}, false}, {10, 19, []float64{5}, true},
		{1, 200, []float64{0.5, 5}, false}, {2, 200, []float64{0.5, 5}, true}, {9, 199, []float64{0.5, 5}, false}, {10, 199, []float64{0.5, 5}, true}, {3, 6, []float64{0.5, 5}, false},
		{3, 3, []float64{99}, true}, {2, 3, []float64{99}, false}, {3, 3, []float64{100}, false}, {0, 0, []float64{5}, false},
	} {
		if got := tooMany(c.n, c.of, c.percents...); got != c.want {
			t.Errorf("%d of %d at %v: %v", c.n, c.of, c.percents, got)
		}
	}
}

// csvOf is a CSV of n rows, the first of which are wrong.
func csvOf(head string, n, wrong int, sound, unsound string) string {
	var b strings.Builder
	b.WriteString(head + "\n")
	for i := range n {
		row := sound
		if i < wrong {
			row = unsound
		}
		fmt.Fprintf(&b, row+"\n", i)
	}
	return b.String()
}

// TestLimits: each limit holds at its edge and refuses beyond it, unless it is accepted by name, and then the receipt says so.
func TestLimits(t *testing.T) {
	const permits, persons, cpr = "permit_id,person_id,decided_on,decision,category", "person_id,cpr_number,cpr_linked_on", "cpr_number,registered_on"
	const permit, person = "S%d,P1,2014-12-01,granted,", "P%d,0102801238,2014-12-02"
	sound := map[string]string{
		"persons.csv": csvOf(persons, 40, 0, person, ""), "permits.csv": csvOf(permits, 40, 0, permit, ""), "cpr.csv": csvOf(cpr, 1, 0, "0102801238,2014-12-01%.0d", ""),
	}
	numbered := func(n, late int) string {
		return strings.ReplaceAll(csvOf(cpr, n, late, "01028%05d,2014-12-01", "01028%05d,2015-01-01"), " ", "")
	}
	for i, c := range []struct {
		reason, file, within, beyond string
		says                         string
	}{
		{"unreadable_days", "permits.csv", csvOf(permits, 40, 2, permit, "S%d,P1,01-12-2014,granted,"), csvOf(permits, 40, 3, permit, "S%d,P1,01-12-2014,granted,"),
			`carl2_permits.decided_on: 3 of 40 rows (7.5 %) hold no day; the days look like 99-99-9999: dates = "%d-%m-%Y" in the profile; --accept unreadable_days loads it all the same`},
		{"unreadable_days", "permits.csv", csvOf(permits, 40, 10, permit, "S%d,P1,,pending,"), csvOf(permits, 40, 10, permit, "S%d,P1,,granted,"), "10 of 40 rows (25.0 %) hold no day; [carl2_permits.columns]"},
		{"unreadable_days", "permits.csv", csvOf(permits, 40, 2, permit, "S%d,P1,0001-01-01,granted,"), csvOf(permits, 40, 3, permit, "S%d,P1,1753-01-01,granted,"), "3 of 40 rows (7.5 %) hold no day"},
		{"unreadable_days", "persons.csv", csvOf(persons, 40, 2, person, "P%d,0102801238,02-12-2014"), csvOf(persons, 40, 37, "P%d,0102801238,02-12-2014", "P%d,0102801238,"),
			`carl2_persons.cpr_linked_on: 3 of 3 rows (100 %) with a text hold no day; the days look like 99-99-9999: dates = "%d-%m-%Y" in the profile; --accept unreadable_days loads it all the same`},
		{"unreadable_days", "persons.csv", csvOf(persons+",birth_date", 40, 38, "P%d,0102801238,,1980-02-01", "P%d,0102801238,,1961-00-00"), csvOf(persons+",birth_date", 40, 3, "P%d,0102801238,2014-12-02,1980-02-01", "P%d,0102801238,2014-12-02,01/02/1980"),
			`carl2_persons.birth_date: 3 of 40 rows (7.5 %) with a text hold no day; the days look like 99/99/9999: dates = "%d/%m/%Y" in the profile, which holds for all days of a file: those of cpr_linked_on look otherwise; `},
		{"unreadable_days", "persons.csv", csvOf(persons+",entered_on", 40, 38, "P%d,0102801238,,2013-02-01", "P%d,0102801238,,"), csvOf(persons+",entered_on", 40, 3, "P%d,0102801238,,2013-02-01", "P%d,0102801238,,NULL"),
			`carl2_persons.entered_on: 3 of 40 rows (7.5 %) with a text hold no day; the texts stand for no value: missing = ["NULL"] in the profile; `},
		{"unreadable_days", "permits.csv", csvOf(permits+",lapsed_on", 40, 1, permit+",", permit+",x"), csvOf(permits+",lapsed_on", 40, 3, permit+",", permit+",§ 9"),
			"carl2_permits.lapsed_on: 3 of 3 rows (100 %) with a text hold no day; the texts look like § 9: dates in the profile says how days are written, [carl2_permits.columns] which column they are in; "},
		{"unreadable_days", "cpr.csv", numbered(40, 0), strings.ReplaceAll(numbered(40, 0), "2014-12-01", "20141201"), `cpr_persons.registered_on: 40 of 40 rows (100 %) with a text hold no day; the days look like 99999999: dates = "%Y%m%d" in the profile; `},
		{"unreadable_days", "permits.csv", csvOf(permits, 40, 2, permit, "S%d,P1,01-12-14,granted,"), csvOf(permits, 40, 3, permit, "S%d,P1,01-12-14,granted,"),
			`3 of 40 rows (7.5 %) hold no day; the days look like 99-99-99: years of two digits leave the century open, and no pattern reads them; have the file delivered with years of four; --accept`},
		{"unknown_decisions", "permits.csv", csvOf(permits, 40, 2, permit, "S%d,P1,2014-12-01,Meddelt,"), csvOf(permits, 40, 3, permit, "S%d,P1,2014-12-01,,"), "3 of 40 rows (7.5 %) hold no decision that is known; the texts look like (empty): "},
		{"unknown_categories", "permits.csv", csvOf(permits, 40, 2, permit, permit+"Erhverv"), csvOf(permits, 40, 3, permit, permit+"Erhverv"), "carl2_permits.category: 3 of 40 rows (7.5 %)"},
		{"malformed_numbers", "persons.csv", csvOf(persons, 40, 30, person, "P%d,,"), csvOf(persons, 40, 3, person, "P%d,102801238,"), "3 of 40 rows (7.5 %) with a number hold none that is a CPR-number; the numbers look like 999999999: "},
		{"malformed_numbers", "cpr.csv", numbered(1, 0), csvOf("cpr_number", 40, 40, "", "31028%05d"), "cpr_persons.cpr_number: 40 of 40 rows (100 %) with a number"},
		{"missing_person_ids", "permits.csv", csvOf(permits, 40, 2, permit, "S%d,,2014-12-01,granted,"), csvOf(permits, 40, 3, permit, "S%d,,2014-12-01,granted,"), "3 of 40 rows (7.5 %) hold no person-id"},
		{"permits_without_person", "permits.csv", csvOf(permits, 40, 39, permit, "S%d,Q1,2014-12-01,granted,"), csvOf(permits, 40, 40, permit, "S%d,7,2014-12-01,granted,"), "the permits' ids look like 9, the persons' like A99, A9: "},
		{"permits_without_person", "permits.csv", sound["permits.csv"], csvOf(permits, 3, 3, permit, "S%d,,2014-12-01,granted,"), "they name nobody: "},
		{"empty_table", "cpr.csv", sound["cpr.csv"], cpr + "\n", "cpr_persons: no row is loaded; "},
		{"repeated_keys", "persons.csv", sound["persons.csv"], sound["persons.csv"] + csvOf("", 40, 0, person, "")[1:], "carl2_persons.person_id: 40 of 40 keys (100 %) stand in several rows; "},
		{"days_after_as_of", "cpr.csv", numbered(200, 1), numbered(200, 2), "cpr_persons.registered_on: 2 of 200 rows (1 %) with a day have one after the as-of day; "},
		{"days_after_as_of", "persons.csv", csvOf(persons, 40, 2, person, "P%d,0102801238,2015-01-01"), csvOf(persons, 40, 3, person, "P%d,0102801238,2015-01-01"), "carl2_persons.cpr_linked_on: 3 of 40 rows (7.5 %)"},
		{"old_decisions", "permits.csv", csvOf(permits, 40, 39, permit, "S%d,P1,2013-01-01,granted,"), csvOf(permits, 40, 40, permit, "S%d,P1,2014-09-29,granted,"), "the newest decision is 93 days older than the as-of day; "},
	} {
		l := loading(t, writeFiles(t, sound))
		of := map[string]*[]string{"persons.csv": &l.Carl2Persons, "permits.csv": &l.Carl2Permits, "cpr.csv": &l.CPR}[c.file]
		dir := filepath.Join(t.TempDir(), "store")
		beyond := filepath.Join(writeFiles(t, map[string]string{c.file: c.beyond}), c.file)
		*of = []string{beyond}
		_, err := Load(t.Context(), dir, l)
		var refused *LimitsError
		if !errors.As(err, &refused) || len(refused.Broken) != 1 || refused.Broken[0].Reason != c.reason || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want it to say %q", c.reason, err, c.says)
		}
		if got := namesIn(t, dir); !slices.Equal(got, []string{identitiesDir, lockFile}) {
			t.Errorf("%s: the store holds %v", c.reason, got)
		}
		*of, l.Accept = []string{filepath.Join(writeFiles(t, map[string]string{c.file: c.within}), c.file)}, []string{c.reason}
		if r, err := Load(t.Context(), dir, l); err != nil || len(r.Accepted) > 0 || !slices.Equal(r.NotNeeded, []string{c.reason}) {
			t.Errorf("%s within its limit: %+v, %v, %v", c.reason, r.Accepted, r.NotNeeded, err)
		}
		if i%4 > 0 {
			continue // what is accepted is the same code for all
		}
		l.Replace, *of = true, []string{beyond}
		if r, err := Load(t.Context(), dir, l); err != nil || len(r.Accepted) != 1 || r.Accepted[0].Reason != c.reason || len(r.NotNeeded) > 0 {
			t.Errorf("%s accepted: %+v, %v, %v", c.reason, r.Accepted, r.NotNeeded, err)
		}
	}
}

// TestLimitsOfTheProfile: every limit among the assumptions that a profile may change is changed by it.
func TestLimitsOfTheProfile(t *testing.T) {
	l := loading(t, writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number\n", "permits.csv": csvOf("permit_id,person_id,decided_on,decision", 30, 0, "S%d,,2001-12-01,x", ""), "cpr.csv": "cpr_number\n",
	}))
	l.CPR = nil
	_, err := Load(t.Context(), filepath.Join(t.TempDir(), "store"), l)
	var refused *LimitsError
	if !errors.As(err, &refused) || len(refused.Broken) != 3 {
		t.Fatal(err)
	}
	l.Profile.Gate = profiles.Gate{Defaults: map[string]float64{"least_rows": 0, "max_unreadable_percent": 100, "max_decision_age_days": 10_000}}
	if _, r := load(t, l); len(r.Accepted) > 0 {
		t.Errorf("%+v", r.Accepted)
	}
}

// TestRepeatedKeysAreToldFirst: where every key is repeated, it is not the rows rejected that are told, but why.
func TestRepeatedKeysAreToldFirst(t *testing.T) {
	permits := csvOf("permit_id,person_id,decided_on,decision", 5, 0, "S%d,P1,2014-12-01,granted", "")
	for name, c := range map[string]struct{ first, again, says string }{
		"the same rows":       {permits, permits + "\n", "it is likely that the same rows were delivered twice, or that permit_id is another column, see [carl2_permits.columns] of the profile; --accept repeated_keys with --max-rejects loads it all the same"},
		"one after the other": {permits + permits, "permit_id,person_id,decided_on,decision\n", "carl2_permits.permit_id: 5 of 5 keys (100 %) stand in several rows; it is likely"},
		"and a broken line":   {permits, permits + "x\n", "loads it all the same\n6 of 12 lines are rejected"},
	} {
		l := loading(t, writeFiles(t, map[string]string{"persons.csv": "person_id,cpr_number\nP1,\n", "permits.csv": c.first}))
		again := writeFiles(t, map[string]string{"permits.csv": c.again})
		l.CPR, l.MaxRejects, l.Carl2Permits = nil, Limit{}, append(l.Carl2Permits, filepath.Join(again, "permits.csv"))
		_, err := Load(t.Context(), filepath.Join(t.TempDir(), "store"), l)
		var limits *LimitsError
		var rejects *RejectsError
		if !errors.As(err, &limits) || errors.As(err, &rejects) != strings.Contains(name, "broken") || limits.Broken[0].Reason != "repeated_keys" || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want it to say %q", name, err, c.says)
		}
	}
}
