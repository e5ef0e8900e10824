package registers

import "testing"

// TestMeant: a name is meant that is near, with or without the register before it, and none where none is.
func TestMeant(t *testing.T) {
	tables := []string{"carl2_permits", "carl2_persons", "cpr_persons", "persons_without_permit"}
	for word, want := range map[string]string{
		"permits": "did you mean carl2_permits?", "permit": "did you mean carl2_permits?", "person": "did you mean carl2_persons?",
		"carl2_permit": "did you mean carl2_permits?", "cpr_person": "did you mean cpr_persons?", "municipalities": "none", "": "none",
	} {
		if got := Meant(word, tables, "none"); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
