package store

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"koblet/store/desk"
)

// mixed makes of an edition what it was before protected persons had a file of their own.
func mixed(t *testing.T, dir string) {
	t.Helper()
	d, err := desk.Open(t.Context(), desk.Settings{Beside: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	folder, list := filepath.Join(dir, identitiesDir, "2014-12-31"), filepath.Join(dir, "2014-12-31", filesFile)
	older := filepath.Join(t.TempDir(), "older")
	mustExec(t, d, desk.Attachment("kept", filepath.Join(folder, identitiesFile)), "attach "+desk.Literal(older)+" as older",
		"create table older.carl2_permits as select * exclude (protected) from kept.carl2_permits",
		"create table older.carl2_persons as select * exclude (protected) from kept.carl2_persons",
		"create table older.cpr_persons as select * exclude (protected), protected from kept.cpr_persons",
		"create table older.untyped_values as select * exclude (protected) from kept.untyped_values",
		"detach older")
	text, err := os.ReadFile(older)
	if err != nil {
		t.Fatal(err)
	}
	rewrite(t, filepath.Join(folder, identitiesFile), text)
	if err := os.Remove(filepath.Join(folder, protectedFile)); err != nil {
		t.Fatal(err)
	}
	var files []stored
	if text, err = os.ReadFile(list); err == nil {
		err = json.Unmarshal(text, &files)
	}
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(f stored) bool { return f.File == protectedFile })
	last := &files[len(files)-1]
	if *last, err = hashFile(filepath.Join(folder, identitiesFile)); err != nil {
		t.Fatal(err)
	}
	text, err = filesText(files)
	if err != nil {
		t.Fatal(err)
	}
	rewrite(t, list, text)
}

// TestEditionsFromBefore: an edition that has protected persons among the others is read and verified as ever, and nobody is looked up
// in it: no view would keep back what a plan shows.
func TestEditionsFromBefore(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	mixed(t, dir)
	s := &Store{Dir: dir}
	if lines := verify(t, dir); len(lines) > 0 {
		t.Error(lines)
	}
	if rows := values(t, dir, theSnapshot, "select count(*)::varchar from carl2_persons"); !slices.Equal(rows, []string{"3"}) {
		t.Error(rows)
	}
	out := filepath.Join(t.TempDir(), "out")
	if _, err := s.Export(t.Context(), Exporting{Out: out, Lookup: Lookup{Who: "somebody", Purpose: "a test"}}); !errors.Is(err, ErrMixed) || !strings.Contains(err.Error(), "--replace") {
		t.Errorf("exported: %v", err)
	}
	if _, err := s.Export(t.Context(), Exporting{Out: out}); err != nil {
		t.Errorf("exported without a purpose: %v", err)
	}
}
