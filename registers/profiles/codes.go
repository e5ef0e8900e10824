package profiles

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"koblet/registers"
	"koblet/registers/characters"
)

// codeRow is one row that a profile adds to a code list.
type codeRow struct {
	list  string // its file's name without .csv
	row   int
	line  int
	cells map[string]setting
}

// codeList says what a profile may add to a code list.
type codeList struct{ key, required, optional []string }

var codeLists = map[string]codeList{
	"legal_bases": {[]string{"person_group", "legal_basis"}, []string{"person_group", "legal_basis"},
		[]string{"category", "administrative_number", "valid_from", "valid_to"}},
	"countries": {[]string{"code"}, []string{"code", "name_da"}, []string{"name_en", "iso2", "iso3", "valid_from", "valid_to"}},
	"municipalities": {[]string{"code"}, []string{"code", "name"},
		[]string{"valid_from", "valid_to", "successor", "region_code", "region_name"}},
	"citizenship_groups": {[]string{"code", "valid_from"}, []string{"code", "citizenship_group"}, []string{"valid_from", "valid_to"}},
}

// knownRows are the rows of the lists that a profile is held against, by file.
var knownRows = sync.OnceValue(func() map[string][]map[string]string {
	rows := map[string][]map[string]string{"words.csv": registers.RowsOf("words.csv")}
	for list := range codeLists {
		rows[list+".csv"] = registers.RowsOf(list + ".csv")
	}
	return rows
})

// codeSetting takes one setting of a row.
func (r *reader) codeSetting(s setting) {
	list := s.path[0]
	if s.row == 0 {
		if !r.reported[list] {
			r.wrong(s.line, "%s is a list of rows, each begun by [[%s]]", list, list)
		}
		r.reported[list] = true
		return
	}
	if len(s.path) == 1 {
		r.rows = append(r.rows, codeRow{list: list, row: s.row, line: s.line, cells: map[string]setting{}})
		return
	}
	// A row's settings follow its beginning, so it is the last.
	row, column := r.rows[len(r.rows)-1], s.path[1]
	columns := slices.Concat(codeLists[list].required, codeLists[list].optional)
	switch {
	case !slices.Contains(columns, column):
		r.unknown(s.line, "column", column, columns)
	case len(s.path) > 2 || s.value == tableOpened:
		r.wrong(s.line, "%s is a value, not a section", column)
	default:
		row.cells[column] = s
	}
}

// codeRows checks the rows and writes them as the lists' files have them.
func (r *reader) codeRows() {
	seen := map[string]int{}
	r.groups = map[string][]groupRow{}
	texts := map[string]*bytes.Buffer{}
	for _, row := range r.rows {
		key := row.list
		for _, column := range codeLists[row.list].key {
			text, _ := row.cells[column].value.(string)
			key += "\x00" + text
		}
		before := len(r.mistakes)
		r.checkRow(row)
		if line, twice := seen[key]; twice {
			r.wrong(row.line, "the row stands in line %d already", line)
		} else if inList(row) {
			r.wrong(row.line, "the row is in the list %s already; a profile adds rows", row.list)
		}
		seen[key] = row.line
		if len(r.mistakes) == before {
			if texts[row.list] == nil {
				texts[row.list] = &bytes.Buffer{}
			}
			writeRow(texts[row.list], row)
		}
	}
	for list, text := range texts {
		if r.profile.CodeRows == nil {
			r.profile.CodeRows = map[string]string{}
		}
		r.profile.CodeRows[list+".csv"] = text.String()
	}
}

// checkRow looks at each cell.
func (r *reader) checkRow(row codeRow) {
	for _, column := range codeLists[row.list].required {
		if _, there := row.cells[column]; !there {
			r.wrong(row.line, "the row of %s has no %s", row.list, column)
		}
	}
	for column, cell := range row.cells {
		text, isText := cell.value.(string)
		_, isTruth := cell.value.(bool)
		switch {
		case column == "administrative_number":
			if !isTruth {
				r.wrong(cell.line, "administrative_number is true or false")
			}
		case !isText || strings.TrimSpace(text) != text || text == "" || strings.ContainsAny(text, "\r\n\x00"):
			r.wrong(cell.line, "%s is a text in quotes, not empty, without blanks around it", column)
		case utf8.RuneCountInString(text) > registers.LongestCode:
			r.wrong(cell.line, "%s has more than %d characters", column, registers.LongestCode)
		case strings.HasPrefix(column, "valid_"):
			if _, err := time.Parse(time.DateOnly, text); err != nil {
				r.wrong(cell.line, "%s is a day, as 2014-12-31", column)
			}
		case column == "code" && (len(text) != 4 || strings.Trim(text, "0123456789") != ""):
			r.wrong(cell.line, "code is four digits")
		case column == "category" || column == "citizenship_group":
			if known := wordCodes(column); !slices.Contains(known, text) {
				r.unknown(cell.line, column, text, known)
			}
		}
	}
	if row.list == "legal_bases" {
		r.checkGroup(row)
	}
}

// checkGroup holds a person group to one category, and gives a row without one its group's.
func (r *reader) checkGroup(row codeRow) {
	group, _ := row.cells["person_group"].value.(string)
	category, given := row.cells["category"].value.(string)
	for _, known := range knownRows()["legal_bases.csv"] {
		if known["person_group"] != group {
			continue
		}
		if given && category != known["category"] {
			r.wrong(row.cells["category"].line, "person_group %s is of the category %s", group, known["category"])
		}
		row.cells["category"] = setting{value: known["category"]}
		if _, said := row.cells["administrative_number"]; !said {
			row.cells["administrative_number"] = setting{value: known["administrative_number"] == "1"}
		}
		return
	}
	if group != "" && !given {
		r.wrong(row.line, "person_group %s is new and has no category", characters.Echo(group))
	}
	for _, before := range r.groups[group] {
		if before.category != category {
			r.wrong(row.line, "person_group %s has another category in line %d", characters.Echo(group), before.line)
			return
		}
	}
	if category != "" && len(r.groups[group]) == 0 {
		r.groups[group] = append(r.groups[group], groupRow{category, row.line})
	}
}

// groupRow is the first row of a person group with a category.
type groupRow struct {
	category string
	line     int
}

func wordCodes(list string) []string {
	var codes []string
	for _, row := range knownRows()["words.csv"] {
		if row["list"] == list {
			codes = append(codes, row["code"])
		}
	}
	return codes
}

// inList reports whether the list has a row with the key of this one.
func inList(row codeRow) bool {
	for _, known := range knownRows()[row.list+".csv"] {
		same := true
		for _, column := range codeLists[row.list].key {
			text, _ := row.cells[column].value.(string)
			same = same && known[column] == text
		}
		if same {
			return true
		}
	}
	return false
}

// writeRow puts a sound row behind those of its list, in the columns of the list's file.
func writeRow(text *bytes.Buffer, row codeRow) {
	w := csv.NewWriter(text)
	var record []string
	for _, column := range codeColumns(row.list + ".csv") {
		value := row.cells[column].value
		switch {
		case column == "source":
			value = "profile"
		case value == true:
			value = "1"
		case column == "administrative_number" || column == "split":
			value = "0"
		case value == nil && column == "name_en":
			value = row.cells["name_da"].value
		case value == nil:
			value = ""
		}
		record = append(record, fmt.Sprint(value))
	}
	_ = w.Write(record) // into memory
	w.Flush()
}

// codeColumns are the columns of an embedded list.
func codeColumns(name string) []string {
	text, err := fs.ReadFile(registers.Codes(), name)
	if err != nil {
		panic(err)
	}
	columns, err := csv.NewReader(bytes.NewReader(text)).Read()
	if err != nil {
		panic(fmt.Sprintf("code list %s: %v", name, err))
	}
	return columns
}
