package protection

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// bound is what the records of a set have in common: the value of a dimension, such as year 2013, or a choice that was asked for, such as
// only expected permits.
type bound struct {
	name, value string
	choice      bool
	not         []bound // of what a choice left out: a record has the bound that does not have all of these
}

// left is the bound of what choices leave out.
func left(choices []bound) bound {
	var names []string
	for _, b := range choices {
		names = append(names, b.name)
	}
	return bound{name: strings.Join(names, "+"), value: "not " + set(choices).String(), choice: true, not: choices}
}

// set is the records that have all of its bounds, which stand in the order of their names.
type set []bound

// with is the set with a further bound.
func (s set) with(b ...bound) set {
	out := append(slices.Clone(s), b...)
	slices.SortFunc(out, func(a, b bound) int { return cmp.Compare(a.name, b.name) })
	return out
}

// without is the set without the bounds of those names.
func (s set) without(names ...string) set {
	return slices.DeleteFunc(slices.Clone(s), func(b bound) bool { return slices.Contains(names, b.name) })
}

// key tells sets apart.
func (s set) key() string {
	var out strings.Builder
	for _, b := range s {
		out.WriteString(b.name + "\x00" + b.value + "\x01")
	}
	return out.String()
}

// String names the set for messages. The values are keys of tables: years, codes, choices.
func (s set) String() string {
	if len(s) == 0 {
		return "all"
	}
	var parts []string
	for _, b := range s {
		parts = append(parts, b.name+"="+b.value)
	}
	return strings.Join(parts, ",")
}

// cost is what a reader loses by not knowing the count of the set: the more the fewer bounds it has, since it is the total of others, and the most where
// it is one of the two that the rate is of. Where a total or what is unknown is hidden, the rate stays.
func (s set) cost() int {
	const fewest = 4 // bounds of a set that is the cheapest
	cost := 1 << (fewest - min(len(s.without(verdict)), fewest))
	switch {
	case s.holds([]string{verdict}, "unknown"):
		return cost
	case len(s.without(verdict)) < len(s):
		return 4 * cost
	}
	return 2 * cost
}

// choices are the bounds that were asked for, dimensions the names of the others.
func (s set) choices() (out set) {
	for _, b := range s {
		if b.choice {
			out = append(out, b)
		}
	}
	return out
}

func (s set) dimensions() (out []string) {
	for _, b := range s {
		if !b.choice {
			out = append(out, b.name)
		}
	}
	return out
}

// at is the set bounded by some of its dimensions only, and by all of its choices.
func (s set) at(dimensions []string) set {
	return slices.DeleteFunc(slices.Clone(s), func(b bound) bool { return !b.choice && !slices.Contains(dimensions, b.name) })
}

// shape is what the sets of one table have in common: their dimensions and their choices.
type shape struct {
	dimensions []string
	choices    set
}

// dimensionOf are the choices that choose values of a dimension.
var dimensionOf = map[string]string{"categories": "category", "municipality": "municipality_code", "citizenship": "citizenship", "person_group": "person_group", period: "year"}

// dimension is that of which a choice chooses values; empty where it chooses otherwise.
func (b bound) dimension() string {
	if !b.choice || len(b.not) > 0 {
		return ""
	}
	return dimensionOf[b.name]
}

// values are those that are chosen: codes, or the years of a period. A period that is no whole years has none.
func (b bound) values() (out []string) {
	if b.name != period {
		return strings.Split(b.value, ",")
	}
	from, to, _ := strings.Cut(b.value, "..")
	if !strings.HasSuffix(from, "-01-01") || !strings.HasSuffix(to, "-12-31") {
		return nil
	}
	first, _ := strconv.Atoi(strings.TrimSuffix(from, "-01-01")) // days are written by us
	last, _ := strconv.Atoi(strings.TrimSuffix(to, "-12-31"))
	for year := first; year <= last; year++ {
		out = append(out, strconv.Itoa(year))
	}
	return out
}

// reach are the dimensions of a table, with those of which values were chosen.
func (s shape) reach() []string {
	out := slices.Clone(s.dimensions)
	for _, b := range s.choices {
		if name := b.dimension(); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// tied are the dimensions and the choices that tie a table to others.
func (s shape) tied() []string {
	out := s.reach()
	for _, b := range s.choices {
		if b.dimension() == "" {
			out = append(out, b.name)
		}
	}
	return out
}

// overlap reports whether some values are in both, and neither is all of the other.
func overlap(a, b []string) bool {
	return len(common(a, b)) > 0 && !within(a, b) && !within(b, a)
}

func (s set) shape() shape { return shape{s.dimensions(), s.choices()} }

func (s shape) key() string { return strings.Join(s.dimensions, "\x00") + "\x02" + s.choices.key() }

// within reports whether all of some names are among others, which are more.
func within(some, others []string) bool {
	return len(some) < len(others) && !slices.ContainsFunc(some, func(name string) bool { return !slices.Contains(others, name) })
}

// common are the names in both.
func common(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(name string) bool { return !slices.Contains(b, name) })
}
