package workbook

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"
)

// parts are the parts of an Office package, by name: a zip archive whose parts point at each other by relations (Open
// Packaging Conventions). Names are compared without case, and some programs write them with a backslash or a slash first.
type parts map[string]*zip.File

func partsOf(archive *zip.Reader) (parts, error) {
	all := parts{}
	for _, f := range archive.File {
		name := partName(f.Name)
		if all[name] != nil {
			// Which of the two holds is for each reader to choose, so no reader should.
			return nil, errors.New("the workbook has two parts of one name; save it again")
		}
		if !strings.HasSuffix(f.Name, "/") {
			all[name] = f
		}
	}
	return all, nil
}

func partName(name string) string {
	if plain, err := url.PathUnescape(name); err == nil { // a target is an address
		name = plain
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// relation is how a part points at another. Its ends are found by its type, whatever they are called.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// kind is a relation's type without its namespace: that of Office, or that of the standard's strict form. It is empty
// where the relation has none.
func (r relation) kind() string {
	for _, space := range []string{"http://schemas.openxmlformats.org/officeDocument/2006/relationships/", "http://purl.oclc.org/ooxml/officeDocument/relationships/"} {
		if kind, ours := strings.CutPrefix(r.Type, space); ours {
			return kind
		}
	}
	return r.Type
}

// relations are those of a part, their targets as names of parts; the package's own where the part is empty. A part need not
// have any.
func (p parts) relations(of string) ([]relation, error) {
	name := path.Join(path.Dir(of), "_rels", path.Base(of)+".rels")
	if of == "" {
		name = "_rels/.rels"
	}
	if p[name] == nil {
		return nil, nil
	}
	var found struct {
		All []relation `xml:"Relationship"`
	}
	if err := p.decode(name, &found); err != nil {
		return nil, err
	}
	for i, r := range found.All {
		if target := strings.ReplaceAll(r.Target, `\`, "/"); strings.HasPrefix(target, "/") {
			found.All[i].Target = partName(target)
		} else {
			found.All[i].Target = partName(path.Join(path.Dir(of), target))
		}
	}
	return found.All, nil
}

// related finds the part at the end of a part's relation of a kind, or else the one of the name that is usual; empty where
// there is neither. Some programs leave out the relations that every reader guesses.
func (p parts) related(of []relation, kind, usual string) string {
	for _, r := range of {
		if r.kind() == kind && r.Mode != "External" {
			return r.Target
		}
	}
	if p[usual] == nil {
		return ""
	}
	return usual
}

// decode reads a small part whole.
func (p parts) decode(name string, into any) error {
	part := p[name]
	if part == nil || part.UncompressedSize64 > largestSheet/64 {
		return fmt.Errorf("%s is missing in the workbook, or too large", name)
	}
	r, err := part.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	if err := xml.NewDecoder(r).Decode(into); err != nil {
		return fmt.Errorf("%s cannot be read", name)
	}
	return nil
}
