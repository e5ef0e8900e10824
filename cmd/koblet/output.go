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

// deliver has write fill standard output, where path is empty or "-", or else a file, which appears whole or not at all.
func deliver(t terminal, path string, write func(io.Writer) error) error {
	if path == "" || path == "-" {
		return write(t.out)
	}
	f, err := renameio.NewPendingFile(path, renameio.WithPermissions(0o644), renameio.WithTempDir(filepath.Dir(path)))
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
