package disclosure

import (
	"maps"
	"slices"
)

// Interval is what a reader can work out of a count that is not shown: it is at least Low and at most High. Open has no upper bound.
type Interval struct {
	Low, High int64
	Open      bool
}

// Holds reports whether every count from 1 to threshold - 1 is possible.
func (i Interval) Holds(threshold int64) bool {
	return i.Low <= 1 && (i.Open || i.High >= threshold-1)
}

// Attack works out, from the identities and the counts of all cells that are neither hidden nor latent, what can be known of the cells asked for. It is
// exact: the bounds are those of all counts of 0 or more that keep every identity. The counts of hidden and latent cells are not looked at. The
// error says where no counts keep what is shown, or the identities are too large.
func (s System) Attack(hidden []bool, cells []int) (map[int]Interval, error) {
	a := newAttack(s, hidden)
	out := make(map[int]Interval, len(cells))
	wanted := map[int][]int{} // by component
	for _, cell := range cells {
		if a.column[cell] < 0 {
			out[cell] = Interval{Low: s.Cells[cell].Count, High: s.Cells[cell].Count}
			continue
		}
		at := a.component(cell)
		wanted[at] = append(wanted[at], cell)
	}
	for _, root := range slices.Sorted(maps.Keys(wanted)) {
		if err := a.solve(root, wanted[root], out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// attack is the system as its reader sees it: cells that are not shown are variables, and those that identities tie together are solved together.
type attack struct {
	System
	ofSum  [][]term
	column []int // of a cell among the variables of its component; -1 where it is shown
	parent []int // of a cell in the forest of components
}

func newAttack(s System, hidden []bool) *attack {
	a := &attack{System: s, column: make([]int, len(s.Cells)), parent: make([]int, len(s.Cells))}
	a.ofSum, _ = s.terms()
	for i, c := range s.Cells {
		a.parent[i], a.column[i] = i, -1
		if c.Latent || hidden[i] {
			a.column[i] = 0
		}
	}
	for _, terms := range a.ofSum {
		first := -1
		for _, t := range terms {
			switch {
			case a.column[t.at] < 0:
			case first < 0:
				first = t.at
			default:
				a.parent[a.component(t.at)] = a.component(first)
			}
		}
	}
	return a
}

// component is the cell that stands for all that are solved together with a cell.
func (a *attack) component(cell int) int {
	for a.parent[cell] != cell {
		a.parent[cell] = a.parent[a.parent[cell]]
		cell = a.parent[cell]
	}
	return cell
}

// solve bounds the wanted cells of one component.
func (a *attack) solve(root int, wanted []int, out map[int]Interval) error {
	x, err := newSimplex(a.rows(root))
	if err != nil {
		return err
	}
	for _, cell := range wanted {
		low, err := x.fewest(a.column[cell])
		if err != nil {
			return err
		}
		high, bounded, err := x.most(a.column[cell])
		if err != nil {
			return err
		}
		known := Interval{Low: low.ceiling(), Open: !bounded}
		if bounded {
			known.High = high.floor()
		}
		out[cell] = known
	}
	return nil
}

// rows are the identities of one component: coefficients of its variables, and last what the shown cells leave for them.
func (a *attack) rows(root int) [][]int64 {
	variables := 0
	for i := range a.Cells {
		if a.column[i] >= 0 && a.component(i) == root {
			a.column[i] = variables
			variables++
		}
	}
	var rows [][]int64
	for _, terms := range a.ofSum {
		row, found := make([]int64, variables+1), false
		for _, t := range terms {
			switch {
			case a.column[t.at] < 0:
				row[variables] -= t.sign * a.Cells[t.at].Count
			case a.component(t.at) == root:
				row[a.column[t.at]] += t.sign
				found = true
			}
		}
		if found {
			rows = append(rows, row)
		}
	}
	return rows
}
