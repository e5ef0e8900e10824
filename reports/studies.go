package reports

import (
	"errors"
	"fmt"

	"koblet/analysis"
	"koblet/queries"
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
