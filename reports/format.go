package reports

import (
	"fmt"
	"math"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"koblet/queries"
)

// dash stands for what is not applicable.
const dash = "–"

// locale prints values and fixed words in one language. Rounding happens here and nowhere else.
type locale struct {
	code    string
	printer *message.Printer
}

func localeOf(code string) locale {
	if code == "en" {
		return locale{"en", message.NewPrinter(language.English)}
	}
	return locale{"da", message.NewPrinter(language.Danish)}
}

// count prints a whole number with thousands marked: 3.478.
func (l locale) count(n int64) string { return l.printer.Sprint(number.Decimal(n)) }

// decimal prints a number with one decimal. Halves are rounded away from zero, as spreadsheets do when they show a cell,
// so that page and workbook agree.
func (l locale) decimal(v float64) string {
	rounded := math.Round(v*10+math.Copysign(1e-9, v)) / 10
	return l.printer.Sprint(number.Decimal(rounded, number.Scale(1)))
}

var months = map[string][]string{
	"da": {"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// day prints a day in running text: 30. juni 2011, 30 June 2011.
func (l locale) day(t time.Time) string {
	if t.IsZero() {
		return dash
	}
	form := "%d. %s %d"
	if l.code == "en" {
		form = "%d %s %d"
	}
	return fmt.Sprintf(form, t.Day(), months[l.code][t.Month()-1], t.Year())
}

// value prints any cell value by its unit: the number alone, since the unit stands in the head.
func (l locale) value(v any, unit string) string {
	switch v := v.(type) {
	case nil:
		return dash
	case int64:
		if unit == "" {
			return fmt.Sprint(v) // a key such as a year has no thousands
		}
		return l.count(v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return dash
		}
		if unit == unitShare {
			return l.decimal(100 * v)
		}
		return l.decimal(v)
	case time.Time:
		return l.shortDay(v)
	case bool:
		return l.word(map[bool]queries.Words{true: wordYes, false: wordNo}[v])
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// shortDay prints a day in a table: 30-06-2011, 30 Jun 2011.
func (l locale) shortDay(t time.Time) string {
	if t.IsZero() {
		return dash
	}
	if l.code == "en" {
		return t.Format("2 Jan 2006")
	}
	return t.Format("02-01-2006")
}

// cell prints a cell with its mark.
func (l locale) cell(c Cell, unit string) string {
	text := l.bare(c, unit)
	if sign := c.Mark.beside(); sign != "" {
		return text + " " + sign
	}
	return text
}

// bare prints a cell without the mark that stands beside it; a hidden value is its mark.
func (l locale) bare(c Cell, unit string) string {
	switch {
	case c.Mark == Hidden:
		return "[c]"
	case c.Word != "":
		return c.Word
	case c.Value == "":
		return dash
	}
	return l.value(c.Value, unit)
}

// interval sets two bounds in one cell: 9,5–9,9. Where one is hidden or not applicable, that stands for both.
func (l locale) interval(low, high Cell) Cell {
	if low.Mark == Hidden || low.Value == nil || low.Value == "" || high.Value == nil {
		return low
	}
	return Cell{Value: low.Value, Word: l.bare(low, unitShare) + dash + l.bare(high, unitShare), Mark: low.Mark}
}

// unit prints a unit for a column's head: pct., antal.
func (l locale) unit(unit string) string {
	if w, ok := units[unit]; ok {
		return l.word(w)
	}
	return unit
}

// separators are the decimal and the thousands mark of the language, for the axis labels that a page's script prints.
func (l locale) separators() (decimal, group string) {
	decimal = strings.Trim(l.decimal(0.5), "05")
	group = strings.Trim(l.count(1000), "01")
	return decimal, group
}

func (l locale) word(w queries.Words) string { return w.In(l.code) }
