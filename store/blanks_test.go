package store

import (
	"database/sql"
	"path/filepath"
	"testing"
)

// TestBlanksAroundIdsAndCodes: a blank before or after an id or a code is no part of it, in every register and through a
// profile's words; each is a finding. A blank within a text, and those around a name, stay.
func TestBlanksAroundIdsAndCodes(t *testing.T) {
	l := loading(t, writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number,family_name,sex,citizenship\n P1,0102801238, Quistorff,K ,5100 \nP2 ,,,M,SY\nP2,,,M,\n   ,,,M,\n",
		"permits.csv": "permit_id,person_id,decided_on,decision,legal_basis,municipality_code\n" +
			"S1,P1 ,2013-01-10,granted ,§ 7 ,0461 \n S2,\" P2\",2013-01-11,M ,§ 7,0461\nS2,P2,2013-01-11,granted,§ 7,NULL \nS3,P 2,2013-01-11,granted,§ 7,  \n",
		"cpr.csv": "cpr_number,status,person_id\n0102801238,01 , P1\n",
	}))
	l.Profile = profileOf(t, "[carl2_permits]\nmissing = [\" NULL\"]\n[carl2_permits.values.decision]\ngranted = [\"M\"]\n")
	dir, r := load(t, l)
	wantFindings(t, r, map[string]int64{
		"carl2_persons.person_id surrounding_blanks": 2, "carl2_persons.sex surrounding_blanks": 1, "carl2_persons.citizenship surrounding_blanks": 1,
		"carl2_persons.person_id repeated":           1,
		"carl2_permits.permit_id surrounding_blanks": 1, "carl2_permits.person_id surrounding_blanks": 2, "carl2_permits.decision surrounding_blanks": 2,
		"carl2_permits.legal_basis surrounding_blanks": 1, "carl2_permits.municipality_code surrounding_blanks": 2, "carl2_permits.person_id no_person": 1,
		"cpr_persons.status surrounding_blanks": 1, "cpr_persons.person_id surrounding_blanks": 1,
	})
	for _, f := range r.Files {
		if want := map[string]int64{"carl2_persons": 1, "carl2_permits": 1, "cpr_persons": 0}[f.Table]; f.Rejected != want {
			t.Errorf("%s: %d rejected, want %d", f.Table, f.Rejected, want)
		}
	}
	db, err := sql.Open("duckdb", filepath.Join(dir, "2014-12-31", snapshotFile)+"?access_mode=READ_ONLY")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("select link_status, decision, legal_basis, coalesce(municipality_code, 'none'), n from (select link_status, decision, legal_basis, municipality_code, count(*) as n from carl2_permits group by all) order by all")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	want := [][4]string{{"linked", "granted", "§ 7", "0461"}, {"no_person", "granted", "§ 7", "none"}, {"unlinked", "granted", "§ 7", "0461"}}
	for _, w := range want {
		var got [4]string
		var n int64
		if !rows.Next() {
			t.Fatalf("no row %v", w)
		}
		if err := rows.Scan(&got[0], &got[1], &got[2], &got[3], &n); err != nil || got != w || n != 1 {
			t.Errorf("%v, %d, %v; want %v", got, n, err, w)
		}
	}
	if rows.Next() || rows.Err() != nil {
		t.Errorf("more rows, %v", rows.Err())
	}
}

// wantFindings holds a receipt's findings, by table, column and reason, against those wanted.
func wantFindings(t *testing.T, r Receipt, want map[string]int64) {
	t.Helper()
	got := map[string]int64{}
	for _, f := range r.Findings {
		got[f.Table+"."+f.Column+" "+f.Reason] = f.N
	}
	for name, n := range want {
		if got[name] != n {
			t.Errorf("%s: %d, want %d", name, got[name], n)
		}
	}
	for name, n := range got {
		if _, known := want[name]; !known {
			t.Errorf("%s: %d, want none", name, n)
		}
	}
}
