package stats

import "math"

const (
	baselineMonths = 24 // the months that the limits of a p-chart rest on
	runSignal      = 8  // so many months in a row on one side of the centre are a signal
)

// PChart is a control chart of monthly rates. Its centre is the rate of the last 24 months together; nil where nothing was
// judged.
type PChart struct {
	Centre *float64 // a fraction
	Months int      // how many months the centre rests on: 24, or fewer where there are no more
	Points []ChartPoint
}

// ChartPoint is one month of a p-chart.
type ChartPoint struct {
	Rate   *float64  // a fraction; nil in a month with nobody judged
	Limits *Interval // centre ± 3 standard errors for the month's own number of permits; nil where the centre is 0 or 1
	Run    int       // months in a row, this one the last, above the centre; below it as a negative number; 0 on it
	Signal string    // beyond: outside the limits; run: eighth or later in a row on one side; else empty
}

// MonthChart gives the p-chart of months in their order, each with the counts of permits old enough to be judged: W. A.
// Shewhart's chart of fractions, as in D. C. Montgomery, Introduction to Statistical Quality Control, 6th edition (Wiley
// 2009), section 7.2, with limits at centre ± 3·√(centre·(1 − centre) ÷ n), cut at 0 and 1, n being the month's judged
// permits. The run of eight is a rule of Western Electric, Statistical Quality Control Handbook (1956).
//
// Older months than the 24 are held against the same centre: beyond says of them that their level was another. A month with
// nobody judged has no point, is not among the 24, and neither breaks nor lengthens a run; one exactly on the centre is on
// no side and ends it.
func MonthChart(months []Proportion) PChart {
	var chart PChart
	var base Proportion
	for i := len(months) - 1; i >= 0 && chart.Months < baselineMonths; i-- {
		if months[i].Judged > 0 {
			base.Fail += months[i].Fail
			base.Judged += months[i].Judged
			chart.Months++
		}
	}
	chart.Centre = base.Rate()
	chart.Points = make([]ChartPoint, len(months))
	run := 0
	for i, month := range months {
		if month.Judged > 0 {
			run = lengthen(run, side(month, base))
			chart.Points[i] = pointAt(month, base, run)
		}
	}
	return chart
}

// side compares two rates without dividing: 1 above, −1 below, 0 the same.
func side(month, base Proportion) int {
	a, b := month.Fail*base.Judged, base.Fail*month.Judged
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
func pointAt(month, base Proportion, run int) ChartPoint {
	p := ChartPoint{Rate: month.Rate(), Limits: controlLimits(*base.Rate(), month.Judged), Run: run}
	switch {
	case p.Limits != nil && (*p.Rate < p.Limits.Low || *p.Rate > p.Limits.High):
		p.Signal = "beyond"
	case run >= runSignal || run <= -runSignal:
		p.Signal = "run"
	}
	return p
}

// controlLimits are the limits of a p-chart for n permits. A centre of 0 or 1 has no spread to set limits by: nil.
func controlLimits(centre float64, n int64) *Interval {
	if centre <= 0 || centre >= 1 {
		return nil
	}
	half := 3 * math.Sqrt(centre*(1-centre)/float64(n))
	return &Interval{max(0, centre-half), min(1, centre+half)}
}
