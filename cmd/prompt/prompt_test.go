package prompt

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/term"

	"koblet/cmd/terminal"
)

func TestCompleted(t *testing.T) {
	names := []string{"carl2_permits", "carl2_persons", "category", "count", "from", "permit_key"}
	for _, c := range []struct {
		line, want, choices string // | is the cursor
	}{
		{"select * from carl2_pe|", "select * from carl2_per|", "carl2_permits carl2_persons"},
		{"select * fr|", "select * from |", "from"},
		{"select carl2_permits.permit_|", "select carl2_permits.permit_key |", "permit_key"},
		{"select CAT| from carl2_permits", "select category | from carl2_permits", "category"},
		{"select count(perm|)", "select count(permit_key |)", "permit_key"},
		{"select xyz|", "select xyz|", ""},
		{"select |", "select |", ""},
		{"|", "|", ""},
		{"c|", "c|", "carl2_permits carl2_persons category count"},
		{"ca|", "ca|", "carl2_permits carl2_persons category"},
		{"carl|", "carl2_per|", "carl2_permits carl2_persons"},
		{"/* æ */ ca| ø", "/* æ */ ca| ø", "carl2_permits carl2_persons category"},
	} {
		before, after, _ := strings.Cut(c.line, "|")
		line, at, choices := completed(before+after, len(before), names)
		if got := line[:at] + "|" + line[at:]; got != c.want || strings.Join(choices, " ") != c.choices {
			t.Errorf("%s: %s, choices %v", c.line, got, choices)
		}
	}
}

func TestGathered(t *testing.T) {
	for typed, want := range map[string]string{
		"select 1":      "",
		"select 1;":     "select 1;",
		"select\n1 ;  ": "select\n1 ;",
		"select 1\n":    "select 1",
		`\d permits`:    `\d permits`,
	} {
		statement, whole := gathered(strings.Split(typed, "\n"))
		if whole != (want != "") || whole && statement != want {
			t.Errorf("%q: %q, %v", typed, statement, whole)
		}
	}
}

// TestHistory keeps lines between sittings, but none with a number, and none where the identities are open.
func TestHistory(t *testing.T) {
	home := t.TempDir()
	term := terminal.Terminal{Env: func(name string) string { return map[string]string{"HOME": home}[name] }}
	file := historyFile(term, false)
	p := recall(file)
	for _, line := range []string{"select 1;", "select 1;", "", "where x = '230883-3384'", `\d`} {
		p.Add(line)
	}
	again := recall(file)
	if again.Len() != 2 || again.At(0) != `\d` || again.At(1) != "select 1;" {
		t.Errorf("remembered: %v", again.lines)
	}
	kept, err := os.Stat(file)
	if err != nil || kept.Mode().Perm() != 0o600 || file != filepath.Join(home, ".local", "state", "koblet", "history") {
		t.Errorf("%s: %v, %v", file, kept.Mode(), err)
	}
	secret := historyFile(term, true)
	if q := recall(secret); secret != "" || q.Len() != 0 {
		t.Errorf("with a purpose a history is read: %s, %v", secret, q.lines)
	}
}

// TestCtrlC takes back the line that is typed, wherever the cursor stands, and the prompt goes on.
func TestCtrlC(t *testing.T) {
	typed := &keys{in: strings.NewReader("select 1\x01\x03select 2;\r")}
	editor := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{typed, io.Discard}, "koblet> ")
	if line, err := editor.ReadLine(); err != nil || line != "" || !typed.cancelled() {
		t.Errorf("the cancelled line is %q, %v", line, err)
	}
	if line, err := editor.ReadLine(); err != nil || line != "select 2;" || typed.cancelled() {
		t.Errorf("the next line is %q, %v", line, err)
	}
}

// What is pasted reaches the editor without what a screen obeys: controls of eight bits, marks of direction, what is no UTF-8; a character
// that comes in two reads is one.
func TestPastedText(t *testing.T) {
	typed := &keys{in: iotest.OneByteReader(strings.NewReader("select '\u009b31m\u202e\u200b\x9b\xffblåbær €\t\x1b[D\x7f;\r"))}
	text, err := io.ReadAll(typed)
	if want := "select '31mblåbær €\t\x1b[D\x7f;\r"; err != nil || string(text) != want {
		t.Errorf("%q, %v, want %q", text, err, want)
	}
}
