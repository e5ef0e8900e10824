package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/analysis/judge"
	"koblet/cmd/answers"
	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/registers"
	"koblet/registers/characters"
	"koblet/reports"
	"koblet/store"
)

var compareCommand = command{
	name: "compare",
	does: "hold two studies, two periods, or the snapshots of several days, against each other",
	help: `koblet compare [STUDY STUDY | QUESTION] [--as-of DAY]... [--from PERIOD]...
               [--to PERIOD]... [--category NAME]... [--param NAME=VALUE]...
               [--max-lost N] [--store DIR] [--lang da|en]
               [--format FORMAT] [--out FILE]

Two studies: as published, as measured, at equal age and with one mix of
categories, and the difference taken apart. Each is measured on the snapshot of
its own day. STUDY is study-2011, study-2014 or a TOML file of your own.

A question and two periods, --from and --to given twice: the question's rate in
the first less that in the second, by group where it has groups, with Newcombe's
interval. On the snapshot of --as-of, the newest unless given.

Two days or more: which permits got a number coupled, lost it, came, vanished
or changed from the first day to the last, and the rate of the same cohorts on
each. What it prints is for internal use: small counts are not hidden.

  --as-of DAY         a snapshot; give it twice or more, and no study
  --from PERIOD       decided no earlier than 2013, 2013-05 ...
  --to PERIOD         decided no later; both ends are included
  --param NAME=VALUE  with a question: a parameter of it
  --category NAME     not for studies: asylum, family, work, study, eu, other,
                      brexit, ukraine or unknown; all unless given
  --max-lost N        with --as-of: a lost link is an alarm, exit code 1, where
                      more than N permits lost theirs; 0 unless given
  --store DIR         folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --lang da|en        the language for people; Danish unless given
  --format FORMAT     text or html for people, csv or json for programs
  --out FILE          write there, as its name says, and not to standard output

A study of your own needs name, as_of (a day), title (da and en) and, where its
measure counts permits, from and to; it may have categories, population (all or
expected), measure, short, published (value and words), source and remark. The
measure is unlinked, unverified or a question that counts pass, fail and
unknown, with parameters under [params], and under [row] its rows that count.

  koblet compare study-2011 study-2014 --store koblet-demo/store
  koblet compare unlinked_by_category --from 2009 --to 2010 \
      --from 2013 --to 2014 --param once_per_person=true \
      --store koblet-demo/store
`,
	most: 2,
	declare: func(flags *pflag.FlagSet) action {
		var o comparing
		flags.Var(&o.days, "as-of", "")
		flags.Var(&o.from, "from", "")
		flags.Var(&o.to, "to", "")
		o.categories.From = analysis.Categories
		flags.Var(&o.categories, "category", "")
		flags.Var(&o.params, "param", "")
		o.maxLost = values.CountOf(flags, "max-lost", values.Count{N: 0, Low: 0, High: 1e9})
		o.limited = func() bool { return flags.Changed("max-lost") }
		folder := values.Store(flags)
		language := values.OneOf(flags, "lang", "da", "en")
		format := values.OneOf(flags, "format", "text", "csv", "json", "html")
		out := flags.String("out", "", "")
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			if err := cmp.Or(o.check(operands), within("compare", values.Agree(format, *out))); err != nil {
				return err
			}
			to, err := places.Of(t, *out, places.Apart{Store: folder(t), Files: operands})
			if err != nil {
				return fmt.Errorf("compare: %w", err)
			}
			result, from, err := o.compare(ctx, t, folder(t), operands)
			if err != nil {
				return fmt.Errorf("compare: %w", err)
			}
			c := reports.Commission{Language: language.Word, Edition: answers.Internal, Provenance: from}
			write := func(w io.Writer) error { return compared(w, format.Word, result, c) }
			if err := to.Fill(ctx, t, places.OfEverybody, write); err != nil {
				return fmt.Errorf("compare: %w", err)
			}
			if format.Word == "csv" && !result.NotApplicable.Empty() {
				fmt.Fprintf(t.Err, "koblet: compare: not applicable: %s\n", reports.LocaleOf("en").Note(result.NotApplicable))
			}
			if len(operands) > 0 {
				return nil // of studies and periods no link is lost
			}
			return within("compare", broke(judge.Lost(result, o.maxLost.N)))
		}
	},
}

// comparing is a comparison as ordered on the command line.
type comparing struct {
	days       values.Days
	from, to   values.Periods
	categories values.Choices
	params     values.Params
	maxLost    *values.Count
	limited    func() bool // whether the limit stands on the line
}

// check refuses a line that names neither two studies nor two days, or asks of studies what only days can be asked.
func (o comparing) check(operands []string) error {
	restricted := len(o.from) > 0 || len(o.to) > 0 || len(o.categories.Words) > 0 || o.limited()
	if len(operands) == 1 && (len(o.from) > 0 || len(o.to) > 0) {
		return o.checkPeriods()
	}
	switch {
	case len(o.params) > 0:
		return terminal.Cure("koblet compare --help", "compare: --param is for a question and two periods")
	case len(operands) > 0 && len(o.days) > 0:
		return terminal.Cure("koblet compare --help", "compare: two studies or several --as-of, not both")
	case len(operands) > 0 && restricted:
		return terminal.Cure("a study has its own; change them in a TOML file", "compare: --from, --to, --category and --max-lost are for --as-of, not for studies")
	case len(operands) == 1:
		return terminal.Cure("koblet compare --help", "compare: a second study is missing, or --from and --to of two periods")
	case len(o.from) > 1 || len(o.to) > 1:
		return terminal.Cure("koblet compare --help", "compare: two periods are compared by a question, and none is named")
	case len(operands) == 0 && len(o.days) < 2:
		return terminal.Cure("koblet compare study-2011 study-2014, or --as-of DAY --as-of DAY", "compare: two studies or two days are missing")
	}
	return nil
}

// checkPeriods refuses what is no question asked of two periods.
func (o comparing) checkPeriods() error {
	switch {
	case len(o.from) != 2 || len(o.to) != 2:
		return terminal.Cure("--from 2009 --to 2010 --from 2013 --to 2014", "compare: two periods need --from and --to twice each")
	case len(o.days) > 1:
		return terminal.Cure("koblet compare --help", "compare: two periods are compared on one day")
	case o.limited():
		return terminal.Cure("koblet compare --help", "compare: --max-lost is for --as-of given twice")
	}
	return nil
}

// periods compares a question's answers of two periods, and says on which snapshot.
func (o comparing) periods(ctx context.Context, shelf *analysis.Shelf, name string) (r analysis.Result, from reports.Provenance, err error) {
	q, err := named(name)
	if err != nil {
		return r, from, err
	}
	var asOf time.Time
	if len(o.days) > 0 {
		asOf = o.days[0]
	}
	snapshot, err := shelf.Take(ctx, asOf)
	if err != nil {
		return r, from, err
	}
	var scopes [2]analysis.Scope
	for i := range scopes {
		scopes[i] = analysis.Scope{From: o.from[i].Period, To: o.to[i].Period, Categories: o.categories.Words, Params: o.params}
	}
	r, err = analysis.ComparePeriods(ctx, snapshot, q, scopes)
	return r, answers.Provenance(snapshot, program()), err
}

// compare holds against each other what the line names; only periods stand on one snapshot, which is then told.
func (o comparing) compare(ctx context.Context, t terminal.Terminal, dir string, operands []string) (r analysis.Result, from reports.Provenance, err error) {
	var studies [2]analysis.Study
	if len(operands) == 2 {
		for i, name := range operands {
			if studies[i], err = study(name); err != nil {
				return r, from, err
			}
		}
	}
	shelf, err := answers.OpenShelf(dir, time.Time{})
	if err != nil {
		return r, from, err
	}
	defer shelf.Close()
	bar := terminal.Watch(t, "compare")
	defer bar.End()
	switch len(operands) {
	case 1:
		return o.periods(ctx, shelf, operands[0])
	case 2:
		r, err = analysis.CompareStudies(ctx, shelf, studies)
		return r, from, misplaced(err, operands, studies)
	}
	slices.SortFunc(o.days, time.Time.Compare)
	scope := analysis.Scope{From: o.from.Only(), To: o.to.Only(), Categories: o.categories.Words}
	r, err = analysis.CompareSnapshots(ctx, shelf, o.days, scope)
	if errors.Is(err, store.ErrNoSnapshot) {
		err = terminal.Cure("koblet snapshots lists what is loaded", "%w", err)
	}
	return r, from, err
}

// misplaced names the file of a study in which a snapshot has found something wrong.
func misplaced(err error, operands []string, studies [2]analysis.Study) error {
	if wrong, ok := errors.AsType[analysis.StudyError](err); ok {
		for i, s := range studies {
			if s.Name == wrong.Study {
				return ofStudy(operands[i], wrong)
			}
		}
	}
	return err
}

// ofStudy is an error of a study's file, with its cure.
func ofStudy(file string, err error) error {
	cure := "koblet compare --help"
	if wrong, ok := errors.AsType[analysis.StudyError](err); ok && wrong.Cure != "" {
		cure = wrong.Cure
	}
	return terminal.Cure(cure, "%s: %w", file, err)
}

// study finds a study by its name, or reads it from a file.
func study(name string) (analysis.Study, error) {
	if strings.HasSuffix(name, ".toml") {
		text, err := places.Given(name)
		if err != nil {
			return analysis.Study{}, err
		}
		s, err := analysis.ReadStudy(characters.Unmarked(text))
		if err != nil {
			return s, ofStudy(name, err)
		}
		return s, nil
	}
	all, err := analysis.Studies()
	if err != nil {
		return analysis.Study{}, err
	}
	var names []string
	for _, s := range all {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return analysis.Study{}, terminal.Cure(registers.Meant(name, names, "a study of your own is a file that ends in .toml"),
		"no study %s; there are %s", terminal.Quoted(name), strings.Join(names, ", "))
}

// compared prints a comparison in one of its formats: of one question, with its groups, as that question is.
func compared(w io.Writer, format string, result analysis.Result, c reports.Commission) error {
	if result.Question.Computed == "periods" {
		return answers.Answer(w, format, result, c)
	}
	return answers.LaidOut(w, format, result, func() (reports.Report, error) { return reports.Comparison(result, c) })
}
