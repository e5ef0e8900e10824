package print

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"time"

	"koblet/queries"
	"koblet/reports"
)

// Stream writes an answer for machines row by row, while it is still being read: Head once, Row for each, End once. The
// formats are those of CSV and JSON.
type Stream interface {
	Head(columns []queries.Column) error
	Row(cells []any) error
	End() error
}

// StreamCSV writes rows as CSV does.
func StreamCSV(w io.Writer) Stream { return &csvStream{out: csv.NewWriter(w)} }

type csvStream struct {
	out    *csv.Writer
	record []string
}

// Head writes the names of the columns.
func (s *csvStream) Head(columns []queries.Column) error {
	s.record = make([]string, len(columns))
	for i, c := range columns {
		s.record[i] = c.Name
	}
	return s.out.Write(s.record)
}

// Row writes one line.
func (s *csvStream) Row(cells []any) error {
	for i, v := range cells {
		text, err := reports.Plain(v)
		if err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
		s.record[i] = text
	}
	return s.out.Write(s.record)
}

// End writes what is still held.
func (s *csvStream) End() error {
	s.out.Flush()
	return s.out.Error()
}

// StreamJSON writes rows as JSON does, under the name of a question and the snapshot's day.
func StreamJSON(w io.Writer, question string, asOf time.Time) Stream {
	return &jsonStream{out: &jsonWriter{w: bufio.NewWriter(w)}, question: question, asOf: asOf}
}

type jsonStream struct {
	out      *jsonWriter
	question string
	asOf     time.Time
	names    []string
	rows     int
}

// Head writes what stands before the rows.
func (s *jsonStream) Head(columns []queries.Column) error {
	s.names = make([]string, len(columns))
	for i, c := range columns {
		s.names[i] = c.Name
	}
	s.out.text("{")
	s.out.fields("question", s.question, "as_of", s.asOf)
	s.out.text(`,"columns":`)
	s.out.marshal(s.names)
	s.out.text(`,"rows":[`)
	return s.out.err
}

// Row writes one object.
func (s *jsonStream) Row(cells []any) error {
	s.out.comma(s.rows)
	s.rows++
	s.out.text("\n")
	s.out.object(s.names, cells)
	return s.out.err
}

// End closes the list and writes what is still held.
func (s *jsonStream) End() error {
	s.out.text("\n]}\n")
	return s.out.finish()
}
