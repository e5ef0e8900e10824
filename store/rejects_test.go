package store

import (
	"fmt"
	"slices"
	"testing"

	"koblet/store/extract"
)

// Rejects of several tables and files that have one name come by line, and are counted by reason.
func TestRejectsComeInOrder(t *testing.T) {
	one, two := &extract.Lines{}, &extract.Lines{}
	for _, line := range []int64{3, 5, 5, 1 << 40} {
		one.Add(line, "bad_quote")
	}
	two.Add(2, "nul_byte")
	two.Add(5, "no_key")
	all := &rejects{}
	all.take("b.csv", one)
	all.take("a.csv", two)
	all.take("b.csv", two)
	var got []string
	for r := range all.all() {
		got = append(got, fmt.Sprint(r.File, ":", r.Line, ":", r.Reason))
	}
	want := []string{"a.csv:2:nul_byte", "a.csv:5:no_key", "b.csv:2:nul_byte", "b.csv:3:bad_quote", "b.csv:5:bad_quote", "b.csv:5:bad_quote", "b.csv:5:no_key", "b.csv:1099511627776:bad_quote"}
	if !slices.Equal(got, want) || all.n != 8 || all.of["no_key"] != 2 || len(all.first(3)) != 3 {
		t.Errorf("%v, %d, %v", got, all.n, all.of)
	}
}
