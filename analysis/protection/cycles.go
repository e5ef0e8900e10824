package protection

import (
	"math"
	"slices"

	"koblet/analysis/disclosure"
)

// A record that is added to a population adds one to the count of every set that it is in, and no identity notices. Records that are added and taken out
// in turn around a cycle, each of which differs from the next in one axis, change only the sets that are bounded in every axis of the cycle: two years, two
// categories and two verdicts change eight cells of the table of the three and none of its margins. These are the basic moves of Diaconis and
// Sturmfels (1998). A search over the identities alone finds them only where they are short, for it takes a dozen tables out of balance first.

// pricing says what a change of a cell takes, and false where it cannot be.
type pricing = func(cell int, by int64) (int, bool)

// cycle is records around a cycle: the first, by its atom of each axis, and the other atom of the axes that turn.
type cycle struct {
	first []int
	turns []turn
}

type turn struct{ axis, other int }

const (
	// mostTurns is how many axes a cycle turns in.
	mostTurns = 3
	// impossible is the price of a change that cannot be, high enough that fewer of them are better than anything else.
	impossible = 1 << 40
	// sweeps is how often each part of a cycle is chosen anew.
	sweeps = 4
	// starts is from how many cycles a search begins.
	starts = 3
)

// suggest finds a cheap cycle that changes a cell by one.
func (r *records) suggest(cell int, by int64, price pricing) []disclosure.Change {
	inside, ok := r.inside(cell)
	if !ok {
		return nil
	}
	var bounded []int
	for i, allowed := range inside {
		if len(allowed) < len(r.axes[i].atoms) {
			bounded = append(bounded, i)
		}
	}
	var best []disclosure.Change
	least := int64(impossible)
	for turns := range mostTurns + 1 {
		for _, axes := range subsets(bounded, turns) {
			tables := r.boundedBy(axes)
			for start := range starts {
				c := r.begin(inside, axes, start)
				if cost := r.improve(&c, search{tables, inside, by, price}); cost < least {
					least = cost
					best = nil
					c.each(tables, by, func(change disclosure.Change) bool {
						best = append(best, change)
						return true
					})
				}
			}
		}
	}
	return best
}

// inside are the atoms of each axis that a record of the cell can have; false where the cell is bounded by more than one axis at a time.
func (r *records) inside(cell int) ([][]int, bool) {
	out := make([][]int, len(r.axes))
	for i, a := range r.axes {
		for k, atom := range a.atoms {
			if !slices.ContainsFunc(r.sets[cell], func(b bound) bool { return len(common(b.bearing(), a.names)) > 0 && !b.holdsFor(atom) }) {
				out[i] = append(out[i], k)
			}
		}
		if len(out[i]) == 0 {
			return nil, false
		}
	}
	return out, !slices.ContainsFunc(r.sets[cell], func(b bound) bool { return len(b.not) > 1 || b.name == refused })
}

// outside are the atoms of an axis that are not inside.
func (r *records) outside(inside [][]int, axis int) (out []int) {
	for k := range r.axes[axis].atoms {
		if !slices.Contains(inside[axis], k) {
			out = append(out, k)
		}
	}
	return out
}

// begin is the cycle from which a search starts.
func (r *records) begin(inside [][]int, axes []int, start int) cycle {
	var c cycle
	pick := func(atoms []int) int { return atoms[start*len(atoms)/starts] }
	for _, atoms := range inside {
		c.first = append(c.first, pick(atoms))
	}
	for _, axis := range axes {
		c.turns = append(c.turns, turn{axis, pick(r.outside(inside, axis))})
	}
	return c
}

// search is what a cycle is looked for in: the tables that it changes, the atoms inside, the change that is wanted and what changes take.
type search struct {
	tables []recordTable
	inside [][]int
	by     int64
	price  pricing
}

// boundedBy are the tables that are bounded in all of some axes.
func (r *records) boundedBy(axes []int) (out []recordTable) {
	for _, t := range r.tables {
		if !slices.ContainsFunc(axes, func(axis int) bool { return !slices.Contains(t.axes, axis) }) {
			out = append(out, t)
		}
	}
	return out
}

// improve chooses each part of a cycle anew, until none gets cheaper, and gives the cost.
func (r *records) improve(c *cycle, s search) int64 {
	least := c.cost(s, math.MaxInt64)
	choose := func(part *int, atoms []int) {
		best := *part
		for _, atom := range atoms {
			if atom == best {
				continue
			}
			*part = atom
			if cost := c.cost(s, least); cost < least {
				least, best = cost, atom
			}
		}
		*part = best
	}
	for range sweeps {
		before := least
		for i := range c.first {
			choose(&c.first[i], s.inside[i])
		}
		for i := range c.turns {
			choose(&c.turns[i].other, r.outside(s.inside, c.turns[i].axis))
		}
		if least == before {
			break
		}
	}
	return least
}

// cost is what a cycle takes, as far as it is below a limit; impossible or more where it cannot be.
func (c *cycle) cost(s search, limit int64) (cost int64) {
	c.each(s.tables, s.by, func(change disclosure.Change) bool {
		price, ok := 0, change.Cell != nowhere
		if ok {
			price, ok = s.price(change.Cell, change.By)
		}
		if cost += int64(price); !ok {
			cost += impossible
		}
		return cost < limit
	})
	return cost
}

// each goes through the cells that a cycle changes, until it is told to stop. That of a record which a table says there is none of is nowhere.
func (c *cycle) each(tables []recordTable, by int64, call func(disclosure.Change) bool) {
	var steps [mostTurns]int
	for _, t := range tables {
		code, turned := 0, 0
		for i, axis := range t.axes {
			class := t.classes[i][c.first[axis]]
			code += class
			for _, turn := range c.turns {
				if turn.axis != axis {
					continue
				}
				if step := t.classes[i][turn.other] - class; step != 0 {
					steps[turned] = step
					turned++
				}
			}
		}
		if turned < len(c.turns) {
			continue // the records of the cycle cancel each other
		}
		for corner := range 1 << turned {
			at, sign := code, by
			for i, step := range steps[:turned] {
				if corner>>i&1 == 1 {
					at, sign = at+step, -sign
				}
			}
			if cell := t.cells[at]; cell != elsewhere && !call(disclosure.Change{Cell: cell, By: sign}) {
				return
			}
		}
	}
}

// subsets are the ways to take so many of some axes.
func subsets(axes []int, size int) (out [][]int) {
	if size == 0 {
		return [][]int{nil}
	}
	for i, axis := range axes {
		for _, further := range subsets(axes[i+1:], size-1) {
			out = append(out, append([]int{axis}, further...))
		}
	}
	return out
}
