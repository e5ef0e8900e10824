package registers

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Likeness is what names and words are compared by when a meaning is guessed: letters and digits alone, in lower case and
// composed, æ as ae, ø as oe and å as aa. «CPR-nr.» and «cprnr» are alike, so are «Afgørelse» and «AFGOERELSE».
func Likeness(text string) string {
	var like strings.Builder
	for _, r := range norm.NFC.String(text) {
		switch r = unicode.ToLower(r); {
		case r == 'æ' || r == 'ä':
			like.WriteString("ae")
		case r == 'ø' || r == 'ö':
			like.WriteString("oe")
		case r == 'å':
			like.WriteString("aa")
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '§':
			like.WriteRune(r)
		}
	}
	return like.String()
}

// synonyms are the words of synonyms.csv, by field.
type synonyms struct {
	Columns map[string][]string          // other names of the field's column, each by its likeness
	Values  map[string]map[string]string // of the field's values, by likeness, the code they stand for
	Missing map[string]bool              // texts that often stand for no value, in capitals
	words   map[string]bool              // of which names of columns are made, ours and others
	Names   map[string]bool              // all the names of columns: what is one of them is nobody's data
}

// Meanings are the synonyms of the list, with the words of words.csv and the names of countries and municipalities, which
// are synonyms of their codes.
var Meanings = sync.OnceValue(func() synonyms {
	s := synonyms{Columns: map[string][]string{}, Values: map[string]map[string]string{}, Missing: map[string]bool{}, words: map[string]bool{}, Names: map[string]bool{}}
	for _, row := range RowsOf("synonyms.csv") {
		field, like := row["field"], Likeness(row["synonym"])
		switch {
		case field == "missing":
			s.Missing[strings.ToUpper(row["synonym"])] = true
		case field == "other":
			s.words[like] = true
		case row["code"] == "":
			s.word(row["synonym"])
			s.Columns[field] = append(s.Columns[field], like)
			s.Names[like] = true
		default:
			s.value(field, row["synonym"], row["code"])
		}
	}
	for _, table := range Tables() {
		for _, field := range table.Fields {
			s.Names[Likeness(field.Name)] = true
			s.word(field.Name)
		}
	}
	fields := map[string]string{"decision": "decision", "category": "category", "person_group": "person_group", "sex": "sex", "cpr_status": "status"}
	for _, row := range RowsOf("words.csv") {
		if field, known := fields[row["list"]]; known && row["code"] != "unknown" {
			for _, word := range []string{row["code"], row["da"], row["en"]} {
				s.value(field, word, row["code"])
			}
		}
	}
	for _, m := range municipalities() {
		if m.ValidTo.IsZero() { // of two with one name the one there is
			s.value("municipality_code", m.Name, m.Code)
		}
	}
	for _, m := range municipalities() {
		s.value("municipality_code", m.Name, m.Code)
	}
	for _, c := range countries() {
		s.value("citizenship", c.NameDa, c.Code)
		s.value("citizenship", c.NameEn, c.Code)
	}
	return s
})

// value notes that a word stands for a code; the first meaning of a word holds.
func (s synonyms) value(field, word, code string) {
	if s.Values[field] == nil {
		s.Values[field] = map[string]string{}
	}
	like := Likeness(word)
	if _, known := s.Values[field][like]; !known && like != "" {
		s.Values[field][like] = code
	}
}

// word notes the words of a column's name. Of CARL2-id it does not: Carl is somebody.
func (s synonyms) word(name string) {
	if strings.ContainsAny(name, "0123456789") {
		return
	}
	for _, word := range nameWords(name) {
		s.words[word] = true
	}
}

// nameWords are the words of a column's name, as they are compared: parted by whatever is no letter, and by a capital behind a small
// letter.
func nameWords(name string) []string {
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, Likeness(string(word)))
		}
		word = nil
	}
	for _, r := range norm.NFC.String(name) {
		if !unicode.IsLetter(r) || unicode.IsUpper(r) && len(word) > 0 && !unicode.IsUpper(word[len(word)-1]) {
			end()
		}
		if unicode.IsLetter(r) {
			word = append(word, r)
		}
	}
	end()
	return words
}

// Explains reports whether what is known of names of columns explains a name: it is one of them, all its words stand in such, or it
// is one of them misspelt. What nothing explains may be somebody's name, as where the line break behind a header is lost.
func (s synonyms) Explains(name string) bool {
	like := Likeness(name)
	if s.Names[like] {
		return true
	}
	words := nameWords(name)
	if len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool { return !s.isMade(word) }) {
		return true
	}
	const longEnough = 8 // letters: Land and Lund are near
	for known := range s.Names {
		if len(like) >= longEnough && len(known) >= longEnough && !strings.HasPrefix(like, known) && EditDistance(like, known) <= 1+len(known)/8 {
			return true
		}
	}
	return false
}

// isMade reports whether a word is known, or two that are known and written together: Sagsdato.
func (s synonyms) isMade(word string) bool {
	if s.words[word] {
		return true
	}
	const shortest = 3
	for i := shortest; i <= len(word)-shortest; i++ {
		if s.words[word[:i]] && (s.words[word[i:]] || word[i] == 's' && len(word)-i > shortest && s.words[word[i+1:]]) {
			return true
		}
	}
	return false
}

// OwnCodes are the texts that a field's column may hold without a map: they are codes already.
var OwnCodes = sync.OnceValue(func() map[string]map[string]bool {
	codes := map[string]map[string]bool{"sex": {"F": true}, "citizenship": {}, "municipality_code": {}, "status": {}}
	lists := map[string]string{"decision": "decision", "category": "category", "person_group": "person_group", "sex": "sex", "cpr_status": "status"}
	for _, row := range RowsOf("words.csv") {
		field := lists[row["list"]]
		if field == "" || row["code"] == "unknown" && field != "category" {
			continue
		}
		if codes[field] == nil {
			codes[field] = map[string]bool{}
		}
		codes[field][row["code"]] = true
	}
	for _, c := range countries() {
		codes["citizenship"][c.Code] = true
		if c.ISO2 != "" {
			codes["citizenship"][c.ISO2], codes["citizenship"][c.ISO3] = true, true
		}
	}
	for _, m := range municipalities() {
		codes["municipality_code"][m.Code] = true
	}
	return codes
})
