package store

import "testing"

// TestPersonsThatTheReceiptCounts: who has no permit, and who has several numbers, is in the receipt; a number twice is one.
func TestPersonsThatTheReceiptCounts(t *testing.T) {
	l := loading(t, writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number\nP1,0102801238\nP1,0203801233\nP2,0304801239\nP2,030480-1239\nP3,\nP4,\nP5,0405801234\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\nS2,P2,2013-01-02,refused\nS3,P9,2013-01-03,granted\n",
	}))
	l.CPR = nil
	_, r := load(t, l)
	if r.Persons != 5 || r.NoPermit != 3 || r.Several != 1 {
		t.Errorf("%d persons, %d without a permit, %d with several numbers; want 5, 3, 1", r.Persons, r.NoPermit, r.Several)
	}
	if n := findingsOf(r)["carl2_permits.person_id no_person"]; n != 1 {
		t.Errorf("%d permits without a person, want 1", n)
	}
}
