package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"koblet/analysis/judge"
	"koblet/cmd/answers"
	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/registers"
	"koblet/reports"
	"koblet/reports/accounts"
	"koblet/reports/print"
	"koblet/store"
)

var snapshotsCommand = command{
	name: "snapshots",
	does: "what is loaded; verify it, remove it",
	help: `koblet snapshots [--store DIR] [--format FORMAT] [--lang da|en] [--out FILE]
koblet snapshots verify [DAY] [--store DIR] [--memory SIZE] [--format FORMAT]
                 [--lang da|en] [--out FILE]
koblet snapshots remove DAY [--edition N]... [--store DIR] [--format text|json]

Lists the snapshots of a store, one a day, oldest first: how many persons,
permits and CPR persons each holds, when it was loaded, and which editions it
replaced. A day's first edition is 0; the newest is the one that is read.

verify holds every edition of the day, or of all days, against what was
published: each file's SHA-256, modes and owners, the secret that made the keys,
the counts of the receipt, and what must be true of every snapshot. Each
deviation is a row; exit code 1 if there are any. remove takes every edition of
the day out for good, identities included, and prints what it removed; it does
not ask.

  --store DIR          folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --memory SIZE        what verify may take, such as 4GB; else 2GB
  --edition N          remove only this edition; give it again for several
  --lang da|en         unless given, the list is Danish and verify English
  --format FORMAT      text, xlsx or html for people, json for programs; unless
                       given as --out is named, else text; remove's: text, json
  --out FILE           write it there and not to standard output

  koblet snapshots --store koblet-demo/store
  koblet snapshots verify --store koblet-demo/store
  koblet snapshots remove 2011-06-30 --store koblet-demo/store
`,
	most: 2,
	declare: func(flags *pflag.FlagSet) action {
		folder := values.Store(flags)
		editions := flags.IntSlice("edition", nil, "")
		var memory values.Size
		flags.Var(&memory, "memory", "")
		account := accountFlags(flags)
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			how, err := account(t, places.Apart{Store: folder(t)})
			if err != nil {
				return fmt.Errorf("snapshots: %w", err)
			}
			o := order{dir: folder(t), editions: *editions, memory: string(memory), how: how}
			word, err := o.read(operands)
			if err != nil {
				return fmt.Errorf("snapshots: %w", err)
			}
			if word == "" {
				o.how.wide = print.Columns
			}
			if word == "" && !flags.Changed("lang") {
				o.how.language = "da" // the list is read, and by people; words are looked for in what verify says
			}
			if word == "remove" && (flags.Changed("out") || how.format != "text" && how.format != "json") {
				return errors.New("snapshots: remove: what was removed is told as text or as json, on standard output")
			}
			switch word {
			case "verify":
				err = verifySnapshots(ctx, t, o)
			case "remove":
				err = removeSnapshots(t, o)
			default:
				err = listSnapshots(ctx, t, o)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", strings.TrimSpace("snapshots "+word), err)
			}
			return nil
		}
	},
}

// order is what a line about snapshots asks for.
type order struct {
	dir      string
	day      values.Day
	editions []int
	memory   string // what verify may take
	how      accounting
}

// read takes the words of the line: none, or what is to be done and the day.
func (o *order) read(words []string) (string, error) {
	if len(words) == 0 {
		words = []string{""}
	}
	word := words[0]
	switch {
	case word != "" && word != "verify" && word != "remove":
		return word, terminal.Cure(registers.Meant(word, []string{"verify", "remove"}, "koblet snapshots --help"), "%s is not known; it is one of verify, remove", terminal.Quoted(word))
	case len(words) > 1:
		if err := o.day.Set(words[1]); err != nil {
			return word, fmt.Errorf("%s: DAY: %w", word, err)
		}
	case word == "remove":
		return word, errors.New("remove: DAY is missing")
	}
	if word != "remove" && len(o.editions) > 0 {
		return word, errors.New("--edition goes with remove")
	}
	if word != "verify" && o.memory != "" {
		return word, errors.New("--memory goes with verify")
	}
	return word, nil
}

func listSnapshots(ctx context.Context, t terminal.Terminal, o order) error {
	s, err := answers.OpenStore(o.dir)
	if err != nil {
		return err
	}
	entries, err := s.Snapshots()
	if err != nil {
		return err
	}
	all := []accounts.Snapshot{}
	var unread []error // one that cannot be read hides no other
	for _, e := range entries {
		snapshot, err := s.Snapshot(ctx, e.AsOf)
		if errors.Is(err, store.ErrNoSnapshot) {
			continue // removed meanwhile
		} else if err != nil {
			unread = append(unread, err)
			continue
		}
		r := snapshot.Receipt
		if err := snapshot.Close(); err != nil {
			return err
		}
		all = append(all, accounts.Snapshot{
			AsOf: r.AsOf, LoadedAt: r.LoadedAt, Persons: r.Persons, Permits: r.Permits, CPR: r.CPR, Edition: e.Edition, Older: append([]int{}, e.Older...),
		})
	}
	err = o.how.print(ctx, t, all, func(language, program string) reports.Report { return accounts.Snapshots(all, language, program) })
	return errors.Join(append(unread, err)...)
}

// verifySnapshots prints what deviates before it judges: that is the result, and is there though a threshold is broken. So is what became of those that
// could be checked where others could not, for want of memory or room: of these nothing is known, and that comes before any judgement.
func verifySnapshots(ctx context.Context, t terminal.Terminal, o order) error {
	s, err := answers.OpenStore(o.dir)
	if err != nil {
		return err
	}
	bar := terminal.Watch(t, "verify")
	all, lacked := s.Verify(ctx, o.day.Time, o.memory)
	bar.End()
	if lacked != nil && len(all) == 0 {
		return withSnapshotsCure(lacked)
	}
	found := 0
	for _, v := range all {
		found += len(v.Deviations)
	}
	if err := o.how.print(ctx, t, all, func(language, program string) reports.Report { return accounts.Verification(all, language, program) }); err != nil {
		return err
	}
	if lacked != nil {
		return withSnapshotsCure(lacked)
	}
	return broke(judge.Deviations(found))
}

func removeSnapshots(t terminal.Terminal, o order) error {
	s, err := answers.OpenStore(o.dir)
	if err != nil {
		return err
	}
	removed, err := s.Remove(store.Removal{AsOf: o.day.Time, Editions: o.editions})
	if o.how.format == "json" && err == nil {
		return terminal.WriteJSON(t.Out, removed)
	}
	for _, path := range removed {
		fmt.Fprintln(t.Out, path)
	}
	return withSnapshotsCure(err)
}

// withSnapshotsCure adds the cure to a day that is not loaded.
func withSnapshotsCure(err error) error {
	if errors.Is(err, store.ErrNoSnapshot) {
		return terminal.Cure("koblet snapshots lists what is loaded", "%w", err)
	}
	return err
}
