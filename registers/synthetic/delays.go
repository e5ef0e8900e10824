package synthetic

import "math"

// cohort says how the CPR-number reaches the CARL2 record of those whose first permit is granted from a year on. A share is
// never linked, of which a part never came to Denmark; the rest is linked after a delay that is quick, slow or long, each
// lognormal with its median in days. The municipality's care multiplies the never-linked share and the medians.
type cohort struct {
	fromYear                      int
	neverLinked, neverCame        float64
	quick, slow                   float64 // shares of those who are linked; the rest is the tail
	quickDays, slowDays, tailDays float64
}

// spreads of the logarithm of the quick, slow and long delays [A].
const quickSpread, slowSpread, tailSpread = 0.75, 0.85, 0.85

// maxCare bounds the care factor of municipalities.csv.
const maxCare = 2.6

func (m *model) cohort(category, year int) cohort {
	list := m.cohorts[category]
	for i := len(list) - 1; i > 0; i-- {
		if list[i].fromYear <= year {
			return list[i]
		}
	}
	return list[0]
}

// lost is the share that is never linked in a municipality of that care.
func (c cohort) lost(care float64) float64 { return math.Min(c.neverLinked*care, 0.9) }

// fate of a person's link, from a number u between 0 and 1 that is spread evenly over the cohort: the highest never came,
// the next came but are never linked, the others are linked after the delay.
func (c cohort) fate(u, care float64) (delay day, came bool) {
	lost := c.lost(care)
	switch {
	case u >= 1-lost*c.neverCame:
		return never, false
	case u >= 1-lost:
		return never, true
	}
	u /= 1 - lost
	switch {
	case u < c.quick:
		return delayAt(u/c.quick, c.quickDays*math.Sqrt(care), quickSpread), true
	case u < c.quick+c.slow:
		return delayAt((u-c.quick)/c.slow, c.slowDays*care, slowSpread), true
	default:
		return delayAt((u-c.quick-c.slow)/(1-c.quick-c.slow), c.tailDays*care, tailSpread), true
	}
}

func delayAt(p, median, spread float64) day {
	if median == 0 {
		return 0
	}
	p = math.Min(math.Max(p, 1e-6), 1-1e-6)
	return day(math.Min(median*math.Exp(spread*quantile(p)), 20000))
}

// linkedBy is the chance that a person is linked t days after the first granted decision.
func (c cohort) linkedBy(t, care float64) float64 {
	if t < 0 {
		return 0
	}
	quick := 1.0
	if c.quickDays > 0 {
		quick = lognormalBelow(t+1, c.quickDays*math.Sqrt(care), quickSpread)
	}
	return (1 - c.lost(care)) * (c.quick*quick + c.slow*lognormalBelow(t+1, c.slowDays*care, slowSpread) +
		(1-c.quick-c.slow)*lognormalBelow(t+1, c.tailDays*care, tailSpread))
}

// expected is the share of a cohort's first permits that is unlinked on a day, on average over decision days, groups and
// municipalities.
func (m *model) expected(category, year int, on day) float64 {
	const parts = 24
	ordinary, administrative := m.cohort(category, year), m.cohort(len(categories), year)
	from, to := yearDays(year, on)
	sum, weight := 0.0, 0.0
	for i := range parts {
		decided := float64(from) + float64(to-from+1)*(float64(i)+0.5)/parts
		share := m.administrativeShare(category, year, day(decided))
		for _, town := range m.municipalities {
			age := float64(on) - decided
			linked := (1-share)*ordinary.linkedBy(age, town.care) + share*administrative.linkedBy(age, town.care)
			sum += town.weight * (1 - linked)
			weight += town.weight
		}
	}
	return sum / weight
}

// administrativeShare is the share of a category's first permits that come with an administrative number on a day.
func (m *model) administrativeShare(category, year int, decided day) float64 {
	with, all := 0.0, 0.0
	for _, i := range m.groupsAt[[2]int{year, category}].index {
		all += m.groups[i].share
		if decided >= m.groups[i].administrativeSince {
			with += m.groups[i].share
		}
	}
	return with / all
}
