package word

import (
	"encoding/xml"
	"fmt"
	"strings"

	"koblet/reports"
)

// paragraph says how a paragraph looks.
type paragraph struct {
	style  string // the default where it is empty
	keep   bool   // on one page with what follows
	indent bool   // as a row beneath the head of its group
}

// write writes a paragraph of one text; nothing where there is none.
func (d *document) write(p paragraph, text string) {
	if text != "" {
		d.lay(p, run("", text))
	}
}

// lay writes a paragraph of runs.
func (d *document) lay(p paragraph, runs string) {
	d.body.WriteString("<w:p>")
	if p != (paragraph{}) {
		d.body.WriteString("<w:pPr>")
		if p.style != "" {
			fmt.Fprintf(&d.body, `<w:pStyle w:val="%s"/>`, p.style)
		}
		if p.keep {
			d.body.WriteString("<w:keepNext/>")
		}
		if p.indent {
			d.body.WriteString(`<w:ind w:left="170"/>`)
		}
		d.body.WriteString("</w:pPr>")
	}
	d.body.WriteString(runs)
	d.body.WriteString("</w:p>")
}

// run is a piece of text in a style of characters. What breaks its lines breaks them in the document.
func run(style, text string) string {
	var out strings.Builder
	out.WriteString("<w:r>")
	if style != "" {
		fmt.Fprintf(&out, `<w:rPr><w:rStyle w:val="%s"/></w:rPr>`, style)
	}
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out.WriteString("<w:br/>")
		}
		fmt.Fprintf(&out, `<w:t xml:space="preserve">%s</w:t>`, escaped(line))
	}
	out.WriteString("</w:r>")
	return out.String()
}

// escaped is a text that says the same in XML, between elements and in an attribute.
func escaped(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a builder takes all
	return out.String()
}

// marked is a mark's run, with a footnote where the mark stands first; of a mark that notes explain there is none.
func (d *document) marked(m reports.Mark, beside bool) string {
	text := ""
	if beside {
		text = run("Mark", "\u00a0"+m.Beside())
	}
	meaning := d.report.Meaning(m)
	if meaning == "" || d.noted[m] {
		return text
	}
	d.noted[m] = true
	d.footnotes = append(d.footnotes, meaning)
	return text + fmt.Sprintf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, len(d.footnotes))
}
