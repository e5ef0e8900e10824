package print

import (
	"encoding/csv"
	"fmt"
	"io"

	"koblet/analysis"
	"koblet/reports"
)

// CSV writes an answer for machines: comma, UTF-8, a header of the question's column names, point as decimal mark, no
// grouping, days as 2014-12-31, an empty field where a cell is not applicable. Text is kept as it is.
func CSV(w io.Writer, r analysis.Result) error {
	out := csv.NewWriter(w)
	record := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		record[i] = c.Name
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for n, cells := range r.Rows {
		for i, v := range cells {
			text, err := reports.Plain(v)
			if err != nil {
				return fmt.Errorf("row %d: %s: %w", n+1, r.Columns[i].Name, err)
			}
			record[i] = text
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
