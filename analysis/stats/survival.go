package stats

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
)

// FollowUpDays are the days after the decision at which time to link is given.
var FollowUpDays = []int64{0, 30, 90, 180, 365, 730, 1095, 1825, 3650}

// Exits are the permits of one group whose follow-up ended on one day, counted in days from the decision: linked, lapsed
// without a link, or censored, which is neither by the as-of day. Every permit of the group is in exactly one exit. One that
// was linked on the day it lapsed is linked; one that was linked or lapsed on the as-of day is not censored.
type Exits struct{ Day, Linked, Lapsed, Censored int64 }

// all is how many permits left the group on the day.
func (e Exits) all() int64 { return e.Linked + e.Lapsed + e.Censored }

// CurvePoint is the state of a group on a day after the decision.
type CurvePoint struct {
	Day      int64     // days from the decision
	AtRisk   int64     // permits neither linked, lapsed nor censored on an earlier day
	Linked   int64     // permits linked on the day or before
	Lapsed   int64     // permits lapsed, unlinked, on the day or before
	Censored int64     // permits whose follow-up ended on the day or before, neither linked nor lapsed
	Unlinked float64   // 1 − the cumulative incidence of a link, through the Day: a fraction
	Bounds   *Interval // 95 per cent, log-log; nil where the curve is at 0 or 1
}

// DaysWithin are the days at which a group is given whose oldest permit was decided so many days before the as-of Day:
// whatever became of it, it could have been seen so long.
func DaysWithin(followUp int64) []int64 {
	beyond := slices.IndexFunc(FollowUpDays, func(day int64) bool { return day > followUp })
	if beyond < 0 {
		return FollowUpDays
	}
	return FollowUpDays[:beyond]
}

// Survival gives the time to link of one group of permits: the curve at each of the days asked for, in their order; a group
// of nobody has no rows. After the last exit the curve stays where it is, with nobody at risk. The exits may come in any
// order, a day more than once. A day or a count below 0 is an error.
//
// The estimator is Aalen and Johansen's (Scandinavian Journal of Statistics 5 (1978), 141–150) with lapse as a competing
// event. On day t, n permits are at risk: those that left on no earlier day. So whoever links, lapses or is censored on day
// t is at risk for the link of that day. With S the fraction neither linked nor lapsed, and d and l the links and lapses of
// day t, the incidence of a link grows by S·d/n, that of a lapse by S·l/n, and S becomes S·(n−d−l)/n. Taking the links first
// and the lapses from the n−d that are left comes to the same, for the curve and for its variance: only that both come
// before censoring changes a figure. Where nothing lapses, unlinked is the curve of Kaplan and Meier.
func Survival(group []Exits, days []int64) ([]CurvePoint, error) {
	steps, err := curve(group)
	if err != nil {
		return nil, err
	}
	var rows []CurvePoint
	for _, day := range days {
		if len(steps) > 0 {
			rows = append(rows, rowAt(steps, day))
		}
	}
	return rows, nil
}

// step is the curve over one day with exits.
type step struct {
	Exits
	atRisk   int64
	before   float64 // fraction neither linked nor lapsed just before the day
	unlinked float64 // 1 − the cumulative incidence of a link, through the day
}

// curve sums the exits by day and walks the days in order.
func curve(group []Exits) ([]step, error) {
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
		steps[i] = step{Exits: e, atRisk: atRisk, before: free}
		n := float64(atRisk)
		lapsed += free * float64(e.Lapsed) / n
		free = free * float64(atRisk-e.Linked-e.Lapsed) / n
		// Adding what is left, and not subtracting the links one by one, ends at exactly 0 when everybody is linked. On
		// a day without links the sum is the same but for rounding, which must not move the curve.
		if e.Linked > 0 {
			unlinked = free + lapsed
		}
		steps[i].unlinked = unlinked
		atRisk -= e.all()
	}
	return steps, nil
}

// byDay gives the exits one a day, in order. A day without exits is left out: it must not lengthen the follow-up.
func byDay(group []Exits) ([]Exits, error) {
	var days []Exits
	for _, e := range slices.SortedFunc(slices.Values(group), func(a, b Exits) int { return cmp.Compare(a.Day, b.Day) }) {
		if min(e.Day, e.Linked, e.Lapsed, e.Censored) < 0 {
			return nil, fmt.Errorf("survival: day %d: a day or count below 0", e.Day)
		}
		if e.all() == 0 {
			continue
		}
		if last := len(days) - 1; last >= 0 && days[last].Day == e.Day {
			days[last].Linked += e.Linked
			days[last].Lapsed += e.Lapsed
			days[last].Censored += e.Censored
			continue
		}
		days = append(days, e)
	}
	return days, nil
}

// rowAt reads the curve on a day.
func rowAt(steps []step, day int64) CurvePoint {
	from := sort.Search(len(steps), func(i int) bool { return steps[i].Day >= day })
	row := CurvePoint{Day: day, Unlinked: 1}
	if from < len(steps) {
		row.AtRisk = steps[from].atRisk
	}
	through := sort.Search(len(steps), func(i int) bool { return steps[i].Day > day })
	for _, s := range steps[:through] {
		row.Linked += s.Linked
		row.Lapsed += s.Lapsed
		row.Censored += s.Censored
		row.Unlinked = s.unlinked
	}
	row.Bounds = logLog(row.Unlinked, incidenceVariance(steps[:through]))
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
		n, stayed := float64(s.atRisk), float64(s.atRisk-s.Linked-s.Lapsed)
		toCome := s.unlinked - steps[len(steps)-1].unlinked
		mean := s.before*float64(s.Linked)/n + toCome
		squares := float64(s.Linked)*(s.before-mean)*(s.before-mean) + float64(s.Lapsed)*mean*mean
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
func logLog(u, variance float64) *Interval {
	if u <= 0 || u >= 1 {
		return nil
	}
	width := math.Exp(z95 * math.Sqrt(variance) / (u * -math.Log(u)))
	return &Interval{Low: math.Pow(u, width), High: math.Pow(u, 1/width)}
}
