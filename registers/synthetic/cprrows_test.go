package synthetic

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// cut gives the text at a place of a fixed-width line, counted from 1, without trailing blanks.
func cut(line []byte, start, length int) string {
	if start > len(line) {
		return ""
	}
	text := line[start-1 : min(start-1+length, len(line))]
	var b strings.Builder
	for _, c := range bytes.TrimRight(text, " ") {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// stampDay gives the date part of twelve digits.
func stampDay(text string) string {
	if text == "" || strings.Trim(text, "0") == "" {
		return ""
	}
	return text[:4] + "-" + text[4:6] + "-" + text[6:8]
}

func TestTheFixedWidthFileHoldsTheSamePersons(t *testing.T) {
	x := invent(t, Options{Permits: 15_000, Seed: 13, Danes: 500})
	text, err := os.ReadFile(filepath.Join(x.Folders[0].Dir, "cpr_persons.u12170.txt"))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	first, end := lines[0], lines[len(lines)-1]
	if cut(first, 1, 3) != "000" || cut(first, 20, 8) != "20161231" || cut(end, 1, 3) != "999" {
		t.Fatalf("first and last record: %q, %q", first, end)
	}
	if n, err := strconv.Atoi(cut(end, 14, 8)); err != nil || n != len(lines)-2 {
		t.Errorf("counted: %d records, want %d", n, len(lines)-2)
	}
	persons, current, protected := parseFixed(lines[1 : len(lines)-1])
	if int64(protected) != x.planted.AsOf[0].Faults["protected_person"] || protected == 0 {
		t.Errorf("protected: %d, planted %d", protected, x.planted.AsOf[0].Faults["protected_person"])
	}
	seen := map[string]bool{}
	for _, r := range x.cpr[0] {
		p := persons[r["cpr_number"]]
		if p == nil {
			t.Fatal("a number of the CSV file is not in the fixed-width file")
		}
		if p["current_cpr_number"] == "" {
			p["current_cpr_number"] = current[r["cpr_number"]]
		}
		for column, want := range r {
			if column != "person_id" && p[column] != want {
				t.Fatalf("%s differs between the two files, status %s", column, r["status"])
			}
		}
		seen[r["cpr_number"]] = true
	}
	if len(seen) != len(persons) {
		t.Errorf("persons: %d in the fixed-width file, %d in CSV", len(persons), len(seen))
	}
}

// parseFixed reads the records by the starts and lengths of CPR's record layouts.
func parseFixed(lines [][]byte) (persons map[string]record, current map[string]string, protected int) {
	persons, current = map[string]record{}, map[string]string{}
	for _, line := range lines {
		n := cut(line, 4, 10)
		p := persons[n]
		switch cut(line, 1, 3) {
		case "001":
			persons[n] = record{"cpr_number": n, "current_cpr_number": cut(line, 14, 10), "status": cut(line, 24, 2),
				"status_from": stampDay(cut(line, 26, 12)), "sex": cut(line, 39, 1), "birth_date": cut(line, 40, 10),
				"registered_on": cut(line, 51, 10)}
		case "002":
			p["municipality_code"], p["resident_from"] = cut(line, 14, 4), stampDay(cut(line, 83, 12))
		case "004":
			protected++
		case "008":
			p["given_name"], p["family_name"] = cut(line, 14, 50), cut(line, 106, 40)
		case "010":
			p["citizenship"] = cut(line, 14, 4)
		case "022":
			current[cut(line, 14, 10)] = n
		case "024":
			if cut(line, 14, 1) == "" {
				p["immigrated_on"] = stampDay(cut(line, 36, 12))
			}
		}
	}
	return persons, current, protected
}
