package disclosure

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"slices"
)

// move changes a cell's count.
type move struct {
	cell int
	by   int64
}

// changes are the cells in which a world differs from the truth, by position.
type changes []move

// of is by how much a cell differs.
func (c changes) of(cell int) int64 {
	at, found := slices.BinarySearchFunc(c, cell, func(m move, cell int) int { return cmp.Compare(m.cell, cell) })
	if !found {
		return 0
	}
	return c[at].by
}

// plus are the changes with a further one.
func (c changes) plus(m move) changes {
	at, found := slices.BinarySearchFunc(c, m.cell, func(o move, cell int) int { return cmp.Compare(o.cell, cell) })
	out := make(changes, 0, len(c)+1)
	out = append(out, c[:at]...)
	if found {
		m.by += c[at].by
		at++
	}
	if m.by != 0 {
		out = append(out, m)
	}
	return append(out, c[at:]...)
}

// searcher looks for worlds: counts that keep every identity and differ from the truth only where the reader cannot see.
type searcher struct {
	System
	ofSum, ofCell [][]term
	hidden        []bool
	barred        int   // the cell that pruning would show again; -1 for none
	covers        bool  // whether cells that are still shown may be taken as cover
	limits        []int // how many nodes one search may expand, at first and again
	left          int   // how many nodes may still be expanded, over all searches
}

// state is a half-built move away from a world: what it changes and the identities that do not hold yet.
type state struct {
	moved changes
	off   changes // by sum: its parts less its total
	cost  int
	rank  int
	order int // of two alike the one that was found first
}

type queue []*state

// Len, Less, Swap, Push and Pop make the queue a heap.Interface.
func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].rank, q[j].rank), cmp.Compare(q[i].order, q[j].order)) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push is part of heap.Interface.
func (q *queue) Push(x any) { *q = append(*q, x.(*state)) }

// Pop is part of heap.Interface.
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

const (
	// step is the price of moving a cell that is hidden or latent. It is not quite free, so that of two ways the shorter is taken.
	step = 1
	// cover is the price of hiding a cell of cost 1.
	cover = 16
)

// patience is how many nodes a search may expand before it counts as failed. A short search finds most ways; the next length is tried where none did, up to
// the last, which is long enough for chains of some thirty cells through a yearly report's tables.
var patience = []int{4_000, 40_000, 200_000}

// impatience are the weights of an identity that does not hold yet against the cells moved so far: a low one finds cheap ways, a high one finds
// some way. All are tried, in this order.
var impatience = []int{3, 6, 12, 48}

// shift finds the cheapest way to change a cell by one, up or down, from a world to another; false where none was found within the limits.
func (s *searcher) shift(world changes, cell int, by int64) (changes, bool) {
	if s.Suggest != nil {
		if found, ok := s.suggested(world, cell, by); ok {
			return found, true
		}
	}
	for _, limit := range s.limits {
		for _, weight := range impatience {
			if found, ok := s.bestFirst(world, move{cell, by}, weight*cover/2, limit); ok {
				return found, true
			}
		}
	}
	return nil, false
}

// suggested is the world that a suggested change leads to; false where there is none.
func (s *searcher) suggested(world changes, cell int, by int64) (changes, bool) {
	found := s.Suggest(cell, by, func(cell int, by int64) (int, bool) {
		if s.Cells[cell].Count+world.of(cell)+by < 0 {
			return 0, false
		}
		return s.price(cell, world.of(cell) != 0)
	})
	for _, c := range found {
		world = world.plus(move{c.Cell, c.By})
	}
	return world, len(found) > 0
}

func (s *searcher) bestFirst(world changes, first move, weight, limit int) (changes, bool) {
	start := s.moving(&state{}, first, 0, weight)
	open, seen, order := queue{start}, map[string]bool{}, 0
	for limit = min(limit, s.left); len(open) > 0 && limit > 0; limit-- {
		s.left--
		now := heap.Pop(&open).(*state)
		if len(now.off) == 0 {
			for _, m := range now.moved {
				world = world.plus(m)
			}
			return world, true
		}
		for _, next := range s.next(world, now, first, weight) {
			key := next.key()
			if seen[key] {
				continue
			}
			seen[key] = true
			order++
			next.order = order
			heap.Push(&open, next)
		}
	}
	return nil, false
}

// key tells one set of moves from another.
func (n *state) key() string {
	var out []byte
	for _, m := range n.moved {
		out = binary.AppendVarint(out, int64(m.cell))
		out = binary.AppendVarint(out, m.by)
	}
	return string(out)
}

// next are the states one move away: each cell that brings the narrowest identity that does not hold nearer to holding.
func (s *searcher) next(world changes, now *state, first move, weight int) []*state {
	narrowest := slices.MinFunc(now.off, func(a, b move) int {
		return cmp.Or(cmp.Compare(len(s.ofSum[a.cell]), len(s.ofSum[b.cell])), cmp.Compare(a.cell, b.cell))
	})
	var out []*state
	for _, t := range s.ofSum[narrowest.cell] {
		by := t.sign
		if narrowest.by > 0 {
			by = -t.sign
		}
		moved := now.moved.of(t.at)
		switch {
		case t.at == first.cell, moved*by < 0: // what is wanted stays, and nothing is undone
		case s.Cells[t.at].Count+world.of(t.at)+moved+by < 0:
		default:
			if price, ok := s.price(t.at, world.of(t.at) != 0 || moved != 0); ok {
				out = append(out, s.moving(now, move{t.at, by}, price, weight))
			}
		}
	}
	return out
}

// price is what moving a cell takes; false where the reader sees the cell and it may not be hidden.
func (s *searcher) price(cell int, taken bool) (int, bool) {
	c := s.Cells[cell]
	switch {
	case cell == s.barred || c.Kept:
		return 0, false
	case c.Latent || s.hidden[cell] || taken:
		return step, true
	case s.covers:
		return step + cover*max(c.Cost, 1), true
	}
	return 0, false
}

// moving is a state with one more move.
func (s *searcher) moving(from *state, m move, price, weight int) *state {
	out := &state{moved: from.moved.plus(m), off: from.off, cost: from.cost + price}
	for _, t := range s.ofCell[m.cell] {
		out.off = out.off.plus(move{t.at, t.sign * m.by})
	}
	unbalanced := 0
	for _, o := range out.off {
		unbalanced += int(max(o.by, -o.by))
	}
	out.rank = out.cost + weight*unbalanced
	return out
}
