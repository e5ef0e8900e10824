package store

import (
	"maps"
	"slices"
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
	want := map[string]int64{
		"carl2_persons.person_id surrounding_blanks": 2, "carl2_persons.sex surrounding_blanks": 1, "carl2_persons.citizenship surrounding_blanks": 1,
		"carl2_persons.person_id repeated":           1,
		"carl2_permits.permit_id surrounding_blanks": 1, "carl2_permits.person_id surrounding_blanks": 2, "carl2_permits.decision surrounding_blanks": 2,
		"carl2_permits.legal_basis surrounding_blanks": 1, "carl2_permits.municipality_code surrounding_blanks": 2, "carl2_permits.person_id no_person": 1,
		"cpr_persons.status surrounding_blanks": 1, "cpr_persons.person_id surrounding_blanks": 1,
	}
	if got := findingsOf(r); !maps.Equal(got, want) {
		t.Errorf("findings %v, want %v", got, want)
	}
	for _, f := range r.Files {
		if want := map[string]int64{"carl2_persons": 1, "carl2_permits": 1, "cpr_persons": 0}[f.Table]; f.Rejected != want {
			t.Errorf("%s: %d rejected, want %d", f.Table, f.Rejected, want)
		}
	}
	got := values(t, dir, theSnapshot, "select concat_ws(' ', link_status, decision, legal_basis, municipality_code) as row from carl2_permits order by row")
	if want := []string{"linked granted § 7 0461", "no_person granted § 7", "unlinked granted § 7 0461"}; !slices.Equal(got, want) {
		t.Errorf("permits %q, want %q", got, want)
	}
}

// TestBlanksOfWorkbooks: the space that does not break and the tab are blanks as well, behind an id, a code or a CPR-number.
func TestBlanksOfWorkbooks(t *testing.T) {
	for name, blank := range map[string]string{
		"space that does not break": "\u00a0",
		"tab":                       "\t",
		"line break":                "\n",
	} {
		l := loading(t, writeFiles(t, map[string]string{
			"persons.csv": "person_id,cpr_number,sex\nP1,\"0102801238" + blank + "\",\"K" + blank + "\"\nP2,\"" + blank + "\",\nP3,\"" + blank + "020380-1233\",\n",
			"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-10,\"granted" + blank + "\"\nS2,\"P2" + blank + "\",2013-01-11,granted\nS3,\"" + blank + "P3\",2013-01-11,granted\n",
		}))
		l.CPR = nil
		dir, r := load(t, l)
		want := map[string]int64{
			"carl2_persons.cpr_number surrounding_blanks": 3, "carl2_persons.sex surrounding_blanks": 1,
			"carl2_permits.decision surrounding_blanks": 1, "carl2_permits.person_id surrounding_blanks": 2,
		}
		if got := findingsOf(r); !maps.Equal(got, want) {
			t.Errorf("%s: findings %v, want %v", name, got, want)
		}
		got := values(t, dir, theSnapshot, "select concat_ws(' ', link_status, decision, sex) as row from carl2_permits order by row")
		if want := []string{"linked_unverified granted", "linked_unverified granted K", "unlinked granted"}; !slices.Equal(got, want) {
			t.Errorf("%s: permits %q, want %q", name, got, want)
		}
	}
}
