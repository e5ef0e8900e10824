package extract

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// TestScanAgreesWithDuckDB writes messy files at random and holds the scan against DuckDB's strict reading of the copy
// that is loaded: the same number of rows, and the same keys in the same order.
func TestScanAgreesWithDuckDB(t *testing.T) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	dir := t.TempDir()
	pieces := []string{"a", "b", ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"\"", " ", "ø", "\x00", "\xff", "\ufeff", "x,y,z\n", "\"q,\nr\",s,t\n", "1,2,3\r\n", "'", "\\", "#", ";", "-"}
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // a fixed seed is the point
		text := "k,l,m\n"
		for range random.IntN(60) {
			text += pieces[random.IntN(len(pieces))]
		}
		path, copied := filepath.Join(dir, fmt.Sprint(seed, ".csv")), filepath.Join(dir, fmt.Sprint(seed, ".copy"))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		e := &extract{Path: path, at: path, Format: "csv", Encoding: "utf-8"}
		if err := e.lookText([]byte(text), true); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if err := e.takeText(context.Background(), copied, nil); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var rows int64
		if err := db.QueryRow("select count(*) from (select c0 from " + e.scan() + ")").Scan(&rows); err != nil {
			t.Fatalf("seed %d: %v\n%q", seed, err, text)
		}
		if rows != e.Rows || e.Records != 1+e.Rows+e.Broken.Count() {
			t.Errorf("seed %d: the scan has %d sound rows of %d records, DuckDB %d\n%q", seed, e.Rows, e.Records, rows, text)
		}
	}
}
