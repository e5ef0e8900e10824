package queries

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestSchemaHasTheDayAsAConstant: a script that asks the table for the as-of day, in whatever spelling, would join it to each row.
func TestSchemaHasTheDayAsAConstant(t *testing.T) {
	scripts := strings.Join(Schema(time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC)), "\n")
	if strings.Contains(scripts, "as_of from") || strings.Contains(scripts, "$") {
		t.Error("the as-of day is asked for")
	}
	if !strings.Contains(scripts, "date '2014-12-31' - decided_on as age_days") {
		t.Error("a permit's age is not counted from the constant")
	}
}

func TestCatalogueParses(t *testing.T) {
	all := All()
	if len(all) < 8 {
		t.Fatalf("%d questions in the catalogue, want at least the eight of the annual report", len(all))
	}
	for _, q := range all {
		if found, err := Find(q.Name); err != nil || found.Name != q.Name {
			t.Errorf("Find(%q) = %q, %v", q.Name, found.Name, err)
		}
	}
}

// TestComputedIsHeldAgainstItsColumns: a header that asks for a computation must give its counts and promise only its figures.
func TestComputedIsHeldAgainstItsColumns(t *testing.T) {
	q, err := Find("time_to_link")
	if err != nil || q.Computed != "survival" {
		t.Fatalf("time_to_link is computed %q, %v", q.Computed, err)
	}
	for name, change := range map[string][2]string{
		"no such computation":           {"-- computed survival", "-- computed hazard"},
		"a count is missing":            {"--   undecided      BIGINT", "--   undecidable    BIGINT"},
		"a count is of another type":    {"--   undated        BIGINT ", "--   undated        DOUBLE "},
		"a figure that is not computed": {"--   at_risk        BIGINT", "--   in_danger      BIGINT"},
	} {
		text := strings.Replace(q.SQL, change[0], change[1], 1)
		if text == q.SQL {
			t.Errorf("%s: nothing to change", name)
		}
		if _, err := Parse("q", text); err == nil || !strings.Contains(err.Error(), "computed") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhatCountsStandsInBothLanguages: the prose of every head is there in Danish too, a paragraph for a paragraph, without names of code.
func TestWhatCountsStandsInBothLanguages(t *testing.T) {
	danish := regexp.MustCompile(`\b(og|er|ikke|eller|uden|af|den|som)\b`)
	for _, q := range All() {
		da, en := q.Explains.Da, q.Explains.En
		if en == "" || strings.Count(da, "\n") != strings.Count(en, "\n") {
			t.Errorf("%s: %d paragraphs in Danish, %d in English", q.Name, strings.Count(da, "\n")+1, strings.Count(en, "\n")+1)
		}
		if len(danish.FindAllString(da, -1)) < 3 || !strings.HasSuffix(da, ".") || len(da) < len(en)/2 {
			t.Errorf("%s: the Danish is not the whole in Danish: %s", q.Name, da)
		}
		if strings.ContainsAny(da, "_`") {
			t.Errorf("%s: the Danish has names of code: %s", q.Name, da)
		}
	}
}

// TestProseIsReadInParagraphs: lines are joined with a blank, an empty line parts two paragraphs, in either language; a list needs neither.
func TestProseIsReadInParagraphs(t *testing.T) {
	const head = "-- Hvor mange?\n-- How many?\n--\n-- One\n-- line.\n--\n-- Another.\n--\n"
	const below = "-- columns\n--   n  BIGINT [permits]  antal | number\nselect 1 as n\n"
	q, err := Parse("q", head+"-- forklaring\n--   Én\n--   linje.\n--\n--   En anden.\n--\n"+below)
	if want := (Words{Da: "Én linje.\nEn anden.", En: "One line.\nAnother."}); err != nil || q.Explains != want {
		t.Errorf("read as %q, %v; want %q", q.Explains, err, want)
	}
	q, err = Parse("q", head+below)
	if want := (Words{Da: "One line.\nAnother.", En: "One line.\nAnother."}); err != nil || q.Explains.Da != "" || q.WhatCounts() != want {
		t.Errorf("without Danish: %q, %v; want %q", q.WhatCounts(), err, want)
	}
}

// TestLeastNamesAKey: the row whose rate is a lower bound is named by what tells the rows apart, in a tally.
func TestLeastNamesAKey(t *testing.T) {
	q, err := Find("impossible_links_by_rule")
	if err != nil || q.Least != (Least{Key: "rule", Value: "any"}) {
		t.Fatalf("least is %q %q, %v", q.Least.Key, q.Least.Value, err)
	}
	for change, want := range map[[2]string]string{
		{"-- least rule any", "-- least pass any"}:                     "least pass: it is no key",
		{"  unknown            BIGINT", "  untested           BIGINT"}: "least rule: the answer is no tally, and has no rate",
	} {
		if _, err := Parse("q", strings.Replace(q.SQL, change[0], change[1], 1)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// TestApartNamesAKey: rows can be set apart by what tells them apart only.
func TestApartNamesAKey(t *testing.T) {
	q, err := Find("coverage_by_citizenship_group")
	if err != nil || q.Apart.Key != "citizenship_group" || q.Apart.Value != "nordic" {
		t.Fatalf("apart is %q %q, %v", q.Apart.Key, q.Apart.Value, err)
	}
	if _, err := Parse("q", strings.Replace(q.SQL, "-- apart citizenship_group", "-- apart pass", 1)); err == nil || !strings.Contains(err.Error(), "apart pass: it is no key") {
		t.Errorf("apart by a count: %v", err)
	}
}

// Each parameter of ours is explained in both languages, in the files of questions and in all others that declare any.
func TestParametersAreExplainedInBothLanguages(t *testing.T) {
	for _, q := range All() {
		for _, p := range q.Params {
			if p.Meaning.Da == "" || p.Meaning.En == "" || p.Meaning.Da == p.Meaning.En {
				t.Errorf("%s: %s means %q", q.Name, p.Name, p.Meaning)
			}
		}
	}
	declared := 0
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".sql" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, line := range strings.Split(string(text), "\n") {
			item, header := strings.CutPrefix(line, "--")
			if !header {
				break
			}
			if m := paramLine.FindStringSubmatch(strings.TrimSpace(item)); m != nil && !strings.Contains(m[4], " | ") {
				t.Errorf("%s: %s: want dansk | English", path, m[1])
			} else if m != nil {
				declared++
			}
		}
		return err
	})
	if err != nil || declared < 200 {
		t.Errorf("%d items, %v", declared, err)
	}
}

// A user's own question may explain a parameter in one language.
func TestMeaningInOneLanguageStandsForBoth(t *testing.T) {
	for text, want := range map[string]Words{"how old": {Da: "how old", En: "how old"}, "hvor gammel | how old": {Da: "hvor gammel", En: "how old"}} {
		if got := meant(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestHeadsAreInWords: what counts is read by people, in words: no column's name in a programmer's quotation marks, and no day in a machine's spelling.
func TestHeadsAreInWords(t *testing.T) {
	for _, q := range All() {
		for _, text := range []string{q.Explains.Da, q.Explains.En} {
			if found := regexp.MustCompile(`«\w+»|\d{4}-\d\d-\d\d`).FindString(text); found != "" {
				t.Errorf("%s: what counts has %s", q.Name, found)
			}
		}
	}
}
