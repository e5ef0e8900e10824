package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/cmd/terminal"
	"koblet/registers"
)

// The values that flags take. Each is checked while the line is read, so that a mistake is told before a file or a
// store is opened, and no message repeats what was given: it may be somebody's number.

// day is a DAY: 2014-12-31.
type day struct{ time.Time }

func (d *day) Set(text string) error {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return errors.New("not a day of the calendar, written 2014-12-31")
	}
	d.Time = t
	return nil
}

func (d *day) String() string { return "" }
func (d *day) Type() string   { return "DAY" }

// days are several of them, one a flag.
type days []time.Time

func (d *days) Set(text string) error {
	var one day
	if err := one.Set(text); err != nil {
		return err
	}
	if slices.Contains(*d, one.Time) {
		return errors.New("the same day twice")
	}
	*d = append(*d, one.Time)
	return nil
}

func (d *days) String() string { return "" }
func (d *days) Type() string   { return "DAY" }

// period is a PERIOD: a year, a month or a day.
type period struct{ analysis.Period }

func (p *period) Set(text string) error {
	parsed, err := analysis.ParsePeriod(text)
	if err != nil {
		return errors.New("not a period, written 2013, 2013-05 or 2013-05-17")
	}
	p.Period = parsed
	return nil
}

func (p *period) String() string { return "" }
func (p *period) Type() string   { return "PERIOD" }

// periods are those of a flag that is given again for another one.
type periods []period

func (p *periods) Set(text string) error {
	var one period
	if err := one.Set(text); err != nil {
		return err
	}
	*p = append(*p, one)
	return nil
}

func (p *periods) String() string { return "" }
func (p *periods) Type() string   { return "PERIOD" }

// only is the one period, or none.
func (p periods) only() analysis.Period {
	if len(p) == 0 {
		return analysis.Period{}
	}
	return p[0].Period
}

// choice is one word of a list.
type choice struct {
	word  string
	from  []string
	given bool
}

func (c *choice) Set(text string) error {
	if err := known(text, c.from); err != nil {
		return err
	}
	c.word, c.given = text, true
	return nil
}

func (c *choice) String() string { return c.word }
func (c *choice) Type() string   { return "WORD" }

// choices are words of a list, separated by commas or given one a flag.
type choices struct {
	words []string
	from  []string
	given bool
}

func (c *choices) Set(text string) error {
	if !c.given {
		c.words, c.given = nil, true
	}
	for word := range strings.SplitSeq(text, ",") {
		if err := known(word, c.from); err != nil {
			return err
		}
		if !slices.Contains(c.words, word) {
			c.words = append(c.words, word)
		}
	}
	return nil
}

func (c *choices) String() string { return strings.Join(c.words, ",") }
func (c *choices) Type() string   { return "WORDS" }

func known(word string, words []string) error {
	if slices.Contains(words, word) {
		return nil
	}
	list := "one of " + strings.Join(words, ", ")
	return terminal.Cure(registers.Meant(word, words, ""), "%s is not known; it is %s", quoted(word), list)
}

// params are NAME=VALUE, one a flag.
type params map[string]string

func (p *params) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok || !paramName.MatchString(name) {
		return errors.New("not of the form NAME=VALUE")
	}
	if *p == nil {
		*p = params{}
	}
	if _, twice := (*p)[name]; twice {
		return fmt.Errorf("%s is given twice", name)
	}
	(*p)[name] = value
	return nil
}

var paramName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,39}$`)

func (p *params) String() string { return "" }
func (p *params) Type() string   { return "NAME=VALUE" }

// count is a whole number within bounds.
type count struct {
	n         int64
	low, high int64
}

func (c *count) Set(text string) error {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < c.low || n > c.high {
		return fmt.Errorf("not a whole number from %d to %d", c.low, c.high)
	}
	c.n = n
	return nil
}

func (c *count) String() string { return strconv.FormatInt(c.n, 10) }
func (c *count) Type() string   { return "N" }

// oneOf declares a flag that takes one word of a list, the first of which holds where the flag is not given.
func oneOf(flags *pflag.FlagSet, name string, words ...string) *choice {
	c := &choice{word: words[0], from: words}
	flags.Var(c, name, "")
	return c
}

// storeFlag declares --store; the folder it gives is the flag's, else the environment's, else ./koblet-store.
func storeFlag(flags *pflag.FlagSet) func(terminal.Terminal) string {
	given := flags.String("store", "", "")
	return func(t terminal.Terminal) string {
		if *given != "" {
			return *given
		}
		if dir := t.Env("KOBLET_STORE"); dir != "" {
			return dir
		}
		return "koblet-store"
	}
}

// purpose is what people are looked up for, in words.
type purpose string

func (p *purpose) Set(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("say in words what the people are looked up for")
	}
	*p = purpose(text)
	return nil
}

func (p *purpose) String() string { return string(*p) }
func (p *purpose) Type() string   { return "TEXT" }

// purposeFlag declares --purpose; without it nobody is looked up.
func purposeFlag(flags *pflag.FlagSet) *purpose {
	var p purpose
	flags.Var(&p, "purpose", "")
	return &p
}

// countFlag declares a flag that takes a whole number; c holds where the flag is not given, and bounds it.
func countFlag(flags *pflag.FlagSet, name string, c count) *count {
	flags.Var(&c, name, "")
	return &c
}
