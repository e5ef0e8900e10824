package extract

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"unicode/utf8"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
	"koblet/registers/suggest"
	"koblet/store/disk"
)

// How much of a text is looked at: all of one up to sampledWhole, of a longer one so many stretches, the first at its
// beginning and the last at its end.
const (
	sampledWhole  = 32 << 20
	sampleSize    = 2 << 20
	sampleStretch = 12
	sampledRows   = 20_000 // of a workbook; as many as load/parquet_sample gives
)

// Suggest looks at the files of a load and suggests the profile to read them by. It loads nothing. A file that cannot be
// looked at at all is an error, as it is for Load; the profile of the load plays no part.
func Suggest(d Delivery) (suggest.Suggested, error) {
	looks := map[string][]*suggest.Look{}
	var wrong []error
	for _, kind := range d.kinds() {
		var seen []*suggest.Look
		for n, path := range kind.files {
			e := &extract{Path: path, at: path, number: n + 1}
			if path == standardInput && d.Stdin != nil {
				e.stdin = bufio.NewReaderSize(d.Stdin, headSize)
			}
			found, err := e.sampled(seen, kind.tables)
			if err != nil {
				wrong = append(wrong, err)
			}
			seen = found
		}
		for _, table := range kind.tables {
			looks[table.Name] = append(looks[table.Name], seen...)
		}
	}
	if len(wrong) > 0 {
		return suggest.Suggested{}, errors.Join(wrong...)
	}
	var all []suggest.Looked
	for _, table := range registers.Tables() {
		all = append(all, suggest.Looked{Table: table, Looks: looks[table.Name]})
	}
	return suggest.Profile(all), nil
}

// sampled adds a look at the file to those at the files before it: to one of the same header, or as one more.
func (e *extract) sampled(seen []*suggest.Look, tables []registers.Table) ([]*suggest.Look, error) {
	if err := e.lookDelimiter(); err != nil {
		return seen, err
	}
	if err := e.lookSheets(tables); err != nil {
		return seen, err
	}
	at := slices.IndexFunc(seen, func(l *suggest.Look) bool {
		return l.Format == e.Format && l.Delimiter == e.delimiter && slices.Equal(l.Header, e.Columns)
	})
	if at < 0 {
		look := suggest.NewLook(e.Columns)
		look.Below = records.HeaderBelow(e.begins)
		look.Format, look.Encoding, look.Delimiter, look.Sheet = e.Format, e.Encoding, e.delimiter, e.sheet
		look.Places = e.places
		at, seen = len(seen), append(seen, look)
	}
	look := seen[at]
	if look.Encoding != e.Encoding {
		look.Encoding = "" // found for each file by itself
	}
	before := look.Rows
	scope, err := e.sample(look)
	// Not by its name, which may be somebody's: a profile is kept, and handed on.
	if at := fmt.Sprintf("file %d", e.number); e.Format == "u12170" {
		look.Seen = append(look.Seen, at)
	} else {
		look.Seen = append(look.Seen, fmt.Sprintf("%s: looked at %s, %d rows", at, scope, look.Rows-before))
	}
	return seen, err
}

// lookDelimiter finds delimiter and encoding of a text by its beginning.
func (e *extract) lookDelimiter() error {
	head, err := e.head()
	if err != nil {
		return err
	}
	plain, whole, err := e.unpacked(head)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	if registers.FormatOf(plain) != "csv" {
		return nil
	}
	e.lineMark = characters.LineMarkOf(plain)
	if e.Encoding, err = e.encodingOf(plain, whole); err != nil {
		return err
	}
	if e.Encoding == "iso-8859-1" {
		e.Encoding = "windows-1252" // which is the same and more: the next delivery may have a dash or a euro in it
	}
	text, err := characters.Decode(characters.WithLineFeeds(bytes.NewReader(plain[:min(len(plain), beginning)]), e.lineMark), e.Encoding)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	decoded, err := io.ReadAll(text)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	e.delimiter = records.FindDelimiter(decoded)
	return nil
}

// encodingOf finds the encoding of the whole file; of standard input that of its beginning.
func (e *extract) encodingOf(head []byte, whole bool) (string, error) {
	if e.stdin == nil {
		return e.detect()
	}
	if end := bytes.LastIndexByte(head, '\n'); !whole && end >= 0 {
		head = head[:end+1] // a character may be cut in two
	}
	found, err := characters.DetectEncoding(characters.WithLineFeeds(bytes.NewReader(head), e.lineMark))
	return found, e.wrong(err)
}

// showStretch shows the stretch that begins at an offset.
func (e *extract) showStretch(look *suggest.Look, file *os.File, offset int64) error {
	text := make([]byte, sampleSize)
	n, err := file.ReadAt(text, offset)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", e.Path, disk.Cause(err))
	}
	return e.show(look, stretch{text: text[:n], first: offset == 0, last: errors.Is(err, io.EOF)})
}

// stretch is a part of a text.
type stretch struct {
	text        []byte
	first, last bool // it begins where the text does, it ends where it does
}

// show reads the records of a stretch, as the load would, and shows them to the look. What is cut in two at its ends is
// left out; a stretch that begins within quotes gives records of another form, which are left out as well.
func (e *extract) show(look *suggest.Look, s stretch) error {
	text, lineEnd := s.text, []byte(cmp.Or(e.lineMark, "\n"))
	if !bytes.Contains(text, lineEnd) {
		lineEnd = []byte("\r")
	}
	if !s.first {
		_, text, _ = bytes.Cut(text, lineEnd)
	}
	if end := bytes.LastIndex(text, lineEnd); !s.last && end >= 0 {
		text = text[:end+len(lineEnd)]
	}
	look.Foreign = look.Foreign || bytes.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
	decoded, err := characters.Decode(characters.WithLineFeeds(bytes.NewReader(text), e.lineMark), cmp.Or(e.Encoding, "utf-8"))
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	if !s.first {
		decoded = io.MultiReader(bytes.NewReader(e.headerLine()), decoded)
	}
	var rows bytes.Buffer
	if _, err := records.Scan(decoded, records.Scanning{Delimiter: e.delimiter, Cleaned: &rows}); err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	r := csv.NewReader(&rows)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = rune(cmp.Or(e.delimiter, ',')), true, -1, true
	for header := true; ; header = false {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && !header {
			look.Add(row, nil)
		}
	}
}

// headerLine writes the header as a line, so that records are held against its number of fields.
func (e *extract) headerLine() []byte {
	var line bytes.Buffer
	w := csv.NewWriter(&line)
	w.Comma = rune(cmp.Or(e.delimiter, ','))
	_ = w.Write(e.Columns) // into memory
	w.Flush()
	return line.Bytes()
}
