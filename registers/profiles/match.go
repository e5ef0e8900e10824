package profiles

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
)

// MatchHeader finds for each column of a file the field of the table it is: the one that the profile gives it, else the
// one with its name. A field that the profile names has no other column: one with the field's own name is then no field.
//
// Names are compared ignoring case, blanks around them and how letters are composed; where two columns differ in nothing else, the one
// written as the profile has it is meant. The error is a *HeaderError with all there is to say: required fields without a
// column, names given twice, columns without a name, columns of the profile that the file has not, with the nearest that it
// has, and those that it has more than once. A column that is no field is no error.
//
// A file without a header row has a person's data in the header's place. So a name that is no field is shown as it
// is only when it has the form of a name and the file is known to have a header: another column is a field, or the
// name holds an underscore. Else its pattern is shown.
func (p Table) MatchHeader(columns []string, t registers.Table) (Header, error) {
	return p.MatchHeaderAt(columns, t, registers.Places{})
}

// MatchHeaderAt is MatchHeader with columns that go by those places in what is wrong.
func (p Table) MatchHeaderAt(columns []string, t registers.Table, places registers.Places) (Header, error) {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = registers.ColumnName(column)
		if _, named := p.Columns[names[i]]; named {
			// No field's name, and as near to other names as before.
			names[i] = "(" + names[i] + ")"
		}
	}
	lost, taken := map[string]string{}, map[int]string{}
	for _, field := range slices.Sorted(maps.Keys(p.Columns)) {
		switch at := p.find(columns, field); {
		case len(at) == 1 && taken[at[0]] != "":
			lost[field] = fmt.Sprintf("column %s is %s, which the profile names for %s and %s", places.Name(at[0]), p.Columns[field], taken[at[0]], field)
		case len(at) == 1:
			names[at[0]], taken[at[0]] = field, field
		case len(at) > 1:
			lost[field] = fmt.Sprintf("columns %s and %s are both %s, which the profile names for %s", places.Name(at[0]), places.Name(at[1]), p.Columns[field], field)
		default:
			lost[field] = fmt.Sprintf("no column %s, which the profile names for %s", p.Columns[field], field)
		}
	}
	for field := range lost {
		at := p.nearestColumn(columns, field, taken)
		if at >= 0 && strings.HasPrefix(lost[field], "no ") {
			lost[field] += fmt.Sprintf(" (column %s is %s)", places.Name(at), shown(strings.TrimSpace(columns[at]), len(taken) > 0 && !records.HoldsData(columns)))
		}
	}
	return heads{columns, names, lost, places}.match(t)
}

// find gives the places of the columns that the profile names for a field: those written just so, else those that
// differ in case and blanks.
func (p Table) find(columns []string, field string) []int {
	var same, alike []int
	for i, column := range columns {
		if norm.NFC.String(strings.TrimLeft(column, characters.ByteOrderMark)) == p.Columns[field] {
			same = append(same, i)
		}
		if registers.ColumnName(column) == registers.ColumnName(p.Columns[field]) {
			alike = append(alike, i)
		}
	}
	if len(same) > 0 {
		return same
	}
	return alike
}

// nearestColumn is the place of the column, not taken by the profile, whose name is most like the one that the profile
// names for a field, or -1.
func (p Table) nearestColumn(columns []string, field string, taken map[int]string) int {
	var free []string
	for i, column := range columns {
		if taken[i] == "" {
			free = append(free, column)
		}
	}
	near := nearest(p.Columns[field], free)
	if near == "" {
		return -1
	}
	for i, column := range columns {
		if column == near && taken[i] == "" {
			return i
		}
	}
	return -1
}
