package extract

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"strings"
	"time"

	"koblet/registers"
	"koblet/registers/profiles"
	"koblet/registers/records"
	"koblet/registers/workbook"
)

// shape is what a column must be known by before its cells become text.
type shape struct {
	dates string // the profile's pattern, in which a day is written, so that one column has one form
	field string
}

// columnShape gives the shape of a field's column.
func columnShape(field registers.Field, profile profiles.Profile, table string) shape {
	s := shape{field: field.Name}
	if field.Kind == registers.Date {
		s.dates = profile.Tables[table].Dates
	}
	return s
}

// takeWorkbook makes a sheet plain CSV: days as the profile has them, or as 2013-12-31; numbers as their digits; texts as
// they are, zeros in front and all; cells merged over rows with their value in each; an error value as one of its kind. Rows
// without any value are no records.
func (e *extract) takeWorkbook(ctx context.Context, copied string, m *meter) error {
	d, err := e.hashed(ctx, m)
	if err != nil {
		return err
	}
	book, err := workbook.Open(e.at, e.sheet)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	defer book.Close()
	e.Encoding = "utf-8" // by the format
	e.taken = taken{SHA256: d.sum(), Bytes: d.bytes, Read: copied, newLine: `\n`}
	if e.OtherSheets, err = book.Others(); err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	merged, err := e.copySheet(ctx, book, nil)
	read := make([]bool, len(e.shapes))
	for i, s := range e.shapes {
		read[i] = s.field != ""
	}
	if again := workbook.MergesOf(merged, e.places, read); err == nil && again != nil {
		_, err = e.copySheet(ctx, book, again)
	}
	return err
}

// copySheet writes the rows of the sheet where they will be read, and gives the blocks of merged cells, which it can fill when it
// is told them.
func (e *extract) copySheet(ctx context.Context, book *workbook.Book, merged *workbook.Merges) ([]workbook.Merge, error) {
	rows, err := book.Rows()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Path, err)
	}
	defer rows.Close()
	if err := os.Remove(e.Read); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	into, err := create(e.Read)
	if err != nil {
		return nil, err
	}
	defer into.Close()
	e.Headers, e.Lines, e.Records, e.Rows, e.Broken, e.Gaps = 1, 0, 0, 0, Lines{}, nil
	e.Findings, e.Firsts = map[Finding]int64{}, map[Finding][]int64{}
	w := sheetCopy{extract: e, out: csv.NewWriter(into), record: make([]string, len(e.Columns)), head: records.HeadingOf(e.Columns), merged: merged}
	for {
		cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
		if err := w.take(cells, rows.Row); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Path, err)
		}
	}
	if w.out.Flush(); w.out.Error() != nil {
		return nil, w.out.Error()
	}
	e.Place = w.place
	return rows.Merged, nil
}

// sheetCopy writes the rows of a sheet as plain CSV and keeps where they stand.
type sheetCopy struct {
	*extract
	out    *csv.Writer
	record []string
	head   records.Heading
	merged *workbook.Merges // nil where none are known
	begins []int64          // of the runs of rows that follow each other: the first row's number among the rows
	after  []int64          // and what to add to get its place in the sheet
}

func (w *sheetCopy) take(cells []workbook.Cell, line int64) error {
	cells, beside := w.within(cells)
	if len(cells) == 0 && !beside {
		return nil
	}
	blanks := line > w.Lines+1
	w.Lines = line
	w.Records++
	if w.Records == 1 {
		if w.merged != nil {
			if err := w.merged.Header(line); err != nil {
				return err
			}
		}
		w.write(cells, func(c workbook.Cell, _ shape) string { return c.Text })
		return w.out.Error()
	}
	reason, err := w.judge(cells, line)
	if beside && reason == "" { // as where there are more cells than columns behind the last
		reason = records.WrongNumberOfFields
	}
	switch {
	case err != nil:
		return err
	case reason == records.RuledLine && w.Records == w.Headers+1:
		w.Headers++
		return nil
	}
	if w.merged != nil && reason == "" {
		filled, isRecord, err := w.merged.Fill(line, cells)
		if err != nil {
			return err
		}
		if cells = filled; !isRecord {
			reason = records.BelowTable
		}
	}
	if reason != "" {
		w.Broken.Add(line, string(reason))
		return nil
	}
	if blanks {
		w.Gaps = append(w.Gaps[max(len(w.Gaps)-99, 0):], w.Rows)
	}
	w.Rows++
	if n := len(w.after); n == 0 || w.after[n-1] != line-w.Rows {
		w.begins, w.after = append(w.begins, w.Rows), append(w.after, line-w.Rows)
	}
	w.write(cells, w.text)
	return w.out.Error()
}

// write writes cells as a record; what is wrong with that the writer keeps.
func (w *sheetCopy) write(cells []workbook.Cell, text func(workbook.Cell, shape) string) {
	for i := range w.record {
		w.record[i] = ""
		if i < len(cells) {
			w.record[i] = text(cells[i], w.shapes[i])
		}
	}
	_ = w.out.Write(w.record)
}

// judge says why cells are no row of the table, or are not taken because a CSV file could not have them, either.
func (w *sheetCopy) judge(cells []workbook.Cell, line int64) (records.Reason, error) {
	clear(w.record)
	size := 0
	for i, c := range cells {
		if strings.IndexByte(c.Text, 0) >= 0 {
			return records.NULByte, nil
		}
		if size += len(c.Text); i < len(w.record) {
			w.record[i] = c.Text
		}
	}
	if w.head.MayBeNone(w.record) {
		reason, err := w.head.NoRow(w.record)
		if reason == records.RepeatedHeader && len(cells) > len(w.Columns) {
			err = records.ErrSecondTable
		}
		if err != nil || reason != "" {
			if err != nil {
				err = fmt.Errorf("row %d: %w", line, err)
			}
			return reason, err
		}
	}
	switch {
	case len(cells) > len(w.Columns):
		return records.WrongNumberOfFields, nil
	case size > workbook.LongestRow:
		return records.LineTooLong, nil
	}
	return "", nil
}

// text writes a cell as its column has them.
func (w *sheetCopy) text(c workbook.Cell, s shape) string {
	switch {
	case !c.Day.IsZero() && s.dates != "":
		return strftime(c.Day, s.dates)
	case c.Uncomputed && s.field != "":
		w.find(Finding{s.field, "not_computed"})
	case c.Long && s.field != "":
		w.find(Finding{s.field, "lost_digits"})
	}
	w.marked.look([]byte(c.Text), true)
	return c.Text
}

// find counts a finding in the row that is being written.
func (w *sheetCopy) find(f Finding) {
	if w.Findings[f]++; len(w.Firsts[f]) < MostPlaces && !slices.Contains(w.Firsts[f], w.Lines) {
		w.Firsts[f] = append(w.Firsts[f], w.Lines)
	}
}

// place finds the row of the sheet in which a row stands.
func (w *sheetCopy) place(_ context.Context, row int64) (int64, error) {
	i := sort.Search(len(w.begins), func(i int) bool { return w.begins[i] > row })
	return row + w.after[i-1], nil
}

// strftime writes a day by a profile's pattern; the time of day is midnight.
func strftime(day time.Time, pattern string) string {
	return strings.NewReplacer("%d", day.Format("02"), "%m", day.Format("01"), "%Y", day.Format("2006"), "%H", "00", "%M", "00", "%S", "00", "%%", "%").Replace(pattern)
}

// hashed reads a file once for its hash and size.
func (e *extract) hashed(ctx context.Context, m *meter) (*delivered, error) {
	file, err := openFile(e.at)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	d := &delivered{from: m.reader(ctx, file), hash: sha256.New()}
	_, err = io.Copy(io.Discard, d)
	return d, e.wrong(err)
}
