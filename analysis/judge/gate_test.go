package judge

import (
	"math"
	"reflect"
	"testing"

	"koblet/store"
)

// TestJudgeGate: a share of empty values that changed by a percentage point is small, by more it is told, and so is all of another kind.
func TestJudgeGate(t *testing.T) {
	empty := func(change float64) store.Difference { return store.Difference{Kind: "empty_share", Change: change} }
	more := empty(math.Nextafter(1, 2))
	rows := store.Difference{Kind: "rows", Change: 0.01}
	told, small := Gate(store.Comparison{Differences: []store.Difference{empty(0.2), more, empty(1), rows}})
	if want := []store.Difference{more, rows}; !reflect.DeepEqual(told, want) || small != 2 {
		t.Errorf("told are %v, small are %d; want %v and 2", told, small, want)
	}
	if n := SmallChanges(2); n.Figures[0].Value != int64(2) || n.Figures[1].Value != int64(1) {
		t.Errorf("the note is %+v", n)
	}
}

// TestChange: the figures of each kind stand in their places, and codes beyond those that are named are owned to.
func TestChange(t *testing.T) {
	for kind, want := range map[string]string{
		"rows": "{after} rows, {before} before", "empty_share": "{after} empty, {before} before", "new_codes": "{n} codes that were not there: {codes}",
		"vanished_codes": "{n} codes that are there no more: {codes}", "changed_numbers": "{n} persons with another number, of {before} who had one",
		"lost_numbers": "{n} persons whose number is gone, of {before} who had one",
	} {
		if n := Change(store.Difference{Kind: kind, Before: 8, After: 6, Change: 3, Codes: []string{"a", "b"}}); n.En != want {
			t.Errorf("%s: %q, want %q", kind, n.En, want)
		}
	}
	if n := Change(store.Difference{Kind: "empty_share", Before: 8, After: 6}); n.Figures[0].Value != 0.08 || n.Figures[1].Value != 0.06 {
		t.Errorf("the shares are %v", n.Figures)
	}
	for change, want := range map[float64]string{2: "a, b", 3: "a, b …"} {
		if n := Change(store.Difference{Kind: "new_codes", Change: change, Codes: []string{"a", "b"}}); n.Figures[1].Value != want {
			t.Errorf("of %v codes are named %v, want %s", change, n.Figures[1].Value, want)
		}
	}
}
