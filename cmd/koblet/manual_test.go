package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestManual holds docs/questions.md against the heads of the questions.
func TestManual(t *testing.T) {
	var page bytes.Buffer
	if code := run(t.Context(), []string{"questions", "--format", "markdown"}, nil, &page, &page); code != 0 {
		t.Fatalf("exit code %d: %s", code, page.String())
	}
	path := filepath.Join("..", "..", "docs", "questions.md")
	if *update {
		if err := os.WriteFile(path, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(kept, page.Bytes()) {
		t.Errorf("docs/questions.md is not what the heads of the questions give (%v); make docs writes it", err)
	}
}
