// Package fence answers statements that somebody wrote: free SQL, and questions of the user's own. What comes in is a request, what
// goes out is a stream of typed rows; whoever asked draws them. Each request runs in a process of its own, this program again, that
// reads one snapshot and nothing else, and is ended when its time is over, when whoever asked goes, or when nobody reads on.
//
// There is then one sure end to it, whatever DuckDB is doing. The request goes in on standard input, which stays open: a child
// whose parent is gone reads its end and stops. The answer comes back on a pipe of its own, because some of DuckDB's statements
// print to standard output.
//
// The log of look-ups is written by the child, which finds out by itself who asks: what it is sent may come from anybody who starts
// it by hand. The log itself is the store's, for exports are in it too.
//
// What is deliberately not here: layout and printing, and the words of the command line.
package fence

import (
	"context"
	"encoding/gob"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/store/disk"
)

// Word is the argument by which the program is started as the process inside the fence; it then calls Serve.
const Word = "fenced"

// Errors of a request that callers tell apart, beside store.ErrNotOwner, ErrNoSnapshot and ErrMixed.
var (
	ErrStatement = errors.New("not one SELECT, nor an EXPLAIN of one")
	ErrPlan      = errors.New("no plan where people are looked up: DuckDB writes values of the rows into it")
	ErrFunction  = errors.New("not a function that a statement may call here")
	ErrFile      = errors.New("a statement reads tables, no files")
	ErrParameter = errors.New("a statement has no parameters: $1, $name and ? stand for values that nobody gives; write the values")
	ErrKept      = errors.New("the statement stumbled over a value; DuckDB's message may quote it and is kept back")
	ErrLate      = errors.New("stopped")
	ErrBroken    = errors.New("the statement broke the process that ran it; it may have asked for more memory than there is")
	// ErrScratch is told where there is no room beside the identities for what a look-up puts aside.
	ErrScratch = errors.New("temporary folder beside the identities")
)

// Request is what is asked, of which snapshot, and within which limits. Either Statement is given or Question.
type Request struct {
	Store     string // its folder, from the root
	AsOf      time.Time
	Statement string         // free SQL
	Question  string         // a question, as a file with its header
	Name      string         // of the question, or of the list behind a cell
	Asked     string         // of a list: the question whose cell it is behind, as the user named it
	Cell      string         // of a list: the cell, as one types it
	Values    map[string]any `json:"-"` // of the question's parameters
	Purpose   string         // what people are looked up for; empty leaves the identities shut
	Limits
}

// Limits are what a request may take. The zero limits are those that Ask sets.
type Limits struct {
	Rows   int64         // most rows of the answer; 10,000
	Time   time.Duration // until the process is ended; 30 s
	Memory string        // what DuckDB may use before it spills to the disk; 1GB
}

// set fills in what is not given.
func (l *Limits) set() {
	if l.Rows == 0 {
		l.Rows = 10_000
	}
	if l.Time == 0 {
		l.Time = 30 * time.Second
	}
	if l.Memory == "" {
		l.Memory = "1GB"
	}
}

// Rows is an answer as it comes. It is to be closed.
type Rows struct {
	Columns []queries.Column
	Cut     bool // there were more rows; known once Next has said that there are none

	row     []any
	err     error
	parts   *parts
	ctx     context.Context //nolint:containedctx // of the process, which lives as long as its answer
	asking  context.Context //nolint:containedctx // of whoever asked, whose end is no timeout
	cancel  context.CancelFunc
	child   *exec.Cmd
	in      io.Closer
	answer  *os.File
	scratch *disk.Scratch
	closed  atomic.Bool
}

// Ask starts a process for a request and gives its answer, as soon as it has columns. When the context ends, so does the process.
// Errors: *RefusedError, ErrLate, ErrBroken, ErrScratch.
func Ask(ctx context.Context, r Request) (*Rows, error) {
	r.set()
	values := map[string]cell{}
	for name, value := range r.Values {
		var err error
		if values[name], err = packed(value); err != nil {
			return nil, err
		}
	}
	r.Values, r.Purpose = nil, registers.WithoutNumbers(r.Purpose)
	rows := &Rows{asking: ctx}
	var err error
	if rows.scratch, err = disk.NewScratch(r.scratchIn()); err != nil {
		if r.Purpose != "" {
			err = errors.Join(ErrScratch, err)
		}
		return nil, err
	}
	rows.ctx, rows.cancel = context.WithTimeout(ctx, r.Time)
	if err := rows.start(sent{r, values}); err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	first, ok := rows.read()
	if !ok {
		return nil, errors.Join(rows.err, rows.Close())
	}
	rows.Columns = first.Columns
	return rows, nil
}

// scratchIn is where the scratch folder goes: beside the identities where they are opened, since they never leave their
// folder, else where the system keeps such things.
func (r Request) scratchIn() string {
	if r.Purpose != "" {
		return filepath.Join(r.Store, people)
	}
	return ""
}

// start starts the process and sends it the request.
func (r *Rows) start(s sent) error {
	itself, err := os.Executable()
	if err != nil {
		return err
	}
	r.child = exec.CommandContext(r.ctx, itself, Word) // the request goes by the pipe: what stands here, everybody sees
	r.child.Args[0] = "koblet"
	r.child.Dir, r.child.Env = r.scratch.Dir, []string{}
	in, err := r.child.StdinPipe()
	if err != nil {
		return err
	}
	r.in = in
	answer, into, err := os.Pipe()
	if err != nil {
		return err
	}
	r.answer, r.parts = answer, partsOf(answer)
	r.child.ExtraFiles = []*os.File{into}
	err = r.child.Start()
	if err = errors.Join(err, into.Close()); err != nil {
		return r.ending(err)
	}
	if gob.NewEncoder(in).Encode(s) != nil {
		return r.ending(ErrBroken)
	}
	return nil
}

// ending is why an answer ends before its end: whoever asked has gone, or the time is over, else what is said.
func (r *Rows) ending(otherwise error) error {
	switch {
	case r.asking.Err() != nil:
		return r.asking.Err()
	case r.ctx.Err() != nil:
		return ErrLate
	}
	return otherwise
}

// read gives the next part that is no end.
func (r *Rows) read() (part, bool) {
	one, err := r.parts.next()
	switch {
	case errors.Is(err, errTooLarge):
		r.err = errTooLarge
	case err != nil:
		r.err = r.ending(ErrBroken)
	case one.End == nil:
		return one, true
	case one.End.Refused:
		r.err = &RefusedError{refusals[one.End.Is], one.End.Text, one.End.Hint}
	default:
		r.Cut = one.End.Cut
	}
	return part{}, false
}

// Next goes to the next row, and reports whether there is one; where there is none, Err says whether that is the end.
func (r *Rows) Next() bool {
	if r.err != nil || r.parts == nil || r.closed.Load() {
		return false
	}
	one, more := r.read()
	if !more {
		r.parts = nil
		return false
	}
	r.row = make([]any, len(one.Row))
	for i, c := range one.Row {
		r.row[i] = c.value()
	}
	return true
}

// Row is the row that Next went to: nil, bool, int64, float64, string or time.Time. It is the caller's to keep.
func (r *Rows) Row() []any { return r.row }

// Err is what went wrong, nil where the answer is whole. Errors: those of Ask.
func (r *Rows) Err() error { return r.err }

// Over is closed when the process is ended before its answer is: whoever writes the rows on may be held up by who reads them.
func (r *Rows) Over() <-chan struct{} { return r.ctx.Done() }

// Close ends the process, if it has not ended by itself, and takes away what it put aside.
func (r *Rows) Close() error {
	if !r.closed.CompareAndSwap(false, true) { // whoever writes on after the end may still ask for a row
		return nil
	}
	r.cancel()
	if r.in != nil {
		_ = r.in.Close()
	}
	if r.answer != nil {
		_ = r.answer.Close()
	}
	if r.child != nil && r.child.Process != nil {
		_ = r.child.Wait() // how it ended, the answer has said
	}
	_ = r.scratch.Close() // what cannot be taken away now is swept by the next
	return nil
}
