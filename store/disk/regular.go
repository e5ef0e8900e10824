package disk

import (
	"errors"
	"io/fs"
	"os"
)

// What stands in a file's place and is none: a pipe would be waited for, a device need have no end.
var (
	ErrFolder   = errors.New("a folder, not a file")
	ErrNotAFile = errors.New("a pipe or a device, not a file")
)

// Regular reports what stands in a file's place and is none. What is not there is no such thing; whoever opens it will tell.
func Regular(path string) error {
	found, err := os.Stat(path)
	switch {
	case err != nil:
		return nil //nolint:nilerr // whoever opens it says what is wrong with it
	case found.Mode().IsRegular():
		return nil
	case found.IsDir():
		return &fs.PathError{Op: "open", Path: path, Err: ErrFolder}
	}
	return &fs.PathError{Op: "open", Path: path, Err: ErrNotAFile}
}

// Open opens a file for reading, and nothing else.
func Open(path string) (*os.File, error) {
	if err := Regular(path); err != nil {
		return nil, err
	}
	return os.Open(path)
}

// ReadFile reads a file whole, and nothing else.
func ReadFile(path string) ([]byte, error) {
	if err := Regular(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}
