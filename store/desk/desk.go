// Package desk opens DuckDB, for everything that a store does with it: a database in memory with its limits and its folder for
// temporary files set, to which files are attached. It has the functions that a load's SQL calls, and the quoting of what stands
// in a statement. What is asked and what the answers mean is not known here.
package desk

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"koblet/store/disk"
)

// LeastMemory keeps a load of a million rows a table under 1 GiB, the program's own memory included.
const LeastMemory = 640_000_000

// Desk is a database in memory to which the files of snapshots are attached, to be read. Its temporary files, should it
// need any, lie in a scratch folder that goes with it.
type Desk struct {
	db      *sql.DB
	Conn    *sql.Conn
	Scratch *disk.Scratch
}

// Open makes one; beside is the folder in which its temporary files go, the system's own where empty.
func Open(ctx context.Context, beside string) (*Desk, error) {
	tmp, err := disk.NewScratch(beside)
	if err != nil {
		return nil, err
	}
	d := &Desk{Scratch: tmp}
	if d.db, err = sql.Open("duckdb", ""); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), tmp.Close())
	}
	if d.Conn, err = d.db.Conn(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), d.db.Close(), tmp.Close())
	}
	for _, statement := range []string{
		fmt.Sprintf("set memory_limit = '%dB'", LeastMemory),
		"set temp_directory = " + Literal(tmp.Dir),
		"set autoinstall_known_extensions = false",
		"set autoload_known_extensions = false",
	} {
		if _, err := d.Conn.ExecContext(ctx, statement); err != nil {
			return nil, errors.Join(fmt.Errorf("database: %w", err), d.Close())
		}
	}
	return d, nil
}

// Attach opens a database file for reading under a name.
func (d *Desk) Attach(ctx context.Context, name, path string) error {
	_, err := d.Conn.ExecContext(ctx, Attachment(name, path))
	return err
}

// Close releases the database, and takes what it put aside away.
func (d *Desk) Close() error { return errors.Join(d.Conn.Close(), d.db.Close(), d.Scratch.Close()) }
