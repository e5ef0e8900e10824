package main

import (
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"koblet/queries"
	"koblet/registers"
)

// theRepository is the folder of the repository, from this one.
var theRepository = filepath.Join("..", "..")

// made are the folders of the repository that hold what is made or fetched, and git's own.
var made = []string{".git", "bin", "node_modules", "koblet-demo", "koblet-store"}

// textsOfTheRepository are its files by path; what holds a NUL byte is no text.
func textsOfTheRepository(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(theRepository, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(theRepository, path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains(made, filepath.ToSlash(name)):
			return filepath.SkipDir
		case !entry.Type().IsRegular() || strings.HasPrefix(entry.Name(), "echarts"): // the chart script is fetched
			return nil
		}
		text, err := os.ReadFile(path)
		if err == nil && !strings.Contains(string(text), "\x00") {
			texts[filepath.ToSlash(name)] = string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

var (
	aPage      = regexp.MustCompile(`[\w./-]*\w\.md\b`)
	aSection   = regexp.MustCompile(`method\.md,? §\s?(\d+[a-z]?)`)
	aHeading   = regexp.MustCompile(`(?m)^#+ (.+)$`)
	aLink      = regexp.MustCompile(`\]\(([^)\s]*)\)`)
	aCodeBlock = regexp.MustCompile("(?ms)^```.*?^```")
	inAnchor   = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// TestPagesCited: whatever page a file of the repository names is in the repository, and a section of method.md is one of its headings.
func TestPagesCited(t *testing.T) {
	texts := textsOfTheRepository(t)
	pages, cited := map[string]bool{}, 0
	for path := range texts {
		if strings.HasSuffix(path, ".md") {
			pages[filepath.Base(path)] = true
		}
	}
	for path, text := range texts {
		if strings.HasSuffix(path, ".txtar") { // what a script writes is its own
			continue
		}
		for _, page := range aPage.FindAllString(text, -1) {
			if !pages[filepath.Base(page)] {
				t.Errorf("%s cites %s, which is not in the repository", path, page)
			}
		}
		for _, section := range aSection.FindAllStringSubmatch(text, -1) {
			cited++
			if !strings.Contains(texts["docs/method.md"], "\n## "+section[1]+". ") && !strings.Contains(texts["docs/method.md"], "\n### "+section[1]+". ") {
				t.Errorf("%s cites §%s of method.md, which has no such heading", path, section[1])
			}
		}
	}
	if cited < 7 {
		t.Errorf("sections of method.md are cited %d times: the pattern finds none", cited)
	}
}

// TestLinksOfPages: every link of a page leads to a file of the repository, and what is behind # to a heading of it.
func TestLinksOfPages(t *testing.T) {
	texts := textsOfTheRepository(t)
	for path, text := range texts {
		if !strings.HasSuffix(path, ".md") {
			continue
		}
		for _, link := range aLink.FindAllStringSubmatch(aCodeBlock.ReplaceAllString(text, ""), -1) {
			to, anchor, _ := strings.Cut(link[1], "#")
			if strings.Contains(to, "://") {
				continue
			}
			target := path
			if to != "" {
				target = filepath.ToSlash(filepath.Join(filepath.Dir(path), to))
			}
			if _, err := os.Stat(filepath.Join(theRepository, target)); err != nil {
				t.Errorf("%s links to %s, which is not there", path, link[1])
			} else if anchor != "" && !slices.Contains(anchorsOf(texts[target]), anchor) {
				t.Errorf("%s links to %s, which has no such heading", path, link[1])
			}
		}
	}
}

// anchorsOf are the headings of a page as links name them: small letters, hyphens for blanks, no other signs.
func anchorsOf(page string) []string {
	var anchors []string
	for _, heading := range aHeading.FindAllStringSubmatch(aCodeBlock.ReplaceAllString(page, ""), -1) {
		anchors = append(anchors, strings.ReplaceAll(inAnchor.ReplaceAllString(strings.ToLower(heading[1]), ""), " ", "-"))
	}
	return anchors
}

// TestMethodIsComplete: what a figure can rest on has its place in method.md: every measure that a question names, every assumption,
// every link status and category, with the statuses in their order.
func TestMethodIsComplete(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(theRepository, "docs", "method.md"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, q := range queries.All() {
		if m := q.Measure; m != "" && !strings.Contains(page, m) && !besideMeasures[m] {
			t.Errorf("the measure %s of %s is not in method.md", m, q.Name)
		}
	}
	for _, row := range rowsOfCodes(t, "assumptions.csv") {
		if name := row[0]; !strings.Contains(page, name) && !strings.HasPrefix(name, "first_plausible_") {
			t.Errorf("the assumption %s is not in method.md", name)
		}
	}
	at := -1
	for _, status := range []string{"no_person", "unlinked", "malformed", "replacement", "not_in_cpr", "superseded", "conflict", "linked", "linked_unverified"} {
		place := strings.Index(page, "\n| `"+status+"` | "+registers.Label("link_status", status, "da")+" |")
		if place <= at {
			t.Errorf("the status %s is not in its place among those of method.md", status)
		}
		at = place
	}
}

// TestSecondSetIsStated: each of the second set of measures stands in the table of method.md §7b with where it is stated and whose it is,
// and what it is asked as is there.
func TestSecondSetIsStated(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(theRepository, "docs", "method.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, page, _ := strings.Cut(string(text), "\n### 7b. ")
	page, _, _ = strings.Cut(page, "\n## 8. ")
	rows, asked := 0, map[string]bool{}
	for _, line := range strings.Split(page, "\n") {
		cells := strings.Split(strings.Trim(line, "|"), " | ")
		if !strings.HasPrefix(line, "| ") || cells[0] == " measure" {
			continue
		}
		rows++
		if len(cells) != 4 || slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) == "" }) {
			t.Errorf("the row%s has not its four cells", cells[0])
			continue
		}
		for i, name := range strings.Split(cells[1], "`") {
			if asked[name] = true; i%2 == 1 && !strings.Contains(name, " ") {
				if _, err := queries.Find(name); err != nil {
					t.Errorf("the row%s: %v", cells[0], err)
				}
			}
		}
	}
	if rows != 11 {
		t.Errorf("method.md §7b has %d measures, want 11", rows)
	}
	for _, name := range []string{"--param once_per_person=true", "unlinked_by_municipality_year", "unlinked_by_municipality_western", "coverage_by_immigration_year",
		"coverage_by_municipality_western", "residents_without_permit_in_force_by_category", "expectation_by_year", "double_registrations_by_municipality",
		"linked_through_later_permit_by_year", "unlinked_stock_by_month", "impossible_links_by_rule", "characteristics_of_unlinked",
		"unlinked_under_each_choice", "koblet compare"} {
		if !asked[name] {
			t.Errorf("%s is not in the table of method.md §7b", name)
		}
	}
}

// besideMeasures are macros that questions name as their measure and that are another's rows: of coverage without Nordic citizens, and
// what time to link is made of.
var besideMeasures = map[string]bool{"coverage_apart_verdicts": true, "link_delays": true}

// jarring are words of translated or everyday Danish, for which contributing.md has others: what is uafklaret, a dato, forventet, afsluttet.
var jarring = regexp.MustCompile(`\b(uvist|bærer|velformet|ventes|lige for lige|fuldt op|holdt op mod|endelige?|yngste|(afgørelses|bortfalds|opgørelses)dag(en)?)\b|\p{L}+ rå (andel|forskel)`)

// TestDanish: no text that people read has a word that jars.
func TestDanish(t *testing.T) {
	read := 0
	for path, text := range textsOfTheRepository(t) {
		texts := slices.Contains([]string{".go", ".sql", ".toml", ".csv"}, filepath.Ext(path))
		if !texts || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "synonyms.csv") {
			continue
		}
		read++
		for i, line := range strings.Split(text, "\n") {
			if word := jarring.FindString(strings.ToLower(line)); word != "" {
				t.Errorf("%s:%d: «%s»", path, i+1, word)
			}
		}
	}
	if read < 100 {
		t.Errorf("%d files were read", read)
	}
}

// rowsOfCodes are the rows of a code list, without its header.
func rowsOfCodes(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := registers.Codes().Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%s: %d rows, %v", name, len(rows), err)
	}
	return rows[1:]
}
