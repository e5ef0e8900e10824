package u12170

import (
	"bytes"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
)

// fixedPerson is one person's records so far. Texts are kept as the file has them, in buffers that are used again.
type fixedPerson struct {
	begun        bool
	number       [10]byte
	current      []byte
	status       []byte
	sex          []byte
	given        []byte
	middle       []byte
	family       []byte
	citizenship  []byte
	municipality []byte
	days         [5]fixedDay // in the order of fixedDays
	entry        fixedDay    // the one that is looked at
	seen         uint16      // a bit each of the types that a person has once: 002, 008, 010
	protected    bool
}

// fixedDay is a day as it is to be written, and whether CPR marks it as uncertain.
type fixedDay struct {
	text      []byte
	real      bool // the text is a date
	uncertain bool
	at        int64 // where it is marked so
}

// notes says where the days that are marked are, which is the record at hand for those of which it is not said yet.
func (p *fixedPerson) notes(place int64) {
	for i := range p.days {
		if p.days[i].uncertain && p.days[i].at == 0 {
			p.days[i].at = place
		}
	}
}

// The days of a row, and what their columns are called.
const (
	statusFrom = iota
	birthDate
	residentFrom
	registeredOn
	immigratedOn
)

var fixedDays = [5]string{"status_from", "birth_date", "resident_from", "registered_on", "immigrated_on"}

// begin starts a person from record 001.
func (p *fixedPerson) begin(record []byte) {
	p.begun, p.protected, p.seen = true, false, 0
	copy(p.number[:], record[3:13])
	p.current = keepNumber(p.current, cutField(record, 14, 10))
	p.status = append(p.status[:0], cutField(record, 24, 2)...)
	p.sex = append(p.sex[:0], cutField(record, 39, 1)...)
	for _, text := range []*[]byte{&p.given, &p.middle, &p.family, &p.citizenship, &p.municipality} {
		*text = (*text)[:0]
	}
	for i := range p.days {
		p.days[i] = fixedDay{text: p.days[i].text[:0]}
	}
	p.days[statusFrom].stamp(record, 26)
	p.days[birthDate].date(record, 40)
	p.days[registeredOn].date(record, 51)
}

// takeOwn reads a record of the person that is begun.
func (v *converter) takeOwn(kind int, record []byte) records.Reason {
	p := &v.person
	if v.utf8 && kind == 8 && !namesFit(record) {
		return WrongLength
	}
	if kind == 2 || kind == 8 || kind == 10 {
		if p.seen&(1<<kind) != 0 {
			return RepeatedRecord
		}
		p.seen |= 1 << kind
	}
	switch kind {
	case 2:
		if string(p.status) >= "30" {
			v.found.NoAddress++
			break
		}
		p.municipality = keepNumber(p.municipality, cutField(record, 14, 4))
		p.days[residentFrom].stamp(record, 83)
		p.notes(v.here())
	case 4:
		p.protected = p.protected || inForce(record, v.found.Produced)
	case 8:
		p.given = append(p.given[:0], cutField(record, 14, 50)...)
		p.middle = append(p.middle[:0], cutField(record, 65, 40)...)
		p.family = append(p.family[:0], cutField(record, 106, 40)...)
	case 10:
		p.citizenship = keepNumber(p.citizenship, cutField(record, 14, 4))
	case 24:
		if mark := cutField(record, 14, 1); string(mark) == "A" || string(mark) == "K" {
			v.found.Annulled++
			break
		}
		p.enter(record)
		p.notes(v.here())
	}
	return ""
}

// namesFit reports whether the day stands behind the names of record 008 where it should. It does not where somebody made the file
// UTF-8 and filled the names up by bytes: then there are too few characters, and each name begins in the one before.
func namesFit(record []byte) bool {
	day := bytes.TrimRight(record[min(len(record), 146):min(len(record), 158)], " ")
	return len(day) == 0 || len(day) == 12 && len(bytes.Trim(day, " 0123456789")) == 0
}

// enter takes a departure and entry: with an entry only, it may be the first immigration.
func (p *fixedPerson) enter(record []byte) {
	if isNothing(cutField(record, 19, 12)) && !isNothing(cutField(record, 36, 12)) {
		entry := &p.entry
		entry.stamp(record, 36)
		first := &p.days[immigratedOn]
		if len(first.text) == 0 || entry.real && !first.real || entry.real == first.real && bytes.Compare(entry.text, first.text) < 0 {
			first.text = append(first.text[:0], entry.text...)
			first.real, first.uncertain, first.at = entry.real, entry.uncertain, 0
		}
	}
}

// inForce reports whether record 004 protects name and address on a day, as 2014-12-31. In doubt it does.
func inForce(record []byte, day string) bool {
	from, to := cutField(record, 18, 10), cutField(record, 28, 10)
	ended := day != "" && isDate(to) && string(to) < day
	begun := day == "" || !isDate(from) || string(from) <= day
	return string(cutField(record, 14, 4)) == "0001" && begun && !ended
}

// endPerson writes the person that is begun, and none.
func (v *converter) endPerson() {
	p := &v.person
	if !p.begun {
		return
	}
	p.begun = false
	row := append(append(v.row[:0], p.number[:]...), ',')
	row = append(v.appendText(row, p.current, nil), ',')
	row = append(v.appendText(row, p.status, nil), ',')
	row = append(v.appendText(row, p.days[statusFrom].text, nil), ',')
	row = append(v.appendText(row, p.sex, nil), ',')
	row = append(v.appendText(row, p.days[birthDate].text, nil), ',')
	row = append(v.appendText(row, p.family, nil), ',')
	row = append(v.appendText(row, p.given, p.middle), ',')
	row = append(v.appendText(row, p.citizenship, nil), ',')
	row = append(v.appendText(row, p.municipality, nil), ',')
	row = append(v.appendText(row, p.days[residentFrom].text, nil), ',')
	row = append(v.appendText(row, p.days[registeredOn].text, nil), ',')
	row = append(v.appendText(row, p.days[immigratedOn].text, nil), ",,"...)
	if p.protected {
		v.found.Protected++
		row = append(row, "1,"...)
	} else {
		row = append(row, "0,"...)
	}
	marked := false
	for i, day := range p.days {
		if !day.uncertain {
			continue
		}
		if marked {
			row = append(row, ' ')
		}
		row, marked = append(row, fixedDays[i]...), true
		v.at("uncertain_date", v.found.Uncertain, day.at)
		v.found.Uncertain++
	}
	v.row = append(row, '\n')
	v.found.Persons++
	v.flushRow(v.persons)
}

// appendText appends a text and perhaps a second after it, in UTF-8, quoted where CSV needs it.
func (v *converter) appendText(row, text, second []byte) []byte {
	quoted := needsQuotes(text) || needsQuotes(second)
	if quoted {
		row = append(row, '"')
	}
	row = v.appendLetters(row, text)
	if len(text) > 0 && len(second) > 0 {
		row = append(row, ' ')
	}
	row = v.appendLetters(row, second)
	if quoted {
		row = append(row, '"')
	}
	return row
}

func (v *converter) appendLetters(row, text []byte) []byte {
	for _, b := range text {
		switch {
		case b == '"':
			row = append(row, `""`...)
		case b >= ' ' && b < 0x80:
			row = append(row, b)
		default:
			row = append(row, v.letters[b]...)
		}
	}
	return row
}

// lettersOf is each byte's character in UTF-8.
func lettersOf(encoding string) *[256]string {
	var letters [256]string
	for b := range letters {
		letters[b] = string(characters.CharmapOf(encoding).DecodeByte(byte(b)))
	}
	return &letters
}

func needsQuotes(text []byte) bool {
	for _, b := range text {
		if b == ',' || b == '"' || b == '\n' || b == '\r' {
			return true
		}
	}
	return false
}

// stamp reads a day of twelve digits and the mark after it.
func (d *fixedDay) stamp(record []byte, start int) {
	text := cutField(record, start, 12)
	d.text = appendStamp(d.text[:0], text)
	d.real = isDate(d.text)
	d.uncertain = len(d.text) > 0 && string(cutField(record, start+12, 1)) == "*"
}

// date reads a day of ten characters and the mark after it.
func (d *fixedDay) date(record []byte, start int) {
	text := cutField(record, start, 10)
	if d.text = d.text[:0]; !isNothing(text) {
		d.text = append(d.text, text...)
	}
	d.real = isDate(d.text)
	d.uncertain = len(d.text) > 0 && string(cutField(record, start+10, 1)) == "*"
}

// appendStamp appends the date of twelve digits, nothing for none, and what is no date as it is.
func appendStamp(to, text []byte) []byte {
	if isNothing(text) {
		return to
	}
	begin := len(to)
	if len(text) == 12 && registers.AllDigits(text) {
		to = append(append(append(append(append(to, text[:4]...), '-'), text[4:6]...), '-'), text[6:8]...)
		if isDate(to[begin:]) {
			return to
		}
	}
	return append(to[:begin], text...)
}

// isDate reports whether a text is a day that exists, as 2014-12-31.
func isDate(text []byte) bool {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' || !registers.AllDigits(text[:4]) || !registers.AllDigits(text[5:7]) || !registers.AllDigits(text[8:]) {
		return false
	}
	year, month, day := decimal(text[:4]), decimal(text[5:7]), decimal(text[8:])
	if year == 0 || month < 1 || month > 12 || day < 1 {
		return false
	}
	last := int64([12]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1])
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		last = 29
	}
	return day <= last
}

// isNothing reports whether a field is blank or zeros, with or without hyphens: no value.
func isNothing(text []byte) bool {
	for _, b := range text {
		if b != '0' && b != '-' {
			return false
		}
	}
	return true
}

// keepNumber copies a code or a number; zeros are none.
func keepNumber(to, text []byte) []byte {
	if isNothing(text) {
		return to[:0]
	}
	return append(to[:0], text...)
}

// cutField is the text at a position counted from 1, without the blanks around it; what a short record lacks is blank.
func cutField(record []byte, start, length int) []byte {
	from, to := start-1, min(start-1+length, len(record))
	for from < to && record[to-1] == ' ' {
		to--
	}
	for from < to && record[from] == ' ' {
		from++
	}
	if from >= to {
		return nil
	}
	return record[from:to:to]
}

func decimal(digits []byte) int64 {
	n := int64(0)
	for _, b := range digits {
		n = n*10 + int64(b-'0')
	}
	return n
}
