package store

import (
	"database/sql"
	"fmt"
	"testing"

	"koblet/store/desk"
)

// A load that is not told takes memory by its rows: the least for a few, 80 bytes a row for many, and never more than the database takes by
// itself. The rows are told to it, and no file has them.
func TestMemoryFollowsTheRows(t *testing.T) {
	alone, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer alone.Close()
	var most int64
	if err := alone.QueryRow("select parse_formatted_bytes(current_setting('memory_limit'))").Scan(&most); err != nil {
		t.Fatal(err)
	}
	files := writeFiles(t, registersOf)
	for _, c := range []struct {
		rows  []int64
		given string
		want  string
	}{
		{rows: []int64{3_000, 2_000}, want: fmt.Sprintf("%dB", desk.LeastMemory)},
		{rows: []int64{10_000_000, 6_000_000}, want: fmt.Sprintf("%dB", min(most, 1_280_000_000))},
		{rows: []int64{1_000_000_000_000}, want: fmt.Sprintf("%dB", most)},
		{rows: []int64{10_000_000}, given: "700MB", want: "700MB"},
	} {
		s := &Store{Dir: t.TempDir()}
		if err := s.makeFolders(); err != nil {
			t.Fatal(err)
		}
		l := loading(t, files)
		l.Memory = c.given
		inputs, err := l.Delivery().Gather()
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range c.rows {
			inputs[i].Rows = n
		}
		b, err := s.newBuild(t.Context(), l, inputs)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := b.memory(t.Context()); err != nil || got != c.want {
			t.Errorf("%v rows, told %q: %s, %v, want %s", c.rows, c.given, got, err, c.want)
		}
		if err := b.close(); err != nil {
			t.Fatal(err)
		}
	}
}
