package extract

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/registers/characters"
	"koblet/registers/suggest"
	"koblet/registers/workbook"
	"koblet/store/desk"
	"koblet/store/disk"
)

// sample shows rows of the file to the look, and says which.
func (e *extract) sample(look *suggest.Look) (scope string, err error) {
	switch e.Format {
	case "csv":
		return e.sampleText(look)
	case "xlsx":
		return e.sampleWorkbook(look)
	case "parquet":
		return e.sampleParquet(look)
	}
	return "", nil
}

// sampleText shows all of a text, or stretches of it.
func (e *extract) sampleText(look *suggest.Look) (string, error) {
	if e.compressed && e.stdin == nil {
		return e.samplePacked(look)
	}
	if e.stdin != nil {
		head, err := e.head()
		if err != nil {
			return "", err
		}
		plain, whole, err := e.unpacked(head)
		if err != nil {
			return "", fmt.Errorf("%s: %w", e.Path, err)
		}
		scope := "all of it"
		if !whole {
			scope = fmt.Sprintf("its first %d MiB", headSize>>20)
		}
		return scope, e.show(look, stretch{text: plain, first: true, last: whole})
	}
	file, err := openFile(e.at)
	if err != nil {
		return "", err
	}
	defer file.Close()
	found, err := file.Stat()
	if err != nil {
		return "", fmt.Errorf("%s: %w", e.Path, disk.Cause(err))
	}
	size := found.Size()
	if size <= sampledWhole {
		text, err := io.ReadAll(file)
		if err != nil {
			return "", fmt.Errorf("%s: %w", e.Path, disk.Cause(err))
		}
		return "all of it", e.show(look, stretch{text: text, first: true, last: true})
	}
	for n := range int64(sampleStretch) {
		if err := e.showStretch(look, file, n*(size-sampleSize)/(sampleStretch-1)); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d stretches of %d MiB from beginning to end, of %d MiB", sampleStretch, sampleSize>>20, size>>20), nil
}

// samplePacked shows stretches of what a compressed text unpacks to, whose size nobody knows before: the first ones, then
// ever fewer, and the last.
func (e *extract) samplePacked(look *suggest.Look) (string, error) {
	file, err := openFile(e.at)
	if err != nil {
		return "", err
	}
	defer file.Close()
	plain, err := characters.Decompress(file)
	if err != nil {
		return "", e.wrong(err)
	}
	block, before := make([]byte, sampleSize), make([]byte, 0, sampleSize)
	shown := false
	for n := 0; ; n++ {
		size, err := io.ReadFull(plain, block)
		end := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && size < sampleSize
		if err != nil && !end {
			return "", e.wrong(err)
		}
		const all = sampledWhole / sampleSize / 2
		last := end && size == 0
		if last && !shown || !last && (n < all || n&(n-1) == 0 || end) {
			s := stretch{text: block[:size], first: n == 0, last: end}
			if last {
				s.text = before
			}
			if err := e.show(look, s); err != nil {
				return "", err
			}
			shown = true
		} else {
			shown = false
		}
		if end && n < all {
			return "all of it", nil
		}
		if end {
			return fmt.Sprintf("its first %d MiB unpacked, and stretches of %d MiB up to the end", sampledWhole>>21, sampleSize>>20), nil
		}
		before = append(before[:0], block[:size]...)
	}
}

// lookSheets looks at the file; of a workbook with several sheets at the one in which most of the tables' fields are.
func (e *extract) lookSheets(tables []registers.Table) error {
	err := e.look()
	several, ok := errors.AsType[*workbook.SheetsError](err)
	if !ok {
		return err
	}
	found, most := extract{}, -1
	for _, name := range several.Names() {
		one := extract{Path: e.Path, at: e.at, number: e.number, sheet: name}
		if one.look() != nil {
			continue // an empty one, a cover
		}
		if n := suggest.NewLook(one.Columns).Fields(tables); n > most {
			found, most = one, n
		}
	}
	if most < 0 {
		return err
	}
	*e = found
	return nil
}

// sampleWorkbook shows the first rows of the sheet.
func (e *extract) sampleWorkbook(look *suggest.Look) (string, error) {
	book, err := workbook.Open(e.at, e.sheet)
	if err != nil {
		return "", fmt.Errorf("%s: %w", e.Path, err)
	}
	defer book.Close()
	rows, err := book.Rows()
	if err != nil {
		return "", fmt.Errorf("%s: %w", e.Path, err)
	}
	defer rows.Close()
	for n := -1; n < sampledRows; {
		cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return "all of it", nil
		} else if err != nil {
			return "", fmt.Errorf("%s: %w", e.Path, err)
		}
		cells, beside := e.within(cells)
		if len(cells) == 0 || beside {
			continue
		}
		if n++; n > 0 {
			texts := append(workbook.Texts(cells), make([]string, max(0, len(e.Columns)-len(cells)))...)
			look.Add(texts, func(i int) bool { return i < len(cells) && !cells[i].Day.IsZero() })
		}
	}
	return "its beginning", nil
}

// sampleParquet shows rows from all over the file.
func (e *extract) sampleParquet(look *suggest.Look) (string, error) {
	d, err := desk.Open(context.Background(), desk.Settings{Spare: true})
	if err != nil {
		return "", err
	}
	defer d.Close()
	rows, err := d.DB.QueryContext(context.Background(), queries.Script("load/parquet_sample"), sql.Named("file", desk.OneFile(e.at)))
	if err != nil {
		return "", fmt.Errorf("%s: no Parquet file that can be read; write it again", e.Path)
	}
	defer rows.Close()
	values, into := make([]any, len(e.Columns)), make([]any, len(e.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return "", fmt.Errorf("%s: no Parquet file that can be read; write it again", e.Path)
		}
		look.Add(valueTexts(values), func(i int) bool { _, day := values[i].(time.Time); return day })
	}
	return "rows from all over it", rows.Err()
}

// valueTexts gives values as texts; a value made of several is none.
func valueTexts(values []any) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		switch v := value.(type) {
		case nil:
		case string:
			texts[i] = v
		case time.Time:
			texts[i] = v.Format(time.DateOnly)
		case int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64, bool:
			texts[i] = fmt.Sprint(v)
		}
	}
	return texts
}
