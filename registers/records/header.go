package records

import (
	"slices"
	"strings"
	"unicode"

	"koblet/registers"
)

// IsHeader reports whether a first line is known to be a header: a column of it is a field, or names are known, and none of
// them is a number or a day.
func IsHeader(columns []string, anyField bool) bool {
	return (anyField || KnowsNames(columns)) && !HoldsData(columns)
}

// KnowsNames reports whether names of columns that have been seen elsewhere are among these: one that is nobody's name,
// or two. What is known of a name is in synonyms.csv.
func KnowsNames(columns []string) bool {
	const nobodys = 5 // letters: Land and Born are surnames too
	n := 0
	for _, column := range columns {
		if like := registers.Likeness(column); registers.Meanings().Names[like] {
			if n++; len(like) >= nobodys {
				n++
			}
		}
	}
	return n >= 2
}

// HoldsData reports whether a column's name has no letter in it: what names nothing is a number or a day, as where a line break
// is lost and the first person stands in the header, too.
func HoldsData(columns []string) bool {
	return slices.ContainsFunc(columns, func(column string) bool { return column != "" && !strings.ContainsFunc(column, unicode.IsLetter) })
}
