package store

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/registers/u12170"
	"koblet/store/desk"
	"koblet/store/disk"
	"koblet/store/extract"
)

// Receipt says what one load read and what became of every line of it.
type Receipt struct {
	AsOf     string        `json:"as_of"`
	LoadedAt time.Time     `json:"loaded_at"`
	Program  string        `json:"program"`
	Snapshot string        `json:"snapshot"` // the snapshot's hash
	Persons  int64         `json:"persons"`  // different persons of CARL2
	Permits  int64         `json:"permits"`
	CPR      int64         `json:"cpr_persons"`
	NoPermit int64         `json:"persons_without_permit"`       // of the persons
	Several  int64         `json:"persons_with_several_numbers"` // of the persons, different numbers in their rows
	Files    []FileReceipt `json:"files"`
	Findings []Finding     `json:"findings"`
	// The limits that were broken and accepted by name, and the names of those that were accepted and not broken.
	Accepted  []Excess     `json:"accepted,omitempty"`
	NotNeeded []string     `json:"accepted_not_needed,omitempty"`
	Gate      []Comparison `json:"gate,omitempty"` // with the snapshot before, and with the edition replaced
}

// FileReceipt accounts for one file as one table: Lines = Header + Loaded + Rejected, in records; a quoted line break makes
// a record of several physical lines. A file of persons and permits has two, each summing by itself.
//
// In CPR's fixed width a person is many records, and it is records that are counted: Header are those of the types 000 and
// 999; Loaded are all that were taken, of types that are not read and of types that are not known too; Rejected are the
// broken ones and the records 001 whose person could not be loaded. How many persons that makes is Persons. A Parquet file
// has no header, and its physical lines, as those of a workbook, are its rows.
type FileReceipt struct {
	File          string           `json:"file"` // as it was named, less what could be somebody's number
	Table         string           `json:"table"`
	Format        string           `json:"format"` // csv, xlsx, parquet or u12170
	SHA256        string           `json:"sha256"` // of the bytes as delivered
	Bytes         int64            `json:"bytes"`
	Encoding      string           `json:"encoding"` // of the text as delivered
	PhysicalLines int64            `json:"physical_lines"`
	Lines         int64            `json:"lines"`
	Header        int64            `json:"header"`
	Loaded        int64            `json:"loaded"`
	Rejected      int64            `json:"rejected"`
	Findings      int64            `json:"findings"`           // values of the loaded rows that are wrong, and were kept
	Persons       int64            `json:"persons,omitempty"`  // of CPR's fixed width
	Produced      string           `json:"produced,omitempty"` // by its record 000, as 2014-12-31
	Trailer       *extract.Trailer `json:"trailer,omitempty"`  // of CPR's fixed width, where it has one
	NotStored     []string         `json:"not_stored,omitempty"`
	OtherSheets   []string         `json:"other_sheets,omitempty"` // of a workbook: those with values in them that were not read
	Separator     string           `json:"separator,omitempty"`    // between the fields, where a first line sep= says so
}

// Finding is a kind of wrong value, how often it stands in how many loaded rows, and where first. Of several kinds in one file as such,
// as of CPR's records, N need be no part of the rows.
type Finding struct {
	Table  string  `json:"table"`
	Column string  `json:"column"`
	Reason string  `json:"reason"`
	N      int64   `json:"n"`
	Of     int64   `json:"of"`     // loaded rows of the table
	Places []Place `json:"places"` // at most three
}

// Place is where something stands: the file as its receipt names it, and the physical line, in a stream the record; 0 where it is the file as such.
type Place struct {
	File string `json:"file"`
	Line int64  `json:"line,omitempty"`
}

// Reject is one line that could not be loaded: where it stands, and why, in a word of the closed list of reasons.
type Reject struct {
	File   string
	Line   int64 // physical line, the first of the file being 1
	Reason string
}

// writeRejects leaves the rejects as a CSV file that only its owner reads. It names places and reasons, never a value. There
// may be as many as lines, so they are not held as text.
func writeRejects(path string, rejected iter.Seq[Reject]) error {
	err := disk.WriteFrom(path, 0o600, func(into io.Writer) error {
		w := csv.NewWriter(into)
		err := w.Write([]string{"file", "line", "reason"})
		for r := range rejected {
			if err = errors.Join(err, w.Write([]string{r.File, strconv.FormatInt(r.Line, 10), r.Reason})); err != nil {
				break
			}
		}
		w.Flush()
		return errors.Join(err, w.Error())
	})
	if err != nil {
		return fmt.Errorf("rejects: %w", err)
	}
	return nil
}

// rejects are the rejected lines of all files of a load.
type rejects struct {
	byFile map[string][]*extract.Lines // by the name that the receipt gives the file, which several may have
	n      int64
	of     map[string]int64 // by reason
}

func (r *rejects) take(file string, lines *extract.Lines) {
	if r.byFile == nil {
		r.byFile, r.of = map[string][]*extract.Lines{}, map[string]int64{}
	}
	r.byFile[file] = append(r.byFile[file], lines)
	for reason, n := range lines.Counted() {
		r.n, r.of[reason] = r.n+n, r.of[reason]+n
	}
}

// all gives every rejected line by file and place.
func (r *rejects) all() iter.Seq[Reject] {
	return func(yield func(Reject) bool) {
		for _, file := range slices.Sorted(maps.Keys(r.byFile)) {
			for line, reason := range extract.InOrder(r.byFile[file]) {
				if !yield(Reject{File: file, Line: line, Reason: reason}) {
					return
				}
			}
		}
	}
}

// first gives at most n of the rejected lines.
func (r *rejects) first(n int) []Reject {
	var some []Reject
	for one := range r.all() {
		if len(some) == n {
			break
		}
		some = append(some, one)
	}
	return some
}

// rejectsCure is what helps where lines are rejected for their bytes, in a text of which the profile says another encoding than it
// seems to be in; else it is empty.
func rejectsCure(inputs []extract.Input, rejected iter.Seq[Reject]) string {
	for r := range rejected {
		if r.Reason == string(u12170.JoinedRecords) {
			return fmt.Sprintf("%s: a line end was lost in line %d: part its two records, or have the file delivered again", r.File, r.Line)
		}
		for _, in := range inputs {
			if cure := in.CureOf(r.Reason); cure != "" && r.File == registers.WithoutNumbers(in.Path) {
				return r.File + ": " + cure
			}
		}
	}
	return ""
}

// receipt holds the receipt of an edition that is verified against itself, the folder, the rejects and the tables.
func (v *verifying) receipt(ctx context.Context, d *desk.Desk) error {
	if slices.Contains(v.NotChecked, receiptFile) {
		return nil
	}
	r, err := readReceipt(filepath.Join(v.entry.dir, receiptFile))
	if v.expect(err == nil, receiptFile, unreadable); err != nil {
		return nil //nolint:nilerr // it is told
	}
	var persons, permits, numbers, noPermit, several int64
	if err := d.Conn.QueryRowContext(ctx, queries.Script("load/counted")).Scan(&persons, &permits, &numbers, &noPermit, &several); err != nil {
		return fmt.Errorf("counts: %w", err)
	}
	var hash, asOf string
	if err := d.Conn.QueryRowContext(ctx, queries.Script("verify/says")).Scan(&hash, &asOf); err != nil {
		return err
	}
	day := v.entry.AsOf.Format(time.DateOnly)
	v.expect(r.AsOf == day && asOf == day, receiptFile, otherDay)
	v.expect(r.Snapshot == hash, receiptFile, otherHash)
	v.hold(r.Persons == persons, Deviation{Where: "carl2_persons", What: otherRows, Found: persons, Expected: r.Persons})
	v.hold(r.Permits == permits, Deviation{Where: "carl2_permits", What: otherRows, Found: permits, Expected: r.Permits})
	v.hold(r.CPR == numbers, Deviation{Where: "cpr_persons", What: otherRows, Found: numbers, Expected: r.CPR})
	v.expect(r.NoPermit == noPermit && r.Several == several, receiptFile, otherPersons)
	var rejected, findings, found int64
	fixed := false
	loaded := map[string]int64{}
	for _, f := range r.Files {
		v.expect(f.Lines == f.Header+f.Loaded+f.Rejected, receiptFile, linesApart)
		rejected += f.Rejected
		findings += f.Findings
		fixed = fixed || f.Format == "u12170" // whose lines are records, several a person
		loaded[f.Table] += f.Loaded
	}
	v.expect(loaded["carl2_permits"] == permits, "carl2_permits", rowsAndLines)
	v.expect(loaded["cpr_persons"] == numbers || fixed && loaded["cpr_persons"] > numbers, "cpr_persons", rowsAndLines)
	v.expect(loaded["carl2_persons"] >= persons, "carl2_persons", moreRows)
	for _, f := range r.Findings {
		found += f.N
	}
	v.expect(found == findings, receiptFile, findingsApart)
	v.rejects(rejected)
	return nil
}

// rejects counts the lines of rejects.csv.
func (v *verifying) rejects(want int64) {
	text, err := disk.ReadFile(filepath.Join(v.entry.dir, rejectsFile))
	switch {
	case errors.Is(err, fs.ErrPermission):
		return
	case errors.Is(err, fs.ErrNotExist):
		v.expect(want == 0, rejectsFile, missing)
		return
	}
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	v.hold(err == nil && int64(len(lines)) == want+1, Deviation{Where: rejectsFile, What: otherRejects, Found: int64(len(lines)), Expected: want})
}
