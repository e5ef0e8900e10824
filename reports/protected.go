package reports

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"koblet/analysis/protection"
	"koblet/queries"
)

// Protected says how much is hidden in a public edition and why.
func (l Locale) Protected(s protection.Summary) string {
	count := func(n int) string { return l.value(int64(n), "permits") }
	text := fmt.Sprintf(l.word(queries.Words{
		Da: "Tal fra 1 til %[1]d er skjult ([c]), og det samme er alt, hvad der er beregnet af dem. For at de ikke skal kunne udledes af andre tal i rapporten, er der også skjult større tal og nuller. Af rapportens %[2]s tal er %[3]s skjult, fordi de er små, og %[4]s for at dække dem.",
		En: "Counts from 1 to %[1]d are hidden ([c]), and so is all that is computed from them. So that they cannot be worked out from the rest of the report, larger counts and noughts are hidden, too. Of the report's %[2]s counts, %[3]s are hidden because they are small and %[4]s to cover them.",
	}), s.Threshold-1, count(s.Counts), count(s.Small), count(s.Covering))
	if s.Notes > 0 {
		text += " " + l.word(queries.Words{Da: "Noter med tal, der ikke står i en tabel, er udeladt.", En: "Notes with figures that stand in no table are left out."})
	}
	return text
}

// HiddenIn lists the questions that have hidden counts, with how many; empty where none has.
func HiddenIn(s protection.Summary) string {
	var parts []string
	for _, question := range slices.Sorted(maps.Keys(s.Hidden)) {
		if n := s.Hidden[question]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s (%d)", question, n))
		}
	}
	return strings.Join(parts, ", ")
}
