package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// ofEverybody and ofOwner are who may read a file, as far as the umask lets them: figures are for the office, rows of
// single permits or persons, keys or people, for who asked for them.
const (
	ofEverybody fs.FileMode = 0o644
	ofOwner     fs.FileMode = 0o600
)

// delivery is where a result goes: standard output, where the path is empty or "-", or else a file with that mode.
type delivery struct {
	path string
	mode fs.FileMode
}

// deliver has write fill the place of a delivery; a file appears whole or not at all.
func deliver(t terminal, d delivery, write func(io.Writer) error) error {
	path := d.path
	if path == "" || path == "-" {
		return write(t.out)
	}
	f, err := renameio.NewPendingFile(path, renameio.WithPermissions(d.mode), renameio.WithTempDir(filepath.Dir(path)))
	if err != nil {
		return outError(path, err)
	}
	defer f.Cleanup() //nolint:errcheck // after the rename there is nothing to clean, before it there is an error already
	if err := write(f); err != nil {
		return err
	}
	if err := f.CloseAtomicallyReplace(); err != nil {
		return outError(path, err)
	}
	return nil
}

// outError says what is wrong with the place to write to, by the name the user gave it.
func outError(path string, err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	}
	if renaming, ok := errors.AsType[*os.LinkError](err); ok {
		err = renaming.Err
	}
	return fmt.Errorf("--out: %s: %w", path, err)
}

// writeJSON prints a value for programs, indented so that people can read it too.
func writeJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
