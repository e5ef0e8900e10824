package workbook

import (
	"archive/zip"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"koblet/registers"
)

// packed writes parts as a zip archive.
func packed(t *testing.T, path string, parts map[string]string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := zip.NewWriter(file)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		into, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := into.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

const (
	officeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships"
)

// relationsOf writes relations: kind=target.
func relationsOf(space string, all ...string) string {
	var b strings.Builder
	for i, r := range all {
		kind, target, _ := strings.Cut(r, "=")
		b.WriteString(`<Relationship Id="r` + string(rune('1'+i)) + `" Type="` + space + "/" + kind + `" Target="` + target + `"/>`)
	}
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + b.String() + `</Relationships>`
}

// plainParts is a workbook of two permits whose texts are shared and whose days are numbers with a style. The names of its parts
// are those that everybody uses.
func plainParts() map[string]string {
	texts := ""
	for _, text := range []string{"permit_id", "person_id", "decided_on", "decision", "S1", "P1", "granted", "S2", "P2"} {
		texts += "<si><t>" + text + "</t></si>"
	}
	row := func(cells ...string) string {
		text := ""
		for i, c := range cells {
			at := ` s="0" t="s"`
			if len(c) > 3 {
				at = ` s="1"`
			}
			text += `<c r="` + registers.Letters(i) + "N\"" + at + "><v>" + c + "</v></c>"
		}
		return text
	}
	sheet := ""
	for i, cells := range []string{row("0", "1", "2", "3"), row("4", "5", "41306", "6"), row("7", "8", "41307", "6")} {
		n := string(rune('1' + i))
		sheet += `<row r="` + n + `">` + strings.ReplaceAll(cells, `N"`, n+`"`) + "</row>"
	}
	return map[string]string{
		"_rels/.rels":                relationsOf(officeRelations, "officeDocument=xl/workbook.xml"),
		"xl/workbook.xml":            `<workbook xmlns="main" xmlns:r="` + officeRelations + `"><sheets><sheet name="Ark1" sheetId="7" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relationsOf(officeRelations, "styles=styles.xml", "worksheet=worksheets/sheet1.xml", "sharedStrings=sharedStrings.xml"),
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="main"><sheetData>` + sheet + `</sheetData></worksheet>`,
		"xl/styles.xml":              `<styleSheet xmlns="main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":       `<sst xmlns="main">` + texts + `</sst>`,
	}
}

// renamed gives each part another name.
func renamed(parts map[string]string, name func(string) string) map[string]string {
	all := map[string]string{}
	for old, text := range parts {
		all[name(old)] = text
	}
	return all
}

// TestWorkbookByItsRelations: the parts of a workbook are found by what points at them, whatever they are called and in whichever
// of the two forms of the standard they are written.
func TestWorkbookByItsRelations(t *testing.T) {
	changed := func(change func(map[string]string)) map[string]string {
		parts := plainParts()
		change(parts)
		return parts
	}
	cases := map[string]map[string]string{
		"plain":                  plainParts(),
		"in capitals":            renamed(plainParts(), strings.ToUpper),
		"with backslashes":       renamed(plainParts(), func(name string) string { return strings.ReplaceAll(name, "/", `\`) }),
		"with a slash in front":  renamed(plainParts(), func(name string) string { return "/" + name }),
		"without the first ones": changed(func(p map[string]string) { delete(p, "_rels/.rels") }),
		"without kinds": changed(func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = strings.ReplaceAll(p["xl/_rels/workbook.xml.rels"], " Type=", " was=")
		}),
		"targets from the root": changed(func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = relationsOf(officeRelations, "styles=/xl/styles.xml", "worksheet=/XL/worksheets/Sheet1.xml", `sharedStrings=\xl\sharedStrings.xml`)
		}),
		"names with blanks": renamed(changed(func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = relationsOf(officeRelations, "styles=styles.xml", "worksheet=worksheets/Ark%201.xml", "sharedStrings=sharedStrings.xml")
		}), func(name string) string { return strings.Replace(name, "sheet1", "Ark 1", 1) }),
		"a chart beside the rows": changed(func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = relationsOf(officeRelations, "chartsheet=chartsheets/sheet1.xml", "worksheet=worksheets/sheet1.xml")
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<sheets>", `<sheets><sheet name="Figur" sheetId="1" r:id="r1"/>`, 1)
		}),
		"strict": changed(func(p map[string]string) {
			for name, text := range p {
				p[name] = strings.ReplaceAll(strings.ReplaceAll(text, officeRelations, strictRelations), `"main"`, `"http://purl.oclc.org/ooxml/spreadsheetml/main"`)
			}
		}),
		"prefixed": changed(func(p map[string]string) {
			for name, text := range p {
				if !strings.HasSuffix(name, ".rels") {
					text = strings.NewReplacer("</", "</x:", "<", "<x:", `xmlns="main"`, `xmlns:x="main"`).Replace(text)
				}
				p[name] = text
			}
		}),
		"elsewhere, and others where they usually are": changed(func(p map[string]string) {
			for _, m := range [][2]string{{"xl/workbook.xml", "bog/hoved.xml"}, {"xl/worksheets/sheet1.xml", "rækker.xml"}, {"xl/styles.xml", "bog/a/udseende.xml"}, {"xl/sharedStrings.xml", "bog/ord"}} {
				p[m[1]] = p[m[0]]
				p[m[0]] = strings.NewReplacer("S1", "S9", "41306", "1", `"14"`, `"0"`, "r2", "r9").Replace(p[m[0]])
			}
			p["_rels/.rels"] = relationsOf(officeRelations, "officeDocument=bog/hoved.xml")
			p["bog/_rels/hoved.xml.rels"] = relationsOf(officeRelations, "styles=a/udseende.xml", "worksheet=../rækker.xml", "sharedStrings=ord")
		}),
	}
	for name, parts := range cases {
		path := filepath.Join(t.TempDir(), "permits.xlsx")
		packed(t, path, parts)
		got, err := rowsOf(path)
		if want := []string{"permit_id person_id decided_on decision", "S1 P1 2013-02-01 granted", "S2 P2 2013-02-02 granted"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// rowsOf reads the rows of a workbook's only sheet.
func rowsOf(path string) ([]string, error) {
	book, err := Open(path, "")
	if err != nil {
		return nil, err
	}
	defer book.Close()
	rows, err := book.Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for {
		cells, err := rows.Next()
		if err != nil {
			if err.Error() == "EOF" {
				err = nil
			}
			return all, err
		}
		all = append(all, strings.Join(Texts(cells), " "))
	}
}

// TestWorkbooksThatMislead: what is no workbook of ours, or could be read in two ways, is refused and says why.
func TestWorkbooksThatMislead(t *testing.T) {
	for name, c := range map[string]struct {
		change func(map[string]string)
		want   string
	}{
		"binary": {func(p map[string]string) {
			p["_rels/.rels"] = relationsOf(officeRelations, "officeDocument=xl/workbook.bin")
		}, "a binary workbook (.xlsb); save it as .xlsx"},
		"a letter":           {func(p map[string]string) { p["xl/workbook.xml"] = "<document><body/></document>" }, "an Office file, but no workbook; save the table as .xlsx or .csv"},
		"a part twice":       {func(p map[string]string) { p["xl/SharedStrings.xml"] = "<sst/>" }, "the workbook has two parts of one name; save it again"},
		"no sheet behind it": {func(p map[string]string) { delete(p, "xl/worksheets/sheet1.xml") }, "the sheet is missing in the workbook"},
		"a text too few": {func(p map[string]string) {
			p["xl/sharedStrings.xml"] = strings.Replace(p["xl/sharedStrings.xml"], "<si><t>P2</t></si>", "", 1)
		}, "row 3, column B: the text that it points at is not in the workbook; save the workbook again"},
		"no texts": {func(p map[string]string) { delete(p, "xl/sharedStrings.xml") }, "row 1, column A: the text that it points at is not in the workbook; save the workbook again"},
	} {
		parts := plainParts()
		c.change(parts)
		path := filepath.Join(t.TempDir(), "permits.xlsx")
		packed(t, path, parts)
		if _, err := rowsOf(path); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestEscapedCharacters: what Excel writes for characters that XML has no place for.
func TestEscapedCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"P1_x000D_": "P1\r", "a_x000D__x000a_b": "a\r\nb", "_x005F_x000D_": "_x000D_", "_x005f_x005F_": "_x005F_", "_xD83D__xDE00_": "😀", "_xd83d_": "\ufffd",
		"_x00D_": "_x00D_", "_x000D": "_x000D", "_X000D_": "_X000D_", "_xGGGG_": "_xGGGG_", "_x_x0041_": "_xA", "max_x": "max_x", "": "", "_x00C6_rø": "Ærø",
	} {
		if got := unescaped(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestMergedCellsOfOtherPrograms: a value that lies hidden under merged cells, and a list of them that is none.
func TestMergedCellsOfOtherPrograms(t *testing.T) {
	for ref, want := range map[string]string{
		"C2:C3": "row 3, column C: another value lies hidden under the merged cells C2:C3; undo that and save the workbook again",
		"whole": "the sheet's list of merged cells cannot be read; save the workbook again",
	} {
		parts := plainParts()
		parts["xl/worksheets/sheet1.xml"] = strings.Replace(parts["xl/worksheets/sheet1.xml"], "</sheetData>", `</sheetData><mergeCells><mergeCell ref="`+ref+`"/></mergeCells>`, 1)
		path := filepath.Join(t.TempDir(), "permits.xlsx")
		packed(t, path, parts)
		if err := fillAll(path); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", ref, err, want)
		}
	}
}

// fillAll reads the only sheet of a workbook twice, the second time with the values of merged cells in their places.
func fillAll(path string) error {
	book, err := Open(path, "")
	if err != nil {
		return err
	}
	defer book.Close()
	var merged *Merges
	for range 2 {
		rows, err := book.Rows()
		if err != nil {
			return err
		}
		for {
			cells, err := rows.Next()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return err
			}
			if merged != nil {
				if _, _, err := merged.Fill(rows.Row, cells); err != nil {
					return err
				}
			}
		}
		merged = MergesOf(rows.Merged, registers.Places{Sheet: true}, []bool{true, true, true, true})
	}
	return nil
}
