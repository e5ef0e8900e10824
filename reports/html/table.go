package html

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"koblet/reports"
)

type pageTable struct {
	Number   string // "Tabel 1"
	Caption  string
	Spans    []pageHead // shared heads, where there are any
	Heads    []pageHead
	Rows     []pageRow
	Open     bool
	Summary  string
	Short    bool        // of a height that print keeps on one page
	RowsWord string      // 2.123 rækker
	Class    string      // "wide" where it has many columns, "key" for the key figures
	Turn     bool        // too wide for a page held upright
	Parts    []pageTable // for print, where it is too wide for a page turned as well: its columns in parts, the first repeated
}

type pageHead struct {
	Label, Unit string
	Span        int
	Number      bool
	Start       bool // the first column under a shared head
}

type pageRow struct {
	Kind  reports.Kind
	Cells []pageCell
}

type pageCell struct {
	Text, Mark string
	Number     bool
	Start      bool
	Kind       string // "date" for a day or a month, or "long" for a hash or another long word that may break
}

func (n *numbering) table(l reports.Locale, t reports.Table, s reports.Section) *pageTable {
	n.tables++
	caption := s.Unit
	if caption == "" {
		caption = s.Sheet
	}
	out := newPageTable(l, t, caption)
	out.Number = fmt.Sprintf("%s %d", l.Word(reports.WordTable), n.tables)
	return &out
}

func newPageTable(l reports.Locale, t reports.Table, caption string) pageTable {
	t = t.Joined(l)
	out := laid(l, t)
	out.Caption, out.RowsWord = caption, l.Value(int64(len(t.Rows)), "rows")+" "+l.Word(wordRows)
	out.Open = len(t.Rows) <= openRows
	out.Short = out.Open
	if len(t.Columns) > openRows {
		out.Class = "wide"
	}
	groups := printed(widths(out))
	if out.Turn = len(groups) > 0; len(groups) > 1 {
		for _, columns := range groups {
			out.Parts = append(out.Parts, laid(l, t.Part(columns)))
		}
	}
	return out
}

// How wide a table may be on a page of A4, in points, upright and turned; and what a letter and the room around a cell take there.
const (
	uprightWidth, turnedWidth = 482.0, 728.0
	letterWidth, cellRoom     = 4.3, 8.0
)

// widths guesses how wide each column stands in print: as its longest cell, or the longest word of its head.
func widths(t pageTable) []float64 {
	out := make([]float64, len(t.Heads))
	for i, h := range t.Heads {
		letters := 0
		for _, word := range strings.Fields(h.Label + " " + h.Unit) {
			letters = max(letters, utf8.RuneCountInString(word))
		}
		for _, r := range t.Rows {
			n := utf8.RuneCountInString(r.Cells[i].Text + r.Cells[i].Mark)
			switch {
			case r.Cells[i].Kind == "long":
				n = 16 // broken anywhere, in smaller letters
			case !h.Number:
				n = min(n, 20) // broken between words
			}
			letters = max(letters, n)
		}
		out[i] = letterWidth*float64(letters) + cellRoom
	}
	return out
}

// printed says which columns stand together in print: nothing where all find room on a page held upright, all of them where they do on one
// that is turned, else as many at a time as do, the first, which says what a row is, repeated.
func printed(widths []float64) [][]int {
	sum := 0.0
	for _, w := range widths {
		sum += w
	}
	if sum <= uprightWidth || len(widths) < 2 {
		return nil
	}
	var groups [][]int
	used := turnedWidth
	for i, w := range widths[1:] {
		if used+w > turnedWidth {
			groups, used = append(groups, []int{0}), widths[0]
		}
		last := len(groups) - 1
		groups[last], used = append(groups[last], i+1), used+w
	}
	return groups
}

// laid sets a table's heads and rows.
func laid(l reports.Locale, t reports.Table) pageTable {
	var out pageTable
	shared := false
	for i, c := range t.Columns {
		start := c.Head != "" && (i == 0 || t.Columns[i-1].Head != c.Head)
		out.Heads = append(out.Heads, pageHead{Label: c.Label, Unit: l.UnitBeside(c.Label, c.Unit), Number: c.Numeric(), Start: start})
		shared = shared || c.Head != ""
		if n := len(out.Spans); n > 0 && c.Head == out.Spans[n-1].Label {
			out.Spans[n-1].Span++
		} else {
			out.Spans = append(out.Spans, pageHead{Label: c.Head, Span: 1, Start: start})
		}
	}
	if !shared {
		out.Spans = nil
	}
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, newPageRow(l, t, r, out.Heads))
	}
	return out
}

// month is a month as the machine formats write it.
var month = regexp.MustCompile(`^\d{4}-\d{2}$`)

func newPageRow(l reports.Locale, t reports.Table, r reports.Row, heads []pageHead) pageRow {
	row := pageRow{Kind: r.Kind}
	for i, c := range r.Cells {
		cell := pageCell{Number: heads[i].Number, Start: heads[i].Start}
		if _, ok := c.Value.(time.Time); ok && c.Word == "" { // a day that has a name is called by it
			cell.Kind = "date"
		}
		if text, ok := c.Value.(string); !ok || text != "" || c.Word != "" || c.Mark != "" {
			cell.Text = whole(l.Bare(c, t.Columns[i].Unit))
			switch {
			case ok && len(text) > 40 && !strings.Contains(text, " "):
				cell.Kind = "long"
			case ok && month.MatchString(text):
				cell.Kind = "date"
			}
		}
		cell.Mark = c.Mark.Beside()
		row.Cells = append(row.Cells, cell)
	}
	return row
}
