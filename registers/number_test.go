package registers

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// impossible completes nine digits with a last digit that leaves remainder 1, so that the number cannot have been issued.
func impossible(t *testing.T, serial string) string {
	t.Helper()
	for last := range 10 {
		if digits := fmt.Sprintf("%s%d", serial, last); remainder(digits) == 1 {
			return digits
		}
	}
	t.Fatalf("no last digit leaves 1")
	return ""
}

func TestParseNumberCentury(t *testing.T) {
	cells := []struct {
		seventh  string
		yy, year int
	}{
		{"0123", 0, 1900}, {"0123", 36, 1936}, {"0123", 37, 1937}, {"0123", 57, 1957}, {"0123", 58, 1958}, {"0123", 99, 1999},
		{"49", 0, 2000}, {"49", 36, 2036}, {"49", 37, 1937}, {"49", 57, 1957}, {"49", 58, 1958}, {"49", 99, 1999},
		{"5678", 0, 2000}, {"5678", 36, 2036}, {"5678", 37, 2037}, {"5678", 57, 2057}, {"5678", 58, 1858}, {"5678", 99, 1899},
	}
	for _, cell := range cells {
		for _, seventh := range cell.seventh {
			// The serial number is moved on by one where its last digit would have to be ten.
			serial := fmt.Sprintf("0203%02d%c00", cell.yy, seventh)
			if remainder(serial+"0") == 2 {
				serial = fmt.Sprintf("0203%02d%c01", cell.yy, seventh)
			}
			text := impossible(t, serial)
			n, err := ParseNumber(text)
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if want := time.Date(cell.year, 3, 2, 0, 0, 0, 0, time.UTC); !n.Birth.Equal(want) {
				t.Errorf("%s: born %s, want %s", text, n.Birth.Format(time.DateOnly), want.Format(time.DateOnly))
			}
		}
	}
}

func TestParseNumberForms(t *testing.T) {
	for _, test := range []struct {
		name, text, digits string
		err                error
	}{
		{"plain", "0203041001", "0203041001", nil},
		{"hyphen", "020304-1001", "0203041001", nil},
		{"blanks around", "\t 020304-1001 \r\n", "0203041001", nil},
		{"hyphen elsewhere", "02-03-041001", "0203041001", nil},
		{"empty", "", "", ErrNoNumber},
		{"blanks only", "  ", "", ErrNoNumber},
		{"hyphen only", "-", "", ErrNoNumber},
		{"nine digits", "203041001", "", ErrNotTenDigits},
		{"eleven digits", "02030410010", "", ErrNotTenDigits},
		{"blank inside", "020304 1001", "", ErrNotTenDigits},
		{"letter", "020304100A", "", ErrNotTenDigits},
		{"other script's digits", "٠٢٠٣٠", "", ErrNotTenDigits},
		{"day 0", "0003041001", "", ErrNoSuchDay},
		{"day 32", "3203041001", "", ErrNoSuchDay},
		{"day 60", "6003041001", "", ErrNoSuchDay},
		{"month 0", "0200041001", "", ErrNoSuchDay},
		{"month 13", "0213041001", "", ErrNoSuchDay},
		{"31 April", "3104041001", "", ErrNoSuchDay},
		{"replacement of 30 February", "9002041001", "", ErrNoSuchDay},
		{"29 February 1904", "2902041001", "2902041001", nil},
		{"29 February 1900", "2902001001", "", ErrNoSuchDay},
		{"29 February 2000", "2902004001", "2902004001", nil},
		{"29 February 1999", "2902991001", "", ErrNoSuchDay},
	} {
		n, err := ParseNumber(test.text)
		if !errors.Is(err, test.err) || n.Digits != test.digits {
			t.Errorf("%s: %q, %v; want %q, %v", test.name, n.Digits, err, test.digits, test.err)
		}
	}
}

func TestParseNumberSaysOfItself(t *testing.T) {
	n, err := ParseNumber("620304-1002")
	if err != nil || !n.Replacement || n.Male || n.Birth.Format(time.DateOnly) != "1904-03-02" {
		t.Errorf("replacement number of a woman born 1904-03-02: %+v, %v", n, err)
	}
	if n, err = ParseNumber("9112991003"); err != nil || !n.Replacement || !n.Male {
		t.Errorf("replacement number of a man born on the 31st: %+v, %v", n, err)
	}
	// 4·0 + 3·2 + 2·0 + 7·3 + 6·0 + 5·4 + 4·1 + 3·0 + 2·0 + 1·1 = 52 = 4·11 + 8.
	if n, err = ParseNumber("0203041001"); err != nil || n.Remainder != 8 || !n.Male {
		t.Errorf("sum 52 should leave 8: %+v, %v", n, err)
	}
	for last := range 10 {
		n, err = ParseNumber(fmt.Sprintf("020304100%d", last))
		if want := (51 + last) % 11; err != nil || n.Remainder != want {
			t.Errorf("last digit %d: remainder %d, want %d, %v", last, n.Remainder, want, err)
		}
	}
}

func TestWithoutNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a.csv": "a.csv", "0102801238": "(number)", "cpr_0102801238_x.csv:7: 010280-1238": "cpr_(number)_x.csv:7: (number)",
		"Ø010280 1238ø": "Ø(number)ø", "20161231120000.csv": "20161231120000.csv", "010280-12385 0102801238": "010280-12385 (number)",
		"1 0102801238": "1 (number)", "99010280-1238": "99010280-1238",
		"010280–1238": "(number)", "010280.1238": "(number)", "010280\u00a01238": "(number)", "010280 - 1238": "(number)", "010280\u00ad1238": "(number)", "010280_1238.csv": "010280_1238.csv", "201412/2014-12-31.csv": "201412/2014-12-31.csv",
		"01 02 80 1238": "(number)", "01.02.80-1238": "(number)", "０１０２８０１２３８": "(number)", "٠١٠٢٨٠-١٢٣٨x": "(number)x", "2016.12.31-120000": "2016.12.31-120000", "２0102801238": "２0102801238",
		"01028012380102801238 010280-1238": "01028012380102801238 (number)", "0102801238٣ 01 02 80 1238x": "0102801238٣ (number)x",
	} {
		if got := WithoutNumbers(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"", "-", "0203041001", " 020304-1001 ", "6203041001", "2902001001", "ÆØÅ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ParseNumber(text)
		if err != nil {
			if n != (Number{}) {
				t.Error("a refused text gave a number")
			}
			return
		}
		again, err := ParseNumber(n.Digits)
		if err != nil || again != n {
			t.Errorf("written back: %+v, %v", again, err)
		}
		day := n.Birth.Format("020106")
		if n.Replacement {
			day = string(day[0]+6) + day[1:]
		}
		if day != n.Digits[:6] || n.Remainder < 0 || n.Remainder > 10 {
			t.Error("the birth day does not write back as the first six digits, or the remainder is out of range")
		}
	})
}
