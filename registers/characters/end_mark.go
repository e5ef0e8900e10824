package characters

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
)

// endMarks are what old programs write where a text ends and no data is: control-Z, and zeros up to the end of a block.
const endMarks = "\x1a\x00"

// WithoutEndMark leaves out what stands at the end of a text and is no data: from the first of the control-Z and zero
// bytes on which nothing but more of them, blanks and line ends follow. Elsewhere they are passed on: they are somebody's
// data, and what is wrong with it.
func WithoutEndMark(r io.Reader) *MarkEnding { return &MarkEnding{from: r} }

// MarkEnding reads a text without what ends it: it holds back what may be the end, till more comes.
type MarkEnding struct {
	from  io.Reader
	held  []byte // may be the end
	ready []byte // is not, and is given first
	err   error
}

// Found reports, where all is read, whether there was such an end.
func (m *MarkEnding) Found() bool { return len(m.held) > 0 }

// mostHeld is how much is held back. Of more end marks in a row than mostAlike no more are kept: what stands in front of data
// in such a number is a broken record, however many they are.
const (
	mostHeld  = 64 << 10
	mostAlike = 1 << 10
)

// Read gives the text, as an io.Reader does.
func (m *MarkEnding) Read(p []byte) (int, error) {
	for {
		if len(m.ready) > 0 {
			n := copy(p, m.ready)
			m.ready = m.ready[n:]
			return n, nil
		}
		if m.err != nil || len(p) == 0 {
			return 0, m.err
		}
		n, err := m.from.Read(p)
		m.err = err
		if err != nil && !errors.Is(err, io.EOF) {
			return n, err
		}
		text := p[:n]
		begin := endBegins(text)
		switch {
		case n == 0 && err == nil || len(m.held) == 0 && begin == n:
			return n, err
		case len(m.held) > 0 && isEnd(text):
			m.hold(text)
		case len(m.held) > 0:
			m.ready = slices.Concat(m.held, text[:begin])
			m.held = append(m.held[:0], text[begin:]...)
		default:
			m.hold(text[begin:])
			if begin > 0 {
				return begin, nil
			}
		}
	}
}

// hold keeps what may be the end.
func (m *MarkEnding) hold(text []byte) {
	m.held = append(m.held, text...)
	if len(m.held) <= mostHeld {
		return
	}
	kept, alike := m.held[:0], 0
	for _, b := range m.held {
		if alike++; len(kept) == 0 || b != kept[len(kept)-1] || strings.IndexByte(endMarks, b) < 0 {
			alike = 1
		}
		if alike <= mostAlike {
			kept = append(kept, b)
		}
	}
	if m.held = kept; len(kept) > mostHeld/2 {
		m.ready, m.held = kept, nil
	}
}

// endBegins is where the end of a text begins that may be no data: its length where there is none.
func endBegins(text []byte) int {
	if len(text) == 0 || !isEnd(text[len(text)-1:]) {
		return len(text)
	}
	data := len(bytes.TrimRight(text, endMarks+" \t\r\n"))
	if mark := bytes.IndexAny(text[data:], endMarks); mark >= 0 {
		return data + mark
	}
	return len(text)
}

// isEnd reports whether a text is nothing but end marks, blanks and line ends.
func isEnd(text []byte) bool { return len(bytes.TrimRight(text, endMarks+" \t\r\n")) == 0 }
