package synthetic

import "fmt"

// number is a CPR-number as ten digits; the zero value is none.
type number [10]byte

// weights are the modulus-11 weights of a CPR-number.
var weights = [10]int{4, 3, 2, 7, 6, 5, 4, 3, 2, 1}

// remainder is what the weighted sum leaves when divided by 11: 0 in numbers that were issued under the check, 1 in ours.
func (n number) remainder() int {
	sum := 0
	for i, w := range weights {
		sum += w * int(n[i]-'0')
	}
	return sum % 11
}

// eras are the sets of seventh digits that place a birth year in its century (docs/method.md §4).
var eras = [3]struct {
	from, to int
	digits   string
}{{1900, 1936, "0123"}, {1937, 1999, "012349"}, {2000, 2036, "456789"}}

// numbers hands out CPR-numbers that cannot have been issued: remainder 1, never on 1 January, no two alike. It keeps one
// counter a day and sex, so its memory does not grow with the registers. A day holds 181 (born before 1937) to 273
// numbers a sex; when they are used up the next day is taken.
type numbers struct {
	serials [3][11][2][]uint16 // by era, what the serial must add to the remainder, and last digit's parity
	used    map[int64]uint16
	full    map[int64]int64 // days whose numbers are used up, and an earlier one that may have some left
	seed    uint64
}

const numbersFrom, numbersTo = 1900, 2036

func newNumbers(seed uint64) *numbers {
	n := &numbers{used: make(map[int64]uint16), full: make(map[int64]int64), seed: seed}
	for e, era := range eras {
		for _, digit := range era.digits {
			for rest := range 1000 {
				serial := int(digit-'0')*1000 + rest
				sum := 4*(serial/1000) + 3*(serial/100%10) + 2*(serial/10%10) + serial%10
				n.serials[e][sum%11][serial%2] = append(n.serials[e][sum%11][serial%2], uint16(serial))
			}
		}
	}
	return n
}

// room is the last day up to the birth day that has numbers left for the sex. Until some five million persons are invented it is
// nearly always the birth day itself; in larger registers people are made older, or the numbers of some years would not do;
// where none is left since 1909 it is the birth day again.
func (n *numbers) room(born day, sex byte) day {
	first := dayKey(born, sex)
	last := first
	for earlier, full := n.full[last]; full; earlier, full = n.full[last] {
		last = earlier
	}
	for at := first; at != last; { // the next search is short
		at, n.full[at] = n.full[at], last
	}
	d := day((last - last&1) / 2)
	if d < firstDay+366 { // a birth date planted wrong lies up to a year off
		return born // next finds none either, and says so
	}
	return d
}

// dayKey tells the days apart that numbers of a sex are counted by.
func dayKey(d day, sex byte) int64 {
	if sex == 'M' {
		return int64(d)*2 + 1
	}
	return int64(d) * 2
}

// next gives an unused number for a birth day and sex ('M' or 'K'), and the day it is dated on: the birth day, or a
// following one when that is 1 January or full, or an earlier one when a whole year is full. A person born on 1 January
// starts at the day spread days later.
func (n *numbers) next(born day, sex byte, spread int) (number, day, error) {
	d := born
	for range 400 {
		y, m, dom := d.date()
		if y < numbersFrom || y > numbersTo {
			break
		}
		if m == 1 && dom == 1 {
			d += day(max(spread, 1))
			continue
		}
		if got, ok := n.take(d, sex, [3]int{y, m, dom}); ok {
			return got, d, nil
		}
		d++
	}
	if _, m, dom := born.date(); m == 1 && dom == 1 {
		born--
	}
	d = n.room(born, sex)
	if y, m, dom := d.date(); y >= numbersFrom {
		if got, ok := n.take(d, sex, [3]int{y, m, dom}); ok {
			return got, d, nil
		}
	}
	return number{}, 0, fmt.Errorf("CPR-numbers: none left near a birth day of %d: too many persons for invented numbers", born.year())
}

func (n *numbers) take(d day, sex byte, date [3]int) (number, bool) {
	var got number
	y, m, dom := date[0], date[1], date[2]
	got = number{byte('0' + dom/10), byte('0' + dom%10), byte('0' + m/10), byte('0' + m%10), byte('0' + y/10%10), byte('0' + y%10),
		'0', '0', '0', '0'}
	era := 0
	for era < 2 && y > eras[era].to {
		era++
	}
	key := dayKey(d, sex)
	list := n.serials[era][(12-got.remainder())%11][key&1]
	count := n.used[key]
	if int(count) >= len(list) {
		return number{}, false
	}
	if n.used[key] = count + 1; int(count)+1 == len(list) {
		if n.full[key] = key - 2; m == 1 && dom == 2 { // nobody is numbered on the day before
			n.full[key] = key - 4
		}
	}
	// the stride is prime and longer lists are not its multiples, so every serial comes up once
	serial := list[(int(scramble(n.seed^uint64(key))%uint64(len(list)))+int(count)*101)%len(list)]
	for i, unit := 9, int(serial); i > 5; i, unit = i-1, unit/10 {
		got[i] = byte('0' + unit%10)
	}
	return got, true
}

// replacement is the replacement number with the date and serial of a number: 60 is added to the day.
func (n number) replacement() number {
	n[0] += 6
	return n
}

// mistyped is the number with one digit wrong or two neighbours swapped, as a typist would: it still makes a date, is not on
// 1 January, and leaves a remainder other than 0 (which may be a living person's) and 1 (which may be another of ours).
func (n number) mistyped(d *dice) number {
	first := 6 // of the digits that may go wrong; the century of 29 February must stay
	if n[0] == '2' && n[1] == '9' && n[2] == '0' && n[3] == '2' {
		first = 7
	}
	for {
		typo := n
		if i := first + d.IntN(9-first); d.chance(0.3) {
			typo[i], typo[i+1] = typo[i+1], typo[i]
		} else {
			typo[first+d.IntN(10-first)] = byte('0' + d.IntN(10))
		}
		if typo.remainder() > 1 {
			return typo
		}
	}
}

// malformed is text that was meant as the number and is none.
func (n number) malformed(d *dice) string {
	switch s := string(n[:]); d.IntN(6) {
	case 0:
		return s[:9]
	case 1:
		return s[:6] + "-" + s[6:9] + "O"
	case 2:
		return s[:2] + "13" + s[4:]
	case 3:
		return s + "0"
	case 4:
		return "UKENDT"
	default:
		return s[:6] + "XXXX"
	}
}
