package print

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"koblet/registers/characters"
	"koblet/reports"
)

// Columns is how wide a screen is that does not say, and files, which look the same wherever they are made.
const Columns = 80

// Unbroken is the width of what is looked for by lines: each paragraph and each row of a table is one.
const Unbroken = 1 << 30

// TextWithin prints a report for a terminal of so many columns: aligned tables, units in the heads, notes beneath. A line is broken at
// blanks; only a word that is longer than a line reaches beyond it.
func TextWithin(w io.Writer, r reports.Report, columns int) error {
	p := printer{bufio.NewWriter(characters.ToScreen(w)), reports.LocaleOf(r.Language), columns}
	r = r.Visible()
	sections := r.Sections
	if r.Lead == "" && len(sections) > 0 && !slices.ContainsFunc(sections[1:], func(s reports.Section) bool { return !s.Behind() }) {
		// One answer: as it was given, and its source is named beneath; the files behind it are in workbook and page.
		one := sections[0]
		if one.Detail != nil {
			one.Table = *one.Detail
		}
		sections = []reports.Section{one}
	} else {
		p.paragraph(r.Title)
		if !r.AsOf.IsZero() {
			fmt.Fprintf(p.out, "%s %s\n", p.say.Word(reports.WordAsOf), p.say.Day(r.AsOf))
		}
		if r.Lead != "" {
			fmt.Fprintln(p.out)
			p.paragraph(r.Lead)
		}
		if len(r.Key.Rows) > 0 {
			fmt.Fprintln(p.out)
			p.table(r.Key)
		}
		fmt.Fprintln(p.out)
	}
	for i, s := range sections {
		if i > 0 {
			fmt.Fprintln(p.out)
		}
		p.section(s)
	}
	for _, n := range r.Notes {
		fmt.Fprintln(p.out)
		p.paragraph(n)
	}
	return p.out.Flush()
}

// printer writes the parts of one report.
type printer struct {
	out     *bufio.Writer
	say     reports.Locale
	columns int // of the screen
}

func (p printer) section(s reports.Section) {
	p.paragraph(s.Title)
	if s.Question != "" && s.Question != s.Title {
		p.paragraph(s.Question)
	}
	if s.Unit != "" {
		p.paragraph(s.Unit)
	}
	for _, t := range s.Text {
		fmt.Fprintln(p.out)
		p.paragraph(t)
	}
	if s.Empty != "" {
		p.paragraph(reports.Dash + " " + s.Empty)
	}
	if len(s.Table.Columns) > 0 {
		fmt.Fprintln(p.out)
		p.table(s.Table)
	}
	for i, n := range s.Notes {
		if i == 0 {
			n = p.say.Word(reports.WordNote) + " " + n
		}
		p.paragraph(n)
	}
	if s.Source != "" {
		p.paragraph(p.say.Word(reports.WordSource) + " " + s.Source)
	}
}

// longest is how long the lines of a paragraph are at most, however wide the screen.
const longest = 78

func (p printer) paragraph(text string) {
	letters := p.columns
	if letters != Unbroken {
		letters = min(longest, letters)
	}
	fmt.Fprintln(p.out, wrapped(text, letters))
}

// table aligns words left and numbers right, within the letters of a line.
func (p printer) table(t reports.Table) {
	t = t.Joined(p.say)
	g := grid{heads: headLines(p.say, t), keys: t.Keys(), lines: t.Lines, whole: t.Whole}
	for _, c := range t.Columns {
		g.numeric, g.over = append(g.numeric, c.Numeric()), append(g.over, c.Head)
		g.whole = g.whole || c.Name == plan
	}
	for _, r := range t.Rows {
		g.rows, g.kinds = append(g.rows, rowTexts(p.say, t, r)), append(g.kinds, r.Kind)
	}
	g.print(p.out, p.columns)
}

// headLines are the lines of a table's head: the labels, and the units where there are any.
func headLines(l reports.Locale, t reports.Table) [][]string {
	labels, units := make([]string, len(t.Columns)), make([]string, len(t.Columns))
	anyUnit := false
	for i, c := range t.Columns {
		labels[i], units[i] = oneLine(reports.Column{}, c.Label), l.UnitBeside(c.Label, c.Unit)
		anyUnit = anyUnit || units[i] != ""
	}
	if anyUnit {
		return [][]string{labels, units}
	}
	return [][]string{labels}
}

func rowTexts(l reports.Locale, t reports.Table, r reports.Row) []string {
	var out []string
	for i, c := range r.Cells {
		text := oneLine(t.Columns[i], blank(l, c, t.Columns[i].Unit))
		if sign := c.Mark.Beside(); sign != "" {
			text = strings.Replace(text, " "+sign, kept+sign, 1)
		}
		if i == 0 && r.Kind == reports.Ordinary && t.Grouped() {
			text = "  " + text
		}
		out = append(out, text)
	}
	return out
}

// blank prints a cell, and nothing where the empty text says that nothing belongs there.
func blank(l reports.Locale, c reports.Cell, unit string) string {
	if text, ok := c.Value.(string); ok && text == "" && c.Word == "" && c.Mark == "" {
		return ""
	}
	return l.Cell(c, unit)
}

// wrapped breaks a paragraph at blanks into lines of so many letters.
func wrapped(text string, letters int) string {
	var out strings.Builder
	used := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case used == 0:
		case used+1+n > letters:
			out.WriteString("\n")
			used = 0
		default:
			out.WriteString(" ")
			used++
		}
		out.WriteString(word)
		used += n
	}
	return out.String()
}

// plan is the column of what a statement explains, which is a drawing.
const plan = "explain_value"

// oneLine is a text of a table on a screen, where a line is a row. What a statement explains is lines.
func oneLine(column reports.Column, text string) string {
	if column.Name == plan {
		return text
	}
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(text)
}
