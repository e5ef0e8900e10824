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

// Accepted says in full what was accepted: where, and how much of it. The counts are of a file's rows.
func (l Locale) Accepted(a Accepted) string {
	where := strings.Trim(a.Table+"."+a.Column, ".")
	if where == "" {
		where = "--as-of"
	}
	text := registers.Label("limit", a.Reason, l.code) + " (" + a.Reason + "), " + where
	if a.N == 0 {
		return text // a table without rows
	}
	text += ": " + l.value(a.N, "rows")
	switch {
	case a.Reason == "empty_table":
		return text + " " + l.Unit("rows")
	case a.Of == 0:
		return text + " " + l.Unit("days")
	}
	return text + l.word(queries.Words{Da: " af ", En: " of "}) + l.value(a.Of, "rows") +
		" (" + l.value(float64(a.N)/float64(a.Of), unitShare) + " " + l.word(wordPercent) + ")"
}
