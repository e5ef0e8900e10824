package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"koblet/queries"
	"koblet/store/desk"
)

// day reads a day of a test.
func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// writeFiles writes a test's files into a folder of its own and gives the folder.
func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// registersOf are three small extracts, each row there for a reason that the tests name.
var registersOf = map[string]string{
	"persons.csv": strings.Join([]string{
		"person_id,cpr_number,cpr_linked_on,family_name,given_name,birth_date,sex,citizenship,entered_on",
		"P1,010280-1238,2013-03-01,Quistorff,Ada,1980-02-01,K,5100,2013-01-02",
		"P2,,,Bundgaard,Bo,1975-07-09,M,5452,2013-02-03",
		"P3,abc,,Zwergius,Ximena,1975-07-09,M,SY,2013-02-03",
		",0202801235,,Nobody,No,1980-02-02,M,5100,",
	}, "\n") + "\n",
	"permits.csv": strings.Join([]string{
		"permit_id,person_id,decided_on,decision,legal_basis",
		`S1,P1,2013-02-01,granted,"§ 9, stk. 1, nr. 1"`,
		`S2,P2,2013-05-01,granted,§ 7`,
		`S3,P3,2013-06-01,lapsed,"§ 9 c, stk. 1"`,
		`S4,P9,2012-06-01,revoked,§ 99`,
		`S5,P2,2013-30-01,granted,§ 7`,
		`S6,P2,2013-05-02,refused,§ 7`,
		`S1,P2,2013-05-02,granted,§ 7`,
	}, "\n") + "\n",
	"cpr.csv": strings.Join([]string{
		"cpr_number,status,sex,birth_date,citizenship",
		"0102801238,01,K,1980-02-01,5100",
	}, "\n") + "\n",
}

func loading(t *testing.T, files string) Loading { return loadingOf(files, day(t, "2014-12-31")) }

// loadingOf is the loading of the files of a folder by their usual names.
func loadingOf(files string, asOf time.Time) Loading {
	return Loading{
		AsOf:         asOf,
		Carl2Persons: []string{filepath.Join(files, "persons.csv")},
		Carl2Permits: []string{filepath.Join(files, "permits.csv")},
		CPR:          []string{filepath.Join(files, "cpr.csv")},
		MaxRejects:   Limit{Count: 10},
		Program:      "test",
		Now:          asOf.AddDate(2, 0, 2),
	}
}

// load loads files into a store of its own and gives the store's folder and the receipt.
func load(t *testing.T, l Loading) (string, Receipt) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "store")
	r, err := Load(context.Background(), dir, l)
	if err != nil {
		t.Fatal(err)
	}
	return dir, r
}

func TestLoadAccountsForEveryLine(t *testing.T) {
	dir, r := load(t, loading(t, writeFiles(t, registersOf)))
	type account struct{ lines, header, loaded, rejected, findings int64 }
	want := map[string]account{
		"carl2_persons": {5, 1, 3, 1, 1}, // no person-id; a number that is none
		"carl2_permits": {8, 1, 6, 1, 5}, // S1 again; 30 January written backwards, two lapse days missing, § 99, nobody
		"cpr_persons":   {2, 1, 1, 0, 0},
	}
	for _, f := range r.Files {
		if got := (account{f.Lines, f.Header, f.Loaded, f.Rejected, f.Findings}); got != want[f.Table] {
			t.Errorf("%s: %+v, want %+v", f.Table, got, want[f.Table])
		}
	}
	if r.Persons != 3 || r.Permits != 6 || r.CPR != 1 || r.NoPermit != 0 || r.Several != 0 {
		t.Errorf("%d persons, %d permits, %d CPR persons, %d without a permit, %d with several numbers; want 3, 6, 1, 0, 0",
			r.Persons, r.Permits, r.CPR, r.NoPermit, r.Several)
	}
	text, err := os.ReadFile(filepath.Join(dir, "2014-12-31", rejectsFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"permits.csv,8,repeated_key\n", "persons.csv,5,empty_key\n"} {
		if !strings.Contains(string(text), line) {
			t.Errorf("rejects.csv does not have %q:\n%s", line, text)
		}
	}
}

func TestSnapshotHoldsNothingThatIdentifies(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	for name, here := range map[string]bool{filepath.Join("2014-12-31", snapshotFile): false, filepath.Join(identitiesDir, "2014-12-31", identitiesFile): true} {
		bytes, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"0102801238", "Quistorff", "Zwergius", "Ximena"} {
			if found := strings.Contains(string(bytes), secret); found != here {
				t.Errorf("%s: %d characters that identify stand in the file: %v, want %v", name, len(secret), found, here)
			}
		}
	}
	for name, mode := range map[string]os.FileMode{
		".": 0o750, "2014-12-31": 0o750, "2014-12-31/" + snapshotFile: 0o440, "2014-12-31/" + receiptFile: 0o440, "2014-12-31/" + rejectsFile: 0o600,
		identitiesDir: 0o700, identitiesDir + "/secret": 0o400, identitiesDir + "/2014-12-31": 0o700, identitiesDir + "/2014-12-31/" + identitiesFile: 0o400,
		identitiesDir + "/2014-12-31/" + protectedFile: 0o400,
	} {
		if found, err := os.Stat(filepath.Join(dir, name)); err != nil || found.Mode().Perm() != mode {
			t.Errorf("%s: mode %v, %v; want %v", name, found.Mode().Perm(), err, mode)
		}
	}
}

// keysOf gives the permit keys of a store's newest snapshot, in order.
func keysOf(t *testing.T, dir string) (keys []string, hash string) {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Snapshot(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	q, err := queries.Parse("keys", "-- Hvilke?\n-- Which?\n-- columns\n--   key  VARCHAR  nøgle | key\nselect permit_key::varchar as key from carl2_permits order by key;")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := snapshot.Query(context.Background(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		keys = append(keys, row[0].(string))
	}
	return keys, snapshot.Hash
}

// A quote after a blank opens nothing. DuckDB's reader thinks otherwise, and says so with the record it stumbled on.
func TestLooseQuotesAreTextAndAreNotQuoted(t *testing.T) {
	files := maps.Clone(registersOf)
	files["persons.csv"] = "person_id,cpr_number,family_name,given_name\nP1,, \"Quistorff,Ada\nP2,,Bundgaard\" , \"Bo\"\nP3,,Zwergius,Ximena\n"
	dir, _ := load(t, loading(t, writeFiles(t, files)))
	if got := ask[string](t, filepath.Join(dir, identitiesDir, "2014-12-31", identitiesFile),
		"select string_agg(family_name || '|' || given_name, ';' order by person_id) from carl2_persons"); got !=
		` "Quistorff|Ada;Bundgaard" | "Bo";Zwergius|Ximena` {
		t.Errorf("names are stored as %s", got)
	}
	quoting := errors.New("CSV Error on Line: 2\nOriginal Line: P1,,Quistorff")
	if got := desk.Told(quoting).Error(); got != "CSV Error on Line: 2" {
		t.Errorf("an error says %q", got)
	}
	if got := desk.Told(errors.New("Conversion Error: Could not convert string 'Quistorff' to DATE")).Error(); strings.Contains(got, "Quistorff") {
		t.Errorf("an error says %q", got)
	}
}

// A file's name is no pattern: extract[1].csv is not extract1.csv.
func TestNamesOfFilesAreNoPatterns(t *testing.T) {
	files := maps.Clone(registersOf)
	files["persons[1].csv"] = files["persons.csv"]
	files["persons1.csv"] = strings.ReplaceAll(files["persons.csv"], "010280-1238", "")
	l := loading(t, writeFiles(t, files))
	l.Carl2Persons = []string{filepath.Join(filepath.Dir(l.Carl2Persons[0]), "persons[1].csv")}
	dir, _ := load(t, l)
	if got := ask[int64](t, filepath.Join(dir, "2014-12-31", snapshotFile),
		"select count(*) from carl2_persons where link_status = 'linked'"); got != 1 {
		t.Errorf("%d persons are linked, want the 1 of persons[1].csv", got)
	}
}

// Of several files of persons one may lack the column entered_on: whoever stands only there is not said to be abroad.
func TestAColumnThatOneFileLacksIsNotEmptyThere(t *testing.T) {
	files := maps.Clone(registersOf)
	files["persons.csv"] = "person_id,cpr_number,entered_on\nP1,,\nP3,,\n"
	files["further.csv"] = "person_id,cpr_number\nP2,\nP3,\n"
	l := loading(t, writeFiles(t, files))
	l.Carl2Persons = append(l.Carl2Persons, filepath.Join(filepath.Dir(l.Carl2Persons[0]), "further.csv"))
	dir, _ := load(t, l)
	got := ask[string](t, filepath.Join(dir, "2014-12-31", snapshotFile),
		"select string_agg(coalesce(not_expected, '-'), ' ' order by decided_on) from carl2_permits where granted and link_status = 'unlinked' and decided_on is not null")
	if want := "not_entered - not_entered"; got != want { // S1 of P1, S2 of P2, S3 of P3
		t.Errorf("not expected: %s; want %s", got, want)
	}
}

// CPR's offices of administrative numbers are no municipalities and no unknown codes: they stand in the record of such a number, and in no permit.
func TestOfficesOfAdministrativeNumbersAreKnown(t *testing.T) {
	files := maps.Clone(registersOf)
	files["permits.csv"] = "permit_id,person_id,decided_on,decision,legal_basis,municipality_code\nS1,P1,2013-02-01,granted,§ 7,0010\n"
	files["cpr.csv"] = "cpr_number,status,sex,birth_date,citizenship,municipality_code\n" +
		"0102801238,20,K,1980-02-01,5100,0010\n0202801235,20,M,1980-02-02,5100,0019\n0302801231,20,M,1980-02-03,5100,0013\n"
	_, r := load(t, loading(t, writeFiles(t, files)))
	var found []string
	for _, f := range r.Findings {
		if f.Column == "municipality_code" {
			found = append(found, fmt.Sprintf("%s %s %d", f.Table, f.Reason, f.N))
		}
	}
	if want := []string{"carl2_permits unknown_code 1", "cpr_persons unknown_code 1"}; !slices.Equal(found, want) {
		t.Errorf("%v, want %v", found, want)
	}
}

// ask gives the one value of a query on a database file.
func ask[T any](t *testing.T, path, query string) (value T) {
	t.Helper()
	db, err := sql.Open("duckdb", path+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(query).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestKeysAreTheStoresOwnAndHashesAreNot(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	one, _ := load(t, l)
	other, _ := load(t, l)
	later := l
	later.AsOf = day(t, "2015-12-31")
	oneKeys, oneHash := keysOf(t, one)
	otherKeys, otherHash := keysOf(t, other)
	if len(oneKeys) != 6 || slices.Equal(oneKeys, otherKeys) {
		t.Error("two stores give a permit the same key")
	}
	if oneHash != otherHash {
		t.Error("equal loads have different hashes")
	}
	if _, err := Load(context.Background(), one, later); err != nil {
		t.Fatal(err)
	}
	laterKeys, laterHash := keysOf(t, one)
	if !slices.Equal(oneKeys, laterKeys) {
		t.Error("a store gives a permit another key in a later snapshot")
	}
	if laterHash == oneHash {
		t.Error("two days have one hash")
	}
}

func TestRejectsAboveTheLimitStoreNothing(t *testing.T) {
	l, dir := loading(t, writeFiles(t, registersOf)), filepath.Join(t.TempDir(), "store")
	l.MaxRejects = Limit{Count: 1}
	_, err := Load(context.Background(), dir, l)
	var rejected *RejectsError
	if !errors.As(err, &rejected) || rejected.N != 2 || len(rejected.First) != 2 || rejected.Lines != 12 {
		t.Fatalf("got %v, want 2 of 12 rejected", err)
	}
	if found, err := os.Stat(rejected.Path); err != nil || found.Mode().Perm() != 0o600 {
		t.Errorf("the list of rejects: %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if f.Name() == "2014-12-31" || f.Name() == buildingDir {
			t.Errorf("%s is left", f.Name())
		}
	}
}

func TestADayIsReplacedOnlyWhenAsked(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	if _, err := Load(context.Background(), dir, l); !errors.Is(err, ErrExists) {
		t.Fatalf("the day again: %v, want %v", err, ErrExists)
	}
	l.Replace, l.Carl2Permits = true, []string{filepath.Join(writeFiles(t, map[string]string{
		"fewer.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-02-01,granted\n"}), "fewer.csv")}
	if _, err := Load(context.Background(), dir, l); err != nil {
		t.Fatal(err)
	}
	if keys, _ := keysOf(t, dir); len(keys) != 1 {
		t.Errorf("the newest edition has %d permits, want 1", len(keys))
	}
	for _, name := range []string{"2014-12-31", "2014-12-31.r1", identitiesDir + "/2014-12-31", identitiesDir + "/2014-12-31.r1"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestOneLoadAtATime(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	lock := flock.New(filepath.Join(dir, lockFile))
	if held, err := lock.TryLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	defer func() { _ = lock.Unlock() }()
	l.Replace = true
	if _, err := Load(context.Background(), dir, l); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v, want %v", err, ErrLocked)
	}
	if keys, _ := keysOf(t, dir); len(keys) != 6 {
		t.Error("a reader was kept out by the lock")
	}
}

func TestLeftoversOfACutOffLoadAreCleaned(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	orphan, half := filepath.Join(dir, identitiesDir, "2013-12-31"), filepath.Join(dir, buildingDir, "tmp")
	for _, path := range []string{orphan, half} {
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	l.Replace = true
	if _, err := Load(context.Background(), dir, l); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{orphan, filepath.Join(dir, buildingDir)} {
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is left", filepath.Base(path))
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	files := writeFiles(t, map[string]string{
		"persons.csv": registersOf["persons.csv"],
		"permits.csv": registersOf["permits.csv"],
		"empty.csv":   "",
		"lacking.csv": "permit_id,person,decided_on\nS1,0102801238,2013-01-01\n",
		"bare.csv":    "0102801238,Quistorff,Ada\n",
	})
	for name, want := range map[string]string{
		"nowhere.csv": "no such file",
		"empty.csv":   "the file is empty",
		"lacking.csv": "decision",
		"bare.csv":    "permit_id",
	} {
		l := loading(t, files)
		l.CPR, l.Carl2Permits = nil, []string{filepath.Join(files, name)}
		dir := filepath.Join(t.TempDir(), "store")
		_, err := Load(context.Background(), dir, l)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v, want it to name the file and %q", name, err, want)
		} else if strings.Contains(err.Error(), "0102801238") || strings.Contains(err.Error(), "Quistorff") {
			t.Errorf("%s: the message holds a value", name)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: a store was made", name)
		}
	}
}

func TestEveryQuestionRunsInAShellAsItIsExplained(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	// The bare file, as a shell opens it: with the measures that the snapshot keeps, and none of the program's.
	db, err := sql.Open("duckdb", filepath.Join(dir, "2014-12-31", snapshotFile)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	values := map[string]any{"from_day": day(t, "2013-01-01"), "to_day": day(t, "2013-12-31"), "categories": []string{"asylum", "it's"}, "expected": true, "maturity": int64(30)}
	for _, q := range queries.All() {
		if names := columnsOf(t, db, q.Explain(values)); len(names) != len(q.Columns) || names[0] != q.Columns[0].Name {
			t.Errorf("%s: columns %v", q.Name, names)
		}
	}
}

// columnsOf runs SQL and names the columns of what it gives.
func columnsOf(t *testing.T, db *sql.DB, text string) []string {
	t.Helper()
	rows, err := db.Query(text)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err = errors.Join(err, rows.Err()); err != nil {
		t.Fatal(err)
	}
	return names
}
