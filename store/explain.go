package store

import (
	"slices"

	"koblet/registers"
)

// Explained says how one file would be read as one table.
type Explained struct {
	File      string            `json:"file"`
	Table     string            `json:"table"`
	Format    string            `json:"format"`
	Encoding  string            `json:"encoding"`
	Delimiter string            `json:"delimiter,omitempty"` // of a CSV file
	Columns   []ExplainedColumn `json:"columns"`
	Lacking   []string          `json:"lacking"` // fields that the file does not have; what needs them is not applicable
}

// ExplainedColumn is one column of a file. No value of it is shown, only what the values look like.
type ExplainedColumn struct {
	Position int      `json:"position"` // counted from 1
	Column   string   `json:"column"`   // its name, or the name's pattern where it might be somebody's data
	Field    string   `json:"field"`    // the field it is read as; empty where it is not loaded
	Patterns []string `json:"patterns"` // of its values in the first five rows: digits 9, capital letters A, others a
}

// Explain says how the files of a load would be read, and reads none beyond its beginning, but for the encoding of a text
// that declares none. The errors are those that Load would begin with.
func Explain(l Loading) ([]Explained, error) {
	inputs, err := l.gather()
	if err != nil {
		return nil, err
	}
	var all []Explained
	for _, in := range inputs {
		x := Explained{File: in.path, Table: in.table.Name, Format: in.format, Encoding: in.encoding, Lacking: []string{}}
		if err := in.explainText(&x); err != nil {
			return nil, err
		}
		for _, s := range registers.Samples(in.columns, in.header, in.first) {
			x.Columns = append(x.Columns, ExplainedColumn{s.Position, s.Shown, s.Field, s.Patterns})
		}
		for _, f := range in.table.Fields {
			if !slices.Contains(in.delivered(), f.Name) {
				x.Lacking = append(x.Lacking, f.Name)
			}
		}
		all = append(all, x)
	}
	return all, nil
}

// explainText fills in what a text has and other formats have not.
func (in input) explainText(x *Explained) (err error) {
	if in.format == "csv" {
		x.Delimiter = ","
		if in.delimiter != 0 {
			x.Delimiter = string(in.delimiter)
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
