//go:build linux

package places

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"koblet/cmd/terminal"
)

// TestNoPlaceInTheStore: neither through a descriptor that somebody opened on a file of the store, nor through one of its folders
// mounted in a second place.
func TestNoPlaceInTheStore(t *testing.T) {
	dir := t.TempDir()
	inner, second := filepath.Join(dir, "store", "identities"), filepath.Join(dir, "second")
	for _, folder := range []string{inner, second} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "store", "lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("store", filepath.Join(dir, "linked")); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(inner, "lookups.ndjson")
	opened, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	refused := func(path string) {
		t.Helper()
		for _, name := range []string{"store", "linked"} {
			var out bytes.Buffer
			_, err := Of(terminal.Terminal{Out: &out, Err: &out}, path, Apart{Store: filepath.Join(dir, name)})
			if err == nil || !strings.Contains(err.Error(), "lies in a store") {
				t.Errorf("%s beside %s: %v, want that it is in the store", path, name, err)
			}
		}
	}
	refused(fmt.Sprintf("/dev/fd/%d", opened.Fd()))
	refused(log)
	if err := syscall.Mount(inner, second, "", syscall.MS_BIND, ""); err != nil {
		t.Skipf("only root mounts: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(second, 0); err != nil {
			t.Error(err)
		}
	}()
	refused(filepath.Join(second, "secret"))
	refused(filepath.Join(second, "lookups.ndjson"))
}
