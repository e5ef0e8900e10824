package u12170

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/charmap"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
)

// convert gives the persons and the replaced numbers of a fixed-width file as CSV texts.
func convert(t *testing.T, text string) (persons, replaced string, found Converted) {
	t.Helper()
	var p, r bytes.Buffer
	found, err := Convert(strings.NewReader(text), Conversion{Persons: &p, Replaced: &r})
	if err != nil {
		t.Fatalf("convert: %v", err)
	}
	return p.String(), r.String(), found
}

// rowsOf reads a CSV text as rows by column.
func rowsOf(t *testing.T, text string) []map[string]string {
	t.Helper()
	delivery, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range delivery[1:] {
		row := map[string]string{}
		for i, column := range delivery[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// at writes a record: texts at positions counted from 1, in ISO-8859-1.
func at(kind, number string, fields map[int]string) string {
	record := []byte(kind + number)
	for _, start := range slices.Sorted(maps.Keys(fields)) {
		for len(record) < start-1 {
			record = append(record, ' ')
		}
		text, err := charmap.ISO8859_1.NewEncoder().String(fields[start])
		if err != nil {
			panic(err)
		}
		record = append(record[:start-1], text...)
	}
	return string(record)
}

// stream pads records to their nominal lengths and joins them.
func stream(delivery ...string) string {
	var text strings.Builder
	for _, r := range delivery {
		length := 0
		if kind := registers.RecordType([]byte(r)); kind >= 0 {
			length = registers.RecordLengths[kind]
		}
		text.WriteString(r + strings.Repeat(" ", max(length-len(r), 0)))
	}
	return text.String()
}

func lines(delivery ...string) string { return strings.Join(delivery, "\n") + "\n" }

const (
	anna  = "0203041001" // remainders that no number that was issued has
	bodil = "0405061009"
	begin = "00000000000000000012014123120141130"
)

func end(n int) string { return fmt.Sprintf("9999999999999%08d", n) }

func whole(number string) []string {
	return []string{
		at("001", number, map[int]string{24: "01", 26: "201305172599*", 39: "K", 40: "1904-03-02*", 51: "2013-05-17"}),
		at("002", number, map[int]string{14: "0751", 70: "201401010000", 83: "201305170925"}),
		at("004", number, map[int]string{14: "0001", 18: "2013-06-01"}),
		at("008", number, map[int]string{14: "Anna Bæk", 65: `d"Arc`, 106: "Ærø, Østergård"}),
		at("010", number, map[int]string{14: "5180", 18: "190403020000"}),
		at("024", number, map[int]string{14: "A", 15: "0000000000000000", 32: "5180", 36: "201001010000"}),
		at("024", number, map[int]string{15: "5180201201010000", 32: "5180", 36: "201201010000"}),
		at("024", number, map[int]string{15: "0000000000000000", 32: "5180", 36: "201305170925"}),
		at("024", number, map[int]string{15: "0000000000000000", 32: "5180", 36: "201106000000"}),
	}
}

func TestConvertU12170(t *testing.T) {
	delivery := append([]string{begin}, whole(anna)...)
	delivery = append(delivery,
		at("001", bodil, map[int]string{14: anna, 24: "60", 26: "196100000000", 39: "M", 40: "1961-00-00", 51: "          "}),
		at("002", bodil, map[int]string{14: "0751"}),
		at("022", bodil, map[int]string{14: "0607081003", 24: "1990-01-01"}),
		at("099", anna, map[int]string{14: "201412010000"}),
		at("777", bodil, map[int]string{14: "new"}), end(14))
	want := "cpr_number,current_cpr_number,status,status_from,sex,birth_date,family_name,given_name,citizenship,municipality_code," +
		"resident_from,registered_on,immigrated_on,person_id,protected,uncertain\n" +
		anna + `,,01,2013-05-17,K,1904-03-02,"Ærø, Østergård","Anna Bæk d""Arc",5180,0751,2013-05-17,2013-05-17,2013-05-17,,1,status_from birth_date` + "\n" +
		bodil + "," + anna + ",60,196100000000,M,1961-00-00,,,,,,,,,0,\n"
	for shape, text := range map[string]string{"lines": lines(delivery...), "crlf": strings.ReplaceAll(lines(delivery...), "\n", "\r\n"), "stream": stream(delivery...),
		"stream with a line end": stream(delivery...) + "\r\n", "padded lines": strings.ReplaceAll(lines(delivery...), "\n", "   \n"), "marked": characters.ByteOrderMark + lines(delivery...)} {
		persons, replaced, found := convert(t, text)
		if persons != want || replaced != "cpr_number,current_cpr_number\n0607081003,"+bodil+"\n" {
			t.Errorf("%s:\n%s%s\nwant\n%s", shape, persons, replaced, want)
		}
		isStream := strings.HasPrefix(shape, "stream")
		types := map[string]int64{"000": 1, "001": 2, "002": 2, "004": 1, "008": 1, "010": 1, "022": 1, "024": 4, "099": 1, "999": 1}
		if !reflect.DeepEqual(found.Types, types) || !reflect.DeepEqual(found.Unknown, map[string]int64{"777": 1}) || len(found.Broken) != 0 ||
			found.Records != 16 || found.Persons != 2 || found.Replaced != 1 || found.Protected != 1 || found.Uncertain != 2 || found.Annulled != 1 ||
			found.NoAddress != 1 || found.OutOfOrder != 1 || found.Produced != "2014-12-31" || found.Counted != 14 || found.Surplus != 0 ||
			found.Stream != isStream || !isStream && found.Lines != 16 || found.Bytes != int64(len(text)) {
			t.Errorf("%s: %+v", shape, found)
		}
		if first := map[string][]int64{"uncertain_date": {2}, "out_of_order": {14}, "unknown_record_type": {15}, "record_count": {16}}; !reflect.DeepEqual(found.First, first) {
			t.Errorf("%s: first places %v, want %v", shape, found.First, first)
		}
		if f := found.Findings(); !reflect.DeepEqual(f, map[string]int64{"uncertain_date": 2, "out_of_order": 1, "unknown_record_type": 1}) {
			t.Errorf("%s: findings %v", shape, f)
		}
	}
}

// TestConvertU12170Stamps: what of the hour, and of days that there are not.
func TestConvertU12170Stamps(t *testing.T) {
	for text, want := range map[string]string{
		"200111072099": "2001-11-07", "000000000000": "", "            ": "", "196100000000": "196100000000", "200102290000": "200102290000",
		"200002290000": "2000-02-29", "2001110": "2001110", "20011107 925": "20011107 925", "190002290000": "190002290000", "000001010000": "000001010000",
	} {
		if got := string(appendStamp(nil, cutField([]byte(text), 1, 12))); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestConvertU12170Protection(t *testing.T) {
	for _, test := range []struct {
		start, fields string
		want          string
	}{
		{begin, "0001", "1"}, {begin, "00012014-12-31", "1"}, {begin, "00012015-01-01", "0"}, {begin, "00012010-01-012014-12-31", "1"},
		{begin, "00012010-01-012014-12-30", "0"}, {begin, "00022010-01-01", "0"}, {begin, "00012010-01-012101-01-01", "1"},
		{begin, "00012010-13-012014-02-30", "1"}, {"0000000000000000001", "00012010-01-012011-01-01", "1"},
	} {
		persons, _, _ := convert(t, lines(test.start, at("001", anna, nil), at("004", anna, map[int]string{14: test.fields}), end(2)))
		if got := rowsOf(t, persons)[0]["protected"]; got != test.want {
			t.Errorf("%s after %.27s: protected %s, want %s", test.fields, test.start, got, test.want)
		}
	}
}

func TestConvertU12170Broken(t *testing.T) {
	name := at("008", anna, map[int]string{14: "Anna"})
	person := at("001", anna, map[int]string{24: "01"})
	for _, test := range []struct {
		name     string
		delivery []string
		want     []records.Broken
		persons  int64
	}{
		{"no type", []string{"x01" + anna, person}, []records.Broken{{Record: 2, Line: 2, Reason: NoRecordType}}, 1},
		{"no number", []string{"00102030410-1", person, "0220203041001040506100"}, []records.Broken{{Record: 2, Line: 2, Reason: NoPersonNumber}, {Record: 4, Line: 4, Reason: NoPersonNumber}}, 1},
		{"too short", []string{person, "00", "001", "001020304100"}, []records.Broken{{Record: 3, Line: 3, Reason: NoRecordType}, {Record: 4, Line: 4, Reason: WrongLength}, {Record: 5, Line: 5, Reason: WrongLength}}, 1},
		{"before its 001", []string{name, person, at("010", bodil, nil)}, []records.Broken{{Record: 2, Line: 2, Reason: NoPersonRecord}, {Record: 4, Line: 4, Reason: NoPersonRecord}}, 1},
		{"twice", []string{person, name, name, "", person, name}, []records.Broken{{Record: 4, Line: 4, Reason: RepeatedRecord}}, 2},
		{"zero byte", []string{person, name + "\x00"}, []records.Broken{{Record: 3, Line: 3, Reason: records.NULByte}}, 1},
		{"too long", []string{person, "008" + strings.Repeat("x", 3<<20), name}, []records.Broken{{Record: 3, Line: 3, Reason: records.LineTooLong}}, 1},
		{"a little too long", []string{person, "008" + strings.Repeat("x", 1<<20-2), name}, []records.Broken{{Record: 3, Line: 3, Reason: records.LineTooLong}}, 1},
	} {
		_, _, found := convert(t, lines(append([]string{begin}, test.delivery...)...))
		if !slices.Equal(found.Broken, test.want) || found.Persons != test.persons {
			t.Errorf("%s: %+v, %d persons", test.name, found.Broken, found.Persons)
		}
		if found.Findings()["no_end_record"] != 1 {
			t.Errorf("%s: findings %v", test.name, found.Findings())
		}
	}
	_, _, found := convert(t, lines(begin, person, end(3)))
	if found.Findings()["record_count"] != 2 {
		t.Errorf("a wrong count: findings %v", found.Findings())
	}
	for _, text := range []string{"", "\n", "cpr_number\n" + anna + "\n", anna + "\n", "777" + anna + "\n", "\xff\xfe0\x000\x000\x00"} {
		if _, err := Convert(strings.NewReader(text), Conversion{Persons: io.Discard}); !errors.Is(err, ErrOther) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestConvertU12170Joined: where a line end was lost, the two records of the line are rejected as such, wherever the first of them ends.
func TestConvertU12170Joined(t *testing.T) {
	delivery := append(append([]string{begin}, whole(anna)...), whole(bodil)...)
	delivery = append(delivery, end(18))
	for name, test := range map[string]struct {
		first  int
		padded bool
		after  int // records that have lost their person's first one
	}{
		"the first two": {0, false, 8}, "of a person": {1, false, 7}, "of a person, blanks kept": {3, true, 0}, "of two persons": {9, false, 8}, "the last": {18, false, 0},
	} {
		joined := slices.Clone(delivery)
		first := joined[test.first]
		if test.padded {
			first += strings.Repeat(" ", registers.RecordLengths[registers.RecordType([]byte(first))]-len(first))
		}
		joined[test.first] = first + joined[test.first+1]
		joined = slices.Delete(joined, test.first+1, test.first+2)
		_, _, found := convert(t, lines(joined...))
		at := int64(test.first + 1)
		if len(found.Broken) != 1+test.after || found.Broken[0] != (records.Broken{Record: at, Line: at, Reason: JoinedRecords}) || found.Stream {
			t.Errorf("%s: stream %t, %+v", name, found.Stream, found.Broken)
		}
	}
	if _, _, found := convert(t, lines(delivery...)); len(found.Broken) > 0 {
		t.Errorf("no line end lost: %+v", found.Broken)
	}
}

// TestConvertU12170Lengths: a stream whose records are longer or shorter than they should be.
func TestConvertU12170Lengths(t *testing.T) {
	delivery := append(append([]string{begin}, whole(anna)...), whole(bodil)...)
	delivery = append(delivery, end(18))
	want, _, _ := convert(t, lines(delivery...))
	long := slices.Clone(delivery)
	for i, r := range long {
		if strings.HasPrefix(r, "002") {
			long[i] += strings.Repeat(" ", longAddress-10-len(r)) + "2014-01-01"
		}
	}
	for name, text := range map[string]string{"382 in a stream": stream(long...), "382 in lines": lines(long...)} {
		persons, _, found := convert(t, text)
		if persons != want || found.Surplus != 0 || len(found.Broken) != 0 || found.Records != 20 {
			t.Errorf("%s: %+v\n%s", name, found, persons)
		}
	}
	// A type that has grown: its fields stand where they stood.
	for i, r := range long {
		if strings.HasPrefix(r, "008") {
			long[i] += strings.Repeat(" ", registers.RecordLengths[8]-len(r)) + "Ny oplysning 20140101"
		}
	}
	for name, text := range map[string]string{"grown in a stream": stream(long...), "grown in lines": lines(long...)} {
		persons, _, found := convert(t, text)
		if persons != want || found.Surplus != 42 || len(found.Broken) != 0 || found.Records != 20 {
			t.Errorf("%s: %+v\n%s", name, found, persons)
		}
	}
	// Bytes lost from the middle of a record: it is broken, the next is not.
	text := stream(delivery...)
	cut := strings.Index(text, "Anna") + 3
	persons, _, found := convert(t, text[:cut]+text[cut+20:])
	if !slices.Equal(found.Broken, []records.Broken{{Record: 5, Line: 0, Reason: WrongLength}}) || found.Persons != 2 || rowsOf(t, persons)[0]["citizenship"] != "5180" {
		t.Errorf("bytes lost: %+v", found)
	}
	// The file was cut off.
	_, _, found = convert(t, text[:len(text)-50])
	if !slices.Equal(found.Broken, []records.Broken{{Record: 19, Line: 0, Reason: WrongLength}}) || found.Findings()["no_end_record"] != 1 {
		t.Errorf("cut off: %+v", found)
	}
	_, err := Convert(strings.NewReader(text[:400]+strings.Repeat("x", 100<<10)+text[400:]), Conversion{Persons: io.Discard})
	if err == nil || !strings.HasPrefix(err.Error(), "byte 142: ") {
		t.Errorf("a stream that is lost: %v", err)
	}
}

func TestConvertU12170Encodings(t *testing.T) {
	latin := lines(append([]string{begin}, whole(anna)...)...)
	want, _, _ := convert(t, latin)
	utf8, err := charmap.ISO8859_1.NewDecoder().String(latin)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, encoding, want string }{
		{utf8, "utf-8", want}, {characters.ByteOrderMark + utf8, "utf-8", want}, {latin, "windows-1252", want},
		{strings.ReplaceAll(latin, "Anna", "Ann\x80"), "windows-1252", strings.ReplaceAll(want, "Anna", "Ann€")},
		{strings.ReplaceAll(latin, "Anna", "Ann\x80"), "", strings.ReplaceAll(want, "Anna", "Ann\u0080")},
	} {
		var persons bytes.Buffer
		if _, err := Convert(strings.NewReader(test.text), Conversion{Persons: &persons, Encoding: test.encoding}); err != nil || persons.String() != test.want {
			t.Errorf("%s: %v\n%s", test.encoding, err, persons.String())
		}
	}
	// Every byte a name may hold.
	letters := string(everyByte()[0x20:])
	letters = strings.NewReplacer(" ", "", `"`, "", ",", "").Replace(letters)
	for start := 0; start < len(letters); start += 40 {
		part := letters[start:min(start+40, len(letters))]
		persons, _, _ := convert(t, lines(begin, at("001", anna, nil), "008"+anna+strings.Repeat(" ", 92)+part))
		want, _ := charmap.ISO8859_1.NewDecoder().String(part)
		if got := rowsOf(t, persons)[0]["family_name"]; got != want {
			t.Errorf("bytes %x: %q, want %q", part, got, want)
		}
	}
	_, err = Convert(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(latin))), Conversion{Persons: io.Discard})
	if !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("reader's error: %v", err)
	}
}

// demonstration is the CPR office's own extract in both shapes, and what it is known to hold.
func TestDemonstrationExtract(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "cpr", name))
		if err != nil {
			t.Skip("the CPR office's demonstration extract is not here")
		}
		return string(text)
	}
	persons, replaced, found := convert(t, read("U12170-lines.txt"))
	streamPersons, streamReplaced, streamFound := convert(t, read("U12170-stream.txt"))
	if persons != streamPersons || replaced != streamReplaced {
		t.Error("the two shapes differ")
	}
	if !streamFound.Stream || found.Stream || streamFound.Records != 1100 || found.Lines != 1100 {
		t.Errorf("lines %+v\nstream %+v", found, streamFound)
	}
	found.Stream, found.Bytes, found.Lines, found.Surplus = true, streamFound.Bytes, 0, streamFound.Surplus
	if !reflect.DeepEqual(found, streamFound) {
		t.Errorf("lines %+v\nstream %+v", found, streamFound)
	}
	status, current := map[string]int{}, ""
	for _, row := range rowsOf(t, persons) {
		status[row["status"]]++
		if row["cpr_number"] == "0101520013" {
			current = row["current_cpr_number"]
		}
	}
	if !reflect.DeepEqual(status, map[string]int{"01": 69, "60": 3, "80": 3, "90": 3, "50": 1, "70": 1}) || current != "0107529039" {
		t.Errorf("status %v; the double number has another current one", status)
	}
	if found.Refused() != nil || found.Misplaced != 0 || found.Persons != 80 || found.Replaced != 7 || len(found.Broken) != 0 || len(found.Unknown) != 0 || found.Surplus != 0 || found.Counted != 1098 ||
		found.Produced != "2001-11-19" || found.Types["002"] != 69 || found.Types["024"] != 21 || found.OutOfOrder != 79 {
		t.Errorf("%+v", found)
	}
	if f := found.Findings(); len(f) != 2 || f["out_of_order"] != 79 || f["uncertain_date"] != 57 {
		t.Errorf("findings %v", f)
	}
}

// fuzzRecords makes records of any bytes: of each six, type, person and how much text follows. Texts hold no digits, which
// in a stream could look like a record.
func fuzzRecords(script []byte) []string {
	kinds := []string{"001", "002", "003", "004", "005", "008", "010", "022", "024", "099", "910", "997", "777"}
	delivery, number, kind := []string{begin}, anna, ""
	for len(script) > 0 && len(delivery) < 200 {
		afterUnknown := kind == "777"
		kind, script = kinds[int(script[0])%len(kinds)], script[1:]
		// Where a record of an unknown type ends only the same person's next can say, or a new person.
		if kind == "001" || kind != "777" && !afterUnknown && len(script)%7 == 0 {
			number = []string{anna, bodil, "0607081003"}[len(script)%3]
		}
		text := []byte(kind + number)
		if kind == "001" {
			text = append(text, "          01201305172599"...)
		}
		for len(script) > 0 && script[0] != 0 && len(text) < registers.RecordLengths[registers.RecordType(text)] {
			b := script[0]
			if b < ' ' || b >= '0' && b <= '9' {
				b = ' '
			}
			text, script = append(text, b), script[1:]
		}
		delivery = append(delivery, string(bytes.TrimRight(text, " ")))
	}
	return append(delivery, end(len(delivery)-1))
}

// FuzzConvertU12170Shapes: the same records give the same rows in both shapes.
func FuzzConvertU12170Shapes(f *testing.F) {
	f.Add([]byte("\x00\x01abc\x00\x05Anna   B\xe6k,\"\x00\x0c"))
	f.Add([]byte{0, 0, 1, 0, 1, 0, 5, 0, 8, 0, 7, 0, 12, 0, 12, 0, 11, 0, 10})
	f.Fuzz(func(t *testing.T, script []byte) {
		delivery := fuzzRecords(script)
		persons, replaced, found := convert(t, lines(delivery...))
		streamPersons, streamReplaced, streamFound := convert(t, stream(delivery...))
		if persons != streamPersons || replaced != streamReplaced {
			t.Fatalf("lines\n%sstream\n%s", persons, streamPersons)
		}
		if !streamFound.Stream || found.Stream || found.Records != int64(len(delivery)) || len(found.Broken) != len(streamFound.Broken) {
			t.Fatalf("%d records\nlines %+v\nstream %+v", len(delivery), found, streamFound)
		}
		found.Stream, found.Bytes, found.Lines, found.Broken = true, streamFound.Bytes, 0, streamFound.Broken
		found.misplaced.Line = 0 // a stream has no lines
		if !reflect.DeepEqual(found, streamFound) {
			t.Fatalf("lines %+v\nstream %+v", found, streamFound)
		}
	})
}

// FuzzConvertU12170: nothing panics, every record is accounted for, and the rows are a table.
func FuzzConvertU12170(f *testing.F) {
	delivery := append(append([]string{begin}, whole(anna)...), at("022", anna, map[int]string{14: bodil}), end(10))
	for _, seed := range []string{lines(delivery...), stream(delivery...), begin + "\n777" + anna + "\n", begin + "777" + anna + "x001" + bodil + "\x00", "", begin + " \n\n\x00", begin + "\x85" + strings.Join(delivery[1:], "\x85"), strings.Join(delivery, "\r\r\n")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var persons, replaced bytes.Buffer
		found, err := Convert(strings.NewReader(text), Conversion{Persons: &persons, Replaced: &replaced})
		if err != nil {
			return
		}
		if other, err := Convert(strings.NewReader(text), Conversion{Persons: io.Discard, Encoding: "utf-8"}); err == nil && !other.Stream && other.Lines != other.Records+other.Blank {
			t.Fatalf("as UTF-8: %+v", other)
		}
		sum := int64(len(found.Broken))
		for _, counts := range []map[string]int64{found.Types, found.Unknown} {
			for _, n := range counts {
				sum += n
			}
		}
		physical := found.NEL + int64(strings.Count(text, "\n")+strings.Count(strings.ReplaceAll(text, "\r\n", ""), "\r"))
		if text != "" && !strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\r") && !strings.HasSuffix(text, characters.NELByte) {
			physical++
		}
		if sum != found.Records || found.Bytes != int64(len(text)) || !found.Stream && (found.Lines != found.Records+found.Blank || found.Lines != physical) {
			t.Fatalf("%d counted of %+v, %d lines", sum, found, physical)
		}
		for out, want := range map[*bytes.Buffer]int64{&persons: found.Persons, &replaced: found.Replaced} {
			rows, err := csv.NewReader(out).ReadAll()
			if err != nil || int64(len(rows)) != want+1 {
				t.Fatalf("%d rows, want %d, %v", len(rows), want+1, err)
			}
		}
	})
}

// TestConvertU12170LineEnds: whatever ends the lines of CPR's fixed width, the persons are the same; also where files with
// other line ends were put together.
func TestConvertU12170LineEnds(t *testing.T) {
	delivery := append(append([]string{begin}, whole(anna)...), whole(bodil)...)
	delivery = append(delivery, end(18))
	want, _, _ := convert(t, lines(delivery...))
	half := len(delivery) / 2
	for name, text := range map[string]string{
		"CR": strings.Join(delivery, "\r"), "CR at the end": strings.Join(delivery, "\r") + "\r", "NEL": strings.Join(delivery, "\x85"), "NEL at the end": strings.Join(delivery, "\x85") + "\x85",
		"LF, then NEL": lines(delivery[:half]...) + strings.Join(delivery[half:], "\x85"), "NEL, then CR LF": strings.Join(delivery[:half], "\x85") + "\x85" + strings.Join(delivery[half:], "\r\n"),
		"padded, NEL": strings.Join(delivery, "    \x85"),
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			var persons strings.Builder
			found, err := Convert(r, Conversion{Persons: &persons})
			nels := int64(strings.Count(text, "\x85"))
			if err != nil || persons.String() != want || found.Lines != 20 || found.Records != 20 || len(found.Broken) != 0 || found.NEL != nels || found.Surplus != 0 {
				t.Errorf("%s: %v, %+v\n%s", name, err, found, persons.String())
			}
		}
	}
	// In windows-1252 the byte is three dots, and within a name ends nothing.
	dots := slices.Clone(delivery)
	for i, r := range dots {
		dots[i] = strings.Replace(r, "Anna", "Ann\x85", 1)
	}
	for shape, text := range map[string]string{"lines": lines(dots...), "stream": stream(dots...)} {
		var persons strings.Builder
		found, err := Convert(strings.NewReader(text), Conversion{Persons: &persons, Encoding: "windows-1252"})
		if err != nil || persons.String() != strings.ReplaceAll(want, "Anna", "Ann…") || found.NEL != 0 {
			t.Errorf("%s: %v, %+v\n%s", shape, err, found, persons.String())
		}
	}
	// A line without end costs itself and no other.
	for _, end := range []string{"\n", "\r", "\x85"} {
		long := slices.Insert(slices.Clone(delivery), 1, "008"+strings.Repeat("x", 3<<20))
		_, _, found := convert(t, strings.Join(long, end))
		if !slices.Equal(found.Broken, []records.Broken{{Record: 2, Line: 2, Reason: records.LineTooLong}}) || found.Persons != 2 || found.Lines != 21 {
			t.Errorf("%q: %+v", end, found)
		}
	}
}

// Each reason for which a record is broken has its words.
func TestReasonsHaveWords(t *testing.T) {
	for _, reason := range []records.Reason{NoRecordType, NoPersonNumber, WrongLength, NoPersonRecord, JoinedRecords, RepeatedRecord} {
		if registers.Label("reject", string(reason), "en") == string(reason) {
			t.Errorf("no word for %s", reason)
		}
	}
}

// everyByte are the 256 bytes in order.
func everyByte() []byte {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	return all
}
