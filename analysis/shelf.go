package analysis

import (
	"context"
	"time"

	"koblet/queries"
	"koblet/store"
)

// Shelf holds the snapshots that one piece of work reads, each opened once, until Close.
type Shelf struct {
	Store *store.Store
	AsOf  time.Time // the day that is meant where none is named; zero is the newest
	open  []*store.Snapshot
}

// Take gives the snapshot of a day, of the shelf's own where the day is zero; store.ErrNoSnapshot where there is none.
func (s *Shelf) Take(ctx context.Context, day time.Time) (*store.Snapshot, error) {
	if day.IsZero() {
		day = s.AsOf
	}
	for _, snapshot := range s.open {
		if snapshot.AsOf.Equal(day) {
			return snapshot, nil
		}
	}
	snapshot, err := s.Store.Snapshot(ctx, day)
	if err != nil {
		return nil, err
	}
	if s.AsOf.IsZero() && day.IsZero() {
		s.AsOf = snapshot.AsOf // the newest stays the one that was the newest at first
	}
	s.open = append(s.open, snapshot)
	return snapshot, nil
}

// Taken are the snapshots taken so far, in the order they were first asked for.
func (s *Shelf) Taken() []*store.Snapshot { return s.open }

// Answer puts one question to the snapshot it is asked of.
func (s *Shelf) Answer(ctx context.Context, a Ask) (Result, error) {
	if len(a.Studies) > 0 {
		return CompareStudies(ctx, s, [2]Study(a.Studies))
	}
	if len(a.Days) > 0 {
		return CompareSnapshots(ctx, s, a.Days, a.Scope)
	}
	q, err := queries.Find(a.Question)
	if err != nil {
		return Result{}, err
	}
	snapshot, err := s.Take(ctx, a.AsOf)
	if err != nil {
		return Result{}, err
	}
	return Run(ctx, snapshot, q, a.Scope)
}

// days are those of all snapshots, in order.
func (s *Shelf) days() ([]time.Time, error) {
	entries, err := s.Store.Snapshots()
	var days []time.Time
	for _, e := range entries {
		days = append(days, e.AsOf)
	}
	return days, err
}

// Close closes every snapshot; they were only read, so nothing can be lost by it.
func (s *Shelf) Close() {
	for _, snapshot := range s.open {
		_ = snapshot.Close()
	}
	s.open = nil
}
