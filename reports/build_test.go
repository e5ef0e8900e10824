package reports

import (
	"strings"
	"testing"

	"koblet/analysis"
)

func section(t *testing.T, r Report, name string) Section {
	t.Helper()
	for _, s := range r.Sections {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no section %q", name)
	return Section{}
}

// TestSums holds the totals, which are answers of their own, against the rows above them.
func TestSums(t *testing.T) {
	r := annual(t, sample{}, "da")
	for name, columns := range map[string][]string{
		"unlinked_by_year":         {"total", "fail", "pass", "unknown", "fail_expected", "pass_studied"},
		"unlinked_by_category":     {"total", "fail", "pass", "unknown", "pass_expected"},
		"unlinked_by_person_group": {"total", "fail", "pass", "unknown"},
	} {
		table := section(t, r, name).Table
		for _, column := range columns {
			at := table.Index(column)
			var rows, groups, total int64
			for _, row := range table.Rows {
				n, _ := row.Cells[at].Value.(int64)
				switch row.Kind {
				case Group:
					groups += n
				case Total:
					total = n
				default:
					rows += n
				}
			}
			if rows != total || total == 0 {
				t.Errorf("%s: %s: rows sum to %d, total %d", name, column, rows, total)
			}
			if name == "unlinked_by_person_group" && groups != total {
				t.Errorf("%s: %s: groups sum to %d, total %d", name, column, groups, total)
			}
		}
	}
	if last := r.Sections[len(r.Sections)-1]; last.Name != ProvenanceName {
		t.Errorf("the last section is %q", last.Name)
	}
}

func TestBothRates(t *testing.T) {
	s := section(t, annual(t, sample{}, "en"), "unlinked_by_year")
	for _, column := range []string{"rate", "rate_expected", "rate_low_expected", "rate_studied"} {
		if s.Table.Index(column) < 0 {
			t.Errorf("no column %s", column)
		}
	}
	if s.Table.Columns[s.Table.Index("rate_low_expected")].Until != "rate_high_expected" {
		t.Error("the interval of the expected rate is not closed by its own bound")
	}
}

// TestProvisional: at 2016-12-31 only 2016 is not 365 days old; 2015 is settled.
func TestProvisional(t *testing.T) {
	r := annual(t, sample{}, "da")
	if !r.Provisional {
		t.Error("a report with a provisional year says it is final")
	}
	for _, row := range section(t, r, "unlinked_by_year").Table.Rows {
		year := row.Cells[0].Value
		if got, want := row.Cells[0].Mark == Provisional, year == int64(2016); got != want {
			t.Errorf("year %v: provisional %v", year, got)
		}
	}
}

func TestSpread(t *testing.T) {
	table := section(t, annual(t, sample{}, "da"), "unlinked_by_year_category").Table
	var heads []string
	for _, c := range table.Columns {
		heads = append(heads, c.Label)
	}
	want := "År Asyl Familiesammenføring Erhverv Studie mv. EU/EØS Andet Ukendt I alt"
	if got := strings.Join(heads, " "); got != want {
		t.Errorf("columns %q, want %q", got, want)
	}
	for _, row := range table.Rows {
		if len(row.Cells) != len(table.Columns) {
			t.Fatalf("row %v has %d cells, the head %d", row.Cells[0].Value, len(row.Cells), len(table.Columns))
		}
	}
}

// TestAbsent: two keys that never meet are nought permits, so a count and a share of permits is 0 and a rate is not applicable.
func TestAbsent(t *testing.T) {
	if c := absent(analysis.Result{}, "share"); c.Value != 0.0 {
		t.Errorf("share of none: %v", c.Value)
	}
	r, err := sample{}.source(analysis.Ask{Question: "unlinked"})
	if err != nil {
		t.Fatal(err)
	}
	if c := absent(r, "rate"); c.Value != nil {
		t.Errorf("rate of none: %v", c.Value)
	}
	if c := absent(r, "fail"); c.Value != int64(0) {
		t.Errorf("unlinked of none: %v", c.Value)
	}
}

func TestStudies(t *testing.T) {
	table := section(t, annual(t, sample{}, "da"), "studies").Table
	if len(table.Rows) != 10 {
		t.Fatalf("%d rows, want two studies with four ways of counting each", len(table.Rows))
	}
	published := table.Index("published")
	for i, want := range map[int]string{0: "ca. 10", 5: "3"} {
		if got := table.Rows[i].Cells[published].Word; got != want {
			t.Errorf("published: %q, want %q", got, want)
		}
	}
	if rate, ok := table.Rows[1].Cells[table.Index("rate")].Value.(float64); !ok || rate <= 0 || rate >= 0.5 {
		t.Errorf("measured rate %v", table.Rows[1].Cells[table.Index("rate")].Value)
	}
}

// TestShared: a note that several answers bring stands once, with what holds for the whole report.
func TestShared(t *testing.T) {
	r := annual(t, sample{}, "en")
	const note = "The registers are fully counted."
	n := 0
	for _, text := range r.Notes {
		if strings.HasPrefix(text, note) {
			n++
		}
	}
	if n != 1 {
		t.Errorf("the shared note stands %d times", n)
	}
	for _, s := range r.Sections {
		for _, text := range s.Notes {
			if strings.HasPrefix(text, note) {
				t.Errorf("%s repeats the shared note", s.Name)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"name = \"x\"\nnonsense = 1\n":             `line 2: unknown key "nonsense"`,
		"name = \n":                                "line 1",
		"[[sections]]\nname = \"x\"\n":             "a section with neither a question nor a text",
		"[[key]]\nfact = \"none\"\n":               `names the fact "none"`,
		"[[facts]]\nname = \"a\"\n":                "a fact without a name or a question",
		"[[sections]]\nquestion=\"q\"\nacross=1\n": "line 3",
	} {
		if _, err := Parse("mine", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
	if _, err := Find("annul"); err == nil || !strings.Contains(err.Error(), "annual") {
		t.Errorf("unknown report: %v", err)
	}
}

// FuzzParse: no definition makes the reader panic, and what it accepts has sections that name something.
func FuzzParse(f *testing.F) {
	f.Add("name = \"x\"\n[[sections]]\nquestion = \"unlinked\"\n")
	f.Add("[[facts]]\nname = \"a\"\nquestion = \"b\"\nscope.params.x = \"y\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse("fuzz", []byte(text))
		if err != nil {
			return
		}
		for _, p := range d.Sections {
			if p.Question == "" && !p.Studies && len(p.Text) == 0 {
				t.Errorf("accepted a section that names nothing: %q", text)
			}
		}
	})
}

func annual(t *testing.T, s sample, language string) Report {
	t.Helper()
	return built(t, "annual", s, sampleCommission(language))
}

// built is the report of that name over the sample's figures.
func built(t *testing.T, name string, s sample, c Commission) Report {
	t.Helper()
	d, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	asks, err := d.Asks()
	if err != nil {
		t.Fatal(err)
	}
	answers, err := analysis.Gather(asks, s.source)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Build(d, answers, c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
