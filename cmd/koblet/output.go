package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"koblet/analysis/judge"
	"koblet/cmd/terminal"
	"koblet/reports"
	"koblet/reports/print"
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
		return terminal.Cure("--out - if standard output is meant", "--format xlsx: --out is missing")
	case !known || says == format.word:
		return nil
	case format.given:
		return terminal.Cure("leave --format out, or name the file after it", "--format %s: --out %s is the name of another format", format.word, out)
	case !slices.Contains(format.from, says):
		return fmt.Errorf("--out %s: its ending is that of no format that is written here, which are %s", out, strings.Join(format.from, ", "))
	}
	format.word = says
	return nil
}

// columnsOf is how many letters a line has of what is written to: a screen's own, or those of a file.
func columnsOf(w io.Writer) int {
	if letters := terminal.ScreenOf(w); letters > 0 {
		return letters
	}
	return print.Columns
}

// show draws a report on standard output.
func show(t terminal.Terminal, r reports.Report) error {
	return print.TextWithin(t.Out, r, columnsOf(t.Out))
}

// broke ends a command whose result is there with exit code 1 where a verdict is broken.
func broke(v judge.Verdict) error {
	if v.Outcome != judge.Broken {
		return nil
	}
	return fmt.Errorf("%w: %s", errBroken, reports.LocaleOf("en").Note(v.Note()))
}
