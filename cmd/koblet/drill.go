package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/analysis/drill"
	"koblet/cmd/terminal"
	"koblet/queries"
	"koblet/reports"
)

// drilling is the cell whose permits are to be listed, and for whom.
type drilling struct {
	cell    cell
	rows    *count
	purpose *purpose
	flags   *pflag.FlagSet
	down    drill.Cell
}

func drillFlags(flags *pflag.FlagSet) *drilling {
	d := &drilling{flags: flags}
	flags.Var(&d.cell, "drill", "")
	d.rows = rowsFlag(flags)
	d.purpose = purposeFlag(flags)
	return d
}

func (d *drilling) asked() bool { return len(d.cell) > 0 }

// into turns a question into the one that lists the rows of its measure in a cell; without a cell it is left as it is. What
// the answer says of the cell is seen later, when there is one: locate.
func (d *drilling) into(a asking) (asking, error) {
	if !d.asked() {
		if d.flags.Changed("purpose") || d.flags.Changed("max-rows") {
			return a, terminal.Cure("--drill year=2013", "--purpose and --max-rows: they are for --drill")
		}
		return a, nil
	}
	q := a.question
	if _, err := a.scope.Bind(q); err != nil {
		return a, err
	}
	list, ok := queries.Drill(q)
	if !ok {
		return a, fmt.Errorf("%s: --drill: the question stands on no measure whose rows can be listed", q.Name)
	}
	if d.flags.Changed("purpose") && !list.OfPermits() {
		return a, terminal.Cure("koblet sql --purpose, which finds persons and numbers by these keys", "%s: --purpose: the people are shown of permits only", q.Name)
	}
	d.down.Question, d.down.Scope, d.down.List, d.down.Keys = q, a.scope, list, d.cell
	if err := d.down.Check(); err != nil {
		return a, fmt.Errorf("%s: --drill: %w", q.Name, err)
	}
	scope := a.scope
	if scope.Params = maps.Clone(a.scope.Params); scope.Params == nil {
		scope.Params = map[string]string{}
	}
	for _, p := range list.Params { // the fence reads the list by itself, and does not know this question's defaults
		if _, given := scope.Params[p.Name]; !given && p.Default != "" {
			scope.Params[p.Name] = p.Default
		}
	}
	scope.Params["rows"] = strconv.FormatInt(d.rows.n+1, 10) // one more, to know whether there are more
	return asking{list, scope}, nil
}

// locate gives the cell by the list's keys, from what the answer says on the snapshot of a day.
func (d *drilling) locate(ctx context.Context, dir string, asOf time.Time) (map[string]string, error) {
	shelf, err := openShelf(dir, asOf)
	if err != nil {
		return nil, err
	}
	defer shelf.Close()
	snapshot, err := take(ctx, shelf)
	if err != nil {
		return nil, err
	}
	at, err := d.down.Locate(ctx, snapshot)
	if err != nil {
		return nil, fmt.Errorf("%s: --drill: %w", d.down.Question.Name, err)
	}
	return at, nil
}

// cell is KEY=VALUE,...; the flag may be given several times. A value with a comma is quoted as a field of CSV is, or stands
// in a flag of its own: a comma that no KEY= follows belongs to the value.
type cell map[string]string

var (
	cellKey   = regexp.MustCompile(`^\s*("?)([A-Za-z_][A-Za-z0-9_]{0,39})=`)
	cellField = regexp.MustCompile(`^"((?:[^"]|"")*)"\s*(?:,|$)`)
	cellNext  = regexp.MustCompile(`,\s*"?[A-Za-z_][A-Za-z0-9_]{0,39}=`)
)

func (c *cell) Set(text string) error {
	if *c == nil {
		*c = cell{}
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

func (c *cell) String() string { return "" }
func (c *cell) Type() string   { return "KEY=VALUE" }

// capped keeps the first rows of a list, and says when it cut.
func capped(r analysis.Result, most int64) analysis.Result {
	if int64(len(r.Rows)) > most {
		r.Rows = r.Rows[:most]
		r.Notes = append(r.Notes, cutNote(most))
	}
	return r
}

func cutNote(most int64) analysis.Note {
	return analysis.NoteOf(queries.Words{
		Da: "Kun de første {most} er vist; flere vises med --max-rows.",
		En: "Only the first {most} are listed; --max-rows takes more.",
	}, analysis.Figure{Name: "most", Value: most})
}

// tellCut says that a list for programs is cut: it has no notes.
func tellCut(t terminal.Terminal, format string, r analysis.Result) {
	if len(r.Notes) > 0 && (format == "csv" || format == "json") {
		fmt.Fprintf(t.Err, "koblet: run: %s\n", strings.TrimSuffix(reports.LocaleOf("en").Note(r.Notes[len(r.Notes)-1]), "."))
	}
}
