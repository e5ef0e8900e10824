package suggest

import (
	"cmp"
	"slices"
	"strings"

	"koblet/registers"
	"koblet/registers/profiles"
)

// Held is what the sampled values of a column are when a profile is held against them.
type Held struct {
	Dates  string     `json:"dates,omitempty"` // of a column of days: the pattern
	Values int64      `json:"values"`          // texts that were looked at, but those that stand for no value
	Read   int64      `json:"read"`            // of these: days by the pattern, or by their type; codes by the map, or as they are
	Others []HeldText `json:"others"`          // what the others look like, the most frequent first
}

// HeldText is a text that is not read: a word that is nobody's, or what the others look like.
type HeldText struct {
	Text    string `json:"text,omitempty"`
	Pattern string `json:"pattern,omitempty"`
	Rows    int64  `json:"rows"`
}

// mostUnread is how many texts that are not read are shown.
const mostUnread = 5

// Hold holds the profile of a table against what was seen of a file: its pattern of days and its maps of codes, column by column.
func Hold(look *Look, h profiles.Header, p profiles.Table, table registers.Table) map[int]Held {
	s := suggestion{table: table, look: look, headed: true, columns: map[string]guess{}, somebodys: map[string]bool{}}
	for i, name := range h.Fields {
		if _, known := table.Field(name); known {
			s.columns[name] = guess{column: i}
		}
	}
	s.names(s.somebodys)
	all := map[int]Held{}
	for name, g := range s.columns {
		field, _ := table.Field(name)
		c := look.columns[g.column]
		switch {
		case field.Kind == registers.Date:
			all[g.column] = c.holdDays(p)
		case slices.Contains(mapped, name):
			all[g.column] = s.holdCodes(field, c, p)
		}
	}
	return all
}

// holdDays counts the days that the pattern reads.
func (c *lookedColumn) holdDays(p profiles.Table) Held {
	held := Held{Dates: cmp.Or(p.Dates, "%Y-%m-%d"), Values: c.typed, Read: c.typed, Others: []HeldText{}}
	patterns := map[string]int64{}
	for text, n := range c.texts {
		if slices.Contains(p.Missing, text) {
			continue
		}
		held.Values += n
		switch {
		case readsDay(p.Dates, text):
			held.Read += n
		case standsForNone(text):
			held.Others = append(held.Others, HeldText{Text: text, Rows: n})
		default:
			patterns[registers.Pattern(text)] += n
		}
	}
	for pattern, n := range patterns {
		held.Others = append(held.Others, HeldText{Pattern: pattern, Rows: n})
	}
	return held.cut()
}

// readsDay reports whether a pattern reads a text as a day, as a load does: numbers may lack their zeros in front.
func readsDay(pattern, text string) bool {
	if pattern == "" {
		form, day, ok := readDay(text)
		return ok && form.yearFirst && form.between == "-" && day.real(true)
	}
	numbers := map[byte]int{}
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' || i+1 < len(pattern) && pattern[i+1] == '%' {
			if text == "" || text[0] != pattern[i] {
				return false
			}
			if text = text[1:]; pattern[i] == '%' {
				i++
			}
			continue
		}
		i++
		size := 0
		for most := map[bool]int{true: 4, false: 2}[pattern[i] == 'Y']; size < min(most, len(text)) && text[size] >= '0' && text[size] <= '9'; {
			size++
		}
		if size == 0 {
			return false
		}
		numbers[pattern[i]], _ = wholeOf(text[:size])
		text = text[size:]
	}
	const leastYear = 1000 // of four digits
	day := writtenDay{first: numbers['m'], second: numbers['d'], year: numbers['Y']}
	return text == "" && day.real(true) && day.year >= leastYear && numbers['H'] < 24 && numbers['M'] < 60 && numbers['S'] < 60
}

// holdCodes counts the codes that the map, or nothing but themselves, says the meaning of.
func (s suggestion) holdCodes(field registers.Field, c *lookedColumn, p profiles.Table) Held {
	held := Held{Others: []HeldText{}}
	var unknown []valueLine
	for text, n := range c.texts {
		bare := field.Bare(text)
		if slices.Contains(p.Missing, bare) {
			continue
		}
		held.Values += n
		if _, has := p.Values[field.Name][bare]; has || registers.OwnCodes()[field.Name][bare] || field.Name == "sex" && registers.OwnCodes()["sex"][strings.ToUpper(bare)] {
			held.Read += n
			continue
		}
		unknown = append(unknown, valueLine{texts: []string{bare}, rows: []int64{n}})
	}
	slices.SortFunc(unknown, func(a, b valueLine) int { return strings.Compare(a.texts[0], b.texts[0]) })
	open := s.showsTexts(field, c, len(unknown))
	for i, line := range unknown {
		if _, meant := registers.Meanings().Values[field.Name][registers.Likeness(line.texts[0])]; !meant && !standsForNone(line.texts[0]) && !s.isOpen(line, c, open) {
			unknown[i] = valueLine{code: registers.Pattern(line.texts[0]), rows: line.rows}
		}
	}
	for _, line := range joinPatterns(unknown) {
		held.Others = append(held.Others, HeldText{Text: strings.Join(line.texts, ""), Pattern: line.code, Rows: line.rows[0]})
	}
	return held.cut()
}

// cut orders what is not read by its rows, and keeps the first of it.
func (h Held) cut() Held {
	slices.SortFunc(h.Others, func(a, b HeldText) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), strings.Compare(a.Text+a.Pattern, b.Text+b.Pattern))
	})
	h.Others = h.Others[:min(len(h.Others), mostUnread)]
	return h
}
