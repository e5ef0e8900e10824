package reports

import (
	"testing"

	"koblet/analysis"
	"koblet/queries"
)

// An empty key is unknown; what describes a record and is not there is a dash, whatever its type.
func TestOfARecordNothingIsUnknown(t *testing.T) {
	b, err := newBuilder(Commission{Language: "en"}, analysis.Answers{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		role  queries.Role
		kind  string
		value any
		want  string
	}{
		{queries.Key, "VARCHAR", nil, "Not stated"}, {queries.Key, "VARCHAR", "", "Not stated"}, {queries.Key, "VARCHAR", "unknown", "Not stated"},
		{queries.Key, "BIGINT", nil, "Not stated"}, {queries.Key, "DATE", nil, ""},
		{queries.Attribute, "VARCHAR", nil, ""}, {queries.Attribute, "DATE", nil, ""}, {queries.Attribute, "VARCHAR", "unknown", "Not stated"},
		{queries.Record, "VARCHAR", nil, ""}, {queries.Count, "BIGINT", nil, ""}, {queries.Derived, "VARCHAR", nil, ""}, {queries.Derived, "VARCHAR", "", ""},
	} {
		if got := b.wordFor(queries.Column{Name: "x", Type: c.kind, Role: c.role}, c.value); got != c.want {
			t.Errorf("%s %s %v: %q, want %q", c.role, c.kind, c.value, got, c.want)
		}
	}
}
