package analysis

import "koblet/analysis/stats"

// Tally is what a measure finds of the rows in its scope: three whole counts that sum to them.
type Tally struct{ Pass, Fail, Unknown int64 }

// tallyAt reads the three counts of a row; ok is false where one of them is no whole count.
func tallyAt(r Result, row int) (t Tally, ok bool) {
	var whole [3]bool
	t.Pass, whole[0] = r.Value(row, "pass").(int64)
	t.Fail, whole[1] = r.Value(row, "fail").(int64)
	t.Unknown, whole[2] = r.Value(row, "unknown").(int64)
	return t, whole == [3]bool{true, true, true}
}

// Total is how many rows were counted, the unknown among them.
func (t Tally) Total() int64 { return t.Pass + t.Fail + t.Unknown }

// Judged is the rate's two counts: fail of pass and fail. The unknown are out of it.
func (t Tally) Judged() stats.Proportion {
	return stats.Proportion{Fail: t.Fail, Judged: t.Pass + t.Fail}
}

// Plus is the tally of both together.
func (t Tally) Plus(o Tally) Tally {
	return Tally{t.Pass + o.Pass, t.Fail + o.Fail, t.Unknown + o.Unknown}
}

// Bounds are the rates of all rows, fractions, with every unknown row as pass and as fail. Where nothing was counted both are 0:
// ask Total first.
func (t Tally) Bounds() (asPass, asFail float64) {
	if t.Total() == 0 {
		return 0, 0
	}
	return float64(t.Fail) / float64(t.Total()), float64(t.Fail+t.Unknown) / float64(t.Total())
}

// Interval is Wilson's interval of the rate; nil, not applicable, where nothing was judged.
func (t Tally) Interval() *stats.Interval {
	judged := t.Judged()
	if judged.Judged == 0 {
		return nil
	}
	low, high := stats.Wilson(judged.Fail, judged.Judged)
	return &stats.Interval{Low: low, High: high}
}

// rated are the cells of the rate and its bounds, all nil where nothing was judged.
func (t Tally) rated() [3]any {
	rate, interval := t.Judged().Rate(), t.Interval()
	if rate == nil {
		return [3]any{}
	}
	return [3]any{*rate, interval.Low, interval.High}
}
