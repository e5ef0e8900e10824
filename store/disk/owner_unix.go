//go:build unix

package disk

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// Owner is whose a file is: a user and a group, by number.
type Owner struct{ User, Group int }

// OwnerOf gives it, where the system keeps it in numbers.
func OwnerOf(found fs.FileInfo) (Owner, bool) {
	s, ok := found.Sys().(*syscall.Stat_t)
	if !ok {
		return Owner{}, false
	}
	return Owner{int(s.Uid), int(s.Gid)}, true
}

// OwnedByUs reports whether what is there is this user's own.
func OwnedByUs(path string) bool {
	found, err := os.Lstat(path)
	if err != nil {
		return false
	}
	whose, ok := OwnerOf(found)
	return ok && whose.User == os.Geteuid()
}

// State is which file stands under a name, and when it was last written to or given other attributes: who writes to a file can
// set back the one time, not the other.
type State struct {
	device, inode    uint64
	size             int64
	written, changed unix.Timespec
}

// StateOf gives the state of the file that a path leads to; the zero state where there is none.
func StateOf(path string) State {
	var s unix.Stat_t
	if unix.Stat(path, &s) != nil {
		return State{}
	}
	return State{uint64(s.Dev), s.Ino, s.Size, s.Mtim, s.Ctim} //nolint:unconvert // a device is no such number on every system
}

// Belong gives a file or a folder to the owner and the group of the folder in which it lies, if it is not theirs already: whoever
// loads into another's store leaves nothing there that its owner cannot read or take away.
func Belong(path string) error {
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return err
	}
	own, err := os.Lstat(path)
	if err != nil {
		return err
	}
	want, known := OwnerOf(folder)
	has, also := OwnerOf(own)
	if !known || !also || want == has {
		return nil
	}
	user := want.User
	if user == has.User {
		user = -1 // whoever is no root may still choose among their groups
	}
	if err := os.Lchown(path, user, want.Group); err != nil {
		return fmt.Errorf("only root, or the store's owner in the store's group, writes into it: %w", Cause(err))
	}
	return nil
}
