package store

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"koblet/registers/profiles"
	"koblet/store/extract"
)

// suggested is the profile that a load's files suggest.
func suggested(t *testing.T, l Loading) string {
	t.Helper()
	s, err := extract.Suggest(l.Delivery())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := profiles.Parse("p", []byte(s.Text)); err != nil {
		t.Fatalf("%v in\n%s", err, s.Text)
	}
	return s.Text
}

func holdsLines(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %s in\n%s", line, text)
		}
	}
}

// So many stretches, each of so many bytes, are looked at of a text that is larger than 32 MiB.
const stretchCount, stretchSize = 12, 2 << 20

// TestSuggestLargeFiles: of a large file stretches are looked at, the last at its end, so that a code that comes last is seen;
// compressed as plain, and in records that begin within quotes.
func TestSuggestLargeFiles(t *testing.T) {
	dir := t.TempDir()
	var text bytes.Buffer
	text.WriteString("Sagsnr;Udlnr;Afgørelsesdato;Afgørelse;Bemærkning\n")
	row := 0
	for ; text.Len() < (32<<20)+stretchSize; row++ {
		fmt.Fprintf(&text, "S-%d;%d;%02d-01-2013;Meddelt;\"et brev,\nlinje 2; %s\"\n", row, row/2, row%28+1, strings.Repeat("x", 100))
	}
	for range 50 {
		fmt.Fprintf(&text, "S-%d;%d;01-02-2013;Frafaldet;\n", row, row/2)
		row++
	}
	plain, packed := filepath.Join(dir, "sager.csv"), filepath.Join(dir, "sager.csv.gz")
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write(text.Bytes()); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	for path, content := range map[string][]byte{plain: text.Bytes(), packed: zipped.Bytes()} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		got := suggested(t, Loading{Carl2Permits: []string{path}})
		holdsLines(t, got, `delimiter = ";"              # it parts the lines into 5 fields`, `dates     = "%d-%m-%Y"       # so are all days that were seen`,
			`withdrawn          = ["Frafaldet"] # guess: 50 rows`)
		if strings.Contains(got, "brev") || strings.Contains(got, "linje") {
			t.Errorf("%s: a text stands in\n%s", path, got)
		}
	}
	holdsLines(t, suggested(t, Loading{Carl2Permits: []string{plain}}), fmt.Sprintf(
		"# file 1: looked at 12 stretches of 2 MiB from beginning to end, of %d MiB, %d rows", text.Len()>>20, sampledOf(t, text.Bytes())))
}

// sampledOf counts the rows of the stretches by their beginnings: those whose record is whole within one.
func sampledOf(t *testing.T, text []byte) (n int) {
	t.Helper()
	for i := range stretchCount {
		begin := i * (len(text) - stretchSize) / (stretchCount - 1)
		part := text[begin : begin+stretchSize]
		if i < stretchCount-1 {
			part = part[:bytes.LastIndexByte(part, '\n')+1]
		}
		if i > 0 {
			_, part, _ = bytes.Cut(part, []byte("\n"))
		}
		for line := range bytes.Lines(part) {
			if bytes.HasPrefix(line, []byte("S-")) {
				n++
			}
		}
		// A record that the stretch cuts after its first line.
		if last := bytes.LastIndex(part, []byte("\nS-")); bytes.Count(part[last:], []byte(`"`)) == 1 {
			n--
		}
	}
	return n
}

// TestSuggestWorkbooks: of several sheets the one with the fields is found; days that have a type ask for no pattern.
func TestSuggestWorkbooks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sager.xlsx")
	book := excelize.NewFile()
	days, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	set := func(sheet, cell string, value any) {
		if err := book.SetCellValue(sheet, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetSheetName("Sheet1", "Forside"); err != nil {
		t.Fatal(err)
	}
	set("Forside", "A1", "Udtræk af sager")
	if _, err := book.NewSheet("Udtræk 2014"); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"Sagsnr.", "Udl.nr.", "Afgørelsesdato", "Afgørelse", "Gyldig til"} {
		set("Udtræk 2014", fmt.Sprintf("%c1", 'A'+i), name)
	}
	for i := 2; i < 30; i++ {
		for column, value := range map[string]any{"A": fmt.Sprint("S-", i), "B": fmt.Sprint("P", i%3+1), "C": time.Date(2014, 12, i, 0, 0, 0, 0, time.UTC), "D": "Meddelt", "E": "31.12.2018"} {
			set("Udtræk 2014", fmt.Sprint(column, i), value)
		}
		if err := book.SetCellStyle("Udtræk 2014", fmt.Sprint("C", i), fmt.Sprint("C", i), days); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	l := loading(t, writeFiles(t, registersOf))
	l.Carl2Permits = []string{path}
	got := suggested(t, l)
	holdsLines(t, got, `format    = "xlsx"`, `sheet     = "Udtræk 2014"`, `# file 1: looked at all of it, 28 rows`,
		`dates     = "%d.%m.%Y"       # so are all days that were seen`, `valid_to           = "Gyldig til"`, `granted            = ["Meddelt"] # guess: 28 rows`)
	if all, err := extract.Explain(l.Delivery()); err == nil || !strings.Contains(err.Error(), "the workbook has 2 sheets: Forside, Udtræk 2014") ||
		all[2].Sheet != "Udtræk 2014" || all[2].Columns[2].Column != "Afgørelsesdato" || all[2].Columns[2].Patterns[0] != "9999-99-99" {
		t.Errorf("explained as %+v, %v", all, err)
	}
	l.Profile = profileOf(t, got)
	dir, _ := load(t, l)
	if n := ask[int64](t, filepath.Join(dir, "2014-12-31", snapshotFile), "select count(*) from carl2_permits where decided_on >= '2014-12-02' and valid_to = '2018-12-31'"); n != 28 {
		t.Errorf("%d permits with both days, want 28", n)
	}
}

// TestSuggestParquet: the columns of a Parquet file have types; texts among them may be days of a pattern.
func TestSuggestParquet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sager.parquet")
	parquetOf(t, path, `select 'S-' || i as "Sagsnr", i as "Udlnr", date '2013-01-01' + i::integer as "Afgørelsesdato", 'Afslag' as "Afgørelse",
		strftime(date '2013-01-01' + i::integer, '%Y%m%d') as "Gyldig fra", [1, 2] as liste from range(40) as t(i)`)
	holdsLines(t, suggested(t, Loading{Carl2Permits: []string{path}}), `format    = "parquet"`, `# file 1: looked at rows from all over it, 40 rows`,
		`decided_on         = "Afgørelsesdato"`, `dates     = "%Y%m%d"         # so are all days that were seen`, `refused            = ["Afslag"] # guess: 40 rows`)
}

// TestSuggestOtherFiles: CPR's fixed width needs no section; one file of persons and permits has two; files of one table that have
// one header are looked at together, whatever their encodings; standard input and old line ends are read.
func TestSuggestOtherFiles(t *testing.T) {
	files := writeFiles(t, map[string]string{
		"cpr.txt":  "000000000000000000120141231\n",
		"both.csv": "Sagsnr.\tUdl.nr.\tCPR-nr.\tAfgørelsesdato\tAfgørelse\nS-1\tA-1\t\t20130131\tMeddelt\n",
		"a.csv":    "Sagsnr;Udlnr;Afgørelsesdato;Afgørelse\nS-1;A-1;31.01.2013;Meddelt\n",
		"b.csv":    "Sagsnr;Udlnr;Afgørelsesdato;Afgørelse\nS-2;A-1;30.01.2013;Forlænget\n",
		"old.csv":  "Sagsnr|Udlnr|Afgørelsesdato|Afgørelse\rS-2|A-1|30.01.2013|Meddelt\r",
	})
	at := func(name string) []string { return []string{filepath.Join(files, name)} }
	holdsLines(t, suggested(t, Loading{Carl2: at("both.csv"), CPR: at("cpr.txt")}), "[carl2_persons]", "[carl2_permits]", `delimiter = "\t"             # it parts the lines into 5 fields`,
		`cpr_number         = "CPR-nr."`, `decided_on         = "Afgørelsesdato"`, "# cpr_persons: file 1 is CPR's fixed width (U12170), which needs no profile.")
	holdsLines(t, suggested(t, Loading{Carl2Permits: append(at("a.csv"), at("b.csv")...)}), "# file 1: looked at all of it, 1 rows", "# file 2: looked at all of it, 1 rows",
		`granted            = ["Forlænget", "Meddelt"] # guess: 1 and 1 rows`)
	holdsLines(t, suggested(t, Loading{Carl2Permits: at("old.csv")}), `delimiter = "|"              # it parts the lines into 4 fields`, `granted            = ["Meddelt"] # guess: 1 row`)
	holdsLines(t, suggested(t, Loading{Carl2Permits: []string{"-"}, Stdin: strings.NewReader("Sagsnr;Afgørelse\nS-1;Afslag\n")}), `refused            = ["Afslag"] # guess: 1 row`)
	if _, err := extract.Suggest(extract.Delivery{Carl2Permits: at("nobody.csv"), CPR: at("cpr.txt")}); err == nil || !strings.HasSuffix(err.Error(), "nobody.csv: no such file") {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestSuggestHidesFileNames: a file may be called by somebody's name.
func TestSuggestHidesFileNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "Kjaersgaard.csv")
	if err := os.WriteFile(path, []byte("Sagsnr;Udlnr;Afgørelsesdato;Afgørelse\nS1;P1;2014-01-02;Meddelt\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := suggested(t, Loading{Carl2Permits: []string{path}})
	if holdsLines(t, got, "# file 1: looked at all of it, 1 rows"); strings.Contains(got, "Kjaersgaard") {
		t.Errorf("the name stands in\n%s", got)
	}
}
