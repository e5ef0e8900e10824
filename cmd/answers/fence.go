package answers

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"koblet/analysis"
	"koblet/analysis/drill"
	"koblet/cmd/prompt"
	"koblet/cmd/terminal"
	"koblet/queries"
	"koblet/reports"
	"koblet/reports/print"
	"koblet/store"
	"koblet/store/fence"
)

// Work is what is asked within a fence, and how the answer is drawn: here, for the process inside sends rows and nothing else.
type Work struct {
	fence.Request
	Format   string
	Language string
	From     reports.Provenance
}

// Enclosed answers a free statement.
func Enclosed(ctx context.Context, t terminal.Terminal, w Work, out io.Writer) error {
	rows, err := fence.Ask(ctx, w.Request)
	if err != nil {
		return w.Told(err)
	}
	defer rows.Close()
	return w.Told(beforeOver(ctx, rows, func() error {
		buffered := bufio.NewWriterSize(out, 1<<16) // of a small answer that fails at its end nothing is seen
		if err := w.write(buffered, rows); err != nil {
			return err
		}
		if err := buffered.Flush(); err != nil {
			return err
		}
		if rows.Cut && w.stream(io.Discard) != nil {
			fmt.Fprintf(t.Err, "koblet: sql: only the first %d rows; --max-rows takes more\n", w.Rows)
		}
		return nil
	}))
}

// beforeOver writes an answer on until it ends, or until its process is ended and there was time to say so: whoever reads may have
// stopped reading, and would hold this up for ever.
func beforeOver(ctx context.Context, rows *fence.Rows, write func() error) error {
	done := make(chan error, 1)
	go func() { done <- write() }()
	select {
	case err := <-done:
		return err
	case <-rows.Over():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fence.ErrLate
}

// stream is that of a format for machines, nil where the format is for people.
func (w Work) stream(out io.Writer) print.Stream {
	switch w.Format {
	case "csv":
		return print.StreamCSV(out)
	case "json":
		return print.StreamJSON(out, "sql", w.AsOf)
	}
	return nil
}

// write draws the answer: for machines while rows come, for people when they are there.
func (w Work) write(out io.Writer, rows *fence.Rows) error {
	stream := w.stream(out)
	if stream == nil {
		return w.print(out, rows)
	}
	if err := stream.Head(rows.Columns); err != nil {
		return err
	}
	for rows.Next() {
		if err := stream.Row(rows.Row()); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return stream.End()
}

// print draws the collected rows as a result that people read.
func (w Work) print(out io.Writer, rows *fence.Rows) error {
	r := analysis.Result{
		Question: queries.Question{Name: "sql", Ask: queries.Words{Da: "Fri SQL", En: "Free SQL"}, Columns: rows.Columns, SQL: w.Statement},
		AsOf:     w.AsOf, Snapshot: w.From.SnapshotHash, Columns: rows.Columns,
	}
	for rows.Next() {
		r.Rows = append(r.Rows, rows.Row())
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(r.Rows) == 0 {
		r.NotApplicable = analysis.NoteOf(queries.Words{Da: "ingen rækker", En: "no rows"})
	}
	if rows.Cut {
		r.Notes = append(r.Notes, analysis.NoteOf(queries.Words{
			Da: "Kun de første {most} rækker er vist; flere vises med --max-rows.",
			En: "Only the first {most} rows are shown; --max-rows takes more.",
		}, analysis.Figure{Name: "most", Value: int64(len(r.Rows))}))
	}
	report, err := reports.Free(r, reports.Commission{Language: w.Language, Edition: Internal, Provenance: w.From})
	if err != nil {
		return err
	}
	return Draw(out, w.Format, report)
}

// Through asks one question within the fence and every other of the snapshot itself. The people behind the rows of a list come with
// them; they are kept, to be put beside the answer.
type Through struct {
	Work
	Question queries.Question
	people   []queries.Column
	behind   [][]any
	cut      bool
}

// Ask runs the question on the snapshot, as analysis.Run does.
func (a *Through) Ask(ctx context.Context, snapshot *store.Snapshot, scope analysis.Scope) (analysis.Result, error) {
	fenced := snapshot.Through(func(ctx context.Context, q queries.Question, values map[string]any) ([][]any, error) {
		if q.SQL != a.Question.SQL {
			return snapshot.Query(ctx, q, values)
		}
		return a.rows(ctx, q, values)
	})
	r, err := analysis.Run(ctx, fenced, a.Question, scope)
	if err != nil || a.Purpose == "" {
		return r, err
	}
	r.Columns = slices.Concat(r.Columns, a.people)
	for i := range r.Rows {
		r.Rows[i] = slices.Concat(r.Rows[i], a.behind[i])
	}
	if a.cut {
		r.Notes = append(r.Notes, cutNote(a.Rows))
	}
	return r, nil
}

func (a *Through) rows(ctx context.Context, q queries.Question, values map[string]any) ([][]any, error) {
	r := a.Request
	r.Values = values
	rows, err := fence.Ask(ctx, r)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	own := len(q.Columns)
	a.people = rows.Columns[own:]
	var all [][]any
	for rows.Next() {
		row := rows.Row()
		all, a.behind = append(all, row[:own:own]), append(a.behind, row[own:])
	}
	a.cut = rows.Cut
	return all, rows.Err()
}

// Told adds the cure to what the fence says.
func (w Work) Told(err error) error {
	var refusal *fence.RefusedError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fence.ErrLate):
		return terminal.Cure("--timeout gives it longer", "stopped after %s", w.Time)
	case errors.Is(err, fence.ErrBroken):
		return terminal.Cure("a smaller statement, or one without lists", "%w", err)
	case errors.Is(err, fence.ErrScratch):
		s := store.Store{Dir: w.Store}
		if err = s.Shut(fence.ErrScratch.Error(), err); !errors.Is(err, store.ErrNotOwner) {
			return fmt.Errorf("--purpose: %w", err)
		}
		return terminal.Cure("without --purpose a question sees keys, not people", "--purpose: %w", err)
	case errors.Is(err, store.ErrNoSnapshot):
		return terminal.Cure("koblet snapshots lists what is loaded", "%w", err)
	case errors.Is(err, fence.ErrPlan):
		return terminal.Cure("without --purpose EXPLAIN shows the plan of the same statement on the snapshot's own tables", "%w", err)
	case errors.Is(err, fence.ErrFunction):
		return terminal.Cure("of table functions there are range, unnest, json_each and their like, and DuckDB's lists of tables, columns and functions", "%w", err)
	case errors.Is(err, fence.ErrFile):
		return terminal.Cure("koblet load brings files into a snapshot", "%w", err)
	case errors.Is(err, store.ErrNotOwner):
		return terminal.Cure("without --purpose a question sees keys, not people", "--purpose: %w", err)
	case errors.Is(err, fence.ErrStatement):
		return terminal.Cure("one SELECT, WITH, FROM, SHOW, DESCRIBE or SUMMARIZE; nothing that writes, sets, loads or attaches", "%w", err)
	case errors.As(err, &refusal) && refusal.Hint != "":
		return terminal.Cure(refusal.Hint, "%w", err)
	}
	return err
}

// Typed is a cell as one types it, for the log of lookups.
func Typed(cell map[string]string) string {
	var keys []string
	for _, name := range slices.Sorted(maps.Keys(cell)) {
		keys = append(keys, name+"="+drill.Quoted(cell[name]))
	}
	return strings.Join(keys, ",")
}

// At fills in which snapshot is asked.
func (w *Work) At(dir string, snapshot *store.Snapshot, program string) (err error) {
	w.AsOf, w.From = snapshot.AsOf, Provenance(snapshot, program)
	w.Store, err = filepath.Abs(dir)
	return err
}

// There fills in which snapshot is meant, and says early, by the name the user gave, that a store or a snapshot is not there.
func (w *Work) There(ctx context.Context, dir string, asOf time.Time, program string) error {
	shelf, err := OpenShelf(dir, asOf)
	if err != nil {
		return err
	}
	defer shelf.Close()
	snapshot, err := Take(ctx, shelf)
	if err != nil {
		return err
	}
	return w.At(dir, snapshot, program)
}

// Prompted is how the statements of a prompt are answered: each within a fence of its own.
func (w Work) Prompted(t terminal.Terminal) prompt.Answers {
	return prompt.Answers{
		Answer: func(ctx context.Context, statement string, out io.Writer) error {
			one := w
			one.Statement = statement
			return Enclosed(ctx, t, one, out)
		},
		Names: func(ctx context.Context, out io.Writer) error {
			list := w
			list.Statement, list.Format, list.Purpose, list.Rows = queries.Script("fence/names"), "csv", "", 1e6
			return Enclosed(ctx, t, list, out)
		},
		Forget: w.Purpose != "",
	}
}
