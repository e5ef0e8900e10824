package store

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/store/desk"
)

// verify verifies a store and gives the deviations, each on a line.
func verify(t *testing.T, dir string) []string {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.Verify(t.Context(), time.Time{}, "")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, v := range all {
		if v.Checks < 40 && len(v.Deviations) == 0 {
			t.Errorf("%s: only %d checks", v.Snapshot, v.Checks)
		}
		lines = append(lines, deviations(v)...)
	}
	return lines
}

// deviations gives what was found, each on a line.
func deviations(v Verification) []string {
	var lines []string
	for _, d := range v.Deviations {
		says := strings.NewReplacer("{found}", fmt.Sprint(d.Found), "{expected}", fmt.Sprint(d.Expected)).Replace(registers.Label("deviation", d.What, "en"))
		if says == strings.ReplaceAll(d.What, "_", " ") {
			says = d.What // a rule
		}
		lines = append(lines, fmt.Sprintf("%s: %s: %d", d.Where, says, d.Rows))
	}
	return lines
}

// The list of deviations in words.csv is closed: what is said here and what the rules are called, no more and no less.
func TestEveryDeviationHasItsWord(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	d := copied(t, dir)
	said := map[string]bool{}
	for _, word := range []string{stranger, unreadable, notOpened, wideMode, otherOwner, otherGroup, rewritten, missing, altered, unreadableFolder, unpublished, secretOfOthers,
		numberInText, otherDay, otherHash, otherRows, otherPersons, linesApart, rowsAndLines, moreRows, findingsApart, otherRejects} {
		said[word] = true
	}
	for _, script := range []string{"snapshot", "identities", "protected"} {
		rows, err := d.Conn.QueryContext(t.Context(), queries.Script("verify/"+script))
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var table, rule string
			var n int64
			if err := rows.Scan(&table, &rule, &n); err != nil {
				t.Fatal(err)
			}
			said[rule] = true
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	var listed []string
	for _, row := range registers.RowsOf("words.csv") {
		if row["list"] == "deviation" {
			listed = append(listed, row["code"])
		}
	}
	slices.Sort(listed)
	if said := slices.Sorted(maps.Keys(said)); !slices.Equal(said, listed) || len(said) != 43 {
		t.Errorf("%d are said: %v\n%d are listed: %v", len(said), said, len(listed), listed)
	}
}

func TestASoundSnapshotHasNoDeviation(t *testing.T) {
	l := loading(t, writeFiles(t, registersOf))
	dir, _ := load(t, l)
	l.Replace, l.CPR = true, nil
	if _, err := Load(t.Context(), dir, l); err != nil {
		t.Fatal(err)
	}
	if lines := verify(t, dir); len(lines) > 0 {
		t.Error(lines)
	}
	// Each permit that names nobody is somebody's first.
	dir, _ = load(t, loading(t, writeFiles(t, map[string]string{
		"persons.csv": "person_id,cpr_number\nP1,\n",
		"permits.csv": "permit_id,person_id,decided_on,decision\nS1,,2013-01-01,granted\nS2,,2013-01-02,granted\nS3,P1,2013-01-03,granted\n",
		"cpr.csv":     "cpr_number\n0102801238\n",
	})))
	if lines := verify(t, dir); len(lines) > 0 {
		t.Errorf("permits without a person-id: %v", lines)
	}
}

func TestOneByteIsFound(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	for _, path := range []string{
		"2014-12-31/" + snapshotFile, "2014-12-31/" + receiptFile, "2014-12-31/" + rejectsFile, "2014-12-31/" + filesFile,
		identitiesDir + "/2014-12-31/" + identitiesFile,
		identitiesDir + "/2014-12-31/" + protectedFile,
	} {
		path := filepath.Join(dir, path)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []int{0, 1, len(whole) / 3, len(whole) / 2, len(whole) - 1} {
			tampered := slices.Clone(whole)
			tampered[at] ^= 1
			rewrite(t, path, tampered)
			if lines := verify(t, dir); !slices.ContainsFunc(lines, func(l string) bool {
				return strings.HasPrefix(l, filepath.Base(path)+": not ") || strings.HasSuffix(path, filesFile) && strings.Contains(l, ": not the file that was published")
			}) {
				t.Errorf("%s: byte %d: %v", filepath.Base(path), at, lines)
			}
		}
		rewrite(t, path, whole)
	}
	if lines := verify(t, dir); len(lines) > 0 {
		t.Error(lines)
	}
}

// rewrite writes over a file that is for reading only, and leaves it so.
func rewrite(t *testing.T, path string, text []byte) {
	t.Helper()
	found, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, text, 0o600), os.Chmod(path, found.Mode())); err != nil {
		t.Fatal(err)
	}
}

func rehash(t *testing.T, dir string) {
	t.Helper()
	snapshot := filepath.Join(dir, "2014-12-31")
	if err := errors.Join(os.Remove(filepath.Join(snapshot, filesFile)), writeHashes(snapshot, filepath.Join(dir, identitiesDir, "2014-12-31"))); err != nil {
		t.Fatal(err)
	}
}

func TestEveryRuleIsHeld(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	entry, err := s.find(time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	d := copied(t, dir)
	for statement, want := range map[string]string{
		"update carl2_permits set permit_key = null where decision = 'refused'":                                                     "carl2_permits: no_key: 1",
		"update carl2_permits set permit_key = 7 where link_status = 'unlinked'":                                                    "carl2_permits: repeated_key: 1",
		"update carl2_permits set link_status = 'koblet' where link_status = 'linked'":                                              "carl2_permits: granted_without_a_link_status_of_the_list: 1",
		"update carl2_permits set link_status = null where link_status = 'linked'":                                                  "carl2_permits: granted_without_a_link_status_of_the_list: 1",
		"update carl2_permits set link_status = 'linked' where not granted":                                                         "carl2_permits: link_status_though_not_granted: 1",
		"update carl2_permits set granted = false where decision = 'revoked'":                                                       "carl2_permits: granted_against_the_decision: 1",
		"update carl2_permits set category = 'Asyl' where category = 'asylum'":                                                      "carl2_permits: category_not_of_the_list: 3",
		"update carl2_permits set not_expected = '?' where decision = 'refused'":                                                    "carl2_permits: not_expected_for_no_known_reason: 1",
		"update carl2_permits set decided_on = date '2015-01-01' where decision = 'refused'":                                        "carl2_permits: decided_after_the_as_of_day: 1",
		"delete from carl2_persons where link_status = 'linked'":                                                                    "carl2_permits: no_person_against_the_persons: 1",
		"update carl2_persons set link_status = 'conflict' where link_status = 'linked'":                                            "carl2_permits: link_status_against_the_person: 1",
		"update carl2_persons set cpr_linked_on = date '2014-01-01' where link_status = 'linked'":                                   "carl2_permits: linked_on_against_the_person: 1",
		"update carl2_permits set is_first = granted":                                                                               "carl2_permits: several_first_permits: 1",
		"update carl2_persons set person_key = null where link_status = 'unlinked'":                                                 "carl2_persons: no_key: 1",
		"update carl2_persons set person_key = 7 where link_status <> 'linked'":                                                     "carl2_persons: repeated_key: 1",
		"update carl2_persons set link_status = 'no_person' where link_status = 'unlinked'":                                         "carl2_persons: link_status_not_of_the_list: 1",
		"update carl2_persons set number_key = null":                                                                                "carl2_persons: number_key_against_the_number: 1",
		"insert into cpr_persons select * from cpr_persons":                                                                         "cpr_persons: repeated_key: 1",
		"update cpr_persons set number_key = null":                                                                                  "cpr_persons: no_key: 1",
		"update cpr_persons set current_number_key = number_key":                                                                    "cpr_persons: replaced_by_itself: 1",
		"insert into snapshot select * from snapshot":                                                                               "snapshot: one_row: 1",
		"update snapshot set hash = 'other'":                                                                                        "receipt.json: another hash than the snapshot's own: 0",
		"update snapshot set as_of = date '2014-12-30'":                                                                             "receipt.json: another day than the folder's: 0",
		"update carl2_permits set legal_basis = 'se 010280-1238' where decision = 'refused'":                                        "carl2_permits.legal_basis: holds what looks like a CPR-number: 1",
		"update carl2_persons set sex = '0102801238' where sex = 'M'":                                                               "carl2_persons.sex: holds what looks like a CPR-number: 2",
		"update cpr_persons set status = '0102801238'":                                                                              "cpr_persons.status: holds what looks like a CPR-number: 1",
		"update untyped_values set text = '0102801238'":                                                                             "untyped_values.text: holds what looks like a CPR-number: 1",
		"delete from carl2_permits where decision = 'refused'":                                                                      "carl2_permits: 5 rows, 6 in the receipt: 0",
		"insert into carl2_persons (person_key, number_state, link_status) values (7, 'none', 'unlinked')":                          "carl2_persons: 4 rows, 3 in the receipt: 0",
		"insert into persons_without_permit values (7)":                                                                             "receipt.json: persons without a permit or with several numbers are counted otherwise: 0",
		"update carl2_persons set numbers = 2 where link_status = 'linked'":                                                         "receipt.json: persons without a permit or with several numbers are counted otherwise: 0",
		"delete from cpr_persons":                                                                                                   "cpr_persons: identity_without_row: 1",
		"delete from identities.carl2_permits where permit_id = 'S2'":                                                               "carl2_permits: without_identity: 1",
		"insert into identities.carl2_permits (permit_key) values (7)":                                                              "carl2_permits: identity_without_row: 1",
		"update identities.carl2_persons set person_key = 7 where person_id = 'P2'":                                                 "carl2_persons: without_identity: 1",
		"insert into identities.carl2_persons (person_key) values (7)":                                                              "carl2_persons: identity_without_row: 1",
		"update identities.cpr_persons set number_key = 7":                                                                          "cpr_persons: without_identity: 1",
		"insert into protected.carl2_permits (permit_key) values (7)":                                                               "carl2_permits: row_not_marked_protected: 1",
		"update identities.carl2_permits set protected = true where permit_id = 'S2'":                                               "carl2_permits: protected_without_row: 1",
		"update identities.carl2_permits set protected = true where permit_id in ('S2')":                                            "carl2_permits: protected_beside_the_others: 1",
		"insert into protected.carl2_persons (person_key) values (7)":                                                               "carl2_persons: row_not_marked_protected: 1",
		"update identities.carl2_persons set protected = true where person_id = 'P2'":                                               "carl2_persons: protected_without_row: 1",
		"update identities.carl2_persons set protected = true where person_id in ('P2')":                                            "carl2_persons: protected_beside_the_others: 1",
		"insert into protected.cpr_persons (number_key) values (7)":                                                                 "cpr_persons: row_not_marked_protected: 1",
		"update identities.cpr_persons set protected = true":                                                                        "cpr_persons: protected_without_row: 1",
		"update identities.cpr_persons set protected = not protected":                                                               "cpr_persons: protected_beside_the_others: 1",
		"insert into protected.untyped_values (row_key) values (7)":                                                                 "untyped_values: row_not_marked_protected: 1",
		"insert into identities.untyped_values (table_name, row_key, column_name, protected, text) values ('x', 7, 'y', true, 'z')": "untyped_values: protected_beside_the_others: 1",
		"insert into identities.untyped_values (table_name, row_key, column_name, protected) values ('x', 7, 'y', true)":            "untyped_values: protected_without_row: 1",
	} {
		mustExec(t, d, "begin", statement)
		v := &verifying{entry: entry}
		for _, script := range []string{"snapshot", "texts", "identities", "protected"} {
			if err := v.rules(t.Context(), d, script); err != nil {
				t.Errorf("%s: %s: %v", statement, script, err)
			}
		}
		if err := v.receipt(t.Context(), d); err != nil && !strings.Contains(statement, "insert into snapshot ") {
			t.Errorf("%s: %v", statement, err)
		}
		mustExec(t, d, "rollback")
		if lines := deviations(v.Verification); !slices.Contains(lines, want) {
			t.Errorf("%s: %v, want %q", statement, lines, want)
		}
	}
}

// copied is a desk with a snapshot and its identities in memory, where they can be spoiled.
func copied(t *testing.T, dir string) *desk.Desk {
	t.Helper()
	d, err := desk.Open(t.Context(), desk.Settings{Beside: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	mustExec(t, d,
		desk.Attachment("published", filepath.Join(dir, "2014-12-31", snapshotFile)),
		desk.Attachment("kept", filepath.Join(dir, identitiesDir, "2014-12-31", identitiesFile)),
		desk.Attachment("apart", filepath.Join(dir, identitiesDir, "2014-12-31", protectedFile)),
		"attach ':memory:' as snapshot", "attach ':memory:' as identities", "attach ':memory:' as protected", "use snapshot")
	for _, table := range []string{"carl2_permits", "carl2_persons", "cpr_persons", "untyped_values", "snapshot", "persons_without_permit"} {
		mustExec(t, d, "create table "+table+" as from published."+table)
	}
	for _, table := range []string{"carl2_permits", "carl2_persons", "cpr_persons", "untyped_values"} {
		mustExec(t, d, "create table identities."+table+" as from kept."+table, "create table protected."+table+" as from apart."+table)
	}
	codesAsText(t, d)
	return d
}

// codesAsText makes the columns of codes plain text, which holds anything: a file that another program wrote may have them so.
func codesAsText(t *testing.T, d *desk.Desk) {
	t.Helper()
	rows, err := d.Conn.QueryContext(t.Context(), `select format('alter table {} alter {} type varchar', table_name, column_name)
		from duckdb_columns() where database_name = 'snapshot' and data_type like 'ENUM%'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var statements []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		statements = append(statements, s)
	}
	if err := rows.Err(); err != nil || len(statements) == 0 {
		t.Fatal("no column of codes", err)
	}
	mustExec(t, d, statements...)
}

func mustExec(t *testing.T, d *desk.Desk, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := d.Conn.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func TestFilesAndModesThatAreNotAsPublished(t *testing.T) {
	published, _ := load(t, loading(t, writeFiles(t, registersOf)))
	for name, c := range map[string]struct {
		spoil func(dir string) error
		want  string
	}{
		"readable snapshot": {func(d string) error { return os.Chmod(d+"/2014-12-31/"+snapshotFile, 0o444) }, "snapshot.duckdb: mode 0444, more than 0440: 0"},
		"open identities":   {func(d string) error { return os.Chmod(d+"/identities", 0o750) }, "identities: mode 0750, more than 0700: 0"},
		"a file more":       {func(d string) error { return os.WriteFile(d+"/2014-12-31/more", nil, 0o600) }, "more: was not published: 0"},
		"a journal beside the identities": {func(d string) error {
			return os.WriteFile(d+"/identities/2014-12-31/"+identitiesFile+".wal", nil, 0o600)
		}, "identities.duckdb.wal: was not published: 0"},
		"no identities":    {func(d string) error { return os.RemoveAll(d + "/identities/2014-12-31") }, "identities.duckdb: is not there: 0"},
		"no rejects":       {func(d string) error { return os.Remove(d + "/2014-12-31/" + rejectsFile) }, "rejects.csv: is not there: 0"},
		"no list of files": {func(d string) error { return os.Remove(d + "/2014-12-31/" + filesFile) }, "files.json: not as it was written: 0"},
		"fewer rejects": {func(d string) error {
			rewrite(t, d+"/2014-12-31/"+rejectsFile, []byte("file,line,reason\n"))
			rehash(t, d)
			return nil
		}, "rejects.csv: 1 lines, 2 rejects in the receipt: 0"},
		"another sum": {func(d string) error {
			text, err := os.ReadFile(d + "/2014-12-31/" + receiptFile)
			rewrite(t, d+"/2014-12-31/"+receiptFile, []byte(strings.Replace(string(text), `"lines": 8`, `"lines": 9`, 1)))
			rehash(t, d)
			return err
		}, "receipt.json: lines are not header + loaded + rejected: 0"},
	} {
		dir := copyStore(t, published)
		if err := c.spoil(dir); err != nil {
			t.Fatal(err)
		}
		if lines := verify(t, dir); !slices.Contains(lines, c.want) {
			t.Errorf("%s: %v, want %q", name, lines, c.want)
		}
	}
}

// copyStore copies a store with its modes.
func copyStore(t *testing.T, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "store")
	if out, err := exec.Command("cp", "-a", from, to).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return to
}

// The pattern of a number is none, and a number is one whatever dash or blank stands in it.
func TestWhatLooksLikeANumber(t *testing.T) {
	d, err := desk.Open(t.Context(), desk.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	macro, _, _ := strings.Cut(queries.Script("verify/texts"), "\n\nwith ")
	if _, err := d.Conn.ExecContext(t.Context(), macro); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"9999999999": false, "999999-9999": false, "se 9999999999.": false, "9999999999 9999999999": false, "20161231120000": false, "0102801238123": false, "12345 1234": false, "": false, "§ 9 c": false,
		"0102801238": true, "010280-1238": true, "010280–1238": true, "010280—1238": true, "010280−1238": true, "010280‑1238": true, "010280\u00a01238": true, "010280  1238": true, "010280 - 1238": true,
		"010280.1238": true, "010280/1238": true, "010280\u00ad1238": true, "9999999999 0102801238": true, "9999999999,0102801238,9999999999": true, "x0102801238x": true, "０１０２８０１２３８": true, "7102801238": true,
	} {
		var got bool
		if err := d.Conn.QueryRowContext(t.Context(), "select looks_like_a_number(?)", text).Scan(&got); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

// What is wrong with one edition, or that it is removed meanwhile, is a line of its own and ends nothing.
func TestOneBadEditionIsOneLine(t *testing.T) {
	s, dir := threeEditions(t)
	receipt := filepath.Join(dir, "2014-12-31", receiptFile)
	rewrite(t, receipt, []byte("no receipt\n"))
	rehash(t, dir)
	if lines := verify(t, dir); !slices.Equal(lines, []string{"receipt.json: cannot be read: 0"}) {
		t.Error(lines)
	}
	if err := errors.Join(os.Remove(receipt), os.Mkdir(receipt, 0o700)); err != nil {
		t.Fatal(err)
	}
	if lines := verify(t, dir); !slices.Equal(lines, []string{"receipt.json: mode 0700, more than 0440: 0", "receipt.json: not the file that was published: 0"}) {
		t.Error(lines)
	}
	gone := Entry{AsOf: day(t, "2014-12-31"), Edition: 1, dir: filepath.Join(dir, "2014-12-31.r1")}
	if _, err := s.Remove(Removal{AsOf: gone.AsOf, Editions: []int{1}}); err != nil {
		t.Fatal(err)
	}
	v, err := s.verifyEdition(t.Context(), gone, ofReader)
	if err != nil || !v.Removed || len(v.Deviations) > 0 || v.Snapshot != "2014-12-31.r1" {
		t.Errorf("%+v, %v", v, err)
	}
}

// Want of memory tells nothing of an edition: it is an error of its own kind, beside what became of the editions that could be checked, and no deviation.
func TestWantOfMemoryIsNoDeviation(t *testing.T) {
	dir, _ := load(t, loading(t, writeFiles(t, registersOf)))
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if all, err := s.Verify(t.Context(), time.Time{}, "1MB"); !errors.Is(err, ErrMemory) || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
	if all, err := s.Verify(t.Context(), time.Time{}, "500MB"); err != nil || len(all) != 1 || len(all[0].Deviations) != 0 || all[0].Checks < 40 {
		t.Errorf("%+v, %v", all, err)
	}
}

// A file that the disk does not give to its end is not said to be altered: nothing is known of it.
func TestAFileThatIsNotReadIsNoDeviation(t *testing.T) {
	read := &fs.PathError{Op: "read", Path: "s/2014-12-31/snapshot.duckdb", Err: syscall.EIO}
	v := &verifying{}
	if same, err := v.same(stored{File: snapshotFile}, stored{}, read); same || v.Checks != 0 || len(v.Deviations) != 0 {
		t.Errorf("%+v, %v", v.Verification, err)
	} else if lack := Lacking(err); !errors.Is(lack, ErrRead) || lack.Error() != "met a file that the disk does not give: snapshot.duckdb: input/output error" {
		t.Errorf("%v", lack)
	}
	if _, err := hashFile("/proc/self/mem"); runtime.GOOS == "linux" && !errors.Is(Lacking(err), ErrRead) { // its first page is nobody's
		t.Errorf("%v", err)
	}
	if same, err := v.same(stored{File: snapshotFile}, stored{}, errors.New("a folder, not a file")); same || err != nil || len(v.Deviations) != 1 || v.Deviations[0].What != altered {
		t.Errorf("%+v, %v", v.Verification, err)
	}
}
