package analysis

import (
	"strings"

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
	case r.Question.Computed == "funnel" || r.Question.Computed == "p_chart":
		return r.Notes[0]
	case r.Question.IsTally() && r.Index("rate") >= 0:
		return tallyFinding(r)
	}
	return countFinding(r)
}

// picked is the row that a finding speaks of: its tally, and what its keys are called.
type picked struct {
	tally Tally
	name  queries.Words
}

func (p picked) figures(prefix string) []Figure {
	judged := p.tally.Judged()
	rate := Figure{Name: prefix + "rate", Unit: "share"}
	if at := judged.Rate(); at != nil {
		rate.Value = *at
	}
	return []Figure{rate, permits(prefix+"fail", judged.Fail), permits(prefix+"judged", judged.Judged), named(prefix+"name", p.name)}
}

// tallyFinding speaks of the whole where there is one row, of the newest settled period, or of the highest rate.
func tallyFinding(r Result) Note {
	label := named("measure", r.Columns[r.Index("fail")].Label)
	if len(r.Question.Keys()) == 0 {
		t, _ := tallyAt(r, 0)
		if t.Judged().Judged == 0 {
			return Note{}
		}
		return say("Andelen »{measure}« er {rate}: {fail} af {judged}", "The rate of “{measure}” is {rate}: {fail} of {judged}",
			append(picked{tally: t}.figures("")[:3], label)...)
	}
	highest, least := pick(r, enough)
	if highest == nil {
		highest, least = pick(r, 1)
	}
	if highest == nil {
		return Note{}
	}
	if newest := newestSettled(r); newest != nil {
		return say("Andelen »{measure}« er {rate} for {name}, den seneste afsluttede årgang ({fail} af {judged})",
			"The rate of “{measure}” is {rate} for {name}, the latest closed cohort ({fail} of {judged})",
			append(newest.figures(""), label)...)
	}
	figures := append(highest.figures(""), label)
	if least == enough && len(r.Rows) > 1 {
		return say("Andelen »{measure}« er højest for {name}, {rate} ({fail} af {judged}) – blandt grupper med mindst {enough} bedømte",
			"The rate of “{measure}” is highest for {name}, {rate} ({fail} of {judged}) – among groups with at least {enough} judged",
			append(figures, plain("enough", int64(enough)))...)
	}
	return say("Andelen »{measure}« er højest for {name}, {rate} ({fail} af {judged})", "The rate of “{measure}” is highest for {name}, {rate} ({fail} of {judged})",
		figures...)
}

// pick is the row with the highest rate of those with at least so many judged, whose keys are known and whose period is settled.
func pick(r Result, least int64) (best *picked, of int64) {
	for i := range r.Rows {
		t, ok := tallyAt(r, i)
		if !ok || t.Judged().Judged < least || passedOver(r, i) {
			continue
		}
		if best == nil || *t.Judged().Rate() > *best.tally.Judged().Rate() {
			best = &picked{t, nameOf(r, i)}
		}
	}
	return best, least
}

// newestSettled is the whole of the latest period that is settled, where a period is the only key.
func newestSettled(r Result) *picked {
	keys := r.Question.Keys()
	if len(keys) != 1 || keys[0].Period == "" {
		return nil
	}
	for i := len(r.Rows) - 1; i >= 0; i-- {
		if t, ok := tallyAt(r, i); ok && t.Judged().Judged > 0 && !passedOver(r, i) {
			return &picked{t, nameOf(r, i)}
		}
	}
	return nil
}

// passedOver reports whether a row is none to speak of: a key of it is empty or unknown, or its period is not settled.
func passedOver(r Result, row int) bool {
	for i, c := range r.Columns {
		key := r.Rows[row][i]
		if c.Role.Tells() && (key == nil || key == "" || key == "unknown" || c.Period != "" && r.Moves(key)) {
			return true
		}
	}
	return false
}

// nameOf is what a row is about, in words: of a key and the attribute that names it, the name.
func nameOf(r Result, row int) queries.Words {
	var da, en []string
	for i, c := range r.Columns {
		if !c.Role.Names() {
			continue
		}
		text := keyText(r.Rows[row][i])
		if c.Role == queries.Attribute && len(da) > 0 && text != "" {
			da, en = da[:len(da)-1], en[:len(en)-1] // the name stands for its code
		}
		da, en = append(da, registers.Label(c.Codes, text, "da")), append(en, registers.Label(c.Codes, text, "en"))
	}
	return queries.Words{Da: strings.Join(da, ", "), En: strings.Join(en, ", ")}
}

// countFinding says how much an answer counts in all, where its rows are a partition, or how many records it lists.
func countFinding(r Result) Note {
	rows := Figure{"rows", int64(len(r.Rows)), "rows"}
	for i, c := range r.Columns {
		if c.Role == queries.Record {
			return say("{rows} på listen", "{rows} on the list", rows)
		}
		if c.Role != queries.Count || c.Type != "BIGINT" {
			continue
		}
		if r.Question.Rows != "partition" {
			return Note{}
		}
		var sum int64
		for _, row := range r.Rows {
			n, _ := row[i].(int64)
			sum += n
		}
		return say("I alt {n} {what}", "{n} {what} in all", Figure{"n", sum, c.Unit}, named("what", c.Label))
	}
	return Note{}
}
