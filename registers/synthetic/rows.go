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

// clerk writes what the registers say on an as-of day, one block at a time.
type clerk struct {
	block    *block
	on       day
	sheets   *sheets
	tally    *tally
	calendar calendar
	plan     *plan
	seed     uint64
	dice     *dice // for the details of planted faults, turned to the person's own stream
	line     []byte
	said     spoken
}

// write writes the whole block as the registers stood on the day to that side of it, and counts what it wrote.
func (c *clerk) write(b *block, side int, on day) {
	c.block, c.on, c.sheets, c.tally = b, on, &b.sheets[side], &b.tally[side]
	c.sheets.clear()
	c.tally.clear()
	for i := range b.persons {
		p := &b.persons[i]
		if !p.stranger && p.known <= on {
			c.carl2Person(p)
			for n := range p.permits[:p.permitCount] {
				c.permit(p, n)
			}
		}
		for n := range p.records[:p.recordCount] {
			if p.records[n].from <= on {
				c.cprPerson(i, n)
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
func (c *clerk) carl2Person(p *person) {
	if p.faults.has(permitWithoutPerson) && p.permitCount > 0 {
		c.tally.faults[permitWithoutPerson]++
		c.said = spoken{linked: never}
		return
	}
	c.dice.stream(p.luck)
	c.tally.persons++
	if p.faults.has(personWithoutPermit) {
		c.tally.faults[personWithoutPermit]++
	}
	rest := c.carl2Rest(p)
	text, linked := c.coupled(p)
	c.said.linked = linked
	c.judge(p)
	if linked < never && p.faults.has(severalNumbers) {
		c.tally.faults[severalNumbers]++
		c.tally.persons++
		wrong := p.records[p.carried].number.mistyped(c.dice)
		c.carl2Row(p, string(wrong[:]), max(linked-90, p.known), rest)
	}
	c.carl2Row(p, text, linked, rest)
	if p.faults.has(repeatedPerson) {
		c.tally.faults[repeatedPerson]++
		c.tally.persons++
		c.carl2Row(p, text, linked, rest)
	}
}

func (c *clerk) carl2Row(p *person, cpr string, linked day, rest []byte) {
	b := append(append(c.personID(c.sheets.persons, p.number), ','), cpr...)
	b = c.calendar.iso(append(b, ','), linked)
	c.sheets.persons = append(b, rest...)
}

// coupled is the text in cpr_number and the day in cpr_linked_on, never where there is none.
func (c *clerk) coupled(p *person) (string, day) {
	if p.linked > c.on {
		return "", never
	}
	text := c.carriedNumber(p)
	switch {
	case p.faults.has(linkDateMissing):
		c.tally.faults[linkDateMissing]++
		return text, never
	case p.faults.has(linkDateFuture):
		c.tally.faults[linkDateFuture]++
		return text, p.linked + 36525
	case p.faults.has(linkBeforeNumber):
		c.tally.faults[linkBeforeNumber]++
		return text, p.dated
	case p.faults.has(linkBeforeBirth):
		c.tally.faults[linkBeforeBirth]++
		return text, p.dated
	}
	return text, p.linked
}

// carriedNumber is the number that CARL2 carries for a linked person, with what was planted on it.
func (c *clerk) carriedNumber(p *person) string {
	if p.owner >= 0 {
		kind := sharedBorrowed
		if p.faults.has(sharedDuplicate) {
			kind = sharedDuplicate
		}
		c.tally.faults[kind]++
		lender := &c.block.persons[p.owner]
		return string(lender.records[lender.carriedOn(c.on)].number[:])
	}
	n := p.records[p.carriedOn(c.on)].number
	switch {
	case p.faults.has(malformedNumber):
		c.tally.faults[malformedNumber]++
		return n.malformed(c.dice)
	case p.faults.has(replacementNumber):
		c.tally.faults[replacementNumber]++
		n = n.replacement()
	case p.faults.has(mistypedNumber):
		c.tally.faults[mistypedNumber]++
		n = n.mistyped(c.dice)
	case p.faults.has(numberOfNobody):
		c.tally.faults[numberOfNobody]++
		n = p.ghost
	case p.faults.has(goneBeforeDecision):
		c.tally.faults[goneBeforeDecision]++
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
func (c *clerk) carl2Rest(p *person) []byte {
	b := append(c.line[:0], ',')
	if p.faults.has(nameVariant) {
		c.tally.faults[nameVariant]++
		b = append(append(append(b, p.otherFamily...), ','), p.otherGiven...)
	} else {
		b = append(append(append(b, p.family...), ','), p.given...)
	}
	b = c.carl2Birth(append(b, ','), p)
	b = append(b, ',')
	c.said.sex = p.sex
	switch {
	case p.faults.has(sexUnknown):
		c.tally.faults[sexUnknown]++
		c.said.sex = 'U'
	case p.faults.has(sexDiffers):
		c.tally.faults[sexDiffers]++
		c.said.sex = 'M' + 'K' - p.sex
	}
	b = append(b, c.said.sex, ',')
	switch {
	case p.faults.has(citizenshipMissing):
		c.tally.faults[citizenshipMissing]++
	case p.faults.has(citizenshipUnknown):
		c.tally.faults[citizenshipUnknown]++
		b = append(b, "5998"...)
	default:
		b = append(b, p.country.code...)
	}
	b = append(b, ',')
	if p.entered <= c.on {
		if p.faults.has(enteredMissing) {
			c.tally.faults[enteredMissing]++
		} else {
			b = c.calendar.iso(b, p.entered)
		}
	}
	c.line = append(b, '\n')
	return c.line
}

func (c *clerk) carl2Birth(b []byte, p *person) []byte {
	c.said.born = never
	switch {
	case p.faults.has(birthDateMissing):
		c.tally.faults[birthDateMissing]++
		return b
	case p.faults.has(birthDateImpossible):
		c.tally.faults[birthDateImpossible]++
		b = c.calendar.iso(b, p.born)
		return append(b[:len(b)-5], [...]string{"02-30", "00-00", "13-01"}[c.dice.IntN(3)]...)
	case p.faults.has(birthDateDiffers):
		c.tally.faults[birthDateDiffers]++
		c.said.born = c.mistaken(p.born)
	default:
		c.said.born = p.born
	}
	return c.calendar.iso(b, c.said.born)
}

// mistaken is a birth date with day and month swapped, some days late, or a year or two.
func (c *clerk) mistaken(born day) day {
	y, m, d := born.date()
	switch {
	case d <= 12 && d != m && c.dice.chance(0.5):
		return dateOf(y, d, m)
	case c.dice.chance(0.5):
		return born + day(c.dice.between(1, 9))
	}
	return dateOf(y+1+c.dice.IntN(2), m, d)
}

// permit writes a permit row, if the case was there on the day.
func (c *clerk) permit(p *person, n int) {
	x := &p.permits[n]
	if x.filed > c.on {
		return
	}
	c.dice.stream(p.luck + uint64(n) + 1)
	c.tally.count(p, x, c.on)
	c.countLink(p, x)
	c.line = c.permitID(c.line[:0], p.number, n)
	c.line = c.personID(append(c.line, ','), p.number)
	c.line = c.decision(append(c.line, ','), x)
	c.line = c.basis(append(c.line, ','), x)
	b := append(c.line, ',')
	if x.outcome == granted {
		b = c.calendar.iso(b, x.decided)
		b = c.calendar.iso(append(b, ','), x.validTo)
	} else {
		b = append(b, ',')
	}
	b = append(b, ',')
	if x.lapsed <= c.on {
		if x.faults.has(lapseDayMissing) {
			c.tally.faults[lapseDayMissing]++
		} else {
			b = c.calendar.iso(b, x.lapsed)
		}
	}
	c.line = append(append(append(b, ','), c.municipality(p, x)...), '\n')
	c.sheets.permits = append(c.sheets.permits, c.line...)
	c.tally.permits++
}

// municipality is the code of the allocated municipality, with what was planted on it.
func (c *clerk) municipality(p *person, x *permit) string {
	switch {
	case x.faults.has(municipalityMissing):
		c.tally.faults[municipalityMissing]++
		return ""
	case x.faults.has(municipalityUnknown):
		c.tally.faults[municipalityUnknown]++
		return "0999"
	case x.oldHome != "":
		c.tally.faults[municipalityOld]++
		return x.oldHome
	}
	return p.home
}

// decision appends decided_on and decision.
func (c *clerk) decision(b []byte, x *permit) []byte {
	word := outcomeNames[x.outcome]
	switch {
	case x.decided > c.on:
		return append(b, ",pending"...)
	case x.lapsed <= c.on && x.revoked:
		word = "revoked"
	case x.lapsed <= c.on:
		word = "lapsed"
	}
	switch {
	case x.faults.has(decidedFuture):
		c.tally.faults[decidedFuture]++
		b = c.calendar.iso(b, x.decided+36525)
	case x.faults.has(decidedImpossible):
		c.tally.faults[decidedImpossible]++
		b = c.calendar.iso(b, x.decided)
		b = append(b[:len(b)-5], [...]string{"02-30", "00-00", "31-12"}[c.dice.IntN(3)]...)
	default:
		b = c.calendar.iso(b, x.decided)
	}
	return append(append(b, ','), word...)
}

// basis appends legal_basis, person_group and category as a caseworker filled them in; registrations before 2005 carry no
// category of their own [A].
func (c *clerk) basis(b []byte, x *permit) []byte {
	group, category := x.group.code, categories[x.category]
	if x.year < 2005 {
		category = ""
	}
	switch {
	case x.faults.has(basisUnknown):
		c.tally.faults[basisUnknown]++
		b = append(b, [...]string{"§ 17 a", "§ 9 q", "dispensation"}[c.dice.IntN(3)]...)
		group, category = "", ""
	case x.faults.has(basisMissing):
		c.tally.faults[basisMissing]++
	default:
		b = appendText(b, c.spelling(x.basis))
	}
	b = append(b, ',')
	switch {
	case group == "":
	case x.faults.has(groupMissing):
		c.tally.faults[groupMissing]++
	case x.faults.has(groupUnknown):
		c.tally.faults[groupUnknown]++
		b = append(b, "gruppe_77"...)
	default:
		b = append(b, group...)
	}
	b = append(b, ',')
	if category != "" && x.faults.has(categoryUnknown) {
		c.tally.faults[categoryUnknown]++
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
