// Package drill finds the cell of an answer whose rows are to be listed: what comes in are keys as a user names them, what goes out are those
// that the list of the question takes.
package drill

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers/characters"
	"koblet/store"
)

// Cell is a cell of an answer, whose rows are to be listed.
type Cell struct {
	Question queries.Question
	Scope    analysis.Scope    // what the question is asked for
	List     queries.Question  // queries.Drill of the question
	Keys     map[string]string // as a user names the cell: keys with their values, those of the answer or others that the list takes
	Own      bool              // the question is the user's own, and is not asked here to see what its answer holds
}

// The keys of a list that are in no answer, since an answer counts by them in columns.
var countedKeys = map[string][]string{
	"verdict": {"pass", "fail", "unknown"},
	"counted": {"at_risk", "linked", "lapsed", "censored"},
}

// Check refuses a key that neither the answer nor the list has, and a verdict that is none, with those there are.
func (d Cell) Check() error {
	var keys []string
	for _, c := range d.Question.Named() {
		keys = append(keys, c.Name)
	}
	further := d.List.CellKeys()
	slices.SortStableFunc(further, func(a, b string) int { return len(countedKeys[b]) - len(countedKeys[a]) }) // those first
	for _, key := range further {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(d.Keys)) {
		if !slices.Contains(keys, key) {
			return fmt.Errorf("no key %q; there are %s", key, strings.Join(keys, ", "))
		}
		if of := countedKeys[key]; of != nil && !slices.Contains(of, d.Keys[key]) {
			return fmt.Errorf("%s: there are %s", key, strings.Join(of, ", "))
		}
	}
	return nil
}

// Locate gives the cell by the keys that the list takes. It refuses a value that is not in the answer, and keys that no row
// of the answer has together: an empty list would read as if nobody were concerned. A key that is empty in the answer, or
// unknown, is named by an empty text.
func (d Cell) Locate(ctx context.Context, snapshot *store.Snapshot) (map[string]string, error) {
	var answer analysis.Result
	if !d.Own {
		var err error
		if answer, err = analysis.Run(ctx, snapshot, d.Question, d.Scope); err != nil || !answer.NotApplicable.Empty() {
			return d.Keys, err // the list says why there is nothing
		}
	}
	out := map[string]string{}
	rows := make([]int, len(answer.Rows))
	for i := range rows {
		rows[i] = i
	}
	var names []string // of the answer's keys that the list does not take
	for _, key := range slices.Sorted(maps.Keys(d.Keys)) {
		value := characters.Bare(d.Keys[key])
		if countedKeys[key] == nil {
			within := answer
			if answer.Index(key) < 0 {
				var err error
				if within, err = d.elsewhere(ctx, snapshot, key); err != nil {
					return nil, err
				}
			}
			var err error
			if value, err = among(within, key, value); err != nil {
				return nil, err
			}
			if answer.Index(key) >= 0 {
				rows = slices.DeleteFunc(rows, func(i int) bool { return analysis.KeyText(answer.Value(i, key)) != value })
			}
		}
		if out[key] = value; !slices.Contains(d.List.CellKeys(), key) {
			delete(out, key)
			names = append(names, key)
		}
	}
	if len(rows) == 0 && len(answer.Rows) > 0 {
		return nil, errors.New("the answer has no row with these keys together")
	}
	return out, d.resolve(answer, rows, names, out)
}

// resolve puts the keys that the list takes in the place of names, such as a country's: those that all the rows agree on.
func (d Cell) resolve(answer analysis.Result, rows []int, names []string, out map[string]string) error {
	if len(names) == 0 {
		return nil
	}
	found := false
	for _, key := range d.List.CellKeys() {
		if answer.Index(key) < 0 {
			continue
		}
		value := analysis.KeyText(answer.Value(rows[0], key))
		if !slices.ContainsFunc(rows, func(i int) bool { return analysis.KeyText(answer.Value(i, key)) != value }) {
			out[key], found = value, true
		}
	}
	if !found {
		return fmt.Errorf("%s: several rows of the answer have it; name another key", names[0])
	}
	return nil
}

// elsewhere is an answer that has a key which the question's own does not: that of a question on the same measure or else, of
// permits, on the studies' own. It has no column of that name where no question counts by it.
func (d Cell) elsewhere(ctx context.Context, snapshot *store.Snapshot, key string) (analysis.Result, error) {
	measures := []string{d.Question.Measure}
	if _, ofPermits := d.List.Param("from_day"); ofPermits {
		measures = append(measures, "unlinked_verdicts")
	}
	for _, measure := range measures {
		for _, q := range queries.All() {
			counts := slices.ContainsFunc(q.Named(), func(c queries.Column) bool { return c.Name == key })
			if q.Measure != measure || !counts || q.Computed != "" {
				continue
			}
			scope := analysis.Scope{From: d.Scope.From, To: d.Scope.To, Categories: d.Scope.Categories, Params: maps.Clone(d.Scope.Params)}
			maps.DeleteFunc(scope.Params, func(name, _ string) bool { _, ok := q.Param(name); return !ok })
			return analysis.Counted(ctx, snapshot, q, scope)
		}
	}
	return analysis.Result{}, nil
}

// among gives a value as the answer has it, or says which there are. A key of single persons or numbers is not listed.
func among(answer analysis.Result, key, value string) (string, error) {
	if answer.Index(key) < 0 || len(answer.Rows) == 0 {
		return value, nil // nothing to hold it against
	}
	var there []string
	for i := range answer.Rows {
		if text := analysis.KeyText(answer.Value(i, key)); !slices.Contains(there, text) {
			there = append(there, text)
		}
	}
	if slices.Contains(there, value) {
		return value, nil
	}
	if other, ok := map[string]string{"": "unknown", "unknown": ""}[value]; ok && slices.Contains(there, other) {
		return other, nil // what is empty in one key is unknown in another
	}
	if answer.Columns[answer.Index(key)].Role == queries.Record {
		return "", fmt.Errorf("%s: the answer has no such row", key)
	}
	for i, text := range there {
		if there[i] = Quoted(text); text == "" {
			there[i] = "the empty " + key + "="
		}
	}
	return "", fmt.Errorf("%s: the answer has no such row; there are %s", key, analysis.SomeOf(there))
}

// Quoted is a value as a cell is named by it: quoted as a field of CSV is, where it holds a comma or a quote.
func Quoted(value string) string {
	if !strings.ContainsAny(value, `,"`) {
		return value
	}
	return `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
}
