package profiles

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"koblet/registers"
)

const wholeProfile = `# What the deliverer calls things.
[carl2_permits]
format    = "csv"            # csv, xlsx, parquet, u12170
encoding  = "windows-1252"
delimiter = ";"
dates     = "%d-%m-%Y %H:%M"
missing   = ["", "NULL", # nothing
  "-"]
[carl2_permits.columns]      # ours = theirs
permit_id  = "SAGSNR"
decided_on = "AFG_DATO"
[carl2_permits.values.decision]
granted = ["Meddelt", "M"]
refused = ["Afslag"]
[carl2_permits.values]
person_group = { fishery = ["77"], work = ["78", "79"] }

[cpr_persons]
format = "u12170"
encoding = "iso-8859-1"

[carl2_persons]
format = "xlsx"
sheet = "Udtræk 1"
columns.person_id = "ID"
values.category.x = []

[numbers]
format    = "cpr"
remainder = 1
[gate]
max_row_change_percent = 20
max_empty_share_change_percent = 2.5
max_changed_numbers = 1_000

[[legal_bases]]
person_group = "fishery"
legal_basis = "§ 9 x"
category = "work"
administrative_number = true
valid_from = 2015-02-20
[[legal_bases]]
person_group = "preacher"
legal_basis = "§ 9 f, stk. 2"
[[countries]]
code = "5998"
name_da = "Sydsudan"
iso2 = "SS"
[[citizenship_groups]]
code = "5998"
citizenship_group = "other"
[[municipalities]]
code = "0958"
name = "Nuuk"
`

func TestParseProfile(t *testing.T) {
	text := strings.Replace(wholeProfile, "values.category.x = []\n", "", 1)
	got, err := Parse("profile.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	rows, share, numbers := 20.0, 2.5, 1000.0
	want := Profile{
		Tables: map[string]Table{
			"carl2_permits": {Format: "csv", Encoding: "windows-1252", Delimiter: ';', Dates: "%d-%m-%Y %H:%M", Missing: []string{"", "NULL", "-"},
				Columns: map[string]string{"permit_id": "SAGSNR", "decided_on": "AFG_DATO"},
				Values: map[string]map[string]string{
					"decision":     {"Meddelt": "granted", "M": "granted", "Afslag": "refused"},
					"person_group": {"77": "fishery", "78": "work", "79": "work"},
				}},
			"cpr_persons":   {Format: "u12170", Encoding: "iso-8859-1"},
			"carl2_persons": {Format: "xlsx", Sheet: "Udtræk 1", Columns: map[string]string{"person_id": "ID"}},
		},
		Numbers: NumberRules{Remainder: 1},
		Gate:    Gate{MaxRowChangePercent: &rows, MaxEmptyShareChangePercent: &share, MaxChangedNumbers: &numbers},
		CodeRows: map[string]string{
			"legal_bases.csv":        "fishery,§ 9 x,work,1,2015-02-20,,profile,\npreacher,\"§ 9 f, stk. 2\",other,1,,,profile,\n",
			"countries.csv":          "5998,Sydsudan,Sydsudan,SS,,,,profile\n",
			"citizenship_groups.csv": "5998,other,,,profile\n",
			"municipalities.csv":     "0958,Nuuk,,,,0,,,profile\n",
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestParseProfileEmpty(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "[numbers]\n[gate]\n", "[numbers]\nformat = \"cpr\"\nremainder = 0\n"} {
		got, err := Parse("p", []byte(text))
		if err != nil || len(got.Tables) != 0 || got.Numbers != (NumberRules{}) || !reflect.DeepEqual(got.Gate, Gate{}) || got.CodeRows != nil {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	if got, err := Parse("p", []byte("[numbers]\nformat = \"opaque\"")); err != nil || !got.Numbers.Opaque {
		t.Errorf("opaque: %+v, %v", got, err)
	}
	if got, err := Parse("p", []byte("[cpr_persons]\ndelimiter = \"\\t\"")); err != nil || got.Tables["cpr_persons"].Delimiter != '\t' {
		t.Errorf("tab: %+v, %v", got, err)
	}
}

func TestParseProfileMistakes(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"[carl2_permits]\ncolums.permit_id = \"x\"\ncolums.person_id = \"y\"", `p:2: unknown key "colums"; did you mean columns`},
		{"[carl2_permit]\nx = 1\ny = 2", `p:1: unknown section "carl2_permit"; did you mean carl2_permits`},
		{"\nzzzzzz = 1", `p:2: unknown section "zzzzzz"; known: ` + strings.Join(sections, ", ")},
		{"carl2_permits = 3", "p:1: carl2_permits is a section: [carl2_permits]"},
		{"[[gate]]", "p:1: gate is one section: [gate], not [[gate]]"},
		{"[gate]\nmax_rows_change_percent = 1", `p:2: unknown key "max_rows_change_percent"; did you mean max_row_change_percent`},
		{"[gate]\nmax_new_codes = -1\nmax_vanished_codes = \"2\"\nmax_changed_numbers = nan",
			"p:2: max_new_codes is a number, 0 or more\np:3: max_vanished_codes is a number, 0 or more\np:4: max_changed_numbers is a number, 0 or more"},
		{"[numbers]\nformat = \"CPR\"\nremainder = 11\nremander = 1", "p:2: format is \"cpr\" or \"opaque\"\np:3: remainder is a whole number from 0 to 10\n" +
			`p:4: unknown key "remander"; did you mean remainder`},
		{"[numbers]\nformat = \"opaque\"\nremainder = 1", "p:3: remainder has no meaning with format = \"opaque\""},
		{"[cpr_persons]\nformat = \"cvs\"\nencoding = \"utf8\"\ndelimiter = \";;\"\nsheet = 3\nmissing = \"x\"",
			"p:2: unknown format \"cvs\"; known: csv, xlsx, parquet, u12170\np:3: unknown encoding \"utf8\"; did you mean utf-8\n" +
				"p:4: delimiter is one ASCII character that is no letter, digit, quote or line break, as \";\" or \"\\t\"\n" +
				"p:5: sheet is a text in quotes\np:6: missing is a list of texts, as [\"NULL\", \"-\"]"},
		{"[carl2_persons]\nformat = \"u12170\"", `p:2: unknown format "u12170"; known: csv, xlsx, parquet`},
		{"[cpr_persons]\nformat = \"u12170\"\ndates = \"%d%m%Y\"\n[cpr_persons.columns]\nsex = \"KOEN\"",
			"p:3: dates has no meaning with format = \"u12170\"\np:4: columns has no meaning with format = \"u12170\""},
		{"[cpr_persons]\nsheet = \"x\"", `p:2: sheet is for format = "xlsx"`},
		{"[cpr_persons]\ndates = \"%d-%m-%y\"", "p:2: dates: %y leaves the century open; years have four digits, %Y"},
		{"[cpr_persons]\ndates = \"\"", "p:2: dates: no %d: a day is %d, %m and %Y"},
		{"[cpr_persons]\ndates = \"%d.%m.%d%Y\"", "p:2: dates: %d stands twice"},
		{"[cpr_persons]\ndates = \"%d.%m.%Y%\"", "p:2: dates: a percent sign at the end; a percent sign itself is %%"},
		{"[cpr_persons]\ndates = \"%d. %B %Y\"", "p:2: dates: % is followed by none of d m Y H M S %"},
		{"[carl2_permits.columns]\npermit = \"A\"\nperson_id = \"B\"\ndecided_on = \"B\"\ndecision = \" \"\nvalid_to = [\"x\"]",
			"p:2: unknown field \"permit\"; did you mean permit_id\n" +
				"p:4: column \"B\" is person_id already, in line 3; a column is one field\np:5: columns.decision has no name\np:6: columns.valid_to is the name of one column, in quotes"},
		{"[carl2_permits]\ncolumns = 1\nvalues = 2", "p:2: columns is a section: [carl2_permits.columns], ours = theirs\n" +
			"p:3: values is a section for each field: [carl2_permits.values.FIELD], ours = [theirs...]"},
		{"[carl2_permits.values.decision]\ngranted = [\"M\"]\nrefused = [\"A\", \"M\"]\ngrantd = [\"G\"]\nlapsed = \"B\"",
			"p:3: \"M\" of decision is mapped twice, first in line 2\np:4: unknown decision \"grantd\"; did you mean granted\n" +
				"p:5: values.decision is ours = [theirs...], as granted = [\"Meddelt\", \"M\"]"},
		{"[carl2_permits.values.decided_on]\nx = [\"1\"]", "p:2: decided_on is a day: its values are read by dates and missing"},
		{"[carl2_permits.values.decisions]\nx = [\"1\"]\ny = [\"2\"]", `p:1: unknown field "decisions"; did you mean decision`},
		{"[[legal_bases]]\nperson_group = \"work\"\nlegal_basis = \"§ 9 a\"", "p:1: the row is in the list legal_bases already; a profile adds rows"},
		{"[[legal_bases]]\nperson_group = \"work\"\nlegal_bases = \"§ 9 q\"\ncategory = \"study\"",
			"p:1: the row of legal_bases has no legal_basis\np:3: unknown column \"legal_bases\"; did you mean legal_basis\np:4: person_group work is of the category work"},
		{"[[legal_bases]]\nperson_group = \"new\"\nlegal_basis = \"§ 9 q\"\nadministrative_number = 1",
			"p:1: person_group new is new and has no category\np:4: administrative_number is true or false"},
		{"[[countries]]\ncode = \"SS\"\nname_da = \"\"\nvalid_from = \"1.1.2011\"", "p:2: code is four digits\n" +
			"p:3: name_da is a text in quotes, not empty, without blanks around it\np:4: valid_from is a day, as 2014-12-31"},
		{"[[municipalities]]\ncode = \"0958\"\nname = \"A\"\n[[municipalities]]\ncode = \"0958\"\nname = \"B\"", "p:4: the row stands in line 1 already"},
		{"[countries]\ncode = \"1\"", "p:1: countries is a list of rows, each begun by [[countries]]"},
		{"[numbers]\nformat = \"cpr\"\nformat = \"cpr\"", "p:3: "},
		{"[numbers\n", "p:1: "},
		{"x = \"\xff\"", "p:1: "},
	} {
		_, err := Parse("p", []byte(test.text))
		var wrong *Error
		// A wanted text that ends open is the beginning of what is said.
		if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error()+"\n", test.want) ||
			!strings.HasSuffix(test.want, " ") && !strings.HasSuffix(test.want, "\n") && err.Error() != test.want {
			t.Errorf("%s\n got %v\nwant %s", test.text, err, test.want)
		}
	}
}

func TestProfileMatchHeader(t *testing.T) {
	p := Table{Columns: map[string]string{"permit_id": "SAGSNR", "decided_on": "Afg_dato", "person_id": "Løbenr."}}
	header, err := p.MatchHeader([]string{"\ufeffSAGSNR", "løbenr. ", "AFG_DATO", "afg_dato", "Afg_dato", "decision", "decided_on"}, registers.Carl2Permits)
	if err == nil || err.Error() != "columns 3 and 4 are both afg_dato" {
		t.Errorf("two columns that differ in case: %v", err)
	}
	if want := []string{"permit_id", "person_id", "", "", "decided_on", "decision", ""}; !slices.Equal(header.Fields, want) {
		t.Errorf("fields %q", header.Fields)
	}
	header, err = p.MatchHeader([]string{"SAGSNR", "LØBENR.", "AFG_DATO", "decision", "decided_on", "legal_bases"}, registers.Carl2Permits)
	if want := []string{"permit_id", "person_id", "decided_on", "decision", "", ""}; err != nil || !slices.Equal(header.Fields, want) {
		t.Errorf("fields %q, %v", header.Fields, err)
	}
	if want := []UnknownColumn{{5, "decided_on", ""}, {6, "legal_bases", "legal_basis"}}; !slices.Equal(header.Unknown, want) {
		t.Errorf("unknown %+v", header.Unknown)
	}
}

func TestProfileMatchHeaderMistakes(t *testing.T) {
	p := Table{Columns: map[string]string{"permit_id": "SAGSNR", "decided_on": "AFG_DATO", "category": "KAT", "person_id": "ID", "valid_to": "id"}}
	for _, test := range []struct {
		columns []string
		want    []string
	}{
		{[]string{"SAGS_NR", "AFG_DATO", "afg_dato ", "Id", "category"}, []string{
			"no column SAGSNR, which the profile names for permit_id (column 1 is SAGS_NR)",
			"no column decision", "no column KAT, which the profile names for category",
			"column 4 is id, which the profile names for person_id and valid_to",
		}},
		{[]string{"SAGSNR", "Afg_Dato", "afg_dato", "ID", "id", "decision", "KAT"}, []string{
			"columns 2 and 3 are both AFG_DATO, which the profile names for decided_on", "columns 2 and 3 are both afg_dato"}},
	} {
		_, err := p.MatchHeader(test.columns, registers.Carl2Permits)
		var wrong *HeaderError
		if !errors.As(err, &wrong) || !slices.Equal(wrong.Mistakes, test.want) {
			t.Errorf("%q:\n got %q\nwant %q", test.columns, wrong.Mistakes, test.want)
		}
	}
	// A file without a header row.
	row := []string{"S-2004", "0203041001", "Sørensen", "Afg_datum"}
	_, err := p.MatchHeader(row, registers.Carl2Permits)
	for _, cell := range row[:3] {
		if err == nil || strings.Contains(err.Error(), cell) {
			t.Errorf("a cell of the pattern %s is shown", registers.Pattern(cell))
		}
	}
}

func FuzzParseProfile(f *testing.F) {
	f.Add(wholeProfile)
	f.Add("[carl2_permits]\ncolums = 1\n[[countries]]\ncode=\"5998\"\n")
	f.Add("[cpr_persons.values]\nsex = {M = [\"1\"], K=[\"2\"]}\n[gate]\nmax_new_codes = 0x1f\n")
	f.Add("carl2_persons.columns.person_id = 'ID'\r\n[numbers]\nremainder = +0")
	f.Fuzz(func(t *testing.T, text string) {
		profile, err := Parse("p.toml", []byte(text))
		var wrong *Error
		if err != nil {
			if !errors.As(err, &wrong) || len(wrong.Mistakes) == 0 {
				t.Fatalf("the error is %v", err)
			}
			for _, m := range wrong.Mistakes {
				if rest, named := strings.CutPrefix(m, "p.toml:"); !named || rest == "" || rest[0] < '1' || rest[0] > '9' {
					t.Fatalf("no file and line in %q", m)
				}
			}
			return
		}
		for name, p := range profile.Tables {
			for _, table := range registers.Tables() {
				for field := range p.Columns {
					if _, known := table.Field(field); table.Name == name && !known {
						t.Fatalf("a column for %q passed", field)
					}
				}
			}
			if p.Dates != "" && datePattern(p.Dates) != "" || p.Delimiter >= 0x80 {
				t.Fatalf("passed: %+v", p)
			}
		}
		if again, err := Parse("p.toml", []byte(text)); err != nil || !reflect.DeepEqual(again, profile) {
			t.Fatalf("read again: %+v, %v", again, err)
		}
	})
}

// TestProfileMarks: what editors leave in front of a profile is skipped, and its lines are counted as before.
func TestProfileMarks(t *testing.T) {
	utf16 := func(text string) string {
		b := []byte("\xff\xfe")
		for _, c := range []byte(text) {
			b = append(b, c, 0)
		}
		return string(b)
	}
	for name, text := range map[string]string{
		"byte order mark": "\ufeff[numbers]\nremainder = 3\n", "two": "\ufeff\ufeff[numbers]\nremainder = 3\n", "zero width": "\u200b\u2060[numbers]\nremainder = 3\n",
		"UTF-16": utf16("[numbers]\r\nremainder = 3\r\n"),
	} {
		if p, err := Parse("p.toml", []byte(text)); err != nil || p.Numbers.Remainder != 3 {
			t.Errorf("%s: %v, %+v", name, err, p)
		}
	}
	if _, err := Parse("p.toml", []byte("\ufeff\n\n[numbers]\nremainder = 33\n")); err == nil || err.Error() != "p.toml:4: remainder is a whole number from 0 to 10" {
		t.Errorf("%v", err)
	}
}
