package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"koblet/cmd/answers"
	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/reports"
	"koblet/reports/accounts"
	"koblet/reports/print"
	"koblet/store"
	"koblet/store/extract"
)

var loadCommand = command{
	name: "load",
	does: "load the extracts of one day into a snapshot",
	help: `koblet load [--store DIR] --as-of DAY
            --carl2-persons FILE... --carl2-permits FILE... [--carl2 FILE...]
            [--cpr FILE...] [--profile FILE.toml] [--max-rejects N|N%]
            [--accept REASON...] [--replace] [--memory SIZE] [--explain]
            [--quiet] [--format FORMAT] [--lang da|en] [--out FILE]
            [--suggest-profile FILE.toml]

Loads the extracts of one as-of day into a snapshot that is not changed again,
and prints a receipt for each file. Lines are always header + loaded + rejected.
If anything fails the store is as it was. The files are CSV, .xlsx, Parquet, or
CPR's U12170; a header names the columns, of which those below must be there.

  --store DIR           folder of snapshots; $KOBLET_STORE, else ./koblet-store
  --as-of DAY           the day the extracts were drawn
  --carl2-persons FILE  persons of CARL2: person_id, cpr_number
  --carl2-permits FILE  permits of CARL2: permit_id, person_id, decided_on,
                        decision
  --carl2 FILE          persons and permits of CARL2 in one file
  --cpr FILE            persons of CPR: cpr_number
                        Give a flag again for a further file; 'cpr_*.csv' is
                        expanded, .gz is read, - is standard input.
  --suggest-profile FILE.toml
                        look at the files, write a profile, and load nothing
  --profile FILE.toml   how the files differ: column names, delimiter, encoding,
                        dates, value maps …: koblet help profile-file
  --max-rejects N|N%    rejected rows to put up with; 0 unless given
  --accept REASON       load in spite of what makes no sense of a delivery, by
                        the name that the refusal gives it
  --replace             put the snapshot in the place of the day's earlier one
  --memory SIZE         what the load may take, such as 2GB; else by its rows
  --explain             say what would be read as what, and load nothing
  --quiet               no progress; else a bar, or a line a minute in a log
  --format FORMAT       of what is printed: text, xlsx or html for people, json
                        for programs; unless given as --out is named, else text
  --lang da|en          its language; English unless given
  --out FILE            write it there and not to standard output

  koblet load --store store --as-of 2014-12-31 --carl2-persons persons.csv \
      --carl2-permits permits.csv --cpr cpr.csv
`,
	declare: func(flags *pflag.FlagSet) action {
		var (
			asOf   values.Day
			limit  rejects
			memory values.Size
			folder = values.Store(flags)
			files  [4]*[]string
		)
		flags.Var(&asOf, "as-of", "")
		for i, name := range loadFlags {
			files[i] = flags.StringArray(name, nil, "")
		}
		flags.Var(&limit, "max-rejects", "")
		flags.Var(&memory, "memory", "")
		accept := &values.Choices{From: registers.LimitReasons()}
		flags.Var(accept, "accept", "")
		replace := flags.Bool("replace", false, "")
		profile := flags.String("profile", "", "")
		suggested := flags.String("suggest-profile", "", "")
		explained := flags.Bool("explain", false, "")
		quiet := flags.Bool("quiet", false, "")
		account := accountFlags(flags)
		return func(ctx context.Context, t terminal.Terminal, _ []string) error {
			l := store.Loading{AsOf: asOf.Time, MaxRejects: store.Limit(limit), Replace: *replace, Memory: string(memory), Stdin: t.In, Accept: accept.Words}
			if l.AsOf.IsZero() && !*explained && *suggested == "" {
				return errors.New("load: --as-of is missing")
			}
			if err := takeFiles(&l, files); err != nil {
				return err
			}
			how, err := account(t, places.Apart{Store: folder(t), Files: slices.Concat(l.Carl2Persons, l.Carl2Permits, l.Carl2, l.CPR)})
			if err != nil {
				return fmt.Errorf("load: %w", err)
			}
			if *suggested != "" {
				if err := suggestsAlone(flags); err != nil {
					return err
				}
				return suggest(ctx, t, l, *suggested)
			}
			if err := lacksFiles(l); err != nil {
				return err
			}
			if l.Profile, err = readProfile(*profile); err != nil {
				return err
			}
			if *explained {
				return explain(ctx, t, l, how)
			}
			t.Quiet = *quiet
			receipt, err := load(ctx, t, folder(t), l)
			if err != nil {
				return err
			}
			return within("load", how.print(ctx, t, receipt, func(language, program string) reports.Report {
				return accounts.Receipt(receipt, language, program)
			}))
		}
	},
}

// loadFlags are the flags that name files, in the order of the tables.
var loadFlags = [...]string{"carl2-persons", "carl2-permits", "carl2", "cpr"}

// takeFiles puts the files that the flags name into the load.
func takeFiles(l *store.Loading, files [len(loadFlags)]*[]string) (err error) {
	stdin := 0
	for i, into := range []*[]string{&l.Carl2Persons, &l.Carl2Permits, &l.Carl2, &l.CPR} {
		if *into, err = expand(loadFlags[i], *files[i]); err != nil {
			return err
		}
		if slices.Contains(*into, "-") {
			stdin++
		}
	}
	if stdin > 1 {
		return errors.New("load: standard input is one file, and is given to several flags")
	}
	return nil
}

// lacksFiles says which of the files that a load needs are not given.
func lacksFiles(l store.Loading) error {
	switch both := len(l.Carl2) > 0; {
	case len(l.Carl2Persons) == 0 && !both:
		return errors.New("load: --carl2-persons is missing")
	case len(l.Carl2Permits) == 0 && !both:
		return errors.New("load: --carl2-permits is missing")
	}
	return nil
}

// readProfile reads the profile at a path, or none where there is none. Every mistake is an error of its own.
func readProfile(path string) (profiles.Profile, error) {
	if path == "" {
		return profiles.Profile{}, nil
	}
	text, err := places.Given(path)
	if err != nil {
		return profiles.Profile{}, fmt.Errorf("load: --profile: %w", err)
	}
	profile, err := profiles.Parse(path, text)
	wrong, many := errors.AsType[*profiles.Error](err)
	if !many {
		return profile, err
	}
	var all []error
	for _, mistake := range wrong.Mistakes[:min(len(wrong.Mistakes), mostMistakes)] {
		all = append(all, errors.New(mistake))
	}
	if more := len(wrong.Mistakes) - mostMistakes; more > 0 {
		all = append(all, fmt.Errorf("and %d more", more))
	}
	return profiles.Profile{}, fmt.Errorf("load: %w", errors.Join(all...))
}

// mostMistakes is how many mistakes of a profile are told one by one.
const mostMistakes = 20

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
func load(ctx context.Context, t terminal.Terminal, dir string, l store.Loading) (store.Receipt, error) {
	work := "load " + l.AsOf.Format(time.DateOnly)
	bar := terminal.Watch(t, work)
	l.Program, l.Now = program(), t.Now()
	l.Progress = func(step string, done, total int64) {
		if step == store.Reading {
			bar.AtBytes(work+", reading", done, total)
		} else {
			bar.At(work, done, total)
		}
	}
	receipt, err := store.Load(ctx, dir, l)
	bar.End()
	var rejected *store.RejectsError
	switch {
	case errors.As(err, &rejected):
		listRejects(t, rejected)
		return receipt, terminal.Cure(cmp.Or(rejected.Cure, "--max-rejects puts up with some"), "load: %w", err)
	case errors.Is(err, extract.ErrHeader):
		return receipt, terminal.Cure(headerCure(l), "load: %w", err)
	case errors.Is(err, store.ErrExists):
		return receipt, terminal.Cure("--replace puts a new one in its place", "load: %w", err)
	case err != nil:
		return receipt, fmt.Errorf("load: %w", err)
	}
	noteSeparators(t, receipt)
	return receipt, nil
}

// noteSeparators tells of each file whose first line is no header but says the delimiter, since no profile does.
func noteSeparators(t terminal.Terminal, r store.Receipt) {
	told := map[string]bool{}
	for _, f := range r.Files {
		if f.Separator != "" && !told[f.File] {
			terminal.Complain(t.Err, fmt.Errorf("%s: the first line, sep=%s, is read as what it says", f.File, f.Separator))
		}
		told[f.File] = true
	}
}

func listRejects(t terminal.Terminal, e *store.RejectsError) {
	for _, r := range e.First {
		terminal.Complain(t.Err, fmt.Errorf("%s:%d: %s", r.File, r.Line, r.Reason))
	}
	if more := e.N - int64(len(e.First)); more > 0 {
		terminal.Complain(t.Err, fmt.Errorf("and %d more in %s", more, e.Path))
	}
	var counts []string
	for _, reason := range slices.Sorted(maps.Keys(e.ByReason)) {
		counts = append(counts, fmt.Sprintf("%d %s", e.ByReason[reason], reason))
	}
	terminal.Complain(t.Err, errors.New("rejected: "+strings.Join(counts, ", ")))
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
			if !utf8.ValidString(f) || strings.ContainsFunc(f, unicode.IsControl) {
				return nil, fmt.Errorf("load: --%s: a file has a line break, a control character or no UTF-8 in its name; rename it", flag)
			}
			if slices.Contains(files, f) {
				return nil, fmt.Errorf("load: --%s: %s: given twice", flag, f)
			}
			files = append(files, f)
		}
	}
	return files, nil
}

// accounting is how an account is printed: where to, in which format and language.
type accounting struct {
	to               places.Place
	format, language string
	wide             int // how many letters a line of text has that no screen shows
}

// accountFlags declares --format, --lang and --out of an account. English holds unless another is given: scripts look for words in it.
func accountFlags(flags *pflag.FlagSet) func(terminal.Terminal, places.Apart) (accounting, error) {
	format := values.OneOf(flags, "format", "text", "json", "xlsx", "html")
	language := values.OneOf(flags, "lang", "en", "da")
	out := flags.String("out", "", "")
	return func(t terminal.Terminal, from places.Apart) (accounting, error) {
		if err := values.Agree(format, *out); err != nil {
			return accounting{}, err
		}
		to, err := places.Of(t, *out, from)
		return accounting{to, format.Word, language.Word, print.Unbroken}, err
	}
}

// print prints a value for programs, or the account of it for people. Of its text only a screen breaks the lines.
func (a accounting) print(ctx context.Context, t terminal.Terminal, value any, account func(language, program string) reports.Report) error {
	return a.to.Fill(ctx, t, places.OfEverybody, func(w io.Writer) error {
		switch {
		case a.format == "json":
			return terminal.WriteJSON(w, value)
		case a.format == "text" && terminal.ScreenOf(w) == 0:
			return print.TextWithin(w, account(a.language, program()), a.wide)
		case a.format == "text":
			return answers.Draw(w, a.format, account(a.language, program()))
		}
		return answers.Draw(w, a.format, accounts.Headed(account(a.language, program())))
	})
}
