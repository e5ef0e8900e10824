package reports

import (
	"slices"
	"time"
)

// MostSeries is how many series one drawing has at most: as many as there are colours that can be told apart.
const MostSeries = 6

// ChartKinds are the kinds of charts that a definition can ask for.
var ChartKinds = []string{"bar", "control", "difference", "dot", "funnel", "heat", "line", "multiples", "stack", "step", "waterfall"}

// seriesOf gives, for a kind of chart that draws a computed table as it is, the series by the table's columns, and the column that names
// its points or panels. Of every other kind the series are named, or are the columns that a table was spread over.
var seriesOf = map[string]func(b *builder, t Table) (series []Series, by string){
	"control": func(_ *builder, t Table) (series []Series, by string) {
		for _, column := range []string{"rate", "centre", "upper_limit", "lower_limit"} {
			series = append(series, Series{Name: t.label(column), Column: column})
		}
		return series, ""
	},
	"funnel": func(b *builder, t Table) (series []Series, by string) {
		series = []Series{{Name: t.label("rate"), Column: "rate"}, {Name: t.label("national_rate"), Column: "national_rate"}}
		for _, opens := range []string{"low_95", "low_998"} {
			limits := intervals[opens]
			series = append(series, Series{Column: opens}, Series{Name: Capital(b.say.word(limits.words)), Column: limits.until})
		}
		return series, lastKey(t)
	},
	"difference": func(_ *builder, t Table) (series []Series, by string) {
		return []Series{{Name: t.label("difference"), Column: "difference"}}, firstKey(t)
	},
	"step": func(_ *builder, t Table) (series []Series, by string) {
		return []Series{{Name: t.label("unlinked"), Column: "unlinked", Low: "low", High: "high"}}, firstKey(t)
	},
}

// drawnAsItIs reports whether a kind of chart finds its series in a computed table by itself.
func drawnAsItIs(kind string) bool { return seriesOf[kind] != nil }

// label is what a column is called, empty where the table has none of the name.
func (t Table) label(column string) string {
	if i := t.Index(column); i >= 0 {
		return t.Columns[i].Label
	}
	return ""
}

// firstKey is the first of the columns that tell the rows apart.
func firstKey(t Table) string {
	if at := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Role.Tells() }); at >= 0 {
		return t.Columns[at].Name
	}
	return ""
}

// lastKey is the last of the columns before the figures: the one that names what a row is about.
func lastKey(t Table) string {
	key := ""
	for _, c := range t.Columns {
		if !c.Role.Names() {
			break
		}
		key = c.Name
	}
	return key
}

// beneath are, for a step of the waterfall of a population, the steps whose counts lie below its bar.
var beneath = Beneath{"linked": {"unlinked", "unknown"}, "unknown": {"unlinked"}, "unlinked_not_expected": {"unlinked_expected"}}

// Under are the steps that a step of a waterfall stands on.
func (c Chart) Under(step string) []string {
	if c.Beneath == nil {
		return beneath[step]
	}
	return c.Beneath[step]
}

// widestGap is how many years without a figure an axis over time has at most: what stands before them is a wrong day, or the
// whole chart would be empty but for one point at its edge.
const widestGap = 20

// AxisBegins is the place of the first of the times, in order, that the chart's axis shows: all those behind the last gap that is too wide, and from
// the year or month on with which the chart begins.
func (c Chart) AxisBegins(times []int64) int {
	gap := int64(widestGap)
	if c.Time == "month" {
		gap *= 12
	}
	for i := len(times) - 1; i > 0; i-- {
		if times[i]-times[i-1] > gap || times[i-1] < c.Begins {
			return i
		}
	}
	return 0
}

// beginAt has a section's chart begin with the first year or month that counts any in a column: a rate of 100 per cent before a register began is no
// figure to draw, and one that is drawn presses all others to the ground. The drawing says so.
func beginAt(column string, s *Section) {
	at, x := s.Table.Index(column), s.Table.Index(s.Chart.X)
	if at < 0 || x < 0 {
		return
	}
	for _, r := range s.Table.Rows {
		n, ok := s.Chart.Instant(r.Cells[x].Value)
		count, _ := r.Cells[at].Value.(int64)
		some := count > 0 || r.Cells[at].Mark == Hidden
		if ok && some && (s.Chart.Begins == 0 || n < s.Chart.Begins) {
			s.Chart.Begins = n
		}
	}
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
	for _, n := range times[:c.AxisBegins(times)] {
		left = append(left, values[n])
	}
	return left
}
