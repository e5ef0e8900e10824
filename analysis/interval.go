package analysis

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// z95 is the 97.5 per cent point of the standard normal distribution: both sides of a 95 per cent interval.
var z95 = distuv.UnitNormal.Quantile(0.975)

// Wilson gives the 95 per cent score interval of the fraction x ÷ n: E. B. Wilson, Journal of the American Statistical
// Association 22 (1927), 209–212. Bounds are fractions between 0 and 1; n must be above 0.
func Wilson(x, n int64) (low, high float64) {
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
