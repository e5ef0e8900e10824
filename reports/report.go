// Package reports turns results into documents that people read, and into the files that machines read.
//
// In come a Definition, which is a TOML file, and the answers to what it asks. Out comes a Report: plain structs in one
// language, whose sections each have a sentence, a table, perhaps a chart, and the notes that belong to the figures. Every
// printer, a package below, draws the same Report: html, excel, and print for terminals and machines.
//
// What is deliberately not here: no figure is computed. Rates, intervals, sums and totals are cells of results; a report
// picks, arranges and prints them, and rounds once, when it prints. What a chart computes is only where ink goes.
package reports

import (
	"strings"
	"time"

	"koblet/queries"
	"koblet/registers/characters"
)

// Report is one document in one language, ready for any printer.
type Report struct {
	Name        string    // the definition's name, which begins the file names
	Title       string    // what the document is about
	Lead        string    // the main result, one paragraph
	AsOf        time.Time // the day of the snapshot it stands on
	Edition     string    // "internal" or "public"
	Provisional bool      // some figure in it is not settled yet
	Undated     bool      // no row has a year or a month, so nothing says whether its figures still move
	Language    string    // "da" or "en"
	Program     string    // name and version of the program, for the source lines
	Key         Table     // the key figures, at most four lines
	Sections    []Section // in reading order; the one named "provenance" is last
	Notes       []string  // what holds for every figure of the report
}

// Public is the edition that is sent out, in which small counts are hidden.
const Public = "public"

// Section is one question answered: a finding, the table behind it and how it is drawn.
type Section struct {
	Name        string   // the question's name: anchor of the page, word on the command line
	Sheet       string   // short title: the sheet's name and the line in the list of contents
	Title       string   // the finding, one sentence with its figure
	Question    string   // what was asked
	Unit        string   // what is counted, and when
	Table       Table    // the figures shown
	Detail      *Table   // the same figures in long form with their counts; nil where Table has them
	DetailSheet string   // short title of Detail
	Chart       *Chart   // how Table is drawn; nil where it is not
	Text        []string // paragraphs instead of a table, as in notes on method
	Notes       []string // doubts and definitions that belong to these figures ("Anm.:")
	Source      string   // registers, day, program and snapshot hash ("Kilde:")
	Alt         string   // what the chart shows, in one sentence, for those who do not see it
	Caption     string   // what the chart is of and how it is read; empty where Alt says it
	Empty       string   // why there is no figure; empty where there is one
}

// Table is a table of raw values; printers round and format them by unit.
type Table struct {
	Columns []Column
	Rows    []Row
	Lines   bool // a row is one line on a terminal: there its last column is cut short, and stands whole elsewhere
	Whole   bool // a row is one line, however wide: it is looked for by what stands beside each other in it
}

// Said is what stands beside the section's chart.
func (s Section) Said() string {
	if s.Caption != "" {
		return s.Caption
	}
	return s.Alt
}

// Column is a column of a table. Unit is what is counted or measured ("permits", "share", "days" …) and decides how values
// print: a share is a fraction that prints as per cent. Keys and words have no unit. People read the two columns of an
// interval as one; workbooks and machines get both.
type Column struct {
	Name  string // as the question names it; unique within the table
	Head  string // the head that neighbouring columns share; may be empty
	Label string
	Unit  string
	Role  queries.Role // what the column is for, where it is one of an answer
	Until string       // where the column opens an interval: the column, the next one, that closes it
	Both  string       // what the two are called together
}

// Row is a line of a table.
type Row struct {
	Kind  Kind
	Cells []Cell
}

// Kind tells ordinary rows from those that stand for several.
type Kind string

// The kinds of rows: an ordinary row, the row that heads a group and holds its figures, and the total, which is last.
const (
	Ordinary Kind = ""
	Group    Kind = "group"
	Total    Kind = "total"
)

// Cell is one raw value: nil (not applicable), int64, float64, string, bool or time.Time. Word is what people read in
// place of a code; Mark says what must be known about the value.
type Cell struct {
	Value any
	Word  string
	Mark  Mark
}

// Mark is a sign beside a value, or in its place.
type Mark string

// The marks: a provisional figure, which later snapshots will change, a municipality that was divided between several, and a
// count hidden before publication.
const (
	Provisional Mark = "f"
	Divided     Mark = "d"
	Hidden      Mark = "c"
)

// Beside is the sign that stands beside a value; empty for none, and for the mark that stands in its place.
func (m Mark) Beside() string {
	if m == "" || m == Hidden {
		return ""
	}
	return "(" + string(m) + ")"
}

// Index is the position of a column, or -1.
func (t Table) Index(column string) int {
	for i, c := range t.Columns {
		if c.Name == column {
			return i
		}
	}
	return -1
}

// Joined is the table as people read it: the two columns of an interval are one, with both bounds as its words.
func (t Table) Joined(l Locale) Table {
	out := Table{Lines: t.Lines, Whole: t.Whole}
	opens := make([]bool, len(t.Columns)+1)
	for i, c := range t.Columns {
		opens[i] = c.Until != "" && i+1 < len(t.Columns) && t.Columns[i+1].Name == c.Until
		switch {
		case opens[i]:
			c.Label = c.Both
			out.Columns = append(out.Columns, c)
		case i == 0 || !opens[i-1]:
			out.Columns = append(out.Columns, c)
		}
	}
	for _, r := range t.Rows {
		row := Row{Kind: r.Kind}
		for i, c := range r.Cells {
			switch {
			case opens[i]:
				row.Cells = append(row.Cells, l.Interval(c, r.Cells[i+1], t.Columns[i].Unit))
			case i == 0 || !opens[i-1]:
				row.Cells = append(row.Cells, c)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// Keys is how many columns at the left say what a row is: those that are keys with the names of them, or else the first.
func (t Table) Keys() int {
	n := 0
	for n < len(t.Columns) && t.Columns[n].Role.Tells() {
		n++
	}
	for n > 0 && n < len(t.Columns) && t.Columns[0].Role == queries.Key && t.Columns[n].Role == queries.Attribute {
		n++
	}
	return max(1, n)
}

// Part is the table with some of its columns.
func (t Table) Part(columns []int) Table {
	var out Table
	for _, i := range columns {
		out.Columns = append(out.Columns, t.Columns[i])
	}
	for _, r := range t.Rows {
		row := Row{Kind: r.Kind}
		for _, i := range columns {
			row.Cells = append(row.Cells, r.Cells[i])
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// Grouped reports whether rows stand under rows that head them.
func (t Table) Grouped() bool {
	for _, r := range t.Rows {
		if r.Kind == Group {
			return true
		}
	}
	return false
}

// Numeric reports whether a column's values stand right: everything counted or measured.
func (c Column) Numeric() bool { return c.Unit != "" }

// EditionLine says who may see the report, and whether its figures are settled.
func (r Report) EditionLine() string {
	l := LocaleOf(r.Language)
	line := l.Word(wordInternal)
	if r.Edition == Public {
		line = l.Word(wordPublic)
	}
	switch {
	case r.Undated:
		return line
	case r.Provisional:
		return line + " · " + l.Word(wordProvisional)
	}
	return line + " · " + l.Word(wordFinal)
}

// What the signs mean.
var (
	wordDash   = queries.Words{Da: "»–« betyder, at et tal ikke kan beregnes.", En: "“–” means that a figure cannot be computed."}
	wordHidden = queries.Words{
		Da: "[c] står i stedet for et tal, der ikke offentliggøres, fordi det eller et tal, som kan udledes af det, er lille. Det betyder ikke, at tallet er større end nul.",
		En: "[c] stands for a figure that is not published, since it, or a figure that can be worked out from it, is small. It does not mean that the figure is above nought.",
	}
	wordYear = queries.Words{
		Da: "(f) betyder foreløbigt tal: årets nyeste tilladelse er under 365 dage gammel på opgørelsesdatoen.",
		En: "(f) means provisional: the year's youngest permit is less than 365 days old on the as-of day.",
	}
)

// Signs says what the signs mean that stand in place of figures and beside them; beside none stands (f) where no row has a year or a month.
func (r Report) Signs() string {
	signs := []string{LocaleOf(r.Language).Word(wordDash)}
	for _, m := range []Mark{Provisional, Hidden} {
		if meaning := r.Meaning(m); meaning != "" {
			signs = append(signs, meaning)
		}
	}
	return strings.Join(signs, " ")
}

// Meaning says what a mark means; nothing where the report has none of it, or where the note of an answer says it, with what it stands beside.
func (r Report) Meaning(m Mark) string {
	switch l := LocaleOf(r.Language); {
	case m == Provisional && !r.Undated:
		return l.Word(wordYear)
	case m == Hidden && r.Edition == Public:
		return l.Word(wordHidden)
	}
	return ""
}

// AsOfLine says of which day the report is, with its edition; of the edition alone where it is of no day.
func (r Report) AsOfLine() string {
	if r.AsOf.IsZero() {
		return r.EditionLine()
	}
	l := LocaleOf(r.Language)
	return l.Word(WordAsOf) + " " + l.Day(r.AsOf) + " · " + r.EditionLine()
}

// Chart says how the ordinary rows of its section's table are drawn. It holds no figure but the published ones, so
// that what is hidden in the table is hidden in the chart.
type Chart struct {
	Kind      string    // "line", "bar", "dot", "stack", "waterfall", "heat", "control", "funnel", "step", "difference" or "multiples", one small panel a series
	X         string    // column along the axis
	Time      string    // what the values along it are: "year", "month", or empty where they are no time
	By        string    // for "step" the column whose values have a panel each, for "funnel" the one that names the points, for "difference" the one that says what the values are of
	Axis      string    // title of the value axis
	Series    []Series  // in drawing order
	Breaks    []Break   // changes of law or practice, along an axis of years
	Published []Publish // figures that others published, along an axis of years
	OwnAxes   bool      // panels are drawn each on its own scale
	Beneath   Beneath   // for a waterfall: the steps each step stands on
	Begins    int64     // the first year or month along an axis over time, as Instant has it; 0 where all are drawn
}

// Beneath names, for a step of a waterfall, the steps whose counts lie below its bar.
type Beneath map[string][]string

// Series is one line, bar or layer: a column of the table and, where they are drawn, the columns of its interval.
type Series struct{ Name, Column, Low, High string }

// Break is a day from which law or practice was another.
type Break struct {
	Day   time.Time
	Label string
}

// Publish is a published fraction for the years From to To, with the words that stand beside it.
type Publish struct {
	From, To int64
	Value    float64
	Label    string
}

// Visible is the report as people see it: what nobody sees in a text is written out, in titles, columns and values, so that no page, sheet
// or screen obeys it; and small shares have the decimals that they need. The formats for machines keep both as they are.
func (r Report) Visible() Report {
	for _, text := range []*string{&r.Name, &r.Title, &r.Lead} {
		*text = characters.VisibleLines(*text)
	}
	r.Notes, r.Key = allVisible(r.Notes), r.Key.visible()
	sections := make([]Section, len(r.Sections))
	for i, s := range r.Sections {
		for _, text := range []*string{&s.Name, &s.Sheet, &s.Title, &s.Question, &s.Unit, &s.DetailSheet, &s.Source, &s.Alt, &s.Caption, &s.Empty} {
			*text = characters.VisibleLines(*text)
		}
		s.Text, s.Notes, s.Table = allVisible(s.Text), allVisible(s.Notes), s.Table.visible().fine()
		if s.Detail != nil {
			detail := s.Detail.visible().fine()
			s.Detail = &detail
		}
		if s.Chart != nil {
			s.Chart = s.Chart.visible()
		}
		sections[i] = s
	}
	r.Sections = sections
	return r
}

func allVisible(texts []string) []string {
	var all []string
	for _, t := range texts {
		all = append(all, characters.VisibleLines(t))
	}
	return all
}

func (t Table) visible() Table {
	out := Table{Columns: make([]Column, len(t.Columns)), Rows: make([]Row, len(t.Rows)), Lines: t.Lines, Whole: t.Whole}
	for i, c := range t.Columns {
		for _, text := range []*string{&c.Name, &c.Head, &c.Label, &c.Unit, &c.Until, &c.Both} {
			*text = characters.VisibleLines(*text)
		}
		out.Columns[i] = c
	}
	for i, row := range t.Rows {
		cells := make([]Cell, len(row.Cells))
		for k, c := range row.Cells {
			if text, ok := c.Value.(string); ok {
				c.Value = characters.VisibleLines(text)
			}
			c.Word = characters.VisibleLines(c.Word)
			cells[k] = c
		}
		out.Rows[i] = Row{Kind: row.Kind, Cells: cells}
	}
	return out
}

func (c Chart) visible() *Chart {
	for _, text := range []*string{&c.X, &c.By, &c.Axis} {
		*text = characters.VisibleLines(*text)
	}
	series := make([]Series, len(c.Series))
	for i, s := range c.Series {
		for _, text := range []*string{&s.Name, &s.Column, &s.Low, &s.High} {
			*text = characters.VisibleLines(*text)
		}
		series[i] = s
	}
	breaks := make([]Break, len(c.Breaks))
	for i, b := range c.Breaks {
		b.Label = characters.VisibleLines(b.Label)
		breaks[i] = b
	}
	published := make([]Publish, len(c.Published))
	for i, p := range c.Published {
		p.Label = characters.VisibleLines(p.Label)
		published[i] = p
	}
	c.Series, c.Breaks, c.Published = series, breaks, published
	return &c
}
