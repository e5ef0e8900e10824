package editions_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"koblet/analysis/protection"
	"koblet/reports/editions"
)

func day(year int) time.Time { return time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC) }

var published = protection.Edition{AsOf: day(2016), Counts: []protection.Published{
	{AsOf: day(2011), Of: "categories=asylum,family,verdict=pass", Count: 31128},
	{AsOf: day(2016), Of: "category=eu,verdict=unknown,year=", Hidden: true},
	{AsOf: day(2016), Of: "all"},
}}

func TestCountsAreReadAsWritten(t *testing.T) {
	var text strings.Builder
	if err := editions.WriteCounts(&text, published); err != nil {
		t.Fatal(err)
	}
	want := "edition_of,as_of,of,count\n2016-12-31,2011-12-31,\"categories=asylum,family,verdict=pass\",31128\n2016-12-31,2016-12-31,\"category=eu,verdict=unknown,year=\",[c]\n2016-12-31,2016-12-31,all,0\n"
	if text.String() != want {
		t.Errorf("%s", text.String())
	}
	if got, err := editions.ReadCounts(strings.NewReader(want)); err != nil || !reflect.DeepEqual(got, published) {
		t.Errorf("%v, %v", got, err)
	}
}

// TestWrongLists: a list that is not as it was written is no list, and the error says where.
func TestWrongLists(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "line 1: not the head of a list of counts",
		"a,b,c,d\n":                 "line 1: not the head of a list of counts",
		"edition_of,as_of,of,count": "",
		"edition_of,as_of,of,count\n2016-12-31,2016-12-31,all,-1\n":                             "line 2: count: neither a count nor [c]",
		"edition_of,as_of,of,count\n2016-12-31,2016-12-31,all,3.5\n":                            "line 2: count: neither a count nor [c]",
		"edition_of,as_of,of,count\n2016-12-31,31-12-2016,all,3\n":                              "line 2: as_of: not a day",
		"edition_of,as_of,of,count\n2016-12-31,2016-12-31,all\n":                                "line 2: no row of a list of counts",
		"edition_of,as_of,of,count\n2016-12-31,2016-12-31,all,9\n2016-12-30,2016-12-31,all,9\n": "line 3: edition_of: not the day of the edition",
	} {
		if _, err := editions.ReadCounts(strings.NewReader(text)); want == "" && err != nil || want != "" && (err == nil || err.Error() != want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestEarlierEditionsOfAFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "reports [2016]*")
	if all, err := editions.Earlier(folder); err != nil || len(all) != 0 {
		t.Errorf("no folder: %v, %v", all, err)
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "annual-2016-12-31"+editions.CountsSuffix)
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := editions.WriteCounts(file, published); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	all, err := editions.Earlier(folder)
	if err != nil || len(all) != 1 || all[0].Name != "annual-2016-12-31-public-counts.csv" || len(all[0].Counts) != 3 {
		t.Errorf("%v, %v", all, err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := editions.Earlier(folder); err == nil || err.Error() != "annual-2016-12-31-public-counts.csv: line 1: not the head of a list of counts" {
		t.Errorf("%v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := editions.Earlier(folder); err == nil || err.Error() != "annual-2016-12-31-public-counts.csv: no file, where the list of counts of an earlier public edition lies" {
		t.Errorf("%v", err)
	}
}
