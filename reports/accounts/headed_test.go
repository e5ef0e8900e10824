package accounts

import (
	"testing"

	"koblet/reports"
)

// A title begins with a capital, but a file keeps its name.
func TestFilesKeepTheirNames(t *testing.T) {
	for title, want := range map[string]string{
		"compared with 2015-01-31.r1, 28 days before": "Compared with 2015-01-31.r1, 28 days before",
		"permits.csv: what the profile reads":         "permits.csv: what the profile reads",
		"in/book.xlsx: what the profile reads":        "in/book.xlsx: what the profile reads",
	} {
		if got := Headed(reports.Report{Sections: []reports.Section{{Title: title}}}).Sections[0].Title; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
