package records

import (
	"bytes"
	"maps"
	"slices"

	"koblet/registers"
)

// Values say what the sound records of a file have in one column, so that it can be read as what it is and needs no text of each row.
type Values struct {
	Days  bool     // of a Date: every value is a day that exists, written 2013-12-31, or nothing
	Codes []string // of a Code: the values, each once, in byte order; nil where there are more than mostCodes
}

// mostCodes is how many values a column of codes may have that is still one: there are some 3,000 codes of countries, municipalities and
// groups in all.
const mostCodes = 5000

// valuesOf gathers the values of the columns of a file as their records are taken.
type valuesOf struct {
	kinds  []registers.Kind // of the columns, up to the last that is asked for; no kind where one is not
	noDays []bool
	codes  []map[string]string // nil where there were too many
	last   []string            // the value of the record before, which is often the next
}

func newValues(kinds []registers.Kind) *valuesOf {
	for len(kinds) > 0 && kinds[len(kinds)-1] != registers.Date && kinds[len(kinds)-1] != registers.Code {
		kinds = kinds[:len(kinds)-1]
	}
	v := &valuesOf{kinds: kinds, noDays: make([]bool, len(kinds)), codes: make([]map[string]string, len(kinds)), last: make([]string, len(kinds))}
	for i, kind := range kinds {
		if kind == registers.Code {
			v.codes[i] = map[string]string{}
		}
	}
	return v
}

// take looks at the values of a record whose form is right.
func (v *valuesOf) take(record []byte, delimiter byte, loose bool) {
	if loose {
		values := splitRecord(string(record), delimiter)
		for i := range min(len(values), len(v.kinds)) {
			v.value(i, []byte(values[i]))
		}
		return
	}
	for i := range v.kinds {
		var value []byte
		if len(record) > 0 && record[0] == '"' {
			end := closeQuote(record, 1)
			value, record = record[1:end-1], record[min(end+1, len(record)):]
			if bytes.IndexByte(value, '"') >= 0 {
				value = bytes.ReplaceAll(value, []byte(`""`), []byte(`"`))
			}
		} else if end := bytes.IndexByte(record, delimiter); end >= 0 {
			value, record = record[:end], record[end+1:]
		} else {
			value, record = record, nil
		}
		v.value(i, value)
	}
}

func (v *valuesOf) value(column int, value []byte) {
	switch {
	case len(value) == 0 || v.kinds[column] != registers.Date && v.codes[column] == nil || string(value) == v.last[column]:
	case v.kinds[column] == registers.Date:
		v.noDays[column] = v.noDays[column] || !isDay(value)
	default:
		code, known := v.codes[column][string(value)]
		if !known && len(v.codes[column]) == mostCodes {
			v.codes[column] = nil
			return
		}
		if !known {
			code = string(value)
			v.codes[column][code] = code
		}
		v.last[column] = code
	}
}

// isDay reports whether a text is a day as ISO 8601 writes it, from the year 1 on, that is in the calendar.
func isDay(text []byte) bool {
	if len(text) != len("2013-12-31") || text[4] != '-' || text[7] != '-' {
		return false
	}
	for _, i := range [...]int{0, 1, 2, 3, 5, 6, 8, 9} {
		if text[i]-'0' > 9 {
			return false
		}
	}
	number := func(at int) int { return int(text[at]-'0')*10 + int(text[at+1]-'0') }
	year, month, day := number(0)*100+number(2), number(5), number(8)
	switch month {
	case 2:
		leap := year%4 == 0 && (year%100 != 0 || year%400 == 0)
		return year > 0 && day > 0 && (day <= 28 || day == 29 && leap)
	case 4, 6, 9, 11:
		return year > 0 && day > 0 && day <= 30
	}
	return year > 0 && day > 0 && day <= 31 && month > 0 && month <= 12
}

// found gives what was gathered, a value a column.
func (v *valuesOf) found() []Values {
	all := make([]Values, len(v.kinds))
	for i, kind := range v.kinds {
		all[i].Days = kind == registers.Date && !v.noDays[i]
		if v.codes[i] == nil {
			continue
		}
		all[i].Codes = slices.Sorted(maps.Keys(v.codes[i]))
	}
	return all
}
