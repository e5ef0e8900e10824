package accounts

import (
	"fmt"
	"time"

	"koblet/reports"
	"koblet/store"
)

// Exported says what an export wrote into a folder: of each table how many rows and columns, and in which files.
func Exported(folder string, x store.Exported, language, program string) reports.Report {
	a := in(language, program)
	asOf, _ := time.Parse(time.DateOnly, x.AsOf) // an export's day is one
	title := fmt.Sprintf("%s: snapshot %s", folder, x.AsOf)
	if language != "en" {
		title = fmt.Sprintf("%s: opgørelse pr. %s", folder, a.Day(asOf))
	}
	s := reports.Section{Name: "exported", Sheet: a.w("Tabeller", "Tables"), Title: title}
	s.Table = reports.Table{Whole: true, Columns: []reports.Column{count("rows", a.w("Rækker", "rows"), reports.UnitDigits),
		count("columns", a.w("Kolonner", "columns"), reports.UnitDigits), text("files", a.w("Filer", "files"))}}
	for _, t := range x.Tables {
		s.Table.Rows = append(s.Table.Rows, row(t.Rows, len(t.Columns), t.Files))
	}
	return a.report("exported", title, asOf, s)
}
