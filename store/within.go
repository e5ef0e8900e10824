package store

import (
	"os"
	"path/filepath"
)

// Within reports whether a path is a store or lies in one: in the store of that folder, or in any other that stands above it.
// It goes by what the folders are and not by how they are written, so that no link, no ".." and no capital hides one. The
// path, and folders on the way to it, need not be there yet.
func Within(path, dir string) bool {
	named, _ := os.Stat(dir) // a store that is not there holds nothing
	for at := realPath(path); ; at = filepath.Dir(at) {
		found, err := os.Stat(at)
		if err == nil && found.IsDir() && (named != nil && os.SameFile(found, named) || isStore(at)) {
			return true
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}

// isStore reports whether a folder has what every store has from its first load on.
func isStore(dir string) bool {
	for _, name := range []string{identitiesDir, lockFile} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}

// realPath is a path with the links of what is there of it followed. It is not cleaned before: "link/.." is not where it seems.
func realPath(path string) string {
	if !filepath.IsAbs(path) {
		if wd, err := os.Getwd(); err == nil {
			path = wd + string(filepath.Separator) + path
		}
	}
	for there, rest := path, ""; ; {
		if followed, err := filepath.EvalSymlinks(there); err == nil {
			return filepath.Join(followed, rest)
		}
		for len(there) > 1 && os.IsPathSeparator(there[len(there)-1]) {
			there = there[:len(there)-1]
		}
		dir, name := filepath.Split(there)
		if dir == there {
			return filepath.Clean(path)
		}
		there, rest = dir, filepath.Join(name, rest)
	}
}
