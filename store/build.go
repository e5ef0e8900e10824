package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/store/desk"
	"koblet/store/disk"
	"koblet/store/extract"
)

// storageVersion is the oldest DuckDB that can open a snapshot.
const storageVersion = "v1.4.0"

// build is a load at work: a folder beside the snapshots, and a database in memory to which the files of the snapshot
// are attached.
type build struct {
	dir    string
	l      Loading
	inputs []extract.Input
	desk   *desk.Desk
	conn   *sql.Conn

	earlier, replaced *Entry // what it is compared with: the newest earlier day, the edition replaced; nil where there is none
}

func (s *Store) newBuild(ctx context.Context, l Loading, inputs []extract.Input) (*build, error) {
	b := &build{dir: filepath.Join(s.Dir, buildingDir), l: l, inputs: inputs}
	for _, path := range []string{b.dir, filepath.Join(b.dir, identitiesDir), filepath.Join(b.dir, "tmp")} {
		if err := errors.Join(os.Mkdir(path, 0o700), disk.Belong(path)); err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
	}
	snapshot := filepath.Join(b.dir, "snapshot")
	if err := errors.Join(os.Mkdir(snapshot, 0o750), disk.Belong(snapshot)); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	secret, err := s.secret()
	if err != nil {
		return nil, err
	}
	if err := s.sameSecret(ctx, secret); err != nil {
		return nil, err
	}
	if b.desk, err = desk.Open(ctx, desk.Settings{Folder: disk.Rooted(filepath.Join(b.dir, "tmp"))}); err != nil {
		return nil, err
	}
	b.conn = b.desk.Conn
	if err := desk.RegisterKeys(b.conn, secret); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

func (b *build) close() error { return b.desk.Close() }

// run reads the extracts into the files and says what became of every line.
func (b *build) run(ctx context.Context) (Receipt, *rejects, error) {
	if err := extract.Take(ctx, b.inputs, filepath.Join(b.dir, "tmp"), func(done, total int64) { b.step(Reading, done, total) }); err != nil {
		return Receipt{}, nil, err
	}
	for _, step := range []func(context.Context) error{b.open, b.takeCodes, b.takeInputs, b.transform} {
		if err := step(ctx); err != nil {
			return Receipt{}, nil, err
		}
	}
	if err := b.addFindings(ctx); err != nil {
		return Receipt{}, nil, fmt.Errorf("findings: %w", err)
	}
	receipt, rejects, err := b.account(ctx)
	if err != nil {
		return Receipt{}, nil, err
	}
	broken, err := b.limits(ctx)
	if err != nil {
		return Receipt{}, nil, err
	}
	if receipt.Accepted, receipt.NotNeeded, err = b.l.hold(broken); err != nil {
		return receipt, rejects, err
	}
	if receipt.Gate, err = b.compare(ctx); err != nil {
		return Receipt{}, nil, err
	}
	return receipt, rejects, b.finish(ctx, receipt)
}

func (b *build) step(name string, done, total int64) {
	if b.l.Progress != nil {
		b.l.Progress(name, done, total)
	}
}

// open sets the limits and attaches the files.
func (b *build) open(ctx context.Context) error {
	memory, err := b.memory(ctx)
	if err != nil {
		return err
	}
	if err := b.exec(ctx,
		"set memory_limit = "+desk.Literal(memory),
		b.attach(identitiesDir, filepath.Join(b.dir, identitiesDir, identitiesFile)),
		b.attach("protected", filepath.Join(b.dir, identitiesDir, protectedFile)),
		b.attach("snapshot", filepath.Join(b.dir, "snapshot", snapshotFile)),
		queries.Script("load/work_tables"),
		queries.Script("load/macros"), queries.Script("schema/03_administrative_office")); err != nil || !b.l.Profile.Numbers.Opaque {
		return err
	}
	return b.exec(ctx, queries.Script("load/opaque_numbers"))
}

// memory is the limit that the load was given, or one by the number of its rows. That one is at most what the database takes by itself,
// so the limit with which it was opened is taken off first.
func (b *build) memory(ctx context.Context) (limit string, err error) {
	if b.l.Memory != "" {
		return b.l.Memory, nil
	}
	var rows int64
	for _, in := range b.inputs {
		rows += in.Rows
	}
	if err := b.exec(ctx, "reset memory_limit"); err != nil {
		return "", err
	}
	err = b.conn.QueryRowContext(ctx, queries.Script("load/memory"),
		sql.Named("least", desk.LeastMemory), sql.Named("bytes_per_row", bytesPerRow), sql.Named("rows", rows)).Scan(&limit)
	return limit, err
}

func (b *build) attach(name, path string) string {
	return fmt.Sprintf("attach %s as %s (storage_version %s)", desk.Literal(disk.Rooted(path)), name, desk.Literal(storageVersion))
}

// takeCodes copies the code lists into the snapshot, so that it can be read by itself.
func (b *build) takeCodes(ctx context.Context) error {
	folder := filepath.Join(b.dir, "tmp", "codes")
	if err := b.writeCodes(folder); err != nil {
		return fmt.Errorf("code lists: %w", err)
	}
	for _, list := range []string{"municipalities", "countries", "citizenship_groups", "western_countries", "legal_bases", "breaks", "assumptions", "spreadsheets"} {
		if _, err := b.conn.ExecContext(ctx, queries.Script("load/code_"+list), sql.Named("folder", desk.OneFile(folder))); err != nil {
			return fmt.Errorf("code list %s: %w", list, err)
		}
	}
	return b.exec(ctx, queries.Script("load/code_tables"))
}

// writeCodes writes the code lists with the profile's rows after their own.
func (b *build) writeCodes(folder string) error {
	if err := errors.Join(os.CopyFS(folder, registers.Codes()), disk.Belong(folder)); err != nil {
		return err
	}
	for name, rows := range b.l.Profile.CodeRows {
		path := filepath.Join(folder, name)
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, slices.Concat(text, []byte(rows)), 0o600)); err != nil {
			return err
		}
	}
	return nil
}

// takeInputs tells the database what the files are: which columns came, which rows come from which file, and how a row is
// read.
func (b *build) takeInputs(ctx context.Context) error {
	if err := b.takeTypes(ctx); err != nil {
		return err
	}
	for _, table := range registers.Tables() {
		first, number := int64(0), 0
		for _, in := range b.of(table) {
			for _, name := range in.Delivered() {
				if _, err := b.conn.ExecContext(ctx, queries.Script("load/delivered"),
					sql.Named("table_name", table.Name), sql.Named("column_name", name)); err != nil {
					return err
				}
			}
			number++
			next := first + in.Rows
			if err := errors.Join(b.findAltered(ctx, in, first), b.rejectNoRows(ctx, in, first)); err != nil {
				return fmt.Errorf("%s: %w", in.Path, err)
			}
			if _, err := b.conn.ExecContext(ctx, queries.Script("load/file_rows"), sql.Named("table_name", table.Name),
				sql.Named("file_number", number), sql.Named("first_row", first), sql.Named("next_row", next)); err != nil {
				return err
			}
			first = next
			for script, file := range map[string]string{"replaced_numbers": in.Replaced, "guarded_numbers": in.Guarded} {
				if file == "" {
					continue
				}
				if _, err := b.conn.ExecContext(ctx, queries.Script("load/"+script), sql.Named("file", desk.OneFile(file))); err != nil {
					return fmt.Errorf("%s: numbers beside the persons: %w", in.Path, desk.Told(err))
				}
			}
		}
		if err := b.exec(ctx, extract.Projection(table, b.inputs)); err != nil {
			return err
		}
	}
	_, err := b.conn.ExecContext(ctx, queries.Script("load/asked"),
		sql.Named("as_of", b.l.AsOf), sql.Named("number_format", b.numberFormat()),
		sql.Named("number_remainder", b.l.Profile.Numbers.Remainder), sql.Named("cpr_loaded", len(b.of(registers.CPRPersons)) > 0))
	return err
}

// takeTypes makes the types of the codes that the texts have, and gives the columns theirs.
func (b *build) takeTypes(ctx context.Context) error {
	for _, in := range b.inputs {
		in.Typed()
		for at, kind := range in.Types {
			if kind != in.TextType() {
				continue
			}
			if _, err := b.conn.ExecContext(ctx, queries.Script("load/delivered_texts"), sql.Named("type_name", kind), sql.Named("texts", in.Values[at].Codes)); err != nil {
				return err
			}
		}
	}
	return b.exec(ctx, queries.Script("load/text_types"))
}

// of gives the inputs of one table, in the order they were named.
func (b *build) of(table registers.Table) []extract.Input {
	var found []extract.Input
	for _, in := range b.inputs {
		if in.Table.Name == table.Name {
			found = append(found, in)
		}
	}
	return found
}

// addFindings puts what is wrong with the files as such beside what is wrong in their rows.
func (b *build) addFindings(ctx context.Context) error {
	for _, table := range registers.Tables() {
		for i, in := range b.of(table) {
			for f, n := range in.Findings {
				if _, own := table.Field(f.Column); f.Column != "" && !own {
					continue // the other table's of the file
				}
				if _, err := b.conn.ExecContext(ctx, queries.Script("load/file_finding"), sql.Named("table_name", table.Name),
					sql.Named("file_number", i+1), sql.Named("column_name", f.Column), sql.Named("reason", f.Reason), sql.Named("n", n)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// finish writes what the snapshot says of itself, and brings the files to the disk, whole.
func (b *build) finish(ctx context.Context, r Receipt) error {
	if _, err := b.conn.ExecContext(ctx, queries.Script("load/describe"),
		sql.Named("as_of", b.l.AsOf), sql.Named("loaded_at", b.l.Now), sql.Named("program", b.l.Program),
		sql.Named("hash", r.Snapshot), sql.Named("number_format", b.numberFormat()),
		sql.Named("number_remainder", b.l.Profile.Numbers.Remainder),
		sql.Named("cpr_loaded", len(b.of(registers.CPRPersons)) > 0)); err != nil {
		return fmt.Errorf("describe: %w", err)
	}
	if err := b.exec(ctx, "use protected", queries.Script("load/comments_identities"), "use identities", queries.Script("load/comments_identities"),
		queries.Script("load/comments_protected"), "use snapshot", queries.Script("load/comments")); err != nil {
		return fmt.Errorf("comments: %w", err)
	}
	for _, script := range queries.Schema(b.l.AsOf) {
		// Kept in the file as well, so that any DuckDB tool can ask what koblet asks.
		if err := b.exec(ctx, strings.ReplaceAll(script, "create or replace temp ", "create or replace ")); err != nil {
			return err
		}
	}
	return b.exec(ctx, "use memory", queries.Script("load/checkpoint"), "detach identities", "detach protected", "detach snapshot")
}

func (b *build) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := b.conn.ExecContext(ctx, s); err != nil {
			return desk.Told(err)
		}
	}
	return nil
}

// hash is the snapshot's hash: SHA-256 over the as-of day, the sorted pairs of table and input hash, the hash of the
// code lists, the hash of what the profile says and the program's version. Equal loads have equal hashes, though the database files differ.
func (b *build) hash() (string, error) {
	lines := make([]string, 0, len(b.inputs)+4)
	for _, in := range b.inputs {
		lines = append(lines, in.Table.Name+" "+in.SHA256)
	}
	slices.Sort(lines)
	codes := sha256.New()
	err := fs.WalkDir(registers.Codes(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path == "synonyms.csv" { // by which profiles are guessed, and no figure is made
			return err
		}
		text, err := fs.ReadFile(registers.Codes(), path)
		fmt.Fprintf(codes, "%s %d\n%s", path, len(text), text)
		return err
	})
	profile, wrong := json.Marshal(b.l.Profile) // with its maps in order
	if err = errors.Join(err, wrong); err != nil {
		return "", err
	}
	lines = append(lines, "as_of "+b.l.AsOf.Format(time.DateOnly), "codes "+hex.EncodeToString(codes.Sum(nil)),
		fmt.Sprintf("profile %x", sha256.Sum256(profile)), "program "+b.l.Program)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:]), nil
}

// numberFormat names the rules of the numbers.
func (b *build) numberFormat() string {
	if b.l.Profile.Numbers.Opaque {
		return "opaque"
	}
	return "cpr"
}
