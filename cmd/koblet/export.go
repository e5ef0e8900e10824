package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"koblet/cmd/answers"
	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/registers"
	"koblet/reports/accounts"
	"koblet/store"
	"koblet/store/fence"
)

var exportCommand = command{
	name: "export",
	does: "write a snapshot's tables as Parquet",
	help: `koblet export --out DIR [--store DIR] [--as-of DAY] [--purpose TEXT]
            [--memory SIZE] [--format text|json] [--lang da|en]

Writes the tables of one snapshot as Parquet files, for Spark, Trino, a
warehouse or any other tool: the permits in one folder for each year of
decision, every other table in one file. schema.json says what each table and
column means. Keys are whole numbers of 20 digits, the same in every export of
the store. No number, name, birth date or case number is among them; it is
confidential microdata all the same.

With --purpose the identities are written too, in a folder that only the owner
enters. That is first put down in the store's identities/lookups.ndjson: who,
when, the purpose, how many rows. Where that cannot be, nothing is written. Of
persons whose name and address are protected in CPR only the keys are there.

  --out DIR            the folder to make; one that is there is refused
  --store DIR          folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --as-of DAY          the snapshot; the newest unless given
  --purpose TEXT       why the identities are needed
  --memory SIZE        what the export may take, such as 4GB; else 2GB
  --format text|json   how the tables are listed; text unless given
  --lang da|en         the language of the list; English unless given

  koblet export --store koblet-demo/store --out exported
`,
	declare: func(flags *pflag.FlagSet) action {
		var asOf values.Day
		var memory values.Size
		folder := values.Store(flags)
		flags.Var(&asOf, "as-of", "")
		flags.Var(&memory, "memory", "")
		out := flags.String("out", "", "")
		why := values.PurposeOf(flags)
		format := values.OneOf(flags, "format", "text", "json")
		language := values.OneOf(flags, "lang", "en", "da")
		return func(ctx context.Context, t terminal.Terminal, _ []string) error {
			if *out == "" {
				return errors.New("export: --out is missing")
			}
			if err := places.Folder(*out, folder(t)); err != nil {
				return fmt.Errorf("export: %w", err)
			}
			if _, err := os.Stat(filepath.Dir(filepath.Clean(*out))); err != nil {
				return fmt.Errorf("export: --out: %s: %w", *out, terminal.Plainly(err))
			}
			e := store.Exporting{AsOf: asOf.Time, Out: *out, Memory: string(memory)}
			if *why != "" {
				e.Lookup = store.Lookup{At: t.Now().UTC(), Who: fence.WhoAsks(), Purpose: registers.WithoutNumbers(string(*why)), Question: "export"}
			}
			exported, err := export(ctx, t, folder(t), e)
			if err != nil {
				return fmt.Errorf("export: %w", err)
			}
			if format.Word == "json" {
				return terminal.WriteJSON(t.Out, exported)
			}
			return within("export", answers.Show(t, accounts.Exported(*out, exported, language.Word, program())))
		}
	},
}

// export follows the work on the screen and adds the cure to what went wrong.
func export(ctx context.Context, t terminal.Terminal, dir string, e store.Exporting) (store.Exported, error) {
	s, err := answers.OpenStore(dir)
	if err != nil {
		return store.Exported{}, err
	}
	bar := terminal.Watch(t, "export")
	exported, err := s.Export(ctx, e)
	bar.End()
	if errors.Is(err, fs.ErrExist) {
		return exported, terminal.Cure("name a folder that is not there", "--out: %w", err)
	}
	return exported, withSnapshotsCure(err)
}
