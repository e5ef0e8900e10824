package queries

import (
	"cmp"
	"slices"
	"strings"
)

// Words is a text in both languages of the program: Danish, which reports use unless told otherwise, and English.
type Words struct {
	Da string `toml:"da" json:"da"`
	En string `toml:"en" json:"en"`
}

// In gives the text in the language asked for, "da" or "en".
func (w Words) In(language string) string {
	if language == "en" {
		return w.En
	}
	return w.Da
}

// Question is one .sql file: a question about a snapshot, the parameters it takes and the columns it answers with.
type Question struct {
	Name     string
	Ask      Words     // the question itself, ending in a question mark
	Explains Words     // the prose of the header, a paragraph a line: what counts, what does not, what NULL does; Danish in the catalogue always
	Params   []Param   // what the statement binds by name
	Columns  []Column  // what the statement returns, in order
	Result   []Column  // what the reader gets, where Go computes beyond SQL; else empty
	Measure  string    // the macro of schema/ that gives each permit its verdict; empty where there is none
	Needs    []Need    // columns of the extract without which the question is not applicable
	Either   []Need    // columns of the extract of which it needs one; empty where there are none
	Without  []Without // what is said where the extract lacks a column that the answer rests on in part
	Share    Share     // the fraction that Go adds to a spread; zero where there is none
	Computed string    // what Go computes from the counts, beyond a rate: one of computations, or nothing
	Rows     string    // partition where each record of the scope is in one row, overlap where it can be in several; empty where nothing is said
	Apart    Apart     // rows that are no part of the whole; zero where there are none
	Least    Least     // the row whose rate is a lower bound; zero where every rate is what it says
	Notes    []Words   // what every reader of the answer must know
	Chart    Chart     // how the result is drawn; zero where it is not
	SQL      string    // the whole file, header included
}

// WhatCounts is the prose of the header. A question of the user's own may have it in one language, which then stands for both: to know what
// counts matters more than the language.
func (q Question) WhatCounts() Words {
	return Words{Da: cmp.Or(q.Explains.Da, q.Explains.En), En: cmp.Or(q.Explains.En, q.Explains.Da)}
}

// Param is one named parameter of a question.
type Param struct {
	Name    string
	Type    string // DuckDB's name of the type: DATE, BIGINT, BOOLEAN, VARCHAR or VARCHAR[]
	Default string // as written after "="; empty is NULL, which means "not restricted"
	Meaning Words  // a user's own question may say it in one language, which then stands for both
}

// Column is one column of an answer.
type Column struct {
	Name   string
	Type   string // DuckDB's name of the type
	Role   Role   // what the column is for
	Period string // of a key that says when: year or month; else empty
	Unit   string // what is counted or measured: permits, persons, numbers, share, days …; empty for keys and text
	Codes  string // the code list whose words stand for the values when people read them; empty where values are plain
	Label  Words
}

// Role is what a column of an answer is for.
type Role string

// The roles: a key tells the rows apart, a record is the key of a single permit, person or number, an attribute describes what a
// key or a record names, a count is what the statement counts or measures, and a figure is derived from counts.
const (
	Key       Role = "key"
	Record    Role = "record"
	Attribute Role = "attribute"
	Count     Role = "count"
	Derived   Role = "derived"
)

// Tells reports whether a column of that role tells rows apart: a key, or that of a record.
func (r Role) Tells() bool { return r == Key || r == Record }

// Names reports whether a column of that role says what a row is about, and not how much of it there is.
func (r Role) Names() bool { return r.Tells() || r == Attribute }

// Share says which fraction Go adds to a spread: Name = Count ÷ the sum of Count over rows that agree on Within.
type Share struct {
	Name, Count string
	Within      []string
}

// Apart names rows that stand in the answer and are left out where rows are counted together: those whose key has that value. Words say why.
type Apart struct {
	Key, Value string
	Words      Words
}

// Least names the row whose rate is a lower bound of what its question asks: the row whose key has that value. A finding speaks of it, and says "at least".
type Least struct{ Key, Value string }

// Chart says how a result is drawn: the kind of chart, the column along x, the column up y, perhaps another beside it and, where
// there are several lines or layers, the column that tells them apart.
//
// Along an axis over time it begins, where From is not empty, at the first year or month that counts any in that column: before it the register that is
// asked did not exist.
type Chart struct{ Kind, X, Y, Also, Series, From string }

// Ranked reports whether the order of the answer's rows is what it found: the most notable first, which readers keep.
func (q Question) Ranked() bool { return q.Computed == "characteristics" }

// ColumnOf is the statement's column of a name.
func (q Question) ColumnOf(name string) (Column, bool) {
	i := slices.IndexFunc(q.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return Column{}, false
	}
	return q.Columns[i], true
}

// IsTally reports whether the answer counts pass, fail and unknown.
func (q Question) IsTally() bool {
	return q.column("pass") && q.column("fail") && q.column("unknown")
}

// Keys are the columns that tell the rows of an answer apart.
func (q Question) Keys() []Column {
	return slices.DeleteFunc(slices.Clone(q.Columns), func(c Column) bool { return !c.Role.Tells() })
}

// Named are the keys and the attributes that describe them: what a row is about.
func (q Question) Named() []Column {
	return slices.DeleteFunc(slices.Clone(q.Columns), func(c Column) bool { return !c.Role.Names() })
}

// OfPermits reports whether the rows are single permits.
func (q Question) OfPermits() bool {
	return slices.ContainsFunc(q.Columns, func(c Column) bool { return c.Role == Record && c.Name == "permit_key" })
}

// Param gives the declared parameter of that name.
func (q Question) Param(name string) (Param, bool) {
	i := slices.IndexFunc(q.Params, func(p Param) bool { return p.Name == name })
	if i < 0 {
		return Param{}, false
	}
	return q.Params[i], true
}

// cellPrefix begins the parameters of a list that name the cell it is restricted to. A key has no parameter of its own name:
// the list takes the filters of the questions too, and some of those are called as a key is.
const cellPrefix = "at_"

// CellKeys are the keys that a cell of a list can be named by, in the order of its header.
func (q Question) CellKeys() []string {
	var keys []string
	for _, p := range q.Params {
		if key, ok := p.CellKey(); ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// CellKey is the key that the parameter of a list stands for, if it does.
func (p Param) CellKey() (string, bool) { return strings.CutPrefix(p.Name, cellPrefix) }

func (q Question) column(name string) bool {
	_, ok := q.ColumnOf(name)
	return ok
}

// Statement is the SQL without its header: what is sent to the database.
func (q Question) Statement() string {
	lines := strings.Split(q.SQL, "\n")
	for len(lines) > 0 && (strings.HasPrefix(lines[0], "--") || strings.TrimSpace(lines[0]) == "") {
		lines = lines[1:]
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// ColumnLine is the line of the file, counted from 1, on which the header names the column of that index; 0 where none does.
func (q Question) ColumnLine(index int) int {
	seen, among := -1, false
	for i, line := range strings.Split(q.SQL, "\n") {
		comment, ok := strings.CutPrefix(line, "--")
		if !ok {
			return 0
		}
		if item := strings.HasPrefix(comment, "   "); !item && strings.TrimSpace(comment) != "" {
			among = strings.TrimSpace(comment) == "columns"
		} else if item && among {
			if seen++; seen == index {
				return i + 1
			}
		}
	}
	return 0
}
