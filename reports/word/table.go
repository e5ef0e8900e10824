package word

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"koblet/reports"
)

// How wide a page of A4 is between its margins, and what a letter of a table and the room around a cell take, in twentieths of a point.
const (
	pageWidth   = 11906 - 2*margin
	margin      = 1134
	letterWidth = 92
	cellRoom    = 2 * cellMargin
	cellMargin  = 70
)

const (
	longWord  = 22   // letters that a column of words has at least room for, and the longest word of its head
	longHash  = 16   // letters of a line of what has no blank to be broken at
	shortRows = 12   // a table of so many rows stands on one page
	tallCell  = 1500 // letters of a cell whose row may be parted: none that is higher than a page can be kept whole
)

// split writes a table: whole where it finds room on a page, else in blocks of columns that begin with the columns that say what a row is.
func (d *document) split(t reports.Table, caption func(part int) string, followed bool) {
	t = t.Joined(d.say)
	need, natural := d.widths(t)
	groups := t.Blocks(need, pageWidth)
	for i, columns := range groups {
		last := i == len(groups)-1
		d.block(block{table: t.Part(columns), caption: caption(i), widths: fitted(of(need, columns), of(natural, columns)), grouped: t.Grouped(), followed: followed && last})
		if !last || !followed {
			d.lay(paragraph{style: "Gap"}, "") // two tables with nothing between them are one
		}
	}
}

func of(widths, columns []int) []int {
	var out []int
	for _, c := range columns {
		out = append(out, widths[c])
	}
	return out
}

// widths guesses how wide each column must be, and how wide it would be for nothing in it to break.
func (d *document) widths(t reports.Table) (need, natural []int) {
	letters := utf8.RuneCountInString
	for i, c := range t.Columns {
		unit := d.say.UnitBeside(c.Label, c.Unit)
		least, most := 0, min(max(letters(c.Label), letters(unit)), longHash)+1
		for _, word := range strings.Fields(c.Label + " " + unit) {
			least = max(least, min(letters(word), longWord)+1) // heads are bold
		}
		for _, r := range t.Rows {
			text := d.text(r.Cells[i], c) + r.Cells[i].Mark.Beside()
			n := letters(text)
			most = max(most, n)
			switch _, day := r.Cells[i].Value.(time.Time); {
			case n > 40 && !strings.Contains(text, " "):
				n = longHash // broken anywhere
			case !c.Numeric() && !day:
				n = min(n, longWord) // broken between words
			}
			least = max(least, n)
		}
		need, natural = append(need, letterWidth*least+cellRoom), append(natural, letterWidth*max(least, min(most, 70))+cellRoom)
	}
	return need, natural
}

// fitted shares what a page leaves over among the columns that would take more, and takes from all alike what it lacks.
func fitted(need, natural []int) []int {
	sum, wish := 0, 0
	for i := range need {
		sum, wish = sum+need[i], wish+natural[i]-need[i]
	}
	out := make([]int, len(need))
	for i := range need {
		switch spare := pageWidth - sum; {
		case spare < 0:
			out[i] = need[i] * pageWidth / sum
		case wish > 0:
			out[i] = need[i] + (natural[i]-need[i])*min(spare, wish)/wish
		default:
			out[i] = need[i]
		}
	}
	return out
}

// block is a table of as many columns as a page is wide.
type block struct {
	table    reports.Table
	caption  string
	widths   []int
	grouped  bool // rows stand beneath rows that head them
	followed bool // notes or a source come next
}

func (d *document) block(b block) {
	d.write(paragraph{style: "Caption"}, b.caption)
	sum := 0
	for _, w := range b.widths {
		sum += w
	}
	fmt.Fprintf(&d.body, `<w:tbl><w:tblPr><w:tblStyle w:val="Figures"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>`+
		`<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="%s"/></w:tblPr><w:tblGrid>`, sum, escaped(b.caption))
	for _, w := range b.widths {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, w)
	}
	d.body.WriteString("</w:tblGrid>")
	d.heads(b)
	for i, r := range b.table.Rows {
		short := len(b.table.Rows) <= shortRows
		d.row(b, r, i < 2 && i < len(b.table.Rows)-1 || short && i < len(b.table.Rows)-1 || b.followed && i == len(b.table.Rows)-1)
	}
	d.body.WriteString("</w:tbl>")
}

// headRow begins a row of the head: one that is higher than a page could neither be repeated nor kept whole.
func headRow(tall bool) string {
	if tall {
		return "<w:tr>"
	}
	return "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
}

const ruled = `<w:tcBorders><w:%s w:val="single" w:sz="6" w:space="0" w:color="1A1A1A"/></w:tcBorders>`

// heads writes the shared heads, where there are any, and the labels with their units. Both are repeated on each page.
func (d *document) heads(b block) {
	columns := b.table.Columns
	shared, tall := false, false
	for _, c := range columns {
		shared, tall = shared || c.Head != "", tall || len(c.Head)+len(c.Label) > tallCell
	}
	if shared {
		d.body.WriteString(headRow(tall))
		for i := 0; i < len(columns); {
			end, w := i+1, b.widths[i]
			for ; end < len(columns) && columns[end].Head == columns[i].Head; end++ {
				w += b.widths[end]
			}
			under := ""
			if columns[i].Head != "" {
				under = fmt.Sprintf(ruled, "bottom")
			}
			d.cell(cell{width: w, span: end - i, border: under, head: true}, paragraph{style: "CellHead", keep: true}, run("", columns[i].Head))
			i = end
		}
		d.body.WriteString("</w:tr>")
	}
	d.body.WriteString(headRow(tall))
	for i, c := range columns {
		runs := run("", c.Label)
		if unit := d.say.UnitBeside(c.Label, c.Unit); unit != "" {
			runs += run("Unit", "\n"+unit)
		}
		style := "CellHead"
		if c.Numeric() {
			style = "CellHeadNumber"
		}
		d.cell(cell{width: b.widths[i], border: fmt.Sprintf(ruled, "bottom"), head: true}, paragraph{style: style, keep: true}, runs)
	}
	d.body.WriteString("</w:tr>")
}

// row writes a row: in bold where it stands for several, ruled off where it is the total.
func (d *document) row(b block, r reports.Row, keep bool) {
	tall := false
	for i, c := range r.Cells {
		tall = tall || utf8.RuneCountInString(d.text(c, b.table.Columns[i])) > tallCell
	}
	d.body.WriteString("<w:tr>")
	if !tall {
		d.body.WriteString("<w:trPr><w:cantSplit/></w:trPr>")
	}
	border, bold := "", ""
	if r.Kind != reports.Ordinary {
		bold = "Strong"
	}
	if r.Kind == reports.Total {
		border = fmt.Sprintf(ruled, "top")
	}
	for i, c := range r.Cells {
		p := paragraph{style: "CellText", keep: keep, indent: i == 0 && b.grouped && r.Kind == reports.Ordinary}
		if b.table.Columns[i].Numeric() {
			p.style = "CellNumber"
		}
		d.cell(cell{width: b.widths[i], border: border}, p, run(bold, d.text(c, b.table.Columns[i]))+d.marked(c.Mark, c.Mark.Beside() != ""))
	}
	d.body.WriteString("</w:tr>")
}

// text is a cell without the mark beside it; nothing where the empty text says that nothing belongs there.
func (d *document) text(c reports.Cell, column reports.Column) string {
	if text, ok := c.Value.(string); ok && text == "" && c.Word == "" && c.Mark == "" {
		return ""
	}
	return d.say.Bare(c, column.Unit)
}

// cell says how a cell of a table stands.
type cell struct {
	width, span int
	border      string
	head        bool
}

func (d *document) cell(c cell, p paragraph, runs string) {
	fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, c.width)
	if c.span > 1 {
		fmt.Fprintf(&d.body, `<w:gridSpan w:val="%d"/>`, c.span)
	}
	d.body.WriteString(c.border)
	if c.head {
		d.body.WriteString(`<w:vAlign w:val="bottom"/>`)
	}
	d.body.WriteString(`</w:tcPr>`)
	d.lay(p, runs)
	d.body.WriteString("</w:tc>")
}
