package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// desk is a database in memory to which the files of snapshots are attached, to be read. Its temporary files, should it
// need any, lie in a scratch folder that goes with it.
type desk struct {
	db   *sql.DB
	conn *sql.Conn
	tmp  *Scratch
}

// openDesk makes one; beside is the folder in which its temporary files go, the system's own where empty.
func openDesk(ctx context.Context, beside string) (*desk, error) {
	tmp, err := NewScratch(beside)
	if err != nil {
		return nil, err
	}
	d := &desk{tmp: tmp}
	if d.db, err = sql.Open("duckdb", ""); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), tmp.Close())
	}
	if d.conn, err = d.db.Conn(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), d.db.Close(), tmp.Close())
	}
	for _, statement := range []string{
		fmt.Sprintf("set memory_limit = '%dB'", leastMemory),
		"set temp_directory = " + literal(tmp.Dir),
		"set autoinstall_known_extensions = false",
		"set autoload_known_extensions = false",
	} {
		if _, err := d.conn.ExecContext(ctx, statement); err != nil {
			return nil, errors.Join(fmt.Errorf("database: %w", err), d.close())
		}
	}
	return d, nil
}

// attach opens a database file for reading under a name.
func (d *desk) attach(ctx context.Context, name, path string) error {
	_, err := d.conn.ExecContext(ctx, attachment(name, path))
	return err
}

// attachment is the statement that opens a database file for reading under a name.
func attachment(name, path string) string {
	return fmt.Sprintf("attach %s as %s (read_only)", literal(rooted(path)), name)
}

func (d *desk) close() error { return errors.Join(d.conn.Close(), d.db.Close(), d.tmp.Close()) }
