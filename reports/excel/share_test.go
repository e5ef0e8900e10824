package excel

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"koblet/reports"
)

// A sheet shows small shares as the page does, and keeps the numbers: two decimals where a column is small, <0.1% where the other rows are large, and
// the bounds of an interval rounded as they are.
func TestSheetsShowSmallShares(t *testing.T) {
	for _, c := range []struct {
		shares [2]float64
		shown  [4]string // of the second row: the share, its bounds; of the first the share
	}{
		{[2]float64{0.00056, 0.00012}, [4]string{"0.01%", "0.00%", "0.02%", "0.06%"}},
		{[2]float64{0.4, 0.00012}, [4]string{"", "0.0%", "0.0%", "40.0%"}},
	} {
		table := reports.Table{Columns: []reports.Column{{Name: "rule", Label: "Regel"}, {Name: "rate", Label: "Andel", Unit: reports.UnitShare},
			{Name: "rate_low", Label: "Nedre", Unit: reports.UnitShare, Until: "rate_high", Both: "Interval"}, {Name: "rate_high", Label: "Øvre", Unit: reports.UnitShare}}}
		for _, share := range c.shares {
			table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: "a"}, {Value: share}, {Value: 0.00001}, {Value: 0.0002}}})
		}
		var out bytes.Buffer
		if err := Write(&out, reports.Report{Name: "x", Title: "X", Language: "en", Sections: []reports.Section{{Name: "x", Sheet: "Ark", Title: "X", Table: table}}}); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		sheet := f.GetSheetList()[0]
		for _, name := range f.GetSheetList() {
			if v, _ := f.GetCellValue(name, "B6"); v != "" {
				sheet = name
			}
		}
		for i, cell := range []string{"B7", "C7", "D7", "B6"} {
			if got, err := f.GetCellValue(sheet, cell); err != nil || c.shown[i] != "" && got != c.shown[i] {
				t.Errorf("%v: %s!%s shows %q, %v; want %q", c.shares, sheet, cell, got, err, c.shown[i])
			}
		}
		if got := formatOf(t, f, sheet, "B7"); c.shown[0] == "" && got != `"<0.1%"` { // excelize itself shows a stop in quotation marks as none
			t.Errorf("%v: the format of the small one is %s", c.shares, got)
		}
		if raw, err := f.GetCellValue(sheet, "B7", excelize.Options{RawCellValue: true}); err != nil || raw != "0.00012" {
			t.Errorf("%v: the cell holds %q, %v", c.shares, raw, err)
		}
	}
}

// formatOf is the number format of a cell.
func formatOf(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || style.CustomNumFmt == nil {
		t.Fatalf("%s!%s has no format: %v", sheet, cell, err)
	}
	return *style.CustomNumFmt
}

// A part of a hundred of which there may be little has in its cell the two figures that count, as on the page, and the number whole beneath.
func TestSheetsShowPartsAsThePageDoes(t *testing.T) {
	b := &book{say: reports.LocaleOf("da")}
	for share, want := range map[float64]string{0.006983: "0.00%", 273 / 273645.0: "0.00%", 0.00086: "0.000%", 0.000011: "0.0000%", 0.123: "0.0%", 0.9997: "0.0###%", 0: "0%"} {
		if got := b.numberFormat(reports.Cell{Value: share}, reports.UnitSmall); got != want {
			t.Errorf("%v has the format %q, want %q", share, got, want)
		}
	}
}
