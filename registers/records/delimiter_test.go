package records

import "testing"

func TestFindDelimiter(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want byte
	}{
		"comma":                    {"a,b,c\n1,2,3\n", ','},
		"semicolon, comma within":  {"Sagsnr.;Navn;Beløb\n1;Ravn, Opdigtet;12,5\n2;Ravn, Opdigtet;0,5\n", ';'},
		"comma in every name":      {"Navn, fornavn;Køn\nRavn, Opdigtet;M\nRavn, Åse;K\n", ';'},
		"tab":                      {"a\tb\n1,5\t2\n", '\t'},
		"bar":                      {"a|b|c\n1;2|3|4\n", '|'},
		"quoted delimiter":         {"\"Sags;nr\",\"Køn;kode\"\n\"1;2;3\",M\n\"1;2\",K\n", ','},
		"quoted line break":        {"a;\"b\nc, d\"\n1;2\n", ';'},
		"one column":               {"permit_id\nS-1\n", 0},
		"one column with a comma":  {"permit_id\nRavn, Åse\n", 0},
		"old line ends":            {"a;b\r1;2\r3,5;4\r", ';'},
		"dashes and a count":       {" Sag | Dag\n-----+-----\n 1   | 2\n(1 row)\n", '|'},
		"sep= before":              {"sep=;\r\na;b\r\n1;2\r\n", ';'},
		"a mark before":            {"\ufeffKøn|Status\nM|1\n", '|'},
		"names decide":             {"Køn;x,y,z\nM;1,2,3\nK;4,5,6\n", ';'},
		"nothing":                  {"", 0},
		"a broken line among many": {"a;b\n1;2\n3;4\n5;6\n7\n8;9\n", ';'},
	} {
		if got := FindDelimiter([]byte(c.text)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestHeaderBelow(t *testing.T) {
	for text, want := range map[string]int{
		"Sagsnr.;Udl.nr.\n1;2\n": 0,
		"Udtræk af sager\n\nSagsnr.;Udl.nr.;Afgørelse\n1;2;Afslag\n1;2;Afslag\n": 3,
		"Udtræk;;\r\nSagsnr.;Udl.nr.;Afgørelse\r\n1;2;Afslag\r\n":                2,
		"0201801231;Zwergius;2013-01-31\n0201801231;Quistorff;2013-01-31\n":      0,
		"": 0,
	} {
		if got := HeaderBelow([]byte(text)); got != want {
			t.Errorf("%q: line %d, want %d", text, got, want)
		}
	}
}
