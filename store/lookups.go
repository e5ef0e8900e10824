package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"koblet/store/disk"
)

// ErrNotOwner is told to who may not look people up.
var ErrNotOwner = errors.New("only the owner of the store may open the identities")

// errOwners is told to who may read the store and tries to change it.
var errOwners = errors.New("only the owner of the store loads into it and removes from it")

// ofOwner is why the store cannot be changed: that it is another's, where that is why the system does not let whoever tries.
func (s *Store) ofOwner(what string, err error) error {
	itself := s.Dir + string(filepath.Separator) + "." // and not the link that may lead to it
	if _, wrong := os.Lstat(itself); errors.Is(err, fs.ErrPermission) && wrong == nil && !disk.OwnedByUs(itself) {
		return fmt.Errorf("%s: %w", s.Dir, errOwners)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// Lookup is one opening of the identities: who saw how many rows, when, what for and by which question. Rows is nil where the
// identities were opened and nothing has been shown yet.
type Lookup struct {
	At       time.Time `json:"at"`
	Who      string    `json:"who"`
	Purpose  string    `json:"purpose"`
	AsOf     string    `json:"as_of"`
	Question string    `json:"question"` // the question's name and what it was asked for, or the statement
	Rows     *int64    `json:"rows"`
	// ReadAtMost is how many rows of the identities went into what was shown, at most: one row may hold everybody's names. Nil where
	// that is not known, or the rows are shown themselves.
	ReadAtMost *int64 `json:"read_at_most,omitempty"`
}

// Shut is why the identities cannot be opened or written beside, less the path: ErrNotOwner where they are another user's, else the
// system's own word, as of a disk that is full or can only be read.
func (s *Store) Shut(what string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		path := filepath.Join(s.Dir, identitiesDir)
		if _, wrong := os.Lstat(path); wrong == nil && !disk.OwnedByUs(path) {
			return ErrNotOwner
		}
	}
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("%s: %w", what, err)
}

// LogLookup appends to the log of lookups and brings it to the disk. Where it gives an error, nothing may be shown. It is
// the log of this program's own openings: whoever owns the files can read them with other programs. Errors: ErrNotOwner.
func (s *Store) LogLookup(l Lookup) error {
	if err := s.append(l); err != nil {
		return s.Shut("lookup log", err)
	}
	return nil
}

func (s *Store) append(l Lookup) error {
	path := filepath.Join(s.Dir, identitiesDir, lookupsFile)
	if err := disk.Regular(path); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := disk.Belong(f.Name()); err != nil {
		return errors.Join(err, f.Close())
	}
	line, err := json.Marshal(l)
	if !endsWhole(f) {
		line = append([]byte("\n"), line...) // after a line that was cut off
	}
	if err == nil {
		_, err = f.Write(append(line, '\n'))
	}
	if err == nil {
		err = errors.Join(f.Sync(), disk.Sync(filepath.Join(s.Dir, identitiesDir)))
	}
	return errors.Join(err, f.Close())
}

// endsWhole reports whether a file is empty or ends with a line break.
func endsWhole(f *os.File) bool {
	found, err := f.Stat()
	if err != nil || found.Size() == 0 {
		return err == nil
	}
	last := []byte{0}
	_, err = f.ReadAt(last, found.Size()-1)
	return err == nil && last[0] == '\n'
}
