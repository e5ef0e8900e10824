package analysis

import (
	"context"
	"fmt"
	"slices"
	"time"

	"koblet/store"
)

// settledAge is how old, in days, a period's youngest permit must be for its figures to have stopped moving.
const settledAge = 365

// provisional gives the years and months of an answer that are not settled: those of whose permits one was granted less than
// 365 days before the as-of day. Only decisions within the period asked for count. A question that counts no permits has
// periods of another kind, such as years in which numbers began; they are settled 365 days after their last day.
func provisional(ctx context.Context, snapshot *store.Snapshot, r Result) ([]any, error) {
	var open []any
	for at, c := range r.Columns {
		if c.Period == "" {
			continue
		}
		for _, row := range r.Rows {
			if slices.Contains(open, row[at]) {
				continue
			}
			moving, err := moves(ctx, snapshot, r, row[at])
			if err != nil {
				return nil, fmt.Errorf("recent decisions: %w", err)
			}
			if moving {
				open = append(open, row[at])
			}
		}
	}
	return open, nil
}

// moves reports whether the figures of a period, a year or a month as its cell has it, can still change by links.
func moves(ctx context.Context, snapshot *store.Snapshot, r Result, cell any) (bool, error) {
	if cell == nil {
		return false, nil // the empty key is no period
	}
	text := fmt.Sprint(cell)
	if year, ok := cell.(int64); ok {
		text = fmt.Sprintf("%04d", year)
	}
	period, err := ParsePeriod(text)
	if err != nil {
		return false, err
	}
	if period.Last.AddDate(0, 0, settledAge).Compare(snapshot.AsOf) <= 0 {
		return false, nil // no permit of a period is younger than its last day
	}
	if _, ofPermits := r.Question.Param("from_day"); !ofPermits {
		return true, nil
	}
	for _, a := range r.Arguments {
		day, given := a.Value.(time.Time)
		switch {
		case given && a.Name == "from_day" && day.After(period.First):
			period.First = day
		case given && a.Name == "to_day" && day.Before(period.Last):
			period.Last = day
		}
	}
	days, err := snapshot.RecentDecisions(ctx)
	return slices.ContainsFunc(days, func(day time.Time) bool {
		return !day.Before(period.First) && !day.After(period.Last)
	}), err
}

// Moves reports whether the figures of a year or a month, as its cell has it, are provisional in this answer.
func (r Result) Moves(cell any) bool { return cell != nil && slices.Contains(r.Provisional, cell) }
