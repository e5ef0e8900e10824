package analysis

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"koblet/analysis/stats"
	"koblet/queries"
	"koblet/registers"
)

// compute adds what a question's header asks for under «computed»: the rates of a run-off triangle, the curves of time to
// link, rates at equal age beside the raw ones, a funnel or a p-chart, or says what a stock leaves out. Its counts are those that queries.Parse demands of such a question; whatever other columns it has are keys.
func compute(r Result, assumed map[string]string) (Result, error) {
	limit, err := undatedLimit(assumed)
	if err != nil {
		return Result{}, fmt.Errorf("%s: %w", r.Question.Name, err)
	}
	counted, err := countsOf(r)
	if err != nil {
		return Result{}, fmt.Errorf("%s: %w", r.Question.Name, err)
	}
	figures, notes, err := computedBy(r.Question, counted, limit)
	if err != nil {
		return Result{}, fmt.Errorf("%s: %w", r.Question.Name, err)
	}
	r.Notes = append(r.Notes, notes...)
	r.Columns, r.Rows = r.Question.Result, nil
	for _, f := range figures {
		row := make([]any, len(r.Columns))
		for i, c := range r.Columns {
			row[i] = f[c.Name]
		}
		r.Rows = append(r.Rows, row)
	}
	return r, nil
}

// undatedLimit is the percentage of a cohort's links above which, when they have no date, nothing is concluded at equal age.
func undatedLimit(assumed map[string]string) (float64, error) {
	percent, err := strconv.ParseFloat(assumed["undated_links_percent"], 64)
	if err != nil {
		return 0, fmt.Errorf("assumption undated_links_percent: not a number")
	}
	return percent, nil
}

// countRow is a row of counts: the keys that tell its group apart, and every key and count as its cell, by name.
type countRow struct {
	group string // the keys but the day or age, as people read them in both languages
	words queries.Words
	cells map[string]any
}

// n is a count of the row.
func (r countRow) n(name string) int64 {
	n, _ := r.cells[name].(int64)
	return n
}

// countsOf reads the rows of a computed question.
func countsOf(r Result) ([]countRow, error) {
	rows := make([]countRow, 0, len(r.Rows)) // one a day and group: forty thousand and more
	for _, cells := range r.Rows {
		row := countRow{cells: make(map[string]any, len(r.Columns))}
		var da, en []string
		for i, c := range r.Columns {
			row.cells[c.Name] = cells[i]
			n, whole := cells[i].(int64)
			switch {
			case c.Name == "days" || c.Name == "age_days":
			case c.Role.Names():
				text := fmt.Sprint(cells[i])
				da, en = append(da, registers.Label(c.Codes, text, "da")), append(en, registers.Label(c.Codes, text, "en"))
				row.group += text + "\x00"
				continue
			case !whole || n < 0:
				return nil, fmt.Errorf("column %s: not a count", c.Name)
			}
		}
		row.words = queries.Words{Da: strings.Join(da, ", "), En: strings.Join(en, ", ")}
		rows = append(rows, row)
	}
	return rows, nil
}

// groups splits rows, which stand together by group, into their groups.
func groups(rows []countRow) [][]countRow {
	var split [][]countRow
	for _, row := range rows {
		if n := len(split); n > 0 && split[n-1][0].group == row.group {
			split[n-1] = append(split[n-1], row)
		} else {
			split = append(split, []countRow{row})
		}
	}
	return split
}

// omitted are permits of which a measure at equal age cannot tell when they were linked, or whether.
type omitted struct {
	links, undated, undecided int64 // links, with a date or without, a lapse before or not; links without; text that is no number, or no person
}

func (l *omitted) add(o omitted) {
	l.links, l.undated, l.undecided = l.links+o.links, l.undated+o.undated, l.undecided+o.undecided
}

func (l omitted) all() int64 { return l.undated + l.undecided }

// tooMany reports whether so many links lack a date that nothing is concluded at equal age: more than the limit, a
// percentage. It is multiplied out, so that exactly 5 per cent is not more than 5 per cent.
func (l omitted) tooMany(limit float64) bool { return 100*float64(l.undated) > limit*float64(l.links) }

// undatedRows names the rows, each a group, with too many links without a date, and gives their places among those that count somebody: of a row
// that counts nobody nothing is said anyway.
func undatedRows(rows []countRow, limit float64) (names []queries.Words, at []int) {
	shown := 0
	for _, row := range rows {
		if row.tally().Total() == 0 {
			continue
		}
		if (omitted{links: row.n("links"), undated: row.n("undated")}).tooMany(limit) {
			names, at = append(names, row.words), append(at, shown)
		}
		shown++
	}
	return names, at
}

// namedCohorts is how many cohorts a note names.
const namedCohorts = 12

// noConclusion names the groups of which nothing is concluded at equal age; there is no note where there are none.
func noConclusion(names []queries.Words, limit float64) []Note {
	if len(names) == 0 {
		return nil
	}
	list := func(name string, some []queries.Words) Figure { return Figure{name, some, "month"} } // those of them that are none stand as they are
	cohorts := list("cohorts", names)
	if len(names) == 1 && names[0] == (queries.Words{}) { // the one row of an answer without keys
		cohorts = named("cohorts", queries.Words{Da: "tilladelserne", En: "the permits"})
	}
	if more := len(names) - namedCohorts; more > 0 {
		cohorts = within("cohorts", say("{first}, og {more} til", "{first}, and {more} more",
			list("first", names[:namedCohorts]), plain("more", int64(more))))
	}
	return []Note{say(
		"Der kan ikke drages konklusioner ved samme alder om {cohorts}, fordi over {limit} af koblingerne er uden dato.",
		"No conclusion at equal age on {cohorts}: more than {limit} of the links have no date.",
		cohorts, share("limit", limit/100))}
}

// bounds says how many were left out and what the rate on a day would be with all of them linked in time, and with none.
func (l omitted) bounds(day int64, rate, allLinked, noneLinked float64) []Note {
	if l.all() == 0 {
		return nil
	}
	return []Note{say(
		"Udeladt er {undated} koblede uden koblingsdato og {undecided} uafklarede. {day} dage efter afgørelsen er andelen ikke koblet "+
			"for alle rækker under ét {rate}. Regnes alle de udeladte som koblet i tide, er den {all_linked}; regnes ingen af dem, er den {none_linked}.",
		"{undated} linked without a link date and {undecided} that cannot be decided are left out. {day} days after the decision the unlinked "+
			"rate of all rows together is {rate}. If all those left out were linked in time, it would be {all_linked}; if none of them were, {none_linked}.",
		permits("undated", l.undated), permits("undecided", l.undecided), plain("day", day),
		share("rate", rate), share("all_linked", allLinked), share("none_linked", noneLinked))}
}

// yardstick is the day on which notes give the bounds of a rate: a year, or the last before it that was reached.
const yardstick = 365

// runoff gives the filled cells of the run-off triangle: the statement counts a cell only where the whole cohort had that
// age by the as-of day. A cohort of which nobody is eligible has none.
func runoff(rows []countRow, limit float64) ([]map[string]any, []Note) {
	var figures []map[string]any
	var doubtful []queries.Words
	sums := map[int64]*runoffSum{}
	for _, cohort := range groups(rows) {
		out := omitted{cohort[0].n("links"), cohort[0].n("undated"), cohort[0].n("undecided")}
		if out.tooMany(limit) {
			doubtful = append(doubtful, cohort[0].words)
		}
		for _, row := range cohort {
			age, eligible, linked := row.n("age_days"), row.n("eligible"), row.n("linked")
			if sums[age] == nil {
				sums[age] = &runoffSum{}
			}
			sums[age].add(out)
			sums[age].eligible, sums[age].unlinked = sums[age].eligible+eligible, sums[age].unlinked+eligible-linked
			if eligible > 0 {
				row.cells["unlinked_rate"] = fraction(eligible-linked, eligible)
				figures = append(figures, row.cells)
			}
		}
	}
	notes := []Note{runoffNote}
	var ages []int64
	for age, sum := range sums {
		if sum.eligible > 0 && age <= yardstick {
			ages = append(ages, age)
		}
	}
	if len(ages) > 0 {
		day := slices.Max(ages)
		sum := sums[day]
		unlinked, all := float64(sum.unlinked), float64(sum.eligible+sum.all())
		notes = append(notes, sum.bounds(day, unlinked/float64(sum.eligible), unlinked/all, (unlinked+float64(sum.all()))/all)...)
	}
	return figures, append(notes, noConclusion(doubtful, limit)...)
}

// runoffSum is all cohorts of one age together.
type runoffSum struct {
	omitted
	eligible, unlinked int64
}

var runoffNote = say(
	"En celle er kun udfyldt, hvor hele årgangen har den pågældende alder på opgørelsesdatoen. Bortfaldne tilladelser indgår.",
	"A cell is filled only where the whole cohort is that old by the as-of day. Lapsed permits are kept.")

// curves gives the curve of time to link of each group, and of all together in the note on those left out.
func curves(rows []countRow, limit float64) ([]map[string]any, []Note, error) {
	var figures []map[string]any
	var doubtful []queries.Words
	var everybody []stats.Exits
	var left omitted
	var lapseUndated, longest int64
	for _, group := range groups(rows) {
		seen, out, unknown := followUp(group)
		possible := oldest(group)
		longest = max(longest, possible)
		curve, err := stats.Survival(seen, stats.DaysWithin(possible))
		if err != nil {
			return nil, nil, err
		}
		for _, at := range curve {
			figures = append(figures, curveCells(at, group[0].cells))
		}
		if out.tooMany(limit) {
			doubtful = append(doubtful, group[0].words)
		}
		everybody = append(everybody, seen...)
		left.add(out)
		lapseUndated += unknown
	}
	notes, err := curveBounds(everybody, left, longest)
	if err != nil {
		return nil, nil, err
	}
	notes = append([]Note{survivalNote}, notes...)
	notes = append(notes, undatedLapses(lapseUndated)...)
	return figures, append(notes, noConclusion(doubtful, limit)...), nil
}

var survivalNote = say(
	"»Ikke koblet« er 1 minus den kumulerede incidens af en kobling (Aalen–Johansen); bortfald er en konkurrerende hændelse. "+
		"Intervallet er et 95 pct.-interval, der er beregnet, som om tilladelserne var uafhængige. Det er tilladelser til samme familie ikke, og intervallet er derfor sandsynligvis for smalt.",
	"Unlinked is 1 less the cumulative incidence of a link (Aalen–Johansen); a lapse is a competing event. "+
		"The interval is at 95 per cent and as if permits were independent; those of a family are not, so it is likely too narrow.")

// followUp gives the exits of a group, those left out, who are in the row with the empty day, and how many lapsed on an
// unknown day.
func followUp(group []countRow) (seen []stats.Exits, out omitted, lapseUndated int64) {
	for _, row := range group {
		out.add(omitted{row.n("links"), row.n("undated"), row.n("undecided")})
		lapseUndated += row.n("lapse_undated")
		if day, ok := row.cells["days"].(int64); ok {
			seen = append(seen, stats.Exits{Day: day, Linked: row.n("linked"), Lapsed: row.n("lapsed"), Censored: row.n("censored")})
		}
	}
	return seen, out, lapseUndated
}

// oldest is the longest that a permit of a group's curve could have been followed: from the earliest decision to the as-of day.
func oldest(group []countRow) int64 {
	var days int64
	for _, row := range group {
		days = max(days, row.n("oldest"))
	}
	return days
}

// curveCells are a point of a curve under the columns of the result; keys are the cells of the group.
func curveCells(p stats.CurvePoint, keys map[string]any) map[string]any {
	row := maps.Clone(keys)
	row["days"], row["at_risk"] = p.Day, p.AtRisk
	row["linked"], row["lapsed"], row["censored"] = p.Linked, p.Lapsed, p.Censored
	row["unlinked"], row["low"], row["high"] = p.Unlinked, nil, nil
	if p.Bounds != nil {
		row["low"], row["high"] = p.Bounds.Low, p.Bounds.High
	}
	return row
}

// curveBounds notes what the curve of everybody would be with those left out linked on the day of the decision, and with
// none of them linked as long as anybody could be followed.
func curveBounds(everybody []stats.Exits, left omitted, longest int64) ([]Note, error) {
	if left.all() == 0 || len(everybody) == 0 {
		return nil, nil
	}
	day := slices.Max(stats.DaysWithin(min(longest, yardstick)))
	var at [3]float64
	for i, extra := range []stats.Exits{{}, {Linked: left.all()}, {Day: longest, Censored: left.all()}} {
		curve, err := stats.Survival(append(slices.Clone(everybody), extra), []int64{day})
		if err != nil {
			return nil, err
		}
		at[i] = curve[0].Unlinked
	}
	return left.bounds(day, at[0], at[1], at[2]), nil
}

// differenceFinding speaks of the largest difference between two groups, which stands first.
func differenceFinding(r Result) Note {
	difference, ok := r.Value(0, "difference").(float64)
	if !ok {
		return Note{}
	}
	unlinked, _ := r.Value(0, "share_unlinked").(float64)
	linked, _ := r.Value(0, "share_linked").(float64)
	return say("Den største forskel er {name}: {unlinked} af de ikke koblede og {linked} af de koblede (standardiseret forskel {difference})",
		"The largest difference is {name}: {unlinked} of the unlinked and {linked} of the linked (standardised difference {difference})",
		within("name", nameOf(r, 0)), share("unlinked", unlinked), share("linked", linked), Figure{"difference", difference, "sd"})
}
