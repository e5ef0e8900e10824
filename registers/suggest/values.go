package suggest

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"

	"koblet/registers"
)

// mostValues is how many different texts of a column are written out.
const mostValues = 40

// leastShown: a text that stands in fewer than one of so many rows may be a name that slid into another's column.
const leastShown = 5000

// mapped are the fields whose values a profile may have to map.
var mapped = []string{"decision", "category", "person_group", "sex", "citizenship", "municipality_code", "status"}

// valueLine is one of our codes with their texts for it, and the rows of each.
type valueLine struct {
	code  string
	texts []string
	rows  []int64
}

// values maps the texts of a column of codes: those that are no codes by what they mean, as far as it is known. The others
// are given back, the most frequent first; where texts may not be shown they are patterns.
func (s suggestion) values(field registers.Field, c *lookedColumn) (known []valueLine, unknown []valueLine) {
	rows := map[string]int64{}
	var texts []string
	for _, text := range c.frequent() {
		bare := field.Bare(text)
		if _, again := rows[bare]; !again {
			texts = append(texts, bare)
		}
		rows[bare] += c.texts[text]
	}
	at := map[string]int{}
	for _, text := range texts {
		code, meant := registers.Meanings().Values[field.Name][registers.Likeness(text)]
		switch {
		case text == "" || standsForNone(text) || registers.OwnCodes()[field.Name][text] || field.Name == "sex" && registers.OwnCodes()["sex"][strings.ToUpper(text)]:
			continue
		case !meant:
			unknown = append(unknown, valueLine{texts: []string{text}, rows: []int64{rows[text]}})
			continue
		}
		i, there := at[code]
		if !there {
			i = len(known)
			at[code] = i
			known = append(known, valueLine{code: code})
		}
		known[i].texts, known[i].rows = append(known[i].texts, text), append(known[i].rows, rows[text])
	}
	slices.SortStableFunc(known, func(a, b valueLine) int { return strings.Compare(a.code, b.code) })
	open := s.showsTexts(field, c, len(unknown))
	for i, line := range unknown {
		if !s.isOpen(line, c, open) {
			unknown[i] = valueLine{code: registers.Pattern(line.texts[0]), rows: line.rows}
		}
	}
	return known, joinPatterns(unknown)
}

// isOpen reports whether a text of a column that shows its texts is a code of it, and nobody's name that slid into it.
func (s suggestion) isOpen(line valueLine, c *lookedColumn, open bool) bool {
	return open && line.rows[0] >= 2 && line.rows[0]*leastShown >= c.rows && codeLike(line.texts[0]) && !s.isSomebodys(line.texts[0])
}

// joinPatterns counts the lines that show the same pattern together.
func joinPatterns(lines []valueLine) []valueLine {
	var joined []valueLine
	for _, line := range lines {
		at := slices.IndexFunc(joined, func(l valueLine) bool { return l.texts == nil && l.code == line.code })
		if line.texts == nil && at >= 0 {
			joined[at].rows[0] += line.rows[0]
			continue
		}
		joined = append(joined, line)
	}
	return joined
}

// showsTexts reports whether a column's own texts may be written: those that are not known are few, and half of the rows hold
// words that are, or all of them are short codes. Where no word is known, people's names could stand in it as well.
func (s suggestion) showsTexts(field registers.Field, c *lookedColumn, unknown int) bool {
	if c.many || unknown > mostValues {
		return false
	}
	for text := range c.texts {
		if len([]rune(text)) > 3 {
			return c.share(c.means(field.Name)) >= 0.5
		}
	}
	return c.counted >= 3*int64(len(c.texts))
}

// codeLike reports whether a text could be a code or its word, and is no name in several words.
func codeLike(text string) bool {
	return capitalsOf(text) < 2 && shortText(text)
}

// capitalsOf counts the words of a text that begin with a capital.
func capitalsOf(text string) (n int) {
	for word := range strings.FieldsSeq(text) {
		if unicode.IsUpper([]rune(word)[0]) {
			n++
		}
	}
	return n
}

// shortText reports whether a text is in one short line and holds no number and no day.
func shortText(text string) bool {
	if _, _, day := readDay(text); day || registers.CouldIdentify(text) || len([]rune(text)) > registers.LongestShown || strings.ContainsAny(text, "@\n\r\t") {
		return false
	}
	digits := 0
	for _, r := range text {
		if digits++; !unicode.IsDigit(r) {
			digits = 0
		}
		if digits == 5 {
			return false
		}
	}
	return true
}

// isSomebodys reports whether a word of a text stands in a column of names: then it is somebody's name.
func (s suggestion) isSomebodys(text string) bool {
	for word := range wordsOf(text) {
		if s.somebodys[word] {
			return true
		}
	}
	return false
}

// names gathers the words of the columns of names: those that are fields, and those that are not and hold several words with
// capitals, as that of who worked on a case does.
func (s suggestion) names(words map[string]bool) {
	is, other := map[int]bool{}, map[int]bool{}
	for name, g := range s.columns {
		is[g.column] = name == "family_name" || name == "given_name"
		other[g.column] = !is[g.column]
	}
	for i, c := range s.look.columns {
		if other[i] || !is[i] && !c.isNames() {
			continue
		}
		for text := range c.texts {
			for word := range wordsOf(text) {
				words[word] = true
			}
		}
	}
}

// isNames reports whether most of a column's texts are words of letters, two and more of them with a capital.
func (c *lookedColumn) isNames() bool {
	n := 0
	for text := range c.texts {
		if capitalsOf(text) >= 2 && !strings.ContainsAny(text, "0123456789") {
			n++
		}
	}
	return n > 0 && 2*n >= len(c.texts)
}

// wordsOf gives the words of a text that have more than one letter.
func wordsOf(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if len([]rune(word)) > 1 && !yield(word) {
				return
			}
		}
	}
}

// counted writes how many rows each text of a line has.
func (l valueLine) counted() string {
	parts := make([]string, len(l.rows))
	for i, n := range l.rows {
		parts[i] = fmt.Sprint(n)
	}
	if last := len(parts) - 1; last > 0 {
		return strings.Join(parts[:last], ", ") + " and " + parts[last] + " rows"
	}
	return inRows(l.rows[0])
}

func inRows(n int64) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}
