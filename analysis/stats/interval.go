package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// z95 is the 97.5 per cent point of the standard normal distribution: both sides of a 95 per cent interval.
var z95 = distuv.UnitNormal.Quantile(0.975)

// Interval holds the two bounds of a figure, in the figure's own unit. A nil interval is not applicable.
type Interval struct{ Low, High float64 }

// Proportion is the two counts of a rate: so many fail of so many judged, which are pass and fail together.
type Proportion struct{ Fail, Judged int64 }

// Rate is the fraction Fail ÷ judged; nil, not applicable, where nothing was judged.
func (c Proportion) Rate() *float64 {
	if c.Judged == 0 {
		return nil
	}
	return new(float64(c.Fail) / float64(c.Judged))
}

// Wilson gives the 95 per cent score interval of the fraction x ÷ n: E. B. Wilson, Journal of the American Statistical
// Association 22 (1927), 209–212. Bounds are fractions between 0 and 1. It panics where x of n is no fraction: n must be
// above 0 and x from 0 to n.
func Wilson(x, n int64) (low, high float64) {
	if n <= 0 || x < 0 || x > n {
		panic(fmt.Sprintf("stats: no Interval for %d of %d", x, n))
	}
	p, m, z2 := float64(x)/float64(n), float64(n), z95*z95
	middle := (p + z2/(2*m)) / (1 + z2/m)
	half := z95 / (1 + z2/m) * math.Sqrt(p*(1-p)/m+z2/(4*m*m))
	low, high = middle-half, middle+half
	// At the ends of the scale a bound is exactly the end; rounding must not say otherwise.
	if x == 0 {
		low = 0
	}
	if x == n {
		high = 1
	}
	return low, high
}

// Newcombe gives the difference x1 ÷ n1 − x2 ÷ n2 of two independent fractions and its 95 per cent hybrid score interval,
// made of the two Wilson intervals: R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10. All three are
// fractions between −1 and 1: 0.07 is 7 percentage points. It panics where Wilson does.
func Newcombe(x1, n1, x2, n2 int64) (diff, low, high float64) {
	low1, high1 := Wilson(x1, n1)
	low2, high2 := Wilson(x2, n2)
	p1, p2 := float64(x1)/float64(n1), float64(x2)/float64(n2)
	diff = p1 - p2
	return diff, diff - math.Hypot(p1-low1, high2-p2), diff + math.Hypot(high1-p1, p2-low2)
}
