package stats

import (
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestFunnelAgainstScipy(t *testing.T) {
	for _, row := range reference(t, "funnel_expected.csv") {
		national := Proportion{whole(t, row["fail"]), whole(t, row["judged"])}
		n, what := whole(t, row["n"]), row["fail"]+" of "+row["judged"]+" for "+row["n"]
		limits95, limits998 := FunnelLimits(national, n)
		bounded(t, what+" 95", limits95, row["low95"], row["high95"])
		bounded(t, what+" 99.8", limits998, row["low998"], row["high998"])

		want := "inside"
		switch orMore, orFewer := number(t, row["or_more"]), number(t, row["or_fewer"]); {
		case orMore <= 0.001:
			want = "above_998"
		case orMore <= 0.025:
			want = "above_95"
		case orFewer <= 0.001:
			want = "below_998"
		case orFewer <= 0.025:
			want = "below_95"
		}
		if got := OutsideFunnel(Proportion{whole(t, row["x"]), n}, national); got != want {
			t.Errorf("%s, %s fail: %s, want %s", what, row["x"], got, want)
		}
	}
}

// Of every count that a municipality can have: what is judged outside lies outside the curves, the chance of being judged
// outside is at most what the limits say, and what lies outside the curves though judged inside is less than a permit above.
func TestFunnelJudgesByTheExactChance(t *testing.T) {
	drawnOnly := 0
	for _, national := range []Proportion{{98, 1000}, {3, 1000}, {400, 1000}} {
		for _, n := range []int64{1, 3, 17, 60, 250} {
			limits95, limits998 := FunnelLimits(national, n)
			if limits998.Low > limits95.Low || limits998.High < limits95.High {
				t.Errorf("%d permits: 95 per cent limits %v not inside %v", n, *limits95, *limits998)
			}
			chance := map[string]float64{}
			for x := range n + 1 {
				judged, drawn := OutsideFunnel(Proportion{x, n}, national), float64(x)/float64(n)
				chance[judged] += distuv.Binomial{N: float64(n), P: *national.Rate()}.Prob(float64(x))
				switch {
				case (judged == "above_95" || judged == "above_998") && drawn <= limits95.High,
					judged == "above_998" && drawn <= limits998.High,
					(judged == "below_95" || judged == "below_998") && drawn >= limits95.Low,
					judged == "below_998" && drawn >= limits998.Low:
					t.Errorf("%d of %d: %s, but within the curves", x, n, judged)
				case judged == "inside" && (drawn < limits95.Low || drawn >= limits95.High+1/float64(n)):
					t.Errorf("%d of %d: inside, but a permit outside the curves", x, n)
				case judged == "inside" && drawn > limits95.High:
					drawnOnly++
				}
			}
			if chance["above_998"] > 0.001 || chance["above_95"]+chance["above_998"] > 0.025 ||
				chance["below_998"] > 0.001 || chance["below_95"]+chance["below_998"] > 0.025 {
				t.Errorf("%d permits: chances %v", n, chance)
			}
		}
	}
	if drawnOnly == 0 {
		t.Error("no count lies between the exact and the interpolated limit: the two need not be told apart")
	}
}

func TestFunnelNarrows(t *testing.T) {
	for _, national := range []Proportion{{98, 1000}, {300, 1000}} {
		rate, before95, before998 := *national.Rate(), 2.0, 2.0
		for n := int64(1); n < 1e6; n *= 4 {
			limits95, limits998 := FunnelLimits(national, n)
			if limits95.Low > rate || limits95.High < rate {
				t.Errorf("%d permits: %v not around %v", n, *limits95, rate)
			}
			width95, width998 := limits95.High-limits95.Low, limits998.High-limits998.Low
			if width95 >= before95 || width998 >= before998 {
				t.Errorf("%d permits: width %v and %v, before %v and %v", n, width95, width998, before95, before998)
			}
			before95, before998 = width95, width998
		}
	}
}

func TestFunnelAtTheEnds(t *testing.T) {
	if a, b := FunnelLimits(Proportion{}, 10); a != nil || b != nil {
		t.Errorf("no national Rate: %v, %v", a, b)
	}
	if a, b := FunnelLimits(Proportion{1, 10}, 0); a != nil || b != nil {
		t.Errorf("no permits: %v, %v", a, b)
	}
	for _, c := range []struct {
		national Proportion
		want     float64
	}{{Proportion{0, 90}, 0}, {Proportion{90, 90}, 1}} {
		a, b := FunnelLimits(c.national, 7)
		if want := (Interval{c.want, c.want}); *a != want || *b != want {
			t.Errorf("%v: %v, %v", c.national, *a, *b)
		}
		if got := OutsideFunnel(Proportion{c.national.Fail / 9, 10}, c.national); got != "inside" {
			t.Errorf("%v: %s", c.national, got)
		}
	}
	if got := OutsideFunnel(Proportion{}, Proportion{1, 10}); got != "" {
		t.Errorf("nobody judged: %q", got)
	}
	if got := OutsideFunnel(Proportion{1, 5}, Proportion{}); got != "" {
		t.Errorf("no national Rate: %q", got)
	}
}
