package synthetic

// block is a run of persons of one cell: what is made, written and thrown away at a time.
type block struct {
	cell     *cell
	from, to int64
	persons  []person
	sheets   []sheets // by folder
	tally    []tally  // by folder
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
			k.strangers(b, at)
		} else {
			k.household(b, at)
		}
		at += int64(len(b.persons) - start)
		k.extras(b, start)
	}
}

// household is what its members have in common.
type household struct {
	group   *group
	country *country
	surname name
	home    int
	decided day
	filed   day
	members []member
}

// member is a place in a household.
type member struct {
	age  float64
	sex  byte
	twin bool
}

func (k *maker) household(b *block, at int64) {
	m, d, c := k.model, k.dice, b.cell
	var h household
	h.group = &m.groups[m.groupsAt[[2]int{c.year, c.category}].pick(d)]
	h.decided = workday(d, c.from, c.to)
	h.filed = h.decided
	if c.outcome == withdrawn {
		h.decided += 30 + d.days(120, 0.6)
	}
	mixName := categories[c.category]
	if h.group.code == "special_afghanistan" {
		mixName = "afghanistan"
	}
	land := m.citizenship(d, mixName, c.year)
	h.country = &land
	h.home = d.draw(m.municipalityAt)
	h.surname = pickName(d, m.names[land.region]["f"])
	h.members = k.compose(h.group)
	if room := b.to - at; int64(len(h.members)) > room {
		h.members = h.members[:room]
	}
	headRank := c.rank.at(at)
	start := len(b.persons)
	for i := range h.members {
		rank := c.rank.at(at + int64(i))
		p := k.member(b, &h, i, start)
		p.number = c.base + at + int64(i)
		k.decide(p, c, &h, rank)
		u := c.rate(rank)
		if i > 0 && d.chance(0.3) { // the same clerk registered the family
			u = c.rate(headRank)
		}
		if c.outcome != granted {
			u = d.Float64()
		}
		m.live(d, p, u, m.municipalities[h.home].care)
		m.plantPerson(d, p)
		p.renumber(d)
	}
}

// workday draws a day of the span, moved off the weekend where that stays within it.
func workday(d *dice, from, to day) day {
	x := from + day(d.IntN(int(to-from)+1))
	if over := day(x.weekday() - 4); over > 0 && x-over >= from {
		x -= over
	}
	return x
}

// member makes the next person of the household, without permits yet.
func (k *maker) member(b *block, h *household, i, start int) *person {
	d, x := k.dice, h.members[i]
	b.persons = append(b.persons, person{sex: x.sex, country: h.country, home: k.model.municipalities[h.home].code, group: h.group,
		moves: never, known: h.filed, entered: never, linked: never, immigrated: never, ends: never, owner: -1,
		overlookedBy: never, administrativeAt: never, spread: d.between(1, 30), luck: d.Uint64()})
	p := &b.persons[len(b.persons)-1]
	p.born = h.decided - day(x.age*365.25) - day(d.IntN(365))
	if x.twin && i > 0 {
		p.born = b.persons[start+i-1].born
	} else if d.chance(h.country.january) {
		p.born = dateOf(p.born.year(), 1, 1)
	}
	k.christen(p, h.surname)
	if d.chance(0.2) {
		p.laterHome, p.moves = k.model.municipalities[d.draw(k.model.municipalityAt)].code, h.decided+200+d.days(900, 0.7)
	}
	p.protected = d.chance(0.004)
	return p
}

// christen names the person in CPR's spelling and, for some, otherwise in CARL2.
func (k *maker) christen(p *person, surname name) {
	d := k.dice
	list := k.model.names[p.country.region][map[byte]string{'M': "m", 'K': "k"}[p.sex]]
	first := pickName(d, list)
	p.given, p.family = first[0], surname[0]
	p.carl2Given, p.carl2Family = first[len(first)-1], surname[len(surname)-1]
	if d.chance(0.35) {
		if second := pickName(d, list); second[0] != first[0] {
			p.given += " " + second[0]
			p.carl2Given += " " + second[0]
		}
	}
}

func pickName(d *dice, list []name) name { return list[min(d.IntN(len(list)), d.IntN(len(list)+4))] }

// decide gives the person the decisions of the cell: the first and, for those whose turn it is, later ones.
func (k *maker) decide(p *person, c *cell, h *household, rank int64) {
	d := k.dice
	add := func(decided day, outcome, year int) *permit {
		x := &p.permits[p.permitCount]
		p.permitCount++
		*x = permit{filed: decided, decided: decided, outcome: uint8(outcome), year: int16(year), category: int8(c.category), group: h.group,
			basis: h.group.basis, lapsed: never, faults: k.model.plantPermit(d), validTo: never}
		if outcome == granted {
			x.validTo = decided + day(365*d.between(1, 5))
		}
		return x
	}
	first := add(h.decided, c.outcome, c.year)
	first.filed = h.filed
	if d.chance(0.25) {
		switch {
		case h.group.code == "work" && p != nil && len(h.members) > 1:
			first.basis = "§ 9 m"
		case h.group.basis == "§ 9 i" && len(h.members) > 1:
			first.basis = "§ 9 n"
		}
	}
	if rank >= c.came {
		return
	}
	for _, a := range c.again {
		if a.count > 0 && a.pick.at(rank) < a.count && p.permitCount < len(p.permits) {
			add(workday(d, max(a.from, h.filed+1), max(a.to, h.filed+1)), granted, a.year)
		}
	}
}

// compose draws who is in a household of the group.
func (k *maker) compose(g *group) []member {
	d := k.dice
	sexOf := func(women float64) byte {
		if d.chance(women) {
			return 'K'
		}
		return 'M'
	}
	age := float64(g.ageLow) + float64(g.ageHigh-g.ageLow)*beta(d)
	if g.ageHigh < 18 {
		age = float64(g.ageLow) + float64(g.ageHigh-g.ageLow)*d.Float64()
	}
	head := member{age: age, sex: sexOf(g.women)}
	list := []member{head}
	partner, children := false, 0
	switch g.household {
	case "family":
		partner = d.chance(0.30)
		if partner || d.chance(0.08) {
			children = d.IntN(5)
		}
	case "mother":
		children = d.IntN(3)
	case "spouse":
		if d.chance(0.12) {
			children = d.between(1, 3)
		}
	case "accompanied":
		partner = d.chance(0.14)
		if partner {
			children = d.IntN(3)
		}
	case "siblings":
		children = d.IntN(4)
	}
	if partner {
		other := byte('M' + 'K' - head.sex)
		list = append(list, member{age: max(18, age+4*d.NormFloat64()), sex: other})
	}
	top := max(0.3, min(age-19, 17))
	if g.household == "siblings" {
		top = float64(g.ageHigh)
	}
	for range children {
		x := member{age: top * d.Float64(), sex: sexOf(0.49)}
		if last := list[len(list)-1]; last.age < 18 && d.chance(0.03) {
			x.age, x.twin = last.age, true
			if d.chance(0.6) {
				x.sex = last.sex
			}
		}
		list = append(list, x)
	}
	return list
}

// beta leans ages to the younger end: the mean of two draws, squared a little.
func beta(d *dice) float64 {
	x := (d.Float64() + d.Float64()) / 2
	return x * x * 1.3 / (0.3 + x)
}

// strangers makes one person whom CARL2 does not know.
func (k *maker) strangers(b *block, at int64) {
	m, d, s := k.model, k.dice, &k.model.strangers[b.cell.stranger]
	arrives := b.cell.from + day(d.IntN(int(b.cell.to-b.cell.from)+1))
	land := m.citizenship(d, s.mix, arrives.year())
	h := household{country: &land, home: d.draw(m.municipalityAt), decided: arrives, filed: arrives,
		surname: pickName(d, m.names[land.region]["f"]), members: []member{{age: float64(s.ageLow) + float64(s.ageHigh-s.ageLow)*beta(d), sex: "MK"[d.IntN(2)]}}}
	p := k.member(b, &h, 0, len(b.persons))
	p.number, p.stranger, p.immigrated = b.cell.base+at, true, arrives
	if s.ageHigh == 0 {
		p.born, p.immigrated = arrives, never
	}
	p.born = max(p.born, dateOf(1915, 1, 2))
	p.records[0] = cprRecord{from: arrives, takenUp: true, replaced: never}
	p.recordCount = 1
	if x := d.Float64(); x < s.leaves {
		p.ends, p.endStatus = arrives+60+d.days(1500, 0.8), "80"
	} else if dies := p.born + day(365.25*min(81+9*d.NormFloat64(), 101)); dies > arrives {
		p.ends, p.endStatus = dies, "90"
	}
}

// extras adds what planted faults of a household need beside it: a person row without permits, a second row under another
// person-id; and finds the person whose number was borrowed.
func (k *maker) extras(b *block, start int) {
	end := len(b.persons)
	for i := start; i < end; i++ {
		p := &b.persons[i]
		if p.faults.has(sharedBorrowed) {
			p.owner = k.lender(b, i)
			if p.owner < 0 {
				p.faults &^= 1 << sharedBorrowed
			}
		}
		if p.faults.has(sharedDuplicate) {
			twin := *p
			twin.number, twin.owner, twin.recordCount, twin.faults = k.plan.all+p.number, int32(i), 0, 1<<sharedDuplicate
			twin.permitCount = 0
			twin.known = p.linked + 1
			if n := p.permitCount; n > 1 && p.permits[n-1].decided > p.known {
				twin.permits[0], twin.permitCount, twin.known = p.permits[n-1], 1, p.permits[n-1].decided
				p.permitCount--
			}
			twin.linked = max(twin.known, p.linked)
			p.faults &^= 1 << sharedDuplicate
			b.persons = append(b.persons, twin)
		}
		if !b.persons[i].stranger && k.dice.chance(k.model.faultShare[personWithoutPermit]) {
			b.persons = append(b.persons, k.relative(b, i))
		}
	}
}

// lender finds an earlier person of the block who had a number when person i was linked.
func (k *maker) lender(b *block, i int) int32 {
	p := &b.persons[i]
	for j := i - 1; j >= max(0, i-40); j-- {
		if q := &b.persons[j]; q.recordCount == 1 && q.records[0].from <= p.linked && q.owner < 0 && q.linked <= p.linked {
			return int32(j)
		}
	}
	return -1
}

// relative is a person in CARL2 who only stands in another's case.
func (k *maker) relative(b *block, i int) person {
	of := &b.persons[i]
	p := person{number: 2*k.plan.all + of.number, sex: 'M' + 'K' - of.sex, country: of.country, born: of.born + day(k.dice.between(-1500, 1500)),
		known: of.known, entered: never, linked: never, immigrated: never, ends: never, moves: never, owner: -1, family: of.family,
		carl2Family: of.carl2Family, luck: k.dice.Uint64()}
	p.faults.set(personWithoutPermit)
	k.christen(&p, name{of.family})
	return p
}

// number gives every CPR record of the block its number. It runs block after block, in order.
func (b *block) number(n *numbers) error {
	for i := range b.persons {
		p := &b.persons[i]
		for r := range p.records[:p.recordCount] {
			record := &p.records[r]
			var err error
			if record.number, record.dated, err = n.next(p.born, p.sex, p.spread); err != nil {
				return err
			}
		}
		if p.faults.has(numberOfNobody) {
			var err error
			if p.ghost, _, err = n.next(p.born, p.sex, p.spread); err != nil {
				return err
			}
		}
	}
	return nil
}
