package values

import (
	"maps"
	"testing"

	"github.com/spf13/pflag"
)

func TestCell(t *testing.T) {
	for _, c := range []struct {
		given []string
		want  map[string]string
		err   string
	}{
		{given: []string{"year=2013,verdict=fail"}, want: map[string]string{"year": "2013", "verdict": "fail"}},
		{given: []string{"year=2013", "verdict=fail"}, want: map[string]string{"year": "2013", "verdict": "fail"}},
		{given: []string{"year="}, want: map[string]string{"year": ""}},
		{given: []string{`legal_basis="§ 9 c, stk. 1",year=2013`}, want: map[string]string{"legal_basis": "§ 9 c, stk. 1", "year": "2013"}},
		{given: []string{`"legal_basis=§ 9 c, stk. 1"`}, want: map[string]string{"legal_basis": "§ 9 c, stk. 1"}},
		{given: []string{"legal_basis=§ 9 c, stk. 1"}, want: map[string]string{"legal_basis": "§ 9 c, stk. 1"}},
		{given: []string{`name="a ""word"""`}, want: map[string]string{"name": `a "word"`}},
		{given: []string{"2013"}, err: "not of the form KEY=VALUE,KEY=VALUE"},
		{given: []string{"year=2013,year=2014"}, err: "year is given twice"},
		{given: []string{`year="2013`}, err: "a quote is not closed, or does not end the value"},
	} {
		var got Cell
		var err error
		for _, text := range c.given {
			if err = got.Set(text); err != nil {
				break
			}
		}
		if c.err != "" {
			if err == nil || err.Error() != c.err {
				t.Errorf("%q: error %v, want %s", c.given, err, c.err)
			}
			continue
		}
		if err != nil || !maps.Equal(got, c.want) {
			t.Errorf("%q: %v, %v, want %v", c.given, got, err, c.want)
		}
	}
}

func TestAgree(t *testing.T) {
	for _, c := range []struct{ format, out, want, err string }{
		{out: "a.html", want: "html"},
		{out: "a.HTM", want: "html"},
		{out: "a", want: "text"},
		{format: "csv", out: "a.csv", want: "csv"},
		{format: "csv", out: "a.xlsx", err: "--format csv: --out a.xlsx is the name of another format"},
		{format: "xlsx", err: "--format xlsx: --out is missing"},
		{out: "a.pdf", err: "--out a.pdf: its ending is that of no format that is written here, which are text, csv, xlsx, html"},
	} {
		flags := pflag.NewFlagSet("", pflag.ContinueOnError)
		format := OneOf(flags, "format", "text", "csv", "xlsx", "html")
		if c.format != "" {
			if err := flags.Set("format", c.format); err != nil {
				t.Fatal(err)
			}
		}
		err := Agree(format, c.out)
		switch {
		case c.err == "" && (err != nil || format.Word != c.want):
			t.Errorf("%+v: %s, %v", c, format.Word, err)
		case c.err != "" && (err == nil || err.Error() != c.err):
			t.Errorf("%+v: error %v", c, err)
		}
	}
}
