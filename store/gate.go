package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"koblet/queries"
	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/store/desk"
	"koblet/store/disk"
)

// Comparison is what changed from an earlier snapshot to this one.
type Comparison struct {
	With        string       `json:"with"` // the earlier snapshot: its day, with the edition
	DaysApart   int          `json:"days_apart"`
	Differences []Difference `json:"differences"`
}

// Difference is one change. Its kinds, each with what Before and After count and what Change is in: rows (rows; per cent of
// the rows before, 100 where there were none), empty_share (per cent of the column's values; percentage points), new_codes
// and vanished_codes (different codes; codes), changed_numbers and lost_numbers (persons in both snapshots who had a
// number; persons whose number is another, or is gone). Change is never below 0.
type Difference struct {
	Kind   string   `json:"kind"`
	Table  string   `json:"table"`
	Column string   `json:"column,omitempty"`
	Before float64  `json:"before"`
	After  float64  `json:"after,omitempty"`
	Change float64  `json:"change"`
	Limit  *float64 `json:"limit,omitempty"` // the most that the profile puts up with
	Codes  []string `json:"codes,omitempty"` // the first ten
}

// GateError says that a snapshot differs from the one before it by more than the profile puts up with.
type GateError struct {
	With    string
	Refused []Difference // those beyond their limits
}

func (e *GateError) Error() string {
	var parts []string
	for _, d := range e.Refused {
		where := d.Table
		if d.Column != "" {
			where += "." + d.Column
		}
		parts = append(parts, fmt.Sprintf("%s: %s %.4g, at most %.4g", where, d.Kind, d.Change, *d.Limit))
	}
	return fmt.Sprintf("too far from the snapshot %s: %s; nothing is stored", e.With, strings.Join(parts, "; "))
}

// before names the snapshots that a load is compared with: the newest one of an earlier day, for which the limits hold, and the
// edition that it replaces, which was wrong in some way and sets no limit.
func (s *Store) before(entry Entry) (day, edition *Entry, err error) {
	all, err := s.editions()
	for _, e := range all {
		switch {
		case e.AsOf.Before(entry.AsOf):
			day = &e
		case e.AsOf.Equal(entry.AsOf):
			edition = &e
		}
	}
	return day, edition, err
}

// compare compares what was built with the snapshots before it.
func (b *build) compare(ctx context.Context) ([]Comparison, error) {
	var all []Comparison
	for _, against := range []struct {
		entry  *Entry
		limits profiles.Gate
	}{{b.earlier, b.l.Profile.Gate}, {b.replaced, profiles.Gate{}}} {
		if against.entry == nil {
			continue
		}
		b.step("compare", 0, -1)
		c := Comparison{With: against.entry.name(), DaysApart: int(daysBetween(against.entry.AsOf, b.l.AsOf)), Differences: []Difference{}}
		previous := filepath.Join(against.entry.dir, snapshotFile)
		err := disk.Regular(previous)
		if err == nil {
			err = b.exec(ctx, desk.Attachment("previous", previous))
		}
		if err != nil {
			return nil, fmt.Errorf("compare with %s: %w", c.With, err)
		}
		err = b.differences(ctx, &c, against.limits)
		if err := errors.Join(err, b.exec(ctx, "detach previous")); err != nil {
			return nil, fmt.Errorf("compare with %s: %w", c.With, err)
		}
		all = append(all, c)
	}
	return all, nil
}

// differences asks for each kind of change.
func (b *build) differences(ctx context.Context, c *Comparison, limits profiles.Gate) error {
	add := func(d Difference) {
		if d.Change > 0 {
			c.Differences = append(c.Differences, d)
		}
	}
	each := func(script string, scan func(*sql.Rows) error) error {
		rows, err := b.conn.QueryContext(ctx, queries.Script("load/gate_"+script))
		if err != nil {
			return fmt.Errorf("%s: %w", script, err)
		}
		defer rows.Close()
		for rows.Next() {
			if err := scan(rows); err != nil {
				return fmt.Errorf("%s: %w", script, err)
			}
		}
		return rows.Err()
	}
	return errors.Join(
		each("rows", func(rows *sql.Rows) error {
			d := Difference{Kind: "rows", Limit: limits.MaxRowChangePercent}
			err := rows.Scan(&d.Table, &d.Before, &d.After)
			if d.Change = 100 * math.Abs(d.After-d.Before) / d.Before; d.Before == 0 {
				d.Change = 100 * min(d.After, 1)
			}
			add(d)
			return err
		}),
		each("empty", func(rows *sql.Rows) error {
			d := Difference{Kind: "empty_share", Limit: limits.MaxEmptyShareChangePercent}
			var before, after float64
			err := rows.Scan(&d.Table, &d.Column, &d.Before, &before, &d.After, &after)
			d.Before, d.After = 100*d.Before/before, 100*d.After/after
			d.Change = math.Abs(d.After - d.Before)
			add(d)
			return err
		}),
		each("codes", func(rows *sql.Rows) error {
			appeared := Difference{Kind: "new_codes", Limit: limits.MaxNewCodes}
			var vanished Difference
			var newCodes, oldCodes any
			err := rows.Scan(&appeared.Table, &appeared.Column, &appeared.Before, &appeared.After,
				&appeared.Change, &vanished.Change, &newCodes, &oldCodes)
			n := vanished.Change
			vanished = appeared
			vanished.Kind, vanished.Change, vanished.Limit = "vanished_codes", n, limits.MaxVanishedCodes
			appeared.Codes, vanished.Codes = texts(newCodes), texts(oldCodes)
			add(appeared)
			add(vanished)
			return err
		}),
		each("numbers", func(rows *sql.Rows) error {
			changed := Difference{Kind: "changed_numbers", Table: registers.Carl2Persons.Name, Limit: limits.MaxChangedNumbers}
			lost := Difference{Kind: "lost_numbers", Table: registers.Carl2Persons.Name}
			err := rows.Scan(&changed.Before, &changed.Change, &lost.Change)
			lost.Before = changed.Before
			add(changed)
			add(lost)
			return err
		}),
	)
}

// texts are a list of the database as Go has it.
func texts(list any) []string {
	var all []string
	values, _ := list.([]any)
	for _, v := range values {
		if text, ok := v.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

// gate refuses a snapshot that is beyond a limit.
func gate(comparisons []Comparison) error {
	for _, c := range comparisons {
		refused := &GateError{With: c.With}
		for _, d := range c.Differences {
			if d.Limit != nil && d.Change > *d.Limit {
				refused.Refused = append(refused.Refused, d)
			}
		}
		if len(refused.Refused) > 0 {
			return refused
		}
	}
	return nil
}
