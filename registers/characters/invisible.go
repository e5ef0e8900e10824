package characters

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// IsBlank reports whether nobody sees a character: spaces of every width and of none, line breaks, hyphens that do not
// show, marks of byte order and of direction, controls. The macro trimmed of load/macros.sql has the same; a test holds one
// against the other.
func IsBlank(r rune) bool {
	switch {
	case r <= ' ' || r >= 0x7f && r <= 0xa0 || r == 0xad:
		return true
	case r < 0x34f:
		return false
	case r >= 0x2000 && r <= 0x206f:
		return r <= 0x200f || r >= 0x2028 && r <= 0x202f || r >= 0x205f
	}
	switch r {
	case 0x34f, 0x61c, 0x115f, 0x1160, 0x1680, 0x17b4, 0x17b5, 0x2800, 0x3000, 0x3164, 0xfeff, 0xffa0, 0xfff9, 0xfffa, 0xfffb:
		return true
	}
	return r >= 0x180b && r <= 0x180f || r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0000 && r <= 0xe0fff
}

// Bare is a text without the blanks around it, its letters composed: as texts are compared.
func Bare(text string) string { return norm.NFC.String(strings.TrimFunc(text, IsBlank)) }

// Unmarked is a text that somebody wrote, a profile or a question, without the marks in front of it that nobody sees, which
// editors leave at the beginning of a file, and in UTF-8 where a mark says that it is UTF-16.
func Unmarked(text []byte) []byte {
	if decoded, err := unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder().Bytes(text); err == nil {
		text = decoded
	}
	// Line breaks stay, so that lines are counted as the editor shows them.
	return bytes.TrimLeftFunc(text, func(r rune) bool { return r >= 0xa0 && r != '\u2028' && r != '\u2029' && IsBlank(r) })
}

// Nothing reports whether a text is nothing but blanks, line ends and marks.
func Nothing(text []byte) bool { return len(bytes.TrimLeftFunc(text, IsBlank)) == 0 }

// What a byte of a text may begin, as far as blanks and letters that are not composed are looked for.
const (
	nothingOdd = iota
	controlByte
	oddRune // a character that may be a blank, or no letter that is composed
)

// oddBytes are the bytes of UTF-8 that must be looked at: those below the space, but line ends, and the first bytes of
// characters of which some are blanks or have other forms. What Danish has beyond ASCII is not among them, but for the § and
// others that begin with C2.
var oddBytes = func() (odd [256]byte) {
	for b := range odd {
		switch {
		case b < ' ' && b != '\n' && b != '\r' || b == 0x7f:
			odd[b] = controlByte
		case b == 0xc2 || b >= 0xcc:
			odd[b] = oddRune
		}
	}
	return odd
}()

// Odd says whether a text may hold blanks at the edges of its fields, but spaces and line breaks, and letters that are not
// composed. It costs next to nothing where all is ASCII, and little where it is Danish.
func Odd(text []byte, delimiter byte, edged, decomposed *bool) {
	const (
		ones  = 0x0101010101010101
		highs = ones << 7
	)
	at := 0
	for ; at+8 <= len(text); at += 8 {
		w := binary.LittleEndian.Uint64(text[at:])
		// A bit for each byte below the space, of 7F, and beyond ASCII; perhaps one for a byte above one of these.
		for found := (w | (w + ones) | (w-ones*' ')&^w) & highs; found != 0; found &= found - 1 {
			i := at + bits.TrailingZeros64(found)/8
			if oddBytes[text[i]] != nothingOdd {
				oddAt(text[i:], delimiter, edged, decomposed)
			}
		}
	}
	for ; at < len(text); at++ {
		if oddBytes[text[at]] != nothingOdd {
			oddAt(text[at:], delimiter, edged, decomposed)
		}
	}
}

func oddAt(text []byte, delimiter byte, edged, decomposed *bool) {
	if oddBytes[text[0]] == controlByte {
		*edged = *edged || text[0] != delimiter
		return
	}
	if text[0] == 0xc2 { // of two bytes, and composed
		*edged = *edged || len(text) > 1 && (text[1] <= 0xa0 || text[1] == 0xad)
		return
	}
	r, size := utf8.DecodeRune(text)
	if size > 1 {
		*edged = *edged || IsBlank(r)
		*decomposed = *decomposed || norm.NFC.QuickSpan(text[:size]) < size
	}
}
