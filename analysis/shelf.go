package analysis

import (
	"context"
	"time"

	"koblet/store"
)

// shelf holds the snapshots that one comparison reads, each opened once, until close.
type shelf struct {
	store *store.Store
	open  map[time.Time]*store.Snapshot
}

// take gives the snapshot of a day; store.ErrNoSnapshot where there is none.
func (s *shelf) take(ctx context.Context, day time.Time) (*store.Snapshot, error) {
	if snapshot, ok := s.open[day]; ok {
		return snapshot, nil
	}
	snapshot, err := s.store.Snapshot(ctx, day)
	if err != nil {
		return nil, err
	}
	if s.open == nil {
		s.open = map[time.Time]*store.Snapshot{}
	}
	s.open[day] = snapshot
	return snapshot, nil
}

// days are those of all snapshots, in order.
func (s *shelf) days() ([]time.Time, error) {
	entries, err := s.store.Snapshots()
	var days []time.Time
	for _, e := range entries {
		days = append(days, e.AsOf)
	}
	return days, err
}

// close closes every snapshot; they were only read, so nothing can be lost by it.
func (s *shelf) close() {
	for _, snapshot := range s.open {
		_ = snapshot.Close()
	}
}
