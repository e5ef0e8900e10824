package fence

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"koblet/queries"
)

// errEnough ends free when its reader wants no more rows; free then ends without an error.
var errEnough = errors.New("enough rows")

// reader takes what a free statement gives: its columns once, then each row. The row is the reader's to keep.
type reader struct {
	columns func([]queries.Column) error
	row     func([]any) error
}

// free runs one statement of the user's own on the snapshot. Cells are those of Query; a value of any other type comes
// as text: lists, structs and maps, decimals, intervals, moments, times, whole numbers beyond 64 bits, and keys, which are
// unsigned. NaN and infinity are text too, for they are no figures. Errors: ErrStatement.
func (s *enclosed) free(ctx context.Context, statement string, to reader) error {
	passed, err := s.gate(ctx, statement)
	if err != nil {
		return err
	}
	rows, err := s.conn.QueryContext(ctx, passed)
	if err != nil && strings.HasPrefix(err.Error(), "incorrect argument count") { // the driver's
		err = ErrParameter
	}
	if err != nil {
		return err
	}
	defer rows.Close()
	if err := s.count(ctx); err != nil { // the driver has read everything before it gives the first row
		return err
	}
	columns, kinds, err := described(rows)
	if err != nil {
		return err
	}
	if err := to.columns(columns); err != nil {
		return err
	}
	into := make([]any, len(columns))
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i := range row {
			row[i] = plain(row[i], kinds[i])
		}
		switch err := to.row(row); {
		case errors.Is(err, errEnough):
			return nil
		case err != nil:
			return err
		}
	}
	return rows.Err()
}

// described names the columns of a free statement: a name that stands twice gets a number, since programs tell columns
// apart by it.
func described(rows *sql.Rows) ([]queries.Column, []string, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, nil, err
	}
	columns, kinds := make([]queries.Column, len(types)), make([]string, len(types))
	seen := map[string]bool{}
	for i, t := range types {
		name := t.Name()
		for n := 2; seen[name]; n++ {
			name = t.Name() + "_" + strconv.Itoa(n)
		}
		seen[name] = true
		kinds[i] = t.DatabaseTypeName()
		columns[i] = queries.Column{Name: name, Type: answerType(kinds[i]), Label: queries.Words{Da: name, En: name}}
	}
	return columns, kinds, nil
}

// aboutStatement reports whether an error speaks of the statement alone, of the store or of the machine: what is this program's own
// does, and DuckDB's of some kinds. Any other may quote what is in the tables, as a conversion that failed does.
func aboutStatement(err error) bool {
	var e *duckdb.Error
	if !errors.As(err, &e) {
		return !strings.Contains(err.Error(), "Error: ") // DuckDB's text without its kind
	}
	return slices.Contains([]duckdb.ErrorType{
		duckdb.ErrorTypeParser, duckdb.ErrorTypeSyntax, duckdb.ErrorTypeBinder, duckdb.ErrorTypeCatalog,
		duckdb.ErrorTypePermission, duckdb.ErrorTypeOutOfMemory, duckdb.ErrorTypeIO, duckdb.ErrorTypeInterrupt,
	}, e.Type)
}
