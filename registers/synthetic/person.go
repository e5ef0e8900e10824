package synthetic

import "math"

// person is one invented human with everything the two registers will ever say of them; what they say on an as-of day
// follows from the days. The zero day of a field that does not happen is never.
type person struct {
	number                  int64 // among all persons of the run; the person-id is made of it
	stranger                bool  // CARL2 does not know the person
	given, family           string
	otherGiven, otherFamily string // as a clerk of CARL2 may spell them
	born                    day
	sex                     byte
	country                 *country
	home, laterHome         string // municipality codes
	moves                   day
	known                   day // CARL2 opens its record
	entered                 day
	linked                  day // the CPR-number reaches the CARL2 record
	dated                   day // CARL2 says so of the link, where a false day is planted
	lent                    day // another person-id carries the number from here
	permits                 [4]permit
	permitCount             int
	records                 [3]cprRecord
	recordCount             int
	immigrated              day // residence begins
	ends                    day // CPR says 80, 90 or 70 from here
	endStatus               string
	spread                  int // days after 1 January on which the number is dated
	faults                  faults
	carried                 int8  // which record's number CARL2 carries
	owner                   int32 // index in the block of the person whose number it carries; −1 for one's own
	ghost                   number
	luck                    uint64 // for the details of planted faults
	group                   *group
}

// permit is one permit registration.
type permit struct {
	filed, decided day
	outcome        uint8
	year           int16 // cohort it was planned in
	category       int8
	group          *group
	basis, oldHome string // oldHome is a municipality code from before 2007, where one stands instead
	validTo        day
	lapsed         day
	revoked        bool
	faults         faults
}

// cprRecord is one CPR-number of a person, from the day it began. When replaced it points to the next record, or back.
type cprRecord struct {
	number         number
	from, dated    day
	administrative bool
	takenUp        bool // the record takes part in residence; an overlooked administrative number never does
	replaced       day
	replacedStatus string
	current        int8
}

func (p *person) firstGranted() *permit {
	for i := range p.permits[:p.permitCount] {
		if p.permits[i].outcome == granted {
			return &p.permits[i]
		}
	}
	return nil
}

// live gives the person the days that follow from the first granted permit: entry, residence, link, end. u places the
// person in the cohort's fate.
func (m *model) live(d *dice, p *person, u, care float64) {
	first := p.firstGranted()
	if first == nil {
		if first := &p.permits[0]; d.chance(m.outcomes[first.category].enteredBefore * 0.8) {
			p.entered = max(first.decided, first.filed) - d.days(200, 0.6)
		}
		return
	}
	administrative := first.decided >= p.group.administrativeSince
	row := int(first.category)
	if administrative {
		row = len(categories)
	}
	k := m.cohort(row, int(first.year))
	delay, came := k.fate(u, care)
	if delay < never {
		p.linked = first.decided + delay
	}
	switch {
	case administrative:
		m.liveWithAdministrativeNumber(d, p, came)
	case came:
		m.liveAsRegistered(d, p, delay, k)
	default:
		m.lapseUnused(d, p)
		return
	}
	m.leave(d, p)
}

func (m *model) liveAsRegistered(d *dice, p *person, delay day, k cohort) {
	first := p.firstGranted()
	if delay < never && float64(delay) < 3*k.quickDays {
		p.immigrated = first.decided + max(0, delay-day(d.IntN(4)*d.IntN(3)))
	} else {
		p.immigrated = first.decided + min(d.days(k.quickDays, 0.7), delay)
	}
	begins := p.immigrated + day(d.IntN(6))
	if p.linked < never {
		begins = min(begins, p.linked)
	}
	p.records[0] = cprRecord{from: begins, takenUp: true, replaced: never}
	p.recordCount = 1
	p.entered = m.entry(d, first, p.immigrated)
}

// entry is the day a person came to Denmark: before the decision for who applied here, else shortly before residence.
func (m *model) entry(d *dice, first *permit, residence day) day {
	if d.chance(m.outcomes[first.category].enteredBefore) {
		return min(first.decided, residence) - d.days(180, 0.7)
	}
	return max(min(first.decided, residence), residence-d.days(9, 0.8))
}

// liveWithAdministrativeNumber: the number begins with the permit and becomes that of the residence, unless the person
// never comes or the municipality overlooks it and has a second one made.
func (m *model) liveWithAdministrativeNumber(d *dice, p *person, came bool) {
	first := p.firstGranted()
	p.records[0] = cprRecord{from: first.decided, administrative: true, takenUp: true, replaced: never}
	p.recordCount = 1
	arrives, median := 0.97, 26.0 // share that comes, and median days until residence [A]
	if categories[first.category] == "family" {
		arrives, median = 0.93, 62
	}
	if !came || !d.chance(arrives) {
		m.lapseUnused(d, p)
		return
	}
	p.immigrated = first.decided + 3 + d.days(median, 0.7)
	p.entered = m.entry(d, first, p.immigrated)
	if d.chance(m.faultShare[administrativeOverlooked]) {
		p.faults.set(administrativeOverlooked)
		p.records[0].takenUp = false
		p.records[0].replaced, p.records[0].replacedStatus, p.records[0].current = p.immigrated+20+d.days(320, 0.8), "50", 1
		p.records[1] = cprRecord{from: p.immigrated + day(d.IntN(6)), takenUp: true, replaced: never}
		p.recordCount = 2
	}
}

func (m *model) lapseUnused(d *dice, p *person) {
	first := p.firstGranted()
	if d.chance(m.outcomes[first.category].lapsedUnused) {
		first.lapsed = first.decided + 20 + d.days(170, 0.8)
	}
}

// leave draws whether and when the person leaves, dies or disappears, and what that does to the last permit.
func (m *model) leave(d *dice, p *person) {
	o := m.outcomes[p.permits[0].category]
	last := &p.permits[p.permitCount-1]
	stays := max(last.decided, p.immigrated) + 60
	switch x := d.Float64(); {
	case x < o.leaves:
		p.ends, p.endStatus = stays+d.days(o.leavesDays, 0.7), "80"
	case x < o.leaves+0.004:
		p.ends, p.endStatus = stays+d.days(1500, 0.7), "70"
	default:
		p.ends, p.endStatus = max(stays, p.dies(d)), "90"
	}
	if p.endStatus == "80" && d.chance(o.lapsedLeft) && last.outcome == granted {
		last.lapsed = p.ends + day(d.IntN(200))
	}
	if d.chance(o.revoked) && last.outcome == granted {
		last.lapsed, last.revoked = last.decided+60+d.days(500, 0.7), true
	}
}

// stay says until when the permits of who came are valid: the last of them has no end, but for a planted share who live on here when every
// permit has lapsed or run out. It draws nothing from the dice, so that all else stays as it was made.
func (m *model) stay(p *person) {
	last := &p.permits[p.permitCount-1]
	if p.immigrated == never || last.outcome != granted {
		return
	}
	if float64(scramble(p.luck)>>11)/(1<<53) >= m.faultShare[lapsedResident] {
		last.validTo = never
		return
	}
	p.faults.set(lapsedResident)
	if p.luck>>40&1 == 1 {
		last.lapsed = min(last.lapsed, last.validTo)
	}
}

// inForce reports whether any of the person's permits is in force on a day.
func (p *person) inForce(on day) bool {
	for i := range p.permits[:p.permitCount] {
		if x := &p.permits[i]; x.outcome == granted && x.decided <= on && x.lapsed > on && x.validTo >= on {
			return true
		}
	}
	return false
}

// carries reports whether CARL2 carries the number of a record on its person, as it is.
func (p *person) carries(record int, on day) bool {
	const other = 1<<malformedNumber | 1<<replacementNumber | 1<<mistypedNumber | 1<<numberOfNobody | 1<<permitWithoutPerson
	return !p.stranger && p.linked <= on && int(p.carriedOn(on)) == record && p.owner < 0 && p.faults&other == 0
}

// dies draws a day of death, at about eighty.
func (p *person) dies(d *dice) day { return p.born + day(365.25*math.Min(80+9*d.NormFloat64(), 104)) }

// renumber gives the person the extra CPR records that a planted number fault needs.
func (p *person) renumber(d *dice) {
	if p.recordCount != 1 || p.linked == never {
		return
	}
	status, old := "", int8(0)
	switch {
	case p.faults.has(supersededChanged), p.faults.has(supersededChain), p.faults.has(supersededLoop):
		status = "60"
	case p.faults.has(changedFollowed):
		status, old = "60", 1
	case p.faults.has(supersededDouble):
		status = "50"
	case p.faults.has(supersededAnnulled):
		status = "30"
	default:
		return
	}
	r := &p.records[0]
	replaced := max(p.linked, p.immigrated, r.from) + 5 + d.days(400, 0.8)
	if replaced >= p.ends {
		p.faults &^= numberFaults
		return
	}
	r.replaced, r.replacedStatus, r.current = replaced, status, 1
	p.records[1] = cprRecord{from: r.replaced, takenUp: true, replaced: never}
	p.recordCount, p.carried = 2, old
	if p.faults.has(supersededChain) {
		next := &p.records[1]
		next.replaced, next.replacedStatus, next.current = next.from+30+d.days(300, 0.8), "60", 2
		p.records[2] = cprRecord{from: next.replaced, takenUp: true, replaced: never}
		p.recordCount = 3
	}
	if p.faults.has(supersededLoop) {
		p.records[1].replaced, p.records[1].replacedStatus, p.records[1].current = p.records[1].from+1, "60", 0
	}
}

// truth is the record of the person's true number on a day: the last that has begun.
func (p *person) truth(on day) int {
	at := -1
	for i := range p.records[:p.recordCount] {
		if p.records[i].from <= on {
			at = i
		}
	}
	return at
}
