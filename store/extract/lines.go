package extract

import (
	"encoding/binary"
	"iter"
	"slices"
)

// ascending is a list of numbers that grow, in little more than a byte each: where each of millions of persons begins, of which a load asks
// for few. Reading the file again for them would take as long as reading it at all.
type ascending struct {
	n      int64
	last   int64
	steps  []byte  // from each number to the next, as varints
	blocks []block // where every 64th number stands
}

type block struct {
	before int64 // the number before the block's first
	at     int   // of its step
}

const blockSize = 64

func (a *ascending) add(number int64) {
	if a.n%blockSize == 0 {
		a.blocks = append(a.blocks, block{a.last, len(a.steps)})
	}
	a.steps = binary.AppendUvarint(a.steps, uint64(number-a.last))
	a.last = number
	a.n++
}

// at is the number at a position, the first being 0.
func (a *ascending) at(i int64) int64 {
	b := a.blocks[i/blockSize]
	number, steps := b.before, a.steps[b.at:]
	for range i%blockSize + 1 {
		step, size := binary.Uvarint(steps)
		number, steps = number+int64(step), steps[size:]
	}
	return number
}

// Lines are the rejected lines of one file as one table, in order, in about two bytes each: every line of a file of millions
// may be one.
type Lines struct {
	lines   ascending
	words   []string // the reasons that there are
	reasons []byte   // of each line, by their place among the words; the list of reasons is short
}

// Add puts down a line, none of which stands before the last, with its reason.
func (r *Lines) Add(line int64, reason string) {
	word := slices.Index(r.words, reason)
	if word < 0 {
		word, r.words = len(r.words), append(r.words, reason)
	}
	r.lines.add(line)
	r.reasons = append(r.reasons, byte(word))
}

// Count is how many there are.
func (r *Lines) Count() int64 { return r.lines.n }

// all gives each line with its reason.
func (r *Lines) all() iter.Seq2[int64, string] {
	return func(yield func(int64, string) bool) {
		line, steps := int64(0), r.lines.steps
		for _, word := range r.reasons {
			step, size := binary.Uvarint(steps)
			line, steps = line+int64(step), steps[size:]
			if !yield(line, r.words[word]) {
				return
			}
		}
	}
}

// Counted gives how many lines there are of each reason.
func (r *Lines) Counted() map[string]int64 {
	all := map[string]int64{}
	for _, word := range r.reasons {
		all[r.words[word]]++
	}
	return all
}

// InOrder gives the lines of several lists in one order; of equal lines that of the list that stands first.
func InOrder(lists []*Lines) iter.Seq2[int64, string] {
	return func(yield func(int64, string) bool) {
		type head struct {
			line   int64
			reason string
			next   func() (int64, string, bool)
		}
		var heads []head
		for _, list := range lists {
			next, stop := iter.Pull2(list.all())
			defer stop()
			if line, reason, ok := next(); ok {
				heads = append(heads, head{line, reason, next})
			}
		}
		for len(heads) > 0 {
			first := 0
			for i := range heads {
				if heads[i].line < heads[first].line {
					first = i
				}
			}
			if !yield(heads[first].line, heads[first].reason) {
				return
			}
			line, reason, ok := heads[first].next()
			if heads[first].line, heads[first].reason = line, reason; !ok {
				heads = slices.Delete(heads, first, first+1)
			}
		}
	}
}
