package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"koblet/store"
)

// hostile is one file that is not as it should be, loaded by the real command into a store that holds a snapshot already.
type hostile struct {
	name  string
	file  string // one of the files that are otherwise sound: persons.csv, permits.csv, cpr.csv, profile.toml
	text  string
	flags []string // beside the files
	at    func(t *testing.T, path string)

	// Refused with exit code 2, for these reasons: what each line of standard error looks like, the last hint left out.
	refused []string
	// Or loaded: lines, header, loaded and rejected of the file, its encoding, and its findings.
	loaded   [4]int64
	noted    string // what standard error says of it: nothing, unless given
	encoding string
	findings map[string]int64
}

const (
	soundPersons = "person_id,cpr_number,family_name\nA-1,0102801238,Quistorff\nA-2,,Zwergius\n"
	soundPermits = "permit_id,person_id,decided_on,decision\nP-1,A-1,2013-01-10,granted\nP-2,A-2,2013-01-11,refused\n"
	soundCPR     = "cpr_number,status,sex\n0102801238,01,K\n"
	permitsHead  = "permit_id,person_id,decided_on,decision\n"
)

// cprLines joins CPR's records, as lines, between a record 000 and a record 999 that counts them.
func cprLines(records ...string) string {
	return "000000000000000000120141231\n" + strings.Join(records, "\n") + fmt.Sprintf("\n9999999999999%08d\n", len(records))
}

// person is a sound record 001.
func person(number string) string {
	return "001" + number + strings.Repeat(" ", 10) + "01" + strings.Repeat(" ", 60)
}

// otherProduct is a record 001 of another product of CPR's, which has the status, the sex and the days elsewhere.
func otherProduct(number string) string {
	return "001" + number + "  2015093011250120130517000001 " + number[:6] + "K1980-02-01 2013-05-17" + strings.Repeat(" ", 300)
}

func zipped(files ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		name, text, _ := strings.Cut(f, "=")
		into, err := w.Create(name)
		if err != nil {
			panic(err)
		}
		_, _ = into.Write([]byte(text)) // into memory
	}
	_ = w.Close()
	return b.String()
}

// bookOf is a workbook of sheets: name=rows.
func bookOf(sheets ...string) string {
	var book, relations strings.Builder
	parts := []string{}
	for i, s := range sheets {
		name, rows, _ := strings.Cut(s, "=")
		fmt.Fprintf(&book, `<sheet name="%s" sheetId="%d" r:id="r%d"/>`, name, i+1, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Target="worksheets/s%d.xml"/>`, i+1, i+1)
		parts = append(parts, fmt.Sprintf("xl/worksheets/s%d.xml=<worksheet><sheetData>%s</sheetData></worksheet>", i+1, rows))
	}
	return zipped(append(parts,
		`xl/workbook.xml=<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`+book.String()+`</sheets></workbook>`,
		`xl/_rels/workbook.xml.rels=<Relationships>`+relations.String()+`</Relationships>`)...)
}

// rowOf is a row of texts in a workbook.
func rowOf(texts ...string) string {
	var b strings.Builder
	for _, t := range texts {
		fmt.Fprintf(&b, `<c t="inlineStr"><is><t>%s</t></is></c>`, t)
	}
	return "<row>" + b.String() + "</row>"
}

func gzipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text)) // into memory
	_ = w.Close()
	return b.String()
}

func utf16(text string, little bool) string {
	var b []byte
	for _, c := range []byte(text) {
		if little {
			b = append(b, c, 0)
		} else {
			b = append(b, 0, c)
		}
	}
	return string(b)
}

// linked makes a link to a file by another name.
func linked(t *testing.T, path, name string) {
	t.Helper()
	_ = os.Remove(name)
	if err := os.Symlink(path, name); err != nil {
		t.Skip(err)
	}
}

// refusedRows is what standard error says of rejected rows and their limit.
func refusedRows(file string, of int, rows ...string) []string {
	var all []string
	reasons := map[string]int{}
	for _, r := range rows {
		all = append(all, "^"+regexp.QuoteMeta(file+":"+r)+"$")
		_, reason, _ := strings.Cut(r, ": ")
		reasons[reason]++
	}
	return append(all, "^rejected: ", fmt.Sprintf("^load: %d of %d lines are rejected; nothing is stored; they are listed in s/2014-12-31.rejects.csv$", len(rows), of))
}

func hostiles() []hostile {
	return slices.Concat(hostileTexts(), hostileHeaders(), hostileFiles(), hostileWorkbooks(), hostileRecords(), hostileProfiles(), hostileFindings())
}

func hostileTexts() []hostile {
	permits := func(name, rows string) hostile {
		return hostile{name: name, file: "permits.csv", text: permitsHead + rows}
	}
	all := []hostile{
		{name: "unclosed quote", text: "P-1,\"A-1,2013-01-10,granted\nP-2,A-2,2013-01-11,refused\n", refused: refusedRows("permits.csv", 5, "2: bad_quote")},
		{name: "text after a quote", text: "P-1,\"A-1\"x,2013-01-10,granted\n", refused: refusedRows("permits.csv", 4, "2: bad_quote")},
		{name: "NUL byte", text: "P-1,A-1,2013-01-10,granted\nP-\x002,A-2,2013-01-11,refused\n", refused: refusedRows("permits.csv", 5, "3: nul_byte")},
		{name: "one field too many", text: "P-1,A-1,2013-01-10,granted,0102801238\n", refused: refusedRows("permits.csv", 4, "2: wrong_number_of_fields")},
		{name: "one field too few", text: "\n\nP-1,A-1,2013-01-10\n", refused: refusedRows("permits.csv", 4, "4: wrong_number_of_fields")},
		{name: "line beyond 1 MiB", text: "P-1,A-1,2013-01-10," + strings.Repeat("0102801238", 120_000) + "\n", refused: refusedRows("permits.csv", 4, "2: line_too_long")},
		{name: "empty key", text: ",A-1,2013-01-10,granted\n  ,A-1,2013-01-10,granted\n", refused: refusedRows("permits.csv", 5, "2: empty_key", "3: empty_key")},
		{name: "repeated key", text: "P-1,A-1,2013-01-10,granted\nP-1,A-1,2013-01-10,granted\n", refused: refusedRows("permits.csv", 5, "3: repeated_key")},
		{name: "binary", text: "\x01\x02\x00\x00\x7f\xfe\n\x00\x00\n\x01", refused: refusedRows("permits.csv", 6, "2: wrong_number_of_fields", "3: wrong_number_of_fields", "4: wrong_number_of_fields")},
		{name: "control-Z at the end", text: "P-1,A-1,2013-01-10,granted\n\x1a", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8"},
		{name: "control-Z in the middle", text: "P-1,A-1,2013-01-10,granted\n\x1a\nP-2,A-1,2013-01-10,granted\n", refused: refusedRows("permits.csv", 6, "3: wrong_number_of_fields")},
		{name: "zeros up to the end of a block", text: "P-1,A-1,2013-01-10,granted" + strings.Repeat("\x00", 4096), loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8"},
		{name: "a mainframe's line ends, beneath another's", text: "P-1,A-1,2013-01-10,granted\u0085P-2,A-2,2013-01-11,refused\u0085", refused: refusedRows("permits.csv", 4, "2: wrong_number_of_fields")},
		{name: "header again in the middle", text: "P-1,A-1,2013-01-10,granted\n" + permitsHead, refused: refusedRows("permits.csv", 5, "3: repeated_header")},
		{name: "header again with a mark, in capitals", text: "P-1,A-1,2013-01-10,granted\n\ufeff\"PERMIT_ID\", person_id,decided_on,decision\nP-2,A-1,2013-01-10,granted\n",
			refused: refusedRows("permits.csv", 6, "3: repeated_header")},
		{name: "header again, columns in another order", text: "P-1,A-1,2013-01-10,granted\nperson_id,permit_id,decided_on,decision\nA-1,P-2,2013-01-10,granted\n",
			refused: []string{`^load: permits.csv: line 3: a header again, with the columns in another order; give the files apart$`}},
		{name: "dashes under the header", text: "---------,---------,----------,--------\nP-1,A-1,2013-01-10,granted\n", loaded: [4]int64{3, 2, 1, 0}, encoding: "utf-8"},
		{name: "total between the rows", text: "P-1,A-1,2013-01-10,granted\nI alt,1,,1 granted\nP-2,A-1,2013-01-10,granted\n", refused: refusedRows("permits.csv", 6, "3: between_rows")},
		{name: "dashes further down", text: "P-1,A-1,2013-01-10,granted\n=========,=========,==========,========\n", refused: refusedRows("permits.csv", 5, "3: ruled_line")},
		{name: "a count of rows below the table", text: "P-1,A-1,2013-01-10,granted\n\n(1 rows affected)\n", refused: refusedRows("permits.csv", 5, "4: row_count")},
		{name: "old Mac's line ends", text: strings.ReplaceAll("P-1,A-1,2013-01-10,granted\nP-2,A-2,2013-01-11,refused\n", "\n", "\r"), loaded: [4]int64{3, 1, 2, 0}, encoding: "utf-8"},
		{name: "three kinds of line ends", text: "P-1,A-1,2013-01-10,granted\r\nP-2,A-2,2013-01-11,refused\rP-3,A-2,2013-01-11,refused", loaded: [4]int64{4, 1, 3, 0}, encoding: "utf-8"},
		{name: "blank lines", text: "\n\nP-1,A-1,2013-01-10,granted\n\r\n\nP-2,A-2,2013-01-11,refused\n\n", loaded: [4]int64{3, 1, 2, 0}, encoding: "utf-8"},
		{name: "line breaks within quotes", text: "P-1,A-1,2013-01-10,\"granted\"\n\"P\n-\n2\",A-2,2013-01-11,refused\n", loaded: [4]int64{3, 1, 2, 0}, encoding: "utf-8"},
		{name: "days of another form", text: "P-1,A-1,31-12-2013,granted\nP-2,A-1,13/1/2013,granted\nP-3,A-1,2013-02-30,granted\n", loaded: [4]int64{4, 1, 3, 0}, encoding: "utf-8",
			flags:    []string{"--accept", "unreadable_days"},
			findings: map[string]int64{"decided_on not_a_date": 3}},
		{name: "Excel's serial days", text: "P-1,A-1,41306,granted\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8", findings: map[string]int64{"decided_on not_a_date": 1}},
		{name: "a day after the as-of day", text: "P-1,A-1,2015-01-01,granted\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8", findings: map[string]int64{"decided_on after_as_of_day": 1}},
		{name: "unknown code", text: "P-1,A-1,2013-01-10,Meddelt\nP-2,A-1,2013-01-10,\n", loaded: [4]int64{3, 1, 2, 0}, encoding: "utf-8", findings: map[string]int64{"decision unknown_code": 2},
			flags: []string{"--accept", "unknown_decisions"}},
		{name: "negative ids", text: "-1,-7,2013-01-10,granted\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8", findings: map[string]int64{"person_id no_person": 1}},
		{name: "formulas", text: "=1+1,@A-1,2013-01-10,granted\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8", findings: map[string]int64{"person_id no_person": 1}},
		{name: "byte order mark in the middle", text: "P-1,\ufeffA-1,2013-01-10,granted\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8", findings: map[string]int64{"person_id surrounding_blanks": 1}},
		{name: "header only", refused: []string{`^load: carl2_permits: no row is loaded; .* --accept empty_table loads it all the same$`}},
		{name: "blanks before a quote", text: "P-1, \"A-1,2013-01-10,granted\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8", findings: map[string]int64{"person_id no_person": 1, "person_id surrounding_blanks": 1}},
		{name: "SQL in a value", text: "P-1,A-1,2013-01-10,'; drop table carl2_permits; --\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8", findings: map[string]int64{"decision unknown_code": 1}},
	}
	for i := range all {
		rows := permits(all[i].name, all[i].text)
		all[i].file, all[i].text = rows.file, rows.text
	}
	// Numbers and names are the persons'.
	return append(all,
		hostile{name: "a person without an id", file: "persons.csv", text: "person_id,cpr_number\nA-1,\n,0102801238\n", refused: refusedRows("persons.csv", 5, "3: empty_key")},
		hostile{name: "a CPR-number twice", file: "cpr.csv", text: soundCPR + "010280-1238,01,K\n", refused: refusedRows("cpr.csv", 6, "3: repeated_key")},
		hostile{name: "numbers that are none", file: "persons.csv", text: "person_id,cpr_number\nA-1,102801238\nA-2,9902801238\nA-3,01028O1238\nA-4,6102801238\n",
			flags: []string{"--accept", "malformed_numbers"}, loaded: [4]int64{5, 1, 4, 0}, encoding: "utf-8", findings: map[string]int64{"cpr_number malformed": 3, "cpr_number replacement": 1, "cpr_number lost_zeros": 1}},
		hostile{name: "ISO-8859-1", file: "persons.csv", text: "person_id,cpr_number,family_name\nA-1,,S\xf8rensen\nA-2,,\xc5b\n", loaded: [4]int64{3, 1, 2, 0}, encoding: "iso-8859-1"},
		hostile{name: "windows-1252", file: "persons.csv", text: "person_id,cpr_number,family_name\nA-1,,S\xf8rensen \x96\nA-2,,\xc5b\n", loaded: [4]int64{3, 1, 2, 0}, encoding: "windows-1252"},
		hostile{name: "UTF-8 with a broken line", file: "persons.csv", text: "person_id,cpr_number,family_name\nA-1,,Sørensen Åb\nA-2,,\xc5b\n", refused: refusedRows("persons.csv", 5, "3: not_utf8")},
		hostile{name: "UTF-16 with a mark", file: "persons.csv", text: "\xff\xfe" + utf16(soundPersons, true), refused: []string{`^load: persons.csv: the file is UTF-16; save it as UTF-8$`}},
		hostile{name: "UTF-16 without a mark", file: "persons.csv", text: utf16(soundPersons, false), refused: []string{`^load: persons.csv: the file is UTF-16; save it as UTF-8$`}},
		hostile{name: "byte order marks", file: "persons.csv", text: "\ufeff\ufeff" + soundPersons, loaded: [4]int64{3, 1, 2, 0}, encoding: "utf-8"},
	)
}

func hostileHeaders() []hostile {
	all := []hostile{
		{name: "no file at all", text: "", refused: []string{`^load: permits.csv: the file is empty$`}},
		{name: "blank lines only", text: "\n\r\n\n", refused: []string{`^load: permits.csv: the file is empty$`}},
		{name: "a first line that says the delimiter", text: "sep=;\r\n" + strings.ReplaceAll(soundPermits, ",", ";"), loaded: [4]int64{4, 2, 2, 0}, encoding: "utf-8", noted: "koblet: permits.csv: the first line, sep=;, is read as what it says\n"},
		{name: "the same in quotes, with a mark", text: "\ufeff\"sep=,\"\n" + soundPermits, loaded: [4]int64{4, 2, 2, 0}, encoding: "utf-8", noted: "koblet: permits.csv: the first line, sep=,, is read as what it says\n"},
		{name: "a first line that says another delimiter than the profile", text: "sep=,\n" + soundPermits, flags: []string{"--profile", "semicolon.toml"},
			refused: []string{`^load: permits.csv: header: line 1: sep= names ',' between the fields, the profile ';'; one of them is wrong$`}},
		{name: "a column twice", text: "permit_id,person_id,person_id,decided_on,decision\n", refused: []string{`^load: permits.csv:1: columns 2 and 3 are both person_id$`}},
		{name: "a column without a name", text: "permit_id,person_id,,decided_on,decision\n", refused: []string{`^load: permits.csv:1: column 3 has no name$`}},
		{name: "columns missing", text: "permit,person,decided_on\n", refused: []string{`^load: permits.csv:1: no column permit_id \(column 1 is .*\)$`, `^permits.csv:1: no column person_id`, `^permits.csv:1: no column decision$`,
			`^permits.csv:1: the header is read as: permit, person, decided_on$`}},
		{name: "columns crosswise", text: "decision,decided_on,person_id,permit_id\ngranted,2013-01-10,A-1,P-1\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8"},
		{name: "a column more", text: "permit_id,person_id,decided_on,decision,decidedon,note\nP-1,A-1,2013-01-10,granted,2013-01-10,0102801238\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8"},
		{name: "no header", text: "0102801238,Quistorff,2013-01-10,granted\n", refused: []string{`^load: permits.csv:1: no column permit_id$`, `person_id$`, `decided_on$`, `decision$`,
			`^permits.csv:1: the header is read as: \(number\), Aaaaaaaaa, 9999-99-99, aaaaaaa$`}},
		{name: "another delimiter", text: strings.ReplaceAll(soundPermits, ",", ";"), refused: []string{`^load: permits.csv:1: no column permit_id$`, `person_id$`, `decided_on`, `decision$`, `semicolon.*another delimiter\? delimiter = ";" in a profile makes it 4 columns$`,
			`^permits.csv:1: the header is read as: permit_id, person_id, decided_on, decision$`}},
		{name: "NUL in the header", text: "permit_id,person_id\x00,decided_on,decision\n", refused: []string{`^load: permits.csv: header: line 1: nul_byte$`}},
		{name: "quote open in the header", text: "permit_id,\"person_id,decided_on,decision\n", refused: []string{`^load: permits.csv: header: line 1: bad_quote$`}},
		{name: "header without an end", text: strings.Repeat("permit_id", 1<<18), refused: []string{`^load: permits.csv: header: line 1: line_too_long$`}},
		{name: "header in ISO-8859-1", text: "permit_id,person_id,decided_on,decision,bel\xf8b\nP-1,A-1,2013-01-10,granted,1\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "iso-8859-1"},
		{name: "header in ISO-8859-1, windows-1252 beneath", text: "permit_id,person_id,decided_on,decision,bel\xf8b\nP-1,A-1,2013-01-10,granted,\x80\n", loaded: [4]int64{2, 1, 1, 0}, encoding: "windows-1252"},
		{name: "header in ISO-8859-1, UTF-8 beneath", text: "permit_id,person_id,decided_on,decision,bel\xf8b\nP-1,A-1,2013-01-10,granted,øå\n", refused: []string{`^load: permits.csv: header: line 1: not_utf8$`}},
		{name: "header declared in another encoding", text: "permit_id,person_id,decided_on,decision,bel\xf8b\nP-1,A-1,2013-01-10,granted,1\n", flags: []string{"--profile", "utf8.toml"},
			refused: []string{`^load: permits.csv: header: line 1: not_utf8; the profile says utf-8, but the bytes look like windows-1252; encoding = "windows-1252" in the profile reads it$`}},
	}
	for i := range all {
		all[i].file = "permits.csv"
	}
	return all
}

func hostileFiles() []hostile {
	packed := gzipped(strings.Repeat(soundPermits, 200))
	bad := []byte(packed)
	bad[len(bad)-6] ^= 0x55 // the checksum
	replaced := func(put func(path string) error) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			t.Helper()
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := put(path); err != nil {
				t.Skip(err)
			}
		}
	}
	all := []hostile{
		{name: "gzip cut off", text: packed[:len(packed)/2], refused: []string{`^load: permits.csv: gzip: the file is cut off$`}},
		{name: "gzip with a wrong checksum", text: string(bad), refused: []string{`^load: permits.csv: gzip: .*checksum`}},
		{name: "gzip with something after it", text: gzipped(soundPermits) + "0102801238", refused: []string{`^load: permits.csv: gzip: `}},
		{name: "gzip of nothing", text: gzipped(""), refused: []string{`^load: permits.csv: the file is empty$`}},
		{name: "gzip inside gzip", text: gzipped(gzipped(soundPermits)), refused: []string{`^load: permits.csv: gzip inside gzip; unpack it once$`}},
		{name: "gzip of two members", text: gzipped(soundPermits[:60]) + gzipped(soundPermits[60:]), loaded: [4]int64{3, 1, 2, 0}, encoding: "utf-8"},
		{name: "gzip of what is not text", text: gzipped(bookOf("a=")), refused: []string{`^load: permits.csv: xlsx inside gzip; unpack it first$`}},
		{name: "gzip with zeros up to the end of a block", text: gzipped(soundPermits) + strings.Repeat("\x00", 700), loaded: [4]int64{3, 1, 2, 0}, encoding: "utf-8"},
		{name: "a mainframe's line ends throughout", text: strings.ReplaceAll(soundPermits, "\n", "\x85"), loaded: [4]int64{3, 1, 2, 0}, encoding: "utf-8"},
		{name: "gzip", text: gzipped(soundPermits), loaded: [4]int64{3, 1, 2, 0}, encoding: "utf-8"},
		{name: "gzip of ISO-8859-1", text: gzipped(permitsHead + "P-\xf8,A-1,2013-01-10,granted\n"), loaded: [4]int64{2, 1, 1, 0}, encoding: "iso-8859-1"},
		{name: "Parquet's name only", text: "PAR1PAR1", refused: []string{`^load: permits.csv: no Parquet file that can be read: it is cut off, for it does not end as one; copy it or have it delivered again$`}},
		{name: "Parquet cut off", text: "PAR1" + strings.Repeat("0102801238", 50), refused: []string{`^load: permits.csv: no Parquet file that can be read: it is cut off, for it does not end as one; copy it or have it delivered again$`}},
		{name: "folder", at: replaced(func(path string) error { return os.Mkdir(path, 0o755) }), refused: []string{`^load: permits.csv: a folder, not a file$`}},
		{name: "pipe", at: replaced(func(path string) error { return syscall.Mkfifo(path, 0o600) }), refused: []string{`^load: permits.csv: a pipe or a device, not a file; give - and pipe`}},
		{name: "device", at: replaced(func(path string) error { return os.Symlink("/dev/null", path) }), refused: []string{`^load: permits.csv: a pipe or a device, not a file`}},
		{name: "link to itself", at: replaced(func(path string) error { return os.Symlink("permits.csv", path) }), refused: []string{`^load: permits.csv: too many levels of symbolic links$`}},
		{name: "link to nothing", at: replaced(func(path string) error { return os.Symlink("gone.csv", path) }), refused: []string{`^load: permits.csv: no such file$`}},
		{name: "the same file by another name", flags: []string{"--carl2-permits", "./permits.csv"}, text: soundPermits,
			refused: []string{`^load: ./permits.csv: the same file as permits.csv; give it once$`}},
		{name: "the same file through a link", flags: []string{"--carl2-permits", "again.csv"}, text: soundPermits,
			at:      func(t *testing.T, path string) { t.Helper(); linked(t, path, "again.csv") },
			refused: []string{`^load: again.csv: the same file as permits.csv; give it once$`}},
		{name: "a copy of the file", flags: []string{"--carl2-permits", "copy.csv"}, text: soundPermits,
			at:      func(t *testing.T, _ string) { t.Helper(); layout(t, ".", "copy.csv="+soundPermits) },
			refused: []string{`^load: copy.csv: the same content as permits.csv, to the byte; give one of them$`}},
		{name: "the same name twice", flags: []string{"--carl2-permits", "permits.csv"}, text: soundPermits, refused: []string{`^load: --carl2-permits: permits.csv: given twice$`}},
		{name: "a name with a line break", flags: []string{"--carl2-permits", "a\nb.csv"}, text: soundPermits, refused: []string{`^load: --carl2-permits: a file has a line break, .* in its name; rename it$`}},
		{name: "a name that is no UTF-8", flags: []string{"--carl2-permits", "a\xff.csv"}, text: soundPermits, refused: []string{`^load: --carl2-permits: a file has .*no UTF-8 in its name; rename it$`}},
		{name: "a name with somebody's number", flags: []string{"--carl2-permits", "cpr_0102801238_x.csv"}, text: soundPermits, refused: []string{`^load: cpr_\(number\)_x.csv: no such file$`}},
		{name: "a pattern that nothing fits", flags: []string{"--carl2-permits", "x_*.csv"}, text: soundPermits, refused: []string{`^load: x_\*.csv: no such file$`}},
		{name: "file that may not be read", at: func(t *testing.T, path string) {
			t.Helper()
			if os.Getuid() == 0 {
				t.Skip("root may read every file")
			}
			if err := os.Chmod(path, 0); err != nil {
				t.Fatal(err)
			}
		}, refused: []string{`^load: permits.csv: permission denied$`}},
	}
	for i := range all {
		all[i].file = "permits.csv"
	}
	return all
}

func hostileWorkbooks() []hostile {
	head := rowOf("permit_id", "person_id", "decided_on", "decision")
	all := []hostile{
		{name: "workbook that is no zip", text: "PK\x03\x04" + strings.Repeat("0102801238", 9), refused: []string{`^load: permits.csv: no workbook that can be read: it is cut off, or no .xlsx file$`}},
		{name: "old workbook", text: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 500), refused: []string{`^load: permits.csv: a workbook of old Excel \(.xls\), or one with a password; save it as .xlsx without$`}},
		{name: "web page", text: "<html><table><tr><td>permit_id</td></tr></table></html>", refused: []string{`^load: permits.csv: a web page \(HTML\); open it in Excel and save it as .xlsx, or as CSV in UTF-8$`}},
		{name: "file of SPSS", text: "$FL2@(#) SPSS DATA FILE" + strings.Repeat("\x00", 200), refused: []string{`^load: permits.csv: a file of SPSS \(.sav\); write the table as CSV in UTF-8, .xlsx or Parquet$`}},
		{name: "tar inside gzip", text: gzipped("permits.csv" + strings.Repeat("\x00", 246) + "ustar\x0000"), refused: []string{`^load: permits.csv: a tar archive; unpack it first$`}},
		{name: "sheet of LibreOffice", text: zipped("mimetype=application/vnd.oasis.opendocument.spreadsheet", "content.xml=<x/>"),
			refused: []string{`^load: permits.csv: a document of LibreOffice \(.ods\); save the table as .xlsx or .csv$`}},
		{name: "zip of something else", text: zipped("permits.csv=" + soundPermits), refused: []string{`^load: permits.csv: a zip archive without a workbook in it; unpack it first$`}},
		{name: "two sheets", text: bookOf("Ark1="+head, "Ark2="+head), refused: []string{`^load: permits.csv: the workbook has 2 sheets: Ark1, Ark2; name one in a profile: sheet = `}},
		{name: "no such sheet", text: bookOf("Ark1="+head, "Ark2="), flags: []string{"--profile", "sheet.toml"}, refused: []string{`^load: permits.csv: no sheet "Udtræk"; the workbook has Ark1, Ark2$`}},
		{name: "empty sheet", text: bookOf("Ark1=<row/><row></row>"), refused: []string{`^load: permits.csv: the sheet is empty$`}},
		{name: "sheet that breaks off", text: bookOf("Ark1=" + head + "<row><c><v>1</v>"), refused: []string{`^load: permits.csv: the sheet cannot be read in row 2$`}},
		{name: "cells out of order", text: bookOf("Ark1=" + head + `<row><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>`), refused: []string{`^load: permits.csv: the cells of the sheet are out of order in row 2$`}},
		{name: "rows out of order", text: bookOf("Ark1=" + head + `<row r="9"></row><row r="3"></row>`), refused: []string{`^load: permits.csv: the rows of the sheet are out of order after row 9$`}},
		{name: "row beyond Excel's last", text: bookOf("Ark1=" + head + `<row r="99999999"><c><v>1</v></c></row>`), refused: []string{`^load: permits.csv: the sheet has more than 1048576 rows$`}},
		{name: "cell beyond the header", text: bookOf("Ark1=" + head + rowOf("P-1", "A-1", "2013-01-10", "granted", "0102801238")), refused: refusedRows("permits.csv", 4, "2: wrong_number_of_fields")},
		{name: "text that is shared by nobody", text: bookOf("Ark1=" + head + `<row><c t="inlineStr"><is><t>P-1</t></is></c><c t="s"><v>77</v></c></row>`),
			refused: []string{`^load: permits.csv: row 2, column B: the text that it points at is not in the workbook; save the workbook again$`}},
		{name: "blank rows and error values", text: bookOf("Ark1=<row/>" + head + `<row r="9">` + `<c t="inlineStr"><is><t>P-1</t></is></c><c t="e"><v>#REF!</v></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row>`),
			loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8", findings: map[string]int64{"person_id error_value": 1, "decided_on error_value": 1, "decision unknown_code": 1, "person_id no_person": 1}},
		{name: "zero byte in a cell", text: bookOf("Ark1=" + head + rowOf("P-_x0000_1", "A-1", "2013-01-10", "granted")), refused: refusedRows("permits.csv", 4, "2: nul_byte")},
		{name: "note across the columns", text: bookOf("Ark1=" + head + rowOf("P-1", "A-1", "2013-01-10", "granted") + rowOf("I alt 1") + `</sheetData><mergeCells><mergeCell ref="A3:D3"/></mergeCells><sheetData>`),
			refused: refusedRows("permits.csv", 5, "3: below_table")},
		{name: "error value as a key", text: bookOf("Ark1=" + head + `<row><c t="e"><v>#N/A</v></c><c/><c/><c t="inlineStr"><is><t>granted</t></is></c></row>`), refused: refusedRows("permits.csv", 4, "2: empty_key")},
		{name: "numbers longer than numbers are", text: bookOf("Ark1=" + head + `<row><c><v>1.2345678901234568E16</v></c><c><v>999999999999999</v></c><c/><c/></row>`),
			loaded: [4]int64{2, 1, 1, 0}, encoding: "utf-8", findings: map[string]int64{"permit_id lost_digits": 1, "person_id no_person": 1, "decision unknown_code": 1}},
	}
	for i := range all {
		all[i].file = "permits.csv"
	}
	bomb := strings.Repeat("0102801238", 7<<20)
	all = append(all,
		hostile{name: "workbook with a cell of 70 MiB", file: "permits.csv", text: bookOf("Ark1=" + head + rowOf(bomb, "A-1", "2013-01-10", "granted")),
			refused: []string{`^load: permits.csv: a row of the sheet unpacks to more than 32 MiB, in row 2$`}},
		hostile{name: "workbook with an attribute of 70 MiB", file: "permits.csv", text: bookOf("Ark1=" + head + `<row x="` + bomb + `"></row>`),
			refused: []string{`^load: permits.csv: a row of the sheet unpacks to more than 32 MiB, after row 1$`}},
		hostile{name: "workbook with a shared text of 70 MiB", file: "permits.csv", refused: []string{`^load: permits.csv: the workbook's texts cannot be read$`},
			text: zipped("xl/sharedStrings.xml=<sst><si><t>"+bomb+"</t></si></sst>", "xl/worksheets/s1.xml=<worksheet><sheetData>"+head+"</sheetData></worksheet>",
				`xl/workbook.xml=<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`,
				`xl/_rels/workbook.xml.rels=<Relationships><Relationship Id="r1" Target="worksheets/s1.xml"/></Relationships>`)},
		hostile{name: "workbook with a row beyond 1 MiB", file: "permits.csv", text: bookOf("Ark1=" + head + rowOf(bomb[:2<<20], "A-1", "2013-01-10", "granted")),
			refused: refusedRows("permits.csv", 4, "2: line_too_long")},
		hostile{name: "formulas that were never computed", file: "permits.csv", encoding: "utf-8", loaded: [4]int64{3, 1, 2, 0},
			text: bookOf("Ark1=" + head + `<row><c t="inlineStr"><is><t>P-1</t></is></c><c t="inlineStr"><is><t>A-1</t></is></c><c t="str"><f>X1</f><v>2013-01-10</v></c><c><f>Y1</f></c></row>` +
				`<row><c t="inlineStr"><is><t>P-2</t></is></c><c t="inlineStr"><is><t>A-1</t></is></c><c t="str"><f>X1</f><v></v></c><c t="inlineStr"><is><t>granted</t></is></c></row>`),
			findings: map[string]int64{"decided_on missing_decision_day": 1, "decision not_computed": 1, "decision unknown_code": 1}})
	return append(all, hostile{name: "number whose zeros are lost", file: "cpr.csv", encoding: "utf-8", loaded: [4]int64{2, 1, 1, 0},
		text:     bookOf("Ark1=" + rowOf("cpr_number", "status") + `<row><c><v>102801238</v></c><c t="str"><f>A1</f><v>01</v></c></row>`),
		findings: map[string]int64{"cpr_number lost_zeros": 1, "cpr_number malformed": 1}})
}

func hostileRecords() []hostile {
	one := person("0102801238")
	all := []hostile{
		{name: "wrong count of records", text: strings.Replace(cprLines(one), "99900000001", "99900000009", 1), loaded: [4]int64{3, 2, 1, 0}, findings: map[string]int64{" record_count": 8}},
		{name: "no end record", text: "000000000000000000120141231\n" + one + "\n", loaded: [4]int64{2, 1, 1, 0}, findings: map[string]int64{" no_end_record": 1}},
		{name: "unknown record type", text: cprLines(one, "7770102801238"), loaded: [4]int64{4, 2, 2, 0}, findings: map[string]int64{" unknown_record_type": 1}},
		{name: "days that are none", text: cprLines(one[:25] + "201399990000" + one[37:]), loaded: [4]int64{3, 2, 1, 0}, findings: map[string]int64{"status_from not_a_date": 1}},
		{name: "record without a type", text: cprLines(one, "x010102801238"), refused: refusedRows("cpr.csv", 6, "3: no_record_type")},
		{name: "record without a number", text: cprLines(one, "008      1238 X"), refused: refusedRows("cpr.csv", 6, "3: no_person_number")},
		{name: "record cut short", text: cprLines(one, "0080102"), refused: refusedRows("cpr.csv", 6, "3: wrong_length")},
		{name: "names before their person", text: cprLines("0080102801238 X", one), refused: refusedRows("cpr.csv", 6, "2: no_person_record")},
		{name: "two persons on one line", text: cprLines(one, person("0203801233")+person("0304801238")[:25]+"201305170000"), refused: refusedRows("cpr.csv", 6, "3: joined_records")},
		{name: "names twice", text: cprLines(one, "0080102801238X", "0080102801238Y"), refused: refusedRows("cpr.csv", 7, "4: repeated_record")},
		{name: "NUL in a record", text: cprLines(one, "0080102801238X\x00"), refused: refusedRows("cpr.csv", 6, "3: nul_byte")},
		{name: "person twice", text: cprLines(one, person("0203801233"), one), refused: refusedRows("cpr.csv", 7, "4: repeated_key")},
		{name: "stream that is lost", text: "000000000000000000120141231" + strings.Repeat("æ", 90_000), refused: []string{`^load: cpr.csv: `}},
		{name: "header only, of fixed width", text: "000000000000000000120141231\n", refused: []string{`^load: cpr.csv: no record 001, .* order U12170 or U12160$`}},
		{name: "a mainframe's code", text: strings.Repeat("\xf0", 13) + "\xf0\xf0\xf0\xf0\xf0\xf1\xf2\xf0\xf1\xf4\xf1\xf2\xf3\xf1\x15", refused: []string{`^load: cpr.csv: in EBCDIC, a mainframe's code; convert it to ISO-8859-1 in the transfer`}},
		{name: "a delivery of nobody", text: cprLines("0050102801238"), refused: []string{`^load: cpr.csv: no record 001, `}},
		{name: "another product of CPR's", text: cprLines(otherProduct("0102801238"), otherProduct("0203801233")), refused: []string{
			`^load: cpr.csv: line 2: record 001 is not laid out as in CPR's U12170 and U12160, with .*; 2 of 2 such records are not: another product of CPR's; order U12170 or U12160$`}},
	}
	for i := range all {
		all[i].file = "cpr.csv"
		if all[i].refused == nil {
			all[i].encoding = "iso-8859-1"
		}
	}
	return append(all, hostile{name: "CPR's file as CARL2's persons", file: "persons.csv", text: cprLines(one),
		refused: []string{`^load: persons.csv: a file of CPR's persons \(U12170\), not of carl2_persons; give it with --cpr$`}})
}

func hostileProfiles() []hostile {
	all := []hostile{
		{name: "names that are none", text: "[carl2_permits]\ndelimeter = \";\"\n[carl2_permit.columns]\npermit_id = \"X\"\n[numbers]\nremainder = 12\n", refused: []string{
			`^load: profile.toml:2: unknown key "delimeter"; did you mean delimiter$`, `^profile.toml:3: unknown section "carl2_permit"; did you mean carl2_permits$`, `^profile.toml:6: remainder is a whole number from 0 to 10$`}},
		{name: "no TOML", text: "[carl2_permits\ndates = \"0102801238\"\n", refused: []string{`^load: profile.toml:1: `}},
		{name: "columns that the files have not", text: "[carl2_permits.columns]\npermit_id = \"SAGSNR\"\ndecided_on = \"AFG_DATO\"\n[carl2_persons.columns]\nfamily_name = \"EFTERNAVN\"\n", refused: []string{
			`^load: persons.csv:1: no column EFTERNAVN, which the profile names for family_name`, `^persons.csv:1: the header is read as: person_id, cpr_number, family_name$`,
			`^permits.csv:1: no column SAGSNR, which the profile names for permit_id`, `^permits.csv:1: no column AFG_DATO, which the profile names for decided_on`,
			`^permits.csv:1: the header is read as: permit_id, person_id, decided_on, decision$`}},
		{name: "another format", text: "[carl2_permits]\nformat = \"parquet\"\n", refused: []string{`^load: permits.csv: the profile says format = "parquet", but the file begins as csv does$`}},
		{name: "another delimiter than the file's", text: "[cpr_persons]\ndelimiter = \";\"\n", refused: []string{`^load: cpr.csv:1: no column cpr_number`,
			`one column with commas in it: another delimiter\? delimiter = "," in a profile makes it 3 columns$`, `^cpr.csv:1: the header is read as: cpr_number, status, sex$`}},
		{name: "day without a century", text: "[carl2_permits]\ndates = \"%d-%m-%y\"\n", refused: []string{`^load: profile.toml:2: dates: %y leaves the century open`}},
		{name: "value of nothing", text: "[carl2_permits.values.decision]\ngrantd = [\"M\"]\n", refused: []string{`^load: profile.toml:2: unknown decision "grantd"; did you mean granted$`}},
	}
	for i := range all {
		all[i].file, all[i].flags = "profile.toml", []string{"--profile", "profile.toml"}
	}
	return all
}

// TestHostileFiles loads each hostile file. What is refused leaves the store as it was, is said with file and line, and
// shows no number; what is loaded is accounted for. Every reason for which a row is rejected is reached.
func TestHostileFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("KOBLET_STORE", "")
	sound := []string{"persons.csv=" + soundPersons, "permits.csv=" + soundPermits, "cpr.csv=" + soundCPR,
		"semicolon.toml=[carl2_permits]\ndelimiter = \";\"\n", "utf8.toml=[carl2_permits]\nencoding = \"utf-8\"\n", "sheet.toml=[carl2_permits]\nformat = \"xlsx\"\nsheet = \"Udtræk\"\n"}
	layout(t, ".", sound...)
	files := []string{"--carl2-persons", "persons.csv", "--carl2-permits", "permits.csv", "--cpr", "cpr.csv"}
	ran(t, append([]string{"load", "--store", "s", "--as-of", "2013-12-31"}, files...)...)
	before := tree(t, "s")
	reached := map[string]bool{}
	for _, h := range hostiles() {
		t.Run(h.name, func(t *testing.T) {
			for _, f := range sound {
				name, _, _ := strings.Cut(f, "=")
				_ = os.Remove(name) // whatever the last case made of it
			}
			layout(t, ".", sound...)
			layout(t, ".", h.file+"="+h.text)
			if h.at != nil {
				h.at(t, h.file)
			}
			var out, errs bytes.Buffer
			args := slices.Concat([]string{"load", "--store", "s", "--as-of", "2014-12-31", "--format", "json"}, files, h.flags)
			code := run(t.Context(), args, strings.NewReader(""), &out, &errs)
			if tenDigits.MatchString(errs.String()) {
				t.Error("standard error holds a number that could be somebody's")
			}
			if h.refused == nil {
				h.isLoaded(t, code, out.Bytes(), errs.String())
				for name := range h.findings {
					reached[name[strings.IndexByte(name, ' ')+1:]] = true
				}
				removeDay(t)
			} else {
				h.isRefused(t, code, out.String(), errs.String())
				for _, reason := range rejectedFor(t) {
					reached[reason] = true
				}
			}
			if after := tree(t, "s"); after != before {
				t.Errorf("the store is not as it was:\n%s\nbefore:\n%s", after, before)
			}
		})
	}
	reasons := slices.Concat(codesOf(t, "reject"), codesOf(t, "finding"))
	for _, reason := range reasons {
		if !reached[reason] {
			t.Errorf("no case reaches %s", reason)
		}
	}
	for reason := range reached {
		if !slices.Contains(reasons, reason) {
			t.Errorf("%s is no reason of the closed lists", reason)
		}
	}
	if n := len(hostiles()); n < 40 {
		t.Errorf("%d cases, want 40", n)
	}
}

func (h hostile) isRefused(t *testing.T, code int, out, errs string) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(errs, "\n"), "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "koblet: hint: ") })
	if code != refused || out != "" || len(lines) != len(h.refused) {
		t.Fatalf("exit code %d, output %q, %d lines on standard error, want %d:\n%s", code, out, len(lines), len(h.refused), errs)
	}
	for i, pattern := range h.refused {
		if line, ours := strings.CutPrefix(lines[i], "koblet: "); !ours || !regexp.MustCompile(pattern).MatchString(line) {
			t.Errorf("line %d: %q does not match %q", i+1, line, pattern)
		}
	}
}

func (h hostile) isLoaded(t *testing.T, code int, out []byte, errs string) {
	t.Helper()
	var r store.Receipt
	if err := json.Unmarshal(out, &r); code != done || err != nil || !regexp.MustCompile("^"+h.noted+"$").MatchString(errs) {
		t.Fatalf("exit code %d, %v, errors %q", code, err, errs)
	}
	got := map[string]int64{}
	for _, f := range r.Files {
		if f.File != h.file {
			continue
		}
		if counts := [4]int64{f.Lines, f.Header, f.Loaded, f.Rejected}; counts != h.loaded || f.Encoding != h.encoding {
			t.Errorf("lines, header, loaded, rejected %v of %s, want %v of %s", counts, f.Encoding, h.loaded, h.encoding)
		}
		for _, x := range r.Findings {
			if x.Table == f.Table {
				got[x.Column+" "+x.Reason] = x.N
			}
		}
	}
	if g, w := fmt.Sprint(got), fmt.Sprint(h.findings); g != w && len(got)+len(h.findings) > 0 {
		t.Errorf("findings %v, want %v", got, h.findings)
	}
}

// rejectedFor gives the reasons in the list of rejects, which it removes.
func rejectedFor(t *testing.T) []string {
	t.Helper()
	const path = "s/2014-12-31.rejects.csv"
	found, err := os.Stat(path)
	if os.IsNotExist(err) {
		return nil
	}
	text, e := os.ReadFile(path)
	if err != nil || e != nil || found.Mode().Perm() != 0o600 {
		t.Fatalf("the list of rejects: %v, %v", err, e)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var reasons []string
	for _, row := range rows[1:] {
		reasons = append(reasons, row[2])
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	return reasons
}

// removeDay takes the snapshot that a case loaded out of the store.
func removeDay(t *testing.T) {
	t.Helper()
	for _, path := range []string{"s/2014-12-31", "s/identities/2014-12-31"} {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
}

// tree names every file of a folder with its mode and its hash.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		found, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%v %s", found.Mode(), path)
		if !d.IsDir() {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, " %x", sha256.Sum256(text))
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
