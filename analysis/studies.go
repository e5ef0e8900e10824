package analysis

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"koblet/queries"
	"koblet/registers"
	"koblet/store"
)

//go:embed studies/*.toml
var studyFiles embed.FS

// Study is a count that somebody published, or one of the user's own: a measure of the catalogue, which records it counts, on
// which day, and the fraction that was given. From, To and Categories are written as on the command line; no category means all.
// What its source leaves open, and we assume, stands in Remark.
type Study struct {
	Name       string
	Title      queries.Words
	Short      queries.Words // two or three words, for a mark on a chart
	From, To   Period        // the days of decision, where the measure counts permits
	Categories []string
	Population string            // which of the granted permits: "all", or "expected", those for which a number is expected
	Measure    string            // whose fail it counts: "unlinked", "unverified", or a question of the catalogue that is a tally
	Params     map[string]string `toml:"-"` // the measure's own parameters, as text
	Row        map[string]string `toml:"-"` // the rows of the measure's answer that are counted, by key; all unless given
	AsOf       time.Time         `toml:"-"` // the day it was counted on
	Published  Published
	Source     queries.Words
	Remark     queries.Words
	lines      map[string]int // of its file, by key; nil where it is not the user's own
}

// Published is a fraction as it was published: its value and its words, which say how roughly it was given.
type Published struct {
	Value float64
	Words queries.Words
}

// Studies are the studies of the folder studies, in order of their as-of days.
func Studies() ([]Study, error) {
	names, err := fs.Glob(studyFiles, "studies/*.toml")
	if err != nil {
		return nil, err
	}
	var studies []Study
	for _, name := range names {
		text, err := studyFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		study, err := parseStudy(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		studies = append(studies, study)
	}
	return studies, nil
}

// ReadStudy reads a study of the user's own from TOML, with the keys of those in the folder studies. It must have a name, an
// as-of day and a title, and a period where its measure counts permits; Short is the name unless given, Population all and
// Measure unlinked. What was published may be left out. An error is a StudyError.
func ReadStudy(text []byte) (Study, error) {
	s, err := parseStudy(text)
	if err != nil {
		return Study{}, err
	}
	s.lines = keyLines(text)
	check := studyCheck{s}
	return s, cmp.Or(check.own(), check.measure(), check.params(), check.row())
}

func parseStudy(text []byte) (Study, error) {
	var file struct {
		Study
		AsOf   toml.LocalDate `toml:"as_of"`
		Params map[string]any
		Row    map[string]any
	}
	d := toml.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return Study{}, studyError(err)
	}
	s := file.Study
	if file.AsOf != (toml.LocalDate{}) {
		s.AsOf = file.AsOf.AsTime(time.UTC)
	}
	if s.Short == (queries.Words{}) {
		s.Short = queries.Words{Da: s.Name, En: s.Name}
	}
	s.Population, s.Measure = cmp.Or(s.Population, "all"), cmp.Or(s.Measure, "unlinked")
	lines := keyLines(text)
	for _, table := range []struct {
		name  string
		from  map[string]any
		texts *map[string]string
	}{{"params", file.Params, &s.Params}, {"row", file.Row, &s.Row}} {
		for _, key := range slices.Sorted(maps.Keys(table.from)) {
			switch value := table.from[key].(type) {
			case string, bool, int64, toml.LocalDate:
				if *table.texts == nil {
					*table.texts = map[string]string{}
				}
				(*table.texts)[key] = fmt.Sprint(value)
			default:
				path := table.name + "." + key
				return Study{}, StudyError{Line: lines[path], What: path + ": want a text, a whole number, a day, true or false"}
			}
		}
	}
	return s, nil
}

// StudyError is what is wrong with a study's file: the line, counted from 1, and a cure, empty where the message says it. Where a key is
// missing it is the line of its table, else the last. Study is the study's name where a snapshot has said it.
type StudyError struct {
	Line              int
	What, Cure, Study string
}

func (e StudyError) Error() string {
	if e.Line == 0 {
		return e.What
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.What)
}

// studyError says which line or key the TOML library stumbled on, and of a key that is none which was meant.
func studyError(err error) error {
	if unknown, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(unknown.Errors) > 0 {
		row, _ := unknown.Errors[0].Position()
		key := strings.Join(unknown.Errors[0].Key(), ".")
		return StudyError{Line: row, What: key + ": unknown key", Cure: registers.Meant(key, studyKeys, "")}
	}
	if wrong, ok := errors.AsType[*toml.DecodeError](err); ok {
		row, _ := wrong.Position()
		what := strings.TrimPrefix(wrong.Error(), "toml: ")
		if key := strings.Join(wrong.Key(), "."); key != "" {
			what = key + ": " + what
		}
		return StudyError{Line: row, What: what}
	}
	return err
}

// studyKeys are the keys of a study's file.
var studyKeys = []string{"name", "title", "short", "from", "to", "categories", "population", "measure", "params", "row", "as_of", "published", "source", "remark"}

// keyLines gives the line of each key of a TOML text, by its path, and the last line by none; the library's decoder does not tell it of keys
// that go into a map.
func keyLines(text []byte) map[string]int {
	lines, parser, section := map[string]int{"": 1 + bytes.Count(bytes.TrimSpace(text), []byte{'\n'})}, unstable.Parser{}, ""
	parser.Reset(text)
	var see func(in string, n *unstable.Node)
	see = func(in string, n *unstable.Node) {
		path := in
		for it := n.Key(); it.Next(); {
			path = strings.TrimPrefix(path+"."+string(it.Node().Data), ".")
			lines[path] = parser.Shape(it.Node().Raw).Start.Line
		}
		switch {
		case n.Kind == unstable.Table:
			section = path
		case n.Value().Kind == unstable.InlineTable:
			for it := n.Value().Children(); it.Next(); {
				see(path, it.Node())
			}
		}
	}
	for parser.NextExpression() {
		switch n := parser.Expression(); n.Kind {
		case unstable.Table:
			see("", n)
		case unstable.KeyValue:
			see(section, n)
		default: // a comment, or a list of tables, which no study has
		}
	}
	return lines
}

// studyCheck looks over a study of the user's own.
type studyCheck struct {
	Study
}

// wrong is an error at a key, or at the table that it is missing from, or at the end of the file.
func (s Study) wrong(key, cure, format string, args ...any) StudyError {
	table, _, _ := strings.Cut(key, ".")
	return StudyError{Line: cmp.Or(s.lines[key], s.lines[table], s.lines[""]), What: fmt.Sprintf(format, args...), Cure: cure}
}

// own looks at what every study has, whatever its measure.
func (c studyCheck) own() error {
	switch {
	case c.Name == "":
		return c.wrong("", "", "name is missing")
	case c.AsOf.IsZero():
		return c.wrong("", "", "as_of is missing: the day it is counted on, such as 2014-12-31")
	case c.Title == (queries.Words{}):
		return c.wrong("", "", "title is missing: da and en")
	case c.Title.Da == "":
		return c.wrong("title.da", "", "title: da is missing")
	case c.Title.En == "":
		return c.wrong("title.en", "", "title: en is missing")
	case c.Population != "all" && c.Population != "expected":
		return c.wrong("population", "", "population: want all or expected")
	case !(c.Published.Value >= 0 && c.Published.Value <= 1): // nor what is no number
		return c.wrong("published.value", "", "published: value: want a fraction from 0 to 1")
	}
	for _, category := range c.Categories {
		if !slices.Contains(Categories, category) {
			return c.wrong("categories", registers.Meant(category, Categories, ""), "no category %q; the categories are %s", category, strings.Join(Categories, ", "))
		}
	}
	if _, err := c.scope(false).asked(); err != nil {
		return c.wrong("to", "", "%v", err)
	}
	return nil
}

// measure looks at the question that the study asks, and at whether it can be asked of the study's permits.
func (c studyCheck) measure() error {
	q, err := c.question()
	if err != nil {
		return c.wrong("measure", registers.Meant(c.Measure, measures(), "koblet questions lists what can be asked"), "measure: no measure %q", c.Measure)
	}
	if !counts(q) {
		return c.wrong("measure", "a measure counts pass, fail and unknown, as unlinked, late and coverage_by_municipality do", "measure: %s gives no rate that could be summed", q.Name)
	}
	_, ofPermits := q.Param("from_day")
	for _, key := range []string{"from", "to", "categories", "population"} {
		if _, given := c.lines[key]; given && !ofPermits && (key != "population" || c.Population != "all") {
			return c.wrong(key, "leave it out", "%s: %s counts no permits", key, q.Name)
		}
	}
	switch {
	case ofPermits && c.From.First.IsZero():
		return c.wrong("", "", "from is missing: the first period of decisions, such as 2011")
	case ofPermits && c.To.Last.IsZero():
		return c.wrong("", "", "to is missing: the last period of decisions, such as 2013")
	}
	return nil
}

// params looks at the measure's own parameters.
func (c studyCheck) params() error {
	q, _ := c.question() // measure has found it
	var takes []string
	for _, p := range q.Params {
		if reserved[p.Name] == "" {
			takes = append(takes, p.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Params)) {
		path := "params." + name
		if p, ok := q.Param(name); !ok || reserved[name] != "" {
			cure := "leave it out"
			if len(takes) > 0 {
				cure = registers.Meant(name, takes, "it takes "+strings.Join(takes, ", "))
			}
			return c.wrong(path, cure, "%s: %s has no such parameter", path, q.Name)
		} else if _, err := parseValue(p, c.Params[name]); err != nil {
			return c.wrong(path, "", "%s: %v", path, err)
		}
	}
	return nil
}

// row looks at the rows that are picked of the measure's answer. Where a record can stand in several rows, one of them must be named.
func (c studyCheck) row() error {
	q, _ := c.question() // measure has found it
	var keys []string
	for _, key := range q.Keys() {
		keys = append(keys, key.Name)
		if _, named := c.Row[key.Name]; !named && q.Rows != "partition" {
			at := "measure"
			if c.lines["row"] > 0 {
				at = "row"
			}
			return c.wrong(at, fmt.Sprintf("[row] with %s = …; koblet run %s shows the rows", key.Name, q.Name),
				"measure: a record can stand in several rows of %s, and row does not name its %s", q.Name, key.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Row)) {
		path := "row." + name
		if c.classical() {
			return c.wrong(path, "unlinked_by_legal_basis and others have rows", "%s: %s has no rows to pick from", path, c.Measure)
		}
		if !slices.Contains(keys, name) {
			return c.wrong(path, registers.Meant(name, keys, ""), "%s: no key of %s", path, q.Name)
		}
		column, _ := q.ColumnOf(name)
		if listed := registers.Listed(column.Codes); len(listed) > 0 && !slices.Contains(listed, c.Row[name]) {
			return c.wrong(path, registers.Meant(c.Row[name], listed, "koblet run "+q.Name+" shows the rows"), "%s: no %s %q", path, name, c.Row[name])
		}
	}
	return nil
}

// amiss says which value of a study's rows is none of a measure's answer on a snapshot, and which is near it. A code of a list may stand in no
// row there; and that several keys, each with rows of its own, have none in common is no slip.
func (s Study) amiss(ctx context.Context, snapshot *store.Snapshot, q queries.Question) error {
	scope := s.scope(false)
	scope.Row = nil
	r, err := Run(ctx, snapshot, q, scope)
	if err != nil || len(r.Lacking) > 0 || len(r.Rows) == 0 {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(s.Row)) {
		var there []string
		for i := range r.Rows {
			if text := KeyText(r.Value(i, key)); !slices.Contains(there, text) {
				there = append(there, text)
			}
		}
		column, _ := q.ColumnOf(key)
		listed, err := listedCodes(ctx, snapshot, key)
		if err != nil {
			return err
		}
		if want := s.Row[key]; !slices.Contains(there, want) && !slices.Contains(listed, want) && !slices.Contains(registers.Listed(column.Codes), want) {
			wrong := s.wrong("row."+key, registers.Meant(want, there, "there are "+SomeOf(there)), "row.%s: no %s %q in the answer of %s", key, key, want,
				snapshot.AsOf.Format(time.DateOnly))
			wrong.Study = s.Name
			return wrong
		}
	}
	return nil
}
