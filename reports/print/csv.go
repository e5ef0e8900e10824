package print

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

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

// SectionCSV writes the table of a section, in long form where it has one, for people who open it in a spreadsheet: as the
// machine format, with an apostrophe before text that a spreadsheet would run as a formula. A hidden cell is its mark; other marks
// stand in a last column, where a row has one.
func SectionCSV(w io.Writer, s reports.Section) error {
	t := s.Table
	if s.Detail != nil {
		t = *s.Detail
	}
	marked := slices.ContainsFunc(t.Rows, func(r reports.Row) bool { return signs(r) != "" })
	out := csv.NewWriter(w)
	var record []string
	for _, c := range t.Columns {
		record = append(record, guarded(c.Name))
	}
	if marked {
		record = append(record, "mark")
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for n, row := range t.Rows {
		record = record[:0]
		for i, c := range row.Cells {
			text, err := sheetText(c)
			if err != nil {
				return fmt.Errorf("row %d: %s: %w", n+1, t.Columns[i].Name, err)
			}
			record = append(record, text)
		}
		if marked {
			record = append(record, signs(row))
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// signs are the marks of a row, each once.
func signs(r reports.Row) string {
	var out []string
	for _, c := range r.Cells {
		if sign := c.Mark.Beside(); sign != "" && !slices.Contains(out, sign) {
			out = append(out, sign)
		}
	}
	return strings.Join(out, " ")
}

func sheetText(c reports.Cell) (string, error) {
	if c.Mark == reports.Hidden {
		return "[c]", nil
	}
	_, isText := c.Value.(string)
	if c.Word != "" && (isText || c.Value == nil) {
		return guarded(c.Word), nil
	}
	text, err := reports.Plain(c.Value)
	if isText {
		text = guarded(text)
	}
	return text, err
}

// guarded keeps a spreadsheet from running text as a formula.
func guarded(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
