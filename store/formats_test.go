package store

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/store/desk"
	"koblet/store/extract"
)

// said is what a load says of its permits, whatever the format: the rows as they are stored, with their texts, and the findings.
func said(t *testing.T, path, profile string) string {
	t.Helper()
	l := loading(t, writeFiles(t, map[string]string{"persons.csv": "person_id,cpr_number\n1,0102801238\n12345678901234500,\n"}))
	l.CPR, l.Carl2Permits, l.Profile = nil, []string{path}, profileOf(t, profile)
	dir, r := load(t, l)
	var b strings.Builder
	for _, row := range values(t, dir, theIdentities, "select permit_id || ' of ' || coalesce(person_id, 'nobody') from carl2_permits order by all") {
		fmt.Fprintln(&b, row)
	}
	for _, row := range values(t, dir, theSnapshot, `select concat_ws(' ', decided_on, valid_from, valid_to, lapsed_on, decision, legal_basis, person_group, category, municipality_code, link_status)
		from carl2_permits order by all`) {
		fmt.Fprintln(&b, row)
	}
	for _, row := range values(t, dir, theSnapshot, "select column_name || ': ' || text from untyped_values order by all") {
		fmt.Fprintln(&b, row)
	}
	found := findingsOf(r)
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if strings.HasPrefix(name, "carl2_permits") {
			fmt.Fprintln(&b, name, found[name])
		}
	}
	return b.String()
}

// TestOneTableInAllFormats: of one table CSV, a workbook and Parquet, with types and as texts, say the same: days, times and instants,
// whole numbers in columns of fractions and long ones, codes that lost their zeros, truths, blanks, what is empty and what a
// spreadsheet did not know.
func TestOneTableInAllFormats(t *testing.T) {
	const profile = "[carl2_permits.values.decision]\ngranted = [\"TRUE\"]\nrefused = [\"FALSE\"]\n"
	dir := t.TempDir()
	head := "permit_id,person_id,decided_on,valid_from,valid_to,lapsed_on,decision,legal_basis,person_group,category,municipality_code\n"
	rows := head + strings.Join([]string{
		`1.0,1.0,2012-05-01,2012-05-01 13:45:00,2012-04-30T22:00:00Z,,TRUE,§ 7,refugee_convention,asylum,101.00`,
		`2.0,1.23456789012345e+16,2012-05-02,2012-05-02 00:00:00,2012-12-01 23:30:00+01:00,2012-13-01,FALSE,§ 7," quota_refugee ",#N/A,751.00`,
		`3.0,,2012-05-03,2012-05-03 23:59:59.5,,2014-01-01,TRUE,,,,`,
	}, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(dir, "permits.csv"), []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	const typed = `select * from (values
		(1.0::double, 1.0::double, date '2012-05-01', timestamp '2012-05-01 13:45:00', timestamptz '2012-04-30 22:00:00+00', null, true, '§ 7'::blob, 'refugee_convention', 'asylum', 101.00::decimal(6, 2)),
		(2.0, 1.23456789012345e16, date '2012-05-02', timestamp '2012-05-02 00:00:00', timestamptz '2012-12-01 22:30:00+00', '2012-13-01', false, '§ 7'::blob, ' quota_refugee ', '#N/A', 751.00),
		(3.0, 'nan'::double, date '2012-05-03', timestamp '2012-05-03 23:59:59.5', null, '2014-01-01', true, null, '', '', null))
		as t(permit_id, person_id, decided_on, valid_from, valid_to, lapsed_on, decision, legal_basis, person_group, category, municipality_code)`
	parquetOf(t, filepath.Join(dir, "typed.parquet"), strings.ReplaceAll(typed, "'§ 7'::blob", "encode('§ 7')"))
	parquetOf(t, filepath.Join(dir, "texts.parquet"), "select * from read_csv("+desk.Literal(filepath.Join(dir, "permits.csv"))+", all_varchar = true, delim = ',', header = true)")
	day := func(text string) time.Time {
		at, err := time.Parse("2006-01-02 15:04:05", text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	sheet := workbookOf(t, [][]any{
		toAny(strings.Split(strings.TrimSpace(head), ",")),
		{1.0, 1, day("2012-05-01 00:00:00"), day("2012-05-01 13:45:00"), "2012-04-30T22:00:00Z", nil, true, "§ 7", "refugee_convention", "asylum", 101},
		{2, 1.23456789012345e16, day("2012-05-02 00:00:00"), "2012-05-02 00:00:00", day("2012-12-01 23:30:00"), "2012-13-01", false, "§ 7", " quota_refugee ", "#N/A", 751.0},
		{"3.0", nil, "2012-05-03", day("2012-05-03 23:59:59"), nil, day("2014-01-01 00:00:00"), true},
	})
	want := strings.Join([]string{
		"1 of 1", "2 of 12345678901234500", "3 of nobody",
		"2012-05-01 2012-05-01 2012-05-01 granted § 7 refugee_convention asylum 101 linked_unverified",
		"2012-05-02 2012-05-02 2012-12-01 refused § 7 quota_refugee asylum 751",
		"2012-05-03 2012-05-03 2014-01-01 granted unknown unknown no_person",
		"lapsed_on: 2012-13-01",
		"carl2_permits.category error_value 1",
		"carl2_permits.lapsed_on not_a_date 1",
		"carl2_permits.municipality_code lost_zeros 2",
		"carl2_permits.municipality_code unknown_code 2",
		"carl2_permits.person_group surrounding_blanks 1",
		"carl2_permits.person_id lost_digits 1",
		"carl2_permits.person_id no_person 1",
	}, "\n") + "\n"
	for name, path := range map[string]string{"CSV": "permits.csv", "Parquet": "typed.parquet", "Parquet of texts": "texts.parquet", "workbook": sheet} {
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		if got := said(t, path, profile); got != want {
			t.Errorf("%s:\n%swant\n%s", name, got, want)
		}
	}
}

func toAny(texts []string) []any {
	all := make([]any, len(texts))
	for i, text := range texts {
		all[i] = text
	}
	return all
}

// TestAPatternInAllFormats: the profile's pattern reads texts and whole numbers alike; what it does not fit is no day, a time stamp
// in ISO's form neither. A column that has days by its type needs no pattern.
func TestAPatternInAllFormats(t *testing.T) {
	head := []any{"permit_id", "person_id", "decided_on", "valid_from", "decision"}
	const columns = "as t(permit_id, person_id, decided_on, valid_from, decision)"
	dir := t.TempDir()
	for pattern, c := range map[string]struct {
		text, typed string
		sheet       [][]any
		want        string
	}{
		"%Y%m%d": {
			"S1,1,20120501,20120502,granted\nS2,1,20120532,2012-05-02 13:45:00,granted\nS3,1,20120503.0,,granted\n",
			"('S1', 1, 20120501.0::double, '20120502', 'granted'), ('S2', 1, 20120532, '2012-05-02 13:45:00', 'granted'), ('S3', 1, 20120503, null, 'granted')",
			[][]any{{"S1", 1, 20120501, "20120502", "granted"}, {"S2", 1, 20120532, "2012-05-02 13:45:00", "granted"}, {"S3", 1, 20120503.0, nil, "granted"}},
			"2012-05-01 2012-05-02 , 2012-05-03 , , ",
		},
		"%d-%m-%Y %H:%M": {
			"S1,1,01-05-2012 13:45,2012-05-02 13:45:00,granted\nS2,1,01-05-2012 00:00,,granted\nS3,1,2012-05-02 13:45,,granted\n",
			"('S1', 1, '01-05-2012 13:45', '2012-05-02 13:45:00', 'granted'), ('S2', 1, '01-05-2012 00:00', null, 'granted'), ('S3', 1, '2012-05-02 13:45', null, 'granted')",
			[][]any{{"S1", 1, "01-05-2012 13:45", "2012-05-02 13:45:00", "granted"}, {"S2", 1, "01-05-2012 00:00", nil, "granted"}, {"S3", 1, "2012-05-02 13:45", nil, "granted"}},
			"2012-05-01 , 2012-05-01 , , ",
		},
	} {
		profile := "[carl2_permits]\ndates = \"" + pattern + "\"\n"
		text, typed := filepath.Join(dir, "permits.csv"), filepath.Join(dir, "permits.parquet")
		if err := os.WriteFile(text, []byte("permit_id,person_id,decided_on,valid_from,decision\n"+c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		parquetOf(t, typed, "select * from (values "+c.typed+") "+columns)
		for _, path := range []string{text, typed, workbookOf(t, append([][]any{head}, c.sheet...))} {
			got := said(t, path, profile)
			days := ""
			for _, line := range strings.Split(got, "\n") {
				if day, _, is := strings.Cut(line, "granted"); is {
					days += day + ", "
				}
			}
			if days != c.want || !strings.Contains(got, "decided_on not_a_date 1\n") || !strings.Contains(got, "valid_from not_a_date 1\n") {
				t.Errorf("%s, %s: %q, want %q of\n%s", pattern, filepath.Ext(path), days, c.want, got)
			}
		}
	}
}

// TestAProfileNamesNumbers: 1 and 1.0 of a profile are the same number, as they are in a file; what the profile calls missing is
// no finding.
func TestAProfileNamesNumbers(t *testing.T) {
	dir := t.TempDir()
	text, typed := filepath.Join(dir, "permits.csv"), filepath.Join(dir, "permits.parquet")
	if err := os.WriteFile(text, []byte("permit_id,person_id,decided_on,decision,category\n10,1.0,2012-05-01,1.0,#N/A\n11,99.0,2012-05-01,2.0,#REF!\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	parquetOf(t, typed, "select * from (values (10, 1.0::double, date '2012-05-01', 1::double, '#N/A'), (11, 99, date '2012-05-01', 2, '#REF!')) as t(permit_id, person_id, decided_on, decision, category)")
	profile := "[carl2_permits]\nmissing = [\"#N/A\", \"99.0\"]\n[carl2_permits.values.decision]\ngranted = [\"1.0\"]\nrefused = [\"2\"]\n"
	want := "10 of 1\n11 of nobody\n2012-05-01 granted unknown unknown linked_unverified\n2012-05-01 refused unknown unknown\ncarl2_permits.category error_value 1\ncarl2_permits.person_id no_person 1\n"
	for _, path := range []string{text, typed} {
		if got := said(t, path, profile); got != want {
			t.Errorf("%s:\n%swant\n%s", filepath.Ext(path), got, want)
		}
	}
}

// parquetWith writes a Parquet file of one row with columns of any names, of at least six characters: the database itself does not
// write two of one name.
func parquetWith(t *testing.T, path string, names []string) {
	t.Helper()
	list := make([]string, len(names))
	var replaced []string
	for i, name := range names {
		stands := strings.Repeat(string(rune('A'+i)), len(name))
		list[i] = "'v' as " + stands
		replaced = append(replaced, stands, name)
	}
	parquetOf(t, path, "select "+strings.Join(list, ", "))
	text, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, []byte(strings.NewReplacer(replaced...).Replace(string(text))), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestTwoColumnsOfOneName are refused with the same words, whatever the format, also where they differ by case only; of a sheet by its
// own letters.
func TestTwoColumnsOfOneName(t *testing.T) {
	dir := t.TempDir()
	text, typed := filepath.Join(dir, "permits.csv"), filepath.Join(dir, "permits.parquet")
	for names, want := range map[string]string{
		"permit_id,person_id,person_id,decided_on,decision":            ":1: columns 2 and 3 are both person_id",
		"permit_id,person_id,Person_ID,decided_on,decision":            ":1: columns 2 and 3 are both person_id",
		"permit_id,person_id,decided_on,decision,remark,region,REMARK": ":1: columns 5 and 7 are both remark",
		"permit_id,person_id,decided_on,decision,person_id_1":          "",
	} {
		columns := strings.Split(names, ",")
		if err := os.WriteFile(text, []byte(names+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		parquetWith(t, typed, columns)
		for _, path := range []string{text, typed, workbookOf(t, [][]any{toAny(columns)})} {
			_, err := extract.Delivery{Carl2Permits: []string{path}}.Gather()
			if filepath.Ext(path) == ".xlsx" {
				want = strings.NewReplacer("2 and 3", "B and C", "5 and 7", "E and G").Replace(want)
			}
			if want == "" && err != nil || want != "" && fmt.Sprint(err) != path+want {
				t.Errorf("%s of %s: %v, want %q", filepath.Ext(path), names, err, want)
			}
		}
	}
}
