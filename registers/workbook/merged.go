package workbook

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"koblet/registers"
)

// Merge is a block of cells that a workbook shows as one. Its value stands in the first; the others have none.
type Merge struct {
	ref         string // as A2:A4
	first, last int64  // rows
	left, right int    // columns, counted from the table's first; below 0 in front of it
	value       Cell
}

func (m Merge) across() bool { return m.left < m.right }

// mergeOf reads a reference, as A2:A4.
func mergeOf(ref string) (Merge, error) {
	from, to, _ := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	m := Merge{ref: ref, left: columnOf(from), right: columnOf(cmp.Or(to, from))}
	var wrong [2]error
	m.first, wrong[0] = rowOf(from)
	m.last, wrong[1] = rowOf(cmp.Or(to, from))
	if errors.Join(wrong[:]...) != nil || m.left < 0 || m.left > m.right || m.first > m.last {
		return Merge{}, errors.New("the sheet's list of merged cells cannot be read; save the workbook again")
	}
	return m, nil
}

func rowOf(ref string) (int64, error) {
	return strconv.ParseInt(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 10, 64)
}

// Merges are the blocks of a sheet, in the order of their rows. Their list stands behind the rows: a sheet that has any is
// read twice.
type Merges struct {
	places registers.Places
	coming []Merge
	open   []Merge // those that reach the row that is looked at
	below  string  // of the last that is all of its row: its reference
}

// MergesOf takes the blocks that touch a column that is read; nil where none does.
func MergesOf(all []Merge, places registers.Places, read []bool) *Merges {
	m := &Merges{places: places}
	for _, block := range all {
		block.left, block.right = block.left-places.Left, block.right-places.Left
		reads := false
		for i := max(block.left, 0); i <= block.right && i < len(read); i++ {
			reads = reads || read[i]
		}
		if reads && (block.across() || block.first < block.last) {
			m.coming = append(m.coming, block)
		}
	}
	if len(m.coming) == 0 {
		return nil
	}
	slices.SortStableFunc(m.coming, func(a, b Merge) int { return cmp.Compare(a.first, b.first) })
	return m
}

// Header refuses blocks that touch the header: which of its names the rows beneath belong to, they do not say.
func (m *Merges) Header(row int64) error {
	if text := HeaderMerges(m.coming, row); text != "" {
		return errors.New(text)
	}
	return nil
}

// HeaderMerges says which blocks touch the header, and the cure; nothing where none does.
func HeaderMerges(all []Merge, row int64) string {
	var refs []string
	for _, block := range all {
		if block.first <= row && row <= block.last && (block.across() || block.first < block.last) {
			refs = append(refs, block.ref)
		}
	}
	if len(refs) == 0 {
		return ""
	}
	const most = 5
	text := strings.Join(refs[:min(len(refs), most)], ", ")
	if more := len(refs) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return "cells " + text + " of the header are merged; undo that, give each column its own name, and save the workbook again"
}

// Fill gives the cells of a record with the values of the blocks of one column that reach it, as Excel shows them. A block
// across columns does not say whose value it is: where it is all of its row, the row is no record (a note, a total) and may stand
// below the table only; else it is refused.
func (m *Merges) Fill(row int64, cells []Cell) (filled []Cell, isRecord bool, err error) {
	for len(m.coming) > 0 && m.coming[0].first <= row {
		block := m.coming[0]
		m.coming = m.coming[1:]
		if block.first == row && block.left >= 0 && block.left < len(cells) {
			block.value = cells[block.left]
		}
		if block.value != (Cell{}) {
			m.open = append(m.open, block)
		}
	}
	m.open = slices.DeleteFunc(m.open, func(block Merge) bool { return block.last < row })
	for _, block := range m.open {
		switch {
		case block.across() && isAllOf(block, row, cells):
			m.below = block.ref
			return nil, false, nil
		case block.across():
			return nil, false, fmt.Errorf("cells %s are merged across columns; undo that and save the workbook again", block.ref)
		case row == block.first:
			continue
		}
		for len(cells) <= block.left {
			cells = append(cells, Cell{})
		}
		if own := cells[block.left]; own != (Cell{}) && own != block.value {
			return nil, false, fmt.Errorf("row %d, column %s: another value lies hidden under the merged cells %s; undo that and save the workbook again", row, m.places.Name(block.left), block.ref)
		}
		cells[block.left] = block.value
	}
	if m.below != "" {
		return nil, false, fmt.Errorf("cells %s are merged across columns; undo that and save the workbook again", m.below)
	}
	return cells, true, nil
}

// isAllOf reports whether the block's value is all that its first row has, or else whether the row has nothing.
func isAllOf(block Merge, row int64, cells []Cell) bool {
	for i, c := range cells {
		if c != (Cell{}) && (i != block.left || row != block.first) {
			return false
		}
	}
	return true
}
