package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"koblet/queries"
)

// Fence is what a statement of the user's own runs within.
//
// The file is open for reading only, no other file can be opened, nothing can be loaded or set, and each statement must
// be one SELECT, or an EXPLAIN of one. There is no time limit: DuckDB has none, and some functions do not hear an interrupt,
// so the caller runs the fence in a process of its own and ends it.
type Fence struct {
	Scratch    string // an empty folder for what does not fit in memory
	Memory     string // such as "1GB"
	Identities bool   // attach what the keys stand for as the schema identities; only the store's owner can
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
	snapshot := &Snapshot{AsOf: entry.AsOf, Receipt: receipt, fenced: true}
	if err := snapshot.prepare(ctx, entry, ""); err != nil {
		return nil, errors.Join(fmt.Errorf("snapshot %s: %w", entry.name(), err), snapshot.Close())
	}
	if f.Identities {
		if err := snapshot.reveal(ctx, filepath.Join(s.Dir, identitiesDir, entry.name(), identitiesFile), f.Scratch); err != nil {
			return nil, errors.Join(err, snapshot.Close())
		}
	}
	if err := snapshot.enclose(ctx, f); err != nil {
		return nil, errors.Join(fmt.Errorf("fence: %w", err), snapshot.Close())
	}
	return snapshot, nil
}

// enclose shuts the fence. The order matters: spilling needs a folder named while files can still be named, and the lock
// keeps everything before it.
func (s *Snapshot) enclose(ctx context.Context, f Fence) error {
	for _, setting := range []string{
		"set memory_limit = " + literal(f.Memory),
		"set temp_directory = " + literal(filepath.Join(f.Scratch, "spill")),
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

// reveal attaches the identities and puts the views of identities.sql before them, which keep back the names and numbers
// of protected persons.
//
// Two ways lead around the views, and both are closed. DuckDB lets a fenced statement read the bytes of the files that
// are attached: what is attached here is a second name of the file, which is taken away once it is open. And the tables
// behind the views could be named: their schema is called by 128 random bits, in a process that runs one statement.
func (s *Snapshot) reveal(ctx context.Context, path, scratch string) error {
	name := filepath.Join(scratch, identitiesFile)
	if err := os.Link(path, name); err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return ErrNotOwner
		}
		var linking *os.LinkError
		if errors.As(err, &linking) {
			err = linking.Err // without the paths
		}
		return fmt.Errorf("identities: %w", err)
	}
	alias := "kept_" + strings.ToLower(rand.Text())
	_, err := s.conn.ExecContext(ctx, fmt.Sprintf("attach %s as %s (read_only)", literal(name), alias))
	if err := errors.Join(err, os.Remove(name)); err != nil {
		return fmt.Errorf("identities: %w", err)
	}
	script := strings.ReplaceAll(queries.Script("fence/identities"), "kept.", alias+".")
	if _, err := s.conn.ExecContext(ctx, script); err != nil {
		var e *duckdb.Error
		if errors.As(err, &e) && e.Type == duckdb.ErrorTypeBinder {
			return errors.New("identities: this edition does not say who is protected; load the day again with --replace")
		}
		return fmt.Errorf("identities: %w", err)
	}
	return nil
}

// Errors of somebody's own statement that callers tell apart.
var (
	ErrNotOwner  = errors.New("only the owner of the store may open the identities")
	ErrStatement = errors.New("not one SELECT, nor an EXPLAIN of one")
)

// gate lets through exactly one statement that is a SELECT, or an EXPLAIN of one, without running any of it. The driver's
// own QueryContext runs every statement but the last while it prepares them.
//
// EXPLAIN ANALYZE runs what it explains, be it a PRAGMA or a LOAD; so what it explains must pass by itself.
func (s *Snapshot) gate(statement string) error {
	if strings.ContainsRune(statement, 0) {
		return ErrStatement // DuckDB would read no further, and the log of lookups would
	}
	kind, err := s.kind(statement)
	if err != nil {
		return err
	}
	if kind == duckdb.STATEMENT_TYPE_SELECT {
		return nil
	}
	if m := explained.FindStringSubmatch(statement); kind == duckdb.STATEMENT_TYPE_EXPLAIN && m != nil {
		for _, inner := range []string{m[1], options.ReplaceAllString(m[1], "")} {
			if kind, err := s.kind(inner); err == nil && kind == duckdb.STATEMENT_TYPE_SELECT {
				return nil
			}
		}
	}
	return ErrStatement
}

var (
	explained = regexp.MustCompile(`(?is)^\s*explain\s+(?:analyze\s+)?(.*)$`)
	options   = regexp.MustCompile(`(?s)^\([^()]*\)`)
)

// kind prepares a statement and says of which type it is.
func (s *Snapshot) kind(statement string) (duckdb.StmtType, error) {
	kind := duckdb.STATEMENT_TYPE_INVALID
	err := s.conn.Raw(func(driver any) (err error) {
		conn, ok := driver.(*duckdb.Conn)
		if !ok {
			return errors.New("not a connection of DuckDB's")
		}
		prepared, err := conn.Prepare(statement)
		if err != nil {
			return several(err)
		}
		stmt, ok := prepared.(*duckdb.Stmt)
		if !ok {
			return errors.Join(errors.New("not a statement of DuckDB's"), prepared.Close())
		}
		defer func() { err = errors.Join(err, stmt.Close()) }()
		if kind, err = stmt.StatementType(); err != nil {
			return err
		}
		return nil
	})
	return kind, err
}

// several says in our words that there is more than one statement, or none.
func several(err error) error {
	if text := err.Error(); strings.Contains(text, "multi-statement") || strings.Contains(text, "empty query") {
		return ErrStatement
	}
	return err
}
