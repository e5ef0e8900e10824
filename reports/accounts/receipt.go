package accounts

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"koblet/analysis/judge"
	"koblet/registers"
	"koblet/reports"
	"koblet/store"
)

// Receipt says what a load read and what became of it: the files, what of them is not read, what is wrong in the rows that were loaded,
// what was put up with, and what changed since each snapshot that it was compared with. The title in English, and in either language the
// numbers of a file, are digits without a thousands mark: scripts look for them.
func Receipt(r store.Receipt, language, program string) reports.Report {
	a := in(language, program)
	asOf, _ := time.Parse(time.DateOnly, r.AsOf) // a receipt's day is one
	title := fmt.Sprintf("snapshot %s: %d persons, %d permits, %d CPR persons", r.AsOf, r.Persons, r.Permits, r.CPR)
	if language != "en" {
		title = fmt.Sprintf("Opgørelse pr. %s: %s personer, %s tilladelser og %s personer i CPR", a.Day(asOf), a.persons(r.Persons), a.persons(r.Permits), a.persons(r.CPR))
	}
	report := a.report("receipt", title, asOf, a.files(r.Files))
	report.Lead = fmt.Sprintf(a.w("Af personerne har %s ingen tilladelse, og %s har flere CPR-numre.", "of the persons %s have no permit, %s have several CPR-numbers"),
		a.persons(r.NoPermit), a.persons(r.Several))
	if s := a.passedOver(r.Files); len(s.Text) > 0 {
		report.Sections = append(report.Sections, s)
	}
	if s := a.found(r); len(s.Text) > 0 || len(s.Table.Rows) > 0 {
		report.Sections = append(report.Sections, s)
	}
	if len(r.Accepted) > 0 {
		report.Sections = append(report.Sections, a.accepted(r.Accepted))
	}
	for _, c := range r.Gate {
		report.Sections = append(report.Sections, a.changes(c))
	}
	if len(r.NotNeeded) > 0 {
		report.Notes = []string{a.w("Ikke nødvendigt: --accept ", "not needed: --accept ") + strings.Join(r.NotNeeded, ", ")}
	}
	return report
}

// persons writes a count in a sentence.
func (a account) persons(n int64) string { return a.Value(n, "persons") }

// files are the files, one a row.
func (a account) files(all []store.FileReceipt) reports.Section {
	s := reports.Section{Name: "files", Sheet: a.w("Filer", "Files"),
		Title: a.w("Filer, hvor linjer = overskrift + indlæst + afvist", "files, of which lines = header + loaded + rejected")}
	s.Table = reports.Table{Whole: true, Columns: []reports.Column{
		count("lines", a.w("Linjer", "lines"), reports.UnitDigits), count("header", a.w("Overskrift", "header"), reports.UnitDigits),
		count("loaded", a.w("Indlæst", "loaded"), reports.UnitDigits), count("rejected", a.w("Afvist", "rejected"), reports.UnitDigits),
		count("findings", a.w("Fund", "findings"), reports.UnitDigits),
		text("encoding", a.w("Tegnsæt", "encoding")), text("sha256", "SHA-256"), text("file", a.w("Fil", "file")),
	}}
	for _, f := range all {
		s.Table.Rows = append(s.Table.Rows, row(f.Lines, f.Header, f.Loaded, f.Rejected, f.Findings, f.Encoding, fmt.Sprintf("%.12s", f.SHA256), f.File))
	}
	return s
}

// passedOver says which columns and sheets of the files are not read.
func (a account) passedOver(files []store.FileReceipt) reports.Section {
	title := a.w("Hvad der ikke er indlæst", "what is not read")
	s := reports.Section{Name: "not_read", Sheet: title, Title: title}
	for _, f := range files {
		if len(f.NotStored) > 0 {
			s.Text = append(s.Text, f.File+a.w(": kolonner, der ikke gemmes: ", ": columns that are not stored: ")+strings.Join(f.NotStored, ", "))
		}
		if len(f.OtherSheets) > 0 {
			s.Text = append(s.Text, f.File+a.w(": ark, der ikke læses: ", ": sheets that are not read: ")+strings.Join(f.OtherSheets, ", "))
		}
	}
	return s
}

// found says what is wrong in the rows that were loaded, how often, in which share of the table's rows, and where first; and where a file
// does not hold as many records as its last one says.
func (a account) found(r store.Receipt) reports.Section {
	s := reports.Section{Name: "findings", Sheet: a.w("Fund", "Findings"), Title: a.w("Fund, som er bevaret i rækkerne", "findings, kept in their rows")}
	for _, f := range r.Files {
		if f.Trailer != nil && f.Trailer.Says != f.Trailer.Has {
			s.Text = append(s.Text, fmt.Sprintf(a.w("%s:%d: slutposten angiver %s poster, og filen har %s", "%s:%d: the trailer says %s records, the file has %s"),
				f.File, f.Trailer.Line, a.Value(f.Trailer.Says, "rows"), a.Value(f.Trailer.Has, "rows")))
		}
	}
	if len(r.Findings) == 0 {
		return s
	}
	s.Table.Columns = []reports.Column{key("reason", a.w("Fund", "finding")), key("column", a.w("Kolonne", "column")), count("n", a.w("Forekomster", "times"), "findings"),
		count("share", a.w("Andel", "share"), reports.UnitSmall), text("places", a.w("Først i", "first in"))}
	names := shortNames(r.Files)
	var meanings []string
	for _, f := range r.Findings {
		var share any = ""
		if fraction, applies := judge.ShareFound(f); applies {
			share = fraction
		}
		var places []string
		for _, p := range f.Places {
			place := names[p.File]
			if p.Line > 0 {
				place = fmt.Sprintf("%s:%d", place, p.Line)
			}
			places = append(places, place)
		}
		s.Table.Rows = append(s.Table.Rows, row(f.Reason, where(f.Table, f.Column), f.N, share, strings.Join(places, ", ")))
		label := registers.Label("finding", f.Reason, a.language)
		if meaning := f.Reason + ": " + label; label != strings.ReplaceAll(f.Reason, "_", " ") && !slices.Contains(meanings, meaning) {
			meanings = append(meanings, meaning)
		}
	}
	if len(meanings) > 0 {
		s.Notes = []string{strings.Join(meanings, "; ")}
	}
	return s
}

// accepted says which limits were broken and accepted by name.
func (a account) accepted(all []store.Excess) reports.Section {
	title := a.w("Indlæst på trods af", "loaded in spite of")
	s := reports.Section{Name: "accepted", Sheet: title, Title: title}
	for _, x := range all {
		s.Text = append(s.Text, a.Accepted(reports.Accepted{Reason: x.Reason, Table: x.Table, Column: x.Column, N: x.N, Of: x.Of}))
	}
	return s
}

// changes says what changed since an earlier snapshot.
func (a account) changes(c store.Comparison) reports.Section {
	name := "compared"
	if c.DaysApart == 0 {
		name = "replaced"
	}
	s := reports.Section{Name: name, Sheet: a.w("Mod ", "Against ") + c.With, Title: a.Note(judge.Since(c))}
	told, small := judge.Gate(c)
	if small > 0 {
		s.Notes = []string{a.Note(judge.SmallChanges(small))}
	}
	if len(c.Differences) == 0 {
		s.Text = []string{a.w("Intet er ændret.", "nothing changed")}
	}
	if len(told) == 0 {
		return s
	}
	s.Table.Columns = []reports.Column{key("where", a.w("Hvor", "where")), text("change", a.w("Ændring", "change"))}
	for _, d := range told {
		s.Table.Rows = append(s.Table.Rows, row(where(d.Table, d.Column), a.Note(judge.Change(d))))
	}
	return s
}

// where names a column, or a table as such.
func where(table, column string) string { return strings.Trim(table+"."+column, ".") }

// shortNames are the files' names without their folders, where that tells them apart.
func shortNames(files []store.FileReceipt) map[string]string {
	names, of := map[string]string{}, map[string]string{}
	for _, f := range files {
		base := filepath.Base(f.File)
		if other, taken := of[base]; taken && other != f.File {
			names[other], names[f.File] = other, f.File
			continue
		}
		if _, known := names[f.File]; !known {
			of[base], names[f.File] = f.File, base
		}
	}
	return names
}
