package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"koblet/queries"
)

// instant is Parquet's time that is the same moment everywhere, as DuckDB names its type.
const instant = "TIMESTAMP WITH TIME ZONE"

// nested reports whether values of a type are made of several.
func nested(kind string) bool {
	return strings.ContainsAny(kind, "([") && !strings.HasPrefix(kind, "DECIMAL(")
}

// lookParquet reads the columns of a Parquet file and its first rows.
func (e *extract) lookParquet() (err error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer db.Close()
	rows, err := db.QueryContext(context.Background(), queries.Script("load/parquet_columns"), sql.Named("file", oneFile(e.at)))
	if err != nil {
		return fmt.Errorf("%s: no Parquet file that can be read", e.path)
	}
	defer rows.Close()
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return err
		}
		e.columns, e.kinds = append(e.columns, name), append(e.kinds, kind)
	}
	return rows.Err()
}

// takeParquet hashes the file and asks it how many rows it has. It is read where it is.
func (e *extract) takeParquet(ctx context.Context, m *meter) error {
	d, err := e.hashed(ctx, m)
	if err != nil {
		return err
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer db.Close()
	var n int64
	if err := db.QueryRowContext(ctx, queries.Script("load/parquet_rows"), sql.Named("file", oneFile(e.at))).Scan(&n); err != nil {
		return fmt.Errorf("%s: no Parquet file that can be read", e.path)
	}
	e.encoding = "utf-8" // by the format
	e.taken = taken{
		sha256: d.sum(), bytes: d.bytes, lines: n, records: n, rows: n, read: e.at,
		place: func(_ context.Context, row int64) (int64, error) { return row, nil },
	}
	return nil
}
