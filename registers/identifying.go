package registers

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"koblet/registers/characters"
)

// Whether a text could be somebody's number or day of birth is judged by what is left when everything is taken away that only
// differs in looks: letters and digits in one form (NFKC), what nobody sees gone, one blank, one hyphen.

// Plain is a text as it is judged.
func Plain(text string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Pd, r), r == '\u2212', r == '\u2043':
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case characters.IsBlank(r), unicode.Is(unicode.Cf, r):
			return -1
		case r > unicode.MaxASCII && unicode.IsDigit(r):
			return asciiDigit(r)
		}
		return r
	}, norm.NFKC.String(text))
	return strings.TrimSpace(plain)
}

// asciiDigit is a digit of another script; their ten stand in a row.
func asciiDigit(r rune) rune {
	digit := '0'
	for unicode.IsDigit(r-1) && digit < '9' {
		r, digit = r-1, digit+1
	}
	return digit
}

// CouldIdentify reports whether a text that stands where a code should could be somebody's number or day of birth, in whichever
// way it is written, or is longer than any code. No code list has a number of five digits. What cites a provision is nobody's.
func CouldIdentify(text string) bool {
	if utf8.RuneCountInString(text) > LongestCode {
		return true
	}
	plain := Plain(text)
	return !cites(plain) && (holdsNumber(plain) || holdsDay(plain) || address.MatchString(plain))
}

// LongestCode is how long a code is at most; what is longer is somebody's story.
const LongestCode = 200

// Cites reports whether a text is the citation of a provision or an act, as «§ 9 z, stk. 3» or «lov nr. 324 af 16/03/2022».
func Cites(text string) bool {
	return utf8.RuneCountInString(text) <= LongestCode && cites(Plain(text))
}

const mostCitedDigits = 8 // beside an act's day

var (
	provision = regexp.MustCompile(`^(?:udlændingelovens?|udlændingeloven|udl\.?|ul\.?)? ?§{1,2} ?[0-9]{1,3}(?: ?[a-zæøå])?` +
		`(?:(?: ?[,;] ?| og | eller | til | jfr?\.? | )(?:§{1,2} ?[0-9]{1,3}(?: ?[a-zæøå])?|(?:stk|nr|litra|pkt|punkt|led)\.? ?(?:[0-9]{1,2}|[a-zæøå])\)?|[0-9]{1,2}\.? (?:pkt|led)\.?)` +
		`(?:(?: ?, ?| og | eller )(?:[0-9]{1,2}|[a-zæøå])\b)*)*\.?$`)
	act = regexp.MustCompile(`^(?:lov|lovbkg|lovbek|lovbekendtgørelse|lbk|bkg|bek|bekendtgørelse|cirkulære|cir|forordning|direktiv)\.? ?(?:\(?e[uføk]\)? )?(?:nr\.? ?)?[0-9]{1,4}(?:/[0-9]{1,4})?` +
		`(?: (?:af|fra|of) (?:den )?(?:[0-9]{1,2}[-./ ]{1,2}(?:[0-9]{1,2}[-./ ]{1,2}|[a-zæøå]{3,9}\.? )[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}))?$`)
)

func cites(plain string) bool {
	low := strings.ToLower(plain)
	return len(digitsIn(low)) <= mostCitedDigits && provision.MatchString(low) || act.MatchString(low)
}

var (
	runOfDigits = regexp.MustCompile(`[0-9](?:[^\pL0-9]{0,3}[0-9])*`)
	mistyped    = regexp.MustCompile(`^[0-9OoIl|-]{9,12}$`) // O for 0, and l for 1
	address     = regexp.MustCompile(`[\pL0-9]@[\pL0-9]`)
	fiveDigits  = regexp.MustCompile(`[0-9]{5}`)
	sixDigits   = regexp.MustCompile(`[0-9]{6}`)
)

// holdsNumber reports whether eight digits and more follow each other but for what parts them, as in a CPR-number whose zero in front
// was lost, in a passport's or a telephone's number, or whether five stand together in a text without a letter.
func holdsNumber(plain string) bool {
	for _, run := range runOfDigits.FindAllString(plain, -1) {
		if len(digitsIn(run)) >= 8 {
			return true
		}
	}
	return mistyped.MatchString(plain) && len(digitsIn(plain)) >= 5 ||
		fiveDigits.MatchString(plain) && !strings.ContainsFunc(plain, unicode.IsLetter)
}

func digitsIn(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

var (
	// A day in numbers, alone, with a time behind it perhaps; and within a text, where its parts are as long as they get.
	dayAlone    = regexp.MustCompile(`^([0-9]{1,4})[^\pL0-9]{1,3}([0-9]{1,2})[^\pL0-9]{1,3}([0-9]{1,4})\.?` + timeBehind)
	dayRoman    = regexp.MustCompile(`^[0-9]{1,2}[^\pL0-9]{0,2}(?:i{1,3}|iv|vi{0,3}|ix|xi{0,2})[^\pL0-9]{1,3}[0-9]{2,4}$`)
	dayWithin   = regexp.MustCompile(`(?:^|[^0-9])(?:[0-9]{1,2}[-./ ]{1,2}[0-9]{1,2}[-./ ]{1,2}(?:1[3-9]|20)[0-9]{2}|(?:1[3-9]|20)[0-9]{2}[-./ ]{1,2}[0-9]{1,2}[-./ ]{1,2}[0-9]{1,2})(?:[^0-9]|$)`)
	shortWithin = regexp.MustCompile(`(?:^|[^0-9])([0-9]{2})[-./ ]([0-9]{2})[-./ ]([0-9]{2})(?:[^0-9]|$)`)
	loosely     = regexp.MustCompile(`(?:^|[^0-9])([0-9]{1,2})[-/]([0-9]{1,2})[-./ ]([0-9]{2})(?:[^0-9]|$)`) // 14/3-75
	dayAndYear  = regexp.MustCompile(`(?:^|[^0-9])([0-9]{2})([0-9]{2})[-./ ]([0-9]{2})(?:[^0-9]|$)`)         // 1403-75
	dayOfWeek   = regexp.MustCompile(`^(?:1[89]|20)[0-9]{2}[-./ ]?(?:w|uge ?)[0-9]{1,2}[-./ ]?[1-7]$`)
	dayOfYear   = regexp.MustCompile(`^((?:1[89]|20)[0-9]{2})[-./ ]?([0-3][0-9]{2})$`)
	dayCounted  = regexp.MustCompile(`^([0-9]{5})(?:[.,]0*)?$`) // as a workbook counts
	together    = regexp.MustCompile(`[0-9]+`)
	monthInside = regexp.MustCompile(`[0-9]{1,4}(?:st|nd|rd|th)?(?: of | i )?[-./, ]{0,3}(\pL{3,10})[-./,' ]{0,3}[0-9]{1,4}`)
	monthBefore = regexp.MustCompile(`(\pL{3,10})[-./ ]{0,2}[0-9]{1,2}(?:st|nd|rd|th)?[-./, ]{1,3}[0-9]{2,4}`)
	monthOfYear = regexp.MustCompile(`^(\pL{3,10})[-./,' ]{0,3}[0-9]{2,4}$`)
)

const timeBehind = `(?:[ -](?:kl\.? ?)?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?)?$`

// holdsDay reports whether a text is a day, or has one in it.
func holdsDay(plain string) bool {
	low := strings.ToLower(plain)
	if parts := dayAlone.FindStringSubmatch(low); parts != nil && isDayOf(parts[1:]) {
		return true
	}
	for _, form := range []*regexp.Regexp{shortWithin, loosely, dayAndYear} {
		for _, parts := range form.FindAllStringSubmatch(low, -1) {
			if len(dayKeys(parts[1:])) > 0 {
				return true
			}
		}
	}
	for _, digits := range together.FindAllString(low, -1) {
		if isCompactDay(digits) {
			return true
		}
	}
	for _, form := range []*regexp.Regexp{monthInside, monthBefore, monthOfYear} {
		for _, found := range form.FindAllStringSubmatch(low, -1) {
			if slices.Contains(monthWords, found[1]) {
				return true
			}
		}
	}
	return dayWithin.MatchString(low) || dayRoman.MatchString(low) || dayOfYear.MatchString(low) || dayOfWeek.MatchString(low)
}

// monthWords are the months in words, as registers of our part of the world have them.
var monthWords = strings.Fields("jan januar january januari janv janvier feb febr februar february februari fév février mar mär mrt mars marts march märz maart " +
	"apr april avr avril maj may mai mei jun juni june juin jul juli july juillet aug august augusti augustus août sep sept september septembre okt oct oktober october octobre " +
	"nov november novembre dec dez des déc december desember dezember décembre")

// isDayOf reports whether three numbers are a day's: one of them a year in four digits, or two numbers that can be day and month beside
// two digits. «9.1.2» is somebody's way to write a paragraph.
func isDayOf(parts []string) bool {
	if year := len(parts[0]) == 4; year != (len(parts[2]) == 4) {
		return !year && len(parts[0]) <= 2 || year && len(parts[2]) <= 2
	}
	padded := len(parts[1]) == 2 && len(parts[2]) == 2
	return (len(parts[2]) == 2 || len(parts[0]) == 2 && padded) && len(parts[0]) <= 2 && len(dayKeys(parts)) > 0
}

// isCompactDay reports whether six or eight digits that stand together can be a day.
func isCompactDay(d string) bool {
	switch len(d) {
	case 6:
		return len(dayKeys([]string{d[:2], d[2:4], d[4:]})) > 0
	case 8:
		century := func(y string) bool { return y >= "18" && y < "21" }
		return century(d[4:6]) && len(dayKeys([]string{d[:2], d[2:4], d[4:]})) > 0 || century(d[:2]) && len(dayKeys([]string{d[:4], d[4:6], d[6:]})) > 0
	}
	return false
}

// dayKeys are the days that three numbers can be, in whichever order, each as a CPR-number begins with it: 310175.
func dayKeys(parts []string) []string {
	var keys []string
	for _, order := range [][3]int{{0, 1, 2}, {1, 0, 2}, {2, 1, 0}, {1, 2, 0}} { // where day, month and year stand
		y := parts[order[2]]
		d, _ := strconv.Atoi(parts[order[0]]) // of at most four digits
		m, _ := strconv.Atoi(parts[order[1]])
		if len(y) < 2 || len(y) == 3 || d < 1 || d > 31 || m < 1 || m > 12 {
			continue
		}
		if key := fmt.Sprintf("%02d%02d%s", d, m, y[len(y)-2:]); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// DayKeys are the days that a text in numbers can be, in any pattern and as a workbook counts them, each as a CPR-number begins
// with it, with blanks between: what a day of birth is compared by.
func DayKeys(text string) string {
	plain := strings.ToLower(Plain(text))
	if parts := dayCounted.FindStringSubmatch(plain); parts != nil {
		n, _ := strconv.Atoi(parts[1]) // five digits
		return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC).Format("020106")
	}
	if parts := dayOfYear.FindStringSubmatch(plain); parts != nil {
		year, _ := strconv.Atoi(parts[1])
		n, _ := strconv.Atoi(parts[2])
		return time.Date(year, 1, n, 0, 0, 0, 0, time.UTC).Format("020106")
	}
	if parts := dayAlone.FindStringSubmatch(plain); parts != nil {
		return strings.Join(dayKeys(parts[1:]), " ")
	}
	return ""
}

// DayMayBeSeen reports whether a text that stands where a day should and is none may be seen: it has no letter and no six digits
// together, and is a day with its year in whole, or has fewer digits than a CPR-number without its zero. Five digits are how a workbook counts days.
func DayMayBeSeen(text string) bool {
	plain := Plain(text)
	if len(text) > LongestCode || strings.ContainsFunc(text+plain, unicode.IsLetter) || sixDigits.MatchString(plain) {
		return false
	}
	if parts := dayAlone.FindStringSubmatch(plain); parts != nil && (len(parts[1]) == 4) != (len(parts[3]) == 4) {
		return true
	}
	for _, run := range runOfDigits.FindAllString(plain, -1) {
		if len(digitsIn(run)) >= 9 {
			return false
		}
	}
	return true
}

// IDKeys are what a text is compared by where it could be somebody's id or number, with blanks between: its letters and digits, those
// of each of its words, and the digits without letters and without zeros in front. Fewer than five characters are nobody's for sure.
func IDKeys(text string) string {
	plain := strings.ToUpper(Plain(text))
	var keys []string
	for i, word := range append([]string{plain}, strings.FieldsFunc(plain, func(r rune) bool { return strings.ContainsRune(" ,;:()[]/|\"'", r) })...) {
		key := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				return r
			}
			return -1
		}, word)
		if strings.ContainsAny(key, "0123456789") && (utf8.RuneCountInString(key) >= leastID || i == 0 && utf8.RuneCountInString(plain) >= leastID) {
			keys = append(keys, key)
		}
		if runs := runOfDigits.FindAllString(word, -1); len(runs) == 1 {
			if digits := strings.TrimLeft(digitsIn(runs[0]), "0"); len(digits) >= leastID {
				keys = append(keys, digits)
			}
		}
	}
	slices.Sort(keys)
	return strings.Join(slices.Compact(keys), " ")
}

const leastID = 5
