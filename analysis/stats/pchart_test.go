package stats

import (
	"math"
	"testing"
)

func TestMonthChartAgainstNumpy(t *testing.T) {
	rows := reference(t, "pchart_expected.csv")
	months := make([]Proportion, len(rows))
	for i, row := range rows {
		months[i] = Proportion{whole(t, row["fail"]), whole(t, row["judged"])}
	}
	chart := MonthChart(months)
	if chart.Months != 24 || len(chart.Points) != 30 {
		t.Fatalf("centre on %d months, %d points; want 24 and 30", chart.Months, len(chart.Points))
	}
	for i, row := range rows {
		p, what := chart.Points[i], "month "+row["month"]
		bounded(t, what, p.Limits, row["low"], row["high"])
		if row["rate"] == "" {
			if p != (ChartPoint{}) {
				t.Errorf("%s: %+v, want no point", what, p)
			}
			continue
		}
		near(t, what, *p.Rate, row["rate"])
		want := ""
		if i < 4 { // drawn at 30 per cent, the others at 8
			want = "beyond"
		}
		if p.Signal != want {
			t.Errorf("%s: signal %q, want %q", what, p.Signal, want)
		}
	}
}

// Montgomery's example 7.1: 347 of 30 samples of 50; limits 0.0524 and 0.4102.
func TestControlLimitsOfMontgomery(t *testing.T) {
	got := controlLimits(347./1500, 50)
	if math.Abs(got.Low-0.0524) > 5e-5 || math.Abs(got.High-0.4102) > 5e-5 {
		t.Errorf("limits %v", *got)
	}
}

func TestRuns(t *testing.T) {
	high, low, on, none := Proportion{11, 100}, Proportion{9, 100}, Proportion{10, 100}, Proportion{}
	var months []Proportion
	add := func(n int, c Proportion) {
		for range n {
			months = append(months, c)
		}
	}
	// Eight and eight around one on the centre, so that the centre is 10 per cent and no month is beyond its limits.
	add(4, high)
	add(1, none)
	add(4, high) // the month with nobody does not break the run
	add(4, low)
	add(1, on)
	add(4, low) // the month on the centre does
	chart := MonthChart(months)
	if *chart.Centre != 0.1 || chart.Months != 17 {
		t.Fatalf("centre %v on %d months", *chart.Centre, chart.Months)
	}
	wantRuns := []int{1, 2, 3, 4, 0, 5, 6, 7, 8, -1, -2, -3, -4, 0, -1, -2, -3, -4}
	for i, p := range chart.Points {
		want := ""
		if i == 8 {
			want = "run"
		}
		if p.Run != wantRuns[i] || p.Signal != want {
			t.Errorf("month %d: run %d, signal %q; want %d, %q", i, p.Run, p.Signal, wantRuns[i], want)
		}
	}
}

func TestRunBelow(t *testing.T) {
	months := []Proportion{{20, 100}, {20, 100}}
	for range 9 {
		months = append(months, Proportion{8, 100})
	}
	chart := MonthChart(months)
	for i, p := range chart.Points {
		want := ""
		switch {
		case i < 2: // 20 per cent against a centre of 10.2 and a limit of 19.3
			want = "beyond"
		case i >= 9: // the eighth of the nine, and the ninth
			want = "run"
		}
		if p.Signal != want {
			t.Errorf("month %d: signal %q, want %q", i, p.Signal, want)
		}
	}
}

// At a centre of 90 per cent a small month's upper limit is cut at 1, and a large month can lie below its lower one.
func TestControlLimitsAreCut(t *testing.T) {
	chart := MonthChart([]Proportion{{896, 990}, {4, 4}, {4, 10}, {860, 956}})
	if *chart.Centre != 0.9 {
		t.Fatalf("centre %v", *chart.Centre)
	}
	if got := chart.Points[1].Limits; got.High != 1 || math.Abs(got.Low-0.45) > 1e-12 {
		t.Errorf("limits of 4 permits: %v, want 0.45 and 1", *got)
	}
	for i, want := range []string{"", "", "beyond", ""} {
		if chart.Points[i].Signal != want {
			t.Errorf("month %d: signal %q, want %q", i, chart.Points[i].Signal, want)
		}
	}
}

func TestMonthChartAtTheEnds(t *testing.T) {
	if chart := MonthChart(nil); chart.Centre != nil || chart.Months != 0 || len(chart.Points) != 0 {
		t.Errorf("no months: %+v", chart)
	}
	if chart := MonthChart([]Proportion{{}, {}}); chart.Centre != nil || len(chart.Points) != 2 || chart.Points[0] != (ChartPoint{}) {
		t.Errorf("nobody judged: %+v", chart)
	}
	for _, c := range []Proportion{{0, 50}, {50, 50}} {
		chart := MonthChart([]Proportion{c, c, c})
		if p := chart.Points[2]; *chart.Centre != *c.Rate() || p.Limits != nil || p.Run != 0 || p.Signal != "" {
			t.Errorf("%v: centre %v, %+v", c, *chart.Centre, p)
		}
	}
}
