package store

import "testing"

// TestAscending gives back what was put in: steps of nothing, of a byte, of several, within a block and across.
func TestAscending(t *testing.T) {
	a, want := &ascending{}, []int64{}
	number := int64(0)
	for i := range int64(1000) {
		number += []int64{1, 13, 0, 300, 1 << 40}[i%5]
		a.add(number)
		want = append(want, number)
	}
	for i, w := range want {
		if got := a.at(int64(i)); got != w {
			t.Fatalf("number %d is %d, want %d", i, got, w)
		}
	}
}
