package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/cmd/answers"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/queries"
	"koblet/reports"
)

var figureCommand = command{
	name: "figure",
	does: "find where a published figure comes from",
	help: `koblet figure CODE [--store DIR] [--report FILE.toml]... [--lang da|en]

Finds what a figure code in a table's source line stands for, and prints the
question, what it was asked for, the snapshot with its files, the SQL, and the
rows. What it prints is for internal use: small counts are not hidden, as they
may be where the code was read. It looks through all questions, as they stand
and under each choice, and what the reports ask, on each day's newest snapshot.

  --store DIR    the folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --report FILE  what a report of your own (.toml) asks is looked through, too
  --lang da|en   Danish unless given

  koblet figure 0f1e2d3c4b5a --store koblet-demo/store
`,
	operands: []string{"CODE"},
	lists:    "the code stands at the end of a table's source line",
	declare: func(flags *pflag.FlagSet) action {
		folder := values.Store(flags)
		own := flags.StringArray("report", nil, "")
		language := values.OneOf(flags, "lang", "da", "en")
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			f := figure{code: strings.ToLower(operands[0]), dir: folder(t)}
			if !figureCode.MatchString(f.code) {
				return errors.New("figure: CODE: want 12 hexadecimal digits, such as 0f1e2d3c4b5a")
			}
			for _, name := range append(reports.Names(), *own...) {
				d, err := definitionOf(name)
				if err != nil {
					return fmt.Errorf("figure: --report: %w", err)
				}
				asks, err := d.Asks()
				if err != nil {
					return fmt.Errorf("figure: --report: %w", err)
				}
				f.asks = append(f.asks, asks...)
			}
			if err := f.print(ctx, t, language.Word); err != nil {
				return fmt.Errorf("figure: %w", err)
			}
			return nil
		}
	},
}

var figureCode = regexp.MustCompile(`^[0-9a-f]{12}$`)

// figure is a code that is looked for, and what reports ask.
type figure struct {
	code string
	dir  string
	asks []analysis.Ask
}

// candidates are what the code may stand for: each question as it stands and under each choice, and what reports ask.
func (f figure) candidates() []analysis.Ask {
	all := f.asks
	for _, q := range queries.All() {
		all = append(all, analysis.Ask{Question: q.Name})
		for _, p := range q.Params {
			if p.Type == "BOOLEAN" {
				all = append(all, analysis.Ask{Question: q.Name, Scope: analysis.Scope{Params: map[string]string{p.Name: "true"}}})
			}
		}
	}
	return all
}

// print finds the figure on one of the snapshots, asks it again, and prints it with where it comes from.
func (f figure) print(ctx context.Context, t terminal.Terminal, language string) error {
	opened, err := answers.OpenStore(f.dir)
	if err != nil {
		return err
	}
	entries, err := opened.Snapshots()
	if err != nil {
		return err
	}
	for _, e := range entries {
		found, err := f.on(ctx, t, e.AsOf, language)
		if found || err != nil {
			return err
		}
	}
	return terminal.Cure("--report FILE.toml looks through a report of your own; koblet snapshots lists what is loaded",
		"no figure of that code on the newest snapshots of %d days: it may stand on a snapshot that was loaded again or removed, or be asked by a report of somebody's own", len(entries))
}

// on looks at the snapshot of a day.
func (f figure) on(ctx context.Context, t terminal.Terminal, day time.Time, language string) (bool, error) {
	shelf, err := answers.OpenShelf(f.dir, day)
	if err != nil {
		return false, err
	}
	defer shelf.Close()
	snapshot, err := answers.Take(ctx, shelf)
	if err != nil {
		return false, err
	}
	for _, a := range f.candidates() {
		q, err := queries.Find(a.Question)
		if err != nil {
			continue // a comparison, which has no code
		}
		arguments, err := a.Scope.Bind(q)
		if err != nil {
			return false, err
		}
		if analysis.Code(q.Name, arguments, snapshot.Hash) != f.code {
			continue
		}
		a.AsOf = snapshot.AsOf
		result, err := analysis.Run(ctx, snapshot, q, a.Scope)
		if err != nil {
			return true, err
		}
		from := answers.Provenance(snapshot, program())
		var head strings.Builder
		fmt.Fprintf(&head, "%s\n\nsnapshot of %s, SHA-256 %s\n", a.Command(), snapshot.AsOf.Format(time.DateOnly), snapshot.Hash)
		for _, file := range from.Files {
			fmt.Fprintf(&head, "%s: %d rows of %s, SHA-256 %s\n", file.Table, file.Loaded, filepath.Base(file.Name), file.SHA256)
		}
		fmt.Fprintf(&head, "\n%s\n", q.Explain(byName(arguments)))
		if _, err := io.WriteString(t.Out, head.String()); err != nil {
			return true, err
		}
		return true, answers.Answer(t.Out, "text", result, reports.Commission{Language: language, Edition: answers.Internal, Provenance: from})
	}
	return false, nil
}
