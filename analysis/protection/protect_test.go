package protection

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/analysis/disclosure"
	"koblet/queries"
	"koblet/registers"
)

// permit is an invented granted permit.
type permit struct {
	year                            string
	category, group, status         string
	expected, first, onceOfRefugees bool
}

var statuses = []string{"linked", "linked", "linked", "linked", "linked", "linked", "conflict", "superseded", "unlinked", "unlinked", "replacement", "malformed", "no_person"}

// register invents permits, of which some keys have few.
func register(seed uint64, n int) (permits []permit) {
	random := rand.New(rand.NewPCG(seed, 3))
	skewed := func(n int) int { return int(float64(n) * random.Float64() * random.Float64()) }
	for range n {
		category := []string{"family", "work", "asylum", "study", "eu"}[skewed(5)]
		p := permit{
			year: fmt.Sprint(2014 - skewed(5)), category: category, group: fmt.Sprint(category, skewed(2)), status: statuses[random.IntN(len(statuses))],
			expected: random.IntN(5) > 0, first: random.IntN(3) > 0,
		}
		p.onceOfRefugees = (category == "asylum" || category == "family") && random.IntN(3) > 0
		if random.IntN(300) == 0 {
			p.year = ""
		}
		permits = append(permits, p)
	}
	return permits
}

// asked counts permits as a question does, of those that a choice takes.
func asked(t *testing.T, permits []permit, question string, arguments ...analysis.Argument) analysis.Result {
	t.Helper()
	q, err := queries.Find(question)
	if err != nil {
		t.Fatal(err)
	}
	r := analysis.Result{Question: q, Snapshot: "s", Arguments: arguments, Columns: analysis.Columns(q)}
	keys := len(q.Named())
	counts := map[string]map[string]int64{}
	for _, p := range permits {
		if slices.ContainsFunc(arguments, func(a analysis.Argument) bool { return !p.taken(a) }) {
			continue
		}
		var row []string
		for _, c := range r.Columns[:keys] {
			row = append(row, map[string]string{"year": p.year, "category": p.category, "person_group": p.group, "link_status": p.status}[c.Name])
		}
		key := strings.Join(row, "\x00")
		if counts[key] == nil {
			counts[key] = map[string]int64{}
		}
		counts[key][verdictOf[p.status]]++
	}
	for key, n := range counts {
		var row []any
		for i, text := range strings.Split(key, "\x00") {
			var value any = text
			if i < keys && r.Columns[i].Name == "year" {
				value = nil
				if year, err := strconv.ParseInt(text, 10, 64); err == nil {
					value = year
				}
			}
			if i < keys {
				row = append(row, value)
			}
		}
		all := n["pass"] + n["fail"] + n["unknown"]
		if q.IsTally() {
			row = append(row, all, n["pass"], n["fail"], n["unknown"], float64(n["fail"])/float64(n["pass"]+n["fail"]), 0.0, 1.0)
		} else {
			row = append(row, all, 0.5)
		}
		r.Rows = append(r.Rows, row)
	}
	slices.SortFunc(r.Rows, func(a, b []any) int { return strings.Compare(fmt.Sprint(a...), fmt.Sprint(b...)) })
	return r
}

func (p permit) taken(a analysis.Argument) bool {
	switch a.Name {
	case "expected":
		return p.expected
	case "first_only":
		return p.first
	case "once_per_person":
		return p.onceOfRefugees
	case "categories":
		return slices.Contains(a.Value.([]string), p.category)
	case "from_day":
		return p.year >= fmt.Sprint(a.Value.(time.Time).Year())
	case "to_day":
		return p.year != "" && p.year <= fmt.Sprint(a.Value.(time.Time).Year())
	}
	panic(a.Name)
}

func gathered(results ...analysis.Result) analysis.Answers {
	return analysis.Answers{}.With(results)
}

var (
	expected  = analysis.Argument{Name: "expected", Value: true}
	firstOnly = analysis.Argument{Name: "first_only", Value: true}
	refugees  = analysis.Argument{Name: "categories", Value: []string{"family", "asylum"}}
	once      = analysis.Argument{Name: "once_per_person", Value: true}
	from      = analysis.Argument{Name: "from_day", Value: time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)}
	to        = analysis.Argument{Name: "to_day", Value: time.Date(2013, 12, 31, 0, 0, 0, 0, time.UTC)}
)

// annual is what an annual report asks.
func annual(t *testing.T, permits []permit) (answers, joint analysis.Answers) {
	of := func(question string, arguments ...analysis.Argument) analysis.Result {
		return asked(t, permits, question, arguments...)
	}
	return gathered(of("unlinked"), of("unlinked", expected), of("unlinked", firstOnly), of("unlinked", refugees), of("unlinked", refugees, expected),
		of("unlinked_by_year"), of("unlinked_by_year", expected), of("unlinked_by_year", refugees), of("unlinked_by_year", firstOnly),
		of("unlinked_by_year", refugees, once), of("unlinked_by_category"), of("unlinked_by_category", expected), of("unlinked_by_person_group"),
		of("unlinked_by_year_category"), of("link_status_by_year"), of("unlinked", from, to)), gathered(of("unlinked_by_year_category", expected))
}

// TestNoCountCanBeRecomputed attacks whole reports by an exact solver, which knows every identity and shares nothing with the search.
func TestNoCountCanBeRecomputed(t *testing.T) {
	protected := 0
	for seed := range uint64(2) {
		answers, joint := annual(t, register(seed, 2500))
		p, err := systemsOf(answers, joint)
		if err != nil {
			t.Fatal(err)
		}
		s := p.systems[population{snapshot: "s"}]
		pattern, err := s.protect(5)
		var unsafe *disclosure.UnsafeError
		if errors.As(err, &unsafe) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var small []int
		for i, c := range s.Cells {
			if c.Small(5) {
				small = append(small, i)
			}
		}
		known, err := s.Attack(pattern.Hidden, small)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range small {
			if !known[i].Holds(5) {
				t.Errorf("seed %d: %v is known to be in %v", seed, s.sets[i], known[i])
			}
		}
		if protected++; len(small) < 40 || pattern.Latent < 5 {
			t.Errorf("seed %d: %d small counts, %d of them nowhere published", seed, len(small), pattern.Latent)
		}
	}
	if protected < 2 {
		t.Errorf("%d of 2 reports are protected", protected)
	}
}

// TestWhatIsShownIsTrue: what a public edition shows is what an internal one does, and of a hidden count nothing that is computed from it is shown.
func TestWhatIsShownIsTrue(t *testing.T) {
	answers, joint := annual(t, register(1, 2500))
	public, sum, err := Protect(answers, Order{Threshold: 5, Joint: joint})
	if err != nil {
		t.Fatal(err)
	}
	hidden, shown := 0, 0
	for i, r := range public.Results {
		for row := range r.Rows {
			for k, c := range r.Columns {
				value, truth := r.Rows[row][k], answers.Results[i].Rows[row][k]
				if _, is := value.(analysis.Suppressed); is {
					hidden++
					continue
				}
				if value != truth {
					t.Errorf("%s: %s is %v and not %v", r.Question.Name, c.Name, value, truth)
				}
				if n, is := value.(int64); is && c.Role == queries.Count {
					if shown++; n > 0 && n < 5 {
						t.Errorf("%s: a count of %d is shown", r.Question.Name, n)
					}
				}
			}
			for _, count := range []string{"pass", "fail"} {
				if _, is := r.Value(row, count).(analysis.Suppressed); is {
					for _, derived := range []string{"rate", "rate_low", "rate_high"} {
						if _, is := r.Value(row, derived).(analysis.Suppressed); !is {
							t.Errorf("%s: %s is hidden and %s is not", r.Question.Name, count, derived)
						}
					}
				}
			}
		}
	}
	if hidden == 0 || shown < 200 || sum.Small == 0 || sum.Covering == 0 || sum.Counts <= sum.Small+sum.Covering {
		t.Errorf("%d hidden, %d shown, %+v", hidden, shown, sum)
	}
}

// few is a register of so many permits of a category and status, in 2013.
func few(n int, category, status string, expected bool) (permits []permit) {
	for range n {
		permits = append(permits, permit{year: "2013", category: category, group: category, status: status, expected: expected})
	}
	return permits
}

// TestDifferencesAreCells: of 100 permits 97 are expected. Neither number is small, but what one has more than the other is, so one of them is hidden.
func TestDifferencesAreCells(t *testing.T) {
	permits := slices.Concat(few(97, "work", "linked", true), few(3, "work", "linked", false))
	public, sum, err := Protect(gathered(asked(t, permits, "unlinked"), asked(t, permits, "unlinked", expected)), Order{Threshold: 5})
	if err != nil || sum.Small != 0 || sum.Covering == 0 {
		t.Fatalf("%+v, %v", sum, err)
	}
	hidden := 0
	for _, r := range public.Results {
		for _, column := range []string{"total", "pass"} {
			if _, is := r.Value(0, column).(analysis.Suppressed); is {
				hidden++
			}
		}
	}
	if hidden < 2 {
		t.Errorf("%d of the totals and linked are hidden", hidden)
	}
}

// TestAllRowsTogether: the figures of all rows are shown although rows are hidden, unless they are hidden themselves.
func TestAllRowsTogether(t *testing.T) {
	permits := slices.Concat(few(50, "work", "linked", true), few(40, "work", "unlinked", true), few(2, "study", "unlinked", true), few(30, "study", "linked", true), few(60, "asylum", "linked", true), few(20, "asylum", "unlinked", true))
	public, _, err := Protect(gathered(asked(t, permits, "unlinked_by_category"), asked(t, permits, "unlinked")), Order{Threshold: 5})
	if err != nil {
		t.Fatal(err)
	}
	r := public.Results[0]
	if r.Whole("total") != int64(202) || r.Whole("fail") != int64(62) || r.Whole("rate") != 62.0/202 {
		t.Errorf("%v, %v, %v", r.Whole("total"), r.Whole("fail"), r.Whole("rate"))
	}
	if _, is := r.Value(1, "fail").(analysis.Suppressed); !is {
		t.Errorf("two permits are shown: %v", r.Rows)
	}
}

// TestWhatIsShownNowhereIsNotTold: a fraction tells the whole that it is of, and the figure of all rows what the rows are; both are hidden where the whole stands
// in no table.
func TestWhatIsShownNowhereIsNotTold(t *testing.T) {
	permits := slices.Concat(few(50, "work", "linked", true), few(40, "work", "unlinked", true))
	status, years, all := asked(t, permits, "link_status_by_year"), asked(t, permits, "unlinked_by_year"), asked(t, permits, "unlinked")
	told := func(results ...analysis.Result) (fraction, whole any) {
		public, _, err := Protect(gathered(results...), Order{Threshold: 5})
		if err != nil {
			t.Fatal(err)
		}
		return public.Results[0].Value(0, "value"), public.Results[len(results)-1].Whole("rate")
	}
	if fraction, whole := told(status, years); fraction != 0.5 || whole != (analysis.Suppressed{}) {
		t.Errorf("%v, %v; want the fraction of a year that is shown, and no rate of all", fraction, whole)
	}
	if fraction, _ := told(status); fraction != (analysis.Suppressed{}) {
		t.Errorf("the fraction %v tells the year, which is shown nowhere", fraction)
	}
	if _, whole := told(status, all, years); whole != 40.0/90 {
		t.Errorf("the rate of all is %v", whole)
	}
}

// TestShownThoughJoint: what a waterfall shows is known, although a joint question counts it, too.
func TestShownThoughJoint(t *testing.T) {
	permits := few(50, "work", "linked", true)
	waterfall := asked(t, nil, "population_waterfall")
	waterfall.Rows = [][]any{{"all", int64(60)}, {"granted", int64(50)}, {"in_scope", int64(50)}, {"linked", int64(50)}, {"unknown", int64(0)}, {"unlinked", int64(0)}}
	p, err := systemsOf(gathered(waterfall), gathered(asked(t, permits, "unlinked")))
	if err != nil {
		t.Fatal(err)
	}
	s := p.systems[population{snapshot: "s"}]
	if at := s.at[set{}.key()]; s.Cells[at].Latent {
		t.Error("the granted permits are shown, and said not to be")
	}
}

// TestCircles: tables that go round in a circle are refused, unless a joint table ties them.
func TestCircles(t *testing.T) {
	permits := register(2, 2500)
	answers := gathered(asked(t, permits, "unlinked_by_year_category"), asked(t, permits, "unlinked_by_year", expected), asked(t, permits, "unlinked_by_category", expected))
	if _, _, err := Protect(answers, Order{Threshold: 5}); !errors.Is(err, errCyclic) {
		t.Errorf("%v, want a circle", err)
	}
	if _, _, err := Protect(answers, Order{Threshold: 5, Joint: gathered(asked(t, permits, "unlinked_by_year_category", expected))}); err != nil {
		t.Error(err)
	}
}

// TestUncovered: what cannot be set in relation to the rest is refused by name.
func TestUncovered(t *testing.T) {
	q, err := queries.Find("coverage_by_municipality")
	if err != nil {
		t.Fatal(err)
	}
	r := analysis.Result{Question: q, Columns: analysis.Columns(q), Rows: [][]any{{"0101", "København", int64(9), int64(9), int64(0), int64(0), 0.0, 0.0, 0.0}}}
	var uncovered *UncoveredError
	if _, _, err := Protect(gathered(r), Order{Threshold: 5}); !errors.As(err, &uncovered) || uncovered.Question != "coverage_by_municipality" {
		t.Errorf("%v", err)
	}
	r.Rows, r.NotApplicable = nil, analysis.NoteOf(queries.Words{Da: "intet", En: "nothing"})
	if _, _, err := Protect(gathered(r), Order{Threshold: 5}); err != nil {
		t.Errorf("an answer without figures: %v", err)
	}
}

// TestNotesWithFigures: a note that tells a count is left out, one that tells a day is not.
func TestNotesWithFigures(t *testing.T) {
	r := asked(t, few(50, "work", "linked", true), "unlinked")
	words := queries.Words{Da: "{n}", En: "{n}"}
	r.Notes = []analysis.Note{
		analysis.NoteOf(words, analysis.Figure{Name: "n", Value: int64(3), Unit: "permits"}),
		analysis.NoteOf(words, analysis.Figure{Name: "n", Value: int64(365), Unit: "days"}),
		analysis.NoteOf(words, analysis.Figure{Name: "n", Value: analysis.NoteOf(words, analysis.Figure{Name: "n", Value: 0.5, Unit: "share"})}),
	}
	public, sum, err := Protect(gathered(r), Order{Threshold: 5})
	if err != nil || sum.Notes != 2 || len(public.Results[0].Notes) != 1 || public.Results[0].Notes[0].Figures[0].Value != int64(365) {
		t.Errorf("%+v, %v, %v", sum, public.Results[0].Notes, err)
	}
}

// TestStatusesHaveVerdicts: each link status of the code list is one of pass, fail and unknown.
func TestStatusesHaveVerdicts(t *testing.T) {
	listed := registers.Listed("link_status")
	for _, status := range listed {
		if !slices.Contains([]string{"pass", "fail", "unknown"}, verdictOf[status]) {
			t.Errorf("%s: %q", status, verdictOf[status])
		}
	}
	if len(verdictOf) != len(listed) {
		t.Errorf("%d statuses of %d", len(verdictOf), len(listed))
	}
}

// TestEarlierEditions: what an earlier edition hides stays hidden, and what it shows and is unchanged is shown again; a further month moves both.
func TestEarlierEditions(t *testing.T) {
	permits := register(1, 2500)
	answers, joint := annual(t, permits)
	january, february := time.Date(2016, 1, 31, 0, 0, 0, 0, time.UTC), time.Date(2016, 2, 29, 0, 0, 0, 0, time.UTC)
	for i := range answers.Results {
		answers.Results[i].AsOf = january
	}
	for i := range joint.Results {
		joint.Results[i].AsOf = january
	}
	_, first, err := Protect(answers, Order{AsOf: january, Threshold: 5, Joint: joint})
	if err != nil {
		t.Fatal(err)
	}
	answers, joint = annual(t, append(permits, few(40, "work", "linked", true)...))
	for i := range answers.Results {
		answers.Results[i].AsOf, answers.Results[i].Snapshot = february, "t"
	}
	for i := range joint.Results {
		joint.Results[i].AsOf, joint.Results[i].Snapshot = february, "t"
	}
	_, second, err := Protect(answers, Order{AsOf: february, Threshold: 5, Joint: joint, Earlier: []Edition{first.Edition}})
	if err != nil {
		t.Fatal(err)
	}
	before := map[string]Published{}
	for _, c := range first.Edition.Counts {
		before[c.Of] = c
	}
	kept, moved := 0, 0
	for _, c := range second.Edition.Counts {
		old, known := before[c.Of]
		if !known {
			continue
		}
		if old.Hidden && !c.Hidden {
			t.Errorf("%s was hidden and is shown", c.Of)
		}
		if !old.Hidden && c.Hidden {
			if moved++; strings.Contains(c.Of, "category=asylum") || strings.Contains(c.Of, "year=2010") {
				t.Errorf("%s was shown, is unchanged, and is hidden", c.Of)
			}
		}
		if !old.Hidden && !c.Hidden && old.Count == c.Count {
			kept++
		}
	}
	if kept < 200 {
		t.Errorf("%d unchanged counts are shown again; %d shown before are hidden now", kept, moved)
	}
}
