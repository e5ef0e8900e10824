package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPublicEdition: a public edition of invented registers has no small count in any table, sentence or note, in both languages, says how much is hidden, and
// has none of what is for internal use.
func TestPublicEdition(t *testing.T) {
	dir := t.TempDir()
	do := func(args ...string) (out, errs bytes.Buffer, code int) {
		code = run(context.Background(), args, strings.NewReader(""), &out, &errs)
		return out, errs, code
	}
	registers, store, reports := filepath.Join(dir, "registers"), filepath.Join(dir, "store"), filepath.Join(dir, "reports")
	if _, errs, code := do("synthetic", "--out", registers, "--permits", "6000", "--seed", "3"); code != 0 {
		t.Fatal(errs.String())
	}
	day := filepath.Join(registers, "2016-12-31")
	if _, errs, code := do("load", "--store", store, "--as-of", "2016-12-31", "--profile", filepath.Join(registers, "profile.toml"), "--carl2-persons", filepath.Join(day, "carl2_persons.csv"),
		"--carl2-permits", filepath.Join(day, "carl2_permits.csv"), "--cpr", filepath.Join(day, "cpr_persons.csv")); code != 0 {
		t.Fatal(errs.String())
	}
	ordered := map[string][]string{"annual": {"--format", "json,html,xlsx,md"}, "answer": {"--format", "json,docx,md", "--question", "Hvor mange?"}}
	for i, language := range []string{"da", "en", "da", "en"} {
		name := []string{"annual", "answer"}[i/2]
		_, errs, code := do(append([]string{"report", name, "--store", store, "--out", reports, "--edition", "public", "--lang", language}, ordered[name]...)...)
		if code != 0 {
			t.Fatal(errs.String())
		}
		if !regexp.MustCompile(`(?m)^koblet: report: of \d+ counts [1-9]\d* are hidden because they are small, [1-9]\d* to cover them; where they stand: `).MatchString(errs.String()) {
			t.Errorf("%s: %s", language, errs.String())
		}
		file := filepath.Join(reports, name+"-2016-12-31-public-"+language)
		text, err := os.ReadFile(file + ".json")
		if err != nil {
			t.Fatal(err)
		}
		holdsNoSmallCount(t, text)
		if text, err = os.ReadFile(file + ".md"); err != nil {
			t.Fatal(err)
		}
		showsNoSmallCount(t, string(text))
	}
	counts := filepath.Join(reports, "annual-2016-12-31-public-counts.csv")
	first, err := os.ReadFile(counts)
	if err != nil {
		t.Fatal(err)
	}
	if _, errs, code := do("report", "annual", "--store", store, "--out", reports, "--edition", "public", "--threshold", "3", "--format", "json"); code != 0 {
		t.Fatal(errs.String())
	}
	second, err := os.ReadFile(counts)
	if err != nil {
		t.Fatal(err)
	}
	showsNoMore(t, string(first), string(second))
	if err := os.WriteFile(counts, []byte("spoilt"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, errs, code := do("report", "annual", "--store", store, "--out", reports, "--edition", "public", "--format", "json")
	if want := "no public edition: annual-2016-12-31-public-counts.csv: line 1: not the head of a list of counts"; code != 2 || !strings.Contains(errs.String(), want) {
		t.Errorf("exit %d, %s", code, errs.String())
	}
}

// showsNoMore: what one list of counts hides another hides, too, although its threshold is lower.
func showsNoMore(t *testing.T, before, after string) {
	t.Helper()
	hidden := 0
	now := strings.Split(after, "\n")
	for i, line := range strings.Split(before, "\n") {
		if strings.HasSuffix(line, ",[c]") {
			if hidden++; now[i] != line {
				t.Errorf("%s becomes %s", line, now[i])
			}
		}
	}
	if hidden < 100 {
		t.Errorf("%d counts are hidden", hidden)
	}
}

// counted finds the figures in the sentences of a report that count permits: those before a word for them.
var counted = regexp.MustCompile(`(?i)(^|[^\d.,])([1-4]) (registrerin|tilladels|permit|registration|er |af |of |are )`)

// protected is how the sentence begins that says what is small.
var protected = regexp.MustCompile(`^(Tal fra 1 til 4 er skjult|Counts from 1 to 4 are hidden) \(\[c\]\)`)

// showsNoSmallCount looks at the tables of a report in Markdown, up to where its figures come from.
func showsNoSmallCount(t *testing.T, text string) {
	t.Helper()
	var heads []string
	shown := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "## Datagrundlag\n") || strings.HasPrefix(line, "## Provenance\n") {
			break
		}
		if !strings.HasPrefix(line, "| ") {
			heads = nil
			continue
		}
		cells := strings.Split(strings.TrimSuffix(line, " |\n"), " | ")
		if heads == nil {
			heads = cells
			continue
		}
		for i, c := range cells {
			if strings.HasSuffix(heads[i], ", antal") || strings.HasSuffix(heads[i], ", number") {
				shown++
				if c = strings.Trim(c, "*"); len(c) == 1 && strings.Contains("1234", c) {
					t.Errorf("%s: %s", heads[i], line)
				}
			}
		}
	}
	if shown < 100 {
		t.Errorf("%d counts in Markdown", shown)
	}
}

func holdsNoSmallCount(t *testing.T, text []byte) {
	t.Helper()
	var report struct {
		Edition  string
		Lead     string
		Notes    []string
		Sections []struct {
			Name, Title, Alt string
			Notes, Text      []string
			Table            struct {
				Columns []struct{ Name, Unit string }
				Rows    []map[string]any
			}
		}
	}
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	hidden, shown := 0, 0
	said, why := []string{report.Lead}, 0
	note := func(texts []string) {
		for _, text := range texts {
			if protected.MatchString(text) {
				why++
				continue
			}
			said = append(said, text)
		}
	}
	note(report.Notes)
	for _, s := range report.Sections {
		said = append(append(said, s.Title, s.Alt), s.Notes...)
		note(s.Text)
		if s.Name == "findings_at_load" || s.Name == "studies_at_equal_age" {
			t.Errorf("%s is in a public edition", s.Name)
		}
		for _, c := range s.Table.Columns {
			for _, row := range s.Table.Rows {
				n, number := row[c.Name].(float64)
				switch {
				case row[c.Name] == "[c]":
					hidden++
				case number && c.Unit == "permits":
					if shown++; n > 0 && n < 5 {
						t.Errorf("%s: %s is %v", s.Name, c.Name, n)
					}
				}
			}
		}
	}
	for _, sentence := range said {
		if m := counted.FindString(sentence); m != "" {
			t.Errorf("%q in: %s", m, sentence)
		}
	}
	if report.Edition != "public" || hidden < 20 || shown < 100 || why != 1 {
		t.Errorf("edition %s, %d hidden, %d shown; what is hidden is said %d times", report.Edition, hidden, shown, why)
	}
}
