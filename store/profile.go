package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"koblet/queries"
	"koblet/registers"
	"koblet/store/desk"
)

// ColumnProfile is what one column of a table holds. Every quantity is counted, none estimated.
type ColumnProfile struct {
	Column    string
	Type      string // DuckDB's name
	Rows      int64
	Missing   int64      // rows without a value
	Distinct  int64      // different values
	Least     any        // text; nil where there is none, or where the column is sensitive
	Greatest  any        //
	Common    []Frequent // the most common values; none where the column is sensitive, or no value stands twice
	Patterns  []Frequent // of text: 9 for a digit, A for a capital, a for another letter
	Sensitive bool       // only its patterns are shown
}

// Frequent is a value and how many rows hold it.
type Frequent struct {
	Value string
	Rows  int64
}

// mostShown is how many common values and patterns a profile has.
const mostShown = 5

// Profile describes every column of a table; the error of an unknown table names those there are.
//
// A column cannot be a parameter, so here is the second place where Go writes SQL: one view, profiled, that gives the
// column under the name value. The statements that count stand on it and are files like all others.
func (s *Snapshot) Profile(ctx context.Context, table string) ([]ColumnProfile, error) {
	conn, err := s.desk.DB.Conn(ctx) // its own, for the view is
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	p := profiling{conn}
	rows, err := p.script(ctx, "columns", nil)
	if err != nil {
		return nil, err
	}
	var all []ColumnProfile
	var tables []string
	for _, row := range rows {
		in, name, kind := fmt.Sprint(row[0]), fmt.Sprint(row[1]), fmt.Sprint(row[2])
		if tables = append(tables, in); in != table {
			continue
		}
		column, err := p.profile(ctx, table, ColumnProfile{Column: name, Type: kind, Sensitive: sensitive(table, name)})
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", table, name, err)
		}
		all = append(all, column)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no table %q; there are %s", table, strings.Join(slices.Compact(tables), ", "))
	}
	return all, nil
}

// profiling is the profile of a table at work, on a connection of its own.
type profiling struct{ conn *sql.Conn }

func (s profiling) profile(ctx context.Context, table string, p ColumnProfile) (ColumnProfile, error) {
	value := identifier(p.Column)
	if p.Type == "UBIGINT" {
		value = "format('{:016x}', " + value + ")" // a key, as lists of permits write it
	}
	view := fmt.Sprintf("create or replace temp view profiled as select %s as value from %s", value, identifier(table))
	if _, err := s.conn.ExecContext(ctx, view); err != nil {
		return p, err
	}
	counted, err := s.script(ctx, "column", nil)
	if err != nil {
		return p, err
	}
	p.Rows, p.Missing, p.Distinct = counted[0][0].(int64), counted[0][1].(int64), counted[0][2].(int64)
	if p.Type == "VARCHAR" {
		if p.Patterns, err = s.frequent(ctx, "patterns"); err != nil {
			return p, err
		}
	}
	if p.Sensitive {
		return p, nil
	}
	p.Least, p.Greatest = counted[0][3], counted[0][4]
	if p.Distinct < p.Rows-p.Missing {
		p.Common, err = s.frequent(ctx, "common")
	}
	return p, err
}

func (s profiling) frequent(ctx context.Context, name string) ([]Frequent, error) {
	rows, err := s.script(ctx, name, map[string]any{"most": int64(mostShown)})
	if err != nil {
		return nil, err
	}
	var all []Frequent
	for _, row := range rows {
		all = append(all, Frequent{fmt.Sprint(row[0]), row[1].(int64)})
	}
	return all, nil
}

// script runs one of the profile's own questions.
func (s profiling) script(ctx context.Context, name string, values map[string]any) ([][]any, error) {
	q, err := queries.Parse(name, queries.Script("profile/"+name))
	if err != nil {
		return nil, err
	}
	return desk.Query(ctx, s.conn, q, values)
}

// sensitive reports whether a column may hold what points at a person: an identifying field of a register, or text that
// loading could not read as what it should be.
func sensitive(table, column string) bool {
	if table == "untyped_values" && column == "text" {
		return true
	}
	for _, t := range registers.Tables() {
		if f, ok := t.Field(column); ok && t.Name == table && f.Identifying {
			return true
		}
	}
	return false
}

// identifier quotes a name.
func identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
