package analysis

import (
	"slices"
	"strings"
	"testing"

	"koblet/queries"
)

// tallyOfRows is the answer of a question with these keys and counts.
func tallyOfRows(t *testing.T, keys string, rows ...[]any) Result {
	t.Helper()
	q, err := queries.Parse("q", "-- Hvad?\n-- What?\n-- columns\n"+keys+"--   pass  BIGINT [permits]  koblet | linked\n--   fail  BIGINT [permits]  ikke koblet | unlinked\n"+
		"--   unknown  BIGINT [permits]  uvist | unknown\n-- rows partition\nselect 1;")
	if err != nil {
		t.Fatal(err)
	}
	r, err := complete(Result{Question: q, Columns: q.Columns, Rows: rows}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFinding(t *testing.T) {
	n := func(counts ...int64) []any {
		return []any{counts[0], counts[1], counts[2]}
	}
	row := func(counts []any, keys ...any) []any { return append(keys, counts...) }
	year := "--   year  BIGINT  År | Year\n"
	place := "--   municipality_code  VARCHAR  Kode | Code\n--   municipality_name  VARCHAR attribute  Kommune | Municipality\n"
	years := tallyOfRows(t, year, row(n(900, 100, 0), int64(2013)), row(n(950, 50, 0), int64(2014)), row(n(1, 99, 0), int64(2015)), row(n(0, 9, 0), nil))
	years.Provisional = []any{int64(2015)}
	unsettled := tallyOfRows(t, year, row(n(1, 99, 0), int64(2015)))
	unsettled.Provisional = []any{int64(2015)}
	months := tallyOfRows(t, "--   month  VARCHAR  Måned | Month\n", row(n(950, 50, 0), "2014-12"), row(n(1, 99, 0), "2015-01"))
	months.Provisional = []any{"2015-01"}
	settled := func(closed, moving any) Result {
		r := tallyOfRows(t, year+"--   category  VARCHAR {category}  Kategori | Category\n",
			row(n(300, 100, 0), closed, "work"), row(n(0, 9, 0), closed, "unknown"), row(n(1, 399, 0), moving, "work"))
		r.Provisional = []any{moving}
		return r
	}
	overlapping := func(r Result) Result { r.Question.Rows = "overlap"; return r }
	for name, c := range map[string]struct {
		r      Result
		da, en string
	}{
		"the whole": {tallyOfRows(t, "", n(900, 100, 5)), "Andelen »ikke koblet« er 10,0 pct.: 100 af 1.000", "The rate of “unlinked” is 10.0 per cent: 100 of 1,000"},
		"nobody":    {tallyOfRows(t, "", n(0, 0, 5)), "", ""},
		"the newest settled year": {years, "Andelen »ikke koblet« er 5,0 pct. for 2014, den seneste afsluttede årgang (50 af 1.000)",
			"The rate of “unlinked” is 5.0 per cent for 2014, the latest closed cohort (50 of 1,000)"},
		"no settled year": {unsettled, "", ""},
		"the highest of those with enough, by its name": {tallyOfRows(t, place, row(n(1, 2, 0), "0101", "København"), row(n(300, 100, 0), "0851", "Aalborg"), row(n(0, 900, 0), "unknown", "")),
			"Andelen »ikke koblet« er højest for Aalborg, 25,0 pct. (100 af 400) – blandt oplyste grupper, der omfatter mindst 400",
			"The rate of “unlinked” is highest for Aalborg, 25.0 per cent (100 of 400) – among known groups of at least 400"},
		"the highest where the unknown are few": {tallyOfRows(t, place, row(n(300, 100, 0), "0851", "Aalborg"), row(n(0, 9, 900), "unknown", "")),
			"Andelen »ikke koblet« er højest for Aalborg, 25,0 pct. (100 af 400) – blandt grupper, der omfatter mindst 400",
			"The rate of “unlinked” is highest for Aalborg, 25.0 per cent (100 of 400) – among groups of at least 400"},
		"the highest that is settled": {settled(int64(2014), int64(2015)),
			"Andelen »ikke koblet« er højest for 2014, »Erhverv«, 25,0 pct. (100 af 400) – blandt grupper i afsluttede årgange, der omfatter mindst 400",
			"The rate of “unlinked” is highest for 2014, “Work”, 25.0 per cent (100 of 400) – among groups of at least 400 in closed cohorts"},
		"the whole where nobody has enough": {tallyOfRows(t, place, row(n(1, 2, 0), "0101", "København"), row(n(1, 0, 0), "0851", "Aalborg")),
			"Andelen »ikke koblet« er 50,0 pct. for alle rækker under ét (2 af 4); ingen gruppe omfatter 400 eller flere",
			"The rate of “unlinked” is 50.0 per cent of all rows together (2 of 4); no group has 400 or more"},
		"the whole where only the unknown are enough": {tallyOfRows(t, place, row(n(1, 2, 0), "0101", "København"), row(n(898, 2, 0), "unknown", "")),
			"Andelen »ikke koblet« er 0,4 pct. for alle rækker under ét (4 af 903)", "The rate of “unlinked” is 0.4 per cent of all rows together (4 of 903)"},
		"the whole where several share the highest": {tallyOfRows(t, place, row(n(300, 100, 0), "0101", "København"), row(n(600, 200, 0), "0851", "Aalborg")),
			"Andelen »ikke koblet« er 25,0 pct. for alle rækker under ét (300 af 1.200)", "The rate of “unlinked” is 25.0 per cent of all rows together (300 of 1,200)"},
		"the whole where none are": {tallyOfRows(t, place, row(n(500, 0, 0), "0101", "København"), row(n(9, 0, 0), "0851", "Aalborg")),
			"Andelen »ikke koblet« er 0,0 pct. for alle rækker under ét (0 af 509)", "The rate of “unlinked” is 0.0 per cent of all rows together (0 of 509)"},
		"the newest settled month": {months, "Andelen »ikke koblet« er 5,0 pct. for 2014-12, den seneste afsluttede måned (50 af 1.000)",
			"The rate of “unlinked” is 5.0 per cent for 2014-12, the latest closed month (50 of 1,000)"},
		"a label within the sentence": {tallyOfRows(t, "--   category  VARCHAR {category}  Kategori | Category\n", row(n(900, 100, 0), "work")),
			"Andelen »ikke koblet« er højest for »Erhverv«, 10,0 pct. (100 af 1.000)", "The rate of “unlinked” is highest for “Work”, 10.0 per cent (100 of 1,000)"},
		"days are counted": {overlapping(tallyOfRows(t, "--   days  BIGINT  Dage efter registreringen | Days after registration\n", row(n(1, 2, 0), int64(30)), row(n(2, 1, 0), int64(90)))),
			"Andelen »ikke koblet« er højest for 30 dage efter registreringen, 66,7 pct. (2 af 3); ingen gruppe omfatter 400 eller flere",
			"The rate of “unlinked” is highest for 30 days after registration, 66.7 per cent (2 of 3); no group has 400 or more"},
		"days of an age are counted too": {overlapping(tallyOfRows(t, "--   age_from  BIGINT  Alder i dage, fra | Age in days, from\n", row(n(600, 200, 0), int64(30)), row(n(700, 100, 0), int64(90)))),
			"Andelen »ikke koblet« er højest for alder fra 30 dage, 25,0 pct. (200 af 800) – blandt grupper, der omfatter mindst 400",
			"The rate of “unlinked” is highest for age from 30 days, 25.0 per cent (200 of 800) – among groups of at least 400"},
		"rows that overlap, none the highest": {overlapping(tallyOfRows(t, "--   days  BIGINT  Dage | Days\n", row(n(1, 2, 0), int64(30)), row(n(1, 2, 0), int64(90)), row(n(1, 0, 0), int64(180)))),
			"2 af 3 grupper har »ikke koblet«; ingen gruppe omfatter 400 eller flere", "2 of 3 groups have any “unlinked”; no group has 400 or more"},
		"no rows": {Result{}, "", ""},
	} {
		if got := Plain(Finding(c.r)); got.Da != c.da || got.En != c.en {
			t.Errorf("%s: %q and %q, want %q and %q", name, got.Da, got.En, c.da, c.en)
		}
	}
	curve := func(computed string, columns []queries.Column, rows ...[]any) Result {
		return Result{Question: queries.Question{Computed: computed}, Columns: columns, Rows: rows}
	}
	category := queries.Column{Name: "category", Role: queries.Key, Codes: "category"}
	cohort := queries.Column{Name: "year", Role: queries.Key, Period: "year"}
	age := func(name string) queries.Column { return queries.Column{Name: name, Role: queries.Key} }
	figure := func(name string) queries.Column { return queries.Column{Name: name, Role: queries.Derived} }
	for want, r := range map[string]Result{
		"365 days after the decision the unlinked rate is highest for “Work”, 30.0 per cent": curve("survival", []queries.Column{category, age("days"), figure("unlinked")},
			[]any{"asylum", int64(180), 0.9}, []any{"asylum", int64(365), 0.2}, []any{"asylum", int64(730), 0.99}, []any{"work", int64(365), 0.3}, []any{"unknown", int64(365), 0.8}),
		"180 days after the decision, 40.0 per cent are unlinked for 2014, the latest cohort that is so old": curve("runoff",
			[]queries.Column{cohort, age("age_days"), figure("unlinked_rate")},
			[]any{int64(2013), int64(90), 0.8}, []any{int64(2013), int64(180), 0.5}, []any{int64(2014), int64(180), 0.4}, []any{int64(2015), int64(90), 0.7}),
		"At equal age, 20.0 per cent are unlinked for 2014, the latest closed cohort; as measured, 10.0 per cent": curve("equal_age",
			[]queries.Column{cohort, figure("rate"), figure("raw_rate")}, []any{int64(2014), 0.2, 0.1}, []any{int64(2015), nil, 0.4}),
		"": curve("survival", []queries.Column{category, age("days"), figure("unlinked")}, []any{"unknown", int64(365), 0.8}),
	} {
		if got := Plain(Finding(r)).En; got != want {
			t.Errorf("%s: %q, want %q", r.Question.Computed, got, want)
		}
	}
	kinds := Result{Question: queries.Question{Rows: "partition", Columns: []queries.Column{cohort, {Name: "link_status", Role: queries.Key, Codes: "link_status"}}}}
	kinds.Columns = append(slices.Clone(kinds.Question.Columns), queries.Column{Name: "n", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "tilladelser", En: "permits"}})
	kinds.Rows = [][]any{{int64(2013), "linked", int64(30)}, {int64(2013), "unlinked", int64(8)}, {int64(2014), "linked", int64(30)}, {int64(2014), "unlinked", int64(32)}}
	if got := Plain(Finding(kinds)); got.En != "Most are “Linked”: 60 of 100 permits (60.0 per cent)" || got.Da != "De fleste er »Koblet«: 60 af 100 tilladelser (60,0 pct.)" {
		t.Errorf("kinds: %q", got)
	}
	kinds.Rows[0][2] = int64(10)
	if got := Plain(Finding(kinds)).En; got != "80 permits in all" {
		t.Errorf("two kinds as large: %q", got)
	}
	lists := Result{Columns: []queries.Column{{Name: "permit_key", Role: queries.Record}}, Rows: [][]any{{"a"}, {"b"}}}
	if got := Plain(Finding(lists)); got.En != "The list has 2 permits" || got.Da != "Listen har 2 tilladelser" {
		t.Errorf("a list: %q", got)
	}
	steps := Result{Question: queries.Question{Rows: "overlap"}, Columns: []queries.Column{{Name: "step", Role: queries.Key}, {Name: "n", Type: "BIGINT", Role: queries.Count}},
		Rows: [][]any{{"all", int64(4)}, {"granted", int64(3)}}}
	if got := Finding(steps); !got.Empty() {
		t.Errorf("rows that overlap are summed: %q", Plain(got).En)
	}
	steps.Question.Chart.Kind = "waterfall"
	steps.Rows = append(steps.Rows, []any{"lapsed", nil})
	if got := Plain(Finding(steps)).En; got != "Of 4 in all, 3 are left in granted" {
		t.Errorf("steps: %q", got)
	}
}

// TestFindingOfALeast: a rate that is a lower bound is said as one, of the row that the header names: whichever rule has the highest rate, or shares it.
func TestFindingOfALeast(t *testing.T) {
	q, err := queries.Find("impossible_links_by_rule")
	if err != nil {
		t.Fatal(err)
	}
	rule := func(name string, pass, fail, unknown int64) []any { return []any{name, pass, fail, unknown} }
	for name, c := range map[string]struct {
		rows   [][]any
		da, en string
	}{
		"a rule tested on few is higher": {[][]any{rule("sex_at_odds", 300, 200, 500), rule("any", 750, 250, 0)},
			"Andelen »kan ikke være rigtig« er mindst 25,0 pct. for »Mindst én regel« (250 af 1.000)", "The rate of “cannot be right” is at least 25.0 per cent for “At least one rule” (250 of 1,000)"},
		"one rule alone is broken": {[][]any{rule("sex_at_odds", 750, 250, 0), rule("any", 750, 250, 0)},
			"Andelen »kan ikke være rigtig« er mindst 25,0 pct. for »Mindst én regel« (250 af 1.000)", "The rate of “cannot be right” is at least 25.0 per cent for “At least one rule” (250 of 1,000)"},
		"few": {[][]any{rule("sex_at_odds", 3, 1, 0), rule("any", 3, 1, 0)},
			"Andelen »kan ikke være rigtig« er mindst 25,0 pct. for »Mindst én regel« (1 af 4); ingen gruppe omfatter 400 eller flere",
			"The rate of “cannot be right” is at least 25.0 per cent for “At least one rule” (1 of 4); no group has 400 or more"},
		"nobody judged": {[][]any{rule("any", 0, 0, 0)}, "", ""},
	} {
		r, err := complete(Result{Question: q, Columns: q.Columns, Rows: c.rows}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := Plain(Finding(r)); got.Da != c.da || got.En != c.en {
			t.Errorf("%s: %q and %q, want %q and %q", name, got.Da, got.En, c.da, c.en)
		}
	}
}

// TestFindingOfAlternatives: a whole that is measured in several ways is told by the first of them and by the range of all.
func TestFindingOfAlternatives(t *testing.T) {
	r := Result{Question: queries.Question{Rows: "alternatives"}, Columns: []queries.Column{{Name: "choice", Type: "VARCHAR", Role: queries.Key, Codes: "choice"},
		{Name: "pass", Type: "BIGINT", Role: queries.Count}, {Name: "fail", Type: "BIGINT", Role: queries.Count, Label: queries.Words{Da: "ikke koblet", En: "unlinked"}}, {Name: "unknown", Type: "BIGINT", Role: queries.Count}},
		Rows: [][]any{{"as_measured", int64(80), int64(20), int64(1)}, {"strict", int64(75), int64(25), int64(0)}, {"expected_only", int64(90), int64(10), int64(0)}, {"at_equal_age", int64(0), int64(0), int64(3)}}}
	if got, want := Plain(Finding(r)).En, "The rate of “unlinked” is 20.0 per cent (“As measured”). Measured in other ways it lies between 10.0 per cent (“Only where a number is expected”) and 25.0 per cent (“Strict: confirmed by CPR”)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r.unsure = []int{1}
	if got, want := Plain(Finding(r)).En, "and 20.0 per cent (“As measured”)"; !strings.HasSuffix(got, want) {
		t.Errorf("%q speaks of a row of which nothing is concluded, want %q", got, want)
	}
	r.unsure, r.Rows = nil, r.Rows[3:]
	if got := Finding(r); !got.Empty() {
		t.Errorf("nobody judged: %q", Plain(got).En)
	}
}

// TestCharacteristics: the largest difference first, whichever way it goes; what has none last, in its order.
func TestCharacteristics(t *testing.T) {
	q := queries.Question{Columns: []queries.Column{{Name: "characteristic", Role: queries.Key}, {Name: "value", Role: queries.Key}}}
	row := func(of, value string, unlinked, linked int64) countRow {
		return countRow{cells: map[string]any{"characteristic": of, "value": value, "unlinked": unlinked, "linked": linked}}
	}
	got := characteristics(q, []countRow{row("sex", "K", 10, 30), row("sex", "M", 10, 20), row("year", "2013", 20, 0), row("year", "2014", 0, 50), row("age", "x", 5, 45), row("age", "y", 15, 5)})
	var order []any
	for _, cells := range got {
		order = append(order, cells["value"])
	}
	if want := []any{"x", "y", "K", "M", "2013", "2014"}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
	if got[0]["share_unlinked"] != 0.25 || got[0]["share_linked"] != 0.9 || got[0]["difference"].(float64) > -1.7 || got[4]["difference"] != nil {
		t.Errorf("x %v, 2013 %v", got[0], got[4])
	}
}

// TestLargestFinding speaks of the kind with most, also where its code is empty, and of none where two have as many or nothing is counted.
func TestLargestFinding(t *testing.T) {
	counts, key := queries.Column{Name: "n", Unit: "permits"}, queries.Column{Name: "link_status", Codes: "link_status"}
	for _, c := range []struct {
		parts map[string]int64
		sum   int64
		want  any // how many the kind has; nil where nothing is said
	}{
		{map[string]int64{"linked": 6, "unlinked": 3, "": 1}, 10, int64(6)},
		{map[string]int64{"linked": 1, "unlinked": 2, "": 7}, 10, int64(7)},
		{map[string]int64{"linked": 5, "unlinked": 5}, 10, nil},
		{map[string]int64{"linked": 0}, 0, nil},
		{nil, 10, nil},
	} {
		var got any
		for _, f := range largestFinding(counts, key, c.parts, c.sum).Figures {
			if f.Name == "n" {
				got = f.Value
			}
		}
		if got != c.want {
			t.Errorf("%v: %v, want %v", c.parts, got, c.want)
		}
	}
}
