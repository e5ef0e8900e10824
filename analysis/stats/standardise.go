package stats

import (
	"maps"
	"math"
	"slices"
)

// Estimate is a figure with its 95 per cent bounds. The bounds are nil where the data give no variance.
type Estimate struct {
	Value  float64
	Bounds *Interval
}

// Standardised are the rates that two cohorts would have with one and the same mix of categories, and their difference. The
// estimates are nil, not applicable, where the cohorts have no category in common.
type Standardised struct {
	First, Second *Estimate // fractions
	Difference    *Estimate // first − second, a fraction: 0.07 is 7 percentage points
	Categories    []string  // the categories in both cohorts, in byte order
	LeftOut       [2]int64  // judged permits of each cohort in categories that the other does not have
}

// Standardise compares two cohorts by direct standardisation. A category's weight is the part that its judged permits, of
// both cohorts together, are of all in the categories that both have; a category where one cohort has nobody judged is left
// out, and its permits counted. The variance of a rate is Σ w²·p·(1−p)÷n, that of the difference the sum of the two, and the
// limits are normal, cut at the ends of the scale: J. L. Fleiss, B. Levin and M. C. Paik, Statistical Methods for Rates and
// Proportions, 3rd edition (Wiley 2003), chapter 19. Where every category's rate is 0 or 1 that variance is 0 and would claim
// certainty: the bounds are then nil, and those of the difference too, which would claim it of the one.
func Standardise(first, second map[string]Proportion) Standardised {
	var s Standardised
	pooled := 0.0
	for _, category := range slices.Sorted(maps.Keys(first)) {
		if a, b := first[category], second[category]; a.Judged > 0 && b.Judged > 0 {
			s.Categories = append(s.Categories, category)
			pooled += float64(a.Judged + b.Judged)
		}
	}
	s.LeftOut = [2]int64{leftOut(first, s.Categories), leftOut(second, s.Categories)}
	if len(s.Categories) == 0 {
		return s
	}
	var rates, variances [2]float64
	for _, category := range s.Categories {
		weight := float64(first[category].Judged+second[category].Judged) / pooled
		for i, c := range []Proportion{first[category], second[category]} {
			p := *c.Rate()
			rates[i] += weight * p
			variances[i] += weight * weight * p * (1 - p) / float64(c.Judged)
		}
	}
	s.First = normal(rates[0], variances[0], Interval{0, 1})
	s.Second = normal(rates[1], variances[1], Interval{0, 1})
	s.Difference = normal(rates[0]-rates[1], variances[0]+variances[1], Interval{-1, 1})
	if variances[0] == 0 || variances[1] == 0 {
		s.Difference.Bounds = nil
	}
	return s
}

// leftOut counts the judged permits outside the categories.
func leftOut(cohort map[string]Proportion, categories []string) int64 {
	var n int64
	for category, c := range cohort {
		if !slices.Contains(categories, category) {
			n += c.Judged
		}
	}
	return n
}

// normal gives an estimate its normal limits, cut at the ends of its scale.
func normal(value, variance float64, scale Interval) *Estimate {
	value = min(max(value, scale.Low), scale.High) // weights that add up to 1 can round to a little more
	if variance == 0 {
		return &Estimate{Value: value}
	}
	half := z95 * math.Sqrt(variance)
	return &Estimate{value, &Interval{max(value-half, scale.Low), min(value+half, scale.High)}}
}

// DifferenceSteps is the difference between the rates of two studies, taken apart. The three add up to the raw difference.
// A step is nil where a difference that it needs is not applicable.
type DifferenceSteps struct {
	Age  *float64 // raw − equal-age difference: what the permits' different ages account for
	Mix  *float64 // equal-age − Standardised difference: what the mix of categories accounts for, those left out included
	Rest *float64 // the Standardised difference: neither age nor mix; why, the registers do not say
}

// TakeApart gives the steps of a difference from the three differences, all first − second and all fractions; nil is not
// applicable.
func TakeApart(raw, equalAge, Standardised *float64) DifferenceSteps {
	minus := func(a, b *float64) *float64 {
		if a == nil || b == nil {
			return nil
		}
		return new(*a - *b)
	}
	return DifferenceSteps{Age: minus(raw, equalAge), Mix: minus(equalAge, Standardised), Rest: Standardised}
}
