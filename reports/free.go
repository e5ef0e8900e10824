package reports

import (
	"fmt"

	"koblet/analysis"
)

// Free is the report of a statement of the user's own: its columns by their own names and its values as they are, since
// nothing is known of them. Numbers stay numbers in a workbook.
func Free(r analysis.Result, c Commission) (Report, error) {
	b, err := newBuilder(c, analysis.Answers{Results: []analysis.Result{r}})
	if err != nil {
		return Report{}, err
	}
	s := Section{Name: r.Question.Name, Sheet: r.Question.Name, Title: b.say.word(r.Question.Ask), Empty: b.say.Note(r.NotApplicable),
		Source: b.sourceLine()}
	for _, column := range r.Columns {
		s.Table.Columns = append(s.Table.Columns, Column{Name: column.Name, Label: column.Name})
	}
	for i, cells := range r.Rows {
		row := Row{Cells: make([]Cell, len(cells))}
		for k, v := range cells {
			text, err := plainText(v)
			if err != nil {
				return Report{}, fmt.Errorf("row %d: %s: %w", i+1, r.Columns[k].Name, err)
			}
			row.Cells[k] = Cell{Value: v, Word: text}
		}
		s.Table.Rows = append(s.Table.Rows, row)
	}
	s.Notes = b.notes(r)
	report := b.empty(r.Question.Name)
	report.Title = s.Title
	report.Sections = []Section{s, b.provenance()}
	return report, nil
}
