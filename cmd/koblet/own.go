package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"koblet/queries"
	"koblet/registers/characters"
)

// ownQuestion reports whether an operand of run is a question of the user's own: a .sql file, or "-" for standard input.
func ownQuestion(operand string) bool { return operand == "-" || strings.HasSuffix(operand, ".sql") }

// ownFiles are the files that a question is read from: none where it is of the catalogue, or comes from standard input.
func ownFiles(operand string) []string {
	if operand == "-" || !ownQuestion(operand) {
		return nil
	}
	return []string{operand}
}

// readQuestion reads a question of the user's own, by the header contract that the catalogue keeps.
func readQuestion(t terminal, path string) (queries.Question, error) {
	if path == "-" {
		text, err := io.ReadAll(io.LimitReader(t.in, mostGiven+1))
		if err == nil && len(text) > mostGiven {
			err = errTooLarge
		}
		if err != nil {
			return queries.Question{}, fmt.Errorf("run: standard input: %w", err)
		}
		return parseQuestion("stdin", text)
	}
	text, err := readGiven(path)
	if err != nil {
		return queries.Question{}, fmt.Errorf("run: %w", err)
	}
	return parseQuestion(strings.TrimSuffix(filepath.Base(path), ".sql"), text)
}

func parseQuestion(name string, text []byte) (queries.Question, error) {
	q, err := queries.Parse(name, string(characters.Unmarked(text)))
	if err != nil {
		return q, cure("koblet questions --format json shows what a header says; the files of queries/ are examples", "run: %w", err)
	}
	return q, nil
}
