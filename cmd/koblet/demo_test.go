package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// layout writes files, given as path=content.
func layout(t *testing.T, dir string, files ...string) {
	t.Helper()
	for _, f := range files {
		name, content, _ := strings.Cut(f, "=")
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// found is what layout would write to get the folder as it is, without the mark's text.
func found(t *testing.T, dir string) string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if name == demoMark {
			files = append(files, name)
			return nil
		}
		text, err := os.ReadFile(path)
		files = append(files, name+"="+string(text))
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return strings.Join(files, " ")
}

func TestClaim(t *testing.T) {
	earlier := []string{"DEMO.txt=", "store/a=1", "reports/b=2"}
	for _, c := range []struct {
		name     string
		before   []string
		kept     string // after the new demo was kept
		givenUp  string // after it was given back
		refusing bool
	}{
		{name: "nothing there", kept: "DEMO.txt store/a=3", givenUp: ""},
		{name: "earlier demo", before: earlier, kept: "DEMO.txt store/a=3", givenUp: "DEMO.txt reports/b=2 store/a=1"},
		{name: "demo and killed demo", before: append(earlier, ".previous/store/a=0"), kept: "DEMO.txt store/a=3", givenUp: "DEMO.txt reports/b=2 store/a=1"},
		{name: "no mark", before: []string{"store/a=1"}, refusing: true},
		{name: "own file among the demo's", before: append(earlier, "thesis.odt=x"), refusing: true},
	} {
		for _, keep := range []bool{true, false} {
			dir := filepath.Join(t.TempDir(), "demo")
			layout(t, dir, c.before...)
			before := found(t, dir)
			claimed, err := claimFolder(dir)
			if c.refusing {
				if err == nil || found(t, dir) != before {
					t.Errorf("%s: error %v, holds %s", c.name, err, found(t, dir))
				}
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			layout(t, dir, "store/a=3")
			end, want := claimed.giveBack, c.givenUp
			if keep {
				end, want = claimed.keep, c.kept
			}
			if err := end(); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if got := found(t, dir); got != want {
				t.Errorf("%s: keep %v: holds %q, want %q", c.name, keep, got, want)
			}
		}
	}
}
