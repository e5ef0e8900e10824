package excel

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/queries"
	"koblet/reports"
	"koblet/reports/charts"
)

// The numbers of an axis differ from one another: 0.05 apart they have two decimals.
func TestAxisNumbersDiffer(t *testing.T) {
	for want, a := range map[string]charts.Axis{"0%": {Share: true, Step: 5}, "0.0%": {Share: true, Step: 0.1}, "0.00%": {Share: true, Step: 0.05},
		"#,##0": {Step: 2000}, "0.0": {Step: 0.5}, "0.00": {Step: 0.25}} {
		if got := tickFormat(a); got != want {
			t.Errorf("a step of %v: %s, want %s", a.Step, got, want)
		}
	}
	if got := tickFormat(charts.Axis{}); got != "#,##0" {
		t.Errorf("no step: %s", got)
	}
}

// A name of a sheet ends with a whole word that leads to no other, and keeps what tells it from its sister.
func TestSheetNamesEndWithWords(t *testing.T) {
	b := &book{sheets: map[string]bool{}, say: reports.LocaleOf("en")}
	var got []string
	for _, wanted := range []string{"By municipality and western or non-western", "By municipality and western or non-western, counts", "By year and person group, counts"} {
		got = append(got, b.name(wanted))
	}
	if want := []string{"By municipality and western", "By municipality, counts", "By year and person, counts"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Where an axis leaves words out, its words have an angle that LibreOffice does not take for leave to write them over one another; others keep theirs.
func TestCrowdedAxesLeaveWordsOut(t *testing.T) {
	const head, tail = `<catAx><tickLblPos val="low"></tickLblPos><txPr><a:bodyPr rot="`, `"></a:bodyPr></txPr>`
	const skip = `<tickLblSkip val="15"></tickLblSkip></catAx><valAx><txPr><a:bodyPr rot="0">`
	if got, want := string(skipping([]byte(head+"0"+tail+skip))), head+"1"+tail+skip; got != want {
		t.Error(got)
	}
	for _, rest := range []string{"</catAx>", `<tickLblSkip val="4"></tickLblSkip></catAx>`} {
		if text := head + "0" + tail + rest; string(skipping([]byte(text))) != text {
			t.Errorf("an axis with room for many of its words is changed: %s", rest)
		}
	}
}

// A day that has a name is called by it, as elsewhere, and long words have as many lines as they need.
func TestNamedDaysAndLongWords(t *testing.T) {
	r := yearly("Titel", 1)
	s := &r.Sections[0]
	s.Chart = nil
	s.Table.Rows[0].Cells[0] = reports.Cell{Value: time.Date(2002, 7, 1, 0, 0, 0, 0, time.UTC), Word: "Ændret udlændingelov (1. juli 2002)"}
	s.Table.Rows[1].Cells[0] = reports.Cell{Value: strings.Repeat("kategorier=asyl; ", 9)}
	f := opened(t, r)
	if got, err := f.GetCellValue("Pr. år", "A6"); got != "Ændret udlændingelov (1. juli 2002)" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := f.GetRowHeight("Pr. år", 7); got != 46.5 {
		t.Errorf("153 letters in a column of 60 are %v high, %v, want three lines", got, err)
	}
}

// Of what only a drawing has, dashed lines, bands and numbers at risk, a native chart's sheet says nothing, and the words of bars to either side of nought stand
// at the edge and not over the bars.
func TestNativeChartsAreWhatIsSaidOfThem(t *testing.T) {
	r := yearly("Titel", 1)
	r.Sections = r.Sections[:1]
	s := &r.Sections[0]
	s.Chart.Kind = "stack"
	s.Chart.Series = []reports.Series{{Name: "Andel", Column: "c0"}}
	s.Table.Rows[2].Cells[0].Mark = reports.Provisional
	xml, said := figured(t, r)
	if !strings.Contains(xml, "barChart") || strings.Contains(said, "Blege") {
		t.Errorf("%s, %s", said, xml)
	}
	for _, want := range []string{`srgbClr val="12436D"`, `srgbClr val="94AABD"`} { // the provisional part is pale, not as the settled ones
		if !strings.Contains(strings.ReplaceAll(strings.ToUpper(xml), "SRGBCLR VAL", "srgbClr val"), want) {
			t.Errorf("the columns have no %s: %s", want, xml)
		}
	}
	if !strings.Contains(said, "Andel, foreløbigt") {
		t.Errorf("the provisional part has no name: %s", said)
	}
	s.Chart = &reports.Chart{Kind: "difference", X: "year", By: "of", Series: []reports.Series{{Name: "Forskel", Column: "d"}}}
	s.Table.Columns = []reports.Column{{Name: "of", Label: "Kendetegn", Role: queries.Key}, {Name: "year", Label: "Værdi", Role: queries.Key}, {Name: "d", Label: "Forskel", Unit: reports.UnitDeviations}}
	for i := range s.Table.Rows {
		s.Table.Rows[i].Cells = []reports.Cell{{Value: "a"}, {Value: fmt.Sprint(i)}, {Value: 0.2 - 0.2*float64(i)}}
	}
	if xml, said = figured(t, r); !strings.Contains(xml, `tickLblPos val="low"`) || strings.Contains(said, "stiplede") {
		t.Errorf("%s, %s", said, xml)
	}
}

// figured is a report's first native chart and what stands on its sheet.
func figured(t *testing.T, r reports.Report) (xml, said string) {
	t.Helper()
	f := opened(t, r)
	text, _ := f.Pkg.Load("xl/charts/chart1.xml")
	rows, err := f.GetRows("Figur 1")
	if err != nil {
		t.Fatal(err)
	}
	part, _ := text.([]byte)
	return string(part), fmt.Sprint(rows)
}
