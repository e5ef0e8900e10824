package analysis

import (
	"errors"
	"fmt"
	"time"

	"koblet/store"
)

// Ask is what is asked, before there is an answer: a question of the catalogue, two studies held against each other, or the
// snapshots of several days. A zero AsOf is the day that the whole report stands on.
type Ask struct {
	Question string
	AsOf     time.Time
	Scope    Scope
	Studies  []Study     // two, or none
	Days     []time.Time // two or more, or none
}

// key tells asks apart; maps print in the order of their keys.
func (a Ask) key() string {
	var studies []string
	for _, s := range a.Studies {
		studies = append(studies, s.Name)
	}
	return fmt.Sprintf("%q %v %v %v %q %q %v", a.Question, a.AsOf, a.Scope.From, a.Scope.To, a.Scope.Categories, []any{a.Scope.Params, studies}, a.Days)
}

// Answers are what a report is laid out from: each answer once, whoever asks for it. Between Gather and the layout is the place
// where what may not be published is hidden.
type Answers struct {
	at      map[string]int // the place of an ask's answer; −1 where there is no snapshot of its day
	Results []Result       // in the order asked
}

// Gather has every ask answered, each once. That there is no snapshot of an ask's day is an answer, too.
func Gather(asks []Ask, answer func(Ask) (Result, error)) (Answers, error) {
	got := Answers{at: map[string]int{}}
	for _, a := range asks {
		if _, known := got.at[a.key()]; known {
			continue
		}
		r, err := answer(a)
		switch {
		case errors.Is(err, store.ErrNoSnapshot) && !a.AsOf.IsZero():
			got.at[a.key()] = -1
		case err != nil:
			return Answers{}, fmt.Errorf("question %s: %w", a.Question, err)
		default:
			got.at[a.key()] = len(got.Results)
			got.Results = append(got.Results, r)
		}
	}
	return got, nil
}

// To gives the answer to an ask; store.ErrNoSnapshot where there was no snapshot of its day. An ask that was not gathered is a
// fault of the definition's list of asks.
func (g Answers) To(a Ask) (Result, error) {
	at, gathered := g.at[a.key()]
	if !gathered {
		return Result{}, fmt.Errorf("question %s: not among the answers gathered", a.Question)
	}
	if at < 0 {
		return Result{}, fmt.Errorf("as of %s: %w", a.AsOf.Format(time.DateOnly), store.ErrNoSnapshot)
	}
	return g.Results[at], nil
}
