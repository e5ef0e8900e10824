package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"koblet/cmd/answers"
	"koblet/cmd/places"
	"koblet/cmd/prompt"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
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
		var asOf values.Day
		folder := values.Store(flags)
		flags.Var(&asOf, "as-of", "")
		format := values.OneOf(flags, "format", "text", "csv", "json", "xlsx", "html")
		language := values.OneOf(flags, "lang", "da", "en")
		out := flags.String("out", "", "")
		timeout, rows := values.Timeout(flags), values.Rows(flags)
		why := values.PurposeOf(flags)
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			if len(operands) == 0 && *out != "" {
				return terminal.Cure("koblet sql --help", "sql: --out is for a statement, and none is given")
			}
			if err := values.Agree(format, *out); err != nil {
				return fmt.Errorf("sql: %w", err)
			}
			to, err := places.Of(t, *out, places.Apart{Store: folder(t)})
			if err != nil {
				return fmt.Errorf("sql: %w", err)
			}
			w := answers.Work{Format: format.Word, Language: language.Word, Request: fence.Request{
				Purpose: string(*why), Limits: fence.Limits{Rows: rows.N, Time: *timeout},
			}}
			if err := w.There(ctx, folder(t), asOf.Time, program()); err != nil {
				return fmt.Errorf("sql: %w", err)
			}
			if len(operands) == 0 {
				return prompt.Converse(ctx, t, w.Prompted(t))
			}
			w.Statement = operands[0]
			return within("sql", to.Fill(ctx, t, places.OfOwner, func(into io.Writer) error { return answers.Enclosed(ctx, t, w, into) }))
		}
	},
}

// within puts the command before an error.
func within(command string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", command, err)
}
