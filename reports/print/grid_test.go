package print

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"koblet/queries"
	"koblet/reports"
)

// printed is a report of one table as so many columns show it.
func printed(t *testing.T, table reports.Table, columns int) string {
	t.Helper()
	var out bytes.Buffer
	r := reports.Report{Language: "en", Sections: []reports.Section{{Title: "Title", Table: table}, {Name: "provenance"}}}
	if err := TextWithin(&out, r, columns); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(out.String(), "Title\n\n")
}

// wide has a year, a name and so many columns of figures.
func wide(figures int) reports.Table {
	t := reports.Table{Columns: []reports.Column{
		{Name: "year", Label: "Year", Role: queries.Key}, {Name: "name", Label: "Municipality of residence", Role: queries.Attribute}}}
	rows := []reports.Row{
		{Cells: []reports.Cell{{Value: int64(2013)}, {Value: "Greve"}}},
		{Cells: []reports.Cell{{Value: int64(2014), Mark: reports.Provisional}, {Value: "a municipality whose name is longer than a line of a table affords"}}},
		{Kind: reports.Total, Cells: []reports.Cell{{Value: "All"}, {Value: ""}}}}
	for i := range figures {
		t.Columns = append(t.Columns, reports.Column{Name: fmt.Sprint("f", i), Label: fmt.Sprintf("Figure number %d", i), Unit: "permits"})
		for k := range rows {
			rows[k].Cells = append(rows[k].Cells, reports.Cell{Value: int64(1000*k + i)})
		}
	}
	t.Rows = rows
	return t
}

// TestTablesFitTheWidth: no line is longer than the screen, no word and no figure is torn or lost, and each block has the keys.
func TestTablesFitTheWidth(t *testing.T) {
	for _, columns := range []int{48, 80, 132} {
		text := printed(t, wide(12), columns)
		for _, line := range strings.Split(text, "\n") {
			if n := utf8.RuneCountInString(line); n > columns {
				t.Errorf("%d columns: a line of %d: %s", columns, n, line)
			}
		}
		whole := map[string]int{}
		for _, word := range strings.Fields(text) {
			whole[word]++
		}
		for i := range 12 {
			for _, figure := range []string{fmt.Sprint(i), fmt.Sprintf("1,%03d", i), fmt.Sprintf("2,%03d", i)} {
				if whole[figure] == 0 {
					t.Errorf("%d columns: %s is not there", columns, figure)
				}
			}
		}
		for _, word := range strings.Fields("a municipality whose name is longer than line of table affords Municipality residence") {
			if whole[word] == 0 {
				t.Errorf("%d columns: %s is torn", columns, word)
			}
		}
		if blocks := strings.Count(text, "\n\n") + 1; strings.Count(text, "2014 (f)") != blocks || whole["Greve"] != blocks {
			t.Errorf("%d columns: %d blocks, not all with the keys:\n%s", columns, blocks, text)
		}
	}
}

// TestTableInBlocks shows the blocks to the letter: a head that columns share stands over them and is not parted where it need not be,
// and of a text too wide to stand beside the keys each is under them.
func TestTableInBlocks(t *testing.T) {
	table := reports.Table{Columns: []reports.Column{
		{Name: "file", Label: "File"}, {Name: "lines", Label: "Lines", Unit: "rows"},
		{Name: "a", Head: "Rows of it", Label: "Loaded", Unit: "rows"}, {Name: "b", Head: "Rows of it", Label: "Rejected", Unit: "rows"},
		{Name: "sha256", Label: "SHA-256"}}}
	table.Rows = []reports.Row{{Cells: []reports.Cell{{Value: "permits.csv"}, {Value: int64(12)}, {Value: int64(10)}, {Value: int64(1)},
		{Value: strings.Repeat("0123", 8)}}}}
	want := `File         Lines
              rows
──────────────────
permits.csv     12

             Rows of it ─────
File         Loaded  Rejected
               rows      rows
─────────────────────────────
permits.csv      10         1

File
  SHA-256
──────────────────────────────────
permits.csv
  01230123012301230123012301230123
`
	if got := printed(t, table, 34); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	beside := `                    Rows of it ─────
File         Lines  Loaded  Rejected  SHA-256
              rows    rows      rows
──────────────────────────────────────────────────────────────────────
permits.csv     12      10         1  01230123012301230123012301230123
`
	if got := printed(t, table, 80); got != beside {
		t.Errorf("got\n%swant\n%s", got, beside)
	}
}

// TestLines: a table of lines is a line a row, cut between whole words, its end kept.
func TestLines(t *testing.T) {
	table := reports.Table{Lines: true, Columns: []reports.Column{{Name: "name", Label: "Name"}, {Name: "question", Label: "Question"}}}
	for _, q := range []string{"How many permits have no CPR-number coupled, by legal basis?", "Short?"} {
		table.Rows = append(table.Rows, reports.Row{Cells: []reports.Cell{{Value: "unlinked"}, {Value: q}}})
	}
	want := `Name      Question
─────────────────────────────────────────────
unlinked  How many permits … by legal basis?
unlinked  Short?
`
	if got := printed(t, table, 45); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := printed(t, table, 80); !strings.Contains(got, "unlinked  How many permits have no CPR-number coupled, by legal basis?\n") {
		t.Errorf("cut where there is room:\n%s", got)
	}
}
