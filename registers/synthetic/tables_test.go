package synthetic

import (
	"path/filepath"
	"testing"
)

func TestCodesAreKnown(t *testing.T) {
	m, err := loadModel()
	if err != nil {
		t.Fatal(err)
	}
	known := func(file, column string) map[string]bool {
		set := map[string]bool{}
		for _, r := range readCSV(t, filepath.Join("..", "codes", file)) {
			set[r[column]] = true
		}
		return set
	}
	towns, countries := known("municipalities.csv", "code"), known("countries.csv", "code")
	groups, bases := known("legal_bases.csv", "person_group"), known("legal_bases.csv", "legal_basis")
	if len(m.municipalities) != 98 {
		t.Errorf("municipalities: %d", len(m.municipalities))
	}
	weight, care := 0.0, 0.0
	for _, x := range m.municipalities {
		if weight, care = weight+x.weight, care+x.weight*x.care; !towns[x.code] || x.care > maxCare {
			t.Errorf("municipality %s is not in the code list, or its care is over %v", x.code, maxCare)
		}
	}
	if mean := care / weight; mean < 0.98 || mean > 1.02 {
		t.Errorf("mean care: %.3f, want 1", mean)
	}
	for _, code := range m.oldMunicipalities {
		if !towns[code] {
			t.Errorf("old municipality %s is not in the code list", code)
		}
	}
	for code, c := range m.countries {
		if !countries[code] || m.names[c.region]["m"] == nil || m.names[c.region]["k"] == nil || m.names[c.region]["f"] == nil {
			t.Errorf("citizenship %s is not in the code list, or its region has no names", code)
		}
	}
	for _, x := range m.mixes {
		if m.countries[x.citizenship] == nil {
			t.Errorf("mix %s: citizenship %s has no row", x.name, x.citizenship)
		}
	}
	for _, g := range m.groups {
		if !groups[g.code] || !bases[g.basis] {
			t.Errorf("group %s on %s is not in the code list", g.code, g.basis)
		}
	}
}

func TestNamesFitISO88591(t *testing.T) {
	rows, err := records("names")
	if err != nil {
		t.Fatal(err)
	}
	letters := 0
	for _, r := range rows {
		for _, c := range r["names"] {
			if letters++; c > 0xff {
				t.Errorf("%s %s: %q is not in ISO-8859-1", r["region"], r["part"], c)
			}
		}
	}
	if letters < 5000 {
		t.Errorf("letters: %d", letters)
	}
}
