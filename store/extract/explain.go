package extract

import (
	"cmp"
	"errors"
	"slices"

	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/registers/suggest"
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
	Position int           `json:"position"`          // counted from 1; in a sheet from its first column
	Letters  string        `json:"letters,omitempty"` // of a sheet's column
	Column   string        `json:"column"`            // its name, or the name's pattern where it might be somebody's data
	Field    string        `json:"field"`             // the field it is read as; empty where it is not loaded
	Held     *suggest.Held `json:"held,omitempty"`    // a column of days or codes: what the profile reads of a sample
	Patterns []string      `json:"patterns"`          // of its values in the first five rows: digits 9, capital letters A, others a
}

// Explain says how the files of a load would be read: by their beginnings, but for the encoding of a text that declares none, and by a
// sample of days and codes, against which the profile is held. The errors are those that Load would begin with; what can be said in spite of them is said.
func Explain(d Delivery) ([]Explained, error) {
	d.explaining = true
	inputs, wrong := d.Gather()
	all := []Explained{}
	for _, in := range inputs {
		x := Explained{File: in.Path, Table: in.Table.Name, Format: in.Format, Encoding: in.Encoding, Seems: in.seems, Sheet: cmp.Or(in.sheet, in.Chosen), Missing: []string{}, Lacking: []string{}}
		if err := in.explainText(&x); err != nil {
			wrong = errors.Join(wrong, err)
		}
		held, err := in.hold(x.Encoding)
		if err != nil {
			wrong = errors.Join(wrong, err)
		}
		for _, s := range profiles.Samples(in.Columns, in.header, in.First) {
			c := ExplainedColumn{Position: in.places.Left + s.Position, Column: s.Shown, Field: s.Field, Patterns: s.Patterns}
			if in.places.Sheet {
				c.Letters = in.places.Name(s.Position - 1)
			}
			if h, there := held[s.Position-1]; there {
				c.Held = &h
			}
			x.Columns = append(x.Columns, c)
		}
		for _, f := range in.Table.Fields {
			switch {
			case slices.Contains(in.Delivered(), f.Name):
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
func (in *Input) explainText(x *Explained) (err error) {
	if in.Format == "csv" {
		x.Delimiter = string(cmp.Or(in.delimiter, ','))
		if d := in.otherDelimiter(); d != 0 && in.misses() {
			x.Found = string(d)
			if err := in.apart(d); err != nil {
				return err
			}
		}
	}
	switch {
	case x.Encoding != "" || in.Path == standardInput:
	case in.Format == "csv":
		x.Encoding, err = in.detect()
	case in.Format == "u12170":
		x.Encoding, err = in.detectFixed()
	}
	return err
}

// hold holds the profile against a sample of the file's days and codes. Fixed width needs none.
func (in *Input) hold(encoding string) (map[int]suggest.Held, error) {
	if in.Format == "u12170" {
		return nil, nil
	}
	sampled, look := *in.extract, suggest.NewLook(in.Columns)
	sampled.Encoding = cmp.Or(encoding, in.looked)
	_, err := sampled.sample(look)
	return suggest.Hold(look, in.header, in.profile, in.Table), err
}

// misses reports whether a required field has no column.
func (in *Input) misses() bool {
	return slices.ContainsFunc(in.Table.Fields, func(f registers.Field) bool { return f.Required && !slices.Contains(in.header.Fields, f.Name) })
}

// apart reads the beginning of the text again by another delimiter, on a copy: another table may share the file.
func (in *Input) apart(delimiter byte) error {
	again := *in.extract
	again.delimiter, again.Encoding = delimiter, "utf-8"
	if err := again.lookText(in.begins, true); err != nil {
		return err
	}
	again.Encoding, again.looked = in.Encoding, in.looked
	in.extract = &again
	in.header, _ = in.profile.MatchHeader(again.Columns, in.Table) // what is wrong with it is told already
	return nil
}
