package disclosure

import (
	"errors"
	"math/big"
	"math/bits"
	"slices"
)

// errTooLarge is the error of a tableau whose whole numbers outgrow 64 bits.
var errTooLarge = errors.New("disclosure: the identities are too entangled to be solved in whole numbers of 64 bits")

// errInfeasible is the error of identities that no counts keep.
var errInfeasible = errors.New("disclosure: no counts keep what is published")

// simplex solves identities in counts of 0 or more exactly. Every entry is a whole number over one common denominator, that of Edmonds' integer
// pivoting (1967), so that there is no rounding and no tolerance. Floating point was tried: it gave hundreds of wrong bounds on tables with margins,
// whose identities always depend on each other.
type simplex struct {
	rows  [][]int64 // a row a basic variable: its coefficients, and last its value
	basis []int     // which variable a row is of; -1 for an artificial one of the first phase
	scale int64     // the common denominator, above 0
	goal  []int64   // what each variable adds to the goal; last the goal itself, with the sign turned
	wide  bool      // a number outgrew 64 bits
}

// ratio is a fraction of whole numbers; the denominator is above 0.
type ratio struct{ over, under int64 }

// floor and ceiling are the nearest whole numbers of a fraction of 0 or more.
func (r ratio) floor() int64   { return r.over / r.under }
func (r ratio) ceiling() int64 { return (r.over + r.under - 1) / r.under }

// newSimplex finds a first solution of identities whose rows are coefficients and, last, the value. Identities that follow from others are dropped.
func newSimplex(rows [][]int64) (*simplex, error) {
	x := &simplex{rows: rows, basis: make([]int, len(rows)), scale: 1}
	if len(rows) == 0 {
		return x, nil
	}
	width := len(rows[0])
	x.goal = make([]int64, width)
	for i, row := range x.rows {
		x.basis[i] = -1
		if row[width-1] < 0 {
			negate(row)
		}
		for j, v := range row {
			x.goal[j] += v
		}
	}
	bounded := x.climb()
	switch {
	case x.wide:
		return nil, errTooLarge
	case !bounded || x.goal[width-1] != 0:
		return nil, errInfeasible
	}
	x.dropArtificial()
	if x.wide {
		return nil, errTooLarge
	}
	return x, nil
}

func negate(row []int64) {
	for j := range row {
		row[j] = -row[j]
	}
}

// dropArtificial takes the artificial variables, now all nought, out of the basis, with the identities that say nothing new.
func (x *simplex) dropArtificial() {
	for i := 0; i < len(x.rows); i++ {
		if x.basis[i] >= 0 {
			continue
		}
		row := x.rows[i]
		at := slices.IndexFunc(row[:len(row)-1], func(v int64) bool { return v != 0 })
		if at < 0 {
			x.rows, x.basis = slices.Delete(x.rows, i, i+1), slices.Delete(x.basis, i, i+1)
			i--
			continue
		}
		if row[at] < 0 {
			negate(row)
		}
		x.pivot(i, at)
	}
}

// most is the greatest value of a variable; false where it is unbounded.
func (x *simplex) most(variable int) (ratio, bool, error) { return x.best(variable, 1) }

// fewest is the smallest value of a variable.
func (x *simplex) fewest(variable int) (ratio, error) {
	r, _, err := x.best(variable, -1)
	return r, err
}

func (x *simplex) best(variable int, sign int64) (ratio, bool, error) {
	if len(x.rows) == 0 {
		return ratio{0, 1}, sign < 0, nil
	}
	width := len(x.rows[0])
	x.goal = make([]int64, width)
	at := slices.Index(x.basis, variable)
	if at < 0 {
		x.goal[variable] = sign * x.scale
	} else {
		for j, v := range x.rows[at] {
			x.goal[j] = -sign * v
		}
		x.goal[variable] = 0
	}
	bounded := x.climb()
	if x.wide {
		return ratio{}, false, errTooLarge
	}
	return ratio{-sign * x.goal[width-1], x.scale}, bounded, nil
}

// climb raises the goal until nothing raises it further; false where it has no bound. The steepest variable enters, and after many steps without a
// rise the first one (Bland's rule), which cannot go round in circles.
func (x *simplex) climb() bool {
	value := len(x.goal) - 1
	for still := 0; !x.wide; {
		enter := -1
		for j, v := range x.goal[:value] {
			if v > 0 && (enter < 0 || v > x.goal[enter]) {
				enter = j
				if still > len(x.rows) {
					break
				}
			}
		}
		if enter < 0 {
			return true
		}
		leave := x.leaving(enter)
		if leave < 0 {
			return false
		}
		still++
		if x.rows[leave][value] != 0 {
			still = 0
		}
		x.pivot(leave, enter)
	}
	return true
}

// leaving is the row that bounds an entering variable first, of several the one of the first variable; -1 where none does.
func (x *simplex) leaving(enter int) int {
	leave := -1
	for i, row := range x.rows {
		if row[enter] <= 0 {
			continue
		}
		if leave < 0 {
			leave = i
			continue
		}
		value := len(row) - 1
		order := compareProducts(row[value], x.rows[leave][enter], x.rows[leave][value], row[enter])
		if order < 0 || order == 0 && x.basis[i] < x.basis[leave] {
			leave = i
		}
	}
	return leave
}

// compareProducts compares a·b with c·d, none of them negative.
func compareProducts(a, b, c, d int64) int {
	left, low := bits.Mul64(uint64(a), uint64(b))
	right, lower := bits.Mul64(uint64(c), uint64(d))
	switch {
	case left < right || left == right && low < lower:
		return -1
	case left == right && low == lower:
		return 0
	}
	return 1
}

// pivot brings a variable into the basis in place of a row's; its coefficient there is above 0.
func (x *simplex) pivot(leave, enter int) {
	pivot := x.rows[leave]
	by := pivot[enter]
	for i, row := range x.rows {
		if i != leave {
			x.eliminate(row, pivot, enter)
		}
	}
	x.eliminate(x.goal, pivot, enter)
	x.scale, x.basis[leave] = by, enter
}

// eliminate takes a variable out of a row. The division leaves no remainder.
func (x *simplex) eliminate(row, pivot []int64, enter int) {
	by, times := pivot[enter], row[enter]
	if times == 0 && by == x.scale {
		return
	}
	for j, v := range row {
		if v == 0 && (times == 0 || pivot[j] == 0) {
			continue
		}
		row[j] = x.crossed(v, by, times, pivot[j])
	}
}

// narrow is below the square root of half of the greatest whole number of 64 bits.
const narrow = 1 << 31

// crossed is (a·b - c·d) ÷ scale.
func (x *simplex) crossed(a, b, c, d int64) int64 {
	if fits(a) && fits(b) && fits(c) && fits(d) {
		return (a*b - c*d) / x.scale
	}
	left := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	left.Sub(left, new(big.Int).Mul(big.NewInt(c), big.NewInt(d)))
	left.Quo(left, big.NewInt(x.scale))
	if !left.IsInt64() {
		x.wide = true
		return 0
	}
	return left.Int64()
}

func fits(v int64) bool { return v > -narrow && v < narrow }
