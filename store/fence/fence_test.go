package fence

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"koblet/queries"
	"koblet/store"
)

// behind loads a few rows and opens them behind a fence.
func behind(t *testing.T, f fencing) (*enclosed, string) {
	t.Helper()
	dir := t.TempDir()
	l := store.Loading{AsOf: time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC), Program: "test", MaxRejects: store.Limit{Count: 9}}
	for name, file := range map[string]struct {
		into *[]string
		text string
	}{
		"persons.csv": {&l.Carl2Persons, "person_id,cpr_number,family_name\nA-1,2308833384,Prøve\nA-2,,Tom\nA-3,1201921454,Skjult\n"},
		"permits.csv": {&l.Carl2Permits, "permit_id,person_id,decided_on,decision\nP-1,A-1,2013-01-10,granted\nP-2,A-2,2013-02-10,granted\nP-3,A-3,2013-02-11,granted\n"},
		"cpr.csv":     {&l.CPR, "cpr_number,status,family_name\n2308833384,01,Prøve\n1201921454,01,Skjult\n"},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(file.text), 0o600); err != nil {
			t.Fatal(err)
		}
		*file.into = []string{path}
	}
	if _, err := store.Load(t.Context(), filepath.Join(dir, "store"), l); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	f.scratch, f.memory = filepath.Join(dir, "scratch"), "200MB"
	if err := os.Mkdir(f.scratch, 0o700); err != nil {
		t.Fatal(err)
	}
	snapshot, err := enclose(t.Context(), s, time.Time{}, f)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := snapshot.Close(); err != nil {
			t.Error(err)
		}
	})
	return snapshot, dir
}

// freely gives the cells of a free statement, row by row.
func freely(ctx context.Context, s *enclosed, statement string) (rows [][]any, err error) {
	err = s.free(ctx, statement, reader{
		columns: func([]queries.Column) error { return nil },
		row:     func(row []any) error { rows = append(rows, row); return nil },
	})
	return rows, err
}

// TestFenceHolds tries to get out: to write, to read files, to set, load, attach, and to say two things at once.
func TestFenceHolds(t *testing.T) {
	s, dir := behind(t, fencing{})
	secret := filepath.Join(dir, "persons.csv")
	for _, statement := range []string{
		// writing
		"insert into carl2_permits select * from carl2_permits", "delete from carl2_permits", "update carl2_permits set granted = false",
		"drop table carl2_permits", "create table x as select 1", "create or replace temp view granted_permits as select 1", "alter table carl2_permits add column x int",
		"truncate carl2_permits", "copy (select 1) to '" + dir + "/x.csv'", "copy carl2_permits from '" + secret + "'", "export database '" + dir + "/x'", "checkpoint", "vacuum",
		"explain analyze insert into snapshot select * from snapshot", "explain analyze copy (select 1) to 'spill/x.csv'",
		"explain analyze create temp table x as select 1", "explain delete from carl2_permits",
		"with x as (insert into snapshot select * from snapshot returning *) from x",
		// files and network
		"from read_csv('" + secret + "')", "from read_text('" + secret + "')", "from read_blob('" + secret + "')", "from '" + secret + "'",
		"from glob('" + dir + "/*')", "from read_json('" + secret + "')", "from read_parquet('https://example.org/x.parquet')",
		"from parquet_metadata('" + secret + "')", "from sniff_csv('" + secret + "')", "select * from query('from read_text(''" + secret + "'')')",
		"import database '" + dir + "'", "from read_duckdb('" + dir + "/store/identities/2014-12-31/identities.duckdb')",
		// databases, extensions, settings
		"attach '" + dir + "/store/identities/2014-12-31/identities.duckdb' as i", "attach ':memory:' as i", "detach snapshot", "use temp",
		"install httpfs", "load httpfs", "load json", "explain analyze load json", "set threads = 1", "reset memory_limit",
		"set enable_external_access = true", "reset allowed_paths", "set lock_configuration = false", "explain analyze set threads = 1",
		"pragma enable_profiling", "pragma memory_limit='10GB'", "explain analyze pragma enable_profiling", "call pragma_version()",
		"create secret s (type s3, key_id 'x', secret 'y')", "set variable x = 1",
		// several statements, prepared ones, transactions, tricks with comments
		"select 1; drop table carl2_permits", "select 1; select 2", "/* select 1 */ drop table carl2_permits", "-- select 1\ndelete from carl2_permits",
		"select 1 /*; */; delete from carl2_permits", "select 1;\x00drop table carl2_permits", "prepare p as select 1", "execute p", "deallocate p", "begin", "commit",
		"select * from query('select 1; delete from carl2_permits')", "select * from query('copy (select 1) to ''x''')",
		"explain (analyze) pragma enable_profiling", "explain /* x */ analyze pragma enable_profiling", "explain explain select 1",
		"select getenv('HOME')", "select $1", "select $name", "", "   ", ";", "-- nothing", "select", "nonsense",
	} {
		if rows, err := freely(t.Context(), s, statement); err == nil {
			t.Errorf("%s: passes and gives %v", statement, rows)
		} else if strings.Contains(err.Error(), "A-1") || strings.Contains(err.Error(), "Prøve") {
			t.Errorf("%s: the error quotes what was read: %v", statement, err)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "x*"))
	if err != nil || len(left) > 0 {
		t.Errorf("written: %v, %v", left, err)
	}
	rows, err := freely(t.Context(), s, "select count(*) from carl2_permits")
	if err != nil || len(rows) != 1 || rows[0][0] != int64(3) {
		t.Errorf("after all that: %v, %v", rows, err)
	}
	if os.Getenv("HOME") != "" {
		rows, err := freely(t.Context(), s, "select value from duckdb_settings() where value like '%"+os.Getenv("HOME")+"/%'")
		if err != nil || len(rows) != 0 {
			t.Errorf("settings tell the home folder: %v, %v", rows, err)
		}
	}
}

// TestFenceLetsThrough runs what auditors ask: queries, listings, plans, and the measures of the questions.
func TestFenceLetsThrough(t *testing.T) {
	s, _ := behind(t, fencing{})
	for statement, want := range map[string]any{
		"select count(*) from carl2_permits":                           int64(3),
		"from carl2_permits select count(*);":                          int64(3),
		"with x as (select 1 as a) select a from x -- ; drop table":    int64(1),
		"/* ; */ values (2)":                                           int64(2),
		"select column_name from (describe carl2_persons) limit 1":     "person_key",
		"select count(*) > 20 from (summarize carl2_permits)":          false,
		"select name from (show tables) where name = 'cpr_persons'":    "cpr_persons",
		"explain select 1":                                             "physical_plan",
		"explain (format json) select 1":                               "physical_plan",
		"explain analyze select 1":                                     "analyzed_plan",
		"select count(*) from granted_permits":                         int64(3),
		"select current_setting('lock_configuration')":                 true,
		"select '; copy (select 1) to ''x''' = 'x'":                    false,
		"select count(*) from (from query('select 1 union select 2'))": int64(2),
	} {
		rows, err := freely(t.Context(), s, statement)
		if err != nil || len(rows) == 0 {
			t.Errorf("%s: %v, %v", statement, rows, err)
		} else if want != rows[0][0] && want != false {
			t.Errorf("%s: %v, want %v", statement, rows[0][0], want)
		}
	}
}

func TestFreeValues(t *testing.T) {
	s, _ := behind(t, fencing{})
	for statement, want := range map[string]any{
		"[1, null, 3]": "[1, NULL, 3]", "{'b': 1, 'a': 'x'}": "{'a': x, 'b': 1}", "1.50::decimal(9,2)": "1.50", "-0.05::decimal(5,2)": "-0.05",
		"0::decimal(5,2)": "0.00", "7::decimal(5,0)": "7", "interval '1 month 3 days'": "1 months 3 days 0s", "1::hugeint": int64(1),
		"170141183460469231731687303715884105727::hugeint": "170141183460469231731687303715884105727",
		"18446744073709551615::ubigint":                    "18446744073709551615", "255::utinyint": int64(255), "-3::tinyint": int64(-3), "3::usmallint": int64(3),
		"4::uinteger": int64(4), "'nan'::double": "nan", "'-inf'::double": "-inf", "'inf'::float": "inf", "0.1::float": 0.1, "0.25": "0.25", "1e3": 1000.0,
		"timestamp '2020-01-02 03:04:05'": "2020-01-02 03:04:05", "timestamp 'infinity'": "infinity", "date 'infinity'": "infinity", "date '-infinity'": "-infinity",
		"time '10:00'": "10:00:00", "timestamp_ns '2020-01-02 03:04:05.000000001'": "2020-01-02 03:04:05.000000001",
		"'ab'::blob": `\x6162`, "map {'a': 1}": "{a=1}", "'101'::bit": "101", "'b'::enum('a', 'b')": "b", "union_value(k := 1)": "1",
		"array[1, 2]::int[2]": "[1, 2]", `'{"a": [1]}'::json`: `{"a":[1]}`, "null": nil, "true": true, "1::bignum": "1", "[date '2020-01-02']": "[2020-01-02]",
		"'6b2a4b1e-1d2c-4f5a-8b9c-0a1b2c3d4e5f'::uuid": "6b2a4b1e-1d2c-4f5a-8b9c-0a1b2c3d4e5f", "date '2020-01-02'": time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC),
	} {
		rows, err := freely(t.Context(), s, "select "+statement)
		if err != nil || len(rows) != 1 || rows[0][0] != want {
			t.Errorf("%s: %#v, %v, want %#v", statement, rows, err, want)
		}
	}
	// Types that the driver does not know are told, not crashed over.
	for _, statement := range []string{"select 1::variant", "select '10:00'::time_ns"} {
		if _, err := freely(t.Context(), s, statement); err == nil {
			t.Errorf("%s: no error", statement)
		}
	}
}

func TestSelectEnds(t *testing.T) {
	s, _ := behind(t, fencing{})
	var names []string
	n := 0
	err := s.free(t.Context(), "select range as a, 2 as a, 3 as a_2 from range(100000)", reader{
		columns: func(columns []queries.Column) error {
			for _, c := range columns {
				names = append(names, c.Name)
			}
			return nil
		},
		row: func([]any) error {
			if n++; n == 7 {
				return errEnough
			}
			return nil
		},
	})
	if err != nil || n != 7 || strings.Join(names, " ") != "a a_2 a_2_2" {
		t.Errorf("%d rows of %v, %v", n, names, err)
	}
}

// TestIdentitiesInTheFence attaches what keys stand for: as views that keep the protected back, with no way around them.
func TestIdentitiesInTheFence(t *testing.T) {
	s, dir := behind(t, fencing{people: true})
	rows, err := freely(t.Context(), s, `select permit_id, p.person_id, n.family_name, n.cpr_number from identities.carl2_permits p
		join identities.carl2_persons n using (person_id) order by permit_id`)
	if err != nil || len(rows) != 3 || rows[0][2] != "Prøve" || rows[0][3] != "2308833384" {
		t.Errorf("%v, %v", rows, err)
	}
	for _, statement := range []string{
		"from read_blob('" + filepath.Join(dir, "scratch", "identities.duckdb") + "')",
		"select filename from read_blob('" + filepath.Join(dir, "scratch") + "/*')",
		"select filename from read_blob((select path from duckdb_databases() where path like '%identities.duckdb'))",
		"from query((select 'from ' || database_name || '.cpr_persons' from duckdb_databases() where database_name like 'kept%'))",
		"from query_table((select database_name || '.cpr_persons' from duckdb_databases() where database_name like 'kept%'))",
		"from read_blob('" + dir + "/store/identities/2014-12-31/identities.duckdb')",
	} {
		if rows, err := freely(t.Context(), s, statement); err == nil && len(rows) > 0 {
			t.Errorf("%s: gives %d rows", statement, len(rows))
		}
	}
	left, err := os.ReadDir(filepath.Join(dir, "scratch"))
	if err != nil || len(left) > 0 && left[0].Name() == "identities.duckdb" {
		t.Errorf("the second name is still there: %v, %v", left, err)
	}
	_, err = freely(t.Context(), s, "select cpr_number::date from identities.cpr_persons")
	if err == nil || aboutStatement(err) {
		t.Errorf("a value in a message would be told: %v", aboutStatement(err))
	}
	if _, err = freely(t.Context(), s, "select nothing from cpr_persons"); !aboutStatement(err) {
		t.Errorf("a wrong name would be kept back: %v", err)
	}
}

// TestNamesOfStores: a store is called what its owner likes, and the fence finds it, with its identities.
func TestNamesOfStores(t *testing.T) {
	_, dir := behind(t, fencing{})
	for _, name := range []string{"a%b", "a#b", "a'b", "a:b", "~x", "-x", `a\b`} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(dir, "store"))); err != nil {
			t.Fatal(err)
		}
		e, err := enclose(t.Context(), &store.Store{Dir: filepath.Join(dir, name)}, time.Time{}, fencing{people: true, scratch: t.TempDir(), memory: "200MB"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if rows, err := freely(t.Context(), e, "select count(*) from identities.carl2_permits"); err != nil || rows[0][0] != int64(3) {
			t.Errorf("%s: %v, %v", name, rows, err)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
}
