package registers

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestKindOf: what a file is that is none of ours, by its first bytes, whatever its name says.
func TestKindOf(t *testing.T) {
	binary := "\x00\x01\x02\x03" + strings.Repeat("\x07x", 100)
	ebcdic := func(page *charmap.Charmap, text string) string {
		encoded, err := page.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return encoded
	}
	dBase := "\x03\x0e\x0c\x1f\x05\x00\x00\x00\xa1\x00\x2a\x00" + strings.Repeat("\x00", 20) + "PERS_ID\x00\x00\x00\x00C" + strings.Repeat("\x00", 100)
	for _, test := range []struct{ text, want string }{
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + binary, "a workbook of old Excel (.xls), or one with a password"}, {"\x09\x08\x10\x00\x00\x06" + binary, "a workbook of old Excel (.xls)"},
		{"$FL2@(#) SPSS DATA FILE" + binary, "a file of SPSS (.sav)"}, {"$FL3@(#) SPSS DATA FILE" + binary, "a file of SPSS (.zsav)"},
		{strings.Repeat("ASCII SPSS PORT FILE                    ", 5), "a portable file of SPSS (.por)"},
		{strings.Repeat("\x00", 12) + "\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00\x09\xc7\x31\x8c", "a file of SAS (.sas7bdat)"},
		{"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000", "a transport file of SAS (XPORT)"}, {"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!", "a transport file of SAS (XPORT)"},
		{"<stata_dta><header><release>118", "a file of Stata (.dta)"}, {"\x72\x02\x01\x00\x05\x00" + binary, "a file of Stata (.dta)"}, {dBase, "a table of dBase (.dbf)"}, {"X\n\x00\x00\x00\x03", "a file of R (.rds)"},
		{"BZh91AY&SY" + binary, "compressed with bzip2"}, {"\xfd7zXZ\x00\x00\x04", "compressed with xz"}, {"\x28\xb5\x2f\xfd\x04\x00", "compressed with zstd"}, {"7z\xbc\xaf\x27\x1c\x00\x04", "a 7z archive"},
		{"Rar!\x1a\x07\x01\x00", "a rar archive"}, {"permits.csv" + strings.Repeat("\x00", 246) + "ustar\x0000", "a tar archive"}, {"PK\x05\x06" + strings.Repeat("\x00", 18), "a zip archive of nothing"},
		{"-----BEGIN PGP MESSAGE-----\n", "encrypted with PGP"}, {"age-encryption.org/v1\n", "encrypted with age"}, {"Salted__\x01\x02\x03\x04", "encrypted with openssl"},
		{"PARE" + binary, "an encrypted Parquet file"}, {"ARROW1\x00\x00", "a file of Arrow (Feather)"}, {"Obj\x01\x04", "a file of Avro"}, {"ORC" + binary, "a file of ORC"},
		{"\x12\x34\x56\x78\x01\x02\x03\x04DUCK\x40\x00", "a database of DuckDB"}, {"SQLite format 3\x00\x10\x00", "a database of SQLite"}, {"\x00\x01\x00\x00Standard ACE DB\x00", "a database of Access (.accdb)"},
		{"%PDF-1.7\n", "a PDF"}, {"{\\rtf1\\ansi", "a text document (RTF)"},
		{"\ufeff \r\n<!DOCTYPE html>\n<table>", "a web page (HTML)"}, {"<HTML xmlns:o=\"x\">", "a web page (HTML)"}, {"<table border=1><tr><td>permit_id", "a web page (HTML)"},
		{"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook", "a workbook as XML (SpreadsheetML of Excel 2003)"},
		{"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "a workbook as XML (SpreadsheetML of Excel 2003)"},
		{"<?xml version=\"1.0\"?>\n<permits><permit>", "XML"}, {"<permits><permit>", "XML or a web page"}, {"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "a web archive (MHTML)"},
		{"{\"permit_id\": 1}\n", "JSON"}, {"[\n  {\"permit_id\"", "JSON"}, {"[[1, 2]]", "JSON"},
		{ebcdic(charmap.CodePage037, "00000000000001234562014123120141130"), "in EBCDIC, a mainframe's code"},
		{ebcdic(charmap.CodePage1047, "permit_id,person_id,decided_on,decision,legal_basis"), "in EBCDIC, a mainframe's code"},
		{ebcdic(charmap.CodePage037, "PERMIT_ID;PERSON_ID;DECIDED_ON;DECISION") + "\x25", "in EBCDIC, a mainframe's code"},
		{"\xff\xfep\x00", "the file is UTF-16"}, {"\xff\xfe\x00\x00p\x00\x00\x00", "the file is UTF-32"}, {"\x00\x00\xfe\xff\x00\x00\x00p", "the file is UTF-32"},
		{"p\x00\x00\x00e\x00\x00\x00r\x00\x00\x00m\x00\x00\x00", "the file is UTF-32"}, {"\x00\x00\x00p\x00\x00\x00e\x00\x00\x00r\x00\x00\x00m", "the file is UTF-32"}, {"\x00p\x00e\x00r\x00m", "the file is UTF-16"}, {"\x10\x01p\x00e\x00r\x00m\x00i\x00t\x00_\x00i\x00d\x00", "the file is UTF-16"},
		{"0010203041001          01201305172599*K1904-03-02*\n", "CPR's fixed width (U12170) without its record 000, with which a delivery begins"}, {"\ufeff0080203041001Anna", "CPR's fixed width (U12170) without its record 000, with which a delivery begins"},
		// What is ours, or may be.
		{"0010203041001,P1\n", ""}, {"0010203041001;P1\n", ""}, {"0010203041001\n0020203041001\n", ""}, {"0019993041001 x\n", ""}, {"1230203041001 x\n", ""},
		{"", ""}, {"permit_id,person_id", ""}, {"PARENT_ID,PERMIT_ID\n", ""}, {"ORCID;BZh;GIF8\n", ""}, {"FEA1,LZIP,ARROW1\n1,2,3\n", ""}, {"[permit_id];[person_id]\n", ""}, {"PK\x03\x04", ""}, {"PAR1\x15\x04" + binary, ""},
		{"00000000000001234562014123120141130\n", ""}, {"s\xf8gnr;\xe5r;n\xe6vn\n", ""}, {"år,ø,æ\n", ""}, {"номер;имя;год\n", ""}, {"\xed\xee\xec\xe5\xf0;\xe8\xec\xff\n", ""}, {"\x1f\x8b\x08\x00", ""}, {"-1;2\n", ""}, {"\ufeffa,b\n", ""},
	} {
		if got, cure := KindOf([]byte(test.text)); got != test.want || (cure == "") != (got == "") {
			t.Errorf("%.40q: %q (%s), want %q", test.text, got, cure, test.want)
		}
	}
}

func TestFormatOf(t *testing.T) {
	for head, want := range map[string]string{
		"": "csv", "person_id,cpr_number\n": "csv", "PK\x03\x04\x14\x00": "xlsx", "PAR1\x15\x04": "parquet",
		"00000000000000110902001111920011116": "u12170", "0000000000000      20011119": "u12170", "00000000000000110902001\n": "csv",
		"0000000000,1\n0000000000,2\n": "csv",
	} {
		if got := FormatOf([]byte(head)); got != want {
			t.Errorf("%q: %s, want %s", head, got, want)
		}
	}
}
