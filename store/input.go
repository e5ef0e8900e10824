package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"

	"koblet/registers"
)

// input is one file as one table: a file that holds persons and permits together is two inputs.
type input struct {
	path    string
	table   registers.Table
	header  registers.Header
	scanned registers.Scanned
	read    string // what DuckDB reads: the file itself, or a cleaned copy of it
}

// readHeaders looks at the first line of every file and says all that is wrong with any of them, before anything is
// made or read.
func readHeaders(l Loading) ([]input, error) {
	var inputs []input
	var wrong []error
	for _, kind := range l.kinds() {
		for _, path := range kind.files {
			header, err := readHeader(path)
			if err != nil {
				wrong = append(wrong, err)
				continue
			}
			for _, table := range kind.tables {
				matched, err := registers.MatchHeader(header, table)
				if err != nil {
					wrong = append(wrong, fmt.Errorf("%s:1: %w", path, err))
					continue
				}
				inputs = append(inputs, input{path: path, table: table, header: matched, read: path})
			}
		}
	}
	return inputs, errors.Join(wrong...)
}

func readHeader(path string) ([]string, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	// Twice the longest record: the header is in it whole, or is too long.
	scanned, err := registers.Scan(io.LimitReader(file, 2<<20), registers.Scanning{})
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	case scanned.Header == nil:
		return nil, fmt.Errorf("%s: the file is empty", path)
	}
	return scanned.Header, nil
}

func openFile(path string) (*os.File, error) {
	file, err := os.Open(path)
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: no such file", path)
	case errors.As(err, &at):
		return nil, fmt.Errorf("%s: %w", path, at.Err)
	case err != nil:
		return nil, err
	}
	if found, err := file.Stat(); err == nil && found.IsDir() {
		return nil, errors.Join(fmt.Errorf("%s: a folder, not a file", path), file.Close())
	}
	return file, nil
}

// scanInputs counts and hashes every file once. What DuckDB's reader would not take the same way is written again, cleaned,
// into the folder tmp.
func scanInputs(ctx context.Context, inputs []input, tmp string, progress func(done, total int64)) error {
	byPath := map[string][]*input{}
	var order []string
	for i := range inputs {
		if byPath[inputs[i].path] == nil {
			order = append(order, inputs[i].path)
		}
		byPath[inputs[i].path] = append(byPath[inputs[i].path], &inputs[i])
	}
	meter := newMeter(order, progress)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(2)
	for n, path := range order {
		group.Go(func() error {
			scanned, read, err := scanFile(ctx, path, filepath.Join(tmp, fmt.Sprintf("cleaned-%d.csv", n)), meter)
			if err != nil {
				return err
			}
			for _, in := range byPath[path] {
				in.scanned, in.read = scanned, read
			}
			return nil
		})
	}
	return group.Wait()
}

func scanFile(ctx context.Context, path, cleaned string, m *meter) (registers.Scanned, string, error) {
	file, err := openFile(path)
	if err != nil {
		return registers.Scanned{}, "", err
	}
	defer file.Close()
	scanned, err := registers.Scan(m.reader(ctx, file), registers.Scanning{})
	if err != nil {
		return registers.Scanned{}, "", fmt.Errorf("%s: %w", path, err)
	}
	if plainEnough(scanned) {
		return scanned, path, nil
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return registers.Scanned{}, "", err
	}
	into, err := os.OpenFile(cleaned, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return registers.Scanned{}, "", err
	}
	again, err := registers.Scan(file, registers.Scanning{Cleaned: into})
	if err = errors.Join(err, into.Close()); err != nil {
		return registers.Scanned{}, "", fmt.Errorf("%s: %w", path, err)
	}
	if again.SHA256 != scanned.SHA256 {
		return registers.Scanned{}, "", fmt.Errorf("%s: the file changed while it was read", path)
	}
	return scanned, cleaned, nil
}

// plainEnough reports whether DuckDB's strict reader sees the same records in the file as the scan did.
func plainEnough(s registers.Scanned) bool {
	ends := s.LineEnds()
	return len(s.Broken) == 0 && s.Blank == 0 && !s.BOM && (ends == "lf" || ends == "crlf")
}

// projection is the one place where SQL is made of an extract's own shape: the view that gives the register's columns, as
// text, from the files' columns. The files' names for them never enter: columns are known by position. What the file
// does not have is NULL in every row; delivered_columns tells that from empty values.
func projection(table registers.Table, inputs []input) string {
	var parts []string
	for _, in := range inputs {
		if in.table.Name != table.Name {
			continue
		}
		columns := make([]string, len(in.header.Fields))
		for i := range columns {
			columns[i] = fmt.Sprintf("'c%d': 'VARCHAR'", i)
		}
		parts = append(parts, fmt.Sprintf("select %s from read_csv(%s, columns = {%s}, header = true, auto_detect = false, "+
			`delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = true, new_line = %s, max_line_size = 4194304)`,
			selected(table, in.header), literal(in.read), strings.Join(columns, ", "), literal(in.newLine())))
	}
	if len(parts) == 0 {
		parts = append(parts, "select "+selected(table, registers.Header{})+" where false")
	}
	return "create temp view extract_" + table.Name + " as " + strings.Join(parts, " union all ")
}

// selected lists the fields of a table in their order, an empty value being no value.
func selected(table registers.Table, h registers.Header) string {
	list := make([]string, len(table.Fields))
	for i, field := range table.Fields {
		list[i] = "null::varchar as " + field.Name
		for at, name := range h.Fields {
			if name == field.Name {
				list[i] = fmt.Sprintf("c%d as %s", at, field.Name)
			}
		}
	}
	return strings.Join(list, ", ")
}

// newLine names the line end of what DuckDB reads, as its reader names it: a cleaned copy has LF.
func (in input) newLine() string {
	if in.read == in.path && in.scanned.CRLF > 0 {
		return `\r\n`
	}
	return `\n`
}

// literal quotes a text for SQL.
func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
