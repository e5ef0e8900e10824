package profiles

import (
	"strings"

	"koblet/registers"
	"koblet/registers/records"
)

// Sample is one column of a file: what it would be read as, and what its first values look like.
type Sample struct {
	Position int      // counted from 1
	Shown    string   // its name, or the name's pattern where it might be somebody's data
	Field    string   // the field it is read as; empty where it is not loaded
	Patterns []string // of its values in the first five rows, as Pattern gives them; an empty value has an empty one
}

// Samples shows the columns of a file by the patterns of its first five rows: enough to see that a day is no number and
// a number no name, and nothing of what they are. The header is what the columns were matched to. A row that is short
// has empty values.
func Samples(columns []string, h Header, rows [][]string) []Sample {
	const shownRows = 5
	isHeader := records.IsHeader(columns, strings.Join(h.Fields, "") != "")
	samples := make([]Sample, len(columns))
	for i := range columns {
		samples[i] = Sample{Position: i + 1, Shown: shownAt(columns, h.Fields, i, isHeader), Field: h.Fields[i]}
		for _, row := range rows[:min(shownRows, len(rows))] {
			value := ""
			if i < len(row) {
				value = row[i]
			}
			samples[i].Patterns = append(samples[i].Patterns, registers.Pattern(value))
		}
	}
	return samples
}
