package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"koblet/queries"
	"koblet/registers"
	"koblet/store/desk"
	"koblet/store/extract"
)

// findAltered adds the findings of values that are no longer what they were.
func (b *build) findAltered(ctx context.Context, in extract.Input, first int64) error {
	if found := in.Altered(first); found != "" {
		return b.exec(ctx, found)
	}
	return nil
}

// rejectNoRows finds what is no row of a Parquet file, whose rows nothing here has seen: a header again, dashes, a count of rows, zero bytes. Of a text
// or a workbook the scan has.
func (b *build) rejectNoRows(ctx context.Context, in extract.Input, first int64) error {
	if in.Format != "parquet" {
		return nil
	}
	head, names := registers.HeadingOf(in.Columns), make([]string, len(in.Columns))
	for i, name := range in.Columns {
		names[i] = strings.ToLower(registers.Bare(name))
	}
	query := in.NoRows()
	if query == "" {
		return nil
	}
	found, err := b.conn.QueryContext(ctx, query, sql.Named("names", append(names, registers.Openers()...)))
	if err != nil {
		return desk.Told(err)
	}
	defer found.Close()
	type rejected struct {
		row    int64
		reason registers.Reason
	}
	var all []rejected
	for found.Next() {
		var row int64
		var texts string
		var zero bool
		if err := found.Scan(&row, &texts, &zero); err != nil {
			return err
		}
		if zero {
			all = append(all, rejected{row, registers.NULByte})
			continue
		}
		switch reason, err := head.NoRow(strings.Split(texts, "\x1f")); {
		case err != nil:
			return fmt.Errorf("row %d: %w", row+1, err)
		case reason != "":
			all = append(all, rejected{row, reason})
		}
	}
	if err := found.Err(); err != nil {
		return desk.Told(err)
	}
	for _, r := range all {
		if _, err := b.conn.ExecContext(ctx, queries.Script("load/reject_row"),
			sql.Named("table_name", in.Table.Name), sql.Named("row_number", first+r.row), sql.Named("reason", string(r.reason))); err != nil {
			return err
		}
	}
	return nil
}

// rejectBelow takes what is no row out of the staged rows: notes and totals below the tables, and totals between their rows.
func (b *build) rejectBelow(ctx context.Context, table string) error {
	drop := queries.Script("load/drop_rejected_" + table)
	if err := b.exec(ctx, drop, queries.Script("load/judged_"+table)); err != nil { // what was no row already
		return err
	}
	first := int64(0)
	for _, in := range b.inputs {
		if in.Table.Name != table {
			continue
		}
		next := first + in.Rows
		if in.Format != "u12170" && in.Rows > 0 {
			afterBlanks := make([]int64, len(in.Gaps))
			for i, row := range in.Gaps {
				afterBlanks[i] = first + row
			}
			if _, err := b.conn.ExecContext(ctx, queries.Script("load/below_table"), sql.Named("table_name", table),
				sql.Named("first_row", first), sql.Named("next_row", next), sql.Named("after_blanks", afterBlanks)); err != nil {
				return desk.Told(err)
			}
		}
		first = next
	}
	if err := b.exec(ctx, drop); err != nil {
		return err
	}
	if _, err := b.conn.ExecContext(ctx, queries.Script("load/between_rows"), sql.Named("table_name", table)); err != nil {
		return desk.Told(err)
	}
	return b.exec(ctx, drop, "drop view judged_rows")
}
