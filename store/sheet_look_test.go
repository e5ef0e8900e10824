package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/store/extract"
)

// sheetsOf writes a workbook of several sheets: the rows of each, and whether it is shown, hidden or veryHidden.
func sheetsOf(t *testing.T, sheets ...sheetMade) string {
	t.Helper()
	book := excelize.NewFile()
	for i, s := range sheets {
		if i == 0 {
			_ = book.SetSheetName("Sheet1", s.name)
		} else if _, err := book.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for y, row := range s.rows {
			at, _ := excelize.CoordinatesToCellName(1, y+1)
			if err := book.SetSheetRow(s.name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	book.SetActiveSheet(slices.IndexFunc(sheets, func(s sheetMade) bool { return s.state == "" }))
	for _, s := range sheets {
		if s.state != "" {
			if err := book.SetSheetVisible(s.name, false, s.state == "veryHidden"); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "permits.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

type sheetMade struct {
	name  string
	rows  [][]any
	state string
}

var (
	permitHead = []any{"permit_id", "person_id", "decided_on", "decision"}
	permitRow  = []any{"S1", "P1", "2013-02-01", "granted"}
)

// TestSheetThatNeedsNoName: the only sheet that is shown and has anything in it is read; where there are several, or none, a
// name is asked for.
func TestSheetThatNeedsNoName(t *testing.T) {
	table := [][]any{permitHead, permitRow}
	for name, c := range map[string]struct {
		sheets []sheetMade
		wrong  string
	}{
		"an empty one behind it":  {[]sheetMade{{name: "Udtræk", rows: table}, {name: "Ark2"}}, ""},
		"empty ones before it":    {[]sheetMade{{name: "Ark1"}, {name: "Ark2", rows: [][]any{{"", nil}}}, {name: "Udtræk", rows: table}}, ""},
		"a hidden one":            {[]sheetMade{{name: "Udtræk", rows: table}, {name: "Koder", rows: table, state: "hidden"}}, ""},
		"a very hidden one":       {[]sheetMade{{name: "Koder", rows: table, state: "veryHidden"}, {name: "Udtræk", rows: table}}, ""},
		"the only one is hidden":  {[]sheetMade{{name: "Ark1"}, {name: "Udtræk", rows: table, state: "hidden"}}, `the workbook shows no sheet with rows: Ark1 (empty), Udtræk (hidden); name one in a profile: sheet = "…"`},
		"two with rows":           {[]sheetMade{{name: "Forside", rows: [][]any{{"Udtræk"}}}, {name: "Udtræk", rows: table}, {name: "Ark3"}}, `the workbook has 3 sheets: Forside, Udtræk, Ark3 (empty); name one in a profile: sheet = "…"`},
		"all of them empty":       {[]sheetMade{{name: "Ark1"}, {name: "Ark2"}}, `the workbook shows no sheet with rows: Ark1 (empty), Ark2 (empty); name one in a profile: sheet = "…"`},
		"one, and that is empty":  {[]sheetMade{{name: "Ark1"}}, "the sheet is empty"},
		"one, and that is hidden": {[]sheetMade{{name: "Ark1", rows: [][]any{{"x"}}}, {name: "Ark2", rows: table, state: "hidden"}}, `no column permit_id`},
	} {
		path := sheetsOf(t, c.sheets...)
		inputs, err := extract.Delivery{Carl2Permits: []string{path}}.Gather()
		switch {
		case c.wrong != "":
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%s: %v, want %s", name, err, c.wrong)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case inputs[0].Chosen != "Udtræk" || len(inputs[0].First) != 1:
			t.Errorf("%s: sheet %q, %d rows", name, inputs[0].Chosen, len(inputs[0].First))
		}
	}
	// Where the sheet that is read lacks the columns, the others are named.
	path := sheetsOf(t, sheetMade{name: "Forside", rows: [][]any{{"Sagsnr.", "Udl.nr."}}}, sheetMade{name: "Udtræk", rows: table, state: "hidden"})
	_, err := extract.Delivery{Carl2Permits: []string{path}}.Gather()
	if want := path + `:1: sheet Forside is read, of Forside, Udtræk (hidden); another? sheet = "…" in a profile`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestSheetsThatAreNotRead: a sheet with values in it is named in the receipt where another is read, shown or not.
func TestSheetsThatAreNotRead(t *testing.T) {
	table := [][]any{permitHead, permitRow}
	for want, sheets := range map[string][]sheetMade{
		"":                       {{name: "Udtræk", rows: table}, {name: "Ark2"}, {name: "Ark3", state: "hidden"}},
		"Arkiv (hidden)":         {{name: "Ark1"}, {name: "Udtræk", rows: table}, {name: "Arkiv", rows: table, state: "hidden"}},
		"Koder (hidden) Forside": {{name: "Koder", rows: [][]any{{nil, "x"}}, state: "veryHidden"}, {name: "Udtræk", rows: table}, {name: "Forside", rows: table}},
	} {
		l := loading(t, writeFiles(t, registersOf))
		l.Carl2Permits = []string{sheetsOf(t, sheets...)}
		l.Profile.Tables = map[string]profiles.Table{registers.Carl2Permits.Name: {Sheet: "Udtræk"}}
		if _, r := load(t, l); strings.Join(receiptOf(t, r, "carl2_permits").OtherSheets, " ") != want {
			t.Errorf("not read: %q, want %q", receiptOf(t, r, "carl2_permits").OtherSheets, want)
		}
	}
}

// TestMergedHeader: that header cells are merged is said first, with their names and the cure, where it leaves columns without a name.
func TestMergedHeader(t *testing.T) {
	head, row := []any{"permit_id", nil, "decided_on", "decision"}, []any{"S1", "P1", "2013-02-01", "granted"}
	path := workbookOf(t, [][]any{nil, nil, head, row, row}, "A3:B3")
	want := path + ":3: cells A3:B3 of the header are merged; undo that, give each column its own name, and save the workbook again\n" +
		path + ":3: no column person_id\n" + path + ":3: column B has no name\n"
	if _, err := (extract.Delivery{Carl2Permits: []string{path}}).Gather(); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
	if _, err := extract.Explain(extract.Delivery{Carl2Permits: []string{path}}); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("explained: %v", err)
	}
	// A title over the table is no header.
	path = workbookOf(t, [][]any{{"Udtræk"}, {"permit_id", "person_id", "decided_on", "decision"}, row}, "A1:D1")
	if _, err := (extract.Delivery{Carl2Permits: []string{path}}).Gather(); err == nil || strings.Contains(err.Error(), "merged") || !strings.Contains(err.Error(), "line 2 looks like the header") {
		t.Errorf("a title: %v", err)
	}
}

// TestTableThatBeginsFurtherRight: columns in front of a table are no columns, places go by the sheet's letters, and what stands
// in front of a row is no part of it.
func TestTableThatBeginsFurtherRight(t *testing.T) {
	rows := [][]any{
		nil,
		{nil, nil, "permit_id", "person_id", "decided_on", "decision", "Note"},
		{nil, nil, "S1", "P1", "2013-02-01", "granted"},
		{nil, nil, "S2", nil, "2013-02-02", "granted"},
		{nil, "se sag", "S3", "P3", "2013-02-03", "granted"},
		{nil, nil, "S4", "P4", "2013-02-04", "refused"},
	}
	path := workbookOf(t, rows, "D3:D4")
	got, in, err := copyOf(t, path)
	if want := []string{"S1,P1,2013-02-01,granted,", "S2,P1,2013-02-02,granted,", "S4,P4,2013-02-04,refused,"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	var broken rejects
	broken.take("permits", &in.Broken)
	if in.Records != 5 || in.Rows != 3 || in.Broken.Count() != 1 || !slices.Equal(broken.first(2), []Reject{{File: "permits", Line: 5, Reason: "wrong_number_of_fields"}}) {
		t.Errorf("%d records, %d rows, %v broken", in.Records, in.Rows, in.Broken)
	}
	all, err := extract.Explain(extract.Delivery{Carl2Permits: []string{path}})
	if err != nil || len(all[0].Columns) != 5 || all[0].Columns[0].Letters != "C" || all[0].Columns[0].Position != 3 || all[0].Columns[4].Letters != "G" {
		t.Errorf("%+v, %v", all, err)
	}
	rows[1] = []any{nil, nil, "permit_id", "person_id", "decided_on", "", "decision", "decision"}
	if _, err := (extract.Delivery{Carl2Permits: []string{workbookOf(t, rows)}}).Gather(); err == nil || !strings.Contains(err.Error(), ":2: column F has no name") || !strings.Contains(err.Error(), "columns G and H are both decision") {
		t.Errorf("%v", err)
	}
	// A column that has values, but no name, is one.
	numbered := [][]any{{nil, "permit_id", "person_id", "decided_on", "decision"}, {0, "S1", "P1", "2013-02-01", "granted"}, {1, "S2", "P2", "2013-02-01", "granted"}}
	if _, err := (extract.Delivery{Carl2Permits: []string{workbookOf(t, numbered)}}).Gather(); err == nil || !strings.Contains(err.Error(), ":1: column A has no name") {
		t.Errorf("numbered rows: %v", err)
	}
	path = workbookOf(t, [][]any{rows[1], rows[2], rows[3]}, "C2:D2")
	holdsLines(t, suggested(t, Loading{Carl2Permits: []string{path}}), "# not loaded: column F, , holds one text, as aaaaaaa")
}

// TestExplainHoldsTheProfile: days that have a type are days whatever the pattern; of codes, those that nothing maps are told.
func TestExplainHoldsTheProfile(t *testing.T) {
	day := time.Date(2013, 2, 1, 0, 0, 0, 0, time.UTC)
	path := workbookOf(t, [][]any{{"permit_id", "person_id", "decided_on", "decision"}, {"S1", "P1", day, "granted"}, {"S2", "P2", "01-02-13", "Meddelt"}, {"S3", "P3", "01-02-2013", "refused"}})
	all, err := extract.Explain(extract.Delivery{Carl2Permits: []string{path}, Profile: profileOf(t, "[carl2_permits]\ndates = \"%d-%m-%Y\"\n")})
	if err != nil {
		t.Fatal(err)
	}
	for column, want := range map[int]string{2: "&{%d-%m-%Y 3 2 [{ 99-99-99 1}]}", 3: "&{ 3 2 [{Meddelt  1}]}"} {
		if got := fmt.Sprint(all[0].Columns[column].Held); got != want {
			t.Errorf("column %d: %s, want %s", column, got, want)
		}
	}
	if all[0].Columns[0].Held != nil {
		t.Errorf("an id is held against nothing: %v", all[0].Columns[0].Held)
	}
}
