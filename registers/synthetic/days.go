package synthetic

import "time"

// day is a calendar day, counted from 1 January 1970.
type day int32

// never is the day of what does not happen.
const never day = 1 << 30

const firstDay, lastDay day = -62 * 365, 240 * 365 // days that have a text: 1908 to 2209

// dateOf gives the day of a date.
func dateOf(year, month, dayOfMonth int) day {
	return day(time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// dayAt gives the day of a time.
func dayAt(t time.Time) day { return dateOf(t.Year(), int(t.Month()), t.Day()) }

// date is the day as year, month and day of the month (Hinnant, chrono-compatible low-level date algorithms).
func (d day) date() (year, month, dayOfMonth int) {
	z := int(d) + 719468
	era := z / 146097
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	dayOfMonth = doy - (153*mp+2)/5 + 1
	month = mp + 3
	if mp >= 10 {
		month = mp - 9
	}
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, dayOfMonth
}

func (d day) year() int { y, _, _ := d.date(); return y }

// weekday is 0 for Monday.
func (d day) weekday() int { return int((d%7 + 10) % 7) }

// calendar holds the text of every day, made once: dates are most of what is written.
type calendar [][10]byte

func newCalendar() calendar {
	c := make(calendar, lastDay-firstDay+1)
	for i := range c {
		y, m, d := (firstDay + day(i)).date()
		c[i] = [10]byte{byte('0' + y/1000), byte('0' + y/100%10), byte('0' + y/10%10), byte('0' + y%10), '-',
			byte('0' + m/10), byte('0' + m%10), '-', byte('0' + d/10), byte('0' + d%10)}
	}
	return c
}

// iso appends the day as 2014-12-31, or nothing for never.
func (c calendar) iso(b []byte, d day) []byte {
	if d == never {
		return b
	}
	return append(b, c[d-firstDay][:]...)
}

// stamp appends the day and a time as CPR writes them, 201412311200, zeros for never.
func (c calendar) stamp(b []byte, d day, hhmm string) []byte {
	if d == never {
		return append(b, "000000000000"...)
	}
	t := &c[d-firstDay]
	b = append(b, t[0], t[1], t[2], t[3], t[5], t[6], t[8], t[9])
	return append(b, hhmm...)
}
