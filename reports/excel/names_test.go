package excel

import (
	"strings"
	"testing"
	"unicode/utf8"

	"koblet/reports"
)

func TestSheetNames(t *testing.T) {
	b := &book{sheets: map[string]bool{}, say: reports.LocaleOf("da")}
	long := "Undersøgelserne 2011 og 2014, alle tal og noter"
	for _, wanted := range []string{long, long, strings.ToUpper(long), "a/b:c*d?[e]", "", "", "'x'"} {
		name := b.name(wanted)
		if n := utf8.RuneCountInString(name); n == 0 || n > 31 || strings.ContainsAny(name, `:\/?*[]`) || strings.HasPrefix(name, "'") {
			t.Errorf("%q: sheet name %q", wanted, name)
		}
	}
	if len(b.sheets) != 7 {
		t.Errorf("%d different names, want 7", len(b.sheets))
	}
}
