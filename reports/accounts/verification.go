package accounts

import (
	"fmt"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
	"koblet/reports"
	"koblet/store"
)

// Verification says what a verification found, an edition a section: how much was checked, each deviation in a row, and which files were
// not for whoever asked to read.
func Verification(all []store.Verification, language, program string) reports.Report {
	a := in(language, program)
	var sections []reports.Section
	for _, v := range all {
		sections = append(sections, a.verified(v))
	}
	return a.report("verification", a.w("Kontrol af lageret", "verification of the store"), time.Time{}, sections...)
}

// verified is what was found of one edition.
func (a account) verified(v store.Verification) reports.Section {
	s := reports.Section{Name: "edition_" + v.Snapshot, Sheet: v.Snapshot}
	if v.Removed {
		s.Title = v.Snapshot + a.w(": fjernet imens", ": removed meanwhile")
		return s
	}
	s.Title = fmt.Sprintf(a.w("%s: %s kontroller, %s afvigelser", "%s: %s checks, %s deviations"), v.Snapshot,
		a.Value(int64(v.Checks), reports.UnitDigits), a.Value(int64(len(v.Deviations)), reports.UnitDigits))
	for _, f := range v.NotChecked {
		s.Text = append(s.Text, f+a.w(": ikke kontrolleret, da brugeren ikke har adgang til filen", ": not checked, it is not for this user to read"))
	}
	if len(v.Deviations) == 0 {
		return s
	}
	s.Table.Columns = []reports.Column{key("where", a.w("Hvor", "where")), text("deviation", a.w("Afvigelse", "deviation")), count("n", a.w("Antal", "how many"), "rows")}
	for _, d := range v.Deviations {
		var n any = ""
		if d.Rows > 0 {
			n = d.Rows
		}
		s.Table.Rows = append(s.Table.Rows, row(d.Where, a.Note(deviates(d)), n))
	}
	return s
}

// deviates says one deviation in the words of its list, with what was found and what was expected in their places.
func deviates(d store.Deviation) analysis.Note {
	var figures []analysis.Figure
	for _, f := range []analysis.Figure{{Name: "found", Value: d.Found}, {Name: "expected", Value: d.Expected}} {
		if _, counted := f.Value.(int64); counted {
			f.Unit = "rows"
		}
		if f.Value != nil {
			figures = append(figures, f)
		}
	}
	return analysis.NoteOf(queries.Words{Da: registers.Label("deviation", d.What, "da"), En: registers.Label("deviation", d.What, "en")}, figures...)
}
