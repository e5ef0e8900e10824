package registers_test

import (
	"testing"

	"koblet/registers"
)

// TestCouldIdentify: the same number and the same day in every way to write them, and codes that look a little like them.
func TestCouldIdentify(t *testing.T) {
	for _, text := range []string{
		"0102801238", "102801238", "010280-1238", "10280-1238", "010280 1238", "010280\u00a01238", "010280  1238", "010280.1238", "010280–1238", "010280−1238", "010280\u20111238",
		"01 02 80 1238", "01.02.80-1238", "010280\u200b1238", "010280\u00ad1238", "０１０２８０１２３８", "٠١٠٢٨٠١٢٣٨", "sag 0102801238", "cpr:10280-1238", "0102801238 (K)", "010280/1238", "010280 - 1238",
		"1.02801238e+08", "102801238,0",
		"14-03-75", "14.03.75", "14/03/75", "14 03 75", "1.2.80", "14-03-1975", "14/3/1975", "14/3-75", "14. 3. 1975", "1975-03-14", "1975.03.14", "1975/3/14", "03/14/1975", "75-03-14", "140375", "750314", "19750314", "14031975",
		"14–03–75", "14\u00a003\u00a075", "14. marts 1975", "14 mar 75", "14-MAR-1975", "14MAR1975", "March 14, 1975", "14th of March 1975", "marts 1975", "14.III.1975", "1975-03-14T00:00:00", "14-03-1975 12:30", "14-03-75 12:30",
		"f. 14-03-1975", "født 14.03.75", "f. 14/3-75", "født 4/3-75", "1403-75", "1403 75", "1354-12-23", "1975-073", "27467", "27467,0", "1961-00-00",
		"O1O28O1238", "0102801l38", "20 12 34 56", "+45 20.12.34.56", "P40745171", "ada.lund@mail.example", "1975-W11-5", "1975 uge 11 5",
	} {
		if !registers.CouldIdentify(text) {
			t.Errorf("%q could not identify anybody", text)
		}
	}
	for _, text := range []string{
		"§ 9 z, stk. 3", "§ 9 a, stk. 2, nr. 10", "§§ 9 i, 9 j, 9 k", "§ 9 c, stk. 1, jf. § 9, stk. 1, nr. 2, litra d", "udl. § 9, stk. 1, nr. 1", "lov nr. 324 af 16/03/2022", "lov nr. 324 af 16. marts 2022", "bkg. nr. 1700 af 23/11/2020",
		"9.1.2", "9.1", "12.1.2", "gruppe_70", "new_group", "B7654329", "G10000", "0999", "9999", "dispensation", "Syrien", "2013", "au pair 2015", "§ 99", "§ 9 c (1)", "K-13/7", "4713-75", "MARTS", "ILLEGAL_10", "@home", "uge 11",
	} {
		if registers.CouldIdentify(text) {
			t.Errorf("%q is taken for somebody's", text)
		}
	}
}

// TestDayMayBeSeen: a day in another form is shown as delivered, and a number that looks like one is not.
func TestDayMayBeSeen(t *testing.T) {
	for text, want := range map[string]bool{
		"31-12-2013": true, "31–12–2013": true, "2013-01-32": true, "31/12/13": true, "41306": true, "31-12-2013 00:00:00": true, "31.12.2013 10.15": true, "13": true, "0": true, "2013-12-31-10.15.22.123456": false,
		"010280-1238": false, "010280–1238": false, "010280\u00a01238": false, "10280-1238": false, "01-02-80 1238": false, "01.02.80-1238": false, "102801238": false, "8765432": false, "311213": false, "A-1": false,
		"０１０２８０-１２３８": false, "01-02-1980-1238": false, "K 12": false, "ﬁ": false,
	} {
		if got := registers.DayMayBeSeen(text); got != want {
			t.Errorf("%q may be seen: %t", text, got)
		}
	}
}

func TestDayKeys(t *testing.T) {
	for text, want := range map[string]string{"14-03-1975": "140375", "1975/3/14": "140375", "03/04/75": "030475 040375", "14–3–75": "140375", "27467": "140375", "2013": "", "14-03-75 12:30": "140375",
		"27467.0": "140375", "27467,0": "140375", "1975-073": "140375", "1975073": "140375", "1975 073": "140375", "27467.5": ""} {
		if got := registers.DayKeys(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestIDKeys(t *testing.T) {
	for text, want := range map[string]string{
		"A7654321": "7654321 A7654321", "a-7654321": "7654321 A7654321", "7654321": "7654321", "0007654321": "0007654321 7654321", "sag SAG-04711": "SAG04711 SAGSAG04711",
		"SAG-1": "SAG1", "P1": "", "§ 99": "", "Ａ７６５４３２１": "7654321 A7654321", "gruppe_70": "GRUPPE70", "(A7654321)": "7654321 A7654321",
	} {
		if got := registers.IDKeys(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
