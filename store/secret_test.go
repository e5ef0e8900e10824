package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A secret that is not the one that made the store's keys refuses a load, and verify tells of it in every edition.
func TestAnotherSecretIsRefused(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	l.Replace = true
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Fatal(err)
	}
	other, _ := load(t, loading(t, writeFiles(t, registersOf)))
	path := filepath.Join(dir, identitiesDir, secretFile)
	right, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := os.ReadFile(filepath.Join(other, identitiesDir, secretFile))
	if err != nil {
		t.Fatal(err)
	}
	before := state(t, dir)
	rewrite(t, path, wrong)
	again := l
	again.AsOf = day(t, "2015-12-31")
	for _, l := range []Loading{l, again} {
		_, err := Load(t.Context(), dir, l)
		if want := path + ": not the secret that made the store's keys; put back the right one from the store's backup"; err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	const says = "secret: not the secret that made the store's keys: 0"
	if lines := verify(t, dir); !slices.Equal(lines, []string{says, says}) {
		t.Error(lines)
	}
	// Where the newest identities cannot be opened, the ones before them tell.
	identities := filepath.Join(dir, identitiesDir, "2014-12-31.r1", identitiesFile)
	if err := errors.Join(os.Chmod(identities, 0o600), os.Truncate(identities, 100)); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(t.Context(), dir, l); err == nil || !strings.Contains(err.Error(), "not the secret") {
		t.Errorf("with damaged identities: %v", err)
	}
	rewrite(t, path, right)
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Errorf("with the right one: %v", err)
	}
	if after := state(t, dir); !strings.HasPrefix(after, before) || after == before {
		t.Errorf("the store is %s", after)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if lines := verify(t, dir); !slices.Contains(lines, "secret: is not there: 0") {
		t.Error(lines)
	}
}
