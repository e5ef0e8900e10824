// Package values is what the flags of a command take: days, periods, words of a list, cells of a table. Each is checked while the line
// is read, so that a mistake is told before a file or a store is opened, and no message repeats what was given: it may be somebody's
// number.
//
// Deliberately not here: which command has which flags (koblet).
package values

import (
	"errors"
	"fmt"
	"path/filepath"
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

// Day is a DAY: 2014-12-31.
type Day struct{ time.Time }

// Set reads what was given.
func (d *Day) Set(text string) error {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return errors.New("not a day of the calendar, written 2014-12-31")
	}
	d.Time = t
	return nil
}

// String is what holds where nothing is given, for pflag.
func (d *Day) String() string { return "" }

// Type names what is taken.
func (d *Day) Type() string { return "DAY" }

// Days are several of them, one a flag.
type Days []time.Time

// Set reads what was given.
func (d *Days) Set(text string) error {
	var one Day
	if err := one.Set(text); err != nil {
		return err
	}
	if slices.Contains(*d, one.Time) {
		return errors.New("the same day twice")
	}
	*d = append(*d, one.Time)
	return nil
}

// String is what holds where nothing is given, for pflag.
func (d *Days) String() string { return "" }

// Type names what is taken.
func (d *Days) Type() string { return "DAY" }

// Period is a PERIOD: a year, a month or a day.
type Period struct{ analysis.Period }

// Set reads what was given.
func (p *Period) Set(text string) error {
	parsed, err := analysis.ParsePeriod(text)
	if err != nil {
		return errors.New("not a period, written 2013, 2013-05 or 2013-05-17")
	}
	p.Period = parsed
	return nil
}

// String is what holds where nothing is given, for pflag.
func (p *Period) String() string { return "" }

// Type names what is taken.
func (p *Period) Type() string { return "PERIOD" }

// Periods are those of a flag that is given again for another one.
type Periods []Period

// Set reads what was given.
func (p *Periods) Set(text string) error {
	var one Period
	if err := one.Set(text); err != nil {
		return err
	}
	*p = append(*p, one)
	return nil
}

// String is what holds where nothing is given, for pflag.
func (p *Periods) String() string { return "" }

// Type names what is taken.
func (p *Periods) Type() string { return "PERIOD" }

// Only is the one period, or none.
func (p Periods) Only() analysis.Period {
	if len(p) == 0 {
		return analysis.Period{}
	}
	return p[0].Period
}

// Choice is one word of a list.
type Choice struct {
	Word  string
	From  []string
	Given bool
}

// Set reads what was given.
func (c *Choice) Set(text string) error {
	if err := known(text, c.From); err != nil {
		return err
	}
	c.Word, c.Given = text, true
	return nil
}

// String is what holds where nothing is given, for pflag.
func (c *Choice) String() string { return c.Word }

// Type names what is taken.
func (c *Choice) Type() string { return "WORD" }

// Choices are words of a list, separated by commas or given one a flag.
type Choices struct {
	Words []string
	From  []string
	given bool
}

// Set reads what was given.
func (c *Choices) Set(text string) error {
	if !c.given {
		c.Words, c.given = nil, true
	}
	for word := range strings.SplitSeq(text, ",") {
		if err := known(word, c.From); err != nil {
			return err
		}
		if !slices.Contains(c.Words, word) {
			c.Words = append(c.Words, word)
		}
	}
	return nil
}

// String is what holds where nothing is given, for pflag.
func (c *Choices) String() string { return strings.Join(c.Words, ",") }

// Type names what is taken.
func (c *Choices) Type() string { return "WORDS" }

func known(word string, words []string) error {
	if slices.Contains(words, word) {
		return nil
	}
	list := "one of " + strings.Join(words, ", ")
	return terminal.Cure(registers.Meant(word, words, ""), "%s is not known; it is %s", terminal.Quoted(word), list)
}

// Params are NAME=VALUE, one a flag.
type Params map[string]string

// Set reads what was given.
func (p *Params) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok || !paramName.MatchString(name) {
		return errors.New("not of the form NAME=VALUE")
	}
	if *p == nil {
		*p = Params{}
	}
	if _, twice := (*p)[name]; twice {
		return fmt.Errorf("%s is given twice", name)
	}
	(*p)[name] = value
	return nil
}

var paramName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,39}$`)

// String is what holds where nothing is given, for pflag.
func (p *Params) String() string { return "" }

// Type names what is taken.
func (p *Params) Type() string { return "NAME=VALUE" }

// Count is a whole number within bounds.
type Count struct {
	N         int64
	Low, High int64
}

// Set reads what was given.
func (c *Count) Set(text string) error {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < c.Low || n > c.High {
		return fmt.Errorf("not a whole number from %d to %d", c.Low, c.High)
	}
	c.N = n
	return nil
}

// String is what holds where nothing is given, for pflag.
func (c *Count) String() string { return strconv.FormatInt(c.N, 10) }

// Type names what is taken.
func (c *Count) Type() string { return "N" }

// OneOf declares a flag that takes one word of a list, the first of which holds where the flag is not given.
func OneOf(flags *pflag.FlagSet, name string, words ...string) *Choice {
	c := &Choice{Word: words[0], From: words}
	flags.Var(c, name, "")
	return c
}

// Store declares --store; the folder it gives is the flag's, else the environment's, else ./koblet-store.
func Store(flags *pflag.FlagSet) func(terminal.Terminal) string {
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

// Purpose is what people are looked up for, in words.
type Purpose string

// Set reads what was given.
func (p *Purpose) Set(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("say in words what the people are looked up for")
	}
	*p = Purpose(text)
	return nil
}

// String is what holds where nothing is given, for pflag.
func (p *Purpose) String() string { return string(*p) }

// Type names what is taken.
func (p *Purpose) Type() string { return "TEXT" }

// PurposeOf declares --purpose; without it nobody is looked up.
func PurposeOf(flags *pflag.FlagSet) *Purpose {
	var p Purpose
	flags.Var(&p, "purpose", "")
	return &p
}

// CountOf declares a flag that takes a whole number; c holds where the flag is not given, and bounds it.
func CountOf(flags *pflag.FlagSet, name string, c Count) *Count {
	flags.Var(&c, name, "")
	return &c
}

// Cell is KEY=VALUE,...; the flag may be given several times. A value with a comma is quoted as a field of CSV is, or stands
// in a flag of its own: a comma that no KEY= follows belongs to the value.
type Cell map[string]string

var (
	cellKey   = regexp.MustCompile(`^\s*("?)([A-Za-z_][A-Za-z0-9_]{0,39})=`)
	cellField = regexp.MustCompile(`^"((?:[^"]|"")*)"\s*(?:,|$)`)
	cellNext  = regexp.MustCompile(`,\s*"?[A-Za-z_][A-Za-z0-9_]{0,39}=`)
)

// Set reads what was given.
func (c *Cell) Set(text string) error {
	if *c == nil {
		*c = Cell{}
	}
	for rest, more := text, true; more; {
		m := cellKey.FindStringSubmatch(rest)
		if m == nil {
			return errors.New("not of the form KEY=VALUE,KEY=VALUE")
		}
		name, value := m[2], m[1]+rest[len(m[0]):] // a quote before the key is as good as one after it
		field := cellField.FindStringSubmatch(value)
		switch next := cellNext.FindStringIndex(value); {
		case field != nil:
			more, rest = strings.HasSuffix(field[0], ","), value[len(field[0]):]
			value = strings.ReplaceAll(field[1], `""`, `"`)
		case strings.HasPrefix(value, `"`):
			return errors.New("a quote is not closed, or does not end the value")
		case next != nil:
			value, rest = value[:next[0]], value[next[0]+1:]
		default:
			more = false
		}
		if _, twice := (*c)[name]; twice {
			return fmt.Errorf("%s is given twice", name)
		}
		(*c)[name] = strings.TrimSpace(value)
	}
	return nil
}

// String is what holds where nothing is given, for pflag.
func (c *Cell) String() string { return "" }

// Type names what is taken.
func (c *Cell) Type() string { return "KEY=VALUE" }

// Timeout declares --timeout.
func Timeout(flags *pflag.FlagSet) *time.Duration {
	limit := 30 * time.Second
	flags.Var((*Span)(&limit), "timeout", "")
	return &limit
}

// Rows declares --max-rows.
func Rows(flags *pflag.FlagSet) *Count {
	return CountOf(flags, "max-rows", Count{N: 10000, Low: 1, High: 1e8})
}

// Span is how long something may take.
type Span time.Duration

// Set reads what was given.
func (s *Span) Set(text string) error {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return errors.New("not a span of time, written 30s, 5m or 1h")
	}
	*s = Span(d)
	return nil
}

// String is what holds where nothing is given, for pflag.
func (s *Span) String() string { return time.Duration(*s).String() }

// Type names what is taken.
func (s *Span) Type() string { return "SPAN" }

// Size is an amount of memory, as the database writes one.
type Size string

var sizeText = regexp.MustCompile(`^[1-9][0-9]{0,5}(MB|GB|MiB|GiB)$`)

// Set reads what was given.
func (s *Size) Set(text string) error {
	if !sizeText.MatchString(text) {
		return errors.New("not an amount of memory, written 900MB or 2GB")
	}
	*s = Size(text)
	return nil
}

// String is what holds where nothing is given, for pflag.
func (s *Size) String() string { return string(*s) }

// Type names what is taken.
func (s *Size) Type() string { return "SIZE" }

// endings are the formats that a file's name says; what has none of these endings may hold any.
var endings = map[string]string{
	".txt": "text", ".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".html": "html", ".htm": "html",
	".parquet": "parquet", ".xls": "xls", ".ods": "ods", ".pdf": "pdf", ".docx": "docx", ".md": "markdown",
}

// Agree makes format that of the file's ending where none is given, and refuses a name that says another than is written: whoever opens
// it is told that the file is broken.
func Agree(format *Choice, out string) error {
	says, known := endings[strings.ToLower(filepath.Ext(out))]
	switch {
	case format.Word == "xlsx" && out == "":
		return terminal.Cure("--out - if standard output is meant", "--format xlsx: --out is missing")
	case !known || says == format.Word:
		return nil
	case format.Given:
		return terminal.Cure("leave --format out, or name the file after it", "--format %s: --out %s is the name of another format", format.Word, out)
	case !slices.Contains(format.From, says):
		return fmt.Errorf("--out %s: its ending is that of no format that is written here, which are %s", out, strings.Join(format.From, ", "))
	}
	format.Word = says
	return nil
}
