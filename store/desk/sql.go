package desk

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"koblet/store/disk"
)

// OneFile writes a path so that the database takes it for that file and no pattern: «extract[1].csv» would be extract1.csv.
func OneFile(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(disk.Rooted(path))
}

// Literal quotes a text for SQL.
func Literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// Attachment is the statement that opens a database file for reading under a name.
func Attachment(name, path string) string {
	return fmt.Sprintf("attach %s as %s (read_only)", Literal(disk.Rooted(path)), name)
}

// Told is an error of the database without what it quotes: beneath its first line may stand the record it stumbled on,
// and between quotes the value.
func Told(err error) error {
	if head, _, more := strings.Cut(err.Error(), "\n"); more || quotedValue.MatchString(head) {
		return errors.New(quotedValue.ReplaceAllString(head, "'…'"))
	}
	return err
}

var quotedValue = regexp.MustCompile(`'[^']*'`)
