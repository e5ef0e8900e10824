package reports

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"koblet/analysis"
	"koblet/queries"
)

// Single is the report of one answer: what "run" prints, as a page or a workbook.
func Single(r analysis.Result, c Commission) (Report, error) {
	b, err := newBuilder(c, analysis.Answers{Results: []analysis.Result{r}})
	if err != nil {
		return Report{}, err
	}
	r = b.inReadingOrder(r)
	s, err := b.alone(r)
	if err != nil {
		return Report{}, err
	}
	report := b.empty(r.Question.Name)
	report.Title, report.Undated = s.Question, timeKey(r) == "" && !moving(r)
	report.Provisional = moving(r)
	report.Sections = append([]Section{s}, b.behind()...)
	return report, nil
}

// alone is the section of an answer of which nothing is said but its question: the finding, table and chart are those that the question's header and
// the answer make. In a public edition it has no finding: what is highest cannot be said of what is shown alone.
func (b *builder) alone(r analysis.Result) (Section, error) {
	p := part{Question: r.Question.Name}
	if r.Question.Chart.Kind != "" {
		p.Chart = singlePlan(r)
	}
	ask := b.say.word(r.Question.Ask)
	s := Section{Name: r.Question.Name, Sheet: b.sheetOf(r), Title: ask, Question: ask, Table: b.dated(p, r),
		Empty: b.say.Note(r.NotApplicable), Source: b.sourceLine(r.Code())}
	if err := b.spreadSingle(&p, r, &s); err != nil {
		return Section{}, err
	}
	before := b.say.finely
	defer func() { b.say.finely = before }()
	b.say.finely = len(s.Table.fineHeads()) > 0 || s.Detail != nil && len(s.Detail.fineHeads()) > 0
	var found analysis.Note
	if b.brief.Edition != Public {
		found = analysis.Finding(r)
	}
	if said := b.say.heading(found); said != "" {
		s.Title = said
	}
	s.Notes = b.singleNotes(r, found)
	b.drawn(p, r, &s)
	s.Alt = after(s.Title, b.say.word(wordFigureBelow))
	if s.Title == ask {
		s.Alt = ask + " " + b.say.word(wordFigureBelow)
	}
	return s, nil
}

// bare reports whether nothing is said of how a section is laid out.
func (p part) bare() bool {
	return p.Chart == nil && len(p.Columns) == 0 && len(p.Beside) == 0 && p.Across+p.Group+p.Total+p.Value == "" && len(p.Labels) == 0
}

// asAlone lays a section out as its answer would be alone; the words that the definition has for it stand before those made.
func (b *builder) asAlone(r analysis.Result, s *Section) error {
	own := *s
	made, err := b.alone(b.inReadingOrder(r))
	if err != nil {
		return err
	}
	*s = made
	s.Name, s.Text, s.Unit = own.Name, own.Text, own.Unit
	for _, text := range []struct {
		to  *string
		own string
	}{{&s.Sheet, own.Sheet}, {&s.Title, own.Title}, {&s.Question, own.Question}, {&s.Alt, own.Alt}} {
		if text.own != "" {
			*text.to = text.own
		}
	}
	s.Notes = slices.DeleteFunc(append(own.Notes, s.Notes...), func(text string) bool { return b.shared[text] })
	return nil
}

// drawn adds the chart of an answer to its section, with what it is of and what it leaves out.
func (b *builder) drawn(p part, r analysis.Result, s *Section) {
	if len(s.Table.Rows) > 0 {
		s.Chart = b.chart(p, s.Table)
	}
	if s.Chart != nil {
		s.Chart.Axis = Capital(s.Chart.Axis)
		if i := r.Index(r.Question.Chart.Y); i >= 0 && b.say.unit(r.Columns[i].Unit) != "" {
			s.Chart.Axis += ", " + b.say.UnitBeside(s.Chart.Axis, r.Columns[i].Unit)
		}
		s.Caption = b.caption(r, *s.Chart)
		if r.Question.Chart.From != "" {
			beginAt(r.Question.Chart.From, s)
		}
	}
	if s.Chart == nil || s.Chart.Begins == 0 {
		b.noteNotDrawn(s)
	}
}

// singleNotes are the notes of one answer: what it was restricted to, without which an answer of some reads as one of all; what counts; what
// travels with it, but for its finding; and what is provisional or was loaded with reservations.
func (b *builder) singleNotes(r analysis.Result, found analysis.Note) []string {
	var notes []string
	if restricted := r.Restriction(); !restricted.Empty() {
		notes = append(notes, b.say.Note(restricted))
	}
	notes = slices.Concat(notes, b.whatCounts(r.Question), b.notesBut(r, found))
	if moving(r) {
		sign := wordProvisionalSign
		if _, ofPermits := r.Question.Param("from_day"); !ofPermits {
			sign = wordProvisionalPeriod
		}
		notes = append(notes, b.say.word(sign))
	}
	if said := b.reservations(); said != "" {
		notes = append(notes, said)
	}
	return notes
}

// whatCounts are the notes that a question's head makes, a paragraph a note: what counts and what does not. A question of the user's own may
// have none.
func (b *builder) whatCounts(q queries.Question) []string {
	text := b.say.word(q.WhatCounts())
	if text == "" {
		return nil
	}
	return strings.Split(b.say.word(wordWhatCounts)+" "+text, "\n")
}

// sheetOf is the short title of an answer: what it is counted by.
func (b *builder) sheetOf(r analysis.Result) string {
	var by []string
	for i, c := range r.Columns {
		switch {
		case c.Role == queries.Record:
			return b.say.word(queries.Words{Da: "Liste", En: "List"})
		case c.Role == queries.Key && (i+1 >= len(r.Columns) || r.Columns[i+1].Role != queries.Attribute),
			c.Role == queries.Attribute && i > 0 && r.Columns[i-1].Role == queries.Key:
			label, _, _ := strings.Cut(b.say.word(c.Label), ", ") // what it says beside the name, such as "from", belongs over the column
			by = append(by, uncapital(label))
		}
	}
	if len(by) == 0 {
		return b.say.word(wordTotal)
	}
	and := b.say.word(queries.Words{Da: " og ", En: " and "})
	list := strings.Join(by[:len(by)-1], ", ") + and + by[len(by)-1]
	return b.say.word(queries.Words{Da: "Pr. ", En: "By "}) + strings.TrimPrefix(list, and)
}

// uncapital begins a label with a small letter, unless it begins with a word in capitals, such as CPR.
func uncapital(label string) string {
	letters := []rune(label)
	if len(letters) < 2 || unicode.IsUpper(letters[1]) {
		return label
	}
	return string(unicode.ToLower(letters[0])) + string(letters[1:])
}

// moving reports whether a row of the answer is of a period that is not settled.
func moving(r analysis.Result) bool {
	return slices.ContainsFunc(r.Rows, r.RowMoves)
}

// timeKey is the key that says when the permits of a row were decided; empty where there is none.
func timeKey(r analysis.Result) string {
	for _, c := range r.Columns {
		if c.Period != "" {
			return c.Name
		}
	}
	return ""
}

// dated is an answer as it is, its rows marked that are not settled yet.
func (b *builder) dated(p part, r analysis.Result) Table {
	t := b.plain(p, r)
	mark(r, &t)
	for at := range t.Columns {
		if i := r.Index(t.Columns[at].Name); i < 0 || r.Columns[i].Codes != "side" {
			continue
		}
		for k, row := range r.Rows {
			if r.SideMoves(row) {
				t.Rows[k].Cells[at].Mark = Provisional
			}
		}
	}
	return t
}

// spreadSingle spreads the key that the chart's lines are told apart by over columns, so that each is a line; the answer
// as it is becomes the detail.
func (b *builder) spreadSingle(p *part, r analysis.Result, s *Section) error {
	c := r.Question.Chart
	keys := keysOf(r)
	if c.Series == "" || len(r.Rows) == 0 || drawnAsItIs(c.Kind) {
		return nil
	}
	if len(keys) != 2 || !slices.Contains(keys, c.Series) || !slices.Contains(keys, c.X) {
		p.Chart = nil // a chart has one axis and one set of lines; a third key would be neither
		return nil
	}
	p.Across, p.Value = c.Series, c.Y
	p.Head = r.Columns[r.Index(c.Series)].Label
	detail := s.Table
	s.Detail, s.DetailSheet = &detail, s.Sheet+", "+b.say.word(wordCounts)
	var err error
	if s.Table, err = b.spread(*p, r); err == nil {
		mark(r, &s.Table)
	}
	return err
}

// singlePlan is the chart that a question's header asks for.
func singlePlan(r analysis.Result) *plan {
	c := r.Question.Chart
	out := &plan{Kind: c.Kind, X: c.X, Breaks: c.X == "year" || c.X == "month"}
	for _, column := range []string{c.Y, c.Also} {
		i := r.Index(column)
		if i < 0 {
			continue
		}
		label := r.Columns[i].Label
		line := seriesPlan{Name: queries.Words{Da: Capital(label.Da), En: Capital(label.En)}, Column: column}
		if r.Index(column+"_low") >= 0 && r.Index(column+"_high") >= 0 {
			line.Low, line.High = column+"_low", column+"_high"
		}
		out.Series = append(out.Series, line)
	}
	if len(out.Series) > 0 {
		out.Axis = out.Series[0].Name
	}
	if len(out.Series) > 1 { // an axis of two measures is called by neither
		out.Axis = queries.Words{Da: "Andel", En: "Rate"}
	}
	if c.Series != "" || drawnAsItIs(c.Kind) {
		out.Series = nil
		if c.Kind == "line" {
			out.Kind = "multiples"
		}
	}
	return out
}

// Free is the report of a statement of the user's own: its columns by their own names and its values as they are, since
// nothing is known of them. Numbers stay numbers in a workbook.
func Free(r analysis.Result, c Commission) (Report, error) {
	b, err := newBuilder(c, analysis.Answers{Results: []analysis.Result{r}})
	if err != nil {
		return Report{}, err
	}
	s := Section{Name: r.Question.Name, Sheet: r.Question.Name, Title: b.say.word(r.Question.Ask), Empty: b.say.Note(r.NotApplicable),
		Source: b.sourceLine(r.Code())}
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
	report.Sections = append([]Section{s}, b.behind()...)
	return report, nil
}

// caption says what the chart of an answer shows: the measure and what it is told apart by, in which unit and of whom, and how the chart is read. What
// was found stands above it, and in the text alternative for those who do not see the chart.
func (b *builder) caption(r analysis.Result, chart Chart) string {
	return strings.TrimSpace(b.measured(r)+b.unitOf(r)) + ". " + strings.TrimSpace(b.say.word(howToRead[chart.Kind])+" "+b.say.word(wordFigureBelow))
}

// measured names what is drawn of an answer: of a tally the share of those that fail, by the word for them, of counts what is counted; and by what.
func (b *builder) measured(r analysis.Result) string {
	by := uncapital(b.sheetOf(r))
	at := r.Index(r.Question.Chart.Y)
	if at < 0 {
		return Capital(by)
	}
	y := r.Columns[at]
	what := b.say.word(y.Label)
	switch {
	case ofTally(r):
		return fmt.Sprintf(b.say.word(wordShareOf), b.say.word(r.Columns[r.Index("fail")].Label), by)
	case y.Unit == unitShare && r.Question.Chart.Kind == "step": // its label is what the share is of
		return fmt.Sprintf(b.say.word(wordShareOf), what, by)
	}
	if also := r.Index(r.Question.Chart.Also); also >= 0 {
		what += b.say.word(wordAnd) + b.say.word(r.Columns[also].Label)
	}
	if y.Role == queries.Count {
		if y.Name != "n" {
			what = b.say.word(analysis.Nouns[y.Unit]) + " (" + what + ")"
		}
		return fmt.Sprintf(b.say.word(wordNumberOf), what, by)
	}
	return Capital(what) + " " + by
}

// ofTally reports whether the rate of a tally is what is drawn, and nothing beside it.
func ofTally(r analysis.Result) bool {
	return r.Index("fail") >= 0 && r.Question.Chart.Y == "rate" && r.Question.Chart.Also == ""
}

// unitOf says in which unit a share or another measure is, and of whom it is a share.
func (b *builder) unitOf(r analysis.Result) string {
	at := r.Index(r.Question.Chart.Y)
	if at < 0 || r.Columns[at].Role == queries.Count {
		return ""
	}
	if fail := r.Index("fail"); ofTally(r) && analysis.Nouns[r.Columns[fail].Unit].Da != "" {
		return fmt.Sprintf(b.say.word(wordOfDecided), b.say.word(analysis.Nouns[r.Columns[fail].Unit]))
	}
	if unit := b.say.unit(r.Columns[at].Unit); unit != "" {
		return b.say.word(queries.Words{Da: ", i ", En: ", in "}) + strings.TrimSuffix(unit, ".")
	}
	return ""
}

// The words of captions.
var (
	wordShareOf   = queries.Words{Da: "Andel »%s« %s", En: "Share “%s” %s"}
	wordNumberOf  = queries.Words{Da: "Antal %s %s", En: "Number of %s %s"}
	wordOfDecided = queries.Words{Da: ", i pct. af de %s, der kan afgøres", En: ", in per cent of the %s that can be decided"}
	wordAnd       = queries.Words{Da: " og ", En: " and "}
	// howToRead has the kinds of chart that need a word on how they are read.
	howToRead = map[string]queries.Words{
		"multiples":  {Da: "Hver delfigur viser én gruppe.", En: "Each panel shows one group."},
		"dot":        {Da: "Hvert punkt er hele opgørelsen, gjort op på én måde.", En: "Each point is the whole, measured in one way."},
		"stack":      {Da: "Hver søjle er delt i grupper.", En: "Each column is divided into groups."},
		"waterfall":  {Da: "Søjlerne viser, hvor mange der er tilbage efter hvert trin, og hvor mange der er fraregnet.", En: "The bars show how many are left after each step, and how many were taken off."},
		"heat":       {Da: "Jo tydeligere et felt er, desto højere er andelen.", En: "The more a field stands out, the higher the share."},
		"control":    {Da: "Ruder er måneder uden for kontrolgrænserne eller i et længere forløb på samme side af midterlinjen.", En: "Diamonds are months outside the control limits, or in a long run on one side of the centre line."},
		"funnel":     {Da: "Hvert punkt er en kommunekode, de største til højre; kurverne er grænserne omkring andelen for hele landet, og kun punkter uden for dem har navn, hvor der er plads.", En: "Each point is a municipality code, the largest to the right; the curves are the limits around the national rate, and only points outside them are named, where there is room."},
		"step":       {Da: "Hver delfigur viser andelen, der endnu ikke er koblet så mange dage efter afgørelsen.", En: "Each panel shows the share that is not yet linked so many days after the decision."},
		"difference": {Da: "Værdier, hvis søjle går til højre for nul, er hyppigere blandt de ikke koblede; de, hvis søjle går til venstre, blandt de koblede.", En: "Values whose bar goes to the right of nought are more frequent among the unlinked; those whose bar goes to the left, among the linked."},
	}
)
