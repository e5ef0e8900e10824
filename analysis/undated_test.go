package analysis_test

import (
	"fmt"
	"strings"
	"testing"

	"koblet/analysis"
	"koblet/queries"
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
			if got := !strings.Contains(english(r.Notes), "No conclusion at equal age"); got != concludes || len(r.Rows) == 0 {
				t.Errorf("%d of 20 links without a date: %s concludes: %t, want %t (%d rows)", undated, name, got, concludes, len(r.Rows))
			}
		}
		own, err := analysis.ReadStudy([]byte(strings.NewReplacer("2005", "2013", "2009-06", "2013", "2014-12-31", "2014-12-01").Replace(ownStudy)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := analysis.CompareStudies(t.Context(), s, [2]analysis.Study{own, own})
		if err != nil {
			t.Fatal(err)
		}
		if got := !strings.Contains(english(r.Notes), "No conclusion at equal age"); got != concludes {
			t.Errorf("%d of 20 links without a date: compare concludes: %t, want %t", undated, got, concludes)
		}
	}
}

func english(notes []queries.Words) string {
	var text strings.Builder
	for _, n := range notes {
		text.WriteString(n.En + "\n")
	}
	return text.String()
}
