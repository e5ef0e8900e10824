package analysis

import (
	"math"
	"testing"
)

func TestMonthChartAgainstNumpy(t *testing.T) {
	rows := reference(t, "testdata", "pchart_expected.csv")
	months := make([]counts, len(rows))
	for i, row := range rows {
		months[i] = counts{whole(t, row["fail"]), whole(t, row["judged"])}
	}
	chart := monthChart(months)
	if chart.months != 24 || len(chart.points) != 30 {
		t.Fatalf("centre on %d months, %d points; want 24 and 30", chart.months, len(chart.points))
	}
	for i, row := range rows {
		p, what := chart.points[i], "month "+row["month"]
		bounded(t, what, p.limits, row["low"], row["high"])
		if row["rate"] == "" {
			if p != (chartPoint{}) {
				t.Errorf("%s: %+v, want no point", what, p)
			}
			continue
		}
		near(t, what, *p.rate, row["rate"])
		want := ""
		if i < 4 { // drawn at 30 per cent, the others at 8
			want = "beyond"
		}
		if p.signal != want {
			t.Errorf("%s: signal %q, want %q", what, p.signal, want)
		}
	}
}

// Montgomery's example 7.1: 347 of 30 samples of 50; limits 0.0524 and 0.4102.
func TestControlLimitsOfMontgomery(t *testing.T) {
	got := controlLimits(347./1500, 50)
	if math.Abs(got.low-0.0524) > 5e-5 || math.Abs(got.high-0.4102) > 5e-5 {
		t.Errorf("limits %v", *got)
	}
}

func TestRuns(t *testing.T) {
	high, low, on, none := counts{11, 100}, counts{9, 100}, counts{10, 100}, counts{}
	var months []counts
	add := func(n int, c counts) {
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
	chart := monthChart(months)
	if *chart.centre != 0.1 || chart.months != 17 {
		t.Fatalf("centre %v on %d months", *chart.centre, chart.months)
	}
	wantRuns := []int{1, 2, 3, 4, 0, 5, 6, 7, 8, -1, -2, -3, -4, 0, -1, -2, -3, -4}
	for i, p := range chart.points {
		want := ""
		if i == 8 {
			want = "run"
		}
		if p.run != wantRuns[i] || p.signal != want {
			t.Errorf("month %d: run %d, signal %q; want %d, %q", i, p.run, p.signal, wantRuns[i], want)
		}
	}
}

func TestRunBelow(t *testing.T) {
	months := []counts{{20, 100}, {20, 100}}
	for range 9 {
		months = append(months, counts{8, 100})
	}
	chart := monthChart(months)
	for i, p := range chart.points {
		want := ""
		switch {
		case i < 2: // 20 per cent against a centre of 10.2 and a limit of 19.3
			want = "beyond"
		case i >= 9: // the eighth of the nine, and the ninth
			want = "run"
		}
		if p.signal != want {
			t.Errorf("month %d: signal %q, want %q", i, p.signal, want)
		}
	}
}

// At a centre of 90 per cent a small month's upper limit is cut at 1, and a large month can lie below its lower one.
func TestControlLimitsAreCut(t *testing.T) {
	chart := monthChart([]counts{{896, 990}, {4, 4}, {4, 10}, {860, 956}})
	if *chart.centre != 0.9 {
		t.Fatalf("centre %v", *chart.centre)
	}
	if got := chart.points[1].limits; got.high != 1 || math.Abs(got.low-0.45) > 1e-12 {
		t.Errorf("limits of 4 permits: %v, want 0.45 and 1", *got)
	}
	for i, want := range []string{"", "", "beyond", ""} {
		if chart.points[i].signal != want {
			t.Errorf("month %d: signal %q, want %q", i, chart.points[i].signal, want)
		}
	}
}

func TestMonthChartAtTheEnds(t *testing.T) {
	if chart := monthChart(nil); chart.centre != nil || chart.months != 0 || len(chart.points) != 0 {
		t.Errorf("no months: %+v", chart)
	}
	if chart := monthChart([]counts{{}, {}}); chart.centre != nil || len(chart.points) != 2 || chart.points[0] != (chartPoint{}) {
		t.Errorf("nobody judged: %+v", chart)
	}
	for _, c := range []counts{{0, 50}, {50, 50}} {
		chart := monthChart([]counts{c, c, c})
		if p := chart.points[2]; *chart.centre != *c.rate() || p.limits != nil || p.run != 0 || p.signal != "" {
			t.Errorf("%v: centre %v, %+v", c, *chart.centre, p)
		}
	}
}
