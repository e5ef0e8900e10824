// Package extract reads delivered files. What comes in are the files of one as-of day and the profile that says how they differ; what
// goes out is what became of every line of them, and the SQL by which a load reads the rest: DuckDB reads the file itself where it
// would take it as we do, else a copy as plain CSV. It says how files would be read, and suggests the profile to read them by.
//
// What is deliberately not here: snapshots, and what the rows mean (store).
package extract

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/records"
	"koblet/store/disk"
)

// standardInput is the name by which a file is read from standard input.
const standardInput = "-"

// extract is one delivered file: how it is read, what its columns are, and, once it has been read, what it holds. A file
// with persons and permits together is one extract of two tables.
type extract struct {
	Path       string     // as it was named
	at         string     // where it is: the same, or the copy of standard input
	number     int        // among those that its flag names, from 1; of a suggested profile only
	before     disk.State // of the file, when it was first looked at
	stdin      *bufio.Reader
	Format     string // csv, xlsx, parquet or u12170
	Encoding   string // the declared one; once the text was read, the one it is in
	looked     string // of a text: the encoding of its beginning
	seems      string // of a text: the one that it seems to be in, where that is not the declared one
	begins     []byte // of a text: that, as UTF-8; of a workbook the first rows, with semicolons
	delimiter  byte
	sheet      string
	Chosen     string           // of a workbook with several sheets, none of which is named: the one that is read
	others     string           // of that: all its sheets
	places     registers.Places // of the columns
	headerRow  int64            // of a workbook: where the header stands, counted from 1
	compressed bool
	nel        bool             // of fixed width: lines end in NEL
	lineMark   string           // of a text: what ends its lines where LF and CR do not, see registers.LineMarkOf
	Columns    []string         // the header as the file has it
	First      [][]string       // the first rows, at most five
	shapes     []shape          // of the columns
	kinds      []string         // of Parquet: the types of the columns
	marked     marks            // of a text or a workbook
	asked      []registers.Kind // of the columns of a text: of what kind the field is, or none
	Types      []string         // of the columns of a text: the types that they are read as, nil where all are texts

	taken
}

// taken is what reading an extract found: records = headers + rows that are sound + broken records. Where a row is made
// of several records, as in CPR's fixed width, rows are fewer.
type taken struct {
	SHA256      string // of the bytes as delivered
	Bytes       int64
	Lines       int64 // physical lines, counted apart from the parser; rows of a workbook or of a Parquet file
	Records     int64
	Headers     int64 // records that are not data
	Rows        int64 // that DuckDB is to read
	Broken      Lines
	Gaps        []int64             // of a workbook: the last rows that stand behind blank ones, counted from 0
	Findings    map[Finding]int64   // of the file, beyond those of its rows
	Firsts      map[Finding][]int64 // where those stand first
	Read        string              // what DuckDB reads: the file itself, or a copy of it as plain CSV
	newLine     string              // the line end of that, as DuckDB's reader names it
	Separator   byte                // between the fields, where a first line sep= says so
	bare        bool                // no field begins or ends with a blank
	composed    bool                // every letter is one character
	Produced    string              // of CPR's fixed width: the production day, as 2014-12-31
	Trailer     *Trailer            // of CPR's fixed width: what its record 999 counts; nil where it has none
	Values      []records.Values    // of a text: what the columns have
	OtherSheets []string            // of a workbook: those with values in them that are not read
	Replaced    string              // CSV of numbers and those that replaced them; empty where there is none
	Guarded     string              // CSV of the numbers of broken records of protection; empty where there can be none
	Place       func(ctx context.Context, row int64) (int64, error)
}

// Trailer is how many records CPR's record 999 counts, and how many there are.
type Trailer struct {
	Says int64 `json:"says"`
	Has  int64 `json:"has"`
	Line int64 `json:"line,omitempty"` // where it stands
}

// gzipMark is how a compressed file begins.
const gzipMark = "\x1f\x8b"

// Finding is what is wrong, and in which column; in none where it is the file.
type Finding struct{ Column, Reason string }

// MostPlaces is how many places of a finding are told.
const MostPlaces = 3

// headSize is how much of a file is looked at before any is read: twice the longest record, so that the header is in it
// whole, or is too long.
const headSize = 2 << 20

// look finds out by the beginning of a file what it is and what its columns are.
func (e *extract) look() error {
	head, err := e.head()
	if err != nil {
		return err
	}
	plain, whole, err := e.unpacked(head)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	if whole && characters.Nothing(plain) {
		return fmt.Errorf("%s: the file is empty", e.Path)
	}
	found := registers.FormatOf(plain)
	kind, cure := registers.KindOf(plain)
	switch {
	case kind != "":
		return fmt.Errorf("%s: %s; %s", e.Path, kind, cure)
	case e.Format != "" && e.Format != found:
		return fmt.Errorf("%s: the profile says format = %q, but the file begins as %s does", e.Path, e.Format, found)
	case e.compressed && bytes.HasPrefix(plain, []byte(gzipMark)):
		return fmt.Errorf("%s: gzip inside gzip; unpack it once", e.Path)
	case found != "csv" && found != "u12170" && e.compressed:
		return fmt.Errorf("%s: %s inside gzip; unpack it first", e.Path, found)
	case found != "csv" && found != "u12170" && e.Path == standardInput:
		return fmt.Errorf("%s: %s is not read from standard input; give the file itself", e.Path, found)
	}
	switch e.Format = found; found {
	case "u12170":
		return e.lookFixed(plain)
	case "xlsx":
		return e.lookWorkbook()
	case "parquet":
		return e.lookParquet()
	}
	return e.lookText(plain, whole)
}

// head gives the beginning of the file as delivered.
func (e *extract) head() ([]byte, error) {
	if e.stdin != nil {
		head, err := e.stdin.Peek(headSize)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
		return head, nil
	}
	e.before = disk.StateOf(e.at)
	file, err := openFile(e.at)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, headSize))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Path, disk.Cause(err))
	}
	return head, nil
}

// unpacked gives the text at the beginning, and whether that is all there is.
func (e *extract) unpacked(head []byte) (plain []byte, whole bool, err error) {
	e.compressed = bytes.HasPrefix(head, []byte(gzipMark))
	if !e.compressed {
		return head, len(head) < headSize, nil
	}
	r, err := characters.Decompress(bytes.NewReader(head))
	if err != nil {
		return nil, false, err
	}
	plain, err = io.ReadAll(io.LimitReader(r, headSize))
	cut := errors.Is(err, io.ErrUnexpectedEOF)
	switch {
	case cut && len(head) == headSize:
		return plain, false, nil // the rest is in the file
	case cut:
		return nil, false, errors.New("gzip: the file is cut off")
	case err != nil:
		return nil, false, fmt.Errorf("gzip: %w", err)
	}
	return plain, len(plain) < headSize, nil
}

// Unchanged says which of the files is another than when it was first looked at, or was written to since: it is read several
// times, by this program and by the database, and what is hashed and counted must be what is loaded.
func Unchanged(inputs []Input) error {
	for _, in := range inputs {
		if in.stdin == nil && disk.StateOf(in.at) != in.before {
			return fmt.Errorf("%s: %w", in.Path, errChanged)
		}
	}
	return nil
}

var errChanged = errors.New("the file changed while it was read; load it again when nobody writes to it")

// spool brings standard input into a file of the load's own, since it is read more than once.
func (e *extract) spool(path string) error {
	if e.stdin == nil {
		return nil
	}
	into, err := create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(into, e.stdin)
	if err = errors.Join(err, into.Close()); err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	e.at = path
	return nil
}

// create makes a file that only its owner reads: whatever a load puts aside holds persons' data.
func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
}

// openFile opens a file that can be read more than once. Its errors name the file as the user did.
func openFile(path string) (*os.File, error) {
	found, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: no such file", path)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, disk.Cause(err))
	case found.IsDir():
		return nil, fmt.Errorf("%s: a folder, not a file", path)
	case !found.Mode().IsRegular():
		return nil, fmt.Errorf("%s: a pipe or a device, not a file; give - and pipe into standard input", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, disk.Cause(err))
	}
	return file, nil
}
