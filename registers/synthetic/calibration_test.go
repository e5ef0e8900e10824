package synthetic

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// groupCategory gives the category of the groups that belong to one.
func groupCategory(t *testing.T) map[string]string {
	m, err := loadModel()
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]string{}
	for _, g := range m.groups {
		of[g.code] = categories[g.category]
	}
	return of
}

// scan reads the rows of a CSV file one by one.
func scan(t *testing.T, path string, see func(field func(column string) string)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	lines := csv.NewReader(bufio.NewReaderSize(file, 1<<20))
	lines.ReuseRecord = true
	var row []string
	at := map[string]int{}
	field := func(column string) string { return row[at[column]] }
	for {
		if row, err = lines.Read(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		if len(at) > 0 {
			see(field)
			continue
		}
		for i, column := range row {
			at[strings.Clone(column)] = i
		}
	}
}

// unlinked counts the granted permits of refugees and family-reunified decided in a span of days by the measure unlinked
// (docs/method.md §7), from the files alone.
func unlinked(t *testing.T, dir, from, to string) (pass, fail, unknown int) {
	of := groupCategory(t)
	numbers := map[string]string{}
	scan(t, filepath.Join(dir, "carl2_persons.csv"), func(field func(string) string) {
		id := strings.Clone(field("person_id"))
		numbers[id] = max(numbers[id], strings.Clone(field("cpr_number")))
	})
	seen := map[string]bool{}
	scan(t, filepath.Join(dir, "carl2_permits.csv"), func(field func(string) string) {
		category, day, id := field("category"), field("decided_on"), field("permit_id")
		if !slices.Contains(categories, category) {
			category = of[field("person_group")]
		}
		if seen[id] || category != "asylum" && category != "family" || day < from || day > to || !isDate(day) ||
			!slices.Contains([]string{"granted", "lapsed", "revoked"}, field("decision")) {
			return
		}
		seen[strings.Clone(id)] = true
		switch number, known := numbers[field("person_id")]; {
		case !known:
			unknown++
		case number == "":
			fail++
		case wellFormed(number):
			pass++
		default:
			unknown++
		}
	})
	return pass, fail, unknown
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// wellFormed is the rule of docs/method.md §4, written again for the test.
func wellFormed(text string) bool {
	if len(text) != 10 || strings.Trim(text, "0123456789") != "" {
		return false
	}
	century := "19"
	switch yy, digit := text[4:6], text[6]; {
	case digit >= '5' && digit <= '8' && yy >= "58":
		century = "18"
	case digit >= '5' && digit <= '8', (digit == '4' || digit == '9') && yy <= "36":
		century = "20"
	}
	return isDate(century + text[4:6] + "-" + text[2:4] + "-" + text[:2])
}

func TestTheStudiesComeOutAsPublished(t *testing.T) {
	// The published figures are 10 and 3 pct. The second study has some 2,400 permits at 300,000, so other seeds stray by a few
	// tenths; fewer permits than that would say nothing of it.
	seeds := []uint64{0, 1}
	if raceDetector {
		seeds = seeds[:1]
	}
	for _, seed := range seeds {
		s := write(t, Options{Permits: 300_000, Seed: seed, AsOf: studyDays()})
		for _, study := range []struct {
			folder    int
			from, to  string
			low, high float64
		}{{0, "1997-01-01", "2010-12-31", 9.5, 10.5}, {1, "2013-01-01", "2013-12-31", 2.7, 3.3}} {
			pass, fail, unknown := unlinked(t, s.Folders[study.folder].Dir, study.from, study.to)
			rate := 100 * float64(fail) / float64(pass+fail)
			t.Logf("seed %d: %s to %s: %d of %d unlinked, %.2f pct., %d unknown", seed, study.from, study.to, fail, pass+fail, rate, unknown)
			if rate < study.low || rate > study.high {
				t.Errorf("seed %d: permits of %s to %s: %.2f pct. unlinked, want %.1f to %.1f", seed, study.from, study.to, rate,
					study.low, study.high)
			}
		}
	}
}

func TestVolumesFollowTheTable(t *testing.T) {
	m, err := loadModel()
	if err != nil {
		t.Fatal(err)
	}
	const permits = 40_000
	x := invent(t, Options{Permits: permits, Seed: 5, AsOf: []time.Time{on("2024-12-31")}})
	decided := 0.0
	for key, granted := range m.volumes {
		o := m.outcomes[key[1]]
		decided += granted * (1 + o.refused + o.withdrawn)
	}
	ids := map[string]bool{}
	for _, p := range x.permits[0] {
		ids[p["permit_id"]] = true
	}
	if len(ids) != permits {
		t.Errorf("permit cases: %d, want %d", len(ids), permits)
	}
	seen := 0
	for _, c := range x.planted.AsOf[0].Cohorts {
		want := m.volume(c.Year, slices.Index(categories, c.Category)) * permits / decided
		if math.Abs(float64(c.Granted)-want) > 2+0.01*want {
			t.Errorf("%d %s: %d granted, want %.1f", c.Year, c.Category, c.Granted, want)
		}
		seen++
	}
	if seen < 150 {
		t.Errorf("cohorts: %d, want the table's", seen)
	}
}

func TestExpectedRatesAreThoseWritten(t *testing.T) {
	x := invent(t, Options{Permits: 50_000, Seed: 9, AsOf: studyDays()})
	for _, d := range x.planted.AsOf {
		for _, c := range d.Cohorts {
			n := float64(c.First)
			got := float64(c.FirstUnlinked) / n
			// four standard errors and a little for the groups that come as families
			if limit := 4*math.Sqrt(c.Expected*(1-c.Expected)/n) + 0.02; c.First > 0 && math.Abs(got-c.Expected) > limit {
				t.Errorf("%s: %d %s: %.4f of %d first permits unlinked, expected %.4f", d.Day, c.Year, c.Category, got, c.First, c.Expected)
			}
		}
	}
}

func TestVolumesAreThePublishedOnes(t *testing.T) {
	published, err := os.ReadFile(filepath.Join("testdata", "published_volumes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := records("volumes")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, r := range rows {
		if r["how"] != "published" {
			continue
		}
		checked++
		if line := "\n" + r["year"] + "," + r["category"] + "," + r["permits"] + ","; !strings.Contains(string(published), line) {
			t.Errorf("%s %s %s is marked published and is not", r["year"], r["category"], r["permits"])
		}
	}
	if checked != 7 || strings.Count(string(published), "\n") != 9 {
		t.Errorf("published volumes: %d, want the 7 of the file", checked)
	}
}
