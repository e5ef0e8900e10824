package word

import (
	"fmt"
	"strings"
)

// style is a style of paragraphs: what it is called, which it changes, and how. Styles that a word processor has itself keep its name for them.
type style struct{ id, name, based, next, paragraph, text string }

// The colours of the page: ink, what stands back, and the one accent.
const soft = `<w:color w:val="505A5F"/>`

var paragraphs = []style{
	{"Normal", "Normal", "", "", `<w:spacing w:after="120" w:line="276" w:lineRule="auto"/>`, `<w:color w:val="1A1A1A"/>`},
	{"Title", "Title", "Normal", "Subtitle", `<w:keepNext/><w:spacing w:after="60" w:line="240" w:lineRule="auto"/>`, `<w:b/><w:sz w:val="40"/>`},
	{"Subtitle", "Subtitle", "Normal", "Normal", `<w:spacing w:after="240"/>`, soft},
	{"Lead", "Lead", "Normal", "Normal", `<w:spacing w:after="200"/>`, `<w:sz w:val="24"/>`},
	{"Heading1", "heading 1", "Normal", "Normal", `<w:keepNext/><w:keepLines/><w:spacing w:before="400" w:after="80" w:line="252" w:lineRule="auto"/><w:outlineLvl w:val="0"/>`, `<w:b/><w:sz w:val="28"/>`},
	{"Heading2", "heading 2", "Normal", "Normal", `<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="60" w:line="252" w:lineRule="auto"/><w:outlineLvl w:val="1"/>`, `<w:b/><w:sz w:val="24"/>`},
	{"ContentsHead", "Contents head", "Normal", "Contents", `<w:keepNext/><w:spacing w:before="240" w:after="60"/>`, `<w:b/>`},
	{"Contents", "Contents", "Normal", "Contents", `<w:spacing w:after="20" w:line="252" w:lineRule="auto"/>`, ""},
	{"Question", "Question", "Normal", "Normal", `<w:keepNext/><w:keepLines/>`, soft},
	{"Caption", "caption", "Normal", "Normal", `<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80" w:line="252" w:lineRule="auto"/>`, `<w:b/><w:sz w:val="20"/>`},
	{"Note", "Note", "Normal", "Note", `<w:keepLines/><w:spacing w:before="60" w:after="60" w:line="252" w:lineRule="auto"/>`, soft + `<w:sz w:val="18"/>`},
	{"CellText", "Cell text", "Normal", "", `<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="18"/>`},
	{"CellNumber", "Cell number", "CellText", "", `<w:jc w:val="right"/>`, ""},
	{"CellHead", "Cell head", "CellText", "", `<w:keepNext/>`, `<w:b/>`},
	{"CellHeadNumber", "Cell head number", "CellHead", "", `<w:jc w:val="right"/>`, ""},
	{"Gap", "Gap", "Normal", "", `<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>`, `<w:sz w:val="8"/>`},
	{"Header", "header", "Normal", "", `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, `<w:b/><w:sz w:val="18"/>`},
	{"Footer", "footer", "Normal", "", fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, pageWidth), soft + `<w:sz w:val="18"/>`},
	{"FootnoteText", "footnote text", "Normal", "", `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="18"/>`},
}

// characterStyles are those of pieces of text.
var characterStyles = []style{
	{"Strong", "Strong", "", "", "", `<w:b/>`},
	{"Mark", "Mark", "", "", "", soft},
	{"Link", "Hyperlink", "", "", "", `<w:color w:val="12436D"/><w:u w:val="single"/>`},
	{"Unit", "Unit", "", "", "", `<w:b w:val="0"/>` + soft},
	{"FootnoteReference", "footnote reference", "", "", "", `<w:vertAlign w:val="superscript"/>`},
}

// styles is the part that says how everything looks. Tables have rules above and beneath, and no fill.
func styles(tag string) string {
	var out strings.Builder
	out.WriteString(declared + `<w:styles ` + spaces + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="21"/><w:szCs w:val="21"/>` +
		`<w:lang w:val="` + tag + `" w:eastAsia="` + tag + `" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	for _, s := range paragraphs {
		out.WriteString(s.xml("paragraph", s.id == "Normal"))
	}
	out.WriteString(`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>`)
	for _, s := range characterStyles {
		out.WriteString(s.xml("character", false))
	}
	const rule = ` w:val="single" w:sz="8" w:space="0" w:color="1A1A1A"/>`
	fmt.Fprintf(&out, `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="%[1]d" w:type="dxa"/>`+
		`<w:bottom w:w="0" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`, cellMargin)
	out.WriteString(`<w:style w:type="table" w:customStyle="1" w:styleId="Figures"><w:name w:val="Figures"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top` + rule + `<w:bottom` + rule + `</w:tblBorders></w:tblPr></w:style></w:styles>`)
	return out.String()
}

func (s style) xml(kind string, standard bool) string {
	var out strings.Builder
	fmt.Fprintf(&out, `<w:style w:type="%s"`, kind)
	if standard {
		out.WriteString(` w:default="1"`)
	}
	fmt.Fprintf(&out, ` w:styleId="%s"><w:name w:val="%s"/>`, s.id, s.name)
	if s.based != "" {
		fmt.Fprintf(&out, `<w:basedOn w:val="%s"/>`, s.based)
	}
	if s.next != "" {
		fmt.Fprintf(&out, `<w:next w:val="%s"/>`, s.next)
	}
	out.WriteString(`<w:qFormat/>`)
	if s.paragraph != "" {
		out.WriteString("<w:pPr>" + s.paragraph + "</w:pPr>")
	}
	if s.text != "" {
		out.WriteString("<w:rPr>" + s.text + "</w:rPr>")
	}
	out.WriteString("</w:style>")
	return out.String()
}
