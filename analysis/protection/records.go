package protection

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// axis is one way in which records differ: a dimension with those that refine it, as link status refines the verdict, or whether a choice took them.
type axis struct {
	names []string            // of the dimensions; of a choice, its bound as text
	atoms []map[string]string // the values that a record can have there, by name
}

// records are all records that a population can have, one for each way to take an atom of every axis, and the tables in which they are counted.
type records struct {
	axes   []axis
	tables []recordTable
	sets   []set
}

// recordTable finds the cell of a table that a record is counted in. What matters of a record's atoms is their class: those of a class agree in all that bounds
// the table.
type recordTable struct {
	axes    []int   // those that matter
	classes [][]int // of each of them: by atom its class, times the stride of the axis
	cells   []int   // by the sum of the classes: the cell, or one of the two below
}

const (
	elsewhere = -1 // a record that the table is not about
	nowhere   = -2 // a record of which the table says that there is none
)

// recordsOf reads the axes and the tables off the sets of a system.
func recordsOf(s *system) *records {
	r := &records{sets: s.sets, axes: axesOf(s.sets)}
	shapes, cells := s.tables()
	for _, form := range shapes {
		r.tables = append(r.tables, r.table(form, cells[form.key()]))
	}
	return r
}

// axesOf finds the axes: of each dimension, unless it refines another, and of each choice that is none of values.
func axesOf(sets []set) []axis {
	seen := seenIn(sets)
	var axes []axis
	for _, name := range slices.Sorted(maps.Keys(seen.values)) {
		if seen.coarser(name) != "" {
			continue
		}
		a := axis{names: []string{name}}
		for _, value := range slices.Sorted(maps.Keys(seen.values[name])) {
			a.atoms = append(a.atoms, map[string]string{name: value})
		}
		for _, fine := range slices.Sorted(maps.Keys(seen.values)) {
			if seen.coarser(fine) == name {
				a = a.refined(fine, seen.pairs[[2]string{fine, name}])
			}
		}
		axes = append(axes, a)
	}
	for _, choice := range slices.Sorted(maps.Keys(seen.choices)) {
		axes = append(axes, axis{names: []string{choice}, atoms: []map[string]string{{choice: "true"}, {choice: ""}}})
	}
	return axes
}

// refined is the axis with the values of a finer dimension, each with the coarser value that it was seen with.
func (a axis) refined(fine string, pairs map[[2]string]bool) axis {
	out := axis{names: append(slices.Clone(a.names), fine)}
	for _, atom := range a.atoms {
		found := false
		for _, pair := range slices.SortedFunc(maps.Keys(pairs), func(x, y [2]string) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) }) {
			if pair[1] != atom[a.names[0]] {
				continue
			}
			finer := maps.Clone(atom)
			finer[fine] = pair[0]
			out.atoms, found = append(out.atoms, finer), true
		}
		if !found {
			out.atoms = append(out.atoms, atom)
		}
	}
	return out
}

// sighting is which values the dimensions have, which of them stand together, and which choices there are.
type sighting struct {
	values  map[string]map[string]bool
	pairs   map[[2]string]map[[2]string]bool
	with    map[[2]string]int // how many sets have both
	alone   map[string]int    // how many have it
	choices map[string]bool
}

func seenIn(sets []set) sighting {
	s := sighting{map[string]map[string]bool{}, map[[2]string]map[[2]string]bool{}, map[[2]string]int{}, map[string]int{}, map[string]bool{}}
	for _, of := range sets {
		for _, b := range of {
			switch {
			case !b.choice:
				s.see(b.name, b.value)
				s.alone[b.name]++
			case len(b.not) == 0 && b.dimension() == "" && b.name != everything && b.name != refused && b.name != verdict:
				s.choices[b.text()] = true
			}
			for _, other := range of {
				if b.choice || other.choice || b.name == other.name {
					continue
				}
				both := [2]string{b.name, other.name}
				if s.pairs[both] == nil {
					s.pairs[both] = map[[2]string]bool{}
				}
				s.pairs[both][[2]string{b.value, other.value}] = true
				s.with[both]++
			}
		}
	}
	for _, of := range sets { // values that only choices name
		for _, b := range of {
			if name := b.dimension(); name != "" && s.alone[name] == 0 {
				for _, value := range append(b.values(), "") {
					s.see(name, value)
				}
			}
		}
	}
	return s
}

func (s sighting) see(name, value string) {
	if s.values[name] == nil {
		s.values[name] = map[string]bool{}
	}
	s.values[name][value] = true
}

// coarser is the dimension that a dimension refines: one that always stands beside it and has few of the pairs that the two could have; empty where there
// is none.
func (s sighting) coarser(fine string) string {
	best, least := "", 0.5
	for _, name := range slices.Sorted(maps.Keys(s.values)) {
		both := [2]string{fine, name}
		share := float64(len(s.pairs[both])) / float64(len(s.values[fine])*len(s.values[name]))
		if name != fine && s.with[both] == s.alone[fine] && s.alone[fine] > 0 && len(s.values[name]) < len(s.values[fine]) && share < least {
			best, least = name, share
		}
	}
	return best
}

// text is a choice as the name of its axis.
func (b bound) text() string { return b.name + "=" + b.value }

// holdsFor reports whether a record has the bound.
func (b bound) holdsFor(record map[string]string) bool {
	switch {
	case len(b.not) > 0:
		return slices.ContainsFunc(b.not, func(other bound) bool { return !other.holdsFor(record) })
	case b.name == everything:
		return true
	case b.name == refused:
		return false
	case b.dimension() != "":
		return slices.Contains(b.values(), record[b.dimension()])
	case !b.choice || b.name == verdict:
		return record[b.name] == b.value
	}
	return record[b.text()] != ""
}

// bearing are the names of what a bound asks of a record.
func (b bound) bearing() []string {
	switch {
	case len(b.not) > 0:
		var names []string
		for _, other := range b.not {
			names = append(names, other.bearing()...)
		}
		return names
	case b.dimension() != "":
		return []string{b.dimension()}
	case !b.choice || b.name == verdict:
		return []string{b.name}
	}
	return []string{b.text()}
}

// table finds the cells of a table by classes of atoms.
func (r *records) table(form shape, cells []int) recordTable {
	names := slices.Clone(form.dimensions)
	for _, b := range form.choices {
		names = append(names, b.bearing()...)
	}
	var t recordTable
	var kinds [][]map[string]string // of each axis that matters an atom of each class
	size := 1
	for i, a := range r.axes {
		if len(common(a.names, names)) == 0 {
			continue
		}
		classes, first := a.classes(names)
		for k := range classes {
			classes[k] *= size
		}
		t.axes, t.classes, kinds = append(t.axes, i), append(t.classes, classes), append(kinds, first)
		size *= len(first)
	}
	at := map[string]int{}
	for _, cell := range cells {
		at[r.sets[cell].key()] = cell
	}
	t.cells = make([]int, size)
	for code := range t.cells {
		record, left := map[string]string{}, code
		for _, first := range kinds {
			maps.Copy(record, first[left%len(first)])
			left /= len(first)
		}
		t.cells[code] = form.find(record, at)
	}
	return t
}

// classes gives each atom its class by the names that matter, and of each class its first atom.
func (a axis) classes(names []string) (classes []int, first []map[string]string) {
	known := map[string]int{}
	for _, atom := range a.atoms {
		var parts []string
		for _, name := range common(a.names, names) {
			parts = append(parts, atom[name])
		}
		key := strings.Join(parts, "\x00")
		if _, ok := known[key]; !ok {
			known[key] = len(first)
			first = append(first, atom)
		}
		classes = append(classes, known[key])
	}
	return classes, first
}

// find is the cell of a record in a table of that shape.
func (s shape) find(record map[string]string, at map[string]int) int {
	if slices.ContainsFunc(s.choices, func(b bound) bool { return !b.holdsFor(record) }) {
		return elsewhere
	}
	of := s.choices
	for _, name := range s.dimensions {
		of = of.with(bound{name: name, value: record[name]})
	}
	if cell, ok := at[of.key()]; ok {
		return cell
	}
	return nowhere
}
