package analysis_test

import (
	"fmt"
	"testing"

	"koblet/analysis"
	"koblet/queries"
)

// Whatever days stand in the extracts, every question answers, and no year or month is there that nobody has.
func TestNoDayStopsAQuestion(t *testing.T) {
	days := []string{"0001-01-01", "0099-12-31", "1753-01-01", "1900-01-01", "2013-02-01", "2014-12-31", "9999-12-31", "-44", ""}
	persons, permits := "person_id,cpr_number,cpr_linked_on,birth_date,sex,citizenship,entered_on\n",
		"permit_id,person_id,decided_on,decision,legal_basis,category,valid_from,valid_to,lapsed_on,municipality_code\n"
	for i, number := range inventedNumbers(len(days) * len(days)) {
		a, b := days[i%len(days)], days[i/len(days)]
		persons += fmt.Sprintf("P%d,%s,%s,%s,K,5436,%s\n", i, number, b, a, b)
		permits += fmt.Sprintf("S%d,P%d,%s,%s,§ 9,family,%s,9999-12-31,%s,0101\n", i, i, a, []string{"granted", "lapsed"}[i%2], b, b)
	}
	snapshot, err := smallStore(t, extracts{on(2014, 12, 31), persons, permits}).Snapshot(t.Context(), on(2014, 12, 31))
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	for _, q := range queries.All() {
		for name, scope := range restricted(q, "") {
			r, err := analysis.Run(t.Context(), snapshot, q, scope)
			if err != nil {
				t.Errorf("%s %s: %v", q.Name, name, err)
			}
			if len(r.Rows) > 40 {
				t.Errorf("%s %s: %d rows of nine days", q.Name, name, len(r.Rows))
			}
		}
	}
	r, err := analysis.Run(t.Context(), snapshot, find(t, "unlinked_by_year"), analysis.Scope{})
	if err != nil || r.Value(0, "year") != int64(1) || r.Value(0, "total") != int64(len(days)) {
		t.Errorf("the first row is %v, %v: a possible day keeps its year", r.Rows[0], err)
	}
}
