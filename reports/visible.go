package reports

import (
	"koblet/registers/characters"
)

// Visible is the report as people see it: what nobody sees in a text is written out, in titles, columns and values, so that no page, sheet
// or screen obeys it; and small shares have the decimals that they need. The formats for machines keep both as they are.
func (r Report) Visible() Report {
	for _, text := range []*string{&r.Name, &r.Title, &r.Lead} {
		*text = characters.VisibleLines(*text)
	}
	r.Notes, r.Key = allVisible(r.Notes), r.Key.visible()
	sections := make([]Section, len(r.Sections))
	for i, s := range r.Sections {
		for _, text := range []*string{&s.Name, &s.Sheet, &s.Title, &s.Question, &s.Unit, &s.DetailSheet, &s.Source, &s.Alt, &s.Caption, &s.Empty} {
			*text = characters.VisibleLines(*text)
		}
		s.Text, s.Notes, s.Table = allVisible(s.Text), allVisible(s.Notes), s.Table.visible().fine()
		if s.Detail != nil {
			detail := s.Detail.visible().fine()
			s.Detail = &detail
		}
		if s.Chart != nil {
			s.Chart = s.Chart.visible()
		}
		sections[i] = s
	}
	r.Sections = sections
	return r
}

func allVisible(texts []string) []string {
	var all []string
	for _, t := range texts {
		all = append(all, characters.VisibleLines(t))
	}
	return all
}

func (t Table) visible() Table {
	out := Table{Columns: make([]Column, len(t.Columns)), Rows: make([]Row, len(t.Rows)), Lines: t.Lines, Whole: t.Whole}
	for i, c := range t.Columns {
		for _, text := range []*string{&c.Name, &c.Head, &c.Label, &c.Unit, &c.Until, &c.Both} {
			*text = characters.VisibleLines(*text)
		}
		out.Columns[i] = c
	}
	for i, row := range t.Rows {
		cells := make([]Cell, len(row.Cells))
		for k, c := range row.Cells {
			if text, ok := c.Value.(string); ok {
				c.Value = characters.VisibleLines(text)
			}
			c.Word = characters.VisibleLines(c.Word)
			cells[k] = c
		}
		out.Rows[i] = Row{Kind: row.Kind, Cells: cells}
	}
	return out
}

func (c Chart) visible() *Chart {
	for _, text := range []*string{&c.X, &c.By, &c.Axis} {
		*text = characters.VisibleLines(*text)
	}
	series := make([]Series, len(c.Series))
	for i, s := range c.Series {
		for _, text := range []*string{&s.Name, &s.Column, &s.Low, &s.High} {
			*text = characters.VisibleLines(*text)
		}
		series[i] = s
	}
	breaks := make([]Break, len(c.Breaks))
	for i, b := range c.Breaks {
		b.Label = characters.VisibleLines(b.Label)
		breaks[i] = b
	}
	published := make([]Publish, len(c.Published))
	for i, p := range c.Published {
		p.Label = characters.VisibleLines(p.Label)
		published[i] = p
	}
	c.Series, c.Breaks, c.Published = series, breaks, published
	return &c
}
