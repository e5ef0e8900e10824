package disclosure

import "slices"

// Acyclic reports whether tables, each a set of dimensions, can be built up from one to the next by what they share: then whatever fits each table alone
// fits all of them together, and their margins are all that a reader can hold against each other. Where they cannot, only the joint table of
// the dimensions does. It is the test of Graham and of Yu and Özsoyoğlu (1979): ears are cut off until nothing is left, or nothing can be cut.
func Acyclic(tables [][]string) bool {
	left := make([][]string, len(tables))
	for i, table := range tables {
		left[i] = slices.Clone(table)
	}
	for changed := true; changed; {
		changed = false
		for i := range left {
			kept := slices.DeleteFunc(slices.Clone(left[i]), func(dimension string) bool { return !shared(left, i, dimension) })
			if len(kept) < len(left[i]) {
				left[i], changed = kept, true
			}
		}
		for i := range left {
			if within(left, i) {
				left, changed = slices.Delete(left, i, i+1), true
				break
			}
		}
	}
	return len(left) <= 1
}

// shared reports whether another table has the dimension, too.
func shared(tables [][]string, but int, dimension string) bool {
	return slices.ContainsFunc(others(tables, but), func(table []string) bool { return slices.Contains(table, dimension) })
}

// within reports whether another table has every dimension of a table.
func within(tables [][]string, one int) bool {
	return slices.ContainsFunc(others(tables, one), func(table []string) bool {
		return !slices.ContainsFunc(tables[one], func(dimension string) bool { return !slices.Contains(table, dimension) })
	})
}

func others(tables [][]string, but int) [][]string {
	return slices.Delete(slices.Clone(tables), but, but+1)
}
