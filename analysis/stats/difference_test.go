package stats

import "testing"

func TestStandardisedDifferenceAgainstNumpy(t *testing.T) {
	for _, row := range reference(t, "standardised_difference_expected.csv") {
		one, other := Proportion{whole(t, row["x1"]), whole(t, row["n1"])}, Proportion{whole(t, row["x2"]), whole(t, row["n2"])}
		got, back := StandardisedDifference(one, other), StandardisedDifference(other, one)
		if got == nil || back == nil {
			t.Fatalf("%v, %v: no difference", one, other)
		}
		near(t, row["x1"]+" of "+row["n1"], *got, row["difference"])
		if *back != -*got {
			t.Errorf("%v, %v: %v one way, %v the other", one, other, *got, *back)
		}
	}
}

func TestNoStandardisedDifference(t *testing.T) {
	for name, c := range map[string][2]Proportion{
		"nobody in one":       {{0, 0}, {1, 2}},
		"nobody in the other": {{1, 2}, {0, 0}},
		"none and all":        {{0, 5}, {5, 5}},
	} {
		if d := StandardisedDifference(c[0], c[1]); d != nil {
			t.Errorf("%s: %v, want none", name, *d)
		}
	}
	if d := StandardisedDifference(Proportion{5, 5}, Proportion{3, 3}); d == nil || *d != 0 {
		t.Errorf("all and all: %v, want 0", d)
	}
}
