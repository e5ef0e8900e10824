package store

import (
	"encoding/binary"
	"iter"
	"maps"
	"slices"
)

// rejectedLines are the rejected lines of one file as one table, in order, in about two bytes each: every line of a file of millions
// may be one.
type rejectedLines struct {
	lines   ascending
	words   []string // the reasons that there are
	reasons []byte   // of each line, by their place among the words; the list of reasons is short
}

func (r *rejectedLines) add(line int64, reason string) {
	word := slices.Index(r.words, reason)
	if word < 0 {
		word, r.words = len(r.words), append(r.words, reason)
	}
	r.lines.add(line)
	r.reasons = append(r.reasons, byte(word))
}

// all gives each line with its reason.
func (r *rejectedLines) all() iter.Seq2[int64, string] {
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

// first gives the first of them.
func (r *rejectedLines) first() (line int64, reason string) {
	for line, reason = range r.all() {
		break
	}
	return line, reason
}

// rejects are the rejected lines of all files of a load.
type rejects struct {
	byFile map[string][]*rejectedLines // by the name that the receipt gives the file, which several may have
	n      int64
	of     map[string]int64 // by reason
}

func (r *rejects) take(file string, lines *rejectedLines) {
	if r.byFile == nil {
		r.byFile, r.of = map[string][]*rejectedLines{}, map[string]int64{}
	}
	r.byFile[file] = append(r.byFile[file], lines)
	r.n += lines.lines.n
	for _, word := range lines.reasons {
		r.of[lines.words[word]]++
	}
}

// all gives every rejected line by file and place.
func (r *rejects) all() iter.Seq[Reject] {
	return func(yield func(Reject) bool) {
		for _, file := range slices.Sorted(maps.Keys(r.byFile)) {
			for line, reason := range inOrder(r.byFile[file]) {
				if !yield(Reject{File: file, Line: line, Reason: reason}) {
					return
				}
			}
		}
	}
}

// inOrder gives the lines of several lists in one order; of equal lines that of the list that stands first.
func inOrder(lists []*rejectedLines) iter.Seq2[int64, string] {
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

// first gives at most n of the rejected lines.
func (r *rejects) first(n int) []Reject {
	var some []Reject
	for one := range r.all() {
		if len(some) == n {
			break
		}
		some = append(some, one)
	}
	return some
}
