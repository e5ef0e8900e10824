package store

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"koblet/registers"
)

// Excel's own limits: a sheet beyond them was not made by it.
const (
	mostRows    = 1_048_576
	mostColumns = 16_384
)

// A few bytes of a workbook may unpack to gigabytes: of what is held at once, a row or a shared text, so much is read. A
// row's values are no longer than a line of a CSV file.
const (
	largestPart   = 32 << 20
	longestValues = 1 << 20
)

// partReader reads a part of a workbook until what is held of it at once is too large.
type partReader struct {
	from io.Reader
	left int
}

var errTooLarge = errors.New("too large")

func (r *partReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errTooLarge
	}
	n, err := r.from.Read(p)
	r.left -= n
	return n, err
}

// begun says that what was read so far is not held any longer.
func (r *partReader) begun() { r.left = largestPart }

// sheet reads the rows of a workbook's sheet.
type sheet struct {
	*workbook
	from   io.ReadCloser
	part   *partReader
	tokens *xml.Decoder
	row    int64 // counted from 1, as Excel shows it
	cells  []sheetCell
	text   strings.Builder
	merged []merge // behind the rows
}

func (w *workbook) rows() (*sheet, error) {
	from, err := w.sheet.Open()
	if err != nil {
		return nil, errors.New("the sheet cannot be read")
	}
	part := &partReader{from: from, left: largestPart}
	return &sheet{workbook: w, from: from, part: part, tokens: xml.NewDecoder(part)}, nil
}

// next gives the next row that the sheet has, which need not be the next that Excel shows. The cells are good till the
// next call. The error at the end is io.EOF.
func (s *sheet) next() ([]sheetCell, error) {
	for {
		s.part.begun()
		token, err := s.tokens.RawToken()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		} else if err != nil {
			return nil, s.unreadable("after", err)
		}
		start, ok := token.(xml.StartElement)
		switch {
		case ok && start.Name.Local == "mergeCell":
			block, err := mergeOf(attribute(start, "ref"))
			if err != nil {
				return nil, err
			}
			s.merged = append(s.merged, block)
			continue
		case !ok || start.Name.Local != "row":
			continue
		}
		s.row++
		if text := attribute(start, "r"); text != "" {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil || n < s.row {
				return nil, fmt.Errorf("the rows of the sheet are out of order after row %d", s.row-1)
			}
			s.row = n
		}
		if s.row > mostRows {
			return nil, fmt.Errorf("the sheet has more than %d rows", mostRows)
		}
		return s.readRow()
	}
}

// unreadable says where a sheet breaks off.
func (s *sheet) unreadable(where string, err error) error {
	if errors.Is(err, errTooLarge) {
		return fmt.Errorf("a row of the sheet unpacks to more than %d MiB, %s row %d", largestPart>>20, where, s.row)
	}
	return fmt.Errorf("the sheet cannot be read %s row %d", where, s.row)
}

// readRow reads the cells of the row that has begun.
func (s *sheet) readRow() ([]sheetCell, error) {
	s.cells = s.cells[:0]
	at := -1
	for {
		token, err := s.tokens.RawToken()
		if err != nil {
			return nil, s.unreadable("in", err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "row" {
				return s.cells, nil
			}
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			at++
			if ref := attribute(t, "r"); ref != "" {
				at = columnOf(ref)
			}
			if at < len(s.cells) || at >= mostColumns {
				return nil, fmt.Errorf("the cells of the sheet are out of order in row %d", s.row)
			}
			for len(s.cells) < at {
				s.cells = append(s.cells, sheetCell{})
			}
			c, err := s.readCell(attribute(t, "t"), attribute(t, "s"))
			if errors.Is(err, errNoText) {
				return nil, fmt.Errorf("row %d, column %s: %w; save the workbook again", s.row, registers.Letters(at), err)
			} else if err != nil {
				return nil, err
			}
			s.cells = append(s.cells, c)
		}
	}
}

// readCell reads the cell that has begun: of a formula, the value that was last computed.
func (s *sheet) readCell(kind, style string) (sheetCell, error) {
	s.text.Reset()
	value, within, uncomputed := false, inText{}, false
	for {
		token, err := s.tokens.RawToken()
		if err != nil {
			return sheetCell{}, s.unreadable("in", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			value = value || t.Name.Local == "v"
			uncomputed = (uncomputed || t.Name.Local == "f") && !value // Excel writes the formula before its value, if only an empty one
			within.start(t.Name.Local)
		case xml.EndElement:
			if t.Name.Local == "c" {
				if s.text.Len() == 0 {
					return sheetCell{uncomputed: uncomputed}, nil
				}
				n, _ := strconv.Atoi(style) // none is the first
				return s.value(kind, n, s.text.String())
			}
			value = value && t.Name.Local != "v"
			within.end(t.Name.Local)
		case xml.CharData:
			if value || within.shown() {
				s.text.Write(t)
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// columnOf is the column of a reference, counted from 0: 27 of AB12. What is no reference is out of order.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref) && i < 4; i++ {
		if ref[i] < 'A' || ref[i] > 'Z' {
			break
		}
		n = n*26 + int(ref[i]-'A') + 1
	}
	return n - 1
}
