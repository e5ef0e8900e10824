package extract

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"koblet/registers"
	"koblet/registers/profiles"
)

// TestTyped: a column of a text is read as days or as codes where each of its values is one as it stands, in a file of both tables too;
// one value that is not, or a profile that reads the column in another way, leaves it a text.
func TestTyped(t *testing.T) {
	const header = "person_id,cpr_number,sex,citizenship,permit_id,decided_on,decision,legal_basis\n"
	const row = "P1,,K,5100,S1,2013-05-17,granted,\"§ 7, stk. 1\"\n"
	typed := []string{"VARCHAR", "VARCHAR", "person_text", "person_text", "VARCHAR", "DATE", "permit_text", "permit_text"}
	with := func(column int, kind string) []string {
		changed := slices.Clone(typed)
		changed[column] = kind
		return changed
	}
	read := profiles.Table{Values: map[string]map[string]string{"decision": {"ja": "granted"}}, Dates: "%d-%m-%Y"}
	for _, test := range []struct {
		text    string
		permits profiles.Table
		want    []string
	}{
		{header + row, profiles.Table{}, typed},
		{header + row + "P2,,f,5100,S2,2013-05-18,granted,\n", profiles.Table{}, with(2, "VARCHAR")},
		{header + row + "P2,,M,5100,S2,17-05-2013,granted,\n", profiles.Table{}, with(5, "VARCHAR")},
		{header + row, read, []string{"VARCHAR", "VARCHAR", "person_text", "person_text", "VARCHAR", "VARCHAR", "VARCHAR", "permit_text"}},
		{header + row, profiles.Table{Missing: []string{"-"}}, []string{"VARCHAR", "VARCHAR", "person_text", "person_text", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"}},
		{header + row + "P2,,M, 5100,S2,2013-05-18,granted,\n", profiles.Table{}, slices.Repeat([]string{"VARCHAR"}, 8)},
	} {
		path := filepath.Join(t.TempDir(), "carl2.csv")
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		l := Delivery{Carl2: []string{path}, Profile: profiles.Profile{Tables: map[string]profiles.Table{registers.Carl2Permits.Name: test.permits}}}
		inputs, err := l.Gather()
		if err != nil {
			t.Fatal(err)
		}
		if err := Take(context.Background(), inputs, t.TempDir(), func(int64, int64) {}); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, in := range inputs {
			in.Typed()
		}
		for at := range inputs[0].Columns {
			got = append(got, inputs[0].typeOf(at))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}
