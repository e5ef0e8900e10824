package analysis

import (
	"cmp"
	"math"
	"slices"

	"koblet/analysis/stats"
	"koblet/queries"
)

// characteristics gives each value of a characteristic its share among the unlinked and among the linked and the standardised
// difference between them, the largest first, whichever way it goes; what has no difference stands last.
func characteristics(q queries.Question, rows []countRow) []map[string]any {
	of := q.Keys()[0].Name
	type pair struct{ unlinked, linked int64 }
	all := map[any]pair{}
	for _, row := range rows {
		sum := all[row.cells[of]]
		all[row.cells[of]] = pair{sum.unlinked + row.n("unlinked"), sum.linked + row.n("linked")}
	}
	figures := make([]map[string]any, 0, len(rows))
	for _, row := range rows {
		sum := all[row.cells[of]]
		one, other := stats.Proportion{Fail: row.n("unlinked"), Judged: sum.unlinked}, stats.Proportion{Fail: row.n("linked"), Judged: sum.linked}
		row.cells["share_unlinked"], row.cells["share_linked"] = fraction(one.Fail, one.Judged), fraction(other.Fail, other.Judged)
		if d := stats.StandardisedDifference(one, other); d != nil {
			row.cells["difference"] = *d
		}
		figures = append(figures, row.cells)
	}
	size := func(cells map[string]any) float64 {
		if d, ok := cells["difference"].(float64); ok {
			return math.Abs(d)
		}
		return -1
	}
	slices.SortStableFunc(figures, func(a, b map[string]any) int { return cmp.Compare(size(b), size(a)) })
	return figures
}
