package reports

import (
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
)

func TestNotesAreSetInTheirLanguage(t *testing.T) {
	for _, c := range []struct {
		figure analysis.Figure
		da, en string
	}{
		{analysis.Figure{Name: "x", Value: int64(0), Unit: "permits"}, "Af 0.", "Of 0."},
		{analysis.Figure{Name: "x", Value: int64(1234567), Unit: "permits"}, "Af 1.234.567.", "Of 1,234,567."},
		{analysis.Figure{Name: "x", Value: int64(-1000), Unit: "permits"}, "Af −1.000.", "Of −1,000."},
		{analysis.Figure{Name: "x", Value: int64(2013)}, "Af 2013.", "Of 2013."},
		{analysis.Figure{Name: "x", Value: 0.0345, Unit: "share"}, "Af 3,5 pct.", "Of 3.5 per cent."},
		{analysis.Figure{Name: "x", Value: 1.0, Unit: "share"}, "Af 100,0 pct.", "Of 100.0 per cent."},
		{analysis.Figure{Name: "x", Value: 1.0 / 2419, Unit: "share"}, "Af under 0,1 pct.", "Of under 0.1 per cent."},
		{analysis.Figure{Name: "x", Value: 2418.0 / 2419, Unit: "share"}, "Af over 99,9 pct.", "Of over 99.9 per cent."},
		{analysis.Figure{Name: "x", Value: 0.0, Unit: "share"}, "Af 0,0 pct.", "Of 0.0 per cent."},
		{analysis.Figure{Name: "x", Value: "2015-12", Unit: "month"}, "Af december 2015.", "Of December 2015."},
		{analysis.Figure{Name: "x", Value: "unknown", Unit: "month"}, "Af unknown.", "Of unknown."},
		{analysis.Figure{Name: "x", Value: -0.0675, Unit: "share"}, "Af −6,8 pct.", "Of −6.8 per cent."},
		{analysis.Figure{Name: "x", Value: -0.0675, Unit: "points"}, "Af −6,8.", "Of −6.8."},
		{analysis.Figure{Name: "x", Value: nil, Unit: "points"}, "Af –.", "Of –."},
		{analysis.Figure{Name: "x", Value: time.Date(2016, 12, 31, 0, 0, 0, 0, time.UTC), Unit: "day"}, "Af 31. december 2016.", "Of 31 December 2016."},
		{analysis.Figure{Name: "x", Value: "a {x} of braces"}, "Af a {x} of braces.", "Of a {x} of braces."},
		{analysis.Figure{Name: "x", Value: []queries.Words{{Da: "én", En: "one"}, {Da: "to", En: "two"}}}, "Af én, to.", "Of one, two."},
		{analysis.Figure{Name: "x", Value: []queries.Words{{Da: "1999-05", En: "1999-05"}, {Da: "1999-06", En: "1999-06"}}, Unit: "month"}, "Af maj 1999, juni 1999.", "Of May 1999, June 1999."},
		{analysis.Figure{Name: "x", Value: analysis.NoteOf(queries.Words{Da: "i alt {n}", En: "{n} in all"}, analysis.Figure{Name: "n", Value: int64(1000), Unit: "rows"})},
			"Af i alt 1.000.", "Of 1,000 in all."},
	} {
		n := analysis.NoteOf(queries.Words{Da: "Af {x}.", En: "Of {x}."}, c.figure)
		if da, en := LocaleOf("da").Note(n), LocaleOf("en").Note(n); da != c.da || en != c.en {
			t.Errorf("%v %s: %q and %q, want %q and %q", c.figure.Value, c.figure.Unit, da, en, c.da, c.en)
		}
	}
	for sentence, want := range map[string]string{"Andelen er 5,0 pct.": "Andelen er 5,0 pct. Se tabellen.", "I alt 4": "I alt 4. Se tabellen."} {
		if got := after(sentence, "Se tabellen."); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if text := LocaleOf("en").Note(analysis.Note{Words: queries.Words{En: "a note of {braces} alone"}}); text != "a note of {braces} alone" {
		t.Errorf("%q", text)
	}
}
