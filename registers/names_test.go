package registers

import (
	"strings"
	"testing"
)

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

func TestPattern(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "0203041001": "9999999999", "Anne": "Aaaa", "Øst-Æble 7B": "Aaa-Aaaa 9A", "a\tb\x00": "a?a?", "漢٣": "a9",
		strings.Repeat("1", 41): strings.Repeat("9", 40) + "…",
	} {
		if got := Pattern(text); got != want {
			t.Errorf("pattern %q, want %q", got, want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"unlinkd", "unlinked", 1}, {"asyl", "asylum", 2}, {"øst", "ost", 1}, {"født", "fodt", 1}, {"ab", "ba", 2}} {
		if got, back := EditDistance(test.a, test.b), EditDistance(test.b, test.a); got != test.want || back != test.want {
			t.Errorf("%s to %s: %d and back %d, want %d", test.a, test.b, got, back, test.want)
		}
	}
}
