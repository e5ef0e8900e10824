//go:build !unix

package disk

import (
	"io/fs"
	"os"
	"time"
)

// Owner is whose a file is; here the system keeps it otherwise than in numbers.
type Owner struct{ User, Group int }

// OwnerOf gives none.
func OwnerOf(fs.FileInfo) (Owner, bool) { return Owner{}, false }

// OwnedByUs takes everything for our own.
func OwnedByUs(string) bool { return true }

// State is how large a file is and when it was last written to.
type State struct {
	size    int64
	written time.Time
}

// StateOf gives the state of the file that a path leads to; the zero state where there is none.
func StateOf(path string) State {
	found, err := os.Stat(path)
	if err != nil {
		return State{}
	}
	return State{found.Size(), found.ModTime()}
}

// Belong leaves the file whose it is.
func Belong(string) error { return nil }
