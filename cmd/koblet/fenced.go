package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
	"koblet/reports"
	"koblet/reports/print"
	"koblet/store"
)

// fenced is the process inside the fence: it reads its work from standard input and writes the answer to the pipe that
// its parent left open as the fourth file.
func fenced(ctx context.Context, t terminal) error {
	var w work
	if err := json.NewDecoder(t.in).Decode(&w); err != nil {
		return fmt.Errorf("fenced: koblet sql and koblet run start this: %w", err)
	}
	signal.Ignore(os.Interrupt)   // the parent decides what an interrupt ends
	signal.Reset(syscall.SIGTERM) // and DuckDB may not hear one
	go func() {
		_, _ = io.Copy(io.Discard, t.in)
		os.Exit(refused) // the parent is gone, and DuckDB may not hear an interrupt
	}()
	if err := limitMemory(); err != nil {
		return fmt.Errorf("fenced: %w", err)
	}
	out := os.NewFile(3, "answer")
	buffered := bufio.NewWriterSize(out, 1<<16)
	if err := w.do(ctx, t, buffered); err != nil {
		return w.told(err)
	}
	return errors.Join(buffered.Flush(), out.Close())
}

// do opens the snapshot within its fence and answers.
func (w work) do(ctx context.Context, t terminal, out io.Writer) error {
	s, err := openStore(w.Store)
	if err != nil {
		return err
	}
	a := &answering{work: w, t: t, store: s, out: out}
	snapshot, err := s.Fenced(ctx, w.AsOf, store.Fence{
		Scratch: ".", Memory: fenceMemory, Identities: w.Lookup.Purpose != "", Opening: func(opened *store.Snapshot) error { return a.opening(ctx, opened) },
	})
	if errors.Is(err, store.ErrNoSnapshot) {
		return cure("koblet snapshots lists what is loaded", "%w", err)
	}
	if err != nil {
		return err
	}
	defer snapshot.Close()
	a.snapshot = snapshot
	if w.Question != "" {
		return a.ask(ctx)
	}
	return a.free(ctx)
}

// opening puts down who is about to open the identities, what for and by which question; while that is not on the disk they stay
// shut. What it puts down it finds out by itself.
func (a *answering) opening(ctx context.Context, opened *store.Snapshot) (err error) {
	if strings.TrimSpace(a.Lookup.Purpose) == "" {
		return errors.New("--purpose: say in words what the people are looked up for")
	}
	a.entry = store.Lookup{Who: whoAsks(), Purpose: registers.WithoutNumbers(a.Lookup.Purpose), AsOf: opened.AsOf.Format(time.DateOnly)}
	if a.Question != "" {
		a.entry.Question, err = a.listed()
	} else {
		a.entry.Question, err = opened.Wording(ctx, a.Statement)
	}
	if err != nil {
		return err
	}
	return a.log()
}

// log puts down the lookup as far as it has come.
func (a *answering) log() error {
	a.entry.At = a.t.now().UTC()
	return a.store.LogLookup(a.entry)
}

// shown puts down how many rows are about to be shown, and how many of the identities were read for them.
func (a *answering) shown(rows int64) error {
	read := a.snapshot.PeopleRead()
	a.entry.Rows, a.entry.ReadAtMost = &rows, &read
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
	return "run " + named + " --drill " + registers.WithoutNumbers(typed(a.Scope.Cell)), nil
}

// ask answers a question of the user's own, or lists the people behind a cell.
func (a *answering) ask(ctx context.Context) error {
	q, err := queries.Parse(a.Name, a.Question)
	if err != nil {
		return err
	}
	result, err := analysis.Run(ctx, a.snapshot, q, a.Scope)
	if err != nil {
		return err
	}
	if a.Lookup.Purpose != "" {
		if result, err = withPeople(ctx, a.snapshot, capped(result, a.MaxRows)); err != nil {
			return err
		}
		tellCut(a.t, a.Format, result)
		if err := a.shown(int64(len(result.Rows))); err != nil {
			return err
		}
	}
	c := reports.Commission{Language: a.Language, Edition: internal, Provenance: provenance(a.snapshot)}
	return answer(a.out, a.Format, result, c)
}

// answering is work being done; it takes the rows of a free statement.
type answering struct {
	work
	t        terminal
	store    *store.Store
	snapshot *store.Snapshot
	entry    store.Lookup // what the log of lookups keeps of it
	out      io.Writer
	stream   print.Stream // where rows are written as they come; nil where they are collected
	columns  []queries.Column
	rows     [][]any
	n        int64
	cut      bool
}

// free answers a free statement. Formats for machines are written while rows come; those for people, and whatever shows
// identities, are collected first: how many rows are shown is logged before the first of them is.
func (a *answering) free(ctx context.Context) error {
	stream := a.machine()
	if a.Lookup.Purpose == "" {
		a.stream = stream
	}
	if err := a.snapshot.Select(ctx, a.Statement, store.Reader{Columns: a.head, Row: a.row}); err != nil {
		return err
	}
	if a.Lookup.Purpose != "" {
		if err := a.shown(a.n); err != nil {
			return err
		}
	}
	switch {
	case a.stream != nil:
		if err := a.stream.End(); err != nil {
			return err
		}
	case stream != nil:
		if err := replay(stream, a.columns, a.rows); err != nil {
			return err
		}
	default:
		return a.print()
	}
	if a.cut {
		fmt.Fprintf(a.t.err, "koblet: sql: only the first %d rows; --max-rows takes more\n", a.n)
	}
	return nil
}

// machine is the stream of a format for machines, nil where the format is for people.
func (a *answering) machine() print.Stream {
	switch a.Format {
	case "csv":
		return print.StreamCSV(a.out)
	case "json":
		return print.StreamJSON(a.out, "sql", a.snapshot.AsOf)
	}
	return nil
}

func replay(stream print.Stream, columns []queries.Column, rows [][]any) error {
	if err := stream.Head(columns); err != nil {
		return err
	}
	for _, row := range rows {
		if err := stream.Row(row); err != nil {
			return err
		}
	}
	return stream.End()
}

func (a *answering) head(columns []queries.Column) error {
	a.columns = columns
	if a.stream != nil {
		return a.stream.Head(columns)
	}
	return nil
}

func (a *answering) row(cells []any) error {
	if a.n == a.MaxRows {
		a.cut = true
		return store.ErrEnough
	}
	a.n++
	if a.stream != nil {
		return a.stream.Row(cells)
	}
	a.rows = append(a.rows, cells)
	return nil
}

// print draws the collected rows as a result that people read.
func (a *answering) print() error {
	r := analysis.Result{
		Question: queries.Question{Name: "sql", Ask: queries.Words{Da: "Fri SQL", En: "Free SQL"}, Columns: a.columns, SQL: a.Statement},
		AsOf:     a.snapshot.AsOf, Snapshot: a.snapshot.Hash, Columns: a.columns, Rows: a.rows,
	}
	if len(a.rows) == 0 {
		r.NotApplicable = analysis.NoteOf(queries.Words{Da: "ingen rækker", En: "no rows"})
	}
	if a.cut {
		r.Notes = append(r.Notes, analysis.NoteOf(queries.Words{
			Da: "Kun de første {most} rækker er vist; flere vises med --max-rows.",
			En: "Only the first {most} rows are shown; --max-rows takes more.",
		}, analysis.Figure{Name: "most", Value: a.n}))
	}
	report, err := reports.Free(r, reports.Commission{Language: a.Language, Edition: internal, Provenance: provenance(a.snapshot)})
	if err != nil {
		return err
	}
	return draw(a.out, a.Format, report)
}

// told is an error as it may be told: with the identities open, what does not speak of the statement alone is kept back,
// since DuckDB's messages quote the values they stumble over. DuckDB's own suggestion becomes the hint.
func (w work) told(err error) error {
	command := "sql"
	if w.Question != "" {
		command = "run"
	}
	switch {
	case errors.Is(err, store.ErrPlan):
		return cure("without --purpose EXPLAIN shows the plan of the same statement on the snapshot's own tables", "%s: %w", command, err)
	case errors.Is(err, store.ErrFunction):
		return cure("of table functions there are range, unnest, json_each and their like, and DuckDB's lists of tables, columns and functions", "%s: %w", command, err)
	case errors.Is(err, store.ErrFile):
		return cure("koblet load brings files into a snapshot", "%s: %w", command, err)
	case errors.Is(err, store.ErrNotOwner):
		return cure("without --purpose a question sees keys, not people", "%s: --purpose: %w", command, err)
	case errors.Is(err, store.ErrStatement):
		return cure("one SELECT, WITH, FROM, SHOW, DESCRIBE or SUMMARIZE; nothing that writes, sets, loads or attaches", "%s: %w", command, err)
	}
	if w.Lookup.Purpose != "" && !store.AboutStatement(err) {
		return fmt.Errorf("%s: the statement stumbled over a value; DuckDB's message may quote it and is kept back", command)
	}
	var h hinted
	if errors.As(err, &h) {
		return fmt.Errorf("%s: %w", command, err)
	}
	lines := strings.Split(err.Error(), "\n") // DuckDB's further lines are advice on settings that the fence keeps
	for _, line := range lines[1:] {
		if strings.HasPrefix(line, "Candidate bindings:") || strings.HasPrefix(line, "Did you mean") {
			return cure(line, "%s: %s", command, lines[0])
		}
	}
	return fmt.Errorf("%s: %s", command, lines[0])
}
