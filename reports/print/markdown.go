package print

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"koblet/reports"
)

// Markdown prints a report in Markdown with tables (GitHub's and Pandoc's), laid out as a document is. Whatever a text has that would be
// markup is escaped.
func Markdown(w io.Writer, r reports.Report) error {
	m := &markdown{out: bufio.NewWriter(w), report: r.Visible(), say: reports.LocaleOf(r.Language), noted: map[reports.Mark]bool{}}
	m.write()
	return m.out.Flush()
}

// markdown writes the parts of one report.
type markdown struct {
	out    *bufio.Writer
	report reports.Report
	say    reports.Locale
	tables int                   // numbered so far
	noted  map[reports.Mark]bool // marks whose meaning is said
}

func (m *markdown) write() {
	r := m.report
	fmt.Fprintf(m.out, "# %s\n", plainly(r.Title))
	m.paragraph(plainly(r.AsOfLine()))
	if r.Edition != reports.Public {
		m.paragraph("**" + plainly(m.say.Word(reports.WordInternalUse)) + "**")
	}
	m.paragraph(plainly(r.Lead))
	if len(r.Key.Rows) > 0 {
		m.table(r.Key, func(int) string { return m.say.Word(reports.WordKey) })
	}
	noted := false
	for _, s := range r.Sections {
		if s.Behind() && !noted {
			m.notes()
			noted = true
		}
		m.section(s)
	}
	if !noted {
		m.notes()
	}
}

// paragraph writes a paragraph; nothing where there is no text.
func (m *markdown) paragraph(text string) {
	if text != "" {
		fmt.Fprintf(m.out, "\n%s\n", text)
	}
}

func (m *markdown) notes() {
	if len(m.report.Notes) == 0 {
		return
	}
	m.paragraph("## " + m.say.Word(reports.WordNotes))
	for i, n := range append(slices.Clone(m.report.Notes), m.report.Signs()) {
		m.paragraph(fmt.Sprintf("%d. %s", i+1, plainly(n)))
	}
}

func (m *markdown) section(s reports.Section) {
	m.paragraph("## " + plainly(s.Title))
	if s.Question != s.Title && s.Question != m.report.Title {
		m.paragraph(plainly(s.Question))
	}
	for _, text := range s.Text {
		m.paragraph(plainly(text))
	}
	if s.Empty != "" {
		m.paragraph(reports.Dash + " " + m.say.Word(reports.WordNone) + " " + plainly(s.Empty) + ".")
	}
	if s.Chart != nil && s.Alt != "" {
		m.paragraph(m.say.Word(reports.WordDrawn) + " " + plainly(s.Alt))
	}
	if s.Empty == "" {
		caption, day := m.report.Dated(s.Unit)
		if len(s.Table.Columns) > 0 {
			m.numbered(s.Table, cmp.Or(caption, s.Sheet)+day)
		}
		if s.Detail != nil {
			m.numbered(*s.Detail, cmp.Or(s.DetailSheet, caption)+day)
		}
	}
	for i, n := range s.Notes {
		n = plainly(n)
		if len(s.Notes) > 1 {
			n = fmt.Sprintf(`%d\. %s`, i+1, n)
		}
		if i == 0 {
			n = m.say.Word(reports.WordNote) + " " + n
		}
		m.paragraph(n)
	}
	if s.Source != "" {
		m.paragraph(m.say.Word(reports.WordSource) + " " + plainly(s.Source))
	}
}

func (m *markdown) numbered(t reports.Table, caption string) {
	m.tables++
	number := fmt.Sprintf("%s %d", m.say.Word(reports.WordTable), m.tables)
	m.table(t, func(part int) string {
		if part > 0 {
			return fmt.Sprintf("%s (%s): %s", number, m.say.Word(reports.WordContinued), caption)
		}
		return number + ": " + caption
	})
	for _, mark := range t.Marked() {
		if !m.noted[mark] {
			m.noted[mark] = true
			m.paragraph(plainly(m.report.Meaning(mark)))
		}
	}
}

// table writes a table in blocks of so many years as stand side by side; a line of it is never too wide.
func (m *markdown) table(t reports.Table, caption func(part int) string) {
	t = t.Joined(m.say)
	for part, columns := range t.Blocks(make([]int, len(t.Columns)), 0) {
		block := t.Part(columns)
		m.paragraph("**" + plainly(caption(part)) + "**")
		var heads, rules []string
		for _, c := range block.Columns {
			head, rule := plainly(c.Label), "---"
			if c.Head != "" {
				head = plainly(c.Head) + ": " + head
			}
			if unit := m.say.UnitBeside(c.Label, c.Unit); unit != "" {
				head += ", " + plainly(unit)
			}
			if c.Numeric() {
				rule = "---:"
			}
			heads, rules = append(heads, head), append(rules, rule)
		}
		fmt.Fprintln(m.out)
		m.line(heads)
		m.line(rules)
		for _, r := range block.Rows {
			m.line(m.cells(block, r))
		}
	}
}

func (m *markdown) cells(t reports.Table, r reports.Row) []string {
	var out []string
	for i, c := range r.Cells {
		text := plainly(blank(m.say, c, t.Columns[i].Unit))
		if r.Kind != reports.Ordinary && text != "" {
			text = "**" + text + "**"
		}
		out = append(out, text)
	}
	return out
}

func (m *markdown) line(cells []string) {
	fmt.Fprintln(m.out, "| "+strings.Join(cells, " | ")+" |")
}

var (
	markup    = regexp.MustCompile("[\\\\`*_\\[\\]<>#|&~$^!]")
	beginning = regexp.MustCompile(`^(?:[-+=]|\d+[.)](?: |$))`)
	address   = regexp.MustCompile(`(?i)(https?|ftp|mailto)(:)|(www)(\.)|(\w)(@)`)
)

// plainly is a text in one line that means nothing to a reader of Markdown but itself: no emphasis, link, address, list, heading, element or cell.
func plainly(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	text = markup.ReplaceAllString(text, `\$0`)
	text = address.ReplaceAllString(text, `$1$3$5\$2$4$6`)
	return beginning.ReplaceAllStringFunc(text, func(at string) string {
		digits := strings.TrimRight(at, "-+=.) ")
		return digits + `\` + at[len(digits):]
	})
}
