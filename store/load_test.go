package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"koblet/queries"
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
		"P1,010280-1238,2013-03-01,Holm,Ada,1980-02-01,K,5100,2013-01-02",
		"P2,,,Lund,Bo,1975-07-09,M,5452,2013-02-03",
		"P3,abc,,Krog,Cai,1975-07-09,M,SY,2013-02-03",
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

func loading(t *testing.T, files string) Loading {
	return Loading{
		AsOf:         day(t, "2014-12-31"),
		Carl2Persons: []string{filepath.Join(files, "persons.csv")},
		Carl2Permits: []string{filepath.Join(files, "permits.csv")},
		CPR:          []string{filepath.Join(files, "cpr.csv")},
		MaxRejects:   Limit{Count: 10},
		Program:      "test",
		Now:          day(t, "2015-01-02"),
	}
}

func TestLoadAccountsForEveryLine(t *testing.T) {
	files, dir := writeFiles(t, registersOf), filepath.Join(t.TempDir(), "store")
	r, err := Load(context.Background(), dir, loading(t, files))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Files {
		if f.Lines != f.Header+f.Loaded+f.Rejected {
			t.Errorf("%s: %d lines, %d header, %d loaded, %d rejected", f.Table, f.Lines, f.Header, f.Loaded, f.Rejected)
		}
	}
	if r.Persons != 3 || r.Permits != 6 || r.CPR != 1 {
		t.Errorf("%d persons, %d permits, %d CPR persons; want 3, 6, 1", r.Persons, r.Permits, r.CPR)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Snapshot(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	q, err := queries.Find("unlinked_by_year")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := snapshot.Query(context.Background(), q, map[string]any{"from_day": nil, "to_day": nil, "categories": nil, "expected": false, "first_only": false, "maturity": int64(0)})
	t.Log(rows, err, r.Findings)
}

func TestEveryQuestionRunsInAShellAsItIsExplained(t *testing.T) {
	files, dir := writeFiles(t, registersOf), filepath.Join(t.TempDir(), "store")
	if _, err := Load(context.Background(), dir, loading(t, files)); err != nil {
		t.Fatal(err)
	}
	// The bare file, as a shell opens it: with the measures that the snapshot keeps, and none of the program's.
	db, err := sql.Open("duckdb", filepath.Join(dir, "2014-12-31", snapshotFile)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	values := map[string]any{"from_day": day(t, "2013-01-01"), "to_day": day(t, "2013-12-31"), "categories": []string{"asylum", "it's"}, "expected": true, "maturity": int64(30)}
	for _, q := range queries.All() {
		rows, err := db.Query(q.Explain(values))
		if err != nil {
			t.Errorf("%s: %v", q.Name, err)
			continue
		}
		names, err := rows.Columns()
		if err != nil || len(names) != len(q.Columns) || names[0] != q.Columns[0].Name {
			t.Errorf("%s: columns %v, %v", q.Name, names, err)
		}
		rows.Close()
	}
}
