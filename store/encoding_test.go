package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"koblet/registers"
	"koblet/store/extract"
)

// TestWrongEncoding: a text in another encoding than the profile says is refused with the cure where its header cannot be read so, or
// where all of it is UTF-8; where lines are rejected for it, the cure stands by; and what it is is shown before the profile is right.
func TestWrongEncoding(t *testing.T) {
	const head, row = "permit_id;person_id;decided_on;decision;Beløb", "S1;P1;2013-02-01;granted;ål"
	latin := strings.NewReplacer("ø", "\xf8", "å", "\xe5", "—", "\x97")
	for _, c := range []struct{ says, text, wrong, reads string }{
		{"windows-1252", head + "\n" + row + "\n", "the profile says windows-1252, but the bytes look like utf-8; encoding = \"utf-8\" in the profile reads it", "utf-8"},
		{"iso-8859-1", "\ufeff" + head + "\n" + row + "\n", "the profile says iso-8859-1, but the bytes look like utf-8; encoding = \"utf-8\" in the profile reads it", "utf-8"},
		{"utf-8", latin.Replace(head + "\n" + row + "\n"), "header: line 1: not_utf8; the profile says utf-8, but the bytes look like windows-1252; encoding = \"windows-1252\" in the profile reads it", "windows-1252"},
		{"windows-1252", latin.Replace(head + "\n" + row + "\n"), "", "windows-1252"},
		{"iso-8859-1", latin.Replace(head + "\n" + row + "—\n"), "", "iso-8859-1"},
		{"windows-1252", "permit_id;person_id;decided_on;decision;x\n", "", "windows-1252"},
		{"utf-8", head + "\n" + latin.Replace(row) + "\n" + row + "\n", "", "utf-8"},
	} {
		path := filepath.Join(t.TempDir(), "permits.csv")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		l := Loading{Carl2Permits: []string{path}, Profile: profileOf(t, "[carl2_permits]\nencoding = \""+c.says+"\"\ndelimiter = \";\"\n")}
		if _, err := l.Delivery().Gather(); c.wrong == "" && err != nil || c.wrong != "" && (err == nil || err.Error() != path+": "+c.wrong) {
			t.Errorf("%s: %v, want %s", c.says, err, c.wrong)
		}
		all, _ := extract.Explain(l.Delivery())
		if len(all) != 1 || all[0].Encoding != c.reads || len(all[0].Columns) != 5 || c.says != "iso-8859-1" && all[0].Seems != "" {
			t.Errorf("%s: explained as %+v", c.says, all)
		}
	}
}

// TestRejectsForTheirEncoding: of lines that are no UTF-8, which the profile says they are, the message tells what they seem to be.
func TestRejectsForTheirEncoding(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	path := filepath.Join(t.TempDir(), "permits.csv")
	if err := os.WriteFile(path, []byte("permit_id,person_id,decided_on,decision,legal_basis\nS1,P1,2013-02-01,granted,\xa7 7\nS2,P1,2013-02-01,granted,\xa7 9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l.Carl2Permits, l.Profile = []string{path}, profileOf(t, "[carl2_permits]\nencoding = \"utf-8\"\n")
	l.MaxRejects = Limit{}
	_, err := Load(t.Context(), t.TempDir(), l)
	rejected, ok := errors.AsType[*RejectsError](err)
	if want := registers.WithoutNumbers(path) + `: encoding = "windows-1252" in the profile reads it`; !ok {
		t.Fatal(err)
	} else if rejected.Cure != want {
		t.Errorf("%v, cure %q, want %q", err, rejected.Cure, want)
	}
}

// TestExplainInSpiteOfTheProfile: a wrong format or sheet in the profile does not hide what the file is.
func TestExplainInSpiteOfTheProfile(t *testing.T) {
	path := sheetsOf(t, sheetMade{name: "Udtræk", rows: [][]any{permitHead, permitRow}}, sheetMade{name: "Koder", rows: [][]any{{"a"}}})
	for _, profile := range []string{"format = \"csv\"", "format = \"xlsx\"\nsheet = \"Ark1\""} {
		all, err := extract.Explain(extract.Delivery{Carl2Permits: []string{path}, Profile: profileOf(t, "[carl2_permits]\n"+profile+"\n")})
		if err == nil || len(all) != 1 || all[0].Format != "xlsx" || all[0].Sheet != "Udtræk" || len(all[0].Columns) != 4 {
			t.Errorf("%s: %+v, %v", profile, all, err)
		}
	}
}
