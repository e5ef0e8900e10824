package desk

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"time"

	"koblet/queries"
)

// Query runs a question and gives its rows, in order. Cells are nil, int64, float64, string, bool or time.Time. The values
// must name exactly the parameters that the question declares, and the columns that come back must be those of its header:
// the driver would bind by position and pass over what is surplus without a word.
func Query(ctx context.Context, conn Asked, q queries.Question, values map[string]any) ([][]any, error) {
	bound, err := bind(q, values)
	if err != nil {
		return nil, err
	}
	rows, err := conn.QueryContext(ctx, q.Statement(), bound...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if err := agree(q, rows); err != nil {
		return nil, err
	}
	var all [][]any
	for rows.Next() {
		row := make([]any, len(q.Columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		for i := range row {
			if row[i], err = cell(row[i]); err != nil {
				return nil, fmt.Errorf("column %s: %w", q.Columns[i].Name, err)
			}
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

// bind names every value, and refuses one that is missing, surplus or undeclared.
func bind(q queries.Question, values map[string]any) ([]any, error) {
	var bound []any
	for _, p := range q.Params {
		value, ok := values[p.Name]
		if !ok {
			return nil, fmt.Errorf("parameter %s has no value", p.Name)
		}
		bound = append(bound, sql.Named(p.Name, driverValue(value)))
	}
	if len(values) > len(bound) {
		return nil, fmt.Errorf("%d values for %d declared parameters", len(values), len(bound))
	}
	return bound, nil
}

// driverValue is what the driver takes: it knows lists only as []any.
func driverValue(value any) driver.Value {
	if texts, ok := value.([]string); ok {
		list := make([]any, len(texts))
		for i, t := range texts {
			list[i] = t
		}
		return list
	}
	return value
}

// agree holds the header against what the database says of the columns, and names the line of the header that disagrees.
func agree(q queries.Question, rows *sql.Rows) error {
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	for i, c := range q.Columns {
		at := fmt.Sprintf("%s.sql:%d: header", q.Name, q.ColumnLine(i))
		if i >= len(types) {
			return fmt.Errorf("%s: column %s: the statement gives only %d columns", at, c.Name, len(types))
		}
		name, kind := types[i].Name(), types[i].DatabaseTypeName()
		if kind == "ENUM" {
			kind = "VARCHAR" // how a snapshot keeps its codes; as an answer they are text
		}
		if name != c.Name || kind != c.Type {
			return fmt.Errorf("%s: column %d is %s %s, DuckDB says %s %s", at, i+1, c.Name, c.Type, name, kind)
		}
	}
	if len(types) > len(q.Columns) {
		return fmt.Errorf("%s.sql:%d: header: DuckDB gives a column %s that no line below this one names", q.Name,
			q.ColumnLine(len(q.Columns)-1), types[len(q.Columns)].Name())
	}
	return nil
}

// cell brings what the driver gives down to the few types that a Result has.
func cell(value any) (any, error) {
	switch v := value.(type) {
	case nil, int64, float64, string, bool, time.Time:
		return v, nil
	case int8:
		return int64(v), nil
	case int16:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case []byte:
		return string(v), nil
	case *big.Int:
		if v.IsInt64() {
			return v.Int64(), nil
		}
		return nil, errors.New("a whole number beyond 64 bits")
	}
	return nil, fmt.Errorf("a type that answers do not have: %T", value)
}

// Asked is what a statement is put to: a connection, or a database, which has one for each that is at work.
type Asked interface {
	QueryContext(ctx context.Context, statement string, values ...any) (*sql.Rows, error)
}
