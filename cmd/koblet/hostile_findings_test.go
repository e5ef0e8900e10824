package main

import (
	"io/fs"
	"strings"
	"testing"

	"koblet/registers"
)

// hostileFindings are files that are loaded although something in them is wrong: with those of the other cases they reach
// every reason of the closed list.
func hostileFindings() []hostile {
	one, two := person("0102801238"), person("0203801233")
	uncertain := one[:37] + "*" + one[38:] // after the day of the status
	fixed := func(name string, text string, records int64, findings map[string]int64) hostile {
		return hostile{name: name, file: "cpr.csv", text: text, encoding: "iso-8859-1", loaded: [4]int64{records, 2, records - 2, 0}, findings: findings}
	}
	return []hostile{
		{name: "a person in two rows", file: "persons.csv", encoding: "utf-8", loaded: [4]int64{5, 1, 4, 0},
			text:     "person_id,cpr_number,cpr_linked_on\nA-1,0102801238,2015-06-01\nA-1,0203801233,\nA-2,,\n A-2,,\n",
			findings: map[string]int64{"person_id repeated": 2, "person_id surrounding_blanks": 1, "cpr_linked_on link_after_as_of": 1}},
		{name: "numbers in a circle", file: "cpr.csv", encoding: "utf-8", loaded: [4]int64{3, 1, 2, 0},
			text:     "cpr_number,current_cpr_number,status\n0102801238,0203801233,60\n0203801233,0102801238,60\n",
			findings: map[string]int64{"current_cpr_number circle_of_numbers": 2}},
		{name: "lapsed on no day", file: "permits.csv", encoding: "utf-8", loaded: [4]int64{4, 1, 3, 0},
			text:     "permit_id,person_id,decided_on,decision,lapsed_on\nP-1,A-1,2013-01-10,lapsed,\nP-2,A-1,2013-01-10,revoked,2013-02-30\nP-3,A-1,2013-01-10,granted,\n",
			findings: map[string]int64{"lapsed_on missing_lapse_day": 1, "lapsed_on not_a_date": 1}},
		{name: "days that are none or nobody's", file: "permits.csv", encoding: "utf-8", loaded: [4]int64{6, 1, 5, 0},
			text:     permitsHead + "P-1,A-1,,granted\nP-2,A-1,,pending\nP-3,A-1,0001-01-01,granted\nP-4,A-1,1950-01-01,granted\nP-5,A-1,2013-01-10,refused\n",
			findings: map[string]int64{"decided_on missing_decision_day": 1, "decided_on implausible_day": 1}},
		fixed("a day that CPR is not sure of", cprLines(strings.Replace(uncertain, strings.Repeat(" ", 12)+"*", "201001010000*", 1)), 3, map[string]int64{" uncertain_date": 1}),
		fixed("a record after the next person's", cprLines(one, two, "0050102801238"+strings.Repeat(" ", 187)), 5, map[string]int64{" out_of_order": 1}),
		fixed("a record with more than it holds", cprLines(one, "0080102801238"+strings.Repeat("X", 2000)), 4, map[string]int64{" surplus_bytes": 1820}),
	}
}

// codesOf are the codes of a list of words.csv: of «reject» and «finding» the closed lists of reasons.
func codesOf(t *testing.T, list string) []string {
	t.Helper()
	text, err := fs.ReadFile(registers.Codes(), "words.csv")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, list+","); ok {
			code, _, _ := strings.Cut(rest, ",")
			codes = append(codes, code)
		}
	}
	return codes
}
