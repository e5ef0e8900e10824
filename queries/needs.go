package queries

import (
	"slices"
	"strings"
)

// Need is a column of an extract that a question cannot do without, as table and column; an empty column needs the table.
type Need struct{ Table, Column string }

func (n Need) String() string { return strings.TrimSuffix(n.Table+"."+n.Column, ".") }

// Without is what a reader must know where the extract lacks a column that an answer rests on in part, and the columns of the
// answer that are then not applicable.
type Without struct {
	Need   Need
	Blanks []string
	Words  Words
}

// answers reports whether the answer has a column: one of its own, or of those that every tally has.
func (q Question) answers(column string) bool {
	return q.column(column) || slices.ContainsFunc(q.Result, func(c Column) bool { return c.Name == column }) ||
		q.IsTally() && slices.Contains([]string{"total", "rate", "rate_low", "rate_high"}, column)
}

// restrictions are the columns that a parameter restricts by, of which it needs one. A lacking column is never read as empty:
// every permit would be «unknown», and whoever lapsed would be expected to be linked. That nobody counts as not entered where
// the extract does not say who did is part of what «expected» means.
var restrictions = map[string][]Need{
	"categories":   {{"carl2_permits", "category"}, {"carl2_permits", "person_group"}, {"carl2_permits", "legal_basis"}},
	"municipality": {{"carl2_permits", "municipality_code"}},
	"citizenship":  {{"carl2_persons", "citizenship"}},
	"person_group": {{"carl2_permits", "person_group"}, {"carl2_permits", "legal_basis"}},
	"expected":     {{"carl2_permits", "lapsed_on"}},
}

// cellRestrictions are those of the keys of a cell whose permits are listed.
var cellRestrictions = map[string][]Need{
	"category":          restrictions["categories"],
	"legal_basis":       {{"carl2_permits", "legal_basis"}},
	"municipality_code": restrictions["municipality"],
	"citizenship_group": restrictions["citizenship"],
	"citizenship":       restrictions["citizenship"],
	"western":           restrictions["citizenship"],
	"person_group":      restrictions["person_group"],
	"sex":               {{"carl2_persons", "sex"}},
	"age_group":         {{"carl2_persons", "birth_date"}},
}

// RestrictsBy gives the columns that a parameter of the question restricts by, of which it needs one; none where it needs
// nothing that an extract may lack.
func (q Question) RestrictsBy(param string) []Need {
	key, ofCell := Param{Name: param}.CellKey()
	switch {
	case !ofCell:
		return restrictions[param]
	case q.OfPermits():
		return cellRestrictions[key]
	}
	return nil
}
