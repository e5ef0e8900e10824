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

// TimeNumber is a year, or a month counted from the year 0; false where a value is neither.
func TimeNumber(value any) (int64, bool) {
	if year, ok := value.(int64); ok {
		return year, true
	}
	return MonthNumber(value)
}

// NotDrawn are the years or months of a chart's table that stand alone long before all others and have no place on its axis.
func (c Chart) NotDrawn(t Table) []any {
	at := t.Index(c.X)
	if at < 0 || c.By != "" {
		return nil
	}
	var times []int64
	values := map[int64]any{}
	months := false
	for _, r := range t.Rows {
		if r.Kind != Ordinary || r.Cells[at].Value == nil {
			continue
		}
		n, ok := TimeNumber(r.Cells[at].Value)
		if !ok {
			return nil // no axis over time
		}
		_, months = MonthNumber(r.Cells[at].Value)
		times = append(times, n)
		values[n] = r.Cells[at].Value
	}
	slices.Sort(times)
	times = slices.Compact(times)
	var left []any
	for _, n := range times[:AxisBegins(times, months)] {
		left = append(left, values[n])
	}
	return left
}

// MonthNumber counts the months from the year 0 to a month written as 2013-05; false where the value is none.
func MonthNumber(value any) (int64, bool) {
	text, _ := value.(string)
	month, err := time.Parse("2006-01", text)
	return int64(month.Year())*12 + int64(month.Month()) - 1, err == nil
}
