package registers

import (
	"strings"
	"unicode"

	"koblet/registers/characters"
)

// ColumnName is a column's name as it is compared.
func ColumnName(column string) string { return strings.ToLower(characters.Bare(column)) }

// LettersOf are what names are compared by: personid, Person-Id and person_id are near.
func LettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

// LongestShown is the length from which a cell is no column name.
const LongestShown = 40

// Pattern is a text with every digit written 9, every capital letter A and every other letter a, cut after 40
// characters: what a value looks like without what it is.
func Pattern(text string) string {
	var pattern strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > LongestShown {
			pattern.WriteString("…")
			break
		}
		switch {
		case unicode.IsDigit(r):
			r = '9'
		case unicode.IsUpper(r):
			r = 'A'
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
			r = 'a'
		case !unicode.IsPrint(r):
			r = '?'
		}
		pattern.WriteRune(r)
	}
	return pattern.String()
}

// Meant asks whether the known name nearest to a word was meant, as a hint does, or gives the fallback where none is near. The register
// before a name may be left out: permits is near carl2_permits.
func Meant(word string, known []string, fallback string) string {
	best, distance := "", max(1, len(word)/2)+1
	for _, k := range known {
		if len(word) > 8*len(k) {
			continue // nothing that long is a slip of the finger, and to measure it takes long
		}
		d := EditDistance(word, k)
		if _, rest, ok := strings.Cut(k, "_"); ok {
			d = min(d, 1+EditDistance(word, rest))
		}
		if d < distance {
			best, distance = k, d
		}
	}
	if best == "" {
		return fallback
	}
	return "did you mean " + best + "?"
}

// EditDistance is the number of characters to insert, delete or replace (Levenshtein).
func EditDistance(a, b string) int {
	short, long := []rune(a), []rune(b)
	row := make([]int, len(short)+1)
	for i := range row {
		row[i] = i
	}
	for j, r := range long {
		diagonal := row[0]
		row[0] = j + 1
		for i, s := range short {
			cost := diagonal
			if r != s {
				cost++
			}
			diagonal = row[i+1]
			row[i+1] = min(cost, row[i]+1, row[i+1]+1)
		}
	}
	return row[len(short)]
}
