package extract

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/registers/records"
)

// Delivery is the files of one as-of day, by their kinds, and how they differ from the tables as the program knows them.
type Delivery struct {
	Carl2Persons []string
	Carl2Permits []string
	Carl2        []string // files that hold persons and permits together
	CPR          []string
	Profile      profiles.Profile
	Stdin        io.Reader // what a file named - is read from
	explaining   bool      // of a workbook of which no sheet is named the likeliest is shown
}

// Input is one extract as one table: a file that holds persons and permits together is two inputs.
type Input struct {
	*extract
	Table   registers.Table
	profile profiles.Table
	header  profiles.Header
}

// protectedField is what CPR's fixed width says beside the fields of the table: whether name and address are protected.
var protectedField = registers.Field{Name: "protected", Kind: registers.Code, Meaning: "1 where name and address are protected"}

// Gather looks at the beginning of every file and says all that is wrong with any of them, before anything is made or
// read.
func (d Delivery) Gather() ([]Input, error) {
	var inputs []Input
	var wrong []error
	for _, kind := range d.kinds() {
		if len(kind.files) == 0 {
			continue // two sections that no file shares may differ
		}
		reading, err := d.reading(kind.tables)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		for _, path := range kind.files {
			e := &extract{Path: path, at: path, Format: reading.Format, Encoding: reading.Encoding, delimiter: reading.Delimiter, sheet: reading.Sheet}
			if path == standardInput && d.Stdin != nil {
				e.stdin = bufio.NewReaderSize(d.Stdin, headSize)
			}
			if err := e.look(); err != nil {
				wrong = append(wrong, err)
				if !d.explaining || e.lookAnyway(err, kind.tables) != nil {
					continue
				}
			}
			found, mistakes := d.match(e, kind.tables)
			inputs, wrong = append(inputs, found...), append(wrong, mistakes...)
			if first := twinOf(e, kind.tables, inputs); first != "" {
				wrong = append(wrong, fmt.Errorf("%s: the same file as %s; give it once", path, first))
			}
		}
	}
	return inputs, errors.Join(wrong...)
}

// twinOf names the file among the inputs of a table that is the extract itself, by another name; empty where there is none.
func twinOf(e *extract, tables []registers.Table, inputs []Input) string {
	if e.Path == standardInput {
		return ""
	}
	this, err := os.Stat(e.at)
	for _, in := range inputs {
		if err != nil || in.extract == e || in.Path == standardInput || !slices.ContainsFunc(tables, func(t registers.Table) bool { return t.Name == in.Table.Name }) {
			continue
		}
		if that, err := os.Stat(in.at); err == nil && os.SameFile(this, that) {
			return in.Path
		}
	}
	return ""
}

// copies refuses two files that are the same to the byte: of one table they are one delivery, saved twice; of the two registers one of
// them would be held against itself. Persons and permits of CARL2 may stand in one file.
func copies(inputs []Input) error {
	for i, in := range inputs {
		for _, earlier := range inputs[:i] {
			one := in.Table.Name == earlier.Table.Name
			registersDiffer := (in.Table.Name == registers.CPRPersons.Name) != (earlier.Table.Name == registers.CPRPersons.Name)
			if (one || registersDiffer) && in.SHA256 == earlier.SHA256 && in.Rows > 0 {
				return fmt.Errorf("%s: the same content as %s, to the byte; give one of them", in.Path, earlier.Path)
			}
		}
	}
	return nil
}

// match finds the tables' fields in the columns of a file.
func (d Delivery) match(e *extract, tables []registers.Table) (inputs []Input, wrong []error) {
	if e.Format == "u12170" && tables[0].Name != registers.CPRPersons.Name {
		return nil, []error{fmt.Errorf("%s: a file of CPR's persons (U12170), not of %s; give it with --cpr", e.Path, tables[0].Name)}
	}
	known := make([]bool, len(e.Columns))
	e.shapes, e.asked = make([]shape, len(e.Columns)), make([]registers.Kind, len(e.Columns))
	var said []string
	for _, table := range tables {
		in := Input{extract: e, Table: table, profile: d.Profile.Tables[table.Name]}
		var err error
		in.header, err = in.profile.MatchHeaderAt(e.Columns, table, e.places)
		if e.Format == "u12170" {
			in.header, err = fixedHeader(e.Columns, table), nil
		}
		if mistakes, ok := errors.AsType[*profiles.HeaderError](err); ok {
			for _, m := range e.explained(mistakes) {
				if !slices.Contains(said, m) {
					said = append(said, m)
					wrong = append(wrong, headerError{fmt.Sprintf("%s:%d: %s", e.Path, max(e.headerRow, 1), m)})
				}
			}
		}
		for i, name := range in.header.Fields {
			if name != "" && e.Format == "parquet" && nested(e.kinds[i]) {
				wrong = append(wrong, fmt.Errorf("%s: column %d, %s, holds lists or structures; a field is one value", e.Path, i+1, name))
			}
			if field, ok := table.Field(name); ok && !known[i] {
				e.shapes[i], e.asked[i] = columnShape(field, d.Profile, table.Name), field.Kind
				if field.Coded() {
					e.asked[i] = registers.Code
				}
			}
			known[i] = known[i] || name != ""
		}
		inputs = append(inputs, in)
	}
	for i := range inputs { // what is a column of the other table is no unknown one
		inputs[i].header.Unknown = slices.DeleteFunc(inputs[i].header.Unknown, func(u profiles.UnknownColumn) bool { return known[u.Position-1] })
	}
	return inputs, wrong
}

// ErrHeader is a header that lacks columns, or has others twice.
var ErrHeader = errors.New("header")

// headerError is one thing that is wrong with a header, with its file.
type headerError struct{ text string }

func (e headerError) Error() string { return e.text }

// Is reports whether the mistake is the kind that ErrHeader stands for.
func (e headerError) Is(target error) bool { return target == ErrHeader }

// explained adds to what is wrong with a header what the user needs to see of it: how it was read, and by which other
// delimiter more would come of it.
func (e *extract) explained(h *profiles.HeaderError) []string {
	mistakes := h.Mistakes
	if merged := e.mergedHeader(); merged != "" {
		mistakes = append([]string{merged}, mistakes...)
	}
	if h.Read == "" {
		return mistakes
	}
	if line := records.HeaderBelow(e.begins); line > 0 {
		mistakes = append(mistakes, fmt.Sprintf("line %d looks like the header; take away what stands above it", line))
	}
	if d := e.otherDelimiter(); d != 0 && len(e.Columns) > 1 {
		mistakes = append(mistakes, fmt.Sprintf("the lines have another delimiter? delimiter = %q in a profile parts them evenly", string(d)))
	}
	if e.Chosen != "" {
		mistakes = append(mistakes, fmt.Sprintf("sheet %s is read, of %s; another? sheet = \"…\" in a profile", e.Chosen, e.others))
	}
	return append(mistakes, "the header is read as: "+h.Read)
}

// otherDelimiter is the one that parts the lines of a text, where it is not the one that it is read by; or 0.
func (e *extract) otherDelimiter() byte {
	if e.Format != "csv" {
		return 0
	}
	if d := records.FindDelimiter(e.begins); d != cmp.Or(e.delimiter, ',') {
		return d
	}
	return 0
}

// reading says how the files of some tables are read: as the sections of the profile say, which for one file must agree.
func (d Delivery) reading(tables []registers.Table) (profiles.Table, error) {
	all := d.Profile.Tables[tables[0].Name]
	for _, table := range tables[1:] {
		other := d.Profile.Tables[table.Name]
		for _, s := range []struct {
			key         string
			ours, their *string
		}{{"format", &all.Format, &other.Format}, {"encoding", &all.Encoding, &other.Encoding}, {"sheet", &all.Sheet, &other.Sheet}} {
			if *s.ours != "" && *s.their != "" && *s.ours != *s.their {
				return all, fmt.Errorf("profile: %s differs between %s and %s, which are one file", s.key, tables[0].Name, table.Name)
			}
			if *s.ours == "" {
				*s.ours = *s.their
			}
		}
		if all.Delimiter != 0 && other.Delimiter != 0 && all.Delimiter != other.Delimiter {
			return all, fmt.Errorf("profile: delimiter differs between %s and %s, which are one file", tables[0].Name, table.Name)
		}
		if all.Delimiter == 0 {
			all.Delimiter = other.Delimiter
		}
	}
	return all, nil
}

// Take counts and hashes every file once, and leaves each as something that DuckDB reads: the file itself, or a
// copy as plain CSV in the folder tmp.
func Take(ctx context.Context, inputs []Input, tmp string, progress func(done, total int64)) error {
	var all []*extract
	for _, in := range inputs {
		if !slices.Contains(all, in.extract) {
			all = append(all, in.extract)
		}
	}
	for _, e := range all {
		if err := e.spool(filepath.Join(tmp, "standard-input")); err != nil {
			return err
		}
	}
	meter := newMeter(all, progress)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(3)
	for n, e := range all {
		group.Go(func() error {
			copied := filepath.Join(tmp, fmt.Sprintf("extract-%d.csv", n))
			switch e.Format {
			case "u12170":
				return e.takeFixed(ctx, copied, meter)
			case "xlsx":
				return e.takeWorkbook(ctx, copied, meter)
			case "parquet":
				return e.takeParquet(ctx, meter)
			}
			return e.takeText(ctx, copied, meter)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return copies(inputs)
}

// NotStored names the columns of a file that map to nothing, each with the field that was perhaps meant.
func (in Input) NotStored() []string {
	var list []string
	for _, c := range in.header.Unknown {
		if c.Shown != strings.TrimSpace(strings.TrimLeft(in.Columns[c.Position-1], "\ufeff")) { // a pattern, by which nobody finds it
			c.Shown = "column " + in.places.Name(c.Position-1) + " (" + c.Shown + ")"
		}
		if c.Nearest != "" {
			list = append(list, c.Shown+" (did you mean "+c.Nearest+"?)")
		} else {
			list = append(list, c.Shown)
		}
	}
	return list
}

// kinds are the kinds of input files, each with the tables it fills, in the order in which they are loaded.
func (d Delivery) kinds() []inputKind {
	return []inputKind{
		{d.CPR, []registers.Table{registers.CPRPersons}},
		{d.Carl2Persons, []registers.Table{registers.Carl2Persons}},
		{d.Carl2Permits, []registers.Table{registers.Carl2Permits}},
		{d.Carl2, []registers.Table{registers.Carl2Persons, registers.Carl2Permits}},
	}
}

type inputKind struct {
	files  []string
	tables []registers.Table
}

// fixedHeader matches the columns of what is made of CPR's fixed width, which are known.
func fixedHeader(columns []string, table registers.Table) profiles.Header {
	h := profiles.Header{Fields: make([]string, len(columns))}
	for i, name := range columns {
		_, known := table.Field(name)
		if known && name != "person_id" || name == protectedField.Name { // CPR has no person-ids
			h.Fields[i] = name
		}
	}
	return h
}

// Delivered are the fields that the file has.
func (in Input) Delivered() []string {
	return slices.DeleteFunc(slices.Clone(in.header.Fields), func(name string) bool { return name == "" || name == protectedField.Name })
}
