package excel

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"koblet/reports"

	"github.com/xuri/excelize/v2"
)

// Write writes the report as a workbook: cover, contents, notes, one table a sheet, one chart a sheet, provenance last.
// Figures are real numbers with formats. Equal reports give equal bytes.
func Write(w io.Writer, r reports.Report) error {
	b, err := newBook(r.Visible())
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	defer b.file.Close()
	if err := b.fill(); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	var out bytes.Buffer
	if err := b.file.Write(&out); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return sorted(w, out.Bytes(), b.powers)
}

// book is a workbook in the making.
type book struct {
	file   *excelize.File
	report reports.Report
	say    reports.Locale
	styles map[cellStyle]int
	sheets map[string]bool // names taken, in lower case
	listed []listedSheet
	lists  int             // tables so far
	charts int             // charts so far
	powers map[string]bool // the parts of charts whose first axis is one of powers of ten
}

// listedSheet is a line of the contents.
type listedSheet struct{ name, content string }

// tableSheet is where a section's table stands, for the chart over it.
type tableSheet struct {
	name  string
	first int // row of the first table row
}

// headRow is the row of every table's head.
const headRow = 5

func newBook(r reports.Report) (*book, error) {
	b := &book{file: excelize.NewFile(), report: r, say: reports.LocaleOf(r.Language), styles: map[cellStyle]int{}, sheets: map[string]bool{}, powers: map[string]bool{}}
	day := "" // what is of no day has the library's
	if !r.AsOf.IsZero() {
		day = r.AsOf.Format(time.DateOnly) + "T00:00:00Z"
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{Title: r.Title, Creator: r.Program, LastModifiedBy: r.Program, Created: day,
		Modified: day, Language: r.Language, Description: r.EditionLine(), Revision: "1"}); err != nil {
		return nil, err
	}
	return b, b.file.SetAppProps(&excelize.AppProperties{Application: "koblet"})
}

// fill lays the sheets out in their order: the front ones first, filled when the names of all others are known.
func (b *book) fill() error {
	cover := b.name(b.say.Word(wordCover))
	contents := b.name(b.say.Word(reports.WordContents))
	notes := b.name(b.say.Word(reports.WordNotes))
	if err := b.file.SetSheetName("Sheet1", cover); err != nil {
		return err
	}
	for _, name := range []string{contents, notes} {
		if _, err := b.file.NewSheet(name); err != nil {
			return err
		}
	}
	b.listed = []listedSheet{{cover, b.report.Title}, {notes, b.say.Word(wordNotesContent)}}
	if err := b.tablesAndCharts(); err != nil {
		return err
	}
	for _, fill := range []func() error{
		func() error { return b.cover(cover) },
		func() error { return b.contents(contents) },
		func() error { return b.notes(notes) },
	} {
		if err := fill(); err != nil {
			return err
		}
	}
	b.file.SetActiveSheet(b.opens())
	return nil
}

// opens is the sheet that the workbook opens on: the cover, or the table where there is only one.
func (b *book) opens() int {
	only := -1
	for _, s := range b.report.Sections {
		if s.Behind() {
			continue
		}
		if only >= 0 || len(s.Table.Rows) == 0 {
			return 0
		}
		only = 3 // after cover, contents and notes
	}
	return max(only, 0)
}

// tablesAndCharts writes every table, then every chart, then where all of it comes from.
func (b *book) tablesAndCharts() error {
	places := map[string]tableSheet{}
	for _, s := range b.report.Sections {
		if s.Behind() || titleOnly(s) {
			continue
		}
		place, err := b.section(s)
		if err != nil {
			return fmt.Errorf("section %s: %w", s.Name, err)
		}
		places[s.Name] = place
	}
	figure := 0
	for _, s := range b.report.Sections {
		if s.Chart == nil {
			continue
		}
		figure++
		if err := b.figure(fmt.Sprintf("%s %d", b.say.Word(reports.WordFigure), figure), s, places[s.Name]); err != nil {
			return fmt.Errorf("chart of %s: %w", s.Name, err)
		}
	}
	for _, s := range b.report.Sections {
		var err error
		switch s.Name {
		case reports.FindingsName:
			_, err = b.section(s)
		case reports.ProvenanceName:
			err = b.provenance(s)
		}
		if err != nil {
			return fmt.Errorf("section %s: %w", s.Name, err)
		}
	}
	return nil
}

// titleOnly reports whether a section says nothing but its title, which the cover has: it needs no sheet.
func titleOnly(s reports.Section) bool {
	return len(s.Table.Columns) == 0 && len(s.Text) == 0 && len(s.Notes) == 0 && s.Empty == "" && s.Detail == nil
}

func (b *book) section(s reports.Section) (tableSheet, error) {
	place := tableSheet{name: b.name(s.Sheet), first: headRow + 1}
	if err := b.tableSheet(place.name, s, s.Table); err != nil {
		return place, err
	}
	if s.Detail == nil {
		return place, nil
	}
	return place, b.tableSheet(b.name(s.DetailSheet), s, *s.Detail)
}

func (b *book) provenance(s reports.Section) error {
	if s.Detail != nil {
		asked := s
		asked.Title, asked.Text = s.DetailSheet, nil
		if err := b.tableSheet(b.name(s.DetailSheet), asked, *s.Detail); err != nil {
			return err
		}
	}
	return b.tableSheet(b.name(s.Sheet), s, s.Table)
}

// name makes a sheet name that Excel takes: at most 31 characters, none that it forbids, none twice.
func (b *book) name(wanted string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return '-'
		}
		return r
	}, strings.Trim(wanted, "' "))
	if clean == "" {
		clean = b.say.Word(reports.WordTable)
	}
	head, tail := clean, ""
	if at := strings.LastIndex(clean, ", "); at > 0 && utf8.RuneCountInString(clean) > 31 { // what tells two sheets of one answer apart stays
		head, tail = clean[:at], clean[at:]
	}
	room := 31 - utf8.RuneCountInString(tail)
	if room < 10 {
		head, tail, room = clean, "", 31
	}
	name := shortened(head, room) + tail
	for n := 2; b.sheets[strings.ToLower(name)]; n++ {
		number := fmt.Sprintf(" %d", n)
		name = shortened(head, room-len(number)) + tail + number
	}
	b.sheets[strings.ToLower(name)] = true
	return name
}

// shortened ends a text with a whole word, and not with one that leads to the next.
func shortened(text string, runes int) string {
	if utf8.RuneCountInString(text) <= runes {
		return text
	}
	cut := string([]rune(text)[:runes+1])
	words := wordsOf(cut)
	if !strings.HasSuffix(cut, " ") {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && slices.Contains(leading, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 { // one long word
		return string([]rune(text)[:runes])
	}
	return strings.TrimRight(strings.Join(words, " "), ",;")
}

// leading are words that no name ends with, in both languages.
var leading = []string{"and", "by", "in", "of", "or", "the", "without", "af", "efter", "eller", "for", "i", "og", "pr.", "uden"}

// add makes a sheet and puts it in the contents.
func (b *book) add(name, content string) error {
	b.listed = append(b.listed, listedSheet{name, content})
	_, err := b.file.NewSheet(name)
	return err
}

// tableSheet is a sheet with one table: title, question, unit and day above it, notes and source beneath.
func (b *book) tableSheet(name string, s reports.Section, t reports.Table) error {
	if err := b.add(name, s.Title); err != nil {
		return err
	}
	top := []struct {
		text  string
		style cellStyle
	}{{s.Title, cellStyle{bold: true, size: 14}}, {s.Question, cellStyle{soft: true}}, {b.unitLine(s), cellStyle{soft: true}}}
	if err := b.table(name, t); err != nil {
		return err
	}
	from := headRow + len(t.Rows) + 2
	noted, err := b.beneath(spot{name, 1, from}, s)
	if err != nil {
		return err
	}
	if err := b.setUp(name, t, from+noted); err != nil {
		return err
	}
	for row, line := range top {
		if err := b.put(spot{name, 1, row + 1}, line.text, line.style); err != nil {
			return err
		}
	}
	if noted == 0 {
		return nil
	}
	if err := b.put(spot{name, 1, 4}, fmt.Sprintf(b.say.Word(wordNotesBelow), from), cellStyle{link: true}); err != nil {
		return err
	}
	return b.file.SetCellHyperLink(name, "A4", fmt.Sprintf("'%s'!A%d", quoted(name), from), "Location")
}

func (b *book) unitLine(s reports.Section) string {
	if s.Unit != "" {
		return s.Unit + " · " + b.report.EditionLine()
	}
	return b.report.AsOfLine()
}

// beneath writes paragraphs, notes and source under a table, and says on how many lines.
func (b *book) beneath(at spot, s reports.Section) (noted int, err error) {
	lines := slices.Clone(s.Text)
	if s.Empty != "" {
		lines = append(lines, reports.Dash+" "+b.say.Word(reports.WordNone)+" "+s.Empty+".")
	}
	for i, n := range s.Notes {
		if len(s.Notes) > 1 {
			n = fmt.Sprintf("%d. %s", i+1, n)
		}
		if i == 0 {
			n = b.say.Word(reports.WordNote) + " " + n
		}
		lines = append(lines, n)
	}
	if s.Source != "" {
		lines = append(lines, b.say.Word(reports.WordSource)+" "+s.Source)
	}
	first := at.row
	for _, line := range lines {
		if at.row, err = b.lines(at, line, cellStyle{soft: true}); err != nil {
			return 0, err
		}
	}
	return at.row - first, nil
}
