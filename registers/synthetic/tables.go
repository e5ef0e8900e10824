package synthetic

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed tables/*.csv
var tables embed.FS

// categories in the order of volumes.csv; a cell's category is an index into them.
var categories = []string{"asylum", "family", "work", "study", "eu", "other", "brexit", "ukraine"}

// records reads one embedded table into maps by column name.
func records(name string) ([]map[string]string, error) {
	text, err := tables.ReadFile("tables/" + name + ".csv")
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s.csv: %w", name, err)
	}
	rows := make([]map[string]string, 0, len(lines))
	for _, line := range lines[1:] {
		row := make(map[string]string, len(line))
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// row reads the cells of one table row and keeps the first fault.
type row struct {
	cells map[string]string
	err   error
}

func (r *row) number(column string) float64 {
	x, err := strconv.ParseFloat(r.cells[column], 64)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("column %s: %v", column, err)
	}
	return x
}

func (r *row) whole(column string) int { return int(r.number(column)) }

func (r *row) category() int {
	i := slices.Index(categories, r.cells["category"])
	if i < 0 && r.err == nil {
		r.err = fmt.Errorf("column category: %q is none", r.cells["category"])
	}
	return i
}

// each reads every row of a table.
func each(name string, read func(r *row)) error {
	rows, err := records(name)
	if err != nil {
		return err
	}
	for i, cells := range rows {
		r := row{cells: cells}
		if read(&r); r.err != nil {
			return fmt.Errorf("%s.csv: row %d: %w", name, i+2, r.err)
		}
	}
	return nil
}

// model is what the registers are invented from: the constants of tables/*.csv.
type model struct {
	volumes           map[[2]int]float64 // granted permits by year and category
	lastVolumeYear    int
	outcomes          []outcome // by category
	renewals          []renewal
	cohorts           [][]cohort // by category, ascending; administrative numbers last
	groups            []group
	mixes             []mix
	countries         map[string]*country
	names             map[string]map[string][]name // region, part (m, k, f)
	municipalities    []municipality
	municipalityAt    []float64
	faultShare        [faultKinds]float64
	strangers         []stranger
	groupsAt          map[[2]int]choice // by year and category
	groupAt           map[string]int    // the last row of a group
	oldMunicipalities []string
	mixesAt           map[mixYear]choice
}

// outcome says what becomes of applications and of permits, by category. Shares, but for refused and withdrawn, which are
// per granted permit; leavesDays is the median stay of who leaves.
type outcome struct {
	refused, withdrawn, revoked, lapsedUnused, leaves, leavesDays, lapsedLeft, enteredBefore float64
}

// renewal says which share of those first decided so are decided again that many years later, then granted.
type renewal struct {
	category, outcome, after int
	share                    float64
}

// group is a person group on a legal basis, with the household that comes on it and the ages of its head.
type group struct {
	category            int
	code, basis         string
	fromYear, toYear    int
	share               float64
	household           string
	ageLow, ageHigh     int
	women               float64
	administrativeSince day // first decision day with an administrative number; never where the group gets none
}

type mix struct {
	name             string
	fromYear, toYear int
	citizenship      string
	weight           float64
}

type country struct {
	code, region string
	january      float64
}

// name is one name in its spellings, the first as CPR writes it.
type name []string

type municipality struct {
	code         string
	weight, care float64
}

// stranger is a kind of person in CPR whom CARL2 does not know.
type stranger struct {
	kind, mix        string
	perPermit        float64
	fromYear, toYear int
	ageLow, ageHigh  int
	leaves           float64
}

// choice is a weighted choice among indices of a table.
type choice struct {
	index      []int
	cumulative []float64
}

func (c *choice) add(index int, weight float64) {
	if n := len(c.cumulative); n > 0 {
		weight += c.cumulative[n-1]
	}
	c.index, c.cumulative = append(c.index, index), append(c.cumulative, weight)
}

func (c choice) pick(d *dice) int { return c.index[d.draw(c.cumulative)] }

type mixYear struct {
	name string
	year int
}

func loadModel() (*model, error) {
	m := &model{volumes: map[[2]int]float64{}, groupAt: map[string]int{}, countries: map[string]*country{}, names: map[string]map[string][]name{},
		outcomes: make([]outcome, len(categories)), cohorts: make([][]cohort, len(categories)+1)}
	for _, table := range []struct {
		name string
		read func(r *row)
	}{
		{"volumes", m.readVolume}, {"outcomes", m.readOutcome}, {"renewals", m.readRenewal}, {"cohorts", m.readCohort},
		{"groups", m.readGroup}, {"mixes", m.readMix}, {"citizenships", m.readCountry}, {"names", m.readNames},
		{"municipalities", m.readMunicipality}, {"faults", m.readFault}, {"unknown_to_carl2", m.readStranger}, {"old_municipalities", m.readOldMunicipality},
	} {
		if err := each(table.name, table.read); err != nil {
			return nil, err
		}
	}
	m.choices()
	return m, nil
}

func (m *model) readVolume(r *row) {
	year := r.whole("year")
	m.volumes[[2]int{year, r.category()}] = r.number("permits")
	m.lastVolumeYear = max(m.lastVolumeYear, year)
}

// volume is the number of permits granted in a year; years after the last published one repeat it.
func (m *model) volume(year, category int) float64 {
	return m.volumes[[2]int{min(year, m.lastVolumeYear), category}]
}

func (m *model) readOutcome(r *row) {
	if i := r.category(); i >= 0 {
		m.outcomes[i] = outcome{r.number("refused"), r.number("withdrawn"), r.number("revoked"), r.number("lapsed_unused"),
			r.number("leaves"), r.number("leaves_days"), r.number("lapsed_left"), r.number("entered_before")}
	}
}

func (m *model) readRenewal(r *row) {
	m.renewals = append(m.renewals, renewal{r.category(), slices.Index(outcomeNames, r.cells["outcome"]), r.whole("after_years"),
		r.number("share")})
}

func (m *model) readCohort(r *row) {
	i := len(categories)
	if r.cells["category"] != "administrative" {
		i = r.category()
	}
	if i >= 0 {
		m.cohorts[i] = append(m.cohorts[i], cohort{r.whole("from_year"), r.number("never_linked"), r.number("never_came"),
			r.number("quick"), r.number("slow"), r.number("quick_days"), r.number("slow_days"), r.number("tail_days")})
	}
}

func (m *model) readGroup(r *row) {
	g := group{r.category(), r.cells["person_group"], r.cells["legal_basis"], r.whole("from_year"), r.whole("to_year"),
		r.number("share"), r.cells["household"], r.whole("age_low"), r.whole("age_high"), r.number("women"), never}
	switch {
	case g.code == "cannot_be_returned" || strings.HasPrefix(g.code, "special_"):
	case categories[g.category] == "family":
		g.administrativeSince = dateOf(2015, 10, 1)
	case categories[g.category] == "asylum" || categories[g.category] == "other":
		g.administrativeSince = dateOf(2016, 2, 1)
	}
	m.groupAt[g.code] = len(m.groups)
	m.groups = append(m.groups, g)
}

func (m *model) readMix(r *row) {
	m.mixes = append(m.mixes, mix{r.cells["mix"], r.whole("from_year"), r.whole("to_year"), r.cells["citizenship"], r.number("weight")})
}

func (m *model) readCountry(r *row) {
	code := r.cells["citizenship"]
	m.countries[code] = &country{code, r.cells["region"], r.number("january")}
}

func (m *model) readNames(r *row) {
	region := r.cells["region"]
	if m.names[region] == nil {
		m.names[region] = map[string][]name{}
	}
	for _, spellings := range strings.Split(r.cells["names"], ";") {
		m.names[region][r.cells["part"]] = append(m.names[region][r.cells["part"]], strings.Split(spellings, "/"))
	}
}

func (m *model) readMunicipality(r *row) {
	m.municipalities = append(m.municipalities, municipality{r.cells["code"], r.number("weight"), r.number("care")})
	total := r.number("weight")
	if n := len(m.municipalityAt); n > 0 {
		total += m.municipalityAt[n-1]
	}
	m.municipalityAt = append(m.municipalityAt, total)
}

func (m *model) readOldMunicipality(r *row) {
	m.oldMunicipalities = append(m.oldMunicipalities, r.cells["code"])
}

func (m *model) readFault(r *row) {
	i := slices.Index(faultNames[:], r.cells["kind"])
	if i < 0 {
		r.err = fmt.Errorf("column kind: %q is none", r.cells["kind"])
		return
	}
	m.faultShare[i] = r.number("share")
}

func (m *model) readStranger(r *row) {
	m.strangers = append(m.strangers, stranger{r.cells["kind"], r.cells["mix"], r.number("per_permit"), r.whole("from_year"),
		r.whole("to_year"), r.whole("age_low"), r.whole("age_high"), r.number("leaves")})
}

// choices makes the weighted choices of every year from the tables.
func (m *model) choices() {
	m.groupsAt, m.mixesAt = map[[2]int]choice{}, map[mixYear]choice{}
	for year := firstYear; year <= lastYear; year++ {
		for i, g := range m.groups {
			if g.fromYear <= year && year <= g.toYear {
				c := m.groupsAt[[2]int{year, g.category}]
				c.add(i, g.share)
				m.groupsAt[[2]int{year, g.category}] = c
			}
		}
		for i, x := range m.mixes {
			if x.fromYear <= year && year <= x.toYear {
				c := m.mixesAt[mixYear{x.name, year}]
				c.add(i, x.weight)
				m.mixesAt[mixYear{x.name, year}] = c
			}
		}
	}
}

// citizenship draws a country from a mix in a year; years before the first of the mixes are like the first.
func (m *model) citizenship(d *dice, mixName string, year int) *country {
	c := m.mixesAt[mixYear{mixName, min(max(year, firstYear), lastYear)}]
	return m.countries[m.mixes[c.pick(d)].citizenship]
}
