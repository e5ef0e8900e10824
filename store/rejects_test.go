package store

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// Rejects of several tables and files that have one name come by line, and are counted by reason.
func TestRejectsComeInOrder(t *testing.T) {
	one, two := &rejectedLines{}, &rejectedLines{}
	for _, line := range []int64{3, 5, 5, 1 << 40} {
		one.add(line, "bad_quote")
	}
	two.add(2, "nul_byte")
	two.add(5, "no_key")
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

// A file of which every line is rejected costs little more memory than one that is sound.
func TestRejectsTakeLittleMemory(t *testing.T) {
	const n = 300_000
	path := filepath.Join(t.TempDir(), "permits.csv")
	if err := os.WriteFile(path, []byte("permit_id,person_id,decided_on,decision\n"+strings.Repeat("S1,P1\n", n)), 0o600); err != nil {
		t.Fatal(err)
	}
	e := &extract{path: path, at: path}
	if err := e.look(); err != nil {
		t.Fatal(err)
	}
	e.shapes = make([]shape, len(e.columns))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := e.takeText(t.Context(), filepath.Join(t.TempDir(), "copy.csv"), nil); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; e.broken.lines.n != n || spent > 24<<20 {
		t.Errorf("%d rejects took %d bytes, want at most 24 MiB in all", e.broken.lines.n, spent)
	}
}
