package queries

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var (
	paramLine  = regexp.MustCompile(`^(\w+)\s+(DATE|BIGINT|BOOLEAN|VARCHAR(?:\[\])?)(?:\s+=\s+(\S+))?\s{2,}(\S.*)$`)
	columnLine = regexp.MustCompile(`^(\w+)\s+(DATE|BIGINT|BOOLEAN|VARCHAR|DOUBLE)(?:\s+\[([^\]]+)\])?(?:\s+\{(\w+)\})?(?:\s+(key|record|attribute|count|derived))?\s{2,}(\S.*?)\s+\|\s+(\S.*)$`)
	chartLine  = regexp.MustCompile(`^chart (\w+), x (\w+), y (\w+)(?: and (\w+))?(?:, series (\w+))?(?:, from (\w+))?$`)
	shareLine  = regexp.MustCompile(`^share (\w+) of (\w+) within (\w+(?:, \w+)*)$`)
	needLine   = regexp.MustCompile(`^needs (\w+)(?:\.(\w+))?$`)
	eitherLine = regexp.MustCompile(`^needs one of (\w+\.\w+(?:, \w+\.\w+)+)$`)
	lackLine   = regexp.MustCompile(`^without (\w+)(?:\.(\w+))?(?: \((\w+(?:, \w+)*)\))?: (\S.*?) \| (\S.*)$`)
	measure    = regexp.MustCompile(`^measure (\w+)$`)
	computed   = regexp.MustCompile(`^computed (\w+)$`)
	rowsLine   = regexp.MustCompile(`^rows (partition|overlap|alternatives)$`)
	apartLine  = regexp.MustCompile(`^apart (\w+) (\w+): (\S.*?) \| (\S.*)$`)
	leastLine  = regexp.MustCompile(`^least (\w+) (\w+)$`)
	noteLine   = regexp.MustCompile(`^note (\S.*?) \| (\S.*)$`)
	paramUse   = regexp.MustCompile(`\$([a-z_]\w*)`)
)

// Parse reads one question from the text of its .sql file. The header is a contract: two lines that ask, in Danish and
// in English, then prose in English, then the lists "forklaring" (that prose in Danish), "params", "columns" and "result" and the directives "measure", "rows", "needs", "without",
// "share", "computed", "apart", "least", "note" and "chart". An error names the file and the line that broke the contract.
func Parse(name, text string) (Question, error) {
	p := parser{q: Question{Name: name, SQL: text}}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		comment, ok := strings.CutPrefix(line, "--")
		if !ok {
			break
		}
		if err := p.line(strings.TrimRight(comment, " \t\r")); err != nil {
			return Question{}, fmt.Errorf("%s.sql:%d: %w", name, i+1, err)
		}
	}
	if err := p.finish(); err != nil {
		return Question{}, fmt.Errorf("%s.sql: header: %w", name, err)
	}
	return p.q, nil
}

// permitParams are the parameters of every question about permits: what a header's «params permits» stands for.
var permitParams = []Param{
	{Name: "from_day", Type: "DATE", Meaning: Words{Da: "første afgørelsesdato; NULL fra begyndelsen", En: "first decision day; NULL from the beginning"}},
	{Name: "to_day", Type: "DATE", Meaning: Words{Da: "sidste afgørelsesdato; NULL til slutningen", En: "last decision day; NULL to the end"}},
	{Name: "categories", Type: "VARCHAR[]", Meaning: Words{Da: "opholdskategorier; NULL alle", En: "categories of residence; NULL all"}},
	{Name: "expected", Type: "BOOLEAN", Default: "false", Meaning: Words{Da: "kun tilladelser, hvor et nummer må forventes", En: "only permits for which a number is expected"}},
	{Name: "first_only", Type: "BOOLEAN", Default: "false", Meaning: Words{Da: "kun hver persons første meddelte tilladelse", En: "only each person's first granted permit"}},
	{Name: "once_per_person", Type: "BOOLEAN", Default: "false", Meaning: Words{Da: "kun hver persons tidligste meddelte tilladelse inden for den valgte afgrænsning", En: "only each person's earliest granted permit within the scope asked for"}},
	{Name: "maturity", Type: "BIGINT", Default: "0", Meaning: Words{Da: "dage, en tilladelse skal være gammel, før et nummer må forventes", En: "days a permit must be old for a number to be expected"}},
	{Name: "municipality", Type: "VARCHAR", Meaning: Words{Da: "visiteringskommunens kode; NULL alle", En: "code of the municipality of allocation; NULL all"}},
	{Name: "citizenship", Type: "VARCHAR", Meaning: Words{Da: "personens statsborgerskab, fire cifre; NULL alle", En: "the person's citizenship, four digits; NULL all"}},
	{Name: "person_group", Type: "VARCHAR", Meaning: Words{Da: "persongruppe; NULL alle", En: "person group; NULL all"}},
}

// parser walks the header; list is the list that the next indented line belongs to, and parted says that an empty line stands before it.
type parser struct {
	q      Question
	seen   int
	list   string
	parted bool
}

func (p *parser) line(comment string) error {
	text := strings.TrimSpace(comment)
	p.seen++
	switch {
	case p.seen == 1:
		p.q.Ask.Da = text
	case p.seen == 2:
		p.q.Ask.En = text
	case text == "":
		p.parted = true
	case text == "params permits":
		p.list, p.q.Params = "params", append(p.q.Params, permitParams...)
	case text == "params" || text == "columns" || text == "result" || text == "forklaring":
		p.list, p.parted = text, false
	case p.list != "" && strings.HasPrefix(comment, "   "):
		return p.item(text)
	case p.list != "":
		return p.directive(text)
	default:
		if p.tryDirective(text) {
			return nil
		}
		p.prose(&p.q.Explains.En, text)
	}
	return nil
}

// prose adds a line to a text: to its last paragraph, or as a paragraph of its own behind an empty line.
func (p *parser) prose(to *string, line string) {
	between := " "
	if p.parted {
		between = "\n"
	}
	*to, p.parted = strings.TrimSpace(*to+between+line), false
}

func (p *parser) item(text string) error {
	if p.list == "forklaring" {
		p.prose(&p.q.Explains.Da, text)
		return nil
	}
	if p.list == "params" {
		m := paramLine.FindStringSubmatch(text)
		if m == nil {
			return fmt.Errorf("params: want «name TYPE [= default]  dansk | English»")
		}
		p.q.Params = append(p.q.Params, Param{Name: m[1], Type: m[2], Default: m[3], Meaning: meant(m[4])})
		return nil
	}
	m := columnLine.FindStringSubmatch(text)
	if m == nil {
		return fmt.Errorf("%s: want «name TYPE [unit] {code list} role  dansk | English»", p.list)
	}
	c := Column{Name: m[1], Type: m[2], Unit: m[3], Codes: m[4], Role: Role(m[5]), Label: Words{Da: m[6], En: m[7]}}
	if p.list == "columns" {
		p.q.Columns = append(p.q.Columns, c.inRole(Count))
		return nil
	}
	if i := slices.IndexFunc(p.q.Columns, func(k Column) bool { return k.Name == c.Name }); i >= 0 && c.Role == "" {
		c.Role, c.Period = p.q.Columns[i].Role, p.q.Columns[i].Period
	}
	if c.Role == "" {
		c.Role = Derived
	}
	p.q.Result = append(p.q.Result, c)
	return nil
}

// meant is what a parameter means, in both languages. One of a user's own may be explained in one, which then stands for both.
func meant(text string) Words {
	da, en, both := strings.Cut(text, " | ")
	if !both {
		en = da
	}
	return Words{Da: da, En: en}
}

// inRole gives a column the role that its header leaves out: with a unit it is the one given, without one a key. A key called
// year or month, and left without a role, says when.
func (c Column) inRole(measured Role) Column {
	switch {
	case c.Role == "" && c.Unit != "":
		c.Role = measured
	case c.Role == "":
		c.Role = Key
		if c.Name == "year" && c.Type == "BIGINT" || c.Name == "month" && c.Type == "VARCHAR" {
			c.Period = c.Name
		}
	}
	return c
}

func (p *parser) directive(text string) error {
	if !p.tryDirective(text) {
		return fmt.Errorf("«%s» is no list and no directive; those are forklaring, params, columns, result, measure, rows, needs, without, share, computed, apart, least, note, chart", text)
	}
	return nil
}

// tryDirective takes a line that is a directive and reports whether it was one.
func (p *parser) tryDirective(text string) bool {
	if m := measure.FindStringSubmatch(text); m != nil {
		p.q.Measure = m[1]
	} else if m := rowsLine.FindStringSubmatch(text); m != nil {
		p.q.Rows = m[1]
	} else if m := eitherLine.FindStringSubmatch(text); m != nil {
		for _, name := range strings.Split(m[1], ", ") {
			table, column, _ := strings.Cut(name, ".")
			p.q.Either = append(p.q.Either, Need{Table: table, Column: column})
		}
	} else if m := needLine.FindStringSubmatch(text); m != nil {
		p.q.Needs = append(p.q.Needs, Need{Table: m[1], Column: m[2]})
	} else if m := lackLine.FindStringSubmatch(text); m != nil {
		w := Without{Need: Need{Table: m[1], Column: m[2]}, Words: Words{Da: m[4], En: m[5]}}
		if m[3] != "" {
			w.Blanks = strings.Split(m[3], ", ")
		}
		p.q.Without = append(p.q.Without, w)
	} else if m := shareLine.FindStringSubmatch(text); m != nil {
		p.q.Share = Share{Name: m[1], Count: m[2], Within: strings.Split(m[3], ", ")}
	} else if m := computed.FindStringSubmatch(text); m != nil {
		p.q.Computed = m[1]
	} else if m := apartLine.FindStringSubmatch(text); m != nil {
		p.q.Apart = Apart{Key: m[1], Value: m[2], Words: Words{Da: m[3], En: m[4]}}
	} else if m := leastLine.FindStringSubmatch(text); m != nil {
		p.q.Least = Least{Key: m[1], Value: m[2]}
	} else if m := noteLine.FindStringSubmatch(text); m != nil {
		p.q.Notes = append(p.q.Notes, Words{Da: m[1], En: m[2]})
	} else if m := chartLine.FindStringSubmatch(text); m != nil {
		p.q.Chart = Chart{Kind: m[1], X: m[2], Y: m[3], Also: m[4], Series: m[5], From: m[6]}
	} else {
		return false
	}
	return true
}

// finish holds the parts of the header against each other and against the parameters that the statement uses.
func (p *parser) finish() error {
	q := p.q
	switch {
	case !strings.HasSuffix(q.Ask.Da, "?") || !strings.HasSuffix(q.Ask.En, "?"):
		return fmt.Errorf("the first two lines must ask, in Danish and in English, and end in «?»")
	case len(q.Columns) == 0:
		return fmt.Errorf("no columns")
	case q.Chart.From != "" && !slices.ContainsFunc(q.Columns, func(c Column) bool { return c.Name == q.Chart.From && c.Role == Count }):
		return fmt.Errorf("the chart begins at %s, which is no count", q.Chart.From)
	case q.Statement() == "":
		return fmt.Errorf("no statement below it")
	}
	if name := firstRepeated(q.Columns); name != "" {
		return fmt.Errorf("column %s stands twice", name)
	}
	for i, c := range q.Columns { // the cells of a tally are read from the left
		if q.IsTally() && i >= len(q.Named()) && c.Role.Names() {
			return fmt.Errorf("column %s stands after a count; what names a row of a tally comes first", c.Name)
		}
	}
	for _, named := range []struct{ directive, key string }{{"apart", q.Apart.Key}, {"least", q.Least.Key}} {
		if named.key != "" && !slices.ContainsFunc(q.Keys(), func(c Column) bool { return c.Name == named.key }) {
			return fmt.Errorf("%s %s: it is no key", named.directive, named.key)
		}
	}
	if q.Least.Key != "" && !q.IsTally() {
		return fmt.Errorf("least %s: the answer is no tally, and has no rate", q.Least.Key)
	}
	if err := computes(q); err != nil {
		return err
	}
	for _, w := range q.Without {
		for _, name := range w.Blanks {
			if !q.answers(name) {
				return fmt.Errorf("without %s: the answer has no column %s", w.Need, name)
			}
		}
	}
	return usesItsParams(q)
}

// usesItsParams holds the declared parameters against those that the statement uses.
func usesItsParams(q Question) error {
	used := map[string]bool{}
	for _, m := range paramUse.FindAllStringSubmatch(withoutTexts(q.Statement()), -1) {
		used[m[1]] = true
	}
	for _, param := range q.Params {
		if !used[param.Name] {
			return fmt.Errorf("parameter %s is declared and not used", param.Name)
		}
		delete(used, param.Name)
	}
	for name := range used {
		return fmt.Errorf("parameter %s is used and not declared", name)
	}
	return nil
}

// computations are what Go can compute from counts: the counts that the statement must give, and the figures that it adds.
var computations = map[string]struct{ counts, figures []string }{
	"runoff": {
		counts:  []string{"age_days", "eligible", "linked", "links", "undated", "undecided"},
		figures: []string{"unlinked_rate"},
	},
	"survival": {
		counts:  []string{"days", "linked", "lapsed", "censored", "lapse_undated", "links", "undated", "undecided", "oldest"},
		figures: []string{"at_risk", "unlinked", "low", "high"},
	},
	"equal_age": {
		counts: []string{"pass", "fail", "unknown", "left_out", "links", "undated", "raw_pass", "raw_fail", "raw_unknown"},
		figures: []string{"judged", "rate", "rate_low", "rate_high",
			"raw_judged", "raw_rate", "raw_rate_low", "raw_rate_high"},
	},
	"funnel": {
		counts:  []string{"pass", "fail", "unknown"},
		figures: []string{"judged", "rate", "national_rate", "low_95", "high_95", "low_998", "high_998", "position"},
	},
	"characteristics": {
		counts:  []string{"unlinked", "linked"},
		figures: []string{"share_unlinked", "share_linked", "difference"},
	},
	"stock": {
		counts: []string{"opening", "granted", "linked", "lapsed", "closing", "undated", "undecided", "lapse_undated"},
	},
	"p_chart": {
		counts:  []string{"pass", "fail", "unknown"},
		figures: []string{"judged", "rate", "centre", "lower_limit", "upper_limit", "signal"},
	},
}

// computes holds the columns and the result against what the computation takes and gives.
func computes(q Question) error {
	if q.Computed == "" {
		return nil
	}
	c, known := computations[q.Computed]
	if !known {
		return fmt.Errorf("computed %s: there are %s", q.Computed, strings.Join(slices.Sorted(maps.Keys(computations)), ", "))
	}
	for _, name := range c.counts {
		if i := slices.IndexFunc(q.Columns, func(c Column) bool { return c.Name == name }); i < 0 || q.Columns[i].Type != "BIGINT" {
			return fmt.Errorf("computed %s: want the columns %s, each a BIGINT", q.Computed, strings.Join(c.counts, ", "))
		}
	}
	if len(q.Result) == 0 {
		return fmt.Errorf("computed %s: no result", q.Computed)
	}
	for _, r := range q.Result {
		if !q.column(r.Name) && !slices.Contains(c.figures, r.Name) {
			return fmt.Errorf("computed %s: result: %s is neither a column nor one of %s", q.Computed, r.Name, strings.Join(c.figures, ", "))
		}
	}
	return nil
}

func firstRepeated(columns []Column) string {
	for i, c := range columns {
		if slices.ContainsFunc(columns[:i], func(d Column) bool { return d.Name == c.Name }) {
			return c.Name
		}
	}
	return ""
}

var quotedOrComment = regexp.MustCompile(`'(?:[^']|'')*'|--[^\n]*`)

// withoutTexts blanks text constants and comments, in which a «$name» is no parameter.
func withoutTexts(sql string) string { return quotedOrComment.ReplaceAllString(sql, "''") }
