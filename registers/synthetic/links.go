package synthetic

import "math"

// impossible are the rules that a coupled number keeps where it is the person's (docs/method.md §7).
type impossible int

const (
	birthDateAtOdds impossible = iota
	sexAtOdds
	onSeveralPersons
	goneBefore
	begunAfterLink
	linkedBeforeBirth
	anyRule
	ruleKinds
)

var ruleNames = [ruleKinds]string{"birth_date_at_odds", "sex_at_odds", "number_on_several_persons", "gone_before_decision",
	"number_begun_after_link", "linked_before_birth", "any"}

// spoken is what CARL2 was made to say of the person being written, never where it says no day, and which rules the coupling breaks on its
// permits. Held couplings are those to a number that CPR holds and has not closed.
type spoken struct {
	born, linked day
	sex          byte
	held         bool
	broken       [ruleKinds]bool
	gone         day
}

// falsify gives a linked person the days that make the link impossible, and says whether the person's life has room for them. It draws
// nothing from the dice, so that all else stays as it was made.
func (p *person) falsify(k fault) bool {
	first, luck := p.firstGranted(), scramble(p.luck^uint64(k))
	switch k {
	case goneBeforeDecision:
		ends := first.decided - 30 - day(luck%1000)
		from := ends - 60 - day(luck>>16%1500)
		if p.recordCount > 1 || from <= p.born {
			return false
		}
		p.records[0].from, p.records[0].administrative = from, false
		p.immigrated, p.moves, p.ends, p.endStatus = from, never, ends, [...]string{"80", "80", "90", "70"}[luck>>32%4]
	case linkBeforeNumber:
		p.dated = p.records[0].from - 1 - day(luck%300)
		return p.dated > p.born
	case linkBeforeBirth:
		// a birth date planted wrong lies up to two years off, and CPR began on 2 April 1968
		last, room := p.born-800, p.born-800-dateOf(1968, 4, 2)
		if room <= 0 {
			return false
		}
		p.dated = last - day(luck%uint64(min(room, 6000)))
	}
	return true
}

// linkLater makes a planted share of those who were linked more than a year after their first permit linked through a later one: within
// 40 days of its decision. It draws nothing from the dice either.
func (m *model) linkLater(p *person) {
	first := p.firstGranted()
	if first == nil || p.linked == never || p.linked <= first.decided+365 || !m.befalls(p, linkedLater) {
		return
	}
	for i := range p.permits[:p.permitCount] {
		x := &p.permits[i]
		if linked := x.decided + day(p.luck>>24%41); x.outcome == granted && x.decided > first.decided && linked > first.decided+365 && linked >= p.records[0].from {
			p.linked = linked
			p.faults.set(linkedLater)
			return
		}
	}
}

// befalls draws a fault from the person's own luck.
func (m *model) befalls(p *person, k fault) bool {
	return float64(scramble(p.luck^uint64(k)<<32)>>11)/(1<<53) < m.faultShare[k]
}

// lend says that another person-id carries the person's number from a day on.
func (p *person) lend(from day) { p.lent = min(p.lent, from) }

// judge holds what CARL2 was made to say against what CPR says of the number that it carries.
func (c *clerk) judge(p *person) {
	const nowhere = 1<<malformedNumber | 1<<replacementNumber | 1<<mistypedNumber | 1<<numberOfNobody | 1<<permitWithoutPerson
	said, holder := &c.said, p
	if said.held, said.broken, said.gone = false, [ruleKinds]bool{}, never; p.linked > c.on || p.faults&nowhere != 0 {
		return
	}
	if p.owner >= 0 {
		holder = &c.block.persons[p.owner]
	}
	at := int(holder.carriedOn(c.on))
	state, record := holder.state(at, c.on), &holder.records[at]
	if said.held = !state.hasCurrent && record.from <= c.on; !said.held {
		return
	}
	if state.status >= "70" {
		said.gone = state.from
	}
	said.broken = [ruleKinds]bool{
		birthDateAtOdds:   said.born != never && said.born != holder.born,
		sexAtOdds:         said.sex != 'U' && said.sex != holder.sex,
		onSeveralPersons:  p.owner >= 0 || p.lent <= c.on,
		begunAfterLink:    said.linked < record.from,
		linkedBeforeBirth: said.born != never && said.linked < said.born,
	}
}

// countLink counts a granted permit under the rules that its coupling breaks, and a first one among those linked through a later.
func (c *clerk) countLink(p *person, x *permit) {
	if x.outcome != granted {
		return
	}
	if c.said.held {
		c.tally.held++
		broken := c.said.broken
		broken[goneBefore] = c.said.gone < x.decided
		for k := range anyRule {
			broken[anyRule] = broken[anyRule] || broken[k]
		}
		for k, is := range broken {
			if is {
				c.tally.impossible[k]++
			}
		}
	}
	const unread = 1<<malformedNumber | 1<<replacementNumber | 1<<permitWithoutPerson
	if x != p.firstGranted() || x.decided+365 > c.on || p.faults&unread != 0 || c.said.linked > c.on {
		return
	}
	n := &c.tally.later[x.year-firstYear]
	n.linked++
	for i := range p.permits[:p.permitCount] {
		if y := &p.permits[i]; y.outcome == granted && y.decided > x.decided && y.decided <= c.said.linked && c.said.linked > x.decided+365 {
			n.throughLater++
			if p.faults.has(linkedLater) {
				c.tally.faults[linkedLater]++
			}
			return
		}
	}
}

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
