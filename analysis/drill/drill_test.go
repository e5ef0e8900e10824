package drill

import (
	"testing"

	"koblet/analysis"
	"koblet/queries"
)

func cellOf(t *testing.T, question string, keys map[string]string) Cell {
	t.Helper()
	q, err := queries.Find(question)
	if err != nil {
		t.Fatal(err)
	}
	list, ok := queries.Drill(q)
	if !ok {
		t.Fatalf("%s: no list", question)
	}
	return Cell{Question: q, List: list, Keys: keys}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		keys map[string]string
		err  string
	}{
		{keys: map[string]string{"year": "2013", "verdict": "fail"}},
		{keys: map[string]string{"municipality_code": "0101"}}, // of the list alone
		{keys: map[string]string{"year": "2013", "verdict": "nonsense"}, err: "verdict: there are pass, fail, unknown"},
		{keys: map[string]string{"nonsense": "1"}, err: `no key "nonsense"; there are year, verdict, `},
	} {
		err := cellOf(t, "unlinked_by_year", c.keys).Check()
		switch {
		case c.err == "" && err != nil:
			t.Errorf("%v: %v", c.keys, err)
		case c.err != "" && (err == nil || len(err.Error()) < len(c.err) || err.Error()[:len(c.err)] != c.err):
			t.Errorf("%v: error %v, want %s", c.keys, err, c.err)
		}
	}
}

// TestAmong holds a value against an answer with a legal basis that has a comma, an empty one and an unknown municipality.
func TestAmong(t *testing.T) {
	answer := analysis.Result{
		Columns: []queries.Column{{Name: "legal_basis", Role: queries.Key}, {Name: "municipality_code", Role: queries.Key}, {Name: "permit_key", Role: queries.Record}},
		Rows:    [][]any{{"§ 9 c, stk. 1", "0101", int64(1)}, {nil, "unknown", int64(2)}},
	}
	for _, c := range []struct{ key, value, want, err string }{
		{key: "legal_basis", value: "§ 9 c, stk. 1", want: "§ 9 c, stk. 1"},
		{key: "legal_basis", value: "unknown", want: ""},
		{key: "municipality_code", value: "", want: "unknown"},
		{key: "year", value: "2013", want: "2013"}, // nothing to hold it against
		{key: "legal_basis", value: "§ 7", err: `legal_basis: the answer has no such row; there are "§ 9 c, stk. 1", the empty legal_basis=`},
		{key: "permit_key", value: "7", err: "permit_key: the answer has no such row"}, // no key of a permit is listed
	} {
		got, err := among(answer, c.key, c.value)
		switch {
		case c.err != "" && (err == nil || err.Error() != c.err):
			t.Errorf("%s=%s: error %v, want %s", c.key, c.value, err, c.err)
		case c.err == "" && (err != nil || got != c.want):
			t.Errorf("%s=%s: %q, %v, want %q", c.key, c.value, got, err, c.want)
		}
	}
}

func TestQuoted(t *testing.T) {
	for value, want := range map[string]string{"2013": "2013", "§ 9 c, stk. 1": `"§ 9 c, stk. 1"`, `a "word"`: `"a ""word"""`, "": ""} {
		if got := Quoted(value); got != want {
			t.Errorf("%s: %s, want %s", value, got, want)
		}
	}
}
