package store

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"koblet/store/desk"
)

// stride is every how many of the spoilt files are loaded: loading all takes minutes.
var stride = flag.Int("stride", 20, "load every so many of the spoilt files; 1 is all of them")

// mutations are how many files of each format are spoilt and loaded.
var mutations = map[string]int{"csv": 400, "u12170": 80, "xlsx": 80, "parquet": 80}

// TestMutatedFiles spoils sound extracts at random, the same way at each run, and loads each: it is refused, or every record
// of it is accounted for. Nothing panics, nothing is left half-built, and no value of a person stands in what is said.
func TestMutatedFiles(t *testing.T) {
	files := writeFiles(t, mutable())
	parquetOf(t, filepath.Join(files, "permits.parquet"), "select * from read_csv("+desk.Literal(filepath.Join(files, "permits.csv"))+", all_varchar = true)")
	parquetOf(t, filepath.Join(files, "persons.parquet"), "select * from read_csv("+desk.Literal(filepath.Join(files, "persons.csv"))+", header = true)")
	bookOfCSV(t, filepath.Join(files, "persons.csv"), filepath.Join(files, "persons.xlsx"))
	loaded := map[bool]int{}
	for format, spoilt := range map[string][]string{
		"csv": {"persons.csv", "permits.csv", "cpr.csv"}, "u12170": {"cpr.txt"}, "xlsx": {"persons.xlsx"}, "parquet": {"permits.parquet", "persons.parquet"},
	} {
		t.Run(format, func(t *testing.T) {
			dir := t.TempDir()
			for i := 0; i < mutations[format]; i += *stride {
				dice := rand.New(rand.NewPCG(uint64(i), 11))
				name := spoilt[dice.IntN(len(spoilt))]
				text, err := os.ReadFile(filepath.Join(files, name))
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case format == "xlsx" && dice.IntN(2) == 0:
					text = mutatedPart(t, filepath.Join(files, name), dice)
				case format == "parquet" && dice.IntN(2) == 0: // what moves is refused for its offsets alone
					text[dice.IntN(len(text))] ^= byte(1 << dice.IntN(8))
				default:
					text = mutated(text, dice)
				}
				path := filepath.Join(dir, fmt.Sprint(i, "-", name))
				if err := os.WriteFile(path, text, 0o600); err != nil {
					t.Fatal(err)
				}
				loaded[loadsOrRefuses(t, files, path)]++
			}
		})
	}
	if loaded[true] < 5 || loaded[false] < 5 {
		t.Errorf("%d are loaded and %d refused: the files are spoilt too little or too much to say anything", loaded[true], loaded[false])
	}
}

// loadsOrRefuses loads the spoilt file beside sound ones, and reports whether it is loaded.
func loadsOrRefuses(t *testing.T, files, path string) bool {
	t.Helper()
	l := loading(t, files)
	l.MaxRejects = Limit{Percent: 100}
	switch name := filepath.Base(path); {
	case strings.Contains(name, "persons."):
		l.Carl2Persons = []string{path}
	case strings.Contains(name, "permits."):
		l.Carl2Permits = []string{path}
	default:
		l.CPR = []string{path}
	}
	store := path + ".store"
	r, err := Load(t.Context(), store, l)
	said, wrong := json.Marshal(r)
	if wrong != nil {
		t.Fatal(wrong)
	}
	if err != nil {
		said = append(said, err.Error()...)
	}
	if found := personal.Find(said); found != nil {
		t.Errorf("%s: a value of a person is in what is said: %s", path, pattern(found))
	}
	for _, f := range r.Files {
		if f.Lines != f.Header+f.Loaded+f.Rejected {
			t.Errorf("%s: %s: %d records, %d and %d and %d of them accounted for", path, f.Table, f.Lines, f.Header, f.Loaded, f.Rejected)
		}
	}
	if _, gone := os.Stat(filepath.Join(store, buildingDir)); gone == nil {
		t.Errorf("%s: a half-built snapshot is left", path)
	}
	if err := os.RemoveAll(store); err != nil {
		t.Fatal(err)
	}
	return err == nil
}

// personal is every value of the extracts below that points at a person, whole. Numbers are those of the extracts and any
// other ten digits.
var personal = regexp.MustCompile(`Qvistorf|Bundgrd|Zwergi|Ximene|UDL7[0-9]{3}|SAG9[0-9]{4}|\b[0-9]{6}-?[0-9]{4}\b`)

func pattern(text []byte) string {
	return regexp.MustCompile(`[0-9]`).ReplaceAllString(string(text), "9")
}

// mutable are extracts of forty persons with a permit each, whose numbers leave remainder 1.
func mutable() map[string]string {
	persons := "person_id,cpr_number,cpr_linked_on,family_name,given_name,birth_date,sex,citizenship\n"
	permits := "permit_id,person_id,decided_on,decision,legal_basis,category\n"
	cpr := "cpr_number,status,sex,birth_date,family_name,citizenship\n"
	records := fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"}) + "\n"
	numbers := planted(40)
	for i, number := range numbers {
		birth := fmt.Sprintf("19%s-%s-%s", number[4:6], number[2:4], number[0:2])
		sex := []string{"K", "M"}[number[9]%2]
		persons += fmt.Sprintf("UDL7%03d,%s,2014-%02d-03,%s,\"Ximene, %c.\",%s,%s,5452\n", i, number, i%9+1, []string{"Qvistorf", "Bundgrd", "Zwergi"}[i%3], 'A'+i%20, birth, sex)
		permits += fmt.Sprintf("SAG9%04d,UDL7%03d,2014-%02d-%02d,granted,\"§ 9 c, stk. 1\",family\n", i, i, i%12+1, i%28+1)
		cpr += fmt.Sprintf("%s,01,%s,%s,Qvistorf,5452\n", number, sex, birth)
		records += fixed("001", number, map[int]string{24: "01", 26: "201401011200", 38: " ", 39: sex, 40: birth}) + "\n"
	}
	records += fixed("999", "9999999999", map[int]string{14: fmt.Sprintf("%08d", len(numbers))}) + "\n"
	return map[string]string{"persons.csv": persons, "permits.csv": permits, "cpr.csv": cpr, "cpr.txt": records}
}

// planted are n numbers that cannot have been issued: their weighted sum leaves 1.
func planted(n int) []string {
	var found []string
	for serial := 1000; len(found) < n; serial++ {
		number, sum := fmt.Sprintf("%02d%02d%02d%04d", serial%28+1, serial%12+1, 60+serial%30, serial), 0
		for i, weight := range [...]int{4, 3, 2, 7, 6, 5, 4, 3, 2, 1} {
			sum += weight * int(number[i]-'0')
		}
		if sum%11 == 1 {
			found = append(found, number)
		}
	}
	return found
}

// spoilers are texts that mean something to one reader or another.
var spoilers = []string{
	"\"", "\"\"", ",", ";", "\n", "\r", "\r\n", "\x00", "\x1a", "\ufeff", "\u00a0", "\u200b", "\u0085", "\u00ad", "\xc3", "\xff\xfe", "\\", "'",
	"=1+1", "-----", "NULL", "#N/A", "9999-12-31", "0001-01-01", "1e300", "-1", "\x1b[31m", "sep=;\n", "999", "000", "_x000D_", strings.Repeat("x", 70_000),
}

// mutated spoils a text in one to four places.
func mutated(text []byte, dice *rand.Rand) []byte {
	text = bytes.Clone(text)
	for range 1 + dice.IntN(4) {
		at := dice.IntN(len(text))
		to := min(len(text), at+1+dice.IntN(60))
		span := bytes.Clone(text[at:to])
		switch dice.IntN(7) {
		case 0:
			text[at] ^= byte(1 << dice.IntN(8))
		case 1:
			text = append(text[:at], text[to:]...)
		case 2:
			text = append(text[:to], append(span, text[to:]...)...)
		case 3, 4:
			text = append(text[:at], append([]byte(spoilers[dice.IntN(len(spoilers))]), text[at:]...)...)
		case 5:
			text = text[:at+1]
		case 6:
			other := dice.IntN(len(text))
			text = append(text[:other:other], append(span, text[other:]...)...)
		}
		if len(text) == 0 {
			return []byte("x")
		}
	}
	return text
}

// mutatedPart spoils one part of a workbook and packs it again.
func mutatedPart(t *testing.T, path string, dice *rand.Rand) []byte {
	t.Helper()
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	spoilt := dice.IntN(len(book.File))
	for i, f := range book.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		if i == spoilt {
			text = mutated(text, dice)
		}
		into, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := into.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// bookOfCSV writes a CSV file of these tests as a workbook of texts.
func bookOfCSV(t *testing.T, from, path string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	book := excelize.NewFile()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}
