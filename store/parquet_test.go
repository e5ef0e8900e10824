package store

import (
	"database/sql"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"koblet/registers"
	"koblet/store/desk"
)

// parquetOf has DuckDB write a SELECT as a Parquet file.
func parquetOf(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("copy (" + query + ") to " + desk.Literal(path) + " (format parquet)"); err != nil {
		t.Fatal(err)
	}
}

// TestTypedParquet: days that have a type are days whatever pattern the profile has for texts; an instant has the day that it was in
// Denmark, in summer and in winter, wherever the machine stands; codes from a dictionary.
func TestTypedParquet(t *testing.T) {
	files := writeFiles(t, registersOf)
	path := filepath.Join(files, "permits.parquet")
	parquetOf(t, path, `select * from (values
		(1::decimal(10, 0), 'P1', timestamptz '2013-01-09 23:00:00+00', 'granted'::enum('granted', 'refused'), date '2013-02-01'),
		(2, 'P1', timestamptz '2013-07-09 22:00:00+00', 'granted', null),
		(3, 'P1', timestamptz '2013-03-03 00:00:00+00', 'refused', null),
		(4, 'P1', timestamptz '2013-01-11 12:00:00+00', 'granted', null),
		(5, 'P1', null, 'granted', null)) as t(permit_id, person_id, decided_on, decision, valid_from)`)
	for _, zone := range []string{"UTC", "America/New_York"} {
		t.Setenv("TZ", zone)
		l := loading(t, files)
		l.Carl2Permits = []string{path}
		l.Profile = profileOf(t, "[carl2_permits]\ndates = \"%d-%m-%Y\"\n")
		dir, r := load(t, l)
		want := []string{"2013-01-10", "2013-01-11", "2013-03-03", "2013-07-10", "none"}
		if days := values(t, dir, theSnapshot, "select coalesce(decided_on::varchar, 'none') as day from carl2_permits order by day"); !slices.Equal(days, want) {
			t.Errorf("%s: decided on %v, want %v", zone, days, want)
		}
		if texts := values(t, dir, theSnapshot, "select text from untyped_values"); len(texts) > 0 {
			t.Errorf("%s: texts %v", zone, texts)
		}
		found := findingsOf(r)
		maps.DeleteFunc(found, func(name string, _ int64) bool { return !strings.HasPrefix(name, "carl2_permits") })
		if !maps.Equal(found, map[string]int64{"carl2_permits.decided_on missing_decision_day": 1}) {
			t.Errorf("%s: findings %v", zone, found)
		}
		if ids := values(t, dir, theIdentities, "select permit_id from carl2_permits order by 1"); !slices.Equal(ids, []string{"1", "2", "3", "4", "5"}) {
			t.Errorf("%s: ids %v", zone, ids)
		}
	}
}

// TestParquetThatCannotBeLoaded: each refusal names the file; a nested column that is no field is only not stored.
func TestParquetThatCannotBeLoaded(t *testing.T) {
	files := writeFiles(t, registersOf)
	path := filepath.Join(files, "permits.parquet")
	l := loading(t, files)
	l.Carl2Permits = []string{path}
	const columns = "select 'S' || i as permit_id, 'P1' as person_id, date '2013-01-10' as decided_on"
	refused := func(name, want string) {
		t.Helper()
		_, err := Load(t.Context(), filepath.Join(t.TempDir(), "s"), l)
		if err == nil || !strings.Contains(err.Error(), path+want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for kind, value := range map[string]string{"a list": "['granted']", "a structure": "{'is': 'granted'}", "a map": "map {'is': 'granted'}"} {
		parquetOf(t, path, columns+", "+value+" as decision from range(3) t(i)")
		refused(kind, ": column 4, decision, holds lists or structures; a field is one value")
	}
	parquetOf(t, path, columns+", case when i = 2 then '\\xd8'::blob else encode('granted') end as decision from range(3) t(i)")
	refused("bytes that are no text", ":3: column 4, decision, is not marked as text, and its bytes are no UTF-8; write it as text")
	parquetOf(t, path, columns+", 'granted' as decision, ['0102801238'] as numbers from range(3) t(i)")
	if _, r := load(t, l); !slices.Equal(receiptOf(t, r, "carl2_permits").NotStored, []string{"numbers"}) {
		t.Errorf("not stored: %v", receiptOf(t, r, "carl2_permits").NotStored)
	}
	parquetOf(t, path, columns+", 'granted' || i as decision from range(3000) t(i)")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole[:len(whole)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	refused("a byte too few", ": no Parquet file that can be read: it is cut off, for it does not end as one; copy it or have it delivered again")
	spoilt := slices.Clone(whole)
	for i := 4; i < 400; i++ {
		spoilt[i] ^= 0xff
	}
	for name, text := range map[string][]byte{"cut off": whole[:len(whole)/2], "spoilt": spoilt} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		refused(name, ": ")
	}
}

// TestNumbersInTheNamesOfFiles: the receipt and the list of rejects name files, less what could be somebody's number.
func TestNumbersInTheNamesOfFiles(t *testing.T) {
	files := writeFiles(t, registersOf)
	named := filepath.Join(files, "0102801238 20141231.csv")
	if err := os.Rename(filepath.Join(files, "permits.csv"), named); err != nil {
		t.Fatal(err)
	}
	l := loading(t, files)
	l.Carl2Permits = []string{named}
	dir, r := load(t, l)
	if got, want := receiptOf(t, r, "carl2_permits").File, registers.WithoutNumbers(files)+"/(number) 20141231.csv"; got != want {
		t.Errorf("the receipt names %s, want %s", got, want)
	}
	for _, name := range []string{receiptFile, rejectsFile, filesFile} {
		text, err := os.ReadFile(filepath.Join(dir, "2014-12-31", name))
		if err != nil || strings.Contains(string(text), "0102801238") {
			t.Errorf("%s holds the number, or %v", name, err)
		}
	}
}

// TestZeroBytesInParquet: a row with one in any text is rejected by its place, as the line of a CSV file and the row of a sheet are.
func TestZeroBytesInParquet(t *testing.T) {
	files := writeFiles(t, registersOf)
	path := filepath.Join(files, "permits.parquet")
	parquetOf(t, path, `select 'S' || i as permit_id, 'P1' as person_id, date '2013-01-02' as decided_on, case i when 3 then 'gran' || chr(0) || 'ted' else 'granted' end as decision,
		case i when 7 then 'x' || chr(0) else 'x' end as remark, case i when 9 then encode(chr(0) || 'a') else encode('a') end as legal_basis from range(1, 11) t(i)`)
	l := loading(t, files)
	l.Carl2Permits = []string{path}
	dir, r := load(t, l)
	if f := receiptOf(t, r, "carl2_permits"); f.Lines != 10 || f.Loaded != 7 || f.Rejected != 3 {
		t.Errorf("%+v", f)
	}
	text, err := os.ReadFile(filepath.Join(dir, "2014-12-31", rejectsFile))
	for _, row := range []string{"3", "7", "9"} {
		if want := registers.WithoutNumbers(path) + "," + row + ",nul_byte"; err != nil || !strings.Contains(string(text), want+"\n") {
			t.Errorf("no %s in %s, %v", want, text, err)
		}
	}
	if got := values(t, dir, theIdentities, "select permit_id from carl2_permits order by length(permit_id), permit_id"); !slices.Equal(got, []string{"S1", "S2", "S4", "S5", "S6", "S8", "S10"}) {
		t.Errorf("ids %q", got)
	}
}
