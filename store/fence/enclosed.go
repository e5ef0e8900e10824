package fence

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"koblet/queries"
	"koblet/store"
	"koblet/store/desk"
	"koblet/store/disk"
)

// enclosed is a snapshot within its fence: the file is open for reading only, no other file can be opened, nothing can be loaded or
// set, and each statement must be one SELECT, or an EXPLAIN of one, that calls no other table functions than the gate names.
// There is no time limit: DuckDB has none, and some functions do not hear an interrupt, so it lives in a process of its own.
type enclosed struct {
	*store.Snapshot
	conn      *sql.Conn
	people    bool     // the identities are open
	read      int64    // how many rows of them were
	functions []string // the table functions that the snapshot has itself; nil until they are asked for
}

// fencing is what a fence is put up with.
type fencing struct {
	scratch string // an empty folder for what does not fit in memory
	memory  string // such as "1GB"
	people  bool   // attach what the keys stand for as the schema identities; only the store's owner can
	// opening is called before the identities are opened, with the snapshot; where it gives an error they stay shut.
	opening func(*enclosed) error
}

// enclose opens the snapshot that s.Snapshot would, within a fence. Errors: store.ErrNoSnapshot, store.ErrNotOwner.
func enclose(ctx context.Context, s *store.Store, asOf time.Time, f fencing) (*enclosed, error) {
	snapshot, err := s.Apart(ctx, asOf, desk.Settings{Memory: f.memory, Folder: filepath.Join(f.scratch, "spill")})
	if err != nil {
		return nil, err
	}
	e := &enclosed{Snapshot: snapshot, conn: snapshot.Conn()}
	if f.people {
		if f.opening != nil {
			err = f.opening(e)
		}
		if err == nil {
			err = e.reveal(ctx, s, f.scratch)
		}
		if err != nil {
			return nil, errors.Join(err, e.Close())
		}
	}
	if err := e.shut(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("fence: %w", err), e.Close())
	}
	return e, nil
}

// shut shuts the fence. The order matters: spilling needs a folder named while files can still be named, and the lock keeps
// everything before it.
//
// DuckDB adds the names of attached files to the paths that may be opened, and those of their write-ahead files; it does so when
// external access is shut off, and nothing takes them out again. So no function that opens files passes the gate.
func (s *enclosed) shut(ctx context.Context) error {
	for _, setting := range []string{
		"set max_temp_directory_size = '4GB'",
		"set secret_directory = 'none'",
		"set allow_persistent_secrets = false",
		"set allow_community_extensions = false",
		"set enable_external_access = false",
		"set lock_configuration = true",
	} {
		if _, err := s.conn.ExecContext(ctx, setting); err != nil {
			return err
		}
	}
	return nil
}

// lookingSettings are for a process that has the identities open: rows are counted where they are read, and no answer is made of
// the statistics of a column instead of its rows.
var lookingSettings = []string{
	"set enable_profiling = 'no_output'",
	`set custom_profiling_settings = '{"OPERATOR_TYPE": "true", "OPERATOR_CARDINALITY": "true", "EXTRA_INFO": "true"}'`,
	"set disabled_optimizers = 'statistics_propagation'",
}

// reveal attaches the identities. They hold of protected persons the keys alone: what stands behind those is in a file that
// this process never opens.
//
// DuckDB lets a fenced statement read the bytes of the files that are attached. What is attached here is a second name of the
// file, which is taken away once it is open.
func (s *enclosed) reveal(ctx context.Context, of *store.Store, scratch string) error {
	name := filepath.Join(scratch, people+".duckdb")
	if err := disk.Regular(s.Identities()); err != nil {
		return of.Shut("identities", err)
	}
	if err := os.Link(s.Identities(), name); err != nil {
		return of.Shut("identities", err)
	}
	_, err := s.conn.ExecContext(ctx, desk.Attachment(people, name))
	if err := errors.Join(err, os.Remove(name), store.KeptApart(ctx, s.conn)); err != nil {
		return fmt.Errorf("identities: %w", err)
	}
	for _, setting := range lookingSettings {
		if _, err := s.conn.ExecContext(ctx, setting); err != nil {
			return fmt.Errorf("identities: %w", err)
		}
	}
	s.people = true
	return nil
}

// people is the schema of what the keys stand for.
const people = "identities"

// peopleRead is how many rows of the identities were read for the statements since they were opened, at most: those that came out of
// the scans of their tables, whatever became of them further up. A row that a join or a condition dropped later is counted too, and
// a person with several rows, or read twice, several times.
func (s *enclosed) peopleRead() int64 { return s.read }

// count adds the rows of the identities that the last statement read.
func (s *enclosed) count(ctx context.Context) error {
	if !s.people {
		return nil
	}
	if profile, err := duckdb.GetProfilingInfo(s.conn); err == nil {
		s.read += scanned(profile)
		return nil
	}
	var all int64 // DuckDB keeps no profile of some statements, as of DESCRIBE
	if err := s.conn.QueryRowContext(ctx, queries.Script("fence/rows_of_people")).Scan(&all); err != nil {
		return fmt.Errorf("identities: how many rows were read: %w", err)
	}
	s.read += all
	return nil
}

func scanned(node duckdb.ProfilingInfo) (n int64) {
	if strings.HasSuffix(node.Metrics["OPERATOR_TYPE"], "_SCAN") && strings.Contains(node.Metrics["EXTRA_INFO"], "Table="+people+".") {
		n, _ = strconv.ParseInt(node.Metrics["OPERATOR_CARDINALITY"], 10, 64)
	}
	for _, child := range node.Children {
		n += scanned(child)
	}
	return n
}

// query runs a question with its values, through the gate as everything is.
func (s *enclosed) query(ctx context.Context, q queries.Question, values map[string]any) ([][]any, error) {
	if _, err := s.gate(ctx, q.Statement()); err != nil {
		return nil, err
	}
	rows, err := desk.Query(ctx, s.conn, q, values)
	if err != nil {
		return nil, err
	}
	return rows, s.count(ctx)
}

// pairs gives each row of two texts to take.
func (s *enclosed) pairs(ctx context.Context, statement string, take func(a, b string)) error {
	rows, err := s.conn.QueryContext(ctx, statement)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			return err
		}
		take(a, b)
	}
	return rows.Err()
}
