package suggest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"koblet/registers"
	"koblet/registers/characters"
)

// Looked is what was seen of the files of one table.
type Looked struct {
	Table registers.Table
	Looks []*Look // those of the same header are one
}

// Suggested is a profile as it may be, and how far it is to be trusted.
type Suggested struct {
	Text   string // TOML; it holds no value of a person
	Tables []SuggestedTable
}

// SuggestedTable says how many of a table's fields have a column in the suggested profile.
type SuggestedTable struct {
	Table     string
	Found     int      // by a name that is known
	Guessed   int      // by less
	TwoDigits []string // fields whose days have two-digit years, which no pattern reads
	Lacking   []string // required fields without a column, which are to be filled in
	Unknown   int      // texts in columns of codes of which nobody knows what they mean
}

// Profile writes the profile by which the files that were looked at are likely to be read. Whatever rests on likeness or on
// what a column holds is marked «guess»; what is to be filled in stands as a comment, with what it may be. Of what the files
// hold it shows patterns, names of columns, and the words in columns of codes.
func Profile(all []Looked) Suggested {
	w := profileWriter{seen: dayForms(all), claimed: map[claim]bool{}}
	w.line("# A profile as `koblet load --suggest-profile` suggests it: nothing was loaded.")
	w.line("#")
	w.line("# What is marked «guess» rests on likeness or on what a column holds: look at it. A line that begins with «# ?»")
	w.line("# is to be filled in. No value of a person stands here, only patterns: 9 is a digit, A a capital, a another letter.")
	w.line("# What each key means: koblet help profile-file. To see what is read as what: koblet load --explain --profile …")
	somebodys := map[string]bool{}
	for _, looked := range all {
		if len(looked.Looks) == 0 {
			continue
		}
		s := suggestTable(looked.Table, looked.Looks[0], w.persons)
		w.claim(looked)
		s.looks, s.somebodys = looked.Looks, somebodys
		s.names(somebodys)
		if g, found := s.columns["person_id"]; found && looked.Table.Name == registers.Carl2Persons.Name {
			w.persons = s.look.columns[g.column].texts
		}
		w.suggestions = append(w.suggestions, s)
	}
	for _, s := range w.suggestions {
		w.table(s)
	}
	w.numbers()
	return Suggested{w.text.String(), w.tables}
}

type profileWriter struct {
	text        strings.Builder
	tables      []SuggestedTable
	suggestions []suggestion
	persons     map[string]int64      // the person-ids of the persons' file, as far as they were seen
	seen        map[dayForm]*dayCount // the forms of the days of all files
	claimed     map[claim]bool
}

// claim is a column of a file that is a field of a table.
type claim struct {
	look   *Look
	table  string
	column int
}

// claim notes which columns of a table's files are its fields.
func (w *profileWriter) claim(looked Looked) {
	for _, look := range looked.Looks {
		for _, g := range suggestTable(looked.Table, look, w.persons).columns {
			w.claimed[claim{look, looked.Table.Name, g.column}] = true
		}
	}
}

// isElsewhere reports whether a column is a field of another table, as in a file of persons and permits: then it is loaded, too.
func (w *profileWriter) isElsewhere(s suggestion, column int) bool {
	return slices.ContainsFunc(registers.Tables(), func(t registers.Table) bool {
		return t.Name != s.table.Name && w.claimed[claim{s.look, t.Name, column}]
	})
}

func (w *profileWriter) line(format string, args ...any) {
	fmt.Fprintf(&w.text, format+"\n", args...)
}

func (w *profileWriter) table(s suggestion) {
	look := s.look
	w.line("")
	if look.Format == "u12170" {
		w.line("# %s: %s is CPR's fixed width (U12170), which needs no profile.", s.table.Name, strings.Join(look.Seen, ", "))
		w.tables = append(w.tables, SuggestedTable{Table: s.table.Name})
		return
	}
	w.line("[%s]", s.table.Name)
	for _, l := range s.looks {
		for _, seen := range l.Seen {
			w.line("# %s", seen)
		}
	}
	if len(s.looks) > 1 {
		w.line("# The files differ in their columns, and one section is for one form: what follows is of the first.")
	}
	w.form(look)
	w.dates(s)
	short := w.centuries(s)
	w.missing(s)
	if !s.headed {
		w.headless(s)
		return
	}
	w.columns(s)
	w.tables[len(w.tables)-1].TwoDigits = short
	for _, field := range s.table.Fields {
		if g, found := s.columns[field.Name]; found && slices.Contains(mapped, field.Name) {
			w.values(s, field, look.columns[g.column])
		}
	}
}

// form writes how the file is read.
func (w *profileWriter) form(l *Look) {
	w.line("format    = %s", tomlText(l.Format))
	switch {
	case l.Encoding == "":
	case l.Encoding == "utf-8" && !l.Foreign:
		w.line("# encoding is found in each file by itself: no letter beyond a to z was seen that would tell")
	default:
		w.line("encoding  = %-16s # by the bytes", tomlText(l.Encoding))
	}
	if l.Delimiter != 0 && len(l.Header) > 1 {
		w.line("delimiter = %-16s # it parts the lines into %d fields", tomlText(string(l.Delimiter)), len(l.Header))
	}
	if l.Sheet != "" {
		w.line("sheet     = %s", tomlText(l.Sheet))
	}
}

// columns writes which column is which field.
func (w *profileWriter) columns(s suggestion) {
	told := SuggestedTable{Table: s.table.Name}
	w.line("")
	w.line("[%s.columns] # ours = theirs", s.table.Name)
	taken := map[int]bool{}
	var lacking []string
	for _, field := range s.table.Fields {
		g, found := s.columns[field.Name]
		switch {
		case found && s.nameable(g.column):
			taken[g.column] = true
			told.Found++
			doubt := ""
			if g.doubt != "" {
				told.Guessed, told.Found, doubt = told.Guessed+1, told.Found-1, " # "+g.doubt
			}
			c := s.look.columns[g.column]
			w.line("%-18s = %s%s", field.Name, tomlText(c.name), doubt)
			if strings.HasSuffix(field.Name, "cpr_number") && c.short > 0 {
				w.line("# %d texts of %s are nine digits, which would be a number with a zero in front: have it delivered as text", c.short, field.Name)
			}
		case field.Required:
			told.Lacking = append(told.Lacking, field.Name)
			w.line("# ? %-14s = \"\"  # %s: %s", field.Name, field.Meaning, s.candidateNames(field))
		default:
			lacking = append(lacking, field.Name)
		}
	}
	for i, c := range s.look.columns {
		if !taken[i] && !w.isElsewhere(s, i) {
			w.line("# not loaded: column %s, %s, holds %s", s.look.Places.Name(i), s.shownName(i), c.describe())
		}
	}
	if len(lacking) > 0 {
		w.line("# not found: %s", strings.Join(lacking, ", "))
	}
	w.tables = append(w.tables, told)
}

// candidateNames lists the columns that a required field may be.
func (s suggestion) candidateNames(field registers.Field) string {
	var names []string
	for _, i := range s.candidates[field.Name] {
		name := s.shownName(i)
		if !s.nameable(i) {
			name = "column " + s.look.Places.Name(i) + ", " + name
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return "no column holds it; without it the file is not loaded"
	}
	return "one of " + strings.Join(names, ", ") + "?"
}

// isField reports whether a column is a field, by its name or by what it holds, or may be one that is needed.
func (s suggestion) isField(column int) bool {
	for _, candidates := range s.candidates {
		if slices.Contains(candidates, column) {
			return true
		}
	}
	for _, g := range s.columns {
		if g.column == column {
			return true
		}
	}
	return false
}

// nameable reports whether a column's name may be written: it has the form of one, no other column has it, and what is known of
// names explains it, or else the profile needs it, and there are rows below it of as many fields, as behind a lost line break there are
// not.
func (s suggestion) nameable(column int) bool {
	name := s.look.columns[column].name
	for i, c := range s.look.columns {
		if i != column && registers.ColumnName(c.name) == registers.ColumnName(name) {
			return false
		}
	}
	if registers.Meanings().Names[registers.Likeness(name)] {
		return s.headed
	}
	likely := s.headed && registers.ColumnName(name) != "" && shortText(name) && s.look.columns[column].texts[name] == 0 && !s.isSomebodys(name)
	return likely && (registers.Meanings().Explains(name) || s.isField(column) && s.look.Rows > 0)
}

// shownName is a column's name, or its pattern where it might be somebody's data.
func (s suggestion) shownName(column int) string {
	if s.nameable(column) {
		return tomlText(s.look.columns[column].name)
	}
	return registers.Pattern(s.look.columns[column].name)
}

// values writes the map of a field's values, where it needs one.
func (w *profileWriter) values(s suggestion, field registers.Field, c *lookedColumn) {
	known, unknown := s.values(field, c)
	if len(known) == 0 && len(unknown) == 0 {
		return
	}
	w.line("")
	w.tables[len(w.tables)-1].Unknown += len(unknown)
	if c.many || len(unknown) > mostValues {
		w.line("# %s.%s holds many different texts that are no codes, as %s", s.table.Name, field.Name, c.pattern())
		return
	}
	if len(known) == 0 {
		w.line("# [%s.values.%s]", s.table.Name, field.Name)
	} else {
		w.line("[%s.values.%s] # ours = [theirs], compared as they are written", s.table.Name, field.Name)
	}
	for _, line := range known {
		w.line("%-18s = %s # guess: %s", tomlKey(line.code), tomlTexts(line.texts), line.counted())
	}
	for _, line := range unknown {
		text := "texts as " + line.code
		if line.texts != nil {
			text = tomlTexts(line.texts)
		}
		w.line("# ? %-14s = %s # %s: one of %s", "", text, line.counted(), codesOf(field))
	}
}

// codesOf lists our codes of a field, as far as they are few.
func codesOf(field registers.Field) string {
	switch field.Name {
	case "citizenship":
		return "CPR's four digits, or ISO's letters"
	case "municipality_code":
		return "the four digits of a municipality"
	case "person_group":
		return "ours, as spouse_over_24, or a group of your own in [[legal_bases]]"
	}
	codes := slices.DeleteFunc(slices.Sorted(maps.Keys(registers.OwnCodes()[field.Name])), func(code string) bool { return code == "F" })
	return strings.Join(codes, ", ")
}

// headless says what can be said of a file whose first line is no header.
func (w *profileWriter) headless(s suggestion) {
	told := SuggestedTable{Table: s.table.Name}
	w.line("")
	if s.look.Below > 0 {
		w.line("# Line %d looks like the header: take away what stands above it, and have the profile suggested again.", s.look.Below)
		w.tables = append(w.tables, told.lacking(s.table))
		return
	}
	w.line("# The first line is no header: it looks like the lines below it, or no name in it is known. Columns are read by their")
	w.line("# names, so put a line of names above it, in this order; where a name is missing here, choose one of %s:", fieldNames(s.table))
	for i, c := range s.look.columns {
		name := "?"
		for field, g := range s.columns {
			if g.column == i {
				name = field
			}
		}
		w.line("#   column %s: %-14s # it holds %s", s.look.Places.Name(i), name, c.describe())
	}
	w.tables = append(w.tables, told.lacking(s.table))
}

// lacking is a table of which no required field was found.
func (t SuggestedTable) lacking(table registers.Table) SuggestedTable {
	for _, field := range table.Fields {
		if field.Required {
			t.Lacking = append(t.Lacking, field.Name)
		}
	}
	return t
}

func fieldNames(t registers.Table) string {
	var names []string
	for _, field := range t.Fields {
		names = append(names, field.Name)
	}
	return strings.Join(names, ", ")
}

// numbers writes the rules of the numbers, where they are not the ordinary ones.
func (w *profileWriter) numbers() {
	var remainders [11]int64
	var rows, numbers int64
	for _, s := range w.suggestions {
		if g, found := s.columns["cpr_number"]; found {
			c := s.look.columns[g.column]
			rows, numbers = rows+c.rows-c.absent(), numbers+c.numbers
			for i, n := range c.remainder {
				remainders[i] += n
			}
		}
	}
	most := 0
	for i, n := range remainders {
		if n > remainders[most] {
			most = i
		}
	}
	switch {
	case rows > 0 && numbers*2 < rows:
		w.line("\n# [numbers]\n# format    = \"opaque\"         # %d of %d texts in cpr_number are no ten digits that make a date: is it another key?", rows-numbers, rows)
	case most > 0 && remainders[most] >= 5 && remainders[most]*10 >= numbers*9:
		w.line("\n[numbers]\nremainder = %-16d # guess: %d of %d numbers leave it, issued ones leave 0: invented people?", most, remainders[most], numbers)
	}
}

// tomlText quotes a text.
func tomlText(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\t':
			b.WriteString(`\t`)
		case r > 0xffff && characters.Unseen(r):
			fmt.Fprintf(&b, `\U%08X`, r)
		case characters.Unseen(r) || r >= 0x2000 && r <= 0x200f || r >= 0x2028 && r <= 0x202f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func tomlTexts(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = tomlText(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// tomlKey writes a key, quoted where it is no bare one.
func tomlKey(key string) string {
	if strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" {
		return key
	}
	return tomlText(key)
}
