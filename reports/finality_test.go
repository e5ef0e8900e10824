package reports

import (
	"strings"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
)

// one is a result of one key column and one count.
func one(t *testing.T, key, kind string, value any) analysis.Result {
	t.Helper()
	q, err := queries.Parse("q", "-- Hvad?\n-- What?\n-- columns\n--   "+key+"  "+kind+"  Nøgle | Key\n--   n  BIGINT [permits]  antal | count\nselect 1;")
	if err != nil {
		t.Fatal(err)
	}
	return analysis.Result{Question: q, Columns: q.Columns, Rows: [][]any{{value, int64(7)}}}
}

// Which periods are provisional the answer says; package analysis tests it.
func TestAnAnswerIsFinalOnlyWhenNoneOfItsPeriodsIsProvisional(t *testing.T) {
	asOf := time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		key, kind string
		value     any
		want      string
	}{
		{"year", "BIGINT", int64(2014), "Internal edition · Provisional"},
		{"year", "BIGINT", int64(2013), "Internal edition · Final"},
		{"month", "VARCHAR", "2014-01", "Internal edition · Provisional"},
		{"month", "VARCHAR", "2013-12", "Internal edition · Final"},
		{"year", "BIGINT", nil, "Internal edition · Final"},
		{"category", "VARCHAR", "work", "Internal edition"},
	} {
		answer := one(t, test.key, test.kind, test.value)
		answer.Provisional = []any{int64(2014), "2014-01"}
		report, err := Single(answer, Commission{Language: "en", Provenance: Provenance{AsOf: asOf}})
		if err != nil {
			t.Fatal(err)
		}
		if got, _, _ := strings.Cut(report.EditionLine(), ":"); !strings.EqualFold(got, test.want) {
			t.Errorf("%s %v: %q, want %q", test.key, test.value, got, test.want)
		}
		said := strings.Join(report.Sections[0].Notes, "\n") // the made-up question counts no permits
		if moves := strings.HasSuffix(test.want, "Provisional"); strings.Contains(said, "the period's last day lies less than 365 days before") != moves || strings.Contains(said, "youngest permit") {
			t.Errorf("%s %v: notes %q", test.key, test.value, said)
		}
	}
}
