package disclosure

import "fmt"

// Cell is one count of a report, or one that its reader can infer.
type Cell struct {
	Name   string // what is counted, for messages; it holds no figure
	Count  int64  // the true count, 0 or more
	Latent bool   // never published; nothing is lost by its not being known
	Secret bool   // a count of permits or persons: it may not be known where it is small
	Hidden bool   // hidden from the start, as in an earlier edition
	Kept   bool   // published before and unchanged since: everyone knows it, so it is no cover for others
	Cost   int    // what hiding it takes from the reader, 1 or more; nothing where it is latent
}

// Sum is an identity: the total is the sum of the parts, all of them cells by their position.
type Sum struct {
	Total int
	Parts []int
}

// System is every cell of a report with every identity that holds between them.
type System struct {
	Cells []Cell
	Sums  []Sum

	// Suggest, where it is set, proposes a way to change a cell's count by one, up or down, that keeps every identity: the changes of all cells
	// together, that of the cell itself among them; none where it knows no way. Price says what a change of a cell takes, and false where the cell
	// may not be changed or would be negative. Whoever knows what the cells are counts of finds ways that a search over the identities alone does not.
	Suggest func(cell int, by int64, price func(cell int, by int64) (int, bool)) []Change
}

// Change is by how much the count of a cell changes.
type Change struct {
	Cell int
	By   int64
}

// Small reports whether a count of permits or persons is unsafe to publish: not nought, and below the threshold.
func (c Cell) Small(threshold int64) bool { return c.Secret && c.Count > 0 && c.Count < threshold }

// Check finds what no report can hold: a negative count, a sum that does not add up or names a cell that is not there, and a cell
// that is both hidden and kept.
func (s System) Check() error {
	for _, c := range s.Cells {
		if c.Count < 0 {
			return fmt.Errorf("disclosure: %s: a negative count", c.Name)
		}
		if c.Hidden && c.Kept {
			return fmt.Errorf("disclosure: %s: hidden, and known from an earlier edition", c.Name)
		}
	}
	for _, sum := range s.Sums {
		for _, i := range append([]int{sum.Total}, sum.Parts...) {
			if i < 0 || i >= len(s.Cells) {
				return fmt.Errorf("disclosure: a sum names cell %d of %d", i, len(s.Cells))
			}
		}
		var left int64
		for _, i := range sum.Parts {
			left += s.Cells[i].Count
		}
		if left != s.Cells[sum.Total].Count {
			return fmt.Errorf("disclosure: %s: its parts do not add up to it", s.Cells[sum.Total].Name)
		}
	}
	return nil
}

// term is a cell in an identity, or an identity of a cell: a part counts +1 and the total -1, so that all together are nought.
type term struct {
	at   int // the cell, or the sum
	sign int64
}

// terms are the cells of each sum, and the sums of each cell.
func (s System) terms() (ofSum, ofCell [][]term) {
	ofSum, ofCell = make([][]term, len(s.Sums)), make([][]term, len(s.Cells))
	add := func(sum, cell int, sign int64) {
		ofSum[sum] = append(ofSum[sum], term{cell, sign})
		ofCell[cell] = append(ofCell[cell], term{sum, sign})
	}
	for k, sum := range s.Sums {
		add(k, sum.Total, -1)
		for _, i := range sum.Parts {
			add(k, i, 1)
		}
	}
	return ofSum, ofCell
}
