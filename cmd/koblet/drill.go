package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"koblet/analysis"
	"koblet/queries"
	"koblet/store"
)

// drilling is the cell whose permits are to be listed, and for whom.
type drilling struct {
	cell    cell
	rows    *count
	purpose *purpose
	flags   *pflag.FlagSet
	who     lookup
}

func drillFlags(flags *pflag.FlagSet) *drilling {
	d := &drilling{flags: flags}
	flags.Var(&d.cell, "drill", "")
	d.rows = rowsFlag(flags)
	d.purpose = purposeFlag(flags)
	return d
}

func (d *drilling) asked() bool { return len(d.cell) > 0 }

// typed is the cell as one types it, for the log of lookups.
func (d *drilling) typed() string {
	var keys []string
	for _, name := range slices.Sorted(maps.Keys(d.cell)) {
		keys = append(keys, name+"="+d.cell[name])
	}
	return strings.Join(keys, ",")
}

// into turns a question into the one that lists the rows of its measure in a cell; without a cell it is left as it is.
func (d *drilling) into(q queries.Question, scope analysis.Scope) (queries.Question, analysis.Scope, error) {
	if !d.asked() {
		if d.flags.Changed("purpose") || d.flags.Changed("max-rows") {
			return q, scope, cure("--drill year=2013", "--purpose and --max-rows: they are for --drill")
		}
		return q, scope, nil
	}
	if _, err := scope.Bind(q); err != nil {
		return q, scope, err
	}
	drill, ok := queries.Drill(q)
	if !ok {
		return q, scope, fmt.Errorf("%s: --drill: the question stands on no measure whose rows can be listed", q.Name)
	}
	if d.flags.Changed("purpose") && drill.Columns[0].Name != "permit_key" {
		return q, scope, cure("koblet sql --purpose, which finds persons and numbers by these keys", "%s: --purpose: the people are shown of permits only", q.Name)
	}
	params := maps.Clone(scope.Params)
	if params == nil {
		params = map[string]string{}
	}
	for _, name := range slices.Sorted(maps.Keys(d.cell)) {
		if p, ok := drill.Param(name); !ok || p.Type != "VARCHAR" {
			return q, scope, fmt.Errorf("%s: --drill: no key %q; there are %s", q.Name, name, strings.Join(drillKeys(drill), ", "))
		}
		if params[name] = d.cell[name]; d.cell[name] == "" {
			params[name] = "-"
		}
	}
	for _, p := range drill.Params { // the fence reads the list by itself, and does not know this question's defaults
		if _, given := params[p.Name]; !given && p.Default != "" {
			params[p.Name] = p.Default
		}
	}
	params["rows"] = strconv.FormatInt(d.rows.n+1, 10) // one more, to know whether there are more
	scope.Params = params
	var err error
	d.who, err = looking(*d.purpose)
	return drill, scope, err
}

// drillKeys are the keys that a cell can be named by.
func drillKeys(drill queries.Question) []string {
	var names []string
	for _, p := range drill.Params {
		if p.Type == "VARCHAR" && p.Name != "municipality" {
			names = append(names, p.Name)
		}
	}
	return names
}

// cell is KEY=VALUE,...; the flag may be given several times.
type cell map[string]string

func (c *cell) Set(text string) error {
	if *c == nil {
		*c = cell{}
	}
	for part := range strings.SplitSeq(text, ",") {
		name, value, ok := strings.Cut(part, "=")
		if !ok || name == "" {
			return errors.New("not of the form KEY=VALUE,KEY=VALUE")
		}
		if _, twice := (*c)[name]; twice {
			return fmt.Errorf("%s is given twice", name)
		}
		(*c)[name] = value
	}
	return nil
}

func (c *cell) String() string { return "" }
func (c *cell) Type() string   { return "KEY=VALUE" }

// capped keeps the first rows of a list, and says when it cut.
func capped(r analysis.Result, most int64) analysis.Result {
	if int64(len(r.Rows)) > most {
		r.Rows = r.Rows[:most]
		r.Notes = append(r.Notes, queries.Words{
			Da: fmt.Sprintf("Kun de første %d er med; --max-rows tager flere.", most),
			En: fmt.Sprintf("Only the first %d are listed; --max-rows takes more.", most),
		})
	}
	return r
}

// tellCut says that a list for programs is cut: it has no notes.
func tellCut(t terminal, format string, r analysis.Result) {
	if len(r.Notes) > 0 && (format == "csv" || format == "json") {
		fmt.Fprintf(t.err, "koblet: run: %s\n", strings.TrimSuffix(r.Notes[len(r.Notes)-1].En, "."))
	}
}

// withPeople adds the permit and the person to each key of a list.
func withPeople(ctx context.Context, snapshot *store.Snapshot, r analysis.Result) (analysis.Result, error) {
	people, err := queries.Parse("people", queries.Script("fence/people"))
	if err != nil {
		return r, err
	}
	keys := []string{}
	for _, row := range r.Rows {
		keys = append(keys, fmt.Sprint(row[0]))
	}
	found, err := snapshot.Query(ctx, people, map[string]any{"keys": keys})
	if err != nil {
		return r, err
	}
	behind := map[any][]any{}
	for _, row := range found {
		behind[row[0]] = row[1:]
	}
	r.Columns = slices.Concat(r.Columns, people.Columns[1:])
	for i, row := range r.Rows {
		person := behind[row[0]]
		if person == nil {
			person = make([]any, len(people.Columns)-1)
		}
		r.Rows[i] = slices.Concat(row, person)
	}
	return r, nil
}
