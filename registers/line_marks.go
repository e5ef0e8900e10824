package registers

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// nel is what ends a line on a mainframe, as one byte and as UTF-8; the others are Unicode's.
const (
	nelByte = "\x85"
	nel     = "\u0085"
)

// NEL is the character that ends a line on a mainframe, as an encoding has it.
func NEL(encoding string) string {
	if encoding == "utf-8" {
		return nel
	}
	return nelByte
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
	marks := []string{nelByte}
	if utf8.Valid(head[:len(head)-cutRune(head)]) {
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

// lineAhead finds where the first line of a text of CPR's ends and the next begins: at LF, CR LF, CR or NEL. The latter
// is false when more must be seen.
//
// A byte 85 is NEL in the encoding that CPR delivers, and three dots in windows-1252. So it ends a line where the first
// line of the file ends with it, or where a record begins or the file ends behind it.
func lineAhead(text []byte, nels, atEnd bool) (size, next int, enough bool) {
	for seen := min(512, len(text)); ; seen = min(2*seen, len(text)) {
		size = seen
		if i := bytes.IndexByte(text[:seen], '\n'); i >= 0 {
			size = i
		}
		if i := bytes.IndexByte(text[:size], '\r'); i >= 0 {
			size = i
		}
		for at := 0; at < size; {
			i := bytes.IndexByte(text[at:size], nelByte[0])
			if i < 0 {
				break
			}
			at += i + 1
			switch rest := text[at:]; {
			case nels || atEnd && isFill(rest) || len(rest) >= 13 && allDigits(rest[:13]):
				return at - 1, at, true
			case len(rest) < 13 && !atEnd:
				return 0, 0, false
			}
		}
		switch {
		case size == seen && seen == len(text):
			return len(text), len(text), atEnd
		case size == seen:
		case text[size] == '\n':
			return size, size + 1, true
		case size+1 == len(text) && !atEnd:
			return 0, 0, false
		case size+1 < len(text) && text[size+1] == '\n':
			return size, size + 2, true
		default:
			return size, size + 1, true
		}
	}
}
