package records

import (
	"encoding/csv"
	"io/fs"
	"testing"

	"koblet/registers"
)

func TestCodesAreUTF8CSV(t *testing.T) {
	files, _ := fs.Glob(registers.Codes(), "*.csv")
	for _, name := range files {
		f, err := registers.Codes().Open(name)
		if err != nil {
			t.Fatal(err)
		}
		found, err := Scan(f, Scanning{})
		if err != nil || len(found.Broken) != 0 || !found.UTF8 || found.BOM || found.LineEnds() != "lf" {
			t.Errorf("%s: %v, %d broken, line ends %s", name, err, len(found.Broken), found.LineEnds())
		}
		again, _ := registers.Codes().Open(name)
		rows, err := csv.NewReader(again).ReadAll()
		if err != nil || int64(len(rows)) != found.Records {
			t.Errorf("%s: %d records, the standard library reads %d, %v", name, found.Records, len(rows), err)
		}
	}
}

// TestReasonsHaveWords: each reason for which a record is broken or no row has a word.
func TestReasonsHaveWords(t *testing.T) {
	for _, reason := range []Reason{WrongNumberOfFields, BadQuote, NotUTF8, NULByte, LineTooLong,
		RepeatedHeader, RuledLine, RowCount} {
		if registers.Label("reject", string(reason), "en") == string(reason) {
			t.Errorf("no word for %s", reason)
		}
	}
}
