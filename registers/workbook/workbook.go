// Package workbook reads an .xlsx file as rows. What comes in is the file; what goes out are the rows of one sheet, one after the
// other: of each cell the text that a CSV file would have, and whether it is a day, a number whose last digits are lost, or a
// formula that nobody computed. It knows no table and no register, and imports nothing but the standard library and the names of
// columns: so it stands in registers, beside the other forms that extracts come in.
package workbook

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// largestSheet is how much a part of a workbook may unpack to: a full sheet of Excel's, 1,048,576 rows, with forty columns.
const largestSheet = 4 << 30

// Book is an .xlsx file of which one sheet is read, row by row.
//
// The library that writes workbooks is not used for reading: what it streams are texts that no longer tell a number from
// a text and a day from a number, and what would tell them apart holds the whole sheet in memory.
type Book struct {
	zip    *zip.ReadCloser
	parts  parts
	sheet  *zip.File
	Name   string   // of the sheet
	sheets []listed // all there are
	texts  []string // shared by the cells
	styles []cellStyle
	from   time.Time // the day before day 1
	leap   bool      // day 60 is 29 February 1900, which there was not
}

// cellStyle is what the look of a number says of what it is.
type cellStyle struct {
	day    bool // shown as a day
	digits int  // shown with so many digits, zeros in front; 0 where it is not
}

// Open opens a sheet by its name, or the only one. Its errors do not name the file.
func Open(file, sheet string) (*Book, error) {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil, errors.New("no workbook that can be read: it is cut off, or no .xlsx file")
	}
	w := &Book{zip: archive}
	if err := w.open(sheet); err != nil {
		return nil, errors.Join(err, archive.Close())
	}
	return w, nil
}

// Close releases the file.
func (w *Book) Close() error { return w.zip.Close() }

func (w *Book) open(sheet string) (err error) {
	if w.parts, err = partsOf(&w.zip.Reader); err != nil {
		return err
	}
	relations, err := w.parts.relations("")
	if err != nil {
		return err
	}
	name := w.parts.related(relations, "officeDocument", "xl/workbook.xml")
	switch {
	case name == "" && w.parts["content.xml"] != nil:
		return errors.New("a document of LibreOffice (.ods); save the table as .xlsx or .csv")
	case name == "" && w.parts["index/document.iwa"] != nil:
		return errors.New("a sheet of Numbers; save the table as .xlsx or .csv")
	case name == "":
		return errors.New("a zip archive without a workbook in it; unpack it first")
	case strings.HasSuffix(name, ".bin"):
		return errors.New("a binary workbook (.xlsb); save it as .xlsx")
	}
	var book bookPart
	if err := w.parts.decode(name, &book); err != nil {
		return err
	}
	if book.XMLName.Local != "workbook" {
		return errors.New("an Office file, but no workbook; save the table as .xlsx or .csv")
	}
	w.setCalendar(book)
	if relations, err = w.parts.relations(name); err != nil {
		return err
	}
	beside := path.Dir(name)
	if err := errors.Join(
		w.readStyles(w.parts.related(relations, "styles", partName(path.Join(beside, "styles.xml")))),
		w.readTexts(w.parts.related(relations, "sharedStrings", partName(path.Join(beside, "sharedStrings.xml"))))); err != nil {
		return err
	}
	return w.choose(sheet, book.sheetsOf(w.parts, relations))
}

// setCalendar finds out what day the number 1 is: by Excel's calendar, by that of its first Macintosh, or by the strict form's,
// which knows that 1900 had no leap day.
func (w *Book) setCalendar(book bookPart) {
	no := func(text string) bool { return text == "0" || text == "false" }
	switch p := book.Properties; {
	case p.Date1904 != "" && !no(p.Date1904):
		w.from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case no(p.Compatibility):
		w.from = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	default:
		w.from, w.leap = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC), true
	}
}

// readStyles finds out which styles show a number as a day, and which with zeros in front.
func (w *Book) readStyles(name string) error {
	if name == "" {
		return nil
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.parts.decode(name, &styles); err != nil {
		return err
	}
	codes := map[int]string{}
	for _, f := range styles.Formats {
		codes[f.ID] = f.Code
	}
	for _, c := range styles.Cells {
		s := styleOf(codes[c.Format])
		// The formats that need no code: days and times in the file's language.
		s.day = s.day || c.Format >= 14 && c.Format <= 17 || c.Format == 22 || c.Format >= 27 && c.Format <= 31 || c.Format >= 50 && c.Format <= 58
		w.styles = append(w.styles, s)
	}
	return nil
}

// styleOf reads a number format: with a day or a year in it, it shows days; of zeros only, it shows so many digits.
func styleOf(code string) cellStyle {
	var plain strings.Builder
	quoted, bracket := false, false
	for i := 0; i < len(code) && code[i] != ';'; i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == ']':
			bracket = c == '['
		case bracket:
		case c == '\\' || c == '_' || c == '*':
			i++ // the next character is shown as it is
		case c != '-' && c != ' ':
			plain.WriteByte(c | 0x20) // letters in lower case; digits have the bit already
		}
	}
	text := plain.String()
	if strings.Trim(text, "0") == "" && len(text) > 1 {
		return cellStyle{digits: len(text)}
	}
	return cellStyle{day: strings.ContainsAny(text, "dy")}
}

// readTexts reads the texts that cells share.
func (w *Book) readTexts(name string) error {
	part := w.parts[name]
	if part == nil {
		return nil
	}
	if part.UncompressedSize64 > largestSheet/4 {
		return fmt.Errorf("the workbook's texts unpack to %d MiB; %d MiB are read", part.UncompressedSize64>>20, int64(largestSheet/4)>>20)
	}
	r, err := part.Open()
	if err != nil {
		return errors.New("the workbook's texts cannot be read")
	}
	defer r.Close()
	limited := &partReader{from: r, left: largestPart}
	tokens := xml.NewDecoder(limited)
	var text strings.Builder
	within := inText{}
	for {
		token, err := tokens.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return errors.New("the workbook's texts cannot be read")
		}
		switch t := token.(type) {
		case xml.StartElement:
			within.start(t.Name.Local)
			if t.Name.Local == "si" {
				limited.begun()
				text.Reset()
			}
		case xml.EndElement:
			within.end(t.Name.Local)
			if t.Name.Local == "si" {
				w.texts = append(w.texts, unescaped(text.String()))
			}
		case xml.CharData:
			if within.shown() {
				text.Write(t)
			}
		}
	}
}

// inText follows whether character data is a cell's text: within t, but not the reading of Japanese characters (rPh).
type inText struct{ t, reading bool }

func (i *inText) start(name string) {
	i.t = i.t || name == "t"
	i.reading = i.reading || name == "rPh"
}

func (i *inText) end(name string) {
	i.t = i.t && name != "t"
	i.reading = i.reading && name != "rPh"
}

func (i *inText) shown() bool { return i.t && !i.reading }

// unescaped is a text of a workbook with the characters that XML has no place for: Excel writes a carriage return as _x000D_,
// and _x005F_ for the underscore of a text that only looks like that.
func unescaped(text string) string {
	const form = len("_x000D_")
	at := strings.Index(text, "_x")
	if at < 0 {
		return text
	}
	var plain strings.Builder
	for ; at >= 0; at = strings.Index(text, "_x") {
		plain.WriteString(text[:at])
		text = text[at:]
		first, ok := escapedCode(text)
		if !ok {
			plain.WriteString(text[:2])
			text = text[2:]
			continue
		}
		text = text[form:]
		if second, ok := escapedCode(text); ok && utf16.IsSurrogate(first) { // a character of two codes
			first, text = utf16.DecodeRune(first, second), text[form:]
		}
		plain.WriteRune(first)
	}
	return plain.String() + text
}

// escapedCode is the code of _x000D_ at the beginning of a text.
func escapedCode(text string) (rune, bool) {
	if len(text) < 7 || text[:2] != "_x" || text[6] != '_' {
		return 0, false
	}
	code, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(code), err == nil
}

// Cell is one cell: its text as it would stand in a CSV file, and what it was.
type Cell struct {
	Text       string
	Long       bool      // a whole number of more digits than a number keeps
	Day        time.Time // zero where it is none
	Uncomputed bool      // a formula without a value: the program that wrote it did not compute
}

// day gives the day of a number that is shown as one; the zero time where it is less than a day.
func (w *Book) day(serial float64) time.Time {
	n := math.Floor(serial)
	if n < 1 && w.leap || n < 0 || n > 2958465 { // 31 December 9999
		return time.Time{}
	}
	if w.leap && n > 59 {
		n--
	}
	return w.from.AddDate(0, 0, int(n))
}

var errNoText = errors.New("the text that it points at is not in the workbook")

// value reads what a cell holds.
func (w *Book) value(kind string, style int, text string) (Cell, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || i < 0 || i >= len(w.texts) {
			return Cell{}, errNoText
		}
		return Cell{Text: w.texts[i]}, nil
	case "b":
		return Cell{Text: map[string]string{"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}[text]}, nil
	case "e":
		return Cell{Text: "#N/A"}, nil // whichever it was: no value
	case "d": // a day and a time in ISO's form
		if day, err := time.Parse(time.DateOnly, text[:min(len(text), 10)]); err == nil {
			return Cell{Text: day.Format(time.DateOnly), Day: day}, nil
		}
		return Cell{Text: text}, nil
	case "", "n":
		return w.numberCell(style, strings.TrimSpace(text)), nil
	}
	return Cell{Text: unescaped(text)}, nil
}

// mostDigits is how many digits of a number Excel keeps.
const mostDigits = 15

// numberCell is what a number says: the day that it is shown as, or its digits.
func (w *Book) numberCell(style int, text string) Cell {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return Cell{Text: text}
	}
	var look cellStyle
	if style >= 0 && style < len(w.styles) {
		look = w.styles[style]
	}
	if look.day {
		if day := w.day(number); !day.IsZero() {
			return Cell{Text: day.Format(time.DateOnly), Day: day}
		}
	}
	c := Cell{Text: strconv.FormatFloat(number+0, 'f', -1, 64)} // + 0, for there is a -0
	if number != math.Trunc(number) {
		return c
	}
	c.Long = math.Abs(number) >= math.Pow10(mostDigits)
	switch {
	case c.Long && strings.Trim(text, "0123456789") == "":
		c.Text = text // as another program than Excel may have written them, whole
	case c.Long:
		c.Text = strconv.FormatFloat(number, 'f', 0, 64)
	case len(c.Text) < look.digits && number >= 0:
		c.Text = strings.Repeat("0", look.digits-len(c.Text)) + c.Text
	}
	return c
}
