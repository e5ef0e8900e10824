package analysis

import (
	"context"
	"fmt"
	"slices"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/store"
)

// breakSide is one side of a break of law or practice: the permits decided since the break before it, or since it until the next one.
type breakSide struct {
	day  time.Time
	side string
}

// sideOf is the side of a break that a row is of; false where the answer has none.
func (r Result) sideOf(row []any) (breakSide, bool) {
	at := slices.IndexFunc(r.Columns, func(c queries.Column) bool { return c.Codes == "break" })
	beside := slices.IndexFunc(r.Columns, func(c queries.Column) bool { return c.Codes == "side" })
	if at < 0 || beside < 0 {
		return breakSide{}, false
	}
	day, dated := row[at].(time.Time)
	side, told := row[beside].(string)
	return breakSide{day, side}, dated && told
}

// SideMoves reports whether a row is of a side of a break that is not settled.
func (r Result) SideMoves(row []any) bool {
	side, ok := r.sideOf(row)
	return ok && r.Moves(side)
}

// provisionalSides gives the sides of breaks in an answer that are not settled. The last break is often so near the as-of day that
// its permits have had no year to be linked: a higher rate since it then says nothing of the break.
func provisionalSides(ctx context.Context, snapshot *store.Snapshot, r Result) ([]any, error) {
	var open []any
	for _, row := range r.Rows {
		side, ok := r.sideOf(row)
		if !ok || slices.Contains(open, any(side)) {
			continue
		}
		moving, err := unsettled(ctx, snapshot, r, side.within(snapshot.AsOf))
		if err != nil {
			return nil, fmt.Errorf("recent decisions: %w", err)
		}
		if moving {
			open = append(open, side)
		}
	}
	return open, nil
}

// within are the days of a side: up to the day before its break, or from the break to the day before the next, or to the as-of day.
func (s breakSide) within(asOf time.Time) Period {
	if s.side == "before" {
		out := Period{Last: s.day.AddDate(0, 0, -1)}
		for _, b := range registers.Breaks() {
			if b.Day.Before(s.day) {
				out.First = b.Day
			}
		}
		return out
	}
	for _, b := range registers.Breaks() {
		if b.Day.After(s.day) {
			return Period{First: s.day, Last: b.Day.AddDate(0, 0, -1)}
		}
	}
	return Period{First: s.day, Last: asOf}
}
