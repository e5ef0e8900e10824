package registers

import (
	"errors"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Why a text is no CPR-number. The messages hold no value.
var (
	ErrNoNumber     = errors.New("no number")                                 // nothing but blanks and hyphens
	ErrNotTenDigits = errors.New("not ten digits")                            // another length, or other characters
	ErrNoSuchDay    = errors.New("the first six digits are no day of a year") // also with 60 taken off the day
)

// Number is a CPR-number, or a replacement number, which has the same form. It says what its digits say; whether the
// number was issued only CPR knows.
type Number struct {
	Digits      string    // ten digits, leading zeros kept, no hyphen
	Birth       time.Time // the day in the first six digits at midnight UTC, the century by the seventh
	Male        bool      // the last digit is odd
	Replacement bool      // the day is 60 too high: a replacement number (erstatningspersonnummer), no CPR-number
	Remainder   int       // the digits weighted 4 3 2 7 6 5 4 3 2 1, summed, modulo 11: 0 in most numbers, not in all since 2007
}

// ParseNumber reads a CPR-number or a replacement number. Blanks around it and hyphens are taken off. The error is
// ErrNoNumber, ErrNotTenDigits or ErrNoSuchDay. A remainder other than 0 is no error: since 1 October 2007 such
// numbers are issued (source: the CPR office on the personal identification number).
func ParseNumber(text string) (Number, error) {
	digits := strings.ReplaceAll(strings.TrimSpace(text), "-", "")
	if digits == "" {
		return Number{}, ErrNoNumber
	}
	if len(digits) != 10 || strings.Trim(digits, "0123456789") != "" {
		return Number{}, ErrNotTenDigits
	}
	n := Number{Digits: digits, Male: digits[9]%2 == 1, Remainder: remainder(digits)}
	day, month, year := pair(digits[0:2]), pair(digits[2:4]), fullYear(pair(digits[4:6]), digits[6]-'0')
	if day > 60 {
		n.Replacement, day = true, day-60
	}
	n.Birth = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	// time.Date carries 30 February over into March: a day that moved does not exist.
	if n.Birth.Day() != day || int(n.Birth.Month()) != month {
		return Number{}, ErrNoSuchDay
	}
	return n, nil
}

// tenDigits are ten digits of any script, with what may part them: a blank or a point after each pair, and before the last four up to three
// dashes, points and blanks. A slash and a line below part folders and the words of a file's name: 201412/2014 is no number.
var tenDigits = regexp.MustCompile(`\p{Nd}{2}` + betweenPairs + `\p{Nd}{2}` + betweenPairs + `\p{Nd}{2}[\p{Pd}\p{Z}\p{Cf}\t.\x{2212}·•]{0,3}\p{Nd}{4}`)

const betweenPairs = `[\p{Z}\p{Cf}.]?`

// WithoutNumbers is a text in which whatever could be a CPR-number, ten digits that no other digit touches, is written
// (number). A file may have one in its name.
func WithoutNumbers(text string) string {
	var kept strings.Builder
	from := 0
	for at := 0; ; {
		found := tenDigits.FindStringIndex(text[at:])
		if found == nil {
			kept.WriteString(text[from:])
			return kept.String()
		}
		begin, end := at+found[0], at+found[1]
		before, _ := utf8.DecodeLastRuneInString(text[:begin])
		if after, _ := utf8.DecodeRuneInString(text[end:]); unicode.IsDigit(before) || unicode.IsDigit(after) {
			at = begin // a digit touches whatever begins among the digits that follow, too
			for r, size := utf8.DecodeRuneInString(text[at:]); unicode.IsDigit(r); r, size = utf8.DecodeRuneInString(text[at:]) {
				at += size
			}
			continue
		}
		kept.WriteString(text[from:begin] + "(number)")
		from, at = end, end
	}
}

func pair(digits string) int { return int(digits[0]-'0')*10 + int(digits[1]-'0') }

// fullYear gives the year of two digits by the number's seventh digit, as in the CPR office's table.
func fullYear(yy int, seventh byte) int {
	switch {
	case seventh <= 3:
		return 1900 + yy
	case seventh == 4 || seventh == 9:
		if yy <= 36 {
			return 2000 + yy
		}
		return 1900 + yy
	case yy <= 57:
		return 2000 + yy
	}
	return 1800 + yy
}

func remainder(digits string) int {
	sum := 0
	for i, weight := range [10]int{4, 3, 2, 7, 6, 5, 4, 3, 2, 1} {
		sum += weight * int(digits[i]-'0')
	}
	return sum % 11
}
