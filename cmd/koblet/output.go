package main

import (
	"encoding/json"
	"fmt"
	"io"
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
		return fmt.Errorf("--out: %w", err)
	}
	defer f.Cleanup() //nolint:errcheck // after the rename there is nothing to clean, before it there is an error already
	if err := write(f); err != nil {
		return err
	}
	if err := f.CloseAtomicallyReplace(); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	return nil
}

// writeJSON prints a value for programs, indented so that people can read it too.
func writeJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
