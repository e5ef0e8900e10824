package analysis

import (
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/pelletier/go-toml/v2"

	"koblet/queries"
)

//go:embed studies/*.toml
var studyFiles embed.FS

// Study is a count that somebody published: which permits, counted on which day, and the fraction they gave as unlinked.
// From, To and Categories are written as on the command line. What its source leaves open, and we assume, stands in Remark.
type Study struct {
	Name       string
	Title      queries.Words
	Short      queries.Words // two or three words, for a mark on a chart
	From, To   string
	Categories []string
	AsOf       time.Time // the day it was counted on
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

func parseStudy(text []byte) (Study, error) {
	var file struct {
		Study
		AsOf toml.LocalDate `toml:"as_of"`
	}
	if err := toml.Unmarshal(text, &file); err != nil {
		return Study{}, err
	}
	file.Study.AsOf = file.AsOf.AsTime(time.UTC)
	return file.Study, nil
}

// Settled reports whether a figure has stopped moving: a period is settled when its youngest permit, decided at the latest on
// last, is 365 days old on the as-of day. Till then its figures are provisional.
func Settled(last, asOf time.Time) bool { return asOf.Sub(last) >= 365*24*time.Hour }
