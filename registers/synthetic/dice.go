package synthetic

import (
	"math"
	"math/rand/v2"
)

// dice draws from one stream of pseudo-random numbers. Streams are numbered, not continued: stream n of a seed is the
// same whoever draws it and whenever, which is what lets blocks be made in parallel and still come out the same.
type dice struct {
	source *rand.PCG
	*rand.Rand
	seed uint64
}

func newDice(seed uint64) *dice {
	source := rand.NewPCG(seed, 0)
	return &dice{source: source, Rand: rand.New(source), seed: seed}
}

// stream turns to the start of stream n.
func (d *dice) stream(n uint64) { d.source.Seed(scramble(d.seed), scramble(n^d.seed)) }

// scramble spreads neighbouring numbers over all 64 bits (splitmix64).
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (d *dice) chance(p float64) bool { return d.Float64() < p }

// between draws a whole number from low to high, both included.
func (d *dice) between(low, high int) int {
	if high <= low {
		return low
	}
	return low + d.IntN(high-low+1)
}

// days draws a number of days from the lognormal distribution of that median and spread.
func (d *dice) days(median, spread float64) day {
	return day(math.Min(median*math.Exp(spread*d.NormFloat64()), 20000))
}

// draw picks an index by cumulative weights.
func (d *dice) draw(cumulative []float64) int { return drawAt(d.Float64(), cumulative) }

// drawAt picks the index that stands at x, between 0 and 1, of the cumulative weights.
func drawAt(x float64, cumulative []float64) int {
	x *= cumulative[len(cumulative)-1]
	low, high := 0, len(cumulative)-1
	for low < high {
		mid := (low + high) / 2
		if cumulative[mid] > x {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// shuffle is a one-to-one map of 0 … n−1 onto itself by i → a·i + b. The stride is near the golden section of n, so that
// neighbours land far apart and any run of them is spread evenly.
type shuffle struct{ n, a, b uint64 }

func newShuffle(n int64, key uint64) shuffle {
	if n <= 0 {
		return shuffle{n: 1}
	}
	s := shuffle{n: uint64(n), b: scramble(key) % uint64(n)}
	for s.a = uint64(float64(n)*0.6180339887498949) + 1; gcd(s.a, s.n) != 1; {
		s.a++
	}
	return s
}

func (s shuffle) at(i int64) int64 { return int64((s.a%s.n*(uint64(i)%s.n) + s.b) % s.n) }

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// quantile is the standard normal quantile.
func quantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// lognormalBelow is the chance that a lognormal delay of that median and spread is at most t days.
func lognormalBelow(t, median, spread float64) float64 {
	if t <= 0 {
		return 0
	}
	return 0.5 * math.Erfc(-math.Log(t/median)/(spread*math.Sqrt2))
}
