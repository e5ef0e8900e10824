// Package desk opens DuckDB, for everything that a store does with it: a database in memory with its limits and its folder for
// temporary files set, to which files are attached. It has the functions that a load's SQL calls, and the quoting of what stands
// in a statement. What is asked and what the answers mean is not known here.
package desk

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"

	"github.com/duckdb/duckdb-go/v2"

	"koblet/store/disk"
)

// LeastMemory keeps a load of a million rows a table under 1 GiB, the program's own memory included.
const LeastMemory = 640_000_000

// Settings are what a database is opened with, beyond what holds for all: nothing is installed or loaded by itself.
type Settings struct {
	Memory string // DuckDB's limit, such as "2GB"; LeastMemory where it is empty
	Beside string // the folder in which one for temporary files is made: the system's own where it is empty
	Folder string // or that one itself, which is there, and goes with whoever made it
	Spare  bool   // where no folder can be made, as on a full disk, what needs none is done without
}

// Desk is a database in memory to which the files of snapshots are attached. Its temporary files, should it need any, lie in a
// folder that goes with it. Conn is its first connection; DB gives others, each prepared like it.
type Desk struct {
	DB      *sql.DB
	Conn    *sql.Conn
	Scratch *disk.Scratch // nil where the folder is another's, or there is none

	prepared atomic.Pointer[[]string] // what every further connection begins with
}

// Open makes one. It is the one way in which this program opens DuckDB.
func Open(ctx context.Context, s Settings) (*Desk, error) {
	d := &Desk{}
	folder := s.Folder
	if folder == "" {
		made, err := disk.NewScratch(s.Beside)
		if err != nil && !s.Spare {
			return nil, err
		} else if err == nil {
			d.Scratch, folder = made, made.Dir
		}
	}
	connector, err := duckdb.NewConnector("", func(connection driver.ExecerContext) error {
		if list := d.prepared.Load(); list != nil {
			for _, statement := range *list {
				if _, err := connection.ExecContext(context.Background(), statement, nil); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), d.Close())
	}
	d.DB = sql.OpenDB(connector)
	d.DB.SetMaxOpenConns(connections)
	d.DB.SetMaxIdleConns(connections)
	if d.Conn, err = d.DB.Conn(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), d.Close())
	}
	memory := cmp.Or(s.Memory, strconv.Itoa(LeastMemory)+"B")
	for _, statement := range []string{
		"set memory_limit = " + Literal(memory),
		"set temp_directory = " + Literal(folder),
		"set autoinstall_known_extensions = false",
		"set autoload_known_extensions = false",
	} {
		if _, err := d.Conn.ExecContext(ctx, statement); err != nil {
			return nil, errors.Join(fmt.Errorf("database: %w", err), d.Close())
		}
	}
	return d, nil
}

// Prepare runs statements on the first connection, and on every other as soon as it is made. It is called once.
func (d *Desk) Prepare(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if _, err := d.Conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	d.prepared.Store(&statements)
	return nil
}

// connections are how many a database has at most: each costs memory, and DuckDB shares the processors out by itself. Who finds none
// free waits.
const connections = 16

// Attach opens a database file for reading under a name.
func (d *Desk) Attach(ctx context.Context, name, path string) error {
	if err := disk.Regular(path); err != nil {
		return err
	}
	_, err := d.Conn.ExecContext(ctx, Attachment(name, path))
	return err
}

// Close releases the database, and takes what it put aside away.
func (d *Desk) Close() error {
	var err error
	if d.Conn != nil {
		err = d.Conn.Close()
	}
	if d.DB != nil {
		err = errors.Join(err, d.DB.Close())
	}
	if d.Scratch != nil {
		err = errors.Join(err, d.Scratch.Close())
	}
	return err
}
