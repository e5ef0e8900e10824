package print

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers/characters"
	"koblet/reports"
)

// JSON writes an answer for machines: {"question", "as_of", "columns": [names], "rows": [{...}], "notes", "not_applicable"}, keys
// in the order of the columns, null where a cell is not applicable, days as "2014-12-31". Each note, and the reason why there
// is no answer, has its words under "da" and "en"; not_applicable is null where there is one.
func JSON(w io.Writer, r analysis.Result) error {
	names := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		names[i] = c.Name
	}
	out := &jsonWriter{w: bufio.NewWriter(w)}
	out.text(`{"question":`)
	out.value(r.Question.Name)
	out.text(`,"as_of":`)
	out.value(r.AsOf)
	out.text(`,"columns":`)
	out.marshal(names)
	out.text(`,"rows":[`)
	for n, cells := range r.Rows {
		out.comma(n)
		out.text("\n")
		out.object(names, cells)
		if out.err != nil {
			return fmt.Errorf("row %d: %w", n+1, out.err)
		}
	}
	out.text("\n],\n\"notes\":")
	out.marshal(inBoth(r.Notes...))
	out.text(",\n\"not_applicable\":")
	if r.NotApplicable.Empty() {
		out.text("null")
	} else {
		out.marshal(inBoth(r.NotApplicable)[0])
	}
	out.text("}\n")
	return out.finish()
}

// ReportJSON writes a whole report for machines: title, lead, and each section with its paragraphs and tables, as raw values, and under "marks" the
// columns of a row that have a mark.
func ReportJSON(w io.Writer, r reports.Report) error {
	out := &jsonWriter{w: bufio.NewWriter(w)}
	out.text("{")
	out.fields("report", r.Name, "title", r.Title, "lead", r.Lead, "as_of", r.AsOf, "edition", r.Edition, "provisional",
		r.Provisional, "language", r.Language, "program", r.Program)
	out.text(`,"notes":`)
	out.marshal(append([]string{}, r.Notes...))
	out.text(`,"key":`)
	out.table(r.Key)
	out.text(`,"sections":[`)
	for i, s := range r.Sections {
		out.comma(i)
		out.text("\n{")
		out.fields("name", s.Name, "title", s.Title, "question", s.Question, "source", s.Source, "empty", s.Empty)
		out.text(`,"text":`)
		out.marshal(append([]string{}, s.Text...))
		out.text(`,"notes":`)
		out.marshal(append([]string{}, s.Notes...))
		out.text(`,"table":`)
		out.table(s.Table)
		if s.Detail != nil {
			out.text(`,"detail":`)
			out.table(*s.Detail)
		}
		out.text("}")
		if out.err != nil {
			return fmt.Errorf("section %s: %w", s.Name, out.err)
		}
	}
	out.text("\n]}\n")
	return out.finish()
}

// jsonWriter streams JSON with keys in a fixed order; after an error it writes no more.
type jsonWriter struct {
	w   *bufio.Writer
	err error
}

func (j *jsonWriter) text(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

func (j *jsonWriter) comma(i int) {
	if i > 0 {
		j.text(",")
	}
}

func (j *jsonWriter) marshal(v any) {
	if j.err != nil {
		return
	}
	var text []byte
	if text, j.err = json.Marshal(v); j.err == nil {
		j.text(characters.VisibleJSON(string(text)))
	}
}

// value writes a cell value; a number that is none is an error of json.Marshal's.
func (j *jsonWriter) value(v any) {
	if day, ok := v.(time.Time); ok {
		v = day.Format(time.DateOnly)
	}
	j.marshal(v)
}

func (j *jsonWriter) object(names []string, cells []any) {
	j.text("{")
	for i, v := range cells {
		j.comma(i)
		j.marshal(names[i])
		j.text(":")
		j.value(v)
	}
	j.text("}")
}

func (j *jsonWriter) fields(pairs ...any) {
	for i := 0; i < len(pairs); i += 2 {
		j.comma(i)
		j.marshal(pairs[i])
		j.text(":")
		j.value(pairs[i+1])
	}
}

func (j *jsonWriter) table(t reports.Table) {
	j.text(`{"columns":[`)
	for i, c := range t.Columns {
		j.comma(i)
		j.text("{")
		j.fields("name", c.Name, "label", c.Label, "unit", c.Unit)
		j.text("}")
	}
	j.text(`],"rows":[`)
	for i, r := range t.Rows {
		j.comma(i)
		j.text("\n{")
		j.fields("kind", string(r.Kind))
		for k, c := range r.Cells {
			j.text(",")
			j.marshal(t.Columns[k].Name)
			j.text(":")
			j.cell(c)
		}
		j.marks(t, r)
		j.text("}")
	}
	j.text("]}")
}

// marks says of which columns of a row the figures are marked, and how; nothing of a row without marks.
func (j *jsonWriter) marks(t reports.Table, r reports.Row) {
	n := 0
	for k, c := range r.Cells {
		if c.Mark == "" {
			continue
		}
		if n == 0 {
			j.text(`,"marks":{`)
		}
		j.comma(n)
		n++
		j.fields(t.Columns[k].Name, string(c.Mark))
	}
	if n > 0 {
		j.text("}")
	}
}

func (j *jsonWriter) cell(c reports.Cell) {
	switch {
	case c.Mark == reports.Hidden:
		j.marshal("[c]")
	case c.Value == nil && c.Word != "":
		j.marshal(c.Word)
	default:
		j.value(c.Value)
	}
}

func (j *jsonWriter) finish() error {
	if j.err != nil {
		return j.err
	}
	return j.w.Flush()
}

// inBoth sets notes in both languages, as the machine formats have them.
func inBoth(notes ...analysis.Note) []queries.Words {
	da, en := reports.LocaleOf("da"), reports.LocaleOf("en")
	set := make([]queries.Words, len(notes))
	for i, n := range notes {
		set[i] = queries.Words{Da: da.Note(n), En: en.Note(n)}
	}
	return set
}
