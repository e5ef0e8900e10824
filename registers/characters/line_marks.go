package characters

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// nel is what ends a line on a mainframe, as one byte and as UTF-8; the others are Unicode's.
const (
	NELByte = "\x85"
	nel     = "\u0085"
)

// NEL is the character that ends a line on a mainframe, as an encoding has it.
func NEL(encoding string) string {
	if encoding == "utf-8" {
		return nel
	}
	return NELByte
}

// LineMarkOf says what ends the lines of a text in which neither LF nor CR does: NEL as one byte or as two, or Unicode's
// separator of lines or of paragraphs. It is empty where lines end as usual, or the text is one line. The text is the
// beginning of a file.
//
// In a text whose lines end in LF or CR these are characters like others: a NEL around a value is a blank, which is what
// every reader of CSV takes it for, and a byte 85 is a letter of windows-1252.
func LineMarkOf(head []byte) string {
	if bytes.ContainsAny(head, "\n\r") {
		return ""
	}
	marks := []string{NELByte}
	if utf8.Valid(head[:len(head)-CutRune(head)]) {
		marks = []string{nel, "\u2028", "\u2029"}
	}
	for _, mark := range marks {
		if bytes.Contains(head, []byte(mark)) {
			return mark
		}
	}
	return ""
}

// WithLineFeeds reads a text with a line feed in each place where a mark is; without a mark it is the text.
func WithLineFeeds(r io.Reader, mark string) io.Reader {
	if mark == "" {
		return r
	}
	return &lineFeeds{from: r, mark: []byte(mark), buf: make([]byte, 64<<10)}
}

type lineFeeds struct {
	from  io.Reader
	mark  []byte
	buf   []byte
	kept  int // bytes that may begin a mark
	ready []byte
	err   error
}

func (l *lineFeeds) Read(p []byte) (int, error) {
	for len(l.ready) == 0 {
		if l.err != nil {
			return 0, l.err
		}
		var n int
		n, l.err = l.from.Read(l.buf[l.kept:])
		text := l.buf[:l.kept+n]
		l.kept = 0
		if l.err == nil {
			l.kept = begun(text, l.mark)
		}
		l.ready = bytes.ReplaceAll(text[:len(text)-l.kept], l.mark, []byte("\n"))
		copy(l.buf, text[len(text)-l.kept:])
		if n == 0 && l.err == nil {
			return 0, nil
		}
	}
	n := copy(p, l.ready)
	l.ready = l.ready[n:]
	return n, nil
}

// begun is how many bytes at the end of a text may be the beginning of a mark.
func begun(text, mark []byte) int {
	for n := min(len(mark)-1, len(text)); n > 0; n-- {
		if bytes.HasSuffix(text, mark[:n]) {
			return n
		}
	}
	return 0
}
