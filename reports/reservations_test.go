package reports

import (
	"testing"

	"koblet/analysis"
)

// TestReservations: the sentence names each reason once, the provenance says where and how much, in either language.
func TestReservations(t *testing.T) {
	accepted := []Accepted{
		{"unreadable_days", "carl2_permits", "decided_on", 3, 40}, {"days_after_as_of", "cpr_persons", "registered_on", 12, 200},
		{"days_after_as_of", "cpr_persons", "status_from", 13, 200}, {"other_production_day", "cpr_persons", "", 5112, 0},
		{"as_of_day", "", "", 3, 0}, {"empty_table", "cpr_persons", "", 0, 0}, {"empty_table", "carl2_persons", "", 3, 3},
	}
	for language, want := range map[string][]string{
		"da": {"Opgørelsen er indlæst med forbehold: datoer kan ikke læses; datoer ligger efter opgørelsesdatoen; udtrækket fra CPR er dannet på en anden dato; opgørelsesdatoen er usandsynlig; en tabel er tom eller næsten tom.",
			"datoer kan ikke læses (unreadable_days), carl2_permits.decided_on: 3 af 40 (7,5 pct.)", "datoer ligger efter opgørelsesdatoen (days_after_as_of), cpr_persons.registered_on: 12 af 200 (6,0 pct.)",
			"datoer ligger efter opgørelsesdatoen (days_after_as_of), cpr_persons.status_from: 13 af 200 (6,5 pct.)",
			"udtrækket fra CPR er dannet på en anden dato (other_production_day), cpr_persons: 5.112 dage", "opgørelsesdatoen er usandsynlig (as_of_day), --as-of: 3 dage", "en tabel er tom eller næsten tom (empty_table), cpr_persons", "en tabel er tom eller næsten tom (empty_table), carl2_persons: 3 rækker"},
		"en": {"The snapshot was loaded with reservations: days cannot be read; days lie after the as-of day; the extract of CPR was made on another day; the as-of day is implausible; a table is empty or nearly so.",
			"days cannot be read (unreadable_days), carl2_permits.decided_on: 3 of 40 (7.5 per cent)", "days lie after the as-of day (days_after_as_of), cpr_persons.registered_on: 12 of 200 (6.0 per cent)",
			"days lie after the as-of day (days_after_as_of), cpr_persons.status_from: 13 of 200 (6.5 per cent)",
			"the extract of CPR was made on another day (other_production_day), cpr_persons: 5,112 days", "the as-of day is implausible (as_of_day), --as-of: 3 days", "a table is empty or nearly so (empty_table), cpr_persons", "a table is empty or nearly so (empty_table), carl2_persons: 3 rows"},
	} {
		b, err := newBuilder(Commission{Language: language, Provenance: Provenance{Accepted: accepted}}, analysis.Answers{})
		if err != nil {
			t.Fatal(err)
		}
		if got := b.reservations(); got != want[0] {
			t.Errorf("%q, want %q", got, want[0])
		}
		for i, a := range accepted {
			if got := b.say.Accepted(a); got != want[i+1] {
				t.Errorf("%q, want %q", got, want[i+1])
			}
		}
	}
	if b, err := newBuilder(Commission{}, analysis.Answers{}); err != nil || b.reservations() != "" {
		t.Errorf("a sound delivery has reservations: %v", err)
	}
}
