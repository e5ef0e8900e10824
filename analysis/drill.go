package analysis

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"koblet/queries"
	"koblet/registers/characters"
	"koblet/store"
)

// Drilldown is a cell of an answer, whose rows are to be listed.
type Drilldown struct {
	Question queries.Question
	Scope    Scope             // what the question is asked for
	List     queries.Question  // queries.Drill of the question
	Cell     map[string]string // as a user names it: keys with their values, those of the answer or others that the list takes
	Own      bool              // the question is the user's own, and is not asked here to see what its answer holds
}

// The keys of a list that are in no answer, since an answer counts by them in columns.
var countedKeys = map[string][]string{
	"verdict": {"pass", "fail", "unknown"},
	"counted": {"at_risk", "linked", "lapsed", "censored"},
}

// Check refuses a key that neither the answer nor the list has, and a verdict that is none, with those there are.
func (d Drilldown) Check() error {
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
	for _, key := range slices.Sorted(maps.Keys(d.Cell)) {
		if !slices.Contains(keys, key) {
			return fmt.Errorf("no key %q; there are %s", key, strings.Join(keys, ", "))
		}
		if of := countedKeys[key]; of != nil && !slices.Contains(of, d.Cell[key]) {
			return fmt.Errorf("%s: there are %s", key, strings.Join(of, ", "))
		}
	}
	return nil
}

// Locate gives the cell by the keys that the list takes. It refuses a value that is not in the answer, and keys that no row
// of the answer has together: an empty list would read as if nobody were concerned. A key that is empty in the answer, or
// unknown, is named by an empty text.
func (d Drilldown) Locate(ctx context.Context, snapshot *store.Snapshot) (map[string]string, error) {
	var answer Result
	if !d.Own {
		var err error
		if answer, err = Run(ctx, snapshot, d.Question, d.Scope); err != nil || !answer.NotApplicable.Empty() {
			return d.Cell, err // the list says why there is nothing
		}
	}
	out := map[string]string{}
	rows := make([]int, len(answer.Rows))
	for i := range rows {
		rows[i] = i
	}
	var names []string // of the answer's keys that the list does not take
	for _, key := range slices.Sorted(maps.Keys(d.Cell)) {
		value := characters.Bare(d.Cell[key])
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
				rows = slices.DeleteFunc(rows, func(i int) bool { return keyText(answer.Value(i, key)) != value })
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
func (d Drilldown) resolve(answer Result, rows []int, names []string, out map[string]string) error {
	if len(names) == 0 {
		return nil
	}
	found := false
	for _, key := range d.List.CellKeys() {
		if answer.Index(key) < 0 {
			continue
		}
		value := keyText(answer.Value(rows[0], key))
		if !slices.ContainsFunc(rows, func(i int) bool { return keyText(answer.Value(i, key)) != value }) {
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
func (d Drilldown) elsewhere(ctx context.Context, snapshot *store.Snapshot, key string) (Result, error) {
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
			scope := Scope{From: d.Scope.From, To: d.Scope.To, Categories: d.Scope.Categories, Params: maps.Clone(d.Scope.Params)}
			maps.DeleteFunc(scope.Params, func(name, _ string) bool { _, ok := q.Param(name); return !ok })
			return counted(ctx, snapshot, q, scope)
		}
	}
	return Result{}, nil
}

// mostValues is how many values of a key a message lists.
const mostValues = 20

// among gives a value as the answer has it, or says which there are. A key of single persons or numbers is not listed.
func among(answer Result, key, value string) (string, error) {
	if answer.Index(key) < 0 || len(answer.Rows) == 0 {
		return value, nil // nothing to hold it against
	}
	var there []string
	for i := range answer.Rows {
		if text := keyText(answer.Value(i, key)); !slices.Contains(there, text) {
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
	return "", fmt.Errorf("%s: the answer has no such row; there are %s", key, someOf(there))
}

// Quoted is a value as a cell is named by it: quoted as a field of CSV is, where it holds a comma or a quote.
func Quoted(value string) string {
	if !strings.ContainsAny(value, `,"`) {
		return value
	}
	return `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
}

// someOf lists values, and says how many more there are.
func someOf(there []string) string {
	if more := len(there) - mostValues; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(there[:mostValues], ", "), more)
	}
	return strings.Join(there, ", ")
}

// filterColumns are the columns that filters of codes restrict by.
var filterColumns = map[string]string{"municipality": "municipality_code", "citizenship": "citizenship", "person_group": "person_group"}

// mistyped refuses a filter on a code that neither its list nor any permit has, where nothing was found to count: a municipality
// of the list without permits has none, and 101 in the place of 0101 is no municipality.
func mistyped(ctx context.Context, snapshot *store.Snapshot, r Result) error {
	for _, a := range r.Arguments {
		value, given := a.Value.(string)
		if filterColumns[a.Name] == "" || !given {
			continue
		}
		q, err := queries.Parse("filter_values", queries.Script("open/filter_values"))
		if err != nil {
			return err
		}
		rows, err := snapshot.Query(ctx, q, map[string]any{"column_name": filterColumns[a.Name]})
		if err != nil {
			return err
		}
		var there []string
		for _, row := range rows {
			there = append(there, fmt.Sprint(row[0]))
		}
		if !slices.Contains(there, value) {
			return fmt.Errorf("parameter %s: no such code; there are %s", a.Name, someOf(there))
		}
	}
	return nil
}

// keyText is a key as the machine formats write it.
func keyText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return fmt.Sprint(value)
}
