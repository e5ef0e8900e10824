package main

import (
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
	"koblet/queries"
	"koblet/registers/characters"
	"koblet/reports"
	"koblet/store"
	"koblet/store/fence"
)

var runCommand = command{
	name: "run",
	does: "ask one question of a snapshot",
	help: `koblet run QUESTION [--store DIR] [--as-of DAY] [--from PERIOD]
           [--to PERIOD] [--category NAME]... [--param NAME=VALUE]...
           [--lang da|en] [--format FORMAT] [--out FILE] [--explain]
           [--timeout 30s] [--drill KEY=VALUE,...] [--max-rows N]
           [--purpose TEXT]

Answers a question of the catalogue (koblet questions), or one of your own: a
.sql file with the same header, - for standard input, run within the fence of
koblet sql. What it prints is for internal use: small counts are not hidden.

  --store DIR         folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --as-of DAY         the snapshot of that day; the newest unless given
  --from PERIOD       decided no earlier: 2013, 2013-05 or 2013-05-17
  --to PERIOD         decided no later; both ends are included
  --category NAME     asylum, family, work, study, eu, other, brexit, ukraine or
                      unknown; give it again for several; all unless given
  --param NAME=VALUE  a parameter of the question, such as expected=true,
                      first_only=true or once_per_person=true; koblet questions
                      NAME names them
  --lang da|en        the language for people; Danish unless given
  --format FORMAT     text, xlsx or html for people, csv or json for programs;
                      unless given as the name of --out says, else text
  --out FILE          write there and not to standard output; xlsx needs it
  --explain           print the SQL, for a DuckDB shell, and ask nothing
  --timeout 30s       how long a question of your own may run
  --drill KEY=VALUE   list the permits behind a cell of the answer, by key: such
                      as year=2013,verdict=fail; an empty key is year=, a value
                      with a comma is quoted: 'legal_basis="§ 9 c, stk. 1"'
  --max-rows N        how many are listed; 10000 unless given
  --purpose TEXT      with --drill: the people too, as koblet sql --help says

  koblet run unlinked_by_year --store koblet-demo/store --from 1997 --to 2010 \
      --category asylum --category family
`,
	operands: []string{"QUESTION"},
	lists:    "koblet questions lists what can be asked",
	declare: func(flags *pflag.FlagSet) action {
		var (
			asOf     values.Day
			from, to values.Period
			given    values.Params
		)
		folder := values.Store(flags)
		flags.Var(&asOf, "as-of", "")
		flags.Var(&from, "from", "")
		flags.Var(&to, "to", "")
		named := values.Choices{From: analysis.Categories}
		flags.Var(&named, "category", "")
		flags.Var(&given, "param", "")
		language := values.OneOf(flags, "lang", "da", "en")
		format := values.OneOf(flags, "format", "text", "csv", "json", "xlsx", "html")
		out := flags.String("out", "", "")
		explain := flags.Bool("explain", false, "")
		timeout := values.Timeout(flags)
		drill := answers.DrillFlags(flags)
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			if !*explain {
				if err := values.Agree(format, *out); err != nil {
					return fmt.Errorf("run: %w", err)
				}
			}
			q, err := question(t, operands[0])
			if err != nil {
				return err
			}
			r := running{dir: folder(t), asOf: asOf.Time, format: format.Word, language: language.Word, timeout: *timeout, drill: drill}
			scope := analysis.Scope{From: from.Period, To: to.Period, Categories: named.Words, Params: given}
			if r.Asking, err = drill.Into(answers.Asking{Question: q, Scope: scope}, ownQuestion(operands[0])); err != nil {
				return fmt.Errorf("run: %w", err)
			}
			if _, err := r.Scope.Bind(r.Question); err != nil {
				return fmt.Errorf("run: %w", err)
			}
			if r.to, err = places.Of(t, *out, places.Apart{Store: r.dir, Files: ownFiles(operands[0])}); err != nil {
				return fmt.Errorf("run: %w", err)
			}
			if drill.Asked() {
				at, err := drill.Locate(ctx, r.dir, r.asOf)
				nothing := errors.Is(err, store.ErrNoStore) || errors.Is(err, store.ErrNoSnapshot)
				if err != nil && (!*explain || !nothing) {
					return fmt.Errorf("run: %w", err)
				}
				r.Scope.Cell = at
			}
			switch {
			case *explain:
				err = r.explain(ctx, t)
			case ownQuestion(operands[0]) && !drill.Asked() || *drill.Purpose != "":
				err = r.enclosed(ctx, t, operands[0])
			default:
				err = r.answer(ctx, t)
			}
			return within("run", err)
		}
	},
}

// running is a question as it is asked on the command line, or the list behind a cell of its answer.
type running struct {
	answers.Asking
	dir      string
	asOf     time.Time
	format   string
	language string
	timeout  time.Duration
	drill    *answers.Drilling
	to       places.Place
}

// explain prints the SQL, for a DuckDB shell.
func (r running) explain(ctx context.Context, t terminal.Terminal) error {
	arguments, err := r.Scope.Bind(r.Question)
	if err != nil {
		return err
	}
	return r.to.Fill(ctx, t, places.OfEverybody, func(w io.Writer) error {
		if r.to.Path == "" {
			w = t.Out // a screen obeys no file of somebody's
		}
		_, err := io.WriteString(w, standsOn(ctx, r.dir, r.asOf)+strings.ReplaceAll(r.Question.Explain(byName(arguments)), "\r\n", "\n"))
		return err
	})
}

// enclosed asks within the fence: a question of the user's own, or for the people behind a cell.
func (r running) enclosed(ctx context.Context, t terminal.Terminal, operand string) error {
	w := answers.Work{Format: r.format, Language: r.language, Request: fence.Request{
		Name: r.Question.Name, Question: r.Question.SQL, Asked: operand, Cell: answers.Typed(r.Scope.Cell), Purpose: string(*r.drill.Purpose),
		Limits: fence.Limits{Rows: r.drill.Rows.N, Time: r.timeout},
	}}
	shelf, err := answers.OpenShelf(r.dir, r.asOf)
	if err != nil {
		return err
	}
	defer shelf.Close()
	snapshot, err := answers.Take(ctx, shelf)
	if err != nil {
		return err
	}
	if err := w.At(r.dir, snapshot, program()); err != nil {
		return err
	}
	return r.to.Fill(ctx, t, places.OfOwner, func(into io.Writer) error {
		a := &answers.Through{Work: w, Question: r.Question}
		result, err := a.Ask(ctx, snapshot, r.Scope)
		if err != nil {
			return w.Told(err)
		}
		if w.Purpose != "" {
			answers.TellCut(t, w.Format, result)
		}
		return answers.Answer(into, w.Format, result, reports.Commission{Language: w.Language, Edition: answers.Internal, Provenance: w.From})
	})
}

// answer asks the snapshot and prints what it says.
func (r running) answer(ctx context.Context, t terminal.Terminal) error {
	bar := terminal.Watch(t, r.Question.Name)
	result, provenance, err := r.Answer(ctx, r.dir, r.asOf, program())
	bar.End()
	if err != nil {
		return err
	}
	if r.drill.Asked() {
		result = answers.Capped(result, r.drill.Rows.N)
		answers.TellCut(t, r.format, result)
	}
	tellNothing(t, r.format, result)
	c := reports.Commission{Language: r.language, Edition: answers.Internal, Provenance: provenance}
	return r.to.Fill(ctx, t, answers.ModeOf(result), func(w io.Writer) error { return answers.Answer(w, r.format, result, c) })
}

// standsOn names the program and the snapshot that an explained question would be asked of, as a comment of SQL; where there is
// no snapshot, that.
func standsOn(ctx context.Context, dir string, asOf time.Time) string {
	shelf, err := answers.OpenShelf(dir, asOf)
	if err != nil {
		return fmt.Sprintf("-- %s, no snapshot\n", program())
	}
	defer shelf.Close()
	snapshot, err := answers.Take(ctx, shelf)
	if err != nil {
		return fmt.Sprintf("-- %s, no snapshot\n", program())
	}
	return fmt.Sprintf("-- %s, snapshot of %s, SHA-256 %s\n", program(), snapshot.AsOf.Format(time.DateOnly), snapshot.Hash)
}

// tellNothing says why there is no answer where the format has no place for it, and what can be asked where link dates are missing.
func tellNothing(t terminal.Terminal, format string, r analysis.Result) {
	if r.NotApplicable.Empty() || format == "json" {
		return
	}
	if format == "csv" {
		fmt.Fprintf(t.Err, "koblet: run: %s: not applicable: %s\n", r.Question.Name, reports.LocaleOf("en").Note(r.NotApplicable))
	}
	if r.Lacks(queries.Need{Table: "carl2_persons", Column: "cpr_linked_on"}) {
		fmt.Fprint(t.Err, "koblet: hint: koblet compare --as-of DAY --as-of DAY gives the raw rate of the same cohorts at several snapshots;"+
			" with one snapshot, koblet run unlinked_by_permit_age gives a rate by age\n")
	}
}

// byName gives the arguments by name.
func byName(arguments []analysis.Argument) map[string]any {
	all := make(map[string]any, len(arguments))
	for _, a := range arguments {
		all[a.Name] = a.Value
	}
	return all
}

// question finds a question, or the one that was meant, or reads one of the user's own.
func question(t terminal.Terminal, name string) (queries.Question, error) {
	if ownQuestion(name) {
		return readQuestion(t, name)
	}
	q, err := named(name)
	return q, within("run", err)
}

// ownQuestion reports whether an operand of run is a question of the user's own: a .sql file, or "-" for standard input.
func ownQuestion(operand string) bool { return operand == "-" || strings.HasSuffix(operand, ".sql") }

// ownFiles are the files that a question is read from: none where it is of the catalogue, or comes from standard input.
func ownFiles(operand string) []string {
	if operand == "-" || !ownQuestion(operand) {
		return nil
	}
	return []string{operand}
}

// readQuestion reads a question of the user's own, by the header contract that the catalogue keeps.
func readQuestion(t terminal.Terminal, path string) (queries.Question, error) {
	if path == "-" {
		text, err := io.ReadAll(io.LimitReader(t.In, places.MostGiven+1))
		if err == nil && len(text) > places.MostGiven {
			err = places.ErrTooLarge
		}
		if err != nil {
			return queries.Question{}, fmt.Errorf("run: standard input: %w", err)
		}
		return parseQuestion("stdin", text)
	}
	text, err := places.Given(path)
	if err != nil {
		return queries.Question{}, fmt.Errorf("run: %w", err)
	}
	return parseQuestion(strings.TrimSuffix(filepath.Base(path), ".sql"), text)
}

func parseQuestion(name string, text []byte) (queries.Question, error) {
	q, err := queries.Parse(name, string(characters.Unmarked(text)))
	if err != nil {
		return q, terminal.Cure("koblet questions --format json shows what a header says; the files of queries/ are examples", "run: %w", err)
	}
	return q, nil
}
