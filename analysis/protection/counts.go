package protection

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"koblet/analysis"
	"koblet/queries"
)

// population is what the counts of an answer are of: the granted permits of a snapshot.
type population struct {
	asOf     time.Time
	snapshot string // its hash
}

// place is where a count stands: in an answer, by row and column.
type place struct {
	answer, row int
	column      string
}

// placed is a count with the set that it is of.
type placed struct {
	place
	set   set
	count int64
}

// verdict is the dimension of what a measure finds.
const verdict = "verdict"

// UncoveredError is the error of an answer whose counts cannot be protected yet.
type UncoveredError struct{ Question string }

func (e *UncoveredError) Error() string {
	return e.Question + ": what a reader could work out from its counts together with others is not known yet, so it is in no public edition"
}

// read finds the counts of an answer and what they are of. An answer without figures has none.
func read(at int, r analysis.Result) (population, []placed, error) {
	if !r.NotApplicable.Empty() || len(r.Rows) == 0 {
		return population{}, nil, nil
	}
	reader := rowReader{answer: at, result: r}
	switch {
	case isWaterfall(r):
		reader.counts = waterfallCounts
	case r.Question.Measure != "unlinked_verdicts" || r.Question.Rows != "partition" || r.Question.Computed != "":
		return population{}, nil, &UncoveredError{r.Question.Name}
	case r.Question.IsTally():
		reader.counts = tallyCounts
	case r.Question.Name == "link_status_by_year":
		reader.counts = statusCounts
	default:
		return population{}, nil, &UncoveredError{r.Question.Name}
	}
	choices, err := choicesOf(r)
	if err != nil {
		return population{}, nil, err
	}
	reader.choices = choices
	for i := range r.Rows {
		if err := reader.counts(&reader, i); err != nil {
			return population{}, nil, err
		}
	}
	return population{r.AsOf, r.Snapshot}, reader.found, nil
}

// rowReader reads the rows of one answer.
type rowReader struct {
	answer  int
	result  analysis.Result
	choices set
	counts  func(r *rowReader, row int) error
	found   []placed
}

func (r *rowReader) count(row int, column string, of set) error {
	n, whole := r.result.Value(row, column).(int64)
	if !whole {
		return fmt.Errorf("%s: column %s: no count", r.result.Question.Name, column)
	}
	r.found = append(r.found, placed{place{r.answer, row, column}, of, n})
	return nil
}

// keys are the set of a row: its keys, and what was asked for.
func (r *rowReader) keys(row int) set {
	of := r.choices
	for i, c := range r.result.Columns {
		if c.Role == queries.Key {
			of = of.with(bound{name: c.Name, value: analysis.KeyText(r.result.Rows[row][i])})
		}
	}
	return of
}

func tallyCounts(r *rowReader, row int) error {
	of := r.keys(row)
	if err := r.count(row, "total", of); err != nil {
		return err
	}
	for _, name := range []string{"pass", "fail", "unknown"} {
		if err := r.count(row, name, of.with(bound{name: verdict, value: name})); err != nil {
			return err
		}
	}
	return nil
}

// verdictOf is what the unlinked measure finds of each link status (docs/method.md §7).
var verdictOf = map[string]string{
	"linked": "pass", "linked_unverified": "pass", "conflict": "pass", "superseded": "pass", "not_in_cpr": "pass",
	"unlinked": "fail", "replacement": "unknown", "malformed": "unknown", "no_person": "unknown",
}

func statusCounts(r *rowReader, row int) error {
	status := analysis.KeyText(r.result.Value(row, "link_status"))
	found, known := verdictOf[status]
	if !known {
		return fmt.Errorf("%s: no verdict of link status %q", r.result.Question.Name, status)
	}
	return r.count(row, "n", r.keys(row).with(bound{name: verdict, value: found}))
}

// everything names all registrations, the refused ones among them, of which the granted ones are a part.
const (
	everything = "registrations"
	refused    = "refused"
)

var everyRegistration = set{{name: everything, value: "true", choice: true}}

func isWaterfall(r analysis.Result) bool { return r.Question.Name == "population_waterfall" }

// waterfallCounts reads a step. The last two are empty where the extract does not say when permits lapsed.
func waterfallCounts(r *rowReader, row int) error {
	if r.result.Value(row, "n") == nil {
		return nil
	}
	var of set
	chosen := func(b ...bound) set { return r.choices.with(b...) }
	switch step := analysis.KeyText(r.result.Value(row, "step")); step {
	case "all":
		of = everyRegistration
	case "granted":
	case "in_scope":
		of = chosen()
	case "linked":
		of = chosen(bound{name: verdict, value: "pass"})
	case "unknown", "unlinked":
		of = chosen(bound{name: verdict, value: map[string]string{"unknown": "unknown", "unlinked": "fail"}[step]})
	case "unlinked_expected", "unlinked_not_expected":
		expected := bound{name: "expected", value: "true", choice: true}
		if step == "unlinked_not_expected" {
			expected = left([]bound{expected})
		}
		if slices.ContainsFunc(r.choices, func(b bound) bool { return b.name == "expected" }) {
			return &UncoveredError{r.result.Question.Name + " with expected=true"}
		}
		// The unlinked alone are no table: the verdict is a choice, unless a table has the other verdicts, too.
		of = chosen(bound{name: verdict, value: "fail", choice: true}, expected)
	default:
		return fmt.Errorf("%s: no step %q", r.result.Question.Name, step)
	}
	return r.count(row, "n", of)
}

// choicesOf is what an answer was asked for, as choices. Whoever is counted once per person is so within all that was asked for.
func choicesOf(r analysis.Result) (set, error) {
	var out set
	var from, to time.Time
	once := false
	for _, a := range r.Arguments {
		switch v := a.Value.(type) {
		case nil:
		case time.Time:
			switch a.Name {
			case "from_day":
				from = v
			case "to_day":
				to = v
			default:
				return nil, &UncoveredError{r.Question.Name + " with " + a.Name}
			}
		case bool:
			if once = once || v && a.Name == "once_per_person"; v && a.Name != "once_per_person" {
				out = out.with(bound{name: a.Name, value: "true", choice: true})
			}
		case []string:
			values := slices.Clone(v)
			slices.Sort(values)
			out = out.with(bound{name: a.Name, value: strings.Join(slices.Compact(values), ","), choice: true})
		case int64:
			if v != 0 {
				out = out.with(bound{name: a.Name, value: fmt.Sprint(v), choice: true})
			}
		default:
			out = out.with(bound{name: a.Name, value: fmt.Sprint(v), choice: true})
		}
	}
	if !from.IsZero() || !to.IsZero() {
		out = out.with(bound{name: period, value: day(from) + ".." + day(to), choice: true})
	}
	if once {
		out = out.with(bound{name: "once_per_person", value: "true within " + out.String(), choice: true})
	}
	return out, nil
}

// period is the choice of decision days.
const period = "period"

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
