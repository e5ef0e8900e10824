package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/cmd/answers"
	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/reports"
)

// public is the edition that is sent out, in which small counts are hidden.
const public = "public"

var reportCommand = command{
	name: "report",
	does: "write a report as workbook and page",
	help: `koblet report NAME [--store DIR] [--as-of DAY] --out DIR
              [--edition internal|public] [--lang da|en] [--format xlsx,html]

Writes a report and prints the paths of its files. There is one: annual, with
the permits that have no number by year and category, the published studies done
again, what became of each permit, and where the figures come from.

  --store DIR        the folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --as-of DAY        the snapshot of that day; the newest unless given
  --out DIR          the folder to write to; files of the same name are replaced
  --edition EDITION  internal, for use in the house; public is refused as long
                     as small counts are not hidden
  --lang da|en       Danish unless given
  --format FORMATS   xlsx, html and json, with commas; xlsx,html unless given

  koblet report annual --store koblet-demo/store --as-of 2016-12-31 --out annual
`,
	operands: []string{"NAME"},
	lists:    "koblet report annual",
	declare: func(flags *pflag.FlagSet) action {
		var asOf values.Day
		folder := values.Store(flags)
		flags.Var(&asOf, "as-of", "")
		out := flags.String("out", "", "")
		edition := values.OneOf(flags, "edition", answers.Internal, public)
		language := values.OneOf(flags, "lang", "da", "en")
		formats := values.Choices{Words: []string{"xlsx", "html"}, From: []string{"xlsx", "html", "json"}}
		flags.Var(&formats, "format", "")
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			definition, err := reports.Find(operands[0])
			switch {
			case err != nil:
				return fmt.Errorf("report: %w", err)
			case *out == "":
				return errors.New("report: --out is missing")
			case edition.Word == public:
				return terminal.Cure("--edition internal", "report: %s: small counts are not hidden yet, so there is no public edition", definition.Name)
			}
			if err := places.Folder(*out, folder(t)); err != nil {
				return fmt.Errorf("report: %w", err)
			}
			paths, err := write(ctx, t, ordered{
				definition: definition, store: folder(t), asOf: asOf.Time, out: *out, language: language.Word, formats: formats.Words,
			})
			if err != nil {
				return fmt.Errorf("report: %w", err)
			}
			_, err = fmt.Fprintln(t.Out, strings.Join(paths, "\n"))
			return err
		}
	},
}

// ordered is a report as ordered on the command line.
type ordered struct {
	definition reports.Definition
	store      string
	asOf       time.Time // zero is the newest
	out        string
	language   string
	formats    []string
}

// write builds the report, draws it in every format, and only then writes the files: all of it or nothing.
func write(ctx context.Context, t terminal.Terminal, o ordered) ([]string, error) {
	bar := terminal.Watch(t, "report "+o.definition.Name)
	defer bar.End()
	shelf, err := answers.OpenShelf(o.store, o.asOf)
	if err != nil {
		return nil, err
	}
	defer shelf.Close()
	snapshot, err := answers.Take(ctx, shelf)
	if err != nil {
		return nil, err
	}
	asks, err := o.definition.Asks()
	if err != nil {
		return nil, err
	}
	gathered, err := analysis.Gather(asks, func(a analysis.Ask) (analysis.Result, error) { return shelf.Answer(ctx, a) })
	if err != nil {
		return nil, err
	}
	from := answers.Provenance(snapshot, program())
	for _, other := range shelf.Taken() {
		if !other.AsOf.Equal(snapshot.AsOf) {
			from.Others = append(from.Others, answers.Provenance(other, program()))
		}
	}
	report, err := reports.Build(o.definition, gathered, reports.Commission{Language: o.language, Edition: answers.Internal, Provenance: from})
	if err != nil {
		return nil, err
	}
	drawn := make([]bytes.Buffer, len(o.formats))
	for i, format := range o.formats {
		if err := answers.Draw(&drawn[i], format, report); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return o.keep(ctx, t, snapshot.AsOf, drawn)
}

// keep writes the report of a day, as it is drawn in each format, into the folder.
func (o ordered) keep(ctx context.Context, t terminal.Terminal, asOf time.Time, drawn []bytes.Buffer) (paths []string, err error) {
	undo, err := places.MakeFolder(o.out)
	if err != nil {
		return nil, fmt.Errorf("--out: %s: %w", o.out, terminal.Plainly(err))
	}
	defer func() {
		if err != nil {
			undo()
		}
	}()
	name := fmt.Sprintf("%s-%s-%s-%s.", o.definition.Name, asOf.Format(time.DateOnly), answers.Internal, o.language)
	var files []places.Place
	for _, format := range o.formats {
		to, err := places.Of(t, filepath.Join(o.out, name+format), places.Apart{Store: o.store})
		if err != nil {
			return nil, err
		}
		files, paths = append(files, to), append(paths, to.Typed)
	}
	if err := places.FillAll(ctx, t, files, func(i int, w io.Writer) error { _, err := w.Write(drawn[i].Bytes()); return err }); err != nil {
		return nil, err
	}
	return paths, nil
}
