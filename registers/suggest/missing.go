package suggest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"koblet/registers"
)

// standsForNone reports whether a text often stands for no value, in capitals or not.
func standsForNone(text string) bool {
	const longest = 16
	return len(text) <= longest && registers.Meanings().Missing[strings.ToUpper(text)]
}

// absent is how many rows have a text that often stands for no value.
func (c *lookedColumn) absent() (n int64) {
	for _, rows := range c.none {
		n += rows
	}
	return n
}

// told is how many rows have a text that says something.
func (c *lookedColumn) told() int64 { return c.rows - c.absent() }

// mostly reports whether nearly all the texts that say something are among so many, and any is.
func (c *lookedColumn) mostly(n int64) bool {
	return n > 0 && float64(n) >= nearlyAll*float64(c.told())
}

// missing writes the texts that are likely to stand for no value, and names days that are likely to. A text that is a code in one
// column of the table and none in another is left to the reader: what is missing is so in every column.
func (w *profileWriter) missing(s suggestion) {
	rows, codes := map[string]int64{}, map[string]string{}
	var fillers []string
	for _, field := range s.table.Fields {
		g, found := s.columns[field.Name]
		if !found {
			continue
		}
		c := s.look.columns[g.column]
		for text, n := range c.none {
			if registers.OwnCodes()[field.Name][text] {
				codes[text] = field.Name
			} else {
				rows[text] += n
			}
		}
		if form, count := c.form(); field.Kind == registers.Date {
			for _, day := range slices.Sorted(maps.Keys(count.fillers)) {
				if field.Name != "birth_date" || !strings.Contains(day, "1900") {
					fillers = append(fillers, fmt.Sprintf("# %s holds the day %s in %s, as %s: no value? then it belongs into missing", field.Name, day, inRows(count.fillers[day]), form.pattern(count)))
				}
			}
		}
	}
	var line valueLine
	for _, text := range slices.Sorted(maps.Keys(rows)) {
		if field := codes[text]; field != "" {
			fillers = append(fillers, fmt.Sprintf("# ? missing     = %s # %s; but in %s it is a code", tomlTexts([]string{text}), inRows(rows[text]), field))
			continue
		}
		line.texts, line.rows = append(line.texts, text), append(line.rows, rows[text])
	}
	if len(line.texts) > 0 {
		w.line("missing   = %s # guess: %s", tomlTexts(line.texts), line.counted())
	}
	for _, f := range fillers {
		w.line("%s", f)
	}
}
