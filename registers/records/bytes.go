package records

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"unicode/utf8"

	"koblet/registers/characters"
)

// scanner holds the stretch of the file that is looked at: buf[pos:end] is read and not yet taken. The marks ending
// in Until say that no byte of that kind stands at or after them, which spares most lines a search.
type scanner struct {
	tell      func(Broken)           // nil where the broken are kept
	ending    *characters.MarkEnding // what is read
	cleaned   *bufio.Writer
	hash      hash.Hash
	asked     byte // the delimiter that was asked for, or 0
	delimiter byte
	heading   Heading
	longest   int // bytes a record may have, its line end not counted
	chunk     int // bytes read at a time
	fields    int // fields a record must have; 0 before the header is read
	found     Scanned
	offset    int64 // the last jump's
	values    *valuesOf

	buf         []byte
	pos, end    int
	checked     int // up to here the bytes are known to be UTF-8 or are marked by dirtyUntil
	atEnd       bool
	quoteUntil  int
	returnUntil int
	dirtyUntil  int // before this may be bytes that are no UTF-8, or zero
	plain       [256]bool
}

func newScanner(r io.Reader, s Scanning, longest, chunk int) (*scanner, error) {
	c := &scanner{hash: sha256.New(), asked: s.Delimiter, longest: longest, chunk: chunk, tell: s.Broken, values: newValues(s.Kinds)}
	c.delimit(cmp.Or(s.Delimiter, ','))
	if bytes.IndexByte([]byte("\"\r\n"), c.delimiter) >= 0 || c.delimiter >= utf8.RuneSelf {
		return nil, errors.New("the delimiter is a quote, a line break or no ASCII character")
	}
	if s.Cleaned != nil {
		c.cleaned = bufio.NewWriterSize(s.Cleaned, 256<<10)
	}
	c.ending = characters.WithoutEndMark(delivered{r, c})
	// A record of the longest size with its line end fits beside one chunk.
	c.buf = make([]byte, longest+2+chunk)
	c.found.UTF8 = true
	return c, nil
}

// delimit says what stands between the fields.
func (c *scanner) delimit(delimiter byte) {
	c.delimiter = delimiter
	for b := range c.plain {
		c.plain[b] = byte(b) != c.delimiter && b != '\n' && b != '\r'
	}
}

// fill reads on: up to a chunk, after what is at hand.
func (c *scanner) fill() error {
	if c.pos > 0 && len(c.buf)-c.end < c.chunk {
		copy(c.buf, c.buf[c.pos:c.end])
		for _, at := range []*int{&c.end, &c.checked, &c.quoteUntil, &c.returnUntil, &c.dirtyUntil} {
			*at = max(*at-c.pos, 0)
		}
		c.pos = 0
	}
	into := c.buf[c.end:min(c.end+c.chunk, len(c.buf))]
	n := 0
	if !c.atEnd {
		var err error
		n, err = characters.ReadFull(c.ending, into)
		c.atEnd = errors.Is(err, io.EOF)
		if err != nil && !c.atEnd {
			return fmt.Errorf("line %d: %w", c.found.Lines+1, err)
		}
	}
	c.note(into[:n])
	return nil
}

// delivered hashes and counts the bytes as they are read.
type delivered struct {
	from io.Reader
	to   *scanner
}

func (d delivered) Read(p []byte) (int, error) {
	n, err := d.from.Read(p)
	d.to.hash.Write(p[:n])
	d.to.found.Bytes += int64(n)
	return n, err
}

// note notes what kinds of bytes were just read.
func (c *scanner) note(read []byte) {
	c.end += len(read)
	if bytes.IndexByte(read, '"') >= 0 {
		c.quoteUntil = c.end
	}
	if bytes.IndexByte(read, '\r') >= 0 {
		c.returnUntil = c.end
	}
	if !c.found.Edged || !c.found.Decomposed {
		const begun = utf8.UTFMax - 1 // bytes read before that may be the first of a character
		characters.Odd(c.buf[max(c.end-len(read)-begun, 0):c.end], c.delimiter, &c.found.Edged, &c.found.Decomposed)
	}
	if bytes.IndexByte(read, 0) >= 0 {
		c.found.NUL = true
		c.dirtyUntil = c.end
	}
	whole := c.end
	if !c.atEnd {
		whole -= characters.CutRune(c.buf[c.checked:c.end])
	}
	if !utf8.Valid(c.buf[c.checked:whole]) {
		c.found.UTF8 = false
		c.dirtyUntil = c.end
	}
	c.checked = whole
}

// content says what is wrong with the bytes of a record whose form is right.
func (c *scanner) content(text []byte) Reason {
	switch {
	case c.pos >= c.dirtyUntil:
		return ""
	case bytes.IndexByte(text, 0) >= 0:
		return NULByte
	case !utf8.Valid(text):
		return NotUTF8
	}
	return ""
}

// skipMark takes byte order marks off the beginning; more than one are as good as one.
func (c *scanner) skipMark() error {
	for {
		for c.end-c.pos < len(characters.ByteOrderMark) && !c.atEnd {
			if err := c.fill(); err != nil {
				return err
			}
		}
		if !bytes.HasPrefix(c.buf[c.pos:c.end], []byte(characters.ByteOrderMark)) {
			return nil
		}
		c.found.BOM = true
		c.pos += len(characters.ByteOrderMark)
	}
}

// write puts a header or record into the cleaned copy.
func (c *scanner) write(text []byte) {
	if c.cleaned != nil {
		// A buffered writer keeps its first error, and done asks for it.
		_, _ = c.cleaned.Write(text)
		_ = c.cleaned.WriteByte('\n')
	}
}
