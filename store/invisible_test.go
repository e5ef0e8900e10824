package store

import (
	"database/sql"
	"maps"
	"slices"
	"testing"
	"unicode/utf8"

	"koblet/queries"
	"koblet/registers/characters"
)

// macros is a database that has what loading understands texts by.
func macros(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1) // temporary macros belong to one
	for _, script := range []string{"attach ':memory:' as snapshot; attach ':memory:' as identities", queries.Script("load/work_tables"), queries.Script("load/macros")} {
		if _, err := db.Exec(script); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// TestBlanksAreTheSame: the characters that the database takes off the edges of a text are those that the scan looks for and a
// profile's words lose.
func TestBlanksAreTheSame(t *testing.T) {
	rows, err := macros(t).Query(`select c, trimmed(x) is distinct from x, blanks_around(x), blanks_around('y' || x || 'y')
		from (select c::integer as c, 'y' || chr(c::integer) as x from range(1, 1114112) r(c) where c not between 55296 and 57343)`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n, blanks := 0, 0
	for rows.Next() {
		var c rune
		var taken, around, inside bool
		if err := rows.Scan(&c, &taken, &around, &inside); err != nil {
			t.Fatal(err)
		}
		want := characters.Bare("y"+string(c)) == "y"
		if taken != want || around != want || inside {
			t.Errorf("U+%04X: taken off %t, around %t, inside %t, want %t", c, taken, around, inside, want)
		}
		if n++; want {
			blanks++
		}
	}
	if err := rows.Err(); err != nil || n != utf8.MaxRune-2048 || blanks < 100 {
		t.Errorf("%d characters, %d blanks, %v", n, blanks, err)
	}
}

// invisible are characters that nobody sees, of each kind there is.
var invisible = []string{"\ufeff", "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\u2000", "\u200a", "\u202f", "\u205f", "\u3000", "\u00a0", "\u180e", "\u200e", "\u202a", "\u2066", "\u0085", "\u2028", "\x1a", "\x0b", "\x7f"}

// TestInvisibleCharacters: around ids, codes, numbers and days they are blanks: gone, and told as a finding each.
func TestInvisibleCharacters(t *testing.T) {
	for _, c := range invisible {
		l := loading(t, writeFiles(t, map[string]string{
			"persons.csv": "person_id,cpr_number,cpr_linked_on,sex\n" + c + "P1,0102801238" + c + "," + c + "2013-02-01" + c + ",K" + c + "\nP2,,,\n",
			"permits.csv": "permit_id,person_id,decided_on,decision\nS1,P1,2013-01-10" + c + "," + c + "granted\n\"S2" + c + "\",\"" + c + "P2\",\" 2013-01-11\",granted\n" + c + "S1,P1,2013-01-10,granted\n",
		}))
		l.CPR = nil
		dir, r := load(t, l)
		want := map[string]int64{
			"carl2_persons.person_id surrounding_blanks": 1, "carl2_persons.cpr_number surrounding_blanks": 1, "carl2_persons.cpr_linked_on surrounding_blanks": 1,
			"carl2_persons.sex surrounding_blanks": 1, "carl2_permits.permit_id surrounding_blanks": 1, "carl2_permits.person_id surrounding_blanks": 1,
			"carl2_permits.decided_on surrounding_blanks": 2, "carl2_permits.decision surrounding_blanks": 1,
		}
		if got := findingsOf(r); !maps.Equal(got, want) {
			t.Errorf("%+q: findings %v, want %v", c, got, want)
		}
		if f := receiptOf(t, r, "carl2_permits"); f.Loaded != 2 || f.Rejected != 1 { // S1 the second time
			t.Errorf("%+q: %+v", c, f)
		}
		got := values(t, dir, theSnapshot, "select concat_ws(' ', link_status, decided_on, decision, sex) as row from carl2_permits order by row")
		if want := []string{"linked_unverified 2013-01-10 granted K", "unlinked 2013-01-11 granted"}; !slices.Equal(got, want) {
			t.Errorf("%+q: permits %q, want %q", c, got, want)
		}
	}
}

// TestLettersAreComposed: a letter that is delivered as several characters is the letter, in the header, in a profile, in its
// values, and in ids and codes.
func TestLettersAreComposed(t *testing.T) {
	const composed, decomposed = "\u00e5", "a\u030a"
	for _, way := range [][2]string{{composed, decomposed}, {decomposed, composed}} {
		a, b := way[0], way[1]
		l := loading(t, writeFiles(t, map[string]string{
			"persons.csv": "person_id,cpr_number\nP" + a + "1,\nP2,\n",
			"permits.csv": "SAG,person_id," + a + "rsdag,decision,legal_basis\nS1,P" + b + "1,2013-01-10,Till" + b + "t,§ 7\nS2,P2,2013-01-11,J" + a + ",§ 7\nS2,P2,,-" + b + "-,§ 7\n",
		}))
		l.CPR = nil
		l.Profile = profileOf(t, "[carl2_permits]\nmissing = [\"-"+a+"-\"]\n[carl2_permits.columns]\npermit_id = \"SAG\"\ndecided_on = \""+b+"rsdag\"\n"+
			"[carl2_permits.values.decision]\ngranted = [\"Till"+a+"t\", \"J"+b+"\"]\n")
		dir, r := load(t, l)
		if got := findingsOf(r); len(got) != 0 {
			t.Errorf("%+q: findings %v", way, got)
		}
		got := values(t, dir, theSnapshot, "select concat_ws(' ', link_status, decided_on, decision) as row from carl2_permits order by row")
		if want := []string{"unlinked 2013-01-10 granted", "unlinked 2013-01-11 granted"}; !slices.Equal(got, want) {
			t.Errorf("%+q: permits %q, want %q", way, got, want)
		}
	}
}
