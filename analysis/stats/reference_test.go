package stats

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// reference reads a CSV of testdata with values that other software computed, one map a row; lines that begin with # say how.
func reference(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment = '#'
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, len(records)-1)
	for i, record := range records[1:] {
		rows[i] = map[string]string{}
		for j, name := range records[0] {
			rows[i][name] = record[j]
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no rows", name)
	}
	return rows
}

func whole(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// near fails unless got is want to nine digits after the point.
func near(t *testing.T, what string, got float64, want string) {
	t.Helper()
	if w := number(t, want); math.IsNaN(got) || math.Abs(got-w) > 1e-9 {
		t.Errorf("%s: got %.13f, want %s", what, got, want)
	}
}

// bounded fails unless both bounds are as wanted; an empty or NA text wants none.
func bounded(t *testing.T, what string, got *Interval, low, high string) {
	t.Helper()
	if low == "" || low == "NA" {
		if got != nil {
			t.Errorf("%s: bounds %v, want none", what, *got)
		}
		return
	}
	if got == nil {
		t.Errorf("%s: no bounds, want %s to %s", what, low, high)
		return
	}
	near(t, what+" low", got.Low, low)
	near(t, what+" high", got.High, high)
}
