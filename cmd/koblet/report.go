package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/analysis/protection"
	"koblet/cmd/answers"
	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/reports"
	"koblet/reports/editions"
)

var reportCommand = command{
	name: "report",
	does: "write a report as workbook and page",
	help: `koblet report NAME|FILE.toml [--store DIR] [--as-of DAY] --out DIR
              [--edition internal|public] [--threshold N] [--lang da|en]
              [--format xlsx,html] [--explain]
koblet report answer --question TEXT [--number N] --out DIR ...

Writes a report and prints the paths of its files. annual has the permits that
have no number by year and category, the published studies done again, what
became of each permit, and where the figures come from; audit says which links
cannot be right, which values are wrong and who is registered twice; answer is
the draft of an answer to parliament. A file of your own has sections and
sentences as reports/definitions/annual.toml has.

  --question TEXT    what is answered, word for word; --number N is its number
  --store DIR        the folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --as-of DAY        the snapshot of that day; the newest unless given
  --out DIR          the folder to write to; files of the same name are replaced
  --edition EDITION  internal, for use in the house, unless given; public hides
                     small counts, and others so that none can be worked out
  --threshold N      of a public edition: counts below it are small; 3 to 10,
                     5 unless given
  --lang da|en       Danish unless given
  --explain          print what it asks, and ask nothing
  --format FORMATS   xlsx, html, docx, md and json, with commas; unless given
                     xlsx,html, and of an answer docx,md

  koblet report annual --store koblet-demo/store --as-of 2016-12-31 --out annual
`,
	operands: []string{"NAME"},
	lists:    "koblet report annual",
	declare: func(flags *pflag.FlagSet) action {
		var asOf values.Day
		folder := values.Store(flags)
		flags.Var(&asOf, "as-of", "")
		out := flags.String("out", "", "")
		edition := values.OneOf(flags, "edition", answers.Internal, reports.Public)
		threshold := flags.Int64("threshold", 5, "")
		asked := flags.Bool("explain", false, "")
		language := values.OneOf(flags, "lang", "da", "en")
		question, number := values.AskedOf(flags), values.NumberedOf(flags)
		formats := values.Choices{Words: []string{"xlsx", "html"}, From: []string{"xlsx", "html", "docx", "md", "json"}}
		flags.Var(&formats, "format", "")
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			definition, err := definitionOf(operands[0])
			if edition.Word == reports.Public {
				definition = definition.Public()
			}
			switch {
			case err != nil:
				return fmt.Errorf("report: %w", err)
			case len(definition.Sections) == 0:
				return terminal.Cure("--edition internal", "report: %s: nothing of it is in a public edition", definition.Name)
			case definition.Answers() && *question == "" && !*asked:
				return errors.New("report: --question is missing")
			case !definition.Answers() && (*question != "" || *number != ""):
				return terminal.Cure("koblet report answer", "report: --question and --number: %s answers none", definition.Name)
			case *asked:
				return listAsks(t.Out, definition)
			case *out == "":
				return errors.New("report: --out is missing")
			case *threshold < 3 || *threshold > 10:
				return errors.New("report: --threshold: want a number from 3 to 10")
			case flags.Changed("threshold") && edition.Word != reports.Public:
				return terminal.Cure("--edition public", "report: --threshold: nothing is hidden in an internal edition")
			}
			if err := places.Folder(*out, folder(t)); err != nil {
				return fmt.Errorf("report: %w", err)
			}
			if definition.Answers() && !flags.Changed("format") {
				formats.Words = []string{"docx", "md"}
			}
			definition.Name += number.InName() // the answers to several questions stand side by side
			paths, err := write(ctx, t, ordered{
				asked: reports.Asked{Question: string(*question), Number: string(*number)}, definition: definition, store: folder(t), asOf: asOf.Time, out: *out, language: language.Word, formats: formats.Words,
				edition: edition.Word, threshold: *threshold,
			})
			if err != nil {
				return fmt.Errorf("report: %w", err)
			}
			_, err = fmt.Fprintln(t.Out, strings.Join(paths, "\n"))
			return err
		}
	},
}

// definitionOf finds a report by its name, or reads its definition from a file.
func definitionOf(name string) (reports.Definition, error) {
	if !strings.HasSuffix(name, ".toml") {
		return reports.Find(name)
	}
	text, err := places.Given(name)
	if err != nil {
		return reports.Definition{}, err
	}
	d, err := reports.Parse(strings.TrimSuffix(filepath.Base(name), ".toml"), text)
	if wrong, ok := errors.AsType[reports.DefinitionError](err); ok {
		return d, terminal.Cure(cmp.Or(wrong.Cure, "koblet report --help"), "%s:%d: %s", name, wrong.Line, wrong.What)
	}
	return d, err
}

// listAsks prints what a definition asks, each as the command that asks it alone.
func listAsks(w io.Writer, d reports.Definition) error {
	asks, err := d.Asks()
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, a := range append(asks, d.JointAsks()...) {
		if line := a.Command(); !seen[line] {
			seen[line] = true
			if _, err := fmt.Fprintln(w, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// ordered is a report as ordered on the command line.
type ordered struct {
	asked      reports.Asked
	definition reports.Definition
	store      string
	asOf       time.Time // zero is the newest
	out        string
	language   string
	formats    []string
	edition    string
	threshold  int64 // of a public edition: counts below it are hidden
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
	gathered, hidden, err := o.gather(ctx, shelf, snapshot.AsOf)
	if err != nil {
		return nil, err
	}
	from := answers.Provenance(snapshot, program())
	for _, other := range shelf.Taken() {
		if !other.AsOf.Equal(snapshot.AsOf) {
			from.Others = append(from.Others, answers.Provenance(other, program()))
		}
	}
	report, err := reports.Build(o.definition, gathered, reports.Commission{Language: o.language, Edition: o.edition, Provenance: from, Hidden: hidden, Asked: o.asked})
	if err != nil {
		return nil, err
	}
	o.asOf = snapshot.AsOf
	drawn := make([]bytes.Buffer, len(o.formats))
	for i, format := range o.formats {
		if err := answers.Draw(&drawn[i], format, report); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	paths, err := o.keep(ctx, t, drawn, hidden.Edition)
	if err == nil && o.edition == reports.Public {
		fmt.Fprintf(t.Err, "koblet: report: of %d counts %d are hidden because they are small, %d to cover them; where they stand: %s\n",
			hidden.Counts, hidden.Small, hidden.Covering, cmp.Or(reports.HiddenIn(hidden), "nowhere"))
	}
	return paths, err
}

// gather has everything asked, and hides what may not be published where that is what was ordered.
func (o ordered) gather(ctx context.Context, shelf *analysis.Shelf, day time.Time) (gathered analysis.Answers, hidden protection.Summary, err error) {
	asks, err := o.definition.Asks()
	if err != nil {
		return gathered, hidden, err
	}
	answer := func(a analysis.Ask) (analysis.Result, error) { return shelf.Answer(ctx, a) }
	if gathered, err = analysis.Gather(asks, answer); err != nil || o.edition != reports.Public {
		return gathered, hidden, err
	}
	joint, err := analysis.Gather(o.definition.JointAsks(), answer)
	if err != nil {
		return gathered, hidden, err
	}
	earlier, err := editions.Earlier(o.out)
	if err != nil {
		return gathered, hidden, terminal.Cure("another --out, or the list as it was", "no public edition: %w", err)
	}
	again := slices.IndexFunc(earlier, func(e protection.Edition) bool { return e.Name == o.counts(day) })
	order := protection.Order{AsOf: day, Threshold: o.threshold, Joint: joint, Earlier: slices.DeleteFunc(slices.Clone(earlier), func(e protection.Edition) bool { return e.Name == o.counts(day) })}
	public, hidden, err := protection.Protect(gathered, order)
	if err == nil && again >= 0 && !slices.Equal(earlier[again].Counts, hidden.Edition.Counts) { // the same edition again is the same; another one heeds it
		order.Earlier = earlier
		public, hidden, err = protection.Protect(gathered, order)
	}
	if err != nil {
		return gathered, hidden, terminal.Cure("--edition internal", "no public edition: %w", err)
	}
	return public, hidden, nil
}

// counts is the name of the list of counts of a public edition.
func (o ordered) counts(day time.Time) string {
	return fmt.Sprintf("%s-%s%s", o.definition.Name, day.Format(time.DateOnly), editions.CountsSuffix)
}

// keep writes the report, as it is drawn in each format, into the folder, and of a public edition the list of its counts.
func (o ordered) keep(ctx context.Context, t terminal.Terminal, drawn []bytes.Buffer, edition protection.Edition) (paths []string, err error) {
	undo, err := places.MakeFolder(o.out)
	if err != nil {
		return nil, fmt.Errorf("--out: %s: %w", o.out, terminal.Plainly(err))
	}
	defer func() {
		if err != nil {
			undo()
		}
	}()
	name := fmt.Sprintf("%s-%s-%s-%s.", o.definition.Name, o.asOf.Format(time.DateOnly), o.edition, o.language)
	var named []string
	for _, format := range o.formats {
		named = append(named, name+format)
	}
	if o.edition == reports.Public {
		var list bytes.Buffer
		if err := editions.WriteCounts(&list, edition); err != nil {
			return nil, err
		}
		named, drawn = append(named, o.counts(o.asOf)), append(drawn, list)
	}
	var files []places.Place
	for _, file := range named {
		to, err := places.Of(t, filepath.Join(o.out, file), places.Apart{Store: o.store})
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
