package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"koblet/registers"
)

// ofEverybody and ofOwner are who may read a file, as far as the umask lets them: figures are for the office, rows of
// single permits or persons, keys or people, for who asked for them.
const (
	ofEverybody fs.FileMode = 0o644
	ofOwner     fs.FileMode = 0o600
)

// standardOutput says what went wrong with it in the words of the command line.
type standardOutput struct{ io.Writer }

func (o standardOutput) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if err != nil {
		err = fmt.Errorf("standard output: %w", plainly(err))
	}
	return n, err
}

// writeJSON prints a value for programs, indented so that people can read it too, and with nothing that a screen obeys.
func writeJSON(w io.Writer, value any) error {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, registers.VisibleJSON(b.String()))
	return err
}
