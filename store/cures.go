package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"koblet/queries"
	"koblet/registers"
	"koblet/registers/suggest"
	"koblet/store/extract"
)

// cure is what is likely to put right what broke a limit, told by what the texts look like.
func (b *build) cure(ctx context.Context, x Excess) (string, error) {
	looks, err := b.patterns(ctx, x.Table, x.Column)
	if err != nil {
		return "", err
	}
	switch x.Reason {
	case "unreadable_days":
		return b.cureOfDays(ctx, x, looks)
	case "unknown_decisions", "unknown_categories":
		return fmt.Sprintf("the texts look like %s: [carl2_permits.values.%s] in the profile says what they mean", looks, x.Column), nil
	case "malformed_numbers":
		if strings.HasPrefix(looks, "999999999,") || looks == "999999999" {
			return fmt.Sprintf("the numbers look like %s: the zeros in front were lost where they were written; deliver the column as text", looks), nil
		}
		return fmt.Sprintf("the numbers look like %s: a CPR-number is ten digits that begin with a day; [%s.columns] in the profile names another column, "+
			"[numbers] format = \"opaque\" takes any shared key", looks, x.Table), nil
	case "permits_without_person":
		if looks == "" {
			return "they name nobody: [carl2_permits.columns] in the profile says which column person_id is", nil
		}
		persons, err := b.patterns(ctx, registers.Carl2Persons.Name, "person_id")
		return fmt.Sprintf("the permits' ids look like %s, the persons' like %s: both must be of one delivery, and person_id the same id in both", looks, persons), err
	case "missing_person_ids":
		return "[carl2_permits.columns] in the profile says which column person_id is", nil
	case "repeated_keys":
		return fmt.Sprintf("it is likely that the same rows were delivered twice, or that %s is another column, see [%s.columns] of the profile", x.Column, x.Table), nil
	case "empty_table":
		return "the file that was meant may be another", nil
	case "days_after_as_of", "old_decisions":
		return "--as-of is the day on which the extracts were drawn", nil
	}
	return x.cure, nil
}

// cureOfDays is what is likely to put right a column whose texts are no days, and look so.
func (b *build) cureOfDays(ctx context.Context, x Excess, looks string) (string, error) {
	if looks == "" {
		return fmt.Sprintf("[%s.columns] in the profile says which column %s is", x.Table, x.Column), nil
	}
	rows, err := b.conn.QueryContext(ctx, queries.Script("load/limit_days"), sql.Named("table_name", x.Table), sql.Named("column_name", x.Column))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var texts suggest.DayTexts
	for rows.Next() {
		var text string
		var n int64
		if err := rows.Scan(&text, &n); err != nil {
			return "", err
		}
		texts.Add(text, n)
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	missing, pattern := texts.Missing(), texts.Pattern()
	switch {
	case missing != "":
		return "the texts stand for no value: missing = " + missing + " in the profile", nil
	case pattern == "" && (suggest.TwoDigitYear(strings.Split(looks, ", ")[0]) || looks == "999999"):
		return fmt.Sprintf("the days look like %s: years of two digits leave the century open, and no pattern reads them; have the file delivered with years of four", looks), nil
	case pattern == "":
		return fmt.Sprintf("the texts look like %s: dates in the profile says how days are written, [%s.columns] which column they are in", looks, x.Table), nil
	}
	cure := fmt.Sprintf("the days look like %s: dates = %q in the profile", looks, pattern)
	if !slices.ContainsFunc(b.inputs, func(in extract.Input) bool { return in.Table.Name == x.Table && in.Format == "csv" }) {
		return cure, nil
	}
	var read string
	err = b.conn.QueryRowContext(ctx, queries.Script("load/limit_days_read"), sql.Named("table_name", x.Table), sql.Named("column_name", x.Column)).Scan(&read)
	if read != "" {
		cure += ", which holds for all days of a file: those of " + read + " look otherwise"
	}
	return cure, err
}

// patterns are what the texts of a column look like that cannot be read, the commonest first; empty where there are none.
func (b *build) patterns(ctx context.Context, table, column string) (string, error) {
	rows, err := b.conn.QueryContext(ctx, queries.Script("load/limit_patterns"), sql.Named("table_name", table), sql.Named("column_name", column))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var pattern string
		if err := rows.Scan(&pattern); err != nil {
			return "", err
		}
		pattern = strings.ReplaceAll(registers.WithoutNumbers(pattern), "(number)", "ten digits") // else it would be taken for one when it is told
		all = append(all, cmp.Or(pattern, "(empty)"))
	}
	return strings.Join(all, ", "), rows.Err()
}
