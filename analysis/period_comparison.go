package analysis

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"koblet/analysis/stats"
	"koblet/queries"
	"koblet/store"
)

// ComparePeriods asks one question of two periods of a snapshot and gives, for each group of both and for all together where the rows part the
// scope, both tallies and the difference of their rates, first less second, with Newcombe's interval. The question is a tally, and no period is
// among its keys: a group must be there in both.
func ComparePeriods(ctx context.Context, snapshot *store.Snapshot, q queries.Question, scopes [2]Scope) (Result, error) {
	if !q.IsTally() || len(q.Result) > 0 {
		return Result{}, fmt.Errorf("%s: no tally, so there are no two rates to compare", q.Name)
	}
	for _, key := range q.Keys() {
		if key.Period != "" {
			return Result{}, fmt.Errorf("%s: its rows are periods already: ask one that is not by %s", q.Name, key.Name)
		}
	}
	r := Result{Question: queries.Question{Name: q.Name, Columns: periodColumns(q), Computed: "periods", Rows: q.Rows, Ask: queries.Words{
		Da: "Hvor stor er forskellen mellem de to perioder? " + q.Ask.Da, En: "How different are the two periods? " + q.Ask.En}}}
	r.Columns, r.AsOf, r.Snapshot = r.Question.Columns, snapshot.AsOf, snapshot.Hash
	var answers [2]Result
	for i, scope := range scopes {
		answer, err := Run(ctx, snapshot, q, scope)
		if err != nil {
			return Result{}, err
		}
		if !answer.NotApplicable.Empty() {
			r.NotApplicable = answer.NotApplicable
			return r, nil
		}
		answers[i] = answer
		r.Arguments = append(r.Arguments, slices.DeleteFunc(slices.Clone(answer.Arguments), func(a Argument) bool { return i > 0 && !ofPeriod(a) })...)
	}
	r.Inconclusive = answers[0].Inconclusive || answers[1].Inconclusive
	r.Rows = paired(q, answers, r.Inconclusive)
	r.Notes = append(askedOf(q, answers), say("Forskellen er den første periodes andel minus den anden periodes, med Newcombes interval.",
		"The difference is the first period's rate less the second's, with Newcombe's interval."))
	if _, equalAge := q.ColumnOf("undated"); !equalAge {
		r.Notes = append(r.Notes, say("De to perioders tilladelser er ikke lige gamle, og koblinger kommer til over tid: En forskel i alder kan give en forskel i andel.",
			"The permits of the two periods are not of one age, and links come with time: a difference in age can make a difference in rate."))
	}
	r.Notes = append(r.Notes, periodNotes(answers)...)
	return r, nil
}

// ofPeriod reports whether an argument bounds the period.
func ofPeriod(a Argument) bool { return a.Name == "from_day" || a.Name == "to_day" }

// askedOf says which the two periods are, and what both answers are restricted to beside them.
func askedOf(q queries.Question, answers [2]Result) []Note {
	day := func(i int, name string) any {
		at := slices.IndexFunc(answers[i].Arguments, func(a Argument) bool { return a.Name == name })
		return answers[i].Arguments[at].Value // a question of permits takes both, and both were given
	}
	notes := []Note{say("Første periode er afgørelser fra {from_1} til {to_1}, anden periode fra {from_2} til {to_2}.",
		"The first period is decisions from {from_1} to {to_1}, the second from {from_2} to {to_2}.",
		plain("from_1", day(0, "from_day")), plain("to_1", day(0, "to_day")), plain("from_2", day(1, "from_day")), plain("to_2", day(1, "to_day")))}
	if beside := restriction(q, slices.DeleteFunc(slices.Clone(answers[0].Arguments), ofPeriod)); !beside.Empty() {
		notes = append(notes, beside)
	}
	return notes
}

// periodNotes are the notes of both answers: what both say stands once, what one says is said of its period.
func periodNotes(answers [2]Result) []Note {
	said := func(n Note, by Result) bool {
		return slices.ContainsFunc(by.Notes, func(o Note) bool { return reflect.DeepEqual(n, o) })
	}
	var notes, own []Note
	for i, period := range []queries.Words{{Da: "Første periode", En: "First period"}, {Da: "Anden periode", En: "Second period"}} {
		for _, n := range answers[i].Notes {
			switch both := said(n, answers[1-i]); {
			case !both:
				own = append(own, say("{period}: {note}", "{period}: {note}", named("period", period), within("note", n)))
			case i == 0:
				notes = append(notes, n)
			}
		}
	}
	return append(notes, own...)
}

// paired gives each group that both answers have a row: its keys, both tallies, the difference. A group that only one period has
// stands with what it has. Where nothing can be concluded there is no difference.
func paired(q queries.Question, answers [2]Result, inconclusive bool) [][]any {
	named := len(q.Named())
	type pair struct {
		keys []any
		of   [2]*Tally
	}
	var pairs []*pair
	at := map[string]*pair{}
	for i, answer := range answers {
		for row := range answer.Rows {
			keys := answer.Rows[row][:named]
			text := fmt.Sprintf("%q", keys)
			if at[text] == nil {
				at[text] = &pair{keys: keys}
				pairs = append(pairs, at[text])
			}
			if t, ok := tallyAt(answer, row); ok {
				at[text].of[i] = &t
			}
		}
	}
	rows := make([][]any, len(pairs))
	for i, p := range pairs {
		rows[i] = append(slices.Clone(p.keys), differenceCells(p.of, inconclusive)...)
	}
	return rows
}

// differenceCells are both periods' counts and rates, and the difference with its interval; what a period does not have is not applicable.
func differenceCells(of [2]*Tally, inconclusive bool) []any {
	cells := make([]any, 0, 9)
	for _, t := range of {
		if t == nil {
			cells = append(cells, nil, nil, nil)
			continue
		}
		cells = append(cells, t.Fail, t.Judged().Judged, fraction(t.Fail, t.Judged().Judged))
	}
	if inconclusive || of[0] == nil || of[1] == nil || of[0].Judged().Judged == 0 || of[1].Judged().Judged == 0 {
		return append(cells, nil, nil, nil)
	}
	one, other := of[0].Judged(), of[1].Judged()
	difference, low, high := stats.Newcombe(one.Fail, one.Judged, other.Fail, other.Judged)
	return append(cells, difference, low, high)
}

// periodFinding says the difference of all together, and whether chance accounts for it; nothing where the rows are no whole, nobody was
// judged or nothing can be concluded.
func periodFinding(r Result) Note {
	if r.Inconclusive || len(r.Question.Keys()) > 0 && r.Question.Rows != "partition" {
		return Note{}
	}
	var of [2]stats.Proportion
	for row := range r.Rows {
		for i, period := range []string{"_1", "_2"} {
			fail, _ := r.Value(row, "fail"+period).(int64)
			judged, _ := r.Value(row, "judged"+period).(int64)
			of[i].Fail, of[i].Judged = of[i].Fail+fail, of[i].Judged+judged
		}
	}
	one, other := of[0], of[1]
	if one.Judged == 0 || other.Judged == 0 {
		return Note{}
	}
	difference, low, high := stats.Newcombe(one.Fail, one.Judged, other.Fail, other.Judged)
	figures := []Figure{share("one", *one.Rate()), share("other", *other.Rate()), {"difference", difference, "points"}, {"low", low, "points"}, {"high", high, "points"}}
	if low <= 0 && high >= 0 {
		return say("Andelen er {one} i den første periode og {other} i den anden. Forskellen på {difference} procentpoint ({low} til {high}) kan være tilfældig",
			"The rate is {one} in the first period and {other} in the second. The difference of {difference} percentage points ({low} to {high}) may be chance", figures...)
	}
	return say("Andelen er {one} i den første periode og {other} i den anden, en forskel på {difference} procentpoint ({low} til {high})",
		"The rate is {one} in the first period and {other} in the second, a difference of {difference} percentage points ({low} to {high})", figures...)
}

// periodColumns are the keys of the question, then each period's counts and rate, then the difference.
func periodColumns(q queries.Question) []queries.Column {
	columns := slices.Clone(q.Named())
	for i, period := range []queries.Words{{Da: "første periode", En: "first period"}, {Da: "anden periode", En: "second period"}} {
		fail, _ := q.ColumnOf("fail")
		for _, c := range []queries.Column{
			{Name: "fail", Type: "BIGINT", Role: queries.Count, Unit: fail.Unit, Label: fail.Label},
			{Name: "judged", Type: "BIGINT", Role: queries.Count, Unit: fail.Unit, Label: queries.Words{Da: "i beregningen", En: "of"}},
			{Name: "rate", Type: "DOUBLE", Role: queries.Derived, Unit: "share", Label: queries.Words{Da: "andel", En: "rate"}},
		} {
			c.Name = fmt.Sprintf("%s_%d", c.Name, i+1)
			c.Label = queries.Words{Da: c.Label.Da + ", " + period.Da, En: c.Label.En + ", " + period.En}
			columns = append(columns, c)
		}
	}
	return append(columns,
		queries.Column{Name: "difference", Type: "DOUBLE", Role: queries.Derived, Unit: "points", Label: queries.Words{Da: "forskel", En: "difference"}},
		queries.Column{Name: "difference_low", Type: "DOUBLE", Role: queries.Derived, Unit: "points", Label: queries.Words{Da: "forskel, nedre grænse, 95 pct.-interval", En: "difference, lower bound, 95 per cent interval"}},
		queries.Column{Name: "difference_high", Type: "DOUBLE", Role: queries.Derived, Unit: "points", Label: queries.Words{Da: "forskel, øvre grænse, 95 pct.-interval", En: "difference, upper bound, 95 per cent interval"}})
}
