package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"koblet/registers"
)

// Loading is what one load is asked for: the files of one as-of day and how they are to be taken.
type Loading struct {
	AsOf         time.Time
	Carl2Persons []string
	Carl2Permits []string
	Carl2        []string // files that hold persons and permits together
	CPR          []string
	MaxRejects   Limit             // above it nothing is stored
	Replace      bool              // a new edition of a day that is loaded already
	Profile      registers.Profile // how the files differ from the tables as the program knows them
	Stdin        io.Reader         // what a file named - is read from
	Memory       string            // DuckDB's memory limit, such as "600MB"; empty takes the default
	Program      string            // the version of the program, for the receipt and the hash
	Now          time.Time         // for the receipt only
	Progress     func(step string, done, total int64)
}

// Limit is a number of lines, or a percentage of them.
type Limit struct {
	Count   int64
	Percent float64
}

func (l Limit) holds(rejected, lines int64) bool {
	return rejected <= l.Count || (l.Percent > 0 && float64(rejected) <= l.Percent/100*float64(lines))
}

// defaultMemory keeps a load of a million rows a table under 1 GiB, the program's own memory included.
const defaultMemory = "640MB"

// Load builds the snapshot of one day from the extracts and publishes it. Until it is published the store is as it was;
// after an error it still is, but for the file that lists the rejects where those were the reason. Errors: ErrExists where
// the day is loaded and is not to be replaced, ErrLocked where another load is at work, *RejectsError, and whatever is wrong
// with a file, by its name and line.
func Load(ctx context.Context, dir string, l Loading) (Receipt, error) {
	inputs, err := l.gather()
	if err != nil {
		return Receipt{}, err
	}
	s := &Store{Dir: dir}
	if err := s.makeFolders(); err != nil {
		return Receipt{}, err
	}
	lock := flock.New(filepath.Join(dir, lockFile))
	held, err := lock.TryLock()
	if err != nil {
		return Receipt{}, fmt.Errorf("lock: %w", err)
	}
	if !held {
		return Receipt{}, fmt.Errorf("%s: %w", dir, ErrLocked)
	}
	defer func() { _ = lock.Unlock() }() // the lock goes with the process in any case
	entry, err := s.next(l)
	if err != nil {
		return Receipt{}, err
	}
	if err := s.clean(); err != nil {
		return Receipt{}, err
	}
	receipt, err := s.load(ctx, l, inputs, entry)
	return receipt, errors.Join(err, os.RemoveAll(filepath.Join(dir, buildingDir)))
}

// load does the work between the lock and the publication.
func (s *Store) load(ctx context.Context, l Loading, inputs []input, entry Entry) (Receipt, error) {
	b, err := s.newBuild(ctx, l, inputs)
	if err != nil {
		return Receipt{}, err
	}
	receipt, rejects, err := b.run(ctx)
	if err = errors.Join(err, b.close()); err != nil {
		return Receipt{}, err
	}
	var lines int64
	for _, f := range receipt.Files {
		lines += f.Lines - f.Header
	}
	if n := int64(len(rejects)); !l.MaxRejects.holds(n, lines) {
		path := filepath.Join(s.Dir, entry.name()+"."+rejectsFile)
		if err := writeRejects(path, rejects); err != nil {
			return Receipt{}, err
		}
		return Receipt{}, &RejectsError{Rejects: rejects, Lines: lines, Path: path}
	}
	return receipt, s.publish(b, entry, receipt, rejects)
}

// RejectsError says that more lines were rejected than the load allows. They are listed in the file at Path.
type RejectsError struct {
	Rejects []Reject
	Lines   int64
	Path    string
}

func (e *RejectsError) Error() string {
	return fmt.Sprintf("%d of %d lines are rejected; nothing is stored; they are listed in %s", len(e.Rejects), e.Lines, e.Path)
}

// makeFolders makes the store's own folders where they are missing.
func (s *Store) makeFolders() error {
	for _, folder := range []struct {
		path string
		mode os.FileMode
	}{{s.Dir, 0o750}, {filepath.Join(s.Dir, identitiesDir), 0o700}} {
		if err := os.MkdirAll(folder.path, folder.mode); err != nil {
			return fmt.Errorf("store: %w", err)
		}
	}
	return nil
}

// next says which edition of the day the load will be.
func (s *Store) next(l Loading) (Entry, error) {
	all, err := s.editions()
	if err != nil {
		return Entry{}, err
	}
	entry := Entry{AsOf: l.AsOf}
	for _, e := range all {
		if !e.AsOf.Equal(l.AsOf) {
			continue
		}
		if !l.Replace {
			return Entry{}, fmt.Errorf("%s: %w of %s", s.Dir, ErrExists, l.AsOf.Format(time.DateOnly))
		}
		entry.Edition = e.Edition + 1
	}
	entry.dir = filepath.Join(s.Dir, entry.name())
	return entry, nil
}

// clean takes away what a load that was cut off left behind: its working folder, and identities without a snapshot.
func (s *Store) clean() error {
	if err := os.RemoveAll(filepath.Join(s.Dir, buildingDir)); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(s.Dir, identitiesDir, "[0-9]*"))
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	for _, path := range left {
		_, err := os.Stat(filepath.Join(s.Dir, filepath.Base(path)))
		if entryName.MatchString(filepath.Base(path)) && errors.Is(err, os.ErrNotExist) {
			if err := os.RemoveAll(path); err != nil {
				return fmt.Errorf("store: %w", err)
			}
		}
	}
	return nil
}

// publish moves what was built to its place: the identities first, then the snapshot, whose rename makes it exist.
func (s *Store) publish(b *build, entry Entry, r Receipt, rejects []Reject) error {
	snapshot, identities := filepath.Join(b.dir, "snapshot"), filepath.Join(b.dir, identitiesDir)
	if err := writeReceipt(filepath.Join(snapshot, receiptFile), r); err != nil {
		return err
	}
	if len(rejects) > 0 {
		if err := writeRejects(filepath.Join(snapshot, rejectsFile), rejects); err != nil {
			return err
		}
	}
	if err := errors.Join(
		os.Chmod(filepath.Join(snapshot, snapshotFile), 0o440),
		os.Chmod(filepath.Join(identities, identitiesFile), 0o400),
		syncAll(snapshot), syncAll(identities),
	); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	if err := os.Rename(identities, filepath.Join(s.Dir, identitiesDir, entry.name())); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	if err := os.Rename(snapshot, entry.dir); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return errors.Join(syncDir(filepath.Join(s.Dir, identitiesDir)), syncDir(s.Dir))
}

// syncAll makes sure that the files of a folder, and the folder, are on the disk.
func syncAll(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := syncDir(filepath.Join(dir, f.Name())); err != nil {
			return err
		}
	}
	return syncDir(dir)
}

func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
