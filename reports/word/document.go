package word

import (
	"archive/zip"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"koblet/reports"
)

// Write writes the report as a document.
func Write(w io.Writer, r reports.Report) error {
	d := &document{report: r.Visible(), say: reports.LocaleOf(r.Language), noted: map[reports.Mark]bool{}}
	d.fill()
	out := zip.NewWriter(w)
	for _, p := range d.parts() {
		to, err := out.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return fmt.Errorf("document: %w", err)
		}
		if _, err := io.WriteString(to, p.text); err != nil {
			return fmt.Errorf("document: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("document: %w", err)
	}
	return nil
}

// document is a document in the making.
type document struct {
	report    reports.Report
	say       reports.Locale
	body      strings.Builder
	tables    int                   // numbered so far
	noted     map[reports.Mark]bool // marks that have their footnote
	footnotes []string
}

// fill writes the front, the sections, and before those that stand behind the answers what holds for all figures.
func (d *document) fill() {
	r := d.report
	d.write(paragraph{style: "Title"}, r.Title)
	d.write(paragraph{style: "Subtitle"}, r.AsOfLine())
	d.write(paragraph{style: "Lead"}, r.Lead)
	if len(r.Key.Rows) > 0 {
		d.split(r.Key, func(int) string { return d.say.Word(reports.WordKey) }, false)
	}
	if r.Lead != "" { // what begins with no result begins with a question, and nothing stands before that
		d.contents()
	}
	for i, s := range d.order() {
		d.heading(i, s.Title)
		if s.Name == notesName {
			d.notes()
		} else {
			d.section(s)
		}
	}
}

// notesName is the place of the notes among the sections; no question is called so.
const notesName = "-"

// order is the sections as they are read: what holds for all figures stands before what is behind them.
func (d *document) order() []reports.Section {
	sections := slices.Clone(d.report.Sections)
	if len(d.report.Notes) == 0 {
		return sections
	}
	at := slices.IndexFunc(sections, reports.Section.Behind)
	if at < 0 {
		at = len(sections)
	}
	word := d.say.Word(reports.WordNotes)
	return slices.Insert(sections, at, reports.Section{Name: notesName, Sheet: word, Title: word})
}

// notes writes what holds for every figure, and what the signs mean.
func (d *document) notes() {
	for i, n := range append(slices.Clone(d.report.Notes), d.report.Signs()) {
		d.write(paragraph{}, fmt.Sprintf("%d. %s", i+1, n))
	}
}

// contents lists the sections by their short titles, each a link. Pages are not numbered: who opens the document lays it out, not who writes it.
func (d *document) contents() {
	d.write(paragraph{style: "ContentsHead"}, d.say.Word(reports.WordContents))
	for i, s := range d.order() {
		d.lay(paragraph{style: "Contents"}, fmt.Sprintf(`<w:hyperlink w:anchor="%s" w:history="1">%s</w:hyperlink>`, anchor(i), run("Link", cmp.Or(s.Sheet, s.Title))))
	}
}

func anchor(section int) string { return fmt.Sprintf("section%d", section+1) }

// heading begins a section, for the contents to lead to.
func (d *document) heading(section int, title string) {
	d.lay(paragraph{style: "Heading1"}, fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%[1]d"/>`, section, anchor(section), run("", title)))
}

func (d *document) section(s reports.Section) {
	if s.Question != s.Title && s.Question != d.report.Title {
		d.write(paragraph{style: "Question"}, s.Question)
	}
	for _, text := range s.Text {
		d.write(paragraph{}, text)
	}
	if s.Empty != "" {
		d.write(paragraph{}, reports.Dash+" "+d.say.Word(reports.WordNone)+" "+s.Empty+".")
	}
	if s.Chart != nil && s.Alt != "" {
		d.write(paragraph{keep: true}, d.say.Word(reports.WordDrawn)+" "+s.Alt)
	}
	caption, day := d.report.Dated(s.Unit)
	followed := len(s.Notes) > 0 || s.Source != ""
	if len(s.Table.Columns) > 0 && s.Empty == "" {
		d.numbered(s.Table, cmp.Or(caption, s.Sheet)+day, followed && s.Detail == nil)
	}
	if s.Detail != nil && s.Empty == "" {
		d.numbered(*s.Detail, cmp.Or(s.DetailSheet, caption)+day, followed)
	}
	if s.Empty == "" {
		d.signs(s)
	}
	for i, n := range s.Notes {
		if len(s.Notes) > 1 {
			n = fmt.Sprintf("%d. %s", i+1, n)
		}
		if i == 0 {
			n = d.say.Word(reports.WordNote) + " " + n
		}
		d.write(paragraph{style: "Note"}, n)
	}
	if s.Source != "" {
		d.write(paragraph{style: "Note"}, d.say.Word(reports.WordSource)+" "+s.Source)
	}
}

// signs says beneath a table what a mark of its heads means: a head that is repeated cannot have a footnote.
func (d *document) signs(s reports.Section) {
	if meaning := d.report.Meaning(reports.Provisional); s.Table.Unsettled() && !d.noted[reports.Provisional] {
		d.noted[reports.Provisional] = true
		d.write(paragraph{style: "Note"}, meaning)
	}
}

// numbered writes a table of a section beneath its number.
func (d *document) numbered(t reports.Table, caption string, followed bool) {
	d.tables++
	number := fmt.Sprintf("%s %d", d.say.Word(reports.WordTable), d.tables)
	d.split(t, func(part int) string {
		if part > 0 {
			return fmt.Sprintf("%s (%s): %s", number, d.say.Word(reports.WordContinued), caption)
		}
		return number + ": " + caption
	}, followed)
}
