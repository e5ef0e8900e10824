//go:build unix

package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestWhatStandsInAFilesPlace: a pipe, a device or a folder by the name of a file of the store is told at once, and not waited for.
func TestWhatStandsInAFilesPlace(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	s := &Store{Dir: dir}
	l.Replace = true
	ways := map[string]func(context.Context) error{
		"load": func(ctx context.Context) error { _, err := Load(ctx, dir, l); return err },
		"open": func(ctx context.Context) error {
			snapshot, err := s.Snapshot(ctx, time.Time{})
			if err == nil {
				err = errors.Join(errors.New("opened"), snapshot.Close())
			}
			return err
		},
		"export": func(ctx context.Context) error {
			_, err := s.Export(ctx, Exporting{Out: filepath.Join(t.TempDir(), "x"), Lookup: Lookup{Purpose: "test"}})
			return err
		},
		"log": func(context.Context) error { return s.LogLookup(Lookup{Purpose: "test"}) },
	}
	for _, c := range []struct{ file, way string }{
		{identitiesDir + "/" + secretFile, "load"}, {lockFile, "load"}, {theSnapshot, "load"}, {theSnapshot, "open"}, {"2014-12-31/" + receiptFile, "open"}, {"2014-12-31/" + receiptFile, "export"},
		{theIdentities, "export"}, {identitiesDir + "/" + lookupsFile, "log"},
	} {
		path := filepath.Join(dir, c.file)
		kept := filepath.Join(t.TempDir(), "kept")
		if err := os.Rename(path, kept); err != nil && c.way != "log" {
			t.Fatal(err)
		}
		for want, put := range map[string]func() error{
			"a pipe or a device, not a file": func() error { return syscall.Mkfifo(path, 0o600) },
			"a folder, not a file":           func() error { return os.Mkdir(path, 0o700) },
		} {
			if err := put(); err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			go func() { done <- ways[c.way](t.Context()) }()
			select {
			case err := <-done:
				if err == nil || !strings.HasSuffix(err.Error(), want) {
					t.Errorf("%s: %s: %v, want %s", c.file, c.way, err, want)
				}
			case <-time.After(3 * time.Minute): // whoever waits for a pipe waits for ever; a busy disk may take its time
				t.Fatalf("%s: %s waits for %s", c.file, c.way, want)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Rename(kept, path); err != nil && c.way != "log" {
			t.Fatal(err)
		}
	}
}

// TestStrangersAreTold: verify names what lies in the store, or among the identities, and is none of its editions.
func TestStrangersAreTold(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	for _, name := range []string{"copy.csv", identitiesDir + "/old"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	lines := strings.Join(verify(t, dir), "\n")
	if want := "copy.csv: is nothing of the store's: 0\nold: is nothing of the store's: 0"; lines != want {
		t.Errorf("%q, want %q", lines, want)
	}
}
