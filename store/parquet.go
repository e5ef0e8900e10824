package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"

	"koblet/queries"
)

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
	file, err := openFile(e.at)
	if err != nil {
		return err
	}
	defer file.Close()
	d := &delivered{from: m.reader(ctx, file), hash: sha256.New()}
	if _, err := io.Copy(io.Discard, d); err != nil {
		return e.wrong(err)
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
	e.encoding = ""
	e.taken = taken{
		sha256: d.sum(), bytes: d.bytes, lines: n, records: n, rows: n, read: e.at,
		place: func(row int64) (int64, error) { return row, nil },
	}
	return nil
}
