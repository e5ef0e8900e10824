package analysis

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"koblet/analysis/stats"
	"koblet/queries"
	"koblet/store"
)

// CompareStudies holds two studies against each other, first less second: as published, as measured, each on the snapshot of
// its own day, at equal age (late at 365 days, on the permits at least that old) and with one mix of categories; and the
// difference taken apart into age, mix and rest. All of it over all registrations and over each person's first. The rows are
// in the order in which they are read; population and figure tell them apart, and of says whose figure it is. The first note
// is the finding.
func CompareStudies(ctx context.Context, shelf *Shelf, studies [2]Study) (Result, error) {
	c := studyComparison{studies: studies}
	c.result.Question = queries.Question{Name: "compare", Ask: c.ask()}
	for i, s := range studies {
		snapshot, err := shelf.Take(ctx, s.AsOf)
		switch {
		case errors.Is(err, store.ErrNoSnapshot):
			c.note(say("{study}: Der foreligger ingen opgørelse pr. {day}, og undersøgelsen er derfor ikke gentaget.", "{study}: there is no snapshot of {day}, so nothing is measured.",
				named("study", s.Short), onDay("day", s.AsOf)))
		case err != nil:
			return Result{}, err
		default:
			c.snapshots[i] = snapshot
			c.result.AsOf, c.result.Snapshot = snapshot.AsOf, snapshot.Hash
		}
	}
	c.result.Columns, c.result.Question.Columns = c.columns(), c.columns()
	populations := []string{"all", "first_only"}
	if !studies[0].everyPermit() || !studies[1].everyPermit() {
		populations = []string{"own"}
	}
	for _, name := range populations {
		if err := c.population(ctx, name); err != nil {
			return Result{}, err
		}
	}
	if err := c.withoutLinkDates(ctx, shelf); err != nil {
		return Result{}, err
	}
	c.sources()
	c.result.Notes = append([]Note{c.finding()}, c.result.Notes...)
	return c.result, nil
}

// ask is the question of a comparison; what the difference is made of is asked where it can be taken apart.
func (c *studyComparison) ask() queries.Words {
	a, b := c.studies[0].Title, c.studies[1].Title
	ask := queries.Words{Da: fmt.Sprintf("Hvor stor er forskellen mellem »%s« og »%s«", a.Da, b.Da), En: fmt.Sprintf("How different are “%s” and “%s”", a.En, b.En)}
	if c.atEqualAge() {
		ask.Da, ask.En = ask.Da+", og hvordan er den sammensat", ask.En+", and what is the difference made of"
	}
	return queries.Words{Da: ask.Da + "?", En: ask.En + "?"}
}

var studyColumns = []queries.Column{
	{Name: "population", Type: "VARCHAR", Role: queries.Key, Codes: "population", Label: queries.Words{Da: "registreringer", En: "registrations"}},
	{Name: "figure", Type: "VARCHAR", Role: queries.Key, Codes: "figure", Label: queries.Words{Da: "tal", En: "figure"}},
	{Name: "of", Type: "VARCHAR", Role: queries.Key, Codes: "compared", Label: queries.Words{Da: "tal for", En: "figure of"}},
	{Name: "as_of", Type: "DATE", Role: queries.Key, Label: queries.Words{Da: "pr.", En: "as of"}},
	{Name: "fail", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "ikke koblet", En: "unlinked"}},
	{Name: "judged", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "i beregningen", En: "of"}},
	{Name: "unknown", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "uafklaret", En: "unknown"}},
	{Name: "too_young", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "for ny", En: "too young"}},
	{Name: "rate", Type: "DOUBLE", Role: queries.Derived, Unit: "share", Label: queries.Words{Da: "andel", En: "rate"}},
	{Name: "rate_low", Type: "DOUBLE", Role: queries.Derived, Unit: "share", Label: queries.Words{Da: "nedre grænse, 95 pct.-interval", En: "lower bound, 95 per cent interval"}},
	{Name: "rate_high", Type: "DOUBLE", Role: queries.Derived, Unit: "share", Label: queries.Words{Da: "øvre grænse, 95 pct.-interval", En: "upper bound, 95 per cent interval"}},
}

// equalAgeWords say what the figures at equal age are, and how a difference is taken apart.
var equalAgeWords = say(
	"»Ved samme alder« er andelen af de tilladelser, der er mindst 365 dage gamle på opgørelsesdatoen, som ikke var koblet inden for 365 dage. "+
		"»Standardiseret« er samme andel med de to årganges fælles fordeling på kategorier. Forskellen er opdelt således: Alder er den ukorrigerede forskel minus forskellen "+
		"ved samme alder, sammensætning er forskellen ved samme alder minus den standardiserede, og resten er den standardiserede. "+
		"Hvad resten skyldes, fremgår ikke af registrene.",
	"At equal age is the rate of those permits at least 365 days old on the as-of day that were not linked within 365 days. "+
		"Standardised is the same rate with the two cohorts' common mix of categories. The difference taken apart: age is the raw less the equal-age "+
		"difference, mix the equal-age less the standardised one, rest the standardised one. What the rest is due to, the registers do not say.")

// studyComparison is a comparison at work.
type studyComparison struct {
	studies   [2]Study
	snapshots [2]*store.Snapshot // nil where there is none of the study's day
	unsure    [2]bool            // whether too many links lack a date for a conclusion on what the study itself measures
	about     string             // the population that is being compared, where it is not all
	result    Result
}

func (c *studyComparison) note(notes ...Note) {
	for _, n := range notes {
		n.About = c.about
		c.result.Notes = append(c.result.Notes, n)
	}
}

// figureRow is one row of the comparison; what it has not is not applicable.
type figureRow struct {
	population, figure, of string
	asOf                   time.Time
	tally                  *Tally
	tooYoung               *int64
	value                  *float64
	bounds                 *stats.Interval
}

func (c *studyComparison) add(f figureRow) {
	row := make([]any, len(c.result.Columns))
	row[0], row[1], row[2] = f.population, f.figure, f.of
	if !f.asOf.IsZero() {
		row[3] = f.asOf
	}
	if f.tally != nil {
		row[4], row[5], row[6] = f.tally.Fail, f.tally.Judged().Judged, f.tally.Unknown
	}
	if f.tooYoung != nil {
		row[7] = *f.tooYoung
	}
	if f.value != nil {
		row[8] = *f.value
	}
	if f.bounds != nil {
		row[9], row[10] = f.bounds.Low, f.bounds.High
	}
	c.result.Rows = append(c.result.Rows, row)
}

// measured is what one study's snapshot says of one population; nil parts are not applicable.
type measured struct {
	raw      *Tally
	atAge    *Tally                      // late at 365 days, on the permits at least that old
	mix      map[string]stats.Proportion // atAge by category
	tooYoung int64
	doubtful bool // too many links lack a date for a conclusion at equal age
	undated  omitted
	answer   Result // of the question that gives the measure
	lacks    Note   // why there is no measure; empty where there is one
}

// atEqualAge reports whether one of the studies has a measure that can be told at equal age.
func (c *studyComparison) atEqualAge() bool {
	return c.studies[0].classical() || c.studies[1].classical()
}

// columns are those of the comparison, in the unit and the words of what both measure; where these differ, in words for any.
func (c *studyComparison) columns() []queries.Column {
	columns := slices.Clone(studyColumns)
	var fails [2]queries.Column
	for i, s := range c.studies {
		q, _ := s.question() // a study's measure was looked at when it was read
		fails[i], _ = q.ColumnOf("fail")
	}
	unit, label := fails[0].Unit, fails[0].Label
	if fails[1].Unit != unit {
		unit = "records"
	}
	if fails[1].Label != label {
		label = queries.Words{Da: "i tælleren", En: "counted"}
	}
	for i := range columns {
		if columns[i].Role == queries.Count {
			columns[i].Unit = unit
		}
		if columns[i].Name == "fail" {
			columns[i].Label = label
		}
	}
	return columns
}

// own notes what each of two measures counts where they are not the same, to what a study of the user's own restricts it, and what the answer says of a measure that is not the published
// studies': those have their doubts told in figures.
func (c *studyComparison) own(i int, m measured) {
	study := named("study", c.studies[i].Short)
	q, _ := c.studies[i].question() // a study's measure was looked at when it was read
	if c.studies[0].Measure != c.studies[1].Measure && c.about == "" {
		column, _ := q.ColumnOf("fail")
		unit := Nouns[column.Unit]
		c.note(say("{study}: »{ask}« Tælleren er {unit} med »{counted}«{rows}.", "{study}: “{ask}” Counted are {unit} with “{counted}”{rows}.", study, named("ask", q.Ask),
			named("unit", unit), named("counted", column.Label), named("rows", rowWords(q, c.studies[i].Row))))
	}
	if restricted := m.answer.Restriction(); c.studies[i].lines != nil && c.about == "" && !restricted.Empty() { // the published ones say it in their titles
		c.note(say("{study}: {note}", "{study}: {note}", study, within("note", restricted)))
	}
	if c.studies[i].classical() {
		return
	}
	for _, n := range m.answer.Notes {
		if !reflect.DeepEqual(n, chance(m.answer.Question)) {
			c.note(say("{study}: {note}", "{study}: {note}", study, within("note", n)))
		}
	}
}

// population adds the rows of all registrations, of each person's first, or of what each study counts itself.
func (c *studyComparison) population(ctx context.Context, name string) error {
	first := name == "first_only"
	if first {
		c.about = name
		defer func() { c.about = "" }()
	}
	var m [2]measured
	for i, s := range c.studies {
		if c.snapshots[i] == nil {
			continue
		}
		var err error
		if m[i], err = measure(ctx, c.snapshots[i], s, first); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		if err := c.doubts(ctx, i, m[i], first); err != nil {
			return err
		}
		c.unsure[i] = m[i].answer.Inconclusive
	}
	if gave := c.studies[0].Published != (Published{}) || c.studies[1].Published != (Published{}); gave && !first {
		c.published(name)
	}
	raw := c.pair(name, "raw", [2]*Tally{m[0].raw, m[1].raw}, nil)
	if !c.atEqualAge() {
		return nil
	}
	equal := c.pair(name, "equal_age", [2]*Tally{m[0].atAge, m[1].atAge}, &m)
	mix := c.standardised(name, m, equal)
	steps := stats.TakeApart(raw, equal, mix)
	if c.studies[0].Measure != "unlinked" || c.studies[1].Measure != "unlinked" {
		steps = stats.DifferenceSteps{} // what is late at equal age is no part of another measure
		if !first {
			c.note(say("Forskellen er ikke opdelt, da det kun kan ske for undersøgelser, der måler tilladelser uden koblet CPR-nummer (unlinked).",
				"The difference is not taken apart: that can be done only of studies that measure permits without a coupled CPR-number (unlinked)."))
		}
	}
	for _, s := range []struct {
		of    string
		value *float64
	}{{"age", steps.Age}, {"mix", steps.Mix}, {"rest", steps.Rest}} {
		c.add(figureRow{population: name, figure: "steps", of: s.of, value: s.value})
	}
	return nil
}

// published adds what the studies themselves gave, which is of all registrations.
func (c *studyComparison) published(population string) {
	var values [2]*float64
	for i, s := range c.studies {
		if s.Published != (Published{}) {
			values[i] = &c.studies[i].Published.Value
		}
		c.add(figureRow{population: population, figure: "published", of: s.Name, asOf: s.AsOf, value: values[i]})
	}
	difference := figureRow{population: population, figure: "published", of: "difference"}
	if values[0] != nil && values[1] != nil {
		difference.value = new(*values[0] - *values[1])
	}
	c.add(difference)
}

// pair adds a measure of both studies and the difference with Newcombe's interval, which it gives; nil where it has none. At
// equal age, where aged says what was left out, there is none either when too many links lack a date for a conclusion.
func (c *studyComparison) pair(population, figure string, t [2]*Tally, aged *[2]measured) *float64 {
	for i, s := range c.studies {
		row := figureRow{population: population, figure: figure, of: s.Name, asOf: s.AsOf, tally: t[i]}
		if t[i] == nil {
			c.add(row)
			continue
		}
		if aged != nil {
			row.tooYoung = &aged[i].tooYoung
		}
		c.addRate(row)
	}
	difference := figureRow{population: population, figure: figure, of: "difference"}
	concludes := aged == nil && c.unsure == [2]bool{} || aged != nil && !aged[0].doubtful && !aged[1].doubtful
	if concludes && t[0] != nil && t[1] != nil && t[0].Judged().Judged > 0 && t[1].Judged().Judged > 0 {
		a, b := t[0].Judged(), t[1].Judged()
		d, low, high := stats.Newcombe(a.Fail, a.Judged, b.Fail, b.Judged)
		difference.value, difference.bounds = &d, &stats.Interval{Low: low, High: high}
	}
	c.add(difference)
	return difference.value
}

// standardised adds the rates at equal age with the mix of categories held fixed, and gives their difference; nil where
// nothing is concluded at equal age.
func (c *studyComparison) standardised(population string, m [2]measured, equal *float64) *float64 {
	var s stats.Standardised
	if equal != nil {
		s = stats.Standardise(m[0].mix, m[1].mix)
		if len(s.Categories) == 0 {
			c.note(say("{population}: De to undersøgelser har ingen fælles kategori, og der er derfor ikke standardiseret.",
				"{population}: the two have no category in common, so nothing is standardised.", named("population", populationWords(population))))
		}
		for i, n := range s.LeftOut {
			if n > 0 {
				c.note(say("{study}: {n} tilladelser i kategorier, som ikke findes i den anden undersøgelse, indgår ikke i den standardiserede andel.",
					"{study}: {n} permits are in categories that the other does not have and are out of the standardised rate.",
					named("study", c.studies[i].Short), permits("n", n)))
			}
		}
	}
	of := []string{c.studies[0].Name, c.studies[1].Name, "difference"}
	days := []time.Time{c.studies[0].AsOf, c.studies[1].AsOf, {}}
	var difference *float64
	for i, e := range []*stats.Estimate{s.First, s.Second, s.Difference} {
		row := figureRow{population: population, figure: "standardised", of: of[i], asOf: days[i]}
		if e != nil {
			row.value, row.bounds, difference = &e.Value, e.Bounds, &e.Value
		}
		c.add(row)
	}
	return difference
}

// finding is the result in one sentence: the difference three ways, over all registrations; of measures that have no equal age, as
// measured, with its interval.
func (c *studyComparison) finding() Note {
	way := func(name, figure, column string) Figure {
		for i, row := range c.result.Rows {
			if row[0] == c.result.Rows[0][0] && row[1] == figure && row[2] == "difference" {
				return Figure{name, c.result.Value(i, column), "points"}
			}
		}
		return Figure{Name: name}
	}
	first, second := named("first", c.studies[0].Short), named("second", c.studies[1].Short)
	raw, equal, mix := way("raw", "raw", "rate"), way("equal_age", "equal_age", "rate"), way("standardised", "standardised", "rate")
	switch {
	case raw.Value == nil:
		return say("Forskellen »{first}« minus »{second}« kan ikke opgøres.", "The difference “{first}” less “{second}” cannot be told.", first, second)
	case !c.atEqualAge():
		return say("Forskellen »{first}« minus »{second}« er {raw} procentpoint ({low} til {high}).",
			"The difference “{first}” less “{second}” is {raw} percentage points ({low} to {high}).",
			first, second, raw, way("low", "raw", "rate_low"), way("high", "raw", "rate_high"))
	case equal.Value == nil:
		return say("Forskellen {first} minus {second} er {raw} procentpoint ukorrigeret; ved samme alder kan den ikke opgøres.",
			"The difference “{first}” less “{second}” is {raw} percentage points as measured; at equal age it cannot be told.", first, second, raw)
	case mix.Value == nil:
		return say("Forskellen {first} minus {second} er {raw} procentpoint ukorrigeret og {equal_age} ved samme alder.",
			"The difference “{first}” less “{second}” is {raw} percentage points as measured and {equal_age} at equal age.", first, second, raw, equal)
	}
	return say("Forskellen {first} minus {second} er {raw} procentpoint ukorrigeret, {equal_age} ved samme alder og {standardised} ved samme alder og samme fordeling på kategorier.",
		"The difference “{first}” less “{second}” is {raw} percentage points as measured, {equal_age} at equal age and {standardised} at equal age and with the same mix of categories.",
		first, second, raw, equal, mix)
}

// sources notes where each study's published figure comes from and what is assumed of it.
func (c *studyComparison) sources() {
	if c.atEqualAge() {
		c.note(equalAgeWords)
	}
	c.note(c.chance())
	for i, s := range c.studies {
		if s.Source != (queries.Words{}) || s.Remark != (queries.Words{}) {
			c.note(say("{study}: {source}. {remark}", "{study}: {source}. {remark}",
				named("study", s.Short), named("source", s.Source), named("remark", s.Remark)))
		}
		if snapshot := c.snapshots[i]; snapshot != nil {
			c.note(say("{study}: Målt på opgørelsen pr. {day} ({hash}).", "{study}: measured on the snapshot of {day} ({hash}).",
				named("study", s.Short), onDay("day", snapshot.AsOf), plain("hash", snapshot.Hash[:min(12, len(snapshot.Hash))])))
		}
	}
}

// chance is what is said of the intervals; of permits it says all that is said of others, and more.
func (c *studyComparison) chance() Note {
	for _, s := range c.studies {
		q, _ := s.question() // a study's measure was looked at when it was read
		if of := chance(q); !reflect.DeepEqual(of, fullyCounted) {
			return of
		}
	}
	return fullyCounted
}
