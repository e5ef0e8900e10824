package profiles

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"koblet/registers"
)

func TestMatchHeader(t *testing.T) {
	header, err := Table{}.MatchHeader([]string{"\ufeffPERSON_ID", " cpr_number ", "Citizenship", "Kon", "cpr_linkedon"}, registers.Carl2Persons)
	if err != nil || !slices.Equal(header.Fields, []string{"person_id", "cpr_number", "citizenship", "", ""}) {
		t.Errorf("fields %q, %v", header.Fields, err)
	}
	if want := []UnknownColumn{{4, "Aaa", ""}, {5, "cpr_linkedon", "cpr_linked_on"}}; !slices.Equal(header.Unknown, want) {
		t.Errorf("unknown %+v, want %+v", header.Unknown, want)
	}
}

func TestMatchHeaderMistakes(t *testing.T) {
	for _, test := range []struct {
		name    string
		columns []string
		want    []string
	}{
		{"every mistake at once", []string{"permit_id", "personid", "", "decision", "DECISION", "note", "Note"}, []string{
			"no column person_id (column 2 is personid)", "no column decided_on", "column 3 has no name",
			"columns 4 and 5 are both decision", "columns 6 and 7 are both note",
		}},
		{"no column", nil, []string{"no column permit_id", "no column person_id", "no column decided_on", "no column decision"}},
		{"wrong delimiter", []string{"permit_id;person_id;decided_on;decision"}, []string{
			"no column permit_id", "no column person_id", "no column decided_on", "no column decision",
			"the first line is one column with semicolons in it: another delimiter? delimiter = \";\" in a profile makes it 4 columns",
		}},
	} {
		_, err := Table{}.MatchHeader(test.columns, registers.Carl2Permits)
		var mistakes *HeaderError
		if !errors.As(err, &mistakes) || !slices.Equal(mistakes.Mistakes, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// TestMatchHeaderGluedToData: the line break after the header is lost, so that it ends in the first person.
func TestMatchHeaderGluedToData(t *testing.T) {
	header, err := Table{}.MatchHeader([]string{"person_id", "cpr_number", "famil", "Zwergius", "1980-02-01", "M"}, registers.Carl2Persons)
	var got []string
	for _, u := range header.Unknown {
		got = append(got, u.Shown)
	}
	if want := []string{"aaaaa", "Aaaaaaaa", "9999-99-99", "A"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}

// TestMatchHeaderKeepsData: a file without a header row has data where names should be.
func TestMatchHeaderKeepsData(t *testing.T) {
	row := []string{"P0001", "0203041001", "Sørensen", "Anne Marie", "Sørensen", "SØRENSEN", strings.Repeat("x", 60), "2013-05-17"}
	header, err := Table{}.MatchHeader(row, registers.Carl2Persons)
	if err == nil {
		t.Fatal("a row of data is no header")
	}
	text := err.Error()
	for _, u := range header.Unknown {
		text += "\n" + u.Shown
	}
	for _, cell := range row {
		if strings.Contains(strings.ToLower(text), strings.ToLower(cell)) {
			t.Errorf("the messages show a cell of the pattern %s", registers.Pattern(cell))
		}
	}
	if want := "A9999"; header.Unknown[0].Shown != want {
		t.Errorf("shown as %s, want %s", header.Unknown[0].Shown, want)
	}
	// With a header, names with digits and long names are still patterns.
	header, _ = Table{}.MatchHeader([]string{"cpr_number", "adr1", strings.Repeat("x", 40), "AFG_DATO"}, registers.CPRPersons)
	if want := []string{"aaa9", strings.Repeat("a", 40), "AFG_DATO"}; header.Unknown[0].Shown != want[0] ||
		header.Unknown[1].Shown != want[1] || header.Unknown[2].Shown != want[2] {
		t.Errorf("shown as %+v", header.Unknown)
	}
}

func FuzzMatchHeader(f *testing.F) {
	for _, seed := range []string{"", "person_id,cpr_number", "personid,CPR_NUMBER,,x,X", "P1,0203041001,Anne", "\ufeffcpr_number\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		columns := strings.Split(text, ",")
		for _, table := range registers.Tables() {
			header, err := Table{}.MatchHeader(columns, table)
			if len(header.Fields) != len(columns) {
				t.Fatalf("%d fields for %d columns", len(header.Fields), len(columns))
			}
			seen := map[string]bool{}
			for i, field := range header.Fields {
				if field != "" && registers.ColumnName(columns[i]) != field {
					t.Fatal("a column got another column's field")
				}
				if field != "" && seen[field] && err == nil {
					t.Fatal("a field given twice passed")
				}
				seen[field] = true
			}
			for _, field := range table.Fields {
				if field.Required && !seen[field.Name] && err == nil {
					t.Fatal("a missing column passed")
				}
			}
			for _, u := range header.Unknown {
				if strings.ContainsAny(u.Shown, "012345678") {
					t.Fatal("an unknown column shows its digits")
				}
			}
		}
	})
}

// TestMatchHeaderShowsItself: where a column is missed the header is shown as it was read, and a row of data is not.
func TestMatchHeaderShowsItself(t *testing.T) {
	for _, test := range []struct {
		columns []string
		want    string
	}{
		{[]string{"Sagsnr.", "Udl.nr.", "Afgørelsesdato", "Sagsbehandler", "adr1"}, "Sagsnr., Udl.nr., Afgørelsesdato, Sagsbehandler, aaa9"},
		{[]string{"S1", "Land", "Quistorff", "2013-01-10"}, "A9, Aaaa, Aaaaaaaaa, 9999-99-99"},
		{[]string{"S1", "Born", "Quistorff"}, "A9, Aaaa, Aaaaaaaaa"},
		{[]string{"Køn", "Land", "Beløb"}, "Køn, Land, Beløb"},
		{[]string{"permit_id", "person_id", "decided_on", "decision", "Note", "note"}, ""}, // no column is missed
	} {
		_, err := Table{}.MatchHeader(test.columns, registers.Carl2Permits)
		var wrong *HeaderError
		if !errors.As(err, &wrong) || wrong.Read != test.want {
			t.Errorf("%q: read as %q, want %q", test.columns, wrong.Read, test.want)
		}
	}
	_, err := Table{}.MatchHeader(make([]string, 200), registers.Carl2Permits)
	var wrong *HeaderError
	if !errors.As(err, &wrong) || !strings.HasSuffix(wrong.Read, ", and 170 more") {
		t.Errorf("many columns: %v", wrong)
	}
}

// TestHeaderShowsNoNames: a name of a column that nothing explains is a pattern, also beside names that are known, since it may be
// somebody's; what the profile names is shown as it is.
func TestHeaderShowsNoNames(t *testing.T) {
	glued := []string{"person_id", "cpr_linked_on", "family_name", "citizenshipZwergius", "Opdigtet", "Zwergius Opdigtet", "von_zwergius", "Sagsbehandler", "Carl", "ModtagetDato", "Sagsdato", "AFG_DATO", "decison_code", "Familiename"}
	header, err := Table{}.MatchHeader(glued, registers.Carl2Persons)
	var wrong *HeaderError
	if want := "person_id, cpr_linked_on, family_name, aaaaaaaaaaaAaaaaaaa, Aaaaaaaa, Aaaaaaaa Aaaaaaaa, aaa_aaaaaaaa, Sagsbehandler, Aaaa, ModtagetDato, Sagsdato, AFG_DATO, decison_code, Familiename"; !errors.As(err, &wrong) || wrong.Read != want {
		t.Errorf("read as %v, want %s", wrong, want)
	}
	for i, want := range []string{"aaaaaaaaaaaAaaaaaaa", "Aaaaaaaa", "Aaaaaaaa Aaaaaaaa", "aaa_aaaaaaaa", "Sagsbehandler"} {
		if got := header.Unknown[i].Shown; got != want {
			t.Errorf("column %d is shown as %s, want %s", i+4, got, want)
		}
	}
	for i, s := range Samples(glued, header, nil) {
		if strings.Contains(strings.ToLower(s.Shown), "zwergius") || i == 4 && s.Shown != "Aaaaaaaa" {
			t.Errorf("column %d of the samples shows it", i+1)
		}
	}
	p := Table{Columns: map[string]string{"person_id": "Kundenr. 2 (Qv)"}}
	header, err = p.MatchHeader([]string{"kundenr. 2 (qv)", "Kundenavn 3"}, registers.Carl2Persons)
	if !errors.As(err, &wrong) || wrong.Read != "kundenr. 2 (qv), Aaaaaaaaa 9" || Samples([]string{"kundenr. 2 (qv)", "Kundenavn 3"}, header, nil)[0].Shown != "kundenr. 2 (qv)" {
		t.Errorf("read as %v", wrong)
	}
}
