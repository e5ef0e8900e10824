package analysis

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"

	"github.com/pelletier/go-toml/v2"

	"koblet/queries"
)

//go:embed studies/*.toml
var studyFiles embed.FS

// Study is a count that somebody published, or one of the user's own: a measure of the catalogue, which records it counts, on
// which day, and the fraction that was given. From, To and Categories are written as on the command line; no category means all.
// What its source leaves open, and we assume, stands in Remark.
type Study struct {
	Name       string
	Title      queries.Words
	Short      queries.Words // two or three words, for a mark on a chart
	From, To   Period        // the days of decision, where the measure counts permits
	Categories []string
	Population string            // which of the granted permits: "all", or "expected", those for which a number is expected
	Measure    string            // whose fail it counts: "unlinked", "unverified", or a question of the catalogue that is a tally
	Params     map[string]string `toml:"-"` // the measure's own parameters, as text
	Row        map[string]string `toml:"-"` // the rows of the measure's answer that are counted, by key; all unless given
	AsOf       time.Time         `toml:"-"` // the day it was counted on
	Published  Published
	Source     queries.Words
	Remark     queries.Words
	lines      map[string]int // of its file, by key; nil where it is not the user's own
}

// Published is a fraction as it was published: its value and its words, which say how roughly it was given.
type Published struct {
	Value float64
	Words queries.Words
}

// Studies are the studies of the folder studies, in order of their as-of days.
func Studies() ([]Study, error) {
	names, err := fs.Glob(studyFiles, "studies/*.toml")
	if err != nil {
		return nil, err
	}
	var studies []Study
	for _, name := range names {
		text, err := studyFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		study, err := parseStudy(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		studies = append(studies, study)
	}
	return studies, nil
}

// ReadStudy reads a study of the user's own from TOML, with the keys of those in the folder studies. It must have a name, an
// as-of day and a title, and a period where its measure counts permits; Short is the name unless given, Population all and
// Measure unlinked. What was published may be left out. An error is a StudyError.
func ReadStudy(text []byte) (Study, error) {
	s, err := parseStudy(text)
	if err != nil {
		return Study{}, err
	}
	s.lines = keyLines(text)
	check := studyCheck{s}
	return s, cmp.Or(check.own(), check.measure(), check.params(), check.row())
}

func parseStudy(text []byte) (Study, error) {
	var file struct {
		Study
		AsOf   toml.LocalDate `toml:"as_of"`
		Params map[string]any
		Row    map[string]any
	}
	d := toml.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return Study{}, studyError(err)
	}
	s := file.Study
	if file.AsOf != (toml.LocalDate{}) {
		s.AsOf = file.AsOf.AsTime(time.UTC)
	}
	if s.Short == (queries.Words{}) {
		s.Short = queries.Words{Da: s.Name, En: s.Name}
	}
	s.Population, s.Measure = cmp.Or(s.Population, "all"), cmp.Or(s.Measure, "unlinked")
	lines := keyLines(text)
	for _, table := range []struct {
		name  string
		from  map[string]any
		texts *map[string]string
	}{{"params", file.Params, &s.Params}, {"row", file.Row, &s.Row}} {
		for _, key := range slices.Sorted(maps.Keys(table.from)) {
			switch value := table.from[key].(type) {
			case string, bool, int64, toml.LocalDate:
				if *table.texts == nil {
					*table.texts = map[string]string{}
				}
				(*table.texts)[key] = fmt.Sprint(value)
			default:
				path := table.name + "." + key
				return Study{}, StudyError{Line: lines[path], What: path + ": want a text, a whole number, a day, true or false"}
			}
		}
	}
	return s, nil
}
