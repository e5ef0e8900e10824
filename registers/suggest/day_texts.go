package suggest

import (
	"maps"
	"slices"
)

// DayTexts are the texts of a column of days, as a profile could have them read.
type DayTexts struct {
	all, missing int64
	forms        map[dayForm]*dayCount
	words        map[string]int64
}

// Add takes a text, without blanks around it, that stands in n rows.
func (d *DayTexts) Add(text string, n int64) {
	if d.forms == nil {
		d.forms, d.words = map[dayForm]*dayCount{}, map[string]int64{}
	}
	d.all += n
	if standsForNone(text) {
		d.missing += n
		d.words[text] += n
		return
	}
	form, day, ok := readDay(text)
	if !ok {
		return
	}
	if d.forms[form] == nil {
		d.forms[form] = &dayCount{fillers: map[string]int64{}}
	}
	d.forms[form].add(day, text)
	d.forms[form].rows += n - 1
}

// Pattern is the pattern of a profile by which more than half of the texts that are to be days are; empty where none is. Where day and
// month could change places, the day comes first.
func (d *DayTexts) Pattern() string {
	for form, count := range d.forms {
		if 2*count.rows > d.all-d.missing {
			return form.pattern(*count)
		}
	}
	return ""
}

// Missing is a profile's list of texts that are likely to stand for no value, where more than half of them are; else empty.
func (d *DayTexts) Missing() string {
	if 2*d.missing <= d.all {
		return ""
	}
	return tomlTexts(slices.Sorted(maps.Keys(d.words)))
}
