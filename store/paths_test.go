package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAPathIsNoData: what a folder is called, of the extracts, of the store and of an export, is no value of any row and no
// pattern: DuckDB's readers take «decision=granted» for a column and «[1]» for a choice where they are let.
func TestAPathIsNoData(t *testing.T) {
	const rows = "select decided_on || ' ' || decision || ' ' || link_status from carl2_permits order by all"
	replaced := strings.Join([]string{
		fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"}),
		fixed("001", "0102801238", map[int]string{24: "01", 26: "200101010000", 39: "K", 40: "1980-02-01"}),
		fixed("022", "0102801238", map[int]string{14: "0203801233"}),
		fixed("001", "0203801233", map[int]string{24: "60", 26: "200101010000", 39: "K", 40: "1980-03-02"}),
		fixed("999", "9999999999", map[int]string{14: "00000003"}),
	}, "\n") + "\n"
	var want []string
	var wantCodes string
	for _, at := range []string{
		"plain", "c0=5/c1=6/person_id=P1", "decision=granted/decided_on=2010-01-01/as_of=2014-12-31", "code=9/legal_basis=x/cpr_number=1", "a[1]/*/filename=x",
	} {
		dir := filepath.Join(t.TempDir(), at)
		if err := os.MkdirAll(dir, 0o750); err != nil {
			t.Fatal(err)
		}
		files := writeFiles(t, registersOf)
		l := loadingOf(dir, day(t, "2014-12-31"))
		for _, name := range []string{"persons.csv", "permits.csv"} {
			if err := os.Rename(filepath.Join(files, name), filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		fixed := filepath.Join(dir, "cpr.txt")
		if err := os.WriteFile(fixed, []byte(replaced), 0o600); err != nil {
			t.Fatal(err)
		}
		l.CPR = []string{fixed}
		parquet := filepath.Join(dir, "more.parquet")
		parquetOf(t, parquet, `select * from (values ('S91', 'P1', '2013-02-01', 'granted'), ('S92', 'P2', '2013-03-01', 'refused'))
			as t(permit_id, person_id, decided_on, decision)`)
		l.Carl2Permits = append(l.Carl2Permits, parquet)
		store := filepath.Join(dir, "store")
		r, err := Load(t.Context(), store, l)
		if err != nil {
			t.Errorf("%s: %v", at, err)
			continue
		}
		for _, f := range r.Files {
			if len(f.NotStored) > 0 {
				t.Errorf("%s: columns %v of %s", at, f.NotStored, f.Table)
			}
		}
		got := values(t, store, theSnapshot, rows)
		codes := strings.Join(values(t, store, theSnapshot, "select code || coalesce(name, '') from code_municipalities order by all"), " ") +
			strings.Join(values(t, store, theIdentities, "select cpr_number || coalesce(current_cpr_number, '') from cpr_persons order by all"), " ")
		if want == nil {
			want, wantCodes = got, codes
		}
		if len(got) != 8 || !slices.Equal(got, want) || codes != wantCodes {
			t.Errorf("%s: %v, want %v; the code lists are those of a plain folder: %v", at, got, want, codes == wantCodes)
		}
		s := &Store{Dir: store}
		exported, err := s.Export(t.Context(), Exporting{Out: filepath.Join(dir, "exported")})
		if err != nil {
			t.Errorf("%s: export: %v", at, err)
			continue
		}
		for _, table := range exported.Tables {
			if table.Table == "carl2_permits" && table.Rows != 8 {
				t.Errorf("%s: %d permits exported", at, table.Rows)
			}
		}
	}
}
