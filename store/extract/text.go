package extract

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"

	"koblet/registers/characters"
	"koblet/registers/records"
)

// lookText reads the header and the first rows of a CSV file.
func (e *extract) lookText(head []byte, whole bool) error {
	if end := bytes.LastIndexByte(head, '\n'); !whole && end >= 0 {
		head = head[:end+1] // a character that is cut in two would tell of another encoding
	}
	e.lineMark = characters.LineMarkOf(head)
	encoding := e.Encoding
	if e.seems = e.otherEncoding(head); e.seems == "utf-8" {
		return &encodingError{e.Path, e.Encoding, e.seems, nil}
	}
	if encoding == "" {
		found, err := characters.DetectEncoding(characters.WithLineFeeds(bytes.NewReader(head), e.lineMark))
		if err != nil {
			return fmt.Errorf("%s: %w", e.Path, err)
		}
		encoding = found
	}
	decoded, err := characters.Decode(characters.WithLineFeeds(bytes.NewReader(head), e.lineMark), encoding)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	text, err := io.ReadAll(decoded)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	var rows bytes.Buffer
	scanned, err := records.Scan(bytes.NewReader(text), records.Scanning{Delimiter: e.delimiter, Cleaned: &rows})
	switch {
	case err != nil && e.Encoding == "utf-8" && e.seems != "":
		return &encodingError{e.Path, e.Encoding, e.seems, err}
	case err != nil:
		return fmt.Errorf("%s: %w", e.Path, err)
	case scanned.Header == nil:
		return fmt.Errorf("%s: the file is empty", e.Path)
	}
	e.looked, e.Columns, e.delimiter, e.begins = encoding, scanned.Header, scanned.Delimiter, text[:min(len(text), beginning)]
	e.First, err = firstRows(&rows, e.delimiter)
	return err
}

// beginning is how much of a text is held against the delimiters that there are.
const beginning = 256 << 10

// firstRows gives at most five rows after the header of what a scan wrote.
func firstRows(text io.Reader, delimiter byte) ([][]string, error) {
	r := csv.NewReader(text)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = rune(cmp.Or(delimiter, ',')), true, -1
	var rows [][]string
	for len(rows) < 6 {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, errors.New("the first rows cannot be shown")
		}
		rows = append(rows, row)
	}
	return rows[min(1, len(rows)):], nil
}

// takeText counts and hashes a CSV file. What DuckDB's reader would not take the same way, it writes again as plain CSV.
//
// An encoding that is not declared is found in the pass that reads: text that is UTF-8 throughout, which most is, needs
// no look of its own. Where the beginning is none, the whole is looked at first.
func (e *extract) takeText(ctx context.Context, copied string, m *meter) error {
	if e.Encoding == "" && e.looked != "utf-8" {
		found, err := e.detect()
		if err != nil {
			return err
		}
		e.Encoding = found
	}
	encoding := cmp.Or(e.Encoding, "utf-8")
	clean := e.compressed || e.lineMark != "" || encoding != "utf-8"
	found, err := e.pass(ctx, passing{encoding, copied, clean, m})
	if err != nil {
		return err
	}
	again := !clean && !plainEnough(found)
	if e.Encoding == "" && !found.UTF8 {
		other, err := e.detect()
		if err != nil {
			return err
		}
		again = again || other != encoding
		encoding = other
	}
	if again {
		before := found.SHA256
		if found, err = e.pass(ctx, passing{encoding, copied, true, nil}); err != nil {
			return err
		}
		if clean = true; found.SHA256 != before {
			return fmt.Errorf("%s: %w", e.Path, errChanged)
		}
	}
	if !slices.Equal(found.Header, e.Columns) {
		return fmt.Errorf("%s:1: the header is in another encoding than the rest, which is %s; declare the encoding in a profile", e.Path, encoding)
	}
	e.Encoding = encoding
	e.taken = taken{
		SHA256: found.SHA256, Bytes: found.Bytes, Lines: found.Lines, Records: found.Records, Headers: found.Headers,
		Rows: found.Sound, Broken: e.Broken, Read: e.at, newLine: `\n`, bare: !found.Edged, composed: !found.Decomposed, Values: found.Values,
		Place: func(_ context.Context, row int64) (int64, error) { return found.Line(row), nil },
	}
	if found.Separated {
		e.Separator = found.Delimiter
	}
	switch {
	case clean:
		e.Read = copied
	case found.CRLF > 0:
		e.newLine = `\r\n`
	}
	return nil
}

// passing says how one pass over a text is made.
type passing struct {
	encoding string
	copied   string // where the copy goes
	clean    bool   // whether a copy is made
	meter    *meter
}

// pass scans the text once. The hash and the size are those of the bytes as delivered.
func (e *extract) pass(ctx context.Context, p passing) (records.Scanned, error) {
	file, err := openFile(e.at)
	if err != nil {
		return records.Scanned{}, err
	}
	defer file.Close()
	e.Broken = Lines{}
	told := func(b records.Broken) { e.Broken.Add(b.Line, string(b.Reason)) }
	scanning := records.Scanning{Delimiter: e.delimiter, Kinds: e.asked, Broken: told}
	if p.clean {
		if err := os.Remove(p.copied); err != nil && !errors.Is(err, os.ErrNotExist) {
			return records.Scanned{}, err
		}
		into, err := create(p.copied)
		if err != nil {
			return records.Scanned{}, err
		}
		defer into.Close()
		scanning.Cleaned = into
	}
	raw := p.meter.reader(ctx, file)
	if !e.compressed && e.lineMark == "" && p.encoding == "utf-8" {
		found, err := records.Scan(e.marking(raw), scanning)
		return found, e.wrong(err)
	}
	delivered := &delivered{from: raw, hash: sha256.New()}
	text, err := characters.Decompress(delivered)
	if err != nil {
		return records.Scanned{}, e.wrong(err)
	}
	if text, err = characters.Decode(characters.WithLineFeeds(text, e.lineMark), p.encoding); err != nil {
		return records.Scanned{}, e.wrong(err)
	}
	found, err := records.Scan(e.marking(text), scanning)
	found.SHA256, found.Bytes = delivered.sum(), delivered.bytes
	return found, e.wrong(err)
}

// wrong says what is wrong with the reading of a file.
func (e *extract) wrong(err error) error {
	switch {
	case err == nil:
		return nil
	case e.compressed && errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s: gzip: the file is cut off", e.Path)
	}
	return fmt.Errorf("%s: %w", e.Path, err)
}

// detect finds the encoding of the whole text.
func (e *extract) detect() (string, error) {
	file, err := openFile(e.at)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := characters.Decompress(file)
	if err != nil {
		return "", e.wrong(err)
	}
	encoding, err := characters.DetectEncoding(characters.WithLineFeeds(text, e.lineMark))
	return encoding, e.wrong(err)
}

// delivered counts and hashes the bytes of a file as they are read.
type delivered struct {
	from  io.Reader
	hash  hash.Hash
	bytes int64
}

func (d *delivered) Read(p []byte) (int, error) {
	n, err := d.from.Read(p)
	d.bytes += int64(n)
	_, _ = d.hash.Write(p[:n]) // never fails
	return n, err
}

func (d *delivered) sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }

// plainEnough reports whether DuckDB's strict reader sees the same records in the file as the scan did.
func plainEnough(s records.Scanned) bool {
	ends := s.LineEnds()
	return s.Headers == 1 && s.Records == s.Headers+s.Sound && s.Blank == 0 && s.Loose == 0 && !s.BOM && !s.EndMark && (ends == "lf" || ends == "crlf")
}
