package fence

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/store"
)

// Serving is what the process inside the fence is given: its request, and what belongs to whoever runs it.
type Serving struct {
	In   io.Reader // the request, and its end when the parent is gone
	Now  func() time.Time
	Gone func() // ends the process at once: DuckDB may not hear an interrupt
}

// Serve is the process inside the fence: it reads its request and writes the answer to the pipe that its parent left open as the fourth
// file. Errors: ErrTold.
func Serve(ctx context.Context, s Serving) error {
	var asked sent
	in := bufio.NewReader(s.In)
	if err := gob.NewDecoder(in).Decode(&asked); err != nil {
		return fmt.Errorf("fenced: koblet sql and koblet run start this: %w", err)
	}
	signal.Ignore(os.Interrupt)   // the parent decides what an interrupt ends
	signal.Reset(syscall.SIGTERM) // and DuckDB may not hear one
	go func() {
		_, _ = io.Copy(io.Discard, in)
		s.Gone() // the parent is
	}()
	if err := limitMemory(); err != nil {
		return fmt.Errorf("fenced: %w", err)
	}
	out := os.NewFile(3, "answer")
	buffered := bufio.NewWriterSize(out, 1<<16)
	a := &answering{Request: asked.Request, values: map[string]any{}, now: s.Now, out: gob.NewEncoder(buffered)}
	for name, c := range asked.Values {
		a.values[name] = c.value()
	}
	wrong := a.do(ctx)
	last := end{Cut: a.cut}
	if wrong != nil {
		last = a.told(wrong)
	}
	if err := errors.Join(a.out.Encode(part{End: &last}), buffered.Flush(), out.Close()); err != nil {
		return fmt.Errorf("fenced: %w", err)
	}
	if wrong != nil {
		return ErrTold
	}
	return nil
}

// ErrTold is that there is no answer, and that the parent has been told why.
var ErrTold = errors.New("the answer says what is wrong")

// answering is a request at work.
type answering struct {
	Request
	values   map[string]any
	now      func() time.Time
	store    *store.Store
	snapshot *enclosed
	entry    store.Lookup // what the log of lookups keeps of it
	out      *gob.Encoder
	n        int64
	cut      bool
	tables   []string // of the snapshot, where a statement was refused
}

// do opens the snapshot within its fence and answers.
func (a *answering) do(ctx context.Context) (err error) {
	if a.store, err = store.Open(a.Store); err != nil {
		return err
	}
	a.snapshot, err = enclose(ctx, a.store, a.AsOf, fencing{
		scratch: ".", memory: a.Memory, people: a.Purpose != "", opening: func(opened *enclosed) error { return a.opening(ctx, opened) },
	})
	if err != nil {
		return err
	}
	defer a.snapshot.Close()
	defer func() {
		if err != nil {
			a.tables = a.snapshot.tables(ctx) // while it is open
		}
	}()
	if a.Question != "" {
		return a.ask(ctx)
	}
	return a.free(ctx)
}

// opening puts down who is about to open the identities, what for and by which question; while that is not on the disk they stay
// shut. What it puts down it finds out by itself.
func (a *answering) opening(ctx context.Context, opened *enclosed) (err error) {
	if strings.TrimSpace(a.Purpose) == "" {
		return errors.New("--purpose: say in words what the people are looked up for")
	}
	a.entry = store.Lookup{Who: WhoAsks(), Purpose: registers.WithoutNumbers(a.Purpose), AsOf: opened.AsOf.Format(time.DateOnly)}
	if a.Question != "" {
		a.entry.Question, err = a.listed()
	} else {
		a.entry.Question, err = opened.wordingOf(ctx, a.Statement)
	}
	if err != nil {
		return err
	}
	return a.log()
}

// WhoAsks is the user's name, by the system and not by the environment; the number where it has none.
func WhoAsks() string {
	who, err := user.Current()
	if err != nil || who.Username == "" {
		return "user " + strconv.Itoa(os.Getuid())
	}
	return who.Username
}

// log puts down the lookup as far as it has come.
func (a *answering) log() error {
	a.entry.At = a.now().UTC()
	return a.store.LogLookup(a.entry)
}

// shown puts down how many rows are about to be shown, and how many of the identities were read for them.
func (a *answering) shown(rows int) error {
	n, read := int64(rows), a.snapshot.peopleRead()
	a.entry.Rows, a.entry.ReadAtMost = &n, &read
	return a.log()
}

// listed names the list behind a cell of the catalogue's: people are looked up behind no other question.
func (a *answering) listed() (string, error) {
	is := func(q queries.Question) bool {
		list, ok := queries.Drill(q)
		return ok && list.SQL == a.Question
	}
	named := "a question of their own on " + a.Name
	if q, err := queries.Find(a.Asked); err == nil && is(q) {
		named = q.Name
	} else if !slices.ContainsFunc(queries.All(), is) {
		return "", errors.New("fenced: the list is none of the catalogue's")
	}
	return "run " + named + " --drill " + registers.WithoutNumbers(a.Cell), nil
}

// ask answers a question of the user's own, or lists the people behind a cell.
func (a *answering) ask(ctx context.Context) error {
	q, err := queries.Parse(a.Name, a.Question)
	if err != nil {
		return err
	}
	rows, err := a.snapshot.query(ctx, q, a.values)
	if err != nil {
		return err
	}
	columns := q.Columns
	if a.Purpose != "" {
		if a.cut = int64(len(rows)) > a.Rows; a.cut {
			rows = rows[:a.Rows]
		}
		if columns, rows, err = a.withPeople(ctx, columns, rows); err != nil {
			return err
		}
		if err := a.shown(len(rows)); err != nil {
			return err
		}
	}
	return a.send(columns, rows)
}

// withPeople adds the permit and the person to each key of a list.
func (a *answering) withPeople(ctx context.Context, columns []queries.Column, rows [][]any) ([]queries.Column, [][]any, error) {
	behind, err := queries.Parse("people", queries.Script("fence/people"))
	if err != nil {
		return nil, nil, err
	}
	keys := []string{}
	for _, row := range rows {
		keys = append(keys, fmt.Sprint(row[0]))
	}
	found, err := a.snapshot.query(ctx, behind, map[string]any{"keys": keys})
	if err != nil {
		return nil, nil, err
	}
	persons := map[any][]any{}
	for _, row := range found {
		persons[row[0]] = row[1:]
	}
	for i, row := range rows {
		person := persons[row[0]]
		if person == nil {
			person = make([]any, len(behind.Columns)-1)
		}
		rows[i] = slices.Concat(row, person)
	}
	return slices.Concat(columns, behind.Columns[1:]), rows, nil
}

// free answers a free statement. Its rows are sent while they come; those that show identities are collected first: how many rows are
// shown is logged before the first of them is.
func (a *answering) free(ctx context.Context) error {
	var columns []queries.Column
	var held [][]any
	err := a.snapshot.free(ctx, a.Statement, reader{
		columns: func(all []queries.Column) error {
			if columns = all; a.Purpose != "" {
				return nil
			}
			return a.out.Encode(part{Columns: all})
		},
		row: func(row []any) error {
			if a.n == a.Rows {
				a.cut = true
				return errEnough
			}
			if a.n++; a.Purpose != "" {
				held = append(held, row)
				return nil
			}
			return a.row(row)
		},
	})
	if err != nil || a.Purpose == "" {
		return err
	}
	if err := a.shown(len(held)); err != nil {
		return err
	}
	return a.send(columns, held)
}

// send sends an answer that is there whole.
func (a *answering) send(columns []queries.Column, rows [][]any) error {
	if err := a.out.Encode(part{Columns: columns}); err != nil {
		return err
	}
	for _, row := range rows {
		if err := a.row(row); err != nil {
			return err
		}
	}
	return nil
}

func (a *answering) row(row []any) (err error) {
	cells := make([]cell, len(row))
	for i, value := range row {
		if cells[i], err = packed(value); err != nil {
			return err
		}
	}
	return a.out.Encode(part{Row: cells})
}

// told is an error as it may be told. DuckDB's further lines are advice on settings that the fence keeps; what it suggests becomes the
// hint.
func (a *answering) told(err error) end {
	lines := strings.Split(err.Error(), "\n")
	for word, is := range refusals {
		if errors.Is(err, is) {
			return end{Refused: true, Is: word, Text: lines[0]}
		}
	}
	if a.Purpose != "" && !aboutStatement(err) {
		return end{Refused: true, Is: "kept", Text: ErrKept.Error()}
	}
	text, hint := a.meant(lines)
	return end{Refused: true, Text: text, Hint: hint}
}
