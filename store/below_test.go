package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"koblet/registers"
	"koblet/registers/records"
	"koblet/store/desk"
)

// inFormats writes rows as CSV, as Parquet of texts and as a workbook.
func inFormats(t *testing.T, head string, rows ...string) []string {
	t.Helper()
	dir := t.TempDir()
	csv, parquet := filepath.Join(dir, "rows.csv"), filepath.Join(dir, "rows.parquet")
	if err := os.WriteFile(csv, []byte(head+"\n"+strings.Join(rows, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	parquetOf(t, parquet, "select * from read_csv("+desk.Literal(csv)+", all_varchar = true, delim = ',', header = true)")
	sheet := [][]any{toAny(strings.Split(head, ","))}
	for _, row := range rows {
		cells := toAny(strings.Split(row, ","))
		for i := range cells {
			if cells[i] == "" {
				cells[i] = nil
			}
		}
		sheet = append(sheet, cells)
	}
	return []string{csv, parquet, workbookOf(t, sheet)}
}

// belowIn loads persons and permits and gives what was rejected: table, number of the row, reason.
func belowIn(t *testing.T, persons, permits string) string {
	t.Helper()
	l := loading(t, t.TempDir())
	l.CPR, l.Carl2Persons, l.Carl2Permits = nil, []string{persons}, []string{permits}
	dir, _ := load(t, l)
	text, err := os.ReadFile(filepath.Join(dir, "2014-12-31", rejectsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	} else if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		fields := strings.Split(line, ",")
		file, n := fields[0], 0
		_, _ = fmt.Sscan(fields[1], &n)
		if filepath.Ext(file) != ".parquet" {
			n-- // the header
		}
		table := "permits"
		if file == registers.WithoutNumbers(persons) {
			table = "persons"
		}
		all = append(all, fmt.Sprintf("%s %d %s", table, n, fields[2]))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// TestBelowTheTable: a note, its source and a total below a table are no rows of it, in any format; rows that only look a little like
// such are, wherever they stand.
func TestBelowTheTable(t *testing.T) {
	for name, c := range map[string]struct {
		persons, permits []string
		want             string
	}{
		"notes and totals": {
			[]string{"P1,0102801238,A", "P2,,", "P3,,", "I alt,2,", "P4,,"},
			[]string{"S1,P1,2013-02-01,granted,", "S2,P2,2013-02-01,granted,", "Total,2,,,2", "Kilde: CARL2,,,,"},
			"permits 3 below_table, permits 4 below_table, persons 4 below_table, persons 5 below_table",
		},
		"a count alone": {
			[]string{"P1,0102801238,A", "P2,,"},
			[]string{"S1,P1,2013-02-01,granted,", "2,,,,"},
			"permits 2 below_table",
		},
		"rows all the same": {
			[]string{"P 1,0102801238,A", "Bo,,", "P 3,,", "P 4,,B"},
			[]string{"S1,P 1,2013-02-01,granted,", "S 2,,,,", "S3,P 1,2013-02-01,granted,", "S4,P 3,,,"},
			"",
		},
		"totals and titles between the rows": {
			[]string{"P1,0102801238,A", "I alt: 2,2,", "P2,,", "Subtotal,,B", "UDL 12,,", "P3,0203801233,"},
			[]string{"Asyl,,,,", "S1,P1,2013-02-01,granted,", "Subtotal 2013,1,,1 granted,", "Familie,,,,", "S2,P2,2013-02-01,granted,", "- Total -,,2,3 granted,", "S4,,,,", "S3,P3,2013-02-01,granted,", "Total,,,3 granted,"},
			"permits 1 between_rows, permits 3 between_rows, permits 4 between_rows, permits 6 between_rows, permits 9 below_table, persons 2 between_rows, persons 4 between_rows",
		},
		"words that are ids": {
			[]string{"P1,0102801238,A", "Summerhus 2,,", "P3,0203801233,"},
			[]string{"Sag et,P1,2013-02-01,granted,", "Sag to,,,,", "Sum,P3,,granted,", "Total,P3,2013-02-01,granted,"},
			"",
		},
		"ids of a few letters": {
			[]string{"P1,0102801238,A", "P2,,", "UM 12 34,,"},
			[]string{"S1,P1,2013-02-01,granted,"},
			"",
		},
		"counts below ids, a note in two cells": {
			[]string{"P1,0102801238,A", "P2,,", "2,,"},
			[]string{"S1,P1,2013-02-01,granted,", "Antal sager: 1,Antal personer: 2,,,"},
			"permits 2 below_table, persons 3 below_table",
		},
		"an id of one letter": {
			[]string{"P1,0102801238,A", "Q,,"},
			[]string{"S1,P1,2013-02-01,granted,"},
			"",
		},
		"persons without numbers": {
			[]string{"P1,,", "P2,,", "P3,,"},
			[]string{"S1,P1,,granted,", "S2,P1,2013-02-01,,"},
			"",
		},
	} {
		persons := inFormats(t, "person_id,cpr_number,family_name", c.persons...)
		permits := inFormats(t, "permit_id,person_id,decided_on,decision,legal_basis", c.permits...)
		for i := range persons {
			if got := belowIn(t, persons[i], permits[i]); got != c.want {
				t.Errorf("%s, %s: %s, want %s", name, filepath.Ext(persons[i]), got, c.want)
			}
		}
	}
}

// TestBelowBlankRows: what stands by itself below blank rows is below the table; what goes on after them is not.
func TestBelowBlankRows(t *testing.T) {
	permits := inFormats(t, "permit_id,person_id,decided_on,decision", "S1,P1,2013-02-01,granted")[2]
	persons := workbookOf(t, [][]any{{"person_id", "cpr_number"}, {"P1", "0102801238"}, nil, nil, {"P2"}, {"P3", "0203801233"}, {"P4"}, nil, {"2014"}, {"P5"}})
	if got, want := belowIn(t, persons, permits), "persons 8 below_table, persons 9 below_table"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestErrorValues: what a spreadsheet writes for no value is none, in the language of whoever saved it, and a finding on its line.
func TestErrorValues(t *testing.T) {
	words := []string{"#NV", "#I/T", "#REFERENCE!", "#DIVISION/0!", "#navn?", "#VÆRDI!", "#WERT!", "#########", "#9 c", "§ 7"}
	rows := make([]string, len(words))
	for i, word := range words {
		rows[i] = fmt.Sprintf("S%d,P1,2013-02-01,granted,%s", i, word)
	}
	persons := inFormats(t, "person_id,cpr_number", "P1,")
	for i, permits := range inFormats(t, "permit_id,person_id,decided_on,decision,legal_basis", rows...) {
		l := loading(t, t.TempDir())
		l.CPR, l.Carl2Persons, l.Carl2Permits = nil, persons[i:i+1], []string{permits}
		_, r := load(t, l)
		at := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Reason == "error_value" })
		if at < 0 || r.Findings[at].N != 8 || r.Findings[at].Column != "legal_basis" || r.Findings[at].Places[0].Line == 0 {
			t.Errorf("%s: %+v", filepath.Ext(permits), r.Findings)
		}
	}
}

// TestNoRowsInAllFormats: a header again, dashes and a count of rows are rejected by line in each format; columns in another order below
// such a header refuse the file in each.
func TestNoRowsInAllFormats(t *testing.T) {
	persons := inFormats(t, "person_id,cpr_number,family_name", "P1,0102801238,A", "Person_ID, CPR_NUMBER,Family_name", "-----,-----,----", "P2,,", "-,-,-", "(2 rows),,")
	permits := inFormats(t, "permit_id,person_id,decided_on,decision", "S1,P1,2013-02-01,granted", "permit_id,person_id,decided_on,decision", "S2,P2,2013-02-01,granted")
	want := "permits 2 repeated_header, persons 2 repeated_header, persons 3 ruled_line, persons 5 ruled_line, persons 6 row_count"
	for i := range persons {
		if got := belowIn(t, persons[i], permits[i]); got != want {
			t.Errorf("%s: %s, want %s", filepath.Ext(persons[i]), got, want)
		}
	}
	for _, path := range inFormats(t, "permit_id,person_id,decided_on,decision", "S1,P1,2013-02-01,granted", "person_id,permit_id,decided_on,decision", "P2,S2,2013-02-01,granted") {
		l := loading(t, t.TempDir())
		l.CPR, l.Carl2Persons, l.Carl2Permits = nil, persons[:1], []string{path}
		_, err := Load(t.Context(), filepath.Join(t.TempDir(), "store"), l)
		if err == nil || !errors.Is(err, records.ErrOtherOrder) || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("%s: %v", filepath.Ext(path), err)
		}
	}
	for _, path := range inFormats(t, "permit_id,person_id,decided_on,decision", "S1,P1,2013-02-01,granted", "cpr_number,person_id,family_name,given_name", "0102801238,P2,x,x") {
		l := loading(t, t.TempDir())
		l.CPR, l.Carl2Persons, l.Carl2Permits = nil, persons[:1], []string{path}
		_, err := Load(t.Context(), filepath.Join(t.TempDir(), "store"), l)
		if err == nil || !errors.Is(err, records.ErrSecondTable) || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("%s: %v", filepath.Ext(path), err)
		}
	}
	sheet := workbookOf(t, [][]any{{"permit_id", "person_id", "decided_on", "decision"}, {"---", "---", "---", "---"}, {"S1", "P1", "2013-02-01", "granted"}})
	if rows, in, err := copyOf(t, sheet); err != nil || len(rows) != 1 || in.Headers != 2 || in.Records != 3 || in.Broken.Count() != 0 {
		t.Errorf("dashes under the header: %q, %d headers of %d records, %v, %v", rows, in.Headers, in.Records, in.Broken, err)
	}
}
