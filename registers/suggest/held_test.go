package suggest

import (
	"fmt"
	"strings"
	"testing"

	"koblet/registers"
	"koblet/registers/profiles"
)

// TestReadsDay reads a day as a load does.
func TestReadsDay(t *testing.T) {
	for text, want := range map[string]string{
		"31-12-2014 %d-%m-%Y": "yes", "1-2-2014 %d-%m-%Y": "yes", "31-02-2014 %d-%m-%Y": "no", "31-12-14 %d-%m-%Y": "no", "2014-12-31 %d-%m-%Y": "no", "31-12-2014x %d-%m-%Y": "no",
		"12/31/2014 %m/%d/%Y": "yes", "20141231 %Y%m%d": "yes", "dag.31/12/2014% dag.%d/%m/%Y%%": "yes", "31-12-2014T13:45 %d-%m-%YT%H:%M": "yes", "31-12-2014T25:45 %d-%m-%YT%H:%M": "no",
		"2014-12-31 ": "yes", "2014-12-31T10:11:12 ": "yes", "31-12-2014 ": "no", "20141231 ": "no", " %d-%m-%Y": "no", "31- %d-%m-%Y": "no",
	} {
		day, pattern, _ := strings.Cut(text, " ")
		if got := readsDay(pattern, day); got != (want == "yes") {
			t.Errorf("%q by %q: %v", day, pattern, got)
		}
	}
}

// TestHold counts what a profile reads of each column of days and codes, and shows of what it does not a word that is nobody's, or a
// pattern.
func TestHold(t *testing.T) {
	text := "permit_id;person_id;decided_on;Afgørelse;category;citizen;Sagsbehandler\n"
	for i := range 20 {
		decision, day := []string{"Meddelt", "granted", "Kd", "Qvistgaard"}[i%4], fmt.Sprintf("%02d-01-2014", i+1)
		if i == 19 {
			decision, day = "NULL", "2014-01-20"
		}
		text += fmt.Sprintf("S%d;P%d;%s;%s;%s;x;Qvistgaard Mogens\n", i, i, day, decision, []string{"work", "-"}[i%2])
	}
	look := looked(t, text)
	p := profiles.Table{Dates: "%d-%m-%Y", Missing: []string{"-"}, Columns: map[string]string{"decision": "Afgørelse"}, Values: map[string]map[string]string{"decision": {"Meddelt": "granted"}}}
	h, err := p.MatchHeader(look.Header, registers.Carl2Permits)
	if err != nil {
		t.Fatal(err)
	}
	got := Hold(look, h, p, registers.Carl2Permits)
	for column, want := range map[int]string{
		2: `{%d-%m-%Y 20 19 [{ 9999-99-99 1}]}`,
		3: `{ 20 10 [{Kd  5} { Aaaaaaaaaa 4} {NULL  1}]}`,
		4: `{ 10 10 []}`,
	} {
		if text := fmt.Sprint(got[column]); text != want {
			t.Errorf("column %d: %s, want %s", column, text, want)
		}
	}
	if len(got) != 3 {
		t.Errorf("%d columns: %v", len(got), got)
	}
}
