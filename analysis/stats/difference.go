package stats

import "math"

// NotableDifference is the standardised difference from which groups are by convention said to differ: Austin, Balance diagnostics for comparing the
// distribution of baseline covariates, Statistics in Medicine 28 (2009), 3083.
const NotableDifference = 0.1

// StandardisedDifference is how far a share in one group lies from that in another, in standard deviations: the difference over the root of
// the mean of both variances, p(1 − p). Unlike a test it does not grow with the groups. It is nil where a group is empty, and where both
// shares are 0 or 1 and differ, since nothing varies then; equal shares differ by 0.
func StandardisedDifference(one, other Proportion) *float64 {
	if one.Judged == 0 || other.Judged == 0 {
		return nil
	}
	p, q := *one.Rate(), *other.Rate()
	if p == q {
		return new(float64)
	}
	variance := (p*(1-p) + q*(1-q)) / 2
	if variance == 0 {
		return nil
	}
	d := (p - q) / math.Sqrt(variance)
	return &d
}
