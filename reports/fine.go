package reports

import "math"

// UnitFine is the unit of a fraction in a column of small ones: it prints as per cent with two decimals. No answer has it; people's tables get it.
const UnitFine = "fine_share"

// unitPoints is the unit of the difference of two fractions, which prints in percentage points; unitFinePoints is that beside small ones.
const (
	unitPoints     = "points"
	unitFinePoints = "fine_points"
)

func isPoints(unit string) bool { return unit == unitPoints || unit == unitFinePoints }

// IsShare reports whether a unit is that of a fraction, with one decimal or with two.
func IsShare(unit string) bool { return unit == UnitShare || unit == UnitFine }

// A rate has one decimal, unless the column has rates below 1 per cent only, or below 5 per cent with some that one decimal would
// print as 0,0: "0,1" of nine in 16,150 is one figure that counts, and 0,0 of three is read as nobody. Two decimals in all tables would say more than is
// known. What is still rounded to nought, or to all, is "<0,1", or ">99,9": in a column of large rates more decimals for one row would hide the others.
const (
	fineBelow      = 0.01
	fineBelowNever = 0.05
)

// fine is the table with two decimals in those columns of shares, under one head and with the bounds of their intervals, whose figures are small.
func (t Table) fine() Table {
	heads := t.fineHeads()
	if len(heads) == 0 {
		return t
	}
	columns := make([]Column, len(t.Columns))
	for i, c := range t.Columns {
		if c.Unit == UnitShare && heads[c.Head] {
			c.Unit = UnitFine
		}
		if c.Unit == unitPoints && heads[c.Head] {
			c.Unit = unitFinePoints
		}
		columns[i] = c
	}
	t.Columns = columns
	return t
}

// fineHeads are the heads under which rates are small; a table without heads has the empty one.
func (t Table) fineHeads() map[string]bool {
	most, vanishing := map[string]float64{}, map[string]bool{}
	until := ""
	for i, c := range t.Columns {
		bound := c.Until != "" || c.Name == until
		until = c.Until
		if c.Unit != UnitShare || bound {
			continue
		}
		for _, r := range t.Rows {
			if v, ok := r.Cells[i].Value.(float64); ok {
				most[c.Head] = max(most[c.Head], math.Abs(v))
				vanishing[c.Head] = vanishing[c.Head] || v != 0 && math.Abs(v) < leastShown(1)
			}
		}
	}
	heads := map[string]bool{}
	for head, v := range most {
		if v > 0 && v < fineBelow || v < fineBelowNever && vanishing[head] {
			heads[head] = true
		}
	}
	return heads
}

// leastShown is the smallest fraction that so many decimals do not round to nought.
func leastShown(decimals int) float64 { return 0.005 * math.Pow10(-decimals) }

// DecimalsOf is how many decimals a share has, or the difference of two.
func DecimalsOf(unit string) int {
	if unit == UnitFine || unit == unitFinePoints {
		return 2
	}
	return 1
}

// Vanishing says how a fraction is printed that its decimals would round to none or to all, and that is neither: <0,1 or >99,9. Empty for all others.
func (l Locale) Vanishing(v float64, unit string) string {
	decimals := DecimalsOf(unit)
	switch {
	case v > 0 && v < leastShown(decimals)-1e-12:
		return "<" + l.rounded(math.Pow10(-decimals), decimals)
	case v < 1 && v >= 1-leastShown(decimals)+1e-12:
		return ">" + l.rounded(100-math.Pow10(-decimals), decimals)
	}
	return ""
}

// share prints a fraction as per cent.
func (l Locale) share(v float64, unit string) string {
	if text := l.Vanishing(v, unit); text != "" {
		return text
	}
	return l.rounded(100*v, DecimalsOf(unit))
}
