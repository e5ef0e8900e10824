package print

import (
	"bufio"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"koblet/reports"
)

// grid is a table as texts: lines of the head, and rows, each column with the width it would like to have.
type grid struct {
	over        []string // the head that a column shares with its neighbours; empty for none
	heads, rows [][]string
	kinds       []reports.Kind // of the rows
	numeric     []bool         // columns that stand right and are not broken
	keys        int            // the leading columns that say which row it is
	whole       bool           // the table is not broken, however wide: a plan is a drawing
	lines       bool           // a row is a line: its last text is cut short
}

// Columns of a grid have two blanks between them; what goes on in the next line stands two letters in.
const (
	gutter = 2
	indent = 2
)

// readable is how narrow a column of words is made at most, in letters: below, they are torn to pieces, and another block reads better.
const readable = 26

// block is columns that stand beside each other, and their widths. Where the last is too wide to stand beside the keys, it is under them.
type block struct {
	columns, widths []int
	under           bool
}

// blocks gives the columns that stand beside each other within so many letters. A table that is too wide even with its words broken
// at blanks goes on in further blocks beneath, each with the keys again: leaving columns out would hide figures that were asked for.
func (g grid) blocks(letters int) []block {
	like, least := g.measured()
	all := block{widths: like}
	for i := range like {
		all.columns = append(all.columns, i)
	}
	if last := len(like) - 1; g.lines {
		others := width(like, all.columns) - like[last]
		all.widths[last] = min(like[last], max(letters-others, least[last]))
	}
	if g.whole || g.lines {
		return []block{all}
	}
	keys := all.columns[:min(g.keys, len(all.columns))]
	for len(keys) > 1 && width(least, keys) > letters*3/4 {
		keys = keys[:len(keys)-1]
	}
	var blocks []block
	for rest := all.columns[len(keys):]; len(rest) > 0 || len(blocks) == 0; {
		n := g.beside(least, keys, rest, letters)
		columns := slices.Concat(keys, rest[:n])
		under := n == 1 && width(least, columns) > letters
		blocks = append(blocks, block{columns, shared(like, least, columns, letters), under})
		rest = rest[n:]
	}
	return blocks
}

// beside is how many of the further columns stand beside the keys: as many as there is room for, one at least, and rather none than some
// of those that share a head.
func (g grid) beside(least, keys, rest []int, letters int) int {
	n := len(rest)
	for n > 1 && width(least, slices.Concat(keys, rest[:n])) > letters {
		n--
	}
	if n < len(rest) && g.over[rest[n]] != "" {
		for first := n; first > 0 && g.over[rest[first]] == g.over[rest[n]]; first-- {
			if g.over[rest[first-1]] != g.over[rest[n]] {
				return first
			}
		}
	}
	return n
}

// measured gives each column's width without a break, and the least with breaks at blanks: its longest word, and what reads well.
func (g grid) measured() (like, least []int) {
	like, least = make([]int, len(g.numeric)), make([]int, len(g.numeric))
	for n, line := range append(slices.Clone(g.heads), g.rows...) {
		for i, text := range line {
			whole := utf8.RuneCountInString(text)
			like[i] = max(like[i], whole)
			if n >= len(g.heads) {
				least[i] = max(least[i], min(whole, readable))
			}
			if n >= len(g.heads) && g.numeric[i] {
				least[i] = max(least[i], whole)
				continue
			}
			in := 0
			if n >= len(g.heads) {
				in = indent + len(text) - len(strings.TrimLeft(text, " "))
			}
			for k, word := range breakable(text) {
				least[i] = max(least[i], utf8.RuneCountInString(word)+in*min(k, 1))
			}
		}
	}
	return like, least
}

// width is how many letters columns take beside each other.
func width(widths, columns []int) int {
	sum := gutter * (len(columns) - 1)
	for _, i := range columns {
		sum += widths[i]
	}
	return sum
}

// shared shares the letters out: each column gets what it would like up to one bound for all, the highest that fits, and never less than
// its longest word.
func shared(like, least, columns []int, letters int) []int {
	within := func(bound int) []int {
		widths := make([]int, len(columns))
		for n, i := range columns {
			widths[n] = max(least[i], min(like[i], bound))
		}
		return widths
	}
	bound := 0
	for _, i := range columns {
		bound = max(bound, like[i])
	}
	for ; bound > 0; bound-- {
		sum := gutter * (len(columns) - 1)
		for _, w := range within(bound) {
			sum += w
		}
		if sum <= letters {
			break
		}
	}
	return within(bound)
}

// print writes the blocks of a grid, with a line under the head and one over the total.
func (g grid) print(out *bufio.Writer, letters int) {
	for n, b := range g.blocks(letters) {
		if n > 0 {
			fmt.Fprintln(out)
		}
		wide := b.width()
		if b.under {
			wide = letters
		}
		rule := strings.Repeat("─", wide)
		g.printOver(out, b)
		for _, head := range g.heads {
			if slices.ContainsFunc(b.columns, func(i int) bool { return head[i] != "" }) {
				g.printRow(out, b, head, true)
			}
		}
		fmt.Fprintln(out, rule)
		for i, row := range g.rows {
			if g.kinds[i] == reports.Total {
				fmt.Fprintln(out, rule)
			}
			g.printRow(out, b, row, false)
		}
	}
}

func (b block) width() int {
	sum := gutter * (len(b.widths) - 1)
	for _, w := range b.widths {
		sum += w
	}
	return sum
}

// printOver writes the heads that neighbours share, each with a line as long as they are wide.
func (g grid) printOver(out *bufio.Writer, b block) {
	var text strings.Builder
	shown := false
	for n := 0; n < len(b.columns); {
		head, wide := g.over[b.columns[n]], b.widths[n]
		for n++; n < len(b.columns) && head != "" && g.over[b.columns[n]] == head; n++ {
			wide += gutter + b.widths[n]
		}
		shown = shown || head != ""
		if rest := wide - utf8.RuneCountInString(head) - 1; head != "" && rest > 0 {
			head += " " + strings.Repeat("─", rest)
		}
		text.WriteString(head + strings.Repeat(" ", max(0, wide+gutter-utf8.RuneCountInString(head))))
	}
	if shown {
		fmt.Fprintln(out, strings.TrimRight(text.String(), " "))
	}
}

// printRow writes a row in as many lines as its texts need: a head stands on the line beneath it, a cell begins on its row's first.
func (g grid) printRow(out *bufio.Writer, b block, row []string, head bool) {
	if b.under {
		last := len(b.columns) - 1
		keys := block{columns: b.columns[:last], widths: b.widths[:last]}
		if !head || slices.ContainsFunc(keys.columns, func(i int) bool { return row[i] != "" }) {
			g.printRow(out, keys, row, head)
		}
		if text := row[b.columns[last]]; text != "" {
			fmt.Fprintln(out, strings.Repeat(" ", indent)+strings.ReplaceAll(strings.TrimSpace(text), kept, " "))
		}
		return
	}
	cells, lines := make([][]string, len(b.columns)), 1
	for n, i := range b.columns {
		cells[n] = g.broken(row[i], i, b.widths[n], head)
		lines = max(lines, len(cells[n]))
	}
	for line := range lines {
		var text strings.Builder
		for n, i := range b.columns {
			at, cell := line, ""
			if head {
				at -= lines - len(cells[n])
			}
			if at >= 0 && at < len(cells[n]) {
				cell = cells[n][at]
			}
			pad := strings.Repeat(" ", max(0, b.widths[n]-utf8.RuneCountInString(cell)))
			if g.numeric[i] {
				cell, pad = pad, cell
			}
			text.WriteString(cell + pad + strings.Repeat(" ", gutter))
		}
		fmt.Fprintln(out, strings.TrimRight(strings.ReplaceAll(text.String(), kept, " "), " "))
	}
}

// broken are the lines of a cell or a head in its column.
func (g grid) broken(text string, column, letters int, head bool) []string {
	switch {
	case g.whole || g.numeric[column] && !head:
		return []string{text}
	case head:
		return broken(text, letters, 0)
	case g.lines:
		return []string{short(text, letters)}
	}
	return broken(text, letters, indent)
}

// kept is a blank at which no line is broken.
const kept = "\u00a0"

// breakable are the words of a text; blanks before the first are part of it.
func breakable(text string) []string {
	first := len(text) - len(strings.TrimLeft(text, " "))
	words := strings.Split(text[first:], " ")
	words[0] = text[:first] + words[0]
	return words
}

// broken are the lines of a text that is no wider than so many letters, unless a word is; those after the first begin further in.
func broken(text string, letters, in int) []string {
	in += len(text) - len(strings.TrimLeft(text, " "))
	lines := []string{""}
	for n, word := range breakable(text) {
		last := &lines[len(lines)-1]
		switch {
		case n == 0:
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) <= letters:
			*last += " " + word
		default:
			lines = append(lines, strings.Repeat(" ", in)+word)
		}
	}
	return lines
}

// short is as much of a text as there is room for, in whole words: its beginning and, after a sign, its end, which is what tells questions
// apart.
func short(text string, letters int) string {
	if utf8.RuneCountInString(text) <= letters {
		return text
	}
	words := breakable(text)
	left := letters - 2 // the sign and the blank before it
	take := func(word string, most int) bool {
		n := utf8.RuneCountInString(word) + 1
		if n > most {
			return false
		}
		left -= n
		return true
	}
	last := len(words)
	for last > 0 && take(words[last-1], left-letters/3) {
		last--
	}
	first := 0
	for first < last && take(words[first], left) {
		first++
	}
	return strings.TrimSpace(strings.Join(slices.Concat(words[:first], []string{"…"}, words[last:]), " "))
}
