package suggest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/registers/records"
)

// looked is a look at a CSV text with semicolons.
func looked(t *testing.T, text string) *Look {
	t.Helper()
	cut := records.Cut([]byte(text), ';')
	l := NewLook(cut[0])
	l.Format, l.Encoding, l.Delimiter, l.Seen = "csv", "utf-8", ';', []string{"a.csv: all of it"}
	for _, r := range cut[1:] {
		if !l.Add(r, nil) {
			t.Fatalf("a row of %d fields", len(r))
		}
	}
	return l
}

// suggestedOf is the profile that a text suggests for one table, which must be one.
func suggestedOf(t *testing.T, table registers.Table, text string) (string, profiles.Profile) {
	t.Helper()
	got := Profile([]Looked{{table, []*Look{looked(t, text)}}})
	p, err := profiles.Parse("p.toml", []byte(got.Text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, got.Text)
	}
	return got.Text, p
}

func TestSuggestNames(t *testing.T) {
	for name, c := range map[string]struct {
		table  registers.Table
		header string
		want   string // field=column, in the order of the fields
	}{
		"Danish":            {registers.Carl2Permits, "Sagsnr.;Udl.nr.;Afgørelsesdato;Afgørelse;Opholdsgrundlag", "permit_id=Sagsnr. person_id=Udl.nr. decided_on=Afgørelsesdato decision=Afgørelse legal_basis=Opholdsgrundlag"},
		"capitals, ae oe":   {registers.Carl2Permits, "SAGS NR;UDLAENDINGE-NR;AFGOERELSESDATO;AFGOERELSE", "permit_id=SAGS NR decided_on=AFGOERELSESDATO decision=AFGOERELSE person_id=UDLAENDINGE-NR"},
		"taken apart":       {registers.Carl2Permits, "Sagsnr;Udlnr;Afgørelsesdato;Afgørelse", "permit_id=Sagsnr person_id=Udlnr decided_on=Afgørelsesdato decision=Afgørelse"},
		"English":           {registers.Carl2Permits, "Case Number;Person ID;Decision date;Outcome", "permit_id=Case Number person_id=Person ID decided_on=Decision date decision=Outcome"},
		"our own":           {registers.Carl2Persons, "person_id;cpr_number", "person_id=person_id cpr_number=cpr_number"},
		"CPR's short names": {registers.CPRPersons, "PNR;PNRGAELD;STATUS;KOEN;FOED_DT;KOMKOD", "cpr_number=PNR current_cpr_number=PNRGAELD status=STATUS sex=KOEN birth_date=FOED_DT municipality_code=KOMKOD"},
		"persons":           {registers.Carl2Persons, "Udlændingenr.;CPR-nr.;Køn;Fødselsdato;Statsborgerskab;Efternavn;Fornavn(e)", "person_id=Udlændingenr. cpr_number=CPR-nr. family_name=Efternavn given_name=Fornavn(e) birth_date=Fødselsdato sex=Køn citizenship=Statsborgerskab"},
	} {
		columns := strings.Split(c.header, ";")
		s := suggestTable(c.table, NewLook(columns), nil)
		got := map[string]bool{}
		for field, g := range s.columns {
			got[field+"="+columns[g.column]] = true
		}
		want := wantedPairs(c.want)
		for _, pair := range want {
			if !got[pair] {
				t.Errorf("%s: %s is not found", name, pair)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d columns, want %d: %v", name, len(got), len(want), got)
		}
	}
}

// wantedPairs cuts «a=b c d=e» before each word with a =.
func wantedPairs(text string) (pairs []string) {
	for word := range strings.FieldsSeq(text) {
		if strings.Contains(word, "=") {
			pairs = append(pairs, word)
		} else {
			pairs[len(pairs)-1] += " " + word
		}
	}
	return pairs
}

func TestSuggestDates(t *testing.T) {
	for name, c := range map[string]struct{ days, want, says string }{
		"day first":          {"31-12-2013;01-02-2014", "%d-%m-%Y", "# so are all days"},
		"dots":               {"31.12.2013;1.2.2014", "%d.%m.%Y", "# so are all days"},
		"slashes":            {"31/12/2013", "%d/%m/%Y", "# so are all days"},
		"month first":        {"12/31/2013;01/02/2014", "%m/%d/%Y", "# so are all days"},
		"open":               {"01-02-2013;03-04-2013", "%d-%m-%Y", "# guess: no day is above 12"},
		"digits":             {"20131231;20140102", "%Y%m%d", "# so are all days"},
		"digits, day first":  {"31122013;02012014", "%d%m%Y", "# so are all days"},
		"iso":                {"2013-12-31", "", ""},
		"time of day":        {"2013-12-31 00:00:00;2014-01-02 13:45:00", "%Y-%m-%d %H:%M:%S", "# so are all days"},
		"T":                  {"2013-12-31T00:00:00", "%Y-%m-%dT%H:%M:%S", "# so are all days"},
		"zeros of a second":  {"2013-12-31 00:00:00.000", "%Y-%m-%d %H:%M:%S.000", "# so are all days"},
		"Danish time":        {"31-12-2013 08.30", "%d-%m-%Y %H.%M", "# so are all days"},
		"two forms":          {"31-12-2013;30-12-2013;2013-12-31", "%d-%m-%Y", "# 1 row: days as %Y-%m-%d, which is another pattern"},
		"end of time":        {"31-12-2013;31-12-9999", "%d-%m-%Y", "# decided_on holds the day 31-12-9999 in 1 row,"},
		"two digits of year": {"31-12-13", "", ""},
	} {
		text, p := suggestedOf(t, registers.Carl2Permits, "Afgørelsesdato;Sagsnr\n"+strings.ReplaceAll(c.days, ";", ";x\n")+";x\n")
		if got := p.Tables["carl2_permits"].Dates; got != c.want || !strings.Contains(text, c.says) {
			t.Errorf("%s: %q, want %q and %q in\n%s", name, got, c.want, c.says, text)
		}
	}
}

// TestSuggestContent: columns whose names say nothing are known by what they hold.
func TestSuggestContent(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("K1;K2;K3;K4;K5\n")
	for i := range 40 {
		fmt.Fprintf(&rows, "N%d;%02d-01-2013;%s;§ 9 a;%d\n", i, i%28+1, []string{"Meddelt", "Afslag"}[i%2], i%7)
	}
	text, p := suggestedOf(t, registers.Carl2Permits, rows.String())
	columns := p.Tables["carl2_permits"].Columns
	if columns["decided_on"] != "K2" || columns["decision"] != "K3" || columns["legal_basis"] != "K4" || columns["permit_id"] != "K1" || len(columns) != 4 {
		t.Errorf("%v in\n%s", columns, text)
	}
	for _, line := range []string{
		`decided_on         = "K2" # guess: it holds days as %d-%m-%Y`,
		`permit_id          = "K1" # guess: hardly a text of it stands twice`,
		`# ? person_id      = ""  # the person the permit was decided for: one of "K5"?`,
		`granted            = ["Meddelt"] # guess: 20 rows`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %s in\n%s", line, text)
		}
	}
}

// TestSuggestKeepsPeopleBack: names, numbers and days are nowhere in a profile, whatever column they came in.
func TestSuggestKeepsPeopleBack(t *testing.T) {
	var rows, bare strings.Builder
	for i := range 30 {
		fmt.Fprintf(&bare, "S%d;%02d0180123%d;%s;Quistorff;%02d-03-1980\n", i, i%28+1, i%10, []string{"Meddelt", "Quistorff", "Bundgaard Petersen", "0101801234", "sag 123456"}[i%5], i%28+1)
	}
	rows.WriteString("Sagsnr;Personnr;Afgørelse;Efternavn;Fødselsdato\n" + bare.String())
	for name, text := range map[string]string{"with a header": rows.String(), "without": bare.String()} {
		for _, table := range registers.Tables() {
			got, _ := suggestedOf(t, table, text)
			for _, theirs := range []string{"Quistorff", "Bundgaard", "0180123", "-1980", "123456", "S1"} {
				if strings.Contains(got, theirs) {
					t.Errorf("%s, %s: a value stands in\n%s", name, table.Name, got)
				}
			}
			if headless := strings.Contains(got, "The first line is no header"); headless != (name == "without") {
				t.Errorf("%s, %s: headless %t in\n%s", name, table.Name, headless, got)
			}
		}
	}
}

// TestSuggestNamesOfOtherFiles: a name that slid into a column of codes is known by the persons' file, and by who worked on the
// cases; where no word of a column is known, its texts may all be names.
func TestSuggestNamesOfOtherFiles(t *testing.T) {
	permits := "Sagsnr;Afgørelse;Kategori;Sagsbehandler\n" +
		strings.Repeat("1;Meddelt;Zwergius;Bodil Quistorff\n", 9) + strings.Repeat("1;Zwergius;Quistorff;Bodil Quistorff\n", 3) +
		strings.Repeat("1;Quistorff;Bundgaard;Bodil Quistorff\n", 3) + strings.Repeat("1;Omgjort;Vagn;Bodil Quistorff\n", 3)
	got := Profile([]Looked{
		{registers.Carl2Persons, []*Look{looked(t, "Udlnr;CPR;Efternavn\n1;;Zwergius\n")}},
		{registers.Carl2Permits, []*Look{looked(t, permits)}},
	}).Text
	for _, name := range []string{"Zwergius", "Quistorff", "Bundgaard", "Vagn", "Bodil"} {
		if strings.Contains(got, name) {
			t.Errorf("%s stands in\n%s", name, got)
		}
	}
	for _, line := range []string{`= ["Omgjort"] # 3 rows: one of `, "= texts as Aaaaaaaaa # 3 rows: one of "} {
		if !strings.Contains(got, line) {
			t.Errorf("no line with %s in\n%s", line, got)
		}
	}
}

func TestSuggestValues(t *testing.T) {
	text, p := suggestedOf(t, registers.Carl2Permits, "Sagsnr;Afgørelse;Kategori\n"+
		strings.Repeat("a;granted;Asyl\n", 3)+strings.Repeat("b;BEVILGET;Familiesammenføring\n", 3)+strings.Repeat("c;Imødekommet ;EU/EØS\n", 2)+
		"d;-;Erhverv\ne;Omgjort;Studie mv.\ne;Omgjort;Ukraine (særlov)\n")
	want := map[string]string{"BEVILGET": "granted", "Imødekommet": "granted"}
	got := p.Tables["carl2_permits"].Values
	if len(got["decision"]) != len(want) || got["decision"]["BEVILGET"] != "granted" || got["decision"]["Imødekommet"] != "granted" {
		t.Errorf("decisions %v", got["decision"])
	}
	if c := got["category"]; len(c) != 6 || c["EU/EØS"] != "eu" || c["Studie mv."] != "study" || c["Ukraine (særlov)"] != "ukraine" {
		t.Errorf("categories %v", c)
	}
	if line := `= ["Omgjort"] # 2 rows: one of granted, lapsed, pending, refused, revoked, withdrawn`; !strings.Contains(text, line) {
		t.Errorf("no line %s in\n%s", line, text)
	}
	if missing := p.Tables["carl2_permits"].Missing; !slices.Equal(missing, []string{"-"}) {
		t.Errorf("missing %q", missing)
	}
}

// TestSuggestDaysOfOtherFiles: where no day is above 12, the other files tell which number is the day.
func TestSuggestDaysOfOtherFiles(t *testing.T) {
	got := Profile([]Looked{
		{registers.Carl2Persons, []*Look{looked(t, "Udlnr;CPR;Fødselsdato\n1;;12/31/1980\n")}},
		{registers.Carl2Permits, []*Look{looked(t, "Sagsnr;Afgørelsesdato\n1;01/02/2013\n")}},
	})
	for _, line := range []string{`dates     = "%m/%d/%Y"       # so are all days that were seen`, `dates     = "%m/%d/%Y"       # guess: as in other files; here no day is above 12`} {
		if !strings.Contains(got.Text, line+"\n") {
			t.Errorf("no line %s in\n%s", line, got.Text)
		}
	}
}

// shapes are runs of digits and what may part those of a number.
var shapes = regexp.MustCompile(`[0-9](?:[\p{Pd}\p{Z}\p{Cf}\t.]{0,3}[0-9])*`)

// FuzzSuggest: whatever stands in a file, what is suggested is a profile, and holds no number of a person.
func FuzzSuggest(f *testing.F) {
	f.Add("Sagsnr.;Udl.nr.;Afgørelsesdato;Afgørelse\nS-1;1;31-12-2013;Meddelt\nS-2;2;01-01-2014;NULL\n")
	f.Add("Dato;Dato;\"a\"\"b\\\nc\"\n31.12.9999;1;2\n31.12.9999;1;2\n")
	f.Add("CPR;Køn;Status\n0201801231;Mand;\"\\t\"\n;\x01;\u2028\n")
	f.Add("0201801231;Zwergius;2013-01-31\n0201801231;Quistorff;2013-01-31\n")
	f.Fuzz(func(t *testing.T, text string) {
		cut := records.Cut([]byte(strings.ToValidUTF8(text, "")), ';')
		if len(cut) == 0 {
			return
		}
		var all []Looked
		for _, table := range registers.Tables() {
			l := NewLook(cut[0])
			l.Format, l.Delimiter, l.Seen = "csv", ';', []string{"a.csv"}
			for _, r := range cut[1:] {
				l.Add(r, nil)
			}
			all = append(all, Looked{table, []*Look{l}})
		}
		got := Profile(all)
		if _, err := profiles.Parse("p", []byte(got.Text)); err != nil {
			t.Fatalf("%v in\n%s", err, got.Text)
		}
		// A pattern may have a number's shape, all of nines: what has another digit than a nine is none.
		said := shapes.ReplaceAllStringFunc(got.Text, func(shape string) string {
			if strings.ContainsAny(shape, "012345678") {
				return shape
			}
			return ""
		})
		if registers.WithoutNumbers(said) != said {
			t.Fatalf("a number stands in\n%s", got.Text)
		}
	})
}
