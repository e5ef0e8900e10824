package extract

import (
	"bytes"
	"io"
	"strings"
)

// marks say what the values of a text may be and mostly are not, so that most loads need not ask of every value.
type marks struct {
	fractions bool // a whole number may be written as 1.0
	altered   bool // a spreadsheet may have had no value (#N/A), or have cut a long number short (1,2E+16)
}

// look finds the marks in a stretch of a text. Where a comma is no delimiter it may stand before decimals.
func (m *marks) look(text []byte, comma bool) {
	m.fractions = m.fractions || beside(text, '.', 1, "0") || comma && beside(text, ',', 1, "0")
	m.altered = m.altered || bytes.IndexByte(text, '#') >= 0 || beside(text, '+', -1, "eE")
}

// beside reports whether a character stands that many places from another, which is a rare one.
func beside(text []byte, rare byte, places int, wanted string) bool {
	for at := 0; ; at++ {
		n := bytes.IndexByte(text[at:], rare)
		if n < 0 {
			return false
		}
		at += n
		if i := at + places; i >= 0 && i < len(text) && strings.IndexByte(wanted, text[i]) >= 0 {
			return true
		}
	}
}

// marking looks for marks in what is read through it.
type marking struct {
	from  io.Reader
	found *marks
	comma bool
	last  byte // of the stretch before
}

func (r *marking) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if n > 0 {
		r.found.look([]byte{r.last, p[0]}, r.comma)
		r.found.look(p[:n], r.comma)
		r.last = p[n-1]
	}
	return n, err
}

func (e *extract) marking(text io.Reader) io.Reader {
	return &marking{from: text, found: &e.marked, comma: e.delimiter != 0 && e.delimiter != ','}
}

// marks are those of a column: a text of a Parquet file may be anything.
func (e *extract) marks(at int) marks {
	if e.Format == "parquet" {
		return marks{isText(e.kinds[at]), isText(e.kinds[at])}
	}
	return e.marked
}
