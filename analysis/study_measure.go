package analysis

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"koblet/analysis/stats"
	"koblet/queries"
	"koblet/registers"
	"koblet/store"
)

// equalAge is the age in days at which studies are compared.
const equalAge = 365

// studyMeasures are the measures of the published studies, by the question that gives each by year and category: these two are also
// told at equal age.
var studyMeasures = map[string]string{"unlinked": "unlinked_by_year_category", "unverified": "unverified_by_year_category"}

// measures are the names of all that a study can measure.
func measures() []string {
	names := slices.Collect(maps.Keys(studyMeasures))
	for _, q := range queries.All() {
		if counts(q) && !slices.Contains(names, q.Name) {
			names = append(names, q.Name)
		}
	}
	slices.Sort(names)
	return names
}

// counts reports whether the rows of a question are tallies and nothing is computed of them but rates.
func counts(q queries.Question) bool { return q.IsTally() && len(q.Result) == 0 }

// classical reports whether a study's measure is one of those that can also be told at equal age.
func (s Study) classical() bool { return studyMeasures[s.Measure] != "" }

// question is the one that gives the study's measure.
func (s Study) question() (queries.Question, error) {
	return queries.Find(cmp.Or(studyMeasures[s.Measure], s.Measure))
}

// everyPermit reports whether a study counts all registrations of its scope, so that each person's first can be told beside them: its
// measure counts permits, and it does not restrict them itself.
func (s Study) everyPermit() bool {
	q, err := s.question()
	_, takes := q.Param("first_only")
	return err == nil && takes && s.Params["first_only"] != "true" && s.Params["once_per_person"] != "true"
}

// scope is what a study asks for; first restricts it to each person's first granted permit.
func (s Study) scope(first bool) Scope {
	scope := Scope{From: s.From, To: s.To, Categories: s.Categories, Params: map[string]string{}, Row: s.Row}
	maps.Copy(scope.Params, s.Params)
	if first {
		scope.Params["first_only"] = "true"
	}
	if s.Population == "expected" {
		scope.Params["expected"] = "true"
	}
	return scope
}

// measure counts a study's records on a snapshot: as it was measured, and, of a measure that has it, at equal age where the extract has
// link dates.
func measure(ctx context.Context, snapshot *store.Snapshot, s Study, first bool) (measured, error) {
	q, err := s.question()
	if err != nil {
		return measured{}, err
	}
	scope := s.scope(first)
	r, err := Run(ctx, snapshot, q, scope)
	if err != nil || len(r.Lacking) > 0 {
		return measured{lacks: r.NotApplicable}, err
	}
	if len(s.Row) > 0 && len(r.Rows) == 0 {
		if err := s.amiss(ctx, snapshot, q); err != nil {
			return measured{}, err
		}
	}
	m := measured{raw: sumOf(byCategory(r)), answer: r}
	if !s.classical() {
		return m, nil
	}
	scope.Params["days"] = strconv.Itoa(equalAge)
	late, err := tallyOf(ctx, snapshot, "late_by_category", scope)
	if err != nil || late == nil {
		return m, err
	}
	m.atAge, m.mix = sumOf(late), map[string]stats.Proportion{}
	for category, t := range late {
		m.mix[category] = t.Judged()
	}
	m.tooYoung = m.raw.Total() - m.atAge.Total()
	delete(scope.Params, "days")
	if m.undated, err = undatedLinks(ctx, snapshot, scope); err != nil {
		return measured{}, err
	}
	limit, err := undatedLimit(snapshot.Assumptions)
	m.doubtful = m.undated.tooMany(limit)
	return m, err
}

// Nouns name what a measure counts by its unit, within a sentence.
var Nouns = map[string]queries.Words{
	"permits": {Da: "tilladelser", En: "permits"},
	"persons": {Da: "personer", En: "persons"},
	"numbers": {Da: "numre", En: "numbers"},
}

// rowWords name the rows of a measure's answer that a study picks, within a sentence.
func rowWords(q queries.Question, row map[string]string) (w queries.Words) {
	for i, key := range slices.Sorted(maps.Keys(row)) {
		column, _ := q.ColumnOf(key)
		between := " ("
		if i > 0 {
			between = ", "
		}
		w.Da += between + column.Label.Da + ": " + registers.Label(column.Codes, row[key], "da")
		w.En += between + column.Label.En + ": " + registers.Label(column.Codes, row[key], "en")
	}
	if len(row) > 0 {
		w.Da, w.En = w.Da+")", w.En+")"
	}
	return w
}

func sumOf(by map[string]Tally) *Tally {
	var sum Tally
	for _, t := range by {
		sum = sum.Plus(t)
	}
	return &sum
}

// tallyOf asks a tally and sums it by category; nil where the extract lacks what it needs.
func tallyOf(ctx context.Context, snapshot *store.Snapshot, name string, scope Scope) (map[string]Tally, error) {
	q, err := queries.Find(name)
	if err != nil {
		return nil, err
	}
	r, err := Run(ctx, snapshot, q, scope)
	if err != nil || len(r.Lacking) > 0 {
		return nil, err
	}
	return byCategory(r), nil
}

// byCategory sums an answer by its key category, and all of it together where it has none. Rows that are set apart are in no sum.
func byCategory(r Result) map[string]Tally {
	by := map[string]Tally{}
	for i := range r.Rows {
		if r.apart(i) && len(r.Rows) > 1 {
			continue
		}
		category := fmt.Sprint(r.Value(i, "category"))
		t, _ := tallyAt(r, i) // Run gave the tally, so its counts are whole
		by[category] = by[category].Plus(t)
	}
	return by
}

// undatedLinks counts the links of a scope, and those without a date.
func undatedLinks(ctx context.Context, snapshot *store.Snapshot, scope Scope) (omitted, error) {
	q, err := queries.Find("time_to_link")
	if err != nil {
		return omitted{}, err
	}
	r, err := Counted(ctx, snapshot, q, scope)
	if err != nil {
		return omitted{}, err
	}
	rows, err := countsOf(r)
	if err != nil {
		return omitted{}, err
	}
	_, out, _ := followUp(rows)
	return out, nil
}

// doubts notes what must be known of one study's figures, of all its permits or of each person's first: permits of no known
// category, what is left out at equal age, and why there is no figure.
func (c *studyComparison) doubts(ctx context.Context, i int, m measured, first bool) error {
	short := c.studies[i].Short
	if first {
		of := populationWords("first_only")
		short = queries.Words{Da: short.Da + ", " + of.Da, En: short.En + ", " + of.En}
	} else if err := c.unknownCategory(ctx, i, m); err != nil {
		return err
	}
	name := named("study", short)
	c.own(i, m)
	switch {
	case m.raw == nil:
		c.note(say("{study}: Opgørelsen indeholder ikke de nødvendige oplysninger: {lacks}.", "{study}: the snapshot does not have what the measure needs: {lacks}.",
			name, within("lacks", m.lacks)))
		return nil
	case m.raw.Judged().Judged == 0:
		if c.studies[i].classical() {
			c.note(say("{study}: Ingen tilladelser i perioden er afklarede.", "{study}: no permit of the period can be judged.", name))
		} else {
			c.note(say("{study}: Der er intet afklaret inden for afgrænsningen.", "{study}: nothing in its scope can be judged.", name))
		}
		return nil
	case !c.studies[i].classical():
		return nil // it has no equal age
	case m.atAge == nil:
		c.note(say("{study}: Udtrækket indeholder ingen koblingsdatoer, og der kan ikke opgøres ved samme alder. Den ukorrigerede andel er vist nederst.",
			"{study}: the extract has no link dates, so equal age is not applicable; the raw rate is shown at the end.", name))
		return nil
	case m.atAge.Judged().Judged == 0:
		c.note(say("{study}: Ingen afklarede tilladelser er {age} dage gamle, og der kan ikke opgøres ved samme alder.", "{study}: no permit is {age} days old and can be judged at equal age.",
			name, plain("age", int64(equalAge))))
		return nil
	}
	if t := *m.atAge; t.Unknown > 0 {
		asPass, asFail := t.Bounds()
		c.note(say("{study}: Ved samme alder er {unknown} af tilladelserne uafklarede. Regnes de alle som koblet i tide, er andelen {as_pass}; regnes ingen af dem, er den {as_fail}.",
			"{study}: of the permits, {unknown} are unknown at equal age; with all linked in time the rate is {as_pass}, with none {as_fail}.",
			name, permits("unknown", t.Unknown), share("as_pass", asPass), share("as_fail", asFail)))
	}
	if m.doubtful {
		limit, err := undatedLimit(c.snapshots[i].Assumptions)
		if err != nil {
			return err
		}
		c.note(noConclusion([]queries.Words{short}, limit)...)
	}
	return nil
}

// populationWords names which of a study's permits are counted, within a sentence.
func populationWords(population string) queries.Words {
	if population == "first_only" {
		return queries.Words{Da: "hver persons første tilladelse", En: "each person's first permit"}
	}
	return queries.Words{Da: "alle registreringer", En: "all registrations"}
}

// unknownCategory notes how many permits of the period have no known category, and the rate with all of them in.
func (c *studyComparison) unknownCategory(ctx context.Context, i int, m measured) error {
	s := c.studies[i]
	q, err := s.question()
	if _, takes := q.Param("categories"); err != nil || m.raw == nil || !takes || len(s.Row) > 0 {
		return err
	}
	in := len(s.Categories) == 0 || slices.Contains(s.Categories, "unknown")
	all := s // asked anew: where each person counts once, those of one category are no addition to those of others
	all.Categories = append(slices.Clone(s.Categories), "unknown")
	s.Categories = []string{"unknown"}
	by, err := tallyOf(ctx, c.snapshots[i], q.Name, s.scope(false))
	if err != nil || by == nil {
		return err
	}
	unknown := sumOf(by)
	if in {
		c.note(say("{study}: {unknown} af periodens tilladelser har ukendt kategori og indgår i andelen.",
			"{study}: of the period's permits, {unknown} have an unknown category and are in the rate.", named("study", s.Short), permits("unknown", unknown.Total())))
		return nil
	}
	if by, err = tallyOf(ctx, c.snapshots[i], q.Name, all.scope(false)); err != nil {
		return err
	}
	with := sumOf(by).Judged().Rate()
	if with != nil {
		c.note(say("{study}: {unknown} af periodens tilladelser har ukendt kategori; medregnes de alle, er andelen {rate}.",
			"{study}: of the period's permits, {unknown} have an unknown category; with all of them in, the rate is {rate}.",
			named("study", s.Short), permits("unknown", unknown.Total()), share("rate", *with)))
	}
	return nil
}

// withoutLinkDates adds, for each study whose extract has no link dates, the raw rate of its permits at every snapshot of the
// store; where there is only one, the rate by year of decision, which is a rate by age, with its caveat.
func (c *studyComparison) withoutLinkDates(ctx context.Context, shelf *Shelf) error {
	days, err := shelf.days()
	if err != nil {
		return err
	}
	for i, s := range c.studies {
		if c.snapshots[i] == nil || !s.classical() || len(c.snapshots[i].Lacks([]queries.Need{{Table: "carl2_persons", Column: "cpr_linked_on"}})) == 0 {
			continue
		}
		if len(days) > 1 {
			err = c.rawOverTime(ctx, shelf, s, days)
		} else {
			err = c.rawByYear(ctx, i)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	return nil
}

// rawOverTime adds the raw rate of one study's permits at each snapshot.
func (c *studyComparison) rawOverTime(ctx context.Context, shelf *Shelf, s Study, days []time.Time) error {
	scope := s.scope(false)
	for _, day := range days {
		snapshot, err := shelf.Take(ctx, day)
		if err != nil {
			return err
		}
		by, err := tallyOf(ctx, snapshot, studyMeasures[s.Measure], scope)
		if err != nil {
			return err
		}
		if by != nil && sumOf(by).Total() > 0 {
			c.addRate(figureRow{population: "over_time", figure: s.Name, of: day.Format(time.DateOnly), asOf: day, tally: sumOf(by)})
		}
	}
	return nil
}

// rawByYear adds the raw rate of one study's permits by year of decision.
func (c *studyComparison) rawByYear(ctx context.Context, i int) error {
	s := c.studies[i]
	scope := s.scope(false)
	q, err := s.question()
	if err != nil {
		return err
	}
	r, err := Run(ctx, c.snapshots[i], q, scope)
	if err != nil {
		return err
	}
	by := map[int64]Tally{}
	for i := range r.Rows {
		year := r.Value(i, "year").(int64) // a study has a period, so each of its permits has a day
		t, _ := tallyAt(r, i)              // Run gave the tally, so its counts are whole
		by[year] = by[year].Plus(t)
	}
	for _, year := range slices.Sorted(maps.Keys(by)) {
		c.addRate(figureRow{population: "by_age", figure: s.Name, of: strconv.FormatInt(year, 10), asOf: s.AsOf, tally: new(by[year])})
	}
	c.note(say("{study}: Andelen efter afgørelsesår afspejler både alder og årgang, og en lavere eller højere andel for ældre årgange viser ikke, hvordan en årgang udvikler sig over tid.",
		"{study}: the rate by year of decision mixes age with cohort; that older cohorts are lower or higher does not say what happens as a cohort ages.", named("study", s.Short)))
	return nil
}

// addRate adds a row with the rate of its tally and Wilson's interval.
func (c *studyComparison) addRate(row figureRow) {
	row.value, row.bounds = row.tally.Judged().Rate(), row.tally.Interval()
	c.add(row)
}
