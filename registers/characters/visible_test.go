package characters_test

import (
	"encoding/json"
	"strings"
	"testing"

	"koblet/registers/characters"
)

// hostileText has what terminals obey: colours, a clipboard, a title, C1, a bell, marks of direction, what has no width, and no UTF-8.
const hostileText = "a\x1b[31mb\x1b]52;c;QQ==\x07\u009bc\u202ed\u2066e\u200bf\u00adg\ufeffh\u2028i\U000e0041j\x7fk\rl\x00m\xffn"

func TestVisible(t *testing.T) {
	const want = `a\x1b[31mb\x1b]52;c;QQ==\x07\x9bc‹U+202E›d‹U+2066›e‹U+200B›f‹U+00AD›g‹U+FEFF›h‹U+2028›i‹U+E0041›j\x7fk\rl\x00m\xffn`
	if got := characters.Visible(hostileText); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := characters.Visible("x\ny\tz"); got != `x\ny\tz` {
		t.Errorf("%q", got)
	}
	for _, plain := range []string{"", "Åse Sørensen", "1\u00a0000 – ‹›", "x\ny\tz"} {
		if got := characters.VisibleLines(plain); got != plain {
			t.Errorf("%q became %q", plain, got)
		}
	}
}

// TestToScreen: in pieces of one byte the same comes through as at once.
func TestToScreen(t *testing.T) {
	var whole, pieces strings.Builder
	text := "Å\t" + hostileText + "ø€𝄞\n"
	if n, err := characters.ToScreen(&whole).Write([]byte(text)); n != len(text) || err != nil {
		t.Fatal(n, err)
	}
	screen := characters.ToScreen(&pieces)
	for i := range len(text) {
		if n, err := screen.Write([]byte{text[i]}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	want := "Å " + characters.Visible(hostileText) + "ø€𝄞\n"
	if whole.String() != want || pieces.String() != want {
		t.Errorf("at once %q, in pieces %q, want %q", whole.String(), pieces.String(), want)
	}
}

// TestVisibleJSON: what is read is the same.
func TestVisibleJSON(t *testing.T) {
	text := strings.ToValidUTF8(hostileText, "?")
	written, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	got := characters.VisibleJSON(string(written))
	var read string
	if err := json.Unmarshal([]byte(got), &read); err != nil || read != text {
		t.Errorf("%q is read as %q, %v", got, read, err)
	}
	if characters.Visible(got) != got {
		t.Errorf("%q holds what nobody sees", got)
	}
}

func TestEchoIsCut(t *testing.T) {
	if got := characters.Echo(strings.Repeat("ø", 201)); got != strings.Repeat("ø", 199)+"…" {
		t.Errorf("%q", got)
	}
	if got := characters.Echo("\x1b"); got != `\x1b` {
		t.Errorf("%q", got)
	}
}
