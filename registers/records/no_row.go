package records

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"

	"koblet/registers"
)

// The reasons for which a record of a table is no row of it, although it stands where one should. Files that were put one
// after the other, and what programs print for people to read, have such.
const (
	RepeatedHeader Reason = "repeated_header" // the header again
	RuledLine      Reason = "ruled_line"      // dashes, as under a header; right under it they belong to it
	RowCount       Reason = "row_count"       // how many rows there are: (3 rows), (3 rows affected)
)

// ErrOtherOrder marks a file in which the header comes again with its columns in another order: the rows below it would be
// read crosswise, so that none of the file may be.
var ErrOtherOrder = errors.New("a header again, with the columns in another order; give the files apart")

// ErrSecondTable marks a file in which another table begins, whose rows would be read by the header of the first.
var ErrSecondTable = errors.New("a second table begins here, with other columns; give the files apart")

// Heading is the header of a table, as what stands below it is held against it.
type Heading struct {
	names []string       // as they are compared
	at    map[string]int // where each stands
	first [256]bool      // what a record that is no row may begin with
}

// HeadingOf is the heading that a header's columns are.
func HeadingOf(columns []string) Heading {
	h := Heading{at: map[string]int{}}
	for i, column := range columns {
		name := registers.ColumnName(column)
		h.names = append(h.names, name)
		if name == "" {
			continue
		}
		h.at[name] = i
		for _, first := range []string{name[:1], strings.ToUpper(name[:1])} {
			h.first[first[0]] = true
		}
	}
	for _, name := range openers {
		h.first[name[0]], h.first[strings.ToUpper(name)[0]] = true, true
	}
	for _, b := range []byte(rulers + "(") {
		h.first[b] = true
	}
	return h
}

// openers are the names that a header of any table is likely to begin with: they are looked for where the first header has them not.
var openers = []string{"permit_id", "person_id", "cpr_number"}

// Openers are the names of key columns, with which a second header may begin.
func Openers() []string { return slices.Clone(openers) }

const rulers = "-=_+|:*~"

var ruled = regexp.MustCompile(`^[-=_+|:*~─━═┼│–— ]*$`)

// counted is what psql, sqlcmd, Oracle, MySQL and DB2 print below a table.
var counted = regexp.MustCompile(`(?i)^\(?[0-9]+ (rows?|rækker?|records?|record\(s\)|row\(s\))( (affected|selected|in set|påvirket|berørt).*)?\)?\.?$`)

// NoRow says why the cells of a record are no row of the table; nothing where they are one. The error is ErrOtherOrder or
// ErrSecondTable.
func (h Heading) NoRow(cells []string) (Reason, error) {
	filled, only, rule := 0, "", false
	allRuled := true
	same, known, named := 0, 0, 0
	for i, cell := range cells {
		name := registers.ColumnName(cell)
		if name == "" {
			continue
		}
		filled++
		only = name
		allRuled = allRuled && ruled.MatchString(name)
		rule = rule || len(name) > 2
		at, there := h.at[name]
		if there || len(name) > 1 && registers.Meanings().Names[registers.Likeness(name)] {
			named++
		}
		if there {
			known++
			if at == i {
				same++
			}
		}
	}
	switch {
	case filled == 0:
		return "", nil
	case allRuled && (rule || filled > 1): // of a row whose every text is a dash, the key is none
		return RuledLine, nil
	case filled == 1 && counted.MatchString(only):
		return RowCount, nil
	case filled > 1 && named == filled && (known < filled || len(cells) != len(h.names)):
		return "", ErrSecondTable
	case known < min(2, len(h.names)) || 2*known <= len(h.names):
		return "", nil
	case same < known && len(cells) == len(h.names):
		return "", ErrOtherOrder
	}
	return RepeatedHeader, nil
}

// wordsOnly reports whether a record holds no digit, as a header does and hardly any row.
func wordsOnly(record []byte) bool { return !bytes.ContainsAny(record, "0123456789") }

// MayBeNone reports whether cells may be no row, by the first that has anything and by how many have: nearly all rows are told
// to be some here.
func (h *Heading) MayBeNone(cells []string) bool {
	first, filled := "", 0
	for _, cell := range cells {
		if cell == "" {
			continue
		}
		if filled++; filled > 1 {
			break
		}
		first = cell
	}
	return filled == 1 || filled > 1 && h.mayBeNone([]byte(first), 0)
}

// mayBeNone reports whether a record of CSV may be no row, by its first field: nearly all are told to be rows here, and the
// others are looked at as a whole.
func (h *Heading) mayBeNone(record []byte, delimiter byte) bool {
	for len(record) > 0 && (record[0] == '"' || record[0] <= ' ') && record[0] != delimiter {
		record = record[1:]
	}
	if len(record) == 0 {
		return false
	}
	first := record[0]
	if first < 0x80 && !h.first[first] {
		return false
	}
	if end := bytes.IndexByte(record, delimiter); end >= 0 {
		record = record[:end]
	}
	if first == '(' || strings.IndexByte(rulers, first) >= 0 {
		return first == '(' || ruled.Match(record)
	}
	record = bytes.TrimRight(record, "\" \t\r\n")
	for _, names := range [][]string{h.names, openers} {
		for _, name := range names {
			if len(name) == len(record) && strings.EqualFold(name, string(record)) {
				return true
			}
		}
	}
	return bytes.ContainsFunc(record, func(r rune) bool { return r >= 0x80 })
}
