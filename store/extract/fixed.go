package extract

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"strings"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
	"koblet/registers/u12170"
)

// fixedColumns are the columns of the CSV that CPR's fixed width becomes.
func fixedColumns() []string {
	var names []string
	for _, f := range registers.CPRPersons.Fields {
		names = append(names, f.Name)
	}
	return append(names, protectedField.Name, "uncertain")
}

// lookFixed reads the first persons of CPR's fixed width.
func (e *extract) lookFixed(head []byte) error {
	e.Columns = fixedColumns()
	var persons bytes.Buffer
	encoding := e.Encoding
	if encoding == "" {
		var err error
		if encoding, err = characters.DetectEncoding(bytes.NewReader(head)); err != nil {
			return fmt.Errorf("%s: %w", e.Path, err)
		}
	}
	// The head may end within a record, and what can be shown of it is enough.
	found, err := u12170.Convert(bytes.NewReader(head), u12170.Conversion{Persons: &persons, Encoding: encoding})
	if errors.Is(err, u12170.ErrOther) {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	e.nel = found.NEL > 0
	e.First, err = firstRows(&persons, ',')
	return err
}

// takeFixed makes CPR's fixed width plain CSV, one row a person. The records are what is accounted for: 000 and 999 are
// headers, and what is not broken is loaded, of whichever type.
func (e *extract) takeFixed(ctx context.Context, copied string, m *meter) error {
	encoding := e.Encoding
	if encoding == "" {
		var err error
		if encoding, err = e.detectFixed(); err != nil {
			return err
		}
	}
	e.Replaced = strings.TrimSuffix(copied, ".csv") + "-replaced.csv"
	into, err := create(copied)
	if err != nil {
		return err
	}
	defer into.Close()
	replaced, err := create(e.Replaced)
	if err != nil {
		return err
	}
	defer replaced.Close()
	e.Guarded = strings.TrimSuffix(copied, ".csv") + "-guarded.csv"
	guarded, err := create(e.Guarded)
	if err != nil {
		return err
	}
	defer guarded.Close()
	begins := &ascending{}
	begun := func(record, line int64) { begins.add(cmp.Or(line, record)) } // a stream has no lines
	broken := Lines{}
	told := func(b records.Broken) { broken.Add(cmp.Or(b.Line, b.Record), string(b.Reason)) }
	found, counted, err := e.convert(ctx, u12170.Conversion{Persons: into, Replaced: replaced, Guarded: guarded, Encoding: encoding, Begun: begun, Broken: told}, m)
	if err != nil {
		return err
	}
	// The lines were counted apart from the parser: a gap between the two is a record lost.
	counted.lines += found.NEL
	if !found.Stream && (found.Lines != counted.lines || found.Lines != found.Records+found.Blank) {
		return fmt.Errorf("%s: %d physical lines, %d of them read as records; nothing is stored", e.Path, counted.lines, found.Records)
	}
	if err := found.Refused(); err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	e.Encoding = encoding
	e.taken = taken{
		SHA256: counted.sha256, Bytes: counted.bytes, Lines: counted.lines, Records: found.Records,
		Headers: found.Types["000"] + found.Types["999"], Rows: found.Persons, Broken: broken,
		Findings: map[Finding]int64{}, Firsts: map[Finding][]int64{}, Read: copied, newLine: `\n`, bare: true, composed: true, Replaced: e.Replaced, Guarded: e.Guarded, Produced: found.Produced,
	}
	for reason, n := range found.Findings() {
		e.Findings[Finding{"", reason}], e.Firsts[Finding{"", reason}] = n, found.First[reason]
	}
	if found.Types["999"] > 0 {
		e.Trailer = &Trailer{Says: found.Counted, Has: found.Records - e.Headers, Line: found.First["record_count"][0]}
	}
	// A person stands where its record 001 does, whichever of its records is wrong.
	e.Place = func(_ context.Context, row int64) (int64, error) { return begins.at(row - 1), nil }
	return nil
}

// countedBytes is what was counted of a file apart from its parser.
type countedBytes struct {
	sha256       string
	bytes, lines int64
}

// convert makes one pass over the file.
func (e *extract) convert(ctx context.Context, c u12170.Conversion, m *meter) (u12170.Converted, countedBytes, error) {
	file, err := openFile(e.at)
	if err != nil {
		return u12170.Converted{}, countedBytes{}, err
	}
	defer file.Close()
	delivered := &delivered{from: m.reader(ctx, file), hash: sha256.New()}
	text, err := characters.Decompress(delivered)
	if err != nil {
		return u12170.Converted{}, countedBytes{}, e.wrong(err)
	}
	lines := &lineCounter{from: text, nel: characters.NEL(c.Encoding)}
	found, err := u12170.Convert(lines, c)
	return found, countedBytes{delivered.sum(), delivered.bytes, lines.count()}, e.wrong(err)
}

// detectFixed finds the encoding of the file. Text without any letter beyond ASCII is in every encoding; it is read as
// what CPR delivers.
func (e *extract) detectFixed() (string, error) {
	file, err := openFile(e.at)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := characters.Decompress(file)
	if err != nil {
		return "", e.wrong(err)
	}
	seen := &letterFinder{from: text}
	encoding, err := characters.DetectEncoding(seen)
	if !seen.beyondASCII || encoding == "windows-1252" && e.nel && !seen.windows {
		encoding = "iso-8859-1"
	}
	return encoding, e.wrong(err)
}

// letterFinder notices bytes beyond ASCII, and of those the ones that are letters in windows-1252 only; NEL is none of them.
type letterFinder struct {
	from                 io.Reader
	beyondASCII, windows bool
}

func (f *letterFinder) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	if isASCII(p[:n]) {
		return n, err
	}
	f.beyondASCII = true
	for _, b := range p[:n] {
		f.windows = f.windows || b >= 0x80 && b <= 0x9f && b != 0x85
	}
	return n, err
}

func isASCII(text []byte) bool {
	var all byte
	for _, b := range text {
		all |= b
	}
	return bits.LeadingZeros8(all) > 0
}

// lineCounter counts the physical lines of what is read through it, a last one without a line end included. They end in LF,
// CR LF or CR; which bytes are NEL only the parser can tell from letters.
type lineCounter struct {
	from  io.Reader
	nel   string // as the text's encoding has it
	lines int64
	last  [2]byte
}

func (c *lineCounter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	if n > 0 {
		text := p[:n]
		c.lines += int64(bytes.Count(text, []byte{'\n'}))
		if returns := bytes.Count(text, []byte{'\r'}); returns > 0 {
			c.lines += int64(returns - bytes.Count(text, []byte("\r\n")))
		}
		if c.last[1] == '\r' && text[0] == '\n' {
			c.lines--
		}
		if n > 1 {
			c.last[1] = text[n-2]
		}
		c.last = [2]byte{c.last[1], text[n-1]}
	}
	return n, err
}

func (c *lineCounter) count() int64 {
	end := string(c.last[:])
	if end == "\x00\x00" || strings.HasSuffix(end, "\n") || strings.HasSuffix(end, "\r") || strings.HasSuffix(end, c.nel) { // or nothing was read
		return c.lines
	}
	return c.lines + 1
}
