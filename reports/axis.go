package reports

import (
	"slices"
	"time"
)

// widestGap is how many years without a figure an axis over time has at most: what stands before them is a wrong day, or the
// whole chart would be empty but for one point at its edge.
const widestGap = 20

// AxisBegins is the place of the first of the times, in order, that an axis shows: all those behind the last gap that is too wide.
func AxisBegins(times []int64, months bool) int {
	gap := int64(widestGap)
	if months {
		gap *= 12
	}
	for i := len(times) - 1; i > 0; i-- {
		if times[i]-times[i-1] > gap {
			return i
		}
	}
	return 0
}

// Instant is a value along the chart's axis over time: a year, or a month counted from the year 0. It is false where the value is
// none, or the axis is none of time: whole numbers are not years by themselves.
func (c Chart) Instant(value any) (int64, bool) {
	switch c.Time {
	case "year":
		year, ok := value.(int64)
		return year, ok
	case "month":
		text, _ := value.(string)
		month, err := time.Parse("2006-01", text)
		return int64(month.Year())*12 + int64(month.Month()) - 1, err == nil
	}
	return 0, false
}

// timeOf says what the values of a column along an axis are.
func timeOf(column string) string {
	if column == "year" || column == "month" {
		return column
	}
	return ""
}

// NotDrawn are the years or months of a chart's table that stand alone long before all others and have no place on its axis.
func (c Chart) NotDrawn(t Table) []any {
	at := t.Index(c.X)
	if at < 0 || c.Time == "" {
		return nil
	}
	var times []int64
	values := map[int64]any{}
	for _, r := range t.Rows {
		if r.Kind != Ordinary || r.Cells[at].Value == nil {
			continue
		}
		n, ok := c.Instant(r.Cells[at].Value)
		if !ok {
			return nil // no axis over time
		}
		times = append(times, n)
		values[n] = r.Cells[at].Value
	}
	slices.Sort(times)
	times = slices.Compact(times)
	var left []any
	for _, n := range times[:AxisBegins(times, c.Time == "month")] {
		left = append(left, values[n])
	}
	return left
}
