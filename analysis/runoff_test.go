package analysis

import (
	"reflect"
	"testing"
)

func TestRunoff(t *testing.T) {
	links := map[int64]int64{0: 2, 30: 1, 31: 3, 90: 1, 400: 1}
	for _, c := range []struct {
		name   string
		cohort cohort
		want   []runoffCell
	}{
		{"the day itself counts, the day after does not", cohort{permits: 10, youngest: 364, links: links}, []runoffCell{
			{30, 10, 3, 0.7}, {90, 10, 7, 0.3}, {180, 10, 7, 0.3}}},
		{"whole at 365 days", cohort{permits: 10, youngest: 365, links: links}, []runoffCell{
			{30, 10, 3, 0.7}, {90, 10, 7, 0.3}, {180, 10, 7, 0.3}, {365, 10, 7, 0.3}}},
		{"a late link", cohort{permits: 16, youngest: 730, links: links}, []runoffCell{
			{30, 16, 3, 13. / 16}, {90, 16, 7, 9. / 16}, {180, 16, 7, 9. / 16}, {365, 16, 7, 9. / 16}, {730, 16, 8, 0.5}}},
		{"nobody linked", cohort{permits: 3, youngest: 30}, []runoffCell{{30, 3, 0, 1}}},
		{"too young", cohort{permits: 3, youngest: 29, links: map[int64]int64{0: 1}}, nil},
		{"nobody", cohort{youngest: 4000}, nil},
	} {
		got, err := runoff(c.cohort, runoffAges)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %v, %v, want %v", c.name, got, err, c.want)
		}
	}
}

func TestRunoffRefuses(t *testing.T) {
	for _, c := range []cohort{
		{permits: 2, youngest: 30, links: map[int64]int64{1: 3}},
		{permits: 2, youngest: 30, links: map[int64]int64{-1: 1}},
		{permits: 2, youngest: 30, links: map[int64]int64{1: -1}},
	} {
		if cells, err := runoff(c, runoffAges); err == nil {
			t.Errorf("%+v: %v, want an error", c, cells)
		}
	}
}

// Where nothing is censored or lapses before the age, the triangle and the survival curve are the same figure.
func TestRunoffIsTheSurvivalOfAWholeCohort(t *testing.T) {
	links := map[int64]int64{0: 4, 29: 6, 30: 5, 90: 2, 365: 1}
	group := []exits{{day: 800, censored: 22}}
	for day, n := range links {
		group = append(group, exits{day: day, linked: n})
	}
	cells, err := runoff(cohort{permits: 40, youngest: 800, links: links}, runoffAges)
	if err != nil || len(cells) != 5 {
		t.Fatalf("%v, %v", cells, err)
	}
	rows, err := survival(group, runoffAges)
	if err != nil || len(rows) != 5 {
		t.Fatalf("%v, %v", rows, err)
	}
	for i, cell := range cells {
		if d := cell.unlinked - rows[i].unlinked; cell.linked != rows[i].linked || d > 1e-12 || d < -1e-12 {
			t.Errorf("age %d: %d linked, %v unlinked; survival has %d, %v", cell.age, cell.linked, cell.unlinked, rows[i].linked, rows[i].unlinked)
		}
	}
}
