package protection

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"koblet/analysis/disclosure"
)

// system is the counts of one population with every identity that a reader can form between them.
type system struct {
	disclosure.System
	sets  []set // of each cell
	at    map[string]int
	named map[string]int  // the same by the name of the set
	sums  map[string]bool // those that are there, by their cells
}

func newSystem() *system {
	return &system{at: map[string]int{}, named: map[string]int{}, sums: map[string]bool{}}
}

// take adds a count, which is published unless it is latent; that of a set which is there already must be the same.
func (s *system) take(of set, count int64, latent bool) (int, error) {
	i, known := s.at[of.key()]
	if !known {
		i = s.add(of, count, latent)
	}
	s.Cells[i].Latent = s.Cells[i].Latent && latent // what is shown anywhere is known
	if s.Cells[i].Count != count {
		return 0, fmt.Errorf("%v is counted as two different numbers", of)
	}
	return i, nil
}

// add is a new cell.
func (s *system) add(of set, count int64, latent bool) int {
	s.at[of.key()], s.named[of.String()] = len(s.Cells), len(s.Cells)
	s.sets = append(s.sets, of)
	s.Cells = append(s.Cells, disclosure.Cell{Name: of.String(), Count: count, Latent: latent, Secret: true, Cost: of.cost()})
	return len(s.Cells) - 1
}

// identity adds a sum, once.
func (s *system) identity(total int, parts []int) {
	slices.Sort(parts)
	key := fmt.Sprint(total, parts)
	if !s.sums[key] && len(parts) > 0 {
		s.sums[key] = true
		s.Sums = append(s.Sums, disclosure.Sum{Total: total, Parts: parts})
	}
}

// complete adds what readers can infer: the margins that tables share, and what a choice leaves out.
func (s *system) complete() error {
	if err := s.margins(); err != nil {
		return err
	}
	if err := s.values(); err != nil {
		return err
	}
	if err := s.leftOut(); err != nil {
		return err
	}
	return s.Check()
}

// tables are the cells of each shape, and the shapes in a fixed order.
func (s *system) tables() (shapes []shape, cells map[string][]int) {
	cells = map[string][]int{}
	for i, of := range s.sets {
		form := of.shape()
		if cells[form.key()] == nil {
			shapes = append(shapes, form)
		}
		cells[form.key()] = append(cells[form.key()], i)
	}
	slices.SortFunc(shapes, func(a, b shape) int { return strings.Compare(a.key(), b.key()) })
	return shapes, cells
}

// errCyclic is the error of tables that only their joint table could tie together.
var errCyclic = errors.New("its tables go round in a circle, as year by category, year by status and category by status do; a [[joint]] question that has all of their keys would tie them together")

// margins adds the tables that two tables have in common, until there are no more, and the sums of each table that are another's cells.
func (s *system) margins() error {
	for grown := true; grown; {
		grown = false
		shapes, cells := s.tables()
		for _, a := range shapes {
			for _, b := range shapes {
				margin := shape{common(a.dimensions, b.reach()), a.choices}
				if cells[margin.key()] == nil {
					s.sumUp(cells[a.key()], margin)
					_, cells = s.tables()
					grown = true
				}
			}
		}
	}
	shapes, cells := s.tables()
	var dimensions [][]string
	for _, form := range shapes {
		dimensions = append(dimensions, form.tied())
	}
	if !disclosure.Acyclic(dimensions) {
		return errCyclic
	}
	for _, coarse := range shapes {
		for _, fine := range shapes {
			if next(coarse, fine, shapes) {
				s.refine(cells[coarse.key()], cells[fine.key()], coarse.dimensions)
			}
		}
	}
	return nil
}

// sumUp adds the cells of a margin of a table, latent ones.
func (s *system) sumUp(cells []int, margin shape) {
	for _, i := range cells {
		of := s.sets[i].at(margin.dimensions)
		at, known := s.at[of.key()]
		if !known {
			at = s.add(of, 0, true)
		}
		s.Cells[at].Count += s.Cells[i].Count
	}
}

// next reports whether a table is the next finer one after another, with none in between.
func next(coarse, fine shape, all []shape) bool {
	if coarse.choices.key() != fine.choices.key() || !within(coarse.dimensions, fine.dimensions) {
		return false
	}
	return !slices.ContainsFunc(all, func(between shape) bool {
		return between.choices.key() == fine.choices.key() && within(coarse.dimensions, between.dimensions) && within(between.dimensions, fine.dimensions)
	})
}

// refine adds that each cell of a table is the sum of its parts in a finer one.
func (s *system) refine(coarse, fine []int, dimensions []string) {
	parts := map[string][]int{}
	for _, i := range fine {
		key := s.sets[i].at(dimensions).key()
		parts[key] = append(parts[key], i)
	}
	for _, total := range coarse {
		s.identity(total, parts[s.sets[total].key()])
	}
}

// values ties a choice of values of a dimension to the cells of those values, and a choice of more values to one of fewer.
func (s *system) values() error {
	for i := 0; i < len(s.sets); i++ {
		for _, b := range s.sets[i] {
			if !b.choice || len(b.not) > 0 {
				continue
			}
			if err := s.ofValues(i, b); err != nil {
				return err
			}
			if err := s.nested(i, b); err != nil {
				return err
			}
		}
	}
	return nil
}

// ofValues adds that a count of chosen values is the sum over them, where a table has them.
func (s *system) ofValues(cell int, choice bound) error {
	others := s.sets[cell].without(choice.name)
	var parts []int
	var sum int64
	for _, value := range choice.values() {
		if i, known := s.at[others.with(bound{name: choice.dimension(), value: value}).key()]; known {
			parts = append(parts, i)
			sum += s.Cells[i].Count
		}
	}
	if len(parts) > 0 && sum != s.Cells[cell].Count {
		return fmt.Errorf("%v is not the sum of the values that are chosen", s.sets[cell])
	}
	s.identity(cell, parts)
	return nil
}

// nested adds what a choice has more than another of its name. Two that overlap otherwise are refused: what they share is unknown.
func (s *system) nested(cell int, choice bound) error {
	others := s.sets[cell].without(choice.name)
	for i, of := range s.sets {
		if i == cell || len(of) != len(others)+1 || of.without(choice.name).key() != others.key() {
			continue
		}
		other := of[slices.IndexFunc(of, func(b bound) bool { return b.name == choice.name })]
		if !other.choice || len(other.not) > 0 {
			continue
		}
		mine, theirs := choice.values(), other.values()
		switch {
		case len(mine) == 0 || len(theirs) == 0 || overlap(mine, theirs):
			return fmt.Errorf("%v and %v: how these overlap is not known", s.sets[cell], of)
		case within(theirs, mine) && choice.name != period:
			more := slices.DeleteFunc(slices.Clone(mine), func(value string) bool { return slices.Contains(theirs, value) })
			s.less(cell, i, others.with(bound{name: choice.name, value: strings.Join(more, ","), choice: true}))
		}
	}
	return nil
}

// less adds the cell of what one set has more than another, with the identity; it is there already where a table shows it.
func (s *system) less(whole, part int, left set) int {
	count := s.Cells[whole].Count - s.Cells[part].Count
	at, known := s.at[left.key()]
	if !known {
		at = s.add(left, count, true)
	}
	s.identity(whole, []int{part, at})
	return at
}

// leftOut adds the registrations that are not granted, and, of every set that choices restrict, what the restriction leaves out of the smallest sets known without it, and of those again. Two
// restrictions so have the four parts into which they part a whole.
func (s *system) leftOut() error {
	all, known := s.at[everyRegistration.key()]
	if granted, also := s.at[set{}.key()]; known && also {
		s.less(all, granted, set{{name: refused, value: "true", choice: true}})
	}
	for i := 0; i < len(s.sets); i++ {
		choices := s.sets[i].choices()
		if s.sets[i].holds([]string{everything, refused}, "true") {
			continue // no part of the granted ones
		}
		var done [][]string
		for size := 1; size <= len(choices); size++ {
			for _, names := range chosen(choices, size) {
				whole, known := s.at[s.sets[i].without(names...).key()]
				if !known || slices.ContainsFunc(done, func(fewer []string) bool { return within(fewer, names) }) {
					continue
				}
				done = append(done, names)
				taken := s.sets[i].under(names)
				if slices.ContainsFunc(taken, func(b bound) bool { return len(b.not) > 0 }) {
					continue // it was made from that whole
				}
				if s.Cells[s.less(whole, i, s.sets[i].without(names...).with(left(taken)))].Count < 0 {
					return fmt.Errorf("%v has more than %v, of which it is a part", s.sets[i], s.sets[whole])
				}
			}
		}
	}
	return nil
}

// under are the bounds of those names.
func (s set) under(names []string) []bound {
	return slices.DeleteFunc(slices.Clone(s), func(b bound) bool { return !slices.Contains(names, b.name) })
}

// holds reports whether a set has a bound of that value under one of the names.
func (s set) holds(names []string, value string) bool {
	return slices.ContainsFunc(s, func(b bound) bool { return b.value == value && slices.Contains(names, b.name) })
}

// chosen are the ways to take so many of the choices, by name.
func chosen(choices set, size int) (out [][]string) {
	if size == 0 {
		return [][]string{nil}
	}
	for i, b := range choices {
		for _, further := range chosen(choices[i+1:], size-1) {
			out = append(out, append([]string{b.name}, further...))
		}
	}
	return out
}
