package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// mostYears is how many years stand side by side in a block.
const mostYears = 8

// Blocks says which columns stand together where a page has so much room: at most eight years, and no more than it is wide. Each block begins with
// the columns that say what a row is. What stands under one head stays together where a block has room for it. The widths are of the columns.
func (t Table) Blocks(widths []int, page int) [][]int {
	var keys []int
	room := page
	for i := range t.telling(widths, page) {
		keys, room = append(keys, i), room-widths[i]
	}
	var out [][]int
	wide, dated := 0, 0
	for _, columns := range t.together(widths, len(keys), room) {
		w, y := 0, 0
		for _, i := range columns {
			w, y = w+widths[i], y+t.Columns[i].yearly()
		}
		if out == nil || wide+w > room || dated+y > mostYears {
			out, wide, dated = append(out, slices.Clone(keys)), 0, 0
		}
		last := len(out) - 1
		out[last], wide, dated = append(out[last], columns...), wide+w, dated+y
	}
	if out == nil {
		return [][]int{keys}
	}
	return out
}

// telling is how many columns are repeated in each block: those that say what a row is, and as many more as it takes to tell the rows apart,
// unless they would fill half the page.
func (t Table) telling(widths []int, page int) int {
	keys, wide := t.Keys(), 0
	for n := 1; n <= len(t.Columns); n++ {
		if wide += widths[n-1]; n > keys && wide > page/2 {
			return keys
		}
		seen := map[string]bool{}
		for _, r := range t.Rows {
			seen[fmt.Sprint(r.Cells[:n])] = true
		}
		if n >= keys && len(seen) == len(t.Rows) {
			return n
		}
	}
	return keys
}

// together are the columns that are not repeated: those under one head as one, where a block has room for them, else each alone.
func (t Table) together(widths []int, keys, room int) [][]int {
	var out [][]int
	for i := keys; i < len(t.Columns); {
		columns, wide, years := []int{}, 0, 0
		for head := t.Columns[i].Head; i < len(t.Columns) && (len(columns) == 0 || head != "" && t.Columns[i].Head == head); i++ {
			columns, wide, years = append(columns, i), wide+widths[i], years+t.Columns[i].yearly()
		}
		if wide <= room && years <= mostYears {
			out = append(out, columns)
			continue
		}
		for _, c := range columns {
			out = append(out, []int{c})
		}
	}
	return out
}

// yearly is 1 for a column of a year.
func (c Column) yearly() int {
	if _, err := time.Parse("2006", c.Name); err != nil {
		return 0
	}
	return 1
}

// Dated parts what a section counts, as it stands above a table, from the day of it in brackets: (opgjort pr. 31. december 2014). What names
// no day is of others, or of several, and gets none.
func (r Report) Dated(unit string) (caption, day string) {
	l := LocaleOf(r.Language)
	asOf := l.Word(WordAsOf)
	day = strings.ToLower(asOf[:1]) + asOf[1:] + " " + l.Day(r.AsOf)
	if caption, dated := strings.CutSuffix(unit, ", "+day); dated {
		return caption, " (" + day + ")"
	}
	return unit, ""
}

// Unsettled reports whether a column stands for a period that is not settled: its label says so.
func (t Table) Unsettled() bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { return strings.HasSuffix(c.Label, " "+Provisional.Beside()) })
}

// Marked are the marks that stand in a table, in cells and heads.
func (t Table) Marked() (marks []Mark) {
	for _, m := range []Mark{Hidden, Provisional, Divided} {
		if t.marked(m) || m == Provisional && t.Unsettled() {
			marks = append(marks, m)
		}
	}
	return marks
}
