package answers

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"koblet/analysis"
	"koblet/cmd/places"
	"koblet/cmd/terminal"
	"koblet/queries"
	"koblet/reports"
	"koblet/reports/excel"
	"koblet/reports/html"
	"koblet/reports/print"
	"koblet/reports/word"
)

// Internal is the edition for use in the house: nothing in it is hidden.
const Internal = "internal"

// Columns is how many letters a line has of what is written to: a screen's own, or those of a file.
func Columns(w io.Writer) int {
	if letters := terminal.ScreenOf(w); letters > 0 {
		return letters
	}
	return print.Columns
}

// Show draws a report on standard output.
func Show(t terminal.Terminal, r reports.Report) error {
	return print.TextWithin(t.Out, r, Columns(t.Out))
}

// Draw prints a report in one of the formats that people read, or as JSON.
func Draw(w io.Writer, format string, report reports.Report) error {
	switch format {
	case "xlsx":
		return excel.Write(w, report)
	case "html":
		return html.Write(w, report)
	case "docx":
		return word.Write(w, report)
	case "md":
		return print.Markdown(w, report)
	case "json":
		return print.ReportJSON(w, report)
	}
	return print.TextWithin(w, report, Columns(w))
}

// Answer prints a result in one of the formats of run, laid out as a single question is.
func Answer(w io.Writer, format string, result analysis.Result, c reports.Commission) error {
	return LaidOut(w, format, result, func() (reports.Report, error) { return reports.Single(result, c) })
}

// LaidOut prints a result as rows for programs, or as the report that it is laid out as.
func LaidOut(w io.Writer, format string, result analysis.Result, lay func() (reports.Report, error)) error {
	switch format {
	case "csv":
		return print.CSV(w, result)
	case "json":
		return print.JSON(w, result)
	}
	report, err := lay()
	if err != nil {
		return err
	}
	return Draw(w, format, report)
}

// ModeOf is who may read a result's file: where a column is the key of a record, its rows are single permits, persons or numbers.
func ModeOf(r analysis.Result) fs.FileMode {
	if slices.ContainsFunc(r.Columns, func(c queries.Column) bool { return c.Role == queries.Record }) {
		return places.OfOwner
	}
	return places.OfEverybody
}

// Capped keeps the first rows of a list, and says when it cut.
func Capped(r analysis.Result, most int64) analysis.Result {
	if int64(len(r.Rows)) > most {
		r.Rows = r.Rows[:most]
		r.Notes = append(r.Notes, cutNote(most))
	}
	return r
}

// cutNote says how many rows of a list are shown.
func cutNote(most int64) analysis.Note {
	return analysis.NoteOf(queries.Words{
		Da: "Kun de første {most} er vist; flere vises med --max-rows.",
		En: "Only the first {most} are listed; --max-rows takes more.",
	}, analysis.Figure{Name: "most", Value: most})
}

// TellCut says that a list for programs is cut: it has no notes.
func TellCut(t terminal.Terminal, format string, r analysis.Result) {
	if len(r.Notes) > 0 && (format == "csv" || format == "json") {
		fmt.Fprintf(t.Err, "koblet: run: %s\n", strings.TrimSuffix(reports.LocaleOf("en").Note(r.Notes[len(r.Notes)-1]), "."))
	}
}
