package print

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
)

func tally(rows ...[]any) analysis.Result {
	return analysis.Result{
		Question: queries.Question{Name: "unlinked_by_category"}, AsOf: time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC),
		Columns: []queries.Column{{Name: "category"}, {Name: "fail", Unit: "permits"}, {Name: "rate", Unit: "share"}, {Name: "first"}},
		Rows:    rows,
	}
}

func TestMachineFormats(t *testing.T) {
	day := time.Date(2013, 5, 17, 0, 0, 0, 0, time.UTC)
	r := tally([]any{"=cmd", int64(1200), 0.1, day}, []any{`a "b", æ`, int64(0), nil, nil})
	var out bytes.Buffer
	if err := CSV(&out, r); err != nil {
		t.Fatal(err)
	}
	if want := "category,fail,rate,first\n=cmd,1200,0.1,2013-05-17\n\"a \"\"b\"\", æ\",0,,\n"; out.String() != want {
		t.Errorf("CSV:\n%swant:\n%s", out.String(), want)
	}
	out.Reset()
	r.Notes = []analysis.Note{analysis.NoteOf(queries.Words{Da: "sandsynligvis for smalt", En: "likely too narrow"})}
	if err := JSON(&out, r); err != nil {
		t.Fatal(err)
	}
	want := `{"question":"unlinked_by_category","as_of":"2014-12-31","columns":["category","fail","rate","first"],"rows":[
{"category":"=cmd","fail":1200,"rate":0.1,"first":"2013-05-17"},
{"category":"a \"b\", æ","fail":0,"rate":null,"first":null}
],
"notes":[{"da":"sandsynligvis for smalt","en":"likely too narrow"}],
"not_applicable":null}
`
	if out.String() != want {
		t.Errorf("JSON:\n%swant:\n%s", out.String(), want)
	}
	out.Reset()
	none := tally()
	none.NotApplicable = analysis.NoteOf(queries.Words{Da: "intet", En: "nothing"})
	if err := JSON(&out, none); err != nil || !strings.Contains(out.String(), `"rows":[`+"\n],\n"+`"notes":[],`+"\n"+`"not_applicable":{"da":"intet","en":"nothing"}}`) {
		t.Errorf("no rows: %v %s", err, out.String())
	}
}

func TestMachineFormatsRefuse(t *testing.T) {
	r := tally([]any{"a", int64(1), math.NaN(), nil})
	var out bytes.Buffer
	if err := CSV(&out, r); err == nil || !strings.Contains(err.Error(), "row 1: rate") {
		t.Errorf("CSV of NaN: %v", err)
	}
	if err := JSON(&out, r); err == nil || !strings.Contains(err.Error(), "row 1") {
		t.Errorf("JSON of NaN: %v", err)
	}
	if err := CSV(&out, tally([]any{"a", struct{}{}, nil, nil})); err == nil {
		t.Error("CSV of a struct: no error")
	}
}
