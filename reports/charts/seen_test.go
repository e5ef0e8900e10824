package charts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"koblet/queries"
	"koblet/reports"
)

// groups is a table of two keys with a rate each.
func groups(rows ...[2]string) reports.Table {
	t := reports.Table{Columns: []reports.Column{{Name: "category", Role: queries.Key}, {Name: "group", Role: queries.Key}, {Name: "rate", Unit: reports.UnitShare}}}
	for i, r := range rows {
		t.Rows = append(t.Rows, reports.Row{Cells: []reports.Cell{{Value: r[0]}, {Value: r[1]}, {Value: float64(i+1) / 20}}})
	}
	return t
}

// Two bars are never called the same: a group of two categories has its category beside it, and no other has.
func TestBarsAreToldApart(t *testing.T) {
	p := of(t, reports.Chart{Kind: "bar", X: "group"}, groups([2]string{"Erhverv", "Ukendt"}, [2]string{"Asyl", "§ 7"}, [2]string{"Studie", "Ukendt"}))
	if got, want := fmt.Sprint(p.Y.Places), "[Ukendt (Erhverv) § 7 Ukendt (Studie)]"; got != want {
		t.Errorf("bars %s, want %s", got, want)
	}
}

// A number beside a bar says nothing without the name of what it counts; a year does.
func TestNumberedBarsSayWhatTheyCount(t *testing.T) {
	if _, ok := said(of(t, reports.Chart{Kind: "bar", X: "days"}, rated("days", []any{int64(30), int64(90)}, 0)), "days"); !ok {
		t.Error("bars of 30 and 90 days do not say that they are days")
	}
	if _, ok := said(of(t, reports.Chart{Kind: "bar", X: "year", Time: "year"}, rated("year", []any{int64(2014), int64(2015)}, 0)), "year"); ok {
		t.Error("years are called years")
	}
}

// The steps of a waterfall that are left and those that were taken off have a legend.
func TestWaterfallSaysItsColours(t *testing.T) {
	c := reports.Chart{Kind: "waterfall", X: "step", Beneath: reports.Beneath{"linked": {"unlinked"}}}
	p := of(t, c, rated("step", []any{"all", "linked", "unlinked"}, 0))
	for _, want := range []string{"Andel", "heraf fraregnet"} {
		if _, ok := said(p, want); !ok {
			t.Errorf("no word for %q", want)
		}
	}
	if len(p.Marks) != 2 || p.Marks[0].Look.Ink != p.Figures[0].Look.Ink || p.Marks[1].Look.Ink != p.Figures[1].Look.Ink {
		t.Errorf("marks %+v", p.Marks)
	}
}

// On a narrow page a word of up to twenty-three letters is not broken, and nothing stands outside.
func TestNarrowWordsStandWhole(t *testing.T) {
	c := reports.Chart{Kind: "bar", X: "group", Series: []reports.Series{{Name: "Andel", Column: "rate"}}}
	pictures, err := Narrow(c, groups([2]string{"", "Familiesammenføring"}, [2]string{"", "Ikke et erstatningspersonnummer"}), reports.LocaleOf("da"))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range pictures[0].Words {
		if strings.HasSuffix(w.Text, "-") {
			t.Errorf("%q is broken", w.Text)
		}
	}
	curves := reports.Table{Columns: []reports.Column{{Name: "category", Role: queries.Key}, {Name: "days", Role: queries.Key}, {Name: "unlinked", Unit: reports.UnitShare}}}
	for _, day := range []int64{0, 3650} {
		curves.Rows = append(curves.Rows, reports.Row{Cells: []reports.Cell{{Value: "asylum"}, {Value: day}, {Value: 0.5}}})
	}
	steps := reports.Chart{Kind: "step", X: "days", By: "category", Series: []reports.Series{{Name: "Ikke koblet", Column: "unlinked"}}}
	if pictures, err = Narrow(steps, curves, reports.LocaleOf("da")); err != nil {
		t.Fatal(err)
	}
	for _, w := range pictures[0].Words {
		if w.Anchor == "start" && w.X+width(w.Text) > float64(pictures[0].Width) {
			t.Errorf("%q ends at %.0f of %d", w.Text, w.X+width(w.Text), pictures[0].Width)
		}
		if int(w.Y) > pictures[0].Height {
			t.Errorf("%q stands at %.0f of %d", w.Text, w.Y, pictures[0].Height)
		}
	}
}

// A name too long for its line is broken at its own hyphen, where it has one.
func TestNamesAreBrokenAtTheirHyphen(t *testing.T) {
	for text, want := range map[string][]string{
		"Ringkøbing-Skjern":       {"Ringkøbing-", "Skjern"},
		"erstatningspersonnummer": {"erstatningspers-", "onnummer"},
	} {
		if got := wrapped(text, 16*charWidth+1); !slices.Equal(got, want) {
			t.Errorf("%q is broken into %q, want %q", text, got, want)
		}
	}
}
