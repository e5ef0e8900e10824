package records

import (
	"bytes"

	"koblet/registers/characters"
)

// cutting is where a record ends, counted from its first byte.
type cutting struct {
	size   int    // its bytes without the line end; those of its first line where the form is wrong
	end    int    // where to go on; 0 when there is no record
	fields int    // how many it has, where the form is right
	reason Reason // what is wrong with its form
	loose  bool   // a field that is not quoted has a quote in it; readers differ on what «a, "b» means
	edged  bool   // a field begins or ends with a blank
}

// cut finds the end of the record that begins at pos, reading on as far as it takes.
func (c *scanner) cut() (cutting, error) {
	for {
		window := c.buf[c.pos:min(c.end, c.pos+c.longest+2)]
		full := len(window) == c.longest+2
		if c.atEnd && len(window) == 0 {
			return cutting{}, nil
		}
		// A full window is judged as it is: what has no end in it is too long, or a quote that is never closed.
		cut, enough := c.form(window, full || c.atEnd)
		if enough {
			return cut, nil
		}
		if err := c.fill(); err != nil {
			return cutting{}, err
		}
	}
}

// form reads the form of the record at the beginning of the window. It reports false when it must see more.
func (c *scanner) form(window []byte, all bool) (cutting, bool) {
	cut, enough := c.walk(window, all)
	if !enough || (cut.reason == "" && cut.size <= c.longest) {
		return cut, enough
	}
	if cut.reason == "" {
		// Each of its lines may be short: then a quote was closed by chance.
		cut.reason = BadQuote
	}
	cut.size, cut.end = lineEnd(window, all)
	if cut.size > c.longest {
		cut.reason = LineTooLong
	}
	return cut, cut.end > 0
}

// walk goes over the fields of the record at the beginning of the window. It stops at the first mistake.
func (c *scanner) walk(window []byte, all bool) (cutting, bool) {
	fields, i, edged := 1, 0, false
	marks := marksBeforeQuote(window)
	loose := marks > 0
	for i = marks; ; {
		begin := i
		if i < len(window) && window[i] == '"' {
			if i = closeQuote(window, i+1); i < 0 {
				return cutting{reason: BadQuote}, all
			}
			if i < len(window) && c.plain[window[i]] {
				return cutting{reason: BadQuote}, true
			}
			edged = edged || i >= begin+2 && isEdged(window[begin+1:i-1])
		} else {
			for i < len(window) && c.plain[window[i]] {
				loose = loose || window[i] == '"'
				i++
			}
			edged = edged || isEdged(window[begin:i])
		}
		if i == len(window) || window[i] != c.delimiter {
			break
		}
		i++
		if fields++; fields > c.fields && c.fields > 0 {
			return cutting{reason: WrongNumberOfFields}, true
		}
	}
	cut := cutting{size: i, end: min(i+1, len(window)), fields: fields, loose: loose, edged: edged}
	if bytes.HasPrefix(window[i:], []byte("\r\n")) {
		cut.end++
	}
	if fields < c.fields && cut.size > 0 {
		cut.reason = WrongNumberOfFields
	}
	// At the window's end the record may go on, and after CR a line feed may follow.
	return cut, all || (i < len(window) && (window[i] == '\n' || i+1 < len(window)))
}

// marksBeforeQuote is the length of the byte order marks before a record whose first field is quoted: the field's quote comes
// first, but another program put a file behind this one, whose mark it was.
func marksBeforeQuote[text []byte | string](record text) int {
	n := 0
	for len(record) >= n+len(characters.ByteOrderMark) && string(record[n:n+len(characters.ByteOrderMark)]) == characters.ByteOrderMark {
		n += len(characters.ByteOrderMark)
	}
	if n < len(record) && record[n] == '"' {
		return n
	}
	return 0
}

// isEdged reports whether a field begins or ends with a blank.
func isEdged(field []byte) bool {
	return len(field) > 0 && (asciiBlank(field[0]) || asciiBlank(field[len(field)-1]))
}

func asciiBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

// hasEdge reports whether a field does in a record without quotes.
func hasEdge(text []byte, delimiter byte) bool {
	for at := 0; ; at++ {
		n := bytes.IndexByte(text[at:], ' ')
		if n < 0 {
			return false
		}
		at += n
		if at == 0 || at == len(text)-1 || text[at-1] == delimiter || text[at+1] == delimiter {
			return true
		}
	}
}

// closeQuote gives the place after the quote that closes a field, or -1 where there is none. At the end of the text a
// quote counts as closing.
func closeQuote(text []byte, i int) int {
	for {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return -1
		}
		i += n + 1
		if i == len(text) || text[i] != '"' {
			return i
		}
		i++
	}
}

// lineEnd gives the length of the text's first physical line and where the second begins; 0 for the latter when more
// must be seen, which is never so for all of a text.
func lineEnd(text []byte, all bool) (size, next int) {
	size = bytes.IndexByte(text, '\n')
	head := text
	if size >= 0 {
		head = text[:size]
	}
	switch i := bytes.IndexByte(head, '\r'); {
	case i >= 0 && i+1 < len(text) && text[i+1] == '\n':
		return i, i + 2
	case i >= 0 && (i+1 < len(text) || all):
		return i, i + 1
	case i >= 0:
		return 0, 0
	case size >= 0:
		return size, size + 1
	case all:
		return len(text), len(text)
	}
	return 0, 0
}

// advance takes what was cut, and counts its physical lines.
func (c *scanner) advance(cut cutting) {
	text := c.buf[c.pos : c.pos+cut.end]
	for len(text) > 0 {
		size, next := lineEnd(text, true)
		c.endLine(text[size:next])
		text = text[next:]
	}
	c.pos += cut.end
}

// skipLine takes a physical line of any length.
func (c *scanner) skipLine() error {
	for {
		text := c.buf[c.pos:c.end]
		size, next := lineEnd(text, c.atEnd)
		if next > 0 || c.atEnd {
			c.endLine(text[size:next])
			c.pos += next
			return nil
		}
		// What may be the beginning of a character or of CR LF stays.
		c.pos = min(c.end, c.checked)
		if bytes.HasSuffix(text, []byte("\r")) {
			c.pos = c.end - 1
		}
		if err := c.fill(); err != nil {
			return err
		}
	}
}

// endLine counts a physical line by how it ends; the file's last may have no end.
func (c *scanner) endLine(end []byte) {
	c.found.Lines++
	switch string(end) {
	case "\n":
		c.found.LF++
	case "\r\n":
		c.found.CRLF++
	case "\r":
		c.found.CR++
	}
}
