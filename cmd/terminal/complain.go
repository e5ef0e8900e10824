package terminal

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"

	"koblet/registers"
	"koblet/registers/characters"
)

// HintedError is an error with its cure.
type HintedError struct {
	error
	hint string
}

func (h HintedError) Unwrap() error { return h.error }

// Cure adds a hint to an error.
func Cure(hint string, format string, args ...any) error {
	return HintedError{fmt.Errorf(format, args...), hint}
}

// Complain writes a line for each thing that is wrong, and one for the cure. Of the words of the command line, where a message repeats
// them, nothing is left that breaks the line, and no more than an echo. No message should hold what could be a CPR-number; this is the
// last gate, not the first.
func Complain(errs io.Writer, err error, given ...string) {
	echo := echoes(given)
	for _, line := range wrongs(err, echo) {
		fmt.Fprintf(errs, "koblet: %s\n", told(line))
	}
	var h HintedError
	if errors.As(err, &h) && h.hint != "" {
		fmt.Fprintf(errs, "koblet: hint: %s\n", told(echo.in(h.hint)))
	}
}

// longestMessage is how long a line may be, in characters; our own sentences are shorter, with all that they list.
const longestMessage = 800

func told(line string) string {
	line = registers.WithoutNumbers(longQuote.ReplaceAllString(line, "(a text)"))
	line = cutWords(characters.Visible(line))
	if all := []rune(line); len(all) > longestMessage {
		return string(all[:longestMessage-1]) + "…"
	}
	return line
}

// cutWords shortens the words that no message of ours has.
func cutWords(line string) string {
	words := strings.Split(line, " ")
	for i, word := range words {
		words[i] = characters.Echo(word)
	}
	return strings.Join(words, " ")
}

// echo is a text of the command line and how a message repeats it.
type echo struct{ given, seen string }

type echoing []echo

// echoes are the words of the command line that a message must not repeat as they are, the longest first: one may lie in another.
func echoes(given []string) echoing {
	var all echoing
	for _, word := range given {
		_, value, _ := strings.Cut(word, "=")
		for _, text := range []string{word, value} {
			if seen := characters.Echo(text); seen != text {
				all = append(all, echo{text, seen})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b echo) int { return len(b.given) - len(a.given) })
	return all
}

// in gives a message as it may be told. A strings.Replacer would be built in the square of a long word's length.
func (e echoing) in(message string) string {
	for _, one := range e {
		message = strings.ReplaceAll(message, one.given, one.seen)
	}
	return message
}

// longQuote is a text that a message repeats and that is longer than any word of ours.
var longQuote = regexp.MustCompile(`"(?:[^"\\]|\\.){41,}"`)

// wrongs are the lines of an error: one, unless several errors were joined, as those of several files. Further lines of
// one error are some library's, and may quote what it read.
func wrongs(err error, echo echoing) []string {
	for e := err; e != nil; e = errors.Unwrap(e) {
		joined, ok := e.(interface{ Unwrap() []error })
		if !ok {
			continue
		}
		var lines []string
		for _, one := range joined.Unwrap() {
			lines = append(lines, wrongs(one, echo)...)
		}
		if context, ok := strings.CutSuffix(err.Error(), e.Error()); ok && len(lines) > 0 {
			lines[0] = echo.in(context) + lines[0]
			return lines
		}
	}
	return strings.Split(echo.in(err.Error()), "\n")[:1]
}

// Plainly is the system's own word of an error, without the path that it was opened by.
func Plainly(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	if renaming, ok := errors.AsType[*os.LinkError](err); ok {
		return renaming.Err
	}
	return err
}
