package analysis

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"koblet/queries"
	"koblet/registers"
	"koblet/store"
)

// Result is the answer to one question on one snapshot, ready for any printer: typed columns with units, rows, and
// the doubt that belongs to them.
//
// A cell is nil (not applicable), int64 (a count, a year, days), float64 (a fraction or a statistic), string,
// bool or time.Time (a day, at midnight UTC).
type Result struct {
	Question      queries.Question
	AsOf          time.Time        // the snapshot's day
	Snapshot      string           // the snapshot's hash
	Arguments     []Argument       // what every parameter was bound to, in the header's order
	Columns       []queries.Column // the columns of Rows: the header's, or those that Go computes after them
	Rows          [][]any
	Notes         []Note         // doubts and explanations that travel with the figures
	Provisional   []any          // the years and months, as cells have them, and the sides of breaks, that are not settled
	Split         []string       // the codes of municipalities, as cells have them, that were split and are mapped to no other
	Lacking       []queries.Need // columns that the question needs and the extract does not have
	NotApplicable Note           // why there is no answer; empty when there is one
	whole         map[string]any // the figures of all rows together, where some of the rows' are suppressed
	Inconclusive  bool           // of a rate at equal age: so many links lack a date that nothing is concluded; a note says of what
	unsure        []int          // the rows of which nothing is concluded
}

// Argument is one parameter and the value it was bound to; a nil value restricts nothing.
type Argument struct {
	Name  string
	Value any
}

// Index is the position of a column, or -1.
func (r Result) Index(column string) int {
	for i, c := range r.Columns {
		if c.Name == column {
			return i
		}
	}
	return -1
}

// Lacks reports whether there is no answer because the extract does not have that column.
func (r Result) Lacks(need queries.Need) bool { return slices.Contains(r.Lacking, need) }

// Value is the cell of a row under a column; nil where the column is not there.
func (r Result) Value(row int, column string) any {
	if i := r.Index(column); i >= 0 {
		return r.Rows[row][i]
	}
	return nil
}

// Whole is a figure of all rows of a tally together: of a count its sum, of a rate or its bounds that of the summed tally. It is
// nil, not applicable, where the rows are no partition of the scope, or no tally. Rows that are set apart are no part of it.
func (r Result) Whole(column string) any {
	if r.whole != nil {
		return r.whole[column]
	}
	sum, ok := r.sum()
	if !ok || r.Question.Rows != "partition" {
		return nil
	}
	rate := sum.rated()
	return map[string]any{"total": sum.Total(), "pass": sum.Pass, "fail": sum.Fail, "unknown": sum.Unknown,
		"rate": rate[0], "rate_low": rate[1], "rate_high": rate[2]}[column]
}

// Suppressed stands in an answer in place of a figure that is not published.
type Suppressed struct{}

// Without is the answer with figures suppressed: those of its rows, and those of all rows together, that are hidden. Notes that tell figures of
// their own are left out, and how many says the second result.
func (r Result) Without(hidden func(r Result, row int, c queries.Column) bool, wholeHidden func(column string) bool) (Result, int) {
	out := r
	out.whole = map[string]any{}
	for _, column := range []string{"total", "pass", "fail", "unknown", "rate", "rate_low", "rate_high"} {
		rate := column == "rate" || column == "rate_low" || column == "rate_high"
		if out.whole[column] = r.Whole(column); wholeHidden(column) || rate && (wholeHidden("pass") || wholeHidden("fail")) {
			out.whole[column] = Suppressed{}
		}
	}
	out.Rows = make([][]any, len(r.Rows))
	for i, row := range r.Rows {
		out.Rows[i] = slices.Clone(row)
		for k, c := range r.Columns {
			if hidden(r, i, c) {
				out.Rows[i][k] = Suppressed{}
			}
		}
	}
	out.Notes = slices.DeleteFunc(slices.Clone(r.Notes), Note.tells)
	return out, len(r.Notes) - len(out.Notes)
}

// sum is the tally of all rows but those set apart; false where there are none, or they are no tallies.
func (r Result) sum() (sum Tally, ok bool) {
	for i := range r.Rows {
		t, whole := tallyAt(r, i)
		if !whole {
			return Tally{}, false
		}
		if !r.apart(i) {
			sum = sum.Plus(t)
		}
	}
	return sum, len(r.Rows) > 0
}

// apart reports whether the question's header sets a row apart from the whole.
func (r Result) apart(row int) bool {
	at := r.Index(r.Question.Apart.Key)
	return at >= 0 && r.Rows[row][at] == r.Question.Apart.Value
}

// settledAge is how old, in days, a period's youngest permit must be for its figures to have stopped moving.
const settledAge = 365

// provisional gives the years and months of an answer that are not settled: those of whose permits one was granted less than
// 365 days before the as-of day. Only decisions within the period asked for count. A question that counts no permits has
// periods of another kind, such as years in which numbers began; they are settled 365 days after their last day.
func provisional(ctx context.Context, snapshot *store.Snapshot, r Result) ([]any, error) {
	var open []any
	for at, c := range r.Columns {
		if c.Period == "" {
			continue
		}
		for _, row := range r.Rows {
			if slices.Contains(open, row[at]) {
				continue
			}
			moving, err := moves(ctx, snapshot, r, row[at])
			if err != nil {
				return nil, fmt.Errorf("recent decisions: %w", err)
			}
			if moving {
				open = append(open, row[at])
			}
		}
	}
	sides, err := provisionalSides(ctx, snapshot, r)
	return append(open, sides...), err
}

// moves reports whether the figures of a year or a month, as its cell has it, can still change by links.
func moves(ctx context.Context, snapshot *store.Snapshot, r Result, cell any) (bool, error) {
	if cell == nil {
		return false, nil // the empty key is no period
	}
	text := fmt.Sprint(cell)
	if year, ok := cell.(int64); ok {
		text = fmt.Sprintf("%04d", year)
	}
	period, err := ParsePeriod(text)
	if err != nil {
		return false, err
	}
	return unsettled(ctx, snapshot, r, period)
}

// unsettled reports whether the figures of a period can still change by links.
func unsettled(ctx context.Context, snapshot *store.Snapshot, r Result, period Period) (bool, error) {
	if period.Last.AddDate(0, 0, settledAge).Compare(snapshot.AsOf) <= 0 {
		return false, nil // no permit of a period is younger than its last day
	}
	if _, ofPermits := r.Question.Param("from_day"); !ofPermits {
		return true, nil
	}
	for _, a := range r.Arguments {
		day, given := a.Value.(time.Time)
		switch {
		case given && a.Name == "from_day" && day.After(period.First):
			period.First = day
		case given && a.Name == "to_day" && day.Before(period.Last):
			period.Last = day
		}
	}
	days, err := snapshot.RecentDecisions(ctx)
	return slices.ContainsFunc(days, func(day time.Time) bool {
		return !day.Before(period.First) && !day.After(period.Last)
	}), err
}

// Moves reports whether the figures of a year or a month, as its cell has it, are provisional in this answer.
func (r Result) Moves(cell any) bool { return cell != nil && slices.Contains(r.Provisional, cell) }

// RowMoves reports whether the figures of a row are provisional: those of its year or month, or of its side of a break.
func (r Result) RowMoves(row []any) bool {
	for i, c := range r.Columns {
		if c.Period != "" && r.Moves(row[i]) {
			return true
		}
	}
	return r.SideMoves(row)
}

// PassedOver reports whether a row is none to speak of, as the highest or the latest: a key of it is empty or unknown, or its
// period is not settled, or it is set apart.
func (r Result) PassedOver(row int) bool {
	for i, c := range r.Columns {
		if c.Role.Tells() && !stated(r.Rows[row][i]) {
			return true
		}
	}
	return r.apart(row) || r.RowMoves(r.Rows[row])
}

// stated reports whether a key says which group a row is of.
func stated(key any) bool { return key != nil && key != "" && key != "unknown" }

// KeyText is a key as the machine formats write it.
func KeyText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return fmt.Sprint(value)
}

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

// harmless are the units of figures that count no permits or persons, and are not computed from such counts.
var harmless = []string{"", "day", "days", "month", "municipalities"}

// tells reports whether a note tells a count of its own, or what is computed from one.
func (n Note) tells() bool {
	return slices.ContainsFunc(n.Figures, func(f Figure) bool {
		if note, nested := f.Value.(Note); nested {
			return note.tells()
		}
		return !slices.Contains(harmless, f.Unit)
	})
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

// nameOf is what a row is about, in words, but for the columns left out: of a key and the attribute that names it, the name; of a
// number that is no period, what it counts. Labels of a code list stand in quotation marks, as they begin with a capital, and so within a sentence.
func nameOf(r Result, row int, leftOut ...string) Note {
	var parts []Figure
	for i, c := range r.Columns {
		if !c.Role.Names() || slices.Contains(leftOut, c.Name) {
			continue
		}
		value := r.Rows[row][i]
		text := KeyText(value)
		_, number := value.(int64)
		_, day := value.(time.Time)
		part := Figure{Value: []queries.Words{{Da: text, En: text}}}
		switch {
		case day && c.Codes != "":
			name := queries.Words{Da: registers.Label(c.Codes, text, "da"), En: registers.Label(c.Codes, text, "en")}
			part = within("", say("»{name}« ({day})", "“{name}” ({day})", named("name", name), Figure{Name: "day", Value: value}))
		case day:
			part.Value = value
		case c.Period == "month":
			part.Value, part.Unit = value, "month"
		case number && c.Period == "":
			part.Value = []queries.Words{{Da: counted(text, c.Label.Da, "Dage "), En: counted(text, c.Label.En, "Days ")}}
		case c.Codes != "":
			part.Value = []queries.Words{{Da: "»" + registers.Label(c.Codes, text, "da") + "«", En: "“" + registers.Label(c.Codes, text, "en") + "”"}}
		}
		if c.Role == queries.Attribute && len(parts) > 0 && text != "" {
			parts = parts[:len(parts)-1] // the name stands for its code
		}
		parts = append(parts, part)
	}
	places := make([]string, len(parts))
	for i := range parts {
		parts[i].Name = fmt.Sprintf("key_%d", i+1)
		places[i] = "{" + parts[i].Name + "}"
	}
	list := strings.Join(places, ", ")
	return say(list, list, parts...)
}

// counted sets a number before the days that it counts, as in 30 days after registration; and so of an age that is told in days, as in
// age from 30 days; of anything else behind its name.
func counted(number, label, days string) string {
	letters := []rune(label)
	if len(letters) > 1 && !unicode.IsUpper(letters[1]) {
		label = string(unicode.ToLower(letters[0])) + string(letters[1:])
	}
	for open, unit := range map[string][2]string{" i dage, fra": {" fra ", " dage"}, " in days, from": {" from ", " days"}} {
		if of, ok := strings.CutSuffix(label, open); ok {
			return of + unit[0] + number + unit[1]
		}
	}
	if strings.HasPrefix(string(letters)+" ", days) {
		return number + " " + label
	}
	return label + " " + number
}
