package fence

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"time"

	"koblet/queries"
	"koblet/store"
)

// The request goes in and the answer comes back as gob's values, each whole by itself: the columns, then each row, then the end,
// without which an answer is none. Cells have one of few types, and keep it.

// cell is one value on its way: of a row, or of a parameter.
type cell struct {
	Kind  kind
	Whole int64
	Float float64
	Text  string
	At    time.Time
	List  []string
}

type kind uint8

const (
	isNothing kind = iota
	isYes
	isNo
	isWhole
	isFloat
	isText
	isAt
	isList
)

// packed makes a cell of a value; a type that answers and parameters do not have is an error.
func packed(value any) (cell, error) {
	switch v := value.(type) {
	case nil:
		return cell{}, nil
	case bool:
		if v {
			return cell{Kind: isYes}, nil
		}
		return cell{Kind: isNo}, nil
	case int64:
		return cell{Kind: isWhole, Whole: v}, nil
	case float64:
		return cell{Kind: isFloat, Float: v}, nil
	case string:
		return cell{Kind: isText, Text: v}, nil
	case time.Time:
		return cell{Kind: isAt, At: v}, nil
	case []string:
		return cell{Kind: isList, List: v}, nil
	}
	return cell{}, fmt.Errorf("fence: a value of type %T", value)
}

// value is what the cell was made of.
func (c cell) value() any {
	switch c.Kind {
	case isYes:
		return true
	case isNo:
		return false
	case isWhole:
		return c.Whole
	case isFloat:
		return c.Float
	case isText:
		return c.Text
	case isAt:
		return c.At.UTC()
	case isList:
		return append([]string{}, c.List...)
	}
	return nil
}

// sent is a request on its way.
type sent struct {
	Request Request
	Values  map[string]cell
}

// part is one part of an answer: the columns, a row, or the end.
type part struct {
	Columns []queries.Column
	Row     []cell
	End     *end
}

// end is how an answer ends: whole, cut after the most rows that were asked for, or with why there is none.
type end struct {
	Cut     bool
	Refused bool
	Is      string // the refusal's place among refusals; empty where it is none of them
	Text    string // the first line of what is wrong
	Hint    string // DuckDB's own suggestion; empty where it has none
}

// refusals are what callers tell apart, by the word that stands for each on its way.
var refusals = map[string]error{
	"plan": ErrPlan, "function": ErrFunction, "file": ErrFile, "statement": ErrStatement, "kept": ErrKept,
	"owner": store.ErrNotOwner, "snapshot": store.ErrNoSnapshot, "mixed": store.ErrMixed,
}

// RefusedError is why there is no answer, as it may be told: with the identities open, what does not speak of the statement alone is
// kept back, since DuckDB's messages quote the values they stumble over.
type RefusedError struct {
	is   error
	text string
	Hint string // DuckDB's own suggestion; empty where it has none
}

// Error is the first line of what is wrong.
func (r *RefusedError) Error() string { return r.text }

// Unwrap is what the refusal is, of those that callers tell apart; nil where it is none.
func (r *RefusedError) Unwrap() error { return r.is }

// mostOfARow is how much of an answer is read for one row, or for the columns.
const mostOfARow = 256 << 20

var errTooLarge = errors.New("a row is larger than 256 MiB")

// rationed reads an answer a part at a time.
type rationed struct {
	from io.Reader
	left int
}

func (r *rationed) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errTooLarge
	}
	n, err := r.from.Read(p)
	r.left -= n
	return n, err
}

// parts reads the parts of an answer.
type parts struct {
	from    *rationed
	decoder *gob.Decoder
}

func partsOf(r io.Reader) *parts {
	from := &rationed{from: r}
	return &parts{from, gob.NewDecoder(from)}
}

func (p *parts) next() (part, error) {
	p.from.left = mostOfARow
	var one part
	err := p.decoder.Decode(&one)
	return one, err
}
