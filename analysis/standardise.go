package analysis

import (
	"maps"
	"math"
	"slices"
)

// estimate is a figure with its 95 per cent bounds. The bounds are nil where the data give no variance.
type estimate struct {
	value  float64
	bounds *interval
}

// standardised are the rates that two cohorts would have with one and the same mix of categories, and their difference. The
// estimates are nil, not applicable, where the cohorts have no category in common.
type standardised struct {
	first, second *estimate // fractions
	difference    *estimate // first − second, a fraction: 0.07 is 7 percentage points
	categories    []string  // the categories in both cohorts, in byte order
	leftOut       [2]int64  // judged permits of each cohort in categories that the other does not have
}

// standardise compares two cohorts by direct standardisation. A category's weight is the part that its judged permits, of
// both cohorts together, are of all in the categories that both have; a category where one cohort has nobody judged is left
// out, and its permits counted. The variance of a rate is Σ w²·p·(1−p)÷n, that of the difference the sum of the two, and the
// limits are normal, cut at the ends of the scale: J. L. Fleiss, B. Levin and M. C. Paik, Statistical Methods for Rates and
// Proportions, 3rd edition (Wiley 2003), chapter 19. Where every category's rate is 0 or 1 that variance is 0 and would claim
// certainty: the bounds are then nil, and those of the difference too, which would claim it of the one.
func standardise(first, second map[string]counts) standardised {
	var s standardised
	pooled := 0.0
	for _, category := range slices.Sorted(maps.Keys(first)) {
		if a, b := first[category], second[category]; a.judged > 0 && b.judged > 0 {
			s.categories = append(s.categories, category)
			pooled += float64(a.judged + b.judged)
		}
	}
	s.leftOut = [2]int64{leftOut(first, s.categories), leftOut(second, s.categories)}
	if len(s.categories) == 0 {
		return s
	}
	var rates, variances [2]float64
	for _, category := range s.categories {
		weight := float64(first[category].judged+second[category].judged) / pooled
		for i, c := range []counts{first[category], second[category]} {
			p := *c.rate()
			rates[i] += weight * p
			variances[i] += weight * weight * p * (1 - p) / float64(c.judged)
		}
	}
	s.first = normal(rates[0], variances[0], interval{0, 1})
	s.second = normal(rates[1], variances[1], interval{0, 1})
	s.difference = normal(rates[0]-rates[1], variances[0]+variances[1], interval{-1, 1})
	if variances[0] == 0 || variances[1] == 0 {
		s.difference.bounds = nil
	}
	return s
}

// leftOut counts the judged permits outside the categories.
func leftOut(cohort map[string]counts, categories []string) int64 {
	var n int64
	for category, c := range cohort {
		if !slices.Contains(categories, category) {
			n += c.judged
		}
	}
	return n
}

// normal gives an estimate its normal limits, cut at the ends of its scale.
func normal(value, variance float64, scale interval) *estimate {
	value = min(max(value, scale.low), scale.high) // weights that add up to 1 can round to a little more
	if variance == 0 {
		return &estimate{value: value}
	}
	half := z95 * math.Sqrt(variance)
	return &estimate{value, &interval{max(value-half, scale.low), min(value+half, scale.high)}}
}

// differenceSteps is the difference between the rates of two studies, taken apart. The three add up to the raw difference.
// A step is nil where a difference that it needs is not applicable.
type differenceSteps struct {
	age  *float64 // raw − equal-age difference: what the permits' different ages account for
	mix  *float64 // equal-age − standardised difference: what the mix of categories accounts for, those left out included
	rest *float64 // the standardised difference: neither age nor mix; why, the registers do not say
}

// takeApart gives the steps of a difference from the three differences, all first − second and all fractions; nil is not
// applicable.
func takeApart(raw, equalAge, standardised *float64) differenceSteps {
	minus := func(a, b *float64) *float64 {
		if a == nil || b == nil {
			return nil
		}
		return new(*a - *b)
	}
	return differenceSteps{age: minus(raw, equalAge), mix: minus(equalAge, standardised), rest: standardised}
}
