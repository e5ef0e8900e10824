package registers

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"sync"
	"time"
)

//go:embed codes/*.csv
var codeFiles embed.FS

// Codes are the code lists as files, one CSV each (UTF-8, comma, header row), by name: municipalities.csv,
// countries.csv, citizenship_groups.csv, western_countries.csv, legal_bases.csv, words.csv, breaks.csv, assumptions.csv, synonyms.csv,
// spreadsheets.csv. codes/README.md names their sources.
func Codes() fs.FS {
	sub, err := fs.Sub(codeFiles, "codes")
	if err != nil {
		panic(err)
	}
	return sub
}

// Municipality is a municipality code, its newest name and when it was in use.
type Municipality struct {
	Code, Name         string
	ValidFrom, ValidTo time.Time // both included; a zero ValidTo is still in use
	Successor          string    // the code that took the municipality over; empty where it goes on or was split
	Split              bool      // divided between several in 2007: its code is mapped to no new one
	RegionCode, Region string    // the region of 2007; empty where the parts went to two
}

// Country is a country or citizenship code of CPR. The ISO codes are empty for codes that are no country, and where
// one ISO code stood for two.
type Country struct {
	Code, NameDa, NameEn, ISO2, ISO3 string
	ValidFrom, ValidTo               time.Time // the days of CPR's entry; zero is open
}

// LegalBasis is one person group under one legal basis. A basis has a row for each of its groups.
type LegalBasis struct {
	Group, Basis, Category string
	AdministrativeNumber   bool      // the group is given an administrative CPR-number with the permit
	ValidFrom, ValidTo     time.Time // both included; zero is open
}

// Break is a day on which law or practice broke the series, with at most three words for it.
type Break struct {
	Day    time.Time
	Da, En string
}

// Breaks are the days on which law or practice broke the series, oldest first.
func Breaks() []Break { return slices.Clone(breaks()) }

// Listed are the codes of a list that has labels, in order; none where the list is not known.
func Listed(list string) []string {
	var codes []string
	for at := range labels() {
		if at[0] == list {
			codes = append(codes, at[1])
		}
	}
	slices.Sort(codes)
	return codes
}

// Label is the word that people read for a code of a list, in "da" or "en"; the code itself where the list does not
// know it. The lists are those of words.csv, and municipality, country and break, whose codes are days.
func Label(list, code, language string) string {
	w, known := labels()[[2]string{list, code}]
	switch {
	case !known:
		return code
	case language == "en":
		return w.en
	}
	return w.da
}

// Rank is the place of a code in its list of words.csv, which is the order in which people read the list; −1 where the list does
// not know the code, or is none of those.
func Rank(list, code string) int {
	if at, known := ranks()[[2]string{list, code}]; known {
		return at
	}
	return -1
}

var ranks = sync.OnceValue(func() map[[2]string]int {
	at := map[[2]string]int{}
	for i, r := range RowsOf("words.csv") {
		at[[2]string{r["list"], r["code"]}] = i
	}
	return at
})

// LimitReasons are the names of what refuses a load unless it is accepted: the codes of the list "limit" of words.csv, in its order.
func LimitReasons() []string {
	var reasons []string
	for _, r := range RowsOf("words.csv") {
		if r["list"] == "limit" {
			reasons = append(reasons, r["code"])
		}
	}
	return reasons
}

// Assumption is the value of an assumption, by its name in assumptions.csv. It panics where there is none of that name, or it is
// no number.
func Assumption(name string) float64 {
	for _, r := range RowsOf("assumptions.csv") {
		if r["name"] == name {
			n, err := strconv.ParseFloat(r["value"], 64)
			if err != nil {
				panic(fmt.Sprintf("assumption %s: %v", name, err))
			}
			return n
		}
	}
	panic("no assumption " + name)
}

// FirstPlausible is the first day that a column of days plausibly holds.
func FirstPlausible(field string) time.Time {
	for _, r := range RowsOf("assumptions.csv") {
		if r["name"] == "first_plausible_"+field {
			return codeDay(r["value"])
		}
	}
	panic("no first plausible day of " + field)
}

type label struct{ da, en string }

var labels = sync.OnceValue(func() map[[2]string]label {
	words := map[[2]string]label{}
	for _, r := range RowsOf("words.csv") {
		words[[2]string{r["list"], r["code"]}] = label{r["da"], r["en"]}
	}
	for _, m := range municipalities() {
		words[[2]string{"municipality", m.Code}] = label{m.Name, m.Name}
	}
	for _, c := range countries() {
		words[[2]string{"country", c.Code}] = label{c.NameDa, c.NameEn}
	}
	for _, b := range breaks() {
		words[[2]string{"break", b.Day.Format(time.DateOnly)}] = label{b.Da, b.En}
	}
	return words
})

// FindMunicipality is the municipality of a code; false where the list does not have it.
func FindMunicipality(code string) (Municipality, bool) {
	i := slices.IndexFunc(municipalities(), func(m Municipality) bool { return m.Code == code })
	if i < 0 {
		return Municipality{}, false
	}
	return municipalities()[i], true
}

var municipalities = sync.OnceValue(func() []Municipality {
	var list []Municipality
	for _, r := range RowsOf("municipalities.csv") {
		list = append(list, Municipality{
			Code: r["code"], Name: r["name"],
			ValidFrom: codeDay(r["valid_from"]), ValidTo: codeDay(r["valid_to"]),
			Successor: r["successor"], Split: r["split"] == "1",
			RegionCode: r["region_code"], Region: r["region_name"],
		})
	}
	return list
})

var countries = sync.OnceValue(func() []Country {
	var list []Country
	for _, r := range RowsOf("countries.csv") {
		list = append(list, Country{
			Code: r["code"], NameDa: r["name_da"], NameEn: r["name_en"], ISO2: r["iso2"], ISO3: r["iso3"],
			ValidFrom: codeDay(r["valid_from"]), ValidTo: codeDay(r["valid_to"]),
		})
	}
	return list
})

var legalBases = sync.OnceValue(func() []LegalBasis {
	var list []LegalBasis
	for _, r := range RowsOf("legal_bases.csv") {
		list = append(list, LegalBasis{
			Group: r["person_group"], Basis: r["legal_basis"], Category: r["category"],
			AdministrativeNumber: r["administrative_number"] == "1",
			ValidFrom:            codeDay(r["valid_from"]), ValidTo: codeDay(r["valid_to"]),
		})
	}
	return list
})

var breaks = sync.OnceValue(func() []Break {
	var list []Break
	for _, r := range RowsOf("breaks.csv") {
		list = append(list, Break{Day: codeDay(r["day"]), Da: r["da"], En: r["en"]})
	}
	return list
})

// RowsOf reads an embedded list. It panics where the list is broken: only a programmer can have done that.
func RowsOf(name string) []map[string]string {
	text, err := codeFiles.ReadFile("codes/" + name)
	if err != nil {
		panic(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("code list %s: %v", name, err))
	}
	rows := make([]map[string]string, 0, len(records)-1)
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func codeDay(text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(fmt.Sprintf("code list: %v", err))
	}
	return day
}
