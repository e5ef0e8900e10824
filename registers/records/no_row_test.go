package records

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestNoRow: what stands among the rows of a table and is none of them, with the marks, blanks and letters that such have.
func TestNoRow(t *testing.T) {
	h := HeadingOf([]string{"permit_id", " Person_ID", "Årsag", "decision", "legal_basis"})
	for _, test := range []struct {
		cells string
		want  Reason
	}{
		{"permit_id,person_id,årsag,decision,legal_basis", RepeatedHeader}, {"\ufeffPERMIT_ID, person_id,A\u030arsag,Decision ,legal_basis", RepeatedHeader},
		{"permit_id,person_id,årsag,,", RepeatedHeader}, {"permit_id,person_id,årsag,decision,Afdeling 7", RepeatedHeader},
		{"permit_id,person_id,,,", ""}, {"P-1,person_id,A,decision,§ 7", ""}, {"P-1,A-1,x,granted,§ 7", ""}, {",,,,", ""}, {"permit_id", ""},
		{"---------,--,-,--------,---", RuledLine}, {"=====,=====,=====,=====,=====", RuledLine}, {"-----+-----+----", RuledLine}, {"+-----+-----+", RuledLine}, {"|---|:--:|", RuledLine},
		{"─────┼─────", RuledLine}, {"-,-,-,-,-", RuledLine}, {" - ,-,–,-,", RuledLine}, {"—,-,,-,", RuledLine}, {"-,-,,_,", RuledLine}, {"-,,,,", ""}, {"-,-,-,granted,-", ""}, {"S1,-,-,-,-", ""}, {"-1,-2,-3,-4,-5", ""}, {"--,,,,", ""},
		{"(3 rows)", RowCount}, {"(1 row)", RowCount}, {"(3 rows affected)", RowCount}, {"(12 rækker påvirket)", RowCount}, {" 3 record(s) selected.", RowCount},
		{"3 rows in set (0.00 sec)", RowCount}, {"(3 rows),,,,", RowCount}, {"0102801238", ""}, {"(3 rows),A-1,x,granted,§ 7", ""}, {"(3)", ""},
	} {
		if got, err := h.NoRow(strings.Split(test.cells, ",")); err != nil || got != test.want {
			t.Errorf("%q: %q, %v, want %q", test.cells, got, err, test.want)
		}
	}
	for _, cells := range []string{"person_id,permit_id,årsag,decision,legal_basis", "decision,legal_basis,permit_id,person_id,årsag", "\ufeffpermit_id,person_id,årsag,legal_basis,decision"} {
		if got, err := h.NoRow(strings.Split(cells, ",")); !errors.Is(err, ErrOtherOrder) {
			t.Errorf("%q: %q, %v", cells, got, err)
		}
	}
	for _, cells := range []string{"permit_id,person_id,årsag,decision", "\x1apermit_id,person_id,årsag,decision,legal_basis,category", "person_id,cpr_number,Efternavn,Fornavn,Køn", "cpr_number,status",
		"permit_id,person_id,decided_on,decision,legal_basis"} {
		if got, err := h.NoRow(strings.Split(cells, ",")); !errors.Is(err, ErrSecondTable) {
			t.Errorf("%q: %q, %v", cells, got, err)
		}
	}
	if got, err := HeadingOf([]string{"cpr_number"}).NoRow([]string{"CPR_NUMBER "}); got != RepeatedHeader || err != nil {
		t.Errorf("one column: %q, %v", got, err)
	}
}

// TestScanNoRows: such records are broken, on their lines; a line sep= and dashes under the header belong to the header.
func TestScanNoRows(t *testing.T) {
	for _, test := range []struct {
		text                    string
		headers, records, sound int64
		broken                  []Broken
	}{
		{"ab,bc\n1,2\nab,bc\n3,4\n", 1, 4, 2, []Broken{{3, 3, RepeatedHeader}}},
		{"ab,bc\n1,2\n\ufeff\"AB\", bc\r\n3,4\n", 1, 4, 2, []Broken{{3, 3, RepeatedHeader}}},
		{"ab,bc\n\"1\",2\n\"ab\",\"bc\"\n3,4", 1, 4, 2, []Broken{{3, 3, RepeatedHeader}}},
		{"ab,bc\n---,---\n1,2\n---,---\n", 2, 4, 1, []Broken{{4, 4, RuledLine}}},
		{"ab|bc\n", 1, 1, 0, nil},
		{"\ufeffab,bc\n\n------------\n1,2\n(1 row)\n", 2, 4, 1, []Broken{{4, 5, RowCount}}},
		{"ab,bc\n1,2\n\n(1 rows affected)", 1, 3, 1, []Broken{{3, 4, RowCount}}},
		{"sep=,\nab,bc\n1,2\n", 2, 3, 1, nil}, {"\ufeff\"sep=;\"\r\nab;bc\r\n1;2\r\n", 2, 3, 1, nil}, {"SEP=\t\nab\tbc\n1\t2\n", 2, 3, 1, nil}, {"sep=|\n\nab|bc\n-----+---\n1|2\n", 3, 4, 1, nil},
		{"ab,bc\n1,2\nsep=;\n", 1, 3, 1, []Broken{{3, 3, WrongNumberOfFields}}},
	} {
		var cleaned strings.Builder
		found, err := Scan(strings.NewReader(test.text), Scanning{Cleaned: &cleaned})
		if err != nil || found.Headers != test.headers || found.Records != test.records || found.Sound != test.sound || !slices.Equal(found.Broken, test.broken) {
			t.Errorf("%q: %v, %+v", test.text, err, found)
		}
		if n := int64(strings.Count(cleaned.String(), "\n")); n != 1+test.sound {
			t.Errorf("%q: %q", test.text, cleaned.String())
		}
	}
	for text, want := range map[string]string{
		"ab,bc\n1,2\nbc,ab\n3,4\n": "line 3: a header again, with the columns in another order; give the files apart",
		"permit_id,person_id,decided_on\n1,2,3\n\npermit_id,person_id\n3,4\n":        "line 4: a second table begins here, with other columns; give the files apart",
		"permit_id,person_id\n1,2\n\"Person-id\",\"CPR-nr.\",Efternavn\n3,4,\"A\"\n": "line 3: a second table begins here, with other columns; give the files apart",
		"permit_id,person_id,decision\n1,2,x\ncpr_number,status,sex\n3,4,x\n":        "line 3: a second table begins here, with other columns; give the files apart",
		"\nsep=|\nab,bc\n": `header: line 2: sep= names '|' between the fields, the profile ';'; one of them is wrong`,
	} {
		scanning := Scanning{}
		if strings.Contains(text, "sep") {
			scanning.Delimiter = ';'
		}
		if _, err := Scan(strings.NewReader(text), scanning); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if found, err := Scan(strings.NewReader("sep=;\nab;bc\n1;2\n"), Scanning{Delimiter: ';'}); err != nil || found.Headers != 2 || found.Sound != 1 {
		t.Errorf("the profile says the same: %v, %+v", err, found)
	}
}

// TestScanEndMark: control-Z and zeros at the end are no record, and no line; in the middle they are what they are.
func TestScanEndMark(t *testing.T) {
	for _, test := range []struct {
		text           string
		records, lines int64
		broken         []Broken
		end            bool
	}{
		{"a,b\n1,2\n\x1a", 2, 2, nil, true},
		{"a,b\n1,2\x1a", 2, 2, nil, true},
		{"a,b\n1,2\n\x1a\r\n\x00\x00", 2, 2, nil, true},
		{"a,b\n1,2\n" + strings.Repeat("\x00", 500_000), 2, 2, nil, true},
		{"a,b\n1,2\n\x1a\n3,4\n", 4, 4, []Broken{{3, 3, WrongNumberOfFields}}, false},
		{"a,b\n1,2\n\x003,4\n", 3, 3, []Broken{{3, 3, NULByte}}, false},
	} {
		found := mustScan(t, test.text)
		if found.Records != test.records || found.Lines != test.lines || !slices.Equal(found.Broken, test.broken) || found.EndMark != test.end ||
			found.Bytes != int64(len(test.text)) {
			t.Errorf("%.30q: %+v", test.text, found)
		}
	}
}
