package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/reports"
	"koblet/store"
)

// fenced is the process inside the fence: it reads its work from standard input and writes the answer to the pipe that
// its parent left open as the fourth file.
func fenced(ctx context.Context, t terminal) error {
	var w work
	if err := json.NewDecoder(t.in).Decode(&w); err != nil {
		return fmt.Errorf("fenced: koblet sql and koblet run start this: %w", err)
	}
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
	if w.Lookup.Purpose != "" {
		if err := s.LogLookup(w.entry(t.now(), nil)); err != nil {
			return err
		}
	}
	snapshot, err := s.Fenced(ctx, w.AsOf, store.Fence{Scratch: ".", Memory: fenceMemory, Identities: w.Lookup.Purpose != ""})
	if errors.Is(err, store.ErrNoSnapshot) {
		return cure("koblet snapshots lists what is loaded", "%w", err)
	}
	if err != nil {
		return err
	}
	defer snapshot.Close()
	if w.Question != "" {
		return w.ask(ctx, answering{work: w, t: t, store: s, snapshot: snapshot, out: out})
	}
	a := &answering{work: w, t: t, store: s, snapshot: snapshot, out: out}
	return a.free(ctx)
}

// entry is what the log of lookups keeps of this work.
func (w work) entry(now time.Time, rows *int64) store.Lookup {
	return store.Lookup{At: now.UTC(), Who: w.Lookup.Who, Purpose: w.Lookup.Purpose, AsOf: w.AsOf.Format(time.DateOnly), Question: withoutValues(w.Statement), Rows: rows}
}

// ask answers a question of the user's own, or lists the people behind a cell.
func (w work) ask(ctx context.Context, a answering) error {
	q, err := queries.Parse(w.Name, w.Question)
	if err != nil {
		return err
	}
	result, err := analysis.Run(ctx, a.snapshot, q, w.Scope)
	if err != nil {
		return err
	}
	if w.Lookup.Purpose != "" {
		if result, err = withPeople(ctx, a.snapshot, capped(result, w.MaxRows)); err != nil {
			return err
		}
		tellCut(a.t, w.Format, result)
		n := int64(len(result.Rows))
		if err := a.store.LogLookup(w.entry(a.t.now(), &n)); err != nil {
			return err
		}
	}
	c := reports.Commission{Language: w.Language, Edition: internal, Provenance: provenance(a.snapshot)}
	return answer(a.out, w.Format, result, c)
}

// answering takes the rows of a free statement.
type answering struct {
	work
	t        terminal
	store    *store.Store
	snapshot *store.Snapshot
	out      io.Writer
	stream   reports.Stream // where rows are written as they come; nil where they are collected
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
		if err := a.store.LogLookup(a.entry(a.t.now(), &a.n)); err != nil {
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
func (a *answering) machine() reports.Stream {
	switch a.Format {
	case "csv":
		return reports.StreamCSV(a.out)
	case "json":
		return reports.StreamJSON(a.out, "sql", a.snapshot.AsOf)
	}
	return nil
}

func replay(stream reports.Stream, columns []queries.Column, rows [][]any) error {
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
		r.NotApplicable = queries.Words{Da: "ingen rækker", En: "no rows"}
	}
	if a.cut {
		r.Notes = append(r.Notes, queries.Words{
			Da: fmt.Sprintf("Kun de første %d rækker er med; --max-rows tager flere.", a.n),
			En: fmt.Sprintf("Only the first %d rows are shown; --max-rows takes more.", a.n),
		})
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
	if errors.Is(err, store.ErrStatement) {
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
