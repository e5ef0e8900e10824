package synthetic

import (
	"cmp"
	"math"
	"slices"
)

// Years that registers can be invented for: CARL2's permits begin in 1997, and CPR-numbers of children reach to 2036.
const firstYear, lastYear = 1997, 2036

// outcomes of a first application.
const (
	granted = iota
	refused
	withdrawn
)

var outcomeNames = []string{"granted", "refused", "withdrawn"}

// cell is a group of persons that are made by one rule: those first decided in a year, in a category, with an outcome; or
// those of one kind whom CARL2 does not know. Persons of a cell are numbered from 0 to firsts−1.
type cell struct {
	year, category, outcome int
	stranger                int // index into model.strangers; −1 for CARL2's persons
	from, to                day // of the first decision, or of the arrival of strangers
	firsts                  int64
	base                    int64 // number of the cell's first person among all
	rank                    shuffle
	came                    int64 // ranks below it came to Denmark in every municipality: only they are decided again
	again                   []again
}

// again is a later granted permit for some persons of a cell.
type again struct {
	count    int64
	year     int
	from, to day
	pick     shuffle
}

// rate is how far up the cell a person stands, between 0 and 1: spread evenly over its persons.
func (c *cell) rate(rank int64) float64 { return (float64(rank) + 0.5) / float64(c.firsts) }

// plan is everything that is decided before the first person is made.
type plan struct {
	cells   []*cell
	permits int64
	persons int64 // CARL2's
	all     int64 // with the strangers
	last    day
	quota   []quota
	into    map[[2]int]int64 // later permits already promised, by year and category
}

// newPlan spreads the permits over years, categories and outcomes in proportion to the volumes, to the last permit exactly.
func newPlan(m *model, o Options, last day) *plan {
	p := &plan{permits: o.Permits, last: last, into: map[[2]int]int64{}}
	p.quotas(m)
	carry := make([]float64, len(m.renewals))
	for _, q := range p.quota {
		key := [2]int{q.year, q.category}
		c := &cell{year: q.year, category: q.category, outcome: q.outcome, stranger: -1, firsts: q.count, base: p.persons}
		c.from, c.to = yearDays(q.year, last)
		if q.outcome == granted {
			c.firsts -= p.into[key]
		}
		cellKey := scramble(o.Seed + uint64(q.year*100+q.category*10+q.outcome))
		c.rank = newShuffle(c.firsts, cellKey)
		c.came = c.firsts
		if q.outcome == granted {
			k := m.cohort(q.category, q.year)
			c.came = int64(float64(c.firsts) * (1 - k.lost(maxCare)*k.neverCame))
		}
		for i, r := range m.renewals {
			if r.category == c.category && r.outcome == c.outcome {
				wanted := carry[i] + r.share*float64(c.firsts)
				carry[i] = p.promise(c, c.year+r.after, wanted, cellKey+uint64(i+1))
			}
		}
		p.cells, p.persons = append(p.cells, c), p.persons+c.firsts
	}
	p.all = p.persons
	p.addStrangers(m, o.Danes)
	return p
}

type quota struct {
	year, category, outcome int
	exact                   float64
	count                   int64
}

// quotas are the decisions of each year, category and outcome: shares of the volumes, rounded by largest remainder.
func (p *plan) quotas(m *model) {
	var quotas []quota
	total := 0.0
	for year := firstYear; year <= p.last.year(); year++ {
		from, to := yearDays(year, p.last)
		part := float64(to-from+1) / 365.25
		for c := range categories {
			for o, per := range []float64{1, m.outcomes[c].refused, m.outcomes[c].withdrawn} {
				q := quota{year: year, category: c, outcome: o, exact: m.volume(year, c) * part * per}
				total += q.exact
				quotas = append(quotas, q)
			}
		}
	}
	left := p.permits
	for i := range quotas {
		quotas[i].exact *= float64(p.permits) / total
		quotas[i].count = int64(quotas[i].exact)
		left -= quotas[i].count
	}
	byRemainder := make([]int, len(quotas))
	for i := range byRemainder {
		byRemainder[i] = i
	}
	remainder := func(i int) float64 { return quotas[i].exact - math.Floor(quotas[i].exact) }
	slices.SortStableFunc(byRemainder, func(a, b int) int { return cmp.Compare(remainder(b), remainder(a)) })
	for i := int64(0); i < left; i++ {
		quotas[byRemainder[i%int64(len(byRemainder))]].count++
	}
	p.quota = slices.DeleteFunc(quotas, func(q quota) bool { return q.exact == 0 })
}

// promise plans a later permit for so many of a cell's persons, and gives back the fraction left over. It takes its place
// among the permits granted in its own year and never more than six tenths of them.
func (p *plan) promise(c *cell, year int, wanted float64, key uint64) (left float64) {
	at := slices.IndexFunc(p.quota, func(q quota) bool { return q.year == year && q.category == c.category && q.outcome == granted })
	if at < 0 {
		return 0
	}
	a := again{year: year, pick: newShuffle(c.came, key)}
	a.from, a.to = yearDays(year, p.last)
	wanted *= min(1, float64(a.to-a.from+1)/365)
	cohort := [2]int{year, c.category}
	a.count = max(0, min(int64(wanted), c.came, p.quota[at].count*6/10-p.into[cohort]))
	p.into[cohort] += a.count
	c.again = append(c.again, a)
	return wanted - math.Floor(wanted)
}

// addStrangers plans the persons whom CARL2 does not know; Danes are of the last kind in the table.
func (p *plan) addStrangers(m *model, danes int64) {
	for i, s := range m.strangers {
		c := &cell{category: -1, stranger: i, firsts: int64(s.perPermit * float64(p.permits)), base: p.all}
		if s.kind == "dane" {
			c.firsts = danes
		}
		if s.fromYear > p.last.year() {
			continue
		}
		c.from, c.to = dateOf(s.fromYear, 1, 1), min(dateOf(s.toYear, 12, 31), p.last)
		c.rank, c.came = newShuffle(c.firsts, uint64(i)), c.firsts
		p.cells, p.all = append(p.cells, c), p.all+c.firsts
	}
}

// yearDays are the first and last day of a year, cut at the last as-of day.
func yearDays(year int, last day) (from, to day) {
	return dateOf(year, 1, 1), min(dateOf(year, 12, 31), last)
}
