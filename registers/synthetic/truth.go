package synthetic

import (
	"encoding/json"
	"os"
)

// truthRows writes the true pairs of a block: every person-id of a person with a CPR-number by the last as-of day, the
// number that is theirs then, since when, the day it reaches CARL2, and how it stands.
func (c *clerk) truthRows(b *block, on day) {
	x := b.truth[:0]
	for i := range b.persons {
		p := &b.persons[i]
		owner := p
		if p.owner >= 0 && p.faults.has(sharedDuplicate) {
			owner = &b.persons[p.owner]
		}
		at := owner.truth(on)
		if p.stranger || p.known > on || at < 0 {
			continue
		}
		x = append(c.personID(x, p.number), ',')
		x = append(append(x, owner.records[at].number[:]...), ',')
		x = append(c.calendar.iso(x, owner.records[0].from), ',')
		if p.linked <= on {
			x = c.calendar.iso(x, p.linked)
		}
		x = append(append(append(x, ','), p.standing(on)...), '\n')
	}
	b.truth = x
}

// standing is how the person's number stands in CARL2 on a day: unlinked, linked, or the fault that was planted on it.
func (p *person) standing(on day) string {
	switch {
	case p.faults.has(permitWithoutPerson):
		return permitWithoutPerson.String()
	case p.linked > on:
		return "unlinked"
	}
	for k := malformedNumber; k <= linkBeforeBirth; k++ {
		superseded := k >= supersededChanged && k <= supersededLoop
		if p.faults.has(k) && k != changedFollowed && (!superseded || p.records[0].replaced <= on) {
			return k.String()
		}
	}
	if p.faults.has(administrativeOverlooked) && p.records[1].from <= on {
		return administrativeOverlooked.String()
	}
	return "linked"
}

// truthFile is truth.json.
type truthFile struct {
	Seed      uint64        `json:"seed"`
	Permits   int64         `json:"permits"`
	Remainder int           `json:"remainder"`
	Spreads   [3]float64    `json:"delay_spreads"`
	Planted   []truthCohort `json:"cohorts"`
	AsOf      []truthDay    `json:"as_of"`
}

// truthCohort is what was planted for the first permits of one year and category.
type truthCohort struct {
	Year        int        `json:"year"`
	Category    string     `json:"category"`
	First       int64      `json:"first_applications_granted"`
	NeverLinked float64    `json:"never_linked"`
	NeverCame   float64    `json:"never_came"`
	Delays      [3]float64 `json:"delay_shares"`
	Medians     [3]float64 `json:"delay_median_days"`
}

// truthDay is what one folder holds.
type truthDay struct {
	Day        string           `json:"day"`
	Persons    int64            `json:"persons"`
	Permits    int64            `json:"permits"`
	CPRPersons int64            `json:"cpr_persons"`
	Cohorts    []truthCount     `json:"cohorts"`
	Faults     map[string]int64 `json:"faults"`
	Residents  truthResidents   `json:"residents"`
	Coupled    truthCoupled     `json:"coupled"`
	Later      []truthLater     `json:"linked_first_permits"`
}

// truthCoupled are the granted permits whose number CPR holds and has not closed, and those of them whose coupling breaks a rule of what is
// possible, by rule, each with its share.
type truthCoupled struct {
	Permits int64              `json:"permits"`
	Broken  map[string]int64   `json:"impossible"`
	Shares  map[string]float64 `json:"shares"`
}

// truthLater are persons' first granted permits of a year, at least 365 days old and linked with a date, and those of them that were linked
// more than 365 days after the decision and no sooner than the person had a later permit.
type truthLater struct {
	Year         int     `json:"year"`
	Linked       int64   `json:"linked"`
	ThroughLater int64   `json:"through_later_permit"`
	Share        float64 `json:"share"`
}

// truthResidents are the persons who live here on the day and whose own number CARL2 carries, and those of them of whose permits none is in force.
type truthResidents struct {
	Carried       int64 `json:"carried"`
	WithoutPermit int64 `json:"without_permit_in_force"`
}

// truthCount is how the granted permits of one year and category stand on the day, by the measure unlinked. First are the
// permits that are their person's first granted one; expected is the share of them that the delay distributions leave
// unlinked on average over decision days and municipalities.
type truthCount struct {
	Year          int     `json:"year"`
	Category      string  `json:"category"`
	Granted       int64   `json:"granted"`
	First         int64   `json:"first"`
	Unlinked      int64   `json:"unlinked"`
	Unknown       int64   `json:"unknown"`
	FirstUnlinked int64   `json:"first_unlinked"`
	Expected      float64 `json:"first_unlinked_expected"`
}

func (w *writing) writeTruth(path string) error {
	t := truthFile{Seed: w.options.Seed, Permits: w.options.Permits, Remainder: 1,
		Spreads: [3]float64{quickSpread, slowSpread, tailSpread}}
	for _, c := range w.plan.cells {
		if c.category >= 0 && c.outcome == granted {
			k := w.model.cohort(c.category, c.year)
			t.Planted = append(t.Planted, truthCohort{c.year, categories[c.category], c.firsts, k.neverLinked, k.neverCame,
				[3]float64{k.quick, k.slow, 1 - k.quick - k.slow}, [3]float64{k.quickDays, k.slowDays, k.tailDays}})
		}
	}
	for i, d := range w.days {
		t.AsOf = append(t.AsOf, w.truthDay(d, &w.totals[i]))
	}
	text, err := json.MarshalIndent(t, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}

func (w *writing) truthDay(d day, n *tally) truthDay {
	t := truthDay{Day: string(w.calendar.iso(nil, d)), Persons: n.persons, Permits: n.permits, CPRPersons: n.cprPersons,
		Faults: map[string]int64{}, Residents: truthResidents{n.residents, n.withoutPermit}}
	for y := range n.cohorts {
		for c, x := range n.cohorts[y] {
			if x.granted > 0 {
				t.Cohorts = append(t.Cohorts, truthCount{firstYear + y, categories[c], x.granted, x.first, x.unlinked, x.unknown, x.firstUnlinked,
					w.model.expected(c, firstYear+y, d)})
			}
		}
	}
	for k, count := range n.faults {
		t.Faults[fault(k).String()] = count
	}
	t.Coupled = truthCoupled{n.held, map[string]int64{}, map[string]float64{}}
	for k, count := range n.impossible {
		t.Coupled.Broken[ruleNames[k]] = count
		if n.held > 0 {
			t.Coupled.Shares[ruleNames[k]] = float64(count) / float64(n.held)
		}
	}
	for y, x := range n.later {
		if x.linked > 0 {
			t.Later = append(t.Later, truthLater{firstYear + y, x.linked, x.throughLater, float64(x.throughLater) / float64(x.linked)})
		}
	}
	return t
}

// tally counts what was written for one as-of day, of one block or of all.
type tally struct {
	persons, permits, cprPersons, fixedRecords int64
	cohorts                                    [lastYear - firstYear + 1][8]counts
	faults                                     [faultKinds]int64
	residents, withoutPermit                   int64
	held                                       int64
	impossible                                 [ruleKinds]int64
	later                                      [lastYear - firstYear + 1]struct{ linked, throughLater int64 }
}

// counts are the granted permits of a year and category, and how they stand by the measure unlinked (docs/method.md §7).
// first and firstUnlinked are those of persons' first granted permits.
type counts struct{ granted, unlinked, unknown, first, firstUnlinked int64 }

func (t *tally) clear() { *t = tally{} }

func (t *tally) add(o *tally) {
	t.persons += o.persons
	t.permits += o.permits
	t.cprPersons += o.cprPersons
	t.fixedRecords += o.fixedRecords
	t.residents += o.residents
	t.withoutPermit += o.withoutPermit
	t.held += o.held
	for k, n := range o.impossible {
		t.impossible[k] += n
	}
	for y := range t.cohorts {
		t.later[y].linked += o.later[y].linked
		t.later[y].throughLater += o.later[y].throughLater
		for c := range t.cohorts[y] {
			a, b := &t.cohorts[y][c], &o.cohorts[y][c]
			a.granted += b.granted
			a.unlinked += b.unlinked
			a.unknown += b.unknown
			a.first += b.first
			a.firstUnlinked += b.firstUnlinked
		}
	}
	for k := range t.faults {
		t.faults[k] += o.faults[k]
	}
}

// count counts a permit among the granted of its year.
func (t *tally) count(p *person, x *permit, on day) {
	if x.outcome != granted {
		return
	}
	n := &t.cohorts[x.year-firstYear][x.category]
	n.granted++
	first := x == p.firstGranted()
	if first {
		n.first++
	}
	switch {
	case p.faults.has(permitWithoutPerson):
		n.unknown++
	case p.linked > on:
		n.unlinked++
		if first {
			n.firstUnlinked++
		}
	case p.faults.has(malformedNumber) || p.faults.has(replacementNumber):
		n.unknown++
	}
}
