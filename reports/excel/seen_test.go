package excel

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"koblet/queries"
	"koblet/reports"
)

// yearly is a report of one section with a chart, its title and its table's columns as wide as asked.
func yearly(title string, columns int) reports.Report {
	t := reports.Table{Columns: []reports.Column{{Name: "year", Label: "År", Role: queries.Key}}}
	for i := range columns {
		t.Columns = append(t.Columns, reports.Column{Name: fmt.Sprintf("c%d", i), Label: fmt.Sprintf("Forventede nr. %d", i), Unit: "permits"})
	}
	for year := range 3 {
		row := reports.Row{Cells: []reports.Cell{{Value: int64(2010 + year)}}}
		for range columns {
			row.Cells = append(row.Cells, reports.Cell{Value: int64(7)})
		}
		t.Rows = append(t.Rows, row)
	}
	chart := &reports.Chart{Kind: "line", X: "year", Time: "year", Series: []reports.Series{{Name: "Forventede", Column: "c0"}}}
	s := reports.Section{Name: "by_year", Sheet: "Pr. år", Title: title, Table: t, Chart: chart, Alt: strings.Repeat("Kurven stiger. ", 30), Notes: []string{"Én note."}}
	from := reports.Section{Name: reports.ProvenanceName, Sheet: "Datagrundlag", Title: "Datagrundlag", Text: []string{"Program: koblet", strings.Repeat("fund ", 200)}, Table: t}
	return reports.Report{Language: "da", Title: "År", Sections: []reports.Section{s, from}}
}

func opened(t *testing.T, r reports.Report) *excelize.File {
	t.Helper()
	b, err := newBook(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.file.Close() })
	if err := b.fill(); err != nil {
		t.Fatal(err)
	}
	return b.file
}

// What is printed of a chart's sheet reaches over the chart, over its title, and as far as no letters are lost: lines above it are broken, and the
// chart stands beneath all of them.
func TestChartsArePrintedWhole(t *testing.T) {
	f := opened(t, yearly(strings.Repeat("lang titel ", 20), 1))
	area := ""
	for _, name := range f.GetDefinedName() {
		if name.Name == "_xlnm.Print_Area" {
			area = name.RefersTo
		}
	}
	if want := "'Figur 1'!$A$1:$AE$37"; area != want { // 220 letters of 9 pixels end in the 31st column of 64, the chart in the 37th row
		t.Errorf("printed: %s, want %s", area, want)
	}
	rows, err := f.GetRows("Figur 1")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows[1:4] {
		if len(row) == 0 || len(row[0]) > 150 || !strings.HasPrefix(row[0], "Kurven") {
			t.Errorf("line %d: %q", i+2, row)
		}
	}
}

// A table is printed on one page across while its letters can be read, on more with its first column on each else; a short one on one page down.
func TestTablesFitTheirPages(t *testing.T) {
	for columns, want := range map[int]string{3: "1 1 'Pr. år'!$5:$5", 60: "3 0 'Pr. år'!$A:$A,'Pr. år'!$5:$5"} {
		f := opened(t, yearly("Titel", columns))
		layout, err := f.GetPageLayout("Pr. år")
		if err != nil {
			t.Fatal(err)
		}
		repeated := ""
		for _, name := range f.GetDefinedName() {
			if name.Name == "_xlnm.Print_Titles" && name.Scope == "Pr. år" {
				repeated = name.RefersTo
			}
		}
		if got := fmt.Sprint(*layout.FitToWidth, *layout.FitToHeight, " ", repeated); strings.Join(strings.Fields(got), " ") != want {
			t.Errorf("%d columns: %s, want %s", columns, got, want)
		}
	}
}

// What provenance says stands in lines beneath its table: one line of all of it would make the page as wide as it is long.
func TestProvenanceIsBrokenIntoLines(t *testing.T) {
	f := opened(t, yearly("Titel", 2))
	rows, err := f.GetRows("Datagrundlag")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && len(row[0]) > lineChars {
			t.Errorf("row %d has %d characters", i+1, len(row[0]))
		}
	}
	if len(rows) < 18 || rows[9][0] != "Program: koblet" {
		t.Errorf("%d rows: %q", len(rows), rows)
	}
	if wide, err := f.GetColWidth("Noter", "A"); err != nil || wide > 100 {
		t.Errorf("notes are %v wide, %v: a column wider than the page is cut", wide, err)
	}
}

// A native chart's axis ends where the page's does: a provisional interval does not set it. What is cut on the page is no matter here, where no
// interval is drawn; what had no room in the drawing is said.
func TestNativeAxesEndWhereThePagesDo(t *testing.T) {
	r := yearly("Titel", 1)
	s := &r.Sections[0]
	s.Table.Rows, s.Table.Columns = slices.Clone(s.Table.Rows), slices.Clone(s.Table.Columns)
	s.Table.Columns[1].Unit = reports.UnitShare
	s.Table.Columns = append(s.Table.Columns, reports.Column{Name: "low", Unit: reports.UnitShare}, reports.Column{Name: "high", Unit: reports.UnitShare})
	for i, v := range [][3]float64{{0.2, 0.15, 0.29}, {0.22, 0.2, 0.24}, {0.1, 0, 0.39}} {
		cells := []reports.Cell{s.Table.Rows[i].Cells[0]}
		for _, x := range v {
			cells = append(cells, reports.Cell{Value: x})
		}
		s.Table.Rows[i].Cells = cells
	}
	s.Table.Rows[2].Cells[0].Mark = reports.Provisional
	for _, kind := range []string{"line", "multiples"} {
		s.Chart.Kind = kind
		s.Chart.Series = []reports.Series{{Name: "Andel", Column: "c0", Low: "low", High: "high"}}
		f := opened(t, r)
		text, _ := f.Pkg.Load("xl/charts/chart1.xml")
		if xml, _ := text.([]byte); !strings.Contains(string(xml), `<c:max val="0.3"`) && !strings.Contains(string(xml), `<max val="0.3"`) {
			t.Errorf("%s: the axis does not end at 0.3: %s", kind, xml)
		}
		rows, err := f.GetRows("Figur 1")
		if err != nil {
			t.Fatal(err)
		}
		if all := fmt.Sprint(rows); strings.Contains(all, "skåret") {
			t.Errorf("%s: an interval that is not drawn is said to be cut: %s", kind, all)
		}
	}
}

// Days stand as the language of the workbook writes them.
func TestDaysAreInTheLanguage(t *testing.T) {
	day := reports.Cell{Value: time.Date(2016, 12, 31, 0, 0, 0, 0, time.UTC)}
	for language, want := range map[string]string{"da": "dd-mm-yyyy", "en": "d mmm yyyy"} {
		r := yearly("a", 1)
		r.Language = language
		b, err := newBook(r)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.numberFormat(day, ""); got != want {
			t.Errorf("%s: %s", language, got)
		}
		_ = b.file.Close()
	}
}
