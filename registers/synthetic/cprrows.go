package synthetic

import "strconv"

// cprState is what CPR says of one number on an as-of day: the columns of cpr_persons that change with time.
type cprState struct {
	status       string
	from         day
	municipality string
	residentFrom day
	immigrated   day
	current      number
	hasCurrent   bool
}

// administrativeOffices are the municipality codes of administrative numbers (docs/method.md §4).
var administrativeOffices = [4]string{"0010", "0011", "0012", "0019"}

func (p *person) state(n int, on day) cprState {
	r := &p.records[n]
	s := cprState{residentFrom: never, immigrated: never}
	if r.takenUp && p.immigrated <= on {
		s.immigrated = p.immigrated
	}
	switch {
	case r.replaced <= on:
		s.status, s.from, s.hasCurrent = r.replacedStatus, r.replaced, true
		s.current = p.records[r.current].number
	case r.administrative && s.immigrated == never:
		s.status, s.from, s.municipality = "20", r.from, administrativeOffices[p.luck%4]
	case p.ends <= on:
		s.status, s.from = p.endStatus, p.ends
	default:
		s.status, s.municipality = "01", p.home
		s.residentFrom = min(s.immigrated, r.from)
		if s.immigrated < never {
			s.residentFrom = s.immigrated
		}
		s.from = s.residentFrom
		if n > 0 && !p.records[0].administrative {
			s.from = r.from
		}
		if p.moves <= on {
			s.municipality, s.residentFrom = p.laterHome, max(p.moves, s.residentFrom)
		}
	}
	return s
}

// cprPerson writes number n of person i: a CSV row and the person's records of the fixed-width file.
func (c *clerk) cprPerson(i, n int) {
	p := &c.block.persons[i]
	r := &p.records[n]
	state := p.state(n, c.on)
	c.countRecord(p, n, state)
	x := append(append(c.line[:0], r.number[:]...), ',')
	if state.hasCurrent {
		x = append(x, state.current[:]...)
	}
	x = append(append(append(x, ','), state.status...), ',')
	x = append(c.calendar.iso(x, state.from), ',', p.sex, ',')
	x = append(c.calendar.iso(x, p.born), ',')
	x = append(append(append(append(x, p.family...), ','), p.given...), ',')
	x = append(append(append(append(x, p.country.code...), ','), state.municipality...), ',')
	x = append(c.calendar.iso(x, state.residentFrom), ',')
	x = append(c.calendar.iso(x, r.from), ',')
	x = append(c.calendar.iso(x, state.immigrated), ',')
	x = c.typedPersonID(x, i, n)
	c.line = append(x, '\n')
	c.sheets.cpr = append(c.sheets.cpr, c.line...)
	c.tally.cprPersons++
	c.fixedRecords(p, n, state)
}

func (c *clerk) countRecord(p *person, n int, state cprState) {
	if p.records[n].dated != p.born {
		if _, m, d := p.born.date(); m == 1 && d == 1 {
			c.tally.faults[januaryFirst]++
		} else {
			c.tally.faults[dayFull]++
		}
	}
	if state.status == "01" && p.carries(n, c.on) {
		c.tally.residents++
		if !p.inForce(c.on) {
			c.tally.withoutPermit++
			if p.faults.has(lapsedResident) {
				c.tally.faults[lapsedResident]++
			}
		}
	}
	if !state.hasCurrent || n > 0 {
		return
	}
	if p.faults.has(administrativeOverlooked) {
		c.tally.faults[administrativeOverlooked]++
	}
	for k := supersededChanged; k <= changedFollowed; k++ {
		if p.faults.has(k) {
			c.tally.faults[k]++
		}
	}
}

// typedPersonID appends the person-id that the municipality typed, where this delivery carries one: six in ten of the
// linked; of the overlooked a few, typed wrong.
func (c *clerk) typedPersonID(x []byte, i, n int) []byte {
	p := &c.block.persons[i]
	if p.stranger || p.records[n].replaced <= c.on {
		return x
	}
	luck := p.luck >> 8 % 1000
	switch {
	case p.linked > c.on:
		if p.immigrated <= c.on && float64(luck) < 100 {
			c.tally.faults[personIDMistyped]++
			at := len(x)
			x = c.personID(x, p.number)
			x[at+3], x[at+6] = '0'+(x[at+6]-'0'+3)%10, x[at+3]
		}
	case p.faults.has(personIDOfAnother) && i > 0:
		c.tally.faults[personIDOfAnother]++
		x = c.personID(x, c.block.persons[i-1].number)
	case luck < 600:
		x = c.personID(x, p.number)
	}
	return x
}

// fixedRecords writes the number as CPR's product U12170 does: one record a line, ISO-8859-1, starts and widths as in CPR's
// record layouts.
func (c *clerk) fixedRecords(p *person, n int, state cprState) {
	r := &p.records[n]
	f := &fixed{out: c.sheets.fixed, calendar: c.calendar}
	f.person(p, r, state)
	if state.status < "30" {
		f.address(p, r, state)
	}
	if p.faults.has(protectedPerson) {
		c.tally.faults[protectedPerson]++
		f.start("004", r.number).text("0001", 4).date(r.from).end()
	}
	if state.status == "80" {
		f.start("005", r.number).text(p.country.code, 4).stamp(state.from, "1200").end()
	}
	f.start("008", r.number).text(p.given, 50).blank(42).text(p.family, 40).blank(1).stamp(r.from, "1200").blank(1)
	f.text(p.given+" "+p.family, 34).end()
	f.start("010", r.number).text(p.country.code, 4)
	if p.born.year() < 1961 && p.luck>>32%4 == 0 {
		f.text("196100000000*", 13).end() // older entries know the year only
	} else {
		f.stamp(p.born, "0000").end()
	}
	for i := range p.records[:p.recordCount] {
		if o := &p.records[i]; o.replaced <= c.on && int(o.current) == n && i != n {
			f.start("022", r.number).text(string(o.number[:]), 10).date(o.from).blank(1).date(o.replaced).end()
		}
	}
	if state.immigrated < never {
		if p.faults.has(annulledEntry) {
			c.tally.faults[annulledEntry]++
			f.entry(p, r, "A", state.immigrated-40)
		}
		f.entry(p, r, "", state.immigrated)
	}
	c.sheets.fixed = f.out
	c.tally.fixedRecords += f.records
}

// person writes record 001. Some replaced numbers name the current one in its record 022 only.
func (f *fixed) person(p *person, r *cprRecord, state cprState) {
	f.start("001", r.number)
	if state.hasCurrent && (state.status != "60" || p.luck%5 > 0) {
		f.text(string(state.current[:]), 10)
	} else {
		f.blank(10)
	}
	f.text(state.status, 2).stamp(state.from, "1200").blank(1)
	f.out = append(f.out, p.sex)
	f.date(p.born).blank(1).date(r.from).end()
}

// address writes record 002; the hours of a move are sometimes impossible, as in CPR.
func (f *fixed) address(p *person, r *cprRecord, state cprState) {
	f.start("002", r.number).text(state.municipality, 4).text(strconv.Itoa(int(p.luck%9000+1000)), 4)
	f.text(strconv.Itoa(int(p.luck>>16%120+101)), 4).blank(44)
	f.stamp(state.residentFrom, "1015").blank(1)
	f.stamp(state.residentFrom, [...]string{"1015", "2099", "0000"}[p.luck>>24%3]).blank(1)
	f.text("0000000000000000", 16).blank(1).text("0000", 4).end()
}

// entry writes record 024 with an entry and no departure.
func (f *fixed) entry(p *person, r *cprRecord, annulled string, d day) {
	f.start("024", r.number).text(annulled, 1).text("0000000000000000", 16).blank(1).text(p.country.code, 4).stamp(d, "1200").end()
}

// fixed appends fixed-width records.
type fixed struct {
	out      []byte
	calendar calendar
	records  int64
}

func (f *fixed) start(kind string, n number) *fixed {
	f.out = append(append(f.out, kind...), n[:]...)
	return f
}

func (f *fixed) blank(width int) *fixed { return f.text("", width) }

// text appends text in ISO-8859-1, padded or cut to a width.
func (f *fixed) text(text string, width int) *fixed {
	for _, r := range text {
		if width == 0 {
			return f
		}
		f.out, width = append(f.out, byte(r)), width-1
	}
	for ; width > 0; width-- {
		f.out = append(f.out, ' ')
	}
	return f
}

func (f *fixed) date(d day) *fixed {
	if d == never {
		return f.blank(10)
	}
	f.out = f.calendar.iso(f.out, d)
	return f
}

func (f *fixed) stamp(d day, hhmm string) *fixed {
	f.out = f.calendar.stamp(f.out, d, hhmm)
	return f
}

// end strips trailing blanks and breaks the line.
func (f *fixed) end() {
	n := len(f.out)
	for f.out[n-1] == ' ' {
		n--
	}
	f.out = append(f.out[:n], '\n')
	f.records++
}
