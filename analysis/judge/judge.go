// Package judge holds figures against thresholds: links that were lost, deviations of a store, what changed since an earlier snapshot. What
// comes in are answers, findings and comparisons, what goes out are verdicts and notes. Who ends with which exit code is not decided here.
package judge

import (
	"strings"

	"koblet/analysis"
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
func (v Verdict) Note() analysis.Note {
	of, measured, most := plain("of", v.Of), analysis.Figure{Name: "measured", Value: whole(v.Measured), Unit: v.Unit}, analysis.Figure{Name: "most", Value: whole(v.Most), Unit: v.Unit}
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

// Lost judges a comparison of snapshots by the links that were lost from the first to the last; one that does not count them is not
// judged.
func Lost(r analysis.Result, most int64) Verdict {
	t := lostLinks(most)
	for i := range r.Rows {
		if lost, ok := r.Value(i, "n").(int64); ok && r.Value(i, "change") == "newly_unlinked" {
			return t.Judge(float64(lost))
		}
	}
	return t.unjudged()
}

// Deviations judges what a verification found: nothing may deviate.
func Deviations(n int) Verdict {
	return Threshold{Name: "deviations", Unit: "deviations", Of: queries.Words{Da: "afvigelser", En: "deviations"}}.Judge(float64(n))
}

// emptyShares is the threshold above which a change in the share of a column's empty values is told by itself: such shares change with every
// extract, and all of them stand in the receipt.
func emptyShares() Threshold {
	return Threshold{Name: "empty_share_change", Unit: "points", Most: 1, Of: queries.Words{Da: "ændring i andelen af tomme værdier", En: "change in the share of empty values"}}
}

// Gate judges what changed since an earlier snapshot by whether it is worth a line of its own: told is what is, in the order given;
// small is how many shares of empty values changed by no more than their threshold. What the profile refuses is not judged here: it is
// refused while nothing is published yet, by store.
func Gate(c store.Comparison) (told []store.Difference, small int64) {
	for _, d := range c.Differences {
		if d.Kind == "empty_share" && emptyShares().Judge(d.Change).Outcome == Kept {
			small++
			continue
		}
		told = append(told, d)
	}
	return told, small
}

// Since says which snapshot it is that one is compared with; the day's own edition is the one that is replaced.
func Since(c store.Comparison) analysis.Note {
	with := plain("with", c.With)
	switch c.DaysApart {
	case 0:
		return say("Sammenlignet med {with}, den udgave for samme dag, som erstattes", "compared with {with}, the edition of the same day that it replaces", with)
	case 1:
		return say("Sammenlignet med {with}, 1 dag før", "compared with {with}, 1 day before", with)
	}
	return say("Sammenlignet med {with}, {days} dage før", "compared with {with}, {days} days before", with, analysis.Figure{Name: "days", Value: int64(c.DaysApart), Unit: "days"})
}

// Change says one difference: what is otherwise, and how it was.
func Change(d store.Difference) analysis.Note {
	before, n := analysis.Figure{Name: "before", Value: int64(d.Before), Unit: "rows"}, analysis.Figure{Name: "n", Value: int64(d.Change), Unit: "rows"}
	switch d.Kind {
	case "rows":
		return say("{after} rækker mod {before} før", "{after} rows, {before} before", before, analysis.Figure{Name: "after", Value: int64(d.After), Unit: "rows"})
	case "empty_share":
		return say("{after} tomme mod {before} før", "{after} empty, {before} before", analysis.Figure{Name: "before", Value: d.Before / 100, Unit: "share"}, analysis.Figure{Name: "after", Value: d.After / 100, Unit: "share"})
	case "new_codes":
		return codes(d, "koder, der ikke var der før: {n}", "{n} codes that were not there")
	case "vanished_codes":
		return codes(d, "koder, der ikke længere er der: {n}", "{n} codes that are there no more")
	case "changed_numbers":
		return say("{n} af de {before} personer, der havde et nummer, har et andet", "{n} persons with another number, of {before} who had one", n, before)
	}
	return say("{n} af de {before} personer, der havde et nummer, har intet mere", "{n} persons whose number is gone, of {before} who had one", n, before)
}

// codes says which codes came or went, as far as they are named.
func codes(d store.Difference, da, en string) analysis.Note {
	n := analysis.Figure{Name: "n", Value: int64(d.Change), Unit: "rows"}
	if len(d.Codes) == 0 {
		return say(da, en, n)
	}
	names := strings.Join(d.Codes, ", ")
	if len(d.Codes) < int(d.Change) {
		names += " …"
	}
	return say(da+" ({codes})", en+": {codes}", n, plain("codes", names))
}

// SmallChanges says how many shares of empty values changed by little.
func SmallChanges(n int64) analysis.Note {
	return say("{n} andele af tomme værdier er ændret med højst {most} procentpoint.", "{n} shares of empty values changed by at most {most} percentage point.",
		analysis.Figure{Name: "n", Value: n, Unit: "rows"}, plain("most", whole(emptyShares().Most)))
}

// ShareFound is the fraction of a table's loaded rows that a finding stands in; of a file as such there is none.
func ShareFound(f store.Finding) (fraction float64, applies bool) {
	if f.Of == 0 || f.Column == "" {
		return 0, false
	}
	return float64(f.N) / float64(f.Of), true
}

// say makes a note of words in Danish and in English.
func say(da, en string, figures ...analysis.Figure) analysis.Note {
	return analysis.NoteOf(queries.Words{Da: da, En: en}, figures...)
}

// plain is a figure without a unit.
func plain(name string, v any) analysis.Figure { return analysis.Figure{Name: name, Value: v} }
