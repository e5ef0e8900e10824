package synthetic

import (
	"strconv"
	"strings"

	"koblet/registers"
)

// sheets are the lines of one block for one as-of day, in the four files of its folder.
type sheets struct{ persons, permits, cpr, fixed []byte }

func (s *sheets) clear() {
	s.persons, s.permits, s.cpr, s.fixed = s.persons[:0], s.permits[:0], s.cpr[:0], s.fixed[:0]
}

// clerk writes what the registers say on an as-of day. One clerk serves one block at a time.
type clerk struct {
	calendar calendar
	plan     *plan
	seed     uint64
	dice     *dice // for the details of planted faults, turned to the person's own stream
	line     []byte
}

// write writes the whole block as the registers stood on the day, and counts what it wrote.
func (c *clerk) write(b *block, on day, s *sheets, t *tally) {
	s.clear()
	t.clear()
	for i := range b.persons {
		p := &b.persons[i]
		if !p.stranger && p.known <= on {
			c.carl2Person(b, p, on, s, t)
			for n := range p.permits[:p.permitCount] {
				c.permit(p, n, on, s, t)
			}
		}
		for n := range p.records[:p.recordCount] {
			if p.records[n].from <= on {
				c.cprPerson(b, i, n, on, s, t)
			}
		}
	}
}

// header is the header line of a table.
func header(t registers.Table) []byte {
	var b []byte
	for i, f := range t.Fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, f.Name...)
	}
	return append(b, '\n')
}

// personID appends an opaque person-id: the person's number, sent one to one onto nine digits or more.
func (c *clerk) personID(b []byte, n int64) []byte {
	const digits = 1_000_000_000
	b = append(b, 'P')
	text := strconv.AppendInt(nil, digits+(n*387_420_489+int64(scramble(c.seed)%digits))%digits, 10)
	return append(b, text[1:]...)
}

// permitID appends an opaque case number: permit n of the person.
func (c *clerk) permitID(b []byte, person int64, n int) []byte {
	const digits = 10_000_000_000
	text := strconv.AppendInt(nil, digits+((person*4+int64(n))*3_486_784_401%digits+int64(scramble(c.seed)%digits))%digits, 10)
	return append(append(b, 'S'), text[1:]...)
}

// carl2Person writes the person's row, or rows.
func (c *clerk) carl2Person(b *block, p *person, on day, s *sheets, t *tally) {
	if p.faults.has(permitWithoutPerson) && p.permitCount > 0 {
		t.faults[permitWithoutPerson]++
		return
	}
	c.dice.stream(p.luck)
	t.persons++
	if p.faults.has(personWithoutPermit) {
		t.faults[personWithoutPermit]++
	}
	rest := c.carl2Rest(p, on, t)
	text, linked := c.coupled(b, p, on, t)
	if linked < never && p.faults.has(severalNumbers) {
		t.faults[severalNumbers]++
		t.persons++
		wrong := p.records[p.carried].number.mistyped(c.dice)
		s.persons = c.carl2Row(s.persons, p, string(wrong[:]), max(linked-90, p.known), rest)
	}
	s.persons = c.carl2Row(s.persons, p, text, linked, rest)
	if p.faults.has(repeatedPerson) {
		t.faults[repeatedPerson]++
		t.persons++
		s.persons = c.carl2Row(s.persons, p, text, linked, rest)
	}
}

func (c *clerk) carl2Row(b []byte, p *person, cpr string, linked day, rest []byte) []byte {
	b = append(append(c.personID(b, p.number), ','), cpr...)
	b = c.calendar.iso(append(b, ','), linked)
	return append(b, rest...)
}

// coupled is the text in cpr_number and the day in cpr_linked_on, never where there is none.
func (c *clerk) coupled(b *block, p *person, on day, t *tally) (string, day) {
	if p.linked > on {
		return "", never
	}
	text := c.carriedNumber(b, p, on, t)
	switch {
	case p.faults.has(linkDateMissing):
		t.faults[linkDateMissing]++
		return text, never
	case p.faults.has(linkDateFuture):
		t.faults[linkDateFuture]++
		return text, p.linked + 36525
	}
	return text, p.linked
}

// carriedNumber is the number that CARL2 carries for a linked person, with what was planted on it.
func (c *clerk) carriedNumber(b *block, p *person, on day, t *tally) string {
	if p.owner >= 0 {
		kind := sharedBorrowed
		if p.faults.has(sharedDuplicate) {
			kind = sharedDuplicate
		}
		t.faults[kind]++
		lender := &b.persons[p.owner]
		return string(lender.records[lender.carriedOn(on)].number[:])
	}
	n := p.records[p.carriedOn(on)].number
	switch {
	case p.faults.has(malformedNumber):
		t.faults[malformedNumber]++
		return n.malformed(c.dice)
	case p.faults.has(replacementNumber):
		t.faults[replacementNumber]++
		n = n.replacement()
	case p.faults.has(mistypedNumber):
		t.faults[mistypedNumber]++
		n = n.mistyped(c.dice)
	case p.faults.has(numberOfNobody):
		t.faults[numberOfNobody]++
		n = p.ghost
	}
	return string(n[:])
}

// carriedOn is the record whose number CARL2 carries: the later one only once it has begun.
func (p *person) carriedOn(on day) int8 {
	if p.records[p.carried].from > on {
		return 0
	}
	return p.carried
}

// carl2Rest is a person row from family_name on.
func (c *clerk) carl2Rest(p *person, on day, t *tally) []byte {
	b := append(c.line[:0], ',')
	if p.faults.has(nameVariant) {
		t.faults[nameVariant]++
		b = append(append(append(b, p.otherFamily...), ','), p.otherGiven...)
	} else {
		b = append(append(append(b, p.family...), ','), p.given...)
	}
	b = c.carl2Birth(append(b, ','), p, t)
	b = append(b, ',')
	switch {
	case p.faults.has(sexUnknown):
		t.faults[sexUnknown]++
		b = append(b, 'U')
	case p.faults.has(sexDiffers):
		t.faults[sexDiffers]++
		b = append(b, 'M'+'K'-p.sex)
	default:
		b = append(b, p.sex)
	}
	b = append(b, ',')
	switch {
	case p.faults.has(citizenshipMissing):
		t.faults[citizenshipMissing]++
	case p.faults.has(citizenshipUnknown):
		t.faults[citizenshipUnknown]++
		b = append(b, "5998"...)
	default:
		b = append(b, p.country.code...)
	}
	b = append(b, ',')
	if p.entered <= on {
		if p.faults.has(enteredMissing) {
			t.faults[enteredMissing]++
		} else {
			b = c.calendar.iso(b, p.entered)
		}
	}
	c.line = append(b, '\n')
	return c.line
}

func (c *clerk) carl2Birth(b []byte, p *person, t *tally) []byte {
	switch {
	case p.faults.has(birthDateMissing):
		t.faults[birthDateMissing]++
		return b
	case p.faults.has(birthDateImpossible):
		t.faults[birthDateImpossible]++
		b = c.calendar.iso(b, p.born)
		return append(b[:len(b)-5], [...]string{"02-30", "00-00", "13-01"}[c.dice.IntN(3)]...)
	case p.faults.has(birthDateDiffers):
		t.faults[birthDateDiffers]++
		y, m, d := p.born.date()
		switch {
		case d <= 12 && d != m && c.dice.chance(0.5):
			return c.calendar.iso(b, dateOf(y, d, m))
		case c.dice.chance(0.5):
			return c.calendar.iso(b, p.born+day(c.dice.between(1, 9)))
		}
		return c.calendar.iso(b, dateOf(y+1+c.dice.IntN(2), m, d))
	}
	return c.calendar.iso(b, p.born)
}

// permit writes a permit row, if the case was there on the day.
func (c *clerk) permit(p *person, n int, on day, s *sheets, t *tally) {
	x := &p.permits[n]
	if x.filed > on {
		return
	}
	c.dice.stream(p.luck + uint64(n) + 1)
	t.count(p, x, on)
	c.line = c.permitID(c.line[:0], p.number, n)
	c.line = c.personID(append(c.line, ','), p.number)
	c.line = c.decision(append(c.line, ','), x, on, t)
	c.line = c.basis(append(c.line, ','), x, t)
	b := append(c.line, ',')
	if x.outcome == granted {
		b = c.calendar.iso(b, x.decided)
		b = c.calendar.iso(append(b, ','), x.validTo)
	} else {
		b = append(b, ',')
	}
	b = append(b, ',')
	if x.lapsed <= on {
		if x.faults.has(lapseDayMissing) {
			t.faults[lapseDayMissing]++
		} else {
			b = c.calendar.iso(b, x.lapsed)
		}
	}
	c.line = append(append(append(b, ','), p.municipality(x, t)...), '\n')
	s.permits = append(s.permits, c.line...)
	t.permits++
	if x.faults.has(repeatedPermit) {
		t.faults[repeatedPermit]++
		t.permits++
		s.permits = append(s.permits, c.line...)
	}
}

// municipality is the code of the allocated municipality, with what was planted on it.
func (p *person) municipality(x *permit, t *tally) string {
	switch {
	case x.faults.has(municipalityMissing):
		t.faults[municipalityMissing]++
		return ""
	case x.faults.has(municipalityUnknown):
		t.faults[municipalityUnknown]++
		return "0999"
	case x.oldHome != "":
		t.faults[municipalityOld]++
		return x.oldHome
	}
	return p.home
}

// decision appends decided_on and decision.
func (c *clerk) decision(b []byte, x *permit, on day, t *tally) []byte {
	word := outcomeNames[x.outcome]
	switch {
	case x.decided > on:
		return append(b, ",pending"...)
	case x.lapsed <= on && x.revoked:
		word = "revoked"
	case x.lapsed <= on:
		word = "lapsed"
	}
	switch {
	case x.faults.has(decidedFuture):
		t.faults[decidedFuture]++
		b = c.calendar.iso(b, x.decided+36525)
	case x.faults.has(decidedImpossible):
		t.faults[decidedImpossible]++
		b = c.calendar.iso(b, x.decided)
		b = append(b[:len(b)-5], [...]string{"02-30", "00-00", "31-12"}[c.dice.IntN(3)]...)
	default:
		b = c.calendar.iso(b, x.decided)
	}
	return append(append(b, ','), word...)
}

// basis appends legal_basis, person_group and category as a caseworker filled them in; registrations before 2005 carry no
// category of their own [A].
func (c *clerk) basis(b []byte, x *permit, t *tally) []byte {
	group, category := x.group.code, categories[x.category]
	if x.year < 2005 {
		category = ""
	}
	switch {
	case x.faults.has(basisUnknown):
		t.faults[basisUnknown]++
		b = append(b, [...]string{"§ 17 a", "§ 9 q", "dispensation"}[c.dice.IntN(3)]...)
		group, category = "", ""
	case x.faults.has(basisMissing):
		t.faults[basisMissing]++
	default:
		b = appendText(b, c.spelling(x.basis))
	}
	b = append(b, ',')
	switch {
	case group == "":
	case x.faults.has(groupMissing):
		t.faults[groupMissing]++
	case x.faults.has(groupUnknown):
		t.faults[groupUnknown]++
		b = append(b, "gruppe_77"...)
	default:
		b = append(b, group...)
	}
	b = append(b, ',')
	if category != "" && x.faults.has(categoryUnknown) {
		t.faults[categoryUnknown]++
		category = "diverse"
	}
	return append(b, category...)
}

// spelling writes some paragraphs the other ways that caseworkers do.
func (c *clerk) spelling(basis string) string {
	if !strings.HasPrefix(basis, "§") {
		return basis
	}
	switch c.dice.IntN(40) {
	case 0:
		return strings.ReplaceAll(basis, " ", "")
	case 1:
		return "udl. " + basis
	}
	return basis
}

// appendText appends a CSV field, in quotes where it needs them.
func appendText(b []byte, text string) []byte {
	if strings.IndexByte(text, ',') < 0 {
		return append(b, text...)
	}
	return append(append(append(b, '"'), text...), '"')
}
