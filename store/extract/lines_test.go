package extract

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

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

// A file of which every line is rejected costs little more memory than one that is sound.
func TestRejectsTakeLittleMemory(t *testing.T) {
	const n = 300_000
	path := filepath.Join(t.TempDir(), "permits.csv")
	if err := os.WriteFile(path, []byte("permit_id,person_id,decided_on,decision\n"+strings.Repeat("S1,P1\n", n)), 0o600); err != nil {
		t.Fatal(err)
	}
	e := &extract{Path: path, at: path}
	if err := e.look(); err != nil {
		t.Fatal(err)
	}
	e.shapes = make([]shape, len(e.Columns))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := e.takeText(t.Context(), filepath.Join(t.TempDir(), "copy.csv"), nil); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; e.Broken.Count() != n || spent > 24<<20 {
		t.Errorf("%d rejects took %d bytes, want at most 24 MiB in all", e.Broken.Count(), spent)
	}
}
