package registers

import (
	"strings"

	"koblet/registers/characters"
)

// Kind is how the text of a field is understood.
type Kind string

// The kinds of fields. Text is kept as delivered; a Date that cannot be read stays in its row as a finding; a Code is
// looked up in a code list.
const (
	Text Kind = "text"
	Date Kind = "date"
	Code Kind = "code"
)

// Field is one column of a register as the program knows it.
type Field struct {
	Name        string
	Kind        Kind
	Required    bool   // without it the file cannot be loaded
	Identifying bool   // kept with the identities only, never in the file that questions read
	Meaning     string // one line, for the catalogue and the manual
}

// Compared reports whether the field's texts are compared with others or read: ids, codes, numbers and days. Blanks around
// them are no part of them, and their letters are composed. Of names neither holds.
func (f Field) Compared() bool {
	return f.Kind != Text || f.Name == "legal_basis" || strings.HasSuffix(f.Name, "_id") || strings.HasSuffix(f.Name, "cpr_number")
}

// Coded reports whether the field has few texts: those of a code list, and the provisions, which are as delivered.
func (f Field) Coded() bool { return f.Kind == Code || f.Name == "legal_basis" }

// Bare is a text of the field as it is compared.
func (f Field) Bare(text string) string {
	if f.Compared() {
		return characters.Bare(text)
	}
	return text
}

// Table is one register table: its name, its key and its fields in the order of the manual.
type Table struct {
	Name   string
	Key    string
	Fields []Field
}

// Tables are the three tables of the two registers, in loading order.
func Tables() []Table { return []Table{Carl2Persons, Carl2Permits, CPRPersons} }

// Field gives the field of that name.
func (t Table) Field(name string) (Field, bool) {
	for _, f := range t.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Carl2Persons are the persons of the immigration authorities' register.
var Carl2Persons = Table{Name: "carl2_persons", Key: "person_id", Fields: []Field{
	{"person_id", Text, true, true, "the immigration authorities' number of the person"},
	{"cpr_number", Text, true, true, "the CPR-number coupled to the person; empty while the person is unlinked"},
	{"cpr_linked_on", Date, false, false, "the day the CPR-number was coupled"},
	{"family_name", Text, false, true, "family name"},
	{"given_name", Text, false, true, "given names"},
	{"birth_date", Date, false, true, "day of birth"},
	{"sex", Code, false, false, "M man, K woman; F is read as K"},
	{"citizenship", Code, false, false, "CPR's four digits, or ISO's two or three letters"},
	{"entered_on", Date, false, false, "the day the person came to Denmark; empty for who never came"},
}}

// Carl2Permits are the permit registrations: one row a decision.
var Carl2Permits = Table{Name: "carl2_permits", Key: "permit_id", Fields: []Field{
	{"permit_id", Text, true, true, "the case number of the permit registration"},
	{"person_id", Text, true, true, "the person the permit was decided for"},
	{"decided_on", Date, true, false, "the day of the decision"},
	{"decision", Code, true, false, "granted, refused, withdrawn, revoked, lapsed or pending"},
	{"legal_basis", Text, false, false, "the provision of udlændingeloven, as delivered"},
	{"person_group", Code, false, false, "person group, finer than the paragraph"},
	{"category", Code, false, false, "category of residence; derived from group and basis where empty"},
	{"valid_from", Date, false, false, "first day of the permit"},
	{"valid_to", Date, false, false, "last day of the permit"},
	{"lapsed_on", Date, false, false, "the day a lapsed or revoked permit ended"},
	{"municipality_code", Code, false, false, "the municipality the holder was allocated to"},
}}

// CPRPersons are the persons of the civil registration system: one row a CPR-number.
var CPRPersons = Table{Name: "cpr_persons", Key: "cpr_number", Fields: []Field{
	{"cpr_number", Text, true, true, "the CPR-number of the record"},
	{"current_cpr_number", Text, false, true, "the number that replaced this one"},
	{"status", Code, false, false, "status in CPR, two digits"},
	{"status_from", Date, false, false, "the day the status began"},
	{"sex", Code, false, false, "M man, K woman; F is read as K"},
	{"birth_date", Date, false, true, "day of birth"},
	{"family_name", Text, false, true, "family name"},
	{"given_name", Text, false, true, "given names"},
	{"citizenship", Code, false, false, "CPR's four digits, or ISO's two or three letters"},
	{"municipality_code", Code, false, false, "municipality of residence"},
	{"resident_from", Date, false, false, "the day residence in the municipality began"},
	{"registered_on", Date, false, false, "the day the number began"},
	{"immigrated_on", Date, false, false, "first immigration"},
	{"person_id", Text, false, true, "the immigration authorities' number of the person, where CPR holds it"},
}}
