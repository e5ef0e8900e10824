package protection

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"koblet/analysis"
	"koblet/analysis/disclosure"
	"koblet/queries"
)

// Published is one count of a public edition.
type Published struct {
	AsOf   time.Time // the day of the snapshot that it was counted on
	Of     string    // what it is the count of: the bounds of a set of permits
	Count  int64     // nothing where it is hidden
	Hidden bool
}

// Edition is what was published in a public edition.
type Edition struct {
	Name   string    // of its list of counts, for messages
	AsOf   time.Time // its day
	Counts []Published
}

// Order is what a public edition is made with.
type Order struct {
	AsOf      time.Time        // its day
	Threshold int64            // counts from 1 to one less are hidden
	Joint     analysis.Answers // what is asked beside, is shown nowhere, and ties the tables together
	Earlier   []Edition        // what was published before: what was hidden stays hidden, and what is unchanged covers nothing
}

// Summary says how much of a report is hidden.
type Summary struct {
	Threshold int64          // counts from 1 to one less are hidden
	Counts    int            // the counts that are published or hidden, each once
	Small     int            // hidden because they are small
	Covering  int            // hidden so that those cannot be recomputed
	Notes     int            // notes that are left out, since their figures stand in no table
	Hidden    map[string]int // of each question how many counts of its answers are hidden
	Edition   Edition        // what is published
}

// Protect hides in the answers to a report's asks every count of permits below the threshold, what is computed from it, and as many others as
// it takes so that none can be recomputed from the rest and from earlier editions. Notes with figures of
// their own are left out. The error is an *UncoveredError where a question is not covered, and a *disclosure.UnsafeError where no safe pattern was found.
func Protect(answers analysis.Answers, o Order) (analysis.Answers, Summary, error) {
	sum := Summary{Threshold: o.Threshold, Hidden: map[string]int{}, Edition: Edition{AsOf: o.AsOf}}
	p, err := systemsOf(answers, o.Joint)
	if err != nil {
		return answers, sum, err
	}
	for _, of := range slices.SortedFunc(maps.Keys(p.systems), func(a, b population) int {
		return cmp.Or(a.asOf.Compare(b.asOf), strings.Compare(a.snapshot, b.snapshot))
	}) {
		p.systems[of].heed(o, of.asOf)
		pattern, err := p.systems[of].protect(o.Threshold)
		if err != nil {
			return answers, sum, err
		}
		p.hidden[of] = pattern.Hidden
		sum.Small += pattern.Primary
		sum.Covering += pattern.Secondary
		sum.Edition.Counts = append(sum.Edition.Counts, p.systems[of].published(of.asOf, pattern.Hidden)...)
	}
	sum.Counts = len(sum.Edition.Counts)
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

// heed hides what an earlier edition hid, and keeps what it shows unchanged. The counts of an edition's own day are held against those of
// this one's, whatever the days are; those of other snapshots against the same day's.
func (s *system) heed(o Order, asOf time.Time) {
	for _, e := range o.Earlier {
		for _, c := range e.Counts {
			at, known := s.named[c.Of]
			if !known || c.AsOf.Equal(e.AsOf) != asOf.Equal(o.AsOf) || !c.AsOf.Equal(e.AsOf) && !c.AsOf.Equal(asOf) {
				continue
			}
			cell := &s.Cells[at]
			cell.Hidden = cell.Hidden || c.Hidden
			cell.Kept = cell.Kept || !c.Hidden && c.Count == cell.Count
		}
	}
	for i := range s.Cells { // two editions of which one hides it: it is known, and hiding it again costs nothing
		s.Cells[i].Kept = s.Cells[i].Kept && !s.Cells[i].Hidden
	}
}

// published are the counts of the system that are not latent, in the order of what they are of.
func (s *system) published(asOf time.Time, hidden []bool) (out []Published) {
	for i, c := range s.Cells {
		switch {
		case c.Latent:
		case hidden[i]:
			out = append(out, Published{AsOf: asOf, Of: c.Name, Hidden: true})
		default:
			out = append(out, Published{AsOf: asOf, Of: c.Name, Count: c.Count})
		}
	}
	slices.SortFunc(out, func(a, b Published) int { return strings.Compare(a.Of, b.Of) })
	return out
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

// hidesSet reports whether the count of a set may not be told, nor what would tell it: it is hidden, or stands nowhere in the report, and then nothing was
// hidden on its account.
func (m *mask) hidesSet(of population, s set) bool {
	at, known := m.systems[of].at[s.key()]
	return !known || m.systems[of].Cells[at].Latent || m.hidden[of][at]
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
