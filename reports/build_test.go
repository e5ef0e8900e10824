package reports

import (
	"bytes"
	"context"
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

// TestAbsent: two keys that never meet are nought permits, so a share of permits is 0 and a rate is not applicable.
func TestAbsent(t *testing.T) {
	if c := absent(analysis.Result{}); c.Value != 0.0 {
		t.Errorf("share of none: %v", c.Value)
	}
	r, err := sample{}.source(context.Background(), Asked{Question: "unlinked"})
	if err != nil {
		t.Fatal(err)
	}
	if c := absent(r); c.Value != nil {
		t.Errorf("rate of none: %v", c.Value)
	}
}

func TestStudies(t *testing.T) {
	table := section(t, annual(t, sample{}, "da"), "studies").Table
	if len(table.Rows) != 8 {
		t.Fatalf("%d rows, want two studies with three ways of counting each", len(table.Rows))
	}
	published := table.Index("published")
	for i, want := range map[int]string{0: "ca. 10", 4: "3"} {
		if got := table.Rows[i].Cells[published].Word; got != want {
			t.Errorf("published: %q, want %q", got, want)
		}
	}
	if rate, ok := table.Rows[1].Cells[table.Index("rate")].Value.(float64); !ok || rate <= 0 || rate >= 0.5 {
		t.Errorf("measured rate %v", table.Rows[1].Cells[table.Index("rate")].Value)
	}
}

// TestStudyWithoutSnapshot: where a study's day has no snapshot, a dash stands and a note says why.
func TestStudyWithoutSnapshot(t *testing.T) {
	r := annual(t, sample{missing: []string{"2011-06-30"}}, "da")
	s := section(t, r, "studies")
	var out bytes.Buffer
	if err := (Report{Language: "da", Title: "x", Lead: "y", Sections: []Section{s}}).Text(&out); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(out.String()), " ")
	if !strings.Contains(text, "Alle registreringer – – – – –") {
		t.Errorf("no dashes:\n%s", out.String())
	}
	if !strings.Contains(text, "Der er ingen opgørelse pr. 30. juni 2011") {
		t.Errorf("no reason:\n%s", out.String())
	}
	if !strings.Contains(text, "meddelte tilladelser fra perioden har ukendt kategori") {
		t.Errorf("no count of unknown categories:\n%s", out.String())
	}
	if want := "Undersøgelserne kan kun gøres om"; !strings.HasPrefix(s.Title, want) {
		t.Errorf("title %q", s.Title)
	}
}

// TestNothingInScope: with no permit there are dashes, never nought per cent.
func TestNothingInScope(t *testing.T) {
	for _, language := range []string{"da", "en"} {
		r := annual(t, sample{empty: true}, language)
		var out bytes.Buffer
		if err := r.Text(&out); err != nil {
			t.Fatal(err)
		}
		for _, never := range []string{"0,0", "0.0 ", "NaN", "Inf", "<no value>", "<nil>"} {
			if strings.Contains(strings.ReplaceAll(out.String(), "0.1.0", ""), never) {
				t.Errorf("%s: %q in\n%s", language, never, out.String())
			}
		}
		if !strings.Contains(out.String(), dash) {
			t.Errorf("%s: no dash", language)
		}
		var book bytes.Buffer
		if err := r.Excel(&book); err != nil {
			t.Fatal(err)
		}
		if text := workbookText(t, book.Bytes()); !strings.Contains(text, "="+dash) {
			t.Errorf("%s: no dash in the workbook", language)
		}
		pageOf(t, r)
	}
}

func TestNotApplicable(t *testing.T) {
	r := annual(t, sample{notLoaded: true}, "en")
	s := section(t, r, "link_status_by_year")
	if s.Empty != "The extract does not have cpr_persons" || s.Chart != nil {
		t.Fatalf("empty %q, chart %v", s.Empty, s.Chart)
	}
	var out bytes.Buffer
	if err := r.Text(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), dash+" The extract does not have cpr_persons") {
		t.Errorf("the reason is not printed:\n%s", out.String())
	}
	if !strings.Contains(pageText(t, pageOf(t, r)), "No figures: The extract does not have cpr_persons.") {
		t.Error("the reason is not on the page")
	}
}

// TestSameTwice: equal answers give equal bytes in every format.
func TestSameTwice(t *testing.T) {
	for name, printed := range map[string]func(*testing.T, Report, *bytes.Buffer) error{
		"text": func(_ *testing.T, r Report, w *bytes.Buffer) error { return r.Text(w) },
		"json": func(_ *testing.T, r Report, w *bytes.Buffer) error { return r.JSON(w) },
		"xlsx": func(_ *testing.T, r Report, w *bytes.Buffer) error { return r.Excel(w) },
		"html": func(t *testing.T, r Report, w *bytes.Buffer) error { w.WriteString(pageOf(t, r)); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			var first, second bytes.Buffer
			for _, w := range []*bytes.Buffer{&first, &second} {
				if err := printed(t, annual(t, sample{since: 2010}, "da"), w); err != nil {
					t.Fatal(err)
				}
			}
			if first.Len() == 0 || !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Errorf("%d and %d bytes, not the same", first.Len(), second.Len())
			}
		})
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

func TestSingle(t *testing.T) {
	result, err := sample{}.source(context.Background(), Asked{Question: "unlinked_by_year"})
	if err != nil {
		t.Fatal(err)
	}
	result.Question.Chart.Kind, result.Question.Chart.X, result.Question.Chart.Y = "line", "year", "rate"
	r, err := Single(result, sampleCommission("en"))
	if err != nil {
		t.Fatal(err)
	}
	if c := r.Sections[0].Chart; c == nil || c.Series[0].Column != "rate" || c.Series[0].High != "rate_high" {
		t.Fatalf("chart %+v", c)
	}
	var out bytes.Buffer
	if err := r.Text(&out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "SHA-256") || !strings.Contains(out.String(), "31.6") {
		t.Errorf("text of one answer:\n%s", out.String())
	}
}

// TestSingleWithSeries: an answer by two keys is drawn as panels over a spread table, and printed as it was given.
func TestSingleWithSeries(t *testing.T) {
	result, err := sample{}.source(context.Background(), Asked{Question: "unlinked_by_year_category"})
	if err != nil {
		t.Fatal(err)
	}
	result.Question.Chart.Kind, result.Question.Chart.X, result.Question.Chart.Y, result.Question.Chart.Series = "line", "year", "rate", "category"
	r, err := Single(result, sampleCommission("da"))
	if err != nil {
		t.Fatal(err)
	}
	s := r.Sections[0]
	if s.Chart == nil || s.Chart.Kind != "multiples" || len(s.Chart.Series) != len(sampleCategories) || len(s.Table.Rows) != 20 {
		t.Fatalf("chart %+v, %d rows", s.Chart, len(s.Table.Rows))
	}
	var out bytes.Buffer
	if err := r.Text(&out); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "Familiesammenføring"); n != 20 {
		t.Errorf("family stands %d times, want once a year", n)
	}
	pageOf(t, r)
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"name = \"x\"\nnonsense = 1\n":             `line 2: unknown key "nonsense"`,
		"name = \n":                                "line 1",
		"[[sections]]\nname = \"x\"\n":             "section 1 has neither a question nor a text",
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
