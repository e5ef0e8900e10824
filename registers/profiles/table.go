package profiles

import (
	"maps"
	"slices"
	"strings"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
)

// tableReader reads the section of one table.
type tableReader struct {
	*reader
	table   registers.Table
	profile Table
	lines   map[string]int // of the keys, columns and values that were set
	ours    []ours
}

// ours is one of our values, as a section names it.
type ours struct {
	line        int
	field, code string
}

var formats = []string{"", "csv", "xlsx", "parquet", "u12170"}

var tableKeys = []string{"format", "encoding", "delimiter", "sheet", "dates", "missing", "columns", "values"}

// setting takes one setting of the section.
func (t *tableReader) setting(s setting) {
	path := s.path[1:]
	if len(path) == 0 {
		return
	}
	key := path[0]
	text, isText := s.value.(string)
	switch {
	case !slices.Contains(tableKeys, key):
		if at := t.table.Name + "." + key; !t.reported[at] {
			t.reported[at] = true
			t.unknown(s.line, "key", key, tableKeys)
		}
	case key == "columns":
		t.column(s, path[1:])
	case key == "values":
		t.value(s, path[1:])
	case len(path) > 1:
		t.wrong(s.line, "%s is a value, not a section", key)
	case key == "missing":
		list, isList := s.value.([]string)
		if !isList {
			t.wrong(s.line, `missing is a list of texts, as ["NULL", "-"]`)
		}
		t.profile.Missing = list
	case !isText:
		t.wrong(s.line, "%s is a text in quotes", key)
	default:
		t.text(s.line, key, text)
	}
	t.lines[strings.Join(path, "\x00")] = s.line
}

// text takes a setting that is one text.
func (t *tableReader) text(line int, key, text string) {
	switch key {
	case "format":
		known := formats[1:]
		if t.table.Name != registers.CPRPersons.Name {
			known = formats[1:4]
		}
		if t.profile.Format = text; !slices.Contains(known, text) {
			t.unknown(line, "format", text, known)
		}
	case "encoding":
		if t.profile.Encoding = text; !slices.Contains(characters.Encodings, text) {
			t.unknown(line, "encoding", text, characters.Encodings)
		}
	case "delimiter":
		if len(text) != 1 || !records.IsDelimiter(text[0]) {
			t.wrong(line, `delimiter is one ASCII character that is no letter, digit, quote or line break, as ";" or "\t"`)
			return
		}
		t.profile.Delimiter = text[0]
	case "sheet":
		if t.profile.Sheet = text; text == "" {
			t.wrong(line, "sheet has no name")
		}
	case "dates":
		t.profile.Dates = text
		if complaint := datePattern(text); complaint != "" {
			t.wrong(line, "dates: %s", complaint)
		}
	}
}

// datePattern says what is wrong with a pattern of days, or nothing.
func datePattern(pattern string) string {
	seen := map[byte]bool{}
	for i := 0; i < len(pattern); i++ {
		if pattern[i] < ' ' || pattern[i] == 0x7f {
			return "a control character"
		}
		if pattern[i] != '%' {
			continue
		}
		if i++; i == len(pattern) {
			return "a percent sign at the end; a percent sign itself is %%"
		}
		switch c := pattern[i]; {
		case c == '%':
		case c == 'y':
			return "%y leaves the century open; years have four digits, %Y"
		case !strings.ContainsRune("dmYHMS", rune(c)):
			return "% is followed by none of d m Y H M S %"
		case seen[c]:
			return "%" + string(rune(c)) + " stands twice"
		default:
			seen[c] = true
		}
	}
	for _, c := range []byte("dmY") {
		if !seen[c] {
			return "no %" + string(rune(c)) + ": a day is %d, %m and %Y"
		}
	}
	return ""
}

// column takes ours = theirs.
func (t *tableReader) column(s setting, path []string) {
	theirs, isText := s.value.(string)
	switch {
	case len(path) == 0 && s.value == tableOpened:
		return
	case len(path) == 0:
		t.wrong(s.line, "columns is a section: [%s.columns], ours = theirs", t.table.Name)
		return
	case len(path) > 1 || !isText:
		t.wrong(s.line, "columns.%s is the name of one column, in quotes", characters.Echo(path[0]))
		return
	case registers.ColumnName(theirs) == "":
		t.wrong(s.line, "columns.%s has no name", characters.Echo(path[0]))
		return
	}
	if !t.known(s.line, path[0]) {
		return
	}
	for _, ours := range slices.Sorted(maps.Keys(t.profile.Columns)) {
		if t.profile.Columns[ours] == theirs {
			t.wrong(s.line, "column %q is %s already, in line %d; a column is one field", characters.Echo(theirs), ours, t.lines["columns\x00"+ours])
		}
	}
	if t.profile.Columns == nil {
		t.profile.Columns = map[string]string{}
	}
	t.profile.Columns[path[0]] = theirs
}

// value takes ours = [theirs...] of a field.
func (t *tableReader) value(s setting, path []string) {
	switch {
	case len(path) == 0 && s.value == tableOpened:
		return
	case len(path) == 0:
		t.wrong(s.line, "values is a section for each field: [%s.values.FIELD], ours = [theirs...]", t.table.Name)
		return
	}
	// Of a field that is none only the first value is named.
	if at := t.table.Name + ".values." + path[0]; t.reported[at] {
		return
	} else if !t.known(s.line, path[0]) {
		t.reported[at] = true
		return
	}
	list, isList := s.value.([]string)
	field, _ := t.table.Field(path[0])
	switch {
	case len(path) == 1 && s.value == tableOpened:
	case len(path) != 2 || !isList:
		t.wrong(s.line, `values.%s is ours = [theirs...], as granted = ["Meddelt", "M"]`, path[0])
	case field.Kind == registers.Date:
		t.wrong(s.line, "%s is a day: its values are read by dates and missing", field.Name)
	default:
		t.ours = append(t.ours, ours{s.line, field.Name, path[1]})
		for _, theirs := range list {
			t.mapValue(s.line, theirs, ours{field: field.Name, code: path[1]})
		}
	}
}

// mapValue notes that one of their values is one of ours.
func (t *tableReader) mapValue(line int, theirs string, o ours) {
	field, _ := t.table.Field(o.field)
	at := "values\x00" + o.field + "\x00" + field.Bare(theirs)
	if before, twice := t.lines[at]; twice {
		t.wrong(line, "%q of %s is mapped twice, first in line %d", characters.Echo(theirs), o.field, before)
		return
	}
	t.lines[at] = line
	if t.profile.Values == nil {
		t.profile.Values = map[string]map[string]string{}
	}
	if t.profile.Values[o.field] == nil {
		t.profile.Values[o.field] = map[string]string{}
	}
	t.profile.Values[o.field][theirs] = o.code
}

// known reports whether the table has a field of that name, and complains where it has not.
func (t *tableReader) known(line int, name string) bool {
	_, known := t.table.Field(name)
	if !known {
		var names []string
		for _, field := range t.table.Fields {
			names = append(names, field.Name)
		}
		t.unknown(line, "field", name, names)
	}
	return known
}

// finish looks at the section as a whole.
func (t *tableReader) finish() {
	codes, isCode := t.codes(), map[ours]bool{}
	for field, known := range codes {
		for _, code := range known {
			isCode[ours{field: field, code: code}] = true
		}
	}
	for _, o := range t.ours {
		switch known := codes[o.field]; {
		case o.code == "":
			t.wrong(o.line, "a value of %s has no name", o.field)
		case known != nil && !isCode[ours{field: o.field, code: o.code}]:
			t.unknown(o.line, o.field, o.code, known)
		}
	}
	format := t.profile.Format
	belongs := map[string][]string{
		"encoding": {"", "csv", "u12170"}, "delimiter": {"", "csv"}, "sheet": {"xlsx"},
		"dates": {"", "csv", "xlsx", "parquet"}, "missing": {"", "csv", "xlsx", "parquet"},
		"columns": {"", "csv", "xlsx", "parquet"}, "values": {"", "csv", "xlsx", "parquet"},
	}
	for _, key := range tableKeys[1:] {
		line, set := t.lines[key]
		for _, at := range slices.Sorted(maps.Keys(t.lines)) {
			if !set && strings.HasPrefix(at, key+"\x00") {
				line, set = t.lines[at], true
			}
		}
		switch {
		case !set || slices.Contains(belongs[key], format) || !slices.Contains(formats, format):
		case format == "":
			t.wrong(line, `%s is for format = "xlsx"`, key)
		default:
			t.wrong(line, "%s has no meaning with format = %q", key, format)
		}
	}
}

// codes are our values of the fields that have a closed list, the profile's own person groups among them.
func (t *tableReader) codes() map[string][]string {
	codes := map[string][]string{}
	for _, row := range knownRows()["words.csv"] {
		list, code := row["list"], row["code"]
		field, known := t.table.Field(list)
		if known && field.Kind == registers.Code && (code != "unknown" || list == "category") {
			codes[list] = append(codes[list], code)
		}
	}
	for _, row := range t.rows {
		if group, isText := row.cells["person_group"].value.(string); isText && codes["person_group"] != nil {
			codes["person_group"] = append(codes["person_group"], group)
		}
	}
	return codes
}
