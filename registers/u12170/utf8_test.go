package u12170

import (
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/unicode/norm"

	"koblet/registers/characters"
	"koblet/registers/records"
)

// named is record 008 in UTF-8, its fields filled up to so many characters, or bytes.
func named(number, given, family string, length func(string) int) string {
	fill := func(text string, n int) string { return text + strings.Repeat(" ", n-length(text)) }
	return "008" + number + fill(given, 92) + fill(family, 41) + "201305170925 " + fill(given+","+family, 34)
}

func inCharacters(text string) int { return len([]rune(text)) }

// TestConvertU12170UTF8: a file that somebody saved as UTF-8 is read by its characters, also those that ISO-8859-1 does not have
// and letters that were taken apart; one that was filled up by bytes is not read crosswise.
func TestConvertU12170UTF8(t *testing.T) {
	person := whole(anna)[0]
	delivery := []string{begin, person, named(anna, "Żółć Ǿ", "Şahin–Łoś", inCharacters), at("010", anna, map[int]string{14: "5180"}), end(3)}
	joined := strings.Join(delivery, "")
	shapes := map[string]string{
		"lines": lines(delivery...), "marked": characters.ByteOrderMark + lines(delivery...), "taken apart": norm.NFD.String(lines(delivery...)), "NEL": strings.Join(delivery, "\u0085"),
		"stream": begin + person + strings.Repeat(" ", 106-len(person)) + delivery[2] + delivery[3] + strings.Repeat(" ", 30-len(delivery[3])) + delivery[4],
	}
	if !strings.Contains(joined, "Łoś") {
		t.Fatal("no letters")
	}
	for name, text := range shapes {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.DataErrReader(strings.NewReader(text))} {
			var persons strings.Builder
			found, err := Convert(r, Conversion{Persons: &persons, Encoding: "utf-8"})
			if err != nil || len(found.Broken) != 0 || found.Persons != 1 || found.Stream != (name == "stream") {
				t.Errorf("%s: %v, %+v", name, err, found)
				continue
			}
			if row := rowsOf(t, persons.String())[0]; row["given_name"] != "Żółć Ǿ" || row["family_name"] != "Şahin–Łoś" || row["citizenship"] != "5180" {
				t.Errorf("%s: %q", name, row)
			}
		}
	}
	for name, test := range map[string]struct {
		record string
		want   records.Reason
	}{
		"filled up by bytes": {named(anna, "Zoë", "Holm", func(text string) int { return len(text) }), WrongLength}, "by bytes, several": {named(anna, "Żółć", "Łoś", func(text string) int { return len(text) }), WrongLength},
		"no UTF-8": {named(anna, "Zo\xeb", "Holm", inCharacters), records.NotUTF8},
	} {
		text := lines(begin, person, test.record, end(2))
		found, err := Convert(strings.NewReader(text), Conversion{Persons: io.Discard, Encoding: "utf-8"})
		if err != nil || !slices.Equal(found.Broken, []records.Broken{{Record: 3, Line: 3, Reason: test.want}}) || found.Persons != 1 {
			t.Errorf("%s: %v, %+v", name, err, found)
		}
	}
	var names []string
	for r := rune(0x4e00); r < 0x4e00+80; r++ {
		names = append(names, person, named(anna, string(r), "Holm", inCharacters))
	}
	_, err := Convert(strings.NewReader(lines(append([]string{begin}, names...)...)), Conversion{Persons: io.Discard, Encoding: "utf-8"})
	if want := "line 119: more than 58 letters that ISO-8859-1 does not have; deliver the file in ISO-8859-1, as CPR does"; err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}
