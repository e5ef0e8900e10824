package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"koblet/analysis"
	"koblet/registers/characters"
	"koblet/reports"
	"koblet/reports/print"
)

// ofEverybody and ofOwner are who may read a file, as far as the umask lets them: figures are for the office, rows of
// single permits or persons, keys or people, for who asked for them.
const (
	ofEverybody fs.FileMode = 0o644
	ofOwner     fs.FileMode = 0o600
)

// endings are the formats that a file's name says; what has none of these endings may hold any.
var endings = map[string]string{
	".txt": "text", ".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".html": "html", ".htm": "html",
	".parquet": "parquet", ".xls": "xls", ".ods": "ods", ".pdf": "pdf", ".docx": "docx", ".md": "markdown",
}

// agree makes format that of the file's ending where none is given, and refuses a name that says another than is written: whoever opens
// it is told that the file is broken.
func agree(format *choice, out string) error {
	says, known := endings[strings.ToLower(filepath.Ext(out))]
	switch {
	case format.word == "xlsx" && out == "":
		return cure("--out - if standard output is meant", "--format xlsx: --out is missing")
	case !known || says == format.word:
		return nil
	case format.given:
		return cure("leave --format out, or name the file after it", "--format %s: --out %s is the name of another format", format.word, out)
	case !slices.Contains(format.from, says):
		return fmt.Errorf("--out %s: its ending is that of no format that is written here, which are %s", out, strings.Join(format.from, ", "))
	}
	format.word = says
	return nil
}

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
	_, err := io.WriteString(w, characters.VisibleJSON(b.String()))
	return err
}

// wide is a screen, and how many letters a line of it has.
type wide struct {
	io.Writer
	letters int
}

func (w wide) columns() int { return w.letters }

// narrowest is the least that a screen is taken for; one that does not say is as wide as a file.
const narrowest = 40

// columnsOf is how many letters a line has of what is written to: a screen's own, or those of a file.
func columnsOf(w io.Writer) int {
	if letters := screenOf(w); letters > 0 {
		return letters
	}
	return print.Columns
}

// screenOf is the same of a screen, and 0 of all else.
func screenOf(w io.Writer) int {
	if screen, ok := w.(interface{ columns() int }); ok && screen.columns() > 0 {
		return max(narrowest, screen.columns())
	}
	return 0
}

// show draws a report on standard output.
func show(t terminal, r reports.Report) error { return print.TextWithin(t.out, r, columnsOf(t.out)) }

// broke ends a command whose result is there with exit code 1 where a verdict is broken.
func broke(v analysis.Verdict) error {
	if v.Outcome != analysis.Broken {
		return nil
	}
	return fmt.Errorf("%w: %s", errBroken, reports.LocaleOf("en").Note(v.Note()))
}
