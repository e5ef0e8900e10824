package suggest

import (
	"strings"

	"koblet/registers"
)

// TwoDigitYear reports whether a text, or a text's pattern, looks like a day whose year has two digits: 31-12-14, 1/2/80, 14.12.31, with
// or without a time of day behind it.
func TwoDigitYear(text string) bool {
	day := text
	if at := strings.IndexAny(text, " T"); at > 4 {
		day = text[:at]
	}
	for _, between := range []string{"-", ".", "/", " "} {
		parts := strings.Split(day, between)
		if len(parts) != 3 {
			continue
		}
		twos := 0
		for _, part := range parts {
			if len(part) == 0 || len(part) > 2 || strings.Trim(part, "0123456789") != "" {
				return false
			}
			if len(part) == 2 {
				twos++
			}
		}
		return twos > 0 && (isShortDay(parts[0], parts[1]) || isShortDay(parts[2], parts[1]) || isShortDay(parts[1], parts[0])) || day == strings.Repeat("9", len(parts[0]))+between+strings.Repeat("9", len(parts[1]))+between+"99"
	}
	return false
}

// isShortDay reports whether two numbers of one or two digits may be a day and a month.
func isShortDay(day, month string) bool {
	d, _ := wholeOf(day)
	m, _ := wholeOf(month)
	return d >= 1 && d <= 31 && m >= 1 && m <= 12
}

// isSixDigits reports whether a text is a day, a month and a year without anything between, in either order: only in a column of
// days by its name, for it could be any number.
func isSixDigits(text string) bool {
	return len(text) == 6 && strings.Trim(text, "0123456789") == "" && (isShortDay(text[:2], text[2:4]) || isShortDay(text[4:], text[2:4]))
}

// isShort reports whether the column holds days with two-digit years.
func (c *lookedColumn) isShort(named bool) bool {
	return c.mostly(c.twoDigits) || named && c.mostly(c.sixDigits)
}

// centuries names the fields whose days have two-digit years. No pattern reads them: which century was meant is known to who wrote
// them, and of a birth date nobody else can tell.
func (w *profileWriter) centuries(s suggestion) (fields []string) {
	for _, field := range s.table.Fields {
		g, found := s.columns[field.Name]
		if !found || field.Kind != registers.Date || !s.look.columns[g.column].isShort(true) {
			continue
		}
		c := s.look.columns[g.column]
		w.line("# ! %s holds days with two-digit years in %s, as %s: they leave the century open, and no pattern of dates reads them.", field.Name, inRows(max(c.twoDigits, c.sixDigits)), c.pattern())
		fields = append(fields, field.Name)
	}
	if len(fields) > 0 {
		w.line("#   Have the file delivered with years of four digits.")
	}
	return fields
}
