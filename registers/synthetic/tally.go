package synthetic

// tally counts what was written for one as-of day, of one block or of all.
type tally struct {
	persons, permits, cprPersons, fixedRecords int64
	cohorts                                    [lastYear - firstYear + 1][8]counts
	faults                                     [faultKinds]int64
}

// counts are the granted permits of a year and category, and how they stand by the measure unlinked (docs/method.md §7).
// first and firstUnlinked are those of persons' first granted permits.
type counts struct{ granted, unlinked, unknown, first, firstUnlinked int64 }

func (t *tally) clear() { *t = tally{} }

func (t *tally) add(o *tally) {
	t.persons += o.persons
	t.permits += o.permits
	t.cprPersons += o.cprPersons
	t.fixedRecords += o.fixedRecords
	for y := range t.cohorts {
		for c := range t.cohorts[y] {
			a, b := &t.cohorts[y][c], &o.cohorts[y][c]
			a.granted += b.granted
			a.unlinked += b.unlinked
			a.unknown += b.unknown
			a.first += b.first
			a.firstUnlinked += b.firstUnlinked
		}
	}
	for k := range t.faults {
		t.faults[k] += o.faults[k]
	}
}

// count counts a permit among the granted of its year.
func (t *tally) count(p *person, x *permit, on day) {
	if x.outcome != granted {
		return
	}
	n := &t.cohorts[x.year-firstYear][x.category]
	n.granted++
	first := x == p.firstGranted()
	if first {
		n.first++
	}
	switch {
	case p.faults.has(permitWithoutPerson):
		n.unknown++
	case p.linked > on:
		n.unlinked++
		if first {
			n.firstUnlinked++
		}
	case p.faults.has(malformedNumber) || p.faults.has(replacementNumber):
		n.unknown++
	}
}
