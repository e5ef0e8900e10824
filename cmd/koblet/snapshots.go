package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/cmd/terminal"
	"koblet/registers"
	"koblet/reports/accounts"
	"koblet/store"
)

var snapshotsCommand = command{
	name: "snapshots",
	does: "what is loaded; verify it, remove it",
	help: `koblet snapshots [--store DIR] [--lang da|en] [--format text|json]
koblet snapshots verify [DAY] [--store DIR] [--format text|json]
koblet snapshots remove DAY [--edition N]... [--store DIR] [--format text|json]

Lists the snapshots of a store, one a day, oldest first: how many persons,
permits and CPR persons each holds, when it was loaded, and which editions it
replaced. A day's first edition is 0; the newest is the one that is read.

verify holds every edition of the day, or of all days, against what was
published: each file's SHA-256, modes and owners, the secret that made the keys,
the counts of the receipt, and what must be true of every snapshot. Each
deviation is a line; exit code 1 if there are any. remove takes every edition of
the day out for good, identities included, and prints what it removed; it does
not ask.

  --store DIR          folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --edition N          remove only this edition; give it again for several
  --lang da|en         the language of the list; Danish unless given
  --format text|json   for people or for programs; text unless given

  koblet snapshots --store koblet-demo/store
  koblet snapshots verify --store koblet-demo/store
  koblet snapshots remove 2011-06-30 --store koblet-demo/store
`,
	most: 2,
	declare: func(flags *pflag.FlagSet) action {
		folder := storeFlag(flags)
		editions := flags.IntSlice("edition", nil, "")
		language := oneOf(flags, "lang", "da", "en")
		format := oneOf(flags, "format", "text", "json")
		return func(ctx context.Context, t terminal.Terminal, operands []string) error {
			o := order{dir: folder(t), editions: *editions, json: format.word == "json", language: language.word}
			word, err := o.read(operands)
			if err != nil {
				return fmt.Errorf("snapshots: %w", err)
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
	day      day
	editions []int
	json     bool
	language string
}

// read takes the words of the line: none, or what is to be done and the day.
func (o *order) read(words []string) (string, error) {
	if len(words) == 0 {
		words = []string{""}
	}
	word := words[0]
	switch {
	case word != "" && word != "verify" && word != "remove":
		return word, terminal.Cure(registers.Meant(word, []string{"verify", "remove"}, "koblet snapshots --help"), "%s is not known; it is one of verify, remove", quoted(word))
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
	return word, nil
}

func listSnapshots(ctx context.Context, t terminal.Terminal, o order) error {
	s, err := openStore(o.dir)
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
	if o.json {
		err = terminal.WriteJSON(t.Out, all)
	} else {
		err = show(t, accounts.Snapshots(all, o.language, program()))
	}
	return errors.Join(append(unread, err)...)
}

// openStore adds the cure to a store that is not there.
func openStore(dir string) (*store.Store, error) {
	s, err := store.Open(dir)
	if errors.Is(err, store.ErrNoStore) {
		return nil, terminal.Cure("koblet load --help says how to fill one; --store names another", "%w", err)
	}
	return s, err
}

// verifySnapshots prints each deviation on a line; those and the count go to standard output, for they are the result.
func verifySnapshots(ctx context.Context, t terminal.Terminal, o order) error {
	s, err := openStore(o.dir)
	if err != nil {
		return err
	}
	bar := terminal.Watch(t, "verify")
	all, err := s.Verify(ctx, o.day.Time)
	bar.End()
	if err != nil {
		return withSnapshotsCure(err)
	}
	var b bytes.Buffer
	found := 0
	for _, v := range all {
		if v.Removed {
			fmt.Fprintf(&b, "%s: removed meanwhile\n", v.Snapshot)
			continue
		}
		found += len(v.Deviations)
		for _, d := range v.Deviations {
			fmt.Fprintf(&b, "%s: %s: %s", v.Snapshot, d.Where, strings.ReplaceAll(d.What, "_", " "))
			if d.Rows > 0 {
				fmt.Fprintf(&b, ": %d rows", d.Rows)
			}
			fmt.Fprintln(&b)
		}
		for _, f := range v.NotChecked {
			fmt.Fprintf(&b, "%s: %s: not checked, it is not for this user to read\n", v.Snapshot, f)
		}
		fmt.Fprintf(&b, "%s: %d checks, %d deviations\n", v.Snapshot, v.Checks, len(v.Deviations))
	}
	if o.json {
		b.Reset()
		if err := terminal.WriteJSON(&b, all); err != nil {
			return err
		}
	}
	if _, err := b.WriteTo(t.Out); err != nil {
		return err
	}
	return broke(analysis.JudgeDeviations(found))
}

func removeSnapshots(t terminal.Terminal, o order) error {
	s, err := openStore(o.dir)
	if err != nil {
		return err
	}
	removed, err := s.Remove(store.Removal{AsOf: o.day.Time, Editions: o.editions})
	if o.json && err == nil {
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
