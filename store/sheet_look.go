package store

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"koblet/registers"
)

// lookWorkbook reads the header and the first rows of a sheet.
func (e *extract) lookWorkbook() error {
	book, err := openWorkbook(e.at, e.sheet)
	if err != nil {
		return fmt.Errorf("%s: %w", e.path, err)
	}
	defer book.close() //nolint:errcheck // it was only read
	if e.sheet == "" && len(book.sheets) > 1 {
		e.chosen, e.others = book.name, strings.Join(namesOf(book.sheets), ", ")
	}
	rows, err := book.rows()
	if err != nil {
		return fmt.Errorf("%s: %w", e.path, err)
	}
	defer rows.from.Close()
	var first [][]string
	var lines []int64
	for len(first) < 6 {
		cells, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("%s: %w", e.path, err)
		}
		if cells = filled(cells); len(cells) > 0 {
			first, lines = append(first, cellTexts(cells)), append(lines, rows.row)
		}
	}
	if len(first) == 0 {
		return fmt.Errorf("%s: the sheet is empty", e.path)
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
	e.columns, e.first = first[0], first[1:]
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
func (e *extract) within(cells []sheetCell) (table []sheetCell, beside bool) {
	cells = filled(cells)
	left := min(e.places.Left, len(cells))
	return cells[left:], len(filled(cells[:left])) > 0
}

// filled cuts off the empty cells at a row's end.
func filled(cells []sheetCell) []sheetCell {
	for len(cells) > 0 && cells[len(cells)-1] == (sheetCell{}) {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func cellTexts(cells []sheetCell) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = c.text
	}
	return all
}

// mergedHeader says which cells of the header are merged, which only the end of the sheet does: a column whose name lies under
// another's cannot be told. It is empty where none are, or where the header stands further below.
func (e *extract) mergedHeader() string {
	if e.format != "xlsx" || registers.HeaderBelow(e.begins) > 0 {
		return ""
	}
	book, err := openWorkbook(e.at, e.sheet)
	if err != nil {
		return ""
	}
	defer book.close() //nolint:errcheck // it was only read
	rows, err := book.rows()
	if err != nil {
		return ""
	}
	defer rows.from.Close()
	for err == nil {
		_, err = rows.next()
	}
	return headerMerges(rows.merged, e.headerRow)
}
