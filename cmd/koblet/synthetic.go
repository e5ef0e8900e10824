package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/registers/synthetic"
)

var syntheticCommand = command{
	name: "synthetic",
	does: "invent registers whose truth is known, to try things on",
	help: `koblet synthetic --out DIR [--permits N] [--seed N] [--as-of DAY]...
                 [--months M] [--danes N]

Invents the two registers: a folder for each as-of day with carl2_persons.csv,
carl2_permits.csv and cpr_persons.csv, and beside them truth.csv (which number
belongs to which person-id), truth.json (what was planted) and profile.toml, to
load them with: nobody in them exists, since the CPR-numbers leave remainder 1
and cannot have been issued. The same seed gives the same files.

  --out DIR      the folder to write to
  --permits N    permits decided from 1997 to the last day; 20000 unless given
  --seed N       another seed, other people; 1 unless given
  --as-of DAY    a day to deliver, once for each; 2016-12-31 unless given;
                 an earlier day shows the same people earlier
  --months M     the M month-ends up to the last day as well
  --danes N      Danish residents in CPR beside foreigners; none unless given

  koblet synthetic --out invented --permits 5000 --as-of 2014-12-31
`,
	declare: func(flags *pflag.FlagSet) action {
		out := flags.String("out", "", "")
		permits := values.CountOf(flags, "permits", values.Count{N: 20000, Low: 1, High: 1e8})
		seed := values.CountOf(flags, "seed", values.Count{N: 1, Low: 0, High: 1<<63 - 1})
		danes := values.CountOf(flags, "danes", values.Count{N: 0, Low: 0, High: 1e8})
		months := values.CountOf(flags, "months", values.Count{N: 0, Low: 1, High: 240})
		var asOf values.Days
		flags.Var(&asOf, "as-of", "")
		return func(ctx context.Context, t terminal.Terminal, _ []string) error {
			if *out == "" {
				return errors.New("synthetic: --out is missing")
			}
			if err := places.Folder(*out, ""); err != nil {
				return fmt.Errorf("synthetic: %w", err)
			}
			made, err := invent(ctx, t, synthetic.Options{
				Out: *out, Permits: permits.N, Seed: uint64(seed.N), AsOf: asOf, Months: int(months.N), Danes: danes.N,
			})
			if err != nil {
				return err
			}
			var paths []string
			for _, f := range made.Folders {
				paths = append(paths, f.Dir)
			}
			_, err = fmt.Fprintln(t.Out, strings.Join(append(paths, made.Beside...), "\n"))
			return err
		}
	},
}

// invent writes invented registers and follows it on the screen.
func invent(ctx context.Context, t terminal.Terminal, o synthetic.Options) (synthetic.Summary, error) {
	bar := terminal.Watch(t, "synthetic")
	defer bar.End()
	o.Progress = func(done, total int64) { bar.At("synthetic", done, total) }
	made, err := synthetic.Write(ctx, o)
	if errors.Is(err, synthetic.ErrNotEmpty) {
		return made, terminal.Cure("name another folder with --out", "%w", err)
	}
	return made, err
}
