// Package disk is what a store needs of the file system: folders for what is put aside, which go with the process that made them
// or with the next; files that appear whole, and are on the disk when that is said; whose a file is, and whether it was changed
// while it was read. It knows no store and no database.
package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// Move renames a folder, and returns when the new name is on the disk.
func Move(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return Sync(filepath.Dir(to))
}

// Write writes a file that appears whole or not at all, with exactly this mode, and its folder's owner. It lies in the target's folder from
// the beginning: a folder for temporary files may be anybody's.
func Write(path string, text []byte, mode os.FileMode) error {
	return WriteFrom(path, mode, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// WriteFrom is writeWhole for what is too large to be held at once.
func WriteFrom(path string, mode os.FileMode, write func(io.Writer) error) error {
	f, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(mode))
	if err != nil {
		return err
	}
	defer f.Cleanup() //nolint:errcheck // after the rename there is nothing to clean, before it there is an error already
	if err := write(f); err != nil {
		return err
	}
	if err := Belong(f.Name()); err != nil {
		return err
	}
	if err := f.CloseAtomicallyReplace(); err != nil {
		return err
	}
	return Sync(filepath.Dir(path))
}

// SyncAll makes sure that the files of a folder, and the folder, are on the disk.
func SyncAll(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := Sync(filepath.Join(dir, f.Name())); err != nil {
			return err
		}
	}
	return Sync(dir)
}

// Sync makes sure that a file, or a folder with the names in it, is on the disk.
func Sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Cause is an error of the file system without the path in it.
func Cause(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}

// Rooted is a path as the database is to be given it: from the root, since it takes «name:» at the beginning for an extension
// and «~» for a home.
func Rooted(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path // the working folder is gone, which whoever opened the store has heard
}
