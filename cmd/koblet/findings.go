package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"koblet/store"
)

// printFindings tells what is wrong in the rows that were loaded: how often, in which share of the table's rows, what, and where first;
// and where a file does not hold as many records as its last one says.
func printFindings(out io.Writer, r store.Receipt) {
	english := message.NewPrinter(language.English)
	for _, f := range r.Files {
		if f.Trailer != nil && f.Trailer.Says != f.Trailer.Has {
			fmt.Fprint(out, fmt.Sprintf("\n%s:%d: ", f.File, f.Trailer.Line)+english.Sprintf("the trailer says %d records, the file has %d\n", f.Trailer.Says, f.Trailer.Has))
		}
	}
	if len(r.Findings) == 0 {
		return
	}
	fmt.Fprint(out, "\nfindings, kept in their rows\n")
	counts, whats := tabwriter.NewWriter(out, 9, 0, 2, ' ', tabwriter.AlignRight), shortNames(r.Files)
	for _, f := range r.Findings {
		share := ""
		if f.Of > 0 && f.Column != "" {
			share = store.Share(f.N, f.Of)
		}
		var places []string
		for _, p := range f.Places {
			place := whats[p.File]
			if p.Line > 0 {
				place = fmt.Sprintf("%s:%d", place, p.Line)
			}
			places = append(places, place)
		}
		fmt.Fprintf(counts, "%d\t%s\t  %-20s %-33s %s\n", f.N, share, f.Reason, strings.TrimSuffix(f.Table+"."+f.Column, "."), strings.Join(places, ", "))
	}
	_ = counts.Flush() // what cannot be written is told when the rest is
}

// shortNames are the files' names without their folders, where that tells them apart.
func shortNames(files []store.FileReceipt) map[string]string {
	names, of := map[string]string{}, map[string]string{}
	for _, f := range files {
		base := filepath.Base(f.File)
		if other, taken := of[base]; taken && other != f.File {
			names[other], names[f.File] = other, f.File
			continue
		}
		of[base], names[f.File] = f.File, base
	}
	return names
}
