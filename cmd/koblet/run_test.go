package main

import (
	"os"
	"strings"
	"testing"

	"koblet/cmd/terminal"
	"koblet/queries"
)

// TestOwnQuestionMarks: a question that an editor saved with a mark in front, or as UTF-16, is the question.
func TestOwnQuestionMarks(t *testing.T) {
	t.Chdir(t.TempDir())
	q := queries.All()[0]
	for name, text := range map[string]string{
		"byte order mark": "\ufeff" + q.SQL, "zero width": "\u200b" + q.SQL, "as it is": q.SQL, "Windows' line ends": "\ufeff" + strings.ReplaceAll(q.SQL, "\n", "\r\n"),
	} {
		if err := os.WriteFile("own.sql", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readQuestion(terminal.Terminal{}, "own.sql")
		if err != nil || got.Ask != q.Ask || strings.ReplaceAll(got.SQL, "\r\n", "\n") != q.SQL {
			t.Errorf("%s: %v, %q", name, err, got.Ask)
		}
	}
	ascii := "-- Hvad?\n-- What?\n--\n-- columns\n--   n   BIGINT   antal | number\nselect 1::bigint as n\n"
	if err := os.WriteFile("own.sql", []byte("\xff\xfe"+utf16(ascii, true)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := readQuestion(terminal.Terminal{}, "own.sql"); err != nil || got.SQL != ascii {
		t.Errorf("UTF-16: %v, %q", err, got.SQL)
	}
}
