package store

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoBirthdayBetweenDecisions: the readable file does not tell on which side of a birthday a decision lies. Two decisions, on the day
// before a birthday and on the birthday itself, differ in nothing but their day and their key; only where a group of ages begins do they.
func TestNoBirthdayBetweenDecisions(t *testing.T) {
	files := map[string]string{
		"persons.csv": "person_id,cpr_number,birth_date,sex\nP1,,1980-06-15,K\nP2,,1973-06-15,M\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\n" +
			"S1,P1,2013-06-14,granted\nS2,P1,2013-06-15,granted\nS3,P2,2013-06-14,granted\nS4,P2,2013-06-15,granted\n",
		"cpr.csv": registersOf["cpr.csv"],
	}
	dir, _ := load(t, loading(t, writeFiles(t, files)))
	db, err := sql.Open("duckdb", filepath.Join(dir, "2014-12-31", snapshotFile)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for year, groups := range map[int]string{1980: "25-39", 1973: "25-39 40-59"} {
		var rows, kinds int
		var got string
		err := db.QueryRow(`with p as (select * exclude (permit_key, decided_on, is_first, grant_order, age_group) from carl2_permits where birth_year = $1)
			select (select count(*) from (from p)), (select count(*) from (select distinct * from p)),
				(select string_agg(distinct age_group::varchar, ' ' order by age_group::varchar) from carl2_permits where birth_year = $1)`, year).Scan(&rows, &kinds, &got)
		if err != nil {
			t.Fatal(err)
		}
		if rows != 2 || kinds != 1 || got != groups {
			t.Errorf("born %d: %d permits, %d kinds, of %q; want 2, 1 of %q", year, rows, kinds, got, groups)
		}
	}
	var names string
	if err := db.QueryRow("select string_agg(column_name, ' ') from (describe carl2_permits) where column_name like '%age%'").Scan(&names); err != nil || strings.TrimSpace(names) != "age_group" {
		t.Errorf("columns of ages: %q, %v; want the group alone", names, err)
	}
}
