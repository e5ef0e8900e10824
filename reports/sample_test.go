package reports

import (
	"fmt"
	"math"
	"slices"
	"time"

	"koblet/analysis"
	"koblet/analysis/stats"
	"koblet/queries"
	"koblet/store"
)

// sample answers the annual report's questions with invented figures that behave like the real ones: twenty years, seven
// categories, twenty person groups. Rates are made with stats.Wilson, so intervals fit their counts.
type sample struct {
	Empty     bool     // no permit at all
	Since     int      // the first year; 1997 unless given
	Missing   []string // days without a snapshot
	Label     string   // put into every name, to see what hostile text does
	NotLoaded bool     // no CPR extract: link status not applicable
}

var (
	sampleDay        = time.Date(2016, 12, 31, 0, 0, 0, 0, time.UTC)
	sampleCategories = []string{"asylum", "eu", "family", "other", "study", "work", "unknown"}
	sampleGroups     = map[string][]string{
		"asylum":  {"exceptional_reasons", "humanitarian", "quota_refugee", "refugee_convention", "refugee_protection", "unaccompanied_minor"},
		"family":  {"child_15_18", "child_under_15", "minor_with_others", "other_family", "spouse_over_24", "spouse_under_24"},
		"other":   {"city_of_refuge", "former_citizen", "preacher", "strong_ties"},
		"work":    {"work"},
		"study":   {"study"},
		"eu":      {"eu_eea"},
		"unknown": {"unknown"},
	}
)

func (s sample) source(a analysis.Ask) (analysis.Result, error) {
	if len(a.Studies) > 0 {
		return s.comparison(a), nil
	}
	day := a.AsOf
	if day.IsZero() {
		day = sampleDay
	}
	if slices.Contains(s.Missing, day.Format(time.DateOnly)) {
		return analysis.Result{}, fmt.Errorf("as of %s: %w", day.Format(time.DateOnly), store.ErrNoSnapshot)
	}
	r := analysis.Result{AsOf: day, Snapshot: "5f1c0a7be2d94c3388aa01f6c7b2d9e04b6f3a1d2c5e8f90716253a4b5c6d7e8", Arguments: sampleArguments(a)}
	for year := range int64(day.Year()) + 1 { // every day of every year has permits
		if day.Sub(time.Date(int(year), 12, 31, 0, 0, 0, 0, time.UTC)) < 365*24*time.Hour {
			r.Provisional = append(r.Provisional, year)
		}
	}
	cells := s.cells(a, day)
	switch a.Question {
	case "unlinked":
		tallied(&r, nil, cells, true)
	case "unlinked_by_year":
		tallied(&r, []string{"year"}, cells, false)
	case "unlinked_by_category":
		tallied(&r, []string{"category"}, cells, false)
	case "unlinked_by_year_category":
		tallied(&r, []string{"year", "category"}, cells, false)
	case "unlinked_by_person_group":
		tallied(&r, []string{"category", "person_group"}, cells, false)
	case "population_waterfall":
		s.waterfall(&r, cells)
	case "link_status_by_year":
		s.status(&r, cells)
	default:
		return r, fmt.Errorf("no question %q", a.Question)
	}
	for i, c := range r.Columns {
		r.Columns[i].Role = queries.Derived
		if c.Unit == "" {
			r.Columns[i].Role = queries.Key
			if c.Name == "year" {
				r.Columns[i].Period = "year"
			}
		} else if c.Type == "BIGINT" {
			r.Columns[i].Role = queries.Count
		}
	}
	for i := range r.Rows {
		for k, v := range r.Rows[i] {
			if v == "unknown" && s.Label != "" {
				r.Rows[i][k] = s.Label // a category that the code lists do not know, as delivered
			}
		}
	}
	r.Question.Name, r.Question.Rows = a.Question, "partition"
	r.Question.Ask = queries.Words{Da: "Hvor mange tilladelser er uden koblet CPR-nummer?" + s.Label, En: "How many permits have no CPR-number coupled?" + s.Label}
	return r, nil
}

func sampleArguments(a analysis.Ask) []analysis.Argument {
	out := []analysis.Argument{{Name: "from_day"}, {Name: "to_day"}, {Name: "categories"}, {Name: "expected", Value: a.Scope.Params["expected"] == "true"}}
	if a.Scope.From != (analysis.Period{}) {
		out[0].Value, out[1].Value = a.Scope.From.First.Format(time.DateOnly), a.Scope.To.Last.Format(time.DateOnly)
	}
	if len(a.Scope.Categories) > 0 {
		out[2].Value = a.Scope.Categories
	}
	return out
}

// sampleCell is one year, category and person group with its three counts.
type sampleCell struct {
	keys                map[string]any
	pass, fail, unknown int64
}

func (s sample) cells(a analysis.Ask, day time.Time) []sampleCell {
	var out []sampleCell
	if s.Empty {
		return nil
	}
	for year := max(1997, s.Since); year <= day.Year(); year++ {
		if a.Scope.From != (analysis.Period{}) && (year < a.Scope.From.First.Year() || year > a.Scope.To.Last.Year()) {
			continue
		}
		for c, category := range sampleCategories {
			if len(a.Scope.Categories) > 0 && !slices.Contains(a.Scope.Categories, category) {
				continue
			}
			for g, group := range sampleGroups[category] {
				out = append(out, sampleOf(year, day, a, place{c, g, category, group}))
			}
		}
	}
	return out
}

type place struct {
	c, g            int
	category, group string
}

func sampleOf(year int, day time.Time, a analysis.Ask, p place) sampleCell {
	size := map[string]float64{"asylum": 900, "family": 1300, "work": 9000, "study": 6000, "eu": 7000, "other": 90, "unknown": 40}[p.category]
	grown := 1 + 0.09*float64(year-1997)
	wave := 1 + 0.35*math.Sin(float64(year*3+p.c*5+p.g*7))
	total := int64(size * grown * wave / float64(1+p.g) * 0.7)
	base := map[string]float64{"asylum": 0.09, "family": 0.08, "work": 0.24, "study": 0.17, "eu": 0.29, "other": 0.14, "unknown": 0.35}[p.category]
	rate := base * (1.5 - 0.055*float64(year-1997)) * (1 + 0.12*math.Cos(float64(year*2+p.c+p.g)))
	if age := float64(day.Year()-year) + 0.5; age < 2 {
		rate += 0.22 / (1 + 2*age)
	}
	if a.Scope.Params["expected"] == "true" {
		rate, total = rate*0.55, int64(float64(total)*0.93)
	}
	if a.Scope.Params["first_only"] == "true" {
		rate, total = rate*1.15, int64(float64(total)*0.71)
	}
	if a.Scope.Params["once_per_person"] == "true" {
		rate, total = rate*1.1, int64(float64(total)*0.83)
	}
	fail := int64(float64(total) * min(rate, 0.9))
	unknown := total / 200
	return sampleCell{keys: map[string]any{"year": int64(year), "category": p.category, "person_group": p.group},
		pass: total - fail - unknown, fail: fail, unknown: unknown}
}

var sampleColumns = map[string]queries.Column{
	"year":         {Name: "year", Type: "BIGINT", Label: queries.Words{Da: "År", En: "Year"}},
	"category":     {Name: "category", Type: "VARCHAR", Codes: "category", Label: queries.Words{Da: "Kategori", En: "Category"}},
	"person_group": {Name: "person_group", Type: "VARCHAR", Codes: "person_group", Label: queries.Words{Da: "Persongruppe", En: "Person group"}},
}

// tallied sums cells by keys, in the order in which they come.
func tallied(r *analysis.Result, keys []string, cells []sampleCell, always bool) {
	for _, k := range keys {
		r.Columns = append(r.Columns, sampleColumns[k])
	}
	r.Columns = append(r.Columns, []queries.Column{
		{Name: "total", Unit: "permits", Label: queries.Words{Da: "i alt", En: "total"}},
		{Name: "pass", Unit: "permits", Label: queries.Words{Da: "koblet", En: "linked"}},
		{Name: "fail", Unit: "permits", Label: queries.Words{Da: "ikke koblet", En: "unlinked"}},
		{Name: "unknown", Unit: "permits", Label: queries.Words{Da: "uafklaret", En: "unknown"}},
		{Name: "rate", Unit: "share", Label: queries.Words{Da: "andel", En: "rate"}},
		{Name: "rate_low", Unit: "share", Label: queries.Words{Da: "nedre 95 pct.", En: "lower 95 per cent"}},
		{Name: "rate_high", Unit: "share", Label: queries.Words{Da: "øvre 95 pct.", En: "upper 95 per cent"}},
	}...)
	sums, order := map[string]*sampleCell{}, []string{}
	if always {
		order = append(order, "")
		sums[""] = &sampleCell{}
	}
	for _, c := range cells {
		key := ""
		for _, k := range keys {
			key += fmt.Sprintf("%v\x00", c.keys[k])
		}
		if sums[key] == nil {
			sums[key] = &sampleCell{keys: c.keys}
			order = append(order, key)
		}
		sums[key].pass += c.pass
		sums[key].fail += c.fail
		sums[key].unknown += c.unknown
	}
	if !always {
		slices.Sort(order)
	}
	for _, key := range order {
		c := sums[key]
		var row []any
		for _, k := range keys {
			row = append(row, c.keys[k])
		}
		row = append(row, c.pass+c.fail+c.unknown, c.pass, c.fail, c.unknown)
		if n := c.pass + c.fail; n > 0 {
			low, high := stats.Wilson(c.fail, n)
			row = append(row, float64(c.fail)/float64(n), low, high)
		} else {
			row = append(row, nil, nil, nil)
		}
		r.Rows = append(r.Rows, row)
	}
	r.Notes = []analysis.Note{analysis.NoteOf(queries.Words{
		Da: "Opgørelsen omfatter samtlige registreringer. Intervallet beskriver tilfældig variation, som om tilladelserne var uafhængige. Det er tilladelser til samme familie ikke, og intervallet er derfor sandsynligvis for smalt.",
		En: "The registers are fully counted. The interval describes chance as if permits were independent; those of a family are not, so it is likely too narrow.",
	})}
}

func (s sample) waterfall(r *analysis.Result, cells []sampleCell) {
	r.Columns = []queries.Column{
		{Name: "step", Type: "VARCHAR", Codes: "step", Label: queries.Words{Da: "Trin", En: "Step"}},
		{Name: "n", Type: "BIGINT", Unit: "permits", Label: queries.Words{Da: "registreringer", En: "registrations"}},
	}
	var pass, fail, unknown int64
	for _, c := range cells {
		pass, fail, unknown = pass+c.pass, fail+c.fail, unknown+c.unknown
	}
	all := pass + fail + unknown
	for _, step := range []struct {
		name string
		n    int64
	}{{"all", all * 13 / 10}, {"granted", all}, {"in_scope", all}, {"linked", pass}, {"unknown", unknown}, {"unlinked", fail},
		{"unlinked_not_expected", fail * 2 / 5}, {"unlinked_expected", fail - fail*2/5}} {
		r.Rows = append(r.Rows, []any{step.name, step.n})
	}
}

var sampleStatuses = []string{"conflict", "linked", "malformed", "no_person", "not_in_cpr", "replacement", "superseded", "unlinked"}

func (s sample) status(r *analysis.Result, cells []sampleCell) {
	r.Columns = []queries.Column{
		sampleColumns["year"],
		{Name: "link_status", Type: "VARCHAR", Codes: "link_status", Label: queries.Words{Da: "Koblingsstatus", En: "Link status"}},
		{Name: "n", Type: "BIGINT", Unit: "permits", Label: queries.Words{Da: "tilladelser", En: "permits"}},
		{Name: "value", Type: "DOUBLE", Unit: "share", Label: queries.Words{Da: "andel af årets tilladelser", En: "share of the year's permits"}},
	}
	if s.NotLoaded {
		r.NotApplicable = analysis.NoteOf(queries.Words{Da: "Udtrækket har ikke cpr_persons", En: "The extract does not have cpr_persons"})
		return
	}
	years := map[int64][3]int64{}
	for _, c := range cells {
		y := c.keys["year"].(int64)
		years[y] = [3]int64{years[y][0] + c.pass, years[y][1] + c.fail, years[y][2] + c.unknown}
	}
	for y := int64(1997); y <= 2016; y++ {
		counts, ok := years[y]
		if !ok {
			continue
		}
		n := map[string]int64{"unlinked": counts[1], "malformed": counts[2] / 2, "replacement": counts[2] / 4}
		n["no_person"] = counts[2] - n["malformed"] - n["replacement"]
		n["conflict"], n["superseded"], n["not_in_cpr"] = counts[0]/60, counts[0]/90, counts[0]/140
		n["linked"] = counts[0] - n["conflict"] - n["superseded"] - n["not_in_cpr"]
		total := counts[0] + counts[1] + counts[2]
		for _, status := range sampleStatuses {
			if n[status] > 0 {
				r.Rows = append(r.Rows, []any{y, status, n[status], float64(n[status]) / float64(total)})
			}
		}
	}
}

func sampleCommission(language string) Commission {
	file := func(name, table string, loaded, rejected int64) File {
		return File{Name: name, Table: table, SHA256: "9b74c9897bac770ffc029102a200c5de1f0c7e2b3a4d5c6b7a8990a1b2c3d4e5", Encoding: "utf-8",
			PhysicalLines: loaded + rejected + 1, Lines: loaded + rejected + 1, Header: 1, Loaded: loaded, Rejected: rejected, Findings: loaded / 400}
	}
	return Commission{Language: language, Edition: "internal", Provenance: Provenance{
		Program: "koblet 0.1.0", AsOf: sampleDay, SnapshotHash: "5f1c0a7be2d94c3388aa01f6c7b2d9e04b6f3a1d2c5e8f90716253a4b5c6d7e8",
		Files: []File{file("carl2_persons.csv", "carl2_persons", 214556, 0), file("carl2_permits.csv", "carl2_permits", 391004, 3), file("cpr_persons.csv", "cpr_persons", 260117, 1)},
		Findings: []Found{
			{"no_end_record", "cpr_persons", "", 1, 260117, nil}, {"not_a_date", "carl2_permits", "decided_on", 5044, 391004, 5044.0 / 391004},
			{"unknown_code", "carl2_permits", "legal_basis", 48100, 391004, 48100.0 / 391004},
		},
	}}
}

// comparison is two studies held against each other, of all registrations and of each person's first.
func (s sample) comparison(a analysis.Ask) analysis.Result {
	column := func(name, kind, unit, codes, da, en string, role queries.Role) queries.Column {
		return queries.Column{Name: name, Type: kind, Unit: unit, Codes: codes, Role: role, Label: queries.Words{Da: da, En: en}}
	}
	columns := []queries.Column{
		column("population", "VARCHAR", "", "population", "registreringer", "registrations", queries.Key),
		column("figure", "VARCHAR", "", "figure", "tal", "figure", queries.Key), column("of", "VARCHAR", "", "compared", "tal for", "figure of", queries.Key),
		column("as_of", "DATE", "", "", "pr.", "as of", queries.Key),
		column("fail", "BIGINT", "permits", "", "ikke koblet", "unlinked", queries.Count), column("judged", "BIGINT", "permits", "", "af", "of", queries.Count),
		column("rate", "DOUBLE", "share", "", "andel", "rate", queries.Derived),
	}
	r := analysis.Result{AsOf: sampleDay, Columns: columns, Question: queries.Question{Name: "compare", Columns: columns,
		Ask: queries.Words{Da: "Hvor forskellige er de to undersøgelser?" + s.Label, En: "How different are the two studies?" + s.Label}}}
	r.Notes = []analysis.Note{analysis.NoteOf(queries.Words{Da: "Forskellen er {d} procentpoint.", En: "They differ by {d} percentage points."},
		analysis.Figure{Name: "d", Value: 0.07, Unit: "points"})}
	for _, population := range []string{"all", "first_only"} {
		for _, figure := range []string{"raw", "equal_age", "standardised"} {
			for i, study := range a.Studies {
				day, fail := any(study.AsOf), int64(100-70*i)
				if slices.Contains(s.Missing, study.AsOf.Format(time.DateOnly)) || s.Empty {
					r.Rows = append(r.Rows, []any{population, figure, study.Name, day, nil, nil, nil})
					continue
				}
				r.Rows = append(r.Rows, []any{population, figure, study.Name, day, fail, int64(1000), float64(fail) / 1000})
			}
			difference := any(0.07)
			if len(s.Missing) > 0 || s.Empty {
				difference = nil
			}
			r.Rows = append(r.Rows, []any{population, figure, "difference", nil, nil, nil, difference})
		}
	}
	return r
}
