package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// chained are CPR records of which each but the last names the next as the number that replaced it.
func chained(numbers []string) string {
	var b strings.Builder
	b.WriteString("cpr_number,current_cpr_number,status,citizenship\n")
	for i, number := range numbers {
		if i+1 < len(numbers) {
			fmt.Fprintf(&b, "%s,%s,60,5436\n", number, numbers[i+1])
		} else {
			fmt.Fprintf(&b, "%s,,01,5436\n", number)
		}
	}
	return b.String()
}

// someNumbers are ten digits that make a day; nobody's, since no load here asks for a remainder.
func someNumbers(n int) []string {
	var numbers []string
	for i := range n {
		numbers = append(numbers, fmt.Sprintf("%02d%02d60%04d", 1+i%28, 1+i/28%12, 1000+i))
	}
	return numbers
}

// A chain of numbers is followed to its end, however long; a circle has none, is a finding and is no reason to go on for ever.
// Who comes to a circle from outside has no end either.
func TestChainsOfNumbers(t *testing.T) {
	n := someNumbers(700)
	long, circle, into := n[:600], n[600:603], n[603:606]
	cpr := chained(long)
	for i := range circle {
		cpr += fmt.Sprintf("%s,%s,60,5436\n", circle[i], circle[(i+1)%3])
		cpr += fmt.Sprintf("%s,%s,60,5436\n", into[i], slices.Concat(into[1:], circle[:1])[i])
	}
	l := loading(t, writeFiles(t, map[string]string{
		"cpr.csv":     cpr + n[606] + "," + n[606] + ",01,5436\n",
		"persons.csv": "person_id,cpr_number\nP1," + long[0] + "\nP2," + into[0] + "\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\nS2,P2,2013-01-01,granted\n",
	}))
	dir, receipt := load(t, l)
	if got := findingsOf(receipt); len(got) != 1 || got["cpr_persons.current_cpr_number circle_of_numbers"] != 3 {
		t.Errorf("findings %v, want the three numbers of the circle", got)
	}
	for question, want := range map[string][]string{
		"select count(*) || ' ' || count(leads_to) || ' ' || count(distinct leads_to) || ' ' || max(steps) from number_chains": {"605 599 1 599"},
		"select status || ' ' || count(*) from cpr_persons where carried = 'older' group by status order by all":               {"01 1", "60 603"},
		"select status || ' ' || count(*) from cpr_persons where carried = 'this' group by status order by all":                {"60 2"},
	} {
		if got := values(t, dir, theSnapshot, question); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
}

// Who is protected under one number of a long chain is so under the first and under the last.
func TestProtectedOverALongChain(t *testing.T) {
	n := someNumbers(40)
	records := []string{fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"})}
	for i, number := range n {
		switch i {
		case 39:
			records = append(records, fixed("001", number, map[int]string{24: "01"}))
		case 30:
			records = append(records, fixed("001", number, map[int]string{14: n[i+1], 24: "60"}), fixed("004", number, map[int]string{14: "0001", 18: "2012-01-01"}))
		default:
			records = append(records, fixed("001", number, map[int]string{14: n[i+1], 24: "60"}))
		}
	}
	records = append(records, fixed("999", "9999999999", map[int]string{14: "00000041"}))
	l := loading(t, writeFiles(t, map[string]string{
		"cpr.csv":     strings.Join(records, "\n") + "\n",
		"persons.csv": "person_id,cpr_number\nP1," + n[0] + "\nP2," + n[39] + "\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\nS2,P2,2013-01-01,granted\n",
	}))
	dir, _ := load(t, l)
	rows := values(t, dir, theIdentities, "select concat_ws(' ', protected, count(*)) from cpr_persons group by protected order by all")
	if !slices.Equal(rows, []string{"true 40"}) {
		t.Errorf("protected: %v, want all forty", rows)
	}
	if rows := values(t, dir, theIdentities, "select person_id from carl2_persons where not protected"); len(rows) > 0 {
		t.Errorf("persons shown: %v", rows)
	}
}
