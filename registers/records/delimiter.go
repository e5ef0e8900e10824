package records

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"koblet/registers"
	"koblet/registers/characters"
)

// delimiters are those that are tried, the likeliest first.
const delimiters = ",;\t|"

// delimiterRecords is how many records are held against each other.
const delimiterRecords = 200

// FindDelimiter says which delimiter the records of a text have: the one by which nearly all of them have as many fields as
// the first, quotes respected; of several, the one by which more of the first record's fields are names of columns, then
// the one that makes more fields. It is 0 where none of them parts the first record, as in a file of one column. A first line
// sep= that says it is believed.
func FindDelimiter(text []byte) byte {
	text = bytes.TrimPrefix(text, []byte(characters.ByteOrderMark))
	if size, _ := lineEnd(text, true); separatorOf(text[:size]) != 0 {
		return separatorOf(text[:size])
	}
	var found byte
	names, fields := 0, 1
	for _, d := range []byte(delimiters) {
		records := withoutNoRows(Cut(text, d))
		if len(records) == 0 || len(records[0]) < 2 {
			continue
		}
		even, known := 0, 0
		for _, r := range records {
			if len(r) == len(records[0]) {
				even++
			}
		}
		for _, name := range records[0] {
			if registers.Meanings().Names[registers.Likeness(name)] {
				known++
			}
		}
		if even*10 < len(records)*8 {
			continue
		}
		if known > names || known == names && len(records[0]) > fields {
			found, names, fields = d, known, len(records[0])
		}
	}
	return found
}

// mostAbove is how many lines may stand above a header.
const mostAbove = 20

// HeaderBelow gives the line that looks like the header where the first one does not, as under a title: names of columns in it
// are known. Blank lines are none. It is 0 where there is none.
func HeaderBelow(text []byte) int {
	above := false
	for line := 1; line <= mostAbove && len(text) > 0; line++ {
		size, next := lineEnd(text, true)
		if d := FindDelimiter(text); d != 0 {
			if first := Cut(text[:size], d); len(first) == 1 && IsHeader(first[0], false) {
				if !above {
					return 0
				}
				return line
			}
		}
		above = above || len(bytes.TrimSpace(text[:size])) > 0
		text = text[next:]
	}
	return 0
}

// Cut gives the first records of a text that may break off in its last one.
func Cut(text []byte, delimiter byte) [][]string {
	if bytes.IndexByte(text, '\n') < 0 {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = rune(delimiter), true, -1
	var records [][]string
	for len(records) < delimiterRecords {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			records = append(records, record)
		}
	}
	return records
}

// withoutNoRows leaves out of records what is no row of the first one's table: dashes and counts say nothing of a delimiter.
func withoutNoRows(records [][]string) [][]string {
	if len(records) == 0 {
		return nil
	}
	h := HeadingOf(records[0])
	return slices.DeleteFunc(records, func(r []string) bool {
		reason, err := h.NoRow(r)
		return err == nil && reason != "" && reason != RepeatedHeader
	})
}

// separatorOf is the delimiter that a first line names, as Excel writes and reads it: sep=; with or without quotes.
func separatorOf(line []byte) byte {
	text := strings.TrimFunc(string(line), func(r rune) bool { return r == '"' || r == ' ' })
	if len(text) < 5 || !strings.EqualFold(text[:4], "sep=") {
		return 0
	}
	switch said := text[4:]; {
	case said == `\t`:
		return '\t'
	case len(said) == 1 && IsDelimiter(said[0]):
		return said[0]
	}
	return 0
}

// IsDelimiter reports whether a byte may stand between fields: an ASCII character that is no letter, digit, quote or line
// break.
func IsDelimiter(b byte) bool {
	return b != 0 && b < utf8.RuneSelf && strings.IndexByte("\"\r\n", b) < 0 && registers.LettersOf(string(rune(b))) == ""
}

// splitRecord gives the fields of a record whose quotes are sound.
func splitRecord(text string, delimiter byte) []string {
	if marks := marksBeforeQuote(text); marks > 0 {
		fields := splitRecord(text[marks:], delimiter)
		fields[0] = text[:marks] + fields[0]
		return fields
	}
	var fields []string
	for {
		if !strings.HasPrefix(text, `"`) {
			field, rest, more := strings.Cut(text, string(delimiter))
			fields = append(fields, field)
			if !more {
				return fields
			}
			text = rest
			continue
		}
		end := 1
		for ; end < len(text); end++ {
			if text[end] != '"' {
				continue
			}
			if end+1 == len(text) || text[end+1] != '"' {
				break
			}
			end++
		}
		fields = append(fields, strings.ReplaceAll(text[1:end], `""`, `"`))
		if end+1 >= len(text) {
			return fields
		}
		text = text[end+2:]
	}
}

// quoted writes fields as a record in which every field is quoted.
func quoted(fields []string, delimiter byte) string {
	var record strings.Builder
	for i, field := range fields {
		if i > 0 {
			record.WriteByte(delimiter)
		}
		record.WriteString(`"` + strings.ReplaceAll(field, `"`, `""`) + `"`)
	}
	return record.String()
}
