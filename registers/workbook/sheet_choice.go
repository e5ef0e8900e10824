package workbook

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"koblet/registers/characters"
)

// bookPart is the part that lists the sheets. The name of the attribute that leads to a sheet has another namespace in the
// standard's strict form.
type bookPart struct {
	XMLName    xml.Name
	Properties struct {
		Date1904      string `xml:"date1904,attr"`
		Compatibility string `xml:"dateCompatibility,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name       string     `xml:"name,attr"`
		State      string     `xml:"state,attr"` // visible where it is empty
		Attributes []xml.Attr `xml:",any,attr"`
	} `xml:"sheets>sheet"`
}

// listed is a sheet as the workbook lists it.
type listed struct {
	name   string
	hidden bool      // in either of the two ways there are
	empty  bool      // as far as that was asked
	part   *zip.File // nil where it is missing
}

// sheetsOf lists the sheets. One that is a chart holds no table, and is left out.
func (b bookPart) sheetsOf(all parts, relations []relation) []listed {
	byID := map[string]relation{}
	for _, r := range relations {
		byID[r.ID] = r
	}
	var found []listed
	for _, s := range b.Sheets {
		one := listed{name: unescaped(s.Name), hidden: s.State != "" && !strings.EqualFold(s.State, "visible")}
		if at := slices.IndexFunc(s.Attributes, func(a xml.Attr) bool { return a.Name.Local == "id" }); at >= 0 {
			r := byID[s.Attributes[at].Value]
			if kind := r.kind(); kind != "worksheet" && kind != "" {
				continue
			}
			if s.Attributes[at].Value != "" {
				one.part = all[r.Target]
			}
		}
		found = append(found, one)
	}
	return found
}

// choose takes the sheet of that name. Where none is named it takes the only one, or else the only one that is shown and has
// anything in it: Excel begins every workbook with empty sheets, and what is hidden is seldom meant to be delivered.
func (w *Book) choose(name string, all []listed) error {
	w.sheets = all
	if name != "" {
		at := slices.IndexFunc(all, func(s listed) bool { return characters.Bare(s.name) == characters.Bare(name) })
		if at < 0 {
			return fmt.Errorf("no sheet %q; the workbook has %s", name, strings.Join(namesOf(all), ", "))
		}
		return w.take(all[at])
	}
	if len(all) == 1 {
		return w.take(all[0])
	}
	var withRows []listed
	for i, s := range all {
		if s.hidden {
			continue
		}
		empty, err := w.isEmpty(s)
		if err != nil {
			return err
		}
		if all[i].empty = empty; !empty {
			withRows = append(withRows, s)
		}
	}
	if len(withRows) == 1 {
		return w.take(withRows[0])
	}
	return &SheetsError{all, len(withRows) > 0}
}

func (w *Book) take(s listed) error {
	switch {
	case s.part == nil:
		return errors.New("the sheet is missing in the workbook")
	case s.part.UncompressedSize64 > largestSheet:
		return fmt.Errorf("the sheet unpacks to %d GiB; %d GiB are read", s.part.UncompressedSize64>>30, largestSheet>>30)
	}
	w.sheet, w.Name = s.part, s.name
	return nil
}

// Others lists the sheets with values in them that are not read.
func (w *Book) Others() ([]string, error) {
	read, name := w.sheet, w.Name
	defer func() { w.sheet, w.Name = read, name }()
	var others []listed
	for _, s := range w.sheets {
		if s.part == nil || s.part == read {
			continue
		}
		if empty, err := w.isEmpty(s); err != nil {
			return nil, err
		} else if !empty {
			others = append(others, s)
		}
	}
	return namesOf(others), nil
}

// isEmpty reports whether a sheet has no value in any cell. One that cannot be read is not known to have none.
func (w *Book) isEmpty(s listed) (bool, error) {
	if err := w.take(s); err != nil {
		return false, err
	}
	rows, err := w.Rows()
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for {
		cells, err := rows.Next()
		if err != nil {
			return errors.Is(err, io.EOF), nil
		}
		if len(Filled(cells)) > 0 {
			return false, nil
		}
	}
}

// Names are those of all sheets, with what keeps one from being taken by itself.
func (w *Book) Names() []string { return namesOf(w.sheets) }

func namesOf(all []listed) []string {
	names := make([]string, len(all))
	for i, s := range all {
		switch names[i] = s.name; {
		case s.hidden:
			names[i] += " (hidden)"
		case s.empty:
			names[i] += " (empty)"
		}
	}
	return names
}

// SheetsError is a workbook of which no sheet is named, and which does not show just one with rows in it.
type SheetsError struct {
	all  []listed
	rows bool // several have rows and are shown; else none is
}

// Names are those of the sheets, as the workbook has them.
func (e *SheetsError) Names() []string {
	var names []string
	for _, s := range e.all {
		names = append(names, s.name)
	}
	return names
}

func (e *SheetsError) Error() string {
	if e.rows {
		return fmt.Sprintf("the workbook has %d sheets: %s; name one in a profile: sheet = \"…\"", len(e.all), strings.Join(namesOf(e.all), ", "))
	}
	return fmt.Sprintf("the workbook shows no sheet with rows: %s; name one in a profile: sheet = \"…\"", strings.Join(namesOf(e.all), ", "))
}
