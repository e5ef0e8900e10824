package suggest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"koblet/registers"
)

// dayForm is how a text writes a day: in which order, with what between, and what stands after it.
type dayForm struct {
	yearFirst bool
	between   string // - . / a blank or nothing
	after     string // the pattern of the time of day, with the blank or T before it
}

// dayCount is how many texts of a column have a form, and what tells day from month.
type dayCount struct {
	rows          int64
	first, second int              // the greatest of the two numbers beside the year
	fillers       map[string]int64 // days that nobody means: 9999-12-31 and the like
}

// writtenDay is the numbers of a text that is a day.
type writtenDay struct{ first, second, year int }

func (c *dayCount) add(d writtenDay, text string) {
	c.rows++
	c.first, c.second = max(c.first, d.first), max(c.second, d.second)
	if d.year >= 2999 || d.year <= 1 || d.year == 1900 && d.first == 1 && d.second == 1 {
		if _, known := c.fillers[text]; known || len(c.fillers) < 3 {
			c.fillers[strings.Clone(text)]++
		}
	}
}

// pattern is the form as a profile writes it. Where the year is last the day comes first, unless no month can be second.
func (f dayForm) pattern(c dayCount) string {
	parts := []string{"%d", "%m", "%Y"}
	switch {
	case f.yearFirst:
		parts = []string{"%Y", "%m", "%d"}
	case c.second > 12 && c.first <= 12:
		parts = []string{"%m", "%d", "%Y"}
	}
	return strings.Join(parts, f.between) + f.after
}

// ambiguous reports whether the texts leave open which number is the day.
func (f dayForm) ambiguous(c dayCount) bool { return !f.yearFirst && c.first <= 12 && c.second <= 12 }

// readDay reads a text as a day in one of the forms that a profile can say.
func readDay(text string) (dayForm, writtenDay, bool) {
	head := len(text) - len(strings.TrimLeft(text, "0123456789"))
	if head == 8 || head == 12 || head == 14 {
		return compactDay(text, head)
	}
	if head == 0 || head > 4 || head == len(text) {
		return dayForm{}, writtenDay{}, false
	}
	form := dayForm{between: text[head : head+1]}
	if strings.IndexByte("-./ ", text[head]) < 0 {
		return form, writtenDay{}, false
	}
	a, rest := wholeOf(text)
	b, rest2 := wholeOf(rest[1:])
	if len(rest2) == 0 || rest2[0] != text[head] || len(rest)-1-len(rest2) > 2 || len(rest)-1 == len(rest2) {
		return form, writtenDay{}, false
	}
	c, after := wholeOf(rest2[1:])
	size := len(rest2) - 1 - len(after)
	day := writtenDay{first: a, second: b, year: c}
	switch {
	case head == 4 && (size == 1 || size == 2):
		form.yearFirst, day = true, writtenDay{first: b, second: c, year: a}
	case head > 2 || size != 4:
		return form, day, false
	}
	var ok bool
	form.after, ok = timeForm(after)
	return form, day, ok && day.real(form.yearFirst)
}

// compactDay reads a text that begins with 8, 12 or 14 digits: 20141231, and the time of day with it.
func compactDay(text string, head int) (dayForm, writtenDay, bool) {
	n, _ := wholeOf(text[:8])
	day := writtenDay{first: n / 100 % 100, second: n % 100, year: n / 10000}
	form := dayForm{yearFirst: true}
	var ok bool
	form.after, ok = timeForm(text[head:])
	if head > 8 {
		form.after, ok = map[int]string{12: "%H%M", 14: "%H%M%S"}[head], len(text) == head
	}
	if ok && day.real(true) && likelyYear(day.year) {
		return form, day, true
	}
	day = writtenDay{first: n / 1000000, second: n / 10000 % 100, year: n % 10000}
	form.yearFirst = false
	return form, day, ok && head == 8 && day.real(false) && likelyYear(day.year)
}

// likelyYear is for digits without anything between, which could be any number.
func likelyYear(year int) bool { return year >= 1850 && year <= 2100 || year == 9999 }

// real reports whether there is such a day, whichever of two numbers is the month.
func (d writtenDay) real(yearFirst bool) bool {
	is := func(month, day int) bool {
		if month < 1 || month > 12 || day < 1 || day > 31 {
			return false
		}
		return time.Date(d.year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
	}
	if yearFirst {
		return is(d.first, d.second)
	}
	return is(d.second, d.first) || is(d.first, d.second)
}

// wholeOf reads the digits at the beginning of a text, of which so many as make sense.
func wholeOf(text string) (n int, rest string) {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' || n > 99999999 {
			return n, text[i:]
		}
		n = n*10 + int(text[i]-'0')
	}
	return n, ""
}

// timeForm is the pattern of what stands after a day: nothing, or a time of day. Parts of a second are part of the pattern
// only where they are zeros, since no letter of a pattern reads them.
func timeForm(text string) (string, bool) {
	if text == "" {
		return "", true
	}
	if text[0] != ' ' && text[0] != 'T' || len(text) < 6 {
		return "", false
	}
	clock, zeros, fraction := text[1:], "", false
	if at := strings.LastIndexByte(clock, '.'); at > 5 && strings.Trim(clock[at+1:], "0") == "" {
		clock, zeros, fraction = clock[:at], clock[at:], true
	}
	form := text[:1]
	for i, letter := range []string{"%H", "%M", "%S"} {
		if i > 0 {
			if clock == "" && i == 2 && !fraction {
				return form, true
			}
			if clock == "" || clock[0] != ':' && clock[0] != '.' {
				return "", false
			}
			form, clock = form+clock[:1], clock[1:]
		}
		if len(clock) < 2 || strings.Trim(clock[:2], "0123456789") != "" {
			return "", false
		}
		form, clock = form+letter, clock[2:]
	}
	return form + zeros, clock == ""
}

// dates writes the pattern of the table's days: that of most of them.
func (w *profileWriter) dates(s suggestion) {
	forms := map[dayForm]*dayCount{}
	for i, c := range s.look.columns {
		if s.isDay(i) {
			c.countForms(forms)
		}
	}
	byRows := slices.SortedFunc(maps.Keys(forms), func(a, b dayForm) int {
		return cmp.Or(int(forms[b].rows-forms[a].rows), strings.Compare(a.pattern(*forms[a]), b.pattern(*forms[b])))
	})
	if len(byRows) == 0 {
		return
	}
	form := byRows[0]
	count, told := *forms[form], form.ambiguous(*w.seen[form])
	if form.ambiguous(count) && !told {
		count = *w.seen[form]
	}
	switch pattern := form.pattern(count); {
	case pattern == "%Y-%m-%d":
	case form.ambiguous(*forms[form]) && !told:
		w.line("dates     = %-16s # guess: as in other files; here no day is above 12", tomlText(pattern))
	case form.ambiguous(count):
		w.line("dates     = %-16s # guess: no day is above 12, so it may be month before day", tomlText(pattern))
	case !form.yearFirst && count.first > 12 && count.second > 12:
		w.line("dates     = %-16s # guess: in some of them the second number is above 12", tomlText(pattern))
	default:
		w.line("dates     = %-16s # so are all days that were seen", tomlText(pattern))
	}
	for _, other := range byRows[1:] {
		w.line("# %s: days as %s, which is another pattern: they would be not_a_date", inRows(forms[other].rows), other.pattern(*forms[other]))
	}
}

// dayForms counts the forms of the days in all files.
func dayForms(all []Looked) map[dayForm]*dayCount {
	forms := map[dayForm]*dayCount{}
	for _, looked := range all {
		for _, look := range looked.Looks {
			for _, c := range look.columns {
				c.countForms(forms)
			}
		}
	}
	return forms
}

// countForms adds the forms of a column's days.
func (c *lookedColumn) countForms(forms map[dayForm]*dayCount) {
	for form, n := range c.days {
		if forms[form] == nil {
			forms[form] = &dayCount{}
		}
		all := forms[form]
		all.rows, all.first, all.second = all.rows+n.rows, max(all.first, n.first), max(all.second, n.second)
	}
}

// isDay reports whether a column is a field of days, or, where no such field was found, holds days.
func (s suggestion) isDay(column int) bool {
	found := false
	for _, field := range s.table.Fields {
		if g, there := s.columns[field.Name]; there && field.Kind == registers.Date {
			if found = true; g.column == column {
				return true
			}
		}
	}
	return !found && s.look.columns[column].isDates()
}
