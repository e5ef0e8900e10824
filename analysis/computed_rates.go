package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"koblet/analysis/stats"
	"koblet/queries"
	"koblet/registers"
)

// tally reads the three counts of a tally.
func (r countRow) tally() Tally {
	return Tally{r.n("pass"), r.n("fail"), r.n("unknown")}
}

// rated sets the figures that a row of a computed tally has in any case: how many were judged, and their rate.
func (r countRow) rated() {
	judged := r.tally().Judged()
	r.cells["judged"], r.cells["rate"] = judged.Judged, fraction(judged.Fail, judged.Judged)
}

// besideRaw gives, for each cohort, the rate at equal age and its raw rate, both with their intervals.
func besideRaw(q queries.Question, rows []countRow, limit float64) ([]map[string]any, []Note) {
	var figures []map[string]any
	var sum, raw Tally
	for _, row := range rows {
		equal, whole := row.tally(), Tally{row.n("raw_pass"), row.n("raw_fail"), row.n("raw_unknown")}
		for prefix, t := range map[string]Tally{"": equal, "raw_": whole} {
			rate := t.rated()
			row.cells[prefix+"judged"], row.cells[prefix+"rate"] = t.Judged().Judged, rate[0]
			row.cells[prefix+"rate_low"], row.cells[prefix+"rate_high"] = rate[1], rate[2]
		}
		sum, raw = sum.Plus(equal), raw.Plus(whole)
		figures = append(figures, row.cells)
	}
	notes := append(bounds(q, sum, len(rows)), rawBounds(raw)...)
	unsure, _ := undatedRows(rows, limit)
	return figures, append(append(notes, noConclusion(unsure, limit)...), intervalNote)
}

// rawBounds says what the raw rate would be with all those unknown to it linked, and with none.
func rawBounds(t Tally) []Note {
	if t.Unknown == 0 || t.Judged().Judged == 0 {
		return nil
	}
	asPass, asFail := t.Bounds()
	return []Note{say("Ukorrigeret andel: Uafklarede udgør {unknown} af {total}. Regnes de alle som koblet, er andelen {as_pass}; regnes ingen af dem, er den {as_fail}.",
		"The raw rate: the unknown make up {unknown} of {total}. If all of them were linked, the rate would be {as_pass}; if none of them were, {as_fail}.",
		permits("unknown", t.Unknown), permits("total", t.Total()), share("as_pass", asPass), share("as_fail", asFail))}
}

// funnel holds each municipality's rate against the limits around the rate of all. The row without a municipality counts in
// that rate and has no limits, since it is no municipality.
func funnel(q queries.Question, rows []countRow) ([]map[string]any, []Note) {
	var figures []map[string]any
	var all Tally
	for _, row := range rows {
		all = all.Plus(row.tally())
	}
	found, kinds := map[string]int64{}, map[string]int64{}
	for _, row := range rows {
		if row.tally().Total() == 0 {
			continue
		}
		row.rated()
		figures = append(figures, row.cells)
		row.cells["national_rate"] = fraction(all.Fail, all.Pass+all.Fail)
		judged := row.tally().Judged()
		limits95, limits998 := stats.FunnelLimits(all.Judged(), judged.Judged)
		if limits95 == nil || row.cells[q.Keys()[0].Name] == "unknown" {
			continue
		}
		position := stats.OutsideFunnel(judged, all.Judged())
		found[position]++
		kinds[kindOfPlace(fmt.Sprint(row.cells[q.Keys()[0].Name]))]++
		row.cells["position"] = position
		row.cells["low_95"], row.cells["high_95"] = limits95.Low, limits95.High
		row.cells["low_998"], row.cells["high_998"] = limits998.Low, limits998.High
	}
	return figures, append([]Note{funnelFinding(kinds, found), funnelNote}, bounds(q, all, len(rows))...)
}

// kindOfPlace says what a municipality's code is: of one that exists, of one that was abolished, or of none, since the list does not have it.
func kindOfPlace(code string) string {
	m, listed := registers.FindMunicipality(code)
	switch {
	case !listed:
		return "unlisted"
	case !m.ValidTo.IsZero():
		return "former"
	}
	return "existing"
}

// placesSaid says how many municipalities are held against limits: those that exist, and apart from them the former ones and the codes of none, which
// have limits too.
func placesSaid(kinds map[string]int64) Figure {
	places := say("{existing} kommuner", "{existing} municipalities", municipalities("existing", kinds["existing"]))
	add := func(da, en string, n int64) {
		if n > 0 {
			places = say("{places}"+da, "{places}"+en, within("places", places), municipalities("n", n))
		}
	}
	and := [2]string{" og", " and"}
	if kinds["unlisted"] > 0 {
		and = [2]string{",", ","}
	}
	if kinds["former"] == 1 {
		add(and[0]+" {n} nedlagt kommune", and[1]+" {n} former one", 1)
	} else {
		add(and[0]+" {n} nedlagte kommuner", and[1]+" {n} former ones", kinds["former"])
	}
	if kinds["unlisted"] == 1 {
		add(" og {n} kode, som ikke er nogen kommunes,", " and {n} code of none", 1)
	} else {
		add(" og {n} koder, som ikke er nogen kommunes,", " and {n} codes of none", kinds["unlisted"])
	}
	return within("places", places)
}

func funnelFinding(kinds, found map[string]int64) Note {
	return say("Ud af {places} ligger {above_998} over og {below_998} under grænserne på 99,8 pct. Yderligere {above_95} ligger over og {below_95} under grænserne på 95 pct.",
		"Of {places}, {above_998} lie above and {below_998} below the 99.8 per cent limits; a further {above_95} above and {below_95} below the 95 per cent limits.",
		placesSaid(kinds), municipalities("above_998", found["above_998"]), municipalities("below_998", found["below_998"]),
		municipalities("above_95", found["above_95"]), municipalities("below_95", found["below_95"]))
}

var funnelNote = say(
	"Grænserne er de eksakte binomialgrænser omkring andelen for alle under ét. Blandt hundrede kommuner, der kun afviger tilfældigt, vil op til fem ligge "+
		"uden for grænserne på 95 pct. Tilladelser til samme familie er ikke uafhængige, og grænserne er derfor sandsynligvis for snævre.",
	"The limits are the exact binomial ones around the overall rate. Of a hundred municipalities that differ by chance alone, up to five lie "+
		"outside 95 per cent. The permits of a family are not independent, so the limits are likely too narrow.")

// monthSignals is the p-chart of a question's months, in their order.
func monthSignals(q queries.Question, rows []countRow) ([]map[string]any, []Note) {
	var figures []map[string]any
	var all Tally
	months := make([]stats.Proportion, len(rows))
	for i, row := range rows {
		months[i] = row.tally().Judged()
		all = all.Plus(row.tally())
	}
	chart := stats.MonthChart(months)
	signals, judgedMonths := map[string]int64{}, int64(0)
	first := len(rows)
	for i, seen := len(rows)-1, 0; i >= 0 && seen < chart.Months; i-- {
		if months[i].Judged > 0 {
			first, seen = i, seen+1
		}
	}
	for i, row := range rows {
		if row.tally().Total() == 0 {
			continue
		}
		row.rated()
		if chart.Centre != nil {
			row.cells["centre"] = *chart.Centre
		}
		point := chart.Points[i]
		if point.Limits != nil {
			row.cells["lower_limit"], row.cells["upper_limit"] = point.Limits.Low, point.Limits.High
		}
		if point.Rate != nil {
			judgedMonths++
			row.cells["signal"] = cmp.Or(point.Signal, "none")
			signals[point.Signal]++
		}
		figures = append(figures, row.cells)
	}
	if chart.Months == 0 {
		return figures, bounds(q, all, len(rows))
	}
	finding := say("Ud af {all} måneder ligger {beyond} uden for kontrolgrænserne, og yderligere {run} er mindst den ottende i træk på samme side af midterlinjen.",
		"{beyond} of {all} months beyond the control limits; a further {run} at least the eighth in a row on one side of the centre line.",
		plain("all", judgedMonths), plain("beyond", signals["beyond"]), plain("run", signals["run"]))
	basis := say("Midterlinje og grænser er beregnet på {months} måneder fra og med {first}.", "Centre and limits rest on {months} months from {first} on.",
		plain("months", int64(chart.Months)), Figure{"first", rows[first].cells["month"], "month"})
	return figures, append([]Note{finding, basis, controlNote}, bounds(q, all, len(rows))...)
}

var controlNote = say(
	"Grænserne ligger tre standardfejl fra midterlinjen. Ældre måneder sammenholdes med den samme midterlinje, og et signal for dem viser, at "+
		"niveauet var et andet. Tilladelser til samme familie er ikke uafhængige, og grænserne er derfor sandsynligvis for snævre.",
	"The limits lie three standard errors from the centre line. Older months are held against the same centre: a signal says of them that the "+
		"level was another. The permits of a family are not independent, so the limits are likely too narrow.")

// bounds says how many of a tally's rows are unknown and what the rate of all of them together would be with the unknown as
// pass, and as fail; of rows that may count a record twice, nothing.
func bounds(q queries.Question, t Tally, rows int) []Note {
	if t.Unknown == 0 {
		return nil
	}
	label := func(name string) queries.Words {
		for _, c := range q.Columns {
			if c.Name == name {
				return c.Label
			}
		}
		return queries.Words{Da: name, En: name}
	}
	counts := []Figure{permits("unknown", t.Unknown), permits("total", t.Total())}
	together := say("Uafklarede udgør {unknown} af {total}", "The unknown make up {unknown} of {total}", counts...)
	if rows > 1 && q.Rows != "partition" {
		return nil // a record that stands in several rows would count in their sum as often
	}
	if rows > 1 {
		together = say("For alle rækker under ét udgør de uafklarede {unknown} af {total}", "In all rows together the unknown make up {unknown} of {total}", counts...)
	}
	if a := q.Apart; a.Key != "" {
		together = say("For alle rækker under ét bortset fra »{but}« udgør de uafklarede {unknown} af {total}",
			"In all rows but “{but}” together the unknown make up {unknown} of {total}", append(counts, named("but", wordOf(q, a.Key, a.Value)))...)
	}
	asPass, asFail := t.Bounds()
	return []Note{say("{together}. Regnes de alle som »{pass}«, er andelen {as_pass}; regnes de alle som »{fail}«, er den {as_fail}.",
		"{together}. If all of them counted as “{pass}”, the rate would be {as_pass}; if all of them counted as “{fail}”, {as_fail}.",
		within("together", together), named("pass", label("pass")), share("as_pass", asPass), named("fail", label("fail")), share("as_fail", asFail))}
}

// wordOf is what people read for a value of a key.
func wordOf(q queries.Question, key, value string) queries.Words {
	for _, c := range q.Keys() {
		if c.Name == key {
			return queries.Words{Da: registers.Label(c.Codes, value, "da"), En: registers.Label(c.Codes, value, "en")}
		}
	}
	return queries.Words{Da: value, En: value}
}

// computedBy gives the figures of a computed question and the notes that belong to them.
func computedBy(q queries.Question, rows []countRow, limit float64) ([]map[string]any, []Note, error) {
	switch q.Computed {
	case "runoff":
		figures, notes := runoff(rows, limit)
		return figures, notes, nil
	case "survival":
		return curves(rows, limit)
	case "equal_age":
		figures, notes := besideRaw(q, rows, limit)
		return figures, notes, nil
	case "funnel":
		figures, notes := funnel(q, rows)
		return figures, notes, nil
	case "characteristics":
		return characteristics(q, rows), nil, nil
	case "stock":
		figures, notes := stock(rows)
		return figures, notes, nil
	case "p_chart":
		figures, notes := monthSignals(q, rows)
		unsure, _ := undatedRows(rows, limit)
		return figures, append(notes, noConclusion(unsure, limit)...), nil
	}
	return nil, nil, fmt.Errorf("computed %s is not known", q.Computed)
}

// characteristics gives each value of a characteristic its share among the unlinked and among the linked and the standardised
// difference between them, the largest first, whichever way it goes; what has no difference stands last.
func characteristics(q queries.Question, rows []countRow) []map[string]any {
	of := q.Keys()[0].Name
	type pair struct{ unlinked, linked int64 }
	all := map[any]pair{}
	for _, row := range rows {
		sum := all[row.cells[of]]
		all[row.cells[of]] = pair{sum.unlinked + row.n("unlinked"), sum.linked + row.n("linked")}
	}
	figures := make([]map[string]any, 0, len(rows))
	for _, row := range rows {
		sum := all[row.cells[of]]
		one, other := stats.Proportion{Fail: row.n("unlinked"), Judged: sum.unlinked}, stats.Proportion{Fail: row.n("linked"), Judged: sum.linked}
		row.cells["share_unlinked"], row.cells["share_linked"] = fraction(one.Fail, one.Judged), fraction(other.Fail, other.Judged)
		if d := stats.StandardisedDifference(one, other); d != nil {
			row.cells["difference"] = *d
		}
		figures = append(figures, row.cells)
	}
	size := func(cells map[string]any) float64 {
		if d, ok := cells["difference"].(float64); ok {
			return math.Abs(d)
		}
		return -1
	}
	slices.SortStableFunc(figures, func(a, b map[string]any) int { return cmp.Compare(size(b), size(a)) })
	return figures
}

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
		notes = append(notes, say("{undated} koblede uden koblingsdato og {undecided} uafklarede indgår ikke i nogen beholdning.",
			"{undated} linked without a link date and {undecided} that cannot be decided are in no stock.",
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
