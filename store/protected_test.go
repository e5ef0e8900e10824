package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"koblet/store/desk"
)

// TestProtectedPersonsAreKeysToEverybody: whom CPR protects is a key with a purpose too, in free SQL and in an export: under the
// number, under older numbers that lead to it over several steps, as CARL2 has the person, and in texts kept beside.
func TestProtectedPersonsAreKeysToEverybody(t *testing.T) {
	cpr := strings.Join([]string{
		fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"}),
		fixed("001", "0102801238", map[int]string{24: "01"}),
		fixed("004", "0102801238", map[int]string{14: "0001", 18: "2012-01-01"}),
		fixed("001", "0203801233", map[int]string{14: "0102801238", 24: "60"}),
		fixed("001", "0304801239", map[int]string{14: "0203801233", 24: "60"}),
		fixed("001", "0405801234", map[int]string{24: "01"}),
		fixed("999", "9999999999", map[int]string{14: "00000006"}),
	}, "\n") + "\n"
	l := loading(t, writeFiles(t, map[string]string{
		"cpr.csv":     cpr,
		"persons.csv": "person_id,cpr_number,family_name,cpr_linked_on\nP1,0304801239,Skjultsen,Skjultsen\nP2,0102801238,Skjultsen,\nP3,0405801234,Synligsen,\nP4,,Synligsen,Synligsen\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,13-01-01 Skjultsen,granted\nS2,P2,2013-01-01,granted\nS3,P3,2013-01-01,granted\nS4,P9,x,granted\n",
	}))
	l.Accept = []string{"unreadable_days"}
	dir, _ := load(t, l)
	s := &Store{Dir: dir}
	out := filepath.Join(t.TempDir(), "x")
	if _, err := s.Export(t.Context(), Exporting{Out: out, Lookup: Lookup{At: l.Now, Who: "somebody", Purpose: "a test", Question: "export"}}); err != nil {
		t.Fatal(err)
	}
	for table, want := range map[string][]string{
		"cpr_persons":    {"false 0405801234", "true ", "true ", "true "},
		"carl2_persons":  {"false P3 0405801234 Synligsen", "false P4 Synligsen", "true ", "true "},
		"carl2_permits":  {"false S3 P3", "false S4 P9", "true ", "true "},
		"untyped_values": {"false Synligsen", "false x", "true ", "true "},
	} {
		columns := map[string]string{"cpr_persons": "cpr_number", "carl2_persons": "person_id, cpr_number, family_name", "carl2_permits": "permit_id, person_id", "untyped_values": "text"}[table]
		list := "select concat_ws(' ', protected, " + columns + ", case when protected then '' end) as row from "
		if shown := values(t, dir, theIdentities, list+table+" order by row"); !slices.Equal(shown, want) {
			t.Errorf("%s where statements are run: %q, want %q", table, shown, want)
		}
		if exported := values(t, dir, theIdentities, list+"read_parquet("+desk.Literal(filepath.Join(out, identitiesDir, table+".parquet"))+") order by row"); !slices.Equal(exported, want) {
			t.Errorf("%s in the export: %q, want %q", table, exported, want)
		}
	}
	kept, err := os.ReadFile(filepath.Join(dir, theIdentities))
	apart, wrong := os.ReadFile(filepath.Join(dir, identitiesDir, "2014-12-31", protectedFile))
	for _, value := range []string{"0102801238", "0203801233", "0304801239", "Skjultsen"} {
		if err != nil || wrong != nil || strings.Contains(string(kept), value) || !strings.Contains(string(apart), value) {
			t.Errorf("%s of a protected person is in the file that statements are run beside, or not in its own: %v, %v", value, err, wrong)
		}
	}
	for _, name := range []string{"carl2_persons", "untyped_values"} {
		text, err := os.ReadFile(filepath.Join(out, identitiesDir, name+".parquet"))
		if err != nil || strings.Contains(string(text), "Skjultsen") {
			t.Errorf("%s: the name of a protected person is in the file, or %v", name, err)
		}
	}
}

// TestWhoIsProtectedIsSoByEveryName: under a second number of the same person, with a number whose zero was
// lost or that is parted otherwise, and where a second record of the number is the one that says so. Others who have such a number are not.
func TestWhoIsProtectedIsSoByEveryName(t *testing.T) {
	cpr := strings.Join([]string{
		fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"}),
		fixed("001", "0102801238", map[int]string{24: "01"}),
		fixed("004", "0102801238", map[int]string{14: "0001", 18: "2012-01-01"}),
		fixed("001", "0304801239", map[int]string{24: "01"}), // P1's second number
		fixed("001", "0405801234", map[int]string{24: "01"}),
		fixed("001", "0506801230", map[int]string{24: "01"}),
		fixed("999", "9999999999", map[int]string{14: "00000006"}),
	}, "\n") + "\n"
	again := strings.Join([]string{
		fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"}),
		fixed("001", "0405801234", map[int]string{24: "01"}),
		fixed("004", "0405801234", map[int]string{14: "0001", 18: "2012-01-01"}),
		fixed("999", "9999999999", map[int]string{14: "00000003"}),
	}, "\n") + "\n"
	files := writeFiles(t, map[string]string{
		"cpr.csv": cpr, "again.csv": again,
		"persons.csv": "person_id,cpr_number,family_name\nP1,0102801238,Skjultsen\nP1,0304801239,Skjultsen\nP2,102801238,Skjultsen\nP3,01.02.80 1238,Skjultsen\nP4,0405801234,Skjultsen\n" +
			"P5,0304801239,Synligsen\nP6,0506801230,Synligsen\nP7,506801230,Synligsen\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2014-01-01,granted\nS2,P2,2014-12-01,granted\nS3,P6,2014-12-01,granted\n",
	})
	l := loading(t, files)
	l.CPR = append(l.CPR, filepath.Join(files, "again.csv"))
	l.MaxRejects = Limit{Count: 9}
	dir, _ := load(t, l)
	for question, want := range map[string][]string{
		"select cpr_number from cpr_persons where not protected order by all":                        {"0506801230"},
		"select count(*)::varchar from cpr_persons where protected":                                  {"3"},
		"select person_id || ' ' || family_name from carl2_persons where not protected order by all": {"P5 Synligsen", "P6 Synligsen", "P7 Synligsen"},
		"select permit_id from carl2_permits where not protected":                                    {"S3"},
	} {
		if got := values(t, dir, theIdentities, question); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
	kept, err := os.ReadFile(filepath.Join(dir, theIdentities))
	if err != nil || strings.Contains(string(kept), "Skjultsen") {
		t.Errorf("the name of a protected person is in the file that statements are run beside, or %v", err)
	}
}

// TestARejectedProtectionProtects: a record 004 that is away from its person, cut short, has a zero byte in it or lost its line end
// protects the number that stands at its place, whether that has a row of CPR's or not. Who shows it is no matter of order.
func TestARejectedProtectionProtects(t *testing.T) {
	protects := func(number string) string { return fixed("004", number, map[int]string{14: "0001", 18: "2012-01-01"}) }
	cpr := strings.Join([]string{
		fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"}),
		protects("0102801238"), // before its person
		fixed("001", "0102801238", map[int]string{24: "01"}),
		fixed("001", "0304801239", map[int]string{24: "01"}) + protects("0304801239"), // a line end was lost
		fixed("001", "0405801234", map[int]string{24: "01"}),
		"0040405801234\x00001",
		protects("0506801230"), // whom CPR's file does not have
		fixed("001", "0607801237", map[int]string{24: "01"}),
		fixed("999", "9999999999", map[int]string{14: "00000008"}),
	}, "\n") + "\n"
	l := loading(t, writeFiles(t, map[string]string{
		"cpr.csv":     cpr,
		"persons.csv": "person_id,cpr_number,family_name\nP1,0102801238,Skjultsen\nP2,0304801239,Skjultsen\nP3,0405801234,Skjultsen\nP4,0506801230,Skjultsen\nP5,0607801237,Synligsen\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2014-01-01,granted\nS5,P5,2014-12-01,granted\n",
	}))
	l.MaxRejects = Limit{Count: 9}
	dir, r := load(t, l)
	rejected := int64(0)
	for _, f := range r.Files {
		rejected += f.Rejected
	}
	if rejected != 4 {
		t.Errorf("%d records are rejected, want 4", rejected)
	}
	for question, want := range map[string][]string{
		"select person_id || ' ' || family_name from carl2_persons where not protected order by all": {"P5 Synligsen"},
		"select cpr_number from cpr_persons where not protected order by all":                        {"0607801237"},
		"select permit_id from carl2_permits where not protected":                                    {"S5"},
	} {
		if got := values(t, dir, theIdentities, question); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
}

// TestProtectionFollowsThePerson: from an older number to those that replaced it, and to the others that lead there; to a person whose number
// is mistyped or has something beside it; and into the rows of others.
func TestProtectionFollowsThePerson(t *testing.T) {
	cpr := strings.Join([]string{
		fixed("000", "0000000000", map[int]string{14: "000001", 20: "20141231"}),
		fixed("001", "0102801238", map[int]string{14: "0203801233", 24: "60"}),
		fixed("004", "0102801238", map[int]string{14: "0001", 18: "2012-01-01"}),
		fixed("001", "0203801233", map[int]string{14: "0304801239", 24: "60"}),
		fixed("001", "0607801236", map[int]string{14: "0304801239", 24: "60"}), // another that it replaced
		fixed("001", "0304801239", map[int]string{24: "01"}),
		fixed("001", "0405801234", map[int]string{24: "01"}),
		fixed("999", "9999999999", map[int]string{14: "00000007"}),
	}, "\n") + "\n"
	l := loading(t, writeFiles(t, map[string]string{
		"cpr.csv": cpr,
		"persons.csv": "person_id,cpr_number,family_name,cpr_linked_on\nP1,0304801239,Skjultsen,\nP2,0405801234,Synligsen,0102801238\nP3,030480l239,Skjultsen,\nP4,+45 0304801239,Skjultsen,\n" +
			"P5,3.04801239E8,Skjultsen,\nP6,1239-030480,Skjultsen,\nP7,0304801239 (gl. 0405801234),Skjultsen,\nP8,,Synligsen,hos Skjultsen\nP9,0405801235x,Synligsen,x\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-01,granted\n",
	}))
	l.Accept = []string{"unreadable_days", "malformed_numbers"}
	dir, _ := load(t, l)
	for question, want := range map[string][]string{
		"select cpr_number from cpr_persons where not protected order by all":                        {"0405801234"},
		"select count(*)::varchar from cpr_persons where protected":                                  {"4"},
		"select person_id || ' ' || family_name from carl2_persons where not protected order by all": {"P2 Synligsen", "P8 Synligsen", "P9 Synligsen"},
		"select text from untyped_values where not protected order by all":                           {"x"},
	} {
		if got := values(t, dir, theIdentities, question); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
	kept, err := os.ReadFile(filepath.Join(dir, theIdentities))
	for _, value := range []string{"Skjultsen", "0102801238", "0304801239", "030480l239"} {
		if err != nil || strings.Contains(string(kept), value) {
			t.Errorf("%s of a protected person is in the file that statements are run beside, or %v", value, err)
		}
	}
}
