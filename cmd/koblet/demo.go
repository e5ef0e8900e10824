package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"koblet/registers/profiles"
	"koblet/registers/synthetic"
	"koblet/reports"
	"koblet/store"
)

var demoCommand = command{
	name: "demo",
	does: "see it work: invented registers, three snapshots, the annual report",
	help: `koblet demo [--out DIR] [--permits N] [--lang da|en]

Invents two registers, loads them as they stood on 2011-06-30, 2014-12-31 and
2016-12-31, writes the annual report of the last day as workbook and page, and
prints the paths of what it made. It needs nothing. The people do not exist.

  --out DIR      the folder to write to, koblet-demo unless given; an earlier
                 demo in it is replaced, any other folder is refused
  --permits N    permits decided from 1997 to 2016; 20000 unless given
  --lang da|en   the language of the report; Danish unless given

  koblet demo --permits 5000
`,
	declare: func(flags *pflag.FlagSet) action {
		out := flags.String("out", "koblet-demo", "")
		permits := countFlag(flags, "permits", count{n: 20000, low: 1, high: 1e8})
		language := oneOf(flags, "lang", "da", "en")
		return func(ctx context.Context, t terminal, _ []string) error {
			if err := placedFolder(*out, ""); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
			folder, err := claimFolder(*out)
			if err != nil {
				return err
			}
			paths, err := demonstrate(ctx, t, folder, demonstration{permits.n, language.word})
			if err != nil {
				return errors.Join(err, folder.giveBack())
			}
			if err := folder.keep(); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
			_, err = fmt.Fprintln(t.out, strings.Join(paths, "\n"))
			return err
		}
	},
}

// demonstration is a demo as ordered on the command line.
type demonstration struct {
	permits  int64
	language string
}

// demoDays are the days the two studies were counted on, and the last day of the invented registers.
var demoDays = []time.Time{
	time.Date(2011, 6, 30, 0, 0, 0, 0, time.UTC),
	time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC),
	time.Date(2016, 12, 31, 0, 0, 0, 0, time.UTC),
}

// demonstrate does what a user does with real extracts, in the parts of a claimed folder, and gives the paths it made.
func demonstrate(ctx context.Context, t terminal, folder claim, order demonstration) ([]string, error) {
	annual, err := reports.Find("annual")
	if err != nil {
		return nil, err
	}
	made, err := invent(ctx, t, synthetic.Options{Out: folder.path("registers"), Permits: order.permits, Seed: 1, AsOf: demoDays})
	if err != nil {
		return nil, err
	}
	for _, f := range made.Folders {
		_, err := load(ctx, t, folder.path("store"), store.Loading{
			AsOf:         f.AsOf,
			Carl2Persons: []string{filepath.Join(f.Dir, "carl2_persons.csv")},
			Carl2Permits: []string{filepath.Join(f.Dir, "carl2_permits.csv")},
			CPR:          []string{filepath.Join(f.Dir, "cpr_persons.csv")},
			// What marks a number as invented.
			Profile: profiles.Profile{Numbers: profiles.NumberRules{Remainder: 1}},
		})
		if err != nil {
			return nil, err
		}
	}
	paths, err := write(ctx, t, ordered{
		definition: annual, store: folder.path("store"), asOf: demoDays[len(demoDays)-1],
		out: folder.path("reports"), language: order.language, formats: []string{"xlsx", "html"},
	})
	return append([]string{made.Out, folder.path("store")}, paths...), err
}
