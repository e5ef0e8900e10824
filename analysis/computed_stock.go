package analysis

import "koblet/queries"

// stock gives the stock of the unlinked, month by month, as it was counted, and says what is in none.
func stock(rows []countRow) ([]map[string]any, []Note) {
	figures := make([]map[string]any, 0, len(rows))
	var left omitted
	var lapseUndated int64
	for _, row := range rows {
		figures = append(figures, row.cells)
		left.add(omitted{undated: row.n("undated"), undecided: row.n("undecided")})
		lapseUndated += row.n("lapse_undated")
	}
	var notes []Note
	if left.all() > 0 {
		notes = append(notes, say("I ingen beholdning er {undated} koblede uden koblingsdato og {undecided} uafklarede.",
			"In no stock are {undated} linked without a link date and {undecided} that cannot be decided.",
			permits("undated", left.undated), permits("undecided", left.undecided)))
	}
	return figures, append(notes, undatedLapses(lapseUndated)...)
}

// undatedLapses says how many permits lapsed nobody knows when; there is no note where none did.
func undatedLapses(n int64) []Note {
	if n == 0 {
		return nil
	}
	return []Note{say("{n} tilladelser er bortfaldet på en ukendt dato og regnes ikke som bortfaldet.",
		"{n} permits lapsed on an unknown day, which does not count as a lapse.", permits("n", n))}
}

// stockFinding says how much of what was granted is in the stock on the as-of day, which the last month closes with.
func stockFinding(r Result) Note {
	closing, counted := r.Value(len(r.Rows)-1, "closing").(int64)
	if !counted {
		return Note{}
	}
	var granted int64
	for i := range r.Rows {
		n, _ := r.Value(i, "granted").(int64)
		granted += n
	}
	return say("Ved opgørelsen er {closing} af {granted} {what} hverken koblet eller bortfaldet", "On the as-of day {closing} of {granted} {what} are neither linked nor lapsed",
		permits("closing", closing), permits("granted", granted), named("what", queries.Words{Da: "meddelte tilladelser", En: "permits granted"}))
}
