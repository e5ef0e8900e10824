package excel

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"koblet/reports"

	"github.com/xuri/excelize/v2"
)

// cellStyle is how a cell looks; equal ones share one style of the workbook.
type cellStyle struct {
	bold, soft, head, wrap, right, total, last, indent, link bool
	size                                                     float64
	format                                                   string
}

// spot is a cell's place, counted from 1.
type spot struct {
	sheet       string
	column, row int
}

// put writes one cell.
func (b *book) put(in spot, value any, style cellStyle) error {
	at, err := excelize.CoordinatesToCellName(in.column, in.row)
	if err != nil {
		return err
	}
	if value != nil {
		if text, ok := value.(string); ok {
			err = b.file.SetCellStr(in.sheet, at, text)
		} else {
			err = b.file.SetCellValue(in.sheet, at, value)
		}
		if err != nil {
			return err
		}
	}
	id, err := b.style(style)
	if err != nil {
		return err
	}
	return b.file.SetCellStyle(in.sheet, at, at, id)
}

func (b *book) style(s cellStyle) (int, error) {
	if id, ok := b.styles[s]; ok {
		return id, nil
	}
	look := &excelize.Style{
		Font:      &excelize.Font{Family: "Calibri", Size: 11, Bold: s.bold, Color: "1A1A1A"},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: s.wrap},
	}
	if s.size > 0 {
		look.Font.Size = s.size
	}
	if s.soft {
		look.Font.Color = "505A5F"
	}
	if s.link {
		look.Font.Color, look.Font.Underline = "12436D", "single"
	}
	look.Alignment.Horizontal = "left"
	if s.right {
		look.Alignment.Horizontal = "right"
	}
	if s.indent {
		look.Alignment.Indent = 1
	}
	line := func(side string) {
		look.Border = append(look.Border, excelize.Border{Type: side, Color: "1A1A1A", Style: 1})
	}
	if s.head {
		look.Alignment.Vertical = "bottom"
		look.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E9EDEF"}}
		line("top")
		line("bottom")
	}
	if s.total {
		line("top")
	}
	if s.last {
		line("bottom")
	}
	if s.format != "" {
		look.CustomNumFmt = &s.format
	}
	id, err := b.file.NewStyle(look)
	if err == nil {
		b.styles[s] = id
	}
	return id, err
}

// lineChars is how many characters a line of text above or beneath a table holds.
const lineChars = 110

// lines writes a text from a row down, a line a cell, each running over the empty cells beside it: no cells are merged, which readers of
// screens and filters trip over. It gives the row after the last.
func (b *book) lines(in spot, text string, style cellStyle) (int, error) {
	for _, line := range broken(text, lineChars) {
		if err := b.put(in, line, style); err != nil {
			return in.row, err
		}
		in.row++
	}
	return in.row, nil
}

// broken breaks a text at blanks into lines of so many characters.
func broken(text string, room int) []string {
	var out []string
	line, used := "", 0
	for _, word := range wordsOf(text) {
		n := utf8.RuneCountInString(word)
		if used > 0 && used+1+n > room {
			out, line, used = append(out, line), "", 0
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n
	}
	if used > 0 {
		out = append(out, line)
	}
	return out
}

// setUp sets widths, frozen panes and the printed pages of a table's sheet with so many lines in all.
func (b *book) setUp(name string, t reports.Table, lines int) error {
	t = b.withMarks(t)
	for i, c := range t.Columns {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(name, column, column, b.columnWidth(t, i, c)); err != nil {
			return err
		}
	}
	first, err := excelize.CoordinatesToCellName(2, headRow+1)
	if err != nil {
		return err
	}
	if err := b.file.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: headRow, TopLeftCell: first, ActivePane: "bottomRight"}); err != nil {
		return err
	}
	across, long := b.pages(t, lines)
	repeated := fmt.Sprintf("'%[1]s'!$%[2]d:$%[2]d", quoted(name), headRow)
	if across > 1 {
		repeated = fmt.Sprintf("'%s'!$A:$A,%s", quoted(name), repeated)
	}
	if err := b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: repeated}); err != nil {
		return err
	}
	return b.paper(name, across, long)
}

// pageChars is how many characters of columns find room across a page in letters of at least five points, and pageLines how many rows down one.
const pageChars, pageLines = 300, 44

// pages is how many printed pages a table takes: one across, or as few as keep its letters large enough, the first column repeated; and one down
// where it and what stands beneath it are short, so that no page has notes alone; else as many as it takes, 0.
func (b *book) pages(t reports.Table, lines int) (across, long int) {
	chars := 0.0
	for i, c := range t.Columns {
		chars += b.columnWidth(t, i, c)
	}
	across = int(math.Ceil(chars / pageChars))
	if across <= 1 && lines <= pageLines {
		return 1, 1
	}
	return max(across, 1), 0
}

// widest is the width of the widest column, in characters.
const widest = 60

// headHeight fits the head that needs the most lines in its column.
func (b *book) headHeight(t reports.Table) float64 {
	most := 1
	for i, c := range t.Columns {
		room := int(b.columnWidth(t, i, c)) - 1
		lines, used := 1, 0
		for _, word := range wordsOf(b.head(c)) {
			n := utf8.RuneCountInString(word)
			if used > 0 && used+1+n > room {
				lines, used = lines+1, 0
			}
			used += n + 1
		}
		most = max(most, lines)
	}
	return 15.5*float64(most) + 2
}

// manyColumns is how many columns have room for long heads: more stand closer, with their heads on more lines.
const manyColumns = 12

// columnWidth fits the longest value and the longest word of the head, within limits.
func (b *book) columnWidth(t reports.Table, i int, c reports.Column) float64 {
	longest := 0
	for _, r := range t.Rows {
		longest = max(longest, utf8.RuneCountInString(b.say.Cell(r.Cells[i], c.Unit)))
	}
	for _, word := range wordsOf(b.head(c)) {
		longest = max(longest, utf8.RuneCountInString(word)+1)
	}
	if n := utf8.RuneCountInString(b.head(c)); n > 24 && longest < 13 && len(t.Columns) <= manyColumns {
		longest = 13
	}
	around := 2
	if len(t.Columns) > manyColumns {
		around = 1
	}
	return float64(min(max(longest+around, 9), widest))
}

// paper sets the printed pages: A4, landscape, so many across and down, where 0 is as many as it takes, with edition, day and page numbers in the foot.
func (b *book) paper(name string, wide, long int) error {
	off, a4, landscape := false, 9, "landscape"
	if err := b.file.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &off}); err != nil {
		return err
	}
	fit := true
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &long}); err != nil {
		return err
	}
	margin := 20 / 25.4 // inches
	if err := b.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin}); err != nil {
		return err
	}
	foot := fmt.Sprintf("&L%s&R&P / &N", b.report.AsOfLine())
	return b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: foot})
}

// cover is the first sheet: title, day, edition, the main result and the key figures.
func (b *book) cover(name string) error {
	r := b.report
	lines := []struct {
		row   int
		text  string
		style cellStyle
	}{
		{1, r.Title, cellStyle{bold: true, size: 14}},
		{3, r.EditionLine(), cellStyle{soft: true}},
	}
	if !r.AsOf.IsZero() {
		lines = append(lines, struct {
			row   int
			text  string
			style cellStyle
		}{2, b.say.Word(reports.WordAsOf) + " " + b.say.Day(r.AsOf), cellStyle{soft: true}})
	}
	for _, line := range lines {
		if err := b.put(spot{name, 1, line.row}, line.text, line.style); err != nil {
			return err
		}
	}
	if err := b.setUpCover(name); err != nil {
		return err
	}
	if len(r.Key.Columns) > 0 {
		if err := b.table(name, r.Key); err != nil {
			return err
		}
	}
	at := spot{name, 1, headRow + len(r.Key.Rows) + 2}
	var err error
	for i, text := range append(b.findings(), b.internalLine(), r.Program) {
		if at.row, err = b.lines(at, text, cellStyle{soft: i >= len(b.findings())}); err != nil {
			return err
		}
	}
	return b.paper(name, 1, 0)
}

// findings are the main result, and what the sections found that have no sheet; of a report without a main result what each of them found.
func (b *book) findings() []string {
	var out []string
	if b.report.Lead != "" {
		out = append(out, b.report.Lead)
	}
	for _, s := range b.report.Sections {
		if b.report.Lead != "" && !titleOnly(s) {
			continue // its sheet is in the contents
		}
		if !s.Behind() && s.Title != b.report.Title {
			out = append(out, s.Title)
		}
		if s.Empty != "" {
			out = append(out, reports.Dash+" "+b.say.Word(reports.WordNone)+" "+s.Empty+".")
		}
	}
	return out
}

func (b *book) internalLine() string {
	if b.report.Edition == "internal" {
		return b.say.Word(reports.WordInternalUse)
	}
	return ""
}

func (b *book) setUpCover(name string) error {
	if err := b.file.SetColWidth(name, "A", "A", 46); err != nil {
		return err
	}
	return b.file.SetColWidth(name, "B", "E", 15)
}

// contents lists every sheet with a link.
func (b *book) contents(name string) error {
	if err := b.put(spot{name, 1, 1}, b.say.Word(reports.WordContents), cellStyle{bold: true, size: 14}); err != nil {
		return err
	}
	for i, title := range []string{b.say.Word(wordSheet), b.say.Word(wordContent)} {
		if err := b.put(spot{name, i + 1, 3}, title, cellStyle{bold: true, head: true}); err != nil {
			return err
		}
	}
	for i, s := range b.listed {
		at := fmt.Sprintf("A%d", i+4)
		if err := b.put(spot{name, 1, i + 4}, s.name, cellStyle{link: true}); err != nil {
			return err
		}
		if err := b.file.SetCellHyperLink(name, at, fmt.Sprintf("'%s'!A1", quoted(s.name)), "Location"); err != nil {
			return err
		}
		if err := b.put(spot{name, 2, i + 4}, s.content, cellStyle{wrap: true}); err != nil {
			return err
		}
		if err := b.file.SetRowHeight(name, i+4, 15.5*float64(1+utf8.RuneCountInString(s.content)/95)); err != nil {
			return err
		}
	}
	if err := b.list(name, 3, [2]int{2, len(b.listed)}); err != nil {
		return err
	}
	if err := b.file.SetColWidth(name, "A", "A", 34); err != nil {
		return err
	}
	if err := b.file.SetColWidth(name, "B", "B", 100); err != nil {
		return err
	}
	return b.paper(name, 1, 0)
}

// notesWide is the width of the notes' column: a column that is wider than the page is cut there, since no page fits itself to less than a column.
const notesWide = 96

// notes are what holds for every figure of the report.
func (b *book) notes(name string) error {
	if err := b.put(spot{name, 1, 1}, b.say.Word(reports.WordNotes), cellStyle{bold: true, size: 14}); err != nil {
		return err
	}
	for i, text := range append(slices.Clone(b.report.Notes), b.report.Signs()) {
		if err := b.put(spot{name, 1, i + 3}, fmt.Sprintf("%d. %s", i+1, text), cellStyle{wrap: true}); err != nil {
			return err
		}
		if err := b.file.SetRowHeight(name, i+3, 15.5*float64(1+utf8.RuneCountInString(text)/(notesWide-8))+3); err != nil {
			return err
		}
	}
	if err := b.file.SetColWidth(name, "A", "A", notesWide); err != nil {
		return err
	}
	return b.paper(name, 1, 0)
}
