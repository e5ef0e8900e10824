package main

import (
	"fmt"
	"io"
	"strings"

	"koblet/store"
)

// printAccepted tells which limits were broken and accepted by name, and which names there was no need to give.
func printAccepted(out io.Writer, r store.Receipt) {
	if len(r.Accepted) > 0 {
		fmt.Fprint(out, "\nloaded in spite of\n")
	}
	for _, x := range r.Accepted {
		fmt.Fprintf(out, "  %s: %s\n", x.Reason, x.What())
	}
	if len(r.NotNeeded) > 0 {
		fmt.Fprintf(out, "\nnot needed: --accept %s\n", strings.Join(r.NotNeeded, ", "))
	}
}

// printGate tells what changed since the snapshot before: all of it but shares of empty values that changed by less than
// a percentage point, which change with every extract and stand in the receipt.
func printGate(out io.Writer, comparisons []store.Comparison) {
	for _, c := range comparisons {
		fmt.Fprintf(out, "\ncompared with %s, %s\n", c.With, daysBefore(c.DaysApart))
		small := 0
		for _, d := range c.Differences {
			if d.Kind == "empty_share" && d.Change < 1 {
				small++
				continue
			}
			fmt.Fprintf(out, "  %s\n", changed(d))
		}
		if small > 0 {
			fmt.Fprintf(out, "  %d shares of empty values that changed by less than a percentage point\n", small)
		}
	}
}

// daysBefore says how far a snapshot lies before the one that is loaded; the day's own edition is what it replaces.
func daysBefore(days int) string {
	switch days {
	case 0:
		return "the edition of the same day that it replaces"
	case 1:
		return "1 day before"
	}
	return fmt.Sprintf("%d days before", days)
}

// changed says one difference in a line.
func changed(d store.Difference) string {
	where := d.Table
	if d.Column != "" {
		where += "." + d.Column
	}
	codes := ""
	if len(d.Codes) > 0 {
		codes = ": " + strings.Join(d.Codes, ", ")
	}
	switch d.Kind {
	case "rows":
		return fmt.Sprintf("%s: %.0f rows, %.0f before", where, d.After, d.Before)
	case "empty_share":
		return fmt.Sprintf("%s: %.1f%% empty, %.1f%% before", where, d.After, d.Before)
	case "new_codes":
		return fmt.Sprintf("%s: %.0f codes that were not there%s", where, d.Change, codes)
	case "vanished_codes":
		return fmt.Sprintf("%s: %.0f codes that are there no more%s", where, d.Change, codes)
	case "changed_numbers":
		return fmt.Sprintf("%s: %.0f persons with another number, of %.0f who had one", where, d.Change, d.Before)
	}
	return fmt.Sprintf("%s: %.0f persons whose number is gone, of %.0f who had one", where, d.Change, d.Before)
}
