package analysis_test

import (
	"testing"

	"koblet/analysis"
	"koblet/queries"
)

// A missing column is never read as empty values: what needs it is not applicable. A category can be had from any of three.
func TestWhatTheExtractLacks(t *testing.T) {
	const persons = "person_id,cpr_number\nP1,1001700003\n"
	bare := extracts{on(2014, 12, 31), persons, "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\n"}
	basis := extracts{on(2015, 12, 31), persons, "permit_id,person_id,decided_on,decision,legal_basis\nS1,P1,2013-01-01,granted,§ 9 a\n"}
	s := smallStore(t, bare, basis)
	for name, want := range map[string]string{
		"unlinked_by_category":              "the extract has none of carl2_permits.category, carl2_permits.person_group, carl2_permits.legal_basis",
		"unlinked_by_person_group":          "the extract has none of carl2_permits.person_group, carl2_permits.legal_basis",
		"unlinked_by_municipality":          "the extract does not have carl2_permits.municipality_code",
		"late_by_year":                      "the extract does not have carl2_persons.cpr_linked_on",
		"birth_and_sex_at_odds_with_number": "the extract has none of carl2_persons.birth_date, carl2_persons.sex, cpr_persons.birth_date, cpr_persons.sex",
		"unverified_by_year_category":       "the extract does not have cpr_persons",
		"unlinked_by_year":                  "",
	} {
		for _, e := range []extracts{bare, basis} {
			snapshot, err := s.Snapshot(t.Context(), e.day)
			if err != nil {
				t.Fatal(err)
			}
			q, err := queries.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			r, err := analysis.Run(t.Context(), snapshot, q, analysis.Scope{})
			if err != nil {
				t.Fatal(err)
			}
			wanted := want
			if e.day.Equal(basis.day) && (name == "unlinked_by_category" || name == "unlinked_by_person_group") {
				wanted = ""
			}
			if analysis.Plain(r.NotApplicable).En != wanted || (wanted == "") != (len(r.Rows) > 0) {
				t.Errorf("%s: %q with %d rows, want %q", name, analysis.Plain(r.NotApplicable).En, len(r.Rows), wanted)
			}
			if err := snapshot.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}
