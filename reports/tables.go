package reports

import (
	"fmt"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"koblet/analysis"
	"koblet/queries"
	"koblet/registers"
)

// totalColumn is the name of the last column of a table that spreads a key over columns.
const totalColumn = "total"

// table lays an answer out as its section wants it.
func (b *builder) table(p part, r analysis.Result) (Table, error) {
	var t Table
	var err error
	r = b.arranged(p, r)
	switch {
	case p.Across != "":
		t, err = b.spread(p, r)
	case p.Group != "":
		t, err = b.grouped(p, r)
	default:
		t = b.plain(p, r)
		err = b.joinAll(p, &t)
		if err == nil && p.Total != "" {
			err = b.total(p, &t)
		}
	}
	if err != nil {
		return Table{}, err
	}
	mark(r, &t)
	return t, nil
}

// arranged puts the rows of an answer in the order in which people read them, or in that which the section names, by its group
// or its first key.
func (b *builder) arranged(p part, r analysis.Result) analysis.Result {
	r = b.inReadingOrder(r)
	keys := keysOf(r)
	if len(p.Order) == 0 || p.Across != "" || len(keys) == 0 {
		return r
	}
	at := r.Index(keys[0])
	if p.Group != "" {
		at = r.Index(p.Group)
	}
	r.Rows = slices.Clone(r.Rows)
	slices.SortStableFunc(r.Rows, func(x, y []any) int { return p.rank(x[at]) - p.rank(y[at]) })
	return r
}

// rank is the place of a code in the section's order; codes it does not name come after all others.
func (p part) rank(code any) int {
	if i := slices.Index(p.Order, fmt.Sprint(code)); i >= 0 {
		return i
	}
	return len(p.Order)
}

// plain is the answer itself: the columns asked for, in their order.
func (b *builder) plain(p part, r analysis.Result) Table {
	if p.Across != "" {
		p.Head = queries.Words{} // the head stands over what is spread across; here nothing is
	}
	var t Table
	shown := p.Columns
	if len(shown) == 0 {
		for _, c := range r.Columns {
			shown = append(shown, c.Name)
		}
	}
	for _, name := range shown {
		if i := r.Index(name); i >= 0 {
			t.Columns = append(t.Columns, b.column(p, r.Columns[i]))
		}
	}
	for i := range r.Rows {
		t.Rows = append(t.Rows, Row{Cells: b.cells(r, i, t.Columns)})
	}
	return t
}

func (b *builder) column(p part, c queries.Column) Column {
	label := c.Label
	if w, ok := p.Labels[c.Name]; ok {
		label = w
	}
	column := Column{Name: c.Name, Label: b.say.word(label), Unit: c.Unit, Role: c.Role}
	if column.Label == "" {
		column.Label = c.Name
	}
	column.Label = Capital(column.Label)
	interval := intervals[c.Name]
	column.Until, column.Both = interval.until, Capital(b.say.word(interval.words))
	if !c.Role.Names() {
		column.Head = b.say.word(p.Head)
	}
	return column
}

// intervals are the columns that open an interval, with the column that closes it and what the two are called together.
var intervals = map[string]struct {
	until string
	words queries.Words
}{
	"rate_low":     {"rate_high", wordInterval},
	"raw_rate_low": {"raw_rate_high", wordInterval},

	"difference_low": {"difference_high", wordInterval},
	"low":            {"high", wordInterval},
	"low_95":         {"high_95", queries.Words{Da: "95 pct.-grænser", En: "95 per cent limits"}},
	"low_998":        {"high_998", queries.Words{Da: "99,8 pct.-grænser", En: "99.8 per cent limits"}},
	"lower_limit":    {"upper_limit", queries.Words{Da: "kontrolgrænser", En: "control limits"}},
}

// Capital begins a label with a capital letter.
func Capital(label string) string {
	if label == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(label)
	return string(unicode.ToUpper(first)) + label[size:]
}

// cells reads one row of an answer, with the words that stand for codes.
func (b *builder) cells(r analysis.Result, i int, columns []Column) []Cell {
	figures := row{}
	for _, c := range r.Columns {
		figures[c.Name] = r.Value(i, c.Name)
	}
	figures = figures.applicable()
	var cells []Cell
	for _, c := range columns {
		cell := cellOf(figures[c.Name])
		if at := r.Index(c.Name); at >= 0 {
			cell.Word = b.wordFor(r.Columns[at], cell.Value)
		}
		cells = append(cells, cell)
	}
	return cells
}

// cellOf is the cell of a figure; what is suppressed has its mark and no value.
func cellOf(figure any) Cell {
	if suppressed(figure) {
		return Cell{Mark: Hidden}
	}
	return Cell{Value: figure}
}

func suppressed(figure any) bool {
	_, is := figure.(analysis.Suppressed)
	return is
}

// wordFor is what people read in place of a code; a count needs none. A key that is empty is unknown; what describes a record, and
// a record that is not there, is a dash: the permit that is not linked has no day of it, and nothing is unknown of that.
func (b *builder) wordFor(c queries.Column, value any) string {
	code, isText := value.(string)
	if isText && c.Codes != "" {
		if word := registers.Label(c.Codes, code, b.say.code); word != code {
			return word
		}
	}
	if day, isDay := value.(time.Time); isDay && c.Codes != "" {
		return b.namedDay(c.Codes, day)
	}
	blank := value == nil && c.Role == queries.Key && c.Type != "DATE"
	if blank || c.Role.Names() && isText && (code == "" || code == "unknown") {
		return b.say.word(wordUnknown)
	}
	return ""
}

// namedDay is a day of a list, such as a change of law, by its name; the day itself says when and not what. Empty where the list does not have it.
func (b *builder) namedDay(list string, day time.Time) string {
	code := day.Format(time.DateOnly)
	if name := registers.Label(list, code, b.say.code); name != code {
		return fmt.Sprintf("%s (%s)", name, b.say.value(day, ""))
	}
	return ""
}

// keyOf joins the key cells of a row, so that rows of two answers can be matched.
func keyOf(r analysis.Result, i int, keys []string) string {
	var parts []any
	for _, k := range keys {
		parts = append(parts, r.Value(i, k))
	}
	return fmt.Sprintf("%v", parts)
}

func keysOf(r analysis.Result) []string {
	var keys []string
	for _, c := range r.Columns {
		if c.Role.Tells() {
			keys = append(keys, c.Name)
		}
	}
	return keys
}

func (b *builder) joinAll(p part, t *Table) error {
	base, err := b.answers.To(p.ask(p.Question))
	if err != nil {
		return err
	}
	base = b.arranged(p, base)
	for _, side := range p.Beside {
		if err := b.join(p, side, base, t); err != nil {
			return err
		}
	}
	return nil
}

// join sets the columns of a further answer beside those of the first, row by row on the keys.
func (b *builder) join(p part, side beside, base analysis.Result, t *Table) error {
	other, err := b.answers.To(p.askBeside(side, p.Question))
	if err != nil {
		return err
	}
	keys := keysOf(base)
	at := map[string]int{}
	for i := range other.Rows {
		at[keyOf(other, i, keys)] = i
	}
	var columns []Column
	for _, name := range side.Columns {
		i := other.Index(name)
		if i < 0 {
			return fmt.Errorf("column %q beside: the answer does not have it", name)
		}
		c := b.column(p, other.Columns[i])
		c.Head = b.say.word(side.Head)
		columns = append(columns, c)
	}
	for i := range base.Rows {
		cells := make([]Cell, len(columns))
		if j, ok := at[keyOf(base, i, keys)]; ok {
			cells = b.cells(other, j, columns)
		}
		t.Rows[i].Cells = append(t.Rows[i].Cells, cells...)
	}
	for _, c := range columns {
		c.Name += "_" + side.Suffix
		if c.Until != "" {
			c.Until += "_" + side.Suffix
		}
		t.Columns = append(t.Columns, c)
	}
	return nil
}

// total adds the last row: the answer of the question without the keys, side by side where there are several.
func (b *builder) total(p part, t *Table) error {
	all, err := b.answers.To(p.ask(p.Total))
	if err != nil {
		return err
	}
	if len(all.Rows) == 0 {
		return nil
	}
	own := len(t.Columns)
	for _, side := range p.Beside {
		own -= len(side.Columns)
	}
	last := Row{Kind: Total, Cells: b.cells(all, 0, t.Columns[:own])}
	last.Cells[0] = Cell{Value: nil, Word: b.say.word(wordTotal)}
	for i := 1; i < own; i++ {
		if t.Columns[i].Role.Names() {
			last.Cells[i] = Cell{Value: ""}
		}
	}
	for _, side := range p.Beside {
		other, err := b.answers.To(p.askBeside(side, p.Total))
		if err != nil {
			return err
		}
		columns := make([]Column, len(side.Columns))
		for i, name := range side.Columns {
			columns[i].Name = name
		}
		cells := make([]Cell, len(columns))
		if len(other.Rows) > 0 {
			cells = b.cells(other, 0, columns)
		}
		last.Cells = append(last.Cells, cells...)
	}
	t.Rows = append(t.Rows, last)
	return nil
}

// grouped heads the rows that share a key with a row of that key, whose figures another question gives.
func (b *builder) grouped(p part, r analysis.Result) (Table, error) {
	flat := b.plain(p, r)
	flat.Columns = slices.DeleteFunc(flat.Columns, func(c Column) bool { return c.Name == p.Group })
	heads, err := b.answers.To(p.ask(p.GroupTotals))
	if err != nil {
		return Table{}, err
	}
	at := map[any]int{}
	for i := range heads.Rows {
		at[heads.Value(i, p.Group)] = i
	}
	t := Table{Columns: flat.Columns}
	for i := range r.Rows {
		group := r.Value(i, p.Group)
		if i == 0 || group != r.Value(i-1, p.Group) {
			head := Row{Kind: Group, Cells: make([]Cell, len(t.Columns))}
			if j, ok := at[group]; ok {
				head.Cells = b.cells(heads, j, t.Columns)
			}
			head.Cells[0] = Cell{Value: group, Word: b.wordFor(r.Columns[r.Index(p.Group)], group)}
			t.Rows = append(t.Rows, head)
		}
		t.Rows = append(t.Rows, Row{Cells: b.cells(r, i, t.Columns)})
	}
	if p.Total != "" {
		err = b.total(part{Scope: p.Scope, Total: p.Total}, &t)
	}
	return t, err
}

// mark marks the years and months that are not settled, and the municipalities that were divided.
func mark(r analysis.Result, t *Table) {
	for at, c := range t.Columns {
		i := r.Index(c.Name)
		if i < 0 || !r.Columns[i].Role.Names() {
			continue
		}
		for k := range t.Rows {
			cell := &t.Rows[k].Cells[at]
			if code, _ := cell.Value.(string); slices.Contains(r.Split, code) {
				cell.Mark = Divided
			}
			if r.Columns[i].Period != "" && r.Moves(cell.Value) {
				cell.Mark = Provisional
			}
		}
	}
}
