package store

import "encoding/binary"

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
