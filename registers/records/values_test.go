package records

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"koblet/registers"
)

// TestScanValues: a column is one of days only where each value is a day in ISO's form, and what stands in columns of codes is given once,
// whatever quotes and line ends are around it; what is in a broken record does not count.
func TestScanValues(t *testing.T) {
	kinds := []registers.Kind{registers.Text, registers.Date, registers.Code, registers.Text}
	days, none := Values{Days: true}, Values{}
	for text, want := range map[string][2]Values{
		"id,day,code,name\n1,2012-02-29,b,x\n2,,a,\n3,2013-12-31,,y\n4,0001-01-01,b,\n":        {days, {Codes: []string{"a", "b"}}},
		"id,day,code,name\r\n\"1\",\"2012-05-01\",\"§ 9, \"\"a\"\"\",x\r\n2,,\"\",\r\n":        {days, {Codes: []string{`§ 9, "a"`}}},
		"id,day,code,name\n1,2013-02-29,a,x\n":                                                 {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,31-12-2013,a,x\n":                                                 {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,2013-1-05 ,a,x\n":                                                 {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,0000-01-01,a,x\n":                                                 {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,2013-13-01,a,x\n":                                                 {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,2013-04-31,a,x\n":                                                 {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,2013-04-00,a,x\n":                                                 {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,2013-00-10,a,x\n":                                                 {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,infinity,a,x\n":                                                   {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,2013/04/01,a,x\n":                                                 {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,2013-04-01 10:00:00,a,x\n":                                        {none, {Codes: []string{"a"}}},
		"id,day,code,name\n1,2013-04-01,a,x\nbroken,never\n2,2013-04-02,b,\"y\"z\n3,,c,u\"v\n": {days, {Codes: []string{"a", "c"}}},
		"id,day,code,name\n":                                                                   {days, {Codes: nil}},
	} {
		found, err := Scan(strings.NewReader(text), Scanning{Kinds: kinds})
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]Values{found.Values[1], found.Values[2]}; len(found.Values) != 3 || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}

	var many strings.Builder
	many.WriteString("code\n")
	for i := range mostCodes + 1 {
		fmt.Fprintf(&many, "%d\n", i)
		if i+1 == mostCodes {
			found, err := Scan(strings.NewReader(many.String()), Scanning{Kinds: []registers.Kind{registers.Code}})
			if err != nil || len(found.Values[0].Codes) != mostCodes {
				t.Errorf("%d values: %d, %v", mostCodes, len(found.Values[0].Codes), err)
			}
		}
	}
	if found, err := Scan(strings.NewReader(many.String()), Scanning{Kinds: []registers.Kind{registers.Code}}); err != nil || found.Values[0].Codes != nil {
		t.Errorf("a value too many: %d, %v", len(found.Values[0].Codes), err)
	}
}
