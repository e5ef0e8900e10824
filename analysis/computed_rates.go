package analysis

import (
	"cmp"
	"fmt"

	"koblet/queries"
)

// tally reads the three counts of a tally.
func (r countRow) tally() tallied {
	return tallied{r.counts["pass"], r.counts["fail"], r.counts["unknown"]}
}

// rated sets the figures that a row of a computed tally has in any case: how many were judged, and their rate.
func (r countRow) rated() {
	judged := r.tally().judged()
	r.cells["judged"], r.cells["rate"] = judged.judged, fraction(judged.fail, judged.judged)
}

// besideRaw gives, for each cohort, the rate at equal age and its raw rate, both with their intervals.
func besideRaw(q queries.Question, rows []countRow, limit float64) ([]map[string]any, []queries.Words) {
	var figures []map[string]any
	var sum, raw tallied
	for _, row := range rows {
		equal, whole := row.tally(), tallied{row.counts["raw_pass"], row.counts["raw_fail"], row.counts["raw_unknown"]}
		for prefix, t := range map[string]tallied{"": equal, "raw_": whole} {
			rate := rateOf(t.fail, t.pass+t.fail)
			row.cells[prefix+"judged"], row.cells[prefix+"rate"] = t.pass+t.fail, rate[0]
			row.cells[prefix+"rate_low"], row.cells[prefix+"rate_high"] = rate[1], rate[2]
		}
		sum.add(equal)
		raw.add(whole)
		figures = append(figures, row.cells)
	}
	notes := append(bounds(q, sum, len(rows)), rawBounds(raw)...)
	return figures, append(append(notes, noConclusion(undatedRows(rows, limit), limit)...), intervalNote)
}

// rawBounds says what the raw rate would be with all those unknown to it linked, and with none.
func rawBounds(t tallied) []queries.Words {
	if t.unknown == 0 || t.pass+t.fail == 0 {
		return nil
	}
	all := float64(t.total())
	return []queries.Words{say("Den rå andel: uvist er {} af {}; med dem alle som koblet er andelen {}, med ingen {}.",
		"The raw rate: unknown are {} of {}; with all of them linked the rate is {}, with none {}.",
		countWords(t.unknown), countWords(t.total()), percentWords(float64(t.fail)/all), percentWords(float64(t.fail+t.unknown)/all))}
}

// funnel holds each municipality's rate against the limits around the rate of all. The row without a municipality counts in
// that rate and has no limits, since it is no municipality.
func funnel(q queries.Question, rows []countRow) ([]map[string]any, []queries.Words) {
	var figures []map[string]any
	var all tallied
	for _, row := range rows {
		all.add(row.tally())
	}
	found, places := map[string]int64{}, int64(0)
	for _, row := range rows {
		if row.tally().total() == 0 {
			continue
		}
		row.rated()
		figures = append(figures, row.cells)
		row.cells["national_rate"] = fraction(all.fail, all.pass+all.fail)
		judged := row.tally().judged()
		limits95, limits998 := funnelLimits(all.judged(), judged.judged)
		if limits95 == nil || row.cells[q.Keys()[0].Name] == "unknown" {
			continue
		}
		position := outsideFunnel(judged, all.judged())
		found[position]++
		places++
		row.cells["position"] = position
		row.cells["low_95"], row.cells["high_95"] = limits95.low, limits95.high
		row.cells["low_998"], row.cells["high_998"] = limits998.low, limits998.high
	}
	return figures, append([]queries.Words{funnelFinding(places, found), funnelNote}, bounds(q, all, len(rows))...)
}

func funnelFinding(places int64, found map[string]int64) queries.Words {
	return say("Af {} kommuner: over grænserne på 99,8 pct. {}, under dem {}; kun uden for grænserne på 95 pct.: over {}, under {}.",
		"Of {} municipalities: above the 99.8 per cent limits {}, below them {}; outside the 95 per cent limits only: above {}, below {}.",
		countWords(places), countWords(found["above_998"]), countWords(found["below_998"]), countWords(found["above_95"]), countWords(found["below_95"]))
}

var funnelNote = queries.Words{
	Da: "Grænserne er binomialfordelingens eksakte omkring andelen under ét. Af hundrede kommuner, der kun afviger tilfældigt, ligger op til fem " +
		"uden for 95 pct. Familiers tilladelser er ikke uafhængige, så grænserne er sandsynligvis for snævre.",
	En: "The limits are the exact binomial ones around the overall rate. Of a hundred municipalities that differ by chance alone, up to five lie " +
		"outside 95 per cent. The permits of a family are not independent, so the limits are likely too narrow.",
}

// monthSignals is the p-chart of a question's months, in their order.
func monthSignals(q queries.Question, rows []countRow) ([]map[string]any, []queries.Words) {
	var figures []map[string]any
	var all tallied
	months := make([]counts, len(rows))
	for i, row := range rows {
		months[i] = row.tally().judged()
		all.add(row.tally())
	}
	chart := monthChart(months)
	signals := map[string]int64{}
	first := len(rows)
	for i, seen := len(rows)-1, 0; i >= 0 && seen < chart.months; i-- {
		if months[i].judged > 0 {
			first, seen = i, seen+1
		}
	}
	for i, row := range rows {
		if row.tally().total() == 0 {
			continue
		}
		row.rated()
		if chart.centre != nil {
			row.cells["centre"] = *chart.centre
		}
		point := chart.points[i]
		if point.limits != nil {
			row.cells["lower_limit"], row.cells["upper_limit"] = point.limits.low, point.limits.high
		}
		if point.rate != nil {
			row.cells["signal"] = cmp.Or(point.signal, "none")
			signals[point.signal]++
		}
		figures = append(figures, row.cells)
	}
	if chart.months == 0 {
		return figures, bounds(q, all, len(rows))
	}
	finding := say("Måneder uden for kontrolgrænserne: {}; den ottende eller senere i træk på samme side af midterlinjen: {}. "+
		"Midterlinje og grænser hviler på {} måneder fra {}.",
		"Months beyond the control limits: {}; the eighth or later in a row on one side of the centre line: {}. "+
			"Centre and limits rest on {} months from {} on.",
		countWords(signals["beyond"]), countWords(signals["run"]), countWords(int64(chart.months)), rows[first].words)
	return figures, append([]queries.Words{finding, controlNote}, bounds(q, all, len(rows))...)
}

var controlNote = queries.Words{
	Da: "Grænserne ligger tre standardfejl fra midterlinjen. Ældre måneder holdes op mod den samme midterlinje: et signal siger om dem, at " +
		"niveauet var et andet. Familiers tilladelser er ikke uafhængige, så grænserne er sandsynligvis for snævre.",
	En: "The limits lie three standard errors from the centre line. Older months are held against the same centre: a signal says of them that the " +
		"level was another. The permits of a family are not independent, so the limits are likely too narrow.",
}

// bounds says how many of a tally's rows are unknown and what the rate of all of them together would be with the unknown as
// pass, and as fail.
func bounds(q queries.Question, t tallied, rows int) []queries.Words {
	if t.unknown == 0 {
		return nil
	}
	label := func(name string) queries.Words {
		for _, c := range q.Columns {
			if c.Name == name {
				return c.Label
			}
		}
		return same(name)
	}
	together := queries.Words{Da: "Uvist er", En: "Unknown are"}
	if rows > 1 {
		together = queries.Words{Da: "Alle rækker under ét: uvist er", En: "All rows together: unknown are"}
	}
	all := float64(t.total())
	return []queries.Words{say("{} {} af {}; med dem alle som »{}« er andelen {}, med dem alle som »{}« {}.",
		"{} {} of {}; with all of them as “{}” the rate is {}, with all of them as “{}” {}.",
		together, countWords(t.unknown), countWords(t.total()), label("pass"), percentWords(float64(t.fail)/all),
		label("fail"), percentWords(float64(t.fail+t.unknown)/all))}
}

// add adds the counts of another tally.
func (t *tallied) add(o tallied) {
	t.pass, t.fail, t.unknown = t.pass+o.pass, t.fail+o.fail, t.unknown+o.unknown
}

// computedBy gives the figures of a computed question and the notes that belong to them.
func computedBy(q queries.Question, rows []countRow, limit float64) ([]map[string]any, []queries.Words, error) {
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
	case "p_chart":
		figures, notes := monthSignals(q, rows)
		return figures, append(notes, noConclusion(undatedRows(rows, limit), limit)...), nil
	}
	return nil, nil, fmt.Errorf("computed %s is not known", q.Computed)
}
