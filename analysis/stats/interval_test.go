package stats

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

func TestWilson(t *testing.T) {
	for _, row := range reference(t, "wilson_expected.csv") {
		low, high := Wilson(whole(t, row["x"]), whole(t, row["n"]))
		what := row["x"] + " of " + row["n"]
		near(t, what+" low", low, row["wilson_lo"])
		near(t, what+" high", high, row["wilson_hi"])
	}
}

// The exact bounds of Clopper and Pearson are the rates at which so many or more, and so few or fewer, have the chance of
// 2.5 per cent: they hold the binomial distribution under the funnel against R.
func TestBinomialAgainstClopperPearson(t *testing.T) {
	for _, row := range reference(t, "wilson_expected.csv") {
		x, n := number(t, row["x"]), number(t, row["n"])
		if x > 0 {
			orMore := mathext.RegIncBeta(x, n-x+1, number(t, row["clopper_pearson_lo"]))
			near(t, row["x"]+" or more", orMore, "0.025")
		}
		if x < n {
			orFewer := distuv.Binomial{N: n, P: number(t, row["clopper_pearson_hi"])}.CDF(x)
			near(t, row["x"]+" or fewer", orFewer, "0.025")
		}
	}
}

func TestNewcombe(t *testing.T) {
	for _, row := range reference(t, "newcombe_difference_expected.csv") {
		x1, n1, x2, n2 := whole(t, row["x1"]), whole(t, row["n1"]), whole(t, row["x2"]), whole(t, row["n2"])
		diff, low, high := Newcombe(x1, n1, x2, n2)
		what := fmt.Sprintf("%d of %d less %d of %d", x1, n1, x2, n2)
		near(t, what, diff, row["diff"])
		near(t, what+" low", low, row["lo"])
		near(t, what+" high", high, row["hi"])
	}
}

// Whatever the counts: bounds lie on the scale and around the figure, and the difference the other way round is the same
// with its sign turned.
func TestIntervalsOfAnyCounts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		n1, n2 := 1+random.Int64N(3000), 1+random.Int64N(30)
		x1, x2 := random.Int64N(n1+1), random.Int64N(n2+1)
		low, high := Wilson(x1, n1)
		if p := float64(x1) / float64(n1); !(0 <= low && low <= p && p <= high && high <= 1) {
			t.Fatalf("Wilson(%d, %d) = %v, %v", x1, n1, low, high)
		}
		diff, low, high := Newcombe(x1, n1, x2, n2)
		if !(-1 <= low && low <= diff && diff <= high && high <= 1) {
			t.Fatalf("Newcombe(%d, %d, %d, %d) = %v, %v, %v", x1, n1, x2, n2, diff, low, high)
		}
		turned, turnedLow, turnedHigh := Newcombe(x2, n2, x1, n1)
		if turned != -diff || turnedLow != -high || turnedHigh != -low {
			t.Fatalf("Newcombe(%d, %d, %d, %d) is not the opposite of the other way round", x1, n1, x2, n2)
		}
	}
}

func TestNoIntervalOfNobody(t *testing.T) {
	for _, c := range [][2]int64{{0, 0}, {1, 0}, {-1, 5}, {6, 5}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Wilson(%d, %d) gave an Interval", c[0], c[1])
				}
			}()
			Wilson(c[0], c[1])
		}()
	}
}
