package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"koblet/analysis"
	"koblet/analysis/protection"
	"koblet/queries"
	"koblet/registers"
)

// Commission is what a report is ordered with: its language ("da" or "en"), its edition ("internal" or "public") and
// what it stands on.
type Commission struct {
	Language   string
	Edition    string
	Provenance Provenance
	Hidden     protection.Summary // of a public edition: what is hidden in it
	Asked      Asked
}

// Build lays the answers to a definition's asks out in the language of the commission. It asks nothing itself, so the same answers
// give the same report: it is called once a language.
func Build(d Definition, answers analysis.Answers, c Commission) (Report, error) {
	b, err := newBuilder(c, answers)
	if err != nil {
		return Report{}, err
	}
	report := b.empty(d.Name)
	if err := b.gather(d.Facts); err != nil {
		return Report{}, fmt.Errorf("report %s: %w", d.Name, err)
	}
	if err := b.front(&report, d); err != nil {
		return Report{}, fmt.Errorf("report %s: %w", d.Name, err)
	}
	if err := b.share(d, &report); err != nil {
		return Report{}, fmt.Errorf("report %s: %w", d.Name, err)
	}
	for _, p := range d.Sections {
		section, err := b.section(p)
		if err != nil {
			return Report{}, fmt.Errorf("report %s: section %s: %w", d.Name, p.name(), err)
		}
		report.Sections = append(report.Sections, section)
		report.Provisional = report.Provisional || section.Table.marked(Provisional)
	}
	if !b.reserved {
		report.Lead = strings.TrimSpace(report.Lead + " " + b.reservations())
	}
	report.Sections = append(report.Sections, b.behind()...)
	return report, nil
}

// share finds the doubts that the answers of several sections have in common. They stand once, with what holds for the
// whole report, so that beneath a table stands what is particular to it.
func (b *builder) share(d Definition, r *Report) error {
	b.shared = map[string]bool{}
	seen := map[string]bool{}
	for _, text := range r.Notes { // what the definition says itself need not be said by its answers
		b.shared[text] = true
	}
	for _, p := range d.Sections {
		if p.Question == "" {
			continue
		}
		result, err := b.answers.To(p.ask(p.Question))
		if err != nil {
			return err
		}
		for _, n := range result.Notes {
			text := b.say.Note(n)
			if seen[text] && !b.shared[text] {
				b.shared[text] = true
				r.Notes = append(r.Notes, text)
			}
			seen[text] = true
		}
	}
	return nil
}

func newBuilder(c Commission, answers analysis.Answers) (*builder, error) {
	studies, err := analysis.Studies()
	if err != nil {
		return nil, err
	}
	if c.Language != "en" {
		c.Language = "da"
	}
	if c.Edition == "" {
		c.Edition = "internal"
	}
	return &builder{
		brief: c, say: localeOf(c.Language), studies: studies,
		facts:   map[string]any{"as_of": c.Provenance.AsOf, "asked": c.Asked.fact()},
		reasons: map[string]analysis.Note{},
		answers: answers,
	}, nil
}

func (b *builder) empty(name string) Report {
	return Report{Name: name, AsOf: b.brief.Provenance.AsOf, Edition: b.brief.Edition, Language: b.brief.Language,
		Program: b.brief.Provenance.Program}
}

func (b *builder) front(r *Report, d Definition) (err error) {
	if r.Title, err = b.sentence(d.Title, queries.Words{}); err != nil {
		return fmt.Errorf("title: %w", err)
	}
	if r.Lead, err = b.sentence(d.Lead, d.Otherwise); err != nil {
		return fmt.Errorf("lead: %w", err)
	}
	if b.brief.Edition == Public && !d.saysHidden() {
		r.Notes = append(r.Notes, b.say.Protected(b.brief.Hidden))
	}
	notes, err := b.sentences(d.Notes)
	if err != nil {
		return fmt.Errorf("notes: %w", err)
	}
	r.Notes = append(r.Notes, notes...)
	r.Key = b.key(d.Key)
	for _, line := range d.Key {
		if note := b.reason(line.Label, b.reasons[line.Fact]); note != "" && !slices.Contains(r.Notes, note) {
			r.Notes = append(r.Notes, note)
		}
	}
	return nil
}

// reason is why what a label names has dashes; empty where it has figures.
func (b *builder) reason(label queries.Words, why analysis.Note) string {
	if why.Empty() {
		return ""
	}
	return strings.TrimPrefix(b.say.word(label), "– ") + ": " + b.say.Note(why) + "."
}

// key lays out the tallies of the facts that the key lines name.
func (b *builder) key(lines []keyLine) Table {
	if len(lines) == 0 {
		return Table{}
	}
	t := Table{Columns: []Column{{Name: "population", Label: b.say.word(queries.Words{Da: "Registreringer", En: "Registrations"})}}}
	shown := []Column{
		{Name: "total", Label: b.say.word(queries.Words{Da: "I alt", En: "Total"}), Unit: "permits"},
		{Name: "fail", Label: b.say.word(queries.Words{Da: "Ikke koblet", En: "Unlinked"}), Unit: "permits"},
		{Name: "pass", Label: b.say.word(queries.Words{Da: "Koblet", En: "Linked"}), Unit: "permits"},
		{Name: "unknown", Label: b.say.word(queries.Words{Da: "Uafklaret", En: "Cannot be decided"}), Unit: "permits"},
		{Name: "rate", Label: b.say.word(queries.Words{Da: "Andel ikke koblet", En: "Unlinked rate"}), Unit: unitShare},
	}
	t.Columns = append(t.Columns, shown...)
	for _, line := range lines {
		r := Row{Cells: []Cell{{Value: b.say.word(line.Label)}}}
		figures, _ := b.facts[line.Fact].(row)
		figures = figures.applicable()
		for _, c := range shown {
			r.Cells = append(r.Cells, cellOf(figures[c.Name]))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// applicable takes the zeros out of an empty tally: with no permit in scope there is nothing to count, and a zero would
// read as a finding.
func (r row) applicable() row {
	if n, ok := r["total"].(int64); !ok || n > 0 {
		return r
	}
	if _, tally := r["pass"]; !tally {
		return r
	}
	out := row{}
	for name, v := range r {
		out[name] = v
	}
	for _, name := range []string{"total", "pass", "fail", "unknown", "rate", "rate_low", "rate_high"} {
		if _, ok := r[name]; ok {
			out[name] = nil
		}
	}
	return out
}

func (t Table) marked(m Mark) bool {
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			if c.Mark == m {
				return true
			}
		}
	}
	return false
}

func (p part) name() string {
	if p.Name != "" {
		return p.Name
	}
	return p.Question
}

// section builds one section: words first, then the table, then the chart over it.
func (b *builder) section(p part) (Section, error) {
	s := Section{Name: p.name(), Sheet: b.say.word(p.Sheet), Question: b.say.word(p.Ask)}
	var err error
	if s.Text, err = b.sentences(p.Text); err != nil {
		return s, err
	}
	s.Text = append(s.Text, b.standing(p)...)
	if s.Unit, err = b.sentence(p.Unit, queries.Words{}); err != nil {
		return s, fmt.Errorf("unit: %w", err)
	}
	if s.Title, err = b.sentence(p.Title, p.Otherwise); err != nil {
		return s, fmt.Errorf("title: %w", err)
	}
	if s.Alt, err = b.sentence(p.Alt, p.Otherwise); err != nil {
		return s, fmt.Errorf("alt: %w", err)
	}
	if s.Notes, err = b.sentences(p.Notes); err != nil {
		return s, fmt.Errorf("notes: %w", err)
	}
	b.sayNothingHidden(&s, p)
	switch {
	case p.Studies:
		err = b.studiesTable(p, &s)
	case len(p.Compare) > 0:
		err = b.comparison(p, &s)
	case p.Question != "":
		err = b.answer(p, &s)
	}
	if err != nil {
		return s, err
	}
	switch {
	case len(p.Compare) > 0:
		s.Source = b.say.word(queries.Words{Da: "Udlændingemyndighedernes register (CARL2), på de opgørelser, som noterne angiver. ",
			En: "The immigration authorities' register (CARL2), on the snapshots named in the notes. "}) + b.brief.Provenance.Program + "."
	case len(s.Table.Columns) > 0:
		s.Source = b.sourceLine(b.codeOf(p))
	}
	return s, nil
}

// sayNothingHidden puts what was asked in the place of a finding and of a text alternative whose figures are hidden.
func (b *builder) sayNothingHidden(s *Section, p part) {
	if strings.Contains(s.Title, hidden) {
		s.Title = b.say.word(p.Ask)
	}
	if strings.Contains(s.Alt, hidden) {
		s.Alt = cmp.Or(b.say.word(p.Ask), s.Unit, b.say.word(p.Sheet))
	}
}

// answer fills a section from its question.
func (b *builder) answer(p part, s *Section) error {
	result, err := b.answers.To(p.ask(p.Question))
	if err != nil {
		return err
	}
	if p.bare() {
		return b.asAlone(result, s)
	}
	if s.Question == "" {
		s.Question = b.say.word(result.Question.Ask)
	}
	if s.Sheet == "" {
		s.Sheet = p.name()
	}
	if s.Title == "" {
		s.Title = s.Question
	}
	s.Empty = b.say.Note(result.NotApplicable)
	if s.Table, err = b.table(p, result); err != nil {
		return err
	}
	if p.Across != "" && !p.Brief {
		arranged := b.arranged(part{}, result)
		detail := b.plain(p, arranged)
		mark(arranged, &detail)
		s.Detail, s.DetailSheet = &detail, s.Sheet+", "+b.say.word(wordCounts)
	}
	for _, n := range result.Notes {
		if text := b.say.Note(n); !b.shared[text] {
			s.Notes = append(s.Notes, text)
		}
	}
	if err := b.besideNotes(p, result, s); err != nil {
		return err
	}
	if s.Chart = b.chart(p, s.Table); s.Chart != nil && s.Chart.Kind == "multiples" && s.Chart.Series == nil {
		s.Chart = nil
	}
	if len(s.Table.Rows) == 0 {
		s.Chart = nil
	}
	b.noteNotDrawn(s)
	return nil
}

// noteNotDrawn names what stands in a section's table and not in its chart.
func (b *builder) noteNotDrawn(s *Section) {
	if s.Chart == nil || !slices.Contains([]string{"year", "month"}, s.Chart.X) {
		return
	}
	var left []string
	for _, v := range s.Chart.NotDrawn(s.Table) {
		left = append(left, b.say.value(v, ""))
	}
	if len(left) > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf(b.say.word(queries.Words{
			Da: "Vises kun i tabellen og ikke i figuren, fordi det ligger langt før alt andet: %s.",
			En: "Outside the page's chart, since it lies long before all else, and in the table only: %s.",
		}), strings.Join(left, ", ")))
	}
}

// besideNotes adds what only the further answers of a section note, each under the head of its columns.
func (b *builder) besideNotes(p part, base analysis.Result, s *Section) error {
	for _, side := range p.Beside {
		other, err := b.answers.To(p.askBeside(side, p.Question))
		if err != nil {
			return err
		}
		if why := b.reason(side.Head, other.NotApplicable); why != "" {
			s.Notes = append(s.Notes, why)
		}
		for _, text := range b.notes(other) {
			if !slices.Contains(b.notes(base), text) && !b.shared[text] {
				s.Notes = append(s.Notes, b.say.word(side.Head)+": "+text)
			}
		}
	}
	return nil
}

// notes are the notes of an answer, set.
func (b *builder) notes(r analysis.Result) []string { return b.notesBut(r, analysis.Note{}) }

// notesBut are the notes without the one that stands above them as the finding.
func (b *builder) notesBut(r analysis.Result, said analysis.Note) []string {
	var texts []string
	for _, n := range r.Notes {
		if text := b.say.Note(n); said.Empty() || text != b.say.Note(said) {
			texts = append(texts, text)
		}
	}
	return texts
}

// chart draws a plan over a table: columns it names, or one series for each column that the table spread out.
func (b *builder) chart(p part, t Table) *Chart {
	if p.Chart == nil {
		return nil
	}
	c := &Chart{Kind: p.Chart.Kind, X: p.Chart.X, Time: timeOf(p.Chart.X), Axis: b.say.word(p.Chart.Axis), Beneath: p.Chart.Beneath}
	for _, s := range p.Chart.Series {
		c.Series = append(c.Series, Series{Name: b.say.word(s.Name), Column: s.Column, Low: s.Low, High: s.High})
	}
	if find := seriesOf[c.Kind]; find != nil && len(p.Chart.Series) == 0 {
		c.Series, c.By = find(b, t)
	}
	if len(p.Chart.Series) == 0 && p.Across != "" {
		for _, column := range t.Columns[1:] {
			if column.Name != totalColumn {
				c.Series = append(c.Series, Series{Name: column.Label, Column: column.Name})
			}
		}
	}
	if c.Kind == "stack" && len(c.Series) > MostSeries {
		c.Kind, c.OwnAxes = "multiples", true // more layers than colours that can be told apart
	}
	if p.Chart.Breaks {
		for _, at := range registers.Breaks() {
			c.Breaks = append(c.Breaks, Break{Day: at.Day, Label: b.say.word(queries.Words{Da: at.Da, En: at.En})})
		}
	}
	if p.Chart.Studies {
		c.Published = b.published()
	}
	return c
}
