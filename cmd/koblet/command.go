package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"koblet/cmd/terminal"
	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/store"
	"koblet/store/disk"
	"koblet/store/fence"
)

// command is one word of the command line.
type command struct {
	name     string
	does     string   // one line, for the list of commands
	help     string   // what `koblet NAME --help` prints
	operands []string // what stands on the line beside flags, each once
	lists    string   // how to see what the operand may be
	most     int      // how many more words it reads by itself
	declare  func(*pflag.FlagSet) action
}

// action runs a command once its flags are parsed; operands are as many as the command names.
type action func(ctx context.Context, t terminal.Terminal, operands []string) error

func commands() []command {
	return []command{
		demoCommand, syntheticCommand, loadCommand, snapshotsCommand,
		questionsCommand, runCommand, compareCommand, sqlCommand, profileCommand, reportCommand, figureCommand, exportCommand, versionCommand,
	}
}

// dispatch finds the command, parses its flags and runs it. What is wrong with the line is said before anything is opened.
func dispatch(ctx context.Context, t terminal.Terminal, args []string) error {
	if len(args) == 0 {
		return terminal.Cure("koblet help", "no command given")
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "--help", "-h":
		return help(t, rest)
	case "--version":
		name = versionCommand.name
	case fence.Word:
		return fence.Serve(ctx, fence.Serving{In: t.In, Now: t.Now, Gone: func() { os.Exit(refused) }})
	}
	c, err := find(name)
	if err != nil {
		return err
	}
	if _, err := os.Getwd(); err != nil {
		return fmt.Errorf("%s: the working folder is gone; change to one that is there", c.name)
	}
	disk.Sweep()
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.Usage = func() {}
	act := c.declare(flags)
	if err := flags.Parse(rest); errors.Is(err, pflag.ErrHelp) {
		_, err := fmt.Fprint(t.Out, c.help)
		return err
	} else if err != nil {
		return wrongFlag(c, flags, err)
	}
	if err := given(c, flags); err != nil {
		return err
	}
	if err := c.takes(flags.Args()); err != nil {
		return err
	}
	return lacked(c, flags, act(ctx, t, flags.Args()))
}

// lacked says in one line, with a cure, of what the machine had too little. The database's own text on memory is many lines, whose cures are none of ours.
func lacked(c command, flags *pflag.FlagSet, err error) error {
	if lack := store.Lacking(err); errors.Is(lack, store.ErrMemory) && !errors.Is(err, store.ErrMemory) {
		err = fmt.Errorf("%s: this %w", c.name, lack)
	}
	switch {
	case errors.Is(err, store.ErrMemory) && flags.Lookup("memory") != nil:
		return terminal.Cure("--memory lets it take more", "%w", err)
	case errors.Is(err, store.ErrMemory):
		return terminal.Cure("ask for less at a time, such as a shorter period", "%w", err)
	case errors.Is(err, store.ErrSpace):
		return terminal.Cure("temporary files lie in $TMPDIR, else in /tmp: make room there, or name another folder", "%w", err)
	case errors.Is(err, store.ErrRead):
		return terminal.Cure("see to the disk; in a backup the file may be whole", "%w", err)
	}
	return err
}

// given refuses a text that is empty or blank: a script whose variable is empty would mean what it does not say.
func given(c command, flags *pflag.FlagSet) (err error) {
	flags.Visit(func(f *pflag.Flag) {
		var values []string // other flags hold theirs against what it may be when it is set
		if several, ok := f.Value.(pflag.SliceValue); ok {
			values = several.GetSlice()
		} else if f.Value.Type() == "string" {
			values = append(values, f.Value.String())
		}
		for _, text := range values {
			if err == nil && strings.TrimSpace(text) == "" {
				err = fmt.Errorf("%s: --%s: value is empty", c.name, f.Name)
			}
		}
	})
	return err
}

func find(name string) (command, error) {
	all := commands()
	var names []string
	for _, c := range all {
		if c.name == name {
			return c, nil
		}
		names = append(names, c.name)
	}
	return command{}, terminal.Cure(registers.Meant(name, names, "koblet help"), "%s: unknown command", terminal.Short(name))
}

// takes compares the operands on the line with those the command names and the words that it may read beside them.
func (c command) takes(given []string) error {
	usage := strings.Join(slices.Concat([]string{"koblet", c.name}, c.operands), " ")
	if len(given) < len(c.operands) {
		return terminal.Cure(cmp.Or(c.lists, "koblet "+c.name+" --help"), "%s: %s is missing", usage, c.operands[len(given)])
	}
	if most := len(c.operands) + c.most; len(given) > most {
		return terminal.Cure("koblet "+c.name+" --help", "%s: %q is one word too many", usage, given[most])
	}
	return nil
}

// wrongFlag says in our words what pflag found, without the value: it may be somebody's number.
func wrongFlag(c command, flags *pflag.FlagSet, err error) error {
	var (
		unknown *pflag.NotExistError
		invalid *pflag.InvalidValueError
		missing *pflag.ValueRequiredError
	)
	switch {
	case errors.As(err, &unknown):
		var names []string
		flags.VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		name := "--" + unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			name = "-" + short
		}
		return terminal.Cure(registers.Meant(name, names, "koblet "+c.name+" --help"), "%s: %s: unknown flag", c.name, terminal.Short(name))
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return fmt.Errorf("%s: --%s: want true or false", c.name, invalid.GetFlag().Name)
	case errors.As(err, &invalid):
		return fmt.Errorf("%s: --%s: %w", c.name, invalid.GetFlag().Name, invalid.Unwrap())
	case errors.As(err, &missing):
		return fmt.Errorf("%s: --%s: value is missing", c.name, missing.GetFlag().Name)
	}
	return fmt.Errorf("%s: %w", c.name, err)
}

// help prints the list of commands, or the help of one.
func help(t terminal.Terminal, words []string) error {
	if len(words) > 0 && words[0] == profileFile {
		_, err := fmt.Fprint(t.Out, profileFileHelp())
		return err
	}
	if len(words) > 0 {
		c, err := find(words[0])
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(t.Out, c.help)
		return err
	}
	var b strings.Builder
	b.WriteString(overview)
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-10s %s\n", c.name, c.does)
	}
	b.WriteString(overviewEnd)
	_, err := fmt.Fprint(t.Out, b.String())
	return err
}

const overview = `koblet measures how well residence permits are linked to the civil register (CPR).

  koblet COMMAND [flags]

`

const overviewEnd = `
Help on one of them: koblet COMMAND --help; on files of your own, what a profile
of them says: koblet help profile-file. To see it work, with invented people:

  koblet demo --permits 5000

Results go to standard output, the rest to standard error. DAY is 2014-12-31;
PERIOD is 2013, 2013-05 or 2013-05-17. Without --store: $KOBLET_STORE, else
./koblet-store.

Exit codes: 0 done, 1 done but a threshold was broken, 2 could not or would not,
3 another run holds the lock.
`

// profileFile is the word by which help on profiles is asked for: koblet help profile-file.
const profileFile = "profile-file"

// profileFileHelp says what a profile holds, key by key, and what the fields are that it gives columns to.
func profileFileHelp() string {
	var b strings.Builder
	b.WriteString("koblet load --profile FILE.toml reads files that differ from the tables as koblet knows\n" +
		"them. To have one written from your files, and nothing loaded:\n\n" +
		"  koblet load --suggest-profile FILE.toml --carl2-persons persons.csv --carl2-permits …\n\n" +
		"To see what is read as what: koblet load --explain --profile FILE.toml …\n\n" +
		profiles.Example)
	for _, table := range registers.Tables() {
		fmt.Fprintf(&b, "\n# The fields of %s:\n", table.Name)
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		for _, f := range table.Fields {
			required := ""
			if f.Required {
				required = "required"
			}
			fmt.Fprintf(w, "#   %s\t%s\t%s\t%s\n", f.Name, f.Kind, required, f.Meaning)
		}
		_ = w.Flush() // into memory
	}
	return b.String()
}
