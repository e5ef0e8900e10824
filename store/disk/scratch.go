package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// Scratch is a folder for what a process puts aside while it works: only its owner enters it, it is held by a lock, and it
// goes when it is closed. What a process that was killed leaves has a lock that nobody holds, and goes when this user
// next makes one in the same place, or sweeps it.
type Scratch struct {
	Dir  string
	held *flock.Flock
}

// heldFile is the lock by which a folder is held.
const heldFile = "lock"

// ScratchPrefix is how the folders begin.
const ScratchPrefix = ".koblet-"

// NewScratch makes one; beside is the folder in which it lies, the system's own for temporary files where empty. A sweep of
// another process may take the folder away in the moment before it is locked; then another is made.
func NewScratch(beside string) (*Scratch, error) {
	if beside == "" {
		beside = os.TempDir()
	}
	beside = Rooted(beside)
	SweepIn(beside)
	var failed error
	for range 10 {
		dir, err := os.MkdirTemp(beside, ScratchPrefix)
		if err != nil {
			return nil, fmt.Errorf("temporary folder: %w", err)
		}
		s := &Scratch{Dir: dir, held: flock.New(filepath.Join(dir, heldFile))}
		if err := s.held.Lock(); err == nil && s.holds() {
			return s, nil
		} else if failed = err; err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, errors.Join(fmt.Errorf("temporary folder: %w", err), s.Close())
		}
		_ = s.held.Close()
	}
	return nil, fmt.Errorf("temporary folder: it is taken away as soon as it is made: %w", failed)
}

// holds reports whether the lock that is held is still the one that others find.
func (s *Scratch) holds() bool {
	held, err := s.held.Stat()
	if err != nil {
		return false
	}
	found, err := os.Lstat(s.held.Path())
	return err == nil && os.SameFile(held, found)
}

// Close takes the folder away with what is in it.
func (s *Scratch) Close() error { return errors.Join(os.RemoveAll(s.Dir), s.held.Unlock()) }

// Sweep takes away what processes of this user that were killed left in the system's folder for temporary files.
func Sweep() { SweepIn(os.TempDir()) }

// SweepIn takes away the scratch folders in a folder that nobody holds. One without a lock has nothing in it yet, and goes
// where it is empty. The folder may be everybody's, so another user's are not looked into: a pipe by the name of a lock
// would be waited for.
func SweepIn(beside string) {
	found, _ := os.ReadDir(beside)
	for _, f := range found {
		dir := filepath.Join(beside, f.Name())
		if !strings.HasPrefix(f.Name(), ScratchPrefix) || !f.IsDir() || !OwnedByUs(dir) {
			continue
		}
		path := filepath.Join(dir, heldFile)
		if lock, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			_ = os.Remove(dir)
			continue
		} else if err != nil || !lock.Mode().IsRegular() {
			continue
		}
		lock := flock.New(path, flock.SetFlag(os.O_RDONLY)) // one that goes meanwhile is not made again
		if free, err := lock.TryLock(); err == nil && free {
			_ = os.RemoveAll(dir)
		}
		_ = lock.Close()
	}
}
