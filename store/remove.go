package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"koblet/store/disk"
)

// Removal is what is to be removed: a day with all its editions, or some of them.
type Removal struct {
	AsOf     time.Time
	Editions []int // none means all
}

// Remove takes snapshots out of the store for good, identities included, and gives the paths it removed. Of a day's editions the
// older go first, so that a removal that is cut off brings no replaced edition back; each leaves by a rename, so that
// it is there whole or not at all, and what is then left the next load or removal cleans away. Whoever has a
// removed file open reads on. The log of lookups stays. Errors: ErrNoSnapshot, ErrLocked.
func (s *Store) Remove(r Removal) ([]string, error) {
	if _, err := s.find(r.AsOf); err != nil {
		return nil, err
	}
	unlock, err := s.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := s.clean(); err != nil {
		return nil, err
	}
	chosen, err := s.chosen(r)
	if err != nil {
		return nil, err
	}
	var removed []string
	for _, e := range chosen {
		paths, err := s.removeEdition(e)
		removed = append(removed, paths...)
		if err != nil {
			return removed, fmt.Errorf("remove %s: %w", e.name(), err)
		}
	}
	return removed, nil
}

// chosen gives the editions to remove, the oldest first.
func (s *Store) chosen(r Removal) ([]Entry, error) {
	all, err := s.editions()
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e Entry) bool { return !e.AsOf.Equal(r.AsOf) })
	if len(r.Editions) == 0 {
		return all, nil
	}
	var there []string
	for _, e := range all {
		there = append(there, fmt.Sprint(e.Edition))
	}
	for _, n := range r.Editions {
		if !slices.ContainsFunc(all, func(e Entry) bool { return e.Edition == n }) {
			return nil, fmt.Errorf("%s: %w of %s in edition %d; there are the editions %s",
				s.Dir, ErrNoSnapshot, r.AsOf.Format(time.DateOnly), n, strings.Join(there, ", "))
		}
	}
	return slices.DeleteFunc(all, func(e Entry) bool { return !slices.Contains(r.Editions, e.Edition) }), nil
}

// removeEdition takes one edition away: the snapshot first, for identities without a snapshot are swept up later, while a
// snapshot without its identities would be half of one.
func (s *Store) removeEdition(e Entry) ([]string, error) {
	away := filepath.Join(s.Dir, removingDir)
	if err := errors.Join(os.MkdirAll(away, 0o700), disk.Belong(away)); err != nil {
		return nil, err
	}
	if err := os.Rename(e.dir, filepath.Join(away, e.name())); err != nil {
		return nil, err
	}
	if err := errors.Join(disk.Sync(away), disk.Sync(s.Dir)); err != nil {
		return nil, err
	}
	identities := filepath.Join(s.Dir, identitiesDir, e.name())
	err := errors.Join(s.dropRejects(e), os.RemoveAll(identities), disk.Sync(filepath.Dir(identities)), os.RemoveAll(away), disk.Sync(s.Dir))
	return []string{e.dir, identities}, err
}
