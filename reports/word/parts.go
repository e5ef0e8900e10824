package word

import (
	"fmt"
	"strings"
	"time"

	"koblet/reports"
)

// part is one file of the zip.
type part struct{ name, text string }

const (
	declared  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spaces    = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	formats   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	packages  = "http://schemas.openxmlformats.org/package/2006/"
)

// companions are the parts beside the text: relation, and content type.
var companions = []string{"styles", "settings", "footnotes", "header", "footer"}

// parts are the files of the document, in a fixed order.
func (d *document) parts() []part {
	return []part{
		{"[Content_Types].xml", contentTypes()},
		{"_rels/.rels", relationships(packageRelations...)},
		{"docProps/app.xml", declared + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>koblet</Application></Properties>`},
		{"docProps/core.xml", d.properties()},
		{"word/_rels/document.xml.rels", relationships(textRelations()...)},
		{"word/document.xml", d.document()},
		{"word/footer.xml", d.foot()},
		{"word/footnotes.xml", d.footnoteTexts()},
		{"word/header.xml", d.head()},
		{"word/settings.xml", settings(d.say.Word(tags))},
		{"word/styles.xml", styles(d.say.Word(tags))},
	}
}

func contentTypes() string {
	var out strings.Builder
	out.WriteString(declared + `<Types xmlns="` + packages + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + formats + `document.main+xml"/>`)
	for _, name := range companions {
		fmt.Fprintf(&out, `<Override PartName="/word/%s.xml" ContentType="%s%s+xml"/>`, name, formats, name)
	}
	out.WriteString("</Types>")
	return out.String()
}

// relation is what a part is to another.
type relation struct{ kind, target string }

var packageRelations = []relation{
	{relations + "officeDocument", "word/document.xml"}, {packages + "relationships/metadata/core-properties", "docProps/core.xml"}, {relations + "extended-properties", "docProps/app.xml"},
}

func textRelations() (all []relation) {
	for _, name := range companions {
		all = append(all, relation{relations + name, name + ".xml"})
	}
	return all
}

func relationships(all ...relation) string {
	var out strings.Builder
	out.WriteString(declared + `<Relationships xmlns="` + packages + `relationships">`)
	for i, r := range all {
		fmt.Fprintf(&out, `<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i+1, r.kind, r.target)
	}
	out.WriteString("</Relationships>")
	return out.String()
}

// properties say what the document is. Its times are the day of its figures: no clock is read.
func (d *document) properties() string {
	times := ""
	if !d.report.AsOf.IsZero() {
		day := d.report.AsOf.Format(time.DateOnly) + "T00:00:00Z"
		times = fmt.Sprintf(`<dcterms:created xsi:type="dcterms:W3CDTF">%[1]s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[1]s</dcterms:modified>`, day)
	}
	program := escaped(d.report.Program)
	return declared + `<cp:coreProperties xmlns:cp="` + packages + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(d.report.Title) + `</dc:title><dc:creator>` + program + `</dc:creator><dc:description>` + escaped(d.report.EditionLine()) + `</dc:description><dc:language>` + d.say.Word(tags) + `</dc:language>` +
		`<cp:lastModifiedBy>` + program + `</cp:lastModifiedBy><cp:revision>1</cp:revision>` + times + `</cp:coreProperties>`
}

// document is the text, on A4 held upright.
func (d *document) document() string {
	return declared + `<w:document ` + spaces + `><w:body>` + d.body.String() +
		fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>`+
			`<w:pgMar w:top="%[1]d" w:right="%[1]d" w:bottom="%[1]d" w:left="%[1]d" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`, margin)
}

// head says on each page of an internal edition that it is one.
func (d *document) head() string {
	text := ""
	if d.report.Edition != reports.Public {
		text = d.say.Word(reports.WordInternalUse)
	}
	return declared + `<w:hdr ` + spaces + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` + run("", text) + `</w:p></w:hdr>`
}

func (d *document) foot() string {
	field := func(name string) string {
		return `<w:fldSimple w:instr=" ` + name + ` ">` + run("", "1") + `</w:fldSimple>`
	}
	return declared + `<w:ftr ` + spaces + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>` + run("", d.report.AsOfLine()) + `<w:r><w:tab/></w:r>` +
		run("", d.say.Word(wordPage)+" ") + field("PAGE") + run("", " "+d.say.Word(wordOf)+" ") + field("NUMPAGES") + `</w:p></w:ftr>`
}

// footnoteTexts are the footnotes, after the two that the format wants: the lines that part them from the text.
func (d *document) footnoteTexts() string {
	var out strings.Builder
	out.WriteString(declared + `<w:footnotes ` + spaces + `><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	for i, text := range d.footnotes {
		fmt.Fprintf(&out, `<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>%s</w:p></w:footnote>`, i+1, run("", " "+text))
	}
	out.WriteString("</w:footnotes>")
	return out.String()
}

func settings(tag string) string {
	return declared + `<w:settings ` + spaces + `><w:defaultTabStop w:val="567"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="` + tag + `"/></w:settings>`
}
