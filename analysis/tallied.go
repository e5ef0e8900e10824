package analysis

import (
	"fmt"

	"koblet/queries"
)

// tallyColumns are the columns that every tally has: its keys with their attributes, then the counts, then the rate and its interval.
func tallyColumns(q queries.Question) []queries.Column {
	unit := ""
	columns := q.Named()
	for _, c := range q.Columns {
		if c.Name == "pass" {
			unit = c.Unit
		}
	}
	columns = append(columns, queries.Column{Name: "total", Type: "BIGINT", Role: queries.Count, Unit: unit, Label: queries.Words{Da: "i alt", En: "total"}})
	for _, c := range q.Columns {
		if c.Name == "pass" || c.Name == "fail" || c.Name == "unknown" {
			columns = append(columns, c)
		}
	}
	share := func(name, da, en string) queries.Column {
		return queries.Column{Name: name, Type: "DOUBLE", Role: queries.Derived, Unit: "share", Label: queries.Words{Da: da, En: en}}
	}
	return append(columns,
		share("rate", "andel", "rate"),
		share("rate_low", "nedre 95 pct.", "lower 95 per cent"),
		share("rate_high", "øvre 95 pct.", "upper 95 per cent"))
}

// intervalNote says what the interval of a fully counted register means.
var intervalNote = say(
	"Opgørelsen omfatter samtlige registreringer. Intervallet beskriver tilfældig variation, som om tilladelserne var uafhængige. Det er tilladelser til samme familie ikke, og intervallet er derfor sandsynligvis for smalt.",
	"The registers are fully counted. The interval describes chance as if permits were independent; those of a family are not, so it is likely too narrow.")

// fullyCounted says the same of what is no permit: whether families depend on each other there, nobody has looked into.
var fullyCounted = say(
	"Opgørelsen omfatter samtlige registreringer. Intervallet beskriver tilfældig variation.",
	"The registers are fully counted. The interval describes chance.")

// chance is what is said of the intervals of a tally's rates.
func chance(q queries.Question) Note {
	for _, c := range q.Columns {
		if c.Name == "pass" && c.Unit != "permits" {
			return fullyCounted
		}
	}
	return intervalNote
}

// tally adds total, rate and interval to rows that count pass, fail and unknown. Rows that count nothing are left out,
// unless the question has no keys and so only one row. What the statement counts as «apart» is no part of the tally: its
// sum over all rows becomes a note, in the words of the column; of «links» and «undated», the numbers coupled and those without a
// link date, a note tells where they are too many for a conclusion.
func tally(r Result, assumed map[string]string) (Result, error) {
	keys := len(r.Question.Named())
	rows := make([][]any, 0, len(r.Rows))
	var sum Tally
	for i, row := range r.Rows {
		t, whole := tallyAt(r, i)
		if !whole {
			return Result{}, fmt.Errorf("%s: pass, fail and unknown must be whole counts", r.Question.Name)
		}
		if keys > 0 && t.Total() == 0 {
			continue
		}
		sum = sum.Plus(t)
		out := append(make([]any, 0, keys+7), row[:keys]...)
		rate := t.rated()
		rows = append(rows, append(append(out, t.Total(), t.Pass, t.Fail, t.Unknown), rate[:]...))
	}
	if at := r.Index("apart"); at >= 0 {
		r.Notes = append(r.Notes, apartNote(r, at))
	}
	doubt, err := undatedNote(r, assumed)
	if err != nil {
		return Result{}, fmt.Errorf("%s: %w", r.Question.Name, err)
	}
	r.Notes = append(append(append(r.Notes, bounds(r.Question, sum, len(rows))...), doubt...), chance(r.Question))
	r.Rows, r.Columns = rows, tallyColumns(r.Question)
	return r, nil
}

// undatedNote names the rows of which nothing is concluded at equal age; a tally that counts no links has none.
func undatedNote(r Result, assumed map[string]string) ([]Note, error) {
	if r.Index("links") < 0 || r.Index("undated") < 0 {
		return nil, nil
	}
	limit, err := undatedLimit(assumed)
	if err != nil {
		return nil, err
	}
	rows, err := countsOf(r)
	if err != nil {
		return nil, err
	}
	return noConclusion(undatedRows(rows, limit), limit), nil
}

// apartNote says how many the question counts apart.
func apartNote(r Result, at int) Note {
	var n int64
	for _, row := range r.Rows {
		if v, ok := row[at].(int64); ok {
			n += v
		}
	}
	return say("Opgjort særskilt og ikke medtaget i tabellen: {label}, i alt {n}.", "Counted apart and not in the table: {label}, {n} in all.",
		named("label", r.Columns[at].Label), Figure{"n", n, r.Columns[at].Unit})
}
