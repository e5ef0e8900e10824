package analysis

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"koblet/queries"
)

// Plain sets a note in both languages for tests, whole numbers and shares as the reports do; that is held in package reports.
func Plain(n Note) queries.Words {
	set := func(language, text string) string {
		for _, f := range n.Figures {
			text = strings.ReplaceAll(text, "{"+f.Name+"}", plainly(language, f))
		}
		return strings.ReplaceAll(text, "pct..", "pct.")
	}
	return queries.Words{Da: set("da", n.Da), En: set("en", n.En)}
}

func plainly(language string, f Figure) string {
	switch v := f.Value.(type) {
	case nil:
		return "–"
	case Note:
		return Plain(v).In(language)
	case []queries.Words:
		var names []string
		for _, w := range v {
			names = append(names, w.In(language))
		}
		return strings.Join(names, ", ")
	case time.Time:
		return v.Format(time.DateOnly)
	case int64:
		digits := fmt.Sprint(v)
		if f.Unit != "" && len(digits) > 3 {
			return digits[:len(digits)-3] + map[string]string{"da": ".", "en": ","}[language] + digits[len(digits)-3:]
		}
		return digits
	case float64:
		text := fmt.Sprintf("%.1f", 100*v)
		if language == "da" {
			text = strings.ReplaceAll(text, ".", ",")
		}
		return text + map[string]string{"sharda": " pct.", "sharen": " per cent"}[strings.TrimSuffix(f.Unit, "e")+language]
	}
	return fmt.Sprint(f.Value)
}

// English are notes in English, one a line.
func English(notes []Note) string {
	var text strings.Builder
	for _, n := range notes {
		text.WriteString(Plain(n).En + "\n")
	}
	return text.String()
}

func TestNoteNamesItsFigures(t *testing.T) {
	for what, build := range map[string]func(){
		"a figure without a place":           func() { say("af {n}", "of all", permits("n", 3)) },
		"a place without a figure":           func() { say("af {n} {m}", "of {n} {m}", permits("n", 3)) },
		"a place in one language":            func() { say("af {n}", "of {m}", permits("n", 3)) },
		"a figure that the other lacks":      func() { say("af {n} {m}", "of {n}", permits("n", 3), permits("m", 3)) },
		"a place that nobody has a name for": func() { say("{}", "{n}", permits("n", 3)); say("{x}", "{x}") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: taken", what)
				}
			}()
			build()
		}()
	}
}
