package reports_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"koblet/analysis"
	"koblet/queries"
	"koblet/reports"
	"koblet/reports/charts"
	"koblet/reports/excel"
	"koblet/reports/print"
)

// computedAnswer is an answer to a computed question of the catalogue, its rows as Go gives them.
func computedAnswer(t *testing.T, name string, rows ...[]any) analysis.Result {
	t.Helper()
	q, err := queries.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return analysis.Result{Question: q, Columns: q.Result, Rows: rows, AsOf: time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC),
		Notes: []analysis.Note{analysis.NoteOf(queries.Words{Da: "Fundet i ord.", En: "The finding in words."})}}
}

// singleOf is the answer's report, its section and the pictures of its chart.
func singleOf(t *testing.T, r analysis.Result) (reports.Report, reports.Section, []charts.Picture) {
	t.Helper()
	report, err := reports.Single(r, reports.Commission{Language: "en", Provenance: reports.Provenance{AsOf: r.AsOf}})
	if err != nil {
		t.Fatal(err)
	}
	s := report.Sections[0]
	if s.Chart == nil {
		t.Fatal("no chart")
	}
	pictures, _, err := charts.Of(*s.Chart, s.Table, reports.LocaleOf("en"))
	if err != nil {
		t.Fatal(err)
	}
	return report, s, pictures
}

// drawn are the points of a picture's figures that are not empty, and the words on it.
func drawn(p charts.Picture) (by [][]charts.Point, words string) {
	for _, f := range p.Figures {
		var points []charts.Point
		for _, at := range f.Points {
			if !at.Empty {
				points = append(points, at)
			}
		}
		by = append(by, points)
	}
	for _, w := range p.Words {
		words += w.Text + "\n"
	}
	return by, words
}

func TestFunnelChart(t *testing.T) {
	r := computedAnswer(t, "unlinked_funnel_by_municipality",
		[]any{"0101", "København", int64(40), int64(1000), int64(0), 0.04, 0.1, 0.08, 0.12, 0.07, 0.13, "below_998"},
		[]any{"0147", "Frederiksberg", int64(30), int64(200), int64(2), 0.15, 0.1, 0.06, 0.14, 0.04, 0.17, "above_95"},
		[]any{"0151", "Ballerup", int64(2), int64(20), int64(0), 0.1, 0.1, 0.0, 0.25, 0.0, 0.4, "inside"},
		[]any{"unknown", "unknown", int64(9), int64(90), int64(0), 0.1, 0.1, nil, nil, nil, nil, nil})
	report, s, pictures := singleOf(t, r)
	by, words := drawn(pictures[0])
	for i, want := range []string{"Ballerup: 10.0 per cent, n = 20", "Frederiksberg: 15.0 per cent, n = 200", "København: 4.0 per cent, n = 1,000"} {
		if points := by[5+i]; len(points) != 1 || points[0].Tip != want { // before them come the rate of all and four limits
			t.Errorf("%d: %v, want one point %q", i, points, want)
		}
	}
	if pictures[0].X.High != 1000 || !pictures[0].X.Log {
		t.Errorf("the axis of the number judged: %+v", pictures[0].X)
	}
	if strings.Contains(words, "\nBallerup\n") || !strings.Contains(words, "\nKøbenhavn\n") || strings.Contains(words, "unknown") {
		t.Errorf("only those outside are named:\n%s", words)
	}
	if s.Alt != "The finding in words. The figures are in the table below." {
		t.Errorf("the text alternative is %q", s.Alt)
	}
	var out bytes.Buffer
	if err := print.TextWithin(&out, report, 200); err != nil { // heads in one line
		t.Fatal(err)
	}
	for _, part := range []string{"95 per cent limits", "99.8 per cent limits", "8.0–12.0", "Below, outside 99.8 per cent"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("the text lacks %q:\n%s", part, out.String())
		}
	}
	out.Reset()
	if err := excel.Write(&out, report); err != nil {
		t.Fatal(err)
	}
	// The block beneath the chart stands in order of the number judged, each rate under its kind of point.
	book := workbookText(t, out.Bytes())
	for _, cell := range []string{"!A40=Ballerup", "!B40=20", "!H40=0.1", "!A41=Frederiksberg", "!I41=0.15", "!A42=København", "!J42=0.04", "!G42=0.13"} {
		if !strings.Contains(book, cell) {
			t.Errorf("the workbook lacks %s:\n%s", cell, book)
		}
	}
	if strings.Contains(book, "!A43=") {
		t.Error("what has no limits is drawn")
	}
}

func TestControlChart(t *testing.T) {
	r := computedAnswer(t, "late_chart_by_month",
		[]any{"2013-11", int64(30), int64(100), int64(0), 0.3, 0.1, 0.01, 0.19, "beyond"},
		[]any{"2014-01", int64(10), int64(100), int64(0), 0.1, 0.1, 0.01, 0.19, "none"},
		[]any{"2014-02", int64(0), int64(0), int64(3), nil, 0.1, nil, nil, nil})
	r.Provisional = []any{"2014-01", "2014-02"}
	report, s, pictures := singleOf(t, r)
	by, words := drawn(pictures[0])
	pending, settled := by[0], by[1]
	if n := len(pictures[0].X.Places); n != 4 { // December 2013 has its place
		t.Fatalf("%d places for four months", n)
	}
	if len(settled) != 1 || settled[0].Look == nil || settled[0].Look.Symbol != "diamond" || settled[0].Y != 30 {
		t.Errorf("settled %v", settled)
	}
	if look := pictures[0].Figures[0].Look; len(pending) != 1 || pending[0].X != 2 || !look.Hollow || !look.Pale || look.Dash != "dashed" {
		t.Errorf("a provisional month is not hollow, or its line not pale: %v %v", pending, look)
	}
	if len(s.Chart.Series) != 4 || len(by[4]) != 2 || by[4][0].Y != 19 {
		t.Errorf("centre and limits: %v", by[4])
	}
	for _, want := range []string{"outside the limits, or part of a run\n", "provisional\n", "Nov 2013\n"} {
		if !strings.Contains(words, want) {
			t.Errorf("the chart does not say %q:\n%s", want, words)
		}
	}
	if got := s.Table.Rows[2].Cells[s.Table.Index("signal")]; got.Value != nil || got.Word != "" {
		t.Errorf("a month with nobody judged has the signal %+v", got)
	}
	var out bytes.Buffer
	if err := excel.Write(&out, report); err != nil {
		t.Fatal(err)
	}
	if book := workbookText(t, out.Bytes()); !strings.Contains(book, "!D40=0.3") || strings.Contains(book, "!D42=") || !strings.Contains(book, "=outside the limits, or part of a run") {
		t.Errorf("signals beneath the chart:\n%s", book)
	}
}

func TestStepChart(t *testing.T) {
	r := computedAnswer(t, "time_to_link",
		[]any{"asylum", int64(0), int64(1500), int64(150), int64(0), int64(0), 0.9, 0.88, 0.92},
		[]any{"asylum", int64(30), int64(1200), int64(900), int64(1), int64(2), 0.4, 0.37, 0.43},
		[]any{"family", int64(0), int64(70), int64(7), int64(0), int64(0), 0.9, 0.8, 0.95})
	report, _, pictures := singleOf(t, r)
	if len(pictures) != 2 || pictures[0].Name != "Asylum" || pictures[1].Name != "Family reunification" {
		t.Fatalf("%d panels", len(pictures))
	}
	by, words := drawn(pictures[0])
	if !pictures[0].Figures[0].Step || !strings.Contains(words, "30\n1,200\n") {
		t.Errorf("no step, or no number at risk beneath the day:\n%s", words)
	}
	if len(by[0]) != 2 || by[0][1].X != 30 || by[0][1].Y != 40 || by[0][1].Low != 37.0 || by[0][1].High != 43.0 {
		t.Errorf("points %v", by)
	}
	if pictures[0].Finding != "Asylum: 40.0 per cent after 30 days" {
		t.Errorf("finding %q", pictures[0].Finding)
	}
	page := pageOf(t, report)
	if n := strings.Count(page, `class="still"`); n != 2 || strings.Count(page, `class="still slim"`) != 2 || !strings.Contains(page, `class="panels wide"`) {
		t.Errorf("%d drawings on the page, want 2 in wide panels", n)
	}
	var out bytes.Buffer
	if err := excel.Write(&out, report); err != nil {
		t.Fatal(err)
	}
}

// A run-off triangle is a map of fields, cohorts down and ages across; where a cohort is not that old there is no field and the
// table has no figure, on the page and in the workbook.
func TestHeatMap(t *testing.T) {
	r := computedAnswer(t, "runoff_by_year",
		[]any{int64(2012), int64(30), int64(100), int64(50), 0.5}, []any{int64(2012), int64(90), int64(100), int64(80), 0.2},
		[]any{int64(2014), int64(30), int64(200), int64(190), 0.05})
	report, s, pictures := singleOf(t, r)
	by, words := drawn(pictures[0])
	if len(by) != 2 || len(by[0]) != 2 || len(by[1]) != 1 || by[1][0].Tip != "2012, 90: 20.0 per cent" {
		t.Errorf("fields %v", by)
	}
	if by[0][0].Look.Ink != charts.HeatSteps[4] || !strings.Contains(words, "90\n") {
		t.Errorf("the highest figure is drawn as %v; words %s", by[0][0].Look, words)
	}
	if c := s.Table.Rows[1].Cells[2]; c.Value != nil {
		t.Errorf("2014 is not 90 days old, and yet %v", c.Value)
	}
	if s.Table.Columns[1].Head != "Age in days" {
		t.Errorf("the head over the ages is %q", s.Table.Columns[1].Head)
	}
	var out bytes.Buffer
	if err := excel.Write(&out, report); err != nil {
		t.Fatal(err)
	}
	if book := workbookText(t, out.Bytes()); !strings.Contains(book, "!B6=0.5") || strings.Contains(book, "!C7=0") {
		t.Errorf("the workbook:\n%s", book)
	}
}

// Equal age stands beside the raw rate: two lines, each with its interval.
func TestTwoRatesOnOneChart(t *testing.T) {
	r := computedAnswer(t, "unlinked_at_equal_age_by_year",
		[]any{int64(2012), int64(20), int64(100), int64(0), int64(0), 0.2, 0.13, 0.29, int64(10), int64(100), int64(0), 0.1, 0.05, 0.17},
		[]any{int64(2013), int64(30), int64(100), int64(0), int64(5), 0.3, 0.22, 0.4, int64(12), int64(105), int64(0), 0.11, 0.07, 0.19})
	_, s, pictures := singleOf(t, r)
	by, words := drawn(pictures[0])
	if len(s.Chart.Series) != 2 || by[0][1].Y != 30 || by[1][1].Y != 11 || by[1][1].Low != 7.0 {
		t.Errorf("series %+v: %v", s.Chart.Series, by)
	}
	if !strings.Contains(words, "Raw rate") || !strings.Contains(words, "Rate at equal age") {
		t.Errorf("the lines are not named:\n%s", words)
	}
}

// A rate before its register began is not drawn: where the head has the chart begin from a count, it begins at the first year that has any.
func TestCoverageBeginsWhereTheRegisterDoes(t *testing.T) {
	for _, q := range queries.All() {
		if q.Name != "coverage_by_immigration_year" {
			continue
		}
		r := analysis.Result{Question: q, Columns: analysis.Columns(q)}
		for i, pass := range []int64{0, 0, 80, 0, 90} {
			values := map[string]any{"year": int64(1995 + i), "total": int64(100), "pass": pass, "fail": 100 - pass, "unknown": int64(0), "apart": int64(0), "rate": float64(100-pass) / 100}
			var row []any
			for _, c := range r.Columns {
				row = append(row, values[c.Name])
			}
			r.Rows = append(r.Rows, row)
		}
		report, err := reports.Single(r, reports.Commission{Language: "da"})
		if err != nil {
			t.Fatal(err)
		}
		if got := report.Sections[0].Chart.Begins; got != 1997 {
			t.Errorf("the chart begins at %d, want 1997", got)
		}
		return
	}
	t.Error("no such question")
}
