package reports

import (
	"fmt"
	"strings"

	"koblet/analysis"
	"koblet/queries"
)

// caption says what the chart of an answer shows: the measure and what it is told apart by, in which unit and of whom, and how the chart is read. What
// was found stands above it, and in the text alternative for those who do not see the chart.
func (b *builder) caption(r analysis.Result, chart Chart) string {
	return strings.TrimSpace(b.measured(r)+b.unitOf(r)) + ". " + strings.TrimSpace(b.say.word(howToRead[chart.Kind])+" "+b.say.word(wordFigureBelow))
}

// measured names what is drawn of an answer: of a tally the share of those that fail, by the word for them, of counts what is counted; and by what.
func (b *builder) measured(r analysis.Result) string {
	by := uncapital(b.sheetOf(r))
	at := r.Index(r.Question.Chart.Y)
	if at < 0 {
		return capital(by)
	}
	y := r.Columns[at]
	what := b.say.word(y.Label)
	switch {
	case ofTally(r):
		return fmt.Sprintf(b.say.word(wordShareOf), b.say.word(r.Columns[r.Index("fail")].Label), by)
	case y.Unit == unitShare && r.Question.Chart.Kind == "step": // its label is what the share is of
		return fmt.Sprintf(b.say.word(wordShareOf), what, by)
	}
	if also := r.Index(r.Question.Chart.Also); also >= 0 {
		what += b.say.word(wordAnd) + b.say.word(r.Columns[also].Label)
	}
	if y.Role == queries.Count {
		if y.Name != "n" {
			what = b.say.word(nouns[y.Unit]) + " (" + what + ")"
		}
		return fmt.Sprintf(b.say.word(wordNumberOf), what, by)
	}
	return capital(what) + " " + by
}

// ofTally reports whether the rate of a tally is what is drawn, and nothing beside it.
func ofTally(r analysis.Result) bool {
	return r.Index("fail") >= 0 && r.Question.Chart.Y == "rate" && r.Question.Chart.Also == ""
}

// unitOf says in which unit a share or another measure is, and of whom it is a share.
func (b *builder) unitOf(r analysis.Result) string {
	at := r.Index(r.Question.Chart.Y)
	if at < 0 || r.Columns[at].Role == queries.Count {
		return ""
	}
	if fail := r.Index("fail"); ofTally(r) && nouns[r.Columns[fail].Unit].Da != "" {
		return fmt.Sprintf(b.say.word(wordOfDecided), b.say.word(nouns[r.Columns[fail].Unit]))
	}
	if unit := b.say.unit(r.Columns[at].Unit); unit != "" {
		return b.say.word(queries.Words{Da: ", i ", En: ", in "}) + strings.TrimSuffix(unit, ".")
	}
	return ""
}

// The words of captions.
var (
	wordShareOf   = queries.Words{Da: "Andel »%s« %s", En: "Share “%s” %s"}
	wordNumberOf  = queries.Words{Da: "Antal %s %s", En: "Number of %s %s"}
	wordOfDecided = queries.Words{Da: ", i pct. af de %s, der kan afgøres", En: ", in per cent of the %s that can be decided"}
	wordAnd       = queries.Words{Da: " og ", En: " and "}
	nouns         = map[string]queries.Words{
		"permits": {Da: "tilladelser", En: "permits"}, "persons": {Da: "personer", En: "persons"}, "numbers": {Da: "numre", En: "numbers"},
	}
	// howToRead has the kinds of chart that need a word on how they are read.
	howToRead = map[string]queries.Words{
		"multiples":  {Da: "Hver delfigur viser én gruppe.", En: "Each panel shows one group."},
		"dot":        {Da: "Hvert punkt er hele opgørelsen, gjort op på én måde.", En: "Each point is the whole, measured in one way."},
		"stack":      {Da: "Hver søjle er delt i grupper.", En: "Each column is divided into groups."},
		"waterfall":  {Da: "Søjlerne viser, hvor mange der er tilbage efter hvert trin, og hvor mange der er fraregnet.", En: "The bars show how many are left after each step, and how many were taken off."},
		"heat":       {Da: "Jo mørkere et felt er, desto højere er andelen.", En: "The darker a field, the higher the share."},
		"control":    {Da: "Ruder er måneder uden for kontrolgrænserne eller i et længere forløb på samme side af midterlinjen.", En: "Diamonds are months outside the control limits, or in a long run on one side of the centre line."},
		"funnel":     {Da: "Hvert punkt er en kommune, med de største til højre; kurverne er grænserne omkring andelen for hele landet, og kun kommuner uden for dem har navn, hvor der er plads.", En: "Each point is a municipality, the largest to the right; the curves are the limits around the national rate, and only municipalities outside them are named, where there is room."},
		"step":       {Da: "Hver delfigur viser andelen, der endnu ikke er koblet så mange dage efter afgørelsen.", En: "Each panel shows the share that is not yet linked so many days after the decision."},
		"difference": {Da: "Punkter til højre for nul er hyppigere blandt de ikke koblede, punkter til venstre blandt de koblede.", En: "Points to the right of nought are more frequent among the unlinked, points to the left among the linked."},
	}
)
