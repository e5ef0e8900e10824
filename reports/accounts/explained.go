package accounts

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"koblet/registers/suggest"
	"koblet/reports"
	"koblet/store/extract"
)

// Explained says how the files of a load would be read: of each its columns and what the first values look like, and what the profile reads
// of a sample. No value is shown but a text that stands for a code.
func Explained(all []extract.Explained, language, program string) reports.Report {
	a := in(language, program)
	var sections []reports.Section
	for i, x := range all {
		sections = append(sections, a.file(x, i+1))
		if s := a.sample(x, i+1); len(s.Table.Rows) > 0 {
			sections = append(sections, s)
		}
	}
	return a.report("explained", a.w("Hvad der læses som hvad; intet er indlæst", "what is read as what; nothing is loaded"), time.Time{}, sections...)
}

// file is what a file is read as, a row a column.
func (a account) file(x extract.Explained, n int) reports.Section {
	s := reports.Section{Name: fmt.Sprint("file_", n), Sheet: filepath.Base(x.File) + " " + x.Table, Title: x.File + ": " + strings.Join(a.readAs(x), ", ")}
	if len(x.Missing) > 0 {
		s.Text = append(s.Text, a.w("mangler og er påkrævet: ", "missing, and required: ")+strings.Join(x.Missing, ", "))
	}
	if len(x.Lacking) > 0 {
		s.Text = append(s.Text, a.w("findes ikke i filen: ", "not in the file: ")+strings.Join(x.Lacking, ", "))
	}
	s.Table.Columns = []reports.Column{key("place", a.w("Nr.", "no.")), key("column", a.w("Kolonne", "column")), key("field", a.w("Felt", "field"))}
	most := 0
	for _, c := range x.Columns {
		most = max(most, len(c.Patterns))
	}
	for n := range most {
		s.Table.Columns = append(s.Table.Columns, text(fmt.Sprint("row_", n+1), fmt.Sprint(a.w("Række ", "row "), n+1)))
	}
	for _, c := range x.Columns {
		place, field := fmt.Sprint(c.Position), c.Field
		if c.Letters != "" {
			place = c.Letters
		}
		if field == "" {
			field = a.w("(gemmes ikke)", "(not stored)")
		}
		r := row(place, c.Column, field)
		for _, p := range c.Patterns {
			if p == "" {
				p = a.w("(tom)", "(empty)")
			}
			r.Cells = append(r.Cells, reports.Cell{Value: p})
		}
		for len(r.Cells) < len(s.Table.Columns) {
			r.Cells = append(r.Cells, reports.Cell{Value: ""})
		}
		s.Table.Rows = append(s.Table.Rows, r)
	}
	return s
}

// readAs is what a file is read as, in a few words.
func (a account) readAs(x extract.Explained) []string {
	about := []string{x.Table, x.Format}
	if x.Sheet != "" {
		about = append(about, fmt.Sprintf(a.w("ark %q", "sheet %q"), x.Sheet))
	}
	if x.Encoding != "" {
		about = append(about, x.Encoding)
	}
	if x.Seems != "" {
		about = append(about, a.w("men ligner ", "but it looks like ")+x.Seems)
	}
	if x.Delimiter != "" {
		about = append(about, fmt.Sprintf(a.w("skilletegn %q", "delimiter %q"), x.Delimiter))
	}
	if x.Found != "" {
		about = append(about, fmt.Sprintf(a.w("men %q deler linjerne, og sådan vises de", "but %q parts the lines, and so they are shown"), x.Found))
	}
	return about
}

// sample is how many of the sampled values of each column of days or codes the profile reads, and what the others look like.
func (a account) sample(x extract.Explained, n int) reports.Section {
	s := reports.Section{Name: fmt.Sprint("sample_", n), Sheet: a.w("Stikprøve ", "Sample ") + x.Table, Title: x.File + a.w(": hvad profilen læser af en stikprøve", ": what the profile reads of a sample")}
	s.Table.Columns = []reports.Column{key("field", a.w("Felt", "field")), count("values", a.w("Værdier", "values"), "rows"), count("read", a.w("Læst", "read"), "rows"),
		text("as", a.w("Som", "as")), text("others", a.w("Ikke læst", "not read"))}
	for _, c := range x.Columns {
		if c.Held == nil || c.Held.Values == 0 {
			continue
		}
		as := a.w("kendte eller oversatte koder", "known or mapped")
		if c.Held.Dates != "" {
			as = fmt.Sprintf(a.w("datoer efter %q", "days by %q"), c.Held.Dates)
		}
		s.Table.Rows = append(s.Table.Rows, row(c.Field, c.Held.Values, c.Held.Read, as, others(*c.Held)))
	}
	return s
}

// others is what the sampled values look like that are not read, with how many they are.
func others(h suggest.Held) string {
	var all []string
	for _, o := range h.Others {
		text := o.Pattern
		if text == "" {
			text = fmt.Sprintf("%q", o.Text)
		}
		all = append(all, fmt.Sprintf("%s (%d)", text, o.Rows))
	}
	return strings.Join(all, ", ")
}
