package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Columns that came in each other's place: what stands where a day or a code should is kept, but not where questions read.
func TestMisplacedIdentifiersStayWithTheIdentities(t *testing.T) {
	files := writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number,cpr_linked_on,entered_on,sex,citizenship\n" +
			"P1,,0102801238,Quistorff,K,5100\nP2,,,2013-01-32,0102801238,010280-1238\n",
		"permits.csv": "permit_id,person_id,decided_on,decision,person_group,legal_basis,municipality_code\n" +
			"S1,P1,010280-1238,granted,0102801238,sag 0102801238,0101\nS2,P2,31-12-2013,granted,,§ 99,0102801238\n",
	})
	l := loading(t, files)
	l.CPR, l.Accept = nil, []string{"unreadable_days"}
	dir, _ := load(t, l)
	inSnapshot, err := os.ReadFile(filepath.Join(dir, "2014-12-31", snapshotFile))
	if err != nil {
		t.Fatal(err)
	}
	inIdentities, err := os.ReadFile(filepath.Join(dir, identitiesDir, "2014-12-31", identitiesFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"0102801238", "010280-1238", "Quistorff"} {
		if strings.Contains(string(inSnapshot), text) {
			t.Errorf("%d characters of an identifier stand in the file that questions read", len(text))
		}
		if !strings.Contains(string(inIdentities), text) {
			t.Errorf("%d characters of a delivered text are lost", len(text))
		}
	}
	for _, text := range []string{"31-12-2013", "2013-01-32", "Aaaaaaaaa", "aaa 9999999999", "§ 99"} {
		if !strings.Contains(string(inSnapshot), text) {
			t.Errorf("%q is not in the file that questions read", text)
		}
	}
}

// TestIdsAndBirthDatesAmongTheCodesStayWithTheIdentities: somebody's person-id, the number of a case, a birth date and a whole name are
// patterns where a code or a day should stand, in whichever order a name comes. What only looks a little like one is a code as delivered.
func TestIdsAndBirthDatesAmongTheCodesStayWithTheIdentities(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number,family_name,given_name,birth_date,sex,citizenship,entered_on\n" +
			"A7654321,,Quistorff,Ximena Ada,1980-02-01,M,1975-03-14,8765432\nA7654322,,von Zwergius,Bo,1981-02-01,A7654321,\"Quistorff, Ximena A.\",2013-01-01\n",
		"permits.csv": "permit_id,person_id,decided_on,decision,legal_basis,person_group,category,municipality_code\n" +
			"SAG-04711,A7654321,2013-01-10,granted,SAG-04711,A7654322,A7654321,14-03-1975\nSAG-04712,A7654321,2013-01-10,granted,Ada Von Zwergius,B7654329,,19750314\n" +
			"SAG-04713,A7654321,2013-01-10,granted,9.1.2,gruppe_70,,Ximena by\n",
		"cpr.csv": "cpr_number,status,citizenship,person_id\n0102801238,C7654321,Zwergius,C7654321\n",
	})))
	read := func(path ...string) string {
		text, err := os.ReadFile(filepath.Join(append([]string{dir}, path...)...))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	snapshot, identities := read("2014-12-31", snapshotFile), read(identitiesDir, "2014-12-31", identitiesFile)
	for _, text := range []string{"A7654321", "A7654322", "C7654321", "SAG-04711", "1975-03-14", "14-03-1975", "19750314", "8765432", "Quistorff, Ximena A.", "Ada Von Zwergius"} {
		if strings.Contains(snapshot, text) || !strings.Contains(identities, text) {
			t.Errorf("%s is in what everybody reads: %t; with the identities: %t", text, strings.Contains(snapshot, text), strings.Contains(identities, text))
		}
	}
	for _, text := range []string{"B7654329", "9.1.2", "gruppe_70", "Ximena by"} {
		if !strings.Contains(snapshot, text) {
			t.Errorf("the code %s is not in the file that questions read", text)
		}
	}
}

// TestAColumnThatHoldsNoCodesIsPatterns: of more texts than any list has codes, each in one row, none becomes a code of the snapshot;
// ten thousand of them still do.
func TestAColumnThatHoldsNoCodesIsPatterns(t *testing.T) {
	var permits strings.Builder
	permits.WriteString("permit_id,person_id,decided_on,decision,legal_basis,person_group\n")
	for i := range 10_001 {
		fmt.Fprintf(&permits, "S%d,P1,2013-01-10,granted,R%06dx,G%d\n", i, i, max(i, 1))
	}
	l := loading(t, writeFiles(t, map[string]string{"persons.csv": "person_id,cpr_number\nP1,\n", "permits.csv": permits.String()}))
	l.CPR, l.Accept = nil, []string{"old_decisions"}
	dir, r := load(t, l)
	got := values(t, dir, theSnapshot, "select concat_ws(' ', count(distinct legal_basis), min(legal_basis), count(distinct person_group)) from carl2_permits")
	if want := []string{"1 A999999a 10000"}; !slices.Equal(got, want) {
		t.Errorf("bases and groups %q, want %q", got, want)
	}
	if n := findingsOf(r)["carl2_permits.legal_basis unknown_code"]; n != 10_001 {
		t.Errorf("%d unknown bases are found, want each of the 10,001", n)
	}
}

// A name where a code should stand, in one row or in a whole column, is a pattern to whoever reads the snapshot or the receipt.
// A code that nobody knows and that is no name is shown as delivered, so that it can be mapped.
func TestNamesAmongTheCodesStayWithTheIdentities(t *testing.T) {
	const permitsHead = "permit_id,person_id,decided_on,decision,person_group,category,legal_basis,municipality_code\n"
	permits := permitsHead +
		"S1,P1,2013-01-10,Meddelt,quistorff,Zwergius,Ximena,0101\nS2,P2,2013-01-10,granted,gruppe_7,,dispensation,Quistorff\nS3,P2,2013-01-10,ximena,,,§ 99,\n"
	cpr := "cpr_number,status,sex,citizenship,municipality_code,family_name\n0102801238,Bundgaard,Ximena,Zwergius,Quistorff,Bundgaard\n"
	shown := []string{"Meddelt", "gruppe_7", "dispensation", "§ 99", "Aaaaaa", "Aaaaaaaaa"}
	for name, c := range map[string]struct {
		persons string
		shown   []string
	}{
		"in some rows": {"person_id,cpr_number,family_name,given_name,sex,citizenship\nP1,0102801238,Quistorff,Ximena Ada,K,Zwergius\nP2,,Zwergius,Bo,Bundgaard,Syrien\n",
			append(slices.Clone(shown), "Syrien")},
		"columns crosswise": {"person_id,cpr_number,citizenship,given_name,sex,family_name\nP1,0102801238,Quistorff,Ximena,K,5100\nP2,,Zwergius,Bo,Bundgaard,5100\n",
			[]string{"gruppe_7", "§ 99", "Aaaaaa", "Aaaaaaaaa"}},
	} {
		l := loading(t, writeFiles(t, map[string]string{"persons.csv": "person_id,cpr_number\nP1,\n", "permits.csv": permitsHead + "S1,P1,2013-01-10,granted,,,,\n", "cpr.csv": cpr}))
		l.CPR, l.AsOf = nil, day(t, "2013-12-31") // the gate will name the codes that are new
		dir, _ := load(t, l)
		l = loading(t, writeFiles(t, map[string]string{"persons.csv": c.persons, "permits.csv": permits, "cpr.csv": cpr}))
		l.Accept = []string{"unknown_decisions", "unknown_categories"}
		if _, err := Load(t.Context(), dir, l); err != nil {
			t.Fatal(err)
		}
		read := func(path ...string) string {
			text, err := os.ReadFile(filepath.Join(path...))
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		snapshot, identities := read(dir, "2014-12-31", snapshotFile), read(dir, identitiesDir, "2014-12-31", identitiesFile)
		receipt := read(dir, "2014-12-31", receiptFile)
		for _, text := range []string{"Quistorff", "quistorff", "Zwergius", "Ximena", "ximena", "Bundgaard", "BUNDGAARD", "XIMENA"} {
			if strings.Contains(snapshot, text) || strings.Contains(receipt, text) {
				t.Errorf("%s: a name of %d characters stands in what everybody reads", name, len(text))
			}
			if text != "Bundgaard" && text != "XIMENA" && !strings.Contains(identities, text) {
				t.Errorf("%s: a delivered text of %d characters is lost", name, len(text))
			}
		}
		if !strings.Contains(receipt, `"Meddelt"`) && name == "in some rows" {
			t.Error("the receipt does not name a code that is new")
		}
		for _, text := range c.shown {
			if !strings.Contains(snapshot, text) {
				t.Errorf("%s: %q is not in the file that questions read", name, text)
			}
		}
	}
}
