package analysis

import (
	"koblet/queries"
	"koblet/store"
)

// Threshold is the most that a figure may be: what is measured, in what, and how much of it is put up with. A figure does not know its
// threshold; whoever judges brings both together.
type Threshold struct {
	Name string        // in snake_case, for programs and logs
	Of   queries.Words // what is measured
	Unit string        // of the figure and of the limit, as a column's
	Most float64       // exactly that much is kept
}

// Outcome is what a figure is found to be.
type Outcome string

// The outcomes. What cannot be measured, or has no limit, is not judged; it is neither kept nor broken.
const (
	Kept      Outcome = "kept"
	Broken    Outcome = "broken"
	NotJudged Outcome = "not_judged"
)

// Verdict is a figure held against a threshold.
type Verdict struct {
	Threshold
	Measured float64
	Outcome  Outcome
}

// Judge holds a figure against a threshold.
func (t Threshold) Judge(measured float64) Verdict {
	v := Verdict{Threshold: t, Measured: measured, Outcome: NotJudged}
	switch {
	case measured > t.Most:
		v.Outcome = Broken
	case measured <= t.Most: // and not where either is no number
		v.Outcome = Kept
	}
	return v
}

// unjudged is the verdict where there is nothing to measure.
func (t Threshold) unjudged() Verdict { return Verdict{Threshold: t, Outcome: NotJudged} }

// Note says a verdict in a sentence: what was measured, and what may be.
func (v Verdict) Note() Note {
	of, measured, most := named("of", v.Of), Figure{"measured", whole(v.Measured), v.Unit}, Figure{"most", whole(v.Most), v.Unit}
	if v.Outcome == NotJudged {
		return say("{of}: ikke bedømt", "{of}: not judged", of)
	}
	return say("{of}: {measured}, højst {most} er tilladt", "{of}: {measured}, at most {most} may", of, measured, most)
}

// whole is a number as a cell has it: an int64 where it is whole.
func whole(n float64) any {
	if n == float64(int64(n)) {
		return int64(n)
	}
	return n
}

// lostLinks is the threshold of links that a later snapshot no longer has: most of them is 0 unless told otherwise.
func lostLinks(most int64) Threshold {
	return Threshold{Name: "lost_links", Unit: "permits", Most: float64(most),
		Of: queries.Words{Da: "tilladelser, der har mistet deres kobling", En: "permits that lost their link"}}
}

// JudgeLost judges a comparison of snapshots by the links that were lost from the first to the last; one that does not count them is not
// judged.
func JudgeLost(r Result, most int64) Verdict {
	t := lostLinks(most)
	for i := range r.Rows {
		if lost, ok := r.Value(i, "n").(int64); ok && r.Value(i, "change") == "newly_unlinked" {
			return t.Judge(float64(lost))
		}
	}
	return t.unjudged()
}

// JudgeDeviations judges what a verification found: nothing may deviate.
func JudgeDeviations(n int) Verdict {
	return Threshold{Name: "deviations", Unit: "deviations", Of: queries.Words{Da: "afvigelser", En: "deviations"}}.Judge(float64(n))
}

// JudgeDifference judges what a load found changed since another snapshot by the limit that its profile sets. The load itself refuses by
// the same limit, before anything is stored; a receipt thus holds none that is broken.
func JudgeDifference(d store.Difference) Verdict {
	t := Threshold{Name: d.Kind, Of: differences[d.Kind], Unit: differenceUnits[d.Kind]}
	if d.Limit == nil {
		v := t.unjudged()
		v.Measured = d.Change
		return v
	}
	t.Most = *d.Limit
	return t.Judge(d.Change)
}

// differences are what the kinds of a gate's differences measure.
var differences = map[string]queries.Words{
	"rows":            {Da: "ændring i antallet af rækker", En: "change in the number of rows"},
	"empty_share":     {Da: "ændring i andelen af tomme værdier", En: "change in the share of empty values"},
	"new_codes":       {Da: "nye koder", En: "new codes"},
	"vanished_codes":  {Da: "forsvundne koder", En: "vanished codes"},
	"changed_numbers": {Da: "personer med et andet nummer", En: "persons with another number"},
	"lost_numbers":    {Da: "personer, hvis nummer er væk", En: "persons whose number is gone"},
}

// differenceUnits are the units of their changes.
var differenceUnits = map[string]string{
	"rows": "per_cent", "empty_share": "percentage_points", "new_codes": "codes", "vanished_codes": "codes",
	"changed_numbers": "persons", "lost_numbers": "persons",
}
