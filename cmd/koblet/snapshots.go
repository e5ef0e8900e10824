package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"koblet/store"
)

var snapshotsCommand = command{
	name: "snapshots",
	does: "what is loaded",
	help: `koblet snapshots [--store DIR] [--format text|json]

Lists the snapshots of a store, one a day, oldest first: how many persons,
permits and CPR persons each holds, and when it was loaded.

  --store DIR          folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --format text|json   for people or for programs; text unless given

  koblet snapshots --store koblet-demo/store
`,
	declare: func(flags *pflag.FlagSet) action {
		folder := storeFlag(flags)
		format := oneOf(flags, "format", "text", "json")
		return func(ctx context.Context, t terminal, _ []string) error {
			loaded, err := snapshots(ctx, folder(t))
			if err != nil {
				return fmt.Errorf("snapshots: %w", err)
			}
			if format.word == "json" {
				return writeJSON(t.out, loaded)
			}
			return printSnapshots(t.out, loaded)
		}
	},
}

// loaded is one snapshot as programs read it.
type loaded struct {
	AsOf     string    `json:"as_of"`
	LoadedAt time.Time `json:"loaded_at"`
	Persons  int64     `json:"persons"`
	Permits  int64     `json:"permits"`
	CPR      int64     `json:"cpr_persons"`
}

func snapshots(ctx context.Context, dir string) ([]loaded, error) {
	s, err := openStore(dir)
	if err != nil {
		return nil, err
	}
	entries, err := s.Snapshots()
	if err != nil {
		return nil, err
	}
	all := []loaded{}
	for _, e := range entries {
		snapshot, err := s.Snapshot(ctx, e.AsOf)
		if err != nil {
			return nil, err
		}
		r := snapshot.Receipt
		if err := snapshot.Close(); err != nil {
			return nil, err
		}
		all = append(all, loaded{r.AsOf, r.LoadedAt, r.Persons, r.Permits, r.CPR})
	}
	return all, nil
}

// openStore adds the cure to a store that is not there.
func openStore(dir string) (*store.Store, error) {
	s, err := store.Open(dir)
	if errors.Is(err, store.ErrNoStore) {
		return nil, cure("koblet load --help says how to fill one; --store names another", "%w", err)
	}
	return s, err
}

func printSnapshots(out io.Writer, all []loaded) error {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "as of\tpersons\tpermits\tCPR persons\tloaded at\t")
	for _, l := range all {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\t\n", l.AsOf, l.Persons, l.Permits, l.CPR, l.LoadedAt.UTC().Format("2006-01-02 15:04 MST"))
	}
	_ = w.Flush() // into memory
	_, err := b.WriteTo(out)
	return err
}
