package accounts

import (
	"strconv"
	"strings"
	"time"

	"koblet/reports"
)

// Snapshot is one line of a store's list: what it holds, when it was loaded, and which editions it replaced.
type Snapshot struct {
	AsOf     string    `json:"as_of"`
	LoadedAt time.Time `json:"loaded_at"`
	Persons  int64     `json:"persons"`
	Permits  int64     `json:"permits"`
	CPR      int64     `json:"cpr_persons"`
	Edition  int       `json:"edition"`
	Older    []int     `json:"older_editions"`
}

// Snapshots lists the snapshots of a store, one a row, in the order given.
func Snapshots(all []Snapshot, language, program string) reports.Report {
	a := in(language, program)
	title := a.w("Opgørelser i lageret", "The snapshots of the store")
	s := reports.Section{Name: "snapshots", Sheet: a.w("Opgørelser", "Snapshots"), Title: title}
	s.Table.Columns = []reports.Column{key("as_of", a.w("Opgjort pr.", "As of")), text("edition", a.w("Udgave", "Edition")),
		count("persons", a.w("Personer", "Persons"), "persons"), count("permits", a.w("Tilladelser", "Permits"), "permits"),
		count("cpr_persons", a.w("Personer i CPR", "CPR persons"), "persons"), text("loaded_at", a.w("Indlæst (UTC)", "Loaded at (UTC)")),
		text("older_editions", a.w("Ældre udgaver", "Older editions"))}
	for _, l := range all {
		older := make([]string, len(l.Older))
		for i, n := range l.Older {
			older[i] = strconv.Itoa(n)
		}
		r := row(l.AsOf, l.Edition, l.Persons, l.Permits, l.CPR, l.LoadedAt.UTC().Format("2006-01-02 15:04"), strings.Join(older, ", "))
		if len(older) == 0 {
			r.Cells[6].Value = nil
		}
		s.Table.Rows = append(s.Table.Rows, r)
	}
	if len(all) == 0 {
		s.Table, s.Empty = reports.Table{}, a.w("der er ingen opgørelser", "there are no snapshots")
	}
	return a.report("snapshots", title, time.Time{}, s)
}
