package excel

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
)

// sorted writes a workbook's parts again in the order of their names and with one date, and the list of content types in
// order too: the library writes both as its maps happen to run, and equal reports should be equal files.
func sorted(w io.Writer, book []byte, logarithmic map[string]bool) error {
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return err
	}
	files := slices.Clone(in.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, f := range files {
		if err := copyPart(out, f, logarithmic[f.Name]); err != nil {
			return err
		}
	}
	return out.Close()
}

func copyPart(out *zip.Writer, f *zip.File, logarithmic bool) error {
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	text, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	if f.Name == "[Content_Types].xml" {
		text = sortedTypes(text)
	}
	if logarithmic {
		text = powersOfTen(text)
	}
	if strings.HasPrefix(f.Name, "xl/charts/chart") {
		text = skipping(text)
	}
	part, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	_, err = part.Write(text)
	return err
}

// powersOfTen makes the first axis of a chart one of powers of ten: the library writes that of the second axis only.
func powersOfTen(text []byte) []byte {
	const scaling = "<valAx><axId val=\"100000000\"></axId><scaling>"
	return bytes.Replace(text, []byte(scaling), []byte(scaling+`<logBase val="10"></logBase>`), 1)
}

var placesAxis = regexp.MustCompile(`<catAx>.*?</catAx>`)

var leftOut = regexp.MustCompile(`<tickLblSkip val="\d\d`)

// skipping lets LibreOffice leave out words of an axis that has room for one in ten or less, as Excel does by tickLblSkip, which LibreOffice does not
// read: it writes them over one another where their angle is 0. A sixty-thousandth of a degree is none to the eye. Where more find room it breaks
// them, which keeps them beneath their places, as an angle does not.
func skipping(text []byte) []byte {
	return placesAxis.ReplaceAllFunc(text, func(axis []byte) []byte {
		if !leftOut.Match(axis) {
			return axis
		}
		words := max(bytes.Index(axis, []byte("<txPr>")), 0)
		return slices.Concat(axis[:words], bytes.Replace(axis[words:], []byte(` rot="0"`), []byte(` rot="1"`), 1))
	})
}

var contentType = regexp.MustCompile(`<(?:Override|Default) [^>]*?(?:/>|></(?:Override|Default)>)`)

func sortedTypes(text []byte) []byte {
	found := contentType.FindAll(text, -1)
	if len(found) == 0 {
		return text
	}
	first := bytes.Index(text, found[0])
	rest := contentType.ReplaceAll(text, nil)
	slices.SortFunc(found, bytes.Compare)
	return slices.Concat(rest[:first], bytes.Join(found, nil), rest[first:])
}

// quoted doubles the quotes of a sheet's name, as references to it must.
func quoted(sheet string) string { return strings.ReplaceAll(sheet, "'", "''") }

// wordsOf are the parts of a text between which a cell may break.
func wordsOf(text string) []string { return strings.Fields(text) }
