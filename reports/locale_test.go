package reports

import (
	"math"
	"testing"
	"time"
)

func TestLocale(t *testing.T) {
	day := time.Date(2011, 6, 30, 0, 0, 0, 0, time.UTC)
	da, en := localeOf("da"), localeOf("en")
	for _, c := range []struct{ got, want string }{
		{da.count(3478), "3.478"}, {en.count(3478), "3,478"},
		{da.count(-1234567), "−1.234.567"},
		{da.Value(0.0981, unitShare), "9,8"}, {en.Value(0.0981, unitShare), "9.8"},
		{da.Value(0.0985, unitShare), "9,9"},  // a half is rounded up, as in a spreadsheet
		{da.Value(0.00149, unitShare), "0,1"}, // rounded once, from the fraction
		{da.Value(1.0, unitShare), "100,0"},
		{da.Value(-0.0004, unitShare), "0,0"}, {da.Value(-0.0005, unitShare), "−0,1"}, // nought has no sign
		{da.Value(-0.0049, UnitDeviations), "0,00"}, {da.Value(-0.005, UnitDeviations), "−0,01"}, {en.Value(0.285, UnitDeviations), "0.29"},
		{da.Value(0.00045, UnitSmall), "0,045"}, {en.Value(0.0000001, UnitSmall), "0.000010"}, {en.Value(0.0075, UnitSmall), "0.75"}, {en.Value(0.0452, UnitSmall), "4.5"},
		{en.Value(0.99999, UnitSmall), "99.9"}, {en.Value(1.0, UnitSmall), "100"}, {en.Value(0.0, UnitSmall), "0"}, {da.Value(0.1234, UnitSmall), "12,3"},
		{da.Day(day), "30. juni 2011"}, {en.Day(day), "30 June 2011"},
		{da.ShortDay(day), "30-06-2011"}, {en.ShortDay(day), "30 Jun 2011"},
		{da.Value(int64(2011), ""), "2011"}, {da.Value(int64(2011), "permits"), "2.011"},
		{da.Value(nil, "share"), dash}, {da.Value(math.NaN(), "share"), dash}, {da.Value(math.Inf(1), "share"), dash},
		{da.Cell(Cell{Value: int64(3), Mark: Hidden}, "permits"), "[c]"},
		{da.Cell(Cell{Value: int64(2016), Mark: Provisional}, ""), "2016 (f)"},
		{da.Interval(Cell{Value: 0.095}, Cell{Value: 0.099}, "share").Word, "9,5–9,9"},
		{da.Cell(da.Interval(Cell{Value: 0.095, Mark: Hidden}, Cell{Value: 0.099}, "share"), "share"), "[c]"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if decimal, group := da.Separators(); decimal != "," || group != "." {
		t.Errorf("Danish marks %q %q", decimal, group)
	}
}

// A share that is not nought is not printed as nought, nor one that is not all as all, on its own; a column of small ones has two decimals, in the
// table, on the chart and in the sheet, and the bounds of intervals follow it. A column that has large ones keeps one decimal.
func TestSmallSharesAreNotNought(t *testing.T) {
	da, en := LocaleOf("da"), LocaleOf("en")
	for got, want := range map[string]string{
		da.Value(0.0002, UnitShare): "<0,1", en.Value(0.9998, UnitShare): ">99.9", da.Value(0.0005, UnitShare): "0,1", da.Value(0.00031, UnitFine): "0,03",
		en.Value(0.00001, UnitFine): "<0.01", da.Value(0.0, UnitFine): "0,00", da.Value(273/273645.0, UnitSmall): "0,10", da.Value(0.00095, UnitSmall): "0,095", da.Value(0.0997, UnitSmall): "10,0", en.Value(1.0, UnitFine): "100.00",
		da.Interval(Cell{Value: 0.0}, Cell{Value: 0.00024}, UnitFine).Word: "0,00–0,02", da.Interval(Cell{Value: 0.0}, Cell{Value: 0.0002}, UnitShare).Word: "0,0–0,0",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	table := func(shares ...any) Table {
		t := Table{Columns: []Column{{Name: "rule"}, {Name: "rate", Unit: UnitShare}, {Name: "rate_low", Unit: UnitShare, Until: "rate_high"}, {Name: "rate_high", Unit: UnitShare}, {Name: "n", Unit: "permits"}}}
		for _, v := range shares {
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Value: "a"}, {Value: v}, {Value: 0.0}, {Value: 0.39}, {Value: int64(3)}}})
		}
		return t
	}
	for name, c := range map[string]struct {
		table Table
		want  string
	}{
		"all below 1 per cent":                             {table(0.00056, 0.0, nil), UnitFine},
		"below 5 per cent, one would be 0,0":               {table(0.0143, 0.00015, 0.0), UnitFine},
		"below 5 per cent, none would be":                  {table(0.0143, 0.0049, 0.0), UnitShare},
		"one is large":                                     {table(0.4, 0.00015), UnitShare},
		"none at all":                                      {table(0.0, 0.0), UnitShare},
		"nothing that can be computed":                     {table(nil), UnitShare},
		"the interval of few is large, which says nothing": {table(0.009), UnitFine},
	} {
		fine := Report{Sections: []Section{{Table: c.table}}}.Visible().Sections[0].Table
		for _, at := range []int{1, 2, 3} {
			if got := fine.Columns[at].Unit; got != c.want {
				t.Errorf("%s: %s is a %s, want %s", name, fine.Columns[at].Name, got, c.want)
			}
		}
		if fine.Columns[4].Unit != "permits" || c.table.Columns[1].Unit != UnitShare {
			t.Errorf("%s: another column is changed, or the report itself", name)
		}
	}
}

// A unit is not said beside its own word: no head reads Personer (personer).
func TestUnitsAreNotSaidTwice(t *testing.T) {
	da := LocaleOf("da")
	for of, want := range map[[2]string]string{{"Personer", "persons"}: "antal", {"Numre", "numbers"}: "antal", {"Kendte personer", "persons"}: "personer", {"Andel", UnitShare}: "pct."} {
		if got := da.UnitBeside(of[0], of[1]); got != want {
			t.Errorf("%s: %s, want %s", of[0], got, want)
		}
	}
	if got := LocaleOf("en").UnitBeside("Persons", "persons"); got != "number" {
		t.Errorf("Persons: %s", got)
	}
}
