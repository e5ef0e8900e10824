package profiles

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"koblet/registers"
	"koblet/registers/characters"
)

// Profile says how the extracts of one deliverer differ from the tables as the program knows them. The zero Profile is
// for files that do not: canonical column names, CSV with commas, days as 2014-12-31, CPR-numbers that leave remainder 0.
type Profile struct {
	Tables   map[string]Table // by the table's name, as carl2_permits; a table without a section is not in it
	Numbers  NumberRules
	Gate     Gate
	CodeRows map[string]string // by file of registers.Codes, as legal_bases.csv: CSV rows to put after the file's own, in its columns
}

// Table says how the files of one table are read. Every empty value means the ordinary.
type Table struct {
	Format    string                       // csv, xlsx, parquet or u12170; empty is what the file looks like, see registers.FormatOf
	Encoding  string                       // utf-8, iso-8859-1 or windows-1252; empty is what the bytes say, see characters.DetectEncoding
	Delimiter byte                         // of a CSV file; 0 is a comma
	Sheet     string                       // of a workbook; empty is the only one
	Dates     string                       // pattern of its days, as %d-%m-%Y; empty is %Y-%m-%d
	Missing   []string                     // texts that stand for no value, beside the empty one
	Columns   map[string]string            // field to the file's column
	Values    map[string]map[string]string // field to the file's values, each to ours
}

// NumberRules are the rules that the texts in cpr_number follow.
type NumberRules struct {
	Opaque    bool // any shared key: no rules of digits, dates or check digits
	Remainder int  // what the digits' weighted sum should leave modulo 11, 0 to 10: 0 in numbers that were issued
}

// Gate is how far a snapshot may differ from the one before it and still be stored, where a limit that is nil is none; and which
// of the limits that hold for every load are others.
type Gate struct {
	MaxRowChangePercent        *float64 // rows of a table, up or down
	MaxEmptyShareChangePercent *float64 // percentage points of a column's empty values
	MaxChangedNumbers          *float64 // person-ids whose CPR-number is another
	MaxNewCodes                *float64 // codes of a column that were not there
	MaxVanishedCodes           *float64 // codes of a column that are there no more

	Defaults map[string]float64 // by the limit's name among the assumptions
}

// Error lists everything that is wrong with a profile at once, each mistake with file and line.
type Error struct{ Mistakes []string }

// Error gives the mistakes, one a line.
func (e *Error) Error() string { return strings.Join(e.Mistakes, "\n") }

// Parse reads a profile, which is TOML:
//
//	[carl2_permits]                 # and carl2_persons, cpr_persons
//	format    = "csv"               # csv, xlsx, parquet; cpr_persons also u12170
//	encoding  = "windows-1252"      # utf-8, iso-8859-1, windows-1252: of csv and u12170
//	delimiter = ";"                 # one ASCII character, no letter or digit: of csv
//	sheet     = "Udtræk"            # of xlsx
//	dates     = "%d-%m-%Y"          # %d %m %Y once each; %H %M %S are read over; %% is a percent sign
//	missing   = ["NULL", "-"]
//	[carl2_permits.columns]         # ours = theirs
//	permit_id = "SAGSNR"
//	[carl2_permits.values.decision] # ours = [theirs...], compared as they are written
//	granted   = ["Meddelt", "M"]
//
//	[numbers]
//	format    = "cpr"               # or "opaque"
//	remainder = 0
//
//	[gate]                          # a limit that is left out is none
//	max_row_change_percent = 20
//	max_empty_share_change_percent = 5
//	max_changed_numbers = 1000
//	max_new_codes = 3
//	max_vanished_codes = 3
//	max_unreadable_percent = 10     # this and those below hold for every load, and are changed here
//	max_without_person_percent = 50
//	max_repeated_keys_percent = 100
//	least_rows = 0
//	max_after_as_of_percent = 1
//	max_production_days = 60
//	max_decision_age_days = 366
//
//	[[legal_bases]]                 # a row more; also countries, municipalities, citizenship_groups, in their columns
//	person_group = "work"
//	legal_basis = "§ 9 p"
//	administrative_number = false
//
// A mark before the text is skipped, and letters are composed, as they are in what is compared with them. Two-digit years
// are refused: they leave the century open. The name is the file's, for the messages. The error is a
// *Error; where the text is no TOML it has one mistake, else all that there are.
func Parse(name string, text []byte) (Profile, error) {
	settings, err := readSettings(norm.NFC.Bytes(characters.Unmarked(text)))
	if err != nil {
		return Profile{}, &Error{[]string{fmt.Sprintf("%s:%v", name, err)}}
	}
	r := &reader{tables: map[string]*tableReader{}, reported: map[string]bool{}}
	for _, s := range settings {
		r.setting(s)
	}
	r.profile.Tables = map[string]Table{}
	for table, t := range r.tables {
		t.finish()
		r.profile.Tables[table] = t.profile
	}
	r.codeRows()
	if r.profile.Numbers.Opaque && r.remainder > 0 {
		r.wrong(r.remainder, `remainder has no meaning with format = "opaque"`)
	}
	if len(r.mistakes) > 0 {
		slices.SortFunc(r.mistakes, func(a, b mistake) int { return cmp.Or(a.line-b.line, strings.Compare(a.text, b.text)) })
		wrong := &Error{}
		for _, m := range r.mistakes {
			wrong.Mistakes = append(wrong.Mistakes, fmt.Sprintf("%s:%d: %s", name, m.line, m.text))
		}
		return Profile{}, wrong
	}
	return r.profile, nil
}

// mistake is one thing that is wrong, and where.
type mistake struct {
	line int
	text string
}

// reader gathers a profile and what is wrong with it.
type reader struct {
	profile   Profile
	tables    map[string]*tableReader
	rows      []codeRow
	groups    map[string][]groupRow // that rows of legal bases bring
	reported  map[string]bool       // what is already named as wrong
	remainder int                   // the line that sets it
	mistakes  []mistake
}

func (r *reader) wrong(line int, format string, args ...any) {
	r.mistakes = append(r.mistakes, mistake{line, fmt.Sprintf(format, args...)})
}

// unknown reports a name that is none of those it may be. Its kind is key, section, field or the like.
func (r *reader) unknown(line int, kind, name string, known []string) {
	text := fmt.Sprintf("unknown %s %q", kind, characters.Echo(name))
	if near := nearest(name, known); near != "" {
		text += "; did you mean " + near
	} else {
		text += "; known: " + strings.Join(known[:min(len(known), mostKnown)], ", ")
		if more := len(known) - mostKnown; more > 0 {
			text += fmt.Sprintf(" and %d more", more)
		}
	}
	r.wrong(line, "%s", text)
}

// mostKnown is how many names a message lists, and mostCompared among how many it looks for the one that was meant; our own are fewer.
const mostKnown, mostCompared = 40, 400

// nearest is the name that is most like the one given, or empty where none is near.
func nearest(name string, known []string) string {
	if len(name) > characters.LongestEcho {
		return ""
	}
	name = registers.LettersOf(strings.ToLower(name))
	found, best := "", 0
	for _, k := range known[:min(len(known), mostCompared)] {
		plain := registers.LettersOf(strings.ToLower(k))
		if d := registers.EditDistance(name, plain); d < 1+len(plain)/4 && (found == "" || d < best) {
			found, best = k, d
		}
	}
	return found
}

var sections = []string{"carl2_persons", "carl2_permits", "cpr_persons", "numbers", "gate", "legal_bases", "countries", "municipalities", "citizenship_groups"}

// setting puts one setting where it belongs.
func (r *reader) setting(s setting) {
	section := s.path[0]
	switch at := slices.Index(sections, section); {
	case at < 0:
		if !r.reported[section] {
			r.unknown(s.line, "section", section, sections)
		}
		r.reported[section] = true
	case at >= slices.Index(sections, "legal_bases"):
		r.codeSetting(s)
	case len(s.path) == 1 && s.value != tableOpened:
		r.wrong(s.line, "%s is a section: [%s]", section, section)
	case s.row > 0:
		r.wrong(s.line, "%s is one section: [%s], not [[%s]]", section, section, section)
	case at <= slices.Index(sections, "cpr_persons"):
		r.table(section).setting(s)
	case len(s.path) == 1:
	case section == "numbers":
		r.numbers(s)
	default:
		r.gate(s)
	}
}

func (r *reader) table(name string) *tableReader {
	if r.tables[name] == nil {
		t := &tableReader{reader: r, lines: map[string]int{}}
		for _, table := range registers.Tables() {
			if table.Name == name {
				t.table = table
			}
		}
		r.tables[name] = t
	}
	return r.tables[name]
}

func (r *reader) numbers(s setting) {
	key := strings.Join(s.path[1:], ".")
	switch key {
	case "format":
		format, _ := s.value.(string)
		if format != "cpr" && format != "opaque" {
			r.wrong(s.line, `format is "cpr" or "opaque"`)
		}
		r.profile.Numbers.Opaque = format == "opaque"
	case "remainder":
		n, whole := s.value.(int64)
		if !whole || n < 0 || n > 10 {
			r.wrong(s.line, "remainder is a whole number from 0 to 10")
		}
		r.profile.Numbers.Remainder, r.remainder = int(n), s.line
	default:
		r.unknown(s.line, "key", key, []string{"format", "remainder"})
	}
}

// limits are set by a profile or do not hold; defaultLimits hold as the assumptions have them, unless a profile says otherwise.
var (
	limits        = []string{"max_row_change_percent", "max_empty_share_change_percent", "max_changed_numbers", "max_new_codes", "max_vanished_codes"}
	defaultLimits = []string{"max_unreadable_percent", "max_without_person_percent", "max_repeated_keys_percent", "least_rows",
		"max_after_as_of_percent", "max_production_days", "max_decision_age_days"}
)

func (r *reader) gate(s setting) {
	key := strings.Join(s.path[1:], ".")
	at := slices.Index(limits, key)
	if at < 0 && !slices.Contains(defaultLimits, key) {
		r.unknown(s.line, "key", key, slices.Concat(limits, defaultLimits))
		return
	}
	limit, isNumber := s.value.(float64)
	if n, whole := s.value.(int64); whole {
		limit, isNumber = float64(n), true
	}
	// Written this way round, because no comparison holds for a number that is none.
	if !isNumber || !(limit >= 0) || math.IsInf(limit, 1) {
		r.wrong(s.line, "%s is a number, 0 or more", key)
		return
	}
	g := &r.profile.Gate
	if at < 0 {
		if g.Defaults == nil {
			g.Defaults = map[string]float64{}
		}
		g.Defaults[key] = limit
		return
	}
	*[]**float64{&g.MaxRowChangePercent, &g.MaxEmptyShareChangePercent, &g.MaxChangedNumbers, &g.MaxNewCodes, &g.MaxVanishedCodes}[at] = &limit
}
