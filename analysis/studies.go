package analysis

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"koblet/queries"
)

//go:embed studies/*.toml
var studyFiles embed.FS

// Study is a count that somebody published: which permits, counted on which day, and the fraction they gave as unlinked.
// From, To and Categories are written as on the command line; no category means all. What its source leaves open, and we assume, stands in Remark.
type Study struct {
	Name       string
	Title      queries.Words
	Short      queries.Words // two or three words, for a mark on a chart
	From, To   Period        // the days of decision
	Categories []string
	Population string    // which of the granted permits: "all", or "expected", those for which a number is expected
	Measure    string    // what counts as a failure: "unlinked" or "unverified"
	AsOf       time.Time `toml:"-"` // the day it was counted on
	Published  Published
	Source     queries.Words
	Remark     queries.Words
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

// ReadStudy reads a study of the user's own from TOML, with the keys of those in the folder studies. It must have a name, a
// period, an as-of day and a title; Short is the name unless given, Population all and Measure unlinked. What was published
// may be left out. An error names the key and says what it may be.
func ReadStudy(text []byte) (Study, error) {
	s, err := parseStudy(text)
	if err != nil {
		return Study{}, err
	}
	switch {
	case s.Name == "":
		return Study{}, errors.New("name is missing")
	case s.AsOf.IsZero():
		return Study{}, errors.New("as_of is missing: the day it is counted on, such as 2014-12-31")
	case s.Title == (queries.Words{}):
		return Study{}, errors.New("title is missing: da and en")
	case s.Population != "all" && s.Population != "expected":
		return Study{}, errors.New("population: want all or expected")
	case studyMeasures[s.Measure] == "":
		return Study{}, errors.New("measure: want unlinked or unverified")
	case !(s.Published.Value >= 0 && s.Published.Value <= 1): // nor is what is no number
		return Study{}, errors.New("published: value: want a fraction from 0 to 1")
	case s.From.First.IsZero():
		return Study{}, errors.New("from is missing: the first period of decisions, such as 2011")
	case s.To.Last.IsZero():
		return Study{}, errors.New("to is missing: the last period of decisions, such as 2013")
	}
	_, err = s.scope(false).asked()
	return s, err
}

func parseStudy(text []byte) (Study, error) {
	var file struct {
		Study
		AsOf toml.LocalDate `toml:"as_of"`
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
	if s.Population == "" {
		s.Population = "all"
	}
	if s.Measure == "" {
		s.Measure = "unlinked"
	}
	return s, nil
}

// studyError says which line or key the TOML library stumbled on.
func studyError(err error) error {
	if unknown, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(unknown.Errors) > 0 {
		row, _ := unknown.Errors[0].Position()
		return fmt.Errorf("line %d: %s: unknown key", row, strings.Join(unknown.Errors[0].Key(), "."))
	}
	if wrong, ok := errors.AsType[*toml.DecodeError](err); ok {
		row, _ := wrong.Position()
		what := strings.TrimPrefix(wrong.Error(), "toml: ")
		if key := strings.Join(wrong.Key(), "."); key != "" {
			what = key + ": " + what
		}
		return fmt.Errorf("line %d: %s", row, what)
	}
	return err
}
