package store

import (
	"os"
	"path/filepath"
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
	l.CPR = nil
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
