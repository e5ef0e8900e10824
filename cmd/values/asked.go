package values

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"koblet/registers"
	"koblet/registers/characters"
)

// Asked is the question that a report answers, word for word as parliament put it. It is printed in what is sent out: nobody is named in it by a number.
type Asked string

// longestAsked is how many letters a question has at most.
const longestAsked = 2000

var errNumbered = errors.New("has what may be a CPR-number in it; nobody is pointed at in an answer")

// Set reads what was given. What is wrong is said without the text.
func (a *Asked) Set(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return errors.New("no words in it")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, characters.Unseen):
		return errors.New("has a line break, a control character or no UTF-8 in it; give the question in one line")
	case utf8.RuneCountInString(text) > longestAsked:
		return fmt.Errorf("longer than %d letters", longestAsked)
	case registers.WithoutNumbers(text) != text:
		return errNumbered
	}
	*a = Asked(text)
	return nil
}

// String is what holds where nothing is given, for pflag.
func (a *Asked) String() string { return string(*a) }

// Type names what is taken.
func (a *Asked) Type() string { return "TEXT" }

// AskedOf declares --question.
func AskedOf(flags *pflag.FlagSet) *Asked {
	var a Asked
	flags.Var(&a, "question", "")
	return &a
}

// Numbered is the number that a question has in parliament: 420, S 1234.
type Numbered string

var numbered = regexp.MustCompile(`^[\pL\d]([\pL\d .-]{0,28}[\pL\d])?$`)

// Set reads what was given. What is wrong is said without the text.
func (n *Numbered) Set(text string) error {
	switch {
	case registers.WithoutNumbers(text) != text:
		return errNumbered
	case !numbered.MatchString(text):
		return errors.New("want letters, digits, blanks, stops and -, at most 30, as in 420 or S 1234")
	}
	*n = Numbered(text)
	return nil
}

// String is what holds where nothing is given, for pflag.
func (n *Numbered) String() string { return string(*n) }

// Type names what is taken.
func (n *Numbered) Type() string { return "NUMBER" }

// InName is the number as part of a file's name; nothing where there is none.
func (n *Numbered) InName() string {
	if *n == "" {
		return ""
	}
	return "-" + strings.Join(strings.FieldsFunc(string(*n), func(r rune) bool { return strings.ContainsRune(" .-", r) }), "-")
}

// NumberedOf declares --number.
func NumberedOf(flags *pflag.FlagSet) *Numbered {
	var n Numbered
	flags.Var(&n, "number", "")
	return &n
}
