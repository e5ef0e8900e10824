package suggest

import (
	"maps"
	"slices"
	"strings"

	"koblet/registers"
	"koblet/registers/characters"
)

// Look is what was seen of one file: how it is read, its header, and what its columns hold, counted. Nothing of it leaves
// this package but as Suggest writes it.
type Look struct {
	Seen      []string         // the files by number, each with how much of it was looked at, as comments
	Format    string           // csv, xlsx, parquet or u12170
	Encoding  string           // of csv
	Foreign   bool             // of csv: letters beyond a to z were seen
	Delimiter byte             // of csv
	Sheet     string           // of xlsx, where the workbook has several
	Places    registers.Places // of the columns
	Below     int              // of csv and xlsx: the line that looks like the header, where the first does not; else 0
	Header    []string
	Rows      int64
	columns   []*lookedColumn
}

// lookedColumn is one column as it was seen.
type lookedColumn struct {
	name      string
	rows      int64            // with a text
	texts     map[string]int64 // how often each stands; the first of them where there are many
	many      bool             // there are more than texts holds
	none      map[string]int64 // of texts that often stand for no value, however many others there are
	counted   int64            // rows that texts counts
	days      map[dayForm]*dayCount
	typed     int64 // rows whose value has a type, and is a day
	dated     int64 // rows whose text is a day of some form
	twoDigits int64 // rows whose text is a day with a year of two digits
	sixDigits int64 // six digits that make one
	numbers   int64 // ten digits that make a day
	short     int64 // nine digits that do so with a zero in front
	remainder [11]int64
	digits    int64 // digits alone
	sections  int64 // texts with a paragraph sign or an act's number
}

// mostTexts is how many different texts of a column are kept: more are no codes.
const mostTexts = 2000

// NewLook begins a look at a file with that header.
func NewLook(header []string) *Look {
	l := &Look{Header: header}
	for _, name := range header {
		l.columns = append(l.columns, newColumn(strings.TrimSpace(strings.TrimLeft(name, characters.ByteOrderMark))))
	}
	return l
}

func newColumn(name string) *lookedColumn {
	return &lookedColumn{name: name, texts: map[string]int64{}, none: map[string]int64{}, days: map[dayForm]*dayCount{}}
}

// Fields is how many fields of the tables have a column, as far as the header tells.
func (l *Look) Fields(tables []registers.Table) (n int) {
	for _, table := range tables {
		n += len(suggestTable(table, l, nil).columns)
	}
	return n
}

// Add takes one row; typed says of which columns the value has a type, and is a day: those have no form. It reports false
// where the row has another number of fields than the header.
func (l *Look) Add(row []string, typed func(column int) bool) bool {
	if len(row) != len(l.columns) {
		return false
	}
	l.Rows++
	for i, text := range row {
		c := l.columns[i]
		if text = bareText(text); text == "" {
			continue
		}
		if typed != nil && typed(i) {
			c.rows, c.dated, c.typed = c.rows+1, c.dated+1, c.typed+1
			continue
		}
		c.keep(text)
		c.add(text)
	}
	return true
}

// bareText is a text without the blanks around it.
func bareText(text string) string {
	if text == "" || text[0] > ' ' && text[0] < 0x7f && text[len(text)-1] > ' ' && text[len(text)-1] < 0x7f {
		return text
	}
	return characters.Bare(text)
}

// keep counts a text.
func (c *lookedColumn) keep(text string) {
	c.rows++
	if _, again := c.none[text]; again || standsForNone(text) {
		c.none[strings.Clone(text)]++
	}
	if c.many {
		return
	}
	c.counted++
	n, known := c.texts[text]
	if c.many = !known && len(c.texts) == mostTexts; !c.many {
		c.texts[strings.Clone(text)] = n + 1
	}
}

// add looks at what a text may be.
func (c *lookedColumn) add(text string) {
	first := text[0]
	switch {
	case first >= '0' && first <= '9':
		c.addDigits(text)
	case strings.Contains(text, "§"), strings.HasPrefix(text, "lov "), strings.HasPrefix(text, "bkg."):
		c.sections++
	}
}

// addDigits looks at a text that begins with a digit.
func (c *lookedColumn) addDigits(text string) {
	if strings.Trim(text, "0123456789") == "" {
		c.digits++
		if _, err := registers.ParseNumber("0" + text); err == nil {
			c.short++
		}
	}
	if len(text) == 10 || len(text) == 11 {
		if n, err := registers.ParseNumber(text); err == nil {
			c.numbers++
			c.remainder[n.Remainder]++
		}
	}
	if form, day, ok := readDay(text); ok {
		c.dated++
		count := c.days[form]
		if count == nil {
			if len(c.days) == 20 {
				return
			}
			count = &dayCount{fillers: map[string]int64{}}
			c.days[form] = count
		}
		count.add(day, text)
	} else if TwoDigitYear(text) {
		c.twoDigits++
	} else if isSixDigits(text) {
		c.sixDigits++
	}
}

// share is a part of the column's rows.
func (c *lookedColumn) share(n int64) float64 {
	if c.rows == 0 {
		return 0
	}
	return float64(n) / float64(c.rows)
}

// nearlyAll is the share of a column's texts that says what the column is.
const nearlyAll = 0.9

// isDates reports whether the column holds days. Texts that stand for no value are not held against it.
func (c *lookedColumn) isDates() bool {
	return c.mostly(c.dated)
}

// isNumbers reports whether the column holds CPR-numbers.
func (c *lookedColumn) isNumbers() bool {
	return c.mostly(c.numbers+c.short) && c.numbers > c.short
}

// isKey reports whether hardly a text stands twice.
func (c *lookedColumn) isKey() bool {
	return c.counted > 0 && float64(len(c.texts)) >= 0.98*float64(c.counted)
}

// frequent lists the column's texts, the most frequent first.
func (c *lookedColumn) frequent() []string {
	return slices.SortedFunc(maps.Keys(c.texts), func(a, b string) int {
		if n := c.texts[b] - c.texts[a]; n != 0 {
			return int(n)
		}
		return strings.Compare(a, b)
	})
}

// shownPatterns is how many patterns of a column are shown.
const shownPatterns = 2

// pattern is what most of the column's texts look like.
func (c *lookedColumn) pattern() string {
	counts := map[string]int64{}
	for text, n := range c.texts {
		counts[registers.Pattern(text)] += n
	}
	patterns := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		if n := counts[b] - counts[a]; n != 0 {
			return int(n)
		}
		return strings.Compare(a, b)
	})
	switch {
	case len(patterns) == 0:
		return "empty"
	case len(patterns) > shownPatterns:
		patterns = append(patterns[:shownPatterns:shownPatterns], "…")
	}
	return strings.Join(patterns, ", ")
}

// means is how many of the column's rows hold a word or code of a field.
func (c *lookedColumn) means(field string) (n int64) {
	if c.many {
		return 0
	}
	for text, rows := range c.texts {
		if _, known := registers.Meanings().Values[field][registers.Likeness(text)]; known || registers.OwnCodes()[field][text] {
			n += rows
		}
	}
	return n
}
