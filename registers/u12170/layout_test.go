package u12170

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// elsewhere is record 001 of a product that has a time stamp where U12170 has the status, and sex and days further on.
func elsewhere(number string) string {
	return at("001", number, map[int]string{24: "201609011230", 36: "01201305172599", 67: "K1904-03-02 2013-05-17", 443: "9"})
}

// TestLayoutOfRecord001: a file whose records 001 have other things at the places of U12170 is refused, in both shapes; single
// ones that are not as they should be are faulty persons.
func TestLayoutOfRecord001(t *testing.T) {
	sound := whole(anna)[0]
	blankSex := sound[:38] + " " + sound[39:]
	noStatus := sound[:23] + "02" + sound[25:]
	noDay := sound[:39] + "02031904  " + sound[49:]
	many := func(bad string, n, of int) []string {
		all := slices.Repeat([]string{sound}, of)
		for i := range n {
			all[i*3] = bad
		}
		return all
	}
	for _, test := range []struct {
		name    string
		records []string
		want    string // how the message begins in lines
		share   string
	}{
		{"all elsewhere", []string{elsewhere(anna), elsewhere(bodil), elsewhere("0607081003")}, "line 2: record 001 ", "3 of 3 such"},
		{"one, and that is all", []string{elsewhere(anna)}, "line 2: record 001 ", "1 of 1 such"},
		{"elsewhere in between", append([]string{sound, elsewhere(bodil)}, elsewhere(anna)), "line 3: record 001 ", "2 of 3 such"},
		{"no sex", many(blankSex, 4, 39), "line 2: record 001 ", "4 of 39 such"}, {"few without sex", many(blankSex, 3, 39), "", ""},
		{"no such status", many(noStatus, 4, 39), "line 2: record 001 ", "4 of 39 such"}, {"days of another form", many(noDay, 4, 39), "line 2: record 001 ", "4 of 39 such"},
		{"one broken of two", []string{noStatus, sound}, "", ""}, {"cut off before the places", []string{sound[:23], sound[:25], sound[:38]}, "", ""},
		{"days that there are not", []string{at("001", anna, map[int]string{24: "50", 39: "M", 40: "1961-00-00", 51: "0000-00-00"})}, "", ""},
		{"nobody", []string{at("005", anna, nil)}, "no record 001, ", "order U12170"}, {"nothing", nil, "no record 001, ", "order U12170"},
	} {
		for shape, text := range map[string]string{
			"lines": lines(append(append([]string{begin}, test.records...), end(len(test.records)))...), "stream": stream(append(append([]string{begin}, test.records...), end(len(test.records)))...),
		} {
			found, err := Convert(strings.NewReader(text), Conversion{Persons: io.Discard})
			if err != nil {
				t.Fatalf("%s, %s: %v", test.name, shape, err)
			}
			want := test.want
			if shape == "stream" {
				want = strings.Replace(want, "line", "record", 1)
			}
			switch err := found.Refused(); {
			case want == "" && err != nil:
				t.Errorf("%s, %s: %v", test.name, shape, err)
			case want != "" && (err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), test.share)):
				t.Errorf("%s, %s: %v, want %s… %s", test.name, shape, err, want, test.share)
			}
		}
	}
	// A stream of another layout is often lost; then too the layout is what is said.
	lost := begin + elsewhere(anna) + elsewhere(bodil) + strings.Repeat("x", 70<<10) + end(2)
	if _, err := Convert(strings.NewReader(lost), Conversion{Persons: io.Discard}); err == nil || errors.Is(err, ErrNoPersons) || !strings.Contains(err.Error(), "1 of 1 such") {
		t.Errorf("a stream that is lost: %v", err)
	}
}
