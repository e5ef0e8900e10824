package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"koblet/registers"
	"koblet/registers/profiles"
)

// TestManual holds docs/questions.md against the heads of the questions.
func TestManual(t *testing.T) {
	var page bytes.Buffer
	if code := run(t.Context(), []string{"questions", "--format", "markdown"}, nil, &page, &page); code != 0 {
		t.Fatalf("exit code %d: %s", code, page.String())
	}
	path := filepath.Join("..", "..", "docs", "questions.md")
	if *update {
		if err := os.WriteFile(path, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(kept, page.Bytes()) {
		t.Errorf("docs/questions.md is not what the heads of the questions give (%v); make docs writes it", err)
	}
}

// TestLoadingPage runs the sessions of docs/loading.md, reads every profile on the page, and holds the parts of it that are made
// of the parser's example, the tables and the lists of words against those.
func TestLoadingPage(t *testing.T) {
	const page = "../../docs/loading.md"
	path, err := filepath.Abs(page)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parts := regexp.MustCompile(`(?s)<!-- made: (\w+) -->\n.*?<!-- end -->\n`)
	made := 0
	got := parts.ReplaceAllStringFunc(string(text), func(part string) string {
		made++
		name := parts.FindStringSubmatch(part)[1]
		return "<!-- made: " + name + " -->\n" + loadingPart(t, name) + "<!-- end -->\n"
	})
	if made != 4 {
		t.Errorf("%d parts are made, want 4", made)
	}
	for _, reason := range codesOf(t, "limit") {
		if !strings.Contains(got, "`"+reason+"`") {
			t.Errorf("the page has no line on the limit %s", reason)
		}
	}
	on := 0
	for _, block := range regexp.MustCompile("(?s)```toml\n(.*?)```\n").FindAllStringSubmatch(got, -1) {
		on++
		if _, err := profiles.Parse("docs/loading.md", []byte(block[1])); err != nil {
			t.Errorf("a profile of the page: %v", err)
		}
	}
	if on < 3 {
		t.Errorf("%d profiles on the page, want 3", on)
	}
	if got != string(text) {
		if !*update {
			shown, printed := firstDifference(string(text), got)
			t.Fatalf("docs/loading.md shows\n%s\nit is\n%s\nthe test's -update rewrites it", shown, printed)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	replayed(t, page, 5)
}

// loadingPart is a part of docs/loading.md that is made: the keys of a profile, the fields of the tables, the words for what is
// rejected and for what is found.
func loadingPart(t *testing.T, name string) string {
	t.Helper()
	var b strings.Builder
	switch name {
	case "keys":
		b.WriteString("```toml\n" + profiles.Example + "```\n")
	case "fields":
		for _, table := range registers.Tables() {
			b.WriteString("\n| `" + table.Name + "` | kind | | meaning |\n|---|---|---|---|\n")
			for _, f := range table.Fields {
				required := ""
				if f.Required {
					required = "required"
				}
				b.WriteString("| `" + f.Name + "` | " + string(f.Kind) + " | " + required + " | " + cellText(f.Meaning) + " |\n")
			}
		}
	case "reject", "finding":
		b.WriteString("| reason | in English | in Danish |\n|---|---|---|\n")
		for _, code := range codesOf(t, name) {
			b.WriteString("| `" + code + "` | " + registers.Label(name, code, "en") + " | " + registers.Label(name, code, "da") + " |\n")
		}
	default:
		t.Fatalf("docs/loading.md: no part %s is made", name)
	}
	return b.String()
}

// TestProfileFileHelp: the help on profiles shows every key, and the help of load leads to it.
func TestProfileFileHelp(t *testing.T) {
	text := string(ran(t, "help", "profile-file"))
	if !strings.Contains(text, profiles.Example) || !strings.Contains(text, "#   decided_on         date  required  the day of the decision\n") {
		t.Errorf("koblet help profile-file lacks the keys or the fields:\n%s", text)
	}
	for _, words := range [][]string{{"load", "--help"}, {"help"}} {
		if !strings.Contains(string(ran(t, words...)), "koblet help profile-file") {
			t.Errorf("koblet %s does not lead to it", strings.Join(words, " "))
		}
	}
}
