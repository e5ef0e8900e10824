package accounts

import (
	"archive/zip"
	"bytes"
	stdhtml "html"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/queries"
	"koblet/registers/suggest"
	"koblet/reports"
	"koblet/reports/excel"
	"koblet/reports/html"
	"koblet/reports/print"
	"koblet/store"
	"koblet/store/extract"
)

// TestEveryPrinterDrawsThem: what an account says stands in the text, the page, the workbook and the JSON.
func TestEveryPrinterDrawsThem(t *testing.T) {
	question, err := queries.Find("unlinked_by_year")
	if err != nil {
		t.Fatal(err)
	}
	typed := func(p queries.Param) string { return "--param " + p.Name }
	loaded := time.Date(2015, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, c := range []struct {
		report reports.Report
		says   []string
	}{
		{Catalogue([]queries.Question{question}, "en", "koblet"), []string{"The catalogue of questions", "unlinked_by_year", question.Ask.En}},
		{Question(question, typed, "da", "koblet"), []string{question.Ask.Da, "--param from_day", "Parametre, som de skrives", "nøgle"}},
		{Snapshots([]Snapshot{{AsOf: "2014-12-31", LoadedAt: loaded, Persons: 1200, Permits: 34, CPR: 5, Edition: 2, Older: []int{0, 1}}}, "en", "koblet"),
			[]string{"The snapshots of the store", "2014-12-31", "2015-01-02 03:04", "0, 1"}},
		{Verification(verified(), "en", "koblet"), []string{"2014-12-31: 118 checks, 3 deviations", "secret: not checked, it is not for this user to read", "mode 0600, more than 0440",
			"5 rows, 1,206 in the receipt", "no key", "2013-12-31: removed meanwhile"}},
		{Verification(verified(), "da", "koblet"), []string{"2014-12-31: 118 kontroller, 3 afvigelser", "rettigheder 0600, mere end 0440", "5 rækker, 1.206 ifølge kvitteringen", "uden nøgle"}},
		{Exported("x", store.Exported{AsOf: "2014-12-31", Tables: []store.ExportedTable{{Files: "cpr_persons.parquet", Rows: 1234, Columns: make([]store.ExportedColumn, 18)}}}, "en", "koblet"),
			[]string{"x: snapshot 2014-12-31", "cpr_persons.parquet", "1234", "18"}},
		{Receipt(received(), "en", "koblet"), []string{"snapshot 2014-12-31: 1200 persons, 3400 permits, 5 CPR persons", "of the persons 1,001 have no permit, 2 have several CPR-numbers",
			"files, of which lines = header + loaded + rejected", "windows-1252", "0123456789ab", "in/persons.csv", "in/persons.csv: columns that are not stored: a, b", "in/book.xlsx: sheets that are not read: Ark2",
			"in/cpr.txt:9: the trailer says 1,152 records, the file has 7", "findings, kept in their rows", "not_a_date", "carl2_permits.decided_on", "book.xlsx:12, book.xlsx:14", "no_person: no person of that person-id",
			"loaded in spite of", "days cannot be read (unreadable_days), carl2_permits.decided_on: 3 of 3 (100.0 per cent)", "not needed: --accept empty_table",
			"compared with 2014-11-30, 31 days before", "1,700 rows, 3,400 before", "33.3 per cent empty, 12.5 per cent before", "1 codes that were not there: revoked", "2 shares of empty values changed by at most 1 percentage point.",
			"compared with 2014-12-31.r1, the edition of the same day that it replaces", "nothing changed"}},
		{Receipt(received(), "da", "koblet"), []string{"Opgørelse pr. 31. december 2014: 1.200 personer, 3.400 tilladelser og 5 personer i CPR", "Af personerne har 1.001 ingen tilladelse, og 2 har flere CPR-numre.",
			"Filer, hvor linjer = overskrift + indlæst + afvist", "in/persons.csv: kolonner, der ikke gemmes: a, b", "in/book.xlsx: ark, der ikke læses: Ark2",
			"in/cpr.txt:9: slutposten angiver 1.152 poster, og filen har 7", "Fund, som er bevaret i rækkerne", "not_a_date: ikke en dato", "Indlæst på trods af",
			"datoer kan ikke læses (unreadable_days), carl2_permits.decided_on: 3 af 3 (100,0 pct.)", "Ikke nødvendigt: --accept empty_table", "Sammenlignet med 2014-11-30, 31 dage før",
			"1.700 rækker mod 3.400 før", "33,3 pct. tomme mod 12,5 pct. før", "koder, der ikke var der før: 1 (revoked)", "2 andele af tomme værdier er ændret med højst 1 procentpoint.",
			"Sammenlignet med 2014-12-31.r1, den udgave for samme dag, som erstattes", "Intet er ændret."}},
		{Explained(looked(), "en", "koblet"), []string{"what is read as what; nothing is loaded", `in/persons.csv: carl2_persons, csv, utf-8, but it looks like iso-8859-1, delimiter ",", but ";" parts the lines, and so they are shown`,
			"(not stored)", "AA-9", "(empty)", "row 2", "missing, and required: person_id, cpr_number", "not in the file: sex", `in/book.xlsx: carl2_permits, xlsx, sheet "Ark1"`,
			"in/book.xlsx: what the profile reads of a sample", `days by "%d.%m.%Y"`, "9999-99-99 (2)", `"Omgjort" (1)`, "known or mapped"}},
		{Explained(looked(), "da", "koblet"), []string{"Hvad der læses som hvad; intet er indlæst", `in/persons.csv: carl2_persons, csv, utf-8, men ligner iso-8859-1, skilletegn ",", men ";" deler linjerne, og sådan vises de`,
			"(gemmes ikke)", "(tom)", "Række 2", "mangler og er påkrævet: person_id, cpr_number", "findes ikke i filen: sex", `in/book.xlsx: carl2_permits, xlsx, ark "Ark1"`,
			"in/book.xlsx: hvad profilen læser af en stikprøve", `datoer efter "%d.%m.%Y"`, "kendte eller oversatte koder"}},
	} {
		for name, draw := range map[string]func(io.Writer, reports.Report) error{
			"text": func(w io.Writer, r reports.Report) error { return print.TextWithin(w, r, print.Unbroken) }, "page": html.Write, "workbook": excel.Write, "json": print.ReportJSON,
		} {
			var out bytes.Buffer
			if err := draw(&out, c.report); err != nil {
				t.Errorf("%s: %s: %v", c.report.Name, name, err)
				continue
			}
			text := out.String()
			switch name {
			case "workbook":
				text = stdhtml.UnescapeString(cellsOf(t, out.Bytes()))
			case "json":
				text = strings.ReplaceAll(text, `\"`, `"`)
			case "page":
				text = strings.ReplaceAll(stdhtml.UnescapeString(text), "\u00a0", " ") // which holds a number and its unit together
			}
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("%s: the %s does not say %q", c.report.Name, name, want)
				}
			}
		}
	}
}

// verified are an edition with a deviation of every kind of figure, and one that was removed.
func verified() []store.Verification {
	return []store.Verification{{Snapshot: "2014-12-31", Checks: 118, NotChecked: []string{"secret"}, Deviations: []store.Deviation{
		{Where: "receipt.json", What: "wide_mode", Found: "0600", Expected: "0440"},
		{Where: "carl2_permits", What: "rows_against_the_receipt", Found: int64(5), Expected: int64(1206)},
		{Where: "carl2_permits", What: "no_key", Rows: 7},
	}}, {Snapshot: "2013-12-31", Removed: true}}
}

// received is a receipt in which there is something of every kind.
func received() store.Receipt {
	return store.Receipt{
		AsOf: "2014-12-31", Persons: 1200, Permits: 3400, CPR: 5, NoPermit: 1001, Several: 2,
		Files: []store.FileReceipt{
			{File: "in/persons.csv", Encoding: "windows-1252", SHA256: "0123456789abcdef", Lines: 1203, Header: 1, Loaded: 1200, Rejected: 2, NotStored: []string{"a", "b"}},
			{File: "in/book.xlsx", Lines: 3401, Header: 1, Loaded: 3400, Findings: 5, OtherSheets: []string{"Ark2"}},
			{File: "in/cpr.txt", Lines: 7, Header: 2, Loaded: 5, Trailer: &extract.Trailer{Line: 9, Says: 1152, Has: 7}},
		},
		Findings: []store.Finding{
			{Table: "carl2_permits", Column: "decided_on", Reason: "not_a_date", N: 3, Of: 3400, Places: []store.Place{{File: "in/book.xlsx", Line: 12}, {File: "in/book.xlsx", Line: 14}}},
			{Table: "carl2_permits", Column: "person_id", Reason: "no_person", N: 2, Of: 3400, Places: []store.Place{{File: "in/book.xlsx"}}},
			{Table: "cpr_persons", Reason: "record_count", N: 1, Of: 5, Places: []store.Place{{File: "in/cpr.txt", Line: 9}}},
		},
		Accepted:  []store.Excess{{Reason: "unreadable_days", Table: "carl2_permits", Column: "decided_on", N: 3, Of: 3}},
		NotNeeded: []string{"empty_table"},
		Gate: []store.Comparison{{With: "2014-11-30", DaysApart: 31, Differences: []store.Difference{
			{Kind: "rows", Table: "carl2_permits", Before: 3400, After: 1700, Change: 50},
			{Kind: "empty_share", Table: "carl2_permits", Column: "lapsed_on", Before: 12.5, After: 33.3, Change: 20.8},
			{Kind: "empty_share", Table: "carl2_permits", Column: "valid_to", Before: 12, After: 13, Change: 1},
			{Kind: "empty_share", Table: "carl2_permits", Column: "valid_from", Before: 12, After: 12.5, Change: 0.5},
			{Kind: "new_codes", Table: "carl2_permits", Column: "decision", Change: 1, Codes: []string{"revoked"}},
		}}, {With: "2014-12-31.r1"}},
	}
}

// looked is what is said of two files, one of them read wrongly.
func looked() []extract.Explained {
	return []extract.Explained{
		{File: "in/persons.csv", Table: "carl2_persons", Format: "csv", Encoding: "utf-8", Seems: "iso-8859-1", Delimiter: ",", Found: ";", Missing: []string{"person_id", "cpr_number"}, Lacking: []string{"sex"},
			Columns: []extract.ExplainedColumn{{Position: 1, Column: "Udl.nr.", Patterns: []string{"AA-9", "AA-9"}}, {Position: 2, Column: "CPR-nr.", Patterns: []string{""}}}},
		{File: "in/book.xlsx", Table: "carl2_permits", Format: "xlsx", Sheet: "Ark1", Columns: []extract.ExplainedColumn{
			{Position: 2, Letters: "B", Column: "Dato", Field: "decided_on", Held: &suggest.Held{Dates: "%d.%m.%Y", Values: 5, Read: 3, Others: []suggest.HeldText{{Pattern: "9999-99-99", Rows: 2}}}},
			{Position: 3, Letters: "C", Column: "Afgørelse", Field: "decision", Held: &suggest.Held{Values: 4, Read: 3, Others: []suggest.HeldText{{Text: "Omgjort", Rows: 1}}}},
			{Position: 4, Letters: "D", Column: "Note", Held: &suggest.Held{}}}},
	}
}

// TestReceiptAsText: unbroken, a file is a line, its numbers in the order of the heads, and a finding is one; in a sound load there is
// nothing but the files, and a finding of a file as such is no share of its rows.
func TestReceiptAsText(t *testing.T) {
	var out bytes.Buffer
	if err := print.TextWithin(&out, Receipt(received(), "en", "koblet"), print.Unbroken); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`\Asnapshot 2014-12-31: 1200 persons, 3400 permits, 5 CPR persons\n`, `(?m)^ lines +header +loaded +rejected +findings +encoding +SHA-256 +file$`,
		`(?m)^  1203 +1 +1200 +2 +0 +windows-1252  0123456789ab  in/persons.csv$`, `(?m)^not_a_date +carl2_permits.decided_on +3 +0.088  book.xlsx:12, book.xlsx:14$`,
		`(?m)^record_count +cpr_persons +1 +cpr.txt:9$`, `(?m)^in/cpr.txt:9: the trailer says 1,152 records, the file has 7$`, `(?m)^carl2_permits.decision +1 codes that were not there: revoked$`,
	} {
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("%s is not in\n%s", want, out.String())
		}
	}
	sound := Receipt(store.Receipt{AsOf: "2014-12-31", Files: []store.FileReceipt{{File: "persons.csv", Lines: 1, Header: 1}}}, "en", "koblet")
	if len(sound.Sections) != 1 || len(sound.Notes) != 0 {
		t.Errorf("a sound load has the sections %v and the notes %v", sound.Sections, sound.Notes)
	}
}

// TestFilesOfOneName: the folders stand before names that are the same without them, and before no other.
func TestFilesOfOneName(t *testing.T) {
	names := shortNames([]store.FileReceipt{{File: "a/x.csv"}, {File: "b/x.csv"}, {File: "b/y.csv"}, {File: "a/x.csv"}})
	if want := map[string]string{"a/x.csv": "a/x.csv", "b/x.csv": "b/x.csv", "b/y.csv": "y.csv"}; !maps.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
}

// cellsOf is the text of a workbook's parts.
func cellsOf(t *testing.T, book []byte) string {
	t.Helper()
	parts, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, part := range parts.File {
		f, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&text, f); err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
	}
	return text.String()
}

// TestNoSnapshots: an empty store is said to be so, and is no table of nothing.
func TestNoSnapshots(t *testing.T) {
	var out bytes.Buffer
	if err := print.TextWithin(&out, Snapshots(nil, "en", "koblet"), print.Columns); err != nil {
		t.Fatal(err)
	}
	if want := "The snapshots of the store\n– there are no snapshots\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

// A verification begins with what became of all editions together; an edition without deviations needs no sheet, a column that counts nothing is not
// there, a store has no day, and pages and sheets begin with capitals where scripts look for small words on a screen.
func TestVerificationsAsPeopleReadThem(t *testing.T) {
	sound := []store.Verification{{Snapshot: "2013-12-31", Checks: 115}, {Snapshot: "2014-12-31", Checks: 1120}}
	deviating := append(sound, store.Verification{Snapshot: "2016-12-31", Checks: 1, Deviations: []store.Deviation{{Where: "receipt.json", What: "altered"}}})
	for _, c := range []struct {
		of             []store.Verification
		language, lead string
		sheets         []string
	}{
		{sound, "da", "Ingen afvigelser: 1235 kontroller af 2 udgaver.", []string{"Forside", "Indhold", "Noter"}},
		{sound[:1], "en", "No deviations: 115 checks of 1 edition.", []string{"Cover", "Contents", "Notes"}},
		{deviating, "da", "1 afvigelse i 1 af 3 udgaver (1236 kontroller).", []string{"Forside", "Indhold", "Noter", "2016-12-31"}},
		{deviating, "en", "1 deviation in 1 of 3 editions (1236 checks).", []string{"Cover", "Contents", "Notes", "2016-12-31"}},
	} {
		small := Verification(c.of, c.language, "koblet")
		r := Headed(small)
		if r.Lead != c.lead {
			t.Errorf("lead %q, want %q", r.Lead, c.lead)
		}
		if c.language == "en" && (r.Title != "Verification of the store" || small.Title != "verification of the store") {
			t.Errorf("title %q, on a screen %q", r.Title, small.Title)
		}
		var out bytes.Buffer
		if err := excel.Write(&out, r); err != nil {
			t.Fatal(err)
		}
		if got := sheetsOf(t, out.Bytes()); !slices.Equal(got, c.sheets) {
			t.Errorf("sheets %v, want %v", got, c.sheets)
		}
		cells := stdhtml.UnescapeString(cellsOf(t, out.Bytes()))
		for _, want := range []string{c.lead, "2013-12-31: 115 "} {
			if !strings.Contains(cells, want) {
				t.Errorf("the workbook does not say %q", want)
			}
		}
		for _, never := range []string{"Opgjort pr.", "As of", "(f)", "Antal", "How many"} {
			if strings.Contains(cells, never) {
				t.Errorf("the workbook says %q", never)
			}
		}
	}
}

var sheetName = regexp.MustCompile(`<sheet name="([^"]*)"`)

// sheetsOf are the names of a workbook's sheets.
func sheetsOf(t *testing.T, book []byte) (names []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(z, "xl/workbook.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range sheetName.FindAllStringSubmatch(string(text), -1) {
		names = append(names, found[1])
	}
	return names
}
