package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"koblet/queries"
	"koblet/store/desk"
	"koblet/store/disk"
)

// Snapshot is one snapshot, open for reading by as many as ask it at a time. Close it when done.
type Snapshot struct {
	AsOf    time.Time
	Hash    string // SHA-256 over everything that was loaded and how; equal loads have equal hashes
	Receipt Receipt
	// Assumptions are the numbers that no source gives, by name, as they stood when the snapshot was loaded: assumptions.csv
	// of the code lists.
	Assumptions map[string]string

	desk       *desk.Desk
	columns    []queries.Need // what the extracts delivered
	once       sync.Mutex     // over what is asked once
	recent     []time.Time    // what RecentDecisions gives; nil until it is asked
	split      []string       // what SplitMunicipalities gives; nil until it is asked
	identities string         // the file of what the keys stand for, where it was opened apart
	ask        Asking         // nil where the snapshot is asked itself
}

// ofReader is what questions on one snapshot may take of memory before they use the disk, as DuckDB names it.
const ofReader = "2GB"

// Snapshot opens the newest edition of a day for reading; the zero day means the newest snapshot. Errors: ErrNoSnapshot.
func (s *Store) Snapshot(ctx context.Context, asOf time.Time) (*Snapshot, error) {
	for {
		entry, err := s.find(asOf)
		if err != nil {
			return nil, err
		}
		snapshot, err := openEntry(ctx, entry, desk.Settings{Memory: ofReader, Spare: true})
		if _, gone := os.Lstat(entry.dir); err != nil && errors.Is(gone, fs.ErrNotExist) {
			continue // it was removed between the two; there is another, or none
		}
		return snapshot, err
	}
}

// Apart opens the snapshot that Snapshot would for a process that has a limit and a folder of its own. Errors: ErrNoSnapshot.
func (s *Store) Apart(ctx context.Context, asOf time.Time, settings desk.Settings) (*Snapshot, error) {
	entry, err := s.find(asOf)
	if err != nil {
		return nil, err
	}
	if err := noJournal(entry); err != nil {
		return nil, err
	}
	snapshot, err := openEntry(ctx, entry, settings)
	if err == nil {
		snapshot.identities = filepath.Join(s.Dir, identitiesDir, entry.name(), identitiesFile)
	}
	return snapshot, err
}

// noJournal refuses a snapshot beside which a write-ahead file lies: none was published, DuckDB would take it for a part of
// the snapshot, and it lets fenced statements open what has its name.
func noJournal(entry Entry) error {
	for _, end := range []string{".wal", ".wal.checkpoint", ".wal.recovery"} {
		if _, err := os.Lstat(filepath.Join(entry.dir, snapshotFile+end)); err == nil {
			return fmt.Errorf("snapshot %s: %s%s was not published; koblet snapshots verify tells what else was not", entry.name(), snapshotFile, end)
		}
	}
	return nil
}

// Conn is the first of the snapshot's connections, for whoever opened it apart.
func (s *Snapshot) Conn() *sql.Conn { return s.desk.Conn }

// Identities is the file of what the snapshot's keys stand for, for whoever opened it apart.
func (s *Snapshot) Identities() string { return s.identities }

func openEntry(ctx context.Context, entry Entry, settings desk.Settings) (*Snapshot, error) {
	receipt, err := readReceipt(filepath.Join(entry.dir, receiptFile))
	if err != nil {
		return nil, err
	}
	snapshot := &Snapshot{AsOf: entry.AsOf, Receipt: receipt}
	if err := snapshot.prepare(ctx, entry, settings); err != nil {
		return nil, errors.Join(fmt.Errorf("snapshot %s: %w", entry.name(), err), snapshot.Close())
	}
	return snapshot, nil
}

// prepare opens the snapshot for reading, gives every connection the measures as this program defines them, and reads what the
// snapshot says of itself. The driver would open the file by itself, but takes its path for a URL: from the first # on it would
// forget that it is for reading only.
func (s *Snapshot) prepare(ctx context.Context, entry Entry, settings desk.Settings) (err error) {
	if s.desk, err = desk.Open(ctx, settings); err != nil {
		return err
	}
	if err := s.desk.Attach(ctx, "snapshot", filepath.Join(entry.dir, snapshotFile)); err != nil {
		return err
	}
	if _, err := s.desk.Conn.ExecContext(ctx, "use snapshot"); err != nil {
		return err
	}
	var asOf time.Time
	if err := s.desk.Conn.QueryRowContext(ctx, queries.Script("open/described")).Scan(&s.Hash, &asOf); err != nil {
		return err
	}
	if err := s.desk.Prepare(ctx, append([]string{"use snapshot"}, queries.Schema(asOf)...)...); err != nil {
		var e *duckdb.Error
		if errors.As(err, &e) && (e.Type == duckdb.ErrorTypeBinder || e.Type == duckdb.ErrorTypeCatalog) {
			return fmt.Errorf("its tables are not those of this program; %s loaded it: load the day again with --replace", s.Receipt.Program)
		}
		return err
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
	rows, err := s.desk.DB.QueryContext(ctx, statement)
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
	if s.desk == nil {
		return nil
	}
	return s.desk.Close()
}

// Asking puts a question and gives its rows, as Query does.
type Asking func(ctx context.Context, q queries.Question, values map[string]any) ([][]any, error)

// Through is the snapshot with its questions put another way, as through a fence. It is closed with the snapshot, not by itself.
func (s *Snapshot) Through(ask Asking) *Snapshot {
	return &Snapshot{
		AsOf: s.AsOf, Hash: s.Hash, Receipt: s.Receipt, Assumptions: s.Assumptions, desk: s.desk, columns: s.columns, ask: ask,
	}
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
	s.once.Lock()
	defer s.once.Unlock()
	if s.recent != nil {
		return s.recent, nil
	}
	rows, err := s.desk.DB.QueryContext(ctx, queries.Script("finality/recent_decisions"))
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
	s.once.Lock()
	defer s.once.Unlock()
	if s.split != nil {
		return s.split, nil
	}
	rows, err := s.desk.DB.QueryContext(ctx, queries.Script("open/split_municipalities"))
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

// Query runs a question and gives its rows, as desk.Query does. Many may be put at a time: each has a connection of its own.
func (s *Snapshot) Query(ctx context.Context, q queries.Question, values map[string]any) ([][]any, error) {
	if s.ask != nil {
		return s.ask(ctx, q, values)
	}
	return desk.Query(ctx, s.desk.DB, q, values)
}

func readReceipt(path string) (Receipt, error) {
	text, err := disk.ReadFile(path)
	if err != nil {
		return Receipt{}, fmt.Errorf("receipt: %w", err)
	}
	var r Receipt
	if err := json.Unmarshal(text, &r); err != nil {
		return Receipt{}, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// Pair is two snapshots of one store, open together for reading, so that a permit can be followed from one to the other by
// its key. Close it when done.
type Pair struct{ desk *desk.Desk }

// Between opens the newest editions of two days, attached as earlier and later. Errors: ErrNoSnapshot.
func (s *Store) Between(ctx context.Context, earlier, later time.Time) (*Pair, error) {
	d, err := desk.Open(ctx, desk.Settings{Memory: ofReader})
	if err != nil {
		return nil, err
	}
	if err := d.Prepare(ctx, queries.Script("schema/08_link_verdict")); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	for _, side := range []struct {
		name string
		day  time.Time
	}{{"earlier", earlier}, {"later", later}} {
		entry, err := s.find(side.day)
		if err == nil {
			err = d.Attach(ctx, side.name, filepath.Join(entry.dir, snapshotFile))
		}
		if err != nil {
			return nil, errors.Join(err, d.Close())
		}
	}
	return &Pair{d}, nil
}

// Query runs a question of the folder compare and gives its rows; cells, values and columns are as Snapshot.Query has them.
func (p *Pair) Query(ctx context.Context, q queries.Question, values map[string]any) ([][]any, error) {
	return desk.Query(ctx, p.desk.DB, q, values)
}

// Close releases both snapshots.
func (p *Pair) Close() error { return p.desk.Close() }
