package synthetic

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// invent writes registers to a temporary folder.
func invent(t testing.TB, o Options) Summary {
	t.Helper()
	o.Out = filepath.Join(t.TempDir(), "out")
	s, err := Write(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func at(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

// read gives the rows of a CSV file as maps by column.
func read(t testing.TB, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, len(lines)-1)
	for i, line := range lines[1:] {
		rows[i] = make(map[string]string, len(line))
		for j, column := range lines[0] {
			rows[i][column] = line[j]
		}
	}
	return rows
}

// BenchmarkWrite writes KOBLET_PERMITS permits (100,000 unless set) for the default day; KOBLET_OUT keeps the files.
func BenchmarkWrite(b *testing.B) {
	permits := int64(100_000)
	if text := os.Getenv("KOBLET_PERMITS"); text != "" {
		if _, err := fmt.Sscan(text, &permits); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		out := filepath.Join(b.TempDir(), "out")
		if kept := os.Getenv("KOBLET_OUT"); kept != "" {
			out = kept
		}
		if _, err := Write(context.Background(), Options{Out: out, Permits: permits, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(permits)*float64(b.N)/b.Elapsed().Seconds(), "permits/s")
}
