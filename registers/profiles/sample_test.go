package profiles

import (
	"reflect"
	"testing"

	"koblet/registers"
)

func TestSamples(t *testing.T) {
	p := Table{Columns: map[string]string{"person_id": "Løbe_nr"}}
	columns := []string{"\ufeffLøbe_nr", "cpr_number", "Navn", "adr1"}
	header, err := p.MatchHeader(columns, registers.Carl2Persons)
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"P-77", "0203041001", "Anne Bæk", "Vej 7"}, {"P-78", "020304-1001", "", "x\x00"}, {"P-79"}, {"", "", ""}, {"1"}, {"not shown"}}
	want := []Sample{
		{1, "Løbe_nr", "person_id", []string{"A-99", "A-99", "A-99", "", "9"}},
		{2, "cpr_number", "cpr_number", []string{"9999999999", "999999-9999", "", "", ""}},
		{3, "Navn", "", []string{"Aaaa Aaa", "", "", "", ""}},
		{4, "aaa9", "", []string{"Aaa 9", "a?", "", "", ""}},
	}
	if got := Samples(columns, header, rows); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	// Without a header row the names are data too.
	header, _ = Table{}.MatchHeader([]string{"Anne", "Bæk"}, registers.Carl2Persons)
	for _, s := range Samples([]string{"Anne", "Bæk"}, header, nil) {
		if s.Shown != registers.Pattern("Anne")[:len(s.Shown)] || s.Field != "" || s.Patterns != nil {
			t.Errorf("%+v", s)
		}
	}
}
