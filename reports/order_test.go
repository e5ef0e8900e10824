package reports

import (
	"slices"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
)

func TestRowsStandInReadingOrder(t *testing.T) {
	b, err := newBuilder(Commission{Language: "da"}, analysis.Answers{})
	if err != nil {
		t.Fatal(err)
	}
	key := func(name, codes string) queries.Column {
		return queries.Column{Name: name, Role: queries.Key, Codes: codes}
	}
	name := queries.Column{Name: "municipality_name", Role: queries.Attribute}
	n := queries.Column{Name: "n", Role: queries.Count}
	day := func(d int) time.Time { return time.Date(2007, 1, d, 0, 0, 0, 0, time.UTC) }
	for what, c := range map[string]struct {
		columns []queries.Column
		split   []string
		rows    [][]any
		want    []any // the first cells
	}{
		"status from linked to unlinked": {[]queries.Column{key("link_status", "link_status"), n}, nil,
			[][]any{{"no_person"}, {"conflict"}, {"unlinked"}, {"linked"}, {"malformed"}}, []any{"linked", "conflict", "malformed", "unlinked", "no_person"}},
		"categories as their list": {[]queries.Column{key("category", "category"), n}, nil,
			[][]any{{"unknown"}, {"ukraine"}, {"family"}, {"asylum"}, {"work"}}, []any{"asylum", "family", "work", "ukraine", "unknown"}},
		"names as a Danish dictionary, divided ones apart, unknown last": {[]queries.Column{key("municipality_code", ""), name, n}, []string{"0001"},
			[][]any{{"0751", "Aarhus"}, {"unknown", ""}, {"0001", "Abild"}, {"0101", "København"}, {"0580", "Aabenraa"}, {"0440", "Ærø"}, {"0201", "Allerød"}},
			[]any{"0201", "0101", "0440", "0580", "0751", "0001", "unknown"}},
		"a code that no list has behind those that one has": {[]queries.Column{key("person_group", "person_group"), n}, nil,
			[][]any{{"exceptional_reasons"}, {"gruppe_77"}, {"quota_refugee"}, {"unknown"}, {"refugee_convention"}, {"aaa"}},
			[]any{"refugee_convention", "quota_refugee", "exceptional_reasons", "gruppe_77", "aaa", "unknown"}},
		"a code without a name behind the municipalities that have one": {[]queries.Column{key("municipality_code", ""), name, n}, []string{"0001"},
			[][]any{{"0999", "unknown"}, {"0751", "Aarhus"}, {"unknown", "unknown"}, {"0001", "Abild"}, {"0573", "Varde"}}, []any{"0573", "0751", "0001", "0999", "unknown"}},
		"days and years upwards, empty last": {[]queries.Column{key("break_day", ""), n}, nil, [][]any{{nil}, {day(2)}, {day(1)}}, []any{day(1), day(2), nil}},
		"a list of records as it is": {[]queries.Column{{Name: "permit_key", Role: queries.Record}, key("category", "category")}, nil,
			[][]any{{"b", "work"}, {"a", "asylum"}}, []any{"b", "a"}},
	} {
		r := b.inReadingOrder(analysis.Result{Columns: c.columns, Rows: c.rows, Split: c.split})
		var got []any
		for _, row := range r.Rows {
			got = append(got, row[0])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
}
