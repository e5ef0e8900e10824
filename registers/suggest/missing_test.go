package suggest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"koblet/registers"
)

// TestTwoDigitYear knows days and their patterns, and nothing else.
func TestTwoDigitYear(t *testing.T) {
	for text, want := range map[string]bool{
		"31-12-14": true, "1/2/80": true, "14.12.31": true, "12/31/14": true, "31-12-14 13:45": true, "01 02 80": true, "99-99-99": true, "9.9.99": true, "99/9/99": true,
		"31-12-2014": false, "2014-12-31": false, "1-2-3": false, "45-67-89": false, "10:11:12": false, "§ 9-1-14": false, "": false, "1-12": false, "9999-99-99": false, "020180-1231": false,
	} {
		if got := TwoDigitYear(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestSuggestTwoDigitYears: they are named as what is in the way, with the cure, and take the column's field from no other.
func TestSuggestTwoDigitYears(t *testing.T) {
	for name, form := range map[string]string{"31-12-14": "%02d-11-14", "311214": "%02d1114", "14-12-31": "14-11-%02d", "with a time": "%02d-11-14 00:00"} {
		text := "permit_id;person_id;decided_on;Afgørelse;valid_from\n"
		for i := range 25 {
			text += fmt.Sprintf("S%d;P%d;"+form+";Meddelt;2014-11-%02d\n", i, i, i+1, i+1)
		}
		got := Profile([]Looked{{registers.Carl2Permits, []*Look{looked(t, text)}}})
		if !strings.Contains(got.Text, "# ! decided_on holds days with two-digit years in 25 rows, as ") || !strings.Contains(got.Text, "Have the file delivered with years of four digits.") ||
			!strings.Contains(got.Text, "decided_on         = \"decided_on\"\n") || strings.Contains(got.Text, "%y") {
			t.Errorf("%s:\n%s", name, got.Text)
		}
		if !slices.Equal(got.Tables[0].TwoDigits, []string{"decided_on"}) {
			t.Errorf("%s: %v", name, got.Tables[0].TwoDigits)
		}
	}
}

// TestSuggestMissing: texts for no value are found by what they are, in whatever case and however few other texts there are; they speak
// for no field, and one that is a code elsewhere is left to the reader.
func TestSuggestMissing(t *testing.T) {
	for _, none := range []string{"NULL", "Null", "NA", "-", "N/A", "n/a", "#N/A"} {
		text := "person_id;cpr_number;cpr_linked_on;Efternavn;valgfri\n"
		for i := range 40 {
			number, day, other := none, none, none
			if i%20 == 0 {
				number, day, other = fmt.Sprintf("%02d0180123%d", i/20+1, i/20), "14-12-31", "14-12-31"
			}
			text += fmt.Sprintf("P%d;%s;%s;Ravn;%s\n", i, number, day, other)
		}
		got, p := suggestedOf(t, registers.Carl2Persons, text)
		if section := p.Tables["carl2_persons"]; !slices.Equal(section.Missing, []string{none}) || section.Columns["cpr_linked_on"] != "cpr_linked_on" || len(section.Columns) != 4 {
			t.Errorf("%s: missing %q, columns %v\n%s", none, section.Missing, section.Columns, got)
		}
	}
	got, p := suggestedOf(t, registers.Carl2Persons, "person_id;cpr_number;Statsborgerskab;Efternavn\nP1;0102801231;NA;NA\nP2;0202801231;DK;Ravn\nP3;NULL;NA;Holm\n")
	if want := `# ? missing     = ["NA"] # 1 row; but in citizenship it is a code`; !slices.Equal(p.Tables["carl2_persons"].Missing, []string{"NULL"}) || !strings.Contains(got, want+"\n") {
		t.Errorf("no %s in\n%s", want, got)
	}
}

// TestSuggestLapse: «Bortfald» is a day or nothing: never another field for want of texts.
func TestSuggestLapse(t *testing.T) {
	for name, c := range map[string]struct{ often, seldom, want string }{
		"days": {"NULL", "2014-02-01", "lapsed_on"}, "none": {"-", "-", "lapsed_on"}, "yes": {"-", "Ja", ""}, "yes and no": {"Nej", "Ja", ""}, "two digits": {"", "01-02-14", "lapsed_on"},
	} {
		text := "permit_id;person_id;decided_on;decision;Bortfald\n"
		for i := range 40 {
			lapse := c.often
			if i%10 == 0 {
				lapse = c.seldom
			}
			text += fmt.Sprintf("S%d;P%d;2014-01-%02d;granted;%s\n", i, i, i%28+1, lapse)
		}
		got, p := suggestedOf(t, registers.Carl2Permits, text)
		found := ""
		for field, column := range p.Tables["carl2_permits"].Columns {
			if column == "Bortfald" {
				found = field
			}
		}
		if found != c.want {
			t.Errorf("%s: read as %q, want %q\n%s", name, found, c.want, got)
		}
	}
}

// TestSuggestOneFileOfTwoTables: what is a column of the other table is not said to be left out, also where there are other files.
func TestSuggestOneFileOfTwoTables(t *testing.T) {
	both := looked(t, "Sagsnr.;Udl.nr.;CPR-nr.;Efternavn;Afgørelsesdato;Afgørelse;Kontor\nS1;P1;0102801231;Ravn;2014-01-02;Meddelt;Nord\n")
	persons := looked(t, "Udl.nr.;CPR-nr.\nP2;0202801231\n")
	for name, looks := range map[string][]*Look{"alone": {both}, "behind another": {persons, both}} {
		got := Profile([]Looked{{registers.Carl2Persons, looks}, {registers.Carl2Permits, []*Look{both}}}).Text
		for i, section := range strings.Split(got, "[carl2_permits]") {
			want := 1
			if name != "alone" && i == 0 {
				want = 0 // it is of the first file
			}
			if n := strings.Count(section, "# not loaded"); n != want || want == 1 && !strings.Contains(section, "# not loaded: column 7, ") {
				t.Errorf("%s: %d columns not loaded in\n%s", name, n, section)
			}
		}
	}
}

// TestDayTextsOfNoMeaning: a day that nobody means has the form of one.
func TestDayTextsOfNoMeaning(t *testing.T) {
	var d DayTexts
	if d.Add("31-12-9999", 3); d.Pattern() != "%d-%m-%Y" {
		t.Errorf("%q", d.Pattern())
	}
}
