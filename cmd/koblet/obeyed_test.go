package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode"
)

// obeyed are characters that a screen obeys, or that are there unseen.
const obeyed = "\x1b[31m\x1b]52;c;QQ==\a\u009b\u202e\u2066\u200b\U000e0041\u007f"

// TestNothingReachesAScreenThatItObeys runs commands on names, values, columns, titles and words that are full of what a terminal obeys.
func TestNothingReachesAScreenThatItObeys(t *testing.T) {
	t.Chdir(t.TempDir())
	const seen = "x\u202e\u200by" // file names with controls are refused
	layout(t, ".",
		seen+"persons.csv=person_id,cpr_number,citizenship,entered_on,a"+obeyed+"b\nA-1,,a"+obeyed+"b,2013-02-01,\n",
		"permits.csv=permit_id,person_id,decided_on,decision,person_group,legal_basis\nP-1,A-1,2013-01-10,granted,g"+obeyed+"h,b"+obeyed+"c\n",
		"short.csv=permit_id,person"+obeyed+",decided\n",
		"wrong.toml=[carl2_permits]\nformat = \"c\\u001b\u202esv\"\n\"k\\u001b\u202e\" = 1\n",
		"study.toml=name = \"s\u202e\"\nperiod = \"\\u001b\"\n",
		"own"+seen+".sql=-- Hvad \u202e\x1b?\n-- What \u202e\x1b?\n--\n-- Nothing.\n--\n-- columns\n--   n  BIGINT [permits]  a\x1b | b\u202e\nselect count(*) as n from carl2_permits;\n")
	files := []string{"--carl2-persons", seen + "persons.csv", "--carl2-permits", "permits.csv"}
	load := append([]string{"load", "--store", "st" + seen, "--as-of", "2014-12-31"}, files...)
	path := "no\x1b[31m\nsuch\u202e"
	for i, args := range [][]string{
		load, load, append(load, "--replace", "--format", "json"), append([]string{"load", "--explain"}, files...), append([]string{"load", "--explain", "--format", "json"}, files...),
		append([]string{"load", "--suggest-profile", "-"}, files...), append(load, "--profile", "wrong.toml"), append(load, "--profile", path), append(load, "--profile="+path),
		{"load", "--store", "st", "--as-of", "2014-12-31", "--carl2-persons", seen + "persons.csv", "--carl2-permits", "short.csv"},
		{"run", "unlinked_by_person_group", "--store", "st" + seen}, {"run", "unlinked_by_legal_basis", "--store", "st" + seen, "--format", "json"}, {"run", "unlinked_by_citizenship", "--store", "st" + seen, "--format", "html"},
		{"run", "unlinked", "--store", path}, {"run", path, "--store", "st" + seen}, {"run", "unlinked", "--store", "st" + seen, "--param", path}, {"run", "own" + seen + ".sql", "--explain", "--store", "st" + seen},
		{"compare", "study.toml", "study-2011", "--store", "st" + seen}, {path}, {"load", "--" + path}, {"load", path}, {"snapshots", path}, {"snapshots", "verify", "--store", path}, {"export", "--store", path, "--out", path},
		{"report", path, "--store", "st" + seen, "--out", path}, {"questions", path}, {"help", path},
	} {
		var out, errs bytes.Buffer
		code := run(t.Context(), args, strings.NewReader(""), &out, &errs)
		if out.Len()+errs.Len() == 0 || i == 0 && code != done {
			t.Errorf("%q says %q", args, errs.String())
		}
		for name, text := range map[string]string{"output": out.String(), "error": errs.String()} {
			for _, r := range text {
				if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)) && !strings.HasPrefix(text, "<!doctype") {
					t.Errorf("%q: standard %s holds %U: %.300q", args, name, r, text)
					break
				}
			}
			if strings.ContainsAny(text, "\x1b\u202e\u200b\a") {
				t.Errorf("%q: standard %s holds what a screen obeys", args, name)
			}
		}
	}
}

// TestNoMessageEchoesMuch: of what was given no more than 200 characters are repeated, whatever it is.
func TestNoMessageEchoesMuch(t *testing.T) {
	t.Chdir(t.TempDir())
	layout(t, ".", "persons.csv="+soundPersons, "permits.csv="+strings.Repeat("q w", 5000)+",decided\n",
		"key.toml=[carl2_permits]\n"+strings.Repeat("q", 5000)+" = 1\n", "basis.toml=[[legal_bases]]\nperson_group = \"work\"\nlegal_basis = \""+strings.Repeat("q w ", 25_000)+"q\"\n")
	long := strings.Repeat("q w", 1000)
	for _, args := range [][]string{
		{"load", "--store", "st", "--as-of", "2014-12-31", "--carl2-persons", "persons.csv", "--carl2-permits", "permits.csv"},
		{"load", "--store", "st", "--as-of", "2014-12-31", "--carl2-persons", "persons.csv", "--carl2-permits", "permits.csv", "--profile", "key.toml"},
		{"load", "--store", "st", "--as-of", "2014-12-31", "--carl2-persons", "persons.csv", "--carl2-permits", "permits.csv", "--profile", "basis.toml"},
		{"load", "--store", "st", "--as-of", "2014-12-31", "--carl2-persons", long, "--carl2-permits", "permits.csv"},
		{"run", "unlinked", "--store", long}, {"run", "unlinked", "--store=" + long}, {long}, {"run", long}, {"run", "unlinked", "--" + long}, {"compare", long + ".toml", "study-2011"}, {"run", "unlinked", "--as-of", long},
	} {
		var out, errs bytes.Buffer
		code := run(t.Context(), args, strings.NewReader(""), &out, &errs)
		for line := range strings.Lines(errs.String()) {
			if n := strings.Count(line, "q") + strings.Count(line, "w"); code != refused || n > 200 {
				t.Errorf("%.60q: exit code %d, %d characters of what was given", args, code, n)
			}
		}
	}
}

// TestGivenFilesHaveAnEnd: what has no end, or waits, is one line.
func TestGivenFilesHaveAnEnd(t *testing.T) {
	t.Chdir(t.TempDir())
	layout(t, ".", "persons.csv="+soundPersons, "permits.csv="+soundPermits, "inf.toml=[gate]\nmax_row_change_percent = inf\n", "nan.toml=name = \"s\"\nas_of = 2014-12-31\ntitle = { da = \"s\", en = \"s\" }\npublished = { value = nan }\n")
	if err := os.Symlink("/dev/zero", "zero.toml"); err != nil {
		t.Skip(err)
	}
	load := []string{"load", "--store", "st", "--carl2-persons", "persons.csv", "--carl2-permits", "permits.csv"}
	for want, args := range map[string][]string{
		"koblet: load: --profile: /dev/zero: a pipe or a device, not a file\n":                                                    append(load, "--as-of", "2014-12-31", "--profile", "/dev/zero"),
		"koblet: load: inf.toml:2: max_row_change_percent is a number, 0 or more\n":                                               append(load, "--as-of", "2014-12-31", "--profile", "inf.toml"),
		"koblet: load: --as-of: 2,912,447 days off; the day is yet to come; --accept as_of_day loads it all the same\n":           append(load, "--as-of", "9999-12-31"),
		"koblet: compare: nan.toml: line 4: published: value: want a fraction from 0 to 1\nkoblet: hint: koblet compare --help\n": {"compare", "nan.toml", "study-2011", "--store", "st"},
		"koblet: compare: zero.toml: a pipe or a device, not a file\n":                                                            {"compare", "zero.toml", "study-2011", "--store", "st"},
	} {
		var out, errs bytes.Buffer
		t.Setenv("TZ", "UTC")
		if code := run(t.Context(), args, strings.NewReader(""), &out, &errs); code != refused || errs.String() != want && !strings.Contains(want, "days off") ||
			strings.Contains(errs.String(), "106,751") {
			t.Errorf("%q: exit code %d, %s", args, code, errs.String())
		}
	}
}
