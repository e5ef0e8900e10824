package store

import (
	"bytes"
	"cmp"
	"context"
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
	"koblet/store/desk"
	"koblet/store/disk"
)

// Verification is what became of verifying one edition: whether its files are those that were published, whether nobody may
// read or write more than the modes of a store allow, whether it holds what its receipt says, and whether what must hold in
// every snapshot holds in it.
type Verification struct {
	Snapshot   string      `json:"snapshot"`          // the day, with the edition: 2014-12-31.r1
	Removed    bool        `json:"removed,omitempty"` // while it was to be verified: nothing else is said of it
	Checks     int         `json:"checks"`
	NotChecked []string    `json:"not_checked"` // files that whoever asks may not read
	Deviations []Deviation `json:"deviations"`
}

// Deviation is one thing that is not as it should be: the file or table, what is wrong with it, a word of the list of deviations, and in
// how many rows where rows are meant. Found and Expected are what such a word has places for: counts, or texts of what is no
// count, such as a mode or an owner.
type Deviation struct {
	Where    string `json:"where"`
	What     string `json:"what"`
	Rows     int64  `json:"rows,omitempty"`
	Found    any    `json:"found,omitempty"`
	Expected any    `json:"expected,omitempty"`
}

// The words of the list of deviations that are said here; the others are the rules' own names, in queries/verify.
const (
	stranger         = "stranger"
	unreadable       = "unreadable"
	notOpened        = "not_opened"
	wideMode         = "wide_mode"
	otherOwner       = "other_owner"
	otherGroup       = "other_group"
	rewritten        = "rewritten"
	missing          = "missing"
	altered          = "altered"
	unreadableFolder = "unreadable_folder"
	unpublished      = "unpublished"
	secretOfOthers   = "other_secret"
	numberInText     = "looks_like_a_number"
	otherDay         = "other_day"
	otherHash        = "other_hash"
	otherRows        = "rows_against_the_receipt"
	otherPersons     = "persons_against_the_receipt"
	linesApart       = "lines_against_their_sum"
	rowsAndLines     = "rows_against_the_lines"
	moreRows         = "more_rows_than_lines"
	findingsApart    = "findings_against_their_sum"
	otherRejects     = "rejects_against_the_receipt"
)

// Verify checks every edition of a day, or of all days where the day is zero, with so much memory, or as questions have where it is empty. It changes
// nothing. What is wrong with one edition is told of it, and does not end the verification of the others. Nor does an edition that could not be checked
// for want of memory or of room on the disk, or since a file could not be read to its end: of that nothing is known, so it is no deviation but an
// error, beside what became of the others. Errors: ErrNoSnapshot, ErrMemory, ErrSpace, ErrRead.
func (s *Store) Verify(ctx context.Context, asOf time.Time, memory string) ([]Verification, error) {
	if _, err := s.find(asOf); err != nil {
		return nil, err
	}
	all, err := s.editions()
	if err != nil {
		return nil, err
	}
	var done []Verification
	var lacked error
	var unknown []string // the editions that lacked something
	for _, e := range all {
		if !asOf.IsZero() && !e.AsOf.Equal(asOf) {
			continue
		}
		v, err := s.verifyEdition(ctx, e, cmp.Or(memory, ofReader))
		if why := Lacking(err); ctx.Err() == nil && why != nil {
			lacked, unknown = why, append(unknown, e.name())
			continue
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return nil, fmt.Errorf("snapshot %s: %w", e.name(), err)
		}
		done = append(done, v)
	}
	s.strangers(done)
	if lacked != nil {
		return done, fmt.Errorf("snapshot %s: not checked, since that %w", strings.Join(unknown, ", "), lacked)
	}
	return done, nil
}

// strangers tells, of the last edition that is there, what lies in the store beside its editions and belongs to none: nobody would look
// for personal data in it. What loads and lookups at work put aside is theirs.
func (s *Store) strangers(done []Verification) {
	for i, v := range slices.Backward(done) {
		if v.Removed {
			continue
		}
		told := verifying{Verification: v}
		for dir, ours := range map[string][]string{s.Dir: {identitiesDir, lockFile, buildingDir, removingDir}, filepath.Join(s.Dir, identitiesDir): {secretFile, lookupsFile}} {
			found, _ := os.ReadDir(dir) // whom the identities are shut to has been told
			for _, f := range found {
				name := f.Name()
				edition := entryName.MatchString(strings.TrimSuffix(name, "."+rejectsFile))
				aside := dir != s.Dir && strings.HasPrefix(name, ".")
				told.expect(edition || aside || slices.Contains(ours, name), name, stranger)
			}
		}
		slices.SortStableFunc(told.Deviations[len(v.Deviations):], func(a, b Deviation) int { return strings.Compare(a.Where, b.Where) })
		done[i] = told.Verification
		return
	}
}

// verifyEdition checks one edition. The error is one of this program's own work, not of the edition.
func (s *Store) verifyEdition(ctx context.Context, e Entry, memory string) (Verification, error) {
	d, err := desk.Open(ctx, desk.Settings{Memory: memory})
	if err != nil {
		return Verification{}, err
	}
	v := &verifying{store: s, entry: e, identities: filepath.Join(s.Dir, identitiesDir, e.name()), Verification: Verification{
		Snapshot: e.name(), NotChecked: []string{}, Deviations: []Deviation{},
	}}
	v.modes()
	whole, err := v.files()
	if err != nil {
		return Verification{}, errors.Join(err, d.Close())
	}
	if whole && !slices.Contains(v.NotChecked, snapshotFile) {
		if err := v.contents(ctx, d); err != nil && Lacking(err) != nil {
			return Verification{}, errors.Join(err, d.Close())
		} else if err != nil {
			v.hold(false, Deviation{Where: v.Snapshot, What: notOpened, Found: desk.Told(err).Error()})
		}
	}
	if _, err := os.Lstat(e.dir); errors.Is(err, fs.ErrNotExist) {
		v.Verification = Verification{Snapshot: e.name(), Removed: true, NotChecked: []string{}, Deviations: []Deviation{}}
	}
	return v.Verification, d.Close()
}

// verifying is a verification at work.
type verifying struct {
	Verification
	store      *Store
	entry      Entry
	identities string // the folder of the edition's identities
	closed     bool   // the identities are not for whoever asks
	apart      bool   // protected persons have a file of their own, as every edition since has
}

// expect counts a check, and a deviation where it fails.
func (v *verifying) expect(ok bool, where, what string) {
	v.hold(ok, Deviation{Where: where, What: what})
}

// hold is expect where the deviation has figures.
func (v *verifying) hold(ok bool, d Deviation) {
	v.Checks++
	if !ok {
		v.Deviations = append(v.Deviations, d)
	}
}

// modes are checked for what they give away: one that is narrower than published is its owner's choice. Whose the files are
// is the store's owner and group: another could read what the store's may not, or keep them from it.
func (v *verifying) modes() {
	store := v.store.Dir
	var want disk.Owner
	if found, err := os.Stat(store); err == nil {
		want, _ = disk.OwnerOf(found)
	}
	for _, m := range []struct {
		where, path string
		most        fs.FileMode
	}{
		{"store", store, 0o750},
		{v.Snapshot, v.entry.dir, 0o750},
		{snapshotFile, filepath.Join(v.entry.dir, snapshotFile), 0o440},
		{receiptFile, filepath.Join(v.entry.dir, receiptFile), 0o440},
		{filesFile, filepath.Join(v.entry.dir, filesFile), 0o440},
		{rejectsFile, filepath.Join(v.entry.dir, rejectsFile), 0o600},
		{identitiesDir, filepath.Join(store, identitiesDir), 0o700},
		{secretFile, filepath.Join(store, identitiesDir, secretFile), 0o400},
		{lookupsFile, filepath.Join(store, identitiesDir, lookupsFile), 0o600},
		{identitiesDir, v.identities, 0o700},
		{identitiesFile, filepath.Join(v.identities, identitiesFile), 0o400},
		{lockFile, filepath.Join(store, lockFile), 0o600},
		{protectedFile, filepath.Join(v.identities, protectedFile), 0o400},
	} {
		read := os.Lstat
		if m.path == store {
			read = os.Stat // the store itself may be a link
		}
		if found, err := read(m.path); err == nil {
			mode := found.Mode().Perm()
			v.hold(mode&^m.most == 0, Deviation{Where: m.where, What: wideMode, Found: fmt.Sprintf("%04o", mode), Expected: fmt.Sprintf("%04o", m.most)})
			has, _ := disk.OwnerOf(found)
			v.hold(has.User == want.User, Deviation{Where: m.where, What: otherOwner, Found: fmt.Sprint(has.User), Expected: fmt.Sprint(want.User)})
			v.hold(has.Group == want.Group, Deviation{Where: m.where, What: otherGroup, Found: fmt.Sprint(has.Group), Expected: fmt.Sprint(want.Group)})
		}
	}
}

// files holds the files against files.json, and reports whether the snapshot's own are whole, so that they can be opened. The error is of one that
// the disk did not give to its end.
func (v *verifying) files() (bool, error) {
	text, err := disk.ReadFile(filepath.Join(v.entry.dir, filesFile))
	if errors.Is(Lacking(err), ErrRead) {
		return false, err
	}
	var list []stored
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	same, _ := filesText(list)
	if errors.Is(err, fs.ErrPermission) {
		v.expect(false, filesFile, unreadable)
		return false, nil
	}
	v.expect(err == nil && bytes.Equal(text, same), filesFile, rewritten)
	if err != nil {
		return false, nil //nolint:nilerr // it is told
	}
	names := []string{filesFile}
	whole := true
	for _, want := range list {
		names = append(names, want.File)
		v.apart = v.apart || want.File == protectedFile
		dir := v.entry.dir
		if want.File == identitiesFile || want.File == protectedFile {
			dir = v.identities
		}
		got, err := hashFile(filepath.Join(dir, want.File))
		if errors.Is(err, fs.ErrPermission) {
			v.closed = v.closed || dir == v.identities
		}
		same, err := v.same(want, got, err)
		if err != nil {
			return false, err
		}
		whole = whole && same
	}
	v.others(names)
	return whole, nil
}

// same holds a file that was hashed against what was published; one that whoever asks may not read is no worse for that.
func (v *verifying) same(want, got stored, err error) (bool, error) {
	switch {
	case errors.Is(Lacking(err), ErrRead):
		return false, err
	case errors.Is(err, fs.ErrPermission):
		v.NotChecked = append(v.NotChecked, want.File)
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		v.expect(false, want.File, missing)
	default:
		v.expect(err == nil && got == want, want.File, altered)
	}
	return err == nil && got == want, nil
}

// others tells what lies in the edition's folders beside the files named, which were published.
func (v *verifying) others(names []string) {
	found, err := os.ReadDir(v.entry.dir)
	v.expect(err == nil, v.Snapshot, unreadableFolder)
	for _, f := range found {
		v.expect(slices.Contains(names, f.Name()), f.Name(), unpublished)
	}
	beside, _ := os.ReadDir(v.identities) // whom it is shut to has been told so above
	for _, f := range beside {
		if f.Name() != identitiesFile && f.Name() != protectedFile {
			v.expect(false, f.Name(), unpublished)
		}
	}
}

// contents holds the snapshot against its receipt and against what holds in every snapshot.
func (v *verifying) contents(ctx context.Context, d *desk.Desk) error {
	if err := d.Attach(ctx, "snapshot", filepath.Join(v.entry.dir, snapshotFile)); err != nil {
		return err
	}
	scripts := []string{"snapshot", "texts"}
	if !v.closed {
		if err := d.Attach(ctx, identitiesDir, filepath.Join(v.identities, identitiesFile)); err != nil {
			return err
		}
		scripts = append(scripts, "identities")
		if err := v.secret(ctx, d); err != nil {
			return fmt.Errorf("secret: %w", err)
		}
	}
	if v.apart && !v.closed {
		if err := d.Attach(ctx, "protected", filepath.Join(v.identities, protectedFile)); err != nil {
			return err
		}
		scripts = append(scripts, "protected")
	}
	for _, script := range scripts {
		if err := v.rules(ctx, d, script); err != nil {
			return fmt.Errorf("%s: %w", script, err)
		}
	}
	return v.receipt(ctx, d)
}

// secret makes keys of the identities again.
func (v *verifying) secret(ctx context.Context, d *desk.Desk) error {
	secret, err := v.store.readSecret()
	switch {
	case errors.Is(err, fs.ErrPermission):
		v.NotChecked = append(v.NotChecked, secretFile)
		return nil
	case errors.Is(err, fs.ErrNotExist):
		v.expect(false, secretFile, missing)
		return nil
	}
	same, err := desk.KeptBy(ctx, d.Conn, secret) // a text that is no secret makes no key
	v.expect(same || err != nil, secretFile, secretOfOthers)
	return err
}

// rules runs a script that names rules and counts the rows that break them.
func (v *verifying) rules(ctx context.Context, d *desk.Desk, script string) error {
	rows, err := d.Conn.QueryContext(ctx, queries.Script("verify/"+script))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var table, rule string
		var n int64
		if err := rows.Scan(&table, &rule, &n); err != nil {
			return err
		}
		if script == "texts" {
			table, rule = table+"."+rule, numberInText
		}
		if v.Checks++; n > 0 {
			v.Deviations = append(v.Deviations, Deviation{Where: table, What: rule, Rows: n})
		}
	}
	return rows.Err()
}
