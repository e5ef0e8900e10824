package analysis

import "math"

const (
	baselineMonths = 24 // the months that the limits of a p-chart rest on
	runSignal      = 8  // so many months in a row on one side of the centre are a signal
)

// pChart is a control chart of monthly rates. Its centre is the rate of the last 24 months together; nil where nothing was
// judged.
type pChart struct {
	centre *float64 // a fraction
	months int      // how many months the centre rests on: 24, or fewer where there are no more
	points []chartPoint
}

// chartPoint is one month of a p-chart.
type chartPoint struct {
	rate   *float64  // a fraction; nil in a month with nobody judged
	limits *interval // centre ± 3 standard errors for the month's own number of permits; nil where the centre is 0 or 1
	run    int       // months in a row, this one the last, above the centre; below it as a negative number; 0 on it
	signal string    // beyond: outside the limits; run: eighth or later in a row on one side; else empty
}

// monthChart gives the p-chart of months in their order, each with the counts of permits old enough to be judged: W. A.
// Shewhart's chart of fractions, as in D. C. Montgomery, Introduction to Statistical Quality Control, 6th edition (Wiley
// 2009), section 7.2, with limits at centre ± 3·√(centre·(1 − centre) ÷ n), cut at 0 and 1, n being the month's judged
// permits. The run of eight is a rule of Western Electric, Statistical Quality Control Handbook (1956).
//
// Older months than the 24 are held against the same centre: beyond says of them that their level was another. A month with
// nobody judged has no point, is not among the 24, and neither breaks nor lengthens a run; one exactly on the centre is on
// no side and ends it.
func monthChart(months []counts) pChart {
	var chart pChart
	var base counts
	for i := len(months) - 1; i >= 0 && chart.months < baselineMonths; i-- {
		if months[i].judged > 0 {
			base.fail += months[i].fail
			base.judged += months[i].judged
			chart.months++
		}
	}
	chart.centre = base.rate()
	chart.points = make([]chartPoint, len(months))
	run := 0
	for i, month := range months {
		if month.judged > 0 {
			run = lengthen(run, side(month, base))
			chart.points[i] = pointAt(month, base, run)
		}
	}
	return chart
}

// side compares two rates without dividing: 1 above, −1 below, 0 the same.
func side(month, base counts) int {
	a, b := month.fail*base.judged, base.fail*month.judged
	switch {
	case a > b:
		return 1
	case a < b:
		return -1
	}
	return 0
}

// lengthen adds a month on a side to a run, or begins a new one.
func lengthen(run, side int) int {
	if run*side > 0 {
		return run + side
	}
	return side
}

// pointAt is the point of a month with somebody judged.
func pointAt(month, base counts, run int) chartPoint {
	p := chartPoint{rate: month.rate(), limits: controlLimits(*base.rate(), month.judged), run: run}
	switch {
	case p.limits != nil && (*p.rate < p.limits.low || *p.rate > p.limits.high):
		p.signal = "beyond"
	case run >= runSignal || run <= -runSignal:
		p.signal = "run"
	}
	return p
}

// controlLimits are the limits of a p-chart for n permits. A centre of 0 or 1 has no spread to set limits by: nil.
func controlLimits(centre float64, n int64) *interval {
	if centre <= 0 || centre >= 1 {
		return nil
	}
	half := 3 * math.Sqrt(centre*(1-centre)/float64(n))
	return &interval{max(0, centre-half), min(1, centre+half)}
}
