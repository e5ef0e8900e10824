package print

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"koblet/registers"
	"koblet/reports"
)

// Text prints a report for a terminal: aligned tables, units in the heads, notes beneath.
func Text(w io.Writer, r reports.Report) error {
	out := bufio.NewWriter(registers.ToScreen(w))
	l := reports.LocaleOf(r.Language)
	r = r.Visible()
	sections := r.Sections
	if r.Lead == "" && len(sections) == 2 {
		// One answer: as it was given, and its source is named beneath; the files behind it are in workbook and page.
		one := sections[0]
		if one.Detail != nil {
			one.Table = *one.Detail
		}
		sections = []reports.Section{one}
	} else {
		fmt.Fprintln(out, wrapped(r.Title))
		if !r.AsOf.IsZero() {
			fmt.Fprintf(out, "%s %s\n", l.Word(reports.WordAsOf), l.Day(r.AsOf))
		}
		if r.Lead != "" {
			fmt.Fprintf(out, "\n%s\n", wrapped(r.Lead))
		}
		if len(r.Key.Rows) > 0 {
			fmt.Fprintln(out)
			printTable(out, l, r.Key)
		}
		fmt.Fprintln(out)
	}
	for i, s := range sections {
		if i > 0 {
			fmt.Fprintln(out)
		}
		printSection(out, l, s)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(out, "\n%s\n", wrapped(n))
	}
	return out.Flush()
}

func printSection(out *bufio.Writer, l reports.Locale, s reports.Section) {
	fmt.Fprintln(out, s.Title)
	if s.Unit != "" {
		fmt.Fprintln(out, s.Unit)
	}
	for _, t := range s.Text {
		fmt.Fprintf(out, "\n%s\n", wrapped(t))
	}
	if s.Empty != "" {
		fmt.Fprintf(out, "%s %s\n", reports.Dash, s.Empty)
	}
	if len(s.Table.Columns) > 0 {
		fmt.Fprintln(out)
		printTable(out, l, s.Table)
	}
	for i, n := range s.Notes {
		if i == 0 {
			n = l.Word(reports.WordNote) + " " + n
		}
		fmt.Fprintln(out, wrapped(n))
	}
	if s.Source != "" {
		fmt.Fprintln(out, wrapped(l.Word(reports.WordSource)+" "+s.Source))
	}
}

// printTable aligns words left and numbers right. A mark stands in a place of its own, so that digits stay in line.
func printTable(out *bufio.Writer, l reports.Locale, t reports.Table) {
	t = t.Joined(l)
	heads := headLines(l, t)
	lines := append([][]string{}, heads...)
	for _, r := range t.Rows {
		lines = append(lines, rowTexts(l, t, r))
	}
	widths := make([]int, len(t.Columns))
	for _, line := range lines {
		for i, text := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	for i, line := range lines {
		if i == len(heads) {
			fmt.Fprintln(out, strings.Repeat("─", lineWidth(widths)))
		}
		if n := i - len(heads); n >= 0 && t.Rows[n].Kind == reports.Total {
			fmt.Fprintln(out, strings.Repeat("─", lineWidth(widths)))
		}
		printLine(out, t, line, widths)
	}
}

func printLine(out *bufio.Writer, t reports.Table, line []string, widths []int) {
	var text strings.Builder
	for i, cell := range line {
		if i > 0 {
			text.WriteString("  ")
		}
		pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		if t.Columns[i].Numeric() {
			text.WriteString(pad + cell)
		} else {
			text.WriteString(cell + pad)
		}
	}
	fmt.Fprintln(out, strings.TrimRight(text.String(), " "))
}

// headLines are the lines of a table's head: the shared heads where there are any, the labels, and the units.
func headLines(l reports.Locale, t reports.Table) [][]string {
	shared, labels, units := make([]string, len(t.Columns)), make([]string, len(t.Columns)), make([]string, len(t.Columns))
	anyShared, anyUnit := false, false
	for i, c := range t.Columns {
		labels[i], units[i] = oneLine(reports.Column{}, c.Label), l.Unit(c.Unit)
		if c.Head != "" && (i == 0 || t.Columns[i-1].Head != c.Head) {
			shared[i], anyShared = c.Head, true
		}
		anyUnit = anyUnit || units[i] != ""
	}
	lines := [][]string{labels}
	if anyShared {
		lines = append([][]string{shared}, lines...)
	}
	if anyUnit {
		lines = append(lines, units)
	}
	return lines
}

func rowTexts(l reports.Locale, t reports.Table, r reports.Row) []string {
	var out []string
	for i, c := range r.Cells {
		text := oneLine(t.Columns[i], blank(l, c, t.Columns[i].Unit))
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

func lineWidth(widths []int) int {
	sum := 2 * (len(widths) - 1)
	for _, w := range widths {
		sum += w
	}
	return sum
}

// lineLength is how long the lines of a paragraph are on a terminal, in letters.
const lineLength = 78

// wrapped breaks a paragraph at blanks.
func wrapped(text string) string {
	var out strings.Builder
	used := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case used == 0:
		case used+1+n > lineLength:
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

// oneLine is a text of a table on a screen, where a line is a row. What a statement explains is lines.
func oneLine(column reports.Column, text string) string {
	if column.Name == "explain_value" {
		return text
	}
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(text)
}
