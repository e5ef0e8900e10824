package extract

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"koblet/queries"
	"koblet/store/desk"
	"koblet/store/disk"
)

// instant is Parquet's time that is the same moment everywhere, as DuckDB names its type.
const instant = "TIMESTAMP WITH TIME ZONE"

// nested reports whether values of a type are made of several.
func nested(kind string) bool {
	return kind == "VARIANT" || strings.ContainsAny(kind, "([") && !strings.HasPrefix(kind, "DECIMAL(") && !strings.HasPrefix(kind, "ENUM(")
}

// parquetTexts are the macros that make a type's values the texts that a CSV file would have, so that readers agree.
var parquetTexts = map[string]string{"BLOB": "bytes_text", "BOOLEAN": "boolean_text", "FLOAT": "number_text", "DOUBLE": "number_text", instant: "instant_text"}

// parquetText is the macro for a type; for the days of a column that holds days, whatever their time.
func parquetText(kind string, day bool) string {
	switch macro := parquetTexts[kind]; {
	case kind == instant && day:
		return "instant_day"
	case strings.HasPrefix(kind, "TIMESTAMP") && kind != instant && day:
		return "timestamp_day"
	case macro != "":
		return macro
	case strings.HasPrefix(kind, "TIMESTAMP"):
		return "timestamp_text"
	case strings.HasPrefix(kind, "DECIMAL(") && !strings.HasSuffix(kind, ",0)"):
		return "decimal_text"
	}
	return "parquet_text"
}

// isText reports whether a type's values are texts as they were delivered, which may hold whatever a text may.
func isText(kind string) bool { return kind == "VARCHAR" || kind == "BLOB" || kind == "JSON" }

// isDay reports whether a type's values are days or times: they need no pattern.
func isDay(kind string) bool { return kind == "DATE" || strings.HasPrefix(kind, "TIMESTAMP") }

// lostDigits are how large whole numbers may be in a type of fractions before the last digits are no longer those of an id:
// fifteen digits as in a workbook, or what half as many bytes hold.
var lostDigits = map[string]string{"DOUBLE": "1e15", "FLOAT": "16777216"}

// lookParquet reads the columns of a Parquet file.
func (e *extract) lookParquet() (err error) {
	d, err := desk.Open(context.Background(), desk.Settings{Spare: true})
	if err != nil {
		return err
	}
	defer d.Close()
	unreadable := fmt.Errorf("%s: no Parquet file that can be read; write it again", e.Path)
	if err := e.cutOff(); err != nil {
		return err
	}
	if e.Columns, err = columnNames(d.DB, e.at); err != nil {
		return unreadable
	}
	rows, err := d.DB.QueryContext(context.Background(), queries.Script("load/parquet_columns"), sql.Named("file", desk.OneFile(e.at)))
	if err != nil {
		return unreadable
	}
	defer rows.Close()
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return err
		}
		e.kinds = append(e.kinds, kind)
	}
	if err := rows.Err(); err != nil || len(e.kinds) != len(e.Columns) {
		return unreadable
	}
	return nil
}

// cutOff says what is wrong with the end of a Parquet file, where its own table of contents stands; nothing where there is one.
func (e *extract) cutOff() error {
	file, err := openFile(e.at)
	if err != nil {
		return err
	}
	defer file.Close()
	found, err := file.Stat()
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, disk.Cause(err))
	}
	const mark, length = 4, 8 // the length of the table and the mark, behind it
	end := make([]byte, length)
	if _, err := file.ReadAt(end, max(found.Size()-length, 0)); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", e.Path, disk.Cause(err))
	}
	switch table := int64(binary.LittleEndian.Uint32(end)); {
	case string(end[mark:]) == "PARE":
		return fmt.Errorf("%s: an encrypted Parquet file; decrypt it first", e.Path)
	case string(end[mark:]) != "PAR1" || table > found.Size()-mark-length:
		return fmt.Errorf("%s: no Parquet file that can be read: it is cut off, for it does not end as one; copy it or have it delivered again", e.Path)
	}
	return nil
}

// columnNames are what the file itself calls its columns. Two of one name are called apart by the database, which nobody may do.
func columnNames(db *sql.DB, file string) ([]string, error) {
	rows, err := db.QueryContext(context.Background(), queries.Script("load/parquet_names"), sql.Named("file", desk.OneFile(file)))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	within := int64(0) // so many parts of nested columns are still to come
	for file := true; rows.Next(); {
		var name string
		var parts int64
		if err := rows.Scan(&name, &parts); err != nil {
			return nil, err
		}
		switch {
		case file:
			file = false
			continue
		case within > 0:
			within--
		default:
			names = append(names, name)
		}
		within += parts
	}
	return names, rows.Err()
}

// takeParquet hashes the file, asks it how many rows it has, and sees that what is not marked as text is some. It is read where
// it is.
func (e *extract) takeParquet(ctx context.Context, m *meter) error {
	d, err := e.hashed(ctx, m)
	if err != nil {
		return err
	}
	base, err := desk.Open(ctx, desk.Settings{Spare: true})
	if err != nil {
		return err
	}
	defer base.Close()
	var n int64
	if err := base.DB.QueryRowContext(ctx, queries.Script("load/parquet_rows"), sql.Named("file", desk.OneFile(e.at))).Scan(&n); err != nil {
		return fmt.Errorf("%s: no Parquet file that can be read; write it again", e.Path)
	}
	for i, kind := range e.kinds {
		if kind != "BLOB" || e.shapes[i].field == "" {
			continue
		}
		var row int64
		err := base.DB.QueryRowContext(ctx, queries.Script("load/parquet_not_utf8"), sql.Named("file", desk.OneFile(e.at)), sql.Named("column", e.Columns[i])).Scan(&row)
		switch {
		case err != nil:
			return fmt.Errorf("%s: column %d, %s: %w", e.Path, i+1, e.shapes[i].field, desk.Told(err))
		case row > 0:
			return fmt.Errorf("%s:%d: column %d, %s, is not marked as text, and its bytes are no UTF-8; write it as text", e.Path, row, i+1, e.shapes[i].field)
		}
	}
	e.Encoding = "utf-8" // by the format
	e.taken = taken{
		SHA256: d.sum(), Bytes: d.bytes, Lines: n, Records: n, Rows: n, Read: e.at,
		Place: func(_ context.Context, row int64) (int64, error) { return row, nil },
	}
	return nil
}
