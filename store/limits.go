package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"koblet/queries"
	"koblet/registers"
	"koblet/registers/records"
	"koblet/registers/suggest"
	"koblet/store/extract"
)

// Excess is one limit that a delivery broke: of how many values how many did, or how far a day is from the as-of day. The reason is of
// the list "limit" of words.csv, and the limit is the profile's or that of the assumptions.
type Excess struct {
	Reason string  `json:"reason"`
	Table  string  `json:"table,omitempty"`
	Column string  `json:"column,omitempty"`
	N      int64   `json:"n"`            // days, where Of is 0
	Of     int64   `json:"of,omitempty"` // rows, keys or days
	Limit  float64 `json:"limit"`        // per cent, rows or days
	cure   string
}

// LimitsError says that a delivery makes no sense: it broke limits that were not accepted by name.
type LimitsError struct{ Broken []Excess }

// Error gives the limits broken, one a line.
func (e *LimitsError) Error() string { return errors.Join(e.Unwrap()...).Error() }

// Unwrap gives each of them as an error of its own.
func (e *LimitsError) Unwrap() []error {
	var all []error
	for _, x := range e.Broken {
		all = append(all, errors.New(x.String()))
	}
	return all
}

// besideRejects is the error without what may be so because of the rows that were rejected; nil where that is all.
func (e *LimitsError) besideRejects() error {
	left := slices.DeleteFunc(slices.Clone(e.Broken), func(x Excess) bool {
		return slices.Contains([]string{"empty_table", "permits_without_person"}, x.Reason)
	})
	if len(left) == 0 {
		return nil
	}
	return &LimitsError{left}
}

// repeats reports whether every key of a table is repeated: then it is not --max-rejects that helps.
func (e *LimitsError) repeats() bool {
	return slices.ContainsFunc(e.Broken, func(x Excess) bool { return x.Reason == "repeated_keys" })
}

// ofRepeats counts the rejected lines that come of a delivery that stands twice in its files.
func ofRepeats(rejected *rejects) int64 {
	return rejected.of["repeated_key"] + rejected.of[string(records.RepeatedHeader)]
}

// hold takes out of what was broken what was accepted, and says what was accepted for nothing; the error is a *LimitsError.
func (l Loading) hold(broken []Excess) (accepted []Excess, needless []string, err error) {
	refused := &LimitsError{}
	for _, x := range broken {
		if slices.Contains(l.Accept, x.Reason) {
			accepted = append(accepted, x)
		} else {
			refused.Broken = append(refused.Broken, x)
		}
	}
	for _, reason := range l.Accept {
		if !slices.ContainsFunc(accepted, func(x Excess) bool { return x.Reason == reason }) && !slices.Contains(needless, reason) {
			needless = append(needless, reason)
		}
	}
	if len(refused.Broken) > 0 {
		err = refused
	}
	return accepted, needless, err
}

// ofDay judges the as-of day, before any file is read. A day has begun somewhere fourteen hours before it does in UTC.
func (l Loading) ofDay() []Excess {
	ahead := daysBetween(l.Now.UTC().Add(14*time.Hour), l.AsOf)
	switch first := registers.FirstPlausible("decided_on"); {
	case l.AsOf.Before(first):
		return []Excess{{Reason: "as_of_day", N: daysBetween(l.AsOf, first), cure: "the day lies before " + first.Format(time.DateOnly) + ", and no register is so old"}}
	case !l.Now.IsZero() && ahead > 0:
		return []Excess{{Reason: "as_of_day", N: ahead, cure: "the day is yet to come"}}
	}
	return nil
}

// daysBetween counts seconds and no durations, of which none is longer than 292 years.
func daysBetween(from, to time.Time) int64 {
	const day = 24 * time.Hour
	return (to.Truncate(day).Unix() - from.Truncate(day).Unix()) / int64(day/time.Second)
}

// limits judges the delivery by what it counts.
func (b *build) limits(ctx context.Context) ([]Excess, error) {
	broken := slices.Concat(b.l.ofDay(), b.ofProduction())
	shares, err := b.shares(ctx)
	if err != nil {
		return nil, fmt.Errorf("limits: %w", err)
	}
	old, err := b.ofDecisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("limits: newest decisions: %w", err)
	}
	broken = slices.Concat(broken, shares, old)
	for i := range broken {
		if broken[i].cure, err = b.cure(ctx, broken[i]); err != nil {
			return nil, fmt.Errorf("limits: %s: %w", broken[i].Reason, err)
		}
	}
	return broken, nil
}

// limit is a limit by its name: the profile's, or else that of the assumptions.
func (b *build) limit(name string) float64 {
	if n, changed := b.l.Profile.Gate.Defaults[name]; changed {
		return n
	}
	return registers.Assumption(name)
}

// shares judges what is counted of the rows.
func (b *build) shares(ctx context.Context) ([]Excess, error) {
	rows, err := b.conn.QueryContext(ctx, queries.Script("load/limits"), sql.Named("together", len(b.l.Carl2) > 0))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var broken []Excess
	for rows.Next() {
		var x Excess
		var name string
		if err := rows.Scan(&x.Reason, &name, &x.Table, &x.Column, &x.N, &x.Of); err != nil {
			return nil, err
		}
		x.Limit = b.limit(name)
		var beyond bool
		switch x.Reason {
		case "empty_table":
			beyond = float64(x.N) < x.Limit
		case "repeated_keys":
			beyond = x.Of >= int64(registers.Assumption("judged_keys")) && float64(x.N)*100 > x.Limit*float64(x.Of)
		case "days_after_as_of":
			beyond = tooMany(x.N, x.Of, x.Limit, b.limit("max_unreadable_percent"))
		case "missing_person_ids": // a person each, so in few rows nothing is wrong
			beyond = x.Limit*float64(x.Of) >= 100 && tooMany(x.N, x.Of, x.Limit)
		default:
			beyond = tooMany(x.N, x.Of, x.Limit)
		}
		if beyond {
			broken = append(broken, x)
		}
	}
	return broken, rows.Err()
}

// tooMany reports whether more of the rows than a limit in per cent are wrong. Of few rows no share can be judged: 5 per cent of 12 rows
// is less than one of them, and then a single slip would refuse what a hundred in 20,000 do not. So a limit holds where it allows at
// least one row; of fewer rows the next one holds, and after the last it takes several rows that are more than half of all.
func tooMany(n, of int64, percents ...float64) bool {
	for _, percent := range percents {
		if allowed := percent / 100 * float64(of); allowed >= 1 || percent >= 100 {
			return float64(n) > allowed
		}
	}
	return n > 1 && 2*n > of
}

// ofProduction holds the day on which CPR made each file, as its record 000 has it, against the as-of day.
func (b *build) ofProduction() []Excess {
	var broken []Excess
	limit := b.limit("max_production_days")
	for _, in := range b.inputs {
		day, err := time.Parse(time.DateOnly, in.Produced)
		if err != nil {
			continue // none, or none of the calendar
		}
		apart := daysBetween(b.l.AsOf, day)
		if apart = max(apart, -apart); float64(apart) > limit {
			broken = append(broken, Excess{Reason: "other_production_day", Table: in.Table.Name, N: apart, Limit: limit,
				cure: registers.WithoutNumbers(in.Path) + " was produced on " + in.Produced})
		}
	}
	return broken
}

// ofDecisions holds the newest decision against the as-of day. In a small register months pass without any: so the newest must also
// be five times as old as the newest ones lie apart in the mean, which by chance less than one delivery in a hundred is.
func (b *build) ofDecisions(ctx context.Context) ([]Excess, error) {
	var age, spread int64
	err := b.conn.QueryRowContext(ctx, queries.Script("load/limit_newest")).Scan(&age, &spread)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	const gaps = 5
	limit, between := b.limit("max_decision_age_days"), registers.Assumption("judged_decisions")-1
	if err != nil || float64(age) <= limit || float64(age) <= gaps*float64(spread)/between {
		return nil, err
	}
	return []Excess{{Reason: "old_decisions", Table: registers.Carl2Permits.Name, Column: "decided_on", N: age, Limit: limit}}, nil
}

// String is the excess as a line: where, how much of it, the cure, and how it is lifted.
func (x Excess) String() string {
	accept := "--accept " + x.Reason
	if x.Reason == "repeated_keys" && x.Table != registers.Carl2Persons.Name {
		accept += " with --max-rejects" // the rows are rejected, but for the first of each key
	}
	return fmt.Sprintf("%s; %s; %s loads it all the same", x.told(), x.cure, accept)
}

// told is where the limit was broken, and by how much.
func (x Excess) told() string {
	where := strings.Trim(x.Table+"."+x.Column, ".")
	if where == "" {
		where = "--as-of"
	}
	english := message.NewPrinter(language.English)
	of := english.Sprintf("%d of %d", x.N, x.Of)
	if x.Of > 0 {
		of += " rows (" + share(x.N, x.Of) + ")"
	}
	days := english.Sprintf("%d days", x.N)
	what := map[string]string{
		"unreadable_days":        of + map[bool]string{false: " with a text"}[x.Column == "decided_on"] + " hold no day",
		"unknown_decisions":      of + " hold no decision that is known",
		"unknown_categories":     of + " hold a category that is none of the nine",
		"malformed_numbers":      of + " with a number hold none that is a CPR-number",
		"missing_person_ids":     of + " hold no person-id",
		"permits_without_person": of + " name a person who is not among the persons",
		"empty_table":            "no row is loaded",
		"repeated_keys":          strings.Replace(of, "rows", "keys", 1) + " stand in several rows",
		"days_after_as_of":       of + " with a day have one after the as-of day",
		"other_production_day":   "made " + days + " from the as-of day",
		"old_decisions":          "the newest decision is " + days + " older than the as-of day",
		"as_of_day":              days + " off",
	}[x.Reason]
	if x.Reason == "empty_table" && x.N > 0 {
		what = english.Sprintf("%d rows are loaded", x.N)
	}
	return where + ": " + what
}

// share is a part of a whole in per cent, as people read it: never 100 where something is left, never 0 where something is there.
func share(n, of int64) string {
	percent := 100 * float64(n) / float64(of)
	switch {
	case n == of:
		return "100 %"
	case percent < 10:
		return strconv.FormatFloat(percent, 'g', 2, 64) + " %"
	}
	return fmt.Sprintf("%.1f %%", min(percent, 99.9))
}

// cure is what is likely to put right what broke a limit, told by what the texts look like.
func (b *build) cure(ctx context.Context, x Excess) (string, error) {
	looks, err := b.patterns(ctx, x.Table, x.Column)
	if err != nil {
		return "", err
	}
	switch x.Reason {
	case "unreadable_days":
		return b.cureOfDays(ctx, x, looks)
	case "unknown_decisions", "unknown_categories":
		return fmt.Sprintf("the texts look like %s: [carl2_permits.values.%s] in the profile says what they mean", looks, x.Column), nil
	case "malformed_numbers":
		if strings.HasPrefix(looks, "999999999,") || looks == "999999999" {
			return fmt.Sprintf("the numbers look like %s: the zeros in front were lost where they were written; deliver the column as text", looks), nil
		}
		return fmt.Sprintf("the numbers look like %s: a CPR-number is ten digits that begin with a day; [%s.columns] in the profile names another column, "+
			"[numbers] format = \"opaque\" takes any shared key", looks, x.Table), nil
	case "permits_without_person":
		if looks == "" {
			return "they name nobody: [carl2_permits.columns] in the profile says which column person_id is", nil
		}
		persons, err := b.patterns(ctx, registers.Carl2Persons.Name, "person_id")
		return fmt.Sprintf("the permits' ids look like %s, the persons' like %s: both must be of one delivery, and person_id the same id in both", looks, persons), err
	case "missing_person_ids":
		return "[carl2_permits.columns] in the profile says which column person_id is", nil
	case "repeated_keys":
		return fmt.Sprintf("it is likely that the same rows were delivered twice, or that %s is another column, see [%s.columns] of the profile", x.Column, x.Table), nil
	case "empty_table":
		return "the file that was meant may be another", nil
	case "days_after_as_of", "old_decisions":
		return "--as-of is the day on which the extracts were drawn", nil
	}
	return x.cure, nil
}

// cureOfDays is what is likely to put right a column whose texts are no days, and look so.
func (b *build) cureOfDays(ctx context.Context, x Excess, looks string) (string, error) {
	if looks == "" {
		return fmt.Sprintf("[%s.columns] in the profile says which column %s is", x.Table, x.Column), nil
	}
	rows, err := b.conn.QueryContext(ctx, queries.Script("load/limit_days"), sql.Named("table_name", x.Table), sql.Named("column_name", x.Column))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var texts suggest.DayTexts
	for rows.Next() {
		var text string
		var n int64
		if err := rows.Scan(&text, &n); err != nil {
			return "", err
		}
		texts.Add(text, n)
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	missing, pattern := texts.Missing(), texts.Pattern()
	switch {
	case missing != "":
		return "the texts stand for no value: missing = " + missing + " in the profile", nil
	case pattern == "" && (suggest.TwoDigitYear(strings.Split(looks, ", ")[0]) || looks == "999999"):
		return fmt.Sprintf("the days look like %s: years of two digits leave the century open, and no pattern reads them; have the file delivered with years of four", looks), nil
	case pattern == "":
		return fmt.Sprintf("the texts look like %s: dates in the profile says how days are written, [%s.columns] which column they are in", looks, x.Table), nil
	}
	cure := fmt.Sprintf("the days look like %s: dates = %q in the profile", looks, pattern)
	if !slices.ContainsFunc(b.inputs, func(in extract.Input) bool { return in.Table.Name == x.Table && in.Format == "csv" }) {
		return cure, nil
	}
	var read string
	err = b.conn.QueryRowContext(ctx, queries.Script("load/limit_days_read"), sql.Named("table_name", x.Table), sql.Named("column_name", x.Column)).Scan(&read)
	if read != "" {
		cure += ", which holds for all days of a file: those of " + read + " look otherwise"
	}
	return cure, err
}

// patterns are what the texts of a column look like that cannot be read, the commonest first; empty where there are none.
func (b *build) patterns(ctx context.Context, table, column string) (string, error) {
	rows, err := b.conn.QueryContext(ctx, queries.Script("load/limit_patterns"), sql.Named("table_name", table), sql.Named("column_name", column))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var pattern string
		if err := rows.Scan(&pattern); err != nil {
			return "", err
		}
		pattern = strings.ReplaceAll(registers.WithoutNumbers(pattern), "(number)", "ten digits") // else it would be taken for one when it is told
		all = append(all, cmp.Or(pattern, "(empty)"))
	}
	return strings.Join(all, ", "), rows.Err()
}
