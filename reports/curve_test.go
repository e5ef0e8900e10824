package reports_test

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// singleOf is the answer's report, its section and the drawings of its chart.
func singleOf(t *testing.T, r analysis.Result) (reports.Report, reports.Section, []charts.Drawing) {
	t.Helper()
	report, err := reports.Single(r, reports.Commission{Language: "en", Provenance: reports.Provenance{AsOf: r.AsOf}})
	if err != nil {
		t.Fatal(err)
	}
	s := report.Sections[0]
	if s.Chart == nil {
		t.Fatal("no chart")
	}
	drawings, err := charts.Draw(*s.Chart, s.Table, reports.LocaleOf("en"))
	if err != nil {
		t.Fatal(err)
	}
	return report, s, drawings
}

// seriesIn gives a drawing's series by id, and the words on it.
func seriesIn(t *testing.T, d charts.Drawing) (map[string][]map[string]any, string) {
	t.Helper()
	var option struct {
		Series []struct {
			ID   string `json:"id"`
			Type string `json:"type"`
			Data []any  `json:"data"`
		} `json:"series"`
	}
	if err := json.Unmarshal(d.Option, &option); err != nil {
		t.Fatal(err)
	}
	by := map[string][]map[string]any{}
	words := ""
	for _, s := range option.Series {
		for _, point := range s.Data {
			p, ok := point.(map[string]any)
			if !ok {
				continue
			}
			by[s.ID] = append(by[s.ID], p)
			words += fmt.Sprint(p["name"]) + "\n"
		}
	}
	return by, words
}

func TestFunnelChart(t *testing.T) {
	r := computedAnswer(t, "unlinked_funnel_by_municipality",
		[]any{"0101", "København", int64(40), int64(1000), int64(0), 0.04, 0.1, 0.08, 0.12, 0.07, 0.13, "below_998"},
		[]any{"0147", "Frederiksberg", int64(30), int64(200), int64(2), 0.15, 0.1, 0.06, 0.14, 0.04, 0.17, "above_95"},
		[]any{"0151", "Ballerup", int64(2), int64(20), int64(0), 0.1, 0.1, 0.0, 0.25, 0.0, 0.4, "inside"},
		[]any{"unknown", "unknown", int64(9), int64(90), int64(0), 0.1, 0.1, nil, nil, nil, nil, nil})
	report, s, drawings := singleOf(t, r)
	by, words := seriesIn(t, drawings[0])
	for id, want := range map[string]string{"figure0": "Ballerup: 10.0 per cent, n = 20", "figure1": "Frederiksberg: 15.0 per cent, n = 200", "figure2": "København: 4.0 per cent, n = 1,000"} {
		if len(by[id]) != 1 || by[id][0]["name"] != want {
			t.Errorf("%s: %v, want one point %q", id, by[id], want)
		}
	}
	if strings.Contains(words, "\nBallerup\n") || !strings.Contains(words, "\nKøbenhavn\n") || strings.Contains(words, "unknown") {
		t.Errorf("only those outside are named:\n%s", words)
	}
	if s.Alt != "The finding in words." {
		t.Errorf("the text alternative is %q", s.Alt)
	}
	var out bytes.Buffer
	if err := print.Text(&out, report); err != nil {
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
	for _, cell := range []string{"!A39=Ballerup", "!B39=20", "!C39=0.1", "!A40=Frederiksberg", "!D40=0.15", "!A41=København", "!E41=0.04", "!J41=0.13"} {
		if !strings.Contains(book, cell) {
			t.Errorf("the workbook lacks %s:\n%s", cell, book)
		}
	}
	if strings.Contains(book, "!A42=") {
		t.Error("what has no limits is drawn")
	}
}

func TestControlChart(t *testing.T) {
	r := computedAnswer(t, "late_chart_by_month",
		[]any{"2013-11", int64(30), int64(100), int64(0), 0.3, 0.1, 0.01, 0.19, "beyond"},
		[]any{"2014-01", int64(10), int64(100), int64(0), 0.1, 0.1, 0.01, 0.19, "none"},
		[]any{"2014-02", int64(0), int64(0), int64(3), nil, 0.1, nil, nil, nil})
	r.Provisional = []any{"2014-01", "2014-02"}
	report, s, drawings := singleOf(t, r)
	by, _ := seriesIn(t, drawings[0])
	points := by["figure0"]
	if len(points) != 4 { // December 2013 has its place
		t.Fatalf("%d places for four months", len(points))
	}
	if points[0]["symbol"] != "diamond" || points[0]["value"] != 30.0 || points[1]["value"] != "-" || points[2]["symbol"] != "circle" {
		t.Errorf("points %v", points)
	}
	if style, _ := points[2]["itemStyle"].(map[string]any); style["color"] != charts.Paper.Light {
		t.Errorf("a provisional month is not hollow: %v", points[2])
	}
	if len(s.Chart.Series) != 4 || len(by["figure2"]) != 4 || by["figure2"][0]["value"] != 19.0 {
		t.Errorf("centre and limits: %v", by["figure2"])
	}
	if got := s.Table.Rows[2].Cells[s.Table.Index("signal")]; got.Value != nil || got.Word != "" {
		t.Errorf("a month with nobody judged has the signal %+v", got)
	}
	var out bytes.Buffer
	if err := excel.Write(&out, report); err != nil {
		t.Fatal(err)
	}
	if book := workbookText(t, out.Bytes()); !strings.Contains(book, "!B45=0.3") || strings.Contains(book, "!B46=") {
		t.Errorf("signals beneath the chart:\n%s", book)
	}
}

func TestStepChart(t *testing.T) {
	r := computedAnswer(t, "time_to_link",
		[]any{"asylum", int64(0), int64(1500), int64(150), int64(0), int64(0), 0.9, 0.88, 0.92},
		[]any{"asylum", int64(30), int64(1200), int64(900), int64(1), int64(2), 0.4, 0.37, 0.43},
		[]any{"family", int64(0), int64(70), int64(7), int64(0), int64(0), 0.9, 0.8, 0.95})
	report, _, drawings := singleOf(t, r)
	if len(drawings) != 2 || drawings[0].Panel != "Asylum" || drawings[1].Panel != "Family reunification" {
		t.Fatalf("%d panels", len(drawings))
	}
	if text := string(drawings[0].Option); !strings.Contains(text, `"30\n1,200"`) || !strings.Contains(text, `"step":"end"`) {
		t.Errorf("no number at risk beneath the day, or no step: %s", text)
	}
	by, _ := seriesIn(t, drawings[0])
	if len(by["figure0"]) != 2 || by["figure0"][1]["value"] != 40.0 || by["base0"][1]["value"] != 37.0 || by["band0"][1]["value"] != 6.0 {
		t.Errorf("series %v", by)
	}
	page := pageOf(t, report)
	if n := strings.Count(page, `class="still"`); n != 2 || !strings.Contains(page, `class="panels wide"`) {
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
	report, s, drawings := singleOf(t, r)
	by, words := seriesIn(t, drawings[0])
	if len(by["figure0"]) != 3 || !strings.Contains(words, "2012, 90: 20.0 per cent") {
		t.Errorf("fields %v", by["figure0"])
	}
	if style, _ := by["figure0"][0]["itemStyle"].(map[string]any); style["color"] != charts.HeatSteps[4].Light {
		t.Errorf("the highest figure is drawn as %v", style)
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
	_, s, drawings := singleOf(t, r)
	by, words := seriesIn(t, drawings[0])
	if len(s.Chart.Series) != 2 || by["figure0"][1]["value"] != 30.0 || by["figure1"][1]["value"] != 11.0 || by["base1"][1]["value"] != 7.0 {
		t.Errorf("series %+v: %v", s.Chart.Series, by)
	}
	if !strings.Contains(words, "Raw rate") || !strings.Contains(words, "Rate at equal age") {
		t.Errorf("the lines are not named:\n%s", words)
	}
}
