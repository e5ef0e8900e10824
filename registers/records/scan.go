package records

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sort"

	"koblet/registers"
)

// Reason says why a record of a file is rejected. The list is closed, so that reasons can be counted; their words are
// the list "reject" of words.csv.
type Reason string

// The reasons for which a record is broken.
const (
	WrongNumberOfFields Reason = "wrong_number_of_fields" // more or fewer fields than the header
	BadQuote            Reason = "bad_quote"              // text after a closing quote, or a quote that is never closed
	NotUTF8             Reason = "not_utf8"               // bytes that are no UTF-8
	NULByte             Reason = "nul_byte"               // a zero byte
	LineTooLong         Reason = "line_too_long"          // over 1 MiB
	BelowTable          Reason = "below_table"            // a note or a total under the table
)

// Broken is a record that cannot be read: which one and why, never what it holds.
type Broken struct {
	Record int64 // counted from 1, the header included
	Line   int64 // the physical line the record begins on, counted from 1
	Reason Reason
}

// Scanning says how a CSV file is scanned.
type Scanning struct {
	Delimiter byte             // between fields; 0 is what a first line sep= says, else a comma
	Kinds     []registers.Kind // of the columns, where their values are asked for: of a Date and of a Code
	Broken    func(Broken)     // when set, is told of each broken record, of which there may be as many as lines; then none is kept
	Cleaned   io.Writer        // when set, gets the header and the sound records: LF line ends, no byte order mark, no blank lines, quotes only around fields
}

// Scanned is what one pass over a CSV file found. Records = Headers + Sound + the broken ones; blank lines are no records. An
// empty file has no header and no records.
type Scanned struct {
	SHA256     string   // of the file's bytes, lower-case hexadecimal
	Bytes      int64    // the file's size
	Lines      int64    // physical lines, a last one without a line end included
	Header     []string // the header's fields, quotes taken off
	Headers    int64    // records that belong to the header: itself, a line sep= before it, dashes under it
	Records    int64    // headers included
	Sound      int64    // records that can be loaded
	Blank      int64    // lines without a character, where the header has more than one field
	Broken     []Broken // in file order; none where the scanning has somebody to tell
	UTF8       bool     // the whole file is valid UTF-8
	Loose      int64    // records, the header included, with a quote in a field that is not quoted
	Delimiter  byte     // between fields
	Separated  bool     // a first line sep= says so
	BOM        bool     // the file begins with UTF-8's byte order mark
	EndMark    bool     // control-Z or zero bytes stand at the end, which are no record
	NUL        bool     // a zero byte somewhere before that
	Edged      bool     // a field may begin or end with a blank; where it is false none does
	Decomposed bool     // a letter may be written as several characters, or in another than its usual form
	LF         int64    // lines that end in LF
	CRLF       int64    // lines that end in CR LF
	CR         int64    // lines that end in CR alone
	Values     []Values // of the columns whose kinds were given
	jumps      []jump
}

// jump says that from a row on, the physical line is the row's number plus an offset.
type jump struct{ row, offset int64 }

// ErrHeader marks a file whose header row cannot be read, so that nothing else can.
var ErrHeader = errors.New("header")

// Line is the physical line on which a sound record begins. Rows are the sound records counted from 1, which is what
// a reader of the cleaned copy counts.
func (s Scanned) Line(row int64) int64 {
	i := sort.Search(len(s.jumps), func(i int) bool { return s.jumps[i].row > row })
	if i == 0 {
		return 0
	}
	return row + s.jumps[i-1].offset
}

// LineEnds names how the file's lines end: "lf", "crlf", "cr", "mixed", or empty where no line ends.
func (s Scanned) LineEnds() string {
	var kinds []string
	for kind, n := range map[string]int64{"lf": s.LF, "crlf": s.CRLF, "cr": s.CR} {
		if n > 0 {
			kinds = append(kinds, kind)
		}
	}
	switch len(kinds) {
	case 0:
		return ""
	case 1:
		return kinds[0]
	}
	return "mixed"
}

// Scan reads a CSV file once, from beginning to end, and says what is in it without keeping any of it.
//
// A field is quoted when its first character is a quote; then it may hold delimiters, line breaks and quotes written
// twice, and after the closing quote only a delimiter or a line end may follow. A quote elsewhere in a field is an
// ordinary character. LF, CR LF and CR end a line.
//
// Of a record that spans several lines and is wrong in quotes or number of fields, only the first line is broken: the
// scan goes on with the second, so that a quote never closed costs its own line and no other. A line that opens such
// a quote is, read from inside another's, the end of that record or at least one field more; a record is given up at
// one field too many or after 1 MiB. So no byte is read more often than the header has fields, and one time more.
//
// The errors are the reader's and the writer's, and ErrHeader where the header cannot be read.
func Scan(r io.Reader, s Scanning) (Scanned, error) {
	// A chunk is small enough to stay in a core's cache between hashing and scanning.
	return scan(r, s, 1<<20, 256<<10)
}

func scan(r io.Reader, s Scanning, longest, chunk int) (Scanned, error) {
	c, err := newScanner(r, s, longest, chunk)
	if err != nil {
		return Scanned{}, err
	}
	if err := c.skipMark(); err != nil {
		return Scanned{}, err
	}
	if err := c.header(); err != nil {
		return Scanned{}, err
	}
	for {
		c.plainRecords()
		switch more, err := c.record(); {
		case err != nil:
			return Scanned{}, err
		case !more:
			return c.done()
		}
	}
}

func (c *scanner) done() (Scanned, error) {
	c.found.Delimiter = c.delimiter
	c.found.EndMark = c.ending.Found()
	c.found.Values = c.values.found()
	c.found.SHA256 = hex.EncodeToString(c.hash.Sum(nil))
	if c.cleaned != nil {
		if err := c.cleaned.Flush(); err != nil {
			return Scanned{}, fmt.Errorf("cleaned copy: %w", err)
		}
	}
	return c.found, nil
}

// header reads the first line that is not blank as the header. It sets how many fields every record must have.
func (c *scanner) header() error {
	for {
		cut, err := c.cut()
		switch {
		case err != nil:
			return err
		case cut.end == 0:
			return nil
		case cut.size == 0:
			c.found.Blank++
			c.advance(cut)
			if err := c.skipMark(); err != nil { // before the header, wherever that is
				return err
			}
			continue
		}
		text := c.buf[c.pos : c.pos+cut.size]
		if cut.reason == "" {
			cut.reason = c.content(text)
		}
		if cut.reason != "" {
			return fmt.Errorf("%w: line %d: %s", ErrHeader, c.found.Lines+1, cut.reason)
		}
		if said := separatorOf(text); said != 0 && c.found.Headers == 0 {
			if err := c.separated(said); err != nil {
				return err
			}
			c.found.Records, c.found.Headers = 1, 1
			c.advance(cut)
			continue
		}
		c.found.Header = splitRecord(string(text), c.delimiter)
		c.heading = HeadingOf(c.found.Header)
		c.fields = cut.fields
		c.found.Records++
		c.found.Headers++
		c.take(text, cut.loose)
		c.advance(cut)
		return nil
	}
}

// separated takes the delimiter that the file's first line names, unless another was asked for.
func (c *scanner) separated(said byte) error {
	if c.asked != 0 && c.asked != said {
		return fmt.Errorf("%w: line %d: sep= names %q between the fields, the profile %q; one of them is wrong", ErrHeader, c.found.Lines+1, said, c.asked)
	}
	c.delimit(said)
	c.found.Separated = true
	return nil
}

// plainRecords takes, as fast as it goes, the lines at hand that hold no quote and end in LF or CR LF. It stops at
// the first that is anything else.
func (c *scanner) plainRecords() {
	delimiter := []byte{c.delimiter}
	for {
		end := bytes.IndexByte(c.buf[c.pos:c.end], '\n')
		if end < 0 {
			return
		}
		line, returns := c.buf[c.pos:c.pos+end], 0
		if c.pos < c.quoteUntil && bytes.IndexByte(line, '"') >= 0 {
			return
		}
		if c.pos < c.returnUntil {
			switch i := bytes.IndexByte(line, '\r'); {
			case i == len(line)-1 && i >= 0:
				line, returns = line[:i], 1
			case i >= 0:
				return
			}
		}
		if len(line) > c.longest {
			return
		}
		fields := bytes.Count(line, delimiter) + 1
		switch {
		case len(line) == 0 && c.fields > 1:
			c.found.Blank++
		case c.heading.mayBeNone(line, c.delimiter) || fields == 1 && c.fields > 1:
			return
		case fields != c.fields && wordsOnly(line):
			return
		case fields != c.fields:
			c.broken(WrongNumberOfFields)
		default:
			if c.judge(line, false) && !c.found.Edged {
				c.found.Edged = hasEdge(line, c.delimiter)
			}
		}
		c.found.CRLF += int64(returns)
		c.found.LF += int64(1 - returns)
		c.found.Lines++
		c.pos += end + 1
	}
}

// record takes one record of any form. It reports false at the end of the file.
func (c *scanner) record() (bool, error) {
	cut, err := c.cut()
	if err != nil || cut.end == 0 {
		return false, err
	}
	text := c.buf[c.pos : c.pos+cut.size]
	if cut.reason, err = c.reason(text, cut.reason); err != nil {
		return false, err
	}
	switch {
	case cut.reason == LineTooLong:
		c.broken(cut.reason)
		return true, c.skipLine()
	case cut.reason == RuledLine && c.found.Records == c.found.Headers:
		c.found.Records++
		c.found.Headers++
	case cut.reason != "":
		c.broken(cut.reason)
	case cut.size == 0 && c.fields > 1:
		c.found.Blank++
	default:
		if c.judge(text, cut.loose) {
			c.found.Edged = c.found.Edged || cut.edged
		}
	}
	c.advance(cut)
	return true, nil
}

// reason is what is wrong with a record, form taken into account; with a record of another number of fields perhaps that it is
// no row.
func (c *scanner) reason(text []byte, form Reason) (Reason, error) {
	if form != "" && form != WrongNumberOfFields {
		return form, nil
	}
	odd := form != "" && (bytes.IndexByte(text, c.delimiter) < 0 || wordsOnly(text))
	if !odd && !c.heading.mayBeNone(text, c.delimiter) {
		return form, nil
	}
	none, err := c.heading.NoRow(splitRecord(string(text), c.delimiter))
	if err != nil {
		return "", fmt.Errorf("line %d: %w", c.found.Lines+1, err)
	}
	return cmp.Or(none, form), nil
}

// judge counts a record whose form is right as sound, unless its bytes are wrong, and reports whether it is.
func (c *scanner) judge(text []byte, loose bool) bool {
	if reason := c.content(text); reason != "" {
		c.broken(reason)
		return false
	}
	c.found.Records++
	c.found.Sound++
	offset := c.found.Lines + 1 - c.found.Sound
	if offset != c.offset || len(c.found.jumps) == 0 {
		c.found.jumps = append(c.found.jumps, jump{row: c.found.Sound, offset: offset})
		c.offset = offset
	}
	c.values.take(text, c.delimiter, loose)
	c.take(text, loose)
	return true
}

// take counts the form of a header or a sound record, and writes it into the cleaned copy.
func (c *scanner) take(text []byte, loose bool) {
	if loose {
		c.found.Loose++
	}
	switch {
	case c.cleaned == nil:
	case loose:
		c.write([]byte(quoted(splitRecord(string(text), c.delimiter), c.delimiter)))
	default:
		c.write(text)
	}
}

func (c *scanner) broken(reason Reason) {
	c.found.Records++
	b := Broken{Record: c.found.Records, Line: c.found.Lines + 1, Reason: reason}
	if c.tell != nil {
		c.tell(b)
		return
	}
	c.found.Broken = append(c.found.Broken, b)
}
