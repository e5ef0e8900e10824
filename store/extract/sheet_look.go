package extract

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"koblet/registers"
	"koblet/registers/records"
	"koblet/registers/workbook"
)

// lookWorkbook reads the header and the first rows of a sheet.
func (e *extract) lookWorkbook() error {
	book, err := workbook.Open(e.at, e.sheet)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	defer book.Close()
	if all := book.Names(); e.sheet == "" && len(all) > 1 {
		e.Chosen, e.others = book.Name, strings.Join(all, ", ")
	}
	rows, err := book.Rows()
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	defer rows.Close()
	var first [][]string
	var lines []int64
	for len(first) < 6 {
		cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("%s: %w", e.Path, err)
		}
		if cells = workbook.Filled(cells); len(cells) > 0 {
			first, lines = append(first, workbook.Texts(cells)), append(lines, rows.Row)
		}
	}
	if len(first) == 0 {
		return fmt.Errorf("%s: the sheet is empty", e.Path)
	}
	e.places, e.headerRow = registers.Places{Sheet: true, Left: leftOf(first)}, lines[0]
	begins := bytes.Buffer{}
	written := csv.NewWriter(&begins) // as text, for the header to be looked for below a title
	written.Comma = ';'
	for i, line := int(0), int64(0); i < len(first); i++ {
		for line++; line < lines[i]; line++ {
			begins.WriteByte('\n')
		}
		first[i] = first[i][min(e.places.Left, len(first[i])):]
		_ = written.Write(first[i]) // into memory
		written.Flush()
	}
	e.begins = begins.Bytes()
	e.Columns, e.First = first[0], first[1:]
	return nil
}

// leftOf is how many columns stand in front of a table: those without a name at the header's beginning, unless most of the rows
// below have something in them.
func leftOf(first [][]string) int {
	has := func(row []string, before int) bool { return strings.Join(row[:min(before, len(row))], "") != "" }
	left := 0
	for left < len(first[0]) && first[0][left] == "" {
		left++
	}
	rows := 0
	for _, row := range first[1:] {
		if has(row, left) {
			rows++
		}
	}
	if 2*rows > len(first)-1 {
		return 0
	}
	return left
}

// within gives the cells of a row that stand in the table's columns or behind them, and whether others stand in front of them.
func (e *extract) within(cells []workbook.Cell) (table []workbook.Cell, beside bool) {
	cells = workbook.Filled(cells)
	left := min(e.places.Left, len(cells))
	return cells[left:], len(workbook.Filled(cells[:left])) > 0
}

// mergedHeader says which cells of the header are merged, which only the end of the sheet does: a column whose name lies under
// another's cannot be told. It is empty where none are, or where the header stands further below.
func (e *extract) mergedHeader() string {
	if e.Format != "xlsx" || records.HeaderBelow(e.begins) > 0 {
		return ""
	}
	book, err := workbook.Open(e.at, e.sheet)
	if err != nil {
		return ""
	}
	defer book.Close()
	rows, err := book.Rows()
	if err != nil {
		return ""
	}
	defer rows.Close()
	for err == nil {
		_, err = rows.Next()
	}
	return workbook.HeaderMerges(rows.Merged, e.headerRow)
}
