//go:build unix

package store

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// owner is whose a file is: a user and a group, by number.
type owner struct{ user, group int }

func ownerOf(found fs.FileInfo) (owner, bool) {
	s, ok := found.Sys().(*syscall.Stat_t)
	if !ok {
		return owner{}, false
	}
	return owner{int(s.Uid), int(s.Gid)}, true
}

// ownedByUs reports whether what is there is this user's own.
func ownedByUs(path string) bool {
	found, err := os.Lstat(path)
	if err != nil {
		return false
	}
	whose, ok := ownerOf(found)
	return ok && whose.user == os.Geteuid()
}

// fileState is which file stands under a name, and when it was last written to or given other attributes: who writes to a file can
// set back the one time, not the other.
type fileState struct {
	device, inode    uint64
	size             int64
	written, changed unix.Timespec
}

// stateOf gives the state of the file that a path leads to; the zero state where there is none.
func stateOf(path string) fileState {
	var s unix.Stat_t
	if unix.Stat(path, &s) != nil {
		return fileState{}
	}
	return fileState{uint64(s.Dev), s.Ino, s.Size, s.Mtim, s.Ctim} //nolint:unconvert // a device is no such number on every system
}

// belong gives a file or a folder to the owner and the group of the folder in which it lies, if it is not theirs already: whoever
// loads into another's store leaves nothing there that its owner cannot read or take away.
func belong(path string) error {
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return err
	}
	own, err := os.Lstat(path)
	if err != nil {
		return err
	}
	want, known := ownerOf(folder)
	has, also := ownerOf(own)
	if !known || !also || want == has {
		return nil
	}
	user := want.user
	if user == has.user {
		user = -1 // whoever is no root may still choose among their groups
	}
	if err := os.Lchown(path, user, want.group); err != nil {
		return fmt.Errorf("only root, or the store's owner in the store's group, writes into it: %w", cause(err))
	}
	return nil
}
