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
		{da.count(-1234567), "-1.234.567"},
		{da.Value(0.0981, unitShare), "9,8"}, {en.Value(0.0981, unitShare), "9.8"},
		{da.Value(0.0985, unitShare), "9,9"},  // a half is rounded up, as in a spreadsheet
		{da.Value(0.00149, unitShare), "0,1"}, // rounded once, from the fraction
		{da.Value(1.0, unitShare), "100,0"},
		{da.Value(-0.0004, unitShare), "0,0"}, {da.Value(-0.0005, unitShare), "-0,1"}, // nought has no sign
		{da.Value(-0.0049, UnitDeviations), "0,00"}, {da.Value(-0.005, UnitDeviations), "-0,01"}, {en.Value(0.285, UnitDeviations), "0.29"},
		{da.Value(0.00045, UnitSmall), "0,045"}, {en.Value(0.0000001, UnitSmall), "0.000010"}, {en.Value(0.0075, UnitSmall), "0.75"}, {en.Value(0.0452, UnitSmall), "4.5"},
		{en.Value(0.99999, UnitSmall), "99.9"}, {en.Value(1.0, UnitSmall), "100"}, {en.Value(0.0, UnitSmall), "0"}, {da.Value(0.1234, UnitSmall), "12,3"},
		{da.Day(day), "30. juni 2011"}, {en.Day(day), "30 June 2011"},
		{da.ShortDay(day), "30-06-2011"}, {en.ShortDay(day), "30 Jun 2011"},
		{da.Value(int64(2011), ""), "2011"}, {da.Value(int64(2011), "permits"), "2.011"},
		{da.Value(nil, "share"), dash}, {da.Value(math.NaN(), "share"), dash}, {da.Value(math.Inf(1), "share"), dash},
		{da.Cell(Cell{Value: int64(3), Mark: Hidden}, "permits"), "[c]"},
		{da.Cell(Cell{Value: int64(2016), Mark: Provisional}, ""), "2016 (f)"},
		{da.Interval(Cell{Value: 0.095}, Cell{Value: 0.099}).Word, "9,5–9,9"},
		{da.Cell(da.Interval(Cell{Value: 0.095, Mark: Hidden}, Cell{Value: 0.099}), "share"), "[c]"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if decimal, group := da.Separators(); decimal != "," || group != "." {
		t.Errorf("Danish marks %q %q", decimal, group)
	}
}
