package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"koblet/queries"
	"koblet/registers/characters"
	"koblet/registers/records"
	"koblet/store/desk"
	"koblet/store/extract"
)

// transform runs the load: each register is staged in memory, its broken rows taken out, and what is left written once. The permits are
// staged aside, on a connection of their own, while the persons are written and merged, which leaves a core idle for much of the time.
// It begins when the persons are staged: whether rows keep their order is a setting of all connections, and staging alone changes it.
func (b *build) transform(ctx context.Context) error {
	scripts := []string{
		"stage_cpr_persons", "replace_numbers", "reject_cpr_persons", "drop_rejected_cpr_persons",
		"stage_carl2_persons", "reject_carl2_persons", "drop_rejected_carl2_persons",
		"repeated_persons", "number_jumps", "protected_persons", "identities_persons", "delivered_person_codes", "unknown_codes", "person_codes",
		"merge_carl2_persons", "find_cpr_persons", "find_carl2_persons", "snapshot_persons", "number_chains", "further_numbers", "drop_staged_persons",
		"stage_carl2_permits", "reject_carl2_permits", "drop_rejected_carl2_permits",
		"delivered_permit_codes", "legal_bases", "unknown_codes", "permit_codes", "identities_permits",
		"snapshot_permits", "find_carl2_permits", "drop_staged_permits", "untyped_values",
		"known_bases", "permit_holders",
		"findings",
	}
	var permits *aside
	defer func() { permits.stop() }()
	for i, name := range scripts {
		b.step(name, int64(i), int64(len(scripts)))
		if name == "repeated_persons" {
			permits = b.aside(ctx, queries.Script("load/stage_carl2_permits"))
		}
		var err error
		if name == "stage_carl2_permits" {
			err = permits.wait()
		} else {
			err = b.exec(ctx, queries.Script("load/"+name))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", cmp.Or(b.unreadable(name), name), err)
		}
		if err := b.after(ctx, name, permits); err != nil {
			return err
		}
	}
	b.step("publish", int64(len(scripts)), int64(len(scripts)))
	return nil
}

// after is what follows a script that SQL alone cannot decide.
func (b *build) after(ctx context.Context, script string, permits *aside) error {
	if script == "unknown_codes" {
		return b.hideIdentifiers(ctx, permits)
	}
	table, staged := strings.CutPrefix(script, "stage_")
	if !staged {
		return nil
	}
	if err := b.reconcile(ctx, table); err != nil {
		return err
	}
	return b.rejectBelow(ctx, table)
}

// aside is a script at work on a connection of its own.
type aside struct {
	cancel context.CancelFunc
	done   chan struct{}
	err    error // once done
}

func (b *build) aside(ctx context.Context, script string) *aside {
	ctx, cancel := context.WithCancel(ctx)
	a := &aside{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(a.done)
		conn, err := b.desk.DB.Conn(ctx)
		if err != nil {
			a.err = err
			return
		}
		if _, err = conn.ExecContext(ctx, script); err != nil {
			err = desk.Told(err)
		}
		a.err = errors.Join(err, conn.Close())
	}()
	return a
}

// wait gives the script's error when it has ended.
func (a *aside) wait() error {
	<-a.done
	return a.err
}

// stop ends the script where it still runs; the database may be closed then.
func (a *aside) stop() {
	if a != nil {
		a.cancel()
		<-a.done
	}
}

// hideIdentifiers marks what stands as a name or an id where a code should. Most loads have few texts that no code list knows, and none
// that could be either: only otherwise are the names and the ids looked through, and those of the permits waited for.
func (b *build) hideIdentifiers(ctx context.Context, permits *aside) error {
	var names, ids, keys int64
	if err := b.conn.QueryRowContext(ctx, queries.Script("load/looked_for")).Scan(&names, &ids, &keys); err != nil {
		return err
	}
	if ids+keys > 0 {
		if err := permits.wait(); err != nil {
			return fmt.Errorf("%s: %w", cmp.Or(b.unreadable("stage_carl2_permits"), "stage_carl2_permits"), err)
		}
	}
	for _, look := range []struct {
		n      int64
		script string
	}{{ids, "ids_in_codes"}, {keys, "id_keys_in_codes"}, {names, "names_in_codes"}} {
		if look.n == 0 {
			continue
		}
		if err := b.exec(ctx, queries.Script("load/"+look.script)); err != nil {
			return err
		}
	}
	return nil
}

// unreadable names the files that are read where they are, when it is their table whose reading broke off: a scan of text
// has seen the whole file, nobody has yet seen the whole of a Parquet file.
func (b *build) unreadable(script string) string {
	var paths []string
	for _, in := range b.inputs {
		if in.Format == "parquet" && script == "stage_"+in.Table.Name {
			paths = append(paths, in.Path)
		}
	}
	return strings.Join(paths, ", ")
}

// reconcile holds the rows that DuckDB read of a table against the sound records that the scan counted: two readers
// that know nothing of each other must agree, or a line is lost.
func (b *build) reconcile(ctx context.Context, table string) error {
	var read, sound int64
	for _, in := range b.inputs {
		if in.Table.Name == table {
			sound += in.Rows
		}
	}
	if err := b.conn.QueryRowContext(ctx, queries.Script("load/staged_rows"), sql.Named("table_name", table)).Scan(&read); err != nil {
		return err
	}
	if read != sound {
		return fmt.Errorf("%s: the files have %d sound records, the database read %d; nothing is stored", table, sound, read)
	}
	return nil
}

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
	head, names := records.HeadingOf(in.Columns), make([]string, len(in.Columns))
	for i, name := range in.Columns {
		names[i] = strings.ToLower(characters.Bare(name))
	}
	query := in.NoRows()
	if query == "" {
		return nil
	}
	found, err := b.conn.QueryContext(ctx, query, sql.Named("names", append(names, records.Openers()...)))
	if err != nil {
		return desk.Told(err)
	}
	defer found.Close()
	type rejected struct {
		row    int64
		reason records.Reason
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
			all = append(all, rejected{row, records.NULByte})
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
