package analysis

import (
	"slices"
	"testing"
	"time"
)

func TestStudies(t *testing.T) {
	studies, err := Studies()
	if err != nil {
		t.Fatal(err)
	}
	if len(studies) != 2 {
		t.Fatalf("got %d studies, want 2", len(studies))
	}
	first, second := studies[0], studies[1]
	on1997, end2010 := time.Date(1997, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2010, 12, 31, 0, 0, 0, 0, time.UTC)
	if first.Name != "study-2011" || first.From.First != on1997 || first.To.Last != end2010 || first.Published.Value != 0.10 {
		t.Errorf("first study: %+v", first)
	}
	if second.Name != "study-2014" || second.From != second.To || second.From.First.Year() != 2013 || second.Published.Value != 0.03 {
		t.Errorf("second study: %+v", second)
	}
	if got := first.AsOf; !got.Equal(time.Date(2011, 6, 30, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("first study counted on %s", got)
	}
	if !slices.Equal(first.Categories, second.Categories) || !slices.Equal(first.Categories, []string{"asylum", "family"}) {
		t.Errorf("categories %v and %v", first.Categories, second.Categories)
	}
	for _, s := range studies {
		for _, w := range []string{s.Title.Da, s.Title.En, s.Short.Da, s.Short.En, s.Source.Da, s.Source.En, s.Remark.Da, s.Remark.En, s.Published.Words.Da} {
			if w == "" {
				t.Errorf("%s: a text is missing: %+v", s.Name, s)
			}
		}
	}
}
