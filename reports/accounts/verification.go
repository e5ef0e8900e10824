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
	report := a.report("verification", a.w("Kontrol af lageret", "verification of the store"), time.Time{}, sections...)
	report.Lead = a.verdict(all)
	return report
}

// verdict says what became of all editions together.
func (a account) verdict(all []store.Verification) string {
	checks, deviations, deviating, checked := 0, 0, 0, 0
	for _, v := range all {
		if v.Removed {
			continue
		}
		checked, checks, deviations = checked+1, checks+v.Checks, deviations+len(v.Deviations)
		deviating += min(len(v.Deviations), 1)
	}
	editions := a.several(checked, a.w("udgave", "edition"), a.w("udgaver", "editions"))
	if deviations == 0 {
		return fmt.Sprintf(a.w("Ingen afvigelser: %s af %s.", "no deviations: %s of %s"), a.checks(checks), editions)
	}
	return fmt.Sprintf(a.w("%s i %d af %s (%s).", "%s in %d of %s (%s)"), a.deviations(deviations), deviating, editions, a.checks(checks))
}

// several is a count with the word for one or for several.
func (a account) several(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return a.Value(int64(n), reports.UnitDigits) + " " + many
}

func (a account) checks(n int) string {
	return a.several(n, a.w("kontrol", "check"), a.w("kontroller", "checks"))
}

func (a account) deviations(n int) string {
	return a.several(n, a.w("afvigelse", "deviation"), a.w("afvigelser", "deviations"))
}

// verified is what was found of one edition.
func (a account) verified(v store.Verification) reports.Section {
	s := reports.Section{Name: "edition_" + v.Snapshot, Sheet: v.Snapshot}
	if v.Removed {
		s.Title = v.Snapshot + a.w(": fjernet imens", ": removed meanwhile")
		return s
	}
	s.Title = fmt.Sprintf("%s: %s, %s", v.Snapshot, a.checks(v.Checks), a.deviations(len(v.Deviations)))
	for _, f := range v.NotChecked {
		s.Text = append(s.Text, f+a.w(": ikke kontrolleret, da brugeren ikke har adgang til filen", ": not checked, it is not for this user to read"))
	}
	if len(v.Deviations) == 0 {
		return s
	}
	s.Table.Columns = []reports.Column{key("where", a.w("Hvor", "where")), text("deviation", a.w("Afvigelse", "deviation")), count("n", a.w("Antal", "how many"), "rows")}
	counted := false
	for _, d := range v.Deviations {
		var n any = ""
		if d.Rows > 0 {
			n, counted = d.Rows, true
		}
		s.Table.Rows = append(s.Table.Rows, row(d.Where, a.Note(deviates(d)), n))
	}
	if !counted { // a column that says nothing
		s.Table = s.Table.Part([]int{0, 1})
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
