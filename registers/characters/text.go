package characters

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Encodings are those a file may be in, as profiles and receipts name them.
var Encodings = []string{"utf-8", "iso-8859-1", "windows-1252"}

// ErrUTF16 is a file in UTF-16, which is how some programs save Unicode text; ErrUTF32 one in UTF-32.
var (
	ErrUTF16 = errors.New("the file is UTF-16; save it as UTF-8")
	ErrUTF32 = errors.New("the file is UTF-32; save it as UTF-8")
)

// Decompress gives what a gzip file holds, known by its first two bytes, and any other file as it is, both without what ends
// a text and is no data. A compressed file may have several parts, and zeros up to the end of a block after them; one that
// was cut off ends in io.ErrUnexpectedEOF. Everything is read from r, so that what hashes there has all of it.
func Decompress(r io.Reader) (io.Reader, error) {
	ahead := bufio.NewReaderSize(r, 64<<10)
	head, err := ahead.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(head) != gzipMark {
		return WithoutEndMark(ahead), nil
	}
	part, err := gzip.NewReader(ahead)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	part.Multistream(false)
	return WithoutEndMark(&gzipParts{ahead, part}), nil
}

const gzipMark = "\x1f\x8b"

// gzipParts reads one part after the other. What stands behind the last and is no part must be zeros.
type gzipParts struct {
	from *bufio.Reader
	part *gzip.Reader
}

func (g *gzipParts) Read(p []byte) (int, error) {
	n, err := g.part.Read(p)
	if !errors.Is(err, io.EOF) {
		return n, err
	}
	head, err := g.from.Peek(2)
	switch {
	case string(head) == gzipMark:
		if err := g.part.Reset(g.from); err != nil {
			return n, fmt.Errorf("gzip: %w", err)
		}
		g.part.Multistream(false)
		return n, nil
	case err != nil && !errors.Is(err, io.EOF):
		return n, err
	}
	for {
		switch b, err := g.from.ReadByte(); {
		case errors.Is(err, io.EOF):
			return n, io.EOF
		case err != nil:
			return n, err
		case b != 0:
			return n, errors.New("gzip: something else stands behind what is compressed")
		}
	}
}

// DetectEncoding reads a text to its end, in constant memory, and says which encoding its bytes are in.
//
// It is utf-8 when all of it is, or when it begins with UTF-8's byte order mark, or when more of it is characters of
// several bytes in UTF-8 than bytes that are none: text in another encoding hardly ever looks so, and taking the file for
// Latin would spoil every letter in it for the sake of a few broken lines. Else it is windows-1252 when bytes 80 to 9F are
// in it, which ISO-8859-1 has no letters for, else iso-8859-1. The error is the reader's, ErrUTF16 or ErrUTF32.
func DetectEncoding(r io.Reader) (string, error) {
	d := detection{buf: make([]byte, 256<<10)}
	for {
		n, err := ReadFull(r, d.buf[d.kept:])
		atEnd := errors.Is(err, io.EOF)
		if err != nil && !atEnd {
			return "", err
		}
		text := d.buf[:d.kept+n]
		if !d.begun {
			switch WideCode(text) {
			case "UTF-16":
				return "", ErrUTF16
			case "UTF-32":
				return "", ErrUTF32
			}
			d.begun, d.marked = true, bytes.HasPrefix(text, []byte(ByteOrderMark))
		}
		d.kept = 0
		if !atEnd {
			d.kept = CutRune(text)
		}
		d.look(text[:len(text)-d.kept])
		if atEnd {
			return d.encoding(), nil
		}
		copy(d.buf, text[len(text)-d.kept:])
	}
}

// ReadFull reads till the buffer is full or the reader is at its end, which is io.EOF also after some bytes. Not
// io.ReadFull: it answers the end of the file as it does a compressed file that was cut off.
func ReadFull(r io.Reader, into []byte) (int, error) {
	n, idle := 0, 0
	for n < len(into) {
		got, err := r.Read(into[n:])
		n += got
		if err != nil {
			return n, err
		}
		if idle++; got > 0 {
			idle = 0
		}
		if idle == 100 {
			return n, io.ErrNoProgress
		}
	}
	return n, nil
}

// detection is what is known of the bytes so far.
type detection struct {
	buf           []byte
	kept          int // bytes of a character whose rest is still to be read
	begun, marked bool
	wide          int64 // characters of several bytes in UTF-8
	stray         int64 // bytes that are no UTF-8
	windows       bool  // a byte 80 to 9F among those
}

func (d *detection) look(text []byte) {
	if utf8.Valid(text) {
		for _, b := range text {
			if b >= 0xc0 {
				d.wide++
			}
		}
		return
	}
	for i := 0; i < len(text); {
		b := text[i]
		if b < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRune(text[i:])
		i += size
		if size > 1 {
			d.wide++
			continue
		}
		d.stray++
		d.windows = d.windows || b <= 0x9f
	}
}

func (d *detection) encoding() string {
	switch {
	case d.marked || d.stray == 0 || d.wide > d.stray:
		return "utf-8"
	case d.windows:
		return "windows-1252"
	}
	return "iso-8859-1"
}

// WideCode names the code of several bytes a character that a text is in, UTF-16 or UTF-32: by the byte order mark, by the zero bytes
// of the first two characters, or by zeros that are every second byte of most characters. It is empty where it is in none.
func WideCode(text []byte) string {
	switch {
	case bytes.HasPrefix(text, []byte("\xff\xfe\x00\x00")) || bytes.HasPrefix(text, []byte("\x00\x00\xfe\xff")) || isUTF32(text):
		return "UTF-32"
	case isUTF16(text):
		return "UTF-16"
	}
	return ""
}

// isUTF32 knows UTF-32 without a mark: of each of the first characters the same three bytes of four are small, two of them zeros, and
// the fourth is not.
func isUTF32(text []byte) bool {
	const looked = 4
	if len(text) < 4*looked {
		return false
	}
	little, big := true, true
	for i := 0; i < 4*looked; i += 4 {
		c := text[i : i+4]
		little = little && c[0] != 0 && c[2] == 0 && c[3] == 0
		big = big && c[0] == 0 && c[1] == 0 && c[3] != 0
	}
	return little || big
}

// isUTF16 knows UTF-16 by the byte order mark, by two ASCII characters with zero bytes between, or by zeros that are every second byte
// of most characters.
func isUTF16(text []byte) bool {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return true
	}
	if len(text) < 4 {
		return false
	}
	a, b, c, d := text[0], text[1], text[2], text[3]
	if a != 0 && b == 0 && c != 0 && d == 0 || a == 0 && b != 0 && c == 0 && d != 0 {
		return true
	}
	var zeros [2]int
	begins := text[:min(len(text), 512)]
	for i, b := range begins {
		if b == 0 {
			zeros[i%2]++
		}
	}
	return max(zeros[0], zeros[1])*5 > len(begins)*2 && min(zeros[0], zeros[1]) == 0
}

// Decode gives a text in one of the three encodings as UTF-8; UTF-8 itself is passed on unread. Each byte is one
// character, also those that the encoding has no letter for: they become the control character of the same number.
func Decode(r io.Reader, encoding string) (io.Reader, error) {
	switch encoding {
	case "utf-8":
		return r, nil
	case "iso-8859-1", "windows-1252":
		return CharmapOf(encoding).NewDecoder().Reader(r), nil
	}
	return nil, fmt.Errorf("unknown encoding %q; known: %s, %s, %s", encoding, Encodings[0], Encodings[1], Encodings[2])
}

// CharmapOf is the table of an encoding of one byte a character: of windows-1252, or else of ISO-8859-1.
func CharmapOf(encoding string) *charmap.Charmap {
	if encoding == "windows-1252" {
		return charmap.Windows1252
	}
	return charmap.ISO8859_1
}

// ByteOrderMark is what some programs begin a text in UTF-8 with.
const ByteOrderMark = "\ufeff"

// CutRune is the number of bytes at the end that begin a character whose rest is still to be read.
func CutRune(text []byte) int {
	for n := 1; n <= min(utf8.UTFMax-1, len(text)); n++ {
		if tail := text[len(text)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}
