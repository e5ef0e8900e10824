package analysis

import (
	"koblet/queries"
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
