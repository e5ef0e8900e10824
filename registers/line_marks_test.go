package registers

import (
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// TestLineMarks: where neither LF nor CR ends the lines, what does is found, and read as a line feed.
func TestLineMarks(t *testing.T) {
	for text, want := range map[string]string{
		"a\x85b\xe5\x85": "a\nb\xe5\n", "a\u0085å\u0085": "a\nå\n", "a\u2028b": "a\nb", "a\u2029b\u2029": "a\nb\n",
		"a\n\x85b\xe5": "a\n\x85b\xe5", "a\r\u0085b": "a\r\u0085b", "Å": "Å", "\xe5": "\xe5", "": "", "\u0085": "\n",
	} {
		mark := LineMarkOf([]byte(text))
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.DataErrReader(strings.NewReader(text))} {
			if got, err := io.ReadAll(WithLineFeeds(r, mark)); err != nil || string(got) != want {
				t.Errorf("%q: mark %q, %q, %v, want %q", text, mark, got, err, want)
			}
		}
	}
}

// TestConvertU12170LineEnds: whatever ends the lines of CPR's fixed width, the persons are the same; also where files with
// other line ends were put together.
func TestConvertU12170LineEnds(t *testing.T) {
	records := append(append([]string{begin}, whole(anna)...), whole(bodil)...)
	records = append(records, end(18))
	want, _, _ := convert(t, lines(records...))
	half := len(records) / 2
	for name, text := range map[string]string{
		"CR": strings.Join(records, "\r"), "CR at the end": strings.Join(records, "\r") + "\r", "NEL": strings.Join(records, "\x85"), "NEL at the end": strings.Join(records, "\x85") + "\x85",
		"LF, then NEL": lines(records[:half]...) + strings.Join(records[half:], "\x85"), "NEL, then CR LF": strings.Join(records[:half], "\x85") + "\x85" + strings.Join(records[half:], "\r\n"),
		"padded, NEL": strings.Join(records, "    \x85"),
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			var persons strings.Builder
			found, err := ConvertU12170(r, Conversion{Persons: &persons})
			nels := int64(strings.Count(text, "\x85"))
			if err != nil || persons.String() != want || found.Lines != 20 || found.Records != 20 || len(found.Broken) != 0 || found.NEL != nels || found.Surplus != 0 {
				t.Errorf("%s: %v, %+v\n%s", name, err, found, persons.String())
			}
		}
	}
	// In windows-1252 the byte is three dots, and within a name ends nothing.
	dots := slices.Clone(records)
	for i, r := range dots {
		dots[i] = strings.Replace(r, "Anna", "Ann\x85", 1)
	}
	for shape, text := range map[string]string{"lines": lines(dots...), "stream": stream(dots...)} {
		var persons strings.Builder
		found, err := ConvertU12170(strings.NewReader(text), Conversion{Persons: &persons, Encoding: "windows-1252"})
		if err != nil || persons.String() != strings.ReplaceAll(want, "Anna", "Ann…") || found.NEL != 0 {
			t.Errorf("%s: %v, %+v\n%s", shape, err, found, persons.String())
		}
	}
	// A line without end costs itself and no other.
	for _, end := range []string{"\n", "\r", "\x85"} {
		long := slices.Insert(slices.Clone(records), 1, "008"+strings.Repeat("x", 3<<20))
		_, _, found := convert(t, strings.Join(long, end))
		if !slices.Equal(found.Broken, []Broken{{2, 2, LineTooLong}}) || found.Persons != 2 || found.Lines != 21 {
			t.Errorf("%q: %+v", end, found)
		}
	}
}
