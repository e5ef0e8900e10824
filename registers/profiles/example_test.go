package profiles

import (
	"strings"
	"testing"
)

// knownTo asks the parser which names it knows in a place, by giving it one that it cannot know.
func knownTo(t *testing.T, text string) []string {
	t.Helper()
	_, err := Parse("p", []byte(text))
	if err == nil {
		t.Fatalf("%q is taken", text)
	}
	_, list, found := strings.Cut(err.Error(), "; known: ")
	if !found {
		t.Fatalf("%q: no list in %q", text, err)
	}
	list, _, _ = strings.Cut(list, "\n")
	return strings.Split(list, ", ")
}

// TestProfileExample holds the example against the parser: it is taken, and every section, key and column that the parser knows
// is in it, with a comment or a line of its own.
func TestProfileExample(t *testing.T) {
	p, err := Parse("example", []byte(Example))
	if err != nil {
		t.Fatal(err)
	}
	if p.Gate.MaxNewCodes == nil || len(p.Tables) != 3 || len(p.CodeRows) != 4 {
		t.Errorf("read as %+v", p)
	}
	set := map[string]bool{}
	settings, err := readSettings([]byte(Example))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings {
		set[s.path[0]] = true
		if len(s.path) > 1 {
			set[s.path[0]+"."+s.path[1]] = true
		}
	}
	const no = "zzzzzzzzzzzzzzzzzz"
	keys := 0
	for _, section := range knownTo(t, "["+no+"]\n") {
		if !set[section] {
			t.Errorf("no section %s", section)
		}
		if section == "carl2_persons" || section == "carl2_permits" || section == "cpr_persons" {
			continue
		}
		head := "[" + section + "]\n"
		if set[section] && strings.Contains(Example, "[["+section+"]]") {
			head = "[" + head[:len(head)-1] + "]\n"
		}
		for _, key := range knownTo(t, head+no+" = 1\n") {
			if keys++; !set[section+"."+key] {
				t.Errorf("no key %s in [%s]", key, section)
			}
		}
	}
	for _, key := range knownTo(t, "[carl2_permits]\n"+no+" = 1\n") {
		if keys++; !set["carl2_permits."+key] && !set["carl2_persons."+key] {
			t.Errorf("no key %s of a table", key)
		}
	}
	for key, known := range map[string][]string{
		"format": knownTo(t, "[cpr_persons]\nformat = \""+no+"\"\n"), "encoding": knownTo(t, "[cpr_persons]\nencoding = \""+no+"\"\n"),
		"category": knownTo(t, "[carl2_permits.values.category]\n"+no+" = [\"x\"]\n"), "decision": knownTo(t, "[carl2_permits.values.decision]\n"+no+" = [\"x\"]\n"),
	} {
		for _, word := range known {
			if !strings.Contains(Example, word) {
				t.Errorf("no word of %s %s", key, word)
			}
		}
	}
	if keys < 35 {
		t.Errorf("%d keys asked for, want 35", keys)
	}
}
