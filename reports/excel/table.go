package excel

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"koblet/reports"
)

// withMarks gives a table that has marks a last column for them, so that a figure's cell holds the figure and nothing else.
func (b *book) withMarks(t reports.Table) reports.Table {
	marked := func(c reports.Cell) bool { return c.Mark.Beside() != "" }
	if !slices.ContainsFunc(t.Rows, func(r reports.Row) bool { return slices.ContainsFunc(r.Cells, marked) }) {
		return t
	}
	out := reports.Table{Columns: append(slices.Clone(t.Columns), reports.Column{Name: "mark", Label: b.say.Word(wordMark)})}
	for _, r := range t.Rows {
		cells, sign := slices.Clone(r.Cells), ""
		for i, c := range cells {
			if beside := c.Mark.Beside(); beside != "" {
				cells[i].Mark = ""
				if !strings.Contains(sign, beside) {
					sign = strings.TrimSpace(sign + " " + beside)
				}
			}
		}
		out.Rows = append(out.Rows, reports.Row{Kind: r.Kind, Cells: append(cells, reports.Cell{Value: sign})})
	}
	return out
}

// heads are the heads of a table's columns, each a name of its own, as a table of a workbook needs.
func (b *book) heads(t reports.Table) []string {
	seen := map[string]int{}
	var out []string
	for _, c := range t.Columns {
		head := b.head(c)
		if seen[head]++; seen[head] > 1 {
			head = fmt.Sprintf("%s (%d)", head, seen[head])
		}
		out = append(out, head)
	}
	return out
}

// table writes head and rows and makes a table of them, but for the total, which stands beneath it: sorted and filtered rows leave it where
// it is.
func (b *book) table(name string, t reports.Table) error {
	t = b.withMarks(t)
	heads := b.heads(t)
	for i, c := range t.Columns {
		if err := b.put(spot{name, i + 1, headRow}, heads[i], cellStyle{bold: true, head: true, wrap: true, right: c.Numeric(), indent: i > 0 && !c.Numeric()}); err != nil {
			return err
		}
	}
	if err := b.file.SetRowHeight(name, headRow, b.headHeight(t)); err != nil {
		return err
	}
	inGroup := t.Grouped()
	for n, r := range t.Rows {
		for i, c := range r.Cells {
			style := cellStyle{bold: r.Kind != reports.Ordinary, total: r.Kind == reports.Total, last: n == len(t.Rows)-1}
			style.indent = i == 0 && inGroup && r.Kind == reports.Ordinary || i > 0 && !t.Columns[i].Numeric()
			if bounds(t, i) && reports.IsShare(t.Columns[i].Unit) {
				style.format = decimals(t.Columns[i].Unit)
			}
			if err := b.cell(spot{name, i + 1, headRow + 1 + n}, c, t.Columns[i], style); err != nil {
				return err
			}
		}
	}
	rows := len(t.Rows)
	for rows > 0 && t.Rows[rows-1].Kind == reports.Total {
		rows--
	}
	return b.list(name, headRow, [2]int{len(t.Columns), rows})
}

// head is the whole head of a column in one cell: shared head, label and unit.
func (b *book) head(c reports.Column) string {
	text := c.Label
	if c.Head != "" {
		text = c.Head + ": " + c.Label
	}
	if unit := b.say.UnitBeside(c.Label, c.Unit); unit != "" {
		text += " (" + unit + ")"
	}
	return text
}

// cell writes a raw value with its format; what is no number stands as text, at the side where numbers stand.
func (b *book) cell(at spot, c reports.Cell, column reports.Column, style cellStyle) error {
	style.right = column.Numeric()
	text, isText := c.Value.(string)
	_, isDay := c.Value.(time.Time)
	if style.wrap = utf8.RuneCountInString(text) > widest; style.wrap {
		if err := b.file.SetRowHeight(at.sheet, at.row, 15.5*float64(len(broken(text, widest-5)))); err != nil {
			return err
		}
	}
	switch {
	case c.Mark == reports.Hidden:
		return b.put(at, "[c]", style)
	case isText && text == "" && c.Word == "":
		return b.put(at, nil, style)
	case c.Value == nil && c.Word == "":
		return b.put(at, reports.Dash, style)
	case isText || c.Value == nil || isDay && c.Word != "": // a day that has a name is called by it
		return b.put(at, b.say.Cell(c, column.Unit), style)
	}
	if style.format == "" {
		style.format = b.numberFormat(c, column.Unit)
	}
	return b.put(at, c.Value, style)
}

// shareFormat is how a spreadsheet shows a share: as the page does, so that what is rounded to nought and is not reads <0,1%. The cell keeps the number.
func (b *book) shareFormat(v float64, unit string) string {
	if text := b.say.Vanishing(v, unit); text != "" {
		return `"` + text + `%"`
	}
	return decimals(unit)
}

// decimals is the format of a share that is rounded and no more, such as a bound of an interval.
func decimals(unit string) string { return "0." + strings.Repeat("0", reports.DecimalsOf(unit)) + "%" }

// partFormat is how a spreadsheet shows a part of a hundred of which there may be little: with the decimals that the page has, and where those would make all
// of what is not all, with more.
func partFormat(v float64) string {
	if v > 99.9 && v < 100 {
		return "0.0###%"
	}
	if decimals := reports.SmallDecimals(v); decimals > 0 {
		return "0." + strings.Repeat("0", decimals) + "%"
	}
	return "0%"
}

// bounds reports whether a column is a bound of an interval.
func bounds(t reports.Table, i int) bool {
	return t.Columns[i].Until != "" || i > 0 && t.Columns[i-1].Until == t.Columns[i].Name
}

// numberFormat is how a spreadsheet shows a value; a word before the number is part of the format, so that the cell keeps the number.
func (b *book) numberFormat(c reports.Cell, unit string) string {
	format := "#,##0"
	switch c.Value.(type) {
	case time.Time:
		if b.report.Language == "en" {
			return "d mmm yyyy"
		}
		return "dd-mm-yyyy"
	case bool:
		return ""
	case float64:
		format = "#,##0.0"
		switch unit {
		case reports.UnitShare, reports.UnitFine:
			format = b.shareFormat(c.Value.(float64), unit)
		case reports.UnitSmall:
			format = partFormat(100 * c.Value.(float64))
		}
		if unit == reports.UnitDeviations {
			format = "0.00"
		}
	case int64:
		if unit == "" {
			format = "0"
		}
	}
	if c.Word != "" && reports.IsShare(unit) {
		format = "0%"
		if word, _, roughly := strings.Cut(c.Word, " "); roughly {
			format = `"` + strings.ReplaceAll(word, `"`, "") + ` "0%`
		}
	}
	return format
}
