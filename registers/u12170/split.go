package u12170

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
)

const (
	longestLine = 1 << 20  // bytes of a line, its end not counted
	searched    = 64 << 10 // bytes of a stream in which the next record must begin
)

// fixedRecords cuts CPR's fixed-width file into records. buf[pos:end] is read and not yet taken.
type fixedRecords struct {
	from     io.Reader
	buf      []byte
	pos, end int
	atEnd    bool
	stream   bool
	number   []byte // positions 4 to 13 of the last record cut from a stream
	bytes    int64  // read so far
	nels     bool   // the first line ends in NEL
	lines    int64  // physical lines taken
	nelEnds  int64  // of them, those that end in NEL
	surplus  int64
}

func newFixedRecords(r io.Reader) *fixedRecords {
	return &fixedRecords{from: r, buf: make([]byte, longestLine+2+256<<10), number: make([]byte, 0, 10)}
}

// need reads on till so many bytes are at hand, or the file ends.
func (f *fixedRecords) need(n int) error {
	if f.end-f.pos >= n || f.atEnd {
		return nil
	}
	f.end = copy(f.buf, f.buf[f.pos:f.end])
	f.pos = 0
	// All that has room, but not more at a time than stays in a core's cache.
	into := f.buf[f.end:min(len(f.buf), f.end+max(n-f.end, 256<<10))]
	got, err := characters.ReadFull(f.from, into)
	f.end += got
	f.bytes += int64(got)
	f.atEnd = errors.Is(err, io.EOF)
	if err != nil && !f.atEnd {
		return fmt.Errorf("byte %d: %w", f.bytes, err)
	}
	return nil
}

// begin finds out whether the file is a stream, by its first record: another one begins where the first one's nominal
// length ends, or there is no line break for long.
func (f *fixedRecords) begin() (stream bool, err error) {
	if err := f.need(searched); err != nil {
		return false, err
	}
	if bytes.HasPrefix(f.buf[f.pos:f.end], []byte(characters.ByteOrderMark)) {
		f.pos += len(characters.ByteOrderMark)
	}
	text := f.buf[f.pos:min(f.end, f.pos+searched)]
	kind := registers.RecordType(text)
	if kind < 0 || registers.RecordLengths[kind] == 0 || len(text) < 13 || !registers.AllDigits(text[3:13]) {
		return false, ErrOther
	}
	// The start record is digits and blanks: no letter stands in it.
	f.nels = bytes.HasPrefix(bytes.TrimLeft(text, "0123456789 "), []byte(characters.NELByte))
	line, next, _ := lineAhead(text, f.nels, f.atEnd && f.pos+len(text) == f.end)
	if next == line {
		line = -1
	}
	// Where records stand on the lines below, the first line has two of them, and the file is no stream. A NEL may be a letter of
	// a stream's, and does not tell.
	if below := text[max(next, 0):]; line > 0 && text[line] != characters.NELByte[0] && len(below) > 13 && f.rank(text, next, text[3:13]) > noRecord && !isFill(below) {
		return false, nil
	}
	for _, length := range lengths(kind) {
		f.stream = f.stream || (line < 0 || line >= length) && f.rank(text, length, text[3:13]) > noRecord && length < len(text)
	}
	f.stream = f.stream || line < 0 && len(text) > 1024
	return f.stream, nil
}

// next gives the next record, or why there is none where one should be. The record is good till the next call. The
// error at the end is io.EOF.
func (f *fixedRecords) next() ([]byte, records.Reason, error) {
	if f.stream {
		return f.nextInStream()
	}
	return f.nextLine()
}

func (f *fixedRecords) nextLine() ([]byte, records.Reason, error) {
	size, next, enough := lineAhead(f.buf[f.pos:f.end], f.nels, f.atEnd)
	for !enough {
		seen := f.end - f.pos
		if seen > longestLine {
			return nil, records.LineTooLong, f.skipLine()
		}
		if err := f.need(seen + 1); err != nil {
			return nil, "", err
		}
		size, next, enough = lineAhead(f.buf[f.pos:f.end], f.nels, f.atEnd)
	}
	if next == 0 {
		return nil, "", io.EOF
	}
	record := f.buf[f.pos : f.pos+size]
	f.endLine(size, next)
	if len(record) > longestLine {
		return nil, records.LineTooLong, nil
	}
	f.countSurplus(record)
	return record, "", nil
}

// endLine takes a line of a size, with what ends it.
func (f *fixedRecords) endLine(size, next int) {
	f.lines++
	if next > size && f.buf[f.pos+size] == characters.NELByte[0] {
		f.nelEnds++
	}
	f.pos += next
}

// skipLine takes a line of any length.
func (f *fixedRecords) skipLine() error {
	for {
		size, next, enough := lineAhead(f.buf[f.pos:f.end], f.nels, f.atEnd)
		if enough {
			f.endLine(size, next)
			return nil
		}
		const undecided = 14 // what ends the line may be the last that was read, and what tells so stand behind it
		f.pos = max(f.pos, f.end-undecided)
		if err := f.need(undecided + 1); err != nil {
			return err
		}
	}
}

func (f *fixedRecords) countSurplus(record []byte) {
	kind := registers.RecordType(record)
	if kind < 0 || registers.RecordLengths[kind] == 0 {
		return
	}
	nominal := registers.RecordLengths[kind]
	if kind == 2 {
		nominal = longAddress
	}
	if len(record) > nominal {
		f.surplus += int64(len(bytes.TrimRight(record[nominal:], " ")))
	}
}

func (f *fixedRecords) nextInStream() ([]byte, records.Reason, error) {
	if err := f.need(searched); err != nil {
		return nil, "", err
	}
	text := f.buf[f.pos:min(f.end, f.pos+searched)]
	if last := f.atEnd && f.end-f.pos <= searched; last && isFill(text) {
		return nil, "", io.EOF
	}
	kind, length := registers.RecordType(text), 0
	if kind < 0 || len(text) < 13 {
		f.pos += len(text)
		return nil, NoRecordType, nil
	}
	f.number = append(f.number[:0], text[3:13]...)
	best := noRecord
	for _, nominal := range lengths(kind) {
		if rank := f.rank(text, nominal, f.number); rank > best {
			best, length = rank, nominal
		}
	}
	if best > noRecord {
		f.pos += min(length, len(text))
		return text[:min(length, len(text))], "", nil
	}
	return f.resume(text, kind)
}

// resume finds the end of a record after which nothing begins where it should: not far off, where a record begins almost
// surely, else where one may.
func (f *fixedRecords) resume(text []byte, kind int) ([]byte, records.Reason, error) {
	nominal := registers.RecordLengths[kind]
	next := f.seek(text, min(len(text), nominal+longAddress), surelyBegin, personBegin)
	if next < 0 {
		next = f.seek(text, len(text), surelyBegin, personBegin, typeBegins)
	}
	if next < 0 {
		if !f.atEnd || f.pos+len(text) < f.end {
			return nil, "", fmt.Errorf("byte %d: no record begins within 64 KiB after the one that begins here", f.bytes-int64(f.end-f.pos)+1)
		}
		next = len(text)
	}
	f.pos += next
	switch {
	case nominal == 0:
		return text[:next], "", nil
	case next < nominal:
		return nil, WrongLength, nil
	}
	f.surplus += int64(next - nominal)
	return text[:nominal], "", nil
}

// How sure it is that a record begins at a place of a stream.
const (
	noRecord    = iota
	digitsBegin // thirteen digits
	typeBegins  // a type that is known, then ten digits
	personBegin // a record 001 as far as its status
	surelyBegin // a record of the same person, the file's last record, or the file's end
)

// rank says how sure it is that a record begins at a place, after one of the person with the number.
func (f *fixedRecords) rank(text []byte, at int, number []byte) int {
	if at >= len(text) || isFill(text[at:]) {
		if f.atEnd && f.pos+len(text) == f.end && at <= len(text) {
			return surelyBegin
		}
		return noRecord
	}
	rest := text[at:]
	kind := registers.RecordType(rest)
	if kind < 0 || len(rest) < 13 {
		return noRecord
	}
	switch {
	case bytes.Equal(rest[3:13], number) || kind == 999 && string(rest[3:13]) == "9999999999":
		return surelyBegin
	case kind == 1 && len(rest) >= 37 && registers.AllDigits(rest[3:13]) && registers.AllDigits(rest[23:37]) && (registers.AllDigits(rest[13:23]) || isFill(rest[13:23])):
		return personBegin
	case registers.RecordLengths[kind] > 0 && (kind == 910 || registers.AllDigits(rest[3:13])):
		return typeBegins
	case registers.AllDigits(rest[3:13]):
		return digitsBegin
	}
	return noRecord
}

// joined reports whether another record begins within the one of a line: its line end was lost, and with it a record. The trailing
// blanks of the first may be gone, so that the second begins anywhere.
func (f *fixedRecords) joined(record []byte) bool {
	const least = 13 // a type and a number
	if len(record) < 2*least || registers.RecordType(record) < 0 {
		return false
	}
	number := record[3:least]
	if nominal := registers.RecordLengths[registers.RecordType(record)]; nominal > 0 && len(record) >= nominal+least && f.rank(record, nominal, number) >= typeBegins {
		return true
	}
	// A record begins with so many digits in a row: of each stretch as long one place is looked at, to see whether it is among them.
	for at := 2*least - 1; at < len(record); at += least {
		if !isDigit(record[at]) {
			continue
		}
		from, to := at, at+1
		for from > least && isDigit(record[from-1]) {
			from--
		}
		for to < len(record) && isDigit(record[to]) {
			to++
		}
		for ; from+least <= to; from++ {
			kind := string(record[from : from+3])
			likely := kind == "001" || kind == "999" || record[from+3] == number[0] && bytes.Equal(record[from+3:from+least], number)
			if likely && registers.KnownType(record[from:]) && f.rank(record, from, number) >= personBegin {
				return true
			}
		}
		at = max(at, to-least)
	}
	return false
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// seek finds the first place where a record may begin although none needs to, or -1. A type that is known stands there
// by chance too, so the number after it must make a date.
func (f *fixedRecords) seek(text []byte, before int, ranks ...int) int {
	for at := 13; at < before; at++ {
		if text[at] < '0' || text[at] > '9' {
			continue
		}
		rank := f.rank(text, at, f.number)
		if !slices.Contains(ranks, rank) {
			continue
		}
		if rank == typeBegins {
			if _, err := registers.ParseNumber(string(text[at+3 : at+13])); err != nil {
				continue
			}
		}
		return at
	}
	return -1
}

// lengths are the nominal lengths of a type.
func lengths(kind int) []int {
	switch {
	case kind == 2:
		return []int{registers.RecordLengths[2], longAddress}
	case registers.RecordLengths[kind] == 0:
		return nil
	}
	return registers.RecordLengths[kind : kind+1]
}

// isFill reports whether a text is nothing but blanks and line ends.
func isFill(text []byte) bool { return len(bytes.TrimLeft(text, " \r\n")) == 0 }

// lineAhead finds where the first line of a text of CPR's ends and the next begins: at LF, CR LF, CR or NEL. The latter
// is false when more must be seen.
//
// A byte 85 is NEL in the encoding that CPR delivers, and three dots in windows-1252. So it ends a line where the first
// line of the file ends with it, or where a record begins or the file ends behind it.
func lineAhead(text []byte, nels, atEnd bool) (size, next int, enough bool) {
	for seen := min(512, len(text)); ; seen = min(2*seen, len(text)) {
		size = seen
		if i := bytes.IndexByte(text[:seen], '\n'); i >= 0 {
			size = i
		}
		if i := bytes.IndexByte(text[:size], '\r'); i >= 0 {
			size = i
		}
		for at := 0; at < size; {
			i := bytes.IndexByte(text[at:size], characters.NELByte[0])
			if i < 0 {
				break
			}
			at += i + 1
			switch rest := text[at:]; {
			case nels || atEnd && isFill(rest) || len(rest) >= 13 && registers.AllDigits(rest[:13]):
				return at - 1, at, true
			case len(rest) < 13 && !atEnd:
				return 0, 0, false
			}
		}
		switch {
		case size == seen && seen == len(text):
			return len(text), len(text), atEnd
		case size == seen:
		case text[size] == '\n':
			return size, size + 1, true
		case size+1 == len(text) && !atEnd:
			return 0, 0, false
		case size+1 < len(text) && text[size+1] == '\n':
			return size, size + 2, true
		default:
			return size, size + 1, true
		}
	}
}
