package store

import (
	"database/sql"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzDays: a text is a day just where the calendar has it in that form, and the day is written back as the text; a text in the
// profile's own form becomes that day, and nothing else becomes one that it is not.
func FuzzDays(f *testing.F) {
	for _, text := range []string{"", "2013-02-28", "2013-02-29", "2012-02-29", "1900-02-29", "0001-01-01", "0000-01-01", "9999-12-31", "13-01-01", "2013/01/02", "infinity",
		"epoch", " 2013-01-02", "2013-01-02 ", "2013-1-2", "2013-01-02 (BC)", "-2013-01-2", "٢٠١٣-01-02", "28-02-2013", "29-02-2013", "1-2-2013", "01-02-0013", "01-02-13", "31-12-9999", "01-01-10000"} {
		f.Add(text)
	}
	read, err := macros(f).Prepare("select strict_day(t, try_cast(t as date))::varchar, iso_day(t, '%d-%m-%Y'), strict_day(iso_day(t, '%d-%m-%Y'), try_cast(iso_day(t, '%d-%m-%Y') as date))::varchar from (select $1::varchar as t)")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			t.Skip("the scan keeps these out")
		}
		var day, own, ownDay sql.NullString
		if err := read.QueryRow(text).Scan(&day, &own, &ownDay); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		parsed, err := time.Parse(time.DateOnly, text)
		if is := err == nil && parsed.Year() > 0; day.Valid != is || is && day.String != text {
			t.Errorf("%q is read as the day %v, want %v", text, day, is)
		}
		parsed, err = time.Parse("02-01-2006", text)
		if is := err == nil && parsed.Year() >= 1000; is && ownDay.String != parsed.Format(time.DateOnly) {
			t.Errorf("%q is read as the day %v by a pattern", text, ownDay)
		}
		if ownDay.Valid && own.String == text {
			t.Errorf("%q is a day by a pattern that it does not have", text)
		}
	})
}
