package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// desk is a database in memory to which the files of snapshots are attached, to be read. Its temporary files, should it
// need any, lie in a folder that only the owner enters and that goes with it.
type desk struct {
	db   *sql.DB
	conn *sql.Conn
	tmp  string
	held *flock.Flock // for as long as somebody works in tmp
}

// deskFolder is how the temporary folders are named.
const deskFolder = ".koblet-"

// openDesk makes one; beside is the folder in which its temporary files go, the system's own where empty.
func openDesk(ctx context.Context, beside string) (*desk, error) {
	if beside == "" {
		beside = os.TempDir()
	}
	sweepDesks(beside)
	tmp, err := os.MkdirTemp(beside, deskFolder)
	if err != nil {
		return nil, fmt.Errorf("temporary folder: %w", err)
	}
	d := &desk{tmp: tmp, held: flock.New(filepath.Join(tmp, lockFile))}
	if err := d.held.Lock(); err != nil {
		return nil, errors.Join(fmt.Errorf("temporary folder: %w", err), d.clear())
	}
	if d.db, err = sql.Open("duckdb", ""); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), d.clear())
	}
	if d.conn, err = d.db.Conn(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), d.db.Close(), d.clear())
	}
	for _, statement := range []string{
		fmt.Sprintf("set memory_limit = '%dB'", leastMemory),
		"set temp_directory = " + literal(tmp),
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
	return fmt.Sprintf("attach %s as %s (read_only)", literal(path), name)
}

func (d *desk) close() error { return errors.Join(d.conn.Close(), d.db.Close(), d.clear()) }

func (d *desk) clear() error { return errors.Join(os.RemoveAll(d.tmp), d.held.Unlock()) }

// sweepDesks takes away what a process that was killed left behind, for it may be half of an export with the identities.
// A folder whose lock is held is somebody's; one without a lock has nothing in it yet. What cannot be taken away is
// another user's.
func sweepDesks(beside string) {
	locks, _ := filepath.Glob(filepath.Join(oneFile(beside), deskFolder+"*", lockFile))
	for _, path := range locks {
		lock := flock.New(path)
		if free, err := lock.TryLock(); err == nil && free {
			_ = os.RemoveAll(filepath.Dir(path))
		}
		_ = lock.Unlock()
	}
}
