package synthetic

import "math"

// household is what its members have in common: one case, one day, one municipality.
type household struct {
	group          *group
	country        *country
	surname        name
	home           int // index into model.municipalities
	filed, decided day
	members        []member
}

// member is a place in a household.
type member struct {
	age   float64
	sex   byte
	child bool
	twin  bool // of the member before
}

// household draws a household for a cell, of at most room members, whose head has that rank. The municipality follows from the
// rank: ranks and municipalities make a lattice that is even in both, so that every cohort has its share of careful and
// careless ones and the planted rates come out in small registers too.
func (k *maker) household(c *cell, head, room int64) household {
	m, d := k.model, k.dice
	h := household{group: &m.groups[m.groupsAt[[2]int{c.year, c.category}].pick(d)]}
	h.filed = workday(d, c.from, c.to)
	h.decided = h.filed
	if c.outcome == withdrawn {
		h.decided += 30 + d.days(120, 0.6)
	}
	mixName := categories[c.category]
	if h.group.code == "special_afghanistan" {
		mixName = "afghanistan"
	}
	h.country = m.citizenship(d, mixName, c.year)
	_, place := math.Modf(float64(head)*0.7548776662466927 + float64(c.rank.b)*0.5698402909980532)
	h.home = drawAt(place, m.municipalityAt)
	h.surname = pickName(d, m.names[h.country.region]["f"])
	h.members = compose(d, h.group)
	h.members = h.members[:min(int64(len(h.members)), room)]
	return h
}

// workday draws a day of the span, moved off the weekend where that stays within it.
func workday(d *dice, from, to day) day {
	x := from + day(d.IntN(int(to-from)+1))
	if over := day(x.weekday() - 4); over > 0 && x-over >= from {
		x -= over
	}
	return x
}

// compose draws who is in a household of the group: the head first, then a partner, then children from the youngest up.
func compose(d *dice, g *group) []member {
	if g.household == "siblings" {
		return brood(d, d.between(1, 4), float64(g.ageLow), float64(g.ageHigh)+0.9)
	}
	age := float64(g.ageLow) + (float64(g.ageHigh-g.ageLow)+0.9)*d.Float64()
	if g.ageHigh >= 18 {
		age = float64(g.ageLow) + float64(g.ageHigh-g.ageLow)*young(d)
	}
	list := []member{{age: age, sex: sexOf(d, g.women)}}
	partner, children := company(d, g)
	if partner {
		list = append(list, member{age: max(18, age+4*d.NormFloat64()), sex: 'M' + 'K' - list[0].sex})
	}
	return append(list, brood(d, children, 0, min(age-18, 17.9))...)
}

// company draws whether a partner comes along, and how many children [A].
func company(d *dice, g *group) (partner bool, children int) {
	switch g.household {
	case "family":
		if partner = d.chance(0.30); partner || d.chance(0.08) {
			children = d.IntN(5)
		}
	case "mother":
		children = d.IntN(3)
	case "spouse":
		if d.chance(0.12) {
			children = d.between(1, 3)
		}
	case "accompanied":
		if partner = d.chance(0.14); partner {
			children = d.IntN(3)
		}
	}
	return partner, children
}

// brood draws brothers and sisters from the youngest up, at least a year apart but for twins; fewer where the ages between
// low and high have no room for more.
func brood(d *dice, children int, low, high float64) []member {
	var list []member
	span := high - low
	if children > 1 {
		span *= 0.6
	}
	for age := low + span*d.Float64(); len(list) < children && age < high; age += 1 + 3*d.Float64() {
		child := member{age: age, sex: sexOf(d, 0.49), child: true}
		list = append(list, child)
		if len(list) < children && d.chance(0.03) {
			if child.twin = true; d.chance(0.4) {
				child.sex = sexOf(d, 0.49)
			}
			list = append(list, child)
		}
	}
	return list
}

// young draws a place between the ends of an age range, leaning to the younger.
func young(d *dice) float64 {
	x := (d.Float64() + d.Float64()) / 2
	return x * x
}

func sexOf(d *dice, women float64) byte {
	if d.chance(women) {
		return 'K'
	}
	return 'M'
}

// groupOf is the group and basis a member gets: children of a reunified spouse their own, those who accompany a worker or a
// student the provision for family.
func (m *model) groupOf(h *household, i int) (*group, string) {
	x := h.members[i]
	switch {
	case h.group.household == "spouse" && x.child && x.age < 15:
		g := &m.groups[m.groupAt["child_under_15"]]
		return g, g.basis
	case h.group.household == "spouse" && x.child:
		g := &m.groups[m.groupAt["child_15_18"]]
		return g, g.basis
	case i > 0 && h.group.code == "work":
		return h.group, "§ 9 m"
	case i > 0 && h.group.code == "study":
		return h.group, "§ 9 n"
	}
	return h.group, h.group.basis
}

// pickName draws a name; those that begin the list come up more often.
func pickName(d *dice, list []name) name {
	i := d.IntN(len(list))
	if d.chance(0.3) {
		i = d.IntN(i + 1)
	}
	return list[i]
}
