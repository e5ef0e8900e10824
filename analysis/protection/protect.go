package protection

import (
	"fmt"
	"maps"
	"slices"

	"koblet/analysis"
	"koblet/analysis/disclosure"
	"koblet/queries"
)

// Summary says how much of a report is hidden.
type Summary struct {
	Threshold int64          // counts from 1 to one less are hidden
	Counts    int            // the counts that are published or hidden, each once
	Small     int            // hidden because they are small
	Covering  int            // hidden so that those cannot be recomputed
	Notes     int            // notes that are left out, since their figures stand in no table
	Hidden    map[string]int // of each question how many counts of its answers are hidden
}

// Protect hides in the answers to a report's asks every count of permits below the threshold, what is computed from it, and as many others as
// it takes so that none can be recomputed from the rest. Joint answers are not published and tie others together. Notes with figures of
// their own are left out. The error is an *UncoveredError where a question is not covered, and a *disclosure.UnsafeError where no safe pattern was found.
func Protect(answers, joint analysis.Answers, threshold int64) (analysis.Answers, Summary, error) {
	sum := Summary{Threshold: threshold, Hidden: map[string]int{}}
	p, err := systemsOf(answers, joint)
	if err != nil {
		return answers, sum, err
	}
	for _, of := range slices.Sorted(maps.Keys(p.systems)) {
		pattern, err := p.systems[of].protect(threshold)
		if err != nil {
			return answers, sum, err
		}
		p.hidden[of] = pattern.Hidden
		sum.Small += pattern.Primary
		sum.Covering += pattern.Secondary
		for _, c := range p.systems[of].Cells {
			if !c.Latent {
				sum.Counts++
			}
		}
	}
	out := make([]analysis.Result, len(answers.Results))
	for i, r := range answers.Results {
		m := mask{protecting: p, answer: i}
		var left int
		out[i], left = r.Without(m.hides, m.hidesWhole(r))
		sum.Notes += left
		sum.Hidden[r.Question.Name] += m.count
	}
	return answers.With(out), sum, nil
}

// protecting is the systems of a report, where the counts of its answers are in them, and what is hidden.
type protecting struct {
	systems map[population]*system
	cells   map[place]hidable
	hidden  map[population][]bool
}

// systemsOf reads all answers into their systems.
func systemsOf(answers, joint analysis.Answers) (protecting, error) {
	p := protecting{systems: map[population]*system{}, cells: map[place]hidable{}, hidden: map[population][]bool{}}
	all := append(slices.Clone(answers.Results), joint.Results...)
	for _, waterfalls := range []bool{false, true} { // these last, since their steps are single cells of tables
		for i, r := range all {
			if isWaterfall(r) != waterfalls {
				continue
			}
			if err := p.take(i, r, i >= len(answers.Results)); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

// take puts the counts of an answer into their system.
func (p *protecting) take(at int, r analysis.Result, latent bool) error {
	of, counts, err := read(at, r)
	if err != nil || len(counts) == 0 {
		return err
	}
	if p.systems[of] == nil {
		p.systems[of] = newSystem()
	}
	for _, c := range counts {
		cell, err := p.systems[of].take(c.set, c.count, latent)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Question.Name, err)
		}
		p.cells[c.place] = hidable{of, cell}
	}
	return nil
}

// protect completes the system and finds what must be hidden.
func (s *system) protect(threshold int64) (disclosure.Pattern, error) {
	if err := s.complete(); err != nil {
		return disclosure.Pattern{}, err
	}
	s.Suggest = recordsOf(s).suggest
	return s.Protect(threshold)
}

// hidable is the cell of a count.
type hidable struct {
	population population
	cell       int
}

// mask says which cells of one answer are hidden, and counts the counts among them.
type mask struct {
	protecting
	answer int
	count  int
}

// hides reports whether a figure of the answer is hidden: a count whose cell is, and what is computed from such.
func (m *mask) hides(r analysis.Result, row int, c queries.Column) bool {
	if c.Role == queries.Count {
		at, known := m.cells[place{m.answer, row, c.Name}]
		if known && m.hidden[at.population][at.cell] {
			m.count++
			return true
		}
		return false
	}
	if c.Role != queries.Derived {
		return false
	}
	for _, from := range r.Columns {
		at, known := m.cells[place{m.answer, row, from.Name}]
		if !known {
			continue
		}
		// A rate is of pass and fail; a fraction is of a count and of the whole that it is a part of.
		if m.hidden[at.population][at.cell] && (from.Name == "pass" || from.Name == "fail" || from.Name == r.Question.Share.Count) {
			return true
		}
		if from.Name == r.Question.Share.Count && m.hidesSet(at.population, m.systems[at.population].sets[at.cell].at(r.Question.Share.Within)) {
			return true
		}
	}
	return false
}

func (m *mask) hidesSet(of population, s set) bool {
	at, known := m.systems[of].at[s.key()]
	return known && m.hidden[of][at]
}

// hidesWhole gives, for the figures of all rows together, whether they are hidden.
func (m *mask) hidesWhole(r analysis.Result) func(column string) bool {
	return func(column string) bool {
		for row := range r.Rows {
			at, known := m.cells[place{m.answer, row, column}]
			if !known {
				continue
			}
			var kept []string
			if column != "total" {
				kept = []string{verdict}
			}
			return m.hidesSet(at.population, m.systems[at.population].sets[at.cell].at(kept))
		}
		return false
	}
}
