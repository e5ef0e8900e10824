package analysis_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"koblet/analysis"
)

// inventedNumbers are numbers that cannot have been issued: their weighted sum leaves 1.
func inventedNumbers(n int) []string {
	var numbers []string
	for serial := 1000; len(numbers) < n; serial++ {
		for day := 1; day <= 28 && len(numbers) < n; day++ {
			text, sum := fmt.Sprintf("%02d0260%04d", day, serial), 0
			for i, weight := range []int{4, 3, 2, 7, 6, 5, 4, 3, 2, 1} {
				sum += weight * int(text[i]-'0')
			}
			if sum%11 == 1 {
				numbers = append(numbers, text)
			}
		}
	}
	return numbers
}

// Twenty links of one year: some came after a lapse, one permit is too young for a year to have passed, and some have no date.
// One without a date is 5 per cent and not more; two are. Each way of asking at equal age must see the same links.
func TestUndatedLinksAreHeldAgainstAllLinksEverywhere(t *testing.T) {
	for undated, concludes := range map[int]bool{1: true, 2: false} {
		persons, permits := "person_id,cpr_number,cpr_linked_on\nQ,,\n", "permit_id,person_id,decided_on,decision,category,lapsed_on\nQ,Q,2013-03-01,granted,work,\n"
		for i, number := range inventedNumbers(20) {
			decided, linked, lapsed := "2013-02-01", "2013-09-01", ""
			switch {
			case i < undated:
				linked = ""
			case i < 12:
				lapsed = "2013-05-01"
			case i == 12:
				decided, linked = "2013-12-30", "2014-02-01"
			}
			persons += fmt.Sprintf("P%d,%s,%s\n", i, number, linked)
			permits += fmt.Sprintf("S%d,P%d,%s,granted,work,%s\n", i, i, decided, lapsed)
		}
		s := smallStore(t, extracts{on(2014, 12, 1), persons, permits})
		for _, name := range []string{"late", "late_by_year", "late_by_category", "runoff_by_year", "unlinked_at_equal_age_by_year", "time_to_link"} {
			r := answerOf(t, s, on(2014, 12, 1), name, analysis.Scope{})
			if got := !strings.Contains(analysis.English(r.Notes), "No conclusion at equal age"); got != concludes || len(r.Rows) == 0 {
				t.Errorf("%d of 20 links without a date: %s concludes: %t, want %t (%d rows)", undated, name, got, concludes, len(r.Rows))
			}
		}
		own, err := analysis.ReadStudy([]byte(strings.NewReplacer("2005", "2013", "2009-06", "2013", "2014-12-31", "2014-12-01").Replace(ownStudy)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{own, own})
		if err != nil {
			t.Fatal(err)
		}
		if got := !strings.Contains(analysis.English(r.Notes), "No conclusion at equal age"); got != concludes {
			t.Errorf("%d of 20 links without a date: compare concludes: %t, want %t", undated, got, concludes)
		}
	}
}

// A study of another measure than the studies' own has no steps: its raw difference is of other permits than that at equal age.
func TestStudiesOfAnotherMeasureHaveNoSteps(t *testing.T) {
	s, _ := inventedStore(t, 2000, on(2014, 12, 31))
	read := func(measure string) analysis.Study {
		own, err := analysis.ReadStudy([]byte(fmt.Sprintf("measure = %q\n", measure) + ownStudy))
		if err != nil {
			t.Fatal(err)
		}
		return own
	}
	for measure, has := range map[string]bool{"unlinked": true, "unverified": false} {
		r, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{read("unlinked"), read(measure)})
		if err != nil {
			t.Fatal(err)
		}
		for _, of := range []string{"age", "mix", "rest"} {
			if v := figureOf(t, r, "all", "steps", of); math.IsNaN(v) == has {
				t.Errorf("unlinked against %s: step %s is %v", measure, of, v)
			}
		}
		if got := strings.Contains(analysis.English(r.Notes), "The difference is not taken apart"); got == has {
			t.Errorf("unlinked against %s: notes\n%s", measure, analysis.English(r.Notes))
		}
	}
}

// Each dash of a comparison has its reason, of each person's first permits too: there the one link without a date is too many.
func TestDashesOfFirstPermitsHaveTheirReason(t *testing.T) {
	persons, permits := "person_id,cpr_number,cpr_linked_on\n", "permit_id,person_id,decided_on,decision,category\n"
	for i, number := range inventedNumbers(11) {
		linked := "2013-09-01"
		if i == 0 {
			linked = ""
		}
		persons += fmt.Sprintf("P%d,%s,%s\n", i, number, linked)
		permits += fmt.Sprintf("S%d,P%d,2013-02-01,granted,work\n", i, i)
		if i > 0 {
			permits += fmt.Sprintf("T%d,P%d,2013-06-01,granted,work\n", i, i)
		}
	}
	s := smallStore(t, extracts{on(2014, 12, 31), persons, permits})
	read := func(from, category string) analysis.Study {
		own, err := analysis.ReadStudy([]byte(strings.NewReplacer("2005", from, "2009-06", from, "work", category).Replace(ownStudy)))
		if err != nil {
			t.Fatal(err)
		}
		return own
	}
	r, err := analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{read("2013", "work"), read("2013", "work")})
	if err != nil {
		t.Fatal(err)
	}
	if v := figureOf(t, r, "all", "equal_age", "difference"); v != 0 {
		t.Errorf("all registrations: difference %v, want 0: 1 of 21 links has no date", v)
	}
	if v := figureOf(t, r, "first_only", "equal_age", "difference"); !math.IsNaN(v) {
		t.Errorf("first permits: difference %v, want none: 1 of 11 links has no date", v)
	}
	if notes := analysis.English(r.Notes); !strings.Contains(notes, "No conclusion at equal age on own, each person's first permit: more than 5.0 per cent") ||
		strings.Contains(notes, "No conclusion at equal age on own:") {
		t.Errorf("notes:\n%s", notes)
	}
	r, err = analysis.CompareStudies(t.Context(), &analysis.Shelf{Store: s}, [2]analysis.Study{read("2013", "work"), read("2012", "work")})
	if err != nil {
		t.Fatal(err)
	}
	if notes := analysis.English(r.Notes); !strings.Contains(notes, "own: no permit of the period can be judged.") ||
		!strings.Contains(notes, "own, each person's first permit: no permit of the period can be judged.") {
		t.Errorf("notes:\n%s", notes)
	}
}
