package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Columns that came in each other's place: what stands where a day or a code should is kept, but not where questions read.
func TestMisplacedIdentifiersStayWithTheIdentities(t *testing.T) {
	files := writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number,cpr_linked_on,entered_on,sex,citizenship\n" +
			"P1,,0102801238,Quistorff,K,5100\nP2,,,2013-01-32,0102801238,010280-1238\n",
		"permits.csv": "permit_id,person_id,decided_on,decision,person_group,legal_basis,municipality_code\n" +
			"S1,P1,010280-1238,granted,0102801238,sag 0102801238,0101\nS2,P2,31-12-2013,granted,,§ 99,0102801238\n",
	})
	l := loading(t, files)
	l.CPR, l.Accept = nil, []string{"unreadable_days"}
	dir, _ := load(t, l)
	inSnapshot, err := os.ReadFile(filepath.Join(dir, "2014-12-31", snapshotFile))
	if err != nil {
		t.Fatal(err)
	}
	inIdentities, err := os.ReadFile(filepath.Join(dir, identitiesDir, "2014-12-31", identitiesFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"0102801238", "010280-1238", "Quistorff"} {
		if strings.Contains(string(inSnapshot), text) {
			t.Errorf("%d characters of an identifier stand in the file that questions read", len(text))
		}
		if !strings.Contains(string(inIdentities), text) {
			t.Errorf("%d characters of a delivered text are lost", len(text))
		}
	}
	for _, text := range []string{"31-12-2013", "2013-01-32", "Aaaaaaaaa", "aaa 9999999999", "§ 99"} {
		if !strings.Contains(string(inSnapshot), text) {
			t.Errorf("%q is not in the file that questions read", text)
		}
	}
}

// TestIdsAndBirthDatesAmongTheCodesStayWithTheIdentities: somebody's person-id, the number of a case, a birth date and a whole name are
// patterns where a code or a day should stand, in whichever order a name comes. What only looks a little like one is a code as delivered.
func TestIdsAndBirthDatesAmongTheCodesStayWithTheIdentities(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number,family_name,given_name,birth_date,sex,citizenship,entered_on\n" +
			"A7654321,,Quistorff,Ximena Ada,1980-02-01,M,1975-03-14,8765432\nA7654322,,von Zwergius,Bo,1981-02-01,A7654321,\"Quistorff, Ximena A.\",2013-01-01\n",
		"permits.csv": "permit_id,person_id,decided_on,decision,legal_basis,person_group,category,municipality_code\n" +
			"SAG-04711,A7654321,2013-01-10,granted,SAG-04711,A7654322,A7654321,14-03-1975\nSAG-04712,A7654321,2013-01-10,granted,Ada Von Zwergius,B7654329,,19750314\n" +
			"SAG-04713,A7654321,2013-01-10,granted,9.1.2,gruppe_70,,Ximena by\n",
		"cpr.csv": "cpr_number,status,citizenship,person_id\n0102801238,C7654321,Zwergius,C7654321\n",
	})))
	read := func(path ...string) string {
		text, err := os.ReadFile(filepath.Join(append([]string{dir}, path...)...))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	snapshot, identities := read("2014-12-31", snapshotFile), read(identitiesDir, "2014-12-31", identitiesFile)
	for _, text := range []string{"A7654321", "A7654322", "C7654321", "SAG-04711", "1975-03-14", "14-03-1975", "19750314", "8765432", "Quistorff, Ximena A.", "Ada Von Zwergius"} {
		if strings.Contains(snapshot, text) || !strings.Contains(identities, text) {
			t.Errorf("%s is in what everybody reads: %t; with the identities: %t", text, strings.Contains(snapshot, text), strings.Contains(identities, text))
		}
	}
	for _, text := range []string{"B7654329", "9.1.2", "gruppe_70", "Ximena by"} {
		if !strings.Contains(snapshot, text) {
			t.Errorf("the code %s is not in the file that questions read", text)
		}
	}
}

// TestAColumnThatHoldsNoCodesIsPatterns: of a column whose texts are mostly in no list none is shown, however many, and however much
// they look like codes; citations and the names of the lists are. A few new codes among those that are known are shown.
func TestAColumnThatHoldsNoCodesIsPatterns(t *testing.T) {
	var permits strings.Builder
	permits.WriteString("permit_id,person_id,decided_on,decision,legal_basis,person_group,municipality_code\n")
	groups := []string{"work", "study", "eu_eea", "preacher", "quota_refugee", "new_a", "new_b", "new_c", "new_d", "new_e"}
	for i := range 10_001 {
		fmt.Fprintf(&permits, "S%d,P1,2013-01-10,granted,%s,%s,G%d\n", i, []string{fmt.Sprintf("R%06dx", i), "\"§ 9 z, stk. 3\""}[i%2], groups[i%len(groups)], i%6)
	}
	l := loading(t, writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number,citizenship\nP1,,Syrien\nP2,,Irak\nP3,,Iran\nP4,,Somalia\nP5,,Tyrkiet\nP6,,Ruritanien\n", "permits.csv": permits.String(),
	}))
	l.CPR, l.Accept = nil, []string{"old_decisions"}
	dir, r := load(t, l)
	got := values(t, dir, theSnapshot, "select concat_ws(' ', count(distinct legal_basis), max(legal_basis), min(legal_basis), count(distinct person_group), max(municipality_code), (select string_agg(citizenship, ' ' order by citizenship) from carl2_persons)) from carl2_permits")
	if want := []string{"2 § 9 z, stk. 3 A999999a 10 A9 Irak Iran Ruritanien Somalia Syrien Tyrkiet"}; !slices.Equal(got, want) {
		t.Errorf("bases, groups and citizenships %q, want %q", got, want)
	}
	if n := findingsOf(r)["carl2_permits.legal_basis unknown_code"]; n != 10_001 {
		t.Errorf("%d unknown bases are found, want each of the 10,001", n)
	}
}

// codeColumns are the columns of codes with one that is known.
var codeColumns = map[string][]string{
	"persons.csv": {"sex=K", "citizenship=5100"},
	"permits.csv": {"decision=granted", "legal_basis=§ 9 a", "person_group=work", "category=work", "municipality_code=0101"},
	"cpr.csv":     {"status=01", "sex=K", "citizenship=5100", "municipality_code=0101"},
}

// shifted is a small register with a few texts in every column of codes that belong elsewhere, among rows that are sound.
func shifted(texts ...string) map[string]string {
	rows := map[string][]string{
		"persons.csv": {"person_id,cpr_number,family_name,given_name,birth_date", "A7654321,0102801238,Quistorff,Zoë Ada,1980-02-01", "A7654322,,von Zwergius,Müller,1975-03-14", "A0004711,,O'Brannigan,Al-Xaffar,1990-01-31"},
		"permits.csv": {"permit_id,person_id,decided_on", "SAG-04711,A7654321,2013-01-10", "SAG-04712,A7654322,2013-01-11", "SAG-04713,A0004711,2013-01-12"},
		"cpr.csv":     {"cpr_number,person_id,family_name,birth_date,current_cpr_number", "0102801238,C7654329,Quistorff,1980-02-01,", "1403751230,,Zwergius,1975-03-14,3101901231"},
	}
	files := map[string]string{}
	for name, lines := range rows {
		sound := lines[len(lines)-1]
		for i := range texts {
			_, more, _ := strings.Cut(sound, ",")
			lines = append(lines, fmt.Sprintf("%s,%s", map[string]string{"persons.csv": "B900000%d", "permits.csv": "SAG-9000%d", "cpr.csv": "150375123%d"}[name], more))
			lines[len(lines)-1] = fmt.Sprintf(lines[len(lines)-1], i)
		}
		for _, column := range codeColumns[name] {
			field, code, _ := strings.Cut(column, "=")
			lines[0] += "," + field
			for i := range lines[1:] {
				text := code
				if at := i - (len(lines) - 1 - len(texts)); at >= 0 {
					text = texts[at]
				}
				lines[i+1] += `,"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
		}
		files[name] = strings.Join(lines, "\n") + "\n"
	}
	return files
}

// TestIdentifiersInEveryColumnOfCodes puts everything that identifies somebody, in every spelling, into every column of codes, a few at a
// time, so that each is judged by itself.
func TestIdentifiersInEveryColumnOfCodes(t *testing.T) {
	texts := []string{
		"0102801238", "102801238", "010280\u00a01238", "010280.1238", "010280–1238", "010280−1238", "010280  1238", "10280-1238", "01.02.80-1238", "０１０２８０１２３８",
		"14-03-75", "14.03.75", "14/3/75", "14–03–75", "140375", "14. marts 1975", "14-mar-75", "1975/03/14", "27467", "14\u00a003\u00a01975",
		"Quistorff", "zu Quistorff", "QUISTORFF", "Zoe\u0308", "Zwergius\u00a0Müller", "Quistorff/Zoë", "Mu\u0308ller", "Quistorff;Zoë Ada", "von_Zwergius", "O’Brannigan", "Xaffar, Al", "Quistorff\u200b, Zoë", "(Zwergius)",
		"A7654321", "7654321", "a7654322", "A-7654322", "A 7654322", "0007654322", "C7654329", "7654329", "sag A7654321", "A0004711", "Ａ7654321",
		"SAG-04711", "SAG 04712", "SAG04713", "sag-04713", "1403751230", "140375 1230", "3101901231",
	}
	for group := range slices.Chunk(texts, 4) {
		l := loading(t, writeFiles(t, shifted(group...)))
		l.Accept = []string{"unknown_decisions", "unknown_categories", "old_decisions"}
		dir, _ := load(t, l)
		snapshot, receipt := fileText(t, dir, "2014-12-31", snapshotFile), fileText(t, dir, "2014-12-31", receiptFile)
		identities := fileText(t, dir, identitiesDir, "2014-12-31", identitiesFile)
		for _, text := range group {
			text = norm.NFC.String(text) // as it is loaded
			if strings.Contains(snapshot, text) || strings.Contains(receipt, text) {
				t.Errorf("%q is in what everybody reads", text)
			}
			if !strings.Contains(identities, text) {
				t.Errorf("%q is lost", text)
			}
		}
	}
}

// TestNewCodesInEveryColumnOfCodesAreShown: what nobody's name, number or day is stays as delivered, in every column.
func TestNewCodesInEveryColumnOfCodesAreShown(t *testing.T) {
	texts := []string{"§ 9 z, stk. 3", "lov nr. 999 af 16/03/2024", "new_group", "gruppe_70", "dispensation", "9.1.2", "0999", "B7654399"}
	for group := range slices.Chunk(texts, 4) {
		l := loading(t, writeFiles(t, shifted(group...)))
		l.Accept = []string{"unknown_decisions", "unknown_categories", "old_decisions"}
		dir, _ := load(t, l)
		for _, column := range []string{"carl2_permits.legal_basis", "carl2_permits.person_group", "carl2_permits.decision", "carl2_permits.municipality_code", "carl2_persons.citizenship", "cpr_persons.status"} {
			table, column, _ := strings.Cut(column, ".")
			for _, text := range group {
				n := values(t, dir, theSnapshot, fmt.Sprintf("select count(*) from %s where %s::varchar = '%s'", table, column, text))
				if column == "sex" || !slices.Equal(n, []string{"1"}) {
					t.Errorf("%s.%s: %q stands in %q rows, want 1", table, column, text, n)
				}
			}
		}
	}
}

// TestDaysThatAreSomebodysStayWithTheIdentities: a number, an id or the person's own birth date in a column of days is a pattern; a day in
// another form is not.
func TestDaysThatAreSomebodysStayWithTheIdentities(t *testing.T) {
	somebodys := []string{"14-03-75", "14.03.1975", "14/3/75", "10280-1238", "010280\u00a01238", "010280–1238", "01.02.80-1238", "102801238", "7654321", "54321", "76-54-321", "27467.0", "1975-073"}
	const shown = "31-12-13"
	persons, permits := "person_id,cpr_number,birth_date,entered_on,cpr_linked_on\nA7654321,,1980-02-01,,\nA0054321,,1980-02-01,,\n", "permit_id,person_id,decided_on,decision,valid_from,valid_to,lapsed_on\n"
	cpr := "cpr_number,birth_date,resident_from,status_from,registered_on,immigrated_on\n"
	for i, text := range append(slices.Clone(somebodys), shown, shown, shown, shown, shown, shown) {
		persons += fmt.Sprintf("B90000%02d,,1975-03-14,%s,%s\n", i, text, text)
		permits += fmt.Sprintf("SAG-900%02d,B90000%02d,%s,granted,%s,%s,%s\n", i, i, text, text, text, text)
		cpr += fmt.Sprintf("14037512%02d,1975-03-14,%s,%s,%s,%s\n", i, text, text, text, text)
	}
	l := loading(t, writeFiles(t, map[string]string{"persons.csv": persons, "permits.csv": permits, "cpr.csv": cpr}))
	l.Accept = []string{"unreadable_days"}
	dir, _ := load(t, l)
	snapshot, identities := fileText(t, dir, "2014-12-31", snapshotFile), fileText(t, dir, identitiesDir, "2014-12-31", identitiesFile)
	for _, text := range somebodys {
		if strings.Contains(snapshot, text) || !strings.Contains(identities, text) {
			t.Errorf("%q: in what everybody reads %t, with the identities %t", text, strings.Contains(snapshot, text), strings.Contains(identities, text))
		}
	}
	got := values(t, dir, theSnapshot, "select concat_ws(' ', count(*), count(distinct (table_name, column_name))) from untyped_values where text = '"+shown+"'")
	if want := []string{"60 10"}; !slices.Equal(got, want) {
		t.Errorf("rows and columns of a day in another form: %q, want %q", got, want)
	}
}

func fileText(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A name where a code should stand, in one row or in a whole column, is a pattern to whoever reads the snapshot or the receipt.
// A code that nobody knows and that is no name is shown as delivered, so that it can be mapped.
func TestNamesAmongTheCodesStayWithTheIdentities(t *testing.T) {
	const permitsHead = "permit_id,person_id,decided_on,decision,person_group,category,legal_basis,municipality_code\n"
	permits := permitsHead +
		"S1,P1,2013-01-10,Meddelt,quistorff,Zwergius,Ximena,0101\nS2,P2,2013-01-10,granted,gruppe_7,,dispensation,Quistorff\nS3,P2,2013-01-10,ximena,,,§ 99,\n"
	cpr := "cpr_number,status,sex,citizenship,municipality_code,family_name\n0102801238,Bundgaard,Ximena,Zwergius,Quistorff,Bundgaard\n"
	shown := []string{"Meddelt", "gruppe_7", "dispensation", "§ 99", "Aaaaaa", "Aaaaaaaaa"}
	for name, c := range map[string]struct {
		persons string
		shown   []string
	}{
		"in some rows": {"person_id,cpr_number,family_name,given_name,sex,citizenship\nP1,0102801238,Quistorff,Ximena Ada,K,Zwergius\nP2,,Zwergius,Bo,Bundgaard,Syrien\n",
			append(slices.Clone(shown), "Syrien")},
		"columns crosswise": {"person_id,cpr_number,citizenship,given_name,sex,family_name\nP1,0102801238,Quistorff,Ximena,K,5100\nP2,,Zwergius,Bo,Bundgaard,5100\n",
			[]string{"gruppe_7", "§ 99", "Aaaaaa", "Aaaaaaaaa"}},
	} {
		l := loading(t, writeFiles(t, map[string]string{"persons.csv": "person_id,cpr_number\nP1,\n", "permits.csv": permitsHead + "S1,P1,2013-01-10,granted,,,,\n", "cpr.csv": cpr}))
		l.CPR, l.AsOf = nil, day(t, "2013-12-31") // the gate will name the codes that are new
		dir, _ := load(t, l)
		l = loading(t, writeFiles(t, map[string]string{"persons.csv": c.persons, "permits.csv": permits, "cpr.csv": cpr}))
		l.Accept = []string{"unknown_decisions", "unknown_categories"}
		if _, err := Load(t.Context(), dir, l); err != nil {
			t.Fatal(err)
		}
		read := func(path ...string) string {
			text, err := os.ReadFile(filepath.Join(path...))
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		snapshot, identities := read(dir, "2014-12-31", snapshotFile), read(dir, identitiesDir, "2014-12-31", identitiesFile)
		receipt := read(dir, "2014-12-31", receiptFile)
		for _, text := range []string{"Quistorff", "quistorff", "Zwergius", "Ximena", "ximena", "Bundgaard", "BUNDGAARD", "XIMENA"} {
			if strings.Contains(snapshot, text) || strings.Contains(receipt, text) {
				t.Errorf("%s: a name of %d characters stands in what everybody reads", name, len(text))
			}
			if text != "Bundgaard" && text != "XIMENA" && !strings.Contains(identities, text) {
				t.Errorf("%s: a delivered text of %d characters is lost", name, len(text))
			}
		}
		if !strings.Contains(receipt, `"Meddelt"`) && name == "in some rows" {
			t.Error("the receipt does not name a code that is new")
		}
		for _, text := range c.shown {
			if !strings.Contains(snapshot, text) {
				t.Errorf("%s: %q is not in the file that questions read", name, text)
			}
		}
	}
}

// TestNamesBesideOtherWordsStayWithTheIdentities: a name is one with a title, a number, initials or an age beside it, or letter by letter;
// a text of other words is none for having a name among them.
func TestNamesBesideOtherWordsStayWithTheIdentities(t *testing.T) {
	texts := []string{
		"Fru Ximena Quistorff", "Hr. Quistorff", "Quistorff 34", "Quistorff (34 år)", "XA Quistorff", "Q u i s t o r f f", "1. Quistorff", "Vedr. Quistorff, Ximena", "quistorff@mail.example",
		"new group", "Quistorff ordningen", "gruppe 7", "K 12", "Li 12", "MA1",
	}
	permits := "permit_id,person_id,decided_on,decision,municipality_code\n"
	for i, text := range texts {
		permits += fmt.Sprintf("S%d,P1,2014-12-10,granted,\"%s\"\n", i, text)
	}
	for _, code := range strings.Fields("0101 0147 0151 0153 0155 0157 0159 0161 0163 0165 0167 0169 0173 0175 0183 0185 0187 0190 0201 0210 0217 0219 0223 0230 0240") {
		permits += fmt.Sprintf("S%s,P1,2014-12-10,granted,\"%s\"\n", code, code)
	}
	dir, _ := load(t, loading(t, writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number,family_name,given_name\nP1,0102801238,Quistorff,Ximena\nP2,,Ma,Li\n", "permits.csv": permits, "cpr.csv": registersOf["cpr.csv"],
	})))
	snapshot, err := os.ReadFile(filepath.Join(dir, "2014-12-31", snapshotFile))
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if shown := bytes.Contains(snapshot, []byte(text)); shown != (i > 8) {
			t.Errorf("%q in what everybody reads: %t", text, shown)
		}
	}
}
