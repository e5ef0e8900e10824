package characters

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// A terminal obeys what it is shown: control characters move the cursor, change colours, fill the clipboard; marks of direction turn a line
// round; and what has no width hides. So whatever goes to a screen goes through Visible.

// Unseen reports whether a character does something to a screen, or is there without being seen.
func Unseen(r rune) bool {
	return r < ' ' || r >= 0x7f && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) ||
		r != 0xa0 && IsBlank(r) && !unicode.Is(unicode.Zs, r))
}

// Visible is a text with what nobody sees written out: controls as \x1b, other characters as ‹U+202E›, and what is no UTF-8 as \xff.
// It is one line: line breaks and tabs are written \n and \t.
func Visible(text string) string { return visible(text, "") }

// VisibleLines is Visible of a text in several lines: line breaks and tabs stay.
func VisibleLines(text string) string { return visible(text, "\n\t") }

func visible(text, kept string) string {
	if utf8.ValidString(text) && !strings.ContainsFunc(text, Unseen) {
		return text
	}
	var b strings.Builder
	for at, r := range text {
		switch _, size := utf8.DecodeRuneInString(text[at:]); {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[at])
		case !Unseen(r) || strings.ContainsRune(kept, r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r <= 0xff && unicode.IsControl(r):
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, "‹U+%04X›", r)
		}
	}
	return b.String()
}

// ToScreen is a writer through which nothing reaches a screen but what is seen, and line breaks. A tab is a blank.
func ToScreen(w io.Writer) io.Writer { return &screen{w: w} }

type screen struct {
	w    io.Writer
	held []byte // the beginning of a character whose end is not written yet
}

// Write writes all of it but the beginning of a character.
func (s *screen) Write(b []byte) (int, error) {
	text := append(s.held, b...)
	s.held = nil
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if last := text[len(text)-n:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				s.held = append([]byte{}, last...)
				text = text[:len(text)-n]
			}
			break
		}
	}
	if _, err := io.WriteString(s.w, strings.ReplaceAll(VisibleLines(string(text)), "\t", " ")); err != nil {
		return 0, err
	}
	return len(b), nil
}

// VisibleJSON is JSON whose texts have what nobody sees as \u202e: the same values, and nothing that a screen obeys.
func VisibleJSON(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x7f && Unseen(r) }) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch first, second := utf16.EncodeRune(r); {
		case r < 0x7f || !Unseen(r):
			b.WriteRune(r)
		case first != unicode.ReplacementChar:
			fmt.Fprintf(&b, `\u%04x\u%04x`, first, second)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// LongestEcho is how many characters of what somebody gave a message repeats.
const LongestEcho = 200

// Echo is a text that was given, as a message repeats it: in one line, nothing unseen, and cut where it is long.
func Echo(text string) string {
	if seen := []rune(Visible(text)); len(seen) > LongestEcho {
		return string(seen[:LongestEcho-1]) + "…"
	}
	return Visible(text)
}
