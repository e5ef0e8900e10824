package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"koblet/registers/profiles"
	"koblet/store/disk"
	"koblet/store/extract"
)

// Loading is what one load is asked for: the files of one as-of day and how they are to be taken.
type Loading struct {
	AsOf         time.Time
	Carl2Persons []string
	Carl2Permits []string
	Carl2        []string // files that hold persons and permits together
	CPR          []string
	MaxRejects   Limit            // above it nothing is stored
	Accept       []string         // reasons, of registers.LimitReasons, for which the load is not refused
	Replace      bool             // a new edition of a day that is loaded already
	Profile      profiles.Profile // how the files differ from the tables as the program knows them
	Stdin        io.Reader        // what a file named - is read from
	Memory       string           // DuckDB's memory limit, such as "2GB"; where it is empty, as much as the rows call for
	Program      string           // the version of the program, for the receipt and the hash
	Now          time.Time        // for the receipt only
	Progress     func(step string, done, total int64)
}

// Delivery is the files of the load, and how they are read.
func (l Loading) Delivery() extract.Delivery {
	return extract.Delivery{Carl2Persons: l.Carl2Persons, Carl2Permits: l.Carl2Permits, Carl2: l.Carl2, CPR: l.CPR, Profile: l.Profile, Stdin: l.Stdin}
}

// Reading is the step of a load that is counted in bytes; the others are counted in statements.
const Reading = "read"

// Limit is a number of lines, or a percentage of them.
type Limit struct {
	Count   int64
	Percent float64
}

func (l Limit) holds(rejected, lines int64) bool {
	return rejected <= l.Count || (l.Percent > 0 && float64(rejected) <= l.Percent/100*float64(lines))
}

// bytesPerRow is what a load takes of memory where it is not told, above the least that a database has. Two registers of ten million
// rows were joined with 71 bytes a row; with 23 they were not.
const bytesPerRow = 80

// Load builds the snapshot of one day from the extracts and publishes it. Until it is published the store is as it was;
// after an error it still is, but for the file that lists the rejects where those were the reason. Errors: ErrExists where
// the day is loaded and is not to be replaced, ErrLocked where another load is at work, ErrMemory, *RejectsError, *LimitsError, *GateError,
// and whatever is wrong with a file, by its name and line.
func Load(ctx context.Context, dir string, l Loading) (Receipt, error) {
	if _, _, err := l.hold(l.ofDay()); err != nil {
		return Receipt{}, err
	}
	inputs, err := l.Delivery().Gather()
	if err != nil {
		return Receipt{}, err
	}
	if err := namable(dir); err != nil {
		return Receipt{}, err
	}
	s := &Store{Dir: dir}
	if err := s.makeFolders(); err != nil {
		return Receipt{}, err
	}
	unlock, err := s.lock()
	if err != nil {
		return Receipt{}, err
	}
	defer unlock()
	entry, err := s.next(l)
	if err != nil {
		return Receipt{}, err
	}
	if err := s.clean(); err != nil {
		return Receipt{}, err
	}
	receipt, err := s.load(ctx, l, inputs, entry)
	if err != nil { // the database says much more
		switch lack := Lacking(err); {
		case errors.Is(lack, ErrSpace):
			err = fmt.Errorf("%s: no space left on the disk; the store is as it was", dir)
		case errors.Is(lack, ErrMemory):
			err = fmt.Errorf("%s: the load %w; the store is as it was", dir, lack)
		}
	}
	return receipt, errors.Join(err, os.RemoveAll(filepath.Join(dir, buildingDir)))
}

// Lacking is what the machine did not give where that is why work failed, ErrMemory, ErrSpace or ErrRead; else nil. Of memory the
// database's own text tells, behind a fence too; it says much more.
func Lacking(err error) error {
	if err == nil {
		return nil
	}
	read, unread := errors.AsType[*fs.PathError](err)
	switch said := strings.ToLower(err.Error()); {
	case unread && read.Op == "read":
		return fmt.Errorf("%w: %s: %w", ErrRead, filepath.Base(read.Path), read.Err)
	case errors.Is(err, ErrSpace), strings.Contains(said, "no space left on device"):
		return ErrSpace
	case errors.Is(err, ErrMemory), strings.Contains(said, "out of memory error"):
		return ErrMemory
	}
	return nil
}

// load does the work between the lock and the publication.
func (s *Store) load(ctx context.Context, l Loading, inputs []extract.Input, entry Entry) (Receipt, error) {
	b, err := s.newBuild(ctx, l, inputs)
	if err != nil {
		return Receipt{}, err
	}
	b.earlier, b.replaced, err = s.before(entry)
	if err != nil {
		return Receipt{}, errors.Join(err, b.close())
	}
	receipt, rejected, err := b.run(ctx)
	if changed := extract.Unchanged(inputs); changed != nil && ctx.Err() == nil {
		err = changed // and whatever was wrong may be so because of it
	}
	refused, senseless := errors.AsType[*LimitsError](err)
	if senseless {
		err = nil // the rejects are told first
	}
	if err = errors.Join(err, b.close()); err != nil {
		return Receipt{}, err
	}
	var lines int64
	for _, f := range receipt.Files {
		lines += f.Lines - f.Header
	}
	n := rejected.n
	if senseless && refused.repeats() {
		n -= ofRepeats(rejected)
	}
	if !l.MaxRejects.holds(n, lines) {
		path := s.rejectsPath(entry)
		if err := writeRejects(path, rejected.all()); err != nil {
			return Receipt{}, err
		}
		err := error(&RejectsError{
			First: rejected.first(mostRejects), N: rejected.n, ByReason: rejected.of, Lines: lines, Path: path, Cure: rejectsCure(b.inputs, rejected.all()),
		})
		switch {
		case senseless && refused.repeats():
			err = errors.Join(refused.besideRejects(), err)
		case senseless:
			err = errors.Join(err, refused.besideRejects())
		}
		return Receipt{}, err
	}
	if senseless {
		return Receipt{}, refused
	}
	if err := errors.Join(gate(receipt.Gate), ctx.Err()); err != nil {
		return Receipt{}, err
	}
	if err := s.publish(b, entry, receipt, rejected); err != nil {
		return Receipt{}, err
	}
	return receipt, s.dropRejects(entry) // of an attempt before
}

// RejectsError says that more lines were rejected than the load allows. They are listed in the file at Path.
type RejectsError struct {
	First    []Reject // at most ten of them
	N        int64
	ByReason map[string]int64
	Lines    int64
	Path     string
	Cure     string // what in the profile helps; empty where nothing is known to
}

// mostRejects is how many rejected lines are told one by one.
const mostRejects = 10

func (e *RejectsError) Error() string {
	return fmt.Sprintf("%d of %d lines are rejected; nothing is stored; they are listed in %s", e.N, e.Lines, e.Path)
}

// makeFolders makes the store's own folders where they are missing. Nobody but the owner enters the identities, whatever
// the umask is and whatever was there; the mode of a store that is there is its owner's choice.
func (s *Store) makeFolders() error {
	identities := filepath.Join(s.Dir, identitiesDir)
	_, err := os.Stat(s.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(s.Dir, 0o750); err == nil {
			err = errors.Join(os.Chmod(s.Dir, 0o750), disk.Sync(filepath.Dir(filepath.Clean(s.Dir))))
		}
	}
	if err != nil {
		return s.ofOwner("store", err)
	}
	if err := os.Mkdir(identities, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return s.ofOwner("store", err)
	}
	if err := errors.Join(os.Chmod(identities, 0o700), disk.Belong(identities), disk.Sync(s.Dir)); err != nil {
		return s.ofOwner("store", err)
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

// lock takes the lock of whoever changes the store; ErrLocked where somebody else has it. It is tried for a second: a command
// that only reads holds it while it takes away what a killed load left.
func (s *Store) lock() (unlock func(), err error) {
	soon, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := disk.Regular(filepath.Join(s.Dir, lockFile)); err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	lock := flock.New(filepath.Join(s.Dir, lockFile))
	held, err := lock.TryLockContext(soon, 20*time.Millisecond)
	if err != nil && soon.Err() == nil {
		return nil, s.ofOwner("lock", err)
	}
	if !held {
		return nil, fmt.Errorf("%s: %w", s.Dir, ErrLocked)
	}
	_ = disk.Belong(lock.Path())             // which group it is in does not matter; root always can
	return func() { _ = lock.Unlock() }, nil // the lock goes with the process in any case
}
