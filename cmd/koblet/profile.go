package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/cmd/answers"
	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/queries"
	"koblet/reports"
	"koblet/store"
)

var profileCommand = command{
	name: "profile",
	does: "what the columns of a table hold, counted",
	help: `koblet profile TABLE [--store DIR] [--as-of DAY] [--format FORMAT]
               [--lang da|en] [--out FILE]

Describes every column of a table of the snapshot (carl2_permits,
carl2_persons, cpr_persons and the derived ones): type, rows, empty, distinct,
least and greatest, the five most common values and, of text, the five most
common patterns: 9 for a digit, A for a capital, a for another letter. Every
quantity is counted, none estimated. Of a sensitive column only patterns are
shown. It is for internal use: small counts are not hidden.

  --store DIR      folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --as-of DAY      the snapshot of that day; the newest unless given
  --format FORMAT  text, xlsx or html for people, csv or json for programs;
                   unless given as the name of --out says, else text
  --lang da|en     the language of what is around the table; Danish unless given
  --out FILE       write there and not to standard output

  koblet profile carl2_permits --store koblet-demo/store
`,
	operands: []string{"TABLE"},
	lists:    "koblet sql \"show tables\" lists them",
	declare: func(flags *pflag.FlagSet) action {
		var asOf values.Day
		folder := values.Store(flags)
		flags.Var(&asOf, "as-of", "")
		format := values.OneOf(flags, "format", "text", "csv", "json", "xlsx", "html")
		language := values.OneOf(flags, "lang", "da", "en")
		out := flags.String("out", "", "")
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			if err := values.Agree(format, *out); err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			to, err := places.Of(t, *out, places.Apart{Store: folder(t)})
			if err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			shelf, err := answers.OpenShelf(folder(t), asOf.Time)
			if err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			defer shelf.Close()
			snapshot, err := answers.Take(ctx, shelf)
			if err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			bar := terminal.Watch(t, operands[0])
			columns, err := snapshot.Profile(ctx, operands[0])
			bar.End()
			if err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			r := profiled(operands[0], columns)
			r.AsOf, r.Snapshot = snapshot.AsOf, snapshot.Hash
			c := reports.Commission{Language: language.Word, Edition: answers.Internal, Provenance: answers.Provenance(snapshot, program())}
			return within("profile", to.Fill(ctx, t, places.OfEverybody, func(w io.Writer) error {
				if format.Word == "csv" || format.Word == "json" {
					return answers.Answer(w, format.Word, r, c)
				}
				report, err := reports.Free(r, c)
				if err != nil {
					return err
				}
				return answers.Draw(w, format.Word, report)
			}))
		}
	},
}

// profiled is a profile as a result: one row a column of the table.
func profiled(table string, columns []store.ColumnProfile) analysis.Result {
	r := analysis.Result{Question: queries.Question{Name: "profile", Ask: queries.Words{Da: table, En: table}}}
	for _, name := range []string{"column", "type", "rows", "empty", "distinct", "least", "greatest", "common", "patterns"} {
		r.Columns = append(r.Columns, queries.Column{Name: name, Label: queries.Words{Da: name, En: name}})
	}
	r.Question.Columns = r.Columns
	for _, c := range columns {
		r.Rows = append(r.Rows, []any{c.Column, c.Type, c.Rows, c.Missing, c.Distinct, c.Least, c.Greatest, listedOf(c.Common), listedOf(c.Patterns)})
	}
	return r
}

// listedOf writes values with their rows: family 825, work 1523.
func listedOf(all []store.Frequent) any {
	if len(all) == 0 {
		return nil
	}
	parts := make([]string, len(all))
	for i, f := range all {
		parts[i] = fmt.Sprintf("%s %d", f.Value, f.Rows)
	}
	return strings.Join(parts, ", ")
}
