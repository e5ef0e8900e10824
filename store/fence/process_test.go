package fence

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"koblet/registers"
	"koblet/store"
)

// TestMain lets the test binary be the process inside the fence, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == Word {
		if err := Serve(context.Background(), Serving{In: os.Stdin, Now: func() time.Time { return time.Unix(1e9, 0) }, Gone: func() { os.Exit(2) }}); err != nil {
			os.Exit(2)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// asked gives the rows of a request, its columns, and how it ended.
func asked(ctx context.Context, r Request) (all [][]any, columns []string, cut bool, err error) {
	rows, err := Ask(ctx, r)
	if err != nil {
		return nil, nil, false, err
	}
	defer rows.Close()
	for _, c := range rows.Columns {
		columns = append(columns, c.Name+" "+c.Type)
	}
	for rows.Next() {
		all = append(all, rows.Row())
	}
	return all, columns, rows.Cut, rows.Err()
}

// TestAsk: cells keep their types on their way, an answer is cut after the most rows, and what is refused says what it is.
func TestAsk(t *testing.T) {
	_, dir := behind(t, fencing{})
	r := Request{Store: filepath.Join(dir, "store"), Statement: "select 1 as a, 2.5::double as b, 'x' as c, true as d, null as e, date '2014-12-31' as f, false as g"}
	rows, columns, cut, err := asked(t.Context(), r)
	want := []any{int64(1), 2.5, "x", true, nil, time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC), false}
	if err != nil || cut || len(rows) != 1 || !slices.Equal(rows[0], want) || columns[5] != "f DATE" {
		t.Errorf("%#v of %v, %v", rows, columns, err)
	}
	r.Statement, r.Limits = "select range from range(1000)", Limits{Rows: 3}
	if rows, _, cut, err := asked(t.Context(), r); err != nil || !cut || len(rows) != 3 || rows[2][0] != int64(2) {
		t.Errorf("%v, cut %t, %v", rows, cut, err)
	}
	r.Rows = 1000
	if rows, _, cut, err := asked(t.Context(), r); err != nil || cut || len(rows) != 1000 {
		t.Errorf("%d rows, cut %t, %v", len(rows), cut, err)
	}
	for statement, is := range map[string]error{"drop table carl2_permits": ErrStatement, "from read_csv('x')": ErrFunction, "from '/etc/passwd'": ErrFile} {
		r.Statement = statement
		if _, _, _, err := asked(t.Context(), r); !errors.Is(err, is) {
			t.Errorf("%s: %v, want %v", statement, err, is)
		}
	}
	r.Statement = "select nothing from carl2_permits"
	_, _, _, err = asked(t.Context(), r)
	if refused := (*RefusedError)(nil); !errors.As(err, &refused) || refused.Hint == "" || err.Error() != `no column "nothing" in the tables of the statement` {
		t.Errorf("%v", err)
	}
	r.AsOf = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	if _, _, _, err = asked(t.Context(), r); !errors.Is(err, store.ErrNoSnapshot) {
		t.Errorf("%v", err)
	}
}

// TestAQuestionInTheFence is asked with its values, of every type that parameters have.
func TestAQuestionInTheFence(t *testing.T) {
	_, dir := behind(t, fencing{})
	r := Request{Store: filepath.Join(dir, "store"), Name: "own", Question: "-- Hvad?\n-- What?\n--\n-- params\n--   day   DATE       day\n--   names VARCHAR[]  names\n" +
		"-- columns\n--   n  BIGINT [permits]  n | n\nselect count(*)::bigint as n from carl2_permits where decided_on >= $day::date and list_contains($names::varchar[], decision::varchar) order by n",
		Values: map[string]any{"day": time.Date(2013, 2, 1, 0, 0, 0, 0, time.UTC), "names": []string{"granted"}}}
	rows, _, _, err := asked(t.Context(), r)
	if err != nil || len(rows) != 1 || rows[0][0] != int64(2) {
		t.Errorf("%v, %v", rows, err)
	}
}

// TestTheProcessEnds when its time is over, when whoever asked gives up, and when nobody reads on; what it put aside goes with it.
func TestTheProcessEnds(t *testing.T) {
	_, dir := behind(t, fencing{})
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	r := Request{Store: filepath.Join(dir, "store"), Statement: "select count(*) from range(1000000000000) a", Limits: Limits{Time: time.Second}}
	if _, _, _, err := asked(t.Context(), r); !errors.Is(err, ErrLate) {
		t.Errorf("late: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	r.Time = time.Minute
	if _, _, _, err := asked(ctx, r); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("given up: %v", err)
	}
	r.Statement, r.Rows = "select range, repeat('x', 1000) from range(100000)", 100_000
	rows, err := Ask(t.Context(), r)
	if err != nil || !rows.Next() {
		t.Fatalf("%v", err)
	}
	if err := rows.Close(); err != nil || rows.Next() || rows.child.ProcessState == nil {
		t.Errorf("nobody reads on: %v, %v", err, rows.child.ProcessState)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// TestALookupIsLogged before a row of it is shown, without numbers in its purpose, and by whoever runs the process.
func TestALookupIsLogged(t *testing.T) {
	_, dir := behind(t, fencing{})
	r := Request{Store: filepath.Join(dir, "store"), Statement: "select family_name from identities.carl2_persons where family_name = 'Prøve'", Purpose: "audit of 2308833384"}
	rows, _, _, err := asked(t.Context(), r)
	if err != nil || fmt.Sprint(rows) != "[[Prøve]]" {
		t.Errorf("%v, %v", rows, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "store", "identities", "lookups.ndjson"))
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if err != nil || len(lines) != 2 || !strings.Contains(lines[0], `"rows":null`) || !strings.Contains(lines[1], `"rows":1`) || strings.Contains(string(text), "Prøve") ||
		registers.WithoutNumbers(string(text)) != string(text) || !strings.Contains(lines[0], `"who":"`+WhoAsks()+`"`) {
		t.Errorf("%s, %v", text, err)
	}
}
