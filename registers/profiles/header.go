package profiles

import (
	"fmt"
	"slices"
	"strings"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
)

// Header is a file's header matched to a table.
type Header struct {
	Fields  []string        // for each column of the file the field's name, or empty where the column is none
	Unknown []UnknownColumn // the columns that are no field: they are not loaded
}

// UnknownColumn is a column of a file that is no field of the table.
type UnknownColumn struct {
	Position int    // counted from 1
	Shown    string // its name, or the name's pattern where it might be somebody's data
	Nearest  string // the field that was perhaps meant, else empty
}

// HeaderError lists everything that is wrong with a header at once. Its texts hold no personal value.
type HeaderError struct {
	Mistakes []string
	Read     string // the header as it was read, where a column is missed: names, or patterns of what might be somebody's data
}

// Error joins the mistakes in one line.
func (e *HeaderError) Error() string { return strings.Join(e.Mistakes, "; ") }

// heads are the columns of a file as they are matched to a table.
type heads struct {
	columns []string          // as the file has them
	names   []string          // that they go by
	lost    map[string]string // fields of which it is already said that they have no column, with what is said
	places  registers.Places
}

// match matches the columns by their names.
func (h heads) match(t registers.Table) (Header, error) {
	columns, names, places := h.columns, h.names, h.places
	header := Header{Fields: make([]string, len(columns))}
	at := map[string]int{}
	var mistakes []string
	anyField := false
	for i, name := range names {
		if _, known := t.Field(name); known {
			header.Fields[i], anyField = name, true
		}
	}
	isHeader := records.IsHeader(columns, anyField)
	for i, name := range names {
		first, again := at[name]
		switch {
		case name == "":
			mistakes = append(mistakes, fmt.Sprintf("column %s has no name", places.Name(i)))
			continue
		case again:
			mistakes = append(mistakes, fmt.Sprintf("columns %s and %s are both %s", places.Name(first), places.Name(i), shown(name, isHeader)))
			continue
		}
		at[name] = i
		if header.Fields[i] == "" {
			header.Unknown = append(header.Unknown, UnknownColumn{Position: i + 1, Shown: shown(strings.TrimSpace(columns[i]), isHeader)})
		}
	}
	suggest(header.Unknown, names, t, at)
	mistakes = append(h.missing(t, at, header.Unknown), mistakes...)
	if d := parting(columns); d != 0 && !anyField {
		columns = records.Cut([]byte(columns[0]), d)[0] // to be shown so
		isHeader = records.IsHeader(columns, false)
		header.Fields = make([]string, len(columns))
		mistakes = append(mistakes, fmt.Sprintf("the first line is one column with %s in it: another delimiter? delimiter = %q in a profile makes it %d columns",
			delimiterWords[d], string(d), len(columns)))
	}
	if len(mistakes) > 0 {
		read := readAs(mistakes, columns, func(i int) string { return shownAt(columns, header.Fields, i, isHeader) })
		header.Fields = header.Fields[:min(len(header.Fields), len(h.columns))]
		return header, &HeaderError{mistakes, read}
	}
	return header, nil
}

// delimiterWords are what messages call the delimiters that are found.
var delimiterWords = map[byte]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "bars"}

// parting is the delimiter that would part a header of one column; 0 where none would.
func parting(columns []string) byte {
	if len(columns) != 1 {
		return 0
	}
	return records.FindDelimiter([]byte(columns[0]))
}

// mostShownColumns is how many columns of a header a message shows.
const mostShownColumns = 30

// readAs is the header as it was read, where a column is missed in it.
func readAs(mistakes, columns []string, shown func(i int) string) string {
	if !slices.ContainsFunc(mistakes, func(m string) bool { return strings.HasPrefix(m, "no column ") }) {
		return ""
	}
	var names []string
	for i := range min(len(columns), mostShownColumns) {
		names = append(names, shown(i))
	}
	if more := len(columns) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return characters.Echo(strings.Join(names, ", "))
}

// missing names the required fields that no column has, with the unknown column that was perhaps meant. What is said of
// a lost field already stands in its place.
func (h heads) missing(t registers.Table, at map[string]int, unknown []UnknownColumn) []string {
	var mistakes []string
	for _, field := range t.Fields {
		if said := h.lost[field.Name]; said != "" {
			mistakes = append(mistakes, said)
			continue
		}
		if _, there := at[field.Name]; there || !field.Required {
			continue
		}
		mistake := "no column " + field.Name
		for _, u := range unknown {
			if u.Nearest == field.Name {
				mistake += fmt.Sprintf(" (column %s is %s)", h.places.Name(u.Position-1), u.Shown)
			}
		}
		mistakes = append(mistakes, mistake)
	}
	return mistakes
}

// suggest finds for each unknown column the nearest field that no other column has.
func suggest(unknown []UnknownColumn, names []string, t registers.Table, at map[string]int) {
	for i, u := range unknown {
		name := registers.LettersOf(names[u.Position-1])
		best := 0
		for _, field := range t.Fields {
			if _, taken := at[field.Name]; taken {
				continue
			}
			distance := registers.EditDistance(name, registers.LettersOf(field.Name))
			if near := 1 + len(registers.LettersOf(field.Name))/4; distance < near && (unknown[i].Nearest == "" || distance < best) {
				unknown[i].Nearest, best = field.Name, distance
			}
		}
	}
}

// shown is a column's name as a message shows it: itself, where the line is known to be a header, or the name holds an underscore,
// and what is known of such names explains it; else its pattern. What the profile names, or a field is called, needs no explaining.
func shown(name string, isHeader bool) string {
	plain := !strings.ContainsAny(name, "0123456789") && len([]rune(name)) < registers.LongestShown
	if plain && (isHeader || strings.Contains(name, "_")) && registers.Meanings().Explains(name) || isHeader && registers.Meanings().Names[registers.Likeness(name)] {
		return name
	}
	return registers.Pattern(name)
}

// shownAt is a column's name as a message shows it: what is a field, by the profile or by its name, as it is.
func shownAt(columns, fields []string, i int, isHeader bool) string {
	name := strings.TrimSpace(strings.TrimLeft(columns[i], characters.ByteOrderMark))
	if fields[i] != "" {
		return name
	}
	return shown(name, isHeader)
}
