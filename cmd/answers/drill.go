package answers

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"koblet/analysis/drill"
	"koblet/cmd/terminal"
	"koblet/cmd/values"
	"koblet/queries"
)

// Drilling is the cell whose permits are to be listed, and for whom.
type Drilling struct {
	cell    values.Cell
	Rows    *values.Count
	Purpose *values.Purpose
	flags   *pflag.FlagSet
	down    drill.Cell
}

// DrillFlags declares the flags of a drill-down: --drill, --purpose and --max-rows.
func DrillFlags(flags *pflag.FlagSet) *Drilling {
	d := &Drilling{flags: flags}
	flags.Var(&d.cell, "drill", "")
	d.Rows = values.Rows(flags)
	d.Purpose = values.PurposeOf(flags)
	return d
}

// Asked reports whether a cell was pointed at.
func (d *Drilling) Asked() bool { return len(d.cell) > 0 }

// Into turns a question into the one that lists the rows of its measure in a cell; without a cell it is left as it is. Own is a question of the user's. What
// the answer says of the cell is seen later, when there is one: Locate.
func (d *Drilling) Into(a Asking, own bool) (Asking, error) {
	d.down.Own = own
	if !d.Asked() {
		if d.flags.Changed("purpose") || d.flags.Changed("max-rows") {
			return a, terminal.Cure("--drill year=2013", "--purpose and --max-rows: they are for --drill")
		}
		return a, nil
	}
	q := a.Question
	if _, err := a.Scope.Bind(q); err != nil {
		return a, err
	}
	list, ok := queries.Drill(q)
	if !ok {
		return a, fmt.Errorf("%s: --drill: the question stands on no measure whose rows can be listed", q.Name)
	}
	if d.flags.Changed("purpose") && !list.OfPermits() {
		return a, terminal.Cure("koblet sql --purpose, which finds persons and numbers by these keys", "%s: --purpose: the people are shown of permits only", q.Name)
	}
	d.down.Question, d.down.Scope, d.down.List, d.down.Keys = q, a.Scope, list, d.cell
	if err := d.down.Check(); err != nil {
		return a, fmt.Errorf("%s: --drill: %w", q.Name, err)
	}
	scope := a.Scope
	if scope.Params = maps.Clone(a.Scope.Params); scope.Params == nil {
		scope.Params = map[string]string{}
	}
	for _, p := range list.Params { // the fence reads the list by itself, and does not know this question's defaults
		if _, given := scope.Params[p.Name]; !given && p.Default != "" {
			scope.Params[p.Name] = p.Default
		}
	}
	scope.Params["rows"] = strconv.FormatInt(d.Rows.N+1, 10) // one more, to know whether there are more
	return Asking{list, scope}, nil
}

// Locate gives the cell by the list's keys, from what the answer says on the snapshot of a day.
func (d *Drilling) Locate(ctx context.Context, dir string, asOf time.Time) (map[string]string, error) {
	shelf, err := OpenShelf(dir, asOf)
	if err != nil {
		return nil, err
	}
	defer shelf.Close()
	snapshot, err := Take(ctx, shelf)
	if err != nil {
		return nil, err
	}
	at, err := d.down.Locate(ctx, snapshot)
	if err != nil {
		return nil, fmt.Errorf("%s: --drill: %w", d.down.Question.Name, err)
	}
	return at, nil
}
