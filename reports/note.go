package reports

import (
	"strings"
	"time"

	"koblet/analysis"
	"koblet/queries"
)

// unitPoints is the difference of two fractions, which prints in percentage points.
const unitPoints = "points"

// Note sets a note: its words with each figure in its place. A stop that ends a figure ends the sentence with it.
func (l Locale) Note(n analysis.Note) string {
	figures := map[string]analysis.Figure{}
	for _, f := range n.Figures {
		figures[f.Name] = f
	}
	text := l.Word(n.Words)
	var out strings.Builder
	for from := 0; from < len(text); {
		at := analysis.Place.FindStringSubmatchIndex(text[from:])
		if at == nil {
			out.WriteString(text[from:])
			break
		}
		out.WriteString(text[from : from+at[0]])
		set := text[from+at[0] : from+at[1]] // what names no figure is text
		if f, ok := figures[text[from+at[2]:from+at[3]]]; ok {
			set = l.figure(f)
		}
		if from += at[1]; strings.HasSuffix(set, ".") && strings.HasPrefix(text[from:], ".") {
			from++
		}
		out.WriteString(set)
	}
	return out.String()
}

// heading sets a note as a heading: without the stop of a sentence, but with that of a unit.
func (l Locale) heading(n analysis.Note) string {
	text := l.Note(n)
	if strings.HasSuffix(text, l.Word(wordPercent)) {
		return text
	}
	return strings.TrimSuffix(text, ".")
}

// figure sets a figure within a sentence: with its sign, a day in words.
func (l Locale) figure(f analysis.Figure) string {
	switch v := f.Value.(type) {
	case analysis.Note:
		return l.Note(v)
	case queries.Words:
		return l.Word(v)
	case []queries.Words:
		var names []string
		for _, w := range v {
			names = append(names, l.Word(w))
		}
		return strings.Join(names, ", ")
	case time.Time:
		return l.Day(v)
	case float64:
		if f.Unit == unitPoints {
			return l.decimal(100 * v)
		}
		if f.Unit == unitShare {
			return l.decimal(100*v) + " " + l.Word(wordPercent)
		}
	}
	return l.Value(f.Value, f.Unit)
}
