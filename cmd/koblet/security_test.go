package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestSecurityPage holds the table of docs/security.md against a store: every file of a day's snapshot is in it, and each has the mode
// that the page gives it and its folder.
func TestSecurityPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `([^`]+)` \\|.*\\| (0[0-7]+) in (0[0-7]+) \\|").FindAllStringSubmatch(string(page), -1)

	t.Chdir(t.TempDir())
	layout(t, ".", "persons.csv="+soundPersons, "permits.csv="+soundPermits+"P-1,A-1,2013-01-10,granted\n", "cpr.csv="+soundCPR)
	ran(t, "load", "--store", "s", "--as-of", "2013-12-31", "--carl2-persons", "persons.csv", "--carl2-permits", "permits.csv", "--cpr", "cpr.csv", "--max-rejects", "9")
	ran(t, "sql", "select 1", "--store", "s", "--purpose", "a test")

	var told []string
	for _, row := range rows {
		path := strings.ReplaceAll(row[1], "DAY", "2013-12-31")
		told = append(told, path)
		for of, mode := range map[string]string{path: row[2], filepath.Dir(path): row[3]} {
			found, err := os.Stat(filepath.Join("s", of))
			if err != nil {
				t.Fatal(err)
			}
			if want, err := strconv.ParseUint(mode, 8, 32); err != nil || found.Mode().Perm() != fs.FileMode(want) {
				t.Errorf("%s: %s, the page says %s", of, found.Mode().Perm(), mode)
			}
		}
	}
	err = filepath.WalkDir("s", func(path string, entry fs.DirEntry, err error) error {
		if name, _ := filepath.Rel("s", path); err == nil && !entry.IsDir() && name != "lock" && !slices.Contains(told, name) {
			return fmt.Errorf("%s is not on the page", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
