package analysis

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"koblet/queries"
	"koblet/registers"
	"koblet/store"
)

// CompareSnapshots follows the permits of a scope through the snapshots of several days, in order. Part changes counts what
// became of them from the first day to the last; part cohorts gives the unlinked rate of the same cohorts, the years of
// decision up to the first day, at each of the days; part revisions gives the years whose figures are others than they were,
// with what moved them. The first note is the finding. Expected, first_only and the other parameters of questions are not
// taken: whether a permit is its person's first may itself change. Errors: store.ErrNoSnapshot.
func CompareSnapshots(ctx context.Context, shelf *Shelf, days []time.Time, scope Scope) (Result, error) {
	c := snapshotComparison{shelf: shelf, days: days, scope: scope, result: Result{
		Question: queries.Question{Name: "compare", Columns: changeColumns, Ask: queries.Words{
			Da: "Hvad er ændret mellem opgørelserne?", En: "What has changed between the snapshots?"}},
		AsOf: days[len(days)-1], Columns: changeColumns,
	}}
	for _, day := range days {
		snapshot, err := shelf.Take(ctx, day)
		if err != nil {
			return Result{}, err
		}
		c.result.Snapshot = snapshot.Hash
		c.snapshots = append(c.snapshots, snapshot)
		if why := c.restrictsByLacking(snapshot); !why.Empty() {
			c.result.NotApplicable = why
			return c.result, nil
		}
		c.note(say("Opgørelsen pr. {day}: {hash}.", "The snapshot of {day}: {hash}.",
			onDay("day", day), plain("hash", snapshot.Hash[:min(12, len(snapshot.Hash))])))
	}
	if restricted := c.restriction(); !restricted.Empty() {
		c.note(restricted)
	}
	pair, err := shelf.Store.Between(ctx, days[0], days[len(days)-1])
	if err != nil {
		return Result{}, err
	}
	defer pair.Close()
	if err := c.changes(ctx, pair); err != nil {
		return Result{}, err
	}
	if err := c.cohorts(ctx, pair); err != nil {
		return Result{}, err
	}
	return c.result, nil
}

var changeColumns = []queries.Column{
	{Name: "part", Type: "VARCHAR", Role: queries.Key, Codes: "part", Label: queries.Words{Da: "del", En: "part"}},
	{Name: "change", Type: "VARCHAR", Role: queries.Key, Codes: "change", Label: queries.Words{Da: "ændring", En: "change"}},
	{Name: "n", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "tilladelser", En: "permits"}},
	{Name: "year", Type: "BIGINT", Role: queries.Key, Period: "year", Label: queries.Words{Da: "år", En: "year"}},
	{Name: "as_of", Type: "DATE", Role: queries.Key, Label: queries.Words{Da: "opgjort pr.", En: "as of"}},
	{Name: "standing", Type: "VARCHAR", Role: queries.Key, Codes: "standing", Label: queries.Words{Da: "var", En: "was"}},
	{Name: "fail", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "ikke koblet", En: "unlinked"}},
	{Name: "judged", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "i beregningen", En: "of"}},
	{Name: "unknown", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "uafklaret", En: "unknown"}},
	{Name: "was", Type: "DOUBLE", Role: queries.Derived, Unit: "share", Label: queries.Words{Da: "før", En: "before"}},
	{Name: "rate", Type: "DOUBLE", Role: queries.Derived, Unit: "share", Label: queries.Words{Da: "andel", En: "rate"}},
	{Name: "rate_low", Type: "DOUBLE", Role: queries.Derived, Unit: "share", Label: queries.Words{Da: "nedre grænse, 95 pct.-interval", En: "lower bound, 95 per cent interval"}},
	{Name: "rate_high", Type: "DOUBLE", Role: queries.Derived, Unit: "share", Label: queries.Words{Da: "øvre grænse, 95 pct.-interval", En: "upper bound, 95 per cent interval"}},
	{Name: "newly_linked", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "ny kobling", En: "new link"}},
	{Name: "newly_unlinked", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "mistet kobling", En: "lost link"}},
	{Name: "entered", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "kommet til", En: "entered"}},
	{Name: "departed", Type: "BIGINT", Role: queries.Count, Unit: "permits", Label: queries.Words{Da: "udgået", En: "departed"}},
}

// changeOrder is the order in which changes are read: first those that move the totals, then those within what is kept.
var changeOrder = []string{
	"kept", "newly_linked", "newly_unlinked", "added", "added_earlier", "added_undated", "vanished", "moved_in", "moved_out",
	"decision", "decided_on", "category", "person_group", "legal_basis", "lapsed_on", "municipality", "person",
}

// snapshotComparison is a comparison at work.
type snapshotComparison struct {
	shelf     *Shelf
	days      []time.Time
	snapshots []*store.Snapshot // one a day
	scope     Scope
	moving    []any // the years that were provisional at the first snapshot
	result    Result
}

// restriction says to which permits the comparison is restricted.
func (c *snapshotComparison) restriction() Note {
	q := queries.Between("permit_changes")
	arguments, err := c.scope.Bind(q)
	if err != nil {
		return Note{} // what cannot be bound is refused when it is asked
	}
	return restriction(q, arguments)
}

// restrictsByLacking says of which day the extract lacks what the scope restricts by; nothing where it has it.
func (c *snapshotComparison) restrictsByLacking(snapshot *store.Snapshot) Note {
	q := queries.Between("permit_changes")
	arguments, err := c.scope.Bind(q)
	if err != nil {
		return Note{} // as above
	}
	_, why := lacking(snapshot, q, arguments)
	if why.Empty() {
		return why
	}
	return say("opgørelsen pr. {day}: {why}", "the snapshot of {day}: {why}", onDay("day", snapshot.AsOf), within("why", why))
}

// restsOn are the columns that a change is seen in. Where the two extracts do not have the same of them, or none, what is
// another cannot be told from what was not delivered.
var restsOn = map[string][]queries.Need{
	"category":     {{Table: "carl2_permits", Column: "category"}, {Table: "carl2_permits", Column: "person_group"}, {Table: "carl2_permits", Column: "legal_basis"}},
	"person_group": {{Table: "carl2_permits", Column: "person_group"}, {Table: "carl2_permits", Column: "legal_basis"}},
	"legal_basis":  {{Table: "carl2_permits", Column: "legal_basis"}},
	"lapsed_on":    {{Table: "carl2_permits", Column: "lapsed_on"}},
	"municipality": {{Table: "carl2_permits", Column: "municipality_code"}},
}

// followed reports whether a change can be seen between the first snapshot and the last.
func (c *snapshotComparison) followed(change string) bool {
	needs := restsOn[change]
	before, after := c.snapshots[0].Lacks(needs), c.snapshots[len(c.snapshots)-1].Lacks(needs)
	return needs == nil || slices.Equal(before, after) && len(before) < len(needs)
}

func (c *snapshotComparison) note(n ...Note) { c.result.Notes = append(c.result.Notes, n...) }

// add adds a row, its cells by the names of their columns.
func (c *snapshotComparison) add(cells map[string]any) {
	row := make([]any, len(c.result.Columns))
	for i, column := range c.result.Columns {
		row[i] = cells[column.Name]
	}
	c.result.Rows = append(c.result.Rows, row)
}

// changesOf counts the changes of a scope by year, 0 for no year, and change.
func changesOf(ctx context.Context, pair *store.Pair, scope Scope) (map[int64]map[string]int64, error) {
	q := queries.Between("permit_changes")
	arguments, err := scope.Bind(q)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	for _, a := range arguments {
		values[a.Name] = a.Value
	}
	rows, err := pair.Query(ctx, q, values)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q.Name, err)
	}
	by := map[int64]map[string]int64{}
	for _, row := range rows {
		year, _ := row[0].(int64)
		if by[year] == nil {
			by[year] = map[string]int64{}
		}
		by[year][row[1].(string)] += row[2].(int64)
	}
	return by, nil
}

// changes adds the part changes, and the finding.
func (c *snapshotComparison) changes(ctx context.Context, pair *store.Pair) error {
	by, err := changesOf(ctx, pair, c.scope)
	if err != nil {
		return err
	}
	sums := map[string]int64{}
	for _, year := range by {
		for change, n := range year {
			sums[change] += n
		}
	}
	var unseen []queries.Words
	for _, change := range changeOrder {
		if change == "added_undated" && sums[change] == 0 {
			continue // there are few such permits, and most comparisons have none
		}
		cells := map[string]any{"part": "changes", "change": change}
		if c.followed(change) {
			cells["n"] = sums[change]
		} else {
			word := func(language string) string {
				return strings.TrimPrefix(registers.Label("change", change, language), "- ")
			}
			unseen = append(unseen, queries.Words{Da: word("da"), En: word("en")})
		}
		c.add(cells)
	}
	if len(unseen) > 0 {
		c.note(say("Følgende kan ikke ses, fordi de to opgørelsers udtræk ikke begge indeholder de nødvendige kolonner: {unseen}.",
			"Cannot be seen, because the two snapshots' extracts do not both have the columns that it rests on: {unseen}.", named("unseen", unseen...)))
	}
	finding := say("Tilladelser fra {from} til {to}: {linked} har fået et nummer koblet, {lost} har mistet koblingen, {added} er kommet til, og {vanished} er forsvundet.",
		"Permits from {from} to {to}: {linked} had a number coupled, {lost} lost theirs, {added} were added, {vanished} vanished.",
		onDay("from", c.days[0]), onDay("to", c.days[len(c.days)-1]), permits("linked", sums["newly_linked"]), permits("lost", sums["newly_unlinked"]),
		permits("added", sums["added"]+sums["added_earlier"]+sums["added_undated"]), permits("vanished", sums["vanished"]))
	if sums["newly_unlinked"] > 0 {
		finding = say("{finding} En kobling forsvinder normalt ikke. De tilladelser, der har mistet koblingen, bør undersøges.",
			"{finding} A link does not normally vanish: look into those that lost theirs.", within("finding", finding))
	}
	c.result.Notes = append([]Note{finding}, c.result.Notes...)
	return nil
}

// cohorts adds the parts cohorts and revisions.
func (c *snapshotComparison) cohorts(ctx context.Context, pair *store.Pair) error {
	both := c.scope
	if first := c.days[0]; both.To.Last.IsZero() || both.To.Last.After(first) {
		both.To = Period{First: first, Last: first}
	}
	if !both.From.First.IsZero() && both.From.First.After(both.To.Last) {
		c.note(say("Perioden begynder efter den første opgørelse, og ingen årgang indgår derfor i begge.",
			"The period begins after the first snapshot, so no cohort is in both."))
		return nil
	}
	q, err := queries.Find("unlinked_by_year")
	if err != nil {
		return err
	}
	at := make([]map[int64]Tally, len(c.days))
	for i, day := range c.days {
		if at[i], err = c.byYear(ctx, day, q, both); err != nil {
			return err
		}
	}
	years := yearsOf(at)
	for _, year := range years {
		for i, day := range c.days {
			if t, ok := at[i][year]; ok {
				c.add(rateCells(t, map[string]any{"part": "cohorts", "year": year, "as_of": day}))
			}
		}
	}
	causes, err := changesOf(ctx, pair, both)
	if err != nil {
		return err
	}
	for _, year := range years {
		if before, after := at[0][year], at[len(at)-1][year]; before != after {
			c.revision(year, before, after, causes[year])
		}
	}
	c.revisionNotes()
	return nil
}

// byYear is the unlinked tally of each year of decision at one snapshot.
func (c *snapshotComparison) byYear(ctx context.Context, day time.Time, q queries.Question, scope Scope) (map[int64]Tally, error) {
	snapshot, err := c.shelf.Take(ctx, day)
	if err != nil {
		return nil, err
	}
	r, err := Run(ctx, snapshot, q, scope)
	if err != nil {
		return nil, err
	}
	if day.Equal(c.days[0]) {
		c.moving = r.Provisional
	}
	by := map[int64]Tally{}
	for i := range r.Rows {
		if year, ok := r.Value(i, "year").(int64); ok {
			by[year], _ = tallyAt(r, i) // Run gave the tally, so its counts are whole
		}
	}
	return by, nil
}

// yearsOf are the years of any of the snapshots, in order.
func yearsOf(at []map[int64]Tally) []int64 {
	all := map[int64]bool{}
	for _, by := range at {
		for year := range by {
			all[year] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// rateCells are the cells of a tally, beside those given.
func rateCells(t Tally, cells map[string]any) map[string]any {
	rate := t.rated()
	cells["fail"], cells["judged"], cells["unknown"] = t.Fail, t.Judged().Judged, t.Unknown
	cells["rate"], cells["rate_low"], cells["rate_high"] = rate[0], rate[1], rate[2]
	return cells
}

// revision adds a year whose figure is another: what it was, what it is, and what moved it.
func (c *snapshotComparison) revision(year int64, before, after Tally, causes map[string]int64) {
	standing := "final"
	if slices.Contains(c.moving, any(year)) {
		standing = "provisional"
	}
	cells := map[string]any{
		"part": "revisions", "year": year, "standing": standing, "was": before.rated()[0],
		"rate":         after.rated()[0],
		"newly_linked": causes["newly_linked"], "newly_unlinked": causes["newly_unlinked"],
		"entered":  causes["added"] + causes["added_earlier"] + causes["added_undated"] + causes["moved_in"] + causes["other_year_in"],
		"departed": causes["vanished"] + causes["moved_out"] + causes["other_year_out"],
	}
	c.add(cells)
}

// revisionNotes says what the tables count, and which figures were final when they changed.
func (c *snapshotComparison) revisionNotes() {
	var final []string
	for i := range c.result.Rows {
		if c.result.Value(i, "standing") == "final" {
			final = append(final, fmt.Sprint(c.result.Value(i, "year")))
		}
	}
	if len(final) > 0 {
		c.note(say("Ændrede tal for afsluttede årgange: {years}. En årgang er afsluttet, når dens nyeste tilladelse er 365 dage gammel; senere koblinger kan stadig ændre tallet.",
			"Closed cohorts with new figures: {years}. A cohort is closed when its youngest permit is 365 days old; later links can still change the figure.",
			plain("years", strings.Join(final, ", "))))
	}
	c.note(say(
		"Årgangene er tilladelser afgjort senest på den første opgørelsesdato. Andelen er ikke koblede i forhold til koblede og ikke koblede; uafklarede indgår ikke. "+
			"Under »ændret« indgår en tilladelse for hver kolonne, der er ændret.",
		"The cohorts are permits decided by the first as-of day. The rate is unlinked of linked and unlinked; unknown is outside. "+
			"Among the changed columns a permit counts once in each that is another."), intervalNote)
}
