package terminal

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestComplain holds back whatever could be a CPR-number, and prints one line whatever the error says.
func TestComplain(t *testing.T) {
	var b strings.Builder
	Complain(&b, Cure("look at 010190-1234", "row of %s:\nline two", "0101901234"))
	if want := "koblet: row of (number):\nkoblet: hint: look at (number)\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
	// Joined errors have a line each, and what a library says beyond its first line stays back: it may quote a record.
	b.Reset()
	Complain(&b, fmt.Errorf("load: %w", errors.Join(errors.New("CSV Error on Line: 2\nOriginal Line: Quistorff"),
		errors.Join(errors.New("second\nBundgaard"), nil))))
	if want := "koblet: load: CSV Error on Line: 2\nkoblet: second\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
