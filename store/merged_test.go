package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"koblet/store/extract"
)

// workbookOf writes rows as another program does, and merges blocks of them.
func workbookOf(t *testing.T, rows [][]any, merged ...string) string {
	t.Helper()
	book := excelize.NewFile()
	day, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for y, row := range rows {
		for x, value := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				t.Fatal(err)
			}
			if value == nil {
				continue
			}
			if err := book.SetCellValue("Sheet1", at, value); err != nil {
				t.Fatal(err)
			}
			if _, isDay := value.(time.Time); isDay {
				if err := book.SetCellStyle("Sheet1", at, at, day); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	path := filepath.Join(t.TempDir(), "permits.xlsx")
	for _, block := range merged {
		from, to, _ := strings.Cut(block, ":")
		// The library empties the cells that are hidden; other programs leave what was in them.
		if err := book.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// copyOf takes one file of permits and gives its rows as the database will read them.
func copyOf(t *testing.T, path string) ([]string, extract.Input, error) {
	t.Helper()
	inputs, err := extract.Delivery{Carl2Permits: []string{path}}.Gather()
	if err != nil {
		t.Fatal(err)
	}
	if err := extract.Take(t.Context(), inputs, t.TempDir(), func(int64, int64) {}); err != nil {
		return nil, extract.Input{}, err
	}
	text, err := os.ReadFile(inputs[0].Read)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")[1:], inputs[0], nil
}

// TestMergedCells: a block of one column is its value in each of its rows that has any other; nothing is read from blocks whose
// columns are not, and a note that is merged across the columns is no row.
func TestMergedCells(t *testing.T) {
	day := time.Date(2013, 2, 1, 0, 0, 0, 0, time.UTC)
	path := workbookOf(t, [][]any{
		{"permit_id", "person_id", "decided_on", "decision", "remark", "", "x"},
		{"S1", "P1", day, "granted", "a", "b"},
		{"S2", nil, nil, "granted"},
		nil,
		{"S3", nil, nil, "refused"},
		{"S4", "P4", nil, "refused"},
		{"S5", "P5", "2013-03-01", "refused", "c"},
		nil,
		{"Udtrukket 31-12-2014"},
	}, "C2:C6", "B2:B5", "D5:D6", "E2:F3", "E7:G7", "A9:G9")
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_ = book.SetCellValue("Sheet1", "F1", "y")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	got, in, err := copyOf(t, path)
	if want := []string{"S1,P1,2013-02-01,granted,a,,", "S2,P1,2013-02-01,granted,,,", "S3,P1,2013-02-01,refused,,,", "S4,P4,2013-02-01,refused,,,", "S5,P5,2013-03-01,refused,c,,"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	var broken rejects
	broken.take("permits", &in.Broken)
	if in.Records != 7 || in.Rows != 5 || in.Broken.Count() != 1 || !slices.Equal(broken.first(2), []Reject{{File: "permits", Line: 9, Reason: "below_table"}}) {
		t.Errorf("%d records, %d rows, %v broken", in.Records, in.Rows, in.Broken)
	}
}

// TestMergedCellsThatMislead: what a block across columns or in the header means nobody can say.
func TestMergedCellsThatMislead(t *testing.T) {
	head := []any{"permit_id", "person_id", "decided_on", "decision"}
	row := []any{"S1", "P1", "2013-02-01", "granted"}
	for name, c := range map[string]struct {
		rows   [][]any
		merged string
		want   string
	}{
		"across":         {[][]any{head, {"S1", "P1", nil, "granted"}, row}, "B2:C2", "cells B2:C2 are merged across columns; undo that and save the workbook again"},
		"across, first":  {[][]any{head, {"S1", nil, "2013-02-01", "granted"}, row}, "A2:B2", "cells A2:B2 are merged across columns; undo that and save the workbook again"},
		"a heading":      {[][]any{head, row, {"Asyl"}, {"S2", "P2", "2013-02-01", "granted"}}, "A3:D3", "cells A3:D3 are merged across columns; undo that and save the workbook again"},
		"in the header":  {[][]any{head, row, row}, "A1:A2", "cells A1:A2 of the header are merged; undo that, give each column its own name, and save the workbook again"},
		"under a header": {[][]any{head, nil, row}, "D1:D2", "cells D1:D2 of the header are merged; undo that, give each column its own name, and save the workbook again"},
	} {
		path := workbookOf(t, c.rows, c.merged)
		if _, _, err := copyOf(t, path); err == nil || err.Error() != path+": "+c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
