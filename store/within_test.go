package store

import (
	"os"
	"path/filepath"
	"testing"
)

// TestWithin finds a store by what it is: behind links, "..", and folders that are not there yet.
func TestWithin(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, dir := range []string{"s/identities/2014-12-31", "s/2014-12-31", "empty", "beside/identities"} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile("s/lock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"alias": "s", "deep": "s/2014-12-31", "beside/in": "../s/identities", "away": "beside"} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	full, err := filepath.Abs("s/x.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"s", "s/", "./s/x.csv", full, "s/identities/secret", "alias", "alias/new/x.csv", "deep/x.csv", "deep/../x.csv",
		"beside/in/x.csv", "away/in/new/newer/x.csv", "beside/../s/x.csv", "nowhere/../s/x.csv",
	} {
		if !Within(path, "") {
			t.Errorf("%s lies in a store, and is not found to", path)
		}
	}
	for _, path := range []string{".", "x.csv", "s.csv", "beside/x.csv", "beside/identities/x.csv", "deep/../../x.csv", "alias/../x.csv", "empty/x.csv", "/"} {
		if Within(path, "") {
			t.Errorf("%s lies in no store, and is found to", path)
		}
	}
	if !Within("empty/x.csv", "away/../empty") || Within("x.csv", "empty") || Within("x.csv", "nowhere") {
		t.Error("the store that is named is one whatever it holds, and only that")
	}
}
