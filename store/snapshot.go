package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"koblet/queries"
	"koblet/store/desk"
	"koblet/store/disk"
)

// Snapshot is one snapshot, open for reading. Close it when done.
type Snapshot struct {
	AsOf    time.Time
	Hash    string // SHA-256 over everything that was loaded and how; equal loads have equal hashes
	Receipt Receipt
	// Assumptions are the numbers that no source gives, by name, as they stood when the snapshot was loaded: assumptions.csv
	// of the code lists.
	Assumptions map[string]string

	db      *sql.DB
	conn    *sql.Conn
	tmp     *disk.Scratch  // for what does not fit in memory; nil where none could be made
	columns []queries.Need // what the extracts delivered
	recent  []time.Time    // what RecentDecisions gives; nil until it is asked
	split   []string       // what SplitMunicipalities gives; nil until it is asked
	fenced  bool           // what is asked comes from outside, and passes the gate first

	people    bool     // the identities are open
	read      int64    // how many rows of them were
	functions []string // the table functions that the snapshot has itself; nil until they are asked for
}

// Snapshot opens the newest edition of a day for reading; the zero day means the newest snapshot. Errors: ErrNoSnapshot.
func (s *Store) Snapshot(ctx context.Context, asOf time.Time) (*Snapshot, error) {
	for {
		entry, err := s.find(asOf)
		if err != nil {
			return nil, err
		}
		snapshot, err := openEntry(ctx, entry)
		if _, gone := os.Lstat(entry.dir); err != nil && errors.Is(gone, fs.ErrNotExist) {
			continue // it was removed between the two; there is another, or none
		}
		return snapshot, err
	}
}

func openEntry(ctx context.Context, entry Entry) (*Snapshot, error) {
	receipt, err := readReceipt(filepath.Join(entry.dir, receiptFile))
	if err != nil {
		return nil, err
	}
	snapshot := &Snapshot{AsOf: entry.AsOf, Receipt: receipt}
	spill := ""
	if snapshot.tmp, err = disk.NewScratch(""); err == nil { // a question that needs none is answered without, on a full disk too
		spill = snapshot.tmp.Dir
	}
	if err := snapshot.prepare(ctx, entry, spill); err != nil {
		return nil, errors.Join(fmt.Errorf("snapshot %s: %w", entry.name(), err), snapshot.Close())
	}
	return snapshot, nil
}

// prepare takes the one connection that everything runs on, attaches the snapshot to it for reading, gives it the measures
// as this program defines them, and reads what the snapshot says of itself. The driver would open the file by itself, but
// takes its path for a URL: from the first # on it would forget that it is for reading only.
func (s *Snapshot) prepare(ctx context.Context, entry Entry, spill string) (err error) {
	if s.db, err = sql.Open("duckdb", ""); err != nil {
		return err
	}
	if s.conn, err = s.db.Conn(ctx); err != nil {
		return err
	}
	for _, statement := range []string{
		"set temp_directory = " + desk.Literal(spill),
		"set autoinstall_known_extensions = false",
		"set autoload_known_extensions = false",
		desk.Attachment("snapshot", filepath.Join(entry.dir, snapshotFile)),
		"use snapshot",
	} {
		if _, err := s.conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	var asOf time.Time
	if err := s.conn.QueryRowContext(ctx, queries.Script("open/described")).Scan(&s.Hash, &asOf); err != nil {
		return err
	}
	for _, script := range queries.Schema(asOf) {
		if _, err := s.conn.ExecContext(ctx, script); err != nil {
			var e *duckdb.Error
			if errors.As(err, &e) && (e.Type == duckdb.ErrorTypeBinder || e.Type == duckdb.ErrorTypeCatalog) {
				return fmt.Errorf("its tables are not those of this program; %s loaded it: load the day again with --replace", s.Receipt.Program)
			}
			return err
		}
	}
	s.Assumptions = map[string]string{}
	if err := s.pairs(ctx, queries.Script("open/assumptions"), func(name, value string) { s.Assumptions[name] = value }); err != nil {
		return err
	}
	return s.pairs(ctx, queries.Script("open/delivered"), func(table, column string) {
		s.columns = append(s.columns, queries.Need{Table: table, Column: column})
	})
}

// pairs gives each row of two texts to take.
func (s *Snapshot) pairs(ctx context.Context, statement string, take func(a, b string)) error {
	rows, err := s.conn.QueryContext(ctx, statement)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			return err
		}
		take(a, b)
	}
	return rows.Err()
}

// Close releases the snapshot.
func (s *Snapshot) Close() error {
	var err error
	if s.conn != nil {
		err = s.conn.Close()
	}
	if s.db != nil {
		err = errors.Join(err, s.db.Close())
	}
	if s.tmp != nil {
		err = errors.Join(err, s.tmp.Close())
	}
	return err
}

// Lacks gives those needs that the snapshot's extracts did not deliver. A need without a column asks for the table.
func (s *Snapshot) Lacks(needs []queries.Need) []queries.Need {
	var lacking []queries.Need
	for _, n := range needs {
		if !slices.ContainsFunc(s.columns, func(d queries.Need) bool {
			return d.Table == n.Table && (n.Column == "" || d.Column == n.Column)
		}) {
			lacking = append(lacking, n)
		}
	}
	return lacking
}

// RecentDecisions are the days less than 365 days before the as-of day on which a permit was granted, in order: a period that
// holds one of them is not settled.
func (s *Snapshot) RecentDecisions(ctx context.Context) ([]time.Time, error) {
	if s.recent != nil {
		return s.recent, nil
	}
	rows, err := s.conn.QueryContext(ctx, queries.Script("finality/recent_decisions"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	days := []time.Time{}
	for rows.Next() {
		var day time.Time
		if err := rows.Scan(&day); err != nil {
			return nil, err
		}
		days = append(days, day)
	}
	s.recent = days
	return days, rows.Err()
}

// SplitMunicipalities are the codes of the municipalities that were split between several, in order.
func (s *Snapshot) SplitMunicipalities(ctx context.Context) ([]string, error) {
	if s.split != nil {
		return s.split, nil
	}
	rows, err := s.conn.QueryContext(ctx, queries.Script("open/split_municipalities"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	codes := []string{}
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			return nil, err
		}
		codes = append(codes, code)
	}
	s.split = codes
	return codes, rows.Err()
}

// Query runs a question and gives its rows, in order. Cells are nil, int64, float64, string, bool or time.Time. The values
// must name exactly the parameters that the question declares, and the columns that come back must be those of its header:
// the driver would bind by position and pass over what is surplus without a word.
func (s *Snapshot) Query(ctx context.Context, q queries.Question, values map[string]any) ([][]any, error) {
	if s.fenced {
		passed, err := s.gate(ctx, q.Statement())
		if err == nil && passed != q.Statement() {
			err = ErrStatement // an EXPLAIN is no question
		}
		if err != nil {
			return nil, err
		}
	}
	rows, err := query(ctx, s.conn, q, values)
	if err != nil {
		return nil, err
	}
	return rows, s.count(ctx)
}

func query(ctx context.Context, conn *sql.Conn, q queries.Question, values map[string]any) ([][]any, error) {
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

func readReceipt(path string) (Receipt, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Receipt{}, fmt.Errorf("receipt: %w", err)
	}
	var r Receipt
	if err := json.Unmarshal(text, &r); err != nil {
		return Receipt{}, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}
