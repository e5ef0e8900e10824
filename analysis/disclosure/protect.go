package disclosure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pattern says which cells of a system are hidden, and proves that they are enough.
type Pattern struct {
	Hidden    []bool // by cell; the latent ones are neither hidden nor shown
	Primary   int    // cells hidden because they are small
	Secondary int    // cells hidden so that those cannot be recomputed
	Latent    int    // small counts that are nowhere published and that readers could have inferred
	worlds    []map[int64]changes
	threshold int64
}

// UnsafeError is the error of a report that cannot be published: cells that no pattern was found for.
type UnsafeError struct{ Cells []string }

func (r *UnsafeError) Error() string {
	named := r.Cells
	more := ""
	if len(named) > mostNamed {
		named, more = named[:mostNamed], fmt.Sprintf(" and %d more", len(r.Cells)-mostNamed)
	}
	return "no safe pattern of hidden cells for " + strings.Join(named, ", ") + more
}

// mostNamed is how many cells a refusal names.
const mostNamed = 5

const (
	// perCell is how many nodes may be expanded in all to hide cells, times the cells of the system; least is the same for a system of few.
	perCell, least = 4_000, 2_000_000
	// perCellPruning and leastPruning are the same for showing cells again: a cell more hidden is worth less than the time.
	perCellPruning, leastPruning = 200, 20_000
	// sparing is what one search of pruning may expand, times the cells.
	sparing = 500_000
)

// Protect finds a pattern in which each small count can, as far as the shown cells tell, be any number from 1 to threshold - 1: for each of these
// there is a world, and the worlds are checked before the pattern is given. The error is a *UnsafeError where no pattern was found, and
// another where the system is none (Check).
func (s System) Protect(threshold int64) (Pattern, error) {
	if err := s.Check(); err != nil {
		return Pattern{}, err
	}
	h := hiding{searcher: searcher{System: s, hidden: make([]bool, len(s.Cells)), barred: -1}, threshold: threshold}
	h.ofSum, h.ofCell = s.terms()
	h.worlds = make([]map[int64]changes, len(s.Cells))
	for i, c := range s.Cells {
		if h.hidden[i] = !c.Latent && (c.Hidden || c.Small(threshold)); c.Small(threshold) {
			if c.Kept {
				return Pattern{}, &UnsafeError{[]string{c.Name}}
			}
			h.small = append(h.small, i)
			h.worlds[i] = map[int64]changes{c.Count: nil}
		}
	}
	if err := h.cover(); err != nil {
		return Pattern{}, err
	}
	h.prune()
	pattern := h.pattern()
	return pattern, pattern.Prove(s)
}

// hiding is a pattern under construction.
type hiding struct {
	searcher
	threshold int64
	small     []int               // the cells that need worlds
	worlds    []map[int64]changes // of each of them, by the count that it has there
}

// cover hides cells until each small one has its worlds. Once one has none the report is refused, and the others are tried only as long as it takes
// to name most of those that have none.
func (h *hiding) cover() error {
	h.limits, h.left = patience, max(least, perCell*len(h.Cells))
	h.covers = true
	defer func() { h.covers = false }()
	var refused []string
	for _, cell := range h.small {
		if !h.reach(cell) {
			refused = append(refused, h.Cells[cell].Name)
			h.limits = patience[:1]
		}
	}
	if refused != nil {
		return &UnsafeError{refused}
	}
	return nil
}

// reach finds the worlds that a cell lacks, one step from one that it has, and hides what they take.
func (h *hiding) reach(cell int) bool {
	for value := h.Cells[cell].Count + 1; value < h.threshold; value++ {
		if !h.one(cell, value, 1) {
			return false
		}
	}
	for value := h.Cells[cell].Count - 1; value >= 1; value-- {
		if !h.one(cell, value, -1) {
			return false
		}
	}
	return true
}

// one finds the world in which a cell has a count, from that in which it has one less or more.
func (h *hiding) one(cell int, value, by int64) bool {
	if _, have := h.worlds[cell][value]; have {
		return true
	}
	world, ok := h.shift(h.worlds[cell][value-by], cell, by)
	if !ok {
		return false
	}
	h.keep(world)
	return true
}

// keep hides what a world takes, and remembers it for every small cell that lacks just that count.
func (h *hiding) keep(world changes) {
	for _, m := range world {
		if !h.Cells[m.cell].Latent {
			h.hidden[m.cell] = true
		}
		count := h.Cells[m.cell].Count + m.by
		if worlds := h.worlds[m.cell]; worlds != nil && count >= 1 && count < h.threshold {
			if _, have := worlds[count]; !have {
				worlds[count] = world
			}
		}
	}
}

// prune shows cells again, the dearest first, where every small cell keeps worlds without them.
func (h *hiding) prune() {
	h.limits, h.left = []int{max(100, min(2000, sparing/len(h.Cells)))}, max(leastPruning, perCellPruning*len(h.Cells))
	var covering []int
	for i, c := range h.Cells {
		if h.hidden[i] && !c.Hidden && !c.Small(h.threshold) {
			covering = append(covering, i)
		}
	}
	slices.SortStableFunc(covering, func(a, b int) int { return cmp.Compare(h.Cells[b].Cost, h.Cells[a].Cost) })
	for _, cell := range covering {
		if h.left <= 0 {
			return
		}
		h.dispense(cell)
	}
}

// dispense shows a cell again, if it can.
func (h *hiding) dispense(cell int) {
	h.barred, h.hidden[cell] = cell, false
	before := make(map[int]map[int64]changes)
	for _, small := range h.small {
		left := map[int64]changes{}
		for value, world := range h.worlds[small] {
			if world.of(cell) == 0 {
				left[value] = world
			}
		}
		if len(left) < len(h.worlds[small]) {
			before[small], h.worlds[small] = h.worlds[small], left
		}
	}
	for _, small := range h.small {
		if before[small] != nil && !h.reach(small) {
			for other, worlds := range before {
				h.worlds[other] = worlds
			}
			h.hidden[cell] = true
			break
		}
	}
	h.barred = -1
}

func (h *hiding) pattern() Pattern {
	p := Pattern{Hidden: h.hidden, worlds: h.worlds, threshold: h.threshold}
	for i, c := range h.Cells {
		switch {
		case c.Latent && c.Small(h.threshold):
			p.Latent++
		case c.Small(h.threshold):
			p.Primary++
		case h.hidden[i]:
			p.Secondary++
		}
	}
	return p
}

// Prove checks the pattern's worlds by addition: that there is one for each count from 1 to threshold - 1 of each small cell, that it has no negative
// count, keeps every identity, and differs from the truth in no cell that is shown.
func (p Pattern) Prove(s System) error {
	ofSum, ofCell := s.terms()
	for i, c := range s.Cells {
		if !c.Small(p.threshold) {
			continue
		}
		for value := int64(1); value < p.threshold; value++ {
			world, ok := p.worlds[i][value]
			if !ok || c.Count+world.of(i) != value {
				return fmt.Errorf("disclosure: %s: no world for each count", c.Name)
			}
			if !p.holds(s, world, ofSum, ofCell) {
				return fmt.Errorf("disclosure: %s: a world that is none", c.Name)
			}
		}
	}
	return nil
}

func (p Pattern) holds(s System, world changes, ofSum, ofCell [][]term) bool {
	for _, m := range world {
		if c := s.Cells[m.cell]; c.Count+m.by < 0 || c.Kept || !c.Latent && !p.Hidden[m.cell] {
			return false
		}
		for _, sum := range ofCell[m.cell] {
			var off int64
			for _, t := range ofSum[sum.at] {
				off += t.sign * world.of(t.at)
			}
			if off != 0 {
				return false
			}
		}
	}
	return true
}
