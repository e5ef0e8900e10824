package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"koblet/store"
)

var loadCommand = command{
	name: "load",
	does: "load the extracts of one day into a snapshot",
	help: `koblet load [--store DIR] --as-of DAY
            --carl2-persons FILE... --carl2-permits FILE... [--cpr FILE...]
            [--max-rejects N|N%] [--replace] [--format text|json]

Loads the extracts of one as-of day into a snapshot that is not changed again,
and prints a receipt for each file. Lines are always header + loaded + rejected.
If anything fails the store is as it was. The files are CSV; their header names
the columns, of which those below must be there.

  --store DIR           folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --as-of DAY           the day the extracts were drawn
  --carl2-persons FILE  persons of CARL2: person_id, cpr_number
  --carl2-permits FILE  permits of CARL2: permit_id, person_id, decided_on,
                        decision
  --cpr FILE            persons of CPR: cpr_number
                        Give a flag again for a further file; 'cpr_*.csv' is
                        expanded.
  --max-rejects N|N%    rejected rows to put up with; 0 unless given
  --replace             put the snapshot in the place of the day's earlier one
  --format text|json    how the receipt is printed; text unless given

  koblet load --store store --as-of 2014-12-31 --carl2-persons persons.csv \
      --carl2-permits permits.csv --cpr cpr.csv
`,
	declare: func(flags *pflag.FlagSet) action {
		var (
			asOf   day
			limit  rejects
			folder = storeFlag(flags)
			files  [3]*[]string
		)
		flags.Var(&asOf, "as-of", "")
		for i, name := range loadFlags {
			files[i] = flags.StringArray(name, nil, "")
		}
		flags.Var(&limit, "max-rejects", "")
		replace := flags.Bool("replace", false, "")
		format := oneOf(flags, "format", "text", "json")
		return func(ctx context.Context, t terminal, _ []string) error {
			l := store.Loading{AsOf: asOf.Time, MaxRejects: store.Limit(limit), Replace: *replace}
			if l.AsOf.IsZero() {
				return errors.New("load: --as-of is missing")
			}
			var err error
			for i, into := range []*[]string{&l.Carl2Persons, &l.Carl2Permits, &l.CPR} {
				if *into, err = expand(loadFlags[i], *files[i]); err != nil {
					return err
				}
			}
			switch {
			case len(l.Carl2Persons) == 0:
				return errors.New("load: --carl2-persons is missing")
			case len(l.Carl2Permits) == 0:
				return errors.New("load: --carl2-permits is missing")
			}
			receipt, err := load(ctx, t, folder(t), l)
			if err != nil {
				return err
			}
			if format.word == "json" {
				return writeJSON(t.out, receipt)
			}
			return printReceipt(t.out, receipt)
		}
	},
}

// loadFlags are the flags that name files, in the order of the tables.
var loadFlags = []string{"carl2-persons", "carl2-permits", "cpr"}

// rejects is the limit of --max-rejects: a number, or a percentage of the lines.
type rejects store.Limit

func (r *rejects) Set(text string) error {
	bad := errors.New("not a number of rows or a percentage of them, written 10 or 0.5%")
	if share, ok := strings.CutSuffix(text, "%"); ok {
		percent, err := strconv.ParseFloat(share, 64)
		if err != nil || !(percent >= 0 && percent <= 100) {
			return bad
		}
		*r = rejects{Percent: percent}
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return bad
	}
	*r = rejects{Count: n}
	return nil
}

func (r *rejects) String() string { return "0" }
func (r *rejects) Type() string   { return "N|N%" }

// load fills in what a load takes from the world, follows it on the screen, and adds the cure to what went wrong.
func load(ctx context.Context, t terminal, dir string, l store.Loading) (store.Receipt, error) {
	work := "load " + l.AsOf.Format(time.DateOnly)
	bar := watch(t, work)
	l.Program, l.Now = program(), t.now()
	l.Progress = func(_ string, done, total int64) { bar.at(work, done, total) }
	receipt, err := store.Load(ctx, dir, l)
	bar.end()
	var rejected *store.RejectsError
	switch {
	case errors.As(err, &rejected):
		listRejects(t, rejected.Rejects)
		return receipt, cure("--max-rejects puts up with some", "load: %w", err)
	case errors.Is(err, store.ErrExists):
		return receipt, cure("--replace puts a new one in its place", "load: %w", err)
	case err != nil:
		return receipt, fmt.Errorf("load: %w", err)
	}
	return receipt, nil
}

// mostRejects is how many rejected lines are told one by one.
const mostRejects = 10

func listRejects(t terminal, all []store.Reject) {
	for _, r := range all[:min(len(all), mostRejects)] {
		complain(t.err, fmt.Errorf("%s:%d: %s", r.File, r.Line, r.Reason))
	}
	if more := len(all) - mostRejects; more > 0 {
		complain(t.err, fmt.Errorf("and %d more", more))
	}
}

// expand gives the files that a flag names, in order; a name that is no file is a pattern.
func expand(flag string, patterns []string) ([]string, error) {
	var files []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if _, e := os.Stat(pattern); e == nil || err != nil || len(found) == 0 {
			found = []string{pattern} // what is not there is told when it is opened
		}
		for _, f := range found {
			if slices.Contains(files, f) {
				return nil, fmt.Errorf("load: --%s: %s: given twice", flag, f)
			}
			files = append(files, f)
		}
	}
	return files, nil
}

// printReceipt accounts for the files one a line, and for the findings beneath.
func printReceipt(out io.Writer, r store.Receipt) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "snapshot %s: %d persons, %d permits, %d CPR persons\n\n", r.AsOf, r.Persons, r.Permits, r.CPR)
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "lines\theader\tloaded\trejected\tfindings\tencoding\tSHA-256\t  file")
	for _, f := range r.Files {
		fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%s\t%.12s\t  %s\n",
			f.Lines, f.Header, f.Loaded, f.Rejected, f.Findings, f.Encoding, f.SHA256, f.File)
	}
	_ = w.Flush() // into memory
	for _, f := range r.Files {
		if len(f.NotStored) > 0 {
			fmt.Fprintf(&b, "\n%s: columns that are not stored: %s\n", f.File, strings.Join(f.NotStored, ", "))
		}
	}
	if len(r.Findings) > 0 {
		fmt.Fprint(&b, "\nfindings, kept in their rows\n")
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%9d  %-18s %s.%s\n", f.N, f.Reason, f.Table, f.Column)
	}
	_, err := b.WriteTo(out)
	return err
}
