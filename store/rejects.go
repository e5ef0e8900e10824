package store

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"koblet/registers"
	"koblet/registers/u12170"
	"koblet/store/extract"
)

// rejects are the rejected lines of all files of a load.
type rejects struct {
	byFile map[string][]*extract.Lines // by the name that the receipt gives the file, which several may have
	n      int64
	of     map[string]int64 // by reason
}

func (r *rejects) take(file string, lines *extract.Lines) {
	if r.byFile == nil {
		r.byFile, r.of = map[string][]*extract.Lines{}, map[string]int64{}
	}
	r.byFile[file] = append(r.byFile[file], lines)
	for reason, n := range lines.Counted() {
		r.n, r.of[reason] = r.n+n, r.of[reason]+n
	}
}

// all gives every rejected line by file and place.
func (r *rejects) all() iter.Seq[Reject] {
	return func(yield func(Reject) bool) {
		for _, file := range slices.Sorted(maps.Keys(r.byFile)) {
			for line, reason := range extract.InOrder(r.byFile[file]) {
				if !yield(Reject{File: file, Line: line, Reason: reason}) {
					return
				}
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

// rejectsCure is what helps where lines are rejected for their bytes, in a text of which the profile says another encoding than it
// seems to be in; else it is empty.
func rejectsCure(inputs []extract.Input, rejected iter.Seq[Reject]) string {
	for r := range rejected {
		if r.Reason == string(u12170.JoinedRecords) {
			return fmt.Sprintf("%s: a line end was lost in line %d: part its two records, or have the file delivered again", r.File, r.Line)
		}
		for _, in := range inputs {
			if cure := in.CureOf(r.Reason); cure != "" && r.File == registers.WithoutNumbers(in.Path) {
				return r.File + ": " + cure
			}
		}
	}
	return ""
}
