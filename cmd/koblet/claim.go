package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// A demo owns its folder: it holds these parts and nothing else. The mark is how the next demo knows it, previous is
// where the last demo waits until the new one is complete.
const (
	demoMark = "DEMO.txt"
	demoText = `This folder was written by koblet demo. The people in it are invented, and no number in it
can have been issued. The next koblet demo with the same --out replaces the folder whole.
`
	previous = ".previous"
)

var demoParts = []string{"registers", "reports", "store"}

// claim is a folder taken for a demo: at the end either keep or giveBack is called.
type claim struct {
	dir     string
	created bool // the folder was not there before
	first   bool // there was no earlier demo in it
}

// claimFolder takes a folder that is not there, is empty, or holds an earlier demo, which is moved aside. It refuses any other.
func claimFolder(dir string) (claim, error) {
	c := claim{dir: dir}
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.created = true
	case err != nil:
		return c, cure("name another folder with --out", "demo: --out: %s: not a folder that can be read", dir)
	case !ofDemo(entries):
		return c, cure("name another folder with --out", "demo: --out: %s: holds other files than a demo's, which would be lost", dir)
	}
	c.first = len(entries) == 0
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return c, fmt.Errorf("demo: --out: %s: %w", dir, plainly(err))
	}
	// What a killed demo left aside is older than what stands in the folder, complete or not.
	if err := os.RemoveAll(c.path(previous)); err != nil {
		return c, err
	}
	if err := c.move("", previous); err != nil {
		return c, err
	}
	return c, os.WriteFile(c.path(demoMark), []byte(demoText), 0o644)
}

func ofDemo(entries []os.DirEntry) bool {
	marked := len(entries) == 0
	for _, e := range entries {
		switch name := e.Name(); {
		case name == demoMark && e.Type().IsRegular(): // what is written to a link of that name would land elsewhere
			marked = true
		case name != previous && !slices.Contains(demoParts, name):
			return false
		}
	}
	return marked
}

func (c claim) path(names ...string) string {
	return filepath.Join(append([]string{c.dir}, names...)...)
}

// move renames the parts that are there from one place in the folder to another.
func (c claim) move(from, to string) error {
	if err := os.MkdirAll(c.path(to), 0o755); err != nil {
		return err
	}
	for _, part := range demoParts {
		err := os.Rename(c.path(from, part), c.path(to, part))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// keep ends a demo that succeeded: the earlier one goes.
func (c claim) keep() error { return os.RemoveAll(c.path(previous)) }

// giveBack ends a demo that did not succeed: what it wrote goes, and the earlier one comes back.
func (c claim) giveBack() error {
	if c.created {
		return os.RemoveAll(c.dir)
	}
	for _, part := range demoParts {
		if err := os.RemoveAll(c.path(part)); err != nil {
			return err
		}
	}
	if c.first {
		return errors.Join(os.Remove(c.path(demoMark)), os.RemoveAll(c.path(previous)))
	}
	if err := c.move(previous, ""); err != nil {
		return err
	}
	return os.RemoveAll(c.path(previous))
}
