package registers

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"koblet/registers/characters"
)

// kind is a kind of files that is none of ours, known by bytes at a place, and what to do about it. Where those are letters, a
// column's name may begin with them: then there must be bytes that no text has, unless the kind is a text itself.
type kind struct {
	at    int
	magic string
	name  string
	cure  string
}

const (
	unpack    = "unpack it first"
	decrypt   = "decrypt it first"
	asBook    = "save it as .xlsx, or as CSV in UTF-8"
	asTable   = "write the table as CSV in UTF-8, .xlsx or Parquet"
	asking    = "ask for the table itself, as CSV, .xlsx or Parquet"
	asParquet = "write the table as Parquet or CSV"
)

// kinds are binary files. Sources: the formats' own specifications, as file(1) has them.
var kinds = []kind{
	{0, "\xd0\xcf\x11\xe0", "a workbook of old Excel (.xls), or one with a password", "save it as .xlsx without"},
	{0, "\x09\x08\x10\x00", "a workbook of old Excel (.xls)", asBook},
	{0, "\x09\x08\x08\x00", "a workbook of old Excel (.xls)", asBook},
	{0, "\x09\x04\x06\x00", "a workbook of Excel 4", asBook},
	{0, "\x09\x02\x06\x00", "a workbook of Excel 3", asBook},
	{0, "\x09\x00\x04\x00", "a workbook of Excel 2", asBook},
	{0, "\x00\x00\x02\x00\x06\x04", "a sheet of Lotus 1-2-3", asBook},

	{0, "$FL2", "a file of SPSS (.sav)", asTable},
	{0, "$FL3", "a file of SPSS (.zsav)", asTable},
	{0, "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xc2\xea\x81\x60", "a file of SAS (.sas7bdat)", asTable},
	{0, "RDX2\n", "a file of R", asTable},
	{0, "RDX3\n", "a file of R", asTable},
	{0, "RDA3\n", "a file of R", asTable},
	{0, "X\n\x00\x00\x00", "a file of R (.rds)", asTable},
	{0, "\x80\x04\x95", "a pickle of Python", asTable},
	{0, "\x89HDF\r\n\x1a\n", "a file of HDF5", asTable},
	{0, "MATLAB 5.0 MAT-file", "a file of MATLAB", asTable},

	{0, "BZh", "compressed with bzip2", unpack},
	{0, "\xfd7zXZ\x00", "compressed with xz", unpack},
	{0, "\x28\xb5\x2f\xfd", "compressed with zstd", unpack},
	{0, "\x04\x22\x4d\x18", "compressed with lz4", unpack},
	{0, "\x1f\x9d", "compressed with compress (.Z)", unpack},
	{0, "LZIP", "compressed with lzip", unpack},
	{0, "7z\xbc\xaf\x27\x1c", "a 7z archive", unpack},
	{0, "Rar!\x1a\x07", "a rar archive", unpack},
	{0, "MSCF\x00\x00\x00\x00", "a cabinet archive", unpack},
	{0, "PK\x05\x06", "a zip archive of nothing", unpack},
	{0, "PK\x07\x08", "a part of a zip archive", unpack},
	{257, "ustar", "a tar archive", unpack},
	{0, "\x00\x05\x16\x07", "what a Mac puts beside a file (._)", "give the file itself"},
	{0, "L\x00\x00\x00\x01\x14\x02\x00", "a shortcut of Windows (.lnk)", "give the file itself"},

	{0, "Salted__", "encrypted with openssl", decrypt},

	{0, "PARE", "an encrypted Parquet file", decrypt},
	{0, "ARROW1", "a file of Arrow (Feather)", asParquet},
	{0, "FEA1", "a file of Arrow (Feather)", asParquet},
	{0, "\xff\xff\xff\xff", "a stream of Arrow", asParquet},
	{0, "Obj\x01", "a file of Avro", asParquet},
	{0, "ORC", "a file of ORC", asParquet},
	{8, "DUCK", "a database of DuckDB", asParquet},
	{0, "SQLite format 3\x00", "a database of SQLite", asTable},
	{4, "Standard Jet DB", "a database of Access (.mdb)", asTable},
	{4, "Standard ACE DB", "a database of Access (.accdb)", asTable},
	{0, "PGDMP", "a dump of PostgreSQL", asTable},

	{0, "\x89PNG\r\n", "a picture", asking},
	{0, "\xff\xd8\xff", "a picture", asking},
	{0, "GIF8", "a picture", asking},
}

// textKinds are texts that are no tables.
var textKinds = []kind{
	{0, "HEADER RECORD*******", "a transport file of SAS (XPORT)", asTable},
	{0, "**COMPRESSED** **COMPRESSED**", "a transport file of SAS (CPORT)", asTable},
	{0, "<stata_dta>", "a file of Stata (.dta)", asTable},
	{0, "version https://git-lfs.github.com/spec/", "a pointer of git-lfs", "fetch the file itself"},
	{0, "-----BEGIN PGP MESSAGE", "encrypted with PGP", decrypt},
	{0, "age-encryption.org/", "encrypted with age", decrypt},
	{0, "-----BEGIN AGE ENCRYPTED FILE", "encrypted with age", decrypt},
	{0, "%PDF-", "a PDF", asking},
	{0, "%!PS", "a page in PostScript", asking},
	{0, "{\\rtf", "a text document (RTF)", asTable},
}

// markup are the beginnings of texts that are no tables, whatever their name says, in lower case and after marks and blanks.
var markup = []kind{
	{0, "mime-version:", "a web archive (MHTML)", "open it in Excel and " + asBook},
	{0, "<!doctype html", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<html", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<head", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<meta", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<style", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<body", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<div", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<font", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<center", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<table", "a web page (HTML)", "open it in Excel and " + asBook},
	{0, "<?xml", "XML", asTable},
	{0, "<!doctype", "XML", asTable},
	{0, "<!--", "XML or a web page", asTable},
	{0, "{", "JSON", asTable},
}

// FormatOf says what a file is by its first bytes, of which 64 are enough: xlsx, parquet, u12170, or else csv.
func FormatOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "xlsx"
	case bytes.HasPrefix(head, []byte("PAR1")):
		return "parquet"
	case isStartRecord(head):
		return "u12170"
	}
	return "csv"
}

// isStartRecord reports whether a text begins as a file of CPR does: 000, ten zeros, a task number, a day.
func isStartRecord(head []byte) bool {
	const task, day, end = 13, 19, 27
	head = bytes.TrimPrefix(head, []byte(characters.ByteOrderMark))
	if len(head) < end || string(head[:task]) != "0000000000000" {
		return false
	}
	for i, b := range head[task:end] {
		if (b < '0' || b > '9') && (b != ' ' || i >= day-task) {
			return false
		}
	}
	return true
}

// KindOf says what a file is, and the cure, when it is none that is read here; nothing where it may be. Its beginning is enough,
// of which 1 KiB.
func KindOf(head []byte) (name, cure string) {
	begins := head[:min(len(head), 1<<10)]
	for _, k := range textKinds {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return k.name, k.cure
		}
	}
	for _, k := range kinds {
		if len(head) > k.at && bytes.HasPrefix(head[k.at:], []byte(k.magic)) && bytes.ContainsFunc(begins, isBinary) {
			return k.name, k.cure
		}
	}
	wide := characters.WideCode(begins)
	switch {
	case wide != "":
		return "the file is " + wide, "save it as UTF-8"
	case bytes.Contains(begins, []byte("SPSS PORT FILE")) || bytes.Contains(begins, []byte("SPSSPORT")):
		return "a portable file of SPSS (.por)", asTable
	case isStata(begins):
		return "a file of Stata (.dta)", asTable
	case isDBase(begins):
		return "a table of dBase (.dbf)", asTable
	case lacksStartRecord(begins):
		return "CPR's fixed width (U12170) without its record 000, with which a delivery begins", "its beginning is lost: ask for the whole file, neither sorted nor cut"
	case isEBCDIC(begins):
		return "in EBCDIC, a mainframe's code", "convert it to ISO-8859-1 in the transfer (text, not binary)"
	}
	return markupOf(begins)
}

// lacksStartRecord reports whether a text begins with one of CPR's records of a person: a type that is known, a number that makes a day,
// and something that is no delimiter.
func lacksStartRecord(begins []byte) bool {
	const number, end = 3, 13
	begins = bytes.TrimPrefix(begins, []byte(characters.ByteOrderMark))
	if len(begins) <= end || !KnownType(begins) || RecordType(begins) == 0 {
		return false
	}
	_, err := ParseNumber(string(begins[number:end]))
	return err == nil && bytes.IndexByte([]byte(",;|\t\r\n\""), begins[end]) < 0
}

// isBinary reports whether a character stands in no text; bytes that are no UTF-8 do, in other encodings.
func isBinary(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != 0x1a
}

func markupOf(begins []byte) (name, cure string) {
	text := bytes.ToLower(bytes.TrimLeftFunc(begins, characters.IsBlank))
	for _, k := range markup {
		if !bytes.HasPrefix(text, []byte(k.magic)) {
			continue
		}
		if k.name == "a web page (HTML)" {
			return k.name, k.cure
		}
		switch {
		case bytes.Contains(text, []byte("office:spreadsheet")) || bytes.Contains(text, []byte(`progid="excel.sheet"`)):
			return "a workbook as XML (SpreadsheetML of Excel 2003)", "open it in Excel and " + asBook
		case bytes.Contains(text, []byte("opendocument:xmlns:office")):
			return "a spreadsheet of LibreOffice (.fods)", asBook
		case bytes.Contains(text, []byte("<html")) || bytes.Contains(text, []byte("<table")):
			return "a web page (HTML)", "open it in Excel and " + asBook
		}
		return k.name, k.cure
	}
	if len(text) > 1 && text[0] == '<' && text[1] >= 'a' && text[1] <= 'z' {
		return "XML or a web page", asTable
	}
	// A list of JSON begins with a bracket, and so may a column's name.
	if inner := bytes.TrimLeft(bytes.TrimPrefix(text, []byte("[")), " \t\r\n"); bytes.HasPrefix(text, []byte("[")) && len(inner) > 0 && bytes.IndexByte([]byte(`{[]"`), inner[0]) >= 0 {
		return "JSON", asTable
	}
	return "", ""
}

// isStata knows Stata's files before version 13: the version, the order of bytes, 1, 0.
func isStata(head []byte) bool {
	return len(head) > 4 && head[0] >= 104 && head[0] <= 115 && (head[1] == 1 || head[1] == 2) && head[2] == 1 && head[3] == 0
}

// isDBase knows dBase's tables: a version, the day of the last change, and the lengths of header and records.
func isDBase(head []byte) bool {
	if len(head) < 64 || bytes.IndexByte([]byte("\x02\x03\x30\x31\x32\x43\x63\x83\x8b\xcb\xf5\xfb"), head[0]) < 0 {
		return false
	}
	length := binary.LittleEndian.Uint16(head[8:])
	return head[2] >= 1 && head[2] <= 12 && head[3] >= 1 && head[3] <= 31 && length >= 65 && binary.LittleEndian.Uint16(head[10:]) > 0 && head[12] == 0 && head[13] == 0
}

// isEBCDIC reports whether a text is letters, digits and signs of EBCDIC, and no text in another code.
func isEBCDIC(head []byte) bool {
	if len(head) < 13 || utf8.Valid(head[:len(head)-characters.CutRune(head)]) {
		return false
	}
	signs, high := 0, 0
	for _, b := range head {
		if b >= 0x80 {
			high++
		}
		switch low := b & 0x0f; {
		case b >= 0xf0 && low <= 9, b >= 0x80 && b < 0xb0 && low >= 1 && low <= 9, b >= 0xc0 && b < 0xf0 && low >= 1 && low <= 9:
			signs++
		case bytes.IndexByte([]byte("\x40\x4b\x4d\x4e\x5b\x5d\x5e\x60\x61\x6b\x6d\x6f\x7a\x7b\x7c\x7d\x7f\x05\x0d\x15\x25\xc0\xd0\x6a\xa1\xa0"), b) >= 0:
			signs++
		}
	}
	return signs*100 >= len(head)*95 && high*100 >= len(head)*20
}

// KnownType reports whether a record is of a type that CPR has.
func KnownType(record []byte) bool {
	kind := RecordType(record)
	return kind >= 0 && RecordLengths[kind] > 0
}

// RecordType is the number in the first three positions, or -1.
func RecordType(record []byte) int {
	if len(record) < 3 || !AllDigits(record[:3]) {
		return -1
	}
	return int(record[0]-'0')*100 + int(record[1]-'0')*10 + int(record[2]-'0')
}

// AllDigits reports whether a text is nothing but digits.
func AllDigits(text []byte) bool {
	for _, b := range text {
		if b < '0' || b > '9' {
			return false
		}
	}
	return true
}

// RecordLengths are the nominal lengths of CPR's record types, of P12170 and P12180; 0 is no type. A record 002 may also
// have longAddress. Source: CPR's record layouts of the product.
var RecordLengths = [1000]int{
	0: 35, 1: 106, 2: 306, 3: 249, 4: 37, 5: 200, 6: 203, 7: 26, 8: 193, 9: 37, 10: 30, 11: 25, 12: 95, 13: 36, 14: 23, 15: 147,
	16: 58, 17: 272, 18: 60, 19: 75, 20: 47, 21: 63, 22: 45, 23: 96, 24: 218, 25: 40, 26: 173, 27: 44, 28: 36, 29: 109, 30: 48,
	31: 269, 32: 269, 33: 269, 99: 45, 910: 157, 997: 43, 999: 21,
}
