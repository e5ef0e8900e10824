package terminal

import (
	"strconv"
	"strings"
	"unicode"
)

// Short is a word as a message repeats it. What is longer than any of ours, or is several words, is no slip of the finger,
// and may be anything.
func Short(word string) string {
	if len([]rune(word)) > 40 || strings.ContainsFunc(word, unicode.IsSpace) {
		return "(a text)"
	}
	return word
}

// Quoted is Short between quotes.
func Quoted(word string) string {
	if Short(word) != word {
		return Short(word)
	}
	return strconv.Quote(word)
}
