package store

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"time"

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
		if !ok || start.Name.Local != "row" {
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
			if err != nil {
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
				return s.value(kind, n, s.text.String()), nil
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

// lookWorkbook reads the header and the first rows of a sheet.
func (e *extract) lookWorkbook() error {
	book, err := openWorkbook(e.at, e.sheet)
	if err != nil {
		return fmt.Errorf("%s: %w", e.path, err)
	}
	defer book.close() //nolint:errcheck // it was only read
	rows, err := book.rows()
	if err != nil {
		return fmt.Errorf("%s: %w", e.path, err)
	}
	defer rows.from.Close()
	for len(e.first) < 6 {
		cells, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("%s: %w", e.path, err)
		}
		if cells = filled(cells); len(cells) > 0 {
			e.first = append(e.first, cellTexts(cells))
		}
	}
	if len(e.first) == 0 {
		return fmt.Errorf("%s: the sheet is empty", e.path)
	}
	e.columns, e.first = e.first[0], e.first[1:]
	return nil
}

// filled cuts off the empty cells at a row's end.
func filled(cells []sheetCell) []sheetCell {
	for len(cells) > 0 && cells[len(cells)-1].text == "" && !cells[len(cells)-1].uncomputed {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func cellTexts(cells []sheetCell) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = c.text
	}
	return all
}

// shape is what a column must be known by before its cells become text.
type shape struct {
	dates  string // the profile's pattern, in which a day is written, so that one column has one form
	digits int    // how many a number or code has, zeros in front included; 0 where nobody knows
	field  string
}

// columnShape gives the shape of a field's column.
func columnShape(field registers.Field, profile registers.Profile, table string) shape {
	s := shape{field: field.Name}
	switch field.Name {
	case "cpr_number", "current_cpr_number":
		if s.digits = 10; profile.Numbers.Opaque {
			s.digits = 0
		}
	case "municipality_code", "citizenship":
		s.digits = 4
	case "status":
		s.digits = 2
	}
	if field.Kind == registers.Date {
		s.dates = profile.Tables[table].Dates
	}
	return s
}

// takeWorkbook makes a sheet plain CSV: days as the profile has them, or as 2013-12-31; numbers as their digits; texts as
// they are, zeros in front and all. Rows without any value are no records. A number where zeros in front should be and are
// not is taken as it is, and counted: which number it was, nobody can say for sure.
func (e *extract) takeWorkbook(ctx context.Context, copied string, m *meter) error {
	d, err := e.hashed(ctx, m)
	if err != nil {
		return err
	}
	book, err := openWorkbook(e.at, e.sheet)
	if err != nil {
		return fmt.Errorf("%s: %w", e.path, err)
	}
	defer book.close() //nolint:errcheck // it was only read
	rows, err := book.rows()
	if err != nil {
		return fmt.Errorf("%s: %w", e.path, err)
	}
	defer rows.from.Close()
	into, err := create(copied)
	if err != nil {
		return err
	}
	defer into.Close()
	e.encoding = "utf-8" // by the format
	e.taken = taken{sha256: d.sum(), bytes: d.bytes, headers: 1, read: copied, newLine: `\n`, findings: map[finding]int64{}}
	w := sheetCopy{extract: e, out: csv.NewWriter(into), record: make([]string, len(e.columns))}
	for {
		cells, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		} else if err = errors.Join(err, ctx.Err()); err != nil {
			return fmt.Errorf("%s: %w", e.path, err)
		}
		if err := w.take(filled(cells), rows.row); err != nil {
			return err
		}
	}
	if w.out.Flush(); w.out.Error() != nil {
		return w.out.Error()
	}
	e.place = w.place
	return nil
}

// sheetCopy writes the rows of a sheet as plain CSV and keeps where they stand.
type sheetCopy struct {
	*extract
	out    *csv.Writer
	record []string
	begins []int64 // of the runs of rows that follow each other: the first row's number among the rows
	after  []int64 // and what to add to get its place in the sheet
}

func (w *sheetCopy) take(cells []sheetCell, line int64) error {
	if len(cells) == 0 {
		return nil
	}
	w.lines = line
	w.records++
	if w.records > 1 && len(cells) > len(w.columns) {
		w.broken = append(w.broken, registers.Broken{Record: w.records, Line: line, Reason: registers.WrongNumberOfFields})
		return nil
	}
	if size := sizeOf(cells); w.records > 1 && size > longestValues {
		w.broken = append(w.broken, registers.Broken{Record: w.records, Line: line, Reason: registers.LineTooLong})
		return nil
	}
	for i := range w.record {
		w.record[i] = ""
		if i < len(cells) {
			w.record[i] = cells[i].text
			if w.records > 1 {
				w.record[i] = w.text(cells[i], w.shapes[i])
			}
		}
	}
	if w.records > 1 {
		w.rows++
		if n := len(w.after); n == 0 || w.after[n-1] != line-w.rows {
			w.begins, w.after = append(w.begins, w.rows), append(w.after, line-w.rows)
		}
	}
	return w.out.Write(w.record)
}

func sizeOf(cells []sheetCell) (bytes int) {
	for _, c := range cells {
		bytes += len(c.text)
	}
	return bytes
}

// text writes a cell as its column has them.
func (w *sheetCopy) text(c sheetCell, s shape) string {
	switch {
	case !c.day.IsZero() && s.dates != "":
		return strftime(c.day, s.dates)
	case c.uncomputed && s.field != "":
		w.findings[finding{s.field, "not_computed"}]++
	case c.number && len(c.text) < s.digits:
		w.findings[finding{s.field, "lost_zeros"}]++
	}
	return c.text
}

// place finds the row of the sheet in which a row stands.
func (w *sheetCopy) place(_ context.Context, row int64) (int64, error) {
	i := sort.Search(len(w.begins), func(i int) bool { return w.begins[i] > row })
	return row + w.after[i-1], nil
}

// strftime writes a day by a profile's pattern; the time of day is midnight.
func strftime(day time.Time, pattern string) string {
	return strings.NewReplacer("%d", day.Format("02"), "%m", day.Format("01"), "%Y", day.Format("2006"), "%H", "00", "%M", "00", "%S", "00", "%%", "%").Replace(pattern)
}

// hashed reads a file once for its hash and size.
func (e *extract) hashed(ctx context.Context, m *meter) (*delivered, error) {
	file, err := openFile(e.at)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	d := &delivered{from: m.reader(ctx, file), hash: sha256.New()}
	_, err = io.Copy(io.Discard, d)
	return d, e.wrong(err)
}
