package workbook

import (
	"testing"
	"time"
)

// TestDaysOfAWorkbook: the first days of Excel's calendars, with the 29 February 1900 that there was not.
func TestDaysOfAWorkbook(t *testing.T) {
	old := &Book{from: time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC), leap: true}
	mac := &Book{from: time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		book   *Book
		serial float64
		want   string
	}{
		{old, 1, "1900-01-01"}, {old, 59, "1900-02-28"}, {old, 61, "1900-03-01"}, {old, 41306.9, "2013-02-01"}, {old, 2958465, "9999-12-31"},
		{old, 0.5, "0001-01-01"}, {old, -3, "0001-01-01"}, {old, 2958466, "0001-01-01"}, {mac, 0, "1904-01-01"}, {mac, 39844, "2013-02-01"},
	} {
		if got := c.book.day(c.serial).Format(time.DateOnly); got != c.want {
			t.Errorf("%v is %s, want %s", c.serial, got, c.want)
		}
	}
	for code, want := range map[string]cellStyle{
		"yyyy\\-mm\\-dd;@": {day: true}, "General": {}, "0.00": {}, "000000\\-0000": {digits: 10}, "0000000000": {digits: 10}, `0" dage"`: {}, "[Red]0": {}, "h:mm": {}, "[$-406]mmmm d": {day: true}, "0": {},
	} {
		if got := styleOf(code); got != want {
			t.Errorf("%s: %+v, want %+v", code, got, want)
		}
	}
}
