package registers

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/language"
)

func on(text string) time.Time {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return day
}

func valid(from, to, day time.Time) bool {
	return !day.Before(from) && (to.IsZero() || !day.After(to))
}

func TestCodesFiles(t *testing.T) {
	keys := map[string][]string{
		"municipalities.csv":     {"code"},
		"countries.csv":          {"code"},
		"citizenship_groups.csv": {"code", "valid_from"},
		"western_countries.csv":  {"code"},
		"legal_bases.csv":        {"person_group", "legal_basis"},
		"words.csv":              {"list", "code"},
		"breaks.csv":             {"day"},
		"assumptions.csv":        {"name"},
		"synonyms.csv":           {"field", "code", "synonym"},
		"spreadsheets.csv":       {"kind", "text"},
	}
	files, err := fs.Glob(Codes(), "*")
	if err != nil || len(files) != len(keys) {
		t.Fatalf("%d lists, want %d, %v", len(files), len(keys), err)
	}
	for name, columns := range keys {
		seen := map[string]bool{}
		for _, row := range RowsOf(name) {
			key := ""
			for _, column := range columns {
				key += row[column] + "|"
			}
			if seen[key] {
				t.Errorf("%s: %s stands twice", name, key)
			}
			seen[key] = true
			if source, sourced := row["source"]; sourced && source == "" {
				t.Errorf("%s: %s has no source", name, key)
			}
			for column, text := range row {
				if strings.TrimSpace(text) != text {
					t.Errorf("%s: %s: blanks around %s", name, key, column)
				}
			}
		}
	}
}

// TestCodesSources: every source named in a list is explained beside the lists.
func TestCodesSources(t *testing.T) {
	explained := readme(t)
	for _, name := range []string{"municipalities.csv", "countries.csv", "citizenship_groups.csv", "western_countries.csv", "legal_bases.csv", "breaks.csv", "assumptions.csv", "synonyms.csv", "spreadsheets.csv"} {
		for _, row := range RowsOf(name) {
			for source := range strings.SplitSeq(row["source"], "; ") {
				source = strings.TrimSuffix(source, " [A]")
				if source != "corrected" && !strings.Contains(explained, "| `"+source+"` |") {
					t.Errorf("%s: source %q is not in codes/README.md", name, source)
				}
			}
		}
	}
}

func TestMunicipalities(t *testing.T) {
	byCode := map[string]Municipality{}
	split, at2000, at2010 := 0, 0, 0
	for _, m := range municipalities() {
		byCode[m.Code] = m
		if m.Split {
			split++
		}
		if valid(m.ValidFrom, m.ValidTo, on("2000-01-01")) {
			at2000++
		}
		if valid(m.ValidFrom, m.ValidTo, on("2010-01-01")) {
			at2010++
			if m.Successor != "" || m.Region == "" {
				t.Errorf("%s in use has a successor or no region", m.Code)
			}
		}
	}
	// 275: the municipalities of 1974 to 2002, Bornholm's five among them.
	if split != 13 || at2010 != 98 || at2000 != 275 {
		t.Errorf("%d split, %d in 2000, %d in 2010; want 13, 275, 98", split, at2000, at2010)
	}
	for code, m := range byCode {
		successor, there := byCode[m.Successor]
		switch {
		case m.ValidTo.IsZero():
		case m.Split && m.Successor != "":
			t.Errorf("%s is split and has a successor", code)
		case !m.Split && (!there || !successor.ValidTo.IsZero()):
			t.Errorf("%s has no successor in use", code)
		case there && successor.ValidFrom.After(m.ValidTo.AddDate(0, 0, 1)):
			t.Errorf("%s ends before %s begins", code, m.Successor)
		}
	}
	for code, name := range map[string]string{"0101": "København", "0751": "Aarhus", "0851": "Aalborg", "0260": "Halsnæs", "0810": "Brønderslev", "0173": "Lyngby-Taarbæk"} {
		if byCode[code].Name != name {
			t.Errorf("%s is %s, want %s", code, byCode[code].Name, name)
		}
	}
}

// TestCountries holds the ISO codes against the Unicode tables of another library.
func TestCountries(t *testing.T) {
	seen := map[string]string{}
	for _, c := range countries() {
		if c.NameDa == "" || c.NameEn == "" || len(c.Code) != 4 || c.Code[0] != '5' {
			t.Errorf("%s: %q, %q", c.Code, c.NameDa, c.NameEn)
		}
		for _, iso := range []string{c.ISO2, c.ISO3} {
			if other, twice := seen[iso]; iso != "" && twice {
				t.Errorf("%s is both %s and %s", iso, other, c.Code)
			}
			seen[iso] = c.Code
		}
		// Ended countries and Kosovo, whose codes ISO has given up or not given.
		if c.ISO2 == "" || strings.Contains("YU SU XK", c.ISO2) {
			continue
		}
		region, err := language.ParseRegion(c.ISO2)
		if err != nil || region.ISO3() != c.ISO3 || !region.IsCountry() {
			t.Errorf("%s %s: %s is not %s, %v", c.Code, c.NameEn, c.ISO2, c.ISO3, err)
		}
	}
	if len(countries()) != 214 {
		t.Errorf("%d countries, want 214", len(countries()))
	}
	for iso, code := range map[string]string{"DK": "5100", "CAF": "5276", "ROU": "5158", "XK": "5761", "XKX": "5761", "SY": "5486", "UKR": "5704", "SRB": "5757", "TKM": "5718", "FO": "5902", "YU": "5152"} {
		if seen[iso] != code {
			t.Errorf("%s is %s, want %s", iso, seen[iso], code)
		}
	}
}

func TestCitizenshipGroups(t *testing.T) {
	rows := RowsOf("citizenship_groups.csv")
	group := func(iso, day string) string {
		code := iso
		for _, c := range countries() {
			if c.ISO2 == iso {
				code = c.Code
			}
		}
		for _, r := range rows {
			if r["code"] == code && valid(codeDay(r["valid_from"]), codeDay(r["valid_to"]), on(day)) {
				return r["citizenship_group"]
			}
		}
		return "other"
	}
	for _, test := range []struct{ code, day, want string }{
		{"DK", "2010-01-01", "danish"}, {"FO", "2010-01-01", "danish"}, {"SE", "1997-01-01", "nordic"}, {"5105", "2010-01-01", "nordic"},
		{"PL", "2004-04-30", "other"}, {"PL", "2004-05-01", "eu_eea_ch"}, {"RO", "2006-12-31", "other"}, {"BG", "2007-01-01", "eu_eea_ch"},
		{"HR", "2013-06-30", "other"}, {"HR", "2013-07-01", "eu_eea_ch"}, {"CH", "2002-05-31", "other"}, {"CH", "2002-06-01", "eu_eea_ch"},
		{"LI", "1995-05-01", "eu_eea_ch"}, {"GB", "2020-01-31", "eu_eea_ch"}, {"GB", "2020-02-01", "other"}, {"SY", "2015-01-01", "other"},
		{"5103", "2015-01-01", "other"}, {"5999", "2015-01-01", "unknown"}, {"", "2015-01-01", "unknown"},
	} {
		if got := group(test.code, test.day); got != test.want {
			t.Errorf("%q on %s: %s, want %s", test.code, test.day, got, test.want)
		}
	}
	members := 0
	for _, c := range countries() {
		if c.ISO2 != "" && group(c.ISO2, "2015-01-01") == "eu_eea_ch" {
			members++
		}
	}
	// 28 members without Denmark, Finland and Sweden, and Liechtenstein and Switzerland.
	if members != 27 {
		t.Errorf("%d in eu_eea_ch in 2015, want 27", members)
	}
}

func TestLegalBases(t *testing.T) {
	groups := map[string]string{}
	administrative := map[string]bool{}
	for _, b := range legalBases() {
		if other, there := groups[b.Group]; there && (other != b.Category || administrative[b.Group] != b.AdministrativeNumber) {
			t.Errorf("%s has two categories or two answers on administrative numbers", b.Group)
		}
		groups[b.Group], administrative[b.Group] = b.Category, b.AdministrativeNumber
		for list, code := range map[string]string{"person_group": b.Group, "category": b.Category} {
			if Label(list, code, "da") == code || Label(list, code, "en") == code {
				t.Errorf("no word for %s %s", list, code)
			}
		}
	}
	if len(groups) != 24 {
		t.Errorf("%d groups, want 24", len(groups))
	}
	numbered := 0
	for group := range groups {
		if administrative[group] {
			numbered++
		}
	}
	if numbered != 17 {
		t.Errorf("%d groups are given administrative numbers, want 17", numbered)
	}
	for group, category := range map[string]string{"spouse_under_24": "family", "exceptional_reasons": "asylum", "special_ukraine": "ukraine", "eu_eea": "eu", "special_afghanistan": "other"} {
		if groups[group] != category {
			t.Errorf("%s is %s, want %s", group, groups[group], category)
		}
	}
}

func TestBreaks(t *testing.T) {
	var days []string
	for _, b := range Breaks() {
		days = append(days, b.Day.Format(time.DateOnly))
		for _, words := range []string{b.Da, b.En} {
			if n := len(strings.Fields(words)); n < 1 || n > 3 {
				t.Errorf("%s: %d words", b.Day.Format(time.DateOnly), n)
			}
		}
	}
	if got := strings.Join(days, " "); got != "2002-07-01 2007-01-01 2014-07-01 2015-10-01 2016-02-01" {
		t.Errorf("breaks on %s", got)
	}
}

func TestLabel(t *testing.T) {
	for _, test := range []struct{ list, code, language, want string }{
		{"category", "asylum", "da", "Asyl"}, {"category", "asylum", "en", "Asylum"}, {"category", "asylum", "", "Asyl"},
		{"municipality", "0751", "en", "Aarhus"}, {"country", "5180", "da", "Tyskland"}, {"country", "5180", "en", "Germany"},
		{"municipality", "unknown", "da", "Uoplyst"}, {"country", "9999", "da", "9999"}, {"no_list", "x", "en", "x"},
		{"age_group", "60+", "da", "60 år og derover"}, {"link_status", "linked_unverified", "en", "Linked, not verified"},
	} {
		if got := Label(test.list, test.code, test.language); got != test.want {
			t.Errorf("%s %s in %q: %s, want %s", test.list, test.code, test.language, got, test.want)
		}
	}
}

// TestWordsComplete: each list has a word for exactly its codes, in both languages.
func TestWordsComplete(t *testing.T) {
	want := map[string]string{
		"category":          "asylum family work study eu other brexit ukraine unknown",
		"link_status":       "linked linked_unverified conflict superseded not_in_cpr replacement malformed unlinked no_person",
		"step":              "all granted in_scope linked unknown unlinked unlinked_not_expected unlinked_expected",
		"sex":               "M K unknown",
		"age_group":         "0-14 15-17 18-24 25-39 40-59 60+ unknown",
		"citizenship_group": "danish nordic eu_eea_ch other unknown",
		"decision":          "granted refused withdrawn revoked lapsed pending unknown",
		"not_expected":      "not_entered lapsed immature",
		"cpr_status":        "01 03 05 07 20 30 50 60 70 80 90 unknown",
		"verdict":           "pass fail unknown",
		"finding":           "not_a_date after_as_of_day unknown_code malformed replacement no_person repeated missing_decision_day implausible_day missing_lapse_day link_after_as_of uncertain_date record_count no_end_record unknown_record_type out_of_order surrounding_blanks not_computed lost_zeros error_value lost_digits surplus_bytes circle_of_numbers",
		"reject":            "empty_key repeated_key wrong_number_of_fields bad_quote not_utf8 nul_byte line_too_long repeated_header ruled_line row_count below_table between_rows no_record_type no_person_number wrong_length no_person_record joined_records repeated_record",
		"limit":             "unreadable_days unknown_decisions unknown_categories malformed_numbers missing_person_ids permits_without_person empty_table repeated_keys days_after_as_of other_production_day old_decisions as_of_day",
	}
	have := map[string]string{}
	for _, row := range RowsOf("words.csv") {
		have[row["list"]] = strings.TrimSpace(have[row["list"]] + " " + row["code"])
		if row["da"] == "" || row["en"] == "" {
			t.Errorf("%s %s lacks a word", row["list"], row["code"])
		}
		lower := slices.Contains([]string{"finding", "reject", "limit", "deviation"}, row["list"])
		if first := []rune(row["da"])[0]; unicode.IsLetter(first) && unicode.IsLower(first) != lower {
			t.Errorf("%s %s: labels begin with a capital, reasons do not", row["list"], row["code"])
		}
	}
	for list, codes := range want {
		if have[list] != codes {
			t.Errorf("%s has words for %s, want %s", list, have[list], codes)
		}
	}
}

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("codes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
