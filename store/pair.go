package store

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"koblet/queries"
	"koblet/store/desk"
)

// Pair is two snapshots of one store, open together for reading, so that a permit can be followed from one to the other by
// its key. Close it when done.
type Pair struct{ desk *desk.Desk }

// Between opens the newest editions of two days, attached as earlier and later. Errors: ErrNoSnapshot.
func (s *Store) Between(ctx context.Context, earlier, later time.Time) (*Pair, error) {
	d, err := desk.Open(ctx, desk.Settings{Memory: ofReader})
	if err != nil {
		return nil, err
	}
	for _, side := range []struct {
		name string
		day  time.Time
	}{{"earlier", earlier}, {"later", later}} {
		entry, err := s.find(side.day)
		if err == nil {
			err = d.Attach(ctx, side.name, filepath.Join(entry.dir, snapshotFile))
		}
		if err != nil {
			return nil, errors.Join(err, d.Close())
		}
	}
	return &Pair{d}, nil
}

// Query runs a question of the folder compare and gives its rows; cells, values and columns are as Snapshot.Query has them.
func (p *Pair) Query(ctx context.Context, q queries.Question, values map[string]any) ([][]any, error) {
	return desk.Query(ctx, p.desk.DB, q, values)
}

// Close releases both snapshots.
func (p *Pair) Close() error { return p.desk.Close() }
