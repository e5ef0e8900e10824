package analysis

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"koblet/queries"
	"koblet/store"
)

// Run answers a question on a snapshot. A tally gets its total, rate and interval, a spread its fraction. Where the extract
// lacks a column that the question needs, the Result says so and has no rows.
func Run(ctx context.Context, snapshot *store.Snapshot, q queries.Question, scope Scope) (Result, error) {
	r, err := Counted(ctx, snapshot, q, scope)
	if err != nil || !r.NotApplicable.Empty() {
		return r, err
	}
	r.Rows = slices.DeleteFunc(r.Rows, func(row []any) bool { return !scope.wants(r, row) })
	if r, err = complete(r, snapshot.Assumptions); err != nil {
		return Result{}, err
	}
	without(snapshot, &r)
	if countsNothing(r) {
		r.NotApplicable = nothingInScope
		if err := mistyped(ctx, snapshot, r); err != nil {
			return Result{}, fmt.Errorf("%s: %w", q.Name, err)
		}
	}
	if err = markSplit(ctx, snapshot, &r); err != nil {
		return Result{}, fmt.Errorf("%s: %w", q.Name, err)
	}
	if r.Provisional, err = provisional(ctx, snapshot, r); err != nil {
		return Result{}, fmt.Errorf("%s: %w", q.Name, err)
	}
	return r, nil
}

// wants reports whether a row of an answer has the keys that are asked for.
func (s Scope) wants(r Result, row []any) bool {
	for key, want := range s.Row {
		if at := r.Index(key); at < 0 || KeyText(row[at]) != want {
			return false
		}
	}
	return true
}

// markSplit finds the municipalities of an answer that were split between several in 2007, and names them in a note.
func markSplit(ctx context.Context, snapshot *store.Snapshot, r *Result) error {
	at := r.Index("municipality_code")
	if at < 0 {
		return nil
	}
	split, err := snapshot.SplitMunicipalities(ctx)
	if err != nil {
		return fmt.Errorf("split municipalities: %w", err)
	}
	var names []queries.Words
	for i, row := range r.Rows {
		if code, _ := row[at].(string); slices.Contains(split, code) && !slices.Contains(r.Split, code) {
			r.Split = append(r.Split, code)
			name, _ := r.Value(i, "municipality_name").(string)
			place := strings.TrimSpace(code + " " + name)
			names = append(names, queries.Words{Da: place, En: place})
		}
	}
	if len(names) > 0 {
		r.Notes = append(r.Notes, say("Delt mellem flere kommuner i 2007 (d), og koden kan derfor ikke omsættes til en ny: {municipalities}.",
			"Divided between several municipalities in 2007 (d), so that no new code stands for it: {municipalities}.", named("municipalities", names...)))
	}
	return nil
}

// Counted is a question's answer as its SQL gives it, before Go computes anything.
func Counted(ctx context.Context, snapshot *store.Snapshot, q queries.Question, scope Scope) (Result, error) {
	arguments, err := scope.Bind(q)
	if err != nil {
		return Result{}, err
	}
	r := Result{Question: q, AsOf: snapshot.AsOf, Snapshot: snapshot.Hash, Arguments: arguments, Columns: q.Columns}
	for _, words := range q.Notes {
		r.Notes = append(r.Notes, Note{Words: words})
	}
	if r.Lacking, r.NotApplicable = lacking(snapshot, q, arguments); len(r.Lacking) > 0 {
		r.Columns = Columns(q)
		return r, nil
	}
	values := make(map[string]any, len(arguments))
	for _, a := range arguments {
		values[a.Name] = a.Value
	}
	if r.Rows, err = snapshot.Query(ctx, q, values); err != nil {
		return Result{}, fmt.Errorf("%s: %w", q.Name, err)
	}
	return r, nil
}

// nothingInScope is why an answer has no rows although the extract has all that the question needs.
var nothingInScope = say("intet at opgøre inden for afgrænsningen", "nothing to count in what was asked for")

// countsNothing reports whether an answer has no row, or its one row, or the step of a waterfall, says that nothing is in scope.
func countsNothing(r Result) bool {
	for i := range r.Rows {
		if len(r.Rows) == 1 && r.Value(i, "total") == int64(0) || r.Value(i, "step") == "in_scope" && r.Value(i, "n") == int64(0) {
			return true
		}
	}
	return len(r.Rows) == 0
}

// complete adds what Go computes from the counts. The assumptions are those of the snapshot, by name.
func complete(r Result, assumed map[string]string) (Result, error) {
	switch {
	case r.Question.Computed != "":
		return compute(r, assumed)
	case r.Question.IsTally():
		return tally(r, assumed)
	case r.Question.Share.Name != "":
		return spread(r)
	}
	return r, nil
}

// Columns are the columns that the Result of a question has: the header's, or those that Go computes after them.
func Columns(q queries.Question) []queries.Column {
	switch {
	case len(q.Result) > 0:
		return q.Result
	case q.IsTally():
		return tallyColumns(q)
	}
	return q.Columns
}

// lacking gives what a question needs and the extracts do not have, and says it; of columns of which it needs one, where they
// have none. What a filter restricts by is needed when it restricts.
func lacking(snapshot *store.Snapshot, q queries.Question, arguments []Argument) ([]queries.Need, Note) {
	if columns := snapshot.Lacks(q.Needs); len(columns) > 0 {
		first := []queries.Need{{Table: columns[0].Table}}
		if len(snapshot.Lacks(first)) == 0 {
			first = columns[:1]
		}
		return columns, notDelivered(first)
	}
	if columns := lackingAll(snapshot, q.Either); len(columns) > 0 {
		return columns, notDelivered(columns)
	}
	for _, a := range arguments {
		if columns := lackingAll(snapshot, q.RestrictsBy(a.Name)); len(columns) > 0 && a.restricts() {
			why := notDelivered(columns)
			flag := flagOf(a.Name)
			return columns, say(why.Da+", som "+flag+" spørger til", why.En+", which "+flag+" asks about")
		}
	}
	return nil, Note{}
}

// lackingAll gives the columns, of which one is needed, where the extracts have none of them.
func lackingAll(snapshot *store.Snapshot, either []queries.Need) []queries.Need {
	if columns := snapshot.Lacks(either); len(columns) == len(either) {
		return columns
	}
	return nil
}

// restricts reports whether the argument leaves anything out.
func (a Argument) restricts() bool { return a.Value != nil && a.Value != false }

func notDelivered(lacking []queries.Need) Note {
	var names []string
	for _, n := range lacking {
		names = append(names, n.String())
	}
	list := strings.Join(names, ", ")
	if len(names) > 1 {
		return say("udtrækket indeholder ingen af "+list, "the extract has none of "+list)
	}
	return say("udtrækket indeholder ikke "+list, "the extract does not have "+list)
}

// without notes which columns that the answer rests on in part the extracts do not have, and takes out what is then not
// applicable. Of a register of which there is no extract at all nothing is said, unless the question asks for the table.
func without(snapshot *store.Snapshot, r *Result) {
	lacks := func(n queries.Need) bool {
		return len(snapshot.Lacks([]queries.Need{n})) > 0 && (n.Column == "" || len(snapshot.Lacks([]queries.Need{{Table: n.Table}})) == 0)
	}
	for _, w := range r.Question.Without {
		if !lacks(w.Need) {
			continue
		}
		r.Notes = append(r.Notes, Note{Words: w.Words})
		for _, name := range w.Blanks {
			for _, row := range r.Rows {
				row[r.Index(name)] = nil
			}
		}
	}
	for _, a := range r.Arguments {
		if a.Name == "expected" && a.restricts() && lacks(queries.Need{Table: "carl2_persons", Column: "entered_on"}) {
			r.Notes = append(r.Notes, notEntered)
		}
	}
}

// notEntered is said of expected permits where nobody can be said never to have come.
var notEntered = say(
	"Udtrækket indeholder ikke carl2_persons.entered_on. Personer, der aldrig er indrejst, kan ikke udskilles, og der forventes derfor også et nummer for dem.",
	"The extract does not have carl2_persons.entered_on: who never entered cannot be seen, so a number is expected there too.")

// spread adds each count's fraction of the sum over the rows that agree with it on the keys of the share.
func spread(r Result) (Result, error) {
	share := r.Question.Share
	count := r.Index(share.Count)
	within := make([]int, len(share.Within))
	for i, name := range share.Within {
		within[i] = r.Index(name)
	}
	if count < 0 || slices.Contains(within, -1) {
		return Result{}, fmt.Errorf("%s: share: a column it names is not among the columns", r.Question.Name)
	}
	group := func(row []any) string {
		key := ""
		for _, i := range within {
			key += fmt.Sprintf("%v\x00", row[i])
		}
		return key
	}
	sums := map[string]int64{}
	for _, row := range r.Rows {
		n, ok := row[count].(int64)
		if !ok {
			return Result{}, fmt.Errorf("%s: share: column %s is no whole count", r.Question.Name, share.Count)
		}
		sums[group(row)] += n
	}
	for i, row := range r.Rows {
		r.Rows[i] = append(row, fraction(row[count].(int64), sums[group(row)]))
	}
	r.Columns = r.Question.Result
	return r, nil
}

// fraction is x ÷ n, and nil, not applicable, where n is 0.
func fraction(x, n int64) any {
	if n == 0 {
		return nil
	}
	return float64(x) / float64(n)
}

// mostValues is how many values of a key a message lists.
const mostValues = 20

// SomeOf lists values for a message, and says how many more there are.
func SomeOf(there []string) string {
	if more := len(there) - mostValues; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(there[:mostValues], ", "), more)
	}
	return strings.Join(there, ", ")
}

// filterColumns are the columns that filters of codes restrict by.
var filterColumns = map[string]string{"municipality": "municipality_code", "citizenship": "citizenship", "person_group": "person_group"}

// listedCodes are the codes that a column can be asked for: those of its list and those that permits have; none of a column that no filter
// restricts by.
func listedCodes(ctx context.Context, snapshot *store.Snapshot, column string) (codes []string, err error) {
	if !slices.Contains(slices.Collect(maps.Values(filterColumns)), column) {
		return nil, nil
	}
	q, err := queries.Parse("filter_values", queries.Script("open/filter_values"))
	if err != nil {
		return nil, err
	}
	rows, err := snapshot.Query(ctx, q, map[string]any{"column_name": column})
	for _, row := range rows {
		codes = append(codes, fmt.Sprint(row[0]))
	}
	return codes, err
}

// mistyped refuses a filter on a code that neither its list nor any permit has, where nothing was found to count: a municipality
// of the list without permits has none, and 101 in the place of 0101 is no municipality.
func mistyped(ctx context.Context, snapshot *store.Snapshot, r Result) error {
	for _, a := range r.Arguments {
		value, given := a.Value.(string)
		if filterColumns[a.Name] == "" || !given {
			continue
		}
		there, err := listedCodes(ctx, snapshot, filterColumns[a.Name])
		if err != nil {
			return err
		}
		if !slices.Contains(there, value) {
			return fmt.Errorf("parameter %s: no such code; there are %s", a.Name, SomeOf(there))
		}
	}
	return nil
}
