package analysis

import "fmt"

// runoffAges are the ages in days at which cohorts are compared.
var runoffAges = []int64{30, 90, 180, 365, 730}

// cohort is what the run-off knows of one cohort: permits decided in one period, those left out that *late* calls unknown.
type cohort struct {
	permits  int64           // eligible permits, linked or not, lapsed ones kept
	youngest int64           // age in days of the cohort's youngest permit on the as-of day
	links    map[int64]int64 // permits by the day of their link, counted in days from the decision
}

// runoffCell is one filled cell of the run-off triangle: what a cohort looked like when each of its permits had that age.
type runoffCell struct {
	age      int64   // days from the decision
	eligible int64   // permits of the cohort
	linked   int64   // those linked at that age: on that day or before
	unlinked float64 // (eligible − linked) ÷ eligible: a fraction
}

// runoff gives the filled cells of one cohort's row of the triangle, in the order of the ages: those that the whole cohort
// had reached by the as-of day. A younger permit would be counted as unlinked without having had the time, so a cell is
// filled for all of the cohort or not at all. A cohort of nobody has none. More links than permits, or a day or count
// below 0, is an error.
func runoff(c cohort, ages []int64) ([]runoffCell, error) {
	var links int64
	for day, n := range c.links {
		if day < 0 || n < 0 {
			return nil, fmt.Errorf("run-off: day %d: a day or count below 0", day)
		}
		links += n
	}
	if links > c.permits {
		return nil, fmt.Errorf("run-off: %d links of %d permits", links, c.permits)
	}
	var cells []runoffCell
	for _, age := range ages {
		if c.permits == 0 || age > c.youngest {
			continue
		}
		cell := runoffCell{age: age, eligible: c.permits}
		for day, n := range c.links {
			if day <= age {
				cell.linked += n
			}
		}
		cell.unlinked = float64(cell.eligible-cell.linked) / float64(cell.eligible)
		cells = append(cells, cell)
	}
	return cells, nil
}
