package profiles_test

import (
	"fmt"
	"strings"
	"testing"

	"koblet/registers/profiles"
)

// TestAProfileOfAMegabyte: many rows are read in a moment, many keys are refused with their line, and so is a basis that is a book.
func TestAProfileOfAMegabyte(t *testing.T) {
	var rows, keys strings.Builder
	for i := range 9000 {
		fmt.Fprintf(&rows, "[[legal_bases]]\nperson_group = \"g%d\"\nlegal_basis = \"basis %d\"\ncategory = \"work\"\nadministrative_number = false\n", i, i)
	}
	keys.WriteString("[carl2_permits.columns]\n")
	for i := range 60_000 {
		fmt.Fprintf(&keys, "k%d = \"a%d\"\n", i, i)
	}
	p, err := profiles.Parse("p.toml", []byte(rows.String()))
	if n := strings.Count(p.CodeRows["legal_bases.csv"], "\n"); err != nil || n != 9000 {
		t.Errorf("%d rows, %v", n, err)
	}
	for text, want := range map[string]string{
		keys.String(): "p.toml:5002: more than 5000 keys in a section, or sections; no profile has so many",
		"[[legal_bases]]\nperson_group = \"work\"\nlegal_basis = \"" + strings.Repeat("x", 100_000) + "\"\n": "p.toml:3: legal_basis has more than 200 characters",
		"[gate]\nmax_row_change_percent = inf\n": "p.toml:2: max_row_change_percent is a number, 0 or more",
	} {
		if _, err := profiles.Parse("p.toml", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("%.300v, want %s", err, want)
		}
	}
}
