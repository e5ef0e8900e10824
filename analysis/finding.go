package analysis

import (
	"cmp"
	"maps"
	"slices"

	"koblet/queries"
	"koblet/registers"
)

// enough is how many judged rows a group must have to be called the highest: few make high rates by chance.
const enough = 400

// Finding says in a sentence what an answer found, made of the words of its header: of a tally the rate and its counts, by period
// the newest that is settled, else the group with the highest rate. What a computation found stands first among its notes already. It
// is empty where there is nothing to say.
func Finding(r Result) Note {
	switch {
	case len(r.Rows) == 0 || !r.NotApplicable.Empty():
		return Note{}
	case r.Question.Computed == "periods":
		return periodFinding(r)
	case r.Question.Computed == "funnel" || r.Question.Computed == "p_chart":
		return r.Notes[0]
	case r.Question.Computed == "survival":
		return ageFinding(r, "days", "unlinked")
	case r.Question.Computed == "runoff":
		return ageFinding(r, "age_days", "unlinked_rate")
	case r.Question.Computed == "stock":
		return stockFinding(r)
	case r.Question.Computed == "equal_age":
		return equalAgeFinding(r)
	case r.Question.Computed == "characteristics":
		return differenceFinding(r)
	case r.Question.Rows == "alternatives":
		return rangeFinding(r)
	case r.Question.IsTally() && r.Index("rate") >= 0:
		return butApart(r, tallyFinding(r))
	}
	return countFinding(r)
}

// butApart names the rows that a finding leaves out since they are set apart: they stand in the table and the chart above it all the same.
func butApart(r Result, found Note) Note {
	for i := range r.Rows {
		if !found.Empty() && r.apart(i) {
			return say("{found}, bortset fra »{but}«", "{found}, leaving out “{but}”", Figure{Name: "found", Value: found},
				named("but", wordOf(r.Question, r.Question.Apart.Key, r.Question.Apart.Value)))
		}
	}
	return found
}

// picked is the row that a finding speaks of: its tally, and what its keys are called.
type picked struct {
	tally Tally
	name  Note
}

func (p picked) figures() []Figure { return append(p.tally.said(), within("name", p.name)) }

// tallyFinding speaks of the whole where there is one row, of the newest settled period, or of the highest rate among groups with enough
// judged. Where no group has, the highest is likely chance, and where several share it, or it is none, no group stands out: then it speaks of all
// together, if the rows make up a whole. Where the header names a row whose rate is a lower bound, it speaks of that.
func tallyFinding(r Result) Note {
	label := named("measure", r.Columns[r.Index("fail")].Label)
	if len(r.Question.Keys()) == 0 {
		t, _ := tallyAt(r, 0)
		if t.Judged().Judged == 0 {
			return Note{}
		}
		return say("Andelen »{measure}« er {rate}: {fail} af {judged}", "The rate of “{measure}” is {rate}: {fail} of {judged}", append(t.said(), label)...)
	}
	if newest := newestSettled(r); newest != nil {
		closed := queries.Words{Da: "den seneste afsluttede årgang", En: "the latest closed cohort"}
		if r.Question.Keys()[0].Period == "month" {
			closed = queries.Words{Da: "den seneste afsluttede måned", En: "the latest closed month"}
		}
		return say("Andelen »{measure}« er {rate} for {name}, {closed} ({fail} af {judged})",
			"The rate of “{measure}” is {rate} for {name}, {closed} ({fail} of {judged})", append(newest.figures(), label, named("closed", closed))...)
	}
	if timed(r) && len(pick(r, 1)) == 0 {
		return Note{} // nothing of it is settled
	}
	highest := pick(r, enough)
	few := len(highest) == 0
	if few && r.Question.Rows != "partition" {
		highest = pick(r, 1)
	}
	found := wholeFinding(r, label)
	if len(highest) == 1 && highest[0].tally.Fail > 0 {
		found = highestFinding(r, highest[0], label, few)
	}
	if least := leastFinding(r, label); !least.Empty() {
		found = least
	}
	if few && !found.Empty() && !slices.ContainsFunc(r.Rows, r.hasEnough) {
		return say("{found}; ingen gruppe omfatter {enough} eller flere", "{found}; no group has {enough} or more", within("found", found), plain("enough", int64(enough)))
	}
	return found
}

// hasEnough reports whether a row, be it one to speak of or not, has enough judged.
func (r Result) hasEnough(row []any) bool {
	t, ok := tallyAt(Result{Columns: r.Columns, Rows: [][]any{row}}, 0)
	return ok && t.Judged().Judged >= enough
}

// highestFinding speaks of the one group that has the highest rate: of those with enough judged, unless few are all there is.
func highestFinding(r Result, highest picked, label Figure, few bool) Note {
	figures := append(highest.figures(), label)
	if len(r.Rows) > 1 && !few {
		known, closed := besides(r)
		return say("Andelen »{measure}« er højest for {name}, {rate} ({fail} af {judged}) – blandt {known}grupper{closed}, der omfatter mindst {enough}",
			"The rate of “{measure}” is highest for {name}, {rate} ({fail} of {judged}) – among {known}groups of at least {enough}{closed}",
			append(figures, plain("enough", int64(enough)), named("known", known), named("closed", closed))...)
	}
	return say("Andelen »{measure}« er højest for {name}, {rate} ({fail} af {judged})", "The rate of “{measure}” is highest for {name}, {rate} ({fail} of {judged})",
		figures...)
}

// besides says which groups the highest is picked among, where others have enough judged as well and may be higher: those that are known, those of
// a period that is settled.
func besides(r Result) (known, closed queries.Words) {
	for i, row := range r.Rows {
		if !r.hasEnough(row) || r.apart(i) {
			continue
		}
		for at, c := range r.Columns {
			switch {
			case !c.Role.Tells():
			case stated(row[at]) && c.Codes == "side" && r.RowMoves(row):
				closed = queries.Words{Da: " i afsluttede perioder", En: " in closed periods"}
			case stated(row[at]) && c.Period == "month" && r.Moves(row[at]):
				closed = queries.Words{Da: " i afsluttede måneder", En: " in closed months"}
			case stated(row[at]) && c.Period != "" && r.Moves(row[at]):
				closed = queries.Words{Da: " i afsluttede årgange", En: " in closed cohorts"}
			case !stated(row[at]):
				known = queries.Words{Da: "oplyste ", En: "known "}
			}
		}
	}
	return known, closed
}

// leastFinding speaks of the row whose rate is a lower bound, as the header has it: there the counts see a part only of what the question asks for.
func leastFinding(r Result, label Figure) Note {
	at := r.Question.Least
	for i := range r.Rows {
		t, ok := tallyAt(r, i)
		if at.Key == "" || !ok || t.Judged().Judged == 0 || KeyText(r.Value(i, at.Key)) != at.Value {
			continue
		}
		return say("Andelen »{measure}« er mindst {rate} for {name} ({fail} af {judged})", "The rate of “{measure}” is at least {rate} for {name} ({fail} of {judged})",
			append(t.said(), within("name", nameOf(r, i)), label)...)
	}
	return Note{}
}

// wholeFinding speaks of no group, since none stands out: of the rate of all together, or, where rows overlap and make up no whole, of how many have any failure.
func wholeFinding(r Result, label Figure) Note {
	if r.Question.Rows == "partition" {
		sum, counted := r.sum()
		if !counted || sum.Judged().Judged == 0 {
			return Note{}
		}
		return say("Andelen »{measure}« er {rate} for alle rækker under ét ({fail} af {judged})",
			"The rate of “{measure}” is {rate} of all rows together ({fail} of {judged})", append(sum.said(), label)...)
	}
	var groups, failing int64
	for i := range r.Rows {
		if t, ok := tallyAt(r, i); ok && !r.apart(i) && t.Judged().Judged > 0 {
			groups++
			failing += min(t.Fail, 1)
		}
	}
	if groups == 0 {
		return Note{}
	}
	return say("{failing} af {groups} grupper har »{measure}«", "{failing} of {groups} groups have any “{measure}”",
		plain("failing", failing), plain("groups", groups), label)
}

// pick are the rows with the highest rate, most often one, of those with at least so many judged, whose keys are known and whose period is settled.
func pick(r Result, least int64) (best []picked) {
	var sides []Period
	for i := range r.Rows {
		t, ok := tallyAt(r, i)
		if !ok || t.Judged().Judged < least || r.PassedOver(i) {
			continue
		}
		if side, ok := r.sideOf(r.Rows[i]); ok { // since one break and before the next are the same permits: no tie
			days := side.within(r.AsOf)
			if slices.Contains(sides, days) {
				continue
			}
			sides = append(sides, days)
		}
		order := 1
		if len(best) > 0 {
			other := best[0].tally
			order = cmp.Compare(t.Fail*other.Judged().Judged, other.Fail*t.Judged().Judged)
		}
		switch {
		case order > 0:
			best = []picked{{t, nameOf(r, i)}}
		case order == 0:
			best = append(best, picked{t, nameOf(r, i)})
		}
	}
	return best
}

// newestSettled is the whole of the latest period that is settled, where a period is the only key.
func newestSettled(r Result) *picked {
	keys := r.Question.Keys()
	if len(keys) != 1 || keys[0].Period == "" {
		return nil
	}
	for i := len(r.Rows) - 1; i >= 0; i-- {
		if t, ok := tallyAt(r, i); ok && t.Judged().Judged > 0 && !r.PassedOver(i) {
			return &picked{t, nameOf(r, i)}
		}
	}
	return nil
}

// ageFinding speaks of curves and triangles at the age that notes speak of, a year or the last before it that was reached: of the
// latest period there, else of the group with the highest rate.
func ageFinding(r Result, age, rate string) Note {
	best, at := -1, int64(0)
	for i := range r.Rows {
		days, _ := r.Value(i, age).(int64)
		value, ok := r.Value(i, rate).(float64)
		if !ok || days > yardstick || days < at || r.PassedOver(i) {
			continue
		}
		highest := func() bool { other, _ := r.Value(best, rate).(float64); return value > other }
		if best < 0 || days > at || timed(r) || highest() {
			best, at = i, days
		}
	}
	if best < 0 {
		return Note{}
	}
	figures := []Figure{plain("days", at), share("rate", r.Value(best, rate).(float64)), within("name", nameOf(r, best, age))}
	if timed(r) {
		return say("{days} dage efter afgørelsen er {rate} ikke koblet for {name}, den seneste årgang, der er så gammel",
			"{days} days after the decision, {rate} are unlinked for {name}, the latest cohort that is so old", figures...)
	}
	return say("{days} dage efter afgørelsen er andelen ikke koblet højest for {name}, {rate}",
		"{days} days after the decision the unlinked rate is highest for {name}, {rate}", figures...)
}

// timed reports whether a period is among the keys, so that rows that come later are later.
func timed(r Result) bool {
	return slices.ContainsFunc(r.Columns, func(c queries.Column) bool { return c.Period != "" })
}

// equalAgeFinding sets the newest period's rate at equal age beside the raw one.
func equalAgeFinding(r Result) Note {
	for i := len(r.Rows) - 1; i >= 0; i-- {
		equal, ok := r.Value(i, "rate").(float64)
		raw, also := r.Value(i, "raw_rate").(float64)
		if ok && also && !r.PassedOver(i) {
			return say("Ved samme alder er {rate} ikke koblet for {name}, den seneste afsluttede årgang; ukorrigeret {raw}",
				"At equal age, {rate} are unlinked for {name}, the latest closed cohort; as measured, {raw}",
				share("rate", equal), within("name", nameOf(r, i)), share("raw", raw))
		}
	}
	return Note{}
}

// countFinding says how much an answer counts in all, where its rows are a partition, or how many records it lists.
func countFinding(r Result) Note {
	rows := Figure{"rows", int64(len(r.Rows)), "rows"}
	for i, c := range r.Columns {
		if c.Role == queries.Record {
			return say("Listen har {rows} {what}", "The list has {rows} {what}", rows, named("what", listed(c.Name, len(r.Rows))))
		}
		if c.Role != queries.Count || c.Type != "BIGINT" {
			continue
		}
		if r.Question.Chart.Kind == "waterfall" {
			return stepsFinding(r, c)
		}
		if r.Question.Rows != "partition" {
			return Note{}
		}
		sum, parts := int64(0), map[string]int64{}
		key := kindsOf(r.Question)
		for at, row := range r.Rows {
			n, _ := row[i].(int64)
			sum += n
			if key.Name != "" {
				parts[KeyText(r.Value(at, key.Name))] += n
			}
		}
		if found := largestFinding(c, key, parts, sum); !found.Empty() {
			return found
		}
		return say("I alt {n} {what}", "{n} {what} in all", Figure{"n", sum, c.Unit}, named("what", c.Label))
	}
	return Note{}
}

// listed names what a list is of, by the column that is the key of each.
func listed(record string, n int) queries.Words {
	words := map[string][2]queries.Words{
		"permit_key": {{Da: "tilladelse", En: "permit"}, {Da: "tilladelser", En: "permits"}},
		"person_key": {{Da: "person", En: "person"}, {Da: "personer", En: "persons"}},
		"number_key": {{Da: "nummer", En: "number"}, {Da: "numre", En: "numbers"}},
	}[record]
	switch {
	case words[0].Da == "" && n == 1:
		return queries.Words{Da: "række", En: "row"}
	case words[0].Da == "":
		return queries.Words{Da: "rækker", En: "rows"}
	case n == 1:
		return words[0]
	}
	return words[1]
}

// kindsOf is the key that divides each period of an answer into kinds, as link status does; without a name where there is none.
func kindsOf(q queries.Question) queries.Column {
	keys := q.Keys()
	if len(keys) == 2 && keys[0].Period != "" && keys[1].Codes != "" {
		return keys[1]
	}
	return queries.Column{}
}

// largestFinding speaks of the kind that most of what is counted is of; of none where two are as large.
func largestFinding(counts, key queries.Column, parts map[string]int64, sum int64) Note {
	if sum == 0 || len(parts) == 0 {
		return Note{}
	}
	largest := slices.MaxFunc(slices.Collect(maps.Keys(parts)), func(a, b string) int { return cmp.Compare(parts[a], parts[b]) })
	for code, n := range parts {
		if code != largest && n == parts[largest] {
			return Note{}
		}
	}
	name := queries.Words{Da: registers.Label(key.Codes, largest, "da"), En: registers.Label(key.Codes, largest, "en")}
	most := queries.Words{Da: "Den største gruppe er", En: "The largest group is"}
	if 2*parts[largest] > sum {
		most = queries.Words{Da: "De fleste er", En: "Most are"}
	}
	return say("{most} »{name}«: {n} af {sum} {what} ({rate})", "{most} “{name}”: {n} of {sum} {what} ({rate})", named("most", most), named("name", name),
		Figure{"n", parts[largest], counts.Unit}, Figure{"sum", sum, counts.Unit}, named("what", counts.Label), share("rate", float64(parts[largest])/float64(sum)))
}

// stepsFinding speaks of the first and the last step that are counted, from the whole down.
func stepsFinding(r Result, counts queries.Column) Note {
	last := len(r.Rows) - 1
	for last > 0 && r.Value(last, counts.Name) == nil {
		last--
	}
	first, ok := r.Value(0, counts.Name).(int64)
	left, also := r.Value(last, counts.Name).(int64)
	if !ok || !also {
		return Note{}
	}
	return say("Af {first} i {from} er {left} tilbage i {to}", "Of {first} in {from}, {left} are left in {to}",
		within("from", nameOf(r, 0)), Figure{"first", first, counts.Unit}, within("to", nameOf(r, last)), Figure{"left", left, counts.Unit})
}

// rangeFinding speaks of a whole that is measured in several ways: by the first of them, and between which two the others lie.
func rangeFinding(r Result) Note {
	first, ok := tallyAt(r, 0)
	if !ok || first.Judged().Judged == 0 {
		return Note{}
	}
	lowest, highest, least, most := 0, 0, 2.0, -1.0
	for i := range r.Rows {
		t, ok := tallyAt(r, i)
		if !ok || t.Judged().Judged == 0 || slices.Contains(r.unsure, i) {
			continue
		}
		rate := *t.Judged().Rate()
		if rate < least {
			lowest, least = i, rate
		}
		if rate > most {
			highest, most = i, rate
		}
	}
	return say("Andelen »{measure}« er {rate} ({name}). Opgjort på andre måder ligger den mellem {least} ({lowest}) og {most} ({highest})",
		"The rate of “{measure}” is {rate} ({name}). Measured in other ways it lies between {least} ({lowest}) and {most} ({highest})",
		first.said()[0], named("measure", r.Columns[r.Index("fail")].Label), within("name", nameOf(r, 0)),
		share("least", least), within("lowest", nameOf(r, lowest)), share("most", most), within("highest", nameOf(r, highest)))
}
