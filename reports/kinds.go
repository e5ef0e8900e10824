package reports

// MostSeries is how many series one drawing has at most: as many as there are colours that can be told apart.
const MostSeries = 6

// longKinds are the charts that are drawn of the table as it is, by the columns that a computed question gives it.
var longKinds = []string{"control", "funnel", "step"}

// seriesOf gives the series of a chart that is drawn by its columns' names, and the column that names its points or panels:
// the last of the keys before the figures.
func (b *builder) seriesOf(kind string, t Table) (series []Series, by string) {
	name := func(column string) string {
		if i := t.Index(column); i >= 0 {
			return t.Columns[i].Label
		}
		return ""
	}
	switch kind {
	case "control":
		for _, column := range []string{"rate", "centre", "upper_limit", "lower_limit"} {
			series = append(series, Series{Name: name(column), Column: column})
		}
	case "funnel":
		series = []Series{{Name: name("rate"), Column: "rate"}, {Name: name("national_rate"), Column: "national_rate"}}
		for _, opens := range []string{"low_95", "low_998"} {
			limits := intervals[opens]
			series = append(series, Series{Column: opens}, Series{Name: capital(b.say.word(limits.words)), Column: limits.until})
		}
		by = lastKey(t)
	case "step":
		series = []Series{{Name: name("unlinked"), Column: "unlinked", Low: "low", High: "high"}}
		by = t.Columns[0].Name
	}
	return series, by
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
