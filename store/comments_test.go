package store

import (
	"path/filepath"
	"strings"
	"testing"

	"koblet/registers"
	"koblet/store/desk"
)

func TestEveryTableAndColumnSaysWhatItMeans(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	d, err := desk.Open(t.Context(), desk.Settings{Beside: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	mustExec(t, d, desk.Attachment("snapshot", filepath.Join(dir, "2014-12-31", snapshotFile)),
		desk.Attachment("identities", filepath.Join(dir, identitiesDir, "2014-12-31", identitiesFile)))
	rows, err := d.Conn.QueryContext(t.Context(), `
		select database_name, table_name, '', coalesce(comment, '') from duckdb_tables()
		union all
		select c.database_name, c.table_name, c.column_name, coalesce(c.comment, '')
		from duckdb_columns() c
		join duckdb_tables() t using (database_oid, schema_oid, table_oid)
		order by all`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	// These say more than the register's own column: the program decides them.
	derived := map[string]bool{"person_group": true, "category": true, "citizenship": true}
	seen, same := 0, 0
	for rows.Next() {
		var database, table, column, comment string
		if err := rows.Scan(&database, &table, &column, &comment); err != nil {
			t.Fatal(err)
		}
		where := strings.TrimSuffix(database+"."+table+"."+column, ".")
		seen++
		if len(comment) < 4 {
			t.Errorf("%s has no comment; it goes into queries/load/comments.sql", where)
		}
		for _, register := range registers.Tables() {
			if register.Name != table || derived[column] {
				continue
			}
			if f, ok := register.Field(column); ok {
				if same++; f.Meaning != comment {
					t.Errorf("%s means %q, registers says %q", where, comment, f.Meaning)
				}
			}
		}
	}
	if err := rows.Err(); err != nil || seen < 100 || same < 25 {
		t.Errorf("%d tables and columns, %d of them the registers', %v", seen, same, err)
	}
}
