package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"koblet/registers"
	"koblet/store/extract"
)

// TestFindingsHavePlaces: a finding names its first three places by file and line, through all files of a table, and its share of the
// table's rows; a person of CPR's fixed width stands where the record 001 does, and what is wrong with a file as such where it shows.
func TestFindingsHavePlaces(t *testing.T) {
	var cpr strings.Builder
	cpr.WriteString("000000000000000000120141231\n")
	for i := range 80 { // 1 + 2 lines a person; the 70th and the 80th have a status that there is not
		status := "01"
		if i == 69 || i == 79 {
			status = "77"
		}
		fmt.Fprintf(&cpr, "001010280%04d          %s201001010000 K1980-02-01 2010-01-01 \n008010280%04d%180s\n", i, status, i, "")
	}
	cpr.WriteString("999999999999900000150\n")
	files := writeFiles(t, map[string]string{
		"persons.csv": registersOf["persons.csv"],
		"one.csv":     "permit_id,person_id,decided_on,decision\nS1,P1,2014-12-01,granted\n\nS2,P1,2014-13-01,granted\nS3,,2014-12-01,granted\n,P1,2014-12-01,granted\n",
		"two.csv":     "permit_id,person_id,decided_on,decision\nS4,P1,2014-12-01,granted\nS5,P1,x,granted\nS6,P1,2014-12-32,granted\nS7,P1,2014-12-33,granted\nS8,P1,2014-12-01,granted\nS9,P1,2014-12-01,granted\n",
		"cpr.txt":     cpr.String(),
	})
	l := loading(t, files)
	one, two := filepath.Join(files, "one.csv"), filepath.Join(files, "two.csv")
	l.Carl2Permits, l.CPR = []string{one, two}, []string{filepath.Join(files, "cpr.txt")}
	_, r := load(t, l)
	found := func(table, column, reason string) Finding {
		for _, f := range r.Findings {
			if f.Table == table && f.Column == column && f.Reason == reason {
				return f
			}
		}
		t.Fatalf("no %s in %s.%s: %+v", reason, table, column, r.Findings)
		return Finding{}
	}
	for _, c := range []struct {
		table, column, reason string
		n, of                 int64
		places                []Place
	}{
		{"carl2_permits", "decided_on", "not_a_date", 4, 9, []Place{{one, 4}, {two, 3}, {two, 4}}},
		{"carl2_permits", "person_id", "no_person", 1, 9, []Place{{one, 5}}},
		{"cpr_persons", "status", "unknown_code", 2, 80, []Place{{l.CPR[0], 2 + 2*69}, {l.CPR[0], 2 + 2*79}}},
		{"cpr_persons", "", "record_count", 10, 80, []Place{{l.CPR[0], 162}}},
	} {
		for i := range c.places {
			c.places[i].File = registers.WithoutNumbers(c.places[i].File)
		}
		if f := found(c.table, c.column, c.reason); f.N != c.n || f.Of != c.of || !slices.Equal(f.Places, c.places) {
			t.Errorf("%s %s: %+v, want %d of %d at %v", c.table, c.reason, f, c.n, c.of, c.places)
		}
	}
	f := receiptOf(t, r, "cpr_persons")
	if f.Trailer == nil || *f.Trailer != (extract.Trailer{Says: 150, Has: 160, Line: 162}) || f.Produced != "2014-12-31" {
		t.Errorf("%+v, produced %s", f.Trailer, f.Produced)
	}
}
