package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"koblet/store/disk"
)

// stored is one file of a snapshot as it was published; files.json lists them, for verify and for nothing else.
type stored struct {
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// clean takes away what a load or a removal that was cut off left behind: its working folder, what was on its way out, and
// identities without a snapshot. Only who holds the lock calls it. What lookups at work have put aside is theirs.
func (s *Store) clean() error {
	for _, name := range []string{buildingDir, removingDir} {
		if err := os.RemoveAll(filepath.Join(s.Dir, name)); err != nil {
			return fmt.Errorf("store: %w", err)
		}
	}
	disk.SweepIn(filepath.Join(s.Dir, identitiesDir)) // lookups that are at work hold theirs
	left, err := os.ReadDir(filepath.Join(s.Dir, identitiesDir))
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	for _, f := range left {
		_, err := os.Stat(filepath.Join(s.Dir, f.Name()))
		orphan := entryName.MatchString(f.Name()) && errors.Is(err, fs.ErrNotExist)
		half := strings.HasPrefix(f.Name(), ".") && !strings.HasPrefix(f.Name(), disk.ScratchPrefix) // a secret half written
		if !orphan && !half {
			continue
		}
		if err := os.RemoveAll(filepath.Join(s.Dir, identitiesDir, f.Name())); err != nil {
			return fmt.Errorf("store: %w", err)
		}
	}
	return nil
}

// publish moves what was built to its place: the identities first, then the snapshot, whose rename makes it exist. Each
// rename is on the disk before the next begins, so that a power cut leaves no snapshot without its identities. Modes and owners
// are set here, not by the umask and whoever loads; until then everything lies in a folder that only the owner enters.
func (s *Store) publish(b *build, entry Entry, r Receipt, rejected *rejects) error {
	snapshot, identities := filepath.Join(b.dir, "snapshot"), filepath.Join(b.dir, identitiesDir)
	b.step("account", 0, -1)
	if err := writeReceipt(filepath.Join(snapshot, receiptFile), r); err != nil {
		return err
	}
	if rejected.n > 0 {
		if err := writeRejects(filepath.Join(snapshot, rejectsFile), rejected.all()); err != nil {
			return err
		}
	}
	b.step("hash", 0, -1)
	if err := writeHashes(snapshot, identities); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	b.step("sync", 0, -1)
	if err := errors.Join(
		disk.Belong(filepath.Join(snapshot, snapshotFile)), disk.Belong(filepath.Join(identities, identitiesFile)), disk.Belong(filepath.Join(identities, protectedFile)),
		os.Chmod(filepath.Join(snapshot, snapshotFile), 0o440), os.Chmod(snapshot, 0o750), disk.SyncAll(snapshot),
		os.Chmod(filepath.Join(identities, identitiesFile), 0o400), os.Chmod(filepath.Join(identities, protectedFile), 0o400),
		os.Chmod(identities, 0o700), disk.SyncAll(identities),
	); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	kept := filepath.Join(s.Dir, identitiesDir, entry.name())
	b.step("publish identities", 0, -1)
	if err := disk.Move(identities, kept); err != nil {
		return fmt.Errorf("publish: %w", errors.Join(err, os.RemoveAll(kept)))
	}
	b.step("publish snapshot", 0, -1)
	if err := disk.Move(snapshot, entry.dir); err != nil {
		return fmt.Errorf("publish: %w", errors.Join(err, os.RemoveAll(entry.dir), os.RemoveAll(kept)))
	}
	b.step("published", 0, -1)
	return nil
}

// dropRejects takes away the list that a refused load of the edition left in the store.
func (s *Store) dropRejects(entry Entry) error {
	if err := os.Remove(s.rejectsPath(entry)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("rejects of an earlier attempt: %w", err)
	}
	return nil
}

// rejectsPath is where a refused load leaves its list.
func (s *Store) rejectsPath(entry Entry) string {
	return filepath.Join(s.Dir, entry.name()+"."+rejectsFile)
}

// writeHashes lists the files of a snapshot with their hashes.
func writeHashes(snapshot, identities string) error {
	paths := []string{
		filepath.Join(snapshot, snapshotFile), filepath.Join(snapshot, receiptFile), filepath.Join(snapshot, rejectsFile),
		filepath.Join(identities, identitiesFile), filepath.Join(identities, protectedFile),
	}
	files := make([]stored, len(paths))
	var group errgroup.Group
	for i, path := range paths {
		group.Go(func() (err error) {
			files[i], err = hashFile(path)
			if files[i].File == rejectsFile && errors.Is(err, fs.ErrNotExist) {
				files[i], err = stored{}, nil
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	text, err := filesText(slices.DeleteFunc(files, func(f stored) bool { return f == stored{} }))
	if err != nil {
		return err
	}
	return disk.Write(filepath.Join(snapshot, filesFile), text, 0o440)
}

// filesText is files.json to the letter: verify holds the file against it, blanks included.
func filesText(files []stored) ([]byte, error) {
	text, err := json.MarshalIndent(files, "", "  ")
	return append(text, '\n'), err
}

// hashFile reads a file once; what it gives has the file's name even where there is an error.
func hashFile(path string) (stored, error) {
	s := stored{File: filepath.Base(path)}
	f, err := disk.Open(path)
	if err != nil {
		return s, err
	}
	defer f.Close()
	sum := sha256.New()
	if s.Bytes, err = io.Copy(sum, f); err != nil {
		return s, err
	}
	s.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return s, nil
}

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
