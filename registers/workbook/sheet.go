package workbook

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
	largestPart = 32 << 20
	LongestRow  = 1 << 20
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

// Rows reads the rows of a workbook's sheet.
type Rows struct {
	*Book
	from   io.ReadCloser
	part   *partReader
	tokens *xml.Decoder
	Row    int64 // counted from 1, as Excel shows it
	cells  []Cell
	text   strings.Builder
	Merged []Merge // behind the rows
}

// Rows begins to read the rows of the sheet; they are to be closed.
func (w *Book) Rows() (*Rows, error) {
	from, err := w.sheet.Open()
	if err != nil {
		return nil, errors.New("the sheet cannot be read")
	}
	part := &partReader{from: from, left: largestPart}
	return &Rows{Book: w, from: from, part: part, tokens: xml.NewDecoder(part)}, nil
}

// Close ends the reading.
func (s *Rows) Close() error { return s.from.Close() }

// Next gives the next row that the sheet has, which need not be the next that Excel shows. The cells are good till the
// next call. The error at the end is io.EOF.
func (s *Rows) Next() ([]Cell, error) {
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
			s.Merged = append(s.Merged, block)
			continue
		case !ok || start.Name.Local != "row":
			continue
		}
		s.Row++
		if text := attribute(start, "r"); text != "" {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil || n < s.Row {
				return nil, fmt.Errorf("the rows of the sheet are out of order after row %d", s.Row-1)
			}
			s.Row = n
		}
		if s.Row > mostRows {
			return nil, fmt.Errorf("the sheet has more than %d rows", mostRows)
		}
		return s.readRow()
	}
}

// unreadable says where a sheet breaks off.
func (s *Rows) unreadable(where string, err error) error {
	if errors.Is(err, errTooLarge) {
		return fmt.Errorf("a row of the sheet unpacks to more than %d MiB, %s row %d", largestPart>>20, where, s.Row)
	}
	return fmt.Errorf("the sheet cannot be read %s row %d", where, s.Row)
}

// readRow reads the cells of the row that has begun.
func (s *Rows) readRow() ([]Cell, error) {
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
				return nil, fmt.Errorf("the cells of the sheet are out of order in row %d", s.Row)
			}
			for len(s.cells) < at {
				s.cells = append(s.cells, Cell{})
			}
			c, err := s.readCell(attribute(t, "t"), attribute(t, "s"))
			if errors.Is(err, errNoText) {
				return nil, fmt.Errorf("row %d, column %s: %w; save the workbook again", s.Row, registers.Letters(at), err)
			} else if err != nil {
				return nil, err
			}
			s.cells = append(s.cells, c)
		}
	}
}

// readCell reads the cell that has begun: of a formula, the value that was last computed.
func (s *Rows) readCell(kind, style string) (Cell, error) {
	s.text.Reset()
	value, within, uncomputed := false, inText{}, false
	for {
		token, err := s.tokens.RawToken()
		if err != nil {
			return Cell{}, s.unreadable("in", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			value = value || t.Name.Local == "v"
			uncomputed = (uncomputed || t.Name.Local == "f") && !value // Excel writes the formula before its value, if only an empty one
			within.start(t.Name.Local)
		case xml.EndElement:
			if t.Name.Local == "c" {
				if s.text.Len() == 0 {
					return Cell{Uncomputed: uncomputed}, nil
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

// Filled cuts off the empty cells at a row's end.
func Filled(cells []Cell) []Cell {
	for len(cells) > 0 && cells[len(cells)-1] == (Cell{}) {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// Texts are the texts of a row.
func Texts(cells []Cell) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = c.Text
	}
	return all
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
