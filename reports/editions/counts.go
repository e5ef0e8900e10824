package editions

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"koblet/analysis/protection"
)

// CountsSuffix ends the name of the list of an edition's counts.
const CountsSuffix = "-public-counts.csv"

// hidden is how the list writes a hidden count.
const hidden = "[c]"

var head = []string{"edition_of", "as_of", "of", "count"}

// WriteCounts writes the list of an edition's counts.
func WriteCounts(w io.Writer, e protection.Edition) error {
	out := csv.NewWriter(w)
	rows := [][]string{head}
	for _, c := range e.Counts {
		count := strconv.FormatInt(c.Count, 10)
		if c.Hidden {
			count = hidden
		}
		rows = append(rows, []string{e.AsOf.Format(time.DateOnly), c.AsOf.Format(time.DateOnly), c.Of, count})
	}
	return out.WriteAll(rows)
}

// ReadCounts reads what WriteCounts wrote. The error names the line.
func ReadCounts(r io.Reader) (e protection.Edition, err error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = len(head)
	first, err := in.Read()
	if err != nil || !slices.Equal(first, head) {
		return e, errors.New("line 1: not the head of a list of counts")
	}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return e, nil
		}
		line, _ := in.FieldPos(0)
		if err != nil {
			return e, fmt.Errorf("line %d: no row of a list of counts", line)
		}
		count, err := read(row, &e.AsOf)
		if err != nil {
			return e, fmt.Errorf("line %d: %w", line, err)
		}
		e.Counts = append(e.Counts, count)
	}
}

func read(row []string, edition *time.Time) (c protection.Published, err error) {
	day, err := time.Parse(time.DateOnly, row[0])
	if err != nil || !edition.IsZero() && !day.Equal(*edition) {
		return c, errors.New("edition_of: not the day of the edition")
	}
	*edition = day
	if c.AsOf, err = time.Parse(time.DateOnly, row[1]); err != nil {
		return c, errors.New("as_of: not a day")
	}
	c.Of = row[2]
	if c.Hidden = row[3] == hidden; c.Hidden {
		return c, nil
	}
	if c.Count, err = strconv.ParseInt(row[3], 10, 64); err != nil || c.Count < 0 {
		return c, errors.New("count: neither a count nor [c]")
	}
	return c, nil
}

// Earlier are the public editions whose lists of counts lie in a folder, in the order of their names; none where there is no folder. A list that cannot
// be read is an error, since then nobody knows what was published.
func Earlier(folder string) ([]protection.Edition, error) {
	paths, err := filepath.Glob(filepath.Join(escaped(folder), "*"+CountsSuffix))
	if err != nil {
		return nil, err
	}
	var all []protection.Edition
	for _, path := range paths {
		e, err := readFile(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		e.Name = filepath.Base(path)
		all = append(all, e)
	}
	return all, nil
}

func readFile(path string) (protection.Edition, error) {
	found, err := os.Stat(path)
	if err == nil && !found.Mode().IsRegular() {
		return protection.Edition{}, errors.New("no file, where the list of counts of an earlier public edition lies")
	}
	file, err := os.Open(path)
	if err != nil {
		return protection.Edition{}, errors.New("the list of counts of an earlier public edition cannot be read")
	}
	defer file.Close()
	return ReadCounts(file)
}

// escaped is a folder's name in which nothing is a pattern.
func escaped(folder string) string {
	var out []rune
	for _, letter := range folder {
		if slices.Contains([]rune(`*?[\`), letter) {
			out = append(out, '\\')
		}
		out = append(out, letter)
	}
	return string(out)
}
