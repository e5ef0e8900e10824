package store

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gofrs/flock"

	"koblet/store/desk"
	"koblet/store/disk"
)

// Errors that callers tell apart.
var (
	ErrNoStore    = errors.New("no store")
	ErrNoSnapshot = errors.New("no snapshot")
	ErrExists     = errors.New("snapshot exists")
	ErrLocked     = errors.New("another load holds the lock")
	ErrMemory     = errors.New("needs more memory than it may take")
	ErrSpace      = errors.New("needs more room than is left on the disk")
	ErrRead       = errors.New("met a file that the disk does not give")
)

// The names inside a store.
const (
	snapshotFile   = "snapshot.duckdb"
	identitiesFile = "identities.duckdb"
	protectedFile  = "protected.duckdb"
	receiptFile    = "receipt.json"
	rejectsFile    = "rejects.csv"
	filesFile      = "files.json"
	identitiesDir  = "identities"
	secretFile     = "secret"
	lookupsFile    = "lookups.ndjson"
	buildingDir    = ".building"
	removingDir    = ".removing"
	lockFile       = "lock"
)

// Store is a folder of snapshots.
type Store struct{ Dir string }

// Entry is one snapshot of a store: its day and its edition, 0 for the first load and counting up with replacements.
type Entry struct {
	AsOf    time.Time
	Edition int
	Older   []int // editions that this one replaced and that are still there
	dir     string
}

// Open gives the store in a folder; ErrNoStore where there is no such folder. What a load or a removal that was killed left
// of persons' data in it goes then, where whoever opens it may take it away.
func Open(dir string) (*Store, error) {
	if err := namable(dir); err != nil {
		return nil, err
	}
	found, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: %w", dir, ErrNoStore)
	case err != nil:
		return nil, fmt.Errorf("store: %w", err)
	case !found.IsDir():
		return nil, fmt.Errorf("%s: %w: not a folder", dir, ErrNoStore)
	}
	s := &Store{Dir: dir}
	s.tidy()
	return s, nil
}

// tidy takes away what lies aside in the store and is nobody's work: then the lock is free. Whoever may not take the lock
// only reads, and leaves it.
func (s *Store) tidy() {
	for _, name := range []string{buildingDir, removingDir} {
		if _, err := os.Lstat(filepath.Join(s.Dir, name)); err != nil {
			continue
		}
		if disk.Regular(filepath.Join(s.Dir, lockFile)) != nil {
			return
		}
		lock := flock.New(filepath.Join(s.Dir, lockFile))
		if free, err := lock.TryLock(); err == nil && free {
			_ = s.clean()
		}
		_ = lock.Close()
		return
	}
}

// namable refuses a store by whose path its files cannot be named to the database, which takes what follows a question mark
// for no part of it, or cannot be told in one line.
func namable(dir string) error {
	whole, err := filepath.Abs(dir)
	switch {
	case err != nil:
		return errors.New("store: the working folder is gone; change to one that is there")
	case strings.ContainsFunc(whole, unicode.IsControl) || !utf8.ValidString(whole):
		return errors.New("store: its path has a line break, a control character or no UTF-8 in it; name another folder")
	case strings.Contains(whole, "?"):
		return fmt.Errorf("%s: the database opens no file with a question mark in its path; name another folder", dir)
	}
	return nil
}

var entryName = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:\.r(\d+))?$`)

// Snapshots lists the newest edition of every day, in order of the days.
func (s *Store) Snapshots() ([]Entry, error) {
	all, err := s.editions()
	if err != nil {
		return nil, err
	}
	var newest []Entry
	for _, e := range all {
		if n := len(newest); n > 0 && newest[n-1].AsOf.Equal(e.AsOf) {
			e.Older = append(newest[n-1].Older, newest[n-1].Edition)
			newest[n-1] = e
		} else {
			newest = append(newest, e)
		}
	}
	return newest, nil
}

// editions lists every edition of every day, in order of day and edition.
func (s *Store) editions() ([]Entry, error) {
	folders, err := os.ReadDir(s.Dir)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	var all []Entry
	for _, f := range folders {
		m := entryName.FindStringSubmatch(f.Name())
		if m == nil || !f.IsDir() {
			continue
		}
		day, err := time.Parse(time.DateOnly, m[1])
		if err != nil {
			continue
		}
		edition, _ := strconv.Atoi(m[2])
		all = append(all, Entry{AsOf: day, Edition: edition, dir: filepath.Join(s.Dir, f.Name())})
	}
	slices.SortFunc(all, func(a, b Entry) int {
		if c := a.AsOf.Compare(b.AsOf); c != 0 {
			return c
		}
		return a.Edition - b.Edition
	})
	return all, nil
}

// find gives the newest edition of a day, or of the newest day where the day is zero.
func (s *Store) find(asOf time.Time) (Entry, error) {
	entries, err := s.Snapshots()
	if err != nil {
		return Entry{}, err
	}
	if len(entries) == 0 {
		return Entry{}, fmt.Errorf("%s: %w: nothing is loaded", s.Dir, ErrNoSnapshot)
	}
	if asOf.IsZero() {
		return entries[len(entries)-1], nil
	}
	var days []string
	for _, e := range entries {
		if e.AsOf.Equal(asOf) {
			return e, nil
		}
		days = append(days, e.AsOf.Format(time.DateOnly))
	}
	return Entry{}, fmt.Errorf("%s: %w of %s; there are %s", s.Dir, ErrNoSnapshot, asOf.Format(time.DateOnly), strings.Join(days, ", "))
}

// name is the name of the snapshot's folder, in the store and among the identities.
func (e Entry) name() string {
	name := e.AsOf.Format(time.DateOnly)
	if e.Edition > 0 {
		name += ".r" + strconv.Itoa(e.Edition)
	}
	return name
}

// secretBytes are 192 bits. In base64 they are 32 characters, so that secret, letter and text fit one block of SHA-256 (55
// bytes) for the identifiers that registers have, which halves the time of keying.
const secretBytes = 24

// sameSecret holds a secret against the newest identities that can be opened: a snapshot with the keys of another could be
// compared with none before it. Identities that are damaged are for verify to tell.
func (s *Store) sameSecret(ctx context.Context, secret string) error {
	all, err := s.editions()
	if err != nil || len(all) == 0 {
		return err
	}
	d, err := desk.Open(ctx, desk.Settings{})
	if err != nil {
		return err
	}
	same := true
	for _, e := range slices.Backward(all) {
		if d.Attach(ctx, identitiesDir, filepath.Join(s.Dir, identitiesDir, e.name(), identitiesFile)) != nil {
			continue
		}
		same, err = desk.KeptBy(ctx, d.Conn, secret)
		break
	}
	if err = errors.Join(err, d.Close()); err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	if !same {
		return fmt.Errorf("%s: %s; put back the right one from the store's backup", filepath.Join(s.Dir, identitiesDir, secretFile), otherSecret)
	}
	return nil
}

// otherSecret says that a secret does not make the keys that are there.
const otherSecret = "not the secret that made the store's keys"

// readSecret reads the store's secret; fs.ErrNotExist where it has none.
func (s *Store) readSecret() (string, error) {
	path := filepath.Join(s.Dir, identitiesDir, secretFile)
	text, err := disk.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("secret: %w", err)
	}
	secret := strings.TrimSpace(string(text))
	if len(secret) != base64.StdEncoding.EncodedLen(secretBytes) {
		return "", fmt.Errorf("%s: not a secret of this program; without it no key of this store can be made again", path)
	}
	return secret, nil
}

// secret gives the store's own secret and makes it when the store has none.
func (s *Store) secret() (string, error) {
	path := filepath.Join(s.Dir, identitiesDir, secretFile)
	if found, err := s.readSecret(); !errors.Is(err, fs.ErrNotExist) {
		return found, err
	}
	if loaded, err := s.editions(); err != nil || len(loaded) > 0 {
		return "", fmt.Errorf("%s: the secret is gone while snapshots are there; put it back from the store's backup", path)
	}
	random := make([]byte, secretBytes)
	if _, err := rand.Read(random); err != nil {
		return "", fmt.Errorf("secret: %w", err)
	}
	made := base64.StdEncoding.EncodeToString(random)
	if err := disk.Write(path, []byte(made+"\n"), 0o400); err != nil {
		return "", fmt.Errorf("secret: %w", err)
	}
	return made, nil
}

// Within reports whether a path is a store or lies in one: in the store of that folder, or in any other that stands above it.
// It goes by what the folders are and not by how they are written, so that no link, no ".." and no capital hides one. The
// path, and folders on the way to it, need not be there yet.
func Within(path, dir string) bool {
	for at := realPath(path); ; at = filepath.Dir(at) {
		found, err := os.Stat(at)
		if err == nil && found.IsDir() && (Holds(dir, found) || isStore(at)) {
			return true
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}

// Holds reports whether what was found is that folder, or a folder or file in it, wherever it was found: a folder of a store may be mounted in
// a second place. A store that is not there holds nothing.
func Holds(dir string, found fs.FileInfo) bool {
	if named, err := os.Stat(dir); err != nil || !isStore(dir) {
		return err == nil && os.SameFile(named, found) // nothing is kept in it yet, and it may be any folder
	}
	holds := false
	_ = filepath.WalkDir(realPath(dir), func(_ string, entry fs.DirEntry, err error) error {
		if entry != nil { // a link that somebody put there is not what it leads to
			if one, wrong := entry.Info(); wrong == nil && os.SameFile(one, found) {
				holds = true
				return fs.SkipAll
			}
		}
		if err != nil {
			return fs.SkipDir // what cannot be read here, the caller cannot write either
		}
		return nil
	})
	return holds
}

// isStore reports whether a folder has what every store has from its first load on.
func isStore(dir string) bool {
	for _, name := range []string{identitiesDir, lockFile} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			return false
		}
	}
	return true
}

// realPath is a path with the links of what is there of it followed. It is not cleaned before: "link/.." is not where it seems.
func realPath(path string) string {
	if !filepath.IsAbs(path) {
		if wd, err := os.Getwd(); err == nil {
			path = wd + string(filepath.Separator) + path
		}
	}
	for there, rest := path, ""; ; {
		if followed, err := filepath.EvalSymlinks(there); err == nil {
			return filepath.Join(followed, rest)
		}
		for len(there) > 1 && os.IsPathSeparator(there[len(there)-1]) {
			there = there[:len(there)-1]
		}
		dir, name := filepath.Split(there)
		if dir == there {
			return filepath.Clean(path)
		}
		there, rest = dir, filepath.Join(name, rest)
	}
}
