package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"koblet/cmd/answers"
	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
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
		permits := values.CountOf(flags, "permits", values.Count{N: 20000, Low: 1, High: 1e8})
		language := values.OneOf(flags, "lang", "da", "en")
		return func(ctx context.Context, t terminal.Terminal, _ []string) error {
			if err := places.Folder(*out, ""); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
			folder, err := claimFolder(*out)
			if err != nil {
				return err
			}
			paths, err := demonstrate(ctx, t, folder, demonstration{permits.N, language.Word})
			if err != nil {
				return errors.Join(err, folder.giveBack())
			}
			if err := folder.keep(); err != nil {
				return fmt.Errorf("demo: %w", err)
			}
			_, err = fmt.Fprintln(t.Out, strings.Join(paths, "\n"))
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
func demonstrate(ctx context.Context, t terminal.Terminal, folder claim, order demonstration) ([]string, error) {
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
		definition: annual, edition: answers.Internal, store: folder.path("store"), asOf: demoDays[len(demoDays)-1],
		out: folder.path("reports"), language: order.language, formats: []string{"xlsx", "html"},
	})
	return append([]string{made.Out, folder.path("store")}, paths...), err
}

// A demo owns its folder: it holds these parts and nothing else. The mark is how the next demo knows it, previous is
// where the last demo waits until the new one is complete.
const (
	demoMark = "DEMO.txt"
	demoText = `This folder was written by koblet demo. The people in it are invented, and no number in it
can have been issued. The next koblet demo with the same --out replaces the folder whole.
`
	previous = ".previous"
)

var demoParts = []string{"registers", "reports", "store"}

// claim is a folder taken for a demo: at the end either keep or giveBack is called.
type claim struct {
	dir     string
	created bool // the folder was not there before
	first   bool // there was no earlier demo in it
}

// claimFolder takes a folder that is not there, is empty, or holds an earlier demo, which is moved aside. It refuses any other.
func claimFolder(dir string) (claim, error) {
	c := claim{dir: dir}
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.created = true
	case err != nil:
		return c, terminal.Cure("name another folder with --out", "demo: --out: %s: not a folder that can be read", dir)
	case !ofDemo(entries):
		return c, terminal.Cure("name another folder with --out", "demo: --out: %s: holds other files than a demo's, which would be lost", dir)
	}
	c.first = len(entries) == 0
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return c, fmt.Errorf("demo: --out: %s: %w", dir, terminal.Plainly(err))
	}
	// What a killed demo left aside is older than what stands in the folder, complete or not.
	if err := os.RemoveAll(c.path(previous)); err != nil {
		return c, err
	}
	if err := c.move("", previous); err != nil {
		return c, err
	}
	return c, os.WriteFile(c.path(demoMark), []byte(demoText), 0o644)
}

func ofDemo(entries []os.DirEntry) bool {
	marked := len(entries) == 0
	for _, e := range entries {
		switch name := e.Name(); {
		case name == demoMark && e.Type().IsRegular(): // what is written to a link of that name would land elsewhere
			marked = true
		case name != previous && !slices.Contains(demoParts, name):
			return false
		}
	}
	return marked
}

func (c claim) path(names ...string) string {
	return filepath.Join(append([]string{c.dir}, names...)...)
}

// move renames the parts that are there from one place in the folder to another.
func (c claim) move(from, to string) error {
	if err := os.MkdirAll(c.path(to), 0o755); err != nil {
		return err
	}
	for _, part := range demoParts {
		err := os.Rename(c.path(from, part), c.path(to, part))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// keep ends a demo that succeeded: the earlier one goes.
func (c claim) keep() error { return os.RemoveAll(c.path(previous)) }

// giveBack ends a demo that did not succeed: what it wrote goes, and the earlier one comes back.
func (c claim) giveBack() error {
	if c.created {
		return os.RemoveAll(c.dir)
	}
	for _, part := range demoParts {
		if err := os.RemoveAll(c.path(part)); err != nil {
			return err
		}
	}
	if c.first {
		return errors.Join(os.Remove(c.path(demoMark)), os.RemoveAll(c.path(previous)))
	}
	if err := c.move(previous, ""); err != nil {
		return err
	}
	return os.RemoveAll(c.path(previous))
}
