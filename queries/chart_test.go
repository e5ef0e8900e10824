package queries

import (
	"strings"
	"testing"
)

// A chart begins from a count of its own question, and from nothing else.
func TestAChartBeginsFromACount(t *testing.T) {
	i := 0
	for i = range All() {
		if All()[i].Name == "coverage_by_immigration_year" {
			break
		}
	}
	text := All()[i].SQL
	for line, refused := range map[string]string{"from pass": "", "from year": "the chart begins at year, which is no count", "from absent": "the chart begins at absent, which is no count"} {
		q, err := Parse("coverage_by_immigration_year", strings.Replace(text, "from pass", line, 1))
		switch {
		case refused == "" && (err != nil || q.Chart.From != "pass"):
			t.Errorf("%s: from %q, %v", line, q.Chart.From, err)
		case refused != "" && (err == nil || !strings.Contains(err.Error(), refused)):
			t.Errorf("%s: %v, want %q", line, err, refused)
		}
	}
}
