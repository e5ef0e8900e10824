package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"koblet/queries"
	"koblet/store/desk"
	"koblet/store/disk"
)

// Exporting is what one export is asked for: the snapshot of a day, or the newest where the day is zero, into a folder that
// is not there yet. Where Lookup names a purpose the identities go with it, and the lookup is recorded.
type Exporting struct {
	AsOf   time.Time
	Out    string
	Memory string // what it may take, such as "4GB"; as questions have where it is empty
	Lookup Lookup // At, Who, Purpose and Question; the rest is filled in
}

// Exported says what an export holds: it is the export's schema.json.
type Exported struct {
	AsOf     string          `json:"as_of"`
	Snapshot string          `json:"snapshot"` // the snapshot's hash
	Program  string          `json:"program"`  // that loaded it
	Tables   []ExportedTable `json:"tables"`
}

// ExportedTable is one table of an export, in one Parquet file or, partitioned, in one for each value of a column that then
// stands in the path and not in the files.
type ExportedTable struct {
	Table       string           `json:"table"`
	Meaning     string           `json:"meaning"`
	Files       string           `json:"files"` // a pattern, from the export's folder
	PartitionBy string           `json:"partition_by,omitempty"`
	Rows        int64            `json:"rows"`
	Columns     []ExportedColumn `json:"columns"`
}

// ExportedColumn is one column: its name, its type as DuckDB writes it, and what it means.
type ExportedColumn struct {
	Column  string `json:"column"`
	Type    string `json:"type"`
	Meaning string `json:"meaning"`
}

// schemaFile describes an export, beside its tables.
const schemaFile = "schema.json"

// keyType is what keys are in an export: queries/export says why.
const keyType = "DECIMAL(20,0)"

// partitioned is the one table that is cut by a column, which the export adds to it.
const partitioned = "carl2_permits"

var yearOfDecision = ExportedColumn{Column: "decided_year", Type: "BIGINT", Meaning: "the year of the decision; NULL where the day is unknown"}

// Export writes a snapshot's tables as Parquet files with a file that describes them. They are written aside, in a folder
// that only the owner enters, and appear whole under their name or not at all. Errors: ErrNoSnapshot, ErrNotOwner, fs.ErrExist.
func (s *Store) Export(ctx context.Context, e Exporting) (exported Exported, err error) {
	if _, err := os.Lstat(e.Out); !errors.Is(err, fs.ErrNotExist) {
		return Exported{}, fmt.Errorf("%s: %w", e.Out, fs.ErrExist)
	}
	entry, err := s.find(e.AsOf)
	if err != nil {
		return Exported{}, err
	}
	receipt, err := readReceipt(filepath.Join(entry.dir, receiptFile))
	if err != nil {
		return Exported{}, err
	}
	parent := filepath.Dir(filepath.Clean(e.Out))
	d, err := desk.Open(ctx, desk.Settings{Beside: parent, Memory: cmp.Or(e.Memory, ofReader)})
	if err != nil {
		return Exported{}, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.Attach(ctx, "snapshot", filepath.Join(entry.dir, snapshotFile)); err != nil {
		return Exported{}, fmt.Errorf("snapshot %s: %w", entry.name(), err)
	}
	x := &export{d: d, dir: filepath.Join(d.Scratch.Dir, "export"), Exported: Exported{
		AsOf: entry.AsOf.Format(time.DateOnly), Snapshot: receipt.Snapshot, Program: receipt.Program,
	}}
	if e.Lookup.Purpose != "" {
		if err := x.openIdentities(ctx, s, entry, e.Lookup); err != nil {
			return Exported{}, err
		}
	}
	if err := x.write(ctx, e.Lookup.Purpose != ""); err != nil {
		return Exported{}, fmt.Errorf("export: %w", err)
	}
	if err := disk.Move(x.dir, e.Out); err != nil {
		return Exported{}, fmt.Errorf("export: %w", err)
	}
	return x.Exported, nil
}

// export is an export at work.
type export struct {
	Exported
	d   *desk.Desk
	dir string // where it is written until it is whole
}

// openIdentities attaches the identities, less those of protected persons, and records the lookup: nothing of them is written before that is on the disk.
func (x *export) openIdentities(ctx context.Context, s *Store, entry Entry, l Lookup) error {
	path := filepath.Join(s.Dir, identitiesDir, entry.name(), identitiesFile)
	file, err := disk.Open(path)
	if err != nil {
		return s.Shut("identities", err)
	}
	if err := errors.Join(file.Close(), x.d.Attach(ctx, identitiesDir, path), KeptApart(ctx, x.d.Conn)); err != nil {
		return fmt.Errorf("identities: %w", err)
	}
	tables, err := x.tables(ctx, identitiesDir)
	if err != nil {
		return fmt.Errorf("identities: %w", err)
	}
	var rows int64
	for _, t := range tables {
		rows += t.Rows
	}
	l.AsOf, l.Rows = x.AsOf, &rows
	return s.LogLookup(l)
}

// write writes the tables, the identities where they are asked for, and the file that describes them.
func (x *export) write(ctx context.Context, identities bool) error {
	if err := os.Mkdir(x.dir, 0o750); err != nil {
		return err
	}
	if err := x.writeTables(ctx, "snapshot"); err != nil {
		return err
	}
	if identities {
		if err := os.Mkdir(filepath.Join(x.dir, identitiesDir), 0o700); err != nil {
			return err
		}
		if err := x.writeTables(ctx, identitiesDir); err != nil {
			return fmt.Errorf("identities: %w", err)
		}
	}
	text, err := json.MarshalIndent(x.Exported, "", "  ")
	if err != nil {
		return err
	}
	if err := disk.Write(filepath.Join(x.dir, schemaFile), append(text, '\n'), 0o440); err != nil {
		return err
	}
	return settle(x.dir)
}

// writeTables writes the tables of one database. Those of the identities lie in a folder of their own.
func (x *export) writeTables(ctx context.Context, database string) error {
	tables, err := x.tables(ctx, database)
	if err != nil {
		return err
	}
	for _, t := range tables {
		from, path := database+"."+t.Table, t.Table+".parquet"
		script, values := exportScript(t)
		t.Files = path
		switch {
		case database == identitiesDir:
			path = identitiesDir + "/" + path
			t.Table, t.Files = from, path
		case t.Table == partitioned:
			script, path = partitioned, t.Table
			t.Files, t.PartitionBy = path+"/*/*.parquet", yearOfDecision.Column
			t.Columns = append(t.Columns, yearOfDecision)
		}
		values = append(values, sql.Named("table_name", from), sql.Named("path", filepath.Join(x.dir, path)))
		if _, err := x.d.Conn.ExecContext(ctx, queries.Script("export/"+script), values...); err != nil {
			return fmt.Errorf("%s: %w", t.Table, err)
		}
		x.Tables = append(x.Tables, t)
	}
	return nil
}

// exportScript gives the script that writes a table, and the keys where it has some.
func exportScript(t ExportedTable) (string, []any) {
	var keys []any
	for _, c := range t.Columns {
		if c.Type == keyType {
			keys = append(keys, c.Column)
		}
	}
	switch len(keys) {
	case 0:
		return "plain", nil
	case len(t.Columns):
		return "keys", []any{sql.Named("keys", keys)}
	}
	return "keyed", []any{sql.Named("keys", keys)}
}

// tables describes the tables of an attached database, by name.
func (x *export) tables(ctx context.Context, database string) ([]ExportedTable, error) {
	rows, err := x.d.Conn.QueryContext(ctx, queries.Script("export/schema"), sql.Named("database", database))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []ExportedTable
	for rows.Next() {
		var t ExportedTable
		var c ExportedColumn
		if err := rows.Scan(&t.Table, &t.Meaning, &c.Column, &c.Type, &c.Meaning); err != nil {
			return nil, err
		}
		if n := len(all); n == 0 || all[n-1].Table != t.Table {
			all = append(all, t)
		}
		last := &all[len(all)-1]
		last.Columns = append(last.Columns, c)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for i, t := range all {
		row := x.d.Conn.QueryRowContext(ctx, queries.Script("export/rows"), sql.Named("table_name", database+"."+t.Table))
		if err := row.Scan(&all[i].Rows); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// settle gives an export the modes of a snapshot, whatever the umask was, and brings it to the disk.
func settle(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o440)
		switch {
		case entry.IsDir() && entry.Name() == identitiesDir:
			mode = 0o700
		case entry.IsDir():
			mode = 0o750
		case filepath.Base(filepath.Dir(path)) == identitiesDir:
			mode = 0o400
		}
		return errors.Join(os.Chmod(path, mode), disk.Sync(path))
	})
}

// ErrMixed is told of an edition whose identities hold protected persons beside the others, as they did before they had a file of
// their own. DuckDB shows values of them in plans and statistics whatever view is put before them, so nobody is looked up in it.
var ErrMixed = errors.New("this edition keeps protected persons beside the others; load the day again with --replace")

// KeptApart refuses attached identities that hold what stands behind protected persons.
func KeptApart(ctx context.Context, conn *sql.Conn) error {
	var apart bool
	if err := conn.QueryRowContext(ctx, queries.Script("open/kept_apart")).Scan(&apart); err != nil {
		return fmt.Errorf("identities: %w", err)
	}
	if !apart {
		return ErrMixed
	}
	return nil
}
