package store

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"koblet/registers/profiles"
	"koblet/store/extract"
)

// profileOf reads a test's profile.
func profileOf(t *testing.T, text string) profiles.Profile {
	t.Helper()
	p, err := profiles.Parse("profile.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// values gives the one row of one column that a statement selects from the newest snapshot's files, as texts.
func values(t *testing.T, dir, file, statement string) []string {
	t.Helper()
	db, err := sql.Open("duckdb", filepath.Join(dir, file)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(statement)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text sql.NullString
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text.String)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

const (
	theSnapshot   = "2014-12-31/" + snapshotFile
	theIdentities = identitiesDir + "/2014-12-31/" + identitiesFile
)

func receiptOf(t *testing.T, r Receipt, table string) FileReceipt {
	t.Helper()
	i := slices.IndexFunc(r.Files, func(f FileReceipt) bool { return f.Table == table })
	if i < 0 {
		t.Fatalf("no receipt of %s", table)
	}
	return r.Files[i]
}

func findingsOf(r Receipt) map[string]int64 {
	all := map[string]int64{}
	for _, f := range r.Findings {
		all[f.Table+"."+f.Column+" "+f.Reason] = f.N
	}
	return all
}

// TestAProfileIsFollowed: other names, another delimiter and encoding, days of another form, missing values, mapped values,
// one file for both tables, a code of the profile's own, and text that no rule fits.
func TestAProfileIsFollowed(t *testing.T) {
	both := "SAGSNR;PERS;CPR;AFG_DATO;AFG;KAT;NAVN;BASIS\r\n" +
		"S1;P1;0102801238;01-02-2013;M;fam;S\xf8rensen \x96 \xd8;\xa7 9 x\r\n" +
		"S2;P2;-;1-3-2013;Meddelt;NULL;NULL;\xa7 7\r\n" +
		"S3;P2;;31-02-2013;A;fam;;\r\n" +
		"S4;P2;;2013-04-01;X;odd;;\r\n"
	l := Loading{AsOf: day(t, "2014-12-31"), Now: day(t, "2015-01-02"), Program: "test"}
	l.Carl2 = []string{filepath.Join(writeFiles(t, map[string]string{"both.csv": both}), "both.csv")}
	l.Profile = profileOf(t, `
[carl2_persons]
delimiter = ";"
missing = ["-", "NULL"]
[carl2_persons.columns]
person_id = "pers"
cpr_number = "CPR"
family_name = "NAVN"
[carl2_permits]
dates = "%d-%m-%Y"
missing = ["NULL"]
[carl2_permits.columns]
permit_id = "SAGSNR"
person_id = "PERS"
decided_on = "AFG_DATO"
decision = "AFG"
category = "KAT"
legal_basis = "BASIS"
[carl2_permits.values.decision]
granted = ["Meddelt", "M"]
refused = ["A"]
[carl2_permits.values.category]
family = ["fam"]
[[legal_bases]]
person_group = "fishery"
legal_basis = "§ 9 x"
category = "work"
`)
	dir, r := load(t, l)
	for _, table := range []string{"carl2_persons", "carl2_permits"} {
		f := receiptOf(t, r, table)
		if f.Lines != 5 || f.Header != 1 || f.Loaded != 4 || f.Rejected != 0 || f.PhysicalLines != 5 || f.Encoding != "windows-1252" || f.NotStored != nil || f.Bytes != int64(len(both)) {
			t.Errorf("%s: %+v", table, f)
		}
	}
	for statement, want := range map[string][]string{
		"select coalesce(decided_on::varchar, '') from carl2_permits order by decided_on":           {"2013-02-01", "2013-03-01", "", ""},
		"select decision from carl2_permits order by decided_on, decision":                          {"granted", "granted", "X", "refused"},
		"select category from carl2_permits order by decided_on, decision":                          {"family", "asylum", "unknown", "family"},
		"select coalesce(person_group, '') from carl2_permits where legal_basis = '§ 9 x'":          {"fishery"},
		"select text from untyped_values order by text":                                             {" 2013-04-01", "31-02-2013", "odd"},
		"select column_name from delivered_columns where table_name = 'carl2_persons' order by all": {"cpr_number", "family_name", "person_id"},
	} {
		if got := values(t, dir, theSnapshot, statement); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", statement, got, want)
		}
	}
	if got := values(t, dir, theIdentities, "select family_name from carl2_persons where family_name is not null"); !slices.Equal(got, []string{"Sørensen – Ø"}) {
		t.Errorf("names %q", got)
	}
	if got := findingsOf(r); got["carl2_permits.decided_on not_a_date"] != 2 || got["carl2_permits.decision unknown_code"] != 1 ||
		got["carl2_permits.category unknown_code"] != 1 || got["carl2_permits.legal_basis unknown_code"] != 0 || got["carl2_persons.person_id repeated"] != 2 {
		t.Errorf("findings %v", got)
	}
}

// TestTheProfileIsInTheHash: what a profile says is in the snapshot's hash, how it is written is not.
func TestTheProfileIsInTheHash(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	hash := func(profile string) string {
		l.Profile = profileOf(t, profile)
		_, r := load(t, l)
		return r.Snapshot
	}
	plain, spelt := hash(""), hash("# nothing\n[numbers]\nformat = \"cpr\"\nremainder = 0\n")
	if plain != spelt {
		t.Error("two ways to write one profile have two hashes")
	}
	for _, other := range []string{"[numbers]\nremainder = 1", "[carl2_permits]\nmissing = [\"-\"]", "[[countries]]\ncode = \"5998\"\nname_da = \"Sydsudan\""} {
		if hash(other) == plain {
			t.Errorf("%q has the hash of no profile", other)
		}
	}
}

// TestFilesOfOneTable: two files with their columns in another order, one of them gzip, are one table; a row is found in the
// file and on the line where it stands.
func TestFilesOfOneTable(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte("\xef\xbb\xbfdecision,decided_on,person_id,permit_id\r\n\r\ngranted,2013-05-01,P1,S2\r\nrefused,2013-05-02,P1,S1\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	files := writeFiles(t, map[string]string{"persons.csv": "person_id,cpr_number\nP1,\n",
		"a.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\n", "b.csv.gz": packed.String()})
	l := Loading{AsOf: day(t, "2014-12-31"), Now: day(t, "2015-01-02"), MaxRejects: Limit{Count: 1},
		Carl2Persons: []string{filepath.Join(files, "persons.csv")},
		Carl2Permits: []string{filepath.Join(files, "a.csv"), filepath.Join(files, "b.csv.gz")}}
	dir, r := load(t, l)
	if got := values(t, dir, theSnapshot, "select decision || ' ' || decided_on from carl2_permits order by decided_on"); !slices.Equal(got, []string{"granted 2013-01-01", "granted 2013-05-01"}) {
		t.Errorf("permits %q", got)
	}
	f := r.Files[2]
	if f.PhysicalLines != 4 || f.Lines != 3 || f.Loaded != 1 || f.Rejected != 1 || f.Bytes != int64(packed.Len()) {
		t.Errorf("receipt %+v", f)
	}
	rejects, err := os.ReadFile(filepath.Join(dir, "2014-12-31", rejectsFile))
	if err != nil || !strings.Contains(string(rejects), "b.csv.gz,4,repeated_key\n") {
		t.Errorf("rejects %q, %v", rejects, err)
	}
}

// TestStandardInput: what comes through a pipe is what comes from a file, and no copy of it is left.
func TestStandardInput(t *testing.T) {
	files := writeFiles(t, registersOf)
	l := loading(t, files)
	_, want := load(t, l)
	l.Carl2Permits, l.Stdin = []string{"-"}, strings.NewReader(registersOf["permits.csv"])
	dir, got := load(t, l)
	if got.Snapshot != want.Snapshot || receiptOf(t, got, "carl2_permits").File != "-" {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(filepath.Join(dir, buildingDir)); !errors.Is(err, os.ErrNotExist) {
		t.Error("the copy is left")
	}
}

// TestCPRsOwnExtract loads the CPR office's demonstration extract in both shapes: the same persons, statuses and current
// numbers.
func TestCPRsOwnExtract(t *testing.T) {
	const folder = "../../shared/data/cpr"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the CPR office's extract is not beside the project")
	}
	var first []string
	for _, name := range []string{"U12170-lines.txt", "U12170-stream.txt"} {
		l := loading(t, writeFiles(t, registersOf))
		l.CPR, l.Accept = []string{filepath.Join(folder, name)}, []string{"other_production_day"} // of 2001
		dir, r := load(t, l)
		f := receiptOf(t, r, "cpr_persons")
		if f.Format != "u12170" || f.Encoding != "iso-8859-1" || f.Lines != 1100 || f.Header != 2 || f.Loaded != 1098 || f.Persons != 80 {
			t.Errorf("%s: %+v", name, f)
		}
		if got, want := values(t, dir, theSnapshot, "select status || ' ' || count(*) from cpr_persons group by status order by status"),
			[]string{"01 69", "50 1", "60 3", "70 1", "80 3", "90 3"}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		all := values(t, dir, theIdentities, "select cpr_persons::varchar from (select * exclude (number_key) from cpr_persons) cpr_persons order by cpr_number")
		if first == nil {
			first = all
		}
		if len(all) != 80 || !slices.Equal(all, first) {
			t.Errorf("%s: %d persons, and not the same as in the other shape", name, len(all))
		}
		if got := values(t, dir, theIdentities, "select current_cpr_number from cpr_persons where cpr_number = '0101520013'"); !slices.Equal(got, []string{"0107529039"}) {
			t.Errorf("%s: the double number leads to %d numbers", name, len(got))
		}
		if got := values(t, dir, theIdentities, "select count(*) from cpr_persons where protected"); got[0] != "6" {
			t.Errorf("%s: %s are protected, want 6: five, and an older number of one of them", name, got[0])
		}
	}
}

// fixed is one record: texts at positions counted from 1.
func fixed(kind, number string, fields map[int]string) string {
	record := []byte(kind + number)
	for at, text := range fields {
		for len(record) < at-1+len(text) {
			record = append(record, ' ')
		}
		copy(record[at-1:], text)
	}
	return string(record)
}

// TestReplacedNumbers: record 022 gives the current number where 001 has none, and only there; a number twice is rejected
// on its own line.
func TestReplacedNumbers(t *testing.T) {
	text := strings.Join([]string{
		fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"}),
		fixed("001", "0102801238", map[int]string{24: "01"}),
		fixed("022", "0102801238", map[int]string{14: "0203801233"}),
		fixed("022", "0102801238", map[int]string{14: "0304801239"}),
		fixed("001", "0203801233", map[int]string{24: "60"}),
		fixed("001", "0304801239", map[int]string{14: "0405801234", 24: "60"}),
		fixed("001", "0203801233", map[int]string{24: "60"}),
		fixed("999", "9999999999", map[int]string{14: "00000006"}),
	}, "\n") + "\n"
	l := loading(t, writeFiles(t, registersOf))
	l.CPR = []string{filepath.Join(writeFiles(t, map[string]string{"cpr.txt": text}), "cpr.txt")}
	dir, r := load(t, l)
	if got, want := values(t, dir, theIdentities, "select cpr_number || ' ' || coalesce(current_cpr_number, '') from cpr_persons order by 1"),
		[]string{"0102801238 ", "0203801233 0102801238", "0304801239 0405801234"}; !slices.Equal(got, want) {
		t.Errorf("%d current numbers are not as wanted", len(got))
	}
	if f := receiptOf(t, r, "cpr_persons"); f.Lines != 8 || f.Header != 2 || f.Loaded != 5 || f.Rejected != 1 || f.Persons != 4 || f.Findings != 0 {
		t.Errorf("%+v", f)
	}
	rejects, err := os.ReadFile(filepath.Join(dir, "2014-12-31", rejectsFile))
	if err != nil || !strings.Contains(string(rejects), "cpr.txt,7,repeated_key\n") {
		t.Errorf("rejects %q, %v", rejects, err)
	}
}

// TestParquet: what DuckDB writes of the extracts as Parquet, typed, loads as the extracts do.
func TestParquet(t *testing.T) {
	files := writeFiles(t, registersOf)
	l := loading(t, files)
	wantDir, want := load(t, l)
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, kind := range map[string]string{"permits": "timestamp", "cpr": "varchar"} {
		if _, err := db.Exec(fmt.Sprintf("copy (select * replace (%s) from read_csv('%s/%s.csv', all_varchar = true)) to '%s/%s.parquet'",
			map[string]string{"timestamp": "coalesce(try_cast(decided_on as timestamp)::varchar, decided_on) as decided_on", "varchar": "birth_date::date as birth_date"}[kind], files, name, files, name)); err != nil {
			t.Fatal(err)
		}
	}
	l.CPR = []string{filepath.Join(files, "cpr.parquet")}
	dir, got := load(t, l)
	if f := receiptOf(t, got, "cpr_persons"); f.Format != "parquet" || f.Header != 0 || f.Lines != 1 || f.Loaded != 1 {
		t.Errorf("%+v", f)
	}
	const all = "select status || sex || birth_year || citizenship from cpr_persons"
	if g, w := values(t, dir, theSnapshot, all), values(t, wantDir, theSnapshot, all); !slices.Equal(g, w) || want.Permits != got.Permits {
		t.Errorf("%q, want %q", g, w)
	}
	l.CPR, l.Carl2Permits, l.Accept = nil, []string{filepath.Join(files, "permits.parquet")}, []string{"unreadable_days"}
	_, got = load(t, l)
	if f := receiptOf(t, got, "carl2_permits"); f.Lines != 7 || f.Loaded != 6 || f.Rejected != 1 {
		t.Errorf("%+v", f)
	}
}

// TestExplain shows what columns are read as and what values look like, stores nothing, and shows no value.
func TestExplain(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	all, err := extract.Explain(l.Delivery())
	if err != nil || len(all) != 3 {
		t.Fatal(all, err)
	}
	permits := all[2]
	if permits.Table != "carl2_permits" || permits.Format != "csv" || permits.Encoding != "utf-8" || permits.Delimiter != "," ||
		!slices.Equal(permits.Columns[4].Patterns, []string{"§ 9, aaa. 9, aa. 9", "§ 9", "§ 9 a, aaa. 9", "§ 99", "§ 9"}) ||
		permits.Columns[2].Field != "decided_on" || !slices.Contains(permits.Lacking, "category") {
		t.Errorf("%+v", permits)
	}
	text, err := json.Marshal(all)
	if err != nil || bytes.Contains(text, []byte("Quistorff")) || bytes.Contains(text, []byte("1238")) {
		t.Errorf("a value is shown, %v", err)
	}
}

// TestOpaqueNumbers: with numbers = "opaque" any text is a key: no finding, and the same key in the other register links.
func TestOpaqueNumbers(t *testing.T) {
	l := loading(t, writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number,birth_date,sex\nP1,abc,1980-02-01,K\nP2,9999999999,1980-02-01,K\nP3,,,\nP4,a-bc,,\nP5, ab-c ,,\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\nS2,P2,2013-01-02,granted\nS3,P3,2013-01-03,granted\nS4,P4,2013-01-04,granted\nS5,P5,2013-01-05,granted\n",
		"cpr.csv":     "cpr_number,status,sex\nabc,01,K\nab-c,01,M\n", // a hyphen is a character of a key that has no rules
	}))
	l.Profile = profileOf(t, "[numbers]\nformat = \"opaque\"\n")
	dir, r := load(t, l)
	if got, want := values(t, dir, theSnapshot, "select link_status from carl2_permits order by decided_on"), []string{"linked", "not_in_cpr", "unlinked", "not_in_cpr", "linked"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, view := range []string{"number_verdicts", "birth_and_sex_verdicts"} { // no rule holds or breaks, and a key says nothing of a birth
		if got := values(t, dir, theSnapshot, "select register from "+view); len(got) != 0 {
			t.Errorf("%s: %d rows on opaque keys, want none", view, len(got))
		}
	}
	if got, want := findingsOf(r), map[string]int64{"carl2_persons.cpr_number surrounding_blanks": 1}; !maps.Equal(got, want) {
		t.Errorf("findings %v, want %v", got, want)
	}
}

// TestNoRegisterIsHeldAgainstItself: one content as CARL2's persons and as CPR's is refused; permits in the persons' file are not.
func TestNoRegisterIsHeldAgainstItself(t *testing.T) {
	text := "person_id,cpr_number,permit_id,decided_on,decision\nP1,0102801238,S1,2014-12-01,granted\n"
	files := writeFiles(t, map[string]string{"a.csv": text, "b.csv": text, "c.csv": text})
	l := loading(t, files)
	l.Carl2Persons, l.Carl2Permits, l.CPR = []string{filepath.Join(files, "a.csv")}, []string{filepath.Join(files, "b.csv")}, nil
	load(t, l)
	l.CPR = []string{filepath.Join(files, "c.csv")}
	if _, err := Load(t.Context(), t.TempDir(), l); err == nil || !strings.Contains(err.Error(), "a.csv: the same content as "+filepath.Join(files, "c.csv")+", to the byte") {
		t.Errorf("%v", err)
	}
}

// TestATitleAboveTheHeader: a workbook with a title says in which row its header seems to stand, at the load and in the suggested profile.
func TestATitleAboveTheHeader(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	l.CPR = nil
	l.Carl2Persons = []string{workbookOf(t, [][]any{{"Extract of CARL2"}, nil, {"Udl.nr.", "CPR-nr.", "Efternavn"}, {"P1", "0102801238", "Quistorff"}})}
	if _, err := Load(t.Context(), t.TempDir(), l); err == nil || !strings.Contains(err.Error(), "line 3 looks like the header; take away what stands above it") {
		t.Errorf("%v", err)
	}
	got, err := extract.Suggest(l.Delivery())
	if err != nil || !strings.Contains(got.Text, "# Line 3 looks like the header: take away what stands above it") || strings.Contains(got.Text, "Quistorff") {
		t.Errorf("%v: %s", err, got.Text)
	}
}
