package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestShutSaysWhy tells a folder of somebody else's from a disk that is full or cannot be written, without any path.
func TestShutSaysWhy(t *testing.T) {
	s := &Store{Dir: t.TempDir()}
	path := filepath.Join(s.Dir, identitiesDir)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	for errno, want := range map[syscall.Errno]string{
		syscall.EROFS: "identities: read-only file system", syscall.ENOSPC: "identities: no space left on device", syscall.EACCES: "identities: permission denied",
		syscall.EDQUOT: "identities: disk quota exceeded",
	} {
		if err := s.Shut("identities", &fs.PathError{Op: "open", Path: path, Err: errno}); err.Error() != want || errors.Is(err, ErrNotOwner) {
			t.Errorf("%v, want %s", err, want)
		}
		if err := s.Shut("identities", &os.LinkError{Op: "link", Old: path, New: path, Err: errno}); err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if os.Geteuid() != 0 {
		t.Skip("only root gives a folder away")
	}
	if err := os.Chown(path, 65534, 65534); err != nil {
		t.Fatal(err)
	}
	if err := s.Shut("identities", &fs.PathError{Op: "open", Path: path, Err: syscall.EACCES}); !errors.Is(err, ErrNotOwner) {
		t.Errorf("%v, want %v", err, ErrNotOwner)
	}
	if err := s.Shut("identities", &fs.PathError{Op: "open", Path: path, Err: syscall.EROFS}); errors.Is(err, ErrNotOwner) {
		t.Errorf("a disk that is only read is told as %v", err)
	}
}

func TestLogLookup(t *testing.T) {
	dir := t.TempDir()
	s := &Store{Dir: dir}
	n := int64(4)
	l := Lookup{At: time.Date(2015, 3, 6, 10, 0, 0, 0, time.UTC), Who: "ako", Purpose: "audit 7", AsOf: "2014-12-31", Question: "select 1", Rows: &n}
	if err := s.LogLookup(l); err == nil {
		t.Error("logged where there is no folder")
	}
	if err := os.Mkdir(filepath.Join(dir, identitiesDir), 0o700); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.LogLookup(l); err != nil {
			t.Fatal(err)
		}
		l.Rows = nil
	}
	text, err := os.ReadFile(filepath.Join(dir, identitiesDir, lookupsFile))
	line := `{"at":"2015-03-06T10:00:00Z","who":"ako","purpose":"audit 7","as_of":"2014-12-31","question":"select 1","rows":`
	if want := line + "4}\n" + line + "null}\n"; err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
}
