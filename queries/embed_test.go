package queries

import "testing"

func TestCatalogueParses(t *testing.T) {
	all := All()
	if len(all) < 8 {
		t.Fatalf("%d questions in the catalogue, want at least the eight of the annual report", len(all))
	}
	for _, q := range all {
		if found, err := Find(q.Name); err != nil || found.Name != q.Name {
			t.Errorf("Find(%q) = %q, %v", q.Name, found.Name, err)
		}
	}
}
