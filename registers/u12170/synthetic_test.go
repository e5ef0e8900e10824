package u12170_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"koblet/registers"
	"koblet/registers/synthetic"
	"koblet/registers/u12170"
)

// keyed reads a CSV text as rows by their first column; of a key that comes twice the first row holds.
func keyed(t *testing.T, text []byte) map[string]map[string]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]map[string]string{}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		if rows[record[0]] == nil {
			rows[record[0]] = row
		}
	}
	return rows
}

// TestSyntheticFixedWidth: the invented fixed-width file says what the invented CSV file says.
func TestSyntheticFixedWidth(t *testing.T) {
	out := filepath.Join(t.TempDir(), "registers")
	made, err := synthetic.Write(t.Context(), synthetic.Options{Out: out, Permits: 8_000, Seed: 5, Danes: 300, AsOf: []time.Time{time.Date(2016, 12, 31, 0, 0, 0, 0, time.UTC)}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(made.Folders[0].Dir, "cpr_persons.u12170.txt"))
	if err != nil {
		t.Fatal(err)
	}
	wanted, err := os.ReadFile(filepath.Join(made.Folders[0].Dir, "cpr_persons.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if format := registers.FormatOf(text[:64]); format != "u12170" {
		t.Errorf("the file looks like %s", format)
	}
	var persons, replaced bytes.Buffer
	found, err := u12170.Convert(bytes.NewReader(text), u12170.Conversion{Persons: &persons, Replaced: &replaced})
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Broken) != 0 || found.Findings()["record_count"] != 0 || found.OutOfOrder != 0 || found.Annulled == 0 || found.Produced != "2016-12-31" {
		t.Errorf("found %+v", found)
	}
	got, want, current := keyed(t, persons.Bytes()), keyed(t, wanted), keyed(t, replaced.Bytes())
	if len(got) != len(want) || int64(len(got)) != found.Persons {
		t.Errorf("%d persons, %d of them different; want %d", found.Persons, len(got), len(want))
	}
	filled := 0
	for number, row := range want {
		mine := got[number]
		if mine["current_cpr_number"] == "" && current[number] != nil {
			mine["current_cpr_number"], filled = current[number]["current_cpr_number"], filled+1
		}
		for column, value := range row {
			if column != "person_id" && mine[column] != value {
				t.Fatalf("%s differs, status %s: pattern %s, want %s", column, row["status"], registers.Pattern(mine[column]), registers.Pattern(value))
			}
		}
	}
	if filled == 0 {
		t.Error("no current number comes from a record 022")
	}
}

func BenchmarkConvertU12170(b *testing.B) {
	out := filepath.Join(b.TempDir(), "registers")
	made, err := synthetic.Write(b.Context(), synthetic.Options{Out: out, Permits: 60_000, Seed: 5})
	if err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(made.Folders[0].Dir, "cpr_persons.u12170.txt"))
	if err != nil {
		b.Fatal(err)
	}
	shapes := map[string][]byte{"lines": text, "stream": padded(text)}
	for name, text := range shapes {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				found, err := u12170.Convert(bytes.NewReader(text), u12170.Conversion{Persons: io.Discard, Replaced: io.Discard})
				if err != nil || found.Persons == 0 || found.Stream != (name == "stream") {
					b.Fatal(found.Persons, err)
				}
			}
		})
	}
}

// padded makes the stream of a file of lines.
func padded(text []byte) []byte {
	lengths := map[string]int{"000": 35, "001": 106, "002": 306, "004": 37, "005": 200, "008": 193, "010": 30, "022": 45, "024": 218, "999": 21}
	var stream bytes.Buffer
	for line := range bytes.Lines(text) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		stream.Write(line)
		stream.WriteString(strings.Repeat(" ", lengths[string(line[:3])]-len(line)))
	}
	return stream.Bytes()
}
