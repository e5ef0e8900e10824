package u12170

import (
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"koblet/registers/characters"
)

// singleBytes reads a text in UTF-8 with each character as one byte, since CPR's positions count characters: those of
// ISO-8859-1 as theirs, and each other one as a byte that ISO-8859-1 has no letter for, which letters then gives back. Letters
// are composed first: a letter written as two characters would move all that stands behind it.
type singleBytes struct {
	from    io.Reader
	letters *[256]string
	byRune  map[rune]byte
	free    []byte
	buf     []byte // read, and not yet taken
	pos     int
	line    int64
	err     error
}

// substitute stands for bytes that are no UTF-8: their record is broken.
const substitute = 0x1a

func newSingleBytes(r io.Reader, letters *[256]string) *singleBytes {
	s := &singleBytes{from: norm.NFC.Reader(r), letters: letters, byRune: map[rune]byte{}, line: 1}
	for b := byte(0x80); b <= 0x9f; b++ {
		if b != characters.NELByte[0] {
			s.free = append(s.free, b)
		}
	}
	for b := byte(1); b < ' '; b++ {
		if b != '\t' && b != '\n' && b != '\r' && b != substitute {
			s.free = append(s.free, b)
		}
	}
	return s
}

func (s *singleBytes) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if !utf8.FullRune(s.buf[s.pos:]) && s.err == nil {
			if n > 0 {
				return n, nil
			}
			s.fill()
			continue
		}
		if s.pos == len(s.buf) {
			return n, s.err
		}
		if b := s.buf[s.pos]; b >= ' ' && b < utf8.RuneSelf || b == '\n' {
			if b == '\n' {
				s.line++
			}
			p[n] = b
			n, s.pos = n+1, s.pos+1
			continue
		}
		b, size, err := s.letter()
		if err != nil {
			return n, err
		}
		p[n] = b
		n, s.pos = n+1, s.pos+size
	}
	return n, nil
}

func (s *singleBytes) fill() {
	const chunk = 64 << 10
	kept := append(make([]byte, 0, chunk+utf8.UTFMax), s.buf[s.pos:]...)
	n, err := s.from.Read(kept[len(kept) : len(kept)+chunk])
	s.buf, s.pos, s.err = kept[:len(kept)+n], 0, err
}

// letter is the next character as a byte.
func (s *singleBytes) letter() (b byte, size int, err error) {
	r, size := utf8.DecodeRune(s.buf[s.pos:])
	switch {
	case r == utf8.RuneError && size == 1:
		return substitute, size, nil
	case r == 0 || r == '\t' || r == '\r' || r == 0x85 || r >= 0xa0 && r <= 0xff:
		return byte(r), size, nil
	}
	b, known := s.byRune[r]
	if !known {
		if len(s.free) == 0 {
			return 0, 0, fmt.Errorf("line %d: more than %d letters that ISO-8859-1 does not have; deliver the file in ISO-8859-1, as CPR does", s.line, len(s.byRune))
		}
		b, s.free = s.free[0], s.free[1:]
		s.byRune[r], s.letters[b] = b, string(r)
	}
	return b, size, nil
}
