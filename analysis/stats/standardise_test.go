package stats

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestStandardise(t *testing.T) {
	cases := map[string][2]map[string]Proportion{
		"two": {
			{"asylum": {120, 1000}, "family": {45, 900}, "work": {7, 80}},
			{"asylum": {30, 500}, "family": {20, 1500}, "work": {0, 0}, "eu": {1, 6}, "study": {0, 5}},
		},
		"three": {
			{"asylum": {7, 81}, "family": {3, 12}, "work": {0, 40}},
			{"asylum": {1, 60}, "family": {5, 9}, "work": {11, 300}},
		},
		"cut": {
			{"asylum": {0, 9}, "family": {1, 30}},
			{"asylum": {1, 10}, "family": {0, 8}},
		},
	}
	for _, row := range reference(t, "standardised_expected.csv") {
		what := row["case"]
		got := Standardise(cases[what][0], cases[what][1])
		near(t, what+" first", got.First.Value, row["rate1"])
		bounded(t, what+" first", got.First.Bounds, row["low1"], row["high1"])
		near(t, what+" second", got.Second.Value, row["rate2"])
		bounded(t, what+" second", got.Second.Bounds, row["low2"], row["high2"])
		near(t, what+" difference", got.Difference.Value, row["diff"])
		bounded(t, what+" difference", got.Difference.Bounds, row["low"], row["high"])
	}
	two := Standardise(cases["two"][0], cases["two"][1])
	if !reflect.DeepEqual(two.Categories, []string{"asylum", "family"}) || two.LeftOut != [2]int64{80, 11} {
		t.Errorf("categories %v, left out %v; want asylum and family, 80 and 11", two.Categories, two.LeftOut)
	}
}

func TestStandardiseNotApplicable(t *testing.T) {
	for _, c := range [][2]map[string]Proportion{
		{nil, nil},
		{{"asylum": {1, 5}}, nil},
		{{"asylum": {1, 5}}, {"family": {1, 7}}},
		{{"asylum": {1, 5}}, {"asylum": {0, 0}}},
		{{"asylum": {0, 0}}, {"asylum": {1, 5}}},
	} {
		got := Standardise(c[0], c[1])
		if got.First != nil || got.Second != nil || got.Difference != nil || got.Categories != nil {
			t.Errorf("%v: %+v, want nothing", c, got)
		}
		if want := c[0]["asylum"].Judged; got.LeftOut[0] != want {
			t.Errorf("%v: %d left out of the first, want %d", c, got.LeftOut[0], want)
		}
	}
	// Weights of 16, 19, 21, 24 and 24 parts of 104 add up to a little more than 1.
	whole := Standardise(
		map[string]Proportion{"asylum": {8, 8}, "eu": {2, 2}, "family": {10, 10}, "study": {11, 11}, "work": {16, 16}},
		map[string]Proportion{"asylum": {8, 8}, "eu": {17, 17}, "family": {11, 11}, "study": {13, 13}, "work": {8, 8}})
	if whole.First.Value != 1 || whole.Difference.Value != 0 || whole.First.Bounds != nil {
		t.Errorf("everybody Unlinked: %+v", *whole.First)
	}
	certain := Standardise(map[string]Proportion{"asylum": {0, 50}, "family": {3, 3}}, map[string]Proportion{"asylum": {9, 90}, "family": {1, 7}})
	if certain.First.Bounds != nil || certain.Second.Bounds == nil || certain.Difference.Bounds != nil {
		t.Errorf("the cohort without variance has no bounds, nor has the difference: %+v", certain)
	}
}

// With one category it is the rate itself; with the same mix in both cohorts the difference is the raw one; turned round,
// its sign turns.
func TestStandardiseOfAnyCounts(t *testing.T) {
	categories := []string{"asylum", "family", "work", "study", "eu"}
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		a, b := map[string]Proportion{}, map[string]Proportion{}
		var rawA, rawB Proportion
		for _, category := range categories[:1+random.IntN(len(categories))] {
			n := 1 + random.Int64N(200)
			a[category] = Proportion{random.Int64N(n + 1), n}
			b[category] = Proportion{random.Int64N(3*n + 1), 3 * n}
			rawA = Proportion{rawA.Fail + a[category].Fail, rawA.Judged + n}
			rawB = Proportion{rawB.Fail + b[category].Fail, rawB.Judged + 3*n}
		}
		s, turned := Standardise(a, b), Standardise(b, a)
		if math.Abs(s.First.Value-*rawA.Rate()) > 1e-12 || math.Abs(s.Second.Value-*rawB.Rate()) > 1e-12 {
			t.Fatalf("same Mix: %v and %v, raw %v and %v", s.First.Value, s.Second.Value, *rawA.Rate(), *rawB.Rate())
		}
		if math.Abs(s.Difference.Value+turned.Difference.Value) > 1e-15 {
			t.Fatalf("turned round: %v and %v", s.Difference.Value, turned.Difference.Value)
		}
		for _, e := range []*Estimate{s.First, s.Second, s.Difference} {
			if e.Bounds != nil && !(-1 <= e.Bounds.Low && e.Bounds.Low <= e.Value && e.Value <= e.Bounds.High && e.Bounds.High <= 1) {
				t.Fatalf("%v outside %v", e.Value, *e.Bounds)
			}
		}
	}
}

func TestTakeApart(t *testing.T) {
	got := TakeApart(new(0.07), new(0.05), new(0.02))
	if math.Abs(*got.Age-0.02) > 1e-15 || math.Abs(*got.Mix-0.03) > 1e-15 || *got.Rest != 0.02 {
		t.Errorf("age %v, mix %v, rest %v", *got.Age, *got.Mix, *got.Rest)
	}
	if sum := *got.Age + *got.Mix + *got.Rest; math.Abs(sum-0.07) > 1e-15 {
		t.Errorf("the steps add up to %v", sum)
	}
	for _, c := range []struct {
		raw, equalAge, standardised *float64
		age, mix, rest              bool
	}{
		{nil, nil, nil, false, false, false},
		{new(0.1), nil, nil, false, false, false},
		{new(0.1), new(0.1), nil, true, false, false},
		{nil, new(0.1), new(0.1), false, true, true},
	} {
		s := TakeApart(c.raw, c.equalAge, c.standardised)
		if (s.Age != nil) != c.age || (s.Mix != nil) != c.mix || (s.Rest != nil) != c.rest {
			t.Errorf("%+v: %+v", c, s)
		}
	}
}
