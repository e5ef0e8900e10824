// Package accounts lays out what the program says of a store and of itself: the receipt of a load with its gate, the snapshots that are
// there, what a table's columns hold, the catalogue and each question of it. What comes in are the values of store and queries, what goes
// out are Reports, which every printer draws. The figures of permits are not here: they are answers, which package reports lays out.
package accounts

import (
	"slices"
	"strings"
	"time"

	"koblet/queries"
	"koblet/reports"
)

// internal is the edition of all accounts: they show counts as they are.
const internal = "internal"

// account is a report being laid out in one language.
type account struct {
	reports.Locale
	language string
	program  string
}

// in begins accounts in a language, "da" or "en", signed by a program.
func in(language, program string) account {
	return account{reports.LocaleOf(language), language, program}
}

// w is the one of two texts that is of the account's language.
func (a account) w(da, en string) string { return a.Word(queries.Words{Da: da, En: en}) }

// report is an account of so many sections, of a day or of none.
func (a account) report(name, title string, asOf time.Time, sections ...reports.Section) reports.Report {
	return reports.Report{Name: name, Title: title, AsOf: asOf, Edition: internal, Undated: true, Language: a.language, Program: a.program, Sections: sections}
}

// Headed begins titles, sentences and heads with a capital, as on pages and sheets. On a screen English ones are small: there programs look for words in them.
func Headed(r reports.Report) reports.Report {
	r.Title, r.Lead = reports.Capital(r.Title), reports.Capital(r.Lead)
	if r.Lead != "" && !strings.HasSuffix(r.Lead, ".") {
		r.Lead += "."
	}
	sections := make([]reports.Section, len(r.Sections))
	for i, s := range r.Sections {
		s.Title = begun(s.Title)
		s.Table.Columns = slices.Clone(s.Table.Columns)
		for k := range s.Table.Columns {
			s.Table.Columns[k].Label = reports.Capital(s.Table.Columns[k].Label)
		}
		sections[i] = s
	}
	r.Sections = sections
	return r
}

// key is a column that names a row, or describes it.
func key(name, label string) reports.Column {
	return reports.Column{Name: name, Label: label, Role: queries.Key}
}

// text is a column of words that are no key.
func text(name, label string) reports.Column {
	return reports.Column{Name: name, Label: label, Role: queries.Derived}
}

// count is a column of whole numbers.
func count(name, label, unit string) reports.Column {
	return reports.Column{Name: name, Label: label, Unit: unit, Role: queries.Count}
}

// row is an ordinary row of values; an empty text is a cell where nothing belongs.
func row(values ...any) reports.Row {
	r := reports.Row{Cells: make([]reports.Cell, len(values))}
	for i, v := range values {
		if n, ok := v.(int); ok {
			v = int64(n)
		}
		r.Cells[i] = reports.Cell{Value: v}
	}
	return r
}

// begun begins a title with a capital, unless it begins with the name of a file, which is another name in capitals.
func begun(title string) string {
	first, _, _ := strings.Cut(title, " ")
	if strings.ContainsAny(strings.TrimRight(first, ".:"), "./_") {
		return title
	}
	return reports.Capital(title)
}
