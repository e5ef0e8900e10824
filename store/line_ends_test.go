package store

import (
	"bytes"
	"compress/gzip"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"koblet/store/extract"
)

// TestLineEndsAndEndMarks: whatever ends the lines of a file, and whatever stands at its end that is no data, the same is
// loaded of it, and lines and records add up.
func TestLineEndsAndEndMarks(t *testing.T) {
	_, plain := load(t, loading(t, writeFiles(t, registersOf)))
	want := receiptOf(t, plain, "carl2_permits")
	latin := func(text string) string {
		encoded, err := charmap.ISO8859_1.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return encoded
	}
	permits := registersOf["permits.csv"]
	for name, test := range map[string]struct{ text, encoding string }{
		"CR": {strings.ReplaceAll(permits, "\n", "\r"), "utf-8"}, "NEL": {strings.ReplaceAll(permits, "\n", "\u0085"), "utf-8"},
		"NEL, one byte":   {strings.ReplaceAll(latin(permits), "\n", "\x85"), "iso-8859-1"},
		"line separators": {strings.ReplaceAll(permits, "\n", "\u2028"), "utf-8"},
		"control-Z":       {permits + "\x1a", "utf-8"}, "control-Z after the last field": {strings.TrimSuffix(permits, "\n") + "\x1a", "utf-8"},
		"several": {permits + "\x1a\x1a\r\n\x1a", "utf-8"}, "zeros": {permits + strings.Repeat("\x00", 4096), "utf-8"},
		"control-Z, ISO-8859-1": {latin(permits) + "\x1a", "iso-8859-1"}, "control-Z, gzip": {gzipped(t, permits+"\x1a"), "utf-8"},
		"two gzip files, zeros": {gzipped(t, permits[:100]) + gzipped(t, permits[100:]) + strings.Repeat("\x00", 300), "utf-8"},
	} {
		files := maps.Clone(registersOf)
		files["permits.csv"] = test.text
		_, r := load(t, loading(t, writeFiles(t, files)))
		got := receiptOf(t, r, "carl2_permits")
		if got.Encoding != test.encoding || got.Lines != want.Lines || got.Loaded != want.Loaded || got.Rejected != want.Rejected || got.Findings != want.Findings ||
			got.PhysicalLines != want.PhysicalLines || got.Bytes != int64(len(test.text)) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		if got := findingsOf(r); !maps.Equal(got, findingsOf(plain)) {
			t.Errorf("%s: findings %v, want %v", name, got, findingsOf(plain))
		}
	}
}

// TestFixedWidthLineEnds: the same of CPR's fixed width, in each encoding.
func TestFixedWidthLineEnds(t *testing.T) {
	records := []string{
		"00000000000000000012014123120141130",
		"0010102801238          01201305170925 K1980-02-01 2013-05-17",
		"0080102801238" + "\xc6da" + strings.Repeat(" ", 89) + "\xc5",
		"999999999999900000002",
	}
	for name, test := range map[string]struct{ text, encoding string }{
		"LF": {strings.Join(records, "\n"), "iso-8859-1"}, "CR": {strings.Join(records, "\r") + "\r", "iso-8859-1"}, "NEL": {strings.Join(records, "\x85"), "iso-8859-1"},
		"NEL at the end": {strings.Join(records, "\x85") + "\x85", "iso-8859-1"}, "control-Z": {strings.Join(records, "\r\n") + "\r\n\x1a", "iso-8859-1"},
		"NEL, then control-Z": {strings.Join(records, "\x85") + "\x85\x1a\x00", "iso-8859-1"},
		"NEL in UTF-8":        {utf8Of(t, strings.Join(records, "\x85")+"\x85"), "utf-8"}, "a letter at the end": {utf8Of(t, strings.Join(records[:3], "\n")), "utf-8"},
	} {
		l := loading(t, writeFiles(t, map[string]string{"persons.csv": registersOf["persons.csv"], "permits.csv": registersOf["permits.csv"], "cpr.txt": test.text}))
		l.CPR = []string{filepath.Join(filepath.Dir(l.Carl2Persons[0]), "cpr.txt")}
		dir, r := load(t, l)
		got := receiptOf(t, r, "cpr_persons")
		lines := int64(4)
		if name == "a letter at the end" {
			lines = 3
		}
		if got.Encoding != test.encoding || got.PhysicalLines != lines || got.Lines != lines || got.Loaded != 2 || got.Rejected != 0 || got.Persons != 1 {
			t.Errorf("%s: %+v", name, got)
		}
		if names := values(t, dir, theIdentities, "select concat_ws(' ', given_name, family_name) from cpr_persons"); len(names) != 1 || names[0] != "Æda Å" {
			t.Errorf("%s: %q", name, names)
		}
	}
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(text)); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return packed.String()
}

func utf8Of(t *testing.T, latin string) string {
	t.Helper()
	text, err := charmap.ISO8859_1.NewDecoder().String(latin)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestNothingInAFile: a file that holds nothing but blanks, line ends and end marks is empty.
func TestNothingInAFile(t *testing.T) {
	for name, text := range map[string]string{"blanks": "  \n\t\r\n ", "control-Z": "\x1a", "zeros": "\x00\x00\x00", "a mark": "\ufeff\n", "spaces that do not break": "\u00a0\n"} {
		files := maps.Clone(registersOf)
		files["permits.csv"] = text
		l := loading(t, writeFiles(t, files))
		_, err := extract.Explain(l.Delivery())
		if want := l.Carl2Permits[0] + ": the file is empty"; err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}
