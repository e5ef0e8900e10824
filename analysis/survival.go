package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
)

// survivalDays are the days after the decision at which time to link is given.
var survivalDays = []int64{0, 30, 90, 180, 365, 730, 1095, 1825, 3650}

// exits are the permits of one group whose follow-up ended on one day, counted in days from the decision: linked, lapsed
// without a link, or censored, which is neither by the as-of day. Every permit of the group is in exactly one exit. One that
// was linked on the day it lapsed is linked; one that was linked or lapsed on the as-of day is not censored.
type exits struct{ day, linked, lapsed, censored int64 }

// all is how many permits left the group on the day.
func (e exits) all() int64 { return e.linked + e.lapsed + e.censored }

// survivalRow is the state of a group on a day after the decision.
type survivalRow struct {
	day      int64     // days from the decision
	atRisk   int64     // permits neither linked, lapsed nor censored on an earlier day
	linked   int64     // permits linked on the day or before
	lapsed   int64     // permits lapsed, unlinked, on the day or before
	censored int64     // permits whose follow-up ended on the day or before, neither linked nor lapsed
	unlinked float64   // 1 − the cumulative incidence of a link, through the day: a fraction
	bounds   *interval // 95 per cent, log-log; nil where the curve is at 0 or 1
}

// daysWithin are the days at which a group is given whose oldest permit was decided so many days before the as-of day:
// whatever became of it, it could have been seen so long.
func daysWithin(followUp int64) []int64 {
	beyond := slices.IndexFunc(survivalDays, func(day int64) bool { return day > followUp })
	if beyond < 0 {
		return survivalDays
	}
	return survivalDays[:beyond]
}

// survival gives the time to link of one group of permits: the curve at each of the days asked for, in their order; a group
// of nobody has no rows. After the last exit the curve stays where it is, with nobody at risk. The exits may come in any
// order, a day more than once. A day or a count below 0 is an error.
//
// The estimator is Aalen and Johansen's (Scandinavian Journal of Statistics 5 (1978), 141–150) with lapse as a competing
// event. On day t, n permits are at risk: those that left on no earlier day. So whoever links, lapses or is censored on day
// t is at risk for the link of that day. With S the fraction neither linked nor lapsed, and d and l the links and lapses of
// day t, the incidence of a link grows by S·d/n, that of a lapse by S·l/n, and S becomes S·(n−d−l)/n. Taking the links first
// and the lapses from the n−d that are left comes to the same, for the curve and for its variance: only that both come
// before censoring changes a figure. Where nothing lapses, unlinked is the curve of Kaplan and Meier.
func survival(group []exits, days []int64) ([]survivalRow, error) {
	steps, err := curve(group)
	if err != nil {
		return nil, err
	}
	var rows []survivalRow
	for _, day := range days {
		if len(steps) > 0 {
			rows = append(rows, rowAt(steps, day))
		}
	}
	return rows, nil
}

// step is the curve over one day with exits.
type step struct {
	exits
	atRisk   int64
	before   float64 // fraction neither linked nor lapsed just before the day
	unlinked float64 // 1 − the cumulative incidence of a link, through the day
}

// curve sums the exits by day and walks the days in order.
func curve(group []exits) ([]step, error) {
	days, err := byDay(group)
	if err != nil {
		return nil, err
	}
	var atRisk int64
	for _, e := range days {
		atRisk += e.all()
	}
	steps := make([]step, len(days))
	free, lapsed, unlinked := 1.0, 0.0, 1.0
	for i, e := range days {
		steps[i] = step{exits: e, atRisk: atRisk, before: free}
		n := float64(atRisk)
		lapsed += free * float64(e.lapsed) / n
		free = free * float64(atRisk-e.linked-e.lapsed) / n
		// Adding what is left, and not subtracting the links one by one, ends at exactly 0 when everybody is linked. On
		// a day without links the sum is the same but for rounding, which must not move the curve.
		if e.linked > 0 {
			unlinked = free + lapsed
		}
		steps[i].unlinked = unlinked
		atRisk -= e.all()
	}
	return steps, nil
}

// byDay gives the exits one a day, in order. A day without exits is left out: it must not lengthen the follow-up.
func byDay(group []exits) ([]exits, error) {
	var days []exits
	for _, e := range slices.SortedFunc(slices.Values(group), func(a, b exits) int { return cmp.Compare(a.day, b.day) }) {
		if min(e.day, e.linked, e.lapsed, e.censored) < 0 {
			return nil, fmt.Errorf("survival: day %d: a day or count below 0", e.day)
		}
		if e.all() == 0 {
			continue
		}
		if last := len(days) - 1; last >= 0 && days[last].day == e.day {
			days[last].linked += e.linked
			days[last].lapsed += e.lapsed
			days[last].censored += e.censored
			continue
		}
		days = append(days, e)
	}
	return days, nil
}

// rowAt reads the curve on a day.
func rowAt(steps []step, day int64) survivalRow {
	from := sort.Search(len(steps), func(i int) bool { return steps[i].day >= day })
	row := survivalRow{day: day, unlinked: 1}
	if from < len(steps) {
		row.atRisk = steps[from].atRisk
	}
	through := sort.Search(len(steps), func(i int) bool { return steps[i].day > day })
	for _, s := range steps[:through] {
		row.linked += s.linked
		row.lapsed += s.lapsed
		row.censored += s.censored
		row.unlinked = s.unlinked
	}
	row.bounds = logLog(row.unlinked, incidenceVariance(steps[:through]))
	return row
}

// incidenceVariance is the delta-method variance of the cumulative incidence of a link at the end of the steps: E. Marubini
// and M. G. Valsecchi, Analysing Survival Data from Clinical Trials and Observational Studies (Wiley 1995), chapter 10. Where
// nothing lapses it is Greenwood's variance.
//
// The three sums of the book are written as one. A day sends each of its n permits one of three ways, worth as much as the
// incidence that lies there: a link S, a lapse nothing, staying what is to come. Its part is the multinomial variance of the
// mean of what they are worth: terms of squares, which rounding cannot turn below 0.
func incidenceVariance(steps []step) float64 {
	variance := 0.0
	for _, s := range steps {
		n, stayed := float64(s.atRisk), float64(s.atRisk-s.linked-s.lapsed)
		toCome := s.unlinked - steps[len(steps)-1].unlinked
		mean := s.before*float64(s.linked)/n + toCome
		squares := float64(s.linked)*(s.before-mean)*(s.before-mean) + float64(s.lapsed)*mean*mean
		if stayed > 0 {
			each := toCome * n / stayed
			squares += stayed * (each - mean) * (each - mean)
		}
		variance += squares / (n * n)
	}
	return variance
}

// logLog gives 95 per cent bounds of a survival fraction that are symmetric on the scale log(−log u), and so stay between 0
// and 1: J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of Failure Time Data (Wiley 1980), section 1.3. At 0
// and 1 the scale has no place for the fraction: nil.
func logLog(u, variance float64) *interval {
	if u <= 0 || u >= 1 {
		return nil
	}
	width := math.Exp(z95 * math.Sqrt(variance) / (u * -math.Log(u)))
	return &interval{low: math.Pow(u, width), high: math.Pow(u, 1/width)}
}
