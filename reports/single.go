package reports

import "koblet/analysis"

// Single is the report of one answer: what "run" prints, as a page or a workbook.
func Single(r analysis.Result, c Commission) (Report, error) {
	b, err := newBuilder(nil, nil, c)
	if err != nil {
		return Report{}, err
	}
	b.log = []analysis.Result{r}
	p := part{Question: r.Question.Name}
	if r.Question.Chart.Kind != "" {
		p.Chart = singlePlan(r)
	}
	t := b.plain(p, r)
	s := Section{Name: r.Question.Name, Sheet: r.Question.Name, Title: b.say.word(r.Question.Ask), Table: t,
		Empty: b.say.word(r.NotApplicable), Source: b.sourceLine()}
	for _, n := range r.Notes {
		s.Notes = append(s.Notes, b.say.word(n))
	}
	if len(t.Rows) > 0 {
		s.Chart = b.chart(p, t)
	}
	s.Alt = s.Title + " " + b.say.word(wordFigureBelow)
	report := b.empty(r.Question.Name)
	report.Title = s.Title
	report.Sections = []Section{s, b.provenance()}
	return report, nil
}

// singlePlan is the chart that a question's header asks for. A header with several lines is drawn from a spread table,
// which only a definition lays out, so here it has no chart.
func singlePlan(r analysis.Result) *plan {
	c := r.Question.Chart
	if c.Series != "" {
		return nil
	}
	line := seriesPlan{Column: c.Y}
	if i := r.Index(c.Y); i >= 0 {
		line.Name = r.Columns[i].Label
	}
	if c.Y == "rate" && r.Index("rate_low") >= 0 {
		line.Low, line.High = "rate_low", "rate_high"
	}
	return &plan{Kind: c.Kind, X: c.X, Axis: line.Name, Series: []seriesPlan{line}, Breaks: c.X == "year"}
}
