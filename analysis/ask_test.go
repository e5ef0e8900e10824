package analysis

import (
	"errors"
	"strings"
	"testing"
	"time"

	"koblet/queries"
	"koblet/store"
)

func TestGatherAnswersEachAskOnce(t *testing.T) {
	day := time.Date(2014, 12, 31, 0, 0, 0, 0, time.UTC)
	year := Period{First: time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(2013, 12, 31, 0, 0, 0, 0, time.UTC)}
	asks := []Ask{
		{Question: "unlinked"}, {Question: "unlinked", AsOf: day}, {Question: "unlinked", Scope: Scope{Params: map[string]string{}}},
		{Question: "unlinked", Scope: Scope{From: year}}, {Question: "unlinked", Scope: Scope{To: year}}, {Question: "compare", Days: []time.Time{day, day}},
	}
	asked := 0
	answers, err := Gather(asks, func(a Ask) (Result, error) {
		asked++
		if a.AsOf.Equal(day) {
			return Result{}, store.ErrNoSnapshot
		}
		return Result{Question: queries.Question{Name: a.Question}, Rows: [][]any{{int64(asked)}}}, nil
	})
	if err != nil || asked != 5 || len(answers.Results) != 4 {
		t.Fatalf("%d asked, %d answers, %v; want 5 and 4", asked, len(answers.Results), err)
	}
	for i, want := range map[int]int64{0: 1, 2: 1, 3: 3, 4: 4, 5: 5} {
		if r, err := answers.To(asks[i]); err != nil || r.Rows[0][0] != want {
			t.Errorf("ask %d: %v, %v; want the answer %d", i, r.Rows, err, want)
		}
	}
	if _, err := answers.To(asks[1]); !errors.Is(err, store.ErrNoSnapshot) || !strings.Contains(err.Error(), "2014-12-31") {
		t.Errorf("without a snapshot: %v", err)
	}
	if _, err := answers.To(Ask{Question: "late"}); err == nil || errors.Is(err, store.ErrNoSnapshot) {
		t.Errorf("never asked: %v", err)
	}
	if _, err := Gather(asks[:1], func(Ask) (Result, error) { return Result{}, store.ErrNoSnapshot }); !errors.Is(err, store.ErrNoSnapshot) {
		t.Errorf("the report's own day has no snapshot, and: %v", err)
	}
}

func TestPeriodsAreWrittenAsTheyAreRead(t *testing.T) {
	for _, text := range []string{"", "2013", "2013-05", "2013-05-17", "2012-02-29", "0001"} {
		var p Period
		if err := p.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if written, err := p.MarshalText(); err != nil || string(written) != text {
			t.Errorf("%q is written %q, %v", text, written, err)
		}
	}
	odd := Period{First: time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(2013, 12, 30, 0, 0, 0, 0, time.UTC)}
	if text, err := odd.MarshalText(); err == nil {
		t.Errorf("a year less a day is written %q", text)
	}
}

// The corner of a table is that of the question the table is of.
func TestWholeIsTheSumOfAPartition(t *testing.T) {
	r := Result{Question: queries.Question{Rows: "partition"}, Columns: []queries.Column{{Name: "year"}, {Name: "pass"}, {Name: "fail"}, {Name: "unknown"}},
		Rows: [][]any{{int64(2012), int64(3), int64(1), int64(0)}, {int64(2013), int64(5), int64(1), int64(2)}}}
	for column, want := range map[string]any{"total": int64(12), "fail": int64(2), "unknown": int64(2), "rate": 0.2, "year": nil} {
		if got := r.Whole(column); got != want {
			t.Errorf("%s: %v, want %v", column, got, want)
		}
	}
	r.Question.Rows = "overlap"
	if got := r.Whole("rate"); got != nil {
		t.Errorf("of rows that overlap: %v", got)
	}
}
