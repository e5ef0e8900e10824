package store

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
	"koblet/store/desk"
)

// Fence is what a statement of the user's own runs within.
//
// The file is open for reading only, no other file can be opened, nothing can be loaded or set, and each statement must
// be one SELECT, or an EXPLAIN of one, that calls no other table functions than the gate names. There is no time limit:
// DuckDB has none, and some functions do not hear an interrupt, so the caller runs the fence in a process of its own and
// ends it.
type Fence struct {
	Scratch    string // an empty folder for what does not fit in memory
	Memory     string // such as "1GB"
	Identities bool   // attach what the keys stand for as the schema identities; only the store's owner can
	// Opening is called before the identities are opened, with the snapshot; where it gives an error they stay shut.
	Opening func(*Snapshot) error
}

// Fenced opens the snapshot that Snapshot would, within a fence. Errors: ErrNoSnapshot, ErrNotOwner.
func (s *Store) Fenced(ctx context.Context, asOf time.Time, f Fence) (*Snapshot, error) {
	entry, err := s.find(asOf)
	if err != nil {
		return nil, err
	}
	receipt, err := readReceipt(filepath.Join(entry.dir, receiptFile))
	if err != nil {
		return nil, err
	}
	if err := noJournal(entry); err != nil {
		return nil, err
	}
	snapshot := &Snapshot{AsOf: entry.AsOf, Receipt: receipt, fenced: true}
	if err := snapshot.prepare(ctx, entry, ""); err != nil {
		return nil, errors.Join(fmt.Errorf("snapshot %s: %w", entry.name(), err), snapshot.Close())
	}
	if f.Identities {
		if f.Opening != nil {
			err = f.Opening(snapshot)
		}
		if err == nil {
			err = s.reveal(ctx, snapshot, filepath.Join(s.Dir, identitiesDir, entry.name(), identitiesFile), f.Scratch)
		}
		if err != nil {
			return nil, errors.Join(err, snapshot.Close())
		}
	}
	if err := snapshot.enclose(ctx, f); err != nil {
		return nil, errors.Join(fmt.Errorf("fence: %w", err), snapshot.Close())
	}
	return snapshot, nil
}

// noJournal refuses a snapshot beside which a write-ahead file lies: none was published, DuckDB would take it for a part of
// the snapshot, and it lets fenced statements open what has its name.
func noJournal(entry Entry) error {
	for _, end := range []string{".wal", ".wal.checkpoint", ".wal.recovery"} {
		if _, err := os.Lstat(filepath.Join(entry.dir, snapshotFile+end)); err == nil {
			return fmt.Errorf("snapshot %s: %s%s was not published; koblet snapshots verify tells what else was not", entry.name(), snapshotFile, end)
		}
	}
	return nil
}

// enclose shuts the fence. The order matters: spilling needs a folder named while files can still be named, and the lock
// keeps everything before it.
//
// DuckDB adds the names of attached files to the paths that may be opened, and those of their write-ahead files; it does so when
// external access is shut off, and nothing takes them out again. So no function that opens files passes the gate.
func (s *Snapshot) enclose(ctx context.Context, f Fence) error {
	for _, setting := range []string{
		"set memory_limit = " + desk.Literal(f.Memory),
		"set temp_directory = " + desk.Literal(filepath.Join(f.Scratch, "spill")),
		"set max_temp_directory_size = '4GB'",
		"set secret_directory = 'none'",
		"set allow_persistent_secrets = false",
		"set autoinstall_known_extensions = false",
		"set autoload_known_extensions = false",
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
func (s *Store) reveal(ctx context.Context, snapshot *Snapshot, path, scratch string) error {
	name := filepath.Join(scratch, identitiesFile)
	if err := os.Link(path, name); err != nil {
		return s.Shut("identities", err)
	}
	_, err := snapshot.conn.ExecContext(ctx, desk.Attachment(identitiesDir, name))
	if err := errors.Join(err, os.Remove(name), keptApart(ctx, snapshot.conn)); err != nil {
		return fmt.Errorf("identities: %w", err)
	}
	for _, setting := range lookingSettings {
		if _, err := snapshot.conn.ExecContext(ctx, setting); err != nil {
			return fmt.Errorf("identities: %w", err)
		}
	}
	snapshot.people = true
	return nil
}

// PeopleRead is how many rows of the identities were read for the statements since they were opened, at most: those that came out of
// the scans of their tables, whatever became of them further up. A row that a join or a condition dropped later is counted too, and
// a person with several rows, or read twice, several times.
func (s *Snapshot) PeopleRead() int64 { return s.read }

// count adds the rows of the identities that the last statement read.
func (s *Snapshot) count(ctx context.Context) error {
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
	if strings.HasSuffix(node.Metrics["OPERATOR_TYPE"], "_SCAN") && strings.Contains(node.Metrics["EXTRA_INFO"], "Table="+identitiesDir+".") {
		n, _ = strconv.ParseInt(node.Metrics["OPERATOR_CARDINALITY"], 10, 64)
	}
	for _, child := range node.Children {
		n += scanned(child)
	}
	return n
}

// ErrMixed is told of an edition whose identities hold protected persons beside the others, as they did before they had a file of
// their own. DuckDB shows values of them in plans and statistics whatever view is put before them, so nobody is looked up in it.
var ErrMixed = errors.New("this edition keeps protected persons beside the others; load the day again with --replace")

// keptApart refuses attached identities that hold what stands behind protected persons.
func keptApart(ctx context.Context, conn *sql.Conn) error {
	var apart bool
	if err := conn.QueryRowContext(ctx, queries.Script("open/kept_apart")).Scan(&apart); err != nil {
		return fmt.Errorf("identities: %w", err)
	}
	if !apart {
		return ErrMixed
	}
	return nil
}
