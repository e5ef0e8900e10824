package u12170

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"koblet/registers"
	"koblet/registers/records"
)

// Other products of CPR begin with the same record 000, and have other things at the places of record 001: read as U12170, a
// person's status is cut out of a time stamp.

// ErrNoPersons is a file of fixed width without any record 001.
var ErrNoPersons = errors.New("no record 001, which CPR's U12170 and U12160 have for each person; another product of CPR's, or a delivery of nobody: order U12170 or U12160")

// Refused says that a file is of another layout than it is read by, or holds nobody; nil where neither is so. A single record
// 001 that is not as it should be is faulty data, and many are another layout.
func (u Converted) Refused() error {
	if u.Types["001"] == 0 {
		return ErrNoPersons
	}
	return otherLayout(u.Types["001"], u.Misplaced, u.misplaced)
}

// refused is the same of what was read so far, of a file that cannot be read on.
func (v *converter) refused() error {
	return otherLayout(v.types[1], v.found.Misplaced, v.found.misplaced)
}

func otherLayout(persons, misplaced int64, first records.Broken) error {
	if misplaced == 0 || misplaced < persons && (misplaced == 1 || misplaced*100 <= persons*misplacedPercent()) {
		return nil
	}
	place := fmt.Sprintf("record %d", first.Record)
	if first.Line > 0 {
		place = fmt.Sprintf("line %d", first.Line)
	}
	return fmt.Errorf("%s: record 001 is not laid out as in CPR's U12170 and U12160, with the status at position 24, the sex (M or K) at 39 and days at 40 and 51; "+
		"%d of %d such records are not: another product of CPR's; order U12170 or U12160", place, misplaced, persons)
}

// misplacedPercent is the share of records 001 above which the file is of another layout.
var misplacedPercent = sync.OnceValue(func() int64 {
	for _, row := range registers.RowsOf("assumptions.csv") {
		if n, err := strconv.ParseInt(row["value"], 10, 64); row["name"] == "misplaced_records_percent" && err == nil {
			return n
		}
	}
	panic("registers: no assumption misplaced_records_percent")
})

// statuses are CPR's.
var statuses = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{"": true}
	for _, row := range registers.RowsOf("words.csv") {
		if row["list"] == "cpr_status" {
			known[row["code"]] = true
		}
	}
	return known
})

// look counts a record 001 that does not have at its places what it should. One that was cut off before them says nothing.
func (v *converter) look(record []byte) {
	status, sex := cutField(record, 24, 2), cutField(record, 39, 1)
	rest := bytes.TrimRight(record[min(len(record), 38):], " ")
	placed := statuses()[string(status)] && (len(rest) == 0 || string(sex) == "M" || string(sex) == "K") &&
		isDayOrNothing(cutField(record, 40, 10)) && isDayOrNothing(cutField(record, 51, 10))
	if placed {
		return
	}
	if v.found.Misplaced++; v.found.Misplaced == 1 {
		v.found.misplaced = records.Broken{Record: v.found.Records + 1, Line: v.records.lines}
	}
}

// isDayOrNothing reports whether a text has the form of a day, be it one that exists or not, or is no value.
func isDayOrNothing(text []byte) bool {
	return isNothing(text) || len(text) == 10 && text[4] == '-' && text[7] == '-' && registers.AllDigits(text[:4]) && registers.AllDigits(text[5:7]) && registers.AllDigits(text[8:])
}
