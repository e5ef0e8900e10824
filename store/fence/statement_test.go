package fence

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"koblet/store"
)

// TestTheGateNamesFunctions: what a table function may be is a list, and what is not on it is refused by its name before anything is
// bound; so is whatever is no SELECT.
func TestTheGateNamesFunctions(t *testing.T) {
	s, dir := behind(t, fencing{})
	snapshot := filepath.Join(dir, "store", "2014-12-31", "snapshot.duckdb")
	for _, statement := range []string{
		"from enable_logging()", "from enable_logging('QueryLog')", "from disable_logging()", "from truncate_duckdb_logs()", "from duckdb_logs()",
		"from enable_profiling()", "from disable_profiling()", "from checkpoint()", "from force_checkpoint()", "from checkpoint('snapshot')",
		"from duckdb_secrets()", "from which_secret('x', 's3')", "from duckdb_variables()", "from duckdb_prepared_statements()", "from enable_peg_parser()",
		"from pragma_storage_info('carl2_permits')", "from pragma_table_info('carl2_permits')", "from pragma_version()", "from pragma_database_size()",
		"from read_blob('" + snapshot + "')", "from read_text('" + snapshot + ".wal')", "from read_csv('x.csv')", "from read_duckdb('" + snapshot + "')",
		"from glob('*')", "from parquet_scan('x')", "from sniff_csv('x')", "from seq_scan('x')", "from arrow_scan(1, 2, 3)",
		"from query_table('carl2_permits')", "from query_table(['carl2_permits'])", "from query('from pragma_version()')", "from query('from read_' || 'csv(1)')",
		"from json_execute_serialized_sql(json_serialize_sql('select 1'))", "select json_serialize_plan('select 1')", "select write_log('x')",
		"select (select max(version) from pragma_version())", "with x as (from checkpoint()) select 1", "select 1 where exists (from pragma_version())",
		"select 1 union all from pragma_user_agent()", "from carl2_permits, lateral (from pragma_version())", "from main.checkpoint()", `from "Checkpoint"()`,
		"explain from checkpoint()", "explain analyze from enable_logging()", "describe from pragma_version()", "summarize from pragma_version()",
		"from sql_auto_complete('sel')", "from nothing_of_the_kind()",
	} {
		if rows, err := freely(t.Context(), s, statement); !errors.Is(err, ErrFunction) {
			t.Errorf("%s: %v, %v", statement, rows, err)
		}
	}
	for _, statement := range []string{"from '" + snapshot + "'", "from '" + snapshot + ".wal'", "describe '" + snapshot + "'", "summarize 'x.parquet'", "from 'x.csv' a, carl2_permits",
		`from "` + strings.TrimSuffix(snapshot, ".duckdb") + `".duckdb`, `from "` + snapshot + `".wal`, `from "/etc"."passwd.x".csv`, `describe "` + dir + `/persons".csv`,
	} {
		if rows, err := freely(t.Context(), s, statement); !errors.Is(err, ErrFile) {
			t.Errorf("%s: %v, %v", statement, rows, err)
		}
	}
	for _, statement := range []string{
		"copy nothing to 'x'", "copy (from nothing) to 'x' (format nothing)", "copy carl2_permits from 'nowhere.csv'", "copy from database a to b",
		"explain copy nothing to 'x'", "explain analyze copy nothing to 'x'", "call checkpoint()", "pivot carl2_permits on category",
		"create table x as from nothing", "pragma nothing", "explain explain select 1", "explain /* x */ analyze /* y */ pragma enable_profiling",
	} {
		if rows, err := freely(t.Context(), s, statement); !errors.Is(err, ErrStatement) {
			t.Errorf("%s: %v, %v", statement, rows, err)
		}
	}
}

// TestWhatPassedIsWhatRuns: DuckDB's comments lie within each other, so that what seems to be a comment of a SELECT may be a statement of
// its own behind an EXPLAIN. The write-ahead name of the snapshot is one that DuckDB itself would let it write.
func TestWhatPassedIsWhatRuns(t *testing.T) {
	s, dir := behind(t, fencing{})
	journal := filepath.Join(dir, "store", "2014-12-31", "snapshot.duckdb.wal")
	for _, behind := range []string{
		"copy (select 1) to '" + journal + "'", "pragma enable_profiling", "create temp table x as select 1", "checkpoint", "load json",
	} {
		for _, statement := range []string{
			"explain analyze /* /* */ select 1 --*/ " + behind, "explain analyze /*/**/ select 1 --*/*/ " + behind,
			"explain /* /* */ analyze /* x */ select 1 --*/ analyze " + behind, "explain (analyze /* /* */) select 1 --*/) " + behind,
		} {
			rows, err := freely(t.Context(), s, statement)
			if err == nil && (len(rows) != 1 || strings.Contains(fmt.Sprint(rows), "COPY") || strings.Contains(fmt.Sprint(rows), "BATCH")) {
				t.Errorf("%s: %v", statement, rows)
			}
		}
	}
	if found, err := filepath.Glob(filepath.Join(filepath.Dir(journal), "*.wal")); err != nil || len(found) > 0 {
		t.Errorf("written: %v, %v", found, err)
	}
	if rows, err := freely(t.Context(), s, "select count(*) from duckdb_tables() where table_name = 'x'"); err != nil || rows[0][0] != int64(0) {
		t.Errorf("made a table: %v, %v", rows, err)
	}
}

// TestNoJournalBesideASnapshot: a write-ahead file beside a snapshot is nobody's of this program.
func TestNoJournalBesideASnapshot(t *testing.T) {
	_, folder := behind(t, fencing{})
	dir := filepath.Join(folder, "store")
	if err := errors.Join(os.Chmod(filepath.Join(dir, "2014-12-31"), 0o700), os.WriteFile(filepath.Join(dir, "2014-12-31", "snapshot.duckdb.wal"), []byte("x"), 0o600)); err != nil {
		t.Fatal(err)
	}
	_, err := enclose(t.Context(), &store.Store{Dir: dir}, time.Time{}, fencing{scratch: t.TempDir(), memory: "200MB"})
	if err == nil || !strings.Contains(err.Error(), "snapshot.duckdb.wal was not published") {
		t.Errorf("%v", err)
	}
}

// TestNoValuesWithoutRows: where the identities are open nothing shows what the statement did not read: no plan, no statistics.
func TestNoValuesWithoutRows(t *testing.T) {
	s, _ := behind(t, fencing{people: true})
	for statement, want := range map[string]error{
		"explain analyze select count(*) from identities.cpr_persons where protected": ErrPlan,
		"explain (analyze) from identities.cpr_persons":                               ErrPlan,
		"/* x */ explain -- y\n analyse from identities.cpr_persons":                  ErrPlan,
		"explain from identities.cpr_persons order by birth_date":                     ErrPlan,
		"EXPLAIN(format json) select 1":                                               ErrPlan,
		"select stats(cpr_number) from identities.cpr_persons limit 1":                ErrFunction,
		"select Main.STATS(cpr_number) from identities.cpr_persons limit 1":           ErrFunction,
		"from pragma_storage_info('identities.cpr_persons')":                          ErrFunction,
		"from query('select stats(cpr_number) from identities.cpr_persons')":          ErrFunction,
		"from duckdb_table_sample('cpr_persons')":                                     ErrFunction,
		"from summary((from identities.cpr_persons))":                                 ErrFunction,
	} {
		if rows, err := freely(t.Context(), s, statement); !errors.Is(err, want) {
			t.Errorf("%s: %v, %v, want %v", statement, rows, err, want)
		}
	}
}

// TestPeopleRead counts the rows of the identities that went into an answer, however few rows it has.
func TestPeopleRead(t *testing.T) {
	s, _ := behind(t, fencing{people: true})
	before := int64(0)
	for _, c := range []struct {
		statement   string
		least, most int64 // a statement with a condition may read more than it needs
	}{
		{"select count(*) from carl2_permits", 0, 0},
		{"from identities.carl2_persons", 3, 3},
		{"select string_agg(family_name, ',') from identities.carl2_persons", 3, 3},
		{"select list(n) from identities.carl2_persons n", 3, 3},
		{"select count(*) from identities.carl2_persons", 3, 3},
		{"select min(cpr_number), max(birth_date) from identities.cpr_persons", 2, 2},
		{"select max(number_key) from identities.cpr_persons", 2, 2},
		{"select (select string_agg(family_name) from identities.cpr_persons) || (select max(person_id) from identities.carl2_permits)", 5, 5},
		{"select family_name from identities.carl2_persons where person_id = 'A-1'", 1, 3},
		{"with x as materialized (from identities.carl2_persons) select count(*) from x", 3, 3},
		{"summarize identities.carl2_persons", 3, 3},
		{"from query('from identities.carl2_persons')", 3, 3},
		{"from (describe identities.carl2_persons)", 0, 11}, // of which DuckDB keeps no profile,
	} {
		if _, err := freely(t.Context(), s, c.statement); err != nil {
			t.Fatalf("%s: %v", c.statement, err)
		}
		if read := s.peopleRead() - before; read < c.least || read > c.most {
			t.Errorf("%s: %d rows read, want %d to %d", c.statement, read, c.least, c.most)
		}
		before = s.peopleRead()
	}
}

// TestWording keeps of a statement what says nothing of anybody, in whatever form a name or a number stands in it.
func TestWording(t *testing.T) {
	s, _ := behind(t, fencing{})
	for _, c := range []struct{ statement, want string }{
		{"select permit_id from identities.carl2_permits where person_id = 'Jens 2308833384'", "select permit_id from identities.carl2_permits where (person_id = '…')"},
		{`select $$Jens$$, $q$Jens$q$, e'J\x65ns', 'Jens' x, x'4A656E73'`, "select '…', '…', '…', '…' as name_1, '…'"},
		{"select family_name as \"Jens\", 1 as Jens from carl2_persons Jens where Jens.sex = 'Jens' -- Jens\n/* Jens */", "select family_name as name_1, '…' as name_1 from carl2_persons as name_1 where (name_1.sex = '…')"},
		{"with Jens as (select 1 as Hansen) select Hansen from Jens", "with name_1 as (select '…' as name_2)select name_2 from name_1"},
		{"select 23_08_83_3384, 2308833384, 0x899E0E88, 2308833384::varchar, -2308833384, 2.308833384e9, interval '2308833384' second", ""},
		{"select {'Jens': 1}, {'a': 'Jens'}.a, map {'Jens': 1}, ['Jens'], row('Jens')", ""},
		{"select #2308833384", noWording}, {"select #23088", ""},
		{"select $Jens, $Hansen", ""},
		{`select Jens('x'), x.Jens(), "Jens Hansen"(1)`, ""},
		{"select cast('x' as \"Jens\"), 'x'::enum('Jens', 'Hansen'), 'x'::struct(Jens int)", ""},
		{"select 1::decimal(9, 2), 'x'::date, 'x'::varchar[]", ""},
		{"select * exclude (Jens) replace (1 as Hansen) rename (a as Jens) from carl2_persons", ""},
		{"select columns('Jens.*') from carl2_persons", ""},
		{"select columns(lambda Jens: Jens = 'Hansen') from carl2_persons", ""},
		{"select sum(1) over Jens from carl2_persons window Jens as (order by 'Jens')", ""},
		{"select row_number() over (partition by sex order by citizenship desc nulls last rows between 2308833384 preceding and current row) from carl2_persons", ""},
		{`from carl2_persons Jens(Hansen) join "Jens"."Hansen" using (Jens)`, ""},
		{"from carl2_persons using sample 10 percent (bernoulli, 230883)", ""},
		{"from (values ('Jens', 2308833384)) Jens(Hansen)", ""},
		{"from (pivot carl2_persons on sex in ('Jens', 'Hansen') using count(*))", ""},
		{"from query('select 2308833384')", "select * from query('…')"},
		{"from carl2_persons order by 'Jens' collate Jens limit 2308833384 offset 2308833384", ""},
		{"select case when sex = 'Jens' then 'Hansen' else date '1983-08-23' end from carl2_persons", ""},
		{"select count(*) from carl2_permits group by all having count(*) > 2308833384", ""},
		{"select a.x from carl2_permits a left join carl2_persons b on a.person_key = b.person_key union all select distinct on (x) 1 order by all limit 10", ""},
		{"with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) filter (where n in (1, 2)) from t asof join t b using (n)", ""},
		{"select 'Jens' from", noWording},
		{"delete from Jens where x = 2308833384", noWording},
		{"select 1; select 'Jens'", noWording},
		{"describe Jens", "describe (select * from name_1)"},
		{"show tables", ""},
		{`show "Jens"`, ""},
	} {
		got, err := s.wordingOf(t.Context(), c.statement)
		if err != nil || c.want != "" && got != c.want || c.want == "" && got == noWording {
			t.Errorf("%s: %q, %v, want %q", c.statement, got, err, c.want)
		}
		for _, value := range []string{"jens", "hansen", "2308", "0883", "3384", "899e", "4a65", "1983"} {
			if strings.Contains(strings.ToLower(got), value) {
				t.Errorf("%s: kept as %q", c.statement, got)
			}
		}
	}
}
