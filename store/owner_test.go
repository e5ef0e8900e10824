//go:build unix

package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/store/disk"
)

const somebody, theirGroup = 54321, 54322

// giveAway makes a store somebody's.
func giveAway(t *testing.T, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root gives files away")
	}
	if err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, somebody, theirGroup))
	}); err != nil {
		t.Fatal(err)
	}
}

// notTheirs lists what in a store is not its owner's.
func notTheirs(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	if err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		} else if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if whose, _ := disk.OwnerOf(info); whose != (disk.Owner{User: somebody, Group: theirGroup}) && !strings.HasPrefix(filepath.Base(path), buildingDir) {
			found = append(found, path)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

// Root who loads into another's store, removes from it and looks up in it leaves nothing there that is root's.
func TestWhatRootWritesIsTheStoresOwners(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	l.MaxRejects = Limit{}
	dir := filepath.Join(t.TempDir(), "store")
	if err := os.Mkdir(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	giveAway(t, dir)
	if _, refused := errors.AsType[*RejectsError](errorOf(Load(t.Context(), dir, l))); !refused {
		t.Fatal("the load has no rejects")
	}
	if left := notTheirs(t, dir); len(left) > 0 {
		t.Errorf("after a refused load root has %v", left)
	}
	l.MaxRejects = Limit{Percent: 100}
	for range 2 {
		if _, err := Load(t.Context(), dir, l); err != nil {
			t.Fatal(err)
		}
		l.Replace = true
	}
	s := &Store{Dir: dir}
	if err := s.LogLookup(Lookup{Purpose: "test"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Remove(Removal{AsOf: l.AsOf, Editions: []int{0}}); err != nil {
		t.Fatal(err)
	}
	if left := notTheirs(t, dir); len(left) > 0 {
		t.Errorf("root has %v", left)
	}
	if lines := verify(t, dir); len(lines) > 0 {
		t.Error(lines)
	}
}

func errorOf(_ Receipt, err error) error { return err }

// While it is built a snapshot lies in folders of the store's owner, who could take it away if root's load were killed.
func TestWhatRootBuildsTheOwnerCanTakeAway(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	giveAway(t, dir)
	l.Replace = true
	var folders []string
	l.Progress = func(step string, _, _ int64) {
		if step != "account" {
			return
		}
		_ = filepath.WalkDir(filepath.Join(dir, buildingDir), func(path string, entry os.DirEntry, _ error) error {
			info, err := os.Lstat(path)
			if errors.Is(err, fs.ErrNotExist) || !entry.IsDir() {
				return nil
			} else if err != nil {
				return err
			}
			if whose, _ := disk.OwnerOf(info); whose.User != somebody {
				folders = append(folders, "root's: "+path)
			}
			folders = append(folders, entry.Name())
			return nil
		})
	}
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(folders, "codes") || slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(f, "root's") }) {
		t.Errorf("%v", folders)
	}
}

// Each file of another owner or group than the store's is a deviation.
func TestVerifyComparesOwners(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	giveAway(t, dir)
	if lines := verify(t, dir); len(lines) > 0 {
		t.Fatal(lines)
	}
	for path, where := range map[string]string{
		"2014-12-31": "2014-12-31", "2014-12-31/" + snapshotFile: snapshotFile, "2014-12-31/" + receiptFile: receiptFile,
		identitiesDir: identitiesDir, identitiesDir + "/2014-12-31/" + identitiesFile: identitiesFile, identitiesDir + "/" + secretFile: secretFile, lockFile: lockFile,
	} {
		path := filepath.Join(dir, path)
		for want, whose := range map[string]disk.Owner{"owner 0, the store's is 54321": {User: 0, Group: theirGroup}, "group 0, the store's is 54322": {User: somebody, Group: 0}} {
			if err := os.Lchown(path, whose.User, whose.Group); err != nil {
				t.Fatal(err)
			}
			if lines := verify(t, dir); !slices.Equal(lines, []string{where + ": " + want + ": 0"}) {
				t.Errorf("%s: %v", path, lines)
			}
		}
		if err := os.Lchown(path, somebody, theirGroup); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := (&Store{Dir: dir}).Verify(t.Context(), time.Time{}, ""); err != nil {
		t.Error(err)
	}
}
