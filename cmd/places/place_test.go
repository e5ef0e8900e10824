//go:build linux

package places

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"koblet/cmd/terminal"
)

// filled puts a text in a place and gives what was said.
func filled(ctx context.Context, t *testing.T, path, text string) error {
	t.Helper()
	var out bytes.Buffer
	on := terminal.Terminal{Out: &out, Err: &out}
	p, err := Of(on, path, Apart{})
	if err == nil {
		err = p.Fill(ctx, on, OfEverybody, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
	}
	if out.Len() > 0 {
		t.Errorf("%s: standard output got %d letters", filepath.Base(path), out.Len())
	}
	return err
}

// TestPlaceDevices writes into copies of devices, in a folder of their own: each is the same device afterwards.
func TestPlaceDevices(t *testing.T) {
	dir := t.TempDir()
	for _, device := range []struct {
		name string
		kind uint32
		id   int
		says string
	}{
		{"null", syscall.S_IFCHR, 1<<8 | 3, ""},
		{"full", syscall.S_IFCHR, 1<<8 | 7, "no space left on device"},
		{"disk", syscall.S_IFBLK, 7<<8 | 211, "a disk, not a file; what is on it would be lost"},
	} {
		path := filepath.Join(dir, device.name)
		if err := syscall.Mknod(path, device.kind|0o600, device.id); errors.Is(err, syscall.EPERM) {
			t.Skip("only root makes devices")
		} else if err != nil {
			t.Fatal(err)
		}
		want := ""
		if device.says != "" {
			want = "--out: " + path + ": " + device.says
		}
		got := ""
		if err := filled(t.Context(), t, path, "one,two\n"); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", device.name, got, want)
		}
		var is syscall.Stat_t
		if err := syscall.Lstat(path, &is); err != nil || is.Mode&syscall.S_IFMT != device.kind || int(is.Rdev) != device.id {
			t.Errorf("%s: %v, mode %o, device %d: it is no longer what it was", device.name, err, is.Mode, is.Rdev)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 3 {
		t.Errorf("%d entries are left in the folder, want the 3 devices: %v", len(left), err)
	}
}

// TestPlaceSocket refuses what takes no file.
func TestPlaceSocket(t *testing.T) {
	t.Chdir(t.TempDir())
	listening, err := net.Listen("unix", "socket")
	if err != nil {
		t.Fatal(err)
	}
	defer listening.Close()
	if err := filled(t.Context(), t, "socket", "one"); err == nil || err.Error() != "--out: socket: a socket, not a file" {
		t.Errorf("got %v", err)
	}
}

// TestPlacePipeInterrupted waits neither for a pipe's reader who never comes nor for one who has stopped reading.
func TestPlacePipeInterrupted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := filled(ctx, t, path, "one"); !errors.Is(err, context.Canceled) {
		t.Errorf("without a reader: got %v, want that it was interrupted", err)
	}
	reader, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // also lets go whoever opened it above
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	on := terminal.Terminal{}
	p, err := Of(on, path, Apart{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	err = p.Fill(ctx, on, OfEverybody, func(w io.Writer) error {
		cancel()
		_, err := w.Write(make([]byte, 1<<20)) // more than a pipe holds
		return err
	})
	if !errors.Is(err, os.ErrDeadlineExceeded) || ctx.Err() == nil {
		t.Errorf("with a reader who does not read: got %v", err)
	}
	if found, err := os.Lstat(path); err != nil || found.Mode().Type() != os.ModeNamedPipe {
		t.Errorf("the pipe is no longer one: %v", err)
	}
}

// TestPlaceLibrary says what is wrong with the place in one line, whatever a library wraps around it.
func TestPlaceLibrary(t *testing.T) {
	on := terminal.Terminal{}
	p, err := Of(on, filepath.Join(t.TempDir(), "answer.csv"), Apart{})
	if err != nil {
		t.Fatal(err)
	}
	err = p.Fill(t.Context(), on, OfEverybody, func(w io.Writer) error {
		_ = w.(*watchedWriter).Writer.(io.Closer).Close()
		if _, err := w.Write([]byte("x")); err != nil {
			return errors.New("zip: something of its own")
		}
		return nil
	})
	if err == nil || !strings.HasSuffix(err.Error(), "answer.csv: file already closed") {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(filepath.Dir(p.Typed)); len(left) != 0 {
		t.Errorf("%d files are left behind", len(left))
	}
}

// TestPlacesAreOneLine: what cannot be told in one line is no place, neither a file nor a folder.
func TestPlacesAreOneLine(t *testing.T) {
	for _, name := range []string{"a\nb.csv", "a\x1b[31m.csv", "a\xff.csv", "a\u009b31m.csv"} {
		path := filepath.Join(t.TempDir(), name)
		const says = "--out: its path has a line break, a control character or no UTF-8 in it; name another place"
		if err := filled(t.Context(), t, path, "x"); err == nil || err.Error() != says {
			t.Errorf("%q: %v", name, err)
		}
		if err := Folder(path, ""); err == nil || err.Error() != says {
			t.Errorf("the folder %q: %v", name, err)
		}
		if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); err != nil || len(left) > 0 {
			t.Errorf("%q: there is %q, %v", name, left, err)
		}
	}
}
