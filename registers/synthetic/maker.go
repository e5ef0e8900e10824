package synthetic

// block is a run of persons of one cell: what is made, written and thrown away at a time.
type block struct {
	cell     *cell
	from, to int64
	persons  []person
	sheets   [2]sheets // of the day being formatted and of the day being written
	tally    [2]tally
	truth    []byte
}

// maker makes the persons of blocks. It keeps nothing from one block to the next.
type maker struct {
	model *model
	plan  *plan
	dice  *dice
}

// make fills the block with households until its persons are all there; the last one is cut short.
func (k *maker) make(b *block) {
	b.persons = b.persons[:0]
	for at := b.from; at < b.to; {
		k.dice.stream(uint64(b.cell.base + at))
		start := len(b.persons)
		if b.cell.category < 0 {
			k.settle(b, at)
		} else {
			k.apply(b, at)
		}
		at += int64(len(b.persons) - start)
		k.extras(b, start)
	}
}

// apply makes the household whose head is person at of the cell, with all that becomes of its application.
func (k *maker) apply(b *block, at int64) {
	m, d, c := k.model, k.dice, b.cell
	head := c.rank.at(at)
	h := k.household(c, head, b.to-at)
	start := len(b.persons)
	for i := range h.members {
		rank := c.rank.at(at + int64(i))
		p := k.member(b, &h, i, start)
		p.number = c.base + at + int64(i)
		p.group, _ = m.groupOf(&h, i)
		k.decide(b, &h, i, rank)
		u := c.rate(rank)
		if i > 0 && d.chance(0.1) { // the same clerk registered the family [A]
			u = c.rate(head)
		}
		if c.outcome != granted {
			u = d.Float64()
		}
		m.live(d, p, u, m.municipalities[h.home].care)
		m.linkLater(p)
		m.plantPerson(d, p, k.plan.last)
		p.renumber(d)
		m.stay(p)
	}
}

// member adds member i of the household to the block, without permits yet; start is where the household begins.
func (k *maker) member(b *block, h *household, i, start int) *person {
	d, x := k.dice, h.members[i]
	b.persons = append(b.persons, person{sex: x.sex, country: h.country, home: k.model.municipalities[h.home].code, moves: never,
		known: h.filed, entered: never, linked: never, immigrated: never, ends: never, lent: never, owner: -1, spread: d.between(1, 30),
		luck: d.Uint64()})
	p := &b.persons[len(b.persons)-1]
	p.born = max(h.decided-day(x.age*365.25)-1, dateOf(1915, 1, 2))
	if x.twin {
		p.born = b.persons[start+i-1].born
	} else if d.chance(h.country.january) {
		p.born = dateOf(p.born.year(), 1, 1)
	}
	k.christen(p, h.surname)
	for try := 0; try < 3 && i > 0 && p.given == b.persons[start+i-1].given; try++ {
		k.christen(p, h.surname)
	}
	if d.chance(0.2) {
		p.laterHome = k.model.municipalities[d.draw(k.model.municipalityAt)].code
		p.moves = h.decided + 200 + d.days(900, 0.7)
	}
	return p
}

// christen names the person in CPR's spelling and in another that CARL2 may have.
func (k *maker) christen(p *person, surname name) {
	d := k.dice
	part := "m"
	if p.sex == 'K' {
		part = "k"
	}
	list := k.model.names[p.country.region][part]
	first := pickName(d, list)
	p.given, p.family = first[0], surname[0]
	p.otherGiven, p.otherFamily = first[len(first)-1], surname[len(surname)-1]
	if d.chance(0.35) {
		if second := pickName(d, list); second[0] != first[0] {
			p.given += " " + second[0]
			p.otherGiven += " " + second[0]
		}
	}
}

// decide gives member i, the last person of the block, the decisions of the cell: the first and, for those whose turn it is, later ones.
func (k *maker) decide(b *block, h *household, i int, rank int64) {
	d, c, p := k.dice, b.cell, &b.persons[len(b.persons)-1]
	g, basis := k.model.groupOf(h, i)
	add := func(filed, decided day, outcome, year int) {
		x := &p.permits[p.permitCount]
		p.permitCount++
		*x = permit{filed: filed, decided: decided, outcome: uint8(outcome), year: int16(year), category: int8(c.category), group: g,
			basis: basis, validTo: never, lapsed: never, faults: k.model.plantPermit(d)}
		if outcome == granted {
			x.validTo = decided + day(365*d.between(1, 5))
		}
		if year < 2007 && d.chance(k.model.faultShare[municipalityOld]) {
			x.oldHome = k.model.oldMunicipalities[d.IntN(len(k.model.oldMunicipalities))]
		}
	}
	add(h.filed, h.decided, c.outcome, c.year)
	if rank >= c.came {
		return
	}
	for _, a := range c.again {
		if a.count > 0 && a.pick.at(rank) < a.count && p.permitCount < len(p.permits) {
			from := max(a.from, h.filed+1)
			decided := workday(d, from, max(a.to, from))
			add(decided, decided, granted, a.year)
		}
	}
}

// settle makes one person whom CARL2 does not know.
func (k *maker) settle(b *block, at int64) {
	m, d, s := k.model, k.dice, &k.model.strangers[b.cell.stranger]
	arrives := b.cell.from + day(d.IntN(int(b.cell.to-b.cell.from)+1))
	h := household{country: m.citizenship(d, s.mix, arrives.year()), home: d.draw(m.municipalityAt), filed: arrives, decided: arrives,
		members: []member{{age: float64(s.ageLow) + float64(s.ageHigh-s.ageLow)*young(d), sex: sexOf(d, 0.5)}}}
	h.surname = pickName(d, m.names[h.country.region]["f"])
	p := k.member(b, &h, 0, len(b.persons))
	p.number, p.stranger, p.immigrated = b.cell.base+at, true, arrives
	if s.ageHigh == 0 {
		p.born, p.immigrated = arrives, never
	}
	// CPR began on 2 April 1968: whoever was here then got a number that day
	p.records[0] = cprRecord{from: max(arrives, dateOf(1968, 4, 2)), takenUp: true, replaced: never}
	p.recordCount = 1
	stays := p.records[0].from + 60
	if d.chance(s.leaves) {
		p.ends, p.endStatus = stays+d.days(1500, 0.8), "80"
	} else {
		p.ends, p.endStatus = max(stays, p.dies(d)), "90"
	}
	for _, f := range []fault{protectedPerson, annulledEntry} {
		if d.chance(m.faultShare[f]) {
			p.faults.set(f)
		}
	}
}

// extras adds what planted faults of a household need beside it: a person row without permits, a second row under another
// person-id; and finds the person whose number was borrowed.
func (k *maker) extras(b *block, start int) {
	end := len(b.persons)
	for i := start; i < end; i++ {
		if p := &b.persons[i]; p.faults.has(sharedBorrowed) {
			if p.owner = k.lender(b, i); p.owner < 0 {
				p.faults.clear(sharedBorrowed)
			} else {
				b.persons[p.owner].lend(p.linked)
			}
		}
		if b.persons[i].faults.has(sharedDuplicate) {
			b.persons = append(b.persons, k.duplicate(b, i))
		}
		if !b.persons[i].stranger && k.dice.chance(k.model.faultShare[personWithoutPermit]) {
			b.persons = append(b.persons, k.relative(b, i))
		}
	}
}

// lender finds an earlier person of the block, of the same family if there is one, who was linked before person i to a
// number nothing is wrong with.
func (k *maker) lender(b *block, i int) int32 {
	p := &b.persons[i]
	for j := i - 1; j >= max(0, i-200); j-- {
		if q := &b.persons[j]; q.recordCount == 1 && q.linked <= p.linked && q.faults&numberFaults == 0 && !q.faults.has(permitWithoutPerson) {
			return int32(j)
		}
	}
	return -1
}

// duplicate is person i once more under another person-id, which takes over the last permit where there are several. The
// first row keeps its number and is no longer marked.
func (k *maker) duplicate(b *block, i int) person {
	p := &b.persons[i]
	p.faults.clear(sharedDuplicate)
	twin := *p
	twin.number, twin.owner, twin.recordCount, twin.permitCount, twin.faults = k.plan.all+p.number, int32(i), 0, 0, 0
	twin.faults.set(sharedDuplicate)
	twin.known = p.linked + 1
	if n := p.permitCount; n > 1 && p.permits[n-1].decided > p.known {
		twin.permits[0], twin.permitCount, twin.known = p.permits[n-1], 1, p.permits[n-1].decided
		p.permitCount--
	}
	twin.linked = max(twin.known, p.linked)
	p.lend(twin.linked)
	return twin
}

// relative is a person in CARL2 who only stands in person i's case.
func (k *maker) relative(b *block, i int) person {
	of := &b.persons[i]
	p := person{number: 2*k.plan.all + of.number, sex: 'M' + 'K' - of.sex, country: of.country, known: of.known, entered: never,
		linked: never, immigrated: never, ends: never, moves: never, owner: -1, luck: k.dice.Uint64()}
	p.born = min(of.born+day(k.dice.between(-1500, 1500)), of.known)
	p.faults.set(personWithoutPermit)
	k.christen(&p, name{of.family})
	return p
}

// number gives every CPR record of the block its number. It runs block after block, in order.
func (b *block) number(n *numbers) (err error) {
	for i := range b.persons {
		p := &b.persons[i]
		if _, m, dom := p.born.date(); p.recordCount > 0 && (m != 1 || dom != 1) {
			p.born = n.room(p.born, p.sex)
		}
		for r := range p.records[:p.recordCount] {
			record := &p.records[r]
			if record.number, record.dated, err = n.next(p.born, p.sex, p.spread); err != nil {
				return err
			}
		}
		if p.faults.has(numberOfNobody) {
			if p.ghost, _, err = n.next(p.born, p.sex, p.spread); err != nil {
				return err
			}
		}
	}
	return nil
}
