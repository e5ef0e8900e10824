package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// writeWorkbook writes so many permits of ten columns, as another program does.
func writeWorkbook(path string, rows int) error {
	book := excelize.NewFile()
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	days, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return err
	}
	head := []any{"permit_id", "person_id", "decided_on", "decision", "legal_basis", "person_group", "category", "valid_from", "valid_to", "municipality_code"}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	day := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range rows {
		d := excelize.Cell{StyleID: days, Value: day.AddDate(0, 0, i%1000)}
		row := []any{fmt.Sprint("S", i), fmt.Sprint("P", i/2), d, "granted", "§ 9 a", "work", "work", d, d, "0101"}
		if err := w.SetRow(fmt.Sprint("A", i+2), row); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return book.SaveAs(path)
}

// TestWorkbook reads a workbook that another program wrote: real days in three looks and with a time, days as text and in
// the profile's form, numbers shown with zeros in front, texts with them, a formula's value, merged cells and blank rows.
func TestWorkbook(t *testing.T) {
	book := excelize.NewFile()
	style := func(s excelize.Style) int {
		id, err := book.NewStyle(&s)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	own, zeros, shown := "dd\\-mm\\-yyyy;@", "0000", "[$-406]d. mmmm yyyy"
	day := time.Date(2013, 2, 1, 0, 0, 0, 0, time.UTC)
	cells := map[string]any{
		"A2": "permit_id", "B2": "person_id", "C2": "decided_on", "D2": "decision", "E2": "municipality_code",
		"A4": "S1", "B4": "007", "C4": day, "D4": "granted", "E4": "0101",
		"A5": "S2", "B5": 7, "C5": day.Add(13 * time.Hour), "D5": "granted", "E5": 101,
		"A6": "S3", "B6": 7.0, "C6": day, "D6": "granted", "E6": 101,
		"A7": "S4", "B7": true, "C7": "03-02-2013", "D7": "granted",
		"A9": "S5", "B9": "merged", "C9": "2013-02-04", "D9": "granted",
		"A10": "S6", "C10": 41306, "D10": "granted",
	}
	for at, value := range cells {
		if err := book.SetCellValue("Sheet1", at, value); err != nil {
			t.Fatal(err)
		}
	}
	for at, s := range map[string]int{
		"C4": style(excelize.Style{NumFmt: 14}), "C5": style(excelize.Style{CustomNumFmt: &own}), "C6": style(excelize.Style{CustomNumFmt: &shown}),
		"E5": style(excelize.Style{CustomNumFmt: &zeros}), "C10": style(excelize.Style{NumFmt: 1}),
	} {
		if err := book.SetCellStyle("Sheet1", at, at, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.MergeCell("Sheet1", "B9", "B10"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "permits.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	l := loading(t, writeFiles(t, registersOf))
	l.Carl2Permits, l.Accept = []string{path}, []string{"permits_without_person"}
	l.Profile = profileOf(t, "[carl2_permits]\nformat = \"xlsx\"\ndates = \"%d-%m-%Y\"\n")
	dir, r := load(t, l)
	f := receiptOf(t, r, "carl2_permits")
	if f.Lines != 7 || f.Header != 1 || f.Loaded != 6 || f.PhysicalLines != 10 || f.Format != "xlsx" {
		t.Errorf("%+v", f)
	}
	ids := values(t, dir, theIdentities, "select permit_id || ' ' || coalesce(person_id, '') from carl2_permits order by all")
	if want := []string{"S1 007", "S2 7", "S3 7", "S4 TRUE", "S5 merged", "S6 merged"}; !slices.Equal(ids, want) {
		t.Errorf("%q, want %q", ids, want)
	}
	days := values(t, dir, theSnapshot, "select coalesce(decided_on::varchar, '') from carl2_permits order by decided_on nulls last")
	if want := []string{"2013-02-01", "2013-02-01", "2013-02-01", "2013-02-03", "", ""}; !slices.Equal(days, want) {
		t.Errorf("%q, want %q", days, want)
	}
	if got := values(t, dir, theSnapshot, "select text from untyped_values order by text"); !slices.Equal(got, []string{" 2013-02-04", "41306"}) {
		t.Errorf("what is no day: %q", got)
	}
	if got := values(t, dir, theSnapshot, "select municipality_code from carl2_permits where municipality_code is not null order by 1"); !slices.Equal(got, []string{"0101", "0101", "101"}) {
		t.Errorf("municipalities %q", got)
	}
	if got := findingsOf(r); got["carl2_permits.municipality_code lost_zeros"] != 1 || got["carl2_permits.decided_on not_a_date"] != 2 {
		t.Errorf("findings %v", got)
	}
}
