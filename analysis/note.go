package analysis

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"koblet/queries"
	"koblet/registers"
)

// Note is a doubt or an explanation that travels with figures to the page: words in both languages with a place, {name}, for
// each figure they name. The figures stay values until a printer sets them in its language, so that what is hidden in a table
// can be hidden in a sentence, too.
type Note struct {
	queries.Words
	Figures []Figure
	About   string // of a comparison: the population that alone it is about; empty where it is about all
}

// Figure is a named figure of a note. Its value is a cell's (int64, float64, string, time.Time), or words: queries.Words,
// several of them, or a note within the note. Unit says how it prints: "share" is a fraction that prints as per cent,
// "points" the difference of two, which prints without a sign of its own; a whole number without a unit, such as a year, has no thousands mark.
type Figure struct {
	Name  string
	Value any
	Unit  string
}

// Place finds where the words of a note have their figures.
var Place = regexp.MustCompile(`\{(\w+)\}`)

// NoteOf makes a note. It panics where words and figures do not name the same in both languages.
func NoteOf(words queries.Words, figures ...Figure) Note {
	for _, text := range []string{words.Da, words.En} {
		places := map[string]bool{}
		for _, m := range Place.FindAllStringSubmatch(text, -1) {
			places[m[1]] = true
		}
		for _, f := range figures {
			if !places[f.Name] {
				panic(fmt.Sprintf("analysis: note %q has no place for %s", text, f.Name))
			}
			delete(places, f.Name)
		}
		if len(places) > 0 {
			panic(fmt.Sprintf("analysis: note %q has places without a figure: %v", text, places))
		}
	}
	return Note{Words: words, Figures: figures}
}

// Empty reports whether nothing is said.
func (n Note) Empty() bool { return n.Words == (queries.Words{}) }

// say makes a note of words in Danish and in English.
func say(da, en string, figures ...Figure) Note {
	return NoteOf(queries.Words{Da: da, En: en}, figures...)
}

// The figures of notes.

func permits(name string, n int64) Figure              { return Figure{name, n, "permits"} }
func municipalities(name string, n int64) Figure       { return Figure{name, n, "municipalities"} }
func share(name string, fraction float64) Figure       { return Figure{name, fraction, "share"} }
func plain(name string, v any) Figure                  { return Figure{name, v, ""} }
func onDay(name string, day time.Time) Figure          { return Figure{name, day, "day"} }
func named(name string, words ...queries.Words) Figure { return Figure{name, words, ""} }

// within puts a note in the place of another's figure.
func within(name string, n Note) Figure { return Figure{name, n, ""} }

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
	case r.Question.Computed == "survival":
		return ageFinding(r, "days", "unlinked")
	case r.Question.Computed == "runoff":
		return ageFinding(r, "age_days", "unlinked_rate")
	case r.Question.Computed == "equal_age":
		return equalAgeFinding(r)
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
		if !ok || t.Judged().Judged < least || r.PassedOver(i) {
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
	figures := []Figure{plain("days", at), share("rate", r.Value(best, rate).(float64)), named("name", nameOf(r, best, age))}
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
				share("rate", equal), named("name", nameOf(r, i)), share("raw", raw))
		}
	}
	return Note{}
}

// nameOf is what a row is about, in words, but for the columns left out: of a key and the attribute that names it, the name; of a
// number that is no period, what it counts.
func nameOf(r Result, row int, leftOut ...string) queries.Words {
	var da, en []string
	for i, c := range r.Columns {
		if !c.Role.Names() || slices.Contains(leftOut, c.Name) {
			continue
		}
		text := keyText(r.Rows[row][i])
		if _, number := r.Rows[row][i].(int64); number && c.Period == "" {
			da, en = append(da, "»"+c.Label.Da+" "+text+"«"), append(en, "“"+c.Label.En+" "+text+"”")
			continue
		}
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
