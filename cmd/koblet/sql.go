package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/pflag"

	"koblet/cmd/places"
	"koblet/cmd/prompt"
	"koblet/cmd/terminal"
	"koblet/queries"
	"koblet/store/fence"
)

var sqlCommand = command{
	name: "sql",
	does: "free SQL over one snapshot, within a fence",
	help: `koblet sql [STATEMENT] [--store DIR] [--as-of DAY] [--format FORMAT]
           [--lang da|en] [--out FILE] [--timeout 30s] [--max-rows N]
           [--purpose TEXT]

Runs one statement of your own (DuckDB's SQL): a SELECT, WITH, FROM, SHOW,
DESCRIBE or SUMMARIZE, or an EXPLAIN of one. It reads the snapshot and nothing
else: no file, no network, no setting, and it writes nothing. Without a
statement it is a prompt, with history and completion; \d lists the tables.
What it prints is for internal use: small counts are not hidden.

  --store DIR      folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --as-of DAY      the snapshot of that day; the newest unless given
  --format FORMAT  text, xlsx or html for people, csv or json for programs;
                   unless given as the name of --out says, else text
  --lang da|en     the language for people; Danish unless given
  --out FILE       write there and not to standard output; xlsx needs it
  --timeout 30s    after that the statement is stopped; 30s unless given
  --max-rows N     how many rows are shown; 10000 unless given
  --purpose TEXT   also attach the identities, as the schema identities: what
                   keys stand for. Needs the owner of the store. Who, when, what
                   for, the statement without values and names of its own, and
                   how many rows are shown, and read at most, are logged in
                   identities/lookups.ndjson before a row is shown. No EXPLAIN
                   then. Of protected persons only the keys are there

  koblet sql "select category, count(*) from carl2_permits group by all" \
      --store koblet-demo/store --format csv

Keys are unsigned numbers of 64 bits; format('{:016x}', permit_key) writes one
as koblet run --drill does.
`,
	most: 1,
	declare: func(flags *pflag.FlagSet) action {
		var asOf day
		folder := storeFlag(flags)
		flags.Var(&asOf, "as-of", "")
		format := oneOf(flags, "format", "text", "csv", "json", "xlsx", "html")
		language := oneOf(flags, "lang", "da", "en")
		out := flags.String("out", "", "")
		timeout, rows := timeoutFlag(flags), rowsFlag(flags)
		why := purposeFlag(flags)
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			if len(operands) == 0 && *out != "" {
				return terminal.Cure("koblet sql --help", "sql: --out is for a statement, and none is given")
			}
			if err := agree(format, *out); err != nil {
				return fmt.Errorf("sql: %w", err)
			}
			to, err := places.Of(t, *out, places.Apart{Store: folder(t)})
			if err != nil {
				return fmt.Errorf("sql: %w", err)
			}
			w := work{Format: format.word, Language: language.word, Request: fence.Request{
				Purpose: string(*why), Limits: fence.Limits{Rows: rows.n, Time: *timeout},
			}}
			if err := w.there(ctx, folder(t), asOf.Time); err != nil {
				return fmt.Errorf("sql: %w", err)
			}
			if len(operands) == 0 {
				return prompt.Converse(ctx, t, w.prompted(t))
			}
			w.Statement = operands[0]
			return within("sql", to.Fill(ctx, t, places.OfOwner, func(into io.Writer) error { return enclosed(ctx, t, w, into) }))
		}
	},
}

// timeoutFlag declares --timeout.
func timeoutFlag(flags *pflag.FlagSet) *time.Duration {
	limit := 30 * time.Second
	flags.Var((*span)(&limit), "timeout", "")
	return &limit
}

// rowsFlag declares --max-rows.
func rowsFlag(flags *pflag.FlagSet) *count {
	return countFlag(flags, "max-rows", count{n: 10000, low: 1, high: 1e8})
}

// span is how long something may take.
type span time.Duration

func (s *span) Set(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return errors.New("not a span of time, written 30s, 5m or 1h")
	}
	*s = span(d)
	return nil
}

func (s *span) String() string { return time.Duration(*s).String() }
func (s *span) Type() string   { return "SPAN" }

// there fills in which snapshot is meant, and says early, by the name the user gave, that a store or a snapshot is not there.
func (w *work) there(ctx context.Context, dir string, asOf time.Time) error {
	shelf, err := openShelf(dir, asOf)
	if err != nil {
		return err
	}
	defer shelf.Close()
	snapshot, err := take(ctx, shelf)
	if err != nil {
		return err
	}
	return w.at(dir, snapshot)
}

// prompted is how the statements of a prompt are answered: each within a fence of its own.
func (w work) prompted(t terminal.Terminal) prompt.Answers {
	return prompt.Answers{
		Answer: func(ctx context.Context, statement string, out io.Writer) error {
			one := w
			one.Statement = statement
			return enclosed(ctx, t, one, out)
		},
		Names: func(ctx context.Context, out io.Writer) error {
			list := w
			list.Statement, list.Format, list.Purpose, list.Rows = queries.Script("fence/names"), "csv", "", 1e6
			return enclosed(ctx, t, list, out)
		},
		Forget: w.Purpose != "",
	}
}

// within puts the command before an error.
func within(command string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", command, err)
}
