// Package u12170 reads CPR's own extract: records of fixed width, many to a person, in lines or as one stream. What comes in is the
// text; what goes out is CSV with a row a person, which records are broken and where, and what is odd in the others.
package u12170

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
)

// The reasons for which a record of CPR's fixed-width file is broken, beside NULByte and LineTooLong.
const (
	NoRecordType   records.Reason = "no_record_type"   // the first three characters are no digits
	NoPersonNumber records.Reason = "no_person_number" // the number in positions 4 to 13, or the one that was replaced, is not ten digits
	WrongLength    records.Reason = "wrong_length"     // shorter than type and number; in a stream, than the type's nominal length
	NoPersonRecord records.Reason = "no_person_record" // the person's record 001 is not before it
	JoinedRecords  records.Reason = "joined_records"   // another record begins in its line, whose own line end was lost
	RepeatedRecord records.Reason = "repeated_record"  // the person's second of a type that a person has once: 002, 008, 010
)

// ErrOther marks a file that does not begin with a record of CPR's.
var ErrOther = errors.New("no file of CPR's U12170: it does not begin with one of its records")

// Conversion says what ConvertU12170 writes where.
type Conversion struct {
	Persons  io.Writer // gets the rows of cpr_persons
	Replaced io.Writer // when set, gets a row for each record 022: cpr_number, the number that was, and current_cpr_number
	Guarded  io.Writer // when set, gets a line cpr_number and the number of each broken record 004 in which one can be read
	Encoding string    // iso-8859-1, as CPR delivers and as empty is understood; windows-1252 or utf-8 where somebody changed it, positions counting characters

	Broken func(records.Broken)     // when set, is told of each broken record; then none is kept
	Begun  func(record, line int64) // when set, is told of each row where its record 001 stands: the record, and the line, in a stream 0
}

// Converted is what one pass over CPR's fixed-width file found. Records = the sum of Types + the sum of Unknown +
// len(Broken); in lines, Lines = Records + Blank.
type Converted struct {
	Stream     bool // one stream without line breaks; else a record a line
	Bytes      int64
	Lines      int64 // physical lines; 0 in a stream
	NEL        int64 // of them, those that end in NEL, a mainframe's line end
	Blank      int64 // lines with nothing but blanks
	Records    int64
	Types      map[string]int64 // sound records by type; 000 begins a file, 999 ends it
	Unknown    map[string]int64 // records by type, of types that CPR's layouts do not have; they are not read
	Broken     []records.Broken // in file order; in a stream Line is 0
	Persons    int64            // rows written, one for each sound record 001
	Replaced   int64            // sound records 022
	Protected  int64            // persons whose name and address are protected
	Uncertain  int64            // days with CPR's mark of uncertainty, of those that are written
	Annulled   int64            // historic departures and entries that are annulled or corrected, and left out
	NoAddress  int64            // current addresses of persons with status 30 or above, which are no residence and left out
	OutOfOrder int64            // records of types that are not read, away from their person's record 001
	Surplus    int64            // bytes beyond the nominal length of the records they stand in or after
	Misplaced  int64            // records 001 that do not have at their places what U12170 has there
	misplaced  records.Broken   // the first of them
	Produced   string           // production day in record 000, as 2014-12-31; empty where there is none
	Counted    int64            // how many records beside 000 and 999 there are by record 999

	First map[string][]int64 // of each finding the first places: lines, in a stream records
}

// mostPlaces is how many places of a finding are kept.
const mostPlaces = 3

// at adds a place to those of a finding of which n were found before it.
func (v *converter) at(finding string, n, place int64) {
	if n >= mostPlaces {
		return
	}
	if v.found.First == nil {
		v.found.First = map[string][]int64{}
	}
	if places := v.found.First[finding]; len(places) < mostPlaces && !slices.Contains(places, place) {
		v.found.First[finding] = append(places, place)
	}
}

// here is the place of the record that is being read.
func (v *converter) here() int64 {
	if v.found.Stream {
		return v.found.Records + 1
	}
	return v.records.lines
}

// Findings are the counts that a receipt must show, by their name in the list "finding" of words.csv; those that are 0
// are left out.
func (u Converted) Findings() map[string]int64 {
	findings := map[string]int64{"uncertain_date": u.Uncertain, "out_of_order": u.OutOfOrder, "surplus_bytes": u.Surplus}
	for _, n := range u.Unknown {
		findings["unknown_record_type"] += n
	}
	if u.Types["999"] == 0 {
		findings["no_end_record"] = 1
	} else {
		missing := u.Counted - (u.Records - u.Types["000"] - u.Types["999"])
		findings["record_count"] = max(missing, -missing)
	}
	for name, n := range findings {
		if n == 0 {
			delete(findings, name)
		}
	}
	return findings
}

// Convert reads CPR's product U12170 or U12160 once and writes its persons as a CSV file: UTF-8, commas, LF, a
// header with the fields of CPRPersons and two columns more, protected (0 or 1) and uncertain (the fields whose day CPR
// marks as uncertain, with blanks between). A row is written for each record 001, in file order; a number that comes
// twice has two rows. Memory does not grow with the file, but for the list of broken records.
//
// The file is either lines, which end in LF, CR LF, CR or NEL and whose trailing blanks may be stripped, or one stream in
// which every record has its type's nominal length: which, its first record says. Record 002 is 306 or 382 long, whichever leads to another record. Where
// neither does, or a type is not known, a stream goes on at the next place that looks like a record: the same person's,
// a record 001, a known type with a number that makes a date. Where there is none within 64 KiB the file is refused.
//
// Of each person: number, current number, status and its day, sex, birth and the number's beginning from 001;
// municipality and the day of moving there from 002, when the status is below 30; protection from 004, type 0001, unless it
// ended before the production day or begins after it; names from 008, the middle name after the given names;
// citizenship from 010; and the first immigration from 024: the earliest entry without a departure that is not annulled
// (A) or corrected (K). person_id is empty: CPR has none. A day of twelve digits gives its date, whatever hour it
// has; where that is no date the text is written as it is, so that typing it is a finding. Zeros are no value.
//
// Records 022 may concern persons anywhere in the file, so they are written apart, for the current numbers that 001
// leaves blank. A broken record 004 protects nobody's row here: its number is written apart too, whoever's it is. The errors are the reader's and the writers', ErrNotU12170, and a stream that is lost.
func Convert(r io.Reader, c Conversion) (Converted, error) {
	if c.Encoding == "" {
		c.Encoding = "iso-8859-1"
	}
	letters := lettersOf(c.Encoding)
	if c.Encoding == "utf-8" {
		ahead := bufio.NewReader(r)
		if head, _ := ahead.Peek(len(characters.ByteOrderMark)); string(head) == characters.ByteOrderMark {
			_, _ = ahead.Discard(len(characters.ByteOrderMark)) // they are at hand
		}
		r = newSingleBytes(ahead, letters)
	}
	v := &converter{records: newFixedRecords(r), persons: bufio.NewWriterSize(c.Persons, 256<<10), letters: letters, utf8: c.Encoding == "utf-8", begun: c.Begun, tell: c.Broken}
	if c.Replaced != nil {
		v.replaced = bufio.NewWriterSize(c.Replaced, 64<<10)
	}
	v.guarded = bufio.NewWriter(cmp.Or(c.Guarded, io.Discard))
	if err := v.run(); err != nil {
		return Converted{}, err
	}
	return v.found, nil
}

// longAddress is the other length of a record 002.
const longAddress = 382

// converter turns records into rows.
type converter struct {
	records  *fixedRecords
	persons  *bufio.Writer
	replaced *bufio.Writer // nil when nobody asks
	guarded  *bufio.Writer
	letters  *[256]string
	utf8     bool // each byte was a character of several, perhaps
	begun    func(record, line int64)
	tell     func(records.Broken)
	person   fixedPerson
	row      []byte
	types    [1000]int64
	unknown  [1000]int64
	found    Converted
}

func (v *converter) run() error {
	stream, err := v.records.begin()
	if err != nil {
		return err
	}
	v.found.Stream = stream
	v.row = append(v.row[:0], fixedHeader()...)
	v.flushRow(v.persons)
	v.writeReplaced("cpr_number", "current_cpr_number")
	v.row = append(v.row, "cpr_number\n"...)
	v.flushRow(v.guarded)
	for {
		surplus := v.records.surplus
		record, reason, err := v.records.next()
		if v.records.surplus > surplus {
			v.at("surplus_bytes", 0, v.here())
		}
		switch {
		case errors.Is(err, io.EOF):
			return v.done()
		case err != nil:
			return cmp.Or(v.refused(), err)
		case reason == "" && !stream && len(bytes.TrimRight(record, " ")) == 0:
			v.found.Blank++
			continue
		case reason == "" && !stream && v.records.joined(record):
			reason = JoinedRecords
		case reason == "":
			reason = v.take(record)
		}
		v.found.Records++
		if reason != "" {
			v.broken(records.Broken{Record: v.found.Records, Line: v.records.lines, Reason: reason})
			v.guard(record, reason == JoinedRecords)
		}
	}
}

func (v *converter) broken(b records.Broken) {
	if v.tell != nil {
		v.tell(b)
		return
	}
	v.found.Broken = append(v.found.Broken, b)
}

// guard writes whose name and address a broken record may have protected: that of a record 004, whatever is wrong with it, and of each that a
// joined line may hold. A name that is kept back without need can be delivered again, one that was shown cannot be taken back.
func (v *converter) guard(record []byte, joined bool) {
	for at := 0; at+13 <= len(record) && (at == 0 || joined); at++ {
		if number := record[at+3 : at+13]; string(record[at:at+3]) == "004" && registers.AllDigits(number) {
			v.row = append(append(v.row[:0], number...), '\n')
			v.flushRow(v.guarded)
		}
	}
}

func fixedHeader() string {
	var names []string
	for _, field := range registers.CPRPersons.Fields {
		names = append(names, field.Name)
	}
	return strings.Join(append(names, "protected", "uncertain"), ",") + "\n"
}

func (v *converter) done() error {
	v.endPerson()
	if v.types[999] == 0 {
		v.at("no_end_record", 0, cmp.Or(v.records.lines, v.found.Records))
	}
	v.found.Bytes, v.found.Surplus = v.records.bytes, v.records.surplus
	v.found.Lines, v.found.NEL = v.records.lines, v.records.nelEnds
	v.found.Types, v.found.Unknown = byType(&v.types), byType(&v.unknown)
	if err := v.persons.Flush(); err != nil {
		return fmt.Errorf("persons: %w", err)
	}
	if err := v.guarded.Flush(); err != nil {
		return fmt.Errorf("protected numbers: %w", err)
	}
	if v.replaced != nil {
		if err := v.replaced.Flush(); err != nil {
			return fmt.Errorf("replaced numbers: %w", err)
		}
	}
	return nil
}

func byType(counts *[1000]int64) map[string]int64 {
	byName := map[string]int64{}
	for kind, n := range counts {
		if n > 0 {
			byName[fmt.Sprintf("%03d", kind)] = n
		}
	}
	return byName
}

// take reads one record, or says why it is broken.
func (v *converter) take(record []byte) records.Reason {
	kind := registers.RecordType(record)
	switch {
	case kind < 0:
		return NoRecordType
	case bytes.IndexByte(record, 0) >= 0:
		return records.NULByte
	case v.utf8 && bytes.IndexByte(record, substitute) >= 0:
		return records.NotUTF8
	case registers.RecordLengths[kind] == 0:
		v.at("unknown_record_type", v.unknown[kind], v.here())
		v.unknown[kind]++
		return ""
	case len(record) < 13:
		return WrongLength
	}
	reason := v.takeKind(kind, record)
	if reason == "" {
		v.types[kind]++
	}
	return reason
}

func (v *converter) takeKind(kind int, record []byte) records.Reason {
	number := record[3:13]
	switch kind {
	case 0:
		v.found.Produced = string(appendStamp(nil, append(cutField(record, 20, 8), "0000"...)))
		return ""
	case 999:
		v.at("record_count", 0, v.here())
		if count := cutField(record, 14, 8); registers.AllDigits(count) {
			v.found.Counted += decimal(count)
		}
		return ""
	case 910: // an error of the order, which need be no person's
		return ""
	}
	own := string(number) == string(v.person.number[:]) && v.person.begun
	switch {
	case !registers.AllDigits(number):
		return NoPersonNumber
	case kind == 1:
		v.endPerson()
		v.person.begin(record)
		v.person.notes(v.here())
		v.look(record)
		if v.begun != nil {
			v.begun(v.found.Records+1, v.records.lines)
		}
		return ""
	case kind == 22:
		return v.takeReplaced(record)
	case kind == 2 || kind == 4 || kind == 8 || kind == 10 || kind == 24:
		if !own {
			return NoPersonRecord
		}
		return v.takeOwn(kind, record)
	case !own:
		v.at("out_of_order", v.found.OutOfOrder, v.here())
		v.found.OutOfOrder++
	}
	return ""
}

// takeReplaced reads record 022: the current number, and one that it replaced.
func (v *converter) takeReplaced(record []byte) records.Reason {
	old := cutField(record, 14, 10)
	if !registers.AllDigits(old) || len(old) != 10 {
		return NoPersonNumber
	}
	v.found.Replaced++
	v.writeReplaced(string(old), string(record[3:13]))
	return ""
}

func (v *converter) writeReplaced(old, current string) {
	if v.replaced != nil {
		v.row = append(append(append(append(v.row[:0], old...), ','), current...), '\n')
		v.flushRow(v.replaced)
	}
}

// flushRow writes the row. A buffered writer keeps its first error, and done asks for it.
func (v *converter) flushRow(w *bufio.Writer) {
	_, _ = w.Write(v.row)
	v.row = v.row[:0]
}
