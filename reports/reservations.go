package reports

import (
	"slices"
	"strings"

	"koblet/queries"
	"koblet/registers"
)

// reservations says in a sentence what the delivery was accepted in spite of; empty where it was sound.
func (b *builder) reservations() string {
	var reasons []string
	for _, a := range b.brief.Provenance.Accepted {
		if word := registers.Label("limit", a.Reason, b.say.code); !slices.Contains(reasons, word) {
			reasons = append(reasons, word)
		}
	}
	if len(reasons) == 0 {
		return ""
	}
	return b.say.word(queries.Words{Da: "Opgørelsen er indlæst med forbehold: ", En: "The snapshot was loaded with reservations: "}) + strings.Join(reasons, "; ") + "."
}

// accepted says in full what was accepted: where, and how much of it. The counts are of a file's rows.
func (b *builder) accepted(a Accepted) string {
	where := strings.Trim(a.Table+"."+a.Column, ".")
	if where == "" {
		where = "--as-of"
	}
	text := registers.Label("limit", a.Reason, b.say.code) + " (" + a.Reason + "), " + where
	if a.N == 0 {
		return text // a table without rows
	}
	text += ": " + b.say.value(a.N, "rows")
	if a.Of == 0 {
		return text + " " + b.say.word(queries.Words{Da: "dage", En: "days"})
	}
	return text + b.say.word(queries.Words{Da: " af ", En: " of "}) + b.say.value(a.Of, "rows") +
		" (" + b.say.value(float64(a.N)/float64(a.Of), unitShare) + " " + b.say.word(wordPercent) + ")"
}
