// Package suggest guesses how files are to be read. What comes in are looks at them: their headers, and how often values of which form
// stand in which column; what goes out is a profile with each guess marked, and, of a profile that there is, which of the values it
// reads. No value that could be somebody's is written.
package suggest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"koblet/registers"
	"koblet/registers/records"
)

// suggestion is how the files of one table are likely to be read.
type suggestion struct {
	table      registers.Table
	look       *Look
	headed     bool             // the first line is a header
	columns    map[string]guess // by field
	candidates map[string][]int // of the required fields that no column was found for
	looks      []*Look          // of all the table's files; look is the first
	somebodys  map[string]bool  // words of the columns of names, of all files
}

// guess is a column for a field.
type guess struct {
	column int
	doubt  string // what it rests on, where that is no name that is known; empty where it is
	score  float64
}

// What a guess rests on, from much to little.
const (
	byName    = 3.0 // the column has one of the field's names
	byContent = 1.5 // it holds what the field holds, and nothing else does
	byPart    = 2.0 // one of the field's names is part of the column's
	byNear    = 1.0 // its name is nearly one
	fits      = 0.6 // what it holds is what the field holds
	misfits   = 2.4 // or is not
)

// suggestTable finds the columns of one table in what was seen. The persons are the texts of the person-ids of the persons'
// file, as far as they were seen.
func suggestTable(table registers.Table, look *Look, persons map[string]int64) suggestion {
	s := suggestion{table: table, look: look, columns: map[string]guess{}, candidates: map[string][]int{}}
	s.headed = look.headed()
	type pair struct {
		field registers.Field
		guess
	}
	var pairs []pair
	for i, c := range look.columns {
		for _, field := range table.Fields {
			if score, doubt := s.score(c, field); score > 0 {
				pairs = append(pairs, pair{field, guess{i, doubt, score}})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	taken := map[int]bool{}
	for _, p := range pairs {
		_, found := s.columns[p.field.Name]
		if found || taken[p.column] {
			continue
		}
		if p.score < byContent && s.rival(p.field, p.guess, taken) {
			continue
		}
		s.columns[p.field.Name], taken[p.column] = p.guess, true
	}
	s.identify(taken, persons)
	for _, field := range table.Fields {
		if _, found := s.columns[field.Name]; found || !field.Required {
			continue
		}
		for i, c := range look.columns {
			if !taken[i] && holds(c, field) >= 0 {
				s.candidates[field.Name] = append(s.candidates[field.Name], i)
			}
		}
	}
	return s
}

// identify finds the ids that no name tells: person-ids by those of the persons' file, keys by hardly one standing twice. Of
// several columns that may be one, none is.
func (s suggestion) identify(taken map[int]bool, persons map[string]int64) {
	only := func(field, doubt string, is func(c *lookedColumn) bool) {
		found := -1
		for i, c := range s.look.columns {
			if taken[i] || c.rows == 0 || c.isDates() || c.isNumbers() || !is(c) {
				continue
			}
			if found >= 0 {
				return
			}
			found = i
		}
		if _, known := s.columns[field]; known || found < 0 {
			return
		}
		s.columns[field], taken[found] = guess{column: found, doubt: doubt}, true
	}
	key := func(c *lookedColumn) bool { return c.isKey() && c.counted >= fewestKeys }
	switch s.table.Name {
	case registers.Carl2Permits.Name:
		only("person_id", "guess: its texts are person-ids of the persons' file", func(c *lookedColumn) bool { return c.overlaps(persons) })
		only("permit_id", "guess: hardly a text of it stands twice", key)
	case registers.Carl2Persons.Name:
		only("person_id", "guess: hardly a text of it stands twice", key)
	}
}

// fewestKeys is how many rows tell that a column is a key.
const fewestKeys = 20

// overlaps reports whether half of the column's different texts, and some of them, are among those.
func (c *lookedColumn) overlaps(texts map[string]int64) bool {
	n := 0
	for text := range c.texts {
		if texts[text] > 0 {
			n++
		}
	}
	return n >= fewestKeys/2 && 2*n >= len(c.texts)
}

// rival reports whether another column that is free is as likely: then there is no guess.
func (s suggestion) rival(field registers.Field, g guess, taken map[int]bool) bool {
	for i, c := range s.look.columns {
		if score, _ := s.score(c, field); i != g.column && !taken[i] && score >= g.score {
			return true
		}
	}
	return false
}

// score says how likely a column is a field, and what that rests on. Below 0 it is not.
func (s suggestion) score(c *lookedColumn, field registers.Field) (score float64, doubt string) {
	held := holds(c, field)
	if s.headed {
		score, doubt = nameScore(c.name, field)
	}
	switch {
	case score == 0 && held > 0 && tells(field) && 2*c.told() >= c.rows:
		return byContent - 1 + held, "guess: it holds " + c.describe()
	case score == 0:
		return 0, ""
	case held > 0:
		return score + fits*held, doubt
	case held < 0 && field.Kind == registers.Date && !field.Required && !c.hasDigits():
		return 0, "" // yes and no, or a word: that something was so, and not when
	case held < 0 && score == byName:
		return score - misfits, "guess: by its name, but it holds " + c.describe()
	case held < 0:
		return 0, ""
	}
	return score, doubt
}

// nameScore says how like a column's name is to those of a field.
func nameScore(name string, field registers.Field) (float64, string) {
	like := registers.Likeness(name)
	names := append([]string{registers.Likeness(field.Name)}, registers.Meanings().Columns[field.Name]...)
	if at := slices.Index(names, like); at >= 0 {
		return byName - float64(at)/1000, "" // of two columns the one whose name comes first
	}
	best := 0.0
	doubt := ""
	for _, known := range names {
		if len(known) >= 5 && (strings.HasPrefix(like, known) || strings.HasSuffix(like, known)) && byPart > best {
			best, doubt = byPart-float64(len(like)-len(known))/1000, "guess: by part of its name"
		}
		if len(known) >= 6 && registers.EditDistance(like, known) <= 1+len(known)/8 && byNear > best {
			best, doubt = byNear, "guess: its name is nearly one that is known"
		}
	}
	return best, doubt
}

// tells reports whether what a field holds can be known without its name.
func tells(field registers.Field) bool {
	switch field.Name {
	case "cpr_number", "decided_on", "decision", "category", "sex", "citizenship", "municipality_code", "legal_basis", "person_group":
		return true
	}
	return false
}

// holds says how far a column holds what a field does: 1 all of it, 0 nobody knows, below 0 it holds something else.
func holds(c *lookedColumn, field registers.Field) float64 {
	if c.told() == 0 {
		return 0
	}
	told := float64(c.told())
	share := float64(c.means(field.Name)) / told
	switch {
	case field.Kind == registers.Date && c.isShort(true):
		return 0.5
	case field.Kind == registers.Date && c.isDates(), strings.HasSuffix(field.Name, "cpr_number") && c.isNumbers():
		return 1
	case field.Kind == registers.Date, c.isDates(), c.isShort(false):
		return -1
	case strings.HasSuffix(field.Name, "cpr_number"):
		return -0.5
	case c.isNumbers():
		return -1
	}
	switch field.Name {
	case "legal_basis":
		return twoSided(float64(c.sections) / told)
	case "decision", "category", "sex", "citizenship", "municipality_code", "status", "person_group":
		if share < 0.5 && len(c.texts) <= mostValues && !c.many {
			return 0
		}
		return twoSided(share)
	case "permit_id":
		if c.isKey() {
			return 0.5
		}
		return -0.5
	case "family_name", "given_name":
		if c.share(c.digits+c.sections) > 0.5 {
			return -1
		}
	}
	return 0
}

// hasDigits reports whether any text of a column has a digit.
func (c *lookedColumn) hasDigits() bool {
	for text := range c.texts {
		if strings.ContainsAny(text, "0123456789") {
			return true
		}
	}
	return false
}

// twoSided makes a share of rows a measure: from a half on it speaks for, else against.
func twoSided(share float64) float64 {
	if share >= 0.5 {
		return share
	}
	return -1
}

// describe says what a column holds, without any of it.
func (c *lookedColumn) describe() string {
	switch {
	case c.rows == 0:
		return "nothing"
	case c.isNumbers():
		return "ten digits that make dates"
	case c.isDates():
		form, count := c.form()
		return "days as " + form.pattern(count)
	case c.isShort(false):
		return "days with two-digit years, as " + c.pattern()
	case c.told() == 0:
		return "nothing but texts that stand for no value, as " + c.pattern()
	case c.share(c.sections) >= 0.5:
		return "paragraphs"
	case !c.many && len(c.texts) <= mostValues && !c.isKey():
		if len(c.texts) == 1 {
			return "one text, as " + c.pattern()
		}
		return fmt.Sprintf("%d different texts, as %s", len(c.texts), c.pattern())
	}
	return "texts as " + c.pattern()
}

// form is the form that most of the column's days have.
func (c *lookedColumn) form() (form dayForm, count dayCount) {
	for f, n := range c.days {
		if n.rows > count.rows || n.rows == count.rows && strings.Compare(f.pattern(*n), form.pattern(count)) < 0 {
			form, count = f, *n
		}
	}
	return form, count
}

// headed reports whether the first line is a header: names in it are known, or where two columns hold days, numbers or
// digits only, their first lines do not. Where a name looks like what such a column holds, it is none.
func (l *Look) headed() bool {
	unlike := 0
	for _, c := range l.columns {
		first := newColumn("")
		if c.name != "" {
			first.add(c.name)
			first.keep(c.name)
		}
		strict := c.isDates() || c.isNumbers() || c.rows > 0 && c.digits == c.rows
		switch {
		case first.dated > 0 || first.numbers > 0 || strict && first.digits > 0:
			return false
		case strict && registers.LettersOf(c.name) != "" && first.absent() == 0:
			unlike++
		}
	}
	return records.KnowsNames(l.Header) || unlike >= 2
}
