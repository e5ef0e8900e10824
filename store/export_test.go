package store

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"koblet/store/desk"
)

func TestAnExportHoldsWhatTheSnapshotHolds(t *testing.T) {
	dir, r := load(t, loading(t, writeFiles(t, registersOf)))
	out := filepath.Join(t.TempDir(), "it's exported")
	s := &Store{Dir: dir}
	exported, err := s.Export(t.Context(), Exporting{Out: out, Lookup: Lookup{At: r.LoadedAt, Who: "somebody", Purpose: "a test", Question: "export"}})
	if err != nil {
		t.Fatal(err)
	}
	var described Exported
	text, err := os.ReadFile(filepath.Join(out, schemaFile))
	if err := errors.Join(err, json.Unmarshal(text, &described)); err != nil || len(described.Tables) < 15 || described.Snapshot != r.Snapshot {
		t.Fatalf("%d tables in the schema, %v", len(described.Tables), err)
	}
	d, err := desk.Open(t.Context(), desk.Settings{Beside: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	mustExec(t, d, desk.Attachment("snapshot", filepath.Join(dir, "2014-12-31", snapshotFile)),
		desk.Attachment(identitiesDir, filepath.Join(dir, identitiesDir, "2014-12-31", identitiesFile)), "use snapshot")
	for _, table := range exported.Tables {
		files := "read_parquet(" + desk.Literal(filepath.Join(out, table.Files)) + ", hive_partitioning = true, hive_types_autocast = true)"
		var columns []string
		for _, c := range table.Columns {
			if c.Meaning == "" || table.Meaning == "" {
				t.Errorf("%s.%s: no meaning", table.Table, c.Column)
			}
			if c.Column != "decided_year" {
				columns = append(columns, c.Column)
			}
		}
		list := strings.Join(columns, ", ")
		var rows, differences int64
		if err := d.Conn.QueryRowContext(t.Context(), "select count(*) from "+files).Scan(&rows); err != nil || rows != table.Rows {
			t.Errorf("%s: %d rows, %d in the schema, %v", table.Table, rows, table.Rows, err)
		}
		if err := d.Conn.QueryRowContext(t.Context(), "select count(*) from ((select "+list+" from "+files+" except all select "+list+" from "+table.Table+
			") union all (select "+list+" from "+table.Table+" except all select "+list+" from "+files+"))").Scan(&differences); err != nil || differences != 0 {
			t.Errorf("%s: %d rows differ, %v", table.Table, differences, err)
		}
		if names := columnsIn(t, d, "describe from "+files); strings.Join(names, ", ") != shapeOf(table) {
			t.Errorf("%s: the files have %v, the schema %v", table.Table, names, shapeOf(table))
		}
	}
	for name, mode := range map[string]fs.FileMode{
		".": 0o750, "schema.json": 0o440, "carl2_permits/decided_year=2013": 0o750, "carl2_permits/decided_year=2013/data_0.parquet": 0o440,
		"identities": 0o700, "identities/carl2_persons.parquet": 0o400,
	} {
		if found, err := os.Stat(filepath.Join(out, name)); err != nil || found.Mode().Perm() != mode {
			t.Errorf("%s: %v, want mode %v", name, err, mode)
		}
	}
	if left := namesIn(t, filepath.Dir(out)); len(left) != 1 {
		t.Errorf("beside the export: %v", left)
	}
}

// columnsIn gives the names and types that a describe statement gives.
func columnsIn(t *testing.T, d *desk.Desk, describe string) []string {
	t.Helper()
	rows, err := d.Conn.QueryContext(t.Context(), "select column_name || ' ' || column_type from ("+describe+")")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func shapeOf(table ExportedTable) string {
	var all []string
	for _, c := range table.Columns {
		all = append(all, c.Column+" "+c.Type)
	}
	return strings.Join(all, ", ")
}

func TestNoIdentitiesWithoutALookup(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	s, out := &Store{Dir: dir}, filepath.Join(t.TempDir(), "out")
	log := filepath.Join(dir, identitiesDir, lookupsFile)
	if _, err := s.Export(t.Context(), Exporting{Out: out}); err != nil {
		t.Fatal(err)
	}
	found := 0
	if err := filepath.WalkDir(out, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, secret := range []string{"0102801238", "Quistorff", "1980-02-01"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s holds what identifies", path)
			}
		}
		found++
		return err
	}); err != nil || found < 12 {
		t.Errorf("%d files, %v", found, err)
	}
	if _, err := os.Stat(log); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a lookup is recorded that was none: %v", err)
	}
	// A line that was cut off, by a full disk perhaps, stays as it is and spoils no other.
	if err := os.WriteFile(log, []byte(`{"at":"2014`), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.LogLookup(Lookup{Who: "somebody", Purpose: "a test"}); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(log)
	const line = `{"at":"0001-01-01T00:00:00Z","who":"somebody","purpose":"a test","as_of":"","question":"","rows":null}` + "\n"
	if want := `{"at":"2014` + "\n" + line + line; err != nil || string(text) != want {
		t.Errorf("the log is %q, %v", text, err)
	}
	if err := os.Remove(log); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(log, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Export(t.Context(), Exporting{Out: out + "2", Lookup: Lookup{Purpose: "a test"}}); err == nil {
		t.Error("identities are exported although the lookup is not recorded")
	}
	if left := namesIn(t, filepath.Dir(out)); len(left) != 1 {
		t.Errorf("beside the export: %v", left)
	}
}
