package stats

import (
	"sort"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// The chance on each side of the funnel's two pairs of Limits: 95 and 99.8 per cent between them.
const (
	tail95  = 0.025
	tail998 = 0.001
)

// FunnelLimits gives the 95 and the 99.8 per cent limits around the national rate for a municipality with n judged permits:
// the curves of a funnel plot, as fractions. Both are nil where there is no national rate or n is not above 0.
//
// They are the exact binomial limits of D. J. Spiegelhalter, Statistics in Medicine 24 (2005), 1185–1202, appendix A.1.1:
// with r the smallest count for which P(R ≤ r) ≥ p, and a = (P(R ≤ r) − p) ÷ P(R = r), the limit is (r − a) ÷ n, which
// makes a curve of what would be a saw; it is cut at 0. Where the national rate is 0 or 1 both limits are that rate.
//
// The curves are for the eye. Interpolated limits are too narrow for few permits: S. E. Seaton and B. N. Manktelow, BMC
// Medical Research Methodology 12 (2012), 98. So OutsideFunnel judges by the exact chance instead. What it calls outside is
// outside the curves; what it calls inside can lie above the upper curve by less than one permit, never below the lower.
func FunnelLimits(national Proportion, n int64) (limits95, limits998 *Interval) {
	rate := national.Rate()
	if rate == nil || n <= 0 {
		return nil, nil
	}
	limits := func(tail float64) *Interval {
		return &Interval{interpolated(*rate, n, tail), interpolated(*rate, n, 1-tail)}
	}
	return limits(tail95), limits(tail998)
}

// interpolated is the point of the binomial distribution of n permits below which lies the chance p, as a fraction of n.
func interpolated(rate float64, n int64, p float64) float64 {
	if rate == 1 { // the interpolation would draw the limits below it; at 0 the cut puts them right
		return 1
	}
	b := distuv.Binomial{N: float64(n), P: rate}
	r := sort.Search(int(n), func(r int) bool { return b.CDF(float64(r)) >= p })
	upTo, below := b.CDF(float64(r)), b.CDF(float64(r-1))
	return max(0, (float64(r)-(upTo-p)/(upTo-below))/float64(n))
}

// OutsideFunnel says on which side of which limits a municipality's rate lies: above_998, above_95, below_95, below_998, or
// inside. It is above when the chance of so many fails or more, at the national rate, is at most 2.5 per cent (95) or 0.1
// per cent (998), and below when that of so few or fewer is: the exact binomial chance, never more than the limit says. Of a
// hundred municipalities that differ by chance alone up to five are outside the 95 per cent limits. Empty, not applicable,
// where either count has nobody judged.
func OutsideFunnel(local, national Proportion) string {
	rate := national.Rate()
	if rate == nil || local.Judged <= 0 {
		return ""
	}
	n, x := float64(local.Judged), float64(local.Fail)
	// The chance of so many or more, summed from above: 1 less that of fewer would lose the digits of a small one.
	orMore := 1.0
	if x > 0 {
		orMore = mathext.RegIncBeta(x, n-x+1, *rate)
	}
	orFewer := distuv.Binomial{N: n, P: *rate}.CDF(x)
	switch {
	case orMore <= tail998:
		return "above_998"
	case orMore <= tail95:
		return "above_95"
	case orFewer <= tail998:
		return "below_998"
	case orFewer <= tail95:
		return "below_95"
	}
	return "inside"
}
