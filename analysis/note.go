package analysis

import (
	"fmt"
	"regexp"
	"time"

	"koblet/queries"
)

// Note is a doubt or an explanation that travels with figures to the page: words in both languages with a place, {name}, for
// each figure they name. The figures stay values until a printer sets them in its language, so that what is hidden in a table
// can be hidden in a sentence, too.
type Note struct {
	queries.Words
	Figures []Figure
	About   string // of a comparison: the population that alone it is about; empty where it is about all
}

// Figure is a named figure of a note. Its value is a cell's (int64, float64, string, time.Time), or words: queries.Words,
// several of them, or a note within the note. Unit says how it prints: "share" is a fraction that prints as per cent,
// "points" the difference of two, which prints without a sign of its own; a whole number without a unit, such as a year, has no thousands mark.
type Figure struct {
	Name  string
	Value any
	Unit  string
}

// Place finds where the words of a note have their figures.
var Place = regexp.MustCompile(`\{(\w+)\}`)

// NoteOf makes a note. It panics where words and figures do not name the same in both languages.
func NoteOf(words queries.Words, figures ...Figure) Note {
	for _, text := range []string{words.Da, words.En} {
		places := map[string]bool{}
		for _, m := range Place.FindAllStringSubmatch(text, -1) {
			places[m[1]] = true
		}
		for _, f := range figures {
			if !places[f.Name] {
				panic(fmt.Sprintf("analysis: note %q has no place for %s", text, f.Name))
			}
			delete(places, f.Name)
		}
		if len(places) > 0 {
			panic(fmt.Sprintf("analysis: note %q has places without a figure: %v", text, places))
		}
	}
	return Note{Words: words, Figures: figures}
}

// Empty reports whether nothing is said.
func (n Note) Empty() bool { return n.Words == (queries.Words{}) }

// say makes a note of words in Danish and in English.
func say(da, en string, figures ...Figure) Note {
	return NoteOf(queries.Words{Da: da, En: en}, figures...)
}

// The figures of notes.

func permits(name string, n int64) Figure              { return Figure{name, n, "permits"} }
func municipalities(name string, n int64) Figure       { return Figure{name, n, "municipalities"} }
func share(name string, fraction float64) Figure       { return Figure{name, fraction, "share"} }
func plain(name string, v any) Figure                  { return Figure{name, v, ""} }
func onDay(name string, day time.Time) Figure          { return Figure{name, day, "day"} }
func named(name string, words ...queries.Words) Figure { return Figure{name, words, ""} }

// within puts a note in the place of another's figure.
func within(name string, n Note) Figure { return Figure{name, n, ""} }
