package reports_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestChartParts holds the workbook's native charts: what each is, the cells that its series name, looks and draw, and the ends of its axes.
func TestChartParts(t *testing.T) {
	golden(t, "everything.charts.xml.txt", chartParts(t, bookOf(t, everything())))
}

// chartParts reads the charts of a workbook as lines: an element a line, by its path's end and its value.
func chartParts(t *testing.T, book []byte) string {
	t.Helper()
	var out strings.Builder
	for n := 1; ; n++ {
		part := zipped(t, book, fmt.Sprintf("xl/charts/chart%d.xml", n))
		if part == nil {
			break
		}
		fmt.Fprintf(&out, "# chart %d\n", n)
		telling := strings.Fields("barChart lineChart scatterChart barDir grouping ser f symbol prstDash noFill srgbClr max min logBase majorUnit orientation gapWidth overlap tickLblSkip t legendPos showVal formatCode")
		d := xml.NewDecoder(bytes.NewReader(part))
		var path []string
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				path = append(path, e.Name.Local)
				if slices.Contains(telling, e.Name.Local) && !slices.Contains(path, "txPr") && !slices.Contains(path, "rPr") {
					line := strings.Join(path[max(len(path)-2, 0):], ".")
					for _, a := range e.Attr {
						line += " " + a.Name.Local + "=" + a.Value
					}
					out.WriteString(line + "\n")
				}
			case xml.EndElement:
				path = path[:len(path)-1]
			case xml.CharData:
				if last := path[max(len(path)-1, 0):]; len(last) > 0 && slices.Contains([]string{"f", "t", "formatCode"}, last[0]) {
					fmt.Fprintf(&out, "  %s\n", e)
				}
			}
		}
	}
	return out.String()
}

// TestChartSeries: the cells that a native chart names hold the figures of its section's table, as many as are drawn.
func TestChartSeries(t *testing.T) {
	book := bookOf(t, everything())
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sum := func(reference string) (sum float64, n int) {
		sheet, cells, _ := strings.Cut(strings.ReplaceAll(reference, "$", ""), "!")
		from, to, _ := strings.Cut(cells, ":")
		column, first, _ := excelize.CellNameToCoordinates(from)
		_, last, _ := excelize.CellNameToCoordinates(to)
		for row := first; row <= last; row++ {
			cell, _ := excelize.CoordinatesToCellName(column, row)
			text, err := f.GetCellValue(strings.Trim(sheet, "'"), cell, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			var v float64
			if _, err := fmt.Sscanf(text, "%g", &v); err == nil {
				sum, n = sum+v, n+1
			}
		}
		return sum, n
	}
	var chart struct {
		Series []struct {
			Values string `xml:"val>numRef>f"`
		} `xml:"chart>plotArea>lineChart>ser"`
	}
	if err := xml.Unmarshal(zipped(t, book, "xl/charts/chart1.xml"), &chart); err != nil {
		t.Fatal(err)
	}
	var got [][2]float64
	for _, s := range chart.Series {
		total, n := sum(s.Values)
		got = append(got, [2]float64{float64(int(1e4*total + 0.5)), float64(n)})
	}
	// Provisional 2016; settled 2013, since 2014 is hidden and 2015 has none; the published figure for two years.
	if want := [][2]float64{{3100, 1}, {1234, 1}, {2000, 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("sums and counts of the first chart's series: %v, want %v", got, want)
	}
}

func zipped(t *testing.T, book []byte, name string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	part, ok := f.Pkg.Load(name)
	if !ok {
		return nil
	}
	text, _ := part.([]byte)
	return text
}

// TestWorkbookAsALedger: every table is one of the workbook's own, no cells are merged, no row within a table is blank, notes are reached from
// above the table, and marks have cells of their own.
func TestWorkbookAsALedger(t *testing.T) {
	r := everything()
	f, err := excelize.OpenReader(bytes.NewReader(bookOf(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lists := map[string]string{}
	for _, sheet := range f.GetSheetList() {
		if merged, err := f.GetMergeCells(sheet); err != nil || len(merged) > 0 {
			t.Errorf("%s: %d merged cells, %v", sheet, len(merged), err)
		}
		tables, err := f.GetTables(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			lists[sheet] += table.Range
		}
	}
	for sheet, want := range map[string]string{"Forside": "A5:B6", "Ark line": "A5:G9", "Ark multiples": "A5:D8", "Figur 1": "A39:D43", "Datagrundlag": "A5:B9"} {
		if lists[sheet] != want {
			t.Errorf("%s: table %s, want %s", sheet, lists[sheet], want)
		}
	}
	for cell, want := range map[string]string{"G9": "(f)", "A9": "2016", "A4": "Noter og kilde: række 12", "A10": "I alt", "A12": "Anm.: 1. Første note om line."} {
		if got, _ := f.GetCellValue("Ark line", cell); got != want {
			t.Errorf("%s holds %q, want %q", cell, got, want)
		}
	}
	if linked, to, err := f.GetCellHyperLink("Ark line", "A4"); !linked || to != "'Ark line'!A12" || err != nil {
		t.Errorf("the notes are linked to %q, %v", to, err)
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Errorf("a workbook of several tables opens on sheet %d", f.GetActiveSheetIndex())
	}
	r.Sections = r.Sections[:1]
	one, err := excelize.OpenReader(bytes.NewReader(bookOf(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	if at := one.GetSheetName(one.GetActiveSheetIndex()); at != "Ark line" {
		t.Errorf("a workbook of one table opens on %q", at)
	}
}
