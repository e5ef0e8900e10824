package store

import (
	"context"
	"database/sql"

	"koblet/queries"
)

// rejectBelow takes what stands below the tables out of the staged rows: notes and totals.
func (b *build) rejectBelow(ctx context.Context, table string) error {
	first := int64(0)
	for _, in := range b.inputs {
		if in.table.Name != table {
			continue
		}
		next := first + in.rows
		if in.format != "u12170" && in.rows > 0 {
			afterBlanks := make([]int64, len(in.gaps))
			for i, row := range in.gaps {
				afterBlanks[i] = first + row
			}
			if _, err := b.conn.ExecContext(ctx, queries.Script("load/tail_"+table), sql.Named("first_row", first), sql.Named("next_row", next)); err != nil {
				return told(err)
			}
			if _, err := b.conn.ExecContext(ctx, queries.Script("load/below_table"), sql.Named("table_name", table), sql.Named("after_blanks", afterBlanks)); err != nil {
				return told(err)
			}
		}
		first = next
	}
	return b.exec(ctx, queries.Script("load/drop_rejected_"+table))
}
