package reports

import (
	"cmp"
	"slices"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
)

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
