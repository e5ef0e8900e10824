package store

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
)

// largestSheet is how much a part of a workbook may unpack to: a full sheet of Excel's, 1,048,576 rows, with forty columns.
const largestSheet = 4 << 30

// workbook is an .xlsx file of which one sheet is read, row by row.
//
// The library that writes workbooks is not used for reading: what it streams are texts that no longer tell a number from
// a text and a day from a number, and what would tell them apart holds the whole sheet in memory.
type workbook struct {
	zip    *zip.ReadCloser
	sheet  *zip.File
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

// openWorkbook opens a sheet by its name, or the only one. Its errors do not name the file.
func openWorkbook(file, sheet string) (*workbook, error) {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil, errors.New("no workbook that can be read: it is cut off, or no .xlsx file")
	}
	w := &workbook{zip: archive}
	if err := w.open(sheet); err != nil {
		return nil, errors.Join(err, archive.Close())
	}
	return w, nil
}

func (w *workbook) close() error { return w.zip.Close() }

func (w *workbook) open(sheet string) error {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if w.part("xl/workbook.xml") == nil {
		return errors.New("a zip archive without a workbook in it; unpack it first")
	}
	if err := w.decode("xl/workbook.xml", &book); err != nil {
		return err
	}
	w.from, w.leap = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC), true
	if book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true" {
		w.from, w.leap = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC), false
	}
	var names []string
	id := ""
	for _, s := range book.Sheets {
		names = append(names, s.Name)
		if s.Name == sheet || sheet == "" {
			id = s.ID
		}
	}
	switch {
	case sheet == "" && len(names) != 1:
		return fmt.Errorf("the workbook has %d sheets: %s; name one in a profile: sheet = \"…\"", len(names), strings.Join(names, ", "))
	case id == "":
		return fmt.Errorf("no sheet %q; the workbook has %s", sheet, strings.Join(names, ", "))
	}
	target, err := w.target(id)
	if err != nil {
		return err
	}
	if w.sheet = w.part(target); w.sheet == nil {
		return errors.New("the sheet is missing in the workbook")
	}
	if w.sheet.UncompressedSize64 > largestSheet {
		return fmt.Errorf("the sheet unpacks to %d GiB; %d GiB are read", w.sheet.UncompressedSize64>>30, largestSheet>>30)
	}
	return errors.Join(w.readStyles(), w.readTexts())
}

// target finds the part of the archive that a sheet is.
func (w *workbook) target(id string) (string, error) {
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := w.decode("xl/_rels/workbook.xml.rels", &relations); err != nil {
		return "", err
	}
	for _, r := range relations.All {
		switch {
		case r.ID != id:
		case strings.HasPrefix(r.Target, "/"):
			return strings.TrimPrefix(r.Target, "/"), nil
		default:
			return path.Join("xl", r.Target), nil
		}
	}
	return "", errors.New("the sheet is missing in the workbook")
}

func (w *workbook) part(name string) *zip.File {
	for _, f := range w.zip.File {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// decode reads a small part whole.
func (w *workbook) decode(name string, into any) error {
	part := w.part(name)
	if part == nil || part.UncompressedSize64 > largestSheet/64 {
		return fmt.Errorf("%s is missing in the workbook, or too large", name)
	}
	r, err := part.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	if err := xml.NewDecoder(r).Decode(into); err != nil {
		return fmt.Errorf("%s cannot be read", name)
	}
	return nil
}

// readStyles finds out which styles show a number as a day, and which with zeros in front.
func (w *workbook) readStyles() error {
	const name = "xl/styles.xml"
	if w.part(name) == nil {
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
	if err := w.decode(name, &styles); err != nil {
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
func (w *workbook) readTexts() error {
	part := w.part("xl/sharedStrings.xml")
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
				w.texts = append(w.texts, text.String())
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

// sheetCell is one cell: its text as it would stand in a CSV file, and what it was.
type sheetCell struct {
	text       string
	number     bool      // a number, whose zeros in front are lost
	day        time.Time // zero where it is none
	uncomputed bool      // a formula without a value: the program that wrote it did not compute
}

// day gives the day of a number that is shown as one; the zero time where it is less than a day.
func (w *workbook) day(serial float64) time.Time {
	n := math.Floor(serial)
	if n < 1 && w.leap || n < 0 || n > 2958465 { // 31 December 9999
		return time.Time{}
	}
	if w.leap && n > 59 {
		n--
	}
	return w.from.AddDate(0, 0, int(n))
}

// value reads what a cell holds.
func (w *workbook) value(kind string, style int, text string) sheetCell {
	switch kind {
	case "s":
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 || i >= len(w.texts) {
			return sheetCell{}
		}
		return sheetCell{text: w.texts[i]}
	case "b":
		return sheetCell{text: map[string]string{"1": "TRUE", "0": "FALSE"}[text]}
	case "d": // a day and a time in ISO's form
		day, err := time.Parse(time.DateOnly, text[:min(len(text), 10)])
		if err != nil {
			return sheetCell{text: text}
		}
		return sheetCell{text: day.Format(time.DateOnly), day: day}
	case "", "n":
	default:
		return sheetCell{text: text}
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return sheetCell{text: text}
	}
	var look cellStyle
	if style >= 0 && style < len(w.styles) {
		look = w.styles[style]
	}
	if look.day {
		if day := w.day(number); !day.IsZero() {
			return sheetCell{text: day.Format(time.DateOnly), day: day}
		}
	}
	if number == math.Trunc(number) && math.Abs(number) < 1e15 {
		text = strconv.FormatInt(int64(number), 10)
		if len(text) < look.digits && number >= 0 {
			return sheetCell{text: strings.Repeat("0", look.digits-len(text)) + text}
		}
	}
	return sheetCell{text: text, number: look.digits == 0}
}
