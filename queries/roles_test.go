package queries

import (
	"slices"
	"strings"
	"testing"
)

const roleHeader = `-- Hvad?
-- What?
--
-- params permits
--   days  BIGINT = 90  days
-- columns
--   year               BIGINT               År | Year
--   municipality_code  VARCHAR              Kommunekode | Municipality code
--   municipality_name  VARCHAR attribute    Kommune | Municipality
--   month              BIGINT key           Måned i året | Month of the year
--   permit_key         VARCHAR record       Nøgle | Key
--   pass               BIGINT [permits]     koblet | linked
-- result
--   year               BIGINT               År | Year
--   municipality_name  VARCHAR              Kommune | Municipality
--   pass               BIGINT [permits]     koblet | linked
--   signal             VARCHAR              Signal | Signal
-- rows overlap
select $from_day, $to_day, $categories, $expected, $first_only, $once_per_person, $maturity, $municipality, $citizenship, $person_group, $days;
`

func TestColumnsHaveRoles(t *testing.T) {
	q, err := Parse("q", roleHeader)
	if err != nil {
		t.Fatal(err)
	}
	roles := func(columns []Column) (all []string) {
		for _, c := range columns {
			all = append(all, c.Name+" "+string(c.Role)+c.Period)
		}
		return all
	}
	if got, want := roles(q.Columns), []string{"year keyyear", "municipality_code key", "municipality_name attribute", "month key", "permit_key record",
		"pass count"}; !slices.Equal(got, want) {
		t.Errorf("columns %q, want %q", got, want)
	}
	if got, want := roles(q.Result), []string{"year keyyear", "municipality_name attribute", "pass count", "signal derived"}; !slices.Equal(got, want) {
		t.Errorf("result %q, want %q", got, want)
	}
	if got := roles(q.Keys()); len(got) != 4 || !q.OfPermits() || len(q.Named()) != 5 || q.Rows != "overlap" {
		t.Errorf("keys %q, of permits %t, %d that name, rows %q", got, q.OfPermits(), len(q.Named()), q.Rows)
	}
	if len(q.Params) != 11 || q.Params[3] != (Param{"expected", "BOOLEAN", "false", Words{Da: "kun tilladelser, hvor et nummer må forventes", En: "only permits for which a number is expected"}}) || q.Params[10].Name != "days" {
		t.Errorf("parameters %+v", q.Params)
	}
}

// What a row stands for decides what may be summed; a tally's cells are read from the left.
func TestTalliesSayWhatTheirRowsAre(t *testing.T) {
	for _, q := range All() {
		if q.Rows == "" {
			t.Errorf("%s: the header says neither rows partition nor rows overlap", q.Name)
		}
		if !slices.EqualFunc(q.Named(), q.Columns[:len(q.Named())], func(a, b Column) bool { return a.Name == b.Name }) {
			t.Errorf("%s: a column that names stands after one that counts", q.Name)
		}
	}
	text := strings.Replace(roleHeader, "--   pass               BIGINT [permits]     koblet | linked\n-- result", `--   pass               BIGINT [permits]     koblet | linked
--   fail               BIGINT [permits]     ikke koblet | unlinked
--   unknown            BIGINT [permits]     uvist | unknown
--   category           VARCHAR              Kategori | Category
-- result`, 1)
	if _, err := Parse("q", text); err == nil || !strings.Contains(err.Error(), "category stands after a count") {
		t.Errorf("a key after the counts of a tally: %v", err)
	}
}
