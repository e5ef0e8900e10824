package analysis

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestStandardise(t *testing.T) {
	cases := map[string][2]map[string]counts{
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
	for _, row := range reference(t, "testdata", "standardised_expected.csv") {
		what := row["case"]
		got := standardise(cases[what][0], cases[what][1])
		near(t, what+" first", got.first.value, row["rate1"])
		bounded(t, what+" first", got.first.bounds, row["low1"], row["high1"])
		near(t, what+" second", got.second.value, row["rate2"])
		bounded(t, what+" second", got.second.bounds, row["low2"], row["high2"])
		near(t, what+" difference", got.difference.value, row["diff"])
		bounded(t, what+" difference", got.difference.bounds, row["low"], row["high"])
	}
	two := standardise(cases["two"][0], cases["two"][1])
	if !reflect.DeepEqual(two.categories, []string{"asylum", "family"}) || two.leftOut != [2]int64{80, 11} {
		t.Errorf("categories %v, left out %v; want asylum and family, 80 and 11", two.categories, two.leftOut)
	}
}

func TestStandardiseNotApplicable(t *testing.T) {
	for _, c := range [][2]map[string]counts{
		{nil, nil},
		{{"asylum": {1, 5}}, nil},
		{{"asylum": {1, 5}}, {"family": {1, 7}}},
		{{"asylum": {1, 5}}, {"asylum": {0, 0}}},
		{{"asylum": {0, 0}}, {"asylum": {1, 5}}},
	} {
		got := standardise(c[0], c[1])
		if got.first != nil || got.second != nil || got.difference != nil || got.categories != nil {
			t.Errorf("%v: %+v, want nothing", c, got)
		}
		if want := c[0]["asylum"].judged; got.leftOut[0] != want {
			t.Errorf("%v: %d left out of the first, want %d", c, got.leftOut[0], want)
		}
	}
	// Weights of 16, 19, 21, 24 and 24 parts of 104 add up to a little more than 1.
	whole := standardise(
		map[string]counts{"asylum": {8, 8}, "eu": {2, 2}, "family": {10, 10}, "study": {11, 11}, "work": {16, 16}},
		map[string]counts{"asylum": {8, 8}, "eu": {17, 17}, "family": {11, 11}, "study": {13, 13}, "work": {8, 8}})
	if whole.first.value != 1 || whole.difference.value != 0 || whole.first.bounds != nil {
		t.Errorf("everybody unlinked: %+v", *whole.first)
	}
	certain := standardise(map[string]counts{"asylum": {0, 50}, "family": {3, 3}}, map[string]counts{"asylum": {9, 90}, "family": {1, 7}})
	if certain.first.bounds != nil || certain.second.bounds == nil || certain.difference.bounds != nil {
		t.Errorf("the cohort without variance has no bounds, nor has the difference: %+v", certain)
	}
}

// With one category it is the rate itself; with the same mix in both cohorts the difference is the raw one; turned round,
// its sign turns.
func TestStandardiseOfAnyCounts(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		a, b := map[string]counts{}, map[string]counts{}
		var rawA, rawB counts
		for _, category := range Categories[:1+random.IntN(len(Categories))] {
			n := 1 + random.Int64N(200)
			a[category] = counts{random.Int64N(n + 1), n}
			b[category] = counts{random.Int64N(3*n + 1), 3 * n}
			rawA = counts{rawA.fail + a[category].fail, rawA.judged + n}
			rawB = counts{rawB.fail + b[category].fail, rawB.judged + 3*n}
		}
		s, turned := standardise(a, b), standardise(b, a)
		if math.Abs(s.first.value-*rawA.rate()) > 1e-12 || math.Abs(s.second.value-*rawB.rate()) > 1e-12 {
			t.Fatalf("same mix: %v and %v, raw %v and %v", s.first.value, s.second.value, *rawA.rate(), *rawB.rate())
		}
		if math.Abs(s.difference.value+turned.difference.value) > 1e-15 {
			t.Fatalf("turned round: %v and %v", s.difference.value, turned.difference.value)
		}
		for _, e := range []*estimate{s.first, s.second, s.difference} {
			if e.bounds != nil && !(-1 <= e.bounds.low && e.bounds.low <= e.value && e.value <= e.bounds.high && e.bounds.high <= 1) {
				t.Fatalf("%v outside %v", e.value, *e.bounds)
			}
		}
	}
}

func TestTakeApart(t *testing.T) {
	got := takeApart(new(0.07), new(0.05), new(0.02))
	if math.Abs(*got.age-0.02) > 1e-15 || math.Abs(*got.mix-0.03) > 1e-15 || *got.rest != 0.02 {
		t.Errorf("age %v, mix %v, rest %v", *got.age, *got.mix, *got.rest)
	}
	if sum := *got.age + *got.mix + *got.rest; math.Abs(sum-0.07) > 1e-15 {
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
		s := takeApart(c.raw, c.equalAge, c.standardised)
		if (s.age != nil) != c.age || (s.mix != nil) != c.mix || (s.rest != nil) != c.rest {
			t.Errorf("%+v: %+v", c, s)
		}
	}
}
