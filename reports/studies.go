package reports

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
	"koblet/store"
)

// published are the studies' fractions as marks on a chart over years.
func (b *builder) published() []Publish {
	var out []Publish
	for _, s := range b.studies {
		label := fmt.Sprintf("%s: %s %s", b.say.word(s.Short), b.say.word(s.Published.Words), b.say.word(wordPercent))
		out = append(out, Publish{From: int64(s.From.First.Year()), To: int64(s.To.Last.Year()), Value: s.Published.Value, Label: label})
	}
	return out
}

// studiesTable does the published studies again: a group row for what was published, and under it a row for each way of
// counting, measured on the snapshot of the study's own day.
func (b *builder) studiesTable(p part, s *Section) error {
	s.Table.Columns = b.studyColumns()
	for _, study := range b.studies {
		published := Cell{Value: study.Published.Value, Word: b.say.word(study.Published.Words)}
		head := make([]Cell, len(s.Table.Columns))
		for i := range head {
			head[i].Value = "" // nothing belongs here, which is not the same as not applicable
		}
		head[0] = Cell{Value: b.say.word(study.Title)}
		head[len(head)-2] = published
		head[len(head)-1] = Cell{Value: study.AsOf}
		s.Table.Rows = append(s.Table.Rows, Row{Kind: Group, Cells: head})
		absent := false
		for i, v := range p.Variants {
			r, err := b.studyRow(study, v, s, i == 0)
			if errors.Is(err, store.ErrNoSnapshot) {
				absent = true
			} else if err != nil {
				return err
			}
			s.Table.Rows = append(s.Table.Rows, r)
		}
		note := p.Unknown
		if absent {
			note = p.Missing
		}
		if err := b.studyNote(study, note, s); err != nil {
			return err
		}
		s.Notes = append(s.Notes, fmt.Sprintf("%s: %s. %s", b.say.word(study.Short), b.say.word(study.Source), b.say.word(study.Remark)))
	}
	return nil
}

// studyNote notes how many permits of the study's period have no known category, and its rate with all of them in; or why
// there is no measure at all.
func (b *builder) studyNote(study analysis.Study, words queries.Words, s *Section) error {
	facts := unknownCategories(study)
	unknown, err := b.fact(facts[0])
	if err != nil {
		return err
	}
	with, err := b.fact(facts[1])
	if err != nil {
		return err
	}
	if len(unknown) == 0 && !b.reasons["study"].Empty() {
		return nil // that the study cannot be counted is said of each way of counting
	}
	b.facts["study"] = row{"short": b.say.word(study.Short), "day": study.AsOf, "unknown": unknown["total"], "rate": with["rate"]}
	text, err := b.sentence(words, queries.Words{})
	if text != "" {
		s.Notes = append(s.Notes, text)
	}
	return err
}

func (b *builder) studyColumns() []Column {
	w := func(da, en string) string { return b.say.word(queries.Words{Da: da, En: en}) }
	measured := w("Opgjort her", "Measured here")
	return []Column{
		{Name: "study", Label: w("Undersøgelse og optælling", "Study and way of counting")},
		{Name: "fail", Head: measured, Label: w("Ikke koblet", "Unlinked"), Unit: "permits"},
		{Name: "pass", Head: measured, Label: w("Koblet", "Linked"), Unit: "permits"},
		{Name: "unknown", Head: measured, Label: w("Uafklaret", "Cannot be decided"), Unit: "permits"},
		{Name: "rate", Head: measured, Label: w("Andel ikke koblet", "Unlinked rate"), Unit: unitShare},
		{Name: "rate_low", Head: measured, Label: w("Nedre grænse, 95 pct.-interval", "Lower bound, 95 per cent interval"), Unit: unitShare, Until: "rate_high", Both: b.say.word(wordInterval)},
		{Name: "rate_high", Head: measured, Label: w("Øvre grænse, 95 pct.-interval", "Upper bound, 95 per cent interval"), Unit: unitShare},
		{Name: "published", Label: w("Offentliggjort", "Published"), Unit: unitShare},
		{Name: "counted_on", Label: w("Opgjort pr.", "As of")},
	}
}

// studyRow measures a study one way; the doubts of the answer are noted with the first.
func (b *builder) studyRow(study analysis.Study, v variant, s *Section, noted bool) (Row, error) {
	cells := make([]Cell, len(s.Table.Columns))
	cells[0] = Cell{Value: b.say.word(v.Label)}
	cells[len(cells)-2] = Cell{Value: ""}
	cells[len(cells)-1] = Cell{Value: ""}
	result, err := b.answers.To(v.ask(study))
	if err != nil || len(result.Rows) == 0 {
		if why := b.reason(v.Label, result.NotApplicable); why != "" {
			s.Notes = append(s.Notes, b.say.word(study.Short)+": "+why)
		}
		return Row{Cells: cells}, err
	}
	for _, n := range result.Notes {
		if text := b.say.Note(n); noted && !b.shared[text] {
			s.Notes = append(s.Notes, b.say.word(study.Short)+": "+text)
		}
	}
	copy(cells[1:], b.cells(result, 0, s.Table.Columns)[1:len(cells)-2])
	return Row{Cells: cells}, nil
}

// Comparison is the report of studies or snapshots held against each other. The answer's first column splits it into
// sections; rows that share a figure stand under its name; in each section a column that is empty throughout is left out,
// but for the rate of figures, whose dashes are the answer. The first note is the lead, the others stand under the last table.
func Comparison(r analysis.Result, c Commission) (Report, error) {
	b, err := newBuilder(c, analysis.Answers{Results: []analysis.Result{r}})
	if err != nil {
		return Report{}, err
	}
	report := b.empty(r.Question.Name)
	report.AsOf, report.Undated = time.Time{}, true // it stands on several days, each named where it counts
	report.Title = b.say.word(r.Question.Ask)
	if !r.NotApplicable.Empty() {
		report.Sections = []Section{{Name: r.Question.Name, Title: report.Title, Empty: b.say.Note(r.NotApplicable)}}
	}
	for from := 0; from < len(r.Rows); {
		to := from
		for to < len(r.Rows) && r.Rows[to][0] == r.Rows[from][0] {
			to++
		}
		part := r
		part.Rows = r.Rows[from:to]
		name, _ := part.Rows[0][0].(string)
		title := registers.Label(r.Columns[0].Codes, name, b.say.code)
		report.Sections = append(report.Sections, Section{Name: name, Title: title, Sheet: title, Table: b.compared(part)})
		from = to
	}
	for i, text := range b.notes(r) {
		if i == 0 {
			report.Lead = text
		} else if last := len(report.Sections) - 1; last >= 0 {
			report.Sections[last].Notes = append(report.Sections[last].Notes, text)
		}
	}
	return report, nil
}

// comparison fills a section with two studies held against each other over all registrations; over each person's first the
// command compare does.
func (b *builder) comparison(p part, s *Section) error {
	ask, err := comparing(p.Compare, b.studies)
	if err != nil {
		return err
	}
	r, err := b.answers.To(ask)
	if err != nil {
		return err
	}
	s.Question = cmp.Or(s.Question, b.say.word(r.Question.Ask))
	if s.Title == "" {
		s.Title = b.say.heading(r.Notes[0])
	}
	figure := r.Index("figure")
	r.Rows = slices.DeleteFunc(slices.Clone(r.Rows), func(row []any) bool {
		of, _ := row[figure].(string)
		return row[0] != "all" || len(p.Figures) > 0 && !slices.Contains(p.Figures, of)
	})
	s.Table = b.compared(r)
	r.Notes = slices.DeleteFunc(slices.Clone(r.Notes[1:]), func(n analysis.Note) bool { return n.About != "" })
	for _, text := range b.notes(r) {
		if !b.shared[text] {
			s.Notes = append(s.Notes, text)
		}
	}
	return nil
}

// compared is the table of one part of a comparison.
func (b *builder) compared(r analysis.Result) Table {
	var t Table
	var shown []int
	figure := r.Index("figure")
	for i, c := range r.Columns {
		if i == 0 || i == figure || emptyColumn(r, i) && (figure < 0 || c.Name != "rate") || figure >= 0 && c.Name == "as_of" {
			continue // a study's day stands in its note, and its place is needed
		}
		shown = append(shown, i)
		column := b.column(part{}, c)
		if c.Codes == "" && c.Type == "DATE" {
			column.Unit = "day"
		}
		t.Columns = append(t.Columns, column)
	}
	for i, cells := range r.Rows {
		if figure >= 0 && (i == 0 || cells[figure] != r.Rows[i-1][figure]) {
			t.Rows = append(t.Rows, b.figureHead(r.Columns[figure], cells[figure], len(shown)))
		}
		row := Row{}
		for _, at := range shown {
			row.Cells = append(row.Cells, b.comparedCell(r.Columns[at], cells[at]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// figureHead is the row that names the figure of those beneath it.
func (b *builder) figureHead(c queries.Column, figure any, cells int) Row {
	head := Row{Kind: Group, Cells: make([]Cell, cells)}
	for i := range head.Cells {
		head.Cells[i].Value = "" // nothing belongs here, which is not the same as not applicable
	}
	code, _ := figure.(string)
	head.Cells[0] = Cell{Value: code, Word: registers.Label(c.Codes, code, b.say.code)}
	return head
}

// comparedCell reads a cell; a name that its list of codes does not know, such as a study's, stands as it is.
func (b *builder) comparedCell(c queries.Column, value any) Cell {
	code, isText := value.(string)
	if study, err := named(code, b.studies); isText && err == nil {
		return Cell{Value: code, Word: b.say.word(study.Short)}
	}
	if isText && c.Codes != "" {
		return Cell{Value: code, Word: registers.Label(c.Codes, code, b.say.code)}
	}
	return Cell{Value: value}
}

func emptyColumn(r analysis.Result, at int) bool {
	for _, cells := range r.Rows {
		if cells[at] != nil {
			return false
		}
	}
	return true
}
