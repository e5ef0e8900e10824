package reports

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"koblet/analysis"
	"koblet/queries"
)

// Dash stands for what is not applicable.
const Dash = "–"

// Locale prints values and fixed words in one language. Rounding happens here and nowhere else.
type Locale struct {
	code    string
	printer *message.Printer
	finely  bool // sentences have two decimals, as the table that they speak of
}

// LocaleOf is the locale of a language: "en", or "da" for any other code.
func LocaleOf(code string) Locale {
	if code == "en" {
		return Locale{code: "en", printer: message.NewPrinter(language.English)}
	}
	return Locale{code: "da", printer: message.NewPrinter(language.Danish)}
}

// set prints a number with the minus that people read, which is as wide as a digit and no hyphen. Machines get the hyphen (see Plain).
func (l Locale) set(n any) string {
	return strings.Replace(l.printer.Sprint(n), "-", "\u2212", 1)
}

// count prints a whole number with thousands marked: 3.478.
func (l Locale) count(n int64) string { return l.set(number.Decimal(n)) }

// decimal prints a number with one decimal. Halves are rounded away from zero, as spreadsheets do when they show a cell,
// so that page and workbook agree.
func (l Locale) decimal(v float64) string { return l.rounded(v, 1) }

// rounded prints a number with so many decimals. What is rounded to nought has no sign.
func (l Locale) rounded(v float64, decimals int) string {
	unit := math.Pow10(decimals)
	v = math.Round(v*unit+math.Copysign(1e-9, v)) / unit
	if v == 0 {
		v = 0 // nor the sign that nought has of its own
	}
	return l.set(number.Decimal(v, number.Scale(decimals)))
}

// small prints a part of a hundred of which there may be little: with two figures that count, never 0 where there is something and never
// 100 where something is left.
func (l Locale) small(v float64) string {
	switch {
	case v == 0 || v >= 100:
		return l.set(number.Decimal(v))
	case v >= 10:
		return l.decimal(min(v, 99.9))
	}
	return l.set(number.Decimal(v, number.Scale(SmallDecimals(v))))
}

// SmallDecimals is how many decimals a part of a hundred has of which there may be little.
func SmallDecimals(v float64) int {
	switch {
	case v <= 0 || v >= 100:
		return 0
	case v >= 10:
		return 1
	}
	decimals := 1 - int(math.Floor(math.Log10(v)))
	if shown := math.Round(v*math.Pow10(decimals)) / math.Pow10(decimals); math.Log10(shown) >= float64(2-decimals) {
		decimals = max(decimals-1, 1) // 0,0998 is rounded to 0,10, whose figures that count are two
	}
	return decimals
}

var months = map[string][]string{
	"da": {"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// Day prints a day in running text: 30. juni 2011, 30 June 2011.
func (l Locale) Day(t time.Time) string {
	if t.IsZero() {
		return Dash
	}
	form := "%d. %s %d"
	if l.code == "en" {
		form = "%d %s %d"
	}
	return fmt.Sprintf(form, t.Day(), months[l.code][t.Month()-1], t.Year())
}

// Value prints any cell value by its unit: the number alone, since the unit stands in the head.
func (l Locale) Value(v any, unit string) string {
	switch v := v.(type) {
	case nil:
		return Dash
	case int64:
		if unit == "" || unit == UnitDigits {
			return fmt.Sprint(v) // a key such as a year has no thousands
		}
		return l.count(v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return Dash
		}
		switch unit {
		case UnitShare, UnitFine:
			return l.share(v, unit)
		case UnitSmall:
			return l.small(100 * v)
		}
		if isPoints(unit) {
			return l.rounded(100*v, DecimalsOf(unit))
		}
		if unit == UnitDeviations {
			return l.rounded(v, 2)
		}
		return l.decimal(v)
	case time.Time:
		return l.ShortDay(v)
	case bool:
		return l.Word(map[bool]queries.Words{true: wordYes, false: wordNo}[v])
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// ShortDay prints a day in a table or on a chart: 30-06-2011, 30 Jun 2011.
func (l Locale) ShortDay(t time.Time) string {
	if t.IsZero() {
		return Dash
	}
	if l.code == "en" {
		return t.Format("2 Jan 2006")
	}
	return t.Format("02-01-2006")
}

// Month prints a month, counted from the year 0, in as few letters as an axis affords: jan. 2013, Jan 2013.
func (l Locale) Month(n int64) string {
	name := []rune(months[l.code][n%12])
	if len(name) <= 4 && l.code == "da" { // maj, juni, juli
		return fmt.Sprintf("%s %d", string(name), n/12)
	}
	short := string(name[:3])
	if l.code == "da" {
		short += "."
	}
	return fmt.Sprintf("%s %d", short, n/12)
}

// Tick prints a number along an axis whose numbers lie a step apart, with the decimals that tell them apart.
func (l Locale) Tick(n, step float64) string {
	decimals := 0
	for step < 1-1e-9 || math.Abs(step-math.Round(step)) > 1e-9 {
		step *= 10
		decimals++
	}
	return l.set(number.Decimal(n, number.Scale(decimals)))
}

// Cell prints a cell with its mark.
func (l Locale) Cell(c Cell, unit string) string {
	text := l.Bare(c, unit)
	if sign := c.Mark.Beside(); sign != "" {
		return text + " " + sign
	}
	return text
}

// Bare prints a cell without the mark that stands beside it; a hidden value is its mark.
func (l Locale) Bare(c Cell, unit string) string {
	switch {
	case c.Mark == Hidden:
		return "[c]"
	case c.Word != "":
		return c.Word
	case c.Value == "":
		return Dash
	}
	return l.Value(c.Value, unit)
}

// Interval sets two bounds in one cell: 9,5–9,9. Where one is hidden or not applicable, that stands for both.
func (l Locale) Interval(low, high Cell, unit string) Cell {
	if low.Mark == Hidden || low.Value == nil || low.Value == "" || high.Value == nil {
		return low
	}
	return Cell{Value: low.Value, Word: l.bound(low.Value, unit) + Dash + l.bound(high.Value, unit), Mark: low.Mark}
}

// bound prints a bound of an interval, which is rounded as it is: it counts nobody who could be read as none.
func (l Locale) bound(v any, unit string) string {
	if x, ok := v.(float64); ok && !math.IsNaN(x) && !math.IsInf(x, 0) {
		return l.rounded(100*x, DecimalsOf(unit))
	}
	return l.Value(v, unit)
}

// Unit prints a unit for a column's head: pct., antal.
func (l Locale) Unit(unit string) string {
	if w, ok := units[unit]; ok {
		return l.Word(w)
	}
	return unit
}

// UnitBeside prints a unit beside the label that it belongs to: where the label is the unit's own word, that it is a number.
func (l Locale) UnitBeside(label, unit string) string {
	word := l.Unit(unit)
	if word != "" && strings.EqualFold(label, word) {
		return l.Unit("permits")
	}
	return word
}

// Separators are the decimal and the thousands mark of the language, for the axis labels that a page's script prints.
func (l Locale) Separators() (decimal, group string) {
	decimal = strings.Trim(l.decimal(0.5), "05")
	group = strings.Trim(l.count(1000), "01")
	return decimal, group
}

// Word is the words of the language.
func (l Locale) Word(w queries.Words) string { return w.In(l.code) }

// Plain is a cell value as machines read it: the shortest form that reads back as the same number.
func Plain(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", fmt.Errorf("not a number")
		}
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case bool:
		return strconv.FormatBool(v), nil
	case time.Time:
		return v.Format(time.DateOnly), nil
	}
	return "", fmt.Errorf("a value of type %T", v)
}

// What the builder calls the above.
type locale = Locale

const (
	unitShare = UnitShare
	dash      = Dash
)

func localeOf(code string) Locale                { return LocaleOf(code) }
func plainText(v any) (string, error)            { return Plain(v) }
func (l Locale) word(w queries.Words) string     { return l.Word(w) }
func (l Locale) value(v any, unit string) string { return l.Value(v, unit) }
func (l Locale) unit(unit string) string         { return l.Unit(unit) }
func (l Locale) day(t time.Time) string          { return l.Day(t) }

// Note sets a note: its words with each figure in its place. A stop that ends a figure ends the sentence with it.
func (l Locale) Note(n analysis.Note) string {
	figures := map[string]analysis.Figure{}
	for _, f := range n.Figures {
		figures[f.Name] = f
	}
	text := l.Word(n.Words)
	var out strings.Builder
	for from := 0; from < len(text); {
		at := analysis.Place.FindStringSubmatchIndex(text[from:])
		if at == nil {
			out.WriteString(text[from:])
			break
		}
		out.WriteString(text[from : from+at[0]])
		set := text[from+at[0] : from+at[1]] // what names no figure is text
		if f, ok := figures[text[from+at[2]:from+at[3]]]; ok {
			set = l.figure(f)
		}
		if from += at[1]; strings.HasSuffix(set, ".") && strings.HasPrefix(text[from:], ".") {
			from++
		}
		out.WriteString(set)
	}
	return out.String()
}

// after ends a sentence, unless it ends in the stop of a unit already, and says another.
func after(sentence, next string) string { return strings.TrimSuffix(sentence, ".") + ". " + next }

// heading sets a note as a heading: without the stop of a sentence, but with that of a unit.
func (l Locale) heading(n analysis.Note) string {
	text := l.Note(n)
	if strings.HasSuffix(text, l.Word(wordPercent)) {
		return text
	}
	return strings.TrimSuffix(text, ".")
}

// figure sets a figure within a sentence: with its sign, a day in words.
func (l Locale) figure(f analysis.Figure) string {
	switch v := f.Value.(type) {
	case analysis.Note:
		return l.Note(v)
	case queries.Words:
		return l.Word(v)
	case []queries.Words:
		var names []string
		for _, w := range v {
			names = append(names, l.month(l.Word(w), f.Unit))
		}
		return strings.Join(names, ", ")
	case time.Time:
		return l.Day(v)
	case float64:
		if f.Unit == unitPoints && l.finely {
			return l.rounded(100*v, DecimalsOf(unitFinePoints))
		}
		if f.Unit == unitShare {
			return l.percent(v) + " " + l.Word(wordPercent)
		}
	case string:
		return l.month(v, f.Unit)
	}
	return l.Value(f.Value, f.Unit)
}

// month sets a month such as 2013-05 within a sentence: maj 2013. Any other text stands as it is.
func (l Locale) month(text, unit string) string {
	month, err := time.Parse("2006-01", text)
	if err != nil || unit != "month" {
		return text
	}
	return fmt.Sprintf("%s %d", months[l.code][month.Month()-1], month.Year())
}

// percent prints a fraction within a sentence. What one decimal would round to none or to all, and is neither, is said to be so: a sentence of 0,0 pct.
// must not be read as nobody.
func (l Locale) percent(fraction float64) string {
	unit := UnitShare
	if l.finely {
		unit = UnitFine
	}
	text := l.share(fraction, unit)
	if least, ok := strings.CutPrefix(text, "<"); ok {
		return l.Word(wordUnder) + " " + least
	}
	if most, ok := strings.CutPrefix(text, ">"); ok {
		return l.Word(wordOver) + " " + most
	}
	return text
}
