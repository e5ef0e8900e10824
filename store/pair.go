package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"koblet/queries"
	"koblet/store/desk"
	"koblet/store/disk"
)

// Pair is two snapshots of one store, open together for reading, so that a permit can be followed from one to the other by
// its key. Close it when done.
type Pair struct {
	db   *sql.DB
	conn *sql.Conn
	tmp  *disk.Scratch
}

// Between opens the newest editions of two days, attached as earlier and later. Errors: ErrNoSnapshot.
func (s *Store) Between(ctx context.Context, earlier, later time.Time) (*Pair, error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	pair := &Pair{db: db}
	if pair.tmp, err = disk.NewScratch(""); err != nil {
		return nil, errors.Join(err, pair.Close())
	}
	if pair.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), pair.Close())
	}
	if _, err := pair.conn.ExecContext(ctx, "set temp_directory = "+desk.Literal(pair.tmp.Dir)); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), pair.Close())
	}
	for _, side := range []struct {
		name string
		day  time.Time
	}{{"earlier", earlier}, {"later", later}} {
		entry, err := s.find(side.day)
		if err == nil {
			_, err = pair.conn.ExecContext(ctx, desk.Attachment(side.name, filepath.Join(entry.dir, snapshotFile)))
		}
		if err != nil {
			return nil, errors.Join(err, pair.Close())
		}
	}
	return pair, nil
}

// Query runs a question of the folder compare and gives its rows; cells, values and columns are as Snapshot.Query has them.
func (p *Pair) Query(ctx context.Context, q queries.Question, values map[string]any) ([][]any, error) {
	return query(ctx, p.conn, q, values)
}

// Close releases both snapshots.
func (p *Pair) Close() error {
	var err error
	if p.conn != nil {
		err = p.conn.Close()
	}
	err = errors.Join(err, p.db.Close())
	if p.tmp != nil {
		err = errors.Join(err, p.tmp.Close())
	}
	return err
}
