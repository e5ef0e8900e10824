package analysis

import (
	"fmt"

	"koblet/analysis/stats"
	"koblet/queries"
)

// Tally is what a measure finds of the rows in its scope: three whole counts that sum to them.
type Tally struct{ Pass, Fail, Unknown int64 }

// tallyAt reads the three counts of a row; ok is false where one of them is no whole count.
func tallyAt(r Result, row int) (t Tally, ok bool) {
	var whole [3]bool
	t.Pass, whole[0] = r.Value(row, "pass").(int64)
	t.Fail, whole[1] = r.Value(row, "fail").(int64)
	t.Unknown, whole[2] = r.Value(row, "unknown").(int64)
	return t, whole == [3]bool{true, true, true}
}

// Total is how many rows were counted, the unknown among them.
func (t Tally) Total() int64 { return t.Pass + t.Fail + t.Unknown }

// Judged is the rate's two counts: fail of pass and fail. The unknown are out of it.
func (t Tally) Judged() stats.Proportion {
	return stats.Proportion{Fail: t.Fail, Judged: t.Pass + t.Fail}
}

// Plus is the tally of both together.
func (t Tally) Plus(o Tally) Tally {
	return Tally{t.Pass + o.Pass, t.Fail + o.Fail, t.Unknown + o.Unknown}
}

// Bounds are the rates of all rows, fractions, with every unknown row as pass and as fail. Where nothing was counted both are 0:
// ask Total first.
func (t Tally) Bounds() (asPass, asFail float64) {
	if t.Total() == 0 {
		return 0, 0
	}
	return float64(t.Fail) / float64(t.Total()), float64(t.Fail+t.Unknown) / float64(t.Total())
}

// Interval is Wilson's interval of the rate; nil, not applicable, where nothing was judged.
func (t Tally) Interval() *stats.Interval {
	judged := t.Judged()
	if judged.Judged == 0 {
		return nil
	}
	low, high := stats.Wilson(judged.Fail, judged.Judged)
	return &stats.Interval{Low: low, High: high}
}

// rated are the cells of the rate and its bounds, all nil where nothing was judged.
func (t Tally) rated() [3]any {
	rate, interval := t.Judged().Rate(), t.Interval()
	if rate == nil {
		return [3]any{}
	}
	return [3]any{*rate, interval.Low, interval.High}
}

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
		share("rate_low", "nedre grænse, 95 pct.-interval", "lower bound, 95 per cent interval"),
		share("rate_high", "øvre grænse, 95 pct.-interval", "upper bound, 95 per cent interval"))
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
// sum over all rows becomes a note, in the words of the column; rows that its header sets apart are in no sum, and a note says why; of «links» and «undated», the numbers coupled and those without a
// link date, a note tells where they are too many for a conclusion.
func tally(r Result, assumed map[string]string) (Result, error) {
	keys := len(r.Question.Named())
	rows := make([][]any, 0, len(r.Rows))
	var sum Tally
	beside := 0
	for i, row := range r.Rows {
		t, whole := tallyAt(r, i)
		if !whole {
			return Result{}, fmt.Errorf("%s: pass, fail and unknown must be whole counts", r.Question.Name)
		}
		if keys > 0 && t.Total() == 0 {
			continue
		}
		if r.apart(i) {
			beside++
		} else {
			sum = sum.Plus(t)
		}
		out := append(make([]any, 0, keys+7), row[:keys]...)
		rate := t.rated()
		rows = append(rows, append(append(out, t.Total(), t.Pass, t.Fail, t.Unknown), rate[:]...))
	}
	if at := r.Index("apart"); at >= 0 {
		r.Notes = append(r.Notes, apartNote(r, at))
	}
	if beside > 0 {
		r.Notes = append(r.Notes, NoteOf(r.Question.Apart.Words))
	}
	doubt, unsure, err := undatedNote(r, assumed)
	if err != nil {
		return Result{}, fmt.Errorf("%s: %w", r.Question.Name, err)
	}
	r.Inconclusive, r.unsure = len(doubt) > 0, unsure
	r.Notes = append(append(append(r.Notes, bounds(r.Question, sum, len(rows)-beside)...), doubt...), chance(r.Question))
	r.Rows, r.Columns = rows, tallyColumns(r.Question)
	return r, nil
}

// undatedNote names the rows of which nothing is concluded at equal age, and says which they are; a tally that counts no links has none.
func undatedNote(r Result, assumed map[string]string) ([]Note, []int, error) {
	if r.Index("links") < 0 || r.Index("undated") < 0 {
		return nil, nil, nil
	}
	limit, err := undatedLimit(assumed)
	if err != nil {
		return nil, nil, err
	}
	rows, err := countsOf(r)
	if err != nil {
		return nil, nil, err
	}
	names, unsure := undatedRows(rows, limit)
	if r.Question.Rows == "alternatives" && len(names) > 0 {
		names = []queries.Words{{}} // each row is of the same permits
	}
	return noConclusion(names, limit), unsure, nil
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

// said are the figures of a tally that findings print: its rate, and the two counts behind it.
func (t Tally) said() []Figure {
	judged := t.Judged()
	rate := Figure{Name: "rate", Unit: "share"}
	if at := judged.Rate(); at != nil {
		rate.Value = *at
	}
	return []Figure{rate, permits("fail", judged.Fail), permits("judged", judged.Judged)}
}
