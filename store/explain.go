package store

import (
	"cmp"
	"errors"
	"slices"

	"koblet/registers"
)

// Explained says how one file would be read as one table.
type Explained struct {
	File      string            `json:"file"`
	Table     string            `json:"table"`
	Format    string            `json:"format"`
	Encoding  string            `json:"encoding"`
	Seems     string            `json:"found_encoding,omitempty"`  // the encoding that the bytes look like, where the profile says another
	Delimiter string            `json:"delimiter,omitempty"`       // of a CSV file, as it is read
	Found     string            `json:"found_delimiter,omitempty"` // the one that parts its lines, where that is another: by it the columns are shown
	Sheet     string            `json:"sheet,omitempty"`           // of a workbook with several
	Columns   []ExplainedColumn `json:"columns"`
	Missing   []string          `json:"missing"` // required fields that the file does not have; it cannot be loaded without
	Lacking   []string          `json:"lacking"` // other fields that it does not have; what needs them is not applicable
}

// ExplainedColumn is one column of a file. No value of it is shown, only what the values look like.
type ExplainedColumn struct {
	Position int             `json:"position"`          // counted from 1; in a sheet from its first column
	Letters  string          `json:"letters,omitempty"` // of a sheet's column
	Column   string          `json:"column"`            // its name, or the name's pattern where it might be somebody's data
	Field    string          `json:"field"`             // the field it is read as; empty where it is not loaded
	Held     *registers.Held `json:"held,omitempty"`    // a column of days or codes: what the profile reads of a sample
	Patterns []string        `json:"patterns"`          // of its values in the first five rows: digits 9, capital letters A, others a
}

// Explain says how the files of a load would be read: by their beginnings, but for the encoding of a text that declares none, and by a
// sample of days and codes, against which the profile is held. The errors are those that Load would begin with; what can be said in spite of them is said.
func Explain(l Loading) ([]Explained, error) {
	l.explaining = true
	inputs, wrong := l.gather()
	all := []Explained{}
	for _, in := range inputs {
		x := Explained{File: in.path, Table: in.table.Name, Format: in.format, Encoding: in.encoding, Seems: in.seems, Sheet: cmp.Or(in.sheet, in.chosen), Missing: []string{}, Lacking: []string{}}
		if err := in.explainText(&x); err != nil {
			wrong = errors.Join(wrong, err)
		}
		held, err := in.hold(x.Encoding)
		if err != nil {
			wrong = errors.Join(wrong, err)
		}
		for _, s := range registers.Samples(in.columns, in.header, in.first) {
			c := ExplainedColumn{Position: in.places.Left + s.Position, Column: s.Shown, Field: s.Field, Patterns: s.Patterns}
			if in.places.Sheet {
				c.Letters = in.places.Name(s.Position - 1)
			}
			if h, there := held[s.Position-1]; there {
				c.Held = &h
			}
			x.Columns = append(x.Columns, c)
		}
		for _, f := range in.table.Fields {
			switch {
			case slices.Contains(in.delivered(), f.Name):
			case f.Required:
				x.Missing = append(x.Missing, f.Name)
			default:
				x.Lacking = append(x.Lacking, f.Name)
			}
		}
		all = append(all, x)
	}
	return all, wrong
}

// explainText fills in what a text has and other formats have not. Where another delimiter than the one it is read by parts
// its lines and fields are missed, the columns become those of that one.
func (in *input) explainText(x *Explained) (err error) {
	if in.format == "csv" {
		x.Delimiter = string(cmp.Or(in.delimiter, ','))
		if d := in.otherDelimiter(); d != 0 && in.misses() {
			x.Found = string(d)
			if err := in.apart(d); err != nil {
				return err
			}
		}
	}
	switch {
	case x.Encoding != "" || in.path == standardInput:
	case in.format == "csv":
		x.Encoding, err = in.detect()
	case in.format == "u12170":
		x.Encoding, err = in.detectFixed()
	}
	return err
}

// hold holds the profile against a sample of the file's days and codes. Fixed width needs none.
func (in *input) hold(encoding string) (map[int]registers.Held, error) {
	if in.format == "u12170" {
		return nil, nil
	}
	sampled, look := *in.extract, registers.NewLook(in.columns)
	sampled.encoding = cmp.Or(encoding, in.looked)
	_, err := sampled.sample(look)
	return registers.Hold(look, in.header, in.profile, in.table), err
}

// misses reports whether a required field has no column.
func (in *input) misses() bool {
	return slices.ContainsFunc(in.table.Fields, func(f registers.Field) bool { return f.Required && !slices.Contains(in.header.Fields, f.Name) })
}

// apart reads the beginning of the text again by another delimiter, on a copy: another table may share the file.
func (in *input) apart(delimiter byte) error {
	again := *in.extract
	again.delimiter, again.encoding = delimiter, "utf-8"
	if err := again.lookText(in.begins, true); err != nil {
		return err
	}
	again.encoding, again.looked = in.encoding, in.looked
	in.extract = &again
	in.header, _ = in.profile.MatchHeader(again.columns, in.table) // what is wrong with it is told already
	return nil
}
