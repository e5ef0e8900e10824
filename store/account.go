package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/store/disk"
	"koblet/store/extract"
)

// account says what became of every line of every file: what the scan found broken, what the load had to reject, what was
// loaded, and what is wrong in it.
func (b *build) account(ctx context.Context) (Receipt, *rejects, error) {
	hash, err := b.hash()
	if err != nil {
		return Receipt{}, nil, fmt.Errorf("code lists: %w", err)
	}
	r := Receipt{AsOf: b.l.AsOf.Format(time.DateOnly), LoadedAt: b.l.Now, Program: b.l.Program, Snapshot: hash}
	if err := b.conn.QueryRowContext(ctx, queries.Script("load/counted")).Scan(&r.Persons, &r.Permits, &r.CPR, &r.NoPermit, &r.Several); err != nil {
		return Receipt{}, nil, fmt.Errorf("counts: %w", err)
	}
	rejects, perFile, err := b.rejects(ctx)
	if err != nil {
		return Receipt{}, nil, fmt.Errorf("rejects: %w", err)
	}
	rows := map[string]int64{}
	for i, in := range b.inputs {
		rows[in.Table.Name] += in.Rows - (perFile[i] - in.Broken.Count())
	}
	findings, found, err := b.findings(ctx, rows)
	if err != nil {
		return Receipt{}, nil, fmt.Errorf("findings: %w", err)
	}
	r.Findings = found
	for i, in := range b.inputs {
		f := FileReceipt{
			File: registers.WithoutNumbers(in.Path), Table: in.Table.Name, Format: in.Format, SHA256: in.SHA256, Bytes: in.Bytes, Encoding: in.Encoding,
			PhysicalLines: in.Lines, Lines: in.Records, Header: in.Headers, Rejected: perFile[i], Findings: findings[i], NotStored: in.NotStored(), OtherSheets: in.OtherSheets,
		}
		if in.Separator != 0 {
			f.Separator = string(in.Separator)
		}
		f.Loaded = in.Records - in.Headers - perFile[i]
		if in.Format == "u12170" {
			f.Persons, f.Produced, f.Trailer = in.Rows, in.Produced, in.Trailer
		}
		if f.Lines != f.Header+f.Loaded+f.Rejected || f.Loaded < 0 {
			return Receipt{}, nil, fmt.Errorf("%s: %d records, of which %d loaded and %d rejected: the account does not close", in.Path, f.Lines, f.Loaded, f.Rejected)
		}
		r.Files = append(r.Files, f)
	}
	return r, rejects, nil
}

// rejects lists every rejected line, and counts them by input: first what the scans found broken, then what the database rejected, by table.
func (b *build) rejects(ctx context.Context) (all *rejects, perFile map[int]int64, err error) {
	all, perFile = &rejects{}, map[int]int64{}
	for i, in := range b.inputs {
		all.take(registers.WithoutNumbers(in.Path), &in.Broken)
		perFile[i] = in.Broken.Count()
	}
	rows, err := b.conn.QueryContext(ctx, queries.Script("load/rejected"))
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	lists := map[int]*extract.Lines{}
	var order []int
	for rows.Next() {
		var table, reason string
		var row int64
		if err := rows.Scan(&table, &row, &reason); err != nil {
			return nil, nil, err
		}
		i, line, err := b.place(ctx, table, row)
		if err != nil {
			return nil, nil, err
		}
		if lists[i] == nil {
			lists[i], order = &extract.Lines{}, append(order, i)
		}
		lists[i].Add(line, reason)
		perFile[i]++
	}
	for _, i := range order {
		all.take(registers.WithoutNumbers(b.inputs[i].Path), lists[i])
	}
	return all, perFile, rows.Err()
}

// place finds the input and the physical line of a row of a staged table, rows being counted from 0 through all its files.
func (b *build) place(ctx context.Context, table string, row int64) (input int, line int64, err error) {
	for i, in := range b.inputs {
		if in.Table.Name != table {
			continue
		}
		if row < in.Rows {
			line, err := in.Place(ctx, row+1)
			return i, line, err
		}
		row -= in.Rows
	}
	panic("store: a rejected row beyond the files' rows")
}

// findings counts what is wrong in the loaded rows, of which each table has so many: by input, and by column and reason.
func (b *build) findings(ctx context.Context, loaded map[string]int64) (map[int]int64, []Finding, error) {
	rows, err := b.conn.QueryContext(ctx, queries.Script("load/found"))
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	perFile := map[int]int64{}
	found := []Finding{}
	for rows.Next() {
		var f Finding
		var number int
		var first any
		if err := rows.Scan(&f.Table, &number, &f.Column, &f.Reason, &f.N, &first); err != nil {
			return nil, nil, err
		}
		input := b.nth(f.Table, number)
		perFile[input] += f.N
		same := slices.IndexFunc(found, func(g Finding) bool {
			return g.Table == f.Table && g.Column == f.Column && g.Reason == f.Reason
		})
		if same < 0 {
			same, f.Of = len(found), loaded[f.Table]
			found = append(found, f)
		} else {
			found[same].N += f.N
		}
		if numbers, _ := first.([]any); len(numbers) == 0 {
			found[same].Places = b.placesInFile(found[same].Places, input, extract.Finding{Column: f.Column, Reason: f.Reason})
		} else if found[same].Places, err = b.places(ctx, found[same].Places, input, numbers); err != nil {
			return nil, nil, err
		}
	}
	return perFile, found, rows.Err()
}

// places are the first places of a finding with those in one more file after them.
func (b *build) places(ctx context.Context, all []Place, input int, rows []any) ([]Place, error) {
	for _, row := range rows {
		if len(all) >= extract.MostPlaces {
			break
		}
		number, _ := row.(int64)
		i, line, err := b.place(ctx, b.inputs[input].Table.Name, number)
		if err != nil {
			return nil, err
		}
		all = append(all, Place{registers.WithoutNumbers(b.inputs[i].Path), line})
	}
	return all, nil
}

// placesInFile are the same of a finding in a file as such, which has a line where one can be told.
func (b *build) placesInFile(all []Place, input int, f extract.Finding) []Place {
	in := b.inputs[input]
	lines := in.Firsts[f]
	if len(lines) == 0 {
		lines = []int64{0}
	}
	for _, line := range lines {
		all = append(all, Place{registers.WithoutNumbers(in.Path), line})
	}
	return all[:min(len(all), extract.MostPlaces)]
}

// nth is the position among the inputs of a table's file with that number, counted from 1.
func (b *build) nth(table string, number int) int {
	return slices.IndexFunc(b.inputs, func(in extract.Input) bool {
		if in.Table.Name == table {
			number--
		}
		return in.Table.Name == table && number == 0
	})
}

func writeReceipt(path string, r Receipt) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("receipt: %w", err)
	}
	if err := disk.Write(path, append(text, '\n'), 0o440); err != nil {
		return fmt.Errorf("receipt: %w", err)
	}
	return nil
}
